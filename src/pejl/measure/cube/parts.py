"""Disjoint sets of persons, counted one after the other so that memory does not grow with the municipality."""

# SQL is written here, of quoted names and of numbers and words of our own.
# ruff: noqa: S608

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from pejl.engines import Session
from pejl.engines.sql_text import quoted
from pejl.measure.cube.values import Source

ROWS_PER_PART = 4_000_000
"""Rows read for one part. Measured: grouping costs a quarter less CPU than with four times the rows; smaller parts
gain more there, and lose it again where nothing is grouped by person."""
ROWS_PER_UNSORTED_PART = 50_000_000
"""Where rows are not sorted by person, every part reads all of them, so parts serve memory alone."""
MOST_PARTS = 512
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Part:
    """Persons above `low` up to `high`, both numbers of persons; the first part has no `low`, the last no `high`.

    Rows without a person belong to the first part.
    """

    low: int | None
    high: int | None

    @property
    def name(self) -> str:
        """A name for files: a hash, for the limits are somebody's pseudonyms."""
        return hashlib.sha256(f"{self.low} {self.high}".encode()).hexdigest()[:16]

    def where(self, person: str = "person") -> str | None:
        """Return the condition on the column `person`; None for the part that is everybody."""
        column = quoted(person)
        if self.low is None:
            return None if self.high is None else f"({column} <= {self.high} OR {column} IS NULL)"
        above = f"{column} > {self.low}"
        return above if self.high is None else f"{above} AND {column} <= {self.high}"


EVERYBODY = Part(None, None)


def wanted_parts(rows: int, *, by_person: bool) -> int:
    """Return into how many parts `rows` are best divided: a power of two, so that limits of parts coincide."""
    parts = 1
    while parts < MOST_PARTS and rows > parts * (ROWS_PER_PART if by_person else ROWS_PER_UNSORTED_PART):
        parts *= 2
    return parts


class Parts:
    """The parts of persons of some registers, of about as many persons each."""

    def __init__(self, session: Session, sources: Mapping[str, Source]) -> None:
        self._session = session
        self._sources = sources
        self._made: dict[int, tuple[Part, ...]] = {1: (EVERYBODY,)}

    def of(self, count: int) -> tuple[Part, ...]:
        """Return `count` parts that together are everybody; fewer where there are few persons."""
        if count not in self._made:
            self._made[count] = self._parts(count)
        return self._made[count]

    def _parts(self, count: int) -> tuple[Part, ...]:
        source = self._sample()
        if source is None or source.person is None:
            return (EVERYBODY,)
        self._session.relation("_sample", source.files, source.columns)
        shares = ", ".join(str(number / count) for number in range(1, count))
        sql = f"SELECT unnest(quantile_disc({quoted(source.person)}, [{shares}])) FROM _sample"
        found = sorted({int(row[0]) for row in self._session.fetch(sql) if row[0] is not None})
        limits = [None, *found, None]
        return tuple(Part(low, high) for low, high in pairwise(limits))

    def _sample(self) -> Source | None:
        """Return the smallest register large enough to show how the numbers of persons lie, else the largest."""
        known = sorted(
            (each for each in self._sources.values() if each.person and each.rows), key=lambda each: each.rows
        )
        return next((each for each in known if each.rows >= _SAMPLE), known[-1] if known else None)
