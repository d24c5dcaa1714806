"""A draft of a pattern: picks that meet every condition known, tried on the small cells, which teaches new conditions.

What is learnt is mended region by region, so that the rest of the draft stays as it is; to pick everything anew would
open as many new leaks as it closes. See `covering` for the conditions and `choosing` for the regions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pejl.protect.choosing import Chooser, regions
from pejl.protect.covering import Condition, Cover, line_conditions, refusal_condition
from pejl.protect.refusing import SHORT, Refuser

if TYPE_CHECKING:
    from pejl.protect.cube import Counts, Flags, Places
    from pejl.protect.refusing import Refusal
    from pejl.protect.system import System

ROUNDS = 16
"""How often a draft is tried and mended; the best one is taken."""

MENDING = 1.2
"""What a condition that a draft does not meet is expected to cost: a cell of its own, and at times one more."""

DRAFT_WORK = 3.5e8
"""No further round when simplex steps times equations have passed this: some 20 seconds, on every machine the same."""

CHOICE_WORK = 2e7
"""The same for the choices in regions: some 10 seconds."""


class Draft:
    """Conditions, and picks that meet them.

    Attributes:
        picked: the groups to withhold besides the free ones.
        conditions: what is known of every pattern that holds.
    """

    def __init__(
        self, system: System, cost: Counts, candidates: Flags, free: Flags, targets: Flags, rise: Counts
    ) -> None:
        """Pick groups that meet the conditions of single sums.

        Args:
            system: groups and equations.
            cost: of withholding each group.
            candidates: the groups that may be withheld besides the free ones.
            free: the groups that are withheld in any case.
            targets: the groups to protect, all among those.
            rise: how far above its count each must seem possible.
        """
        import numpy as np

        self._system, self._cost, self._candidates, self._free = system, cost, candidates, free
        self._refuser = Refuser(system, targets, rise, DRAFT_WORK)
        self.picked: Flags = np.zeros(system.size, dtype=np.bool_)
        self.conditions = line_conditions(system, candidates, free, targets, rise)
        self._chooser = Chooser(cost, self.conditions)
        self._small, self._large = regions(system, candidates)
        if self.conditions:
            self.picked = Cover(cost, candidates, self.conditions).pick()
            self._better(self._small)
            self._better(self._large)

    def learn(self) -> bool:
        """Try the draft, and mend it where it leaks, until it does not or the work is done; the best one stays.

        Returns:
            Whether it could be tried at all: tables of four dimensions may take too long.
        """
        import numpy as np

        everywhere = np.ones(self._system.size, dtype=np.bool_)
        best, least, among = self.picked, float("inf"), everywhere
        for _ in range(ROUNDS):
            refusals = self._refuser.refusals(self._free | self.picked, among)
            if not refusals and among is not everywhere:
                among = everywhere
                refusals = self._refuser.refusals(self._free | self.picked, among)
            if refusals is None:
                break
            learnt = self._conditions(refusals)
            price = float(self._cost[self.picked].sum()) + MENDING * len(learnt)
            if price < least:
                best, least = self.picked, price
            if not learnt or self._refuser.work > DRAFT_WORK:
                break
            before = self.picked
            self._mend(learnt)
            # A leak elsewhere is seldom new; before the draft is done all limits are tried once more.
            among = self._refuser.near(before != self.picked)
            among[[each.place for each in refusals]] = True
        self.picked = best
        return least < float("inf")

    def _conditions(self, refusals: list[Refusal]) -> list[Condition]:
        """Return the conditions that refusals teach, each once."""
        learnt: dict[tuple[bytes, bytes], Condition] = {}
        for each in refusals:
            condition = self._condition(each)
            if condition is not None and len(condition.places) > SHORT:
                near = self._condition(self._refuser.nearer(each, self._free | self.picked, self._candidates))
                if near is not None and len(near.places) < len(condition.places) and near.lacks(self.picked):
                    condition = near
            if condition is not None:
                learnt[condition.places.tobytes(), condition.shares.round(6).tobytes()] = condition
        return list(learnt.values())

    def _condition(self, refusal: Refusal) -> Condition | None:
        """Return the condition that one refusal teaches."""
        return refusal_condition(
            self._system, refusal.multipliers, refusal.place, refusal.change, self._candidates, self._free
        )

    def _mend(self, learnt: list[Condition]) -> None:
        """Meet new conditions, and see whether what is near can be had for less now."""
        before = self.picked
        self.conditions += learnt
        self._chooser.learn(self.conditions)
        for several in (self._small, self._large):
            self.picked = self._chooser.repair(self.picked, several)
        changed = self.picked != before
        self._better([each for each in self._small if changed[each].any()])

    def _better(self, several: list[Places]) -> None:
        """Pick regions anew as long as there is work to do."""
        if self._chooser.work < CHOICE_WORK:
            self.picked = self._chooser.improve(self.picked, several)
