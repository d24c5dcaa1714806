"""What indicators declare of each other, as rules of a board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pejl.protect.whole.board import ANY, INFINITE, STOCKS, Board, Form, Name, Place, View, added
from pejl.protect.whole.tables import Cell, Measure, Relation, measures_of, names_of


def relate(board: Board, views: Sequence[View], relations: Iterable[Relation], *, fine: bool, all_known: bool) -> None:
    """Write relations between tables into a board; between known numbers only with `all_known`.

    With `fine` they hold in every finest cell: whoever is counted by one indicator is by the other, and stands in the
    same place.
    """
    for relation in relations:
        for mine in views:
            if mine.table.indicator != relation.indicator:
                continue
            for other in views:
                if other.table.indicator == relation.other and other.table.scope == mine.table.scope:
                    _relate(board, relation, mine, other, all_known=all_known)
                    if fine and not all_known:
                        _relate_finest(board, relation, mine, other)


def stock_period(relation: Relation, period: str) -> str | None:
    """Return the period of the stock that transitions begin (end) at; None if `period` is no transition."""
    before, mark, after = period.partition(">")
    return (before if relation.kind == "from_stock" else after) if mark else None


def _relate(board: Board, relation: Relation, mine: View, other: View, *, all_known: bool) -> None:
    if relation.kind in ("from_stock", "to_stock"):
        _relate_stock(board, relation, mine, other, all_known=all_known)
    elif mine.table.period == other.table.period:
        compared = _compared(relation, mine, other)
        if compared is None:
            return
        of_mine, of_other = compared
        for cell in mine.table.rows:
            if cell in other.table.rows:
                here, there = (mine.table.key, cell, of_mine), (other.table.key, cell, of_other)
                _compare(board, [here], there, at_most=relation.kind == "part_of", all_known=all_known)


def _compared(relation: Relation, mine: View, other: View) -> tuple[Measure, Measure] | None:
    """Return which numbers are compared; None if a table has no such number."""
    of_mine: Measure = "denominator" if relation.kind in ("same_base", "base_is") else "numerator"
    of_other: Measure = "denominator" if relation.kind == "same_base" else "numerator"
    if of_mine not in measures_of(mine.table.kind) or of_other not in measures_of(other.table.kind):
        return None
    return of_mine, of_other


def _relate_finest(board: Board, relation: Relation, mine: View, other: View) -> None:
    """Write a relation for each finest cell, where both tables have the same."""
    if relation.kind in STOCKS or mine.table.period != other.table.period:
        return
    compared = _compared(relation, mine, other)
    if compared is None or _widest(mine) != _widest(other):
        return
    part, whole = (_finest(board, view, measure) for view, measure in zip((mine, other), compared, strict=True))
    rest = {place: added([(whole.get(place, {}), 1.0), (part.get(place, {}), -1.0)]) for place in {**whole, **part}}
    most = INFINITE if relation.kind == "part_of" else 0.0
    for form in rest.values():
        board.rule([(form, 1.0)], 0.0, most)
    if relation.kind == "part_of":
        _are_people(board, rest)


def _are_people(board: Board, rest: Mapping[Place, Form]) -> None:
    """Note of those in overlapping groups what holds of all people: each is in a group, and in none twice."""
    groups: dict[Cell, list[Form]] = {}
    for (cell, who), form in rest.items():
        if who is not None and who.startswith(ANY) and who != ANY:
            groups.setdefault(cell, []).append(form)
    for cell, forms in groups.items():
        together = rest[cell, ANY]
        for form in forms:
            board.rule([(together, 1.0), (form, -1.0)], 0.0, INFINITE)
        board.rule([*((form, 1.0) for form in forms), (together, -1.0)], 0.0, INFINITE)


def _widest(view: View) -> set[tuple[str, ...]]:
    return set(view.table.sets())


def _finest(board: Board, view: View, measure: Measure) -> dict[Place, Form]:
    """Return a number in each finest cell; the base of a share is the sum of its parts."""
    key = view.table.key
    parts: tuple[Measure, ...] = (measure,)
    if measure == "denominator" and view.table.kind == "share":
        parts = ("numerator", "complement")
    found: dict[Place, Form] = {}
    for each in parts:
        for place, column in board.finest.get((key, each), {}).items():
            found.setdefault(place, {})[column] = 1.0
    return found


def _compare(board: Board, parts: Sequence[Name], whole: Name, *, at_most: bool, all_known: bool) -> None:
    """Note that numbers add up to another, or to no more than it."""
    names = [*parts, whole]
    if all(name in board.values for name in names):
        rest = board.values[whole] - sum(board.values[name] for name in parts)
        if all_known:
            board.contradictory |= rest < -1e-6 or (not at_most and rest > 1e-6)
        return
    if any(name not in board.forms for name in names):
        return
    terms: list[tuple[Form, float]] = [(board.forms[whole], 1.0), *((board.forms[name], -1.0) for name in parts)]
    board.rule(terms, 0.0, INFINITE if at_most else 0.0, loose=True)


def _relate_stock(board: Board, relation: Relation, mine: View, stock: View, *, all_known: bool) -> None:
    if stock.table.period != stock_period(relation, mine.table.period):
        return
    for cell in stock.table.rows:
        if names_of(cell) != (relation.other_dimension,) or (relation.codes and cell[0][1] not in relation.codes):
            continue
        single: Cell = ((relation.dimension, cell[0][1]),)
        moving = [single] if single in mine.table.rows else _widest_with(mine, single[0])
        parts: list[Name] = [(mine.table.key, row, "numerator") for row in moving]
        _compare(board, parts, (stock.table.key, cell, "numerator"), at_most=relation.at_most, all_known=all_known)


def _widest_with(view: View, pair: tuple[str, str]) -> list[Cell]:
    """Return the rows of the table's widest breakdown that have a code."""
    sets = view.table.sets()
    return [row for row in sets[max(sets, key=len)] if pair in row]
