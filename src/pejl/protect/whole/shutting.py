"""What is withheld whole where no pattern protects a table: as little as helps."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pejl.protect.whole.attacking import connected
from pejl.protect.whole.tables import IndicatorTable, Relation, TableKey

Shut = tuple[TableKey, int]
"""A table, and from how many dimensions on its breakdowns are withheld whole; with 0 everything is."""


def next_to_shut(
    tables: Sequence[IndicatorTable],
    failing: Collection[TableKey],
    relations: Sequence[Relation],
    shut: Collection[Shut],
) -> list[Shut]:
    """Return what to withhold whole next; nothing if nothing is left.

    First breakdowns by two dimensions of a table that fails, then of those that tell on it directly, then these tables
    altogether, and at last every table of an indicator that is declared to have to do with it.

    Args:
        tables: that hang together.
        failing: those with numbers that could be recomputed.
        relations: what is declared of their indicators.
        shut: what is withheld whole already.
    """
    if not failing:
        return []
    own = [table for table in tables if table.key in failing]
    others = [table for table in tables if table.key not in failing]
    near = [table for table in others if any(len(connected([each, table], relations)) == 1 for each in own)]
    names = {table.indicator for table in own}
    related = {name for each in relations for name in (each.indicator, each.other)
               if names & {each.indicator, each.other}}  # fmt: skip
    far = [table for table in others if table.indicator in related]
    for some, ways, most in ((own, 2, 1), (near, 2, None), (own, 0, 1), (near, 0, None), (far, 0, None)):
        found = sorted(
            (table.key, ways)
            for table in some
            if (table.key, ways) not in shut and any(len(cell) >= ways for cell in table.rows)
        )
        if found:
            return found[:most]
    return []
