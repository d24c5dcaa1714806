"""Numbers of a unit as readers expect them."""

from __future__ import annotations

import pytest

from pejl.publish.numbers import ends, level_in_words, number_with_unit, shared_decimals, shared_end_decimals
from pejl.text import Language


@pytest.mark.parametrize(
    ("level", "unit", "kind", "language", "words"),
    [
        (652.5, "persons", "count", "en", "about 652"),  # 870 less a quarter; halves go to the even number
        (141.9, "persons", "count", "en", "about 142"),
        (160.0, "persons", "count", "en", "160"),
        (12.4, "per_thousand", "mean", "da", "12,4"),
        (17.25, "percent", "share", "da", "17,2\N{NO-BREAK SPACE}%"),
        (1409.0, "persons", "count", "da", "1.409"),
    ],
)
def test_the_level_of_a_count_is_told_in_whole_numbers(
    level: float, unit: str, kind: str, language: Language, words: str
) -> None:
    assert level_in_words(level, unit, kind, language) == words


@pytest.mark.parametrize(
    ("values", "unit", "decimals"),
    [
        ((52.0, 55.9), "percent", 1),
        ((52.0, 56.0), "percent", 0),
        ((2.7, 2.65, 3.0), "per_thousand", 2),
        ((2.65, 12.0), "per_thousand", 1),  # from ten on a second decimal says nothing
        ((2.65, 9.96), "per_thousand", 1),  # 9.96 is read as 10.0
        ((0.25, 0.5), "per_thousand", 2),
        ((0.0, 37.0), "persons", 0),
        ((), "persons", 0),
    ],
)
def test_values_that_are_read_together_have_as_many_decimals(
    values: tuple[float, ...], unit: str, decimals: int
) -> None:
    assert shared_decimals(values, unit) == decimals
    told = [number_with_unit(value, unit, "en", shared_decimals(values, unit)).rstrip("%") for value in values]
    assert {len(text.partition(".")[2]) for text in told} <= {decimals}


@pytest.mark.parametrize(
    ("unit", "decimals", "intervals", "told"),
    [
        ("persons", 0, [(0.0, 3.69), (26.2, 50.9), (154.0, 207.3)], ["0-4", "26-51", "154-207"]),
        ("persons", 0, [(0.0, 3.69), (1.09, 8.77)], ["0.0-3.7", "1.1-8.8"]),
        ("percent", 1, [(0.0, 3.7), (99.0, 100.0)], ["0.0-3.7", "99.0-100.0"]),
        ("per_thousand", 1, [(0.41, 1.52), (10.1, 15.2)], ["0.4-1.5", "10.1-15.2"]),
        ("per_thousand", 2, [(0.41, 0.52), (0.1, 0.2)], ["0.41-0.52", "0.10-0.20"]),
    ],
)
def test_intervals_below_each_other_have_as_many_decimals(
    unit: str, decimals: int, intervals: list[tuple[float, float]], told: list[str]
) -> None:
    shared = shared_end_decimals(intervals, unit, decimals)
    assert ["-".join(ends(low, high, unit, "en", decimals=shared)) for low, high in intervals] == told
