"""From a table, a design and a question to a statistic with its influence: what every estimate starts with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pejl.surveys.design import Design, resolve
from pejl.surveys.frames import Table
from pejl.surveys.statistics import KINDS, Kind, Statistic, domains_of, statistic
from pejl.surveys.weighting import Weighting

if TYPE_CHECKING:
    from pejl.surveys.design import Plan
    from pejl.surveys.statistics import Domains
    from pejl.surveys.variance import Calibrator


@dataclass(frozen=True, slots=True)
class Fitted:
    """A statistic by domain on the rows of one table, with what its variance needs."""

    found: Statistic
    plan: Plan
    domains: Domains
    calibrator: Calibrator | None


def fit(frame: Any, design: Design | Weighting, kind: Kind, what: Any, by: str | Sequence[str] | None) -> Fitted:
    """Return a statistic by domain on the rows of a table; raises as `estimate`."""
    table = Table(frame)
    plan, calibrator = plan_of(table, design)
    domains = domains_of(table, by)
    return Fitted(statistic(table, plan.weights, domains, kind, what), plan, domains, calibrator)


def plan_of(table: Table, design: Design | Weighting) -> tuple[Plan, Calibrator | None]:
    """Return the design resolved on the table, and what calibrates influence, if the weights were calibrated."""
    if isinstance(design, Weighting):
        design.refuse_other_rows(table)
        return resolve(table, design.design, design.weights), design.calibrator(table)
    return resolve(table, design), None


def asked(**statistics: Any) -> tuple[Kind, Any]:
    """Return the one statistic that is asked for, and of what.

    Raises:
        ValueError: none of them is given, or several are.
    """
    found = [kind for kind in KINDS if statistics.get(kind) is not None]
    if len(found) != 1:
        told = " and ".join(found) or "none"
        raise ValueError(f"one statistic at a time, and {told} was asked for; give one of {', '.join(KINDS)}.")
    return found[0], statistics[found[0]]


def check_level(level: float) -> None:
    """Raise unless the level is a share between 0 and 1."""
    if not 0.0 < level < 1.0:
        raise ValueError(f"level is {level}; give a share between 0 and 1, such as 0.95.")
