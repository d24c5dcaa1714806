"""Drafts of a pattern: what it gives away is found with the reason, and regions are picked anew for the better."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pejl.protect import Table, audit, protect
from pejl.protect.choosing import Chooser, regions
from pejl.protect.covering import Condition, line_conditions, refusal_condition
from pejl.protect.cube import cube_of
from pejl.protect.drafting import Draft
from pejl.protect.refusing import Refuser
from pejl.protect.system import System, build

Flags = np.ndarray[Any, np.dtype[np.bool_]]


def square(counts: list[list[int]]) -> Table:
    rows = [(f"r{r}", f"c{c}", n) for r, line in enumerate(counts) for c, n in enumerate(line)]
    return Table(pd.DataFrame(rows, columns=["r", "c", "n"]), ["r", "c"])


def flags(system: System, *places: str) -> Flags:
    """The groups of cells such as `r0 c1`; a code that is left out is `Total`."""
    keys = {" ".join(code for _, code in sorted(key[1], reverse=True)): group for key, group, _ in system.cells}
    found = np.zeros(system.size, dtype=np.bool_)
    found[[keys[place] for place in places]] = True
    return found


def test_a_cell_that_stands_alone_is_refused_both_ways() -> None:
    system = build([cube_of(square([[2, 9, 8], [7, 20, 30], [11, 40, 50]]))])
    small = flags(system, "r0 c0")
    rise = np.where(small, 3.0, 0.0)
    everywhere = np.ones(system.size, dtype=np.bool_)
    refuser = Refuser(system, small, rise, 1e9)
    # Alone in its row and its column; with a square around it, it can be anything from 0 to 9.
    assert [each.change for each in refuser.refusals(small, everywhere) or []] == [3.0, -1.0]
    assert refuser.refusals(small | flags(system, "r0 c1", "r1 c0", "r1 c1"), everywhere) == []
    assert refuser.refusals(small, ~everywhere) == []


def test_a_square_that_is_too_small_is_refused_upwards_only() -> None:
    # The other cells of the square count 2, so the first can rise by 2 at most: from 1 to 3, not to 5.
    system = build([cube_of(square([[1, 2, 8], [2, 20, 30], [11, 40, 50]]))])
    small = flags(system, "r0 c0")
    square_ = flags(system, "r0 c0", "r0 c1", "r1 c0", "r1 c1")
    refuser = Refuser(system, small, np.where(small, 4.0, 0.0), 1e9)
    refusals = refuser.refusals(square_, np.ones(system.size, dtype=np.bool_))
    assert refusals is not None
    assert [each.change for each in refusals] == [4.0]


def test_work_that_is_used_up_is_told_from_a_pattern_that_holds() -> None:
    system = build([cube_of(square([[2, 9, 8], [7, 20, 30], [11, 40, 50]]))])
    small = flags(system, "r0 c0")
    refuser = Refuser(system, small, np.where(small, 3.0, 0.0), 0.0)
    hidden = small | flags(system, "r0 c1", "r1 c0", "r1 c1")
    assert refuser.refusals(hidden, np.ones(system.size, dtype=np.bool_)) is None


@pytest.mark.parametrize("seed", range(3))
def test_a_nearer_reason_is_broken_by_the_pattern_and_met_by_every_pattern_that_holds(seed: int) -> None:
    random = np.random.default_rng(seed)
    table = square(random.poisson(random.gamma(1.0, 8, size=(6, 6))).tolist())
    system = build([cube_of(table)])
    small = (system.n > 0) & (system.n < 5)
    candidates = ~small & ~system.headline
    rise = np.maximum(5.0, system.n + 1) - system.n
    refuser = Refuser(system, small, rise, 1e9)
    refusals = refuser.refusals(small, np.ones(system.size, dtype=np.bool_))
    assert refusals
    holding = (protect([table]).cells["status"] != "shown").to_numpy()
    pattern = np.zeros(system.size, dtype=np.bool_)
    pattern[[group for (_, group, _), hidden in zip(system.cells, holding, strict=True) if hidden]] = True
    for each in refusals:
        near = refuser.nearer(each, small, candidates)
        learnt = refusal_condition(system, near.multipliers, each.place, each.change, candidates, small)
        assert learnt is not None
        assert learnt.lacks(small)
        assert not learnt.lacks(pattern)


def test_regions_are_picked_anew_for_the_fewest_cells() -> None:
    # One cell meets all three conditions, and picks that meet them with three others are given.
    conditions = [Condition(np.array([each, 3]), np.ones(2), 1.0) for each in range(3)]
    chooser = Chooser(np.ones(4), conditions)
    start = np.array([True, True, True, False])
    assert chooser.improve(start, [np.arange(4)]).tolist() == [False, False, False, True]
    # Where only the first two may be picked anew, they cannot be spared.
    assert chooser.improve(start, [np.arange(2)]).tolist() == start.tolist()


def test_what_is_not_met_is_repaired_where_it_can_be() -> None:
    conditions = [Condition(np.array([0, 1]), np.ones(2), 1.0), Condition(np.array([2, 3]), np.array([0.5, 1.0]), 1.0)]
    chooser = Chooser(np.array([1.0, 2.0, 1.0, 1.0]), conditions)
    nothing = np.zeros(4, dtype=np.bool_)
    assert chooser.unmet(nothing).all()
    assert chooser.repair(nothing, [np.arange(2), np.arange(2, 4)]).tolist() == [True, False, False, True]


def test_the_regions_of_a_hierarchy_hold_parents_with_their_children() -> None:
    rows = [(f"d{d}", f"c{c}", 9) for d in range(4) for c in range(2)]
    table = Table(pd.DataFrame(rows, columns=["d", "c", "n"]), ["d", "c"], {"d": {"north": ["d0", "d1"]}})
    system = build([cube_of(table)])
    _, large = regions(system, ~system.headline)
    named = [{dict(system.names[group][1]).get("d") for group in region.tolist()} for region in large]
    assert {"north", "d0", "d1"} in named


def test_no_draft_of_a_small_table_withholds_more_than_the_fewest_that_hold() -> None:
    random = np.random.default_rng(11)
    tried = 0
    while tried < 6:
        table = square(random.poisson(random.gamma(1.2, 6, size=(3, 3))).tolist())
        system = build([cube_of(table)])
        small = (system.n > 0) & (system.n < 5)
        candidates = ~small & ~system.headline
        rise = np.maximum(5.0, system.n + 1) - system.n
        draft = Draft(system, system.members.astype(float), candidates, small, small, rise)
        assert draft.learn()
        count = int(system.members[draft.picked].sum())
        if not 1 <= count <= 3:
            continue
        tried += 1
        # A draft rests on conditions that every pattern that holds meets, so no pattern with fewer cells holds.
        cells = protect([table]).cells
        others = cells.index[(cells["status"] != "primary") & (cells["n"] > 0)].tolist()
        for chosen in combinations(others, count - 1):
            status = cells["status"].where(cells["status"] == "primary", "shown")
            status[list(chosen)] = "secondary"
            assert not audit(cells.assign(status=status)).proved


def test_a_draft_meets_the_conditions_it_has_learnt() -> None:
    random = np.random.default_rng(3)
    system = build([cube_of(square(random.poisson(random.gamma(1.0, 8, size=(8, 8))).tolist()))])
    small = (system.n > 0) & (system.n < 5)
    candidates = ~small & ~system.headline
    rise = np.maximum(5.0, system.n + 1) - system.n
    draft = Draft(system, np.ones(system.size), candidates, small, small, rise)
    assert draft.learn()
    assert len(draft.conditions) >= len(line_conditions(system, candidates, small, small, rise))
    assert not any(each.lacks(small | draft.picked) for each in draft.conditions)
