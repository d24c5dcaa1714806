"""Shifts: differences to another table in whole numbers that looks the same, found by small linear programs.

Moving people between finest cells changes the numbers of some rows; those must be withheld. The program finds the moves
that change the fewest and least valuable rows shown, starting from a table in whole numbers that agrees with all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pejl.protect.whole.linear import NOTHING, Linear, Rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pejl.protect.cube import Counts, Places

    Flags = NDArray[np.bool_]

MOVE_COST = 0.001
"""What moving one person costs beside the rows it opens: not 0, so that shifts stay short."""

ATTEMPTS = 6
"""How many corners are looked at for a shift in whole numbers before a search tree is."""

AMOUNT = 1e-5
"""Amounts smaller than this are none."""

MULTIPLES = (1.0, 2.0, 3.0)
"""A shift that moves halves or thirds of people is one in whole numbers twice or three times."""

NODES, FEW_NODES = 200, 5
"""How many nodes the search for a shift in whole numbers may look at, among few cells and among all."""

FARTHEST = 20.0
"""How many people a search for whole numbers may move in or out of a finest cell."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A difference between two tables.

    Attributes:
        columns: the finest cells that change.
        values: by how many people.
        numbers: the numbers of rows that change.
        changes: by how much.
    """

    columns: Places
    values: Counts
    numbers: Places
    changes: Counts


class Router:
    """Finds shifts in one part: columns that hang together."""

    def __init__(
        self,
        sums: Rows,
        fall: Counts,
        rules: Rows,
        rules_low: Counts,
        rules_high: Counts,
        base: Counts,
        movable: Flags,
        *,
        whole: bool = True,
    ) -> None:
        """Set the program up; every number is shown at first.

        Args:
            sums: the numbers, as sums of columns.
            fall: how far each number can fall; a number that is in no row to be published (it moves with others) is
                told by `movable` too.
            rules: what holds between columns.
            rules_low: the least each rule can be.
            rules_high: the most.
            base: a table in whole numbers that agrees with everything.
            movable: numbers that may change at all.
            whole: columns count persons or cases; otherwise they are amounts.
        """
        import numpy as np

        self.sums, self.rules, self.base, self.fall = sums, rules, base, fall
        self.columns, self.numbers = len(base), sums.count
        self._are_whole = whole
        now = rules.times(base)
        self._low, self._high = rules_low - now, rules_high - now
        size, count = self.columns, self.numbers
        # Columns: each finest cell up and down, then each number of a row up and down as long as the row is shown.
        own = np.arange(count)
        columns = [np.concatenate((sums.columns, rules.columns)), np.concatenate((sums.columns, rules.columns)) + size]
        row = np.concatenate((sums.row_of(), rules.row_of() + count))
        values = np.concatenate((sums.values, rules.values))
        everything = np.concatenate((*columns, 2 * size + own, 2 * size + count + own))
        rows = np.concatenate((row, row, own, own))
        factors = np.concatenate((values, -values, -np.ones(count), np.ones(count)))
        order = np.argsort(rows, kind="stable")
        starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=count + rules.count)))).astype(np.int64)
        matrix = Rows(starts, everything[order], factors[order])
        self._most = np.concatenate(
            (np.full(size, np.inf), base, np.where(movable, np.inf, 0.0), np.where(movable, fall, 0.0))
        )
        zero = np.zeros(count)
        self.program = Linear(
            matrix,
            np.concatenate((zero, self._low)),
            np.concatenate((zero, self._high)),
            np.zeros(len(self._most)),
            self._most,
        )
        self.program.cost(np.arange(2 * size), np.full(2 * size, MOVE_COST))
        self.open_ = np.zeros(count, dtype=np.bool_)

    def price(self, numbers: Places, cost: Counts) -> None:
        """Set what it costs to change some numbers by one, as long as they are shown."""
        import numpy as np

        places = numbers + 2 * self.columns
        self.program.cost(np.concatenate((places, places + self.numbers)), np.concatenate((cost, cost)))

    def withhold(self, numbers: Places) -> None:
        """Let numbers change freely."""
        import numpy as np

        self.open_[numbers] = True
        self.program.limits(numbers, -self.fall[numbers], np.full(len(numbers), np.inf))
        self._close(numbers, closed=True)

    def show(self, numbers: Places) -> None:
        """Let numbers change at their price only."""
        import numpy as np

        self.open_[numbers] = False
        self.program.limits(numbers, np.zeros(len(numbers)), np.zeros(len(numbers)))
        self._close(numbers, closed=False)

    def close(self, numbers: Places) -> None:
        """Let numbers not change at all."""
        import numpy as np

        self.open_[numbers] = False
        self.program.limits(numbers, np.zeros(len(numbers)), np.zeros(len(numbers)))
        self._close(numbers, closed=True)

    def _close(self, numbers: Places, *, closed: bool) -> None:
        import numpy as np

        places = np.concatenate((numbers + 2 * self.columns, numbers + 2 * self.columns + self.numbers))
        self.program.bounds(places, np.zeros(len(places)), np.zeros(len(places)) if closed else self._most[places])

    def route(self, number: int, change: float) -> Shift | None:
        """Return the cheapest shift that changes a withheld number by at least `change`; None if none is found."""
        with self._asking(number, change):
            return self._whole(self.program.solve())

    def opens(self, number: int, change: float) -> Places | None:
        """Return the numbers that would have to be withheld too for a change, also by fractions; None: impossible."""
        import numpy as np

        with self._asking(number, change):
            solution = self.program.solve()
        if solution is None:
            return None
        moved = self.sums.times(solution[: self.columns] - solution[self.columns : 2 * self.columns])
        return np.flatnonzero((np.abs(moved) > NOTHING) & ~self.open_)

    @contextmanager
    def _asking(self, number: int, change: float) -> Iterator[None]:
        import numpy as np

        at = np.array([number])
        if change > 0:
            self.program.limits(at, np.array([change]), np.array([np.inf]))
        else:
            self.program.limits(at, -self.fall[at], np.array([change]))
        # From the bounds: with no cost below 0 that start is dual feasible, and only rows through the cell are amiss.
        self.program.forget()
        yield
        self.program.limits(at, -self.fall[at], np.array([np.inf]))

    def _whole(self, solution: Counts | None) -> Shift | None:
        """Return a shift in whole numbers; where the best one is not, several times it and others near it are tried."""
        import numpy as np

        if solution is None:
            return None
        size = self.columns
        shift = self._shift(solution)
        moved = solution[: 2 * size] > NOTHING
        step = 0
        while shift is None and step < ATTEMPTS:
            # Costs without meaning, the same every time, so that every attempt ends in another corner.
            step += 1
            odd = MOVE_COST * (1.0 + (np.arange(2 * size) * (7 * step + 4) % 13) / 4.0)
            self.program.cost(np.arange(2 * size), odd)
            again = self.program.solve()
            if again is not None:
                moved |= again[: 2 * size] > NOTHING
                shift = self._shift(again)
        if step:
            self.program.cost(np.arange(2 * size), np.full(2 * size, MOVE_COST))
        return self._searched(moved[:size] | moved[size:]) if shift is None else shift

    def _searched(self, moved: Flags) -> Shift | None:
        """Search for a shift in whole numbers among the cells that moved in others, then among all."""
        import numpy as np

        places = np.arange(2 * self.columns)
        for cells, nodes in ((moved, NODES), (np.ones_like(moved), FEW_NODES)):
            most = np.where(np.concatenate((cells, cells)), np.minimum(self._most[places], FARTHEST), 0.0)
            self.program.bounds(places, np.zeros(len(places)), most)
            found = self.program.solve_whole(nodes)
            self.program.bounds(places, np.zeros(len(places)), self._most[places])
            shift = self._shift(found) if found is not None else None
            if shift is not None:
                return shift
        return None

    def _shift(self, solution: Counts) -> Shift | None:
        import numpy as np

        change = solution[: self.columns] - solution[self.columns : 2 * self.columns]
        if not self._are_whole:
            return self.of(np.where(np.abs(change) > NOTHING, change, 0.0))
        for times in MULTIPLES:
            values = np.round(times * change)
            if (np.abs(times * change - values) < 1e-5).all():
                return self.of(values)
        return None

    def of(self, values: Counts) -> Shift | None:
        """Return columns' changes as a shift if another table is reached by it; None if not."""
        import numpy as np

        changes = self.sums.times(values)
        changes = np.round(changes) if self._are_whole else np.where(np.abs(changes) > AMOUNT, changes, 0.0)
        sums = self.rules.times(values)
        room = NOTHING if self._are_whole else AMOUNT
        good = (
            (self.base + values >= -(0.0 if self._are_whole else AMOUNT)).all()
            and (sums >= self._low - room).all()
            and (sums <= self._high + room).all()
            and (changes >= -self.fall - room).all()
        )
        if not good:
            return None
        columns, numbers = np.flatnonzero(values), np.flatnonzero(changes)
        return Shift(columns, values[columns], numbers, changes[numbers])

    def reverse(self, shift: Shift, most: float) -> Shift | None:
        """Return a shift the other way round, as far as it goes up to `most` times; None if it does not."""
        import numpy as np

        if not self._are_whole:
            unit = shift.values
        else:
            unit = shift.values / max(1, int(np.gcd.reduce(shift.values.astype(np.int64))))
        rising = unit > 0
        times = float(np.floor(np.min(self.base[shift.columns[rising]] / unit[rising]))) if rising.any() else most
        for each in dict.fromkeys((min(times, most), 1.0)):
            values = np.zeros(self.columns)
            values[shift.columns] = -unit * each
            found = self.of(values) if 1 <= each <= times else None
            if found is not None:
                return found
        return None
