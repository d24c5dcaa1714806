"""What a run tells while it works."""

from __future__ import annotations

import sys

import pytest

from pejl.cli.progress import ProgressDisplay
from pejl.pipeline import ProtectionDone, ProtectionStarted, ProtectionStep


def test_lines_say_when_checking_begins_and_what_came_out(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressDisplay("en") as listener:
        listener(ProtectionStarted(39, 36605))
        listener(ProtectionStep(20000))
        listener(ProtectionDone(1062, 3186))
    assert capsys.readouterr().err.splitlines() == [
        "Checking 36,605 rows against recomputation …",
        "Checked against recomputation: 3,186 withheld numbers in 1,062 rows",
    ]


def test_a_terminal_counts_rows_twice_and_on_where_they_are_looked_at_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    display = ProgressDisplay("en")
    with display as listener:
        listener(ProtectionStarted(2, 100))
        (task,) = display.shown.progress.tasks  # type: ignore[union-attr]  # live, since there is a terminal
        seen = [(task.completed, task.total)]
        for rows in (60, 40, 60, 40, 30):
            listener(ProtectionStep(rows))
            seen.append((task.completed, task.total))
    assert seen == [(0, 200), (60, 200), (100, 200), (160, 200), (200, 200), (230, 230)]
