"""The periods an indicator is counted for, the days at which standing is read, the definition that holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pejl.measure.published import version_on
from pejl.workspace.counting import Counting
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import Workspace
from pejl.workspace.period import Period, PeriodKind

_ONE_DAY = timedelta(days=1)
_SPAN = 60
"""How many years before and after those counted a period may lie and still be called a period of no interest."""


@dataclass(frozen=True, slots=True)
class CountedPeriod:
    """One period: its number in the SQL, the day at which standing is read, the definition version that holds."""

    number: int
    period: Period
    day: date
    version: str


def counted_periods(workspace: Workspace, indicator: Indicator) -> tuple[CountedPeriod, ...]:
    """Return the periods `indicator` is counted for, in the order of time.

    They are those of the declared kind that end within the workspace's years (a transition lies wholly within them),
    or those its rhythm lists; none from before the first definition holds.
    """
    counting = indicator.counting
    assert counting is not None, "only an indicator counted from registers has counted periods"
    days = [version.valid_from for version in indicator.versions]
    first_day = min(day for day in days if day is not None) if None not in days else None
    chosen = [
        period
        for period in sorted(_candidates(workspace, indicator, counting))
        if first_day is None or period.end >= first_day
    ]
    return tuple(
        CountedPeriod(
            number, period, as_of_day(period, counting.as_of == "period_start"), version_on(indicator, period.end)
        )
        for number, period in enumerate(chosen)
    )


def as_of_day(period: Period, start: bool) -> date:
    """Return the first or last day of `period`; a transition begins on the last day of its first year."""
    if not start:
        return period.end
    if period.kind is PeriodKind.TRANSITION:
        return date(period.start.year, 12, 31)
    return period.start


def other_periods(workspace: Workspace, counting: Counting) -> Iterator[str]:
    """Yield the names of periods of the declared kind long before and after the years counted.

    Rows of such periods are passed over, whereas a row whose period is none of the names is a mistake.
    """
    years = workspace.settings.years
    if years is not None and counting.period != "date":
        for period in _periods(counting.period, years.first - _SPAN, years.last + _SPAN):
            yield period.text


def days_of(periods: tuple[CountedPeriod, ...]) -> Iterator[tuple[date, int]]:
    """Yield every day of every period with the period's number."""
    for each in periods:
        day = each.period.start
        while day <= each.period.end:
            yield day, each.number
            day += _ONE_DAY


def _candidates(workspace: Workspace, indicator: Indicator, counting: Counting) -> Iterator[Period]:
    years = workspace.settings.years
    if indicator.rhythm is not None and indicator.rhythm.periods:
        kind = PeriodKind(counting.period)
        listed = (each for each in indicator.rhythm.periods if each.kind is kind)
        yield from (each for each in listed if years is None or years.first <= each.end.year <= years.last)
    elif years is not None:
        yield from _periods(counting.period, years.first, years.last)


def _periods(kind: str, first: int, last: int) -> Iterator[Period]:
    for year in range(first, last + 1):
        if kind == "year":
            yield Period.year(year)
        elif kind == "quarter":
            yield from (Period.parse(f"{year}-Q{quarter}") for quarter in (1, 2, 3, 4))
        elif kind == "school_year":
            yield Period.parse(f"{year - 1}/{year}")
        elif kind == "transition" and year < last:
            yield Period.parse(f"{year}>{year + 1}")
