"""Where everybody stands on given days: one scan of each relation, whatever the number of days and dimensions.

A person's packed number on a day takes a few bits, so several days share a number of 64 bits, a *word*. What holds on
which of the days depends on a date alone (a birthday, the first or last day of a spell), so it is worked out once for
every date there is, and joined; one grouping puts together what the relations say of a person.
"""

# SQL is written here, of quoted names and of numbers and words of our own.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pejl.engines.sql_text import quoted
from pejl.measure.cube.standing import (
    OnDay,
    Packing,
    age_code,
    ages_between,
    day_number,
    holds,
    standing_of,
    until,
    value_of,
)
from pejl.workspace.vocabulary import Dimension

_BITS = 63
"""Bits of a BIGINT that may be used; the last is its sign."""


@dataclass(frozen=True)
class Words:
    """How the packed numbers of several days lie in columns `w0`, `w1` … of 64 bits each."""

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

    @property
    def full(self) -> int:
        """The packed number with all bits set."""
        return (1 << self.bits) - 1

    def packed(self, terms: Sequence[str]) -> list[str]:
        """Return the SQL of each word, of `terms`, a number for each day."""
        words = []
        for word in range(self.count):
            chosen = terms[word * self.each : (word + 1) * self.each]
            words.append(" | ".join(f"({term} << {place * self.bits})" for place, term in enumerate(chosen)))
        return words

    def repeated(self, word: int) -> int:
        """Return what a number is multiplied by to stand on every day of a word."""
        held = min(self.each, len(self.days) - word * self.each)
        return sum(1 << place * self.bits for place in range(held))

    def on(self, day: date, table: str) -> str:
        """Return the SQL of the packed number on `day`, of the columns of `table`."""
        word, place = divmod(self.days.index(day), self.each)
        return f"({table}.w{word} >> {place * self.bits}) & {self.full}"


def placed(words: Words, relations: Mapping[str, str], single: Mapping[str, bool]) -> str:
    """Return the SELECT of `person` and the words; a row for each person known.

    Where spells overlap, the code declared first counts. `relations` name the relation of each dimension, `single`
    those that hold one place at most for a person on any day.
    """
    rows = " UNION ALL ".join(_contributions(words, relations, single))
    sums = ", ".join(f"coalesce(bit_or(w{word}), 0) AS w{word}" for word in range(words.count))
    return f"SELECT person, {sums} FROM ({rows}) GROUP BY person"


def _contributions(words: Words, relations: Mapping[str, str], single: Mapping[str, bool]) -> Iterator[str]:
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


def _of_rows(words: Words, dimensions: Sequence[Dimension], relation: str, *, choose: bool) -> str:
    """Return what each row of a relation says of a person's place in `dimensions` on the days it holds.

    With `choose` the least of a person's values counts; such dimensions have no spells.
    """
    shown, codes, joined, ages, held = [], [], "", [], []
    for number, each in enumerate(dimensions):
        standing = standing_of(each)
        value = value_of(each) if standing.born is None else quoted(standing.born)
        shown.append(f"{f'min({value})' if choose else value} AS c{number}")
        if standing.born is None:
            codes.append(f"coalesce(r.c{number}, 0)::BIGINT * {words.packing.factor(each.id)}")
        else:
            earliest, latest = ages_between(each, words.days)
            born = _within(f"r.c{number}", earliest, latest)
            joined += f" LEFT JOIN ({_by_birthday(words, each, earliest, latest)}) a{number} ON a{number}.day = {born}"
            ages.append(f"a{number}")
    first, last = min(words.days), max(words.days)
    for name, column in (("f", standing_of(dimensions[0]).from_), ("t", standing_of(dimensions[0]).to)):
        if column is not None:
            end = "from_day" if name == "f" else "to_day"
            joined += f" JOIN ({_by_end(words, end)}) {name} ON {name}.day = {_within(f'r.{end}', first, last)}"
            held.append(name)
    packed = f"({' + '.join(codes)})"
    columns = []
    for word in range(words.count):
        parts = [f"{packed} * {words.repeated(word)}"] if codes else []
        parts += [f"coalesce({age}.w{word}, 0)" for age in ages]
        masks = "".join(f" & {name}.w{word}" for name in held)
        columns.append(f"({' + '.join(parts)}){masks} AS w{word}")
    rows = _read(words, dimensions[0], relation, ", ".join(shown), choose)
    return f"SELECT r.person, {', '.join(columns)} FROM ({rows}) r{joined}"


def _by_birthday(words: Words, dimension: Dimension, earliest: date, latest: date) -> str:
    """Return the SELECT of `day` and words: where those born on a day stand in `dimension` on each of the days."""
    factor = words.packing.factor(dimension.id)
    terms = [f"coalesce({age_code(dimension, OnDay(day), 'number')}, 0)::BIGINT * {factor}" for day in words.days]
    columns = ", ".join(f"{word} AS w{number}" for number, word in enumerate(words.packed([f"({t})" for t in terms])))
    as_number = f"({day_number('day')}) AS number"
    return f"SELECT day, {columns} FROM (SELECT day, {as_number} FROM ({_days(earliest, latest)}))"


def _by_end(words: Words, end: str) -> str:
    """Return the SELECT of `day` and words: all bits of the days on which a spell with this first or last day holds."""
    comparison = "<=" if end == "from_day" else ">="
    terms = [f"((day {comparison} {OnDay(day).day})::BIGINT * {words.full})" for day in words.days]
    columns = ", ".join(f"{word} AS w{number}" for number, word in enumerate(words.packed(terms)))
    return f"SELECT day, {columns} FROM ({_days(min(words.days), max(words.days))})"


def _days(first: date, last: date) -> str:
    number = (last - first).days + 1
    return f"SELECT DATE '{first.isoformat()}' + range::INTEGER AS day FROM range({number})"


def _within(day: str, first: date, last: date) -> str:
    """Return the SQL of `day`, moved to the nearest day from `first` to `last`; empty where it is empty."""
    low, high = f"DATE '{first.isoformat()}'", f"DATE '{last.isoformat()}'"
    return f"CASE WHEN {day} < {low} THEN {low} WHEN {day} > {high} THEN {high} ELSE {day} END"


def _chosen_on_days(words: Words, dimension: Dimension, relation: str) -> str:
    """Return the place of each person in `dimension`: of spells that hold on the same day, the code declared first."""
    chosen = []
    for number, day in enumerate(words.days):
        at = OnDay(day)
        place = "r.c0" if standing_of(dimension).column is not None else age_code(dimension, at, "r.c0")
        chosen.append(f"min(CASE WHEN {holds(dimension, at)} THEN {place} END) AS d{number}")
    rows = _read(words, dimension, relation, f"{value_of(dimension)} AS c0", group=False)
    factor = words.packing.factor(dimension.id)
    terms = words.packed([f"(coalesce(d{number}, 0)::BIGINT * {factor})" for number in range(len(words.days))])
    columns = ", ".join(f"{word} AS w{number}" for number, word in enumerate(terms))
    best = f"SELECT person, {', '.join(chosen)} FROM ({rows}) r GROUP BY person"
    return f"SELECT person, {columns} FROM ({best})"


def _read(words: Words, dimension: Dimension, relation: str, columns: str, group: bool) -> str:
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
