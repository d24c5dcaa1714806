"""Where values and periods stand on a chart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pejl.publish.charts.model import Point
from pejl.text import Language, format_number, message
from pejl.workspace.period import Period, PeriodKind

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_FROM_ZERO = 0.55
"""Where the least value is below this share of the greatest, the axis begins at zero: it costs little there."""
_ROOM = 2.0
"""How far intervals may widen an axis beyond the values, in spans of the values or the greatest value, whichever is
more; longer ones are cut, with an arrow."""
_LEAST_SPAN = 0.2
"""The values' span counts as at least this share of the greatest, so that small changes do not look large."""
_NOTHING = 1e-6
"""Values closer to zero than this are zero: no figure of a release is so small."""
_HALF_YEAR = 183.0


@dataclass(frozen=True, slots=True)
class Axis:
    """A straight scale from the values `low` to `high` onto the places `start` to `end`, with its ticks."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...] = ()

    def at(self, value: float) -> float:
        """Return the place of a value; beyond the ends for values outside."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def within(self, value: float) -> float:
        """Return the value, or the nearer end of the axis where it lies outside."""
        return min(max(value, self.low), self.high)


def value_axis(
    points: Iterable[Point], levels: Sequence[float], kind: str, start: float, end: float, *, wanted: int = 5
) -> Axis:
    """Return the axis of values that shows all values and levels, and intervals as far as is reasonable.

    Args:
        points: those with a value.
        levels: targets and other levels that must be seen.
        kind: of the unit; shares stay between 0 and 100, counts have whole ticks.
        start: the place of the lower end.
        end: the place of the upper end.
        wanted: about how many ticks.
    """
    shown = list(points)
    share = kind == "share" and all(0 <= point.value <= 100 for point in shown if point.value is not None)
    allowed = [min(max(level, 0.0), 100.0) if share else level for level in levels]
    core = [point.value for point in shown if point.value is not None] + allowed
    if not core:
        core = [0.0, 1.0]
    least, greatest = min(core), max(core)
    lows = [point.low for point in shown if point.low is not None]
    highs = [point.high for point in shown if point.high is not None]
    largest = max(abs(least), abs(greatest))
    if largest < _NOTHING:
        largest = max([1.0, *(abs(end) for end in (*lows, *highs))])
    room = _ROOM * max(greatest - least, largest)
    low = max(min([least, *lows]), least - room)
    high = min(max([greatest, *highs]), greatest + room)
    if high - low < _LEAST_SPAN * largest:
        spare = (_LEAST_SPAN * largest - (high - low)) / 2
        low, high = low - spare, high + spare
    if least >= 0:
        low = 0.0 if low <= _FROM_ZERO * high else low
        high = high if high - low > _NOTHING else low + largest
    if share:
        low, high = max(low, 0.0), min(high, 100.0)
    return _with_ticks(low, high, start, end, kind, wanted)


def _with_ticks(low: float, high: float, start: float, end: float, kind: str, wanted: int) -> Axis:
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * each for each in _STEPS if power * each >= rough * 0.999)
    if kind in ("count", "transition"):
        step = max(1.0, float(math.ceil(step)))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if kind == "share" and low >= 0 and high <= 100:
        last = min(last, math.ceil(100 / step))
    ticks = tuple(round(number * step, 10) for number in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], start, end, ticks)


def tick_words(axis: Axis, language: Language) -> tuple[str, ...]:
    """Return what stands at the ticks, all with the same number of decimals."""
    step = axis.ticks[1] - axis.ticks[0] if len(axis.ticks) > 1 else 1.0
    decimals = next((count for count in range(4) if math.isclose(step, round(step, count), rel_tol=1e-6)), 3)
    return tuple(_tick(tick, language, decimals) for tick in axis.ticks)


@lru_cache(maxsize=4096)
def _tick(value: float, language: Language, decimals: int) -> str:
    return format_number(value, language, decimals)


@lru_cache(maxsize=4096)
def middle(period: str) -> float:
    """Return the middle of a period, in days of the calendar: where its figure stands."""
    found = Period.parse(period)
    return (found.start.toordinal() + found.end.toordinal() + 1) / 2


@lru_cache(maxsize=4096)
def first_day(period: str) -> float:
    """Return the first day of a period, in days of the calendar."""
    return float(Period.parse(period).start.toordinal())


def time_axis(periods: Iterable[str], start: float, end: float) -> Axis:
    """Return the axis of time on which every period has its place, with half a step of air at both ends."""
    places = sorted({middle(period) for period in periods})
    if not places:
        return Axis(0.0, 1.0, start, end)
    steps = [after - before for before, after in pairwise(places)]
    air = min(max(min(steps) / 2, (places[-1] - places[0]) * 0.03), _HALF_YEAR * 2) if steps else _HALF_YEAR
    return Axis(places[0] - air, places[-1] + air, start, end)


@lru_cache(maxsize=4096)
def short_period(period: str, language: Language) -> str:
    """Return a period as it stands below an axis: 2017, 16/17, 3. kv. 2017, 6.2.2017, 2015-17, 2016→17."""
    found = Period.parse(period)
    first, last = found.start.year, found.end.year
    match found.kind:
        case PeriodKind.YEAR:
            return period
        case PeriodKind.QUARTER:
            return message("{year} Q{quarter}", quarter=(found.start.month + 2) // 3, year=first).render(language)
        case PeriodKind.SCHOOL_YEAR:
            return f"{first % 100:02}/{last % 100:02}"
        case PeriodKind.DATE:
            day = found.start
            return f"{day.day}.{day.month}.{first}" if language == "da" else f"{day.day}/{day.month}/{first}"
        case PeriodKind.WINDOW:
            return f"{first}\N{EN DASH}{last % 100:02}"
        case PeriodKind.TRANSITION:
            return f"{first}\N{RIGHTWARDS ARROW}{last % 100:02}"
