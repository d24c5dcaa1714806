"""What a run tells while it works; how it is shown is somebody else's matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The workspace is read and checked; `registers` are to be read, `indicators` to be measured."""

    indicators: int
    registers: int = 0


@dataclass(frozen=True, slots=True)
class RegisterStarted:
    """The rows of a register are being read and checked."""

    register: str


@dataclass(frozen=True, slots=True)
class RegisterDone:
    """A register is read; `usable` is False where it is missing or breaks its contract."""

    register: str
    rows: int
    usable: bool


@dataclass(frozen=True, slots=True)
class IndicatorStarted:
    """An indicator is being counted from registers."""

    indicator: str


@dataclass(frozen=True, slots=True)
class StepDone:
    """One step of counting is done: a model, the standing of persons, or the rows of an indicator."""

    step: str
    rows: int


@dataclass(frozen=True, slots=True)
class IndicatorCounted:
    """An indicator is counted from registers; `kept` if its cells were known from an earlier run."""

    indicator: str
    kept: bool


@dataclass(frozen=True, slots=True)
class IndicatorMeasured:
    """The numbers of an indicator are known; what of it readers may see is decided when all are."""

    indicator: str


@dataclass(frozen=True, slots=True)
class ProtectionStarted:
    """Everything counted, so many rows, is being checked against recomputation."""

    indicators: int
    rows: int


@dataclass(frozen=True, slots=True)
class ProtectionStep:
    """So many more rows are looked at: each by the house and by a stranger, and again where too much is withheld."""

    rows: int


@dataclass(frozen=True, slots=True)
class ProtectionDone:
    """It is decided which rows are withheld; `numbers` were attacked, and none can be recomputed."""

    rows: int
    numbers: int


@dataclass(frozen=True, slots=True)
class IndicatorDone:
    """An indicator stands in the release; `reused` if nothing it rests on has changed since the last one."""

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


Event = (
    RunStarted
    | RegisterStarted
    | RegisterDone
    | IndicatorStarted
    | StepDone
    | IndicatorCounted
    | IndicatorMeasured
    | ProtectionStarted
    | ProtectionStep
    | ProtectionDone
    | IndicatorDone
    | GoalsJudged
    | RunFinished
)
Listener = Callable[[Event], None]


def silent(_event: Event) -> None:
    """Listen to nothing."""
