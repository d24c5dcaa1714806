"""Where persons stand: district, age, target groups … on given days, as one number per person and day.

A person's place in a dimension is a small number: 0 where nothing is known (or, in an overlapping dimension, where
they are in no group), else the number of the code, or the sum of the bits of the groups. The numbers of several
dimensions are packed into one, so that a row is grouped by one column however many dimensions there are.
"""

# SQL is written here, of quoted names and of numbers and words of our own.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        """How many numbers each dimension is given: a power of two, so that dimensions lie in bits of their own."""
        return tuple(
            1 << (len(_groups(each)) if each.overlapping else len(each.codes).bit_length()) for each in self.dimensions
        )

    @cached_property
    def factors(self) -> tuple[int, ...]:
        """What each dimension's number is multiplied by."""
        return tuple(prod(self.sizes[:position]) for position in range(len(self.sizes)))

    @property
    def largest(self) -> int:
        """The least number that no packed number reaches."""
        return prod(self.sizes)

    def factor(self, dimension: str) -> int:
        """Return what the number of `dimension` is multiplied by."""
        return self.factors[self._position(dimension)]

    @property
    def sql_type(self) -> str:
        """The type that holds the packed number.

        Raises:
            CountingError: there are too many dimensions for any.
        """
        if self.largest > _LARGEST:
            raise CountingError("too_many_dimensions", message("it has too many standing dimensions to count at once"))
        return next((name for name, limit in _TYPES.items() if self.largest <= limit), "BIGINT")

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
        position = self._position(dimension)
        return f"({column} // {self.factors[position]}) % {self.sizes[position]}"

    def _position(self, dimension: str) -> int:
        return [each.id for each in self.dimensions].index(dimension)


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


def on_moments(packing: Packing, moments: str, relations: Mapping[str, str]) -> str:
    """Return the SELECT of `person`, `day`, `s` for each person and day in the relation `moments`."""
    joined, parts, at = "", [], _Moment()
    for position, each in enumerate(packing.dimensions):
        chosen = "bit_or" if each.overlapping else "min"
        place = "r.place" if standing_of(each).column is not None else age_code(each, at, "r.place")
        held = holds(each, at)
        sql = (
            f"SELECT m.person, m.day, {chosen}({f'CASE WHEN {held} THEN {place} END' if held else place}) AS d"
            f" FROM (SELECT person, day, {day_number('day')} AS number FROM {moments}) m"
            f" JOIN ({_read(each, relations[each.id])}) r ON r.person = m.person"
            f" GROUP BY m.person, m.day"
        )
        joined += f" LEFT JOIN ({sql}) t{position} USING (person, day)"
        parts.append(f"t{position}.d")
    return f"SELECT person, day, {packing.packed(parts)} AS s FROM {moments}{joined}"


class OnDay:
    """A day known when the SQL is written."""

    def __init__(self, day: date) -> None:
        self.day = f"DATE '{day.isoformat()}'"
        self._number = day.year * _YEAR + day.month * 100 + day.day

    def years_before(self, years: int) -> str:
        """Return the SQL of the number of the day whole `years` earlier."""
        return str(self._number - years * _YEAR)


class _Moment:
    """The day of a row."""

    day = "m.day"

    def years_before(self, years: int) -> str:
        """Return the SQL of the number of the day whole `years` earlier."""
        return f"m.number - {years * _YEAR}"


def _read(dimension: Dimension, relation: str) -> str:
    """Return the SELECT of person, place (or day of birth) and spell, as the rest of the SQL calls them."""
    standing = standing_of(dimension)
    columns = [f"{quoted(standing.person)} AS person", f"{value_of(dimension)} AS place"]
    if standing.from_ is not None:
        columns.append(f"{quoted(standing.from_)} AS from_day")
    if standing.to is not None:
        columns.append(f"{until(standing.to)} AS to_day")
    return f"SELECT {', '.join(columns)} FROM {quoted(relation)}"


def value_of(dimension: Dimension) -> str:
    """Return the SQL of what a row says: the number of a code, or of the day of birth; empty where it is unknown."""
    standing = standing_of(dimension)
    if standing.column is None:
        return day_number(quoted(standing.born or ""))
    return _number_of(dimension, standing.column)


def until(to: str) -> str:
    """Return the SQL of the last day of a spell; a day that never comes where it is open."""
    return f"coalesce({quoted(to)}, DATE '9999-12-31')"


def holds(dimension: Dimension, at: OnDay | _Moment) -> str:
    """Return the condition that the spell of a row `r` holds on a day; nothing where rows have no spells."""
    standing = standing_of(dimension)
    conditions = []
    if standing.from_ is not None:
        conditions.append(f"r.from_day <= {at.day}")
    if standing.to is not None:
        conditions.append(f"r.to_day >= {at.day}")
    return " AND ".join(conditions)


def age_code(dimension: Dimension, at: OnDay | _Moment, born: str) -> str:
    """Return the SQL of the code whose ages hold a person's whole years of age on a day.

    Those born on 29 February turn a year older on 1 March where the year has no such day.
    """
    whens = [
        f"WHEN {_aged(code.ages, at, born)} THEN {number}"
        for number, code in _known(dimension)
        if code.ages is not None
    ]
    return f"CASE {' '.join(whens)} END" if whens else "NULL::INTEGER"


def ages_between(dimension: Dimension, days: Sequence[date]) -> tuple[date, date]:
    """Return two days: those born before the first, or after the second, are of the same ages on `days` as they."""
    bands = [code.ages for _, code in _known(dimension) if code.ages is not None]
    least = min((band.from_ for band in bands), default=0)
    most = max((band.from_ if band.to is None else band.to + 1 for band in bands), default=0)
    return date(max(1, min(days).year - most), 1, 1), date(max(days).year - least + 1, 1, 1)


def _aged(ages: AgeBand, at: OnDay | _Moment, born: str) -> str:
    oldest = f" AND {born} > {at.years_before(ages.to + 1)}" if ages.to is not None else ""
    return f"{born} <= {at.years_before(ages.from_)}{oldest}"


def day_number(day: str) -> str:
    """Return the SQL of a day as a number, 20161231; empty where it is empty."""
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


def standing_of(dimension: Dimension) -> Standing:
    """Return how the place of a person in `dimension` is read."""
    assert dimension.standing is not None, "a plan has only dimensions with a standing here"
    return dimension.standing


def bits_of(position: int) -> int:
    """Return the pattern of the one group at `position`; of none below 0."""
    return 1 << position if position >= 0 else 0
