"""Run the tests: those that belong to the checks, or all others in two processes, since machines have two cores.

The office's run on SQLite and then on PostgreSQL, where there is one; all others run beside them. What the office's say
is shown at the end. (Not a shell's background job: that would ignore the signal by which a server is stopped.)

    python -m tools.run_tests             all but those of the checks, which `make check` has run by then
    python -m tools.run_tests --checks    those of the checks: documentation and translations
    python -m tools.run_tests --office    those of the office
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTEST = [sys.executable, "-m", "pytest"]
OFFICE = "tests/office"
CHECKED = ("tests/docs", "tests/text/test_translations.py")


def main() -> int:
    """Run all but the checks; 0 if all of it passed."""
    with tempfile.TemporaryFile("w+") as said:
        beside = subprocess.Popen(
            [sys.executable, "-m", "tools.run_tests", "--office"], cwd=ROOT, stdout=said, stderr=said
        )
        others = [f"--ignore={each}" for each in (OFFICE, *CHECKED)]
        failed = subprocess.run([*PYTEST, *others], cwd=ROOT, check=False).returncode != 0
        failed |= beside.wait() != 0
        said.seek(0)
        print("The office\n" + said.read(), flush=True)
    return int(failed)


def checks() -> int:
    """Run the tests of documentation and translations; 0 if all of them passed."""
    return int(subprocess.run([*PYTEST, "-q", *CHECKED], cwd=ROOT, check=False).returncode != 0)


def office() -> int:
    """Run the office's tests on both databases; 0 if all of them passed."""
    failed = subprocess.run([*PYTEST, "-q", "-p", "no:cacheprovider", OFFICE], cwd=ROOT, check=False).returncode != 0
    starter = shutil.which("pg_virtualenv")
    if starter is None:
        print("No PostgreSQL: the office's tests on it are left out.", flush=True)
        return int(failed)
    print("The office once more, on PostgreSQL", flush=True)
    environment = {**os.environ, "PYTHON": sys.executable}
    command = [starter, "-t", f"{OFFICE}/on_postgresql.sh"]
    return int(failed | (subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0))


if __name__ == "__main__":
    asked = {"--checks": checks, "--office": office}
    sys.exit(next((run for name, run in asked.items() if name in sys.argv[1:]), main)())
