from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.text import Language, Message, format_date, format_number, format_percent_change, format_signed, message


@pytest.mark.parametrize(
    ("value", "decimals", "danish", "english"),
    [
        (1482, None, "1.482", "1,482"),
        (1234567.5, None, "1.234.567,5", "1,234,567.5"),
        (11.2, 1, "11,2", "11.2"),
        (12.0, 1, "12,0", "12.0"),
        (-99, 0, "\N{MINUS SIGN}99", "\N{MINUS SIGN}99"),
        (-0.04, 1, "0,0", "0.0"),
        (0, None, "0", "0"),
    ],
)
def test_numbers_are_written_as_danes_and_the_english_write_them(
    value: float, decimals: int | None, danish: str, english: str
) -> None:
    assert format_number(value, "da", decimals) == danish
    assert format_number(value, "en", decimals) == english


def test_a_change_shows_its_sign() -> None:
    assert format_signed(150, "da") == "+150"
    assert format_signed(-99, "da") == "\N{MINUS SIGN}99"
    assert format_signed(0, "da") == "0"
    assert format_signed(0.01, "da", 1) == "0,0"


def test_percent_has_a_space_in_danish_and_none_in_english() -> None:
    assert format_percent_change(-20.6, "da", 1) == "\N{MINUS SIGN}20,6\N{NO-BREAK SPACE}%"
    assert format_percent_change(16, "en") == "+16%"


def test_dates_are_written_in_words() -> None:
    assert format_date(date(2014, 9, 17), "da") == "17. september 2014"
    assert format_date(date(2014, 9, 17), "en") == "17 September 2014"


@given(st.floats(min_value=-1e12, max_value=1e12), st.integers(min_value=0, max_value=3))
def test_a_number_written_can_be_read_back(value: float, decimals: int) -> None:
    for language, group, point in (("da", ".", ","), ("en", ",", ".")):
        lang: Language = "da" if language == "da" else "en"
        text = format_number(value, lang, decimals)
        plain = text.replace(group, "").replace(point, ".").replace("\N{MINUS SIGN}", "-")
        assert abs(float(plain) - value) <= 0.5 * 10**-decimals * (1 + 1e-9) + abs(value) * 1e-12


def test_a_message_may_hold_a_message() -> None:
    inner = message("warning")
    assert Message("{what}!", {"what": inner}).render("en") == "warning!"


def test_braces_stay_where_there_is_nothing_to_fill_in() -> None:
    assert message("write {{da: …}}").render("en") == "write {da: …}"
