"""What the charts show, apart from how they are drawn: points, targets, breaks, rows of breakdowns, matrices.

Nothing here is in one language: texts stay as the release has them, and are chosen when a chart is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pejl.publish.coarser import Coarser
from pejl.text import Language
from pejl.workspace.period import Period

Record = Mapping[str, Any]
LocalText = Mapping[str, str | None]


def said(text: LocalText, language: Language) -> str:
    """Return a text in `language`, or in Danish where it is not translated."""
    return text.get(language) or text["da"] or ""


@dataclass(frozen=True, slots=True)
class Unit:
    """What numbers count.

    Attributes:
        id: of the unit in the workspace; percent is 0-100.
        label: in words; empty where the unit is not known.
        kind: count, share, rate, mean, ratio or transition.
    """

    id: str | None
    label: LocalText
    kind: str


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a period, or the kind of nothing it is.

    Attributes:
        period: as the release writes it.
        value: None where there is none, and `state` says why.
        low: of the 95 % interval; None where the uncertainty is not known.
        high: of the same.
        state: as in the release.
        version: of the definition it was counted by, where that is known.
        next_due: when it is measured next, for `not_due`.
        why_not: the code of why an estimate from a survey has no value, or a share of rounded numbers.
        rounded: whether it is rounded, or worked out from rounded numbers, to protect people.
    """

    period: str
    value: float | None
    low: float | None
    high: float | None
    state: str
    version: str | None = None
    next_due: str | None = None
    why_not: str | None = None
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Aim:
    """What a goal asks, as far as it can be drawn.

    Attributes:
        goal: the goal as the status has it, from which its words are made.
        baseline: what is compared with; None where there is none or its value is not known.
        level: the level that reaches the target; None where it is not known or the goal is a direction.
        period: the period the target is for.
        side: +1 where at least the level is asked for, -1 where at most, 0 where exactly.
        strict: whether the level itself does not count.
        tolerance: for goals that are to hold, how far from the baseline is allowed; in the unit.
        begins: the first day of its strategy, as text.
        strategy: the strategy's short name, where a chart shows the goals of several.
    """

    goal: Record
    baseline: Point | None
    level: float | None
    period: str | None
    side: int
    strict: bool
    tolerance: float | None = None
    begins: str | None = None
    strategy: LocalText | None = None


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """A series over time with what is to be reached.

    Attributes:
        title: of the indicator, or of the goal where it has none.
        unit: of the values.
        points: in order of time, the kinds of nothing among them.
        aims: one where a goal is shown; those of all strategies where an indicator is.
        breaks: pairs (period from which figures are no longer comparable, note).
        versions: pairs (version, period or day it begins with) of definitions after the first.
        latest: the period judged; the last with a value where nothing is judged.
        method: register, survey or published.
        nothing: the state of all of it, where there is not even a series.
    """

    title: LocalText
    unit: Unit
    points: tuple[Point, ...]
    aims: tuple[Aim, ...] = ()
    breaks: tuple[tuple[str, LocalText], ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    latest: str | None = None
    method: str = "published"
    nothing: str = "no_data"

    @property
    def numbers(self) -> tuple[Point, ...]:
        """The points with a value."""
        return tuple(point for point in self.points if point.value is not None)

    def is_broken_at(self, day: str) -> bool:
        """Whether a break begins with the period or day `day`."""
        return any(Period.parse(at).start == Period.parse(day).start for at, _ in self.breaks)

    def has_break(self, before: str, after: str) -> bool:
        """Whether figures of two periods lie on either side of a break."""
        start, end = Period.parse(before).start, Period.parse(after).start
        return any(start < Period.parse(at).start <= end for at, _ in self.breaks)

    def has_path(self, aim: Aim) -> bool:
        """Whether an even pace leads from baseline to target: both known, and no break between that forbids it."""
        if aim.level is None or aim.period is None or aim.baseline is None:
            return False
        return not self.has_break(aim.baseline.period, aim.period)


@dataclass(frozen=True, slots=True)
class Row:
    """A code of a breakdown with its figure.

    Attributes:
        code: of the dimension.
        label: in words.
        point: its figure.
        alone: whether it stands beside the others (unknown, none) rather than among them.
        depth: how many codes are above it in the dimension.
        tile: (column, row) on the tile map.
    """

    code: str
    label: LocalText
    point: Point
    alone: bool = False
    depth: int = 0
    tile: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class BreakdownChart:
    """A figure by the codes of one dimension, in one period, in the order the codes are declared.

    Attributes:
        title: of the indicator.
        dimension: id of the dimension.
        by: its title.
        unit: of the values.
        period: all rows are about.
        rows: in declared order; those that stand alone come last.
        total: the figure of everybody.
        overlapping: whether somebody may be in several rows.
        coarser: how numbers are rounded, to protect people; nothing where they are not.
    """

    title: LocalText
    dimension: str
    by: LocalText
    unit: Unit
    period: str
    rows: tuple[Row, ...]
    total: Point | None
    overlapping: bool
    coarser: tuple[Coarser, ...] = ()

    @property
    def has_tiles(self) -> bool:
        """Whether a tile map can be drawn: some row has a place on it."""
        return any(row.tile is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class TransitionChart:
    """How many went from where to where between two points in time.

    Attributes:
        title: of the indicator.
        unit: of the values.
        period: of the transition.
        rows: pairs (code, label) of where people began, in declared order.
        columns: pairs (code, label) of where they ended.
        cells: figures by (code of row, code of column).
        wholes: by code of row, how many began there, where that number is shown.
        coarser: which codes are merged, to protect people; nothing where none is.
    """

    title: LocalText
    unit: Unit
    period: str
    rows: tuple[tuple[str, LocalText], ...]
    columns: tuple[tuple[str, LocalText], ...]
    cells: Mapping[tuple[str, str], Point] = field(default_factory=dict)
    wholes: Mapping[str, float] = field(default_factory=dict)
    coarser: tuple[Coarser, ...] = ()


Chart = SeriesChart | BreakdownChart | TransitionChart


@dataclass(frozen=True, slots=True)
class Table:
    """The data of a chart in words: what stands in the head, then rows whose first cell names the row.

    Attributes:
        head: one text for each column.
        rows: as many texts each.
        numeric: for each column, whether it holds numbers, to be aligned right.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
