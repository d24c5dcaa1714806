"""The attacker: what everything shown says of a withheld cell, by linear programs over the withheld cells.

Every group that is not shown is an unknown, not negative; what is shown stands on the right side of the equations.
The least and greatest value of an unknown are its limits. Counts are whole numbers, and an attacker knows it: limits
are rounded inwards, and a required interval is said to hold only when a table in whole numbers shows that it does.
Where the best solution happens not to be whole, whole numbers are searched for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pejl.protect.program import Program
from pejl.protect.routing import NOTHING
from pejl.protect.system import ContradictionError

if TYPE_CHECKING:
    from pejl.protect.cube import Counts, Flags, Places
    from pejl.protect.routing import Shift
    from pejl.protect.system import System

    Needs = tuple[Counts, Counts]

EXACT_UP_TO = 1500
"""With more connected unknowns than this, limits are as wide as a table seen shows, once that is as wide as required:
the attacker's are at least so wide. Exact ones would take most of the time."""

EXACT_WORK = 1.5e8
"""The same once simplex steps times equations have passed this, over all components: some 3 seconds, on every machine
the same."""

ATTEMPTS = 4
"""How many corners are looked at for a table in whole numbers before a search tree is."""

PROPAGATIONS = 5
"""How many times the equations are gone over for limits that need no program."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the attacker finds, for each group that was asked for.

    Attributes:
        low: least possible count; see `EXACT_UP_TO`.
        high: greatest possible count, infinite where nothing bounds it; see `EXACT_UP_TO`.
        low_seen: least count in a whole table that agrees with everything shown.
        high_seen: the greatest.
    """

    low: Counts
    high: Counts
    low_seen: Counts
    high_seen: Counts


def attack(
    system: System,
    shown: Flags,
    asked: Places,
    required_low: Counts,
    required_high: Counts,
    shifts: Iterable[Shift] = (),
) -> Limits:
    """Bound groups from all that is shown.

    Args:
        system: groups and equations; only the counts of shown groups are looked at.
        shown: the groups that the attacker sees.
        asked: the groups to bound.
        required_low: for each of them, a count so low should seem possible; NaN if that is not asked.
        required_high: the same, upwards.
        shifts: differences to other tables that look the same, if some are known; what they say is checked.

    Raises:
        ContradictionError: no counts agree with everything shown.
    """
    import numpy as np

    low, high = np.zeros(len(asked)), np.zeros(len(asked))
    seen = [each[asked] for each in _seen(system, shown, shifts)]
    low_seen, high_seen = seen
    plain = shown[asked]
    low[plain] = high[plain] = low_seen[plain] = high_seen[plain] = system.n[asked[plain]]
    work = 0.0
    for component in components(system, shown):
        at = np.flatnonzero(np.isin(asked, component))
        if len(at):
            part = _Component(system, shown, component, EXACT_WORK - work)
            found = part.bound(asked[at], required_low[at], required_high[at], low_seen[at], high_seen[at])
            work += part.work()
            low[at], high[at], low_seen[at], high_seen[at] = found.low, found.high, found.low_seen, found.high_seen
    return Limits(low, high, low_seen, high_seen)


def _seen(system: System, shown: Flags, shifts: Iterable[Shift]) -> tuple[Counts, Counts]:
    """Return the least and greatest count of each group in the tables that shifts lead to, of those that are tables."""
    import numpy as np

    low, high = np.full(system.size, np.inf), np.full(system.size, -np.inf)
    equation = system.equation_of()
    for shift in shifts:
        change = np.zeros(system.size)
        change[shift.places] = shift.values
        counts = system.n[shift.places] + shift.values
        rest = np.bincount(equation, weights=system.values * change[system.columns], minlength=system.equations)
        if shift.whole and not shown[shift.places].any() and (counts >= 0).all() and not rest.any():
            low[shift.places] = np.minimum(low[shift.places], counts)
            high[shift.places] = np.maximum(high[shift.places], counts)
    return low, high


def components(system: System, shown: Flags) -> list[Places]:
    """Return the unknown groups in sets that no equation connects; each can be attacked by itself."""
    import numpy as np

    hidden = ~shown[system.columns]
    groups, equations = system.columns[hidden], system.equation_of()[hidden]
    labels = np.arange(system.size)
    while True:
        least = np.full(system.equations, system.size)
        np.minimum.at(least, equations, labels[groups])
        joined = labels.copy()
        np.minimum.at(joined, groups, least[equations])
        # A label is itself a group of the same set; its own label may be lower already.
        joined = joined[joined]
        if (joined == labels).all():
            break
        labels = joined
    unknown = np.flatnonzero(~shown)
    unknown = unknown[np.argsort(labels[unknown], kind="stable")]
    return np.split(unknown, np.flatnonzero(np.diff(labels[unknown])) + 1) if len(unknown) else []


def propagated(system: System, right: Counts, bound: float) -> tuple[Counts, Counts]:
    """Return limits of each unknown that single equations give, a few times over: never narrower than the truth.

    Args:
        system: unknowns and equations.
        right: what each equation is equal to.
        bound: the most that an unknown can be.
    """
    import numpy as np

    least, most = np.zeros(system.size), np.full(system.size, bound)
    equation, columns, values = system.equation_of(), system.columns, system.values
    for _ in range(PROPAGATIONS):
        smallest = np.where(values > 0, values * least[columns], values * most[columns])
        greatest = np.where(values > 0, values * most[columns], values * least[columns])
        rest_low = right[equation] - np.bincount(equation, greatest, system.equations)[equation] + greatest
        rest_high = right[equation] - np.bincount(equation, smallest, system.equations)[equation] + smallest
        np.maximum.at(least, columns, np.where(values > 0, rest_low, -rest_high))
        np.minimum.at(most, columns, np.where(values > 0, rest_high, -rest_low))
    return least, most


class _Component:
    """The program of some unknown groups."""

    def __init__(self, system: System, shown: Flags, unknown: Places, work: float) -> None:
        """Set the program up.

        Args:
            system: groups and equations.
            shown: the groups that the attacker sees.
            unknown: groups that are not shown and hang together.
            work: what may be spent on exact limits.
        """
        import numpy as np

        self._number = np.full(system.size, -1, dtype=np.int64)
        self._number[unknown] = np.arange(len(unknown))
        part = system.only(unknown)
        equation = system.equation_of()
        constants = np.where(shown[system.columns], system.values * system.n[system.columns], 0.0)
        right: Counts = -np.bincount(equation, weights=constants, minlength=system.equations).astype(np.float64)
        kept = np.unique(equation[self._number[system.columns] >= 0])
        # Where a total is withheld nothing may bound a cell; no limit that is found otherwise comes near this.
        largest = float(np.abs(system.n[shown]).max(initial=0))
        self._bound = 1000.0 * (largest + 10.0)
        size = len(unknown)
        self._least, self._most = propagated(part, right[kept], self._bound)
        self._program = Program(
            np.zeros(size), np.full(size, self._bound), part.starts, part.columns, part.values, right[kept]
        )
        self._program.primal()
        self._equations, self._most_work = len(kept), work

    def work(self) -> float:
        """Return what has been spent so far: simplex steps times equations."""
        return float(self._program.steps * self._equations)

    def bound(
        self, asked: Places, required_low: Counts, required_high: Counts, low_seen: Counts, high_seen: Counts
    ) -> Limits:
        """Find the limits of groups, all among the unknown ones."""
        import numpy as np

        places = self._number[asked]
        limits = Limits(np.full(len(asked), np.nan), np.full(len(asked), np.nan), low_seen, high_seen)
        self._see(limits, places, self._solve(int(places[0]), 1.0))
        small = self._program.size <= EXACT_UP_TO
        for at, place in enumerate(places.tolist()):
            # A table seen before needs no further program if it reaches what a single equation allows or, where there
            # are very many unknowns or much has been spent, what is required.
            exact = small and self.work() < self._most_work
            enough_low = self._least[place] if exact else np.fmax(self._least[place], required_low[at])
            enough_high = self._most[place] if exact else np.fmin(self._most[place], required_high[at])
            if limits.low_seen[at] > enough_low:
                self._limit(limits, places, at, place, 1.0, required_low[at])
            else:
                limits.low[at] = limits.low_seen[at]
            if limits.high_seen[at] < enough_high:
                self._limit(limits, places, at, place, -1.0, required_high[at])
            else:
                limits.high[at] = limits.high_seen[at] if limits.high_seen[at] < self._bound / 2 else np.inf
        return limits

    def _limit(self, limits: Limits, places: Places, at: int, place: int, sign: float, required: float) -> None:
        """Find one limit, and look for a table in whole numbers where the best solution was none."""
        import numpy as np

        values = self._solve(place, sign)
        self._see(limits, places, values)
        limit = float(values[place])
        seen = limits.low_seen if sign > 0 else limits.high_seen
        if sign * (limit - required) <= NOTHING < sign * (seen[at] - required):
            self._look_for_whole(limits, places, place, required)
        if sign > 0:
            limits.low[at] = np.ceil(limit - NOTHING) + 0.0
        else:
            limits.high[at] = np.floor(limit + NOTHING) if limit < self._bound / 2 else np.inf

    def _look_for_whole(self, limits: Limits, places: Places, place: int, count: float) -> None:
        """Look for a table in whole numbers that has a given count in one group.

        Solutions of a program are nearly always whole in tables of two dimensions and mostly in others, so a few
        with any costs are tried before the search for whole numbers.
        """
        import numpy as np

        at, size = np.array([place]), self._program.size
        self._program.bounds(at, np.array([count]), np.array([count]))
        for step in range(1, ATTEMPTS + 1):
            # Costs without meaning, the same every time, so that every attempt ends in another corner.
            self._program.cost(
                np.arange(size), (np.arange(size) * (7 * step + 4) % 13 - 3.0 * (step % 3)).astype(float)
            )
            values = self._program.solve()
            if values is not None and self._see(limits, places, values):
                break
        else:
            # Without costs the first whole table that is found will do.
            self._program.cost(np.arange(size), np.zeros(size))
            values = self._program.solve_whole()
            if values is not None:
                self._see(limits, places, values)
        self._program.cost(np.arange(size), np.zeros(size))
        self._program.bounds(at, np.zeros(1), np.array([self._bound]))

    def _see(self, limits: Limits, places: Places, values: Counts) -> bool:
        """Note what a table shows to be possible, if it is in whole numbers; return whether it is."""
        import numpy as np

        if (np.abs(values - np.round(values)) > NOTHING).any():
            return False
        counts = np.round(values[places]) + 0.0  # no minus zero
        np.minimum(limits.low_seen, counts, out=limits.low_seen)
        np.maximum(limits.high_seen, counts, out=limits.high_seen)
        return True

    def _solve(self, place: int, sign: float) -> Counts:
        """Return the table with the least (sign 1) or greatest (-1) count in one group."""
        import numpy as np

        at = np.array([place])
        self._program.cost(at, np.array([sign]))
        values = self._program.solve()
        self._program.cost(at, np.zeros(1))
        if values is None:
            raise ContradictionError("no counts agree with everything that is shown; mend the cells that contradict")
        return values
