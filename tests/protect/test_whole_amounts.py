"""Sums and means with dominant contributions: the p % and the (n, k) rule, by hand."""

from __future__ import annotations

import pytest

from pejl.protect.whole import (
    Cell,
    IndicatorTable,
    Numbers,
    Rule,
    audit_public,
    protect_release,
    public_table,
    withheld_of,
)
from pejl.protect.whole.reading import read_cells

PLAIN = (5.0, 5.0)
"""The largest of many contributions: none stands out."""


def table(kind: str = "mean", **districts: Numbers) -> IndicatorTable:
    total = sum(each.numerator or 0.0 for each in districts.values())
    base = sum(each.denominator or 0.0 for each in districts.values())
    divided = kind != "sum"
    rows: dict[Cell, Numbers] = {(): Numbers(total, base if divided else None, base, PLAIN)}
    rows |= {
        (("district", name),): each if divided else Numbers(each.numerator, None, each.persons, each.largest)
        for name, each in districts.items()
    }
    return IndicatorTable("days", "1", "2020", "city", kind, rows)


NORTH = Numbers(104.0, 10.0, 10.0, (80.0, 20.0))  # 4 are left beside the two largest: less than a tenth of 80
SOUTH = Numbers(90.0, 30.0, 30.0, PLAIN)
WEST = Numbers(200.0, 50.0, 50.0, PLAIN)


@pytest.mark.parametrize(
    ("numbers", "dominated"),
    [
        (NORTH, True),
        (Numbers(108.0, 10.0, 10.0, (80.0, 20.0)), True),  # 8 are left, a tenth of 80, but two have 100 of 108
        (Numbers(118.0, 10.0, 10.0, (80.0, 20.0)), False),  # 18 are left, and 100 of 118 are less than 85 percent
        (Numbers(100.0, 10.0, 10.0, (50.0, 40.0)), True),  # two of ten have nine tenths
        (SOUTH, False),
        (Numbers(0.0, 10.0, 10.0, (0.0,)), False),
    ],
)
def test_a_sum_that_tells_of_its_largest_contributions_is_withheld(numbers: Numbers, dominated: bool) -> None:
    assert Rule().is_dominated(numbers) is dominated


def test_without_the_n_k_rule_only_the_p_rule_counts() -> None:
    rule = Rule(dominant=None)
    assert not rule.is_dominated(Numbers(108.0, 10.0, 10.0, (80.0, 20.0)))
    assert rule.is_dominated(NORTH)


@pytest.mark.parametrize("kind", ["mean", "ratio", "sum"])
def test_a_dominated_sum_must_seem_possible_to_be_p_percent_of_the_largest_more_and_less(kind: str) -> None:
    full = table(kind, north=NORTH, south=SOUTH, west=WEST)
    found = protect_release([full])
    assert found.proved
    hidden = withheld_of(found)[full.key]
    assert (("district", "north"),) in hidden
    assert len(hidden) == 2
    assert () not in hidden
    check = next(each for each in found.checks if each.cell == (("district", "north"),) and each.measure == "numerator")
    assert check.required == (96.0, 112.0)
    assert check.interval.low <= 96.0
    assert check.interval.high >= 112.0
    report = audit_public([public_table(full, hidden)])
    assert report.proved
    limits = {row.measure: (row.low, row.high) for row in report.rows if row.cell == (("district", "north"),)}
    # The other withheld row has none or all of what both have: 104 and 90, or 104 and 200
    both = 104.0 + (90.0 if (("district", "south"),) in hidden else 200.0)
    assert limits["numerator"] == pytest.approx((0.0, both), abs=1e-6)


def test_a_dominated_row_alone_is_found_by_subtraction() -> None:
    full = table(north=NORTH, south=SOUTH, west=WEST)
    report = audit_public([public_table(full, {(("district", "north"),)})])
    assert not report.proved
    limits = {row.measure: (row.low, row.high) for row in report.rows}
    assert limits["numerator"] == pytest.approx((104.0, 104.0))
    assert limits["denominator"] == (10.0, 10.0)


def test_rows_whose_contributions_are_not_known_are_not_shown() -> None:
    full = table(north=Numbers(104.0, 10.0, 10.0), south=SOUTH, west=WEST)
    found = protect_release([full])
    assert (("district", "north"),) in withheld_of(found)[full.key]
    assert found.proved


def test_few_persons_behind_a_mean_are_withheld_as_ever() -> None:
    full = table(north=Numbers(30.0, 3.0, 3.0, (11.0, 10.0)), south=SOUTH, west=WEST)
    found = protect_release([full])
    check = next(
        each for each in found.checks if each.cell == (("district", "north"),) and each.measure == "denominator"
    )
    assert check.required == (2.0, 5.0)
    assert found.proved


def test_the_largest_contributions_are_read_from_internal_cells() -> None:
    head = "indicator,version,period,scope,district,value,n,numerator,denominator,largest_1,largest_2"
    (read,) = read_cells(f"{head}\ndays,1,2020,city,north,10.4,10,104,10,80,20\n".encode(), "mean")
    assert read.rows == {(("district", "north"),): Numbers(104.0, 10.0, 10.0, (80.0, 20.0))}
