"""How many are drawn in each stratum: by hand, by textbook, by property."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.surveys.sampling import SurveyRefusedError, allocate


def test_in_proportion() -> None:
    # 100 of 1,000: a tenth of each stratum
    assert allocate([500, 300, 200], 100) == (50, 30, 20)


def test_largest_remainders_decide_and_the_first_of_equals() -> None:
    # 10 of 90 in three strata of 30: 3.33 each; one more for the first
    assert allocate([30, 30, 30], 10) == (4, 3, 3)
    # 10 of 100: 6.1, 2.3, 1.6, of which the last is raised to 2 of its own; 8 for the others: 5.81 and 2.19
    assert allocate([61, 23, 16], 10) == (6, 2, 2)


def test_neyman_as_in_the_textbook() -> None:
    # Farms by size and their acres of corn, as in Cochran (1977), Sampling Techniques, 3rd ed., chapter 5:
    # n_h = n N_h S_h / sum(N_h S_h).
    # N S = 3270.2, 6131.3, 5904.1, 6613.2, 4140.5, 2938.0, 5209.6; sum 34206.9; 100 of them
    # 9.56, 17.92, 17.26, 19.33, 12.10, 8.59, 15.23: whole parts add up to 97, three more for .92, .59 and .56
    sizes = [394, 461, 391, 334, 169, 113, 148]
    spreads = [8.3, 13.3, 15.1, 19.8, 24.5, 26.0, 35.2]
    assert allocate(sizes, 100, spreads=spreads) == (10, 18, 17, 19, 12, 9, 15)
    # in proportion: 19.60, 22.94, 19.45, 16.62, 8.41, 5.62, 7.36, with 1 more for .94, .62, .62 and .60
    assert allocate(sizes, 100) == (20, 23, 19, 17, 8, 6, 7)


def test_neyman_never_takes_more_than_there_are() -> None:
    # N S = 10 * 100, 100 * 5, 100 * 5: half of 60, but there are only 10; the other 50 are shared equally
    assert allocate([10, 100, 100], 60, spreads=[100.0, 5.0, 5.0]) == (10, 25, 25)


def test_a_stratum_without_spread_gets_the_least() -> None:
    assert allocate([100, 100], 50, least=5, spreads=[0.0, 1.0]) == (5, 45)
    # and more only when the others are full
    assert allocate([100, 20], 50, least=5, spreads=[0.0, 1.0]) == (30, 20)
    assert allocate([60, 30, 20], 50, least=5, spreads=[0.0, 0.0, 1.0]) == (20, 10, 20)


def test_least_numbers() -> None:
    # 100 of 1,000 would be 90, 8 and 2; at least 20, so 60 for the first
    assert allocate([900, 80, 20], 100, least=20) == (60, 20, 20)
    # all of it where a stratum has fewer
    assert allocate([900, 80, 7], 100, least=20) == (73, 20, 7)


def test_nobody_is_out_of_reach() -> None:
    # 10 of 1,000 would be 9.95, 0.04, 0.01; two of the second, the one of the third, whatever 'least' says
    assert allocate([995, 4, 1], 10) == (7, 2, 1)


@pytest.mark.parametrize("size", [None, 10, 11, 1000])
def test_everybody_where_there_are_no_more(size: int | None) -> None:
    assert allocate([7, 2, 1], size) == (7, 2, 1)


def test_a_sample_too_small_for_its_strata_is_refused() -> None:
    with pytest.raises(SurveyRefusedError, match="9 persons are too few for 2 strata, which need at least 10") as found:
        allocate([50, 50], 9, least=5)
    assert found.value.code == "sample_too_small"


def test_no_spread_at_all_is_refused() -> None:
    with pytest.raises(SurveyRefusedError) as found:
        allocate([50, 50], 10, spreads=[0.0, 0.0])
    assert found.value.code == "spread_none"


SIZES = st.lists(st.integers(1, 3000), min_size=1, max_size=12)


@given(sizes=SIZES, share=st.floats(0, 1), least=st.integers(0, 40), data=st.data())
def test_numbers_add_up_and_keep_to_their_bounds(
    sizes: list[int], share: float, least: int, data: st.DataObject
) -> None:
    spreads = data.draw(st.none() | st.lists(st.floats(0.001, 1e6), min_size=len(sizes), max_size=len(sizes)))
    floors = [min(each, max(least, 2)) for each in sizes]
    size = sum(floors) + math.floor(share * (sum(sizes) - sum(floors)))
    found = allocate(sizes, size, least=least, spreads=spreads)
    assert sum(found) == size
    assert all(low <= number <= top for low, number, top in zip(floors, found, sizes, strict=True))


@given(sizes=st.lists(st.integers(2, 300), min_size=2, max_size=3), share=st.floats(0.1, 0.9), data=st.data())
def test_neyman_is_as_good_as_any_other_numbers(sizes: list[int], share: float, data: st.DataObject) -> None:
    spreads = data.draw(st.lists(st.floats(0.5, 20), min_size=len(sizes), max_size=len(sizes)))
    size = max(2 * len(sizes), math.floor(share * sum(sizes)))
    found = allocate(sizes, size, spreads=spreads)

    def variance(numbers: list[float]) -> float:
        return sum((n * s) ** 2 / number for n, s, number in zip(sizes, spreads, numbers, strict=True))

    # moving two persons between two strata never helps: rounding alone moves less than one
    for giving in range(len(sizes)):
        for taking in range(len(sizes)):
            moved = [float(number) for number in found]
            moved[giving] -= 2
            moved[taking] += 2
            if giving != taking and moved[giving] >= 2 and moved[taking] <= sizes[taking]:
                assert variance(moved) >= variance([float(number) for number in found]) * (1 - 1e-9)
