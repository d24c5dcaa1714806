"""The covering problem: its conditions are true of every pattern that holds, and its picks are as few as can be."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pejl.protect import Table
from pejl.protect.attack import attack
from pejl.protect.auditing import holding, required
from pejl.protect.covering import Condition, Cover, line_conditions, refusal_condition
from pejl.protect.cube import cube_of
from pejl.protect.inside import Inside
from pejl.protect.system import System, build

FEW = settings(max_examples=40, deadline=None, derandomize=True)


class Case:
    """A table of two dimensions with what the search starts from, at threshold 5."""

    def __init__(self, counts: list[list[int]]) -> None:
        rows = [(f"r{r}", f"c{c}", n) for r, line in enumerate(counts) for c, n in enumerate(line)]
        table = Table(pd.DataFrame(rows, columns=["r", "c", "n"]), ["r", "c"])
        self.system: System = build([cube_of(table)])
        self.low, self.high = required(self.system.n, 5)
        self.small = (self.system.n > 0) & (self.system.n < 5)
        self.candidates = ~self.small & ~self.system.headline
        self.rise = self.high - self.system.n
        self.cost = np.ones(self.system.size)

    def conditions(self) -> list[Condition]:
        return line_conditions(self.system, self.candidates, self.small, self.small, self.rise)

    def group(self, row: str, column: str) -> int:
        named = {"r": row, "c": column}
        key = ("n", tuple(sorted((name, code) for name, code in named.items() if code != "Total")))
        return next(group for each, group, _ in self.system.cells if each == key)

    def flags(self, *groups: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
        flags = np.zeros(self.system.size, dtype=np.bool_)
        flags[list(groups)] = True
        return flags

    def holds(self, withheld: np.ndarray[Any, np.dtype[np.bool_]]) -> bool:
        asked = np.flatnonzero(self.small)
        limits = attack(self.system, ~withheld, asked, self.low[asked], self.high[asked])
        return bool(holding(limits, self.low[asked], self.high[asked]).all())


def broken(conditions: list[Condition], withheld: np.ndarray[Any, np.dtype[np.bool_]]) -> bool:
    return any(float(each.shares[withheld[each.places]].sum()) < each.least - 1e-6 for each in conditions)


def test_a_small_cell_alone_in_its_row_asks_for_one_more_of_the_row_or_its_total() -> None:
    case = Case([[2, 9, 8], [7, 20, 30], [11, 40, 50]])
    row = {case.group("r0", column) for column in ("c1", "c2", "Total")}
    column = {case.group(code, "c0") for code in ("r1", "r2", "Total")}
    asked = [set(each.places.tolist()) for each in case.conditions() if each.least == 1]
    assert sorted(map(sorted, asked)) == sorted(map(sorted, [row, column]))


def test_two_small_cells_in_a_row_hide_each_other_only_if_they_count_enough_together() -> None:
    # 2 and 2 leave the first 4 at most, and it must seem possible to be 5; 2 and 3 leave it 5.
    for second, lacking in ((2, 1), (3, 0)):
        case = Case([[2, second, 9], [8, 9, 10], [8, 9, 10]])
        total = case.group("r0", "Total")
        rows = [each for each in case.conditions() if each.least == 1 and total in each.places.tolist()]
        assert len(rows) == lacking


def test_a_cell_that_helps_must_not_stand_alone_in_its_other_sums() -> None:
    case = Case([[2, 9, 8], [7, 20, 30], [11, 40, 50]])
    picked = Cover(case.cost, case.candidates, case.conditions()).pick()
    # One more in the row, one in the column, and one to close the square: no pattern has fewer.
    assert picked.sum() == 3
    assert case.holds(picked | case.small)


def test_a_condition_that_nothing_can_meet_stops_nobody() -> None:
    case = Case([[2, 9, 8], [7, 20, 30], [11, 40, 50]])
    impossible = Condition(np.array([case.group("r2", "c2")]), np.array([0.5]), 1.0)
    picked = Cover(case.cost, case.candidates, [*case.conditions(), impossible]).pick()
    assert not broken(case.conditions(), picked | case.small)


def test_sums_of_several_rows_that_give_a_cell_away_are_learnt() -> None:
    # After sdcTable: every row and column has two withheld cells, and yet w|b = w - w|a - w|c where columns a and c
    # and row x tell how many w|a and w|c are together.
    case = Case([[30, 3, 64, 89], [90, 124, 15, 31], [92, 100, 59, 85], [800, 991, 651, 685]])
    pattern = ["r0 c0", "r0 c1", "r0 c2", "r1 c0", "r1 c2", "r2 c1", "r2 c3", "r3 c1", "r3 c3"]
    withheld = case.flags(*(case.group(*place.split()) for place in pattern))
    assert not broken(case.conditions(), withheld)
    assert not case.holds(withheld)
    needs = [(case.group("r0", "c1"), 1), (case.group("r0", "c1"), -1)]
    inside = Inside(case.system, withheld, case.small, case.rise, case.cost)
    inside.serve([], needs)
    assert [need for need, _ in inside.refusals()] == needs
    for (group, sign), why in inside.refusals():
        change = float(case.rise[group]) if sign > 0 else -1.0
        learnt = refusal_condition(case.system, why, group, change, case.candidates, case.small)
        assert learnt is not None
        assert broken([learnt], withheld)
        # One more makes the pattern hold, and meets the condition.
        mended = withheld | case.flags(case.group("r1", "c1"))
        assert case.holds(mended)
        assert not broken([learnt], mended)


small_tables = st.lists(
    st.lists(st.sampled_from([1, 2, 3, 4, 6, 7, 9, 12]), min_size=3, max_size=3), min_size=2, max_size=3
)


@FEW
@given(small_tables)
def test_no_pattern_that_holds_breaks_a_condition_and_none_is_smaller_than_the_picks(counts: list[list[int]]) -> None:
    case = Case(counts)
    conditions = case.conditions()
    picked = Cover(case.cost, case.candidates, conditions).pick()
    others = np.flatnonzero(case.candidates).tolist()
    for size in range(min(4, len(others) + 1)):
        for chosen in combinations(others, size):
            withheld = case.small | case.flags(*chosen)
            # A cell withheld in vain is no harm and no help; conditions are about those that help.
            useful = [each for each in conditions if each.least > 0]
            if broken(useful, withheld):
                assert not case.holds(withheld)
    assert not broken(conditions, picked | case.small)
