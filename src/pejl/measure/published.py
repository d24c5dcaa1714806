"""Figures that others published, as measurements: with the interval their numbers allow, or none.

A count is read as one draw of a Poisson count, a share as a share of its `n` answers, drawn at random. Both are
the least uncertainty a figure can have; what the source says of its own uncertainty comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from statistics import NormalDist
from typing import TYPE_CHECKING

from pejl.measure.intervals import poisson_interval, wilson_interval
from pejl.measure.measurement import Dimensions, Measurement
from pejl.workspace.figure_table import Codes, Figure
from pejl.workspace.figures import BREAKDOWN
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import Workspace
from pejl.workspace.period import Period, PeriodKind
from pejl.workspace.states import State

if TYPE_CHECKING:
    from pejl.measure.number_checks import FloatArray

LEVEL = 0.95
METHOD = "published"
_Z = NormalDist().inv_cdf((1 + LEVEL) / 2)
_Interval = tuple[float | None, float | None, str | None]
_NO_INTERVAL: _Interval = (None, None, None)


def published_measurements(
    workspace: Workspace, indicator: Indicator, figures: Iterable[tuple[str, Figure]], last_day: date | None
) -> list[Measurement]:
    """Return the measurements of `indicator` by period, scope and dimensions.

    Args:
        workspace: checked, so that units, scopes and codes resolve.
        indicator: the indicator whose series the figures are.
        figures: pairs of file and figure.
        last_day: figures of periods ending after this day are left out; None takes all.
    """
    chosen = [(file, figure) for file, figure in figures if last_day is None or figure.period.end <= last_day]
    kind = indicator.kind or workspace.units[indicator.unit].kind
    intervals = _intervals([figure for _, figure in chosen], kind)
    words = _Words(workspace, indicator)
    measurements = [
        _measurement(words, file, figure, interval) for (file, figure), interval in zip(chosen, intervals, strict=True)
    ]
    measurements.extend(not_due(indicator, measurements, last_day))
    measurements.sort(key=lambda item: (item.period.end, item.period.start, item.scope, item.dimensions))
    return measurements


class _Words:
    """What the words of an indicator's figures mean; each is looked up once, for they repeat from row to row."""

    def __init__(self, workspace: Workspace, indicator: Indicator) -> None:
        self.workspace = workspace
        self.indicator = indicator
        self._versions: dict[date, str] = {}
        self._dimensions: dict[Codes, Dimensions] = {}

    def version(self, day: date) -> str:
        """Return the definition version that a figure of a period ending on `day` was counted by."""
        if day not in self._versions:
            self._versions[day] = version_on(self.indicator, day)
        return self._versions[day]

    def dimensions(self, codes: Codes) -> Dimensions:
        """Return the declared dimensions and codes for those written in the file."""
        if codes not in self._dimensions:
            self._dimensions[codes] = self._resolved(codes)
        return self._dimensions[codes]

    def _resolved(self, codes: Codes) -> Dimensions:
        resolved = []
        for column, written in codes:
            dimension = (self.indicator.breakdown or column) if column == BREAKDOWN else column
            resolved.append((dimension, self.workspace.codes[dimension, written].code))
        return tuple(sorted(resolved))


def _measurement(words: _Words, file: str, figure: Figure, interval: _Interval) -> Measurement:
    low, high, basis = interval
    return Measurement(
        indicator=words.indicator.id,
        version=words.version(figure.period.end),
        period=figure.period,
        dimensions=words.dimensions(figure.codes),
        scope=words.workspace.scopes[figure.scope].id,
        unit=words.workspace.units[figure.unit].id,
        state=figure.state,
        method=METHOD,
        value=figure.value,
        low=low,
        high=high,
        n=figure.n,
        numerator=figure.numerator,
        denominator=figure.denominator,
        se=figure.se,
        decimals=figure.decimals,
        basis=basis,
        source=figure.source,
        note=figure.note,
        place=f"{file}:{figure.line}",
    )


def version_on(indicator: Indicator, day: date) -> str:
    """Return the definition version in force on `day`: the last one that began by then, else the first."""
    begun = [item for item in indicator.versions if item.valid_from is None or item.valid_from <= day]
    return (begun or list(indicator.versions[:1]))[-1].version


def _intervals(figures: Sequence[Figure], kind: str) -> list[_Interval]:
    """Return (low, high, basis) for each figure, computed for all of a kind at once."""
    import numpy as np

    found: list[_Interval] = [_NO_INTERVAL] * len(figures)
    counts: list[int] = []
    shares: list[int] = []
    for position, figure in enumerate(figures):
        if figure.value is None:
            continue
        if figure.low is not None and figure.high is not None:
            found[position] = (figure.low, figure.high, "source")
        elif figure.se is not None:
            found[position] = (figure.value - _Z * figure.se, figure.value + _Z * figure.se, "standard_error")
        elif kind == "count":
            counts.append(position)
        elif kind == "share" and _share_base(figure) is not None:
            shares.append(position)
    if counts:
        values = np.array([figures[position].value for position in counts], dtype=float)
        _fill(found, counts, poisson_interval(values, level=LEVEL), 1.0, "poisson")
    if shares:
        values = np.array([figures[position].value for position in shares], dtype=float) / 100
        bases = np.array([_share_base(figures[position]) for position in shares], dtype=float)
        _fill(found, shares, wilson_interval(values, bases, level=LEVEL), 100.0, "wilson")
    return found


def _share_base(figure: Figure) -> float | None:
    base = figure.denominator if figure.denominator is not None else figure.n
    return base if base else None


def _fill(
    found: list[_Interval],
    positions: Sequence[int],
    limits: tuple[FloatArray, FloatArray],
    factor: float,
    basis: str,
) -> None:
    lows, highs = ((side * factor).tolist() for side in limits)
    for position, low, high in zip(positions, lows, highs, strict=True):
        found[position] = (low, high, basis)


def not_due(indicator: Indicator, measurements: Sequence[Measurement], last_day: date | None) -> list[Measurement]:
    """Return the years between the first and last of the rhythm in which, by its list, nothing is measured."""
    rhythm = indicator.rhythm
    totals = [item for item in measurements if not item.dimensions]
    if rhythm is None or rhythm.every_year or not totals:
        return []
    due = {period.start.year: period for period in sorted(rhythm.periods, key=lambda item: item.start)}
    scopes = dict.fromkeys(item.scope for item in totals)
    known = {(item.scope, year) for item in totals for year in _years(item.period)}
    last = max(due) if last_day is None else min(max(due), last_day.year)
    example = totals[0]
    return [
        replace(
            example.without_number(State.NOT_DUE),
            period=Period.year(year),
            version=version_on(indicator, date(year, 12, 31)),
            scope=scope,
            next_due=next(period for after, period in due.items() if after > year),
        )
        for scope in scopes
        for year in range(min(due), last)
        if year not in due and (scope, year) not in known
    ]


def _years(period: Period) -> range:
    if period.kind in (PeriodKind.WINDOW, PeriodKind.TRANSITION):
        return range(period.end.year, period.end.year + 1)
    return range(period.start.year, period.end.year + 1)
