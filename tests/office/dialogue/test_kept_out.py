"""Numbers and names that free text may not hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.office.dialogue.kept_out import KeptOutError, named, refuse_people, resembles_cpr


@pytest.mark.parametrize(
    "text",
    [
        "310299-1234",
        "3102991234",
        "310299 1234",
        "31 02 99 1234",
        "31-02-99-1234",
        "31.02.99.1234",
        "nr.310299-1234.",
        "(310299–1234)",
        "910299-1234",  # a replacement number: the day with 60 added
        "310299-1AB2",  # a replacement number with letters
    ],
)
def test_what_looks_like_a_cpr_number_is_seen(text: str) -> None:
    assert resembles_cpr(text)
    assert resembles_cpr(f"Jeg hedder Alma, {text} er mit nummer")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 34 56 78",  # a telephone number
        "+4512345678",
        "451234567890",
        "410299-1234",  # no month has 41 days, and 60 added begins at 61
        "311399-1234",  # no thirteenth month
        "15.03.2015 kl. 14",
        "I 2015 kom 1.234 borgere",
        "310299 mødet",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not resembles_cpr(text)


@given(day=st.integers(1, 31), month=st.integers(1, 12), year=st.integers(0, 99), last=st.integers(0, 9999))
def test_every_written_cpr_number_is_seen(day: int, month: int, year: int, last: int) -> None:
    assert resembles_cpr(f"a {day:02}{month:02}{year:02}-{last:04} b")
    assert resembles_cpr(f"{day:02}{month:02}{year:02}{last:04}")


@pytest.mark.parametrize(
    ("text", "names", "word"),
    [
        ("Alma sagde det", ["Alma"], 1),
        ("Det sagde alma", ["Alma"], 3),
        ("Almas mor sagde det", ["Alma"], 1),
        ("Det var ALMA'S ord", ["Alma"], 3),
        ("Anne-Grete fortalte", ["Anne-Grete"], 1),
        ("Vi spurgte Holm", ["Alma Holm"], 3),
        ("Bo vil gerne", ["bo"], 1),
        ("Jeg vil gerne bo i byen", ["Bo"], None),  # a name of two letters in small letters is a word
        ("Et godt liv", ["Liv"], None),
        ("Ingen sagde noget", ["Alma"], None),
        ("Ingen sagde noget", [], None),
        ("", ["Alma"], None),
    ],
)
def test_names_are_seen_also_in_the_genitive(text: str, names: list[str], word: int | None) -> None:
    assert named(text, names) == word


def test_the_refusal_says_which_word_and_not_the_name() -> None:
    with pytest.raises(KeptOutError) as refused:
        refuse_people("Det sagde Alma", ["Alma"])
    assert "Alma" not in str(refused.value)
    assert refused.value.reason.values == {"number": 3}
