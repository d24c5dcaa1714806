"""Run all tests in two processes beside each other, since machines have two cores.

The office's run on SQLite and then on PostgreSQL, where there is one; all others run beside them. What the office's say
is shown at the end. (Not a shell's background job: that would ignore the signal by which a server is stopped.)

    python -m tools.run_tests             all of them
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


def main() -> int:
    """Run everything; 0 if all of it passed."""
    with tempfile.TemporaryFile("w+") as said:
        beside = subprocess.Popen(
            [sys.executable, "-m", "tools.run_tests", "--office"], cwd=ROOT, stdout=said, stderr=said
        )
        failed = subprocess.run([*PYTEST, f"--ignore={OFFICE}"], cwd=ROOT, check=False).returncode != 0
        failed |= beside.wait() != 0
        said.seek(0)
        print("The office\n" + said.read(), flush=True)
    return int(failed)


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
    sys.exit(office() if "--office" in sys.argv[1:] else main())
