"""What a printed number can mean, computed by hand from the numbers of the draft basic paper."""

from decimal import Decimal
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.workspace.printed import Span, after_relative_change, exactly, implied_baseline, printed


@pytest.mark.parametrize(
    ("number", "low", "high"),
    [
        ("18", "17.5", "18.5"),
        ("-17", "-17.5", "-16.5"),
        ("1.4", "1.35", "1.45"),
        ("1.40", "1.395", "1.405"),
        ("0", "-0.5", "0.5"),
        ("0.0", "-0.05", "0.05"),
        ("1000", "999.5", "1000.5"),
    ],
)
def test_a_printed_number_is_all_that_round_to_it(number: str, low: str, high: str) -> None:
    assert printed(Decimal(number)) == Span(Decimal(low), Decimal(high))


def test_a_counted_number_is_itself() -> None:
    assert exactly(Decimal("150")) == Span(Decimal(150), Decimal(150))


@pytest.mark.parametrize(
    ("goal", "change", "relative", "lowest", "highest"),
    [
        # 150/0.185 = 810.81 and 150/0.175 = 857.14: of whole people, 811 to 857; and so on
        ("vulnerable citizens assigned a home", "150", "18", 811, 857),
        ("evictions a year", "-90", "-17", 515, 545),
        ("young people committing serious crime", "-100", "-24", 409, 425),
        ("citizens with special needs in employment or education", "300", "1.4", 20_690, 22_222),
        ("citizens in long-term poverty", "-730", "-5", 13_273, 16_222),
    ],
)
def test_the_draft_implies_a_range_for_each_baseline(
    goal: str, change: str, relative: str, lowest: int, highest: int
) -> None:
    implied = implied_baseline(exactly(Decimal(change)), printed(Decimal(relative)))
    assert implied is not None
    assert (-floor(-implied.low), floor(implied.high)) == (lowest, highest)
    assert implied.meets(exactly(Decimal(lowest)))
    assert implied.meets(exactly(Decimal(highest)))
    assert not implied.meets(exactly(Decimal(lowest - 1)))
    assert not implied.meets(exactly(Decimal(highest + 1)))


def test_the_ends_are_those_of_hand_calculation() -> None:
    implied = implied_baseline(exactly(Decimal(150)), printed(Decimal(18)))
    assert implied is not None
    assert abs(implied.low - Decimal("810.8108108")) < Decimal("0.0000001")
    assert abs(implied.high - Decimal("857.1428571")) < Decimal("0.0000001")


def test_a_rounded_change_widens_the_range() -> None:
    # 0.5 points printed is 0.45 to 0.55, 10 % is 9.5 to 10.5: 0.45/0.105 = 4.2857 to 0.55/0.095 = 5.7895
    implied = implied_baseline(printed(Decimal("0.5")), printed(Decimal(10)))
    assert implied is not None
    assert (round(implied.low, 4), round(implied.high, 4)) == (Decimal("4.2857"), Decimal("5.7895"))


def test_a_rise_cannot_be_a_fall_in_percent() -> None:
    assert implied_baseline(exactly(Decimal(150)), printed(Decimal(-18))) is None
    assert implied_baseline(exactly(Decimal(-90)), printed(Decimal(17))) is None


@pytest.mark.parametrize("change", ["5", "-5"])
def test_a_change_of_no_percent_is_one_of_a_large_baseline(change: str) -> None:
    # 5 is less than half a percent of anything above 1000
    implied = implied_baseline(exactly(Decimal(change)), printed(Decimal(0)))
    assert implied == Span(Decimal(1000), Decimal("Infinity"))


def test_after_a_relative_change_the_ends_are_those_of_hand_calculation() -> None:
    # 862 x 1.155 = 995.61, 862 x 1.165 = 1004.23; 1581 x 0.785 = 1241.085, 1581 x 0.795 = 1256.895
    assert after_relative_change(exactly(Decimal(862)), printed(Decimal(16))) == Span(
        Decimal("995.61"), Decimal("1004.23")
    )
    assert after_relative_change(exactly(Decimal(1581)), printed(Decimal(-21))) == Span(
        Decimal("1241.085"), Decimal("1256.895")
    )


def test_spans_meet_where_they_share_a_number() -> None:
    assert Span(Decimal(1), Decimal(2)).meets(Span(Decimal(2), Decimal(3)))
    assert Span(Decimal(1), Decimal(5)).meets(Span(Decimal(2), Decimal(3)))
    assert not Span(Decimal(1), Decimal(2)).meets(Span(Decimal("2.1"), Decimal(3)))


def test_the_sum_of_spans_is_every_sum() -> None:
    assert Span(Decimal(1), Decimal(2)).plus(Span(Decimal(-10), Decimal(10))) == Span(Decimal(-9), Decimal(12))


numbers = st.decimals(-10_000, 10_000, allow_nan=False, places=3)


@given(numbers, st.integers(0, 3))
def test_a_number_lies_in_the_span_of_what_it_is_rounded_to(number: Decimal, decimals: int) -> None:
    rounded = round(number, decimals)
    assert printed(rounded).meets(exactly(number))


@given(st.integers(1, 50_000), st.integers(-5000, 5000).filter(bool), st.integers(0, 2))
def test_the_true_baseline_is_never_called_a_contradiction(baseline: int, change: int, decimals: int) -> None:
    relative = round(Decimal(change) / Decimal(baseline) * 100, decimals)
    implied = implied_baseline(exactly(Decimal(change)), printed(relative))
    assert implied is not None
    assert implied.meets(Span(Decimal(baseline) - Decimal("0.0001"), Decimal(baseline) + Decimal("0.0001")))


@given(st.integers(1, 50_000), st.integers(-100, 400), st.integers(0, 2))
def test_the_true_level_is_never_called_a_contradiction(baseline: int, percent: int, decimals: int) -> None:
    level = Decimal(baseline) * (1 + Decimal(percent) / 100)
    assert after_relative_change(exactly(Decimal(baseline)), printed(round(Decimal(percent), decimals))).meets(
        exactly(level)
    )
