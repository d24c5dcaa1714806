"""Fewer and wider categories in breakdowns by two dimensions, where too many rows would be withheld."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pejl.protect.whole.tables import Cell, Groupings, IndicatorTable, Numbers, names_of

Merge = tuple[str, Mapping[str, tuple[str, ...]]]
"""A dimension, and for each new code the old ones it is the sum of; codes that are in none stay."""

Merges = Mapping[str, Sequence[Mapping[str, tuple[str, ...]]]]
"""By dimension the ways to merge its codes, in the order in which they are tried."""


def merged(table: IndicatorTable, merges: Iterable[Merge]) -> IndicatorTable:
    """Return a table with codes merged in every breakdown by two dimensions or more; others stay as they are.

    Persons are added where they are the base; elsewhere nobody knows how many are in several rows, and they are left
    out.
    """
    for dimension, into in merges:
        table = replace(table, rows=_merged_rows(table, dimension, into))
    return table


def sources_of(table: IndicatorTable, merges: Iterable[Merge]) -> dict[Cell, list[Cell]]:
    """Return the old rows that each row of the merged table is the sum of."""
    found: dict[Cell, list[Cell]] = {cell: [cell] for cell in table.rows}
    for dimension, into in merges:
        new = _new_codes(into)
        further: dict[Cell, list[Cell]] = {}
        for cell, olds in found.items():
            further.setdefault(_renamed(cell, dimension, new), []).extend(olds)
        found = further
    return found


def with_merges(groupings: Groupings, merges: Iterable[Merge]) -> Groupings:
    """Return groupings in which merged codes stand above those they are the sum of."""
    parents = {name: dict(each) for name, each in groupings.parents.items()}
    for dimension, into in merges:
        parents.setdefault(dimension, {}).update(into)
    return replace(groupings, parents=parents)


def _new_codes(into: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {old: new for new, olds in into.items() for old in olds}


def _renamed(cell: Cell, dimension: str, new: Mapping[str, str]) -> Cell:
    if len(names_of(cell)) < 2:
        return cell
    return tuple((name, new.get(code, code) if name == dimension else code) for name, code in cell)


def _merged_rows(
    table: IndicatorTable, dimension: str, into: Mapping[str, tuple[str, ...]]
) -> dict[Cell, Numbers | None]:
    new = _new_codes(into)
    found: dict[Cell, list[Numbers | None]] = {}
    for cell, numbers in table.rows.items():
        found.setdefault(_renamed(cell, dimension, new), []).append(numbers)
    return {cell: each[0] if len(each) == 1 else _sum(each) for cell, each in found.items()}


def _sum(rows: Sequence[Numbers | None]) -> Numbers | None:
    known = [numbers for numbers in rows if numbers is not None]
    if len(known) < len(rows):
        return None
    numerator, denominator = (_total([each.of(name) for each in known]) for name in ("numerator", "denominator"))
    base = numerator if denominator is None else denominator
    together = all(each.persons == (each.numerator if each.denominator is None else each.denominator) for each in known)
    largest = None
    if all(each.largest is not None for each in known):
        count = max(len(each.largest or ()) for each in known)
        largest = tuple(sorted((value for each in known for value in each.largest or ()), reverse=True)[:count])
    return Numbers(numerator, denominator, base if together else None, largest)


def _total(numbers: Sequence[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
