"""The cheapest way to hide one cell: move people around a cycle of withheld cells.

A cell is protected upwards when some other table, equal to the true one in everything shown, has the required high
count in it; the difference of the two tables is a **shift**. The linear program here finds the shift that touches the
fewest and least valuable shown cells; these are what has to be withheld for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pejl.protect.program import Program

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pejl.protect.cube import Counts, Flags, Places
    from pejl.protect.system import System

    Signs = NDArray[np.int64]

NOTHING = 1e-6
"""A shift smaller than this is none: a person is 1."""

WITHHELD_COST = 0.001
"""The cost of using a cell that is withheld already: not 0, so that shifts stay short."""


@dataclass(frozen=True, slots=True)
class Shift:
    """The difference between the true table and another that looks the same.

    Attributes:
        places: the groups that change.
        values: how many more (or fewer) people they count in the other table.
        whole: whether the values are whole numbers.
    """

    places: Places
    values: Counts
    whole: bool


class Router:
    """Finds shifts through one cell at a time."""

    def __init__(self, system: System, cost: Counts, movable: Flags) -> None:
        """Set the program up: every group can rise without bound and fall to zero.

        Args:
            system: groups and equations; `n` is known everywhere.
            cost: of withholding each group.
            movable: the groups that may be withheld at all.
        """
        import numpy as np

        size = system.size
        self._size = size
        self._n = system.n
        self._rise = np.where(movable, np.inf, 0.0)
        self._fall = np.where(movable, system.n, 0.0)
        columns = np.column_stack((system.columns, system.columns + size)).ravel()
        values = np.column_stack((system.values, -system.values)).ravel()
        self.program = Program(
            np.zeros(2 * size),
            np.concatenate((self._rise, self._fall)),
            2 * system.starts,
            columns,
            values,
            np.zeros(len(system.starts) - 1),
        )
        self.program.dual()
        self.price(np.arange(size), cost)

    def price(self, places: Places, cost: Counts) -> None:
        """Change what some groups cost."""
        import numpy as np

        self.program.cost(np.concatenate((places, places + self._size)), np.concatenate((cost, cost)))

    def close(self, place: int) -> None:
        """Let a group move no more."""
        import numpy as np

        self.program.bounds(np.array([place, place + self._size]), np.zeros(2), np.zeros(2))

    def reopen(self, place: int) -> None:
        """Let a group move again."""
        import numpy as np

        high = np.array([self._rise[place], self._fall[place]])
        self.program.bounds(np.array([place, place + self._size]), np.zeros(2), high)

    def route(self, place: int, change: float, *, whole: bool = False) -> Shift | None:
        """Return the cheapest shift that changes one group by `change` people; None if there is none.

        Args:
            place: the group.
            change: how many more people it is to count, or fewer.
            whole: move whole people only, which takes longer and is seldom needed.
        """
        import numpy as np

        size = self._size
        up, down = (change, 0.0) if change > 0 else (0.0, -change)
        both = np.array([place, place + size])
        self.program.bounds(both, np.array([up, down]), np.array([up, down]))
        # From the bounds: with no cost below 0 that start is dual feasible, and only rows through the cell are amiss.
        self.program.forget()
        solution = self.program.solve_whole() if whole else self.program.solve()
        self.program.bounds(both, np.zeros(2), np.array([self._rise[place], self._fall[place]]))
        return None if solution is None else shift_of(solution[:size] - solution[size:])

    def reverse(self, shift: Shift) -> Shift | None:
        """Return the shift the other way round, as far as no group falls below zero; None if it is not far."""
        import numpy as np

        if not shift.whole:
            return None
        unit = shift.values / np.gcd.reduce(shift.values.astype(np.int64))
        falling = unit > 0
        times = np.floor(np.min(self._n[shift.places[falling]] / unit[falling])) if falling.any() else 1000.0
        return Shift(shift.places, -unit * times, True) if times >= 1 else None


def shift_of(change: Counts) -> Shift:
    """Return a shift without what is nearly nothing, and with whole numbers where they nearly are."""
    import numpy as np

    places = np.flatnonzero(np.abs(change) > NOTHING)
    values = change[places]
    whole = bool((np.abs(values - np.round(values)) < NOTHING).all())
    return Shift(places, np.round(values) if whole else values, whole)
