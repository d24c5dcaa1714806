"""One-way tables: what is withheld, held against every table a reader could think of."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.protect.one_way import Row, rows_to_withhold

THRESHOLD = 5


def counts(**numbers: int) -> frozenset[str]:
    rows = {code: Row((number,), number) for code, number in numbers.items()}
    total = sum(numbers.values())
    return rows_to_withhold(rows, Row((total,), total), THRESHOLD)


def shares(**numbers: tuple[int, int]) -> frozenset[str]:
    rows = {code: Row((yes, base - yes, base), base) for code, (yes, base) in numbers.items()}
    yes, base = (sum(part) for part in zip(*numbers.values(), strict=True))
    return rows_to_withhold(rows, Row((yes, base - yes, base), base), THRESHOLD)


def test_nothing_is_withheld_where_nothing_is_small() -> None:
    assert counts(north=5, south=12, west=0) == frozenset()


def test_a_single_small_row_takes_the_next_smallest_with_it() -> None:
    # 2 + 9 = 11: the small one may be 1 to 10, and 10 is at least 5
    assert counts(north=2, south=40, west=9) == {"north", "west"}


def test_two_small_rows_that_hide_each_other_need_no_third() -> None:
    # 4 + 4 = 8: each may be 1 to 7
    assert counts(north=4, south=40, west=4) == {"north", "west"}


def test_two_small_rows_whose_sum_is_small_need_a_third() -> None:
    # 1 + 2 = 3 would say that both are below 5
    assert counts(north=1, south=40, west=2, east=30) == {"north", "west", "east"}


def test_an_empty_row_hides_nothing_and_is_shown() -> None:
    assert counts(north=2, south=0, west=7, east=50) == {"north", "west"}


def test_a_small_total_withholds_every_row_the_empty_ones_too() -> None:
    assert counts(north=2, south=0, west=1) == {"north", "south", "west"}


def test_where_all_rows_together_hide_too_little_the_whole_breakdown_is_withheld() -> None:
    # 4 + 1 = 5: the first could be 4 at most
    assert counts(north=4, south=0, west=1) == {"north", "south", "west"}


def test_a_small_complement_is_withheld_too() -> None:
    # 48 of 50 is 2 without
    assert shares(north=(48, 50), south=(30, 60), west=(40, 90)) == {"north", "south"}


def test_few_persons_behind_a_large_count_are_withheld() -> None:
    rows = {"north": Row((40,), 3), "south": Row((30,), 25), "west": Row((90,), 80)}
    assert rows_to_withhold(rows, Row((160,), 100), THRESHOLD) == {"north", "south"}


@given(st.lists(st.integers(0, 14), min_size=2, max_size=4))
def test_every_table_that_fits_what_is_shown_leaves_small_counts_wide_limits(numbers: list[int]) -> None:
    rows = {str(place): Row((number,), number) for place, number in enumerate(numbers)}
    total = sum(numbers)
    withheld = rows_to_withhold(rows, Row((total,), total), THRESHOLD)
    if withheld == rows.keys():
        return
    hidden = [int(code) for code in withheld]
    rest = sum(numbers[place] for place in hidden)
    possible = [guess for guess in itertools.product(range(1, rest + 1), repeat=len(hidden)) if sum(guess) == rest]
    for position, place in enumerate(hidden):
        if 0 < numbers[place] < THRESHOLD:
            assert max(guess[position] for guess in possible) >= max(THRESHOLD, numbers[place] + 1)
            assert min(guess[position] for guess in possible) == 1
    for place, number in enumerate(numbers):
        if 0 < number < THRESHOLD:
            assert place in hidden


@pytest.mark.parametrize("threshold", [3, 10])
def test_the_threshold_is_the_workspaces_own(threshold: int) -> None:
    rows = {"north": Row((4,), 4), "south": Row((40,), 40), "west": Row((60,), 60)}
    withheld = rows_to_withhold(rows, Row((104,), 104), threshold)
    assert withheld == ({"north", "south"} if threshold == 10 else frozenset())
