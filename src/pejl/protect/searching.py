"""Which cells to withhold besides the primary ones: find a pattern, then take back what is not needed.

A pattern is always carried by its proof: for every limit of every primary cell a shift (see `routing`) that reaches
it and touches withheld cells only. So it is known at once which limits depend on a cell, and only those are looked at
again when the cell is to be shown after all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pejl.protect.routing import NOTHING, WITHHELD_COST, Router, Shift

if TYPE_CHECKING:
    from pejl.protect.cube import Counts, Flags, Places
    from pejl.protect.system import System

Need = tuple[int, int]
"""A group to protect, and +1 for its high limit or -1 for its low one."""

TRIAL_STEPS = 300
"""When a cell is shown on trial, a shift that takes more steps of the simplex to find counts as not found."""


class Search:
    """A pattern with its proof, which grows and shrinks.

    Attributes:
        withheld: the groups that are withheld now.
        free: those that are in any case.
        cost: what it is worth to show a group.
        failed: the needs that nothing can meet.
    """

    def __init__(self, system: System, movable: Flags, cost: Counts, free: Flags, rise: Counts) -> None:
        """Start from what is withheld in any case.

        Args:
            system: groups and equations.
            movable: the groups that may be withheld.
            cost: of withholding each other group.
            free: the groups that are withheld in any case: primary cells, and what is not published at all.
            rise: how far above its count each group to protect must seem possible; below, it is always 1.
        """
        import numpy as np

        self.system, self.cost, self.free = system, cost, free
        self.withheld = free.copy()
        self.router = Router(system, np.where(free, WITHHELD_COST, cost), movable | free)
        self.failed: set[Need] = set()
        self._rise = rise
        self._shifts: list[Shift] = []
        self._proof: dict[Need, int] = {}
        self._needs: list[set[Need]] = []
        self._at: dict[int, set[int]] = {}

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
        """Withhold what it takes to meet all needs; those that cannot be met are noted as failed."""
        _, _, unmet = self._serve(needs, float("inf"), whole=whole)
        self.failed.update(unmet)

    def adopt(self, shifts: Iterable[Shift], needs: Iterable[Need]) -> list[Need]:
        """Take shifts that are known already as proof of needs; return the needs that none of them meets."""
        wanted = dict.fromkeys(needs)
        for shift in shifts:
            self._take(shift, wanted)
        return list(wanted)

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
        self.router.program.limit(None)
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
        spent, opened, unmet = 0.0, [], set()
        wanted = dict.fromkeys(needs)
        while wanted:
            need = next(iter(wanted))
            group, sign = need
            shift = self.router.route(group, float(self._rise[group]) if sign > 0 else -1.0, whole=whole)
            if shift is None:
                unmet.add(need)
                del wanted[need]
                if limit < float("inf"):
                    break
                continue
            new = shift.places[~self.withheld[shift.places]]
            spent += float(self.cost[new].sum())
            if spent >= limit:
                unmet.add(need)
                break
            self.withhold(new)
            opened += new.tolist()
            for each in (shift, self.router.reverse(shift)):
                if each is not None:
                    self._take(each, wanted)
        return spent, opened, unmet

    def _take(self, shift: Shift, wanted: dict[Need, None]) -> None:
        """Use a shift as proof of all that it meets of what is wanted."""
        met: list[Need] = []
        for group, value in zip(shift.places.tolist(), shift.values.tolist(), strict=True):
            need = (group, 1 if value > 0 else -1)
            if need in wanted and abs(value) >= (self._rise[group] if value > 0 else 1.0) - NOTHING:
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
            self.router.price(groups, np.full(len(groups), WITHHELD_COST))

    def _show(self, groups: list[int]) -> None:
        """Show groups again."""
        import numpy as np

        if groups:
            places = np.array(groups)
            self.withheld[places] = False
            self.router.price(places, self.cost[places])
