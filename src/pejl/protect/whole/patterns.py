"""A pattern of withheld rows with its proof: for every limit of every small number a shift that reaches it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pejl.protect.whole.board import Name
from pejl.protect.whole.linear import NOTHING
from pejl.protect.whole.routing import Router, Shift
from pejl.protect.whole.tables import TOTAL, Cell, TableKey

if TYPE_CHECKING:
    from pejl.protect.cube import Places

Group = tuple[TableKey, Cell]
"""A row: its numbers are withheld together."""

Need = tuple[int, int]
"""A number, and 1 for its high limit or -1 for its low one."""

CONSTANT = 1e9
TRIAL_STEPS = 300
"""When a row is shown on trial, a shift that takes more steps of the simplex to find counts as not found."""

PRUNING_WORK = 3e6
"""Taking back stops when simplex steps times rows of the program have passed this, the same on every machine."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a number must seem possible to be.

    Attributes:
        up: how far above the true one.
        down: how far below.
        soft: it may also be known exactly.
    """

    up: float
    down: float
    soft: bool = False


class Pattern:
    """Rows withheld now, and the shifts that prove what is required."""

    def __init__(
        self,
        makers: Sequence[Callable[[], Router]],
        names: Sequence[Sequence[Name]],
        cost: Mapping[Group, float],
        fixed: Collection[Name] = (),
    ) -> None:
        """Start with everything shown.

        Args:
            makers: of each part's router, which is made when it is needed.
            names: the numbers of each part, in the router's order; those of denominators may be in two.
            cost: what it is worth to show each row that may be withheld.
            fixed: the numbers that everybody knows.
        """
        import numpy as np

        self._makers = makers
        self._routers: dict[int, Router] = {}
        self.cost = dict(cost)
        self.withheld: set[Group] = set()
        self.free: set[Group] = set()
        self._starts = np.concatenate(([0], np.cumsum([len(each) for each in names]))).astype(int).tolist()
        self.names: list[Name] = [name for each in names for name in each]
        self._groups: list[Group] = [(key, cell) for key, cell, _ in self.names]
        self._members: dict[Group, list[int]] = {}
        for at, group in enumerate(self._groups):
            self._members.setdefault(group, []).append(at)
        self._part = [part for part, each in enumerate(names) for _ in each]
        self._shifts: list[tuple[int, Shift]] = []
        self._needs: list[set[Need]] = []
        self._proof: dict[Need, int] = {}
        self._at: dict[Group, set[int]] = {}
        self.fixed = {at for at, name in enumerate(self.names) if name in fixed}
        self._places: dict[Name, list[int]] = {}
        for at, name in enumerate(self.names):
            self._places.setdefault(name, []).append(at)

    def _router(self, part: int) -> Router:
        """Return the router of a part, as things are shown and withheld now."""
        import numpy as np

        if part not in self._routers:
            router = self._routers[part] = self._makers[part]()
            router.close(np.arange(router.numbers))
            own = self._groups[self._starts[part] : self._starts[part + 1]]
            for group in dict.fromkeys(own):
                for other, numbers in self._by_router([group]):
                    if other is not router:
                        continue
                    if group in self.cost:
                        router.price(numbers, np.full(len(numbers), self.cost[group]))
                    if group in self.withheld:
                        router.withhold(numbers)
                    elif group in self.cost:
                        router.show(numbers)
        return self._routers[part]

    @property
    def work(self) -> int:
        """How many steps the simplex took, times the rows of its programs."""
        return sum(router.program.steps * router.numbers for router in self._routers.values())

    # Numbers

    def numbers_of(self, group: Group) -> list[int]:
        """Return the numbers of a row."""
        return self._members.get(group, [])

    def places(self, name: Name) -> list[int]:
        """Return a number's places: of the base of a share, one in each part that it is the sum of."""
        return self._places.get(name, [])

    def group(self, number: int) -> Group:
        """Return the row of a number."""
        return self._groups[number]

    def left(self, needs: Mapping[Need, float]) -> dict[Need, float]:
        """Return the needs that no shift of the proof meets; take up those that one does."""
        wanted: dict[Need, float] = {}
        for (number, sign), amount in needs.items():
            low, high = self.seen(number)
            if (number, sign) not in self._proof and (high if sign > 0 else -low) < amount - NOTHING:
                wanted[number, sign] = amount
        return wanted

    def moves(self, need: Need) -> bool:
        """Tell whether a number can be another one as things are withheld now."""
        number, sign = need
        part = self._part[number]
        opened = self._router(part).opens(number - self._starts[part], float(sign))
        return opened is not None and not len(opened)

    def seen(self, number: int) -> tuple[float, float]:
        """Return how far a number falls and rises in the shifts of the proof."""
        low = high = 0.0
        own = number - self._starts[self._part[number]]
        for at in self._at.get(self._groups[number], ()):
            part, shift = self._shifts[at]
            if part == self._part[number]:
                for change in shift.changes[shift.numbers == own].tolist():
                    low, high = min(low, change), max(high, change)
        return low, high

    def stands(self) -> bool:
        """Tell whether each shift that the pattern rests on leads to a table that looks the same from outside."""
        import numpy as np

        for at in set(self._proof.values()):
            part, shift = self._shifts[at]
            router = self._routers[part]
            values = np.zeros(router.columns)
            values[shift.columns] = shift.values
            found = router.of(values)
            if found is None:
                return False
            numbers = [self._starts[part] + number for number in found.numbers.tolist()]
            if not all(number not in self.fixed and self._groups[number] in self.withheld for number in numbers):
                return False
        return True

    # What is withheld

    def withhold(self, groups: Iterable[Group], *, free: bool = False) -> None:
        """Withhold rows; with `free` in any case."""
        new = [group for group in groups if group not in self.withheld]
        if free:
            self.free.update(groups)
        self.withheld.update(new)
        for router, numbers in self._by_router(new):
            router.withhold(numbers)

    def show(self, groups: Iterable[Group]) -> None:
        """Show rows again."""
        old = [group for group in groups if group in self.withheld]
        self.withheld.difference_update(old)
        for router, numbers in self._by_router(old):
            router.show(numbers)
        self._price(old)

    def offer(self, groups: Iterable[Group], cost: float) -> None:
        """Let rows be withheld that could not be so far."""
        for group in groups:
            self.cost[group] = cost
        self._price(groups)

    def _price(self, groups: Iterable[Group]) -> None:
        import numpy as np

        for group in groups:
            for router, numbers in self._by_router([group]):
                if group not in self.withheld:
                    router.show(numbers)
                router.price(numbers, np.full(len(numbers), self.cost[group]))

    def _by_router(self, groups: Iterable[Group]) -> list[tuple[Router, Places]]:
        import numpy as np

        found: dict[int, list[int]] = {}
        for group in groups:
            for number in self._members.get(group, ()):
                if number not in self.fixed and self._part[number] in self._routers:
                    found.setdefault(self._part[number], []).append(number - self._starts[self._part[number]])
        return [(self._routers[part], np.array(numbers)) for part, numbers in found.items()]

    # What is wanted

    def serve(self, needs: Mapping[Need, float], limit: float = float("inf")) -> tuple[float, list[Group], list[Need]]:
        """Meet needs, each of so many people, as long as what is withheld for it costs less than `limit`.

        Returns:
            The cost, the rows now withheld, and the needs that were not met: with a limit, some of those left.
        """
        spent, opened, unmet = 0.0, [], []
        wanted = dict(needs)
        while wanted:
            need, amount = next(iter(wanted.items()))
            found = self.route(need, amount)
            if found is None:
                unmet.append(need)
                del wanted[need]
                if limit < float("inf"):
                    break
                continue
            part, shift = found
            new = self._opened(part, shift)
            spent += sum(self.cost.get(group, CONSTANT) for group in new)
            if spent >= limit:
                unmet.append(need)
                break
            self.withhold(new)
            opened += new
            self.take(part, shift, wanted)
            back = self._routers[part].reverse(shift, float(abs(shift.changes).max()) if len(shift.changes) else 1.0)
            if back is not None:
                self.take(part, back, wanted)
        return spent, opened, unmet

    def route(self, need: Need, amount: float) -> tuple[int, Shift] | None:
        """Return the cheapest shift for a need."""
        number, sign = need
        if number in self.fixed:
            return None
        part = self._part[number]
        shift = self._router(part).route(number - self._starts[part], sign * amount)
        return None if shift is None else (part, shift)

    def _opened(self, part: int, shift: Shift) -> list[Group]:
        groups = (self._groups[self._starts[part] + number] for number in shift.numbers.tolist())
        return [group for group in dict.fromkeys(groups) if group not in self.withheld]

    def take(self, part: int, shift: Shift, wanted: dict[Need, float]) -> None:
        """Use a shift as proof of all that it meets of what is wanted."""
        met: list[Need] = []
        for local, change in zip(shift.numbers.tolist(), shift.changes.tolist(), strict=True):
            need = (self._starts[part] + local, 1 if change > 0 else -1)
            if need in wanted and abs(change) >= wanted[need] - NOTHING:
                met.append(need)
        if met:
            self._shifts.append((part, shift))
            self._needs.append(set())
        for need in met:
            self._prove(need, len(self._shifts) - 1)
            del wanted[need]

    def _prove(self, need: Need, at: int) -> None:
        """Let a need rest on another shift than before."""
        before = self._proof.get(need)
        if before == at:
            return
        if before is not None:
            self._needs[before].discard(need)
            if not self._needs[before]:
                for group in self._touched(before):
                    self._at[group].discard(before)
        self._proof[need] = at
        if not self._needs[at]:
            for group in self._touched(at):
                self._at.setdefault(group, set()).add(at)
        self._needs[at].add(need)

    def _touched(self, at: int) -> set[Group]:
        part, shift = self._shifts[at]
        return {self._groups[self._starts[part] + number] for number in shift.numbers.tolist()}

    # What is not needed

    def secondary(self) -> list[Group]:
        """Return the rows that are withheld for the sake of others, the most valuable first."""
        groups = self.withheld - self.free
        return sorted(groups, key=lambda group: (-self.cost.get(group, CONSTANT), group))

    def show_unused(self) -> None:
        """Show every row that no shift touches."""
        self.show([group for group in self.secondary() if not self._at.get(group)])

    def take_back(self, amounts: Mapping[Need, float]) -> None:
        """Show what can be shown, the most valuable first, until nothing more can or the work is done."""
        most = self.work + PRUNING_WORK
        better = True
        while better:
            better = False
            for group in self.secondary():
                if self.work > most:
                    return
                if group in self.withheld and self._try_without(group, amounts):
                    better = True

    def _try_without(self, group: Group, amounts: Mapping[Need, float]) -> bool:
        """Show a row if its needs can be met more cheaply without it; otherwise change nothing."""
        needs = sorted({need for at in self._at.get(group, ()) for need in self._needs[at]})
        before = {need: self._proof[need] for need in needs}
        routers = self._by_router([group])
        self.withheld.discard(group)
        for router, numbers in routers:
            router.close(numbers)
            router.program.limit(TRIAL_STEPS)
        spent, opened, unmet = self.serve({need: amounts[need] for need in needs}, self.cost[group])
        for router, _ in routers:
            router.program.limit(None)
        self.withheld.add(group)
        if not unmet:
            unused = [each for each in self.secondary() if each != group and not self._at.get(each)]
            saved = self.cost[group] + sum(self.cost.get(each, CONSTANT) for each in unused if each not in opened)
            if spent < saved - NOTHING:
                self.show([group, *unused])
                return True
        for need, at in before.items():
            self._prove(need, at)
        self.show(opened)
        for router, numbers in routers:
            router.withhold(numbers)
        return False


def costs_of(groups: Iterable[Group], sizes: Mapping[Group, float]) -> dict[Group, float]:
    """Return what it is worth to show each row: more higher up, and of the same height a little more for the larger."""
    from math import log1p

    largest = log1p(max(sizes.values(), default=1.0)) or 1.0
    height = {1: 3.0}
    return {
        group: height.get(len(group[1]), 1.0) * (1.0 + 0.5 * log1p(max(sizes.get(group, 0.0), 0.0)) / largest)
        for group in groups
        if group[1] != TOTAL
    }
