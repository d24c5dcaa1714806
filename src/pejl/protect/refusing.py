"""Which small cells a pattern gives away, and the sums that give each of them away.

The same linear program is solved for one limit after another, each time from where the last one ended, so that a whole
pattern takes little longer than one cheapest shift for every tenth cell. What it finds are differences to other tables
with fractions of people; that is enough to learn from, and proof is looked for when the pattern is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pejl.protect.program import Program
from pejl.protect.routing import NOTHING

if TYPE_CHECKING:
    from pejl.protect.cube import Counts, Flags
    from pejl.protect.system import System

FARTHEST = 10_000.0
"""No cell rises by more than this in the program; what is required is far less."""

NEARLY_NOTHING = 0.001
"""How far a shown cell may move where a shorter reason is looked for: every cell of the reason costs that much."""

HOPS = 3
"""How many equations away from a cell a shorter reason may reach."""

SHORT = 30
"""A reason that so few cells could remove is short enough."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A limit that a pattern does not leave possible.

    Attributes:
        place: the group.
        change: by how much it cannot change.
        multipliers: what to multiply the equations by so that their sum shows it.
    """

    place: int
    change: float
    multipliers: Counts


class Refuser:
    """Tries every limit of every small cell of a pattern.

    Attributes:
        work: simplex steps times equations so far.
    """

    def __init__(self, system: System, targets: Flags, rise: Counts, most_work: float) -> None:
        """Set up.

        Args:
            system: groups and equations.
            targets: the groups to protect.
            rise: how far above its count each must seem possible; below, it is always 1.
            most_work: after so much one pattern is given up.
        """
        import numpy as np

        self._system, self._rise, self._most_work = system, rise, most_work
        self._targets = np.flatnonzero(targets)
        self._equation = system.equation_of()
        self.work = 0.0

    def near(self, changed: Flags) -> Flags:
        """Return the groups to protect that share a sum with a group that has changed."""
        import numpy as np

        found: Flags = np.zeros(self._system.size, dtype=np.bool_)
        for line in self._system.lines:
            if changed[line].any():
                found[line] = True
        return found

    def refusals(self, hidden: Flags, among: Flags) -> list[Refusal] | None:
        """Return the limits that are not possible when these groups are withheld; None if it takes too long to tell.

        Args:
            hidden: the groups that are withheld.
            among: only the limits of these groups are tried.
        """
        import numpy as np

        system, groups = self._system, np.flatnonzero(hidden)
        part = system.only(groups)
        used = np.unique(self._equation[hidden[system.columns]])
        program = Program(
            -part.n, np.full(part.size, FARTHEST), part.starts, part.columns, part.values, np.zeros(part.equations)
        )
        program.primal()
        program.limit(int(self._most_work / max(part.equations, 1)) + 1)
        targets = self._targets[among[self._targets]]
        places = np.searchsorted(groups, targets)
        found = []
        for sign in (1, -1):
            change = sign * np.where(sign > 0, self._rise[targets], 1.0)
            left = np.ones(len(places), dtype=np.bool_)
            while left.any():
                at = int(np.argmax(left))
                left[at] = False
                place = places[at : at + 1]
                program.cost(place, np.array([-float(sign)]))
                values = program.solve()
                if values is None or program.steps * part.equations > self._most_work:
                    return None
                if sign * values[place[0]] < abs(change[at]) - NOTHING:
                    multipliers = np.zeros(system.equations)
                    multipliers[used] = program.duals()
                    found.append(Refusal(int(targets[at]), float(change[at]), multipliers))
                program.cost(place, np.zeros(1))
                left &= sign * values[places] < np.abs(change) - NOTHING
        self.work += float(program.steps * part.equations)
        return found

    def nearer(self, refusal: Refusal, hidden: Flags, candidates: Flags) -> Refusal:
        """Return the same refusal for a reason that fewer cells could remove, if there is one near the cell.

        Only the equations near the cell are looked at, and those of the reason that is known. Every shown cell may move
        next to nothing, so the sums that allow the least are those with the fewest of them.
        """
        import numpy as np

        system, equation = self._system, self._equation
        reached = np.zeros(system.size, dtype=np.bool_)
        reached[refusal.place] = True
        kept = np.zeros(system.equations, dtype=np.bool_)
        for _ in range(HOPS):
            kept[equation[reached[system.columns]]] = True
            reached[system.columns[kept[equation] & hidden[system.columns]]] = True
        kept |= np.abs(refusal.multipliers) > NOTHING
        entries = kept[equation] & (hidden | candidates)[system.columns]
        places = np.unique(system.columns[entries])
        used, lengths = np.unique(equation[entries], return_counts=True)
        free = hidden[places]
        program = Program(
            np.where(free, -system.n[places], -NEARLY_NOTHING),
            np.where(free, FARTHEST, NEARLY_NOTHING),
            np.concatenate(([0], np.cumsum(lengths))),
            np.searchsorted(places, system.columns[entries]),
            system.values[entries],
            np.zeros(len(used)),
        )
        program.cost(np.searchsorted(places, [refusal.place]), np.array([-np.sign(refusal.change)]))
        if program.solve() is None:
            return refusal
        multipliers = np.zeros(system.equations)
        multipliers[used] = program.duals()
        return Refusal(refusal.place, refusal.change, multipliers)
