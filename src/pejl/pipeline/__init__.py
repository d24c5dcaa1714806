"""The only room that knows the order: check, measure, judge, release."""

from pejl.pipeline.events import Event, GoalsJudged, IndicatorDone, Listener, RunFinished, RunStarted, silent
from pejl.pipeline.run import CheckResult, RunResult, check, measure

__all__ = [
    "CheckResult",
    "Event",
    "GoalsJudged",
    "IndicatorDone",
    "Listener",
    "RunFinished",
    "RunResult",
    "RunStarted",
    "check",
    "measure",
    "silent",
]
