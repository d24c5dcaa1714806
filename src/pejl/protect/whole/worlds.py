"""Tables of people that agree with what is known, in whole numbers: the proof that a number can be another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pejl.protect.whole.linear import NOTHING, Linear, Rows

if TYPE_CHECKING:
    from pejl.protect.cube import Counts, Flags, Places

AMOUNT = 1e-6
"""How far sums of amounts may be from each other, relative to them."""

BOXES = (1.0, 4.0, float("inf"))
"""How far from the middle a table in whole numbers is looked for, one after the other."""

NODES = 500
"""How many nodes each search may look at."""


def whole_table(rows: Rows, low: Counts, high: Counts, loose: Flags, size: int, *, whole: bool = True) -> Counts | None:
    """Return columns in whole numbers, none below zero, that agree with limits of rows; None if none is found.

    One far from all limits is looked for: people can be moved from many of its cells.

    Args:
        rows: sums of columns.
        low: the least each row can be.
        high: the most.
        loose: rows that the others most likely imply; without them columns fall apart into smaller searches.
        size: how many columns there are.
        whole: they count persons or cases; otherwise they are amounts.
    """
    import numpy as np

    found = np.zeros(size)
    tight = np.flatnonzero(~loose)
    for columns, own in apart(rows.only(tight), size):
        kept = tight[own]
        part = _searched(within(rows.only(kept), columns, size), low[kept], high[kept], len(columns), whole)
        if part is None:
            return None
        found[columns] = part
    if agrees(rows, low, high, found, NOTHING if whole else 10.0 * AMOUNT):
        return found
    return _searched(rows, low, high, size, whole)


def nearest_whole_table(
    sums: Rows, rules: Rows, wanted: Counts, costs: Counts, near: Counts, limits: Counts, size: int
) -> Counts | None:
    """Return columns in whole numbers whose sums are together as near as can be found to what is wanted; None if none.

    Args:
        sums: what is shown, as sums of columns.
        rules: other sums of columns, with `limits`.
        wanted: for each of the sums, a whole number.
        costs: of each of them, what it costs to be one off.
        near: for each of them, the least and the most it can be.
        limits: the same for the rules.
        size: how many columns there are.
    """
    import numpy as np

    count = sums.count
    places = np.arange(count)
    # What a sum has too much of and what it wants of it are columns too, and all that costs.
    over, under = (
        Rows(np.arange(count + 1), start + places, sign)
        for start, sign in ((size, -np.ones(count)), (size + count, np.ones(count)))
    )
    whole = rows_joined(_beside(sums, over, under), rules)
    least = np.concatenate((wanted, limits[:, 0]))
    most = np.concatenate((wanted, limits[:, 1]))
    too_much, too_little = np.maximum(near[:, 1] - wanted, 0.0), np.maximum(wanted - near[:, 0], 0.0)
    room = np.concatenate((np.full(size, np.inf), too_much, too_little))
    program = Linear(whole, least, most, np.zeros(size + 2 * count), room)
    program.cost(np.arange(size, size + 2 * count), np.tile(costs, 2))
    every = rows_joined(sums, rules)
    low, high = np.concatenate((near[:, 0], limits[:, 0])), np.concatenate((near[:, 1], limits[:, 1]))
    found = program.solve_whole(NODES, first=False)
    if found is not None and agrees(every, low, high, found[:size]):
        return found[:size]
    return whole_table(every, low, high, np.zeros(every.count, dtype=np.bool_), size)


def _searched(rows: Rows, low: Counts, high: Counts, size: int, whole: bool) -> Counts | None:
    import numpy as np

    most = np.full(size, np.inf)
    mixed = np.unique(rows.row_of()[rows.values < 0])
    most[rows.only(np.setdiff1d(np.flatnonzero(high == 0), mixed)).columns] = 0.0
    if size == 1:
        value = np.array([max(0.0, float(low.max(initial=0.0)))])
        return value if agrees(rows, low, high, value) else None
    middle = Linear(rows, low, high, np.zeros(size), most).middle()
    if middle is None:
        return None
    if not whole:
        return np.maximum(middle, 0.0)
    if agrees(rows, low, high, np.round(middle)):
        return np.round(middle)
    for width in BOXES:
        least = np.maximum(np.floor(middle) - width, 0.0) if width < np.inf else np.zeros(size)
        found = Linear(rows, low, high, least, np.minimum(np.floor(middle) + 1.0 + width, most)).solve_whole(NODES)
        if found is not None and agrees(rows, low, high, found):
            return found
    return None


def _beside(*parts: Rows) -> Rows:
    """Return the sums, row by row, of rows over different columns."""
    import numpy as np

    row_of = np.concatenate([each.row_of() for each in parts])
    order = np.argsort(row_of, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(row_of, minlength=parts[0].count)))).astype(np.int64)
    columns = np.concatenate([each.columns for each in parts])
    values = np.concatenate([each.values for each in parts])
    return Rows(starts, columns[order], values[order])


def apart(rows: Rows, size: int) -> list[tuple[Places, Places]]:
    """Return columns, and rows, in sets that nothing connects; a column in no row is a set of its own."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    nodes = size + rows.count
    graph = coo_array((np.ones(len(rows.columns)), (rows.columns, rows.row_of() + size)), shape=(nodes, nodes))
    labels = connected_components(graph, directed=False)[1]
    order = np.argsort(labels, kind="stable")
    sets = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return [(each[each < size], each[each >= size] - size) for each in sets if (each < size).any()]


def rows_joined(first: Rows, second: Rows) -> Rows:
    """Return the rows of both."""
    import numpy as np

    return Rows(
        np.concatenate((first.starts, second.starts[1:] + first.starts[-1])),
        np.concatenate((first.columns, second.columns)),
        np.concatenate((first.values, second.values)),
    )


def within(rows: Rows, columns: Places, size: int) -> Rows:
    """Return rows over some columns only, numbered anew."""
    import numpy as np

    number = np.full(size, -1, dtype=np.int64)
    number[columns] = np.arange(len(columns))
    kept = number[rows.columns] >= 0
    lengths = np.bincount(rows.row_of()[kept], minlength=rows.count)
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    return Rows(starts, number[rows.columns[kept]], rows.values[kept])


def agrees(rows: Rows, low: Counts, high: Counts, values: Counts, tolerance: float = NOTHING) -> bool:
    """Tell whether columns are not negative and rows within their limits, relative to those above 1."""
    import numpy as np

    sums = rows.times(values)
    room = tolerance * np.maximum(1.0, np.abs(sums)) if tolerance > NOTHING else tolerance
    return bool((values >= 0).all() and (sums >= low - room).all() and (sums <= high + room).all())
