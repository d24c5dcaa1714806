from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
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


@given(
    st.one_of(
        st.floats(min_value=-1e20, max_value=1e20),  # Babel writes none that are much larger
        st.floats(min_value=-1e6, max_value=1e6).map(lambda value: round(value, 3)),
        st.integers(min_value=-(10**18), max_value=10**18).map(lambda eighths: eighths / 8),
        st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=5),
    ),
    st.sampled_from([None, 0, 1, 2, 3]),
)
def test_numbers_are_written_as_babel_writes_them(value: float | Decimal, decimals: int | None) -> None:
    pattern = "#,##0.###" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    for language, locale in (("da", "da_DK"), ("en", "en_GB")):
        expected = format_decimal(value, format=pattern, locale=locale).replace("-", "\N{MINUS SIGN}")
        if not any(sign in "123456789" for sign in expected):
            expected = expected.lstrip("\N{MINUS SIGN}")
        assert format_number(value, "da" if language == "da" else "en", decimals) == expected


def test_what_has_no_digits_is_written_as_a_sign_or_not_at_all() -> None:
    assert format_number(float("inf"), "da") == "∞"
    assert format_number(Decimal("-Infinity"), "en", 1) == "\N{MINUS SIGN}∞"
    assert len(format_number(1e300, "da")) == 301 + 100
    with pytest.raises(ValueError, match="cannot be written as a number"):
        format_number(float("nan"), "da")


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
