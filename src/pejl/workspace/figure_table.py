"""Published figures as read: the figures themselves, and the summary of what a file uses under each series."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

from pejl.workspace.period import Period
from pejl.workspace.states import State

Codes = tuple[tuple[str, str], ...]


class Figure(NamedTuple):
    """One published value, as it stands in the file: `codes` are the pairs (dimension, code as written).

    A tuple, because there are hundreds of thousands. Totals are left out of `codes`. Percent is 0-100. `decimals` is
    how many the source printed.
    """

    line: int
    series: str
    period: Period
    codes: Codes
    value: float | None
    decimals: int
    unit: str
    state: State
    scope: str
    source: str
    note: str
    n: float | None
    numerator: float | None
    denominator: float | None
    se: float | None
    low: float | None
    high: float | None


@dataclass(slots=True)
class SeriesUse:
    """What one file uses under one series: the line of each thing's first use, the totals, the extremes.

    `last_day` is the last day of any period, `last_measured` of one with a value. `fraction` is the line of the first
    value that is not whole, 0 if there is none.
    """

    line: int
    rows: int = 0
    periods: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    scopes: dict[str, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    totals: list[Figure] = field(default_factory=list)
    last_day: str = ""
    last_measured: str = ""
    lowest: tuple[float, int] = (math.inf, 0)
    highest: tuple[float, int] = (-math.inf, 0)
    fraction: int = 0

    def note(self, figure: Figure, *, known_codes: bool) -> None:
        """Add one figure to the summary; `known_codes` if another one of the series had the same codes."""
        self.rows += 1
        if figure.period.text not in self.periods:
            self.periods[figure.period.text] = figure.line
            self.last_day = max(self.last_day, figure.period.end.isoformat())
        self.units.setdefault(figure.unit, figure.line)
        self.scopes.setdefault(figure.scope, figure.line)
        if not figure.codes:
            self.totals.append(figure)
        elif not known_codes:
            for dimension, code in figure.codes:
                self.codes.setdefault(f"{dimension}\t{code}", figure.line)
        value = figure.value
        if value is not None:
            self.last_measured = max(self.last_measured, figure.period.end.isoformat())
            if value < self.lowest[0]:
                self.lowest = (value, figure.line)
            if value > self.highest[0]:
                self.highest = (value, figure.line)
            if not self.fraction and not value.is_integer():
                self.fraction = figure.line


@dataclass(slots=True)
class FigureTable:
    """A figures file, read: its columns for dimensions, its figures, and what each series uses.

    `set_aside` are the series of rows with problems; `whole` is False where rows could not be read at all.
    """

    file: str
    dimensions: tuple[tuple[str, int], ...] = ()
    figures: list[Figure] = field(default_factory=list)
    uses: dict[str, SeriesUse] = field(default_factory=dict)
    set_aside: set[str] = field(default_factory=set)
    whole: bool = False
