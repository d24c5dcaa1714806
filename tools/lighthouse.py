"""Ask Lighthouse for its opinion of the site: accessibility and best practices, of some pages of Copenhagen.

    python -m tools.lighthouse [FOLDER]

Lighthouse is fetched with npm into a folder of the cache when it is asked for, because nothing else needs it. Exit
code 1 where a page has less than 100.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.site.browsing import chromium, serving

import pejl

ROOT = Path(__file__).parents[1]
VERSION = "12.8.2"
PAGES = ("", "maal/goal-1a-homes-assigned/", "indikatorer/homeless/", "strategier/", "a-aa/", "en/")
CATEGORIES = ("accessibility", "best-practices")


def fetched() -> Path:
    """Return Lighthouse's program, fetched if need be."""
    folder = Path(os.environ.get("PEJL_CACHE", Path.home() / ".cache" / "pejl")) / f"lighthouse-{VERSION}"
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", f"lighthouse@{VERSION}"]
        subprocess.run(command, check=True)
    return program


def scores(program: Path, url: str, browser: str) -> dict[str, int]:
    """Return what a page gets in each category, of 100; what costs it points is printed."""
    command = [str(program), url, "--quiet", "--output=json", "--output-path=stdout"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage"]
    ran = subprocess.run(command, check=True, capture_output=True, env={**os.environ, "CHROME_PATH": browser})
    told = json.loads(ran.stdout)
    for name in CATEGORIES:
        for each in told["categories"][name]["auditRefs"]:
            audit = told["audits"][each["id"]]
            if each["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"  {name}: {audit['title']}")
    return {name: round(100 * told["categories"][name]["score"]) for name in CATEGORIES}


def main() -> int:
    """Freeze Copenhagen, serve it, and ask."""
    browser = chromium()
    if browser is None:
        print("No Chromium: apt-get install chromium")
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        if len(sys.argv) > 1:
            site = Path(sys.argv[1])
        else:
            root = shutil.copytree(
                ROOT / "workspaces" / "copenhagen",
                Path(scratch) / "copenhagen",
                ignore=shutil.ignore_patterns("releases"),
            )
            city = pejl.open(root)
            city.measure()
            site = city.publish(Path(scratch) / "site").folder
        worst = 100
        with serving(site, "/") as origin:
            for page in PAGES:
                if (site / page / "index.html").is_file():
                    found = scores(fetched(), f"{origin}/{page}", browser)
                    print(f"/{page}: {', '.join(f'{name} {score}' for name, score in found.items())}")
                    worst = min(worst, *found.values())
    return 0 if worst == 100 else 1


if __name__ == "__main__":
    sys.exit(main())
