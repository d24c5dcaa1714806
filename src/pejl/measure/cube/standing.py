"""Where persons stand: district, age, target groups … on given days, as one number per person and day.

A person's place in a dimension is a small number: 0 where nothing is known (or, in an overlapping dimension, where
they are in no group), else the number of the code, or the sum of the bits of the groups. The numbers of several
dimensions are packed into one, so that a row is grouped by one column however many dimensions there are.
"""

# SQL is written here, of quoted names and of numbers and words of our own.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import prod

from pejl.engines.sql_text import literal, quoted
from pejl.measure.cube.plan import unknown_code
from pejl.measure.cube.values import CountingError
from pejl.text import message
from pejl.workspace.vocabulary import AgeBand, Code, Dimension, Standing

_YEAR = 10_000
"""Days are written as numbers, 20161231; two that lie n whole years apart differ by at least n times this."""
_LARGEST = 2**62
_TYPES = {"SMALLINT": 2**15, "INTEGER": 2**31}
"""Types narrower than the largest, with how many numbers from 0 they hold; narrow ones are joined faster."""


@dataclass(frozen=True)
class Packing:
    """How the numbers of some standing dimensions are packed into one."""

    dimensions: tuple[Dimension, ...]

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many different numbers each dimension needs."""
        return tuple(2 ** len(_groups(each)) if each.overlapping else len(each.codes) + 1 for each in self.dimensions)

    @cached_property
    def factors(self) -> tuple[int, ...]:
        """What each dimension's number is multiplied by."""
        return tuple(prod(self.sizes[:position]) for position in range(len(self.sizes)))

    @property
    def sql_type(self) -> str:
        """The type that holds the packed number.

        Raises:
            CountingError: there are too many dimensions for any.
        """
        largest = prod(self.sizes)
        if largest > _LARGEST:
            raise CountingError("too_many_dimensions", message("it has too many standing dimensions to count at once"))
        return next((name for name, limit in _TYPES.items() if largest <= limit), "BIGINT")

    @property
    def nobody(self) -> int:
        """The packed number of a row without a person."""
        return sum(
            factor * _bit(each, unknown_code(each)) if each.overlapping else 0
            for each, factor in zip(self.dimensions, self.factors, strict=True)
        )

    def packed(self, parts: Sequence[str]) -> str:
        """Return the SQL that packs `parts`, one expression for each dimension, empty where nothing is known."""
        terms = [f"coalesce({part}, 0)::BIGINT * {factor}" for part, factor in zip(parts, self.factors, strict=True)]
        return f"({' + '.join(terms) or '0'})::{self.sql_type}"

    def unpacked(self, dimension: str, column: str) -> str:
        """Return the SQL of the number of `dimension` in the packed number `column`."""
        position = [each.id for each in self.dimensions].index(dimension)
        return f"({column} // {self.factors[position]}) % {self.sizes[position]}"


def code_of(dimension: Dimension, number: int) -> str:
    """Return the code with this number in a dimension that does not overlap."""
    if number == 0:
        unknown = unknown_code(dimension)
        assert unknown is not None, "a plan refuses standing dimensions without a code for the unknown"
        return unknown
    return dimension.codes[number - 1].code


def pattern_of(dimension: Dimension, mask: int) -> tuple[str, ...]:
    """Return the sorted codes of the groups in `mask`; the code of none where there is no group."""
    groups = [code for bit, code in enumerate(_groups(dimension)) if mask >> bit & 1]
    none = dimension.standing.none if dimension.standing is not None else None
    return tuple(sorted(groups)) if groups else (str(none),)


def placed(packing: Packing, days: Sequence[date], relations: Mapping[str, str], once: Mapping[str, bool]) -> str:
    """Return the SELECT of `person` and `s0`, `s1` …, the packed number on each of `days`; a row for each person known.

    Where spells overlap, the code declared first counts. `relations` name the relation of each dimension, `once` those
    that have each person in one row at most.
    """
    joined, parts = "", []
    for position, each in enumerate(packing.dimensions):
        table = _OnDays(each, days, relations[each.id], once[each.id], f"t{position}")
        joined += f" FULL JOIN ({table.sql}) {table.name} USING (person)" if position else f"({table.sql}) {table.name}"
        parts.append(table)
    cells = [f"{packing.packed([part.place(number) for part in parts])} AS s{number}" for number in range(len(days))]
    return f"SELECT {', '.join(['person', *cells])} FROM {joined}"


@dataclass(frozen=True)
class _OnDays:
    """Where each person stands in one dimension on some days: a row for each person, and what to make of it.

    Spells become a column for each day; what holds always is one column, and ages follow from the day of birth.
    """

    dimension: Dimension
    days: Sequence[date]
    relation: str
    once: bool
    name: str

    @property
    def sql(self) -> str:
        """The SELECT of `person` and the columns that `place` rests on."""
        standing = _standing_of(self.dimension)
        if self._in_spells:
            cells = [
                f"{self._one(_held(self.dimension, standing, _Literal(day)))} AS d{number}"
                for number, day in enumerate(self.days)
            ]
        else:
            column = "place" if standing.column is not None else "born"
            cells = [f"{self._one(f'r.{column}')} AS {column}"]
        columns = ", ".join(["r.person AS person", *cells])
        group = "" if self.once else " GROUP BY r.person"
        read = _read(self.dimension, standing, self.relation)
        return f"SELECT {columns} FROM ({read}) r WHERE {' AND '.join(self._wanted())}{group}"

    def place(self, number: int) -> str:
        """Return the SQL of where a person stands on day number `number`."""
        if self._in_spells:
            return f"{self.name}.d{number}"
        if _standing_of(self.dimension).column is not None:
            return f"{self.name}.place"
        return _age_code(self.dimension, _Literal(self.days[number]), f"{self.name}.born")

    @property
    def _in_spells(self) -> bool:
        standing = _standing_of(self.dimension)
        return standing.from_ is not None or standing.to is not None

    def _one(self, value: str) -> str:
        """Return the SQL of the one value that counts of the values of a person's rows."""
        if self.once:
            return value
        return f"bit_or({value})" if self.dimension.overlapping else f"min({value})"

    def _wanted(self) -> Iterator[str]:
        standing = _standing_of(self.dimension)
        yield "r.person IS NOT NULL"
        if standing.from_ is not None:
            yield f"r.from_day <= {_Literal(max(self.days)).day}"
        if standing.to is not None:
            yield f"(r.to_day IS NULL OR r.to_day >= {_Literal(min(self.days)).day})"


def on_moments(packing: Packing, moments: str, relations: Mapping[str, str]) -> str:
    """Return the SELECT of `person`, `day`, `s` for each person and day in the relation `moments`."""
    joined, parts = "", []
    for position, each in enumerate(packing.dimensions):
        standing = _standing_of(each)
        chosen = "bit_or" if each.overlapping else "min"
        sql = (
            f"SELECT m.person, m.day, {chosen}({_held(each, standing, _Moment())}) AS d"
            f" FROM (SELECT person, day, {_number('day')} AS number FROM {moments}) m"
            f" JOIN ({_read(each, standing, relations[each.id])}) r ON r.person = m.person"
            f" GROUP BY m.person, m.day"
        )
        joined += f" LEFT JOIN ({sql}) t{position} USING (person, day)"
        parts.append(f"t{position}.d")
    return f"SELECT person, day, {packing.packed(parts)} AS s FROM {moments}{joined}"


class _Literal:
    """A day known when the SQL is written."""

    def __init__(self, day: date) -> None:
        self.day = f"DATE '{day.isoformat()}'"
        self.number = str(day.year * _YEAR + day.month * 100 + day.day)


class _Moment:
    """The day of a row."""

    day = "m.day"
    number = "m.number"


def _read(dimension: Dimension, standing: Standing, relation: str) -> str:
    """Return the SELECT of person, place and spell, as the rest of the SQL calls them."""
    columns = [f"{quoted(standing.person)} AS person"]
    if standing.column is not None:
        columns.append(f"{_number_of(dimension, standing.column)} AS place")
    else:
        columns.append(f"{_number(quoted(standing.born or ''))} AS born")
    for name, column in (("from_day", standing.from_), ("to_day", standing.to)):
        if column is not None:
            columns.append(f"{quoted(column)} AS {name}")
    return f"SELECT {', '.join(columns)} FROM {quoted(relation)}"


def _held(dimension: Dimension, standing: Standing, at: _Literal | _Moment) -> str:
    """Return the SQL of where a row `r` about a person places them on a day; empty where it does not hold then."""
    place = "r.place" if standing.column is not None else _age_code(dimension, at, "r.born")
    conditions = []
    if standing.from_ is not None:
        conditions.append(f"r.from_day <= {at.day}")
    if standing.to is not None:
        conditions.append(f"(r.to_day IS NULL OR r.to_day >= {at.day})")
    return f"CASE WHEN {' AND '.join(conditions)} THEN {place} END" if conditions else place


def _age_code(dimension: Dimension, at: _Literal | _Moment, born: str) -> str:
    """Return the SQL of the code whose ages hold a person's whole years of age on a day.

    Those born on 29 February turn a year older on 1 March where the year has no such day.
    """
    lived = f"{at.number} - {born}"
    whens = [
        f"WHEN {_aged(code.ages, lived)} THEN {number}" for number, code in _known(dimension) if code.ages is not None
    ]
    return f"CASE {' '.join(whens)} END" if whens else "NULL::INTEGER"


def _aged(ages: AgeBand, lived: str) -> str:
    oldest = f" AND {lived} < {(ages.to + 1) * _YEAR}" if ages.to is not None else ""
    return f"{lived} >= {ages.from_ * _YEAR}{oldest}"


def _number(day: str) -> str:
    return f"(extract(year FROM {day}) * {_YEAR} + extract(month FROM {day}) * 100 + extract(day FROM {day}))::INTEGER"


def _number_of(dimension: Dimension, column: str) -> str:
    """Return the SQL of the number of the code in `column`; empty where it is unknown or no code."""
    if dimension.overlapping:
        pairs = [(1 << bit, code) for bit, code in enumerate(_groups(dimension))]
    else:
        pairs = [(number, code.code) for number, code in _known(dimension)]
    whens = " ".join(f"WHEN {literal(code)} THEN {number}" for number, code in pairs)
    return f"(CASE {quoted(column)}::VARCHAR {whens} END)::INTEGER" if whens else "NULL::INTEGER"


def _known(dimension: Dimension) -> list[tuple[int, Code]]:
    """Return the codes but that of the unknown, with their numbers."""
    unknown = unknown_code(dimension)
    return [(number, code) for number, code in enumerate(dimension.codes, 1) if code.code != unknown]


def _groups(dimension: Dimension) -> list[str]:
    """Return the codes that have a bit: all but that of those who are in no group."""
    none = dimension.standing.none if dimension.standing is not None else None
    return [code.code for code in dimension.codes if code.code != none]


def _bit(dimension: Dimension, code: str | None) -> int:
    groups = _groups(dimension)
    return 1 << groups.index(code) if code in groups else 0


def _standing_of(dimension: Dimension) -> Standing:
    assert dimension.standing is not None, "a plan has only dimensions with a standing here"
    return dimension.standing


def bits_of(position: int) -> int:
    """Return the pattern of the one group at `position`; of none below 0."""
    return 1 << position if position >= 0 else 0
