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

WITHHELD_COSTS = (0.001, 0.1, 0.3, 1.0)
"""The cost of using a cell that is withheld already: not 0, so that shifts stay short. Where the cheapest shift goes
through thousands of cells it takes the simplex too long; then they cost more, so that it stays shorter still."""

ROUTE_STEPS = 3000
"""A shift that takes more steps of the simplex is given up; most take 50 to 500."""

DIVES = 60
"""How many groups are held at a whole number one after another before a shift is left as it is."""

ATTEMPTS = 2
"""How many corners are looked at for a shift of whole people."""


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
    """Finds shifts through one cell at a time.

    Attributes:
        refusal: why the last shift was not found, if that is known; see `Program.refusal`.
        gave_up: whether it was not found because it took too long.
    """

    def __init__(self, system: System, cost: Counts, movable: Flags) -> None:
        """Set the program up: every group can rise without bound and fall to zero.

        Args:
            system: groups and equations; `n` is known everywhere.
            cost: of withholding each group.
            movable: the groups that may be withheld at all.
        """
        import numpy as np

        size = system.size
        self.refusal: Counts | None = None
        self.gave_up = False
        self._size = size
        self._system, self._cost = system, cost.copy()
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

        self._cost[places] = cost
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

    def reopen_all(self) -> None:
        """Let all groups move again."""
        import numpy as np

        self.program.bounds(
            np.arange(2 * self._size), np.zeros(2 * self._size), np.concatenate((self._rise, self._fall))
        )

    def route(self, place: int, change: float, *, whole: bool = False) -> Shift | None:
        """Return the cheapest shift that changes one group by `change` people; None if there is none.

        Args:
            place: the group.
            change: how many more people it is to count, or fewer.
            whole: move whole people only, which takes longer and is seldom needed.
        """
        self._hold(place, change)
        # From the bounds: with no cost below 0 that start is dual feasible, and only rows through the cell are amiss.
        self.program.forget()
        solution = self.program.solve_whole() if whole else self.program.solve()
        self.gave_up = solution is None and self.program.gave_up()
        self.refusal = self.program.refusal() if solution is None and not whole else None
        shift = None if solution is None else self._shift(solution)
        self.reopen(place)
        return shift

    def _shift(self, solution: Counts) -> Shift:
        """Return the shift of a solution."""
        return shift_of(solution[: self._size] - solution[self._size :])

    def _hold(self, place: int, change: float) -> None:
        """Let a group change by so much, no more and no less."""
        import numpy as np

        self.program.bounds(
            np.array([place, place + self._size]), *(np.array([max(change, 0.0), max(-change, 0.0)]),) * 2
        )

    def rounded(self, shift: Shift, place: int, change: float, *, thorough: bool = False) -> Shift | None:
        """Return a shift of whole people near one that is not; None if none is found soon.

        Only what shares an equation with the shift may move: the program is small, and a whole shift is seldom far.

        Args:
            shift: one that changes the group by so much.
            place: the group.
            change: how many more people it is to count, or fewer, at least.
            thorough: search a tree, which takes longer.
        """
        import numpy as np

        system = self._system
        touched = np.zeros(system.equations, dtype=np.bool_)
        moved = np.zeros(system.size, dtype=np.bool_)
        moved[shift.places] = True
        touched[system.equation_of()[moved[system.columns]]] = True
        near = np.zeros(system.size, dtype=np.bool_)
        near[system.columns[touched[system.equation_of()]]] = True
        near &= self._rise > 0
        places = np.flatnonzero(near)
        router = Router(system.only(places), self._cost[places], np.ones(len(places), dtype=np.bool_))
        at = int(np.searchsorted(places, place))
        if thorough:
            # Without costs the first whole shift that is found will do.
            router.price(np.arange(len(places)), np.zeros(len(places)))
        found = router.route(at, change, whole=True) if thorough else router._corner(at, change)
        self.program.steps += router.program.steps
        return None if found is None or not found.whole else Shift(places[found.places], found.values, True)

    def _corner(self, place: int, change: float) -> Shift | None:
        """Return a shift of whole people from a dive, or from another one that starts in another corner."""
        import numpy as np

        everything, cost = np.arange(self._size), self._cost.copy()
        for attempt in range(ATTEMPTS):
            further = change + np.sign(change) * attempt
            if self._n[place] + further < 0:
                continue
            if attempt:
                # Costs without meaning, the same every time.
                self.price(everything, cost * (1 + everything * (7 * attempt + 4) % 13 / 13))
            found = self._dive(place, float(further))
            if found is not None:
                return found
        return None

    def _dive(self, place: int, change: float) -> Shift | None:
        """Return a shift of whole people by holding one group after another at the nearest whole number."""
        import numpy as np

        self._hold(place, change)
        solution = self.program.solve()
        for _ in range(DIVES):
            found = None if solution is None else self._shift(solution)
            if found is None or found.whole:
                break
            split = np.abs(found.values - np.round(found.values))
            at = int(np.argmin(np.where(split > NOTHING, split, 1.0)))
            group, value = int(found.places[at]), float(found.values[at])
            for nearest in sorted((float(np.floor(value)), float(np.ceil(value))), key=lambda each: abs(each - value)):
                self._hold(group, nearest)
                solution = self.program.solve()
                if solution is not None:
                    break
        self.reopen_all()
        return found if found is not None and found.whole else None

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
