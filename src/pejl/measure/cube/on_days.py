"""Where everybody stands on given days: one scan of each relation, whatever the number of days and dimensions.

Each relation contributes some bits of a person's packed number on each day, and one grouping puts them together.
Several days share a number of 64 bits on the way, for grouping costs by the column.
"""

# SQL is written here, of quoted names and of numbers and words of our own.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pejl.engines.sql_text import quoted
from pejl.measure.cube.standing import OnDay, Packing, age_code, holds, standing_of, until, value_of
from pejl.workspace.vocabulary import Dimension

_BITS = 63
"""Bits of a BIGINT that may be used; the last is its sign."""


def placed(packing: Packing, days: Sequence[date], relations: Mapping[str, str], single: Mapping[str, bool]) -> str:
    """Return the SELECT of `person` and `s0`, `s1` …, the packed number on each of `days`; a row for each person known.

    Where spells overlap, the code declared first counts. `relations` name the relation of each dimension, `single`
    those that hold one place at most for a person on any day.
    """
    words = _Words(packing, tuple(days))
    rows = " UNION ALL ".join(_contributions(words, relations, single))
    sums = ", ".join(f"coalesce(bit_or(w{word}), 0) AS w{word}" for word in range(words.count))
    cells = ", ".join(f"{words.unpacked(number)} AS s{number}" for number in range(len(words.days)))
    return f"SELECT person, {cells} FROM (SELECT person, {sums} FROM ({rows}) GROUP BY person)"


@dataclass(frozen=True)
class _Words:
    """How the packed numbers of several days lie in each of some numbers of 64 bits."""

    packing: Packing
    days: tuple[date, ...]

    @cached_property
    def bits(self) -> int:
        """How many bits the packed number of a day has."""
        return max(1, (self.packing.largest - 1).bit_length())

    @property
    def each(self) -> int:
        """How many days share a word."""
        return _BITS // self.bits

    @property
    def count(self) -> int:
        """How many words the days take."""
        return -(-len(self.days) // self.each)

    def packed(self, terms: Sequence[str]) -> str:
        """Return the columns `w0`, `w1` … of `terms`, a number for each day."""
        columns = []
        for word in range(self.count):
            chosen = terms[word * self.each : (word + 1) * self.each]
            shifted = " | ".join(f"({term} << {place * self.bits})" for place, term in enumerate(chosen))
            columns.append(f"{shifted} AS w{word}")
        return ", ".join(columns)

    def unpacked(self, day: int) -> str:
        """Return the packed number of day number `day`."""
        word, place = divmod(day, self.each)
        return f"((w{word} >> {place * self.bits}) & {(1 << self.bits) - 1})::{self.packing.sql_type}"


def _contributions(words: _Words, relations: Mapping[str, str], single: Mapping[str, bool]) -> Iterator[str]:
    """Yield a SELECT of `person` and words for each relation; for each dimension where places are to be chosen."""
    together: dict[tuple[str | None, ...], list[Dimension]] = {}
    for each in words.packing.dimensions:
        standing = standing_of(each)
        if each.overlapping or single[each.id]:
            shape = (relations[each.id], standing.person, standing.from_, standing.to)
            together.setdefault(shape, []).append(each)
        elif standing.from_ is not None or standing.to is not None:
            yield _chosen_on_days(words, each, relations[each.id])
        else:
            yield _of_rows(words, (each,), relations[each.id], choose=True)
    for dimensions in together.values():
        yield _of_rows(words, dimensions, relations[dimensions[0].id], choose=False)


def _of_rows(words: _Words, dimensions: Sequence[Dimension], relation: str, *, choose: bool) -> str:
    """Return what each row of a relation says of a person's place in `dimensions` on the days it holds.

    With `choose` the least of a person's values counts; such dimensions have no spells.
    """
    values = [f"min({value_of(each)})" if choose else value_of(each) for each in dimensions]
    terms = []
    for day in map(OnDay, words.days):
        when = holds(dimensions[0], day)
        bits = f"({_packed(words.packing, dimensions, day)})"
        terms.append(f"({when})::BIGINT * {bits}" if when else bits)
    columns = ", ".join(f"{value} AS c{number}" for number, value in enumerate(values))
    return f"SELECT person, {words.packed(terms)} FROM ({_read(words, dimensions[0], relation, columns, choose)}) r"


def _packed(packing: Packing, dimensions: Sequence[Dimension], day: OnDay) -> str:
    """Return the SQL of the bits of `dimensions`, of which `r` has the values as `c0`, `c1` …, on a day."""
    parts = []
    for number, each in enumerate(dimensions):
        place = f"r.c{number}" if standing_of(each).column is not None else age_code(each, day, f"r.c{number}")
        parts.append(f"coalesce({place}, 0)::BIGINT * {packing.factor(each.id)}")
    return " + ".join(parts)


def _chosen_on_days(words: _Words, dimension: Dimension, relation: str) -> str:
    """Return the place of each person in `dimension`: of spells that hold on the same day, the code declared first."""
    chosen = []
    for number, day in enumerate(words.days):
        at = OnDay(day)
        place = "r.c0" if standing_of(dimension).column is not None else age_code(dimension, at, "r.c0")
        chosen.append(f"min(CASE WHEN {holds(dimension, at)} THEN {place} END) AS d{number}")
    rows = _read(words, dimension, relation, f"{value_of(dimension)} AS c0", group=False)
    factor = words.packing.factor(dimension.id)
    terms = [f"coalesce(d{number}, 0)::BIGINT * {factor}" for number in range(len(words.days))]
    best = f"SELECT person, {', '.join(chosen)} FROM ({rows}) r GROUP BY person"
    return f"SELECT person, {words.packed([f'({term})' for term in terms])} FROM ({best})"


def _read(words: _Words, dimension: Dimension, relation: str, columns: str, group: bool) -> str:
    """Return the SELECT of `person`, `columns` and the spell, of the rows that hold on any of the days."""
    standing = standing_of(dimension)
    person = quoted(standing.person)
    shown, wanted = [f"{person} AS person", columns], [f"{person} IS NOT NULL"]
    if standing.from_ is not None:
        shown.append(f"{quoted(standing.from_)} AS from_day")
        wanted.append(f"{quoted(standing.from_)} <= {OnDay(max(words.days)).day}")
    if standing.to is not None:
        shown.append(f"{until(standing.to)} AS to_day")
        wanted.append(f"{until(standing.to)} >= {OnDay(min(words.days)).day}")
    grouped = f" GROUP BY {person}" if group else ""
    return f"SELECT {', '.join(shown)} FROM {quoted(relation)} WHERE {' AND '.join(wanted)}{grouped}"
