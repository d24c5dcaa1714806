"""Cells as measurements: value, interval and state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pejl.measure.cube.periods import CountedPeriod, counted_periods
from pejl.measure.cube.values import Cell, Counted
from pejl.measure.intervals import poisson_interval, wilson_interval
from pejl.measure.measurement import Measurement
from pejl.measure.published import LEVEL, not_due
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import Workspace
from pejl.workspace.states import State

if TYPE_CHECKING:
    from pejl.measure.number_checks import FloatArray

METHOD = "register"
PERCENT = 100.0
COUNTS = frozenset({"count", "transition"})
_Interval = tuple[float | None, float | None, float | None, str | None]


def register_measurements(
    workspace: Workspace, indicator: Indicator, counted: Counted, last_day: date | None
) -> list[Measurement]:
    """Return the measurements of `indicator` by period and dimensions.

    A count of nobody is 0; a share, rate, mean or ratio of nobody has no data. An indicator that could not be counted
    is not collected in every period that it is counted for.

    Args:
        workspace: checked.
        indicator: counted from registers.
        counted: its cells; those of patterns are not measurements.
        last_day: periods ending after this day are left out; None takes all.
    """
    periods = [
        each for each in counted_periods(workspace, indicator) if last_day is None or each.period.end <= last_day
    ]
    if counted.reason is not None:
        found = [_empty(indicator, each, State.NOT_COLLECTED) for each in periods]
    else:
        found = list(_measured(workspace, indicator, periods, counted.cells))
    found.extend(not_due(indicator, found, last_day))
    found.sort(key=lambda item: (item.period.end, item.period.start, item.scope, item.dimensions))
    return found


def _measured(
    workspace: Workspace, indicator: Indicator, periods: Sequence[CountedPeriod], cells: Sequence[Cell]
) -> Iterator[Measurement]:
    by_text = {each.period.text: each for each in periods}
    chosen = [cell for cell in cells if cell.period in by_text]
    kind = indicator.kind or workspace.units[indicator.unit].kind
    per = indicator.counting.per if indicator.counting is not None else 1
    for cell, (value, low, high, basis) in zip(chosen, _values(chosen, kind, per), strict=True):
        period = by_text[cell.period]
        yield Measurement(
            indicator=indicator.id,
            version=period.version,
            period=period.period,
            dimensions=cell.dimensions,
            scope=indicator.scope,
            unit=indicator.unit,
            state=State.MEASURED if value is not None else State.NO_DATA,
            method=METHOD,
            value=value,
            low=low,
            high=high,
            n=cell.n,
            numerator=cell.numerator,
            denominator=cell.denominator,
            se=cell.se if value is not None else None,
            largest=cell.largest,
            decimals=0 if kind in COUNTS else 1,
            basis=basis,
        )


def with_numbers(
    item: Measurement, kind: str, per: int, numerator: float, denominator: float | None, n: float | None
) -> Measurement:
    """Return a measurement with other numbers, and the value and interval that follow from them.

    Args:
        item: what the measurement is of.
        kind: of the indicator: count, share, rate …
        per: the factor of a rate or a ratio.
        numerator: what is counted.
        denominator: what it is divided by; None for a count.
        n: persons behind it; None where they are not known.
    """
    cell = Cell(item.period.text, item.dimensions, numerator, denominator, int(n or 0), 0, None)
    ((value, low, high, basis),) = _values([cell], kind, per)
    return replace(
        item,
        state=State.MEASURED if value is not None else State.NO_DATA,
        value=value,
        low=low,
        high=high,
        n=n,
        numerator=numerator,
        denominator=denominator,
        se=None,
        basis=basis,
        largest=None,
    )


def _empty(indicator: Indicator, period: CountedPeriod, state: State) -> Measurement:
    return Measurement(
        indicator=indicator.id,
        version=period.version,
        period=period.period,
        dimensions=(),
        scope=indicator.scope,
        unit=indicator.unit,
        state=state,
        method=METHOD,
    )


def _values(cells: Sequence[Cell], kind: str, per: int) -> list[_Interval]:
    """Return value, low, high and basis of each cell; all intervals of a kind are computed at once."""
    import numpy as np

    found: list[_Interval] = [(None, None, None, None)] * len(cells)
    places = [place for place, cell in enumerate(cells) if kind in COUNTS or cell.denominator]
    if not places:
        return found
    num = np.array([cells[place].numerator for place in places], dtype=float)
    den = np.array([cells[place].denominator or 1.0 for place in places], dtype=float)
    if kind in ("mean", "ratio"):
        return _with_spread(cells, places, found, per)
    if kind == "share":
        factor, basis = PERCENT, "wilson"
        low, high = wilson_interval(num / den, den, level=LEVEL)
    else:
        factor, basis = float(per if kind == "rate" else 1), "poisson"
        low, high = poisson_interval(num, den, level=LEVEL)
    for place, *numbers in zip(places, *_lists(num / den * factor, low * factor, high * factor), strict=True):
        found[place] = (numbers[0], numbers[1], numbers[2], basis)
    return found


def _with_spread(cells: Sequence[Cell], places: Sequence[int], found: list[_Interval], per: int) -> list[_Interval]:
    """Fill in means and ratios: the value, and t times the standard error to each side where there is one."""
    import numpy as np
    from scipy.special import stdtrit

    quantiles = stdtrit(np.array([max(cells[place].n - 1, 1) for place in places], dtype=float), (1 + LEVEL) / 2)
    for place, quantile in zip(places, quantiles.tolist(), strict=True):
        cell = cells[place]
        assert cell.denominator, "only cells with a denominator are asked for"
        value = per * cell.numerator / cell.denominator
        if cell.se is None:
            found[place] = (value, None, None, None)
        else:
            half = quantile * cell.se
            found[place] = (value, value - half, value + half, "standard_error")
    return found


def _lists(*arrays: FloatArray) -> list[list[float]]:
    return [array.tolist() for array in arrays]
