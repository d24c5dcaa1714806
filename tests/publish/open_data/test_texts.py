"""Texts that a spreadsheet would run are made harmless, and can be had back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.publish.open_data.texts import Fields, as_it_was, harmless, harmless_in_excel, number


@pytest.mark.parametrize(
    "text", ["=1+1", "+45 33 66 33 66", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1", "＝1", "\n"]
)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert as_it_was(harmless(text)) == text


@pytest.mark.parametrize("text", ["0-17 år", "Kvinder", "'tis", "a=b", "1-5", "2016/2017", "80,5"])
def test_other_texts_stand_as_they_are(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", ["1-5", "1.5", "3/4-17", "31-12-2017", " 1 - 5 "[1:]])
def test_what_danish_excel_would_take_for_a_day_begins_with_an_apostrophe(text: str) -> None:
    assert harmless_in_excel(text) == f"'{text}"


@given(st.text())
def test_every_text_can_be_had_back(text: str) -> None:
    assert as_it_was(harmless(text)) == text


@given(st.text())
def test_no_field_begins_with_a_sign_that_starts_a_formula(text: str) -> None:
    field = Fields(";")[text].lstrip('"').lstrip()
    assert not field.startswith(("=", "+", "-", "@"))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_read_back_is_the_same(value: float) -> None:
    assert float(number(value)) == value
