"""From tables as an attacker sees them to unknowns and sums of them.

The unknowns are the finest cells behind everything published, withheld or never published, none below zero. Each number
of a row is a sum of them. Codes that overlap (target groups: a person may be in several) would need an unknown for
every combination. Here a finest cell has instead those in at least one group, w, and those in each group, y: there are
people with w and y as their numbers just when each y is at most w, and w is at most the sum of all y (set w people in
a circle; each group in turn takes the y people after the last group's). As long as no breakdown crosses groups with
groups, nothing else of the combinations is ever published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pejl.protect.whole.tables import (
    Cell,
    IndicatorTable,
    Measure,
    TableKey,
    base_of,
)

if TYPE_CHECKING:
    from pejl.protect.whole.linear import Rows

Known = Mapping[tuple[Cell, Measure], float]
Name = tuple[TableKey, Cell, Measure]
Form = dict[int, float]
"""Factors by column."""

INFINITE = float("inf")

PRINTED, PRINTED_LEAST = 1e-11, 1e-9
"""How far a printed amount is from the true one: this part of it, and this."""

Place = tuple[Cell, str | None]
"""A finest cell, and which of those in it: all of them, a code that stands alone, `ANY` of the groups, or `ANY` and a
group's code."""

ANY = "+"

STOCKS = ("from_stock", "to_stock")


@dataclass(frozen=True, slots=True)
class Persons:
    """What an indicator's rows say of the persons behind them.

    Attributes:
        apart: they are another number than the base.
        within: they are nowhere more than the base (several rows of one person, never several persons in one).
    """

    apart: bool = False
    within: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A table as an attacker sees it.

    Attributes:
        table: its rows; what they say of hidden ones is not looked at.
        hidden: the rows that are withheld.
        known: numbers of hidden rows that are known from elsewhere.
        persons: what is known of the persons.
    """

    table: IndicatorTable
    hidden: frozenset[Cell]
    known: Known = field(default_factory=dict)
    persons: Persons = Persons()

    def around(self, cell: Cell, measure: Measure) -> tuple[float, float] | None:
        """Return the limits that a rounded number gives; None if it is not rounded, or withheld."""
        numbers = self.table.rows.get(cell)
        number = numbers.of(measure) if numbers is not None and cell not in self.hidden else None
        if not self.table.is_rounded(cell) or number is None:
            return None
        return max(0.0, number - self.table.rounded), number + self.table.rounded

    def value(self, cell: Cell, measure: Measure) -> float | None:
        """Return what the attacker knows a number to be; None if he does not."""
        if self.table.is_rounded(cell):
            return self.known.get((cell, measure))
        if cell in self.hidden or cell not in self.table.rows:
            return self.known.get((cell, measure))
        numbers = self.table.rows[cell]
        return numbers.of(measure) if numbers is not None else None


def persons_of(tables: Iterable[IndicatorTable]) -> Persons:
    """Return what the rows of one indicator say of persons; rows without numbers say nothing."""
    apart, within, seen = False, True, False
    for table in tables:
        base = base_of(table.kind)
        for numbers in table.rows.values():
            if numbers is None or numbers.persons is None:
                continue
            seen = True
            number = numbers.of(base) if base is not None else None
            apart |= number != numbers.persons
            within &= number is not None and numbers.persons <= number
    return Persons(apart and seen, within and seen)


@dataclass(frozen=True, slots=True)
class Limit:
    """A sum with the least and the most it can be.

    Attributes:
        form: the sum.
        low: the least.
        high: the most.
        loose: it holds between numbers of rows, so it says nothing new once they are known.
    """

    form: Form
    low: float
    high: float
    loose: bool = False


@dataclass(slots=True)
class Board:
    """Columns, numbers as sums of them, and what holds between them.

    Attributes:
        size: how many columns there are.
        forms: the sum that each number of a row is.
        values: numbers that the attacker knows.
        least: what numbers are known to be at least.
        rules: further sums, each with the least and the most it can be.
        finest: by table and number, the columns of finest cells: their place, and which of those in it they count.
        amounts: numbers that need not be whole.
        contradictory: numbers that are known contradict what is declared, or each other.
    """

    size: int = 0
    forms: dict[Name, Form] = field(default_factory=dict)
    values: dict[Name, float] = field(default_factory=dict)
    least: dict[Name, float] = field(default_factory=dict)
    rules: list[Limit] = field(default_factory=list)
    finest: dict[tuple[TableKey, Measure], dict[Place, int]] = field(default_factory=dict)
    amounts: set[Name] = field(default_factory=set)
    contradictory: bool = False

    def column(self) -> int:
        """Return a new column."""
        self.size += 1
        return self.size - 1

    def rule(self, terms: Iterable[tuple[Form, float]], low: float, high: float, *, loose: bool = False) -> None:
        """Note that a sum of sums lies between two limits; one without columns must already."""
        total = added(terms)
        if total:
            self.rules.append(Limit(total, low, high, loose))
        else:
            self.contradictory |= not low <= 0.0 <= high

    def room(self, name: Name) -> float:
        """Return how far a number that is known may be from what it was: amounts are printed with twelve digits."""
        return PRINTED * abs(self.values.get(name, 0.0)) + PRINTED_LEAST if name in self.amounts else 0.0

    def rows(self, names: Sequence[Name]) -> Rows:
        """Return the sums of some numbers, and all rules after them."""
        from pejl.protect.whole.linear import rows_of

        forms = [*(self.forms[name] for name in names), *(rule.form for rule in self.rules)]
        return rows_of([(list(form), list(form.values())) for form in forms])


def added(terms: Iterable[tuple[Form, float]]) -> Form:
    """Return a sum of sums, each times a factor."""
    found: Form = {}
    for form, factor in terms:
        for column, value in form.items():
            found[column] = found.get(column, 0.0) + factor * value
    return {column: value for column, value in found.items() if value}
