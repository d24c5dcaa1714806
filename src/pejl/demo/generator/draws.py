"""Random draws and joins over many persons at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from pejl.demo.generator.days import LAST, OPEN, YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pejl.demo.generator.days import Bools, Floats, Ints

SPAN = 1 << 20
"""More than any day: `row * SPAN + day` sorts by row, then by day."""


def stream(seed: int, name: str) -> np.random.Generator:
    """Random numbers of one part of the world; a change in one part leaves the others as they were."""
    return np.random.default_rng([seed, crc32(name.encode())])


def expand(counts: Ints) -> tuple[Ints, Ints]:
    """Rows repeated `counts` times: the row of each repetition, and its place within the row from 0."""
    rows = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    before = np.cumsum(counts) - counts
    return rows, (np.arange(len(rows)) - before[rows]).astype(np.int32)


def between(rng: np.random.Generator, low: Ints, high: Ints) -> Ints:
    """A whole number from `low` to `high`, both included, for each pair; `low` where there is no room."""
    room = np.maximum(high.astype(np.int64) - low + 1, 1)
    return np.asarray(low + np.floor(rng.random(len(low)) * room), dtype=np.int32)


def choose(rng: np.random.Generator, count: int, shares: Sequence[float]) -> Ints:
    """The place of one of the shares for each of `count` draws."""
    limits = np.cumsum(np.asarray(shares, dtype=float) / float(np.sum(shares)))
    return np.minimum(np.searchsorted(limits, rng.random(count), side="right"), len(shares) - 1).astype(np.int8)


def running_maximum(rows: Ints, values: Ints) -> Ints:
    """The largest of `values` so far within each row; rows are sorted and values below `SPAN`."""
    keyed = np.maximum.accumulate(rows.astype(np.int64) * SPAN + values)
    return (keyed - rows.astype(np.int64) * SPAN).astype(np.int32)


def first_in_row(rows: Ints) -> Bools:
    """Where a new row begins among sorted rows."""
    first = np.ones(len(rows), dtype=bool)
    first[1:] = rows[1:] != rows[:-1]
    return first


def running_sum(rows: Ints, values: Floats | Ints) -> Floats:
    """The sum of `values` so far within each row, the own value included; rows are sorted."""
    total = np.cumsum(values)
    first = first_in_row(rows)
    before = np.maximum.accumulate(np.where(first, np.arange(len(rows)), 0))
    return np.asarray(total - (total - values)[before])


@dataclass(frozen=True, slots=True)
class Windows:
    """Stretches of days in which something may happen to a person. Both ends are included.

    Attributes:
        person: whose.
        low: first day.
        high: last day; `OPEN` where the person still lives here.
    """

    person: Ints
    low: Ints
    high: Ints

    def where(self, which: Bools) -> Windows:
        """Those that are marked."""
        return Windows(self.person[which], self.low[which], self.high[which])

    def within(self, low: Ints | int, high: Ints | int = OPEN) -> Windows:
        """What lies within `low` and `high` too; windows that become empty are left out."""
        cut = Windows(self.person, np.maximum(self.low, low), np.minimum(self.high, high))
        return cut.where(cut.low <= np.minimum(cut.high, LAST))


@dataclass(frozen=True, slots=True)
class Courses:
    """Spells, sorted by window and day; the spells of one window do not overlap.

    Attributes:
        window: which window, shape (spells,).
        person: whose.
        start: first day.
        end: last day, `OPEN` where it goes on; cut where the window ends.
        cut: whether the window ended it.
    """

    window: Ints
    person: Ints
    start: Ints
    end: Ints
    cut: Bools

    def where(self, which: Bools) -> Courses:
        """Those that are marked."""
        return Courses(self.window[which], self.person[which], self.start[which], self.end[which], self.cut[which])


def courses(
    rng: np.random.Generator, windows: Windows, rate: Floats, mean_days: float, shape: float = 1.5, gap: int = 1
) -> Courses:
    """Spells that begin at `rate` a year and last `mean_days` on average, at least `gap` days apart.

    A spell that would begin during another is left out, so slightly fewer begin than `rate` says.
    """
    room = np.maximum(np.minimum(windows.high, LAST) - windows.low + 1, 0)
    row, _ = expand(rng.poisson(rate * room / YEAR))
    start = between(rng, windows.low[row], windows.low[row] + room[row] - 1)
    start = start[np.lexsort((start, row))]
    length = np.ceil(rng.gamma(shape, mean_days / shape, len(row))).astype(np.int32)
    busy = running_maximum(row, start + length + gap)
    free = first_in_row(row)
    free[1:] |= start[1:] > busy[:-1]
    row, start, end = row[free], start[free], (start + length)[free]
    high = windows.high[row]
    cut = end > high
    end = np.minimum(end, high)
    end[end > LAST] = OPEN
    return Courses(row, windows.person[row], start, end, cut & (end < OPEN))
