"""The only room that knows the order: check, measure, judge, release."""

from pejl.pipeline.events import (
    Event,
    GoalsJudged,
    IndicatorCounted,
    IndicatorDone,
    IndicatorMeasured,
    IndicatorStarted,
    Listener,
    ProtectionDone,
    ProtectionStarted,
    ProtectionStep,
    RegisterDone,
    RegisterStarted,
    RunFinished,
    RunStarted,
    StepDone,
    silent,
)
from pejl.pipeline.person_cache import purge
from pejl.pipeline.run import CheckResult, RunResult, check, measure

__all__ = [
    "CheckResult",
    "Event",
    "GoalsJudged",
    "IndicatorCounted",
    "IndicatorDone",
    "IndicatorMeasured",
    "IndicatorStarted",
    "Listener",
    "ProtectionDone",
    "ProtectionStarted",
    "ProtectionStep",
    "RegisterDone",
    "RegisterStarted",
    "RunFinished",
    "RunResult",
    "RunStarted",
    "StepDone",
    "check",
    "measure",
    "purge",
    "silent",
]
