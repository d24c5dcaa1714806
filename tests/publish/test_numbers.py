"""Numbers of a unit as readers expect them."""

from __future__ import annotations

import pytest

from pejl.publish.numbers import level_in_words
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
