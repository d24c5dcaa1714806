"""What goes into a count and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pejl.measure.measurement import Dimensions
from pejl.text import Message


class Spells(NamedTuple):
    """Rows that last from one day to another, both included, and never overlap where `per` are the same."""

    from_: str
    to: str
    per: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A register as taken in: Parquet files with its canonical rows.

    `columns` are names and types, `person` is the column that says whom a row is about, `sha256` the hash of what the
    rows are. `key` are columns known to name each row once; empty where that is not known, and then it is checked
    where it matters. `by_person`: the rows are sorted by `person`, so that a few persons are read without the rest.
    `spells` are those known not to overlap; an empty `to` is open, and overlaps whatever begins later.
    """

    files: tuple[Path, ...]
    columns: dict[str, str]
    person: str | None
    rows: int
    sha256: str
    key: tuple[str, ...] = ()
    by_person: bool = True
    spells: Spells | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The sums of one cell.

    `period` is written as `Period` is; `dimensions` are sorted pairs (dimension, code), none for the total. `n` is the
    number of distinct persons (a row without a person is one), `rows` the number of rows. `denominator` is None for
    counts and transitions. `se` is the standard error of the value, in the indicator's unit, for means and ratios of
    at least two persons. `largest` are the two largest contributions of single persons to the numerator of a mean or a
    ratio, 0 where there is none; None where a contribution is below zero. They are never published.
    """

    period: str
    dimensions: Dimensions
    numerator: float
    denominator: float | None
    n: int
    rows: int
    se: float | None
    largest: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One relation that was computed: its name, how many rows it has, the SQL as run."""

    name: str
    rows: int
    sql: str


@dataclass(frozen=True, slots=True)
class Counted:
    """All cells of one indicator, or the reason why it could not be counted.

    `patterns` are the cells in which an overlapping dimension's code is the pattern of memberships: sorted codes
    joined by "+". A code's cell is the sum of the patterns that hold the code. `code` is the stable name of `reason`.
    """

    indicator: str
    cells: tuple[Cell, ...] = ()
    patterns: tuple[Cell, ...] = ()
    steps: tuple[Step, ...] = ()
    code: str | None = None
    reason: Message | None = None


class CountingError(Exception):
    """An indicator cannot be counted; `what` says why, without a value of any row; `code` is stable."""

    def __init__(self, code: str, what: Message) -> None:
        super().__init__(what.render("en"))
        self.code = code
        self.what = what


Listener = Callable[[Step], None]
"""Is told of each step when it is done."""


def silent(_step: Step) -> None:
    """Listen to nothing."""
