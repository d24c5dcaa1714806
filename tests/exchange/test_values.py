"""Numbers, periods and days as Danes write them, and as Excel keeps them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.exchange.places import cell_place, column_letters
from pejl.exchange.values import ValueProblemError, clean, day, number, period
from pejl.text import LANGUAGES, Language
from pejl.workspace.period import Period


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("58,3", "58.3"),
        ("58.3", "58.3"),
        ("58,30", "58.30"),
        (" 1482 ", "1482"),
        ("1\u00a0482", "1482"),
        ("1 482", "1482"),
        ("1.234.567", "1234567"),
        ("1.482,5", "1482.5"),
        ("1,482.5", "1482.5"),
        ("\N{MINUS SIGN}12", "-12"),
        ("0,250", "0.250"),
    ],
)
def test_a_number_typed_as_text_is_read_as_a_dane_means_it(written: str, meant: str) -> None:
    assert str(number(written)) == meant


@pytest.mark.parametrize("written", ["1.482", "1,482", "12.000"])
def test_a_number_that_can_be_read_in_two_ways_is_refused(written: str) -> None:
    with pytest.raises(ValueProblemError, match="two ways"):
        number(written)


@pytest.mark.parametrize("written", ["", "x", "12 x", "1.2.3", "1,2,3", "--1", "1e5", ">95", "nan", "1.234.56", True])
def test_what_is_no_number_is_refused(written: object) -> None:
    with pytest.raises(ValueProblemError):
        number(written)


def test_a_cell_in_percent_format_is_a_hundred_times_its_value() -> None:
    assert number(0.25, "0%", percent=True) == 25
    assert str(number(0.283, "0.0%", percent=True)) == "28.3"
    assert number("25 %", percent=True) == 25
    assert str(number(0.25, "General", percent=True)) == "0.25"


def test_numbers_larger_than_any_figure_are_refused_and_smaller_ones_are_rounded() -> None:
    for huge in (1e15, -1.5e48, 10**18):
        with pytest.raises(ValueProblemError):
            number(huge)
    assert number(1e-270) == 0
    assert str(number(123456789012345)) == "123456789012345"


def test_a_percentage_is_refused_where_the_unit_is_none() -> None:
    for value, form in ((0.25, "0%"), ("25 %", "General")):
        with pytest.raises(ValueProblemError, match="percent"):
            number(value, form)


def test_decimals_of_the_format_count_as_printed() -> None:
    assert str(number(58.3, "0.00")) == "58.30"
    assert str(number(58, "#,##0.0")) == "58.0"
    assert str(number(58.25, "0.0")) == "58.25", "what the cell hides is not rounded away"
    assert str(number(0.1 + 0.2)) == "0.3", "digits beyond the fifteenth are noise"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_number_written_with_a_comma_is_itself(exact: Decimal) -> None:
    plain = f"{exact:f}"
    if plain.replace("-", "").partition(".")[0] not in ("", "0") and len(plain.partition(".")[2]) == 3:
        return
    assert number(plain.replace(".", ",")) == exact


@given(st.text(max_size=20), st.sampled_from([number, period, day]))
def test_any_text_is_understood_or_refused_with_a_sentence(text: str, read: Callable[[object], object]) -> None:
    refused = None
    try:
        read(text)
    except ValueProblemError as error:
        refused = error
    assert refused is None or (refused.what.render("en") and refused.mend.render("en"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (2017, "2017"),
        (2017.0, "2017"),
        ("2017", "2017"),
        ("2017,0", "2017"),
        (datetime(2017, 2, 6), "2017-02-06"),
        ("06-02-2017", "2017-02-06"),
        ("6.2.2017", "2017-02-06"),
        ("2017K3", "2017-Q3"),
        ("2017-q3", "2017-Q3"),
        ("3. kvartal 2017", "2017-Q3"),
        ("2016/2017", "2016/2017"),
        ("2016/17", "2016/2017"),
        ("2015-2017", "2015..2017"),
        ("2015\N{EN DASH}2017", "2015..2017"),
        ("2016>2017", "2016>2017"),
        ("skoleåret 2016/2017", "2016/2017"),
        ("the school year 2016/2017", "2016/2017"),
        ("fra 2016 til 2017", "2016>2017"),
        ("år 2017", "2017"),
        ("6. februar 2017", "2017-02-06"),
        ("6 February 2017", "2017-02-06"),
    ],
)
def test_a_period_is_read_as_a_dane_writes_it(written: object, meant: str) -> None:
    assert period(written).text == meant


@pytest.mark.parametrize("text", ["2017", "2017-Q3", "2016/2017", "2017-02-06", "2015..2017", "2016>2017"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_period_copied_from_a_page_is_read(text: str, language: Language) -> None:
    assert period(Period.parse(text).label(language)).text == text


def test_what_is_no_period_is_told_how_danes_write_one() -> None:
    with pytest.raises(ValueProblemError) as caught:
        period("februar 2017")
    assert caught.value.mend.render("da").endswith("2017, 2017K3, 2016/2017 (skoleår), 06-02-2017 eller 2015-2017.")


@pytest.mark.parametrize("written", ["-", "\N{EN DASH}", "..", "\N{HORIZONTAL ELLIPSIS}", "n/a", "I/A"])
def test_a_sign_for_nothing_is_refused_and_the_state_named_instead(written: str) -> None:
    with pytest.raises(ValueProblemError) as caught:
        number(written)
    assert "state" in caught.value.mend.render("en")


@pytest.mark.parametrize("written", ["17", "2017-13-01", "31-02-2017", "2017-2015", "næste år", 20170, 2017.5])
def test_what_is_no_period_is_refused(written: object) -> None:
    with pytest.raises(ValueProblemError):
        period(written)


def test_a_year_that_the_cell_shows_as_a_day_is_refused() -> None:
    with pytest.raises(ValueProblemError, match="may be a year"):
        period(datetime(1905, 7, 9))  # 2017 in a cell formatted as a day


def test_days() -> None:
    assert day("17-09-2014") == day("2014-09-17") == day(datetime(2014, 9, 17)) == date(2014, 9, 17)
    assert day("17. september 2014") == day("17 September 2014") == date(2014, 9, 17)
    for wrong in ("september 2014", "31. juni 2014", "17/13-2014", "17-13-2014", "2014", datetime(2014, 9, 17, 12, 30)):
        with pytest.raises(ValueProblemError):
            day(wrong)


def test_blanks_of_every_kind_become_one_space() -> None:
    assert clean("\u00a0 Danmarks\u2009\t Statistik \ufeff") == "Danmarks Statistik"
    assert clean("bo\u00adlig\u200bmangel\u2060") == "boligmangel", "what nobody sees parts no word"
    assert clean("a\x07b\x9cc\u2028d") == "a b c d", "nor do signs stay that may not stand in a text file"


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [column_letters(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
    assert str(cell_place("a.xlsx", "Tal", 14, 4)) == "a.xlsx: Tal!D14"
