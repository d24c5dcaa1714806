"""What a process spends: CPU seconds and peak memory, as the kernel counted them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


class WrongResultError(Exception):
    """What was measured did not do its work; its speed means nothing."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one process spent, or several after each other: CPU adds up, of memory the largest peak counts."""

    cpu_seconds: float
    peak_megabytes: float

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.cpu_seconds + other.cpu_seconds, max(self.peak_megabytes, other.peak_megabytes))


@dataclass(frozen=True, slots=True)
class Ran:
    """A process that has run: what it printed, and what it spent."""

    printed: str
    spent: Spent


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs processes with folders of their own for Pejl's cache and for Python's bytecode.

    Bytecode is kept, as it is where Pejl is installed, whatever the environment says of it: what a start costs
    without it is a matter of the installation. A process starts with the memory of the one that started it, so this
    one stays small and imports nothing large.
    """

    cache: Path
    bytecode: Path

    def pejl(self, *arguments: str | Path, expected_exit: int = 0) -> Ran:
        """Run the command line of Pejl, from a cold start."""
        return self._run([sys.executable, "-m", "pejl", *arguments], expected_exit)

    def python(self, *arguments: str | Path) -> Ran:
        """Run the same Python with anything else."""
        return self._run([sys.executable, *arguments], expected_exit=0)

    def empty_cache(self) -> None:
        """Forget what Pejl keeps between runs."""
        shutil.rmtree(self.cache, ignore_errors=True)

    def _run(self, arguments: Sequence[str | Path], expected_exit: int) -> Ran:
        """Run a process to its end, and count it.

        Raises:
            WrongResultError: the process ended with another exit code than expected.
        """
        own = {"PEJL_CACHE": str(self.cache), "PYTHONPYCACHEPREFIX": str(self.bytecode), "COLUMNS": "120"}
        environment = {**os.environ, **own}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [str(each) for each in arguments]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert process.stdout is not None
        with process.stdout as pipe:
            printed = pipe.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != expected_exit:
            ended = f"'{' '.join(command)}' ended with {process.returncode}, not {expected_exit}"
            raise WrongResultError(f"{ended}:\n{printed[-2000:]}")
        return Ran(printed, Spent(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
