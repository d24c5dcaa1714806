"""Work shared by several processes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pejl.protect.whole.workers import in_order

PROGRAM = """
import time
from pejl.protect.whole.workers import in_order
if __name__ == "__main__":
    list(in_order(time.sleep, [600, 600], 2))
"""


def test_what_comes_out_is_in_the_order_of_the_parts() -> None:
    assert list(in_order(abs, [-3, 2, -1], 1)) == [3, 2, 1]
    assert list(in_order(abs, [-3, 2, -1], 2)) == [3, 2, 1]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are told by Linux")
def test_a_killed_run_leaves_no_process_at_work(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    parent = subprocess.Popen([sys.executable, str(program)])
    try:
        # Two workers, and the process that looks after what they share.
        children = _until(lambda: _children(parent.pid), lambda found: len(found) == 3)
    finally:
        parent.kill()
        parent.wait()
    left = _until(lambda: [pid for pid in children if _runs(pid)], lambda found: not found)
    assert left == []


def _until(look: Callable[[], list[int]], enough: Callable[[list[int]], bool]) -> list[int]:
    """Look until it is enough, for two minutes at most."""
    found = look()
    for _ in range(1200):
        if enough(found):
            break
        time.sleep(0.1)
        found = look()
    return found


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def _runs(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
