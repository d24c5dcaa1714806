"""What is done where too much would be withheld: wider categories, and rounding against every table of people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.protect.test_whole_two_way import TWO, worlds

from pejl.protect.whole import (
    Groupings,
    IndicatorTable,
    Numbers,
    Rule,
    audit_public,
    protect_release,
    public_table,
    remedied,
    withheld_of,
)
from pejl.protect.whole.merging import merged, sources_of
from pejl.protect.whole.rounding import rounded

BANDS = {"a": [{"wide": ("0", "1")}]}


def town(*people: int) -> IndicatorTable:
    """Six places: a = 0, 1, 2 by b = 0, 1."""
    return TWO.table(people)


def test_merging_adds_up_rows_by_two_dimensions_and_leaves_others_as_they_are() -> None:
    table = town(1, 2, 3, 4, 50, 60)
    new = merged(table, [("a", {"wide": ("0", "1")})])
    assert new.rows[(("a", "wide"), ("b", "0"))] == Numbers(4.0, None, 4.0)
    assert new.rows[(("a", "wide"), ("b", "1"))] == Numbers(6.0, None, 6.0)
    assert new.rows[(("a", "2"), ("b", "0"))] == table.rows[(("a", "2"), ("b", "0"))]
    assert new.rows[(("a", "0"),)] == table.rows[(("a", "0"),)]
    assert len(new.rows) == len(table.rows) - 2
    assert sources_of(table, [("a", {"wide": ("0", "1")})])[(("a", "wide"), ("b", "0"))] == [
        (("a", "0"), ("b", "0")),
        (("a", "1"), ("b", "0")),
    ]


def test_persons_who_may_be_in_several_rows_are_not_added() -> None:
    rows = {
        (): Numbers(30, None, 20),
        (("a", "0"), ("b", "0")): Numbers(9, None, 5),
        (("a", "1"), ("b", "0")): Numbers(9),
    }
    table = IndicatorTable("ill", "1", "2020", "city", "count", rows)
    assert merged(table, [("a", {"wide": ("0", "1")})]).rows[(("a", "wide"), ("b", "0"))] == Numbers(18, None, None)


def test_wider_categories_are_chosen_where_they_lose_less() -> None:
    table = town(3, 3, 4, 4, 400, 500)
    found = protect_release([table], merges=BANDS, most_lost=0.2)
    (remedy,) = found.remedies
    enough = [way for way, share in remedy.shares.items() if share <= 0.2 and way != "none"]
    assert enough == ["merged (a: wide)", "rounded"]
    best = min(enough, key=lambda way: remedy.compared[way])
    assert (remedy.kind, remedy.loss) == (best.split()[0], remedy.compared[best])
    assert remedy.shares["none"] == remedy.compared["none"]
    assert remedy.compared["none"] == pytest.approx(len(withheld_of(found)[table.key]) / len(table.rows))
    new, groupings = remedied([table], Groupings(), found.remedies)
    assert audit_public([public_table(new[0], remedy.withheld)], groupings=groupings).proved


def test_merged_codes_stand_above_those_they_are_the_sum_of() -> None:
    # Both of a = 0 by b are small; together with a = 1 they need not be withheld.
    table = town(3, 30, 40, 4, 400, 500)
    found = protect_release([table], merges=BANDS, most_lost=0.0)
    ways = found.remedies[0].compared
    # 12 rows: two pairs of rows lose a half each.
    assert ways["merged (a: wide)"] == pytest.approx(2 / 12)


def test_no_remedy_is_looked_for_where_little_is_lost() -> None:
    table = town(3, 30, 40, 4, 400, 500)
    assert protect_release([table], merges=BANDS, most_lost=0.5).remedies == ()
    assert protect_release([table], most_lost=0.0).remedies == ()


def test_a_total_that_is_not_rounded_is_known_and_hides_no_less() -> None:
    table = town(1, 2, 13, 4, 51, 68)
    found = rounded(table, Groupings(), Rule(), frozenset({()}))
    assert found is not None
    assert found.proved
    assert found.table.rows[()] == table.rows[()]
    report = audit_public([found.table])
    assert report.proved
    assert () not in {row.cell for row in report.rows}


def test_all_periods_of_an_indicator_get_the_same_way() -> None:
    years = [replace(town(3, 30, 40, 4, 400, 500), period=str(year)) for year in range(2018, 2022)]
    years[1] = replace(town(300, 300, 400, 400, 400, 500), period="2019")
    found = protect_release(years, merges=BANDS, most_lost=0.2, rounding=False)
    assert {remedy.key[2]: remedy.kind for remedy in found.remedies} == dict.fromkeys(
        ("2018", "2019", "2020", "2021"), "merged"
    )
    assert protect_release(years, merges=BANDS, most_lost=0.2, settled={"ill"}).remedies == ()


def test_a_rounded_table_adds_up_and_is_near_the_true_one() -> None:
    table = town(1, 2, 13, 4, 51, 68)
    found = rounded(table, Groupings(), Rule())
    assert found is not None
    counts = {cell: int(numbers.numerator or 0) for cell, numbers in found.table.rows.items() if numbers is not None}
    assert counts.keys() == table.rows.keys()
    assert all(count % 5 == 0 for count in counts.values())
    assert all(numbers is not None and numbers.persons is None for numbers in found.table.rows.values())
    for cell, numbers in table.rows.items():
        assert numbers is not None
        assert abs(counts[cell] - (numbers.numerator or 0)) <= found.table.rounded
    for a in "012":
        assert counts[(("a", a),)] == sum(counts[("a", a), ("b", b)] for b in "01")
    assert counts[()] == sum(counts[(("a", a),)] for a in "012")


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=6, max_size=6))
def test_a_rounded_table_holds_against_every_table_that_it_may_stand_for(people: list[int]) -> None:
    table = town(*people)
    found = rounded(table, Groupings(), Rule())
    if found is None:
        return
    width, total = found.table.rounded, int((found.table.rows[()] or Numbers()).numerator or 0)
    sizes = range(max(0, total - int(width)), total + int(width) + 1)
    every = np.vstack([worlds(size, 6) for size in sizes])
    kept = np.ones(len(every), dtype=np.bool_)
    for cell, mask in TWO.rows.items():
        sums = every[:, mask].sum(axis=1)
        shown = found.table.rows.get(cell)
        if shown is None:
            kept &= sums == 0
        else:
            kept &= (np.abs(sums - (shown.numerator or 0)) <= width) & (sums >= (1 if sum(people) else 0))
    tables = every[kept]
    assert (tables == np.array(people)).all(axis=1).any()
    for cell, numbers in table.rows.items():
        number = int(numbers.numerator or 0) if numbers is not None else 0
        if 0 < number < 5:
            values = tables[:, TWO.rows[cell]].sum(axis=1)
            assert values.min() <= max(1, number - 1)
            assert values.max() >= 5


def test_a_stranger_bounds_every_number_of_a_rounded_table() -> None:
    table = town(1, 2, 13, 4, 51, 68)
    found = rounded(table, Groupings(), Rule())
    assert found is not None
    report = audit_public([found.table])
    assert {row.cell for row in report.rows} == set(table.rows)
    for row in report.rows:
        true = table.rows[row.cell]
        assert true is not None
        assert row.low <= (true.numerator or 0) <= row.high
    assert report.proved


def test_what_if_says_what_one_more_table_would_give_away() -> None:
    table = town(3, 30, 40, 4, 400, 500)
    found = protect_release([table])
    public = public_table(table, withheld_of(found)[table.key])
    assert audit_public([public], extra=[public]).newly == ()
    more = IndicatorTable("ill", "1", "2020", "city", "count", {(("a", "0"), ("b", "1")): Numbers(30, None, 30)})
    report = audit_public([public], extra=[more])
    assert (("a", "0"), ("b", "0")) in {row.cell for row in report.newly}
    assert not report.proved
