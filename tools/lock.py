"""Make the lock files anew: every package that `run` and `dev` install, with version and hashes.

The files hold no registry's address, so that any mirror serves them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKS: dict[str, tuple[str, ...]] = {"run": (), "dev": ("dev", "test", "postgresql")}


def main() -> None:
    """Compile each lock file with pip-tools."""
    for name, extras in LOCKS.items():
        target = ROOT / "lock" / f"{name}.txt"
        command = [sys.executable, "-m", "piptools", "compile", "--quiet", "--generate-hashes", "--upgrade"]
        command += ["--allow-unsafe", "--strip-extras", "--no-header", "--no-annotate"]
        command += ["--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links"]
        command += [f"--extra={extra}" for extra in extras]
        command += [f"--output-file={target}", "pyproject.toml", "lock/build.in"]
        subprocess.run(command, check=True, cwd=ROOT)
        print(f"lock/{name}.txt: {target.read_text().count('==')} packages")
    node = ROOT / "lock" / "node.txt"
    flags = ["--quiet", "--generate-hashes", "--upgrade", "--no-header", "--no-annotate", "--no-emit-index-url"]
    flags += ["--no-emit-trusted-host", "--no-emit-find-links", f"--output-file={node}", "lock/node.in"]
    subprocess.run([sys.executable, "-m", "piptools", "compile", *flags], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
