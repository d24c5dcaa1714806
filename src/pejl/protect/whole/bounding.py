"""The least and the most that numbers of a board can be, by linear programs.

Numbers are whole, and an attacker knows it: limits are rounded inwards, and a required one is said to hold only when a
table in whole numbers is seen to reach it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pejl.protect.system import ContradictionError
from pejl.protect.whole.board import Board, Name
from pejl.protect.whole.linear import NOTHING, Linear, Rows

if TYPE_CHECKING:
    from pejl.protect.cube import Counts, Flags, Places

TOLERANCE = 1e-6
"""How far from an equation HiGHS may end, in persons; limits are rounded inwards to whole numbers beyond it."""

AMOUNT = 1e-6
"""Amounts nearer to each other than this, relative to them, are the same."""

EXACT_WORK = 300_000
"""Limits are exact where unknowns times numbers to bound are fewer; beyond, as wide as is seen, once that is enough."""

NODES = 200
"""How many nodes the search for a table in whole numbers may look at."""


@dataclass(frozen=True, slots=True)
class Interval:
    """What an attacker finds of a withheld number.

    Attributes:
        low: the least it can be; of very many numbers, the least it is seen to be in some table that agrees.
        high: the most, likewise; infinite where nothing bounds it.
        low_seen: the least in a table of whole numbers that agrees with everything known; infinite if none was seen.
        high_seen: the most in such a table.
        least: what it is known to be at least, without any reckoning.
        known: it was published elsewhere or before.
        whole: it is a number of persons or cases; an amount is not.
    """

    low: float
    high: float
    low_seen: float
    high_seen: float
    least: float = 0.0
    known: bool = False
    whole: bool = True

    @property
    def is_exact(self) -> bool:
        """Tell whether the number can be recomputed."""
        return self.low == self.high if self.whole else self.high - self.low <= AMOUNT * max(1.0, abs(self.high))

    def shows_small(self, threshold: int) -> bool:
        """Tell whether it is certain that the number is small, or that somebody is there and not many."""
        return self.whole and not self.known and 0 < self.high < threshold


Needs = Mapping[Name, tuple[float, float]]


def bound(board: Board, asked: Sequence[Name], needs: Needs, wide: float | None = None) -> dict[Name, Interval]:
    """Bound numbers of a board.

    Args:
        board: what is known.
        asked: the numbers.
        needs: for some, how low and high they must seem possible to be.
        wide: with very many numbers, limits that are seen to reach so far up, and to differ, need not be exact.

    Raises:
        ContradictionError: nothing agrees with everything that is known.
    """
    import numpy as np

    if board.contradictory:
        raise ContradictionError("published numbers do not add up")
    found: dict[Name, Interval] = {}
    open_: list[Name] = []
    for name in asked:
        form = board.forms.get(name)
        value = board.values.get(name)
        if value is not None:
            found[name] = Interval(value, value, value, value, known=True, whole=name not in board.amounts)
        elif form is None:
            found[name] = Interval(0.0, np.inf, 0.0, np.inf)
        else:
            open_.append(name)
    for part, names in parts_of(board, open_):
        found.update(part.bound(names, needs, wide))
    return {name: found[name] for name in asked}


def is_possible(board: Board) -> bool:
    """Tell whether some numbers agree with everything that is known."""
    import numpy as np

    held = [name for name in board.forms if name in board.values or name in board.least]
    limits = np.array([_limits(board, name) for name in held] + [(rule.low, rule.high) for rule in board.rules])
    limits = limits.reshape(-1, 2)
    rows = board.rows(held)
    empty = np.diff(rows.starts) == 0
    if board.contradictory or (empty & ((limits[:, 0] > NOTHING) | (limits[:, 1] < -NOTHING))).any():
        return False
    size = board.size
    if not size:
        return True
    return Linear(rows, limits[:, 0], limits[:, 1], np.zeros(size), np.full(size, np.inf)).solve() is not None


def parts_of(board: Board, asked: Sequence[Name]) -> list[tuple[Part, list[Name]]]:
    """Return the parts of a board that nothing connects, with the numbers to bound in each; parts without are left out.

    Raises:
        ContradictionError: a sum of nothing is known to be something.
    """
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    held = [name for name in board.forms if name in board.values or name in board.least]
    limits = np.array([_limits(board, name) for name in held] + [(rule.low, rule.high) for rule in board.rules])
    limits = limits.reshape(-1, 2)
    rows = board.rows(held)
    empty = np.diff(rows.starts) == 0
    if (empty & ((limits[:, 0] > NOTHING) | (limits[:, 1] < -NOTHING))).any():
        raise ContradictionError("published numbers do not add up")
    forms = [list(board.forms[name]) for name in asked]
    row = np.concatenate((rows.row_of(), np.repeat(np.arange(len(forms)) + rows.count, [len(each) for each in forms])))
    column = np.concatenate((rows.columns, np.array([each for form in forms for each in form], dtype=np.int64)))
    # Rows and numbers are nodes beside the columns.
    size = board.size + rows.count + len(forms)
    graph = coo_array((np.ones(len(row)), (column, row.astype(np.int64) + board.size)), shape=(size, size))
    labels = connected_components(graph, directed=False)[1]
    largest = float(np.abs(limits[np.isfinite(limits)]).max(initial=0))
    by_label: dict[int, list[Name]] = {}
    for at, name in enumerate(asked):
        by_label.setdefault(int(labels[board.size + rows.count + at]), []).append(name)
    found = []
    for label, names in by_label.items():
        columns = np.flatnonzero(labels[: board.size] == label)
        kept = np.flatnonzero(labels[board.size : board.size + rows.count] == label)
        found.append((Part(board, columns, rows.only(kept), limits[kept], largest), names))
    return found


def _limits(board: Board, name: Name) -> tuple[float, float]:
    value = board.values.get(name)
    if value is None:
        return board.least[name], float("inf")
    room = board.room(name)
    return value - room, value + room


class Part:
    """Columns that hang together, and what is known of them."""

    def __init__(self, board: Board, columns: Places, rows: Rows, limits: Counts, largest: float) -> None:
        import numpy as np

        self._board = board
        self._number = np.full(board.size, -1, dtype=np.int64)
        self._number[columns] = np.arange(len(columns))
        self._rows = Rows(rows.starts, self._number[rows.columns], rows.values)
        self._limits = limits
        # Where a total is withheld nothing may bound a number; no limit that is found otherwise comes near this.
        self._most = 1000.0 * (largest + 10.0)
        self.size = len(columns)

    def bound(self, names: Sequence[Name], needs: Needs, wide: float | None) -> dict[Name, Interval]:
        """Bound numbers, all sums of these columns.

        Raises:
            ContradictionError: nothing agrees with everything that is known.
        """
        import numpy as np

        least = np.array([self._board.least.get(name, 0.0) for name in names])
        if not self.size:
            return {name: Interval(0.0, 0.0, 0.0, 0.0) for name in names}
        from pejl.protect.whole.linear import rows_of

        forms = [self._board.forms[name] for name in names]
        sums = rows_of([(self._number[list(form)].tolist(), list(form.values())) for form in forms])
        amounts = np.array([name in self._board.amounts for name in names], dtype=np.bool_)
        search = _Search(self._program(), sums, self._most, amounts)
        nothing = (np.nan, np.nan)
        wanted = np.array([needs.get(name, nothing) for name in names]).reshape(-1, 2)
        exact = wide is None or self.size * len(names) <= EXACT_WORK
        if exact:
            search.exact(least)
        else:
            assert wide is not None
            search.until(wide)
        for at in np.flatnonzero(~np.isnan(wanted[:, 0])).tolist():
            for sign in (1.0, -1.0):
                if not amounts[at] and search.lacks(at, sign, wanted[at]):
                    self._whole(search, at, float(wanted[at][0] if sign > 0 else wanted[at][1]))
        return search.intervals(names, least)

    def _program(self) -> Linear:
        import numpy as np

        low, high = self._limits[:, 0], self._limits[:, 1]
        return Linear(self._rows, low, high, np.zeros(self.size), np.full(self.size, self._most))

    def _whole(self, search: _Search, at: int, value: float) -> None:
        """Look for a table in whole numbers in which a number has some value."""
        import numpy as np

        own = search.sums.only(np.array([at]))
        starts = np.concatenate((self._rows.starts, [self._rows.starts[-1] + len(own.columns)]))
        rows = Rows(
            starts, np.concatenate((self._rows.columns, own.columns)), np.concatenate((self._rows.values, own.values))
        )
        limits = np.vstack((self._limits, [[value, value]]))
        program = Linear(rows, limits[:, 0], limits[:, 1], np.zeros(self.size), np.full(self.size, self._most))
        found = program.solve_whole(NODES)
        if found is not None:
            search.see(found)


class _Search:
    """Looks for tables that agree, and notes what numbers are in them."""

    def __init__(self, program: Linear, sums: Rows, most: float, amounts: Flags) -> None:
        import numpy as np

        self.program, self.sums, self._most, self._amounts = program, sums, most, amounts
        count = sums.count
        self.low, self.high = np.full(count, np.inf), np.full(count, -np.inf)
        self.low_seen, self.high_seen = np.full(count, np.inf), np.full(count, -np.inf)
        self._optimal = np.zeros((count, 2), dtype=np.bool_)

    def exact(self, least: Counts) -> None:
        """Find the limits of every number."""
        self._start()
        for at in range(self.sums.count):
            if self.low_seen[at] > least[at]:
                self._limit(at, 1.0)
            self._limit(at, -1.0)

    def until(self, wide: float) -> None:
        """Look for tables until every number is seen to reach `wide` and to vary; the others get exact limits."""
        import numpy as np

        middle = self.program.middle()
        if middle is not None:
            self._note(middle)
        self._start()
        for at in range(self.sums.count):
            if self.high[at] < wide:
                self._limit(at, -1.0)
            if self.high[at] - self.low[at] < 1.0 or (self.low[at] > 0 and self.high[at] < wide):
                self._limit(at, -1.0)
                self._limit(at, 1.0)
        # What is seen of fractions of people is rounded inwards: limits are at least so wide.
        loose = ~self._optimal & ~self._amounts[:, None]
        self.low = np.where(loose[:, 0], np.ceil(self.low - NOTHING), self.low) + 0.0
        self.high = np.where(loose[:, 1], np.floor(self.high + NOTHING), self.high) + 0.0
        self.high = np.where(self.high > self._most / 2, np.inf, self.high)

    def lacks(self, at: int, sign: float, wanted: Counts) -> bool:
        """Tell whether a limit is as wide as is wanted, and no table in whole numbers was seen to reach it."""
        if sign > 0:
            return bool(self.low[at] <= wanted[0] < self.low_seen[at])
        return bool(self.high[at] >= wanted[1] > self.high_seen[at])

    def see(self, values: Counts) -> None:
        """Note the numbers of a table in whole numbers."""
        import numpy as np

        counts = np.round(self.sums.times(np.round(values))) + 0.0
        np.minimum(self.low_seen, counts, out=self.low_seen)
        np.maximum(self.high_seen, counts, out=self.high_seen)

    def intervals(self, names: Sequence[Name], least: Counts) -> dict[Name, Interval]:
        """Return what was found."""
        import numpy as np

        high_seen = np.where(self.high_seen > self._most / 2, np.inf, self.high_seen)
        low_seen = np.where(self._amounts, self.low, self.low_seen)
        high_seen = np.where(self._amounts, self.high, high_seen)
        rows = zip(self.low, self.high, low_seen, high_seen, least, self._amounts.tolist(), strict=True)
        found: dict[Name, Interval] = {}
        for name, (low, high, seen_low, seen_high, at_least, amount) in zip(names, rows, strict=True):
            found[name] = Interval(
                float(low), float(high), float(seen_low), float(seen_high), float(at_least), whole=not amount
            )
        return found

    def _start(self) -> None:
        self.program.primal()
        values = self.program.solve()
        if values is None:
            raise ContradictionError("no counts agree with everything that is shown; mend the cells that contradict")
        self._note(values)

    def _limit(self, at: int, sign: float) -> None:
        """Find one limit."""
        import numpy as np

        side = 0 if sign > 0 else 1
        if self._optimal[at, side]:
            return
        own = slice(self.sums.starts[at], self.sums.starts[at + 1])
        columns = self.sums.columns[own]
        if not len(columns):
            self.low[at] = self.high[at] = 0.0
            self._optimal[at] = True
            return
        self.program.cost(columns, sign * self.sums.values[own])
        values = self.program.solve()
        self.program.cost(columns, np.zeros(len(columns)))
        if values is None:
            raise ContradictionError("no counts agree with everything that is shown; mend the cells that contradict")
        self._note(values)
        value = float((self.sums.values[own] * values[columns]).sum())
        amount = bool(self._amounts[at])
        if sign > 0:
            self.low[at] = value if amount else np.ceil(value - NOTHING) + 0.0
        elif value >= self._most / 2:
            self.high[at] = np.inf
        else:
            self.high[at] = value if amount else np.floor(value + NOTHING)
        self._optimal[at, side] = True

    def _note(self, values: Counts) -> None:
        import numpy as np

        if (np.abs(values - np.round(values)) <= NOTHING).all():
            self.see(values)
        counts = self.sums.times(values)
        self.low = np.where(self._optimal[:, 0], self.low, np.minimum(self.low, counts))
        self.high = np.where(self._optimal[:, 1], self.high, np.maximum(self.high, counts))
