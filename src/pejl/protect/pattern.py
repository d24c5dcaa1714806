"""From primary cells to a pattern: two drafts, what is not needed taken back, exchanges where the table is small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pejl.protect.routing import Shift
from pejl.protect.searching import Need, Search

if TYPE_CHECKING:
    from pejl.protect.cube import Counts, Flags, Places
    from pejl.protect.system import System

LEVEL_WEIGHT = 0.25
"""A cell one level up is worth this much more than an inner cell: headlines are what most readers come for."""

SIZE_WEIGHT = 0.1
"""Between cells of one level the larger is worth up to this much more: counting cells comes first."""

PRUNING_WORK = 2e8
"""Taking back stops when simplex steps times equations have passed this: some 15 seconds, on every machine the same."""

EXCHANGE_WORK = 2e6
"""The same for exchanges, which go over the whole table: some 0.3 seconds, enough for a few hundred cells."""


def worth(system: System) -> Counts:
    """Return what it is worth to show each group: about 1 for every cell."""
    import numpy as np

    size = np.log1p(system.n) / max(float(np.log1p(system.n).max(initial=0)), 1.0)
    return system.members * (1 + LEVEL_WEIGHT * system.level) + SIZE_WEIGHT * size


def find_pattern(system: System, movable: Flags, free: Flags, targets: Flags, rise: Counts) -> Search:
    """Return a pattern with its proof; needs that cannot be met are in its `failed`.

    Args:
        system: groups and equations; every count is known.
        movable: the groups that may be withheld.
        free: the groups that are withheld in any case.
        targets: the groups to protect, all among those.
        rise: for each group, how far above its count it must seem possible.
    """
    import numpy as np

    cost = worth(system)
    groups = np.flatnonzero(targets)
    # The largest first: they need the least room, and what hides them often hides the smallest too.
    order = groups[np.argsort(-system.n[groups], kind="stable")].tolist()
    needs: list[Need] = [(group, sign) for group in order for sign in (1, -1)]
    first = Search(system, movable, cost, free, rise)
    first.serve(needs)
    # What the first draft used often is cheaper in the second, so that shifts gather in the same cells.
    uses = np.array([first.uses(group) for group in range(system.size)])
    second = Search(system, movable, np.where(first.withheld, cost / np.sqrt(1 + uses), cost), free, rise)
    second.serve(needs)
    second.show_unused()
    met = [need for need in needs if need not in second.failed]
    result = Search(system, movable, cost, free, rise)
    result.failed = second.failed
    secondary, proof = _needed(second, cost, rise, met)
    result.withhold(secondary)
    result.serve(result.adopt(proof, met))
    _take_back(result, EXCHANGE_WORK)
    return result


def _needed(draft: Search, cost: Counts, rise: Counts, needs: list[Need]) -> tuple[Places, list[Shift]]:
    """Return the secondary groups of a draft that stay when those not needed are taken back, and the proof.

    The programs hold the withheld groups only, so they are small.
    """
    import numpy as np

    withheld = np.flatnonzero(draft.withheld)
    number = {group: at for at, group in enumerate(withheld.tolist())}
    everything = np.ones(len(withheld), dtype=np.bool_)
    inside = Search(draft.system.only(withheld), everything, cost[withheld], draft.free[withheld], rise[withheld])
    inside.withhold(inside.others())
    inside.serve([(number[group], sign) for group, sign in needs])
    inside.show_unused()
    _take_back(inside, PRUNING_WORK)
    proof = [Shift(withheld[shift.places], shift.values, shift.whole) for shift in inside.proof()]
    return withheld[inside.secondary()], proof


def _take_back(search: Search, work: float) -> None:
    """Show what can be shown, the most valuable first, until nothing more can or the work is done."""
    program = search.router.program
    better = True
    while better:
        better = False
        for group in search.secondary().tolist():
            if program.steps * search.system.equations > work:
                return
            if search.withheld[group] and search.try_without(group):
                better = True
