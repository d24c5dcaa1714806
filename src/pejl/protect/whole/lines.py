"""From tables as an attacker sees them to unknowns and equations.

The unknowns are the finest cells behind everything published, withheld or never published, for numerator, complement
and denominator, none below zero; what is shown stands as a constant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from pejl.protect.whole.sheet import Handle, Sheet, constant
from pejl.protect.whole.structure import cliques, shared
from pejl.protect.whole.tables import (
    LEFT_OUT,
    TOTAL,
    Cell,
    Groupings,
    IndicatorTable,
    Measure,
    Relation,
    TableKey,
    base_of,
    measures_of,
    names_of,
)

Known = Mapping[tuple[Cell, Measure], float]


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


def write(
    views: Sequence[View], relations: Iterable[Relation], groupings: Groupings, *, all_known: bool = False
) -> Sheet:
    """Write tables that hang together down as one sheet.

    Args:
        views: the tables.
        relations: what is declared of their indicators.
        groupings: how codes overlap.
        all_known: write relations between known numbers too, to see whether they are true.
    """
    sheet = Sheet()
    breakdowns = [names for view in views for names in view.table.sets() if names]
    finest = cliques(breakdowns)
    lines = {view.table.key: _Lines(sheet, view, finest, groupings) for view in views}
    for each in lines.values():
        each.write()
    for relation in relations:
        for key, each in lines.items():
            if key[0] == relation.indicator:
                _relate(sheet, relation, each, lines, all_known=all_known)
    return sheet


class _Lines:
    """The equations of one table."""

    def __init__(self, sheet: Sheet, view: View, finest: Sequence[tuple[str, ...]], groupings: Groupings) -> None:
        self.sheet = sheet
        self.view = view
        self.table = view.table
        self.groupings = groupings
        self.sets = self.table.sets()
        self.sets.setdefault((), [TOTAL])
        self.codes = self._codes()
        self.finest = [names for names in finest if all(name in self.codes for name in names)]
        if len(self.finest) < len(finest):  # a related table is broken down by more
            self.finest = cliques(names for names in self.sets if names)
        for names in shared(self.finest):
            if names not in self.sets:
                self.sets[names] = [
                    tuple(zip(names, codes, strict=True)) for codes in product(*(self.codes[name] for name in names))
                ]
        self.measures = measures_of(self.table.kind)
        self.base = base_of(self.table.kind)

    def write(self) -> None:
        """Write all equations of the table."""
        for names, cells in self.sets.items():
            not_empty = not names or any(cell not in self.view.hidden for cell in cells)
            for cell in cells:
                self._row(cell, not_empty=not_empty and cell in self.view.hidden)
        for names in self.finest:
            cells = self._finest_cells(names)
            for measure in self.measures:
                for below, rows in self.sets.items():
                    if set(below) < set(names) or (below == names and not self._is_finest(names)):
                        self._margins(names, cells, rows, measure)
        if self.view.persons.apart:
            self._persons()

    def number(self, cell: Cell, measure: Measure) -> Handle:
        """Return a number of the sheet, a new unknown where nothing is known of it."""
        name = (self.table.key, cell, measure)
        handle = self.sheet.numbers.get(name)
        if handle is None:
            value = self._value(cell, measure)
            handle = self.sheet.unknown() if value is None else constant(value)
            self.sheet.numbers[name] = handle
        return handle

    def _value(self, cell: Cell, measure: Measure) -> float | None:
        if cell in self.view.hidden or cell not in self.table.rows:
            return self.view.known.get((cell, measure))
        numbers = self.table.rows[cell]
        return numbers.of(measure) if numbers is not None else None

    def _codes(self) -> dict[str, list[str]]:
        found: dict[str, dict[str, None]] = {}
        for cell in self.table.rows:
            for name, code in cell:
                found.setdefault(name, {})[code] = None
        return {name: list(codes) for name, codes in found.items()}

    def _row(self, cell: Cell, *, not_empty: bool) -> None:
        """Write what holds within a row."""
        sheet, key = self.sheet, self.table.key
        if self.table.kind == "share":
            y, c, d = (self.number(cell, measure) for measure in self.measures)
            sheet.zero([(y, 1.0), (c, 1.0), (d, -1.0)])
        elif self.table.kind == "rate":
            self.number(cell, "denominator")
        if self.base is None:
            return
        base = self.number(cell, self.base)
        if not_empty:
            sheet.least[key, cell, self.base] = 1.0
            sheet.at_most([(constant(1.0), 1.0)], [(base, 1.0)])
        if self.view.persons.apart and self.view.persons.within:
            sheet.at_most([(self.number(cell, "persons"), 1.0)], [(base, 1.0)])

    def _is_finest(self, names: tuple[str, ...]) -> bool:
        """Tell whether the rows of a breakdown are the finest cells themselves."""
        return names in self.sets and all(self.groupings.is_plain(name, self.codes[name]) for name in names)

    def _finest_cells(self, names: tuple[str, ...]) -> list[Cell]:
        if self._is_finest(names):
            cells = list(self.sets[names])
        else:
            inner = [
                dict.fromkeys(each for below in self.groupings.inner(name, self.codes[name]).values() for each in below)
                for name in names
            ]
            # A mark before the dimension: `north` itself and the innermost cell `north` are two things here.
            cells = [tuple((f"~{n}", c) for n, c in zip(names, codes, strict=True)) for codes in product(*inner)]
            if self.table.kind == "share":
                for cell in cells:
                    self._row(cell, not_empty=False)
        if self.table.leaves_out and len(names) > 1:
            for place in range(len(names)):
                codes = [self.codes[name] if at != place else [LEFT_OUT] for at, name in enumerate(names)]
                cells += [tuple(zip(names, each, strict=True)) for each in product(*codes)]
        elif self.table.leaves_out and ((names[0], LEFT_OUT),) not in self.table.rows:
            cells.append(((names[0], LEFT_OUT),))
        return cells

    def _margins(self, names: tuple[str, ...], cells: Sequence[Cell], rows: Sequence[Cell], measure: Measure) -> None:
        """Write that each row of a breakdown is the sum of the finest cells in it."""
        inner = {name: self.groupings.inner(name, self.codes[name]) for name in names}
        by_row: dict[Cell, list[Cell]] = {row: [] for row in rows}
        wanted = {row: [frozenset(inner[name].get(code, (code,))) for name, code in row] for row in rows}
        places = [names.index(name) for name in names_of(rows[0])] if rows else []
        exact: dict[tuple[str, ...], list[Cell]] = {}
        for cell in cells:
            exact.setdefault(tuple(cell[place][1] for place in places), []).append(cell)
        for row in rows:
            for codes, found in exact.items():
                if all(code in allowed for code, allowed in zip(codes, wanted[row], strict=True)):
                    by_row[row] += found
        for row, below in by_row.items():
            terms = [(self.number(cell, measure), 1.0) for cell in below]
            whole = self.number(row, measure)
            if whole.is_known and all(handle.is_known for handle, _ in terms):
                continue  # what is shown in full needs no proof; where it does not add up, nothing is hidden
            self.sheet.zero([*terms, (whole, -1.0)])

    def _persons(self) -> None:
        """Write what holds of persons: nobody is in a row and not in the total; everybody is in a row."""
        total = self.number(TOTAL, "persons")
        for names, cells in self.table.sets().items():
            if not names:
                continue
            handles = [self.number(cell, "persons") for cell in cells]
            for handle in handles:
                if not handle.is_known:
                    self.sheet.at_most([(handle, 1.0)], [(total, 1.0)])
            if not self.table.leaves_out and not all(handle.is_known for handle in handles):
                self.sheet.at_most([(total, 1.0)], [(handle, 1.0) for handle in handles])


def _relate(
    sheet: Sheet, relation: Relation, mine: _Lines, lines: Mapping[TableKey, _Lines], *, all_known: bool
) -> None:
    """Write what a relation says of one table of the indicator it is declared for."""
    for key, other in lines.items():
        if key[0] != relation.other or key[3] != mine.table.scope:
            continue
        if relation.kind in ("from_stock", "to_stock"):
            _relate_stock(sheet, relation, mine, other, all_known=all_known)
        elif key[2] == mine.table.period:
            cells = [cell for cell in mine.table.rows if cell in other.table.rows]
            for cell in cells:
                _relate_cell(sheet, relation, mine, other, cell, all_known=all_known)


def _relate_cell(sheet: Sheet, relation: Relation, mine: _Lines, other: _Lines, cell: Cell, *, all_known: bool) -> None:
    of_mine: Measure = "denominator" if relation.kind in ("same_base", "base_is") else "numerator"
    of_other: Measure = "denominator" if relation.kind == "same_base" else "numerator"
    if of_mine not in mine.measures or of_other not in other.measures:
        return
    here, there = mine.number(cell, of_mine), other.number(cell, of_other)
    if here.is_known and there.is_known and not all_known:
        return
    if relation.kind == "part_of":
        sheet.at_most([(here, 1.0)], [(there, 1.0)])
    else:
        sheet.zero([(here, 1.0), (there, -1.0)])


def stock_period(relation: Relation, period: str) -> str | None:
    """Return the period of the stock that transitions begin (end) at; None if `period` is no transition."""
    before, mark, after = period.partition(">")
    return (before if relation.kind == "from_stock" else after) if mark else None


def _relate_stock(sheet: Sheet, relation: Relation, mine: _Lines, stock: _Lines, *, all_known: bool) -> None:
    if stock.table.period != stock_period(relation, mine.table.period):
        return
    for cell in stock.table.rows:
        if names_of(cell) != (relation.other_dimension,):
            continue
        code = cell[0][1]
        single: Cell = ((relation.dimension, code),)
        moving = [single] if single in mine.table.rows else _widest_with(mine, single[0])
        terms = [(mine.number(row, "numerator"), 1.0) for row in moving]
        whole = stock.number(cell, "numerator")
        if whole.is_known and all(handle.is_known for handle, _ in terms) and not all_known:
            continue
        if relation.at_most:
            sheet.at_most(terms, [(whole, 1.0)])
        else:
            sheet.zero([*terms, (whole, -1.0)])


def _widest_with(lines: _Lines, pair: tuple[str, str]) -> list[Cell]:
    """Return the rows of the table's widest breakdown that have a code."""
    sets = lines.table.sets()
    return [row for row in sets[max(sets, key=len)] if pair in row]


def numbers_hidden(view: View) -> Iterable[tuple[Cell, Measure]]:
    """Yield the numbers that a table withholds."""
    measures = list(measures_of(view.table.kind))
    if view.persons.apart:
        measures.append("persons")
    for cell in view.table.rows:
        if cell in view.hidden:
            for measure in measures:
                yield cell, measure
