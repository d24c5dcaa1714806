"""The cube in plain Python: slow, short, and written from the documentation rather than from the engine's SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import sqrt

from pejl.measure.cube import Cell

Codes = tuple[str, ...]
NONE: Codes = ("none",)


@dataclass(frozen=True)
class Fact:
    """A row of an indicator's SQL: `members` are the persons counted, `person` the one whose standing counts."""

    period: str
    person: int | None
    numerator: float
    denominator: float
    on: date
    own: Mapping[str, str]
    members: tuple[int, ...] = ()


@dataclass(frozen=True)
class Registers:
    """Where people stand, as rows."""

    persons: Sequence[tuple[int, date | None, str | None]]
    residence: Sequence[tuple[int, date, date | None, str]]
    support: Sequence[tuple[int, int, date, date | None, str]]

    def codes(self, dimension: str, person: int | None, on: date) -> Codes:
        """The codes of a person in a dimension on a day."""
        if dimension == "district":
            held = {code for who, start, end, code in self.residence if who == person and _holds(start, end, on)}
            return (min(held, key=("north", "south", "unknown").index) if held else "unknown",)
        if dimension == "groups":
            held = {code for _, who, start, end, code in self.support if who == person and _holds(start, end, on)}
            return tuple(sorted(held)) or NONE
        known = [(born, sex) for who, born, sex in self.persons if who == person and person is not None]
        born, sex = known[0] if known else (None, None)
        if dimension == "sex":
            return (sex or "unknown",)
        return (_age_group(born, on),)


def _holds(start: date, end: date | None, on: date) -> bool:
    return start <= on and (end is None or on <= end)


def _age_group(born: date | None, on: date) -> str:
    if born is None or born > on:
        return "unknown"
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return "0_17" if years < 18 else "18_64" if years < 65 else "65_plus"


@dataclass
class Sums:
    numerator: float
    denominator: float
    n: int
    rows: int
    se: float | None
    largest: tuple[float, float] | None


def cube(
    facts: Iterable[Fact], registers: Registers, sets: Iterable[tuple[str, ...]], *, patterns: bool, per: int = 1
) -> dict[tuple[str, tuple[tuple[str, str], ...]], Sums]:
    """Every cell in which there is a row: by period and sorted pairs of dimension and code."""
    cells: dict[tuple[str, tuple[tuple[str, str], ...]], list[Fact]] = {}
    for fact in facts:
        for names in {tuple(sorted(each)) for each in sets}:
            if patterns and "groups" not in names:
                continue
            options = []
            for name in names:
                codes = (fact.own[name],) if name in fact.own else registers.codes(name, fact.person, fact.on)
                options.append(("+".join(codes),) if patterns else codes)
            for chosen in product(*options):
                cells.setdefault((fact.period, tuple(zip(names, chosen, strict=True))), []).append(fact)
    return {key: _sums(rows, per) for key, rows in cells.items()}


def _sums(rows: Sequence[Fact], per: int) -> Sums:
    num, den = sum(row.numerator for row in rows), sum(row.denominator for row in rows)
    members = {who for row in rows for who in row.members}
    alone = sum(1 for row in rows if not row.members)
    spread = _standard_error(rows, num, den, per)
    return Sums(num, den, len(members) + alone, len(rows), spread, _two_largest(rows))


def _two_largest(rows: Sequence[Fact]) -> tuple[float, float] | None:
    """What two persons gave the most of; a row without a person is one of its own."""
    units: dict[object, float] = {}
    for place, row in enumerate(rows):
        unit = row.person if row.person is not None else f"row {place}"
        units[unit] = units.get(unit, 0.0) + row.numerator
    first, second = sorted([*units.values(), 0.0, 0.0], reverse=True)[:2]
    return None if min(units.values()) < 0 else (first, second)


def _standard_error(rows: Sequence[Fact], num: float, den: float, per: int) -> float | None:
    """Every person's sum of what the ratio leaves over, squared; a row without a person is one of its own."""
    units: dict[object, float] = {}
    if den <= 0:
        return None
    for place, row in enumerate(rows):
        unit = row.person if row.person is not None else f"row {place}"
        units[unit] = units.get(unit, 0.0) + row.numerator - num / den * row.denominator
    m = len(units)
    return per * sqrt(m / (m - 1) * sum(left**2 for left in units.values())) / den if m > 1 else None


def differences(
    cells: Sequence[Cell], wanted: Mapping[tuple[str, tuple[tuple[str, str], ...]], Sums], *, ratio: bool, counts: bool
) -> list[str]:
    """What the cells say that the reference does not, and the other way round; a cell of nobody says nothing."""
    found = {(cell.period, cell.dimensions): cell for cell in cells if cell.rows}
    wrong = [f"missing {key}" for key in wanted.keys() - found.keys()]
    wrong += [f"too many {key}" for key in found.keys() - wanted.keys()]
    for key in wanted.keys() & found.keys():
        cell, sums = found[key], wanted[key]
        same = (cell.numerator, cell.n, cell.rows) == (_near(cell.numerator, sums.numerator), sums.n, sums.rows)
        if not counts:
            same = same and cell.denominator == _near(cell.denominator, sums.denominator)
        if ratio and (cell.se is None) != (sums.se is None):
            same = False
        if ratio and cell.se is not None and sums.se is not None:
            same = same and abs(cell.se - sums.se) <= 1e-6 * max(1.0, sums.se)
        same = same and cell.largest == (sums.largest if ratio else None)
        if not same:
            wrong.append(f"{key}: {cell} is not {sums}")
    return wrong


def _near(found: float | None, wanted: float) -> float:
    """`wanted`, or `found` where they agree to nine digits."""
    near = found is not None and abs(found - wanted) <= 1e-9 * max(1.0, abs(wanted))
    return found if near and found is not None else wanted
