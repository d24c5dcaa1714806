"""What a run tells while it works; how it is shown is somebody else's matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The workspace is read and checked; `indicators` are to be measured."""

    indicators: int


@dataclass(frozen=True, slots=True)
class IndicatorDone:
    """One indicator is measured; `reused` if nothing it rests on has changed since the last release."""

    indicator: str
    cells: int
    reused: bool


@dataclass(frozen=True, slots=True)
class GoalsJudged:
    """All goals are judged."""

    goals: int
    tests: int


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The run is over; `new` is False where the current release says all that there is to say."""

    release: str
    new: bool


Event = RunStarted | IndicatorDone | GoalsJudged | RunFinished
Listener = Callable[[Event], None]


def silent(_event: Event) -> None:
    """Listen to nothing."""
