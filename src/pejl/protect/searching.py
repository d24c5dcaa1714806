"""Which cells to withhold besides the primary ones: find a pattern, then take back what is not needed.

A pattern is always carried by its proof: for every limit of every primary cell a shift (see `routing`) that reaches
it and touches withheld cells only. So it is known at once which limits depend on a cell, and only those are looked at
again when the cell is to be shown after all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pejl.protect.routing import NOTHING, ROUTE_STEPS, WITHHELD_COSTS, Router, Shift

if TYPE_CHECKING:
    from pejl.protect.cube import Counts, Flags, Places
    from pejl.protect.system import System

Need = tuple[int, int]
"""A group to protect, and +1 for its high limit or -1 for its low one."""

GIVE_UPS = 10
"""After so many shifts that took too long a hasty search leaves all other needs unmet."""

ROUNDING_STEPS = 150_000
"""Shifts of whole people are not looked for any longer after so many steps of the simplex: some 10 seconds."""

THOROUGH_STEPS = 150_000
"""The same for those that take a search tree."""

ROUNDING_START = 50
"""What setting up the program of one such shift comes to, in steps."""

TRIAL_STEPS = 300
"""When a cell is shown on trial, a shift that takes more steps of the simplex to find counts as not found."""


class Search:
    """A pattern with its proof, which grows and shrinks.

    Attributes:
        withheld: the groups that are withheld now.
        free: those that are in any case.
        cost: what it is worth to show a group.
        rise: how far above its count each group to protect must seem possible.
        refused: the needs that nothing can meet, each with the reason if there is one; see `Program.refusal`.
    """

    def __init__(
        self, system: System, movable: Flags, cost: Counts, free: Flags, rise: Counts, *, hasty: bool = False
    ) -> None:
        """Start from what is withheld in any case.

        Args:
            system: groups and equations.
            movable: the groups that may be withheld.
            cost: of withholding each other group.
            free: the groups that are withheld in any case: primary cells, and what is not published at all.
            rise: how far above its count each group to protect must seem possible; below, it is always 1.
            hasty: leave needs unmet that take too long; otherwise shifts are made shorter then.
        """
        import numpy as np

        self._hasty, self._give_ups, self._withheld_costs = hasty, 0, list(WITHHELD_COSTS)
        self.system, self.cost, self.free = system, cost, free
        self.withheld = free.copy()
        self.router = Router(system, np.where(free, WITHHELD_COSTS[0], cost), movable | free)
        self._steps: int | None = ROUTE_STEPS
        self.router.program.limit(self._steps)
        self.refused: dict[Need, Counts | None] = {}
        self.rise = rise
        self._shifts: list[Shift] = []
        self._proof: dict[Need, int] = {}
        self._needs: list[set[Need]] = []
        self._at: dict[int, set[int]] = {}

    @property
    def failed(self) -> set[Need]:
        """The needs that nothing can meet."""
        return set(self.refused)

    @property
    def gave_up(self) -> bool:
        """Whether a hasty search has left needs unmet because too many took too long."""
        return self._give_ups > GIVE_UPS

    def secondary(self) -> Places:
        """Return the groups that are withheld for the sake of others, the most valuable first."""
        import numpy as np

        groups = np.flatnonzero(self.withheld & ~self.free)
        return groups[np.argsort(-self.cost[groups], kind="stable")]

    def others(self) -> Places:
        """Return the groups that are not withheld in any case."""
        import numpy as np

        return np.flatnonzero(~self.free)

    def uses(self, group: int) -> int:
        """Return how many shifts of the proof touch a group."""
        return len(self._at.get(group, ()))

    def proof(self) -> list[Shift]:
        """Return the shifts that the pattern rests on."""
        return [self._shifts[number] for number in sorted(set(self._proof.values()))]

    def serve(self, needs: Iterable[Need], *, whole: bool = False) -> None:
        """Withhold what it takes to meet all needs; those that cannot be met are noted as refused."""
        self._serve(needs, float("inf"), whole=whole)

    def round(self) -> None:
        """Look for shifts of whole people for the needs that rest on others; what is not found stays as it is."""
        for thorough, most in ((False, ROUNDING_STEPS), (True, THOROUGH_STEPS)):
            start = self.router.program.steps
            split = {need: shift for need, shift in self._proven() if not shift.whole}
            wanted = dict.fromkeys(split)
            while wanted and self.router.program.steps - start < most:
                need = next(iter(wanted))
                shift = self.router.rounded(split[need], need[0], self._change(need), thorough=thorough)
                self.router.program.steps += ROUNDING_START
                if shift is None:
                    del wanted[need]
                else:
                    self._take_both(shift, wanted)

    def _proven(self) -> list[tuple[Need, Shift]]:
        """Return the needs that are met, each with the shift it rests on."""
        return [(need, self._shifts[number]) for need, number in self._proof.items()]

    def adopt(self, shifts: Iterable[Shift], needs: Iterable[Need]) -> list[Need]:
        """Take shifts that are known already as proof of needs; return the needs that none of them meets."""
        wanted = dict.fromkeys(needs)
        for shift in shifts:
            self._take(shift, wanted)
        return list(wanted)

    def replace(self, withheld: Flags) -> None:
        """Take another pattern, without proof so far; all of it must be withheld now."""
        import numpy as np

        self._shifts, self._proof, self._needs, self._at = [], {}, [], {}
        self._show(np.flatnonzero(self.withheld & ~withheld).tolist())

    def show_unused(self) -> None:
        """Show every group that no shift touches."""
        self._show([group for group in self.secondary().tolist() if not self._at.get(group)])

    def try_without(self, group: int) -> bool:
        """Show a group if its needs can be met more cheaply without it; otherwise change nothing.

        Returns:
            Whether the pattern has become cheaper.
        """
        import numpy as np

        needs = sorted(need for number in self._at.get(group, ()) for need in self._needs[number])
        before = {need: self._proof[need] for need in needs}
        self.router.close(group)
        self._show([group])
        self.router.program.limit(TRIAL_STEPS)
        spent, opened, unmet = self._serve(needs, float(self.cost[group]))
        self.router.program.limit(self._steps)
        self.router.reopen(group)
        if not unmet:
            unused = [each for each in self.secondary().tolist() if not self._at.get(each)]
            if spent < self.cost[group] + self.cost[unused].sum() - NOTHING:
                self._show(unused)
                return True
        for need, number in before.items():
            self._prove(need, number)
        self._show(opened)
        self.withhold(np.array([group]))
        return False

    def _serve(self, needs: Iterable[Need], limit: float, *, whole: bool = False) -> tuple[float, list[int], set[Need]]:
        """Meet needs as long as what is withheld for it costs less than `limit`.

        Returns:
            The cost, the groups now withheld, and the needs that were not met: with a limit, some of those left.
        """
        spent = 0.0
        opened: list[int] = []
        unmet: set[Need] = set()
        wanted = dict.fromkeys(needs)
        while wanted:
            need = next(iter(wanted))
            if self.gave_up:
                self.refused.update(dict.fromkeys(wanted))
                unmet.update(wanted)
                break
            shift = self._whole(need) if whole else self.router.route(need[0], self._change(need))
            if shift is None and self.router.gave_up and limit == float("inf"):
                if self._hasty:
                    self._give_ups += 1
                else:
                    self.hurry()
                    continue
            if shift is None:
                unmet.add(need)
                del wanted[need]
                if limit < float("inf"):
                    break
                self.refused[need] = self.router.refusal
                continue
            new = shift.places[~self.withheld[shift.places]]
            spent += float(self.cost[new].sum())
            if spent >= limit:
                unmet.add(need)
                break
            self.withhold(new)
            opened += new.tolist()
            self._take_both(shift, wanted)
        return spent, opened, unmet

    def hurry(self) -> None:
        """Make shifts shorter, so that they are found faster; when they cannot be shorter, take the time it takes."""
        import numpy as np

        if len(self._withheld_costs) == 1:
            self._steps = None
            self.router.program.limit(None)
            return
        del self._withheld_costs[0]
        places = np.flatnonzero(self.withheld)
        self.router.price(places, np.full(len(places), self._withheld_costs[0]))

    def _whole(self, need: Need) -> Shift | None:
        """Return a shift of whole people for a need, near the cheapest one if there is one near."""
        group, change = need[0], self._change(need)
        shift = self.router.route(group, change)
        if shift is None or shift.whole:
            return shift
        return self.router.rounded(shift, group, change) or self.router.route(group, change, whole=True)

    def _change(self, need: Need) -> float:
        """Return by how much the group of a need must change."""
        return float(self.rise[need[0]]) if need[1] > 0 else -1.0

    def _take_both(self, shift: Shift, wanted: dict[Need, None]) -> None:
        """Use a shift, and as far as it goes its reverse, as proof of all that they meet of what is wanted."""
        for each in (shift, self.router.reverse(shift)):
            if each is not None:
                self._take(each, wanted)

    def _take(self, shift: Shift, wanted: dict[Need, None]) -> None:
        """Use a shift as proof of all that it meets of what is wanted."""
        met: list[Need] = []
        for group, value in zip(shift.places.tolist(), shift.values.tolist(), strict=True):
            need = (group, 1 if value > 0 else -1)
            if need in wanted and abs(value) >= (self.rise[group] if value > 0 else 1.0) - NOTHING:
                met.append(need)
        if met:
            self._shifts.append(shift)
            self._needs.append(set())
        for need in met:
            self._prove(need, len(self._shifts) - 1)
            del wanted[need]

    def _prove(self, need: Need, number: int) -> None:
        """Let a need rest on another shift than before."""
        before = self._proof.get(need)
        if before == number:
            return
        if before is not None:
            self._needs[before].discard(need)
            if not self._needs[before]:
                for group in self._shifts[before].places.tolist():
                    self._at[group].discard(before)
        self._proof[need] = number
        if not self._needs[number]:
            for group in self._shifts[number].places.tolist():
                self._at.setdefault(group, set()).add(number)
        self._needs[number].add(need)

    def withhold(self, groups: Places) -> None:
        """Withhold groups; from now on shifts may use them nearly for nothing."""
        import numpy as np

        if len(groups):
            self.withheld[groups] = True
            self.router.price(groups, np.full(len(groups), self._withheld_costs[0]))

    def _show(self, groups: list[int]) -> None:
        """Show groups again."""
        import numpy as np

        if groups:
            places = np.array(groups)
            self.withheld[places] = False
            self.router.price(places, self.cost[places])
