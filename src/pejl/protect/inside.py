"""A search among the withheld cells of a pattern only: its programs are small, and it opens nothing new."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pejl.protect.routing import Shift
from pejl.protect.searching import Need, Search

if TYPE_CHECKING:
    from pejl.protect.cube import Counts, Flags
    from pejl.protect.system import System


class Inside:
    """A pattern with everything shown taken as given.

    Attributes:
        search: the search; its groups are numbered anew.
        places: for each of its groups, the group of the whole system.
    """

    def __init__(self, system: System, withheld: Flags, free: Flags, rise: Counts, cost: Counts) -> None:
        """Start from a pattern.

        Args:
            system: the whole system.
            withheld: the groups that the pattern withholds.
            free: those that are withheld in any case.
            rise: as in `Search`.
            cost: as in `Search`.
        """
        import numpy as np

        self._system = system
        self.places = np.flatnonzero(withheld)
        self._number = np.full(system.size, -1, dtype=np.int64)
        self._number[self.places] = np.arange(len(self.places))
        part = system.only(self.places)
        # The equations of the part, as `only` keeps them.
        self._equations = np.unique(system.equation_of()[withheld[system.columns]])
        everything = np.ones(len(self.places), dtype=np.bool_)
        self.search = Search(part, everything, cost[self.places], free[self.places], rise[self.places], hasty=True)
        self.search.withhold(self.search.others())

    def serve(self, proof: Iterable[Shift], needs: Iterable[Need]) -> None:
        """Find shifts for needs, the known ones first as far as they are withheld altogether."""
        known = [
            Shift(self._number[shift.places], shift.values, shift.whole)
            for shift in proof
            if (self._number[shift.places] >= 0).all()
        ]
        rest = self.search.adopt(known, [(int(self._number[group]), sign) for group, sign in needs])
        self.search.serve(rest)

    def proof(self) -> list[Shift]:
        """Return the shifts that the pattern rests on, in the groups of the whole system."""
        return [Shift(self.places[shift.places], shift.values, shift.whole) for shift in self.search.proof()]

    def refusals(self) -> list[tuple[Need, Counts]]:
        """Return the needs that are not met, with what to multiply the equations of the whole system by to see why."""
        import numpy as np

        found = []
        for (group, sign), why in self.search.refused.items():
            if why is not None:
                whole = np.zeros(self._system.equations)
                whole[self._equations] = why
                found.append(((int(self.places[group]), sign), whole))
        return found

    def withheld(self) -> Flags:
        """Return the groups of the whole system that are withheld now."""
        import numpy as np

        flags = np.zeros(self._system.size, dtype=np.bool_)
        flags[self.places[self.search.withheld]] = True
        return flags
