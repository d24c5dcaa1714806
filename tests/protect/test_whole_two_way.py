"""Two-way tables and overlapping groups against every table of people that agrees with what is public."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pejl.protect.whole import (
    Cell,
    Edition,
    Groupings,
    IndicatorTable,
    Ledger,
    Numbers,
    Protection,
    Relation,
    Rule,
    audit_public,
    protect_release,
    public_table,
    withheld_of,
)

Worlds = NDArray[np.int64]
Place = tuple[str, ...]
GROUPS = Groupings(overlapping={"group": frozenset({"none"})})
NOBODY_KNOWN = Rule(threshold=2)
"""With a threshold of 2 only single persons are small, so that tiny tables are of use."""


@cache
def worlds(total: int, places: int) -> Worlds:
    """Every way that so many people can stand in so many places."""
    if places == 1:
        return np.array([[total]])
    parts = [
        np.column_stack((np.full(len(rest := worlds(total - first, places - 1)), first), rest))
        for first in range(total + 1)
    ]
    return np.vstack(parts)


class Town:
    """Places that people can stand in, and the rows that each counts in."""

    def __init__(self, dimensions: dict[str, Sequence[str]], combinations: int, overlapping: str = "") -> None:
        self.names = sorted(dimensions)
        self.places = list(itertools.product(*(dimensions[name] for name in self.names)))
        self.rows: dict[Cell, NDArray[np.bool_]] = {}
        for width in range(combinations + 1):
            for names in itertools.combinations(self.names, width):
                codes = [
                    sorted({each for code in dimensions[name] for each in code.split("+")})
                    if name == overlapping
                    else dimensions[name]
                    for name in names
                ]
                for chosen in itertools.product(*codes):
                    cell = tuple(zip(names, chosen, strict=True))
                    self.rows[cell] = np.array([self._counts(place, cell) for place in self.places])

    def _counts(self, place: Place, cell: Cell) -> bool:
        return all(code in place[self.names.index(name)].split("+") for name, code in cell)

    def numbers(self, people: Iterable[int]) -> dict[Cell, int]:
        world = np.array(list(people))
        return {cell: int(world[mask].sum()) for cell, mask in self.rows.items()}

    def table(
        self, people: Sequence[int], others: Sequence[int] | None = None, indicator: str = "ill"
    ) -> IndicatorTable:
        """A count, or with others a share; rows with nobody in them are not listed, as the cube does it."""
        yes = self.numbers(people)
        no = self.numbers(others) if others is not None else dict.fromkeys(yes, 0)
        rows = {
            cell: Numbers(yes[cell], None if others is None else yes[cell] + no[cell], yes[cell] + no[cell])
            for cell in yes
            if yes[cell] + no[cell] or not cell
        }
        return IndicatorTable(indicator, "1", "2020", "city", "count" if others is None else "share", rows)


def agreeing(town: Town, all_worlds: Worlds, table: IndicatorTable, hidden: Iterable[Cell], least: int = 1) -> Worlds:
    """The worlds that agree with what is shown: rows not listed are empty, those withheld are not."""
    kept = np.ones(len(all_worlds), dtype=np.bool_)
    withheld = set(hidden)
    for cell, mask in town.rows.items():
        sums = all_worlds[:, mask].sum(axis=1)
        numbers = table.rows.get(cell)
        if cell not in table.rows:
            kept &= sums == 0
        elif cell in withheld:
            kept &= sums >= least
        elif numbers is not None:
            kept &= sums == numbers.numerator
    return all_worlds[kept]


def check_counts(town: Town, table: IndicatorTable, found: Protection, rule: Rule) -> None:
    """See that every small number could be less, as far as rows that are not empty allow, and large."""
    hidden = withheld_of(found).get(table.key, frozenset())
    assert found.proved
    total = int((table.rows[()] or Numbers(0)).numerator or 0)
    if not total:
        return
    if hidden == set(table.rows):
        return  # nothing is shown at all
    most = total + (3 if () in hidden else 0)
    every = [agreeing(town, worlds(size, len(town.places)), table, hidden) for size in range(total - 1, most + 1)]
    tables = np.vstack([each for each in every if len(each)] if () in hidden else every[1:2])
    for cell, numbers in table.rows.items():
        assert numbers is not None
        number = numbers.numerator or 0
        if not 0 < number < rule.threshold:
            continue
        assert cell in hidden
        values = tables[:, town.rows[cell]].sum(axis=1)
        assert values.min() <= max(1, number - 1)
        assert values.max() >= max(rule.threshold, number + 1)


THREE = Town({"a": "01", "b": "01", "c": "01"}, 2)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=8, max_size=8))
def test_three_two_way_tables_hold_against_every_three_way_table(people: list[int]) -> None:
    people = people[:8] if sum(people) <= 12 else [min(each, 1) for each in people]
    table = THREE.table(people)
    check_counts(THREE, table, protect_release([table], rule=NOBODY_KNOWN), NOBODY_KNOWN)


OVERLAPPING = Town({"a": "01", "b": "01", "group": ("none", "g", "h", "g+h")}, 2, overlapping="group")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 15), min_size=1, max_size=7))
def test_overlapping_groups_hold_against_every_combination_behind_them(chosen: list[int]) -> None:
    people = np.bincount(chosen, minlength=16).tolist()
    table = OVERLAPPING.table(people)
    check_counts(OVERLAPPING, table, protect_release([table], None, NOBODY_KNOWN, (), GROUPS), NOBODY_KNOWN)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 15), min_size=2, max_size=6), st.data())
def test_a_strangers_limits_of_overlapping_groups_are_never_narrower_than_the_truth(
    chosen: list[int], data: st.DataObject
) -> None:
    people = np.bincount(chosen, minlength=16).tolist()
    table = OVERLAPPING.table(people)
    filled = sorted(cell for cell in table.rows if cell)
    hidden = set(data.draw(st.sets(st.sampled_from(filled), min_size=1, max_size=6)))
    report = audit_public([public_table(table, hidden)], groupings=GROUPS)
    assert not report.contradictory
    tables = agreeing(OVERLAPPING, worlds(len(chosen), 16), table, ())
    # Rows of a breakdown that is withheld altogether may be empty.
    sets = table.sets()
    loose = {cell for cells in sets.values() for cell in cells if hidden.issuperset(cells)}
    tables = worlds(len(chosen), 16)
    kept = np.ones(len(tables), dtype=np.bool_)
    for cell, mask in OVERLAPPING.rows.items():
        sums = tables[:, mask].sum(axis=1)
        if cell not in table.rows:
            kept &= sums == 0
        elif cell in hidden:
            kept &= sums >= (0 if cell in loose else 1)
        else:
            kept &= sums == (table.rows[cell] or Numbers(0)).numerator
    tables = tables[kept]
    for row in report.rows:
        values = tables[:, OVERLAPPING.rows[row.cell]].sum(axis=1)
        assert row.low <= values.min()
        assert row.high >= values.max()
        # Linear programs allow halves of people, which no table does: hardly ever more than one beyond.
        assert row.high - row.low <= values.max() - values.min() + 1


TWO = Town({"a": "012", "b": "01"}, 2)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=6, max_size=6), st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_a_two_way_share_holds_in_both_its_parts(yes: list[int], no: list[int]) -> None:
    yes, no = (
        [min(each, 1) if sum(yes) > 7 else each for each in yes],
        [min(each, 2) if sum(no) > 7 else each for each in no],
    )
    table = TWO.table(yes, no)
    found = protect_release([table], rule=NOBODY_KNOWN)
    assert found.proved
    hidden = withheld_of(found).get(table.key, frozenset())
    if () in hidden:
        assert hidden == set(table.rows) or sum(yes) + sum(no) < 30
        return
    parts = [_of_part(TWO, worlds(sum(people), 6), people, hidden, table) for people in (yes, no)]
    for cell, numbers in table.rows.items():
        assert numbers is not None
        for part, people in zip((0, 1), (yes, no), strict=True):
            number = TWO.numbers(people)[cell]
            if number != 1:
                continue
            assert cell in hidden
            mine = parts[part][:, TWO.rows[cell]].sum(axis=1)
            other = parts[1 - part][:, TWO.rows[cell]].sum(axis=1)
            assert mine.max() >= 2
            # None with the trait is possible where somebody without it may be in the row.
            assert mine.min() == 0
            assert other.max() >= 1


def _of_part(town: Town, every: Worlds, people: Sequence[int], hidden: Iterable[Cell], table: IndicatorTable) -> Worlds:
    numbers = town.numbers(people)
    kept = np.ones(len(every), dtype=np.bool_)
    for cell, mask in town.rows.items():
        if cell not in hidden or cell not in table.rows:
            kept &= every[:, mask].sum(axis=1) == (numbers[cell] if cell in table.rows else 0)
    return every[kept]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=6, max_size=6))
def test_a_part_and_its_whole_by_two_dimensions_hold_together(pairs: list[tuple[int, int]]) -> None:
    """Pairs are those in the part, and those in the whole only."""
    inside, rest = [one for one, _ in pairs], [other for _, other in pairs]
    if sum(inside) > 5 or sum(rest) > 5:
        inside, rest = [min(each, 1) for each in inside], [min(each, 1) for each in rest]
    whole = (
        [one + other for one, other in pairs]
        if max(inside + rest) > 1
        else [a + b for a, b in zip(inside, rest, strict=True)]
    )
    part_table, whole_table = TWO.table(inside, indicator="young"), TWO.table(whole, indicator="all")
    found = protect_release([part_table, whole_table], None, NOBODY_KNOWN, [Relation("part_of", "young", "all")])
    assert found.proved
    hidden = withheld_of(found)
    gone = [table.key for table in (part_table, whole_table) if () in hidden.get(table.key, ())]
    if gone:
        return
    one = agreeing(TWO, worlds(sum(inside), 6), part_table, hidden.get(part_table.key, ()))
    other = agreeing(TWO, worlds(sum(whole), 6), whole_table, hidden.get(whole_table.key, ()))
    possible = np.array([bool((other >= each).all(axis=1).any()) for each in one])
    for cell, numbers in part_table.rows.items():
        assert numbers is not None
        if numbers.numerator == 1:
            values = one[possible][:, TWO.rows[cell]].sum(axis=1)
            assert values.max() >= 2


class Nested(Town):
    """Two of three districts lie in one area."""

    def __init__(self) -> None:
        super().__init__({"a": "012", "b": "01"}, 2)
        for cell in [cell for cell in self.rows if ("a", "0") in cell]:
            other = tuple((name, "1" if name == "a" else code) for name, code in cell)
            area = tuple((name, "area" if name == "a" else code) for name, code in cell)
            self.rows[area] = self.rows[cell] | self.rows[other]


NESTED = Nested()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_areas_above_districts_hold_against_every_table(people: list[int]) -> None:
    table = NESTED.table(people)
    nested = Groupings(parents={"a": {"area": ("0", "1")}})
    check_counts(NESTED, table, protect_release([table], None, NOBODY_KNOWN, (), nested), NOBODY_KNOWN)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=8, max_size=8), st.data())
def test_rows_that_were_shown_before_protect_nothing(people: list[int], data: st.DataObject) -> None:
    people = people if sum(people) <= 12 else [min(each, 1) for each in people]
    table = THREE.table(people)
    plain = sorted(cell for cell, each in table.rows.items() if cell and each is not None and (each.numerator or 0) > 1)
    before = set(data.draw(st.sets(st.sampled_from(plain), max_size=2))) if plain else set()
    earlier = public_table(table, [cell for cell in table.rows if cell and cell not in before])
    ledger = Ledger((Edition("2020-r1", {table.key: earlier}),))
    found = protect_release([table], ledger, NOBODY_KNOWN)
    hidden = withheld_of(found).get(table.key, frozenset())
    if not found.proved or () in hidden or hidden == set(table.rows):
        return
    tables = agreeing(THREE, worlds(sum(people), 8), table, hidden - before)
    for cell, numbers in table.rows.items():
        assert numbers is not None
        if numbers.numerator == 1:
            values = tables[:, THREE.rows[cell]].sum(axis=1)
            assert cell in hidden
            assert values.max() >= 2


def test_persons_behind_cases_keep_their_own_limits() -> None:
    """Nine cases of three persons: three is small, nine is not."""
    rows: dict[Cell, Numbers] = {(): Numbers(100, None, 60)}
    for name in "ab":
        rows |= {((name, "0"),): Numbers(50, None, 30), ((name, "1"),): Numbers(50, None, 32)}
    cases, persons = (9, 41, 41, 9), (3, 28, 30, 7)
    for place, number, who in zip(itertools.product("01", repeat=2), cases, persons, strict=True):
        rows[(("a", place[0]), ("b", place[1]))] = Numbers(number, None, who)
    table = IndicatorTable("cases", "1", "2020", "city", "count", rows)
    found = protect_release([table])
    assert found.proved
    few = (("a", "0"), ("b", "0"))
    (check,) = (each for each in found.checks if each.cell == few and each.measure == "persons")
    assert check.required == (2.0, 5.0)
    # At most 9 cases and so 9 persons, unless cases move too; nobody is in the row who is not in a = 0: 30.
    assert check.interval.low <= 2
    assert 5 <= check.interval.high <= 30


def test_several_processes_withhold_the_same() -> None:
    tables = [THREE.table([3, 1, 4, 1, 5, 9, 2, seed], indicator=f"i{seed}") for seed in range(3)]
    assert protect_release(tables, workers=2) == protect_release(tables)
    public = [public_table(table, withheld_of(protect_release(tables)).get(table.key, ())) for table in tables]
    assert audit_public(public, workers=2) == audit_public(public)


def test_what_is_withheld_is_the_same_every_time() -> None:
    people = [3, 1, 4, 1, 5, 9, 2, 6]
    tables = [THREE.table(people), THREE.table(people[::-1], people, indicator="share")]
    first, again = (protect_release(tables, rule=Rule(3)) for _ in range(2))
    assert first == again
    assert first.proved
    assert first.withheld
