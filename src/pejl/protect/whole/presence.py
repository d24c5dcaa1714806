"""What everybody knows because rows are there: somebody is in a row that is listed, nobody in one that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pejl.protect.whole.board import Name, View
from pejl.protect.whole.linear import NOTHING, Linear
from pejl.protect.whole.rows import is_empty
from pejl.protect.whole.tables import Cell, Groupings, IndicatorTable, base_of
from pejl.protect.whole.writing import board_of

if TYPE_CHECKING:
    from pejl.protect.cube import Counts


def least_by_presence(table: IndicatorTable, cell: Cell, groupings: Groupings, *, sparse: bool) -> float:
    """Return what the base of a row is at least, whatever numbers are withheld.

    Two persons of unknown district stand in two rows by age: whoever sees that both rows are there, and that women of
    unknown district have none, knows of at least two men.

    Args:
        table: with all its numbers; only whether they are nothing is looked at.
        cell: the row.
        groupings: how codes overlap.
        sparse: rows that are not listed are known to be empty.
    """
    import numpy as np

    base = base_of(table.kind)
    filled = frozenset(other for other in table.rows if not is_empty(table, other))
    board = board_of([View(table, filled)], (), groupings, sparse=sparse, fine=False)
    if base is None or (table.key, cell, base) not in board.forms:
        return 0.0
    names: list[Name] = [(table.key, other, base) for other in table.rows]
    limits: Counts = np.array(
        [(1.0, np.inf) if other in filled else (0.0, 0.0) for other in table.rows]
        + [(rule.low, rule.high) for rule in board.rules]
    ).reshape(-1, 2)
    program = Linear(board.rows(names), limits[:, 0], limits[:, 1], np.zeros(board.size), np.full(board.size, np.inf))
    form = board.forms[table.key, cell, base]
    places, factors = np.array(list(form), dtype=np.int64), np.array(list(form.values()))
    if not len(places):
        return 0.0
    program.cost(places, factors)
    found = program.solve()
    return float(np.ceil(float((factors * found[places]).sum()) - NOTHING)) if found is not None else 0.0
