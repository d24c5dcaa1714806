"""From primary cells to a pattern: a draft for all at once, what it lacks, what it does not need, exchanges."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pejl.protect.covering import Cover
from pejl.protect.drafting import Draft
from pejl.protect.inside import Inside
from pejl.protect.searching import Need, Search

if TYPE_CHECKING:
    from pejl.protect.cube import Counts, Flags
    from pejl.protect.system import System

LEVEL_WEIGHT = 0.25
"""A cell one level up is worth this much more than an inner cell: headlines are what most readers come for."""

SIZE_WEIGHT = 0.1
"""Between cells of one level the larger is worth up to this much more: counting cells comes first."""

PRUNING_WORK = 2e8
"""Taking back stops when simplex steps times equations have passed this: some 3 seconds, on every machine the same."""

EXCHANGE_WORK = 2e6
"""The same for exchanges, which go over the whole table: some 0.3 seconds, enough for a few hundred cells."""


def worth(system: System) -> Counts:
    """Return what it is worth to show each group: about 1 for every cell."""
    import numpy as np

    size = np.log1p(system.n) / max(float(np.log1p(system.n).max(initial=0)), 1.0)
    return system.members * (1 + LEVEL_WEIGHT * system.level) + SIZE_WEIGHT * size


def find_pattern(system: System, movable: Flags, free: Flags, targets: Flags, rise: Counts) -> Search:
    """Return a pattern with its proof; needs that cannot be met are in its `refused`.

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
    # The smallest first: they need the most room, and what hides them often hides others too.
    order = groups[np.argsort(system.n[groups], kind="stable")].tolist()
    needs: list[Need] = [(group, sign) for group in order for sign in (1, -1)]
    candidates = movable & ~free
    draft = Draft(system, cost, candidates, free, targets, rise)
    result = _mended(system, movable, cost, free, rise, needs, draft.picked if draft.learn() else None)
    _prune(result, Cover(cost, candidates, draft.conditions), needs)
    _take_back(result, EXCHANGE_WORK, lambda _: False)
    _round(result, needs)
    return result


def _mended(
    system: System, movable: Flags, cost: Counts, free: Flags, rise: Counts, needs: list[Need], picked: Flags | None
) -> Search:
    """Return a pattern with its proof: a draft and what it lacks.

    Without a draft, or where its shifts go through thousands of cells, as in large tables of four dimensions, it takes
    less time to begin from nothing, with short shifts.
    """
    import numpy as np

    result = Search(system, movable, cost, free, rise)
    if picked is not None:
        inside = Inside(system, free | picked, free, rise, cost)
        inside.serve([], needs)
        if not inside.search.gave_up:
            result.withhold(np.flatnonzero(picked))
            result.serve(result.adopt(inside.proof(), needs))
            return result
    result.hurry()
    result.hurry()
    result.serve(needs)
    return result


def _prune(search: Search, cover: Cover, needs: list[Need]) -> None:
    """Show what is not needed, the most valuable first, without withholding anything new."""
    met = [need for need in needs if need not in search.refused]
    inside = Inside(search.system, search.withheld, search.free, search.rise, search.cost)
    inside.serve(search.proof(), met)
    inside.search.show_unused()
    _take_back(inside.search, PRUNING_WORK, lambda group: cover.needs(int(inside.places[group]), inside.withheld()))
    search.replace(inside.withheld())
    search.serve(search.adopt(inside.proof(), met))


def _round(search: Search, needs: list[Need]) -> None:
    """Let the proof rest on shifts of whole people, as far as some are found soon."""
    met = [need for need in needs if need not in search.refused]
    inside = Inside(search.system, search.withheld, search.free, search.rise, search.cost)
    inside.serve(search.proof(), met)
    inside.search.round()
    search.replace(inside.withheld())
    search.serve(search.adopt(inside.proof(), met))


def _take_back(search: Search, work: float, skip: Callable[[int], bool]) -> None:
    """Show what can be shown, the most valuable first, until nothing more can or the work is done."""
    program = search.router.program
    better = True
    while better:
        better = False
        for group in search.secondary().tolist():
            if program.steps * search.system.equations > work:
                return
            if search.withheld[group] and not skip(group) and search.try_without(group):
                better = True
