"""`Measurement`: one value with its state, its uncertainty and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pejl.workspace.period import Period
from pejl.workspace.states import State

Dimensions = tuple[tuple[str, str], ...]
Covariances = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value of an indicator.

    `dimensions` are the pairs (dimension, code); an empty tuple is the total. `value`, `low` and `high` are in the
    indicator's unit, percent 0-100; `n` is the number of persons or answers behind it; `se` the standard error.
    `basis` says what the interval rests on: `poisson`, `wilson`, `standard_error`, `source`, for surveys `logit`,
    `beta` or `t`, or None without one.
    `next_due` is the next period measured, for what is not due. `place` is file and line of a published figure.

    Estimates from a survey also have the degrees of freedom `df` and the design effect `deff` of their sample, the
    `response_rate` in percent (AAPOR RR1), the `instrument` asked with its version, and `covariances`: pairs (earlier
    period, covariance with the value of that period), where some were asked both times. A covariance is in the square
    of the unit. `largest` are the largest contributions of single persons to the numerator of a mean or a ratio, for
    the house alone; None where they are not known. `rounded` is to what its numbers are rounded to protect people, and
    how far they may be from the true ones; None where they are true.
    """

    indicator: str
    version: str
    period: Period
    dimensions: Dimensions
    scope: str
    unit: str
    state: State
    method: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    se: float | None = None
    decimals: int = 0
    basis: str | None = None
    source: str = ""
    note: str = ""
    place: str = ""
    next_due: Period | None = None
    df: int | None = None
    deff: float | None = None
    response_rate: float | None = None
    instrument: str = ""
    covariances: Covariances = ()
    largest: tuple[float, ...] | None = None
    rounded: tuple[int, int] | None = None

    @property
    def has_value(self) -> bool:
        """Tell whether there is a number."""
        return self.value is not None

    def without_number(self, state: State) -> Measurement:
        """Return the same measurement in a state without a number: nothing is left that came from one."""
        return replace(
            self,
            state=state,
            value=None,
            low=None,
            high=None,
            n=None,
            numerator=None,
            denominator=None,
            se=None,
            decimals=0,
            basis=None,
            source="",
            note="",
            place="",
            df=None,
            deff=None,
            response_rate=None,
            covariances=(),
            largest=None,
            rounded=None,
        )
