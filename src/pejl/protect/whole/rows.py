"""Rows of tables: their numbers, their size, and those who are in no row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pejl.protect.one_way import Row
from pejl.protect.whole.tables import LEFT_OUT, TOTAL, Cell, Groupings, IndicatorTable, Measure, Numbers, measures_of

NOWHERE = 1e-9
"""Numbers that add up to less than this are nobody; of amounts, to less than this part of the total."""


def with_left_out(table: IndicatorTable, groupings: Groupings) -> IndicatorTable:
    """Return a table with a row for those who are in the total and in no row, for each breakdown where there are any.

    They are never published: the row is withheld by nature.
    """
    whole = table.rows.get(TOTAL)
    if whole is None:
        return table
    rows = dict(table.rows)
    several = False
    for names, cells in table.sets().items():
        several |= len(names) > 1
        if len(names) != 1 or names[0] in groupings.overlapping:
            continue
        inner = [cell for cell in cells if cell[0][1] not in groupings.parents.get(names[0], {})]
        if any(table.rows[cell] is None for cell in inner):
            continue
        rest = {each: _rest(table, inner, each) for each in measures_of(table.kind)}
        if any(abs(number) > _nowhere(whole, measure) for measure, number in rest.items()):
            rows[(names[0], LEFT_OUT),] = Numbers(rest.get("numerator"), rest.get("denominator"), None)
    # What is left out of wider breakdowns cannot be told from here; an attacker cannot either.
    return replace(table, rows=rows, leaves_out=table.leaves_out and several)


def _nowhere(whole: Numbers | None, measure: Measure) -> float:
    """Return below what a rest is nothing: amounts are rounded to twelve digits each before they are added."""
    return NOWHERE * max(1.0, (whole.of(measure) or 0.0) if whole is not None else 0.0)


def _rest(table: IndicatorTable, cells: Iterable[Cell], measure: Measure) -> float:
    whole = table.rows[TOTAL]
    assert whole is not None
    numbers = (table.rows[cell] for cell in cells)
    return (whole.of(measure) or 0.0) - sum(each.of(measure) or 0.0 for each in numbers if each is not None)


def row_of(table: IndicatorTable, cell: Cell) -> Row:
    """Return the numbers of a row that add up, and its persons; none for what is not known."""
    numbers = table.rows[cell] or Numbers()
    return Row(tuple(numbers.of(measure) or 0.0 for measure in measures_of(table.kind)), numbers.persons or 0.0)


def size_of(table: IndicatorTable, cell: Cell) -> float:
    """Return the largest number of a row: how much is lost by withholding it."""
    return max((*row_of(table, cell).numbers, row_of(table, cell).persons))


def is_empty(table: IndicatorTable, cell: Cell) -> bool:
    """Tell whether nobody is in a row."""
    return row_of(table, cell).is_empty


def is_more_than_its_total(table: IndicatorTable) -> bool:
    """Tell whether the rows of a breakdown count more than the total: what is left out would be less than nobody."""
    whole = table.rows.get(TOTAL)
    left_out = [numbers for cell, numbers in table.rows.items() if any(code == LEFT_OUT for _, code in cell)]
    return any(
        (numbers.of(measure) or 0.0) < -_nowhere(whole, measure)
        for numbers in left_out
        if numbers is not None
        for measure in measures_of(table.kind)
    )
