"""A draft for the whole table at once: which cells to withhold so that no condition gives a small one away.

A small cell is given away by a sum whose other members are all shown, or count too few people to leave it room. So
every such sum is a condition: withhold at least one more of its members. And a cell withheld for that purpose must not
stand alone in its other sums, or it would be of no use. To these come conditions that are found on the way, where
several sums together give a cell away (Fischetti and Salazar-González, Management Science 47, 2001).

The least that meets all conditions is a covering problem. Its linear relaxation is nearly whole in tables, so it is
dived in: what is nearly 1 is taken, and the program is solved again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pejl.protect.program import Program
from pejl.protect.routing import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pejl.protect.cube import Counts, Flags, Places
    from pejl.protect.system import System

UNMET_COST = 1000.0
"""What it costs to leave a condition unmet, much more than any cell: some may be impossible, and are met otherwise."""

SINGLE_WORK = 1e8
"""Until simplex steps times conditions have passed this one group is taken at a time, then a third of those that are
not whole: some tables have many. Some 2 seconds, on every machine the same."""

WHOLE = 1e-6
"""How near to 1 a group must be to count as picked."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Withhold enough of some groups: the sum of share times picked is at least `least`.

    Attributes:
        places: the groups.
        shares: how much each gives; at most 1, and -1 for the group that a condition is for.
        least: 1, or 0 for a condition that only counts when its own group is picked.
    """

    places: Places
    shares: Counts
    least: float

    def lacks(self, picked: Flags) -> bool:
        """Tell whether picks do not meet the condition."""
        return float(self.shares[picked[self.places]].sum()) < self.least - WHOLE


def line_conditions(system: System, candidates: Flags, free: Flags, targets: Flags, rise: Counts) -> list[Condition]:
    """Return the conditions that single sums make.

    Args:
        system: groups and lines.
        candidates: the groups that may be withheld besides the free ones.
        free: the groups that are withheld in any case.
        targets: the groups to protect, all free.
        rise: how far above its count each of those must seem possible.
    """
    import numpy as np

    found = []
    for line in system.lines:
        others = line[candidates[line]]
        if not len(others):
            continue
        hidden = line[free[line]]
        if not len(hidden):
            found += [Condition(others, np.where(others == each, -1.0, 1.0), 0.0) for each in others.tolist()]
            continue
        short = _short_of(system, line, free, targets, rise)
        if short > 0:
            # The sum can rise as far as it takes, and so can the children when it is the sum that must fall.
            room = np.where(others == line[-1], np.inf, system.n[others])
            found.append(Condition(others, np.minimum(room / short, 1.0), 1.0))
    return found


def refusal_condition(
    system: System, refusal: Counts, place: int, change: float, candidates: Flags, free: Flags
) -> Condition | None:
    """Return what it would take to make a shift possible that was refused; None if the refusal says nothing.

    Args:
        system: groups and equations.
        refusal: what to multiply the equations by; see `Program.refusal`.
        place: the group that could not change.
        change: by how much it could not.
        candidates: as above.
        free: as above.
    """
    import numpy as np

    sums = np.bincount(
        system.columns, weights=system.values * refusal[system.equation_of()], minlength=system.size
    ).astype(np.float64)
    if abs(sums[place]) < NOTHING:
        return None
    # In the sum of the equations the others must make up for the change: those with a positive factor by rising, which
    # they can without bound, those with a negative one by falling to zero.
    sums *= -np.sign(change) / sums[place]
    sums[np.abs(sums) < NOTHING] = 0.0
    room = np.where(sums > 0, np.inf, -sums * system.n)
    room[place] = 0.0
    short = abs(change) - float(room[free].sum())
    places = np.flatnonzero(candidates & (room > 0))
    if short < NOTHING or not len(places):
        return None
    return Condition(places, np.minimum(room[places] / short, 1.0), 1.0)


def _short_of(system: System, line: Places, free: Flags, targets: Flags, rise: Counts) -> float:
    """Return how much room the small cells of a line lack, at most, when only the free groups are withheld."""
    children, total = line[:-1], int(line[-1])
    hidden = children[free[children]]
    if len(hidden) + int(free[total]) == 1:
        # Alone it is given away, however little room it needs.
        only = int(hidden[0]) if len(hidden) else total
        return float(max(rise[only], 1.0)) if targets[only] else 0.0
    if free[total]:
        return 0.0
    asked = hidden[targets[hidden]]
    room = float(system.n[hidden].sum())
    return max((float(rise[each] - (room - system.n[each])) for each in asked.tolist()), default=0.0)


class Cover:
    """The covering problem: conditions, and the picks that meet them."""

    def __init__(self, cost: Counts, candidates: Flags, conditions: Iterable[Condition]) -> None:
        """Start with some conditions.

        Args:
            cost: of withholding each group.
            candidates: the groups that may be picked.
            conditions: at least one.
        """
        import numpy as np

        self._cost, self._candidates = cost, candidates
        self._places = np.flatnonzero(candidates)
        self._number = np.full(len(cost), -1, dtype=np.int64)
        self._number[self._places] = np.arange(len(self._places))
        self.conditions: list[Condition] = list(conditions)
        self._by_group: dict[int, list[Condition]] | None = None

    def _program(self) -> Program:
        """Return the linear relaxation: the candidates, and for each condition a way out that is never worth it."""
        import numpy as np

        size, covers = len(self._places), [each for each in self.conditions if each.least > 0]
        ways_out = {id(each): size + at for at, each in enumerate(covers)}
        columns, values = [], []
        for each in self.conditions:
            columns.append(self._number[each.places])
            values.append(each.shares)
            if each.least > 0:
                columns[-1] = np.append(columns[-1], ways_out[id(each)])
                values[-1] = np.append(values[-1], 1.0)
        starts = np.concatenate(([0], np.cumsum([len(each) for each in columns])))
        right = np.array([each.least for each in self.conditions])
        cost = self._cost[self._places]
        low, high = np.zeros(size + len(covers)), np.ones(size + len(covers))
        no_limit = np.full(len(right), np.inf)
        program = Program(low, high, starts, np.concatenate(columns), np.concatenate(values), right, no_limit)
        program.dual()
        program.cost(np.arange(size + len(covers)), np.concatenate((cost, np.full(len(covers), UNMET_COST))))
        return program

    def pick(self) -> Flags:
        """Return the groups to withhold so that all conditions are met that can be."""
        import numpy as np

        picked = np.zeros(len(self._cost), dtype=np.bool_)
        if not self.conditions:
            return picked
        program, size = self._program(), len(self._places)
        fixed = np.zeros(size, dtype=np.bool_)
        while True:
            values = program.solve()
            if values is None:
                break  # cannot be, for every condition has a way out
            here = values[:size]
            open_ = np.flatnonzero((here > WHOLE) & ~fixed)
            split = open_[here[open_] < 1 - WHOLE]
            if not len(split):
                picked[self._places[here > 0.5]] = True
                break
            # The largest first, and all that are whole already: those seldom change later.
            several = 1 if program.steps * len(self.conditions) < SINGLE_WORK else max(1, len(split) // 3)
            largest = split[np.argsort(-here[split], kind="stable")[:several]]
            taken = np.concatenate((open_[here[open_] >= 1 - WHOLE], largest))
            fixed[taken] = True
            program.bounds(taken, np.ones(len(taken)), np.ones(len(taken)))
        return picked

    def needs(self, group: int, withheld: Flags) -> bool:
        """Tell whether a group cannot be shown, the others staying as they are, without breaking a condition."""
        for each in self._of_group(group):
            given = withheld[each.places]
            own = float(each.shares[each.places == group][0])
            if float(each.shares[given].sum()) - own < each.least - WHOLE:
                return True
        return False

    def _of_group(self, group: int) -> list[Condition]:
        """Return the conditions that withholding a group helps to meet, whatever else is withheld."""
        if self._by_group is None:
            self._by_group = {}
            for each in self.conditions:
                if each.least > 0:
                    for place in each.places.tolist():
                        self._by_group.setdefault(place, []).append(each)
        return self._by_group.get(group, [])
