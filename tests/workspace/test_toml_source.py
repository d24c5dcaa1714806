"""The settings, read so that every value knows its place."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.workspace.problems import Problems
from pejl.workspace.toml_source import read_toml
from pejl.workspace.yaml_source import MarkedDict, MarkedList

SETTINGS = """\
# whose workspace this is
id = "lilleby"
  own   =  true
title = { da = "Lilleby", en = "Smallville" }
languages = ["da",
  "en"]
rate_per = 1000

[notice]
da = "Opdigtet."
  en = 'Invented.'
"""


def read(text: str) -> MarkedDict:
    problems = Problems()
    found = read_toml(text, "pejl.toml", problems)
    assert problems.sorted() == ()
    assert found is not None
    return found


def refused(text: str) -> tuple[str, str, str]:
    problems = Problems()
    assert read_toml(text, "pejl.toml", problems) is None
    (problem,) = problems.sorted()
    return str(problem.location), problem.code, problem.what.render("en")


def test_the_values_are_those_written() -> None:
    assert read(SETTINGS) == {
        "id": "lilleby",
        "own": True,
        "title": {"da": "Lilleby", "en": "Smallville"},
        "languages": ["da", "en"],
        "rate_per": 1000,
        "notice": {"da": "Opdigtet.", "en": "Invented."},
    }


def test_every_key_and_value_knows_its_line_and_column() -> None:
    data = read(SETTINGS)
    assert (data.file, data.mark) == ("pejl.toml", (1, 1))
    assert data.key_marks["id"] == (2, 1)
    assert data.value_marks["id"] == (2, 6)
    assert (data.key_marks["own"], data.value_marks["own"]) == ((3, 3), (3, 12))
    assert (data.key_marks["rate_per"], data.value_marks["rate_per"]) == ((7, 1), (7, 12))


def test_a_table_and_its_keys_know_their_places() -> None:
    data = read(SETTINGS)
    assert data.value_marks["notice"] == (9, 2)
    assert data["notice"].key_marks == {"da": (10, 1), "en": (11, 3)}
    assert data["notice"].value_marks == {"da": (10, 6), "en": (11, 8)}


def test_an_inline_table_and_a_list_count_as_one_place() -> None:
    data = read(SETTINGS)
    assert isinstance(data["title"], MarkedDict)
    assert data["title"].mark == data["title"].value_marks["da"] == data["title"].key_marks["en"] == (4, 9)
    assert isinstance(data["languages"], MarkedList)
    assert data["languages"].item_marks == [(5, 13), (5, 13)]


def test_decimals_keep_their_digits() -> None:
    assert str(read("a = 1.40")["a"]) == "1.40"
    assert isinstance(read("a = 1.40")["a"], Decimal)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    data = read('a = 1\r\nb = "x\N{LINE SEPARATOR}y"\r\nc = 3\r\n')
    assert {key: mark[0] for key, mark in data.key_marks.items()} == {"a": 1, "b": 2, "c": 3}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\nb == 2\n", "pejl.toml:2:4"),
        ("a = 1\na = 2\n", "pejl.toml:2:6"),
        ("a = \n", "pejl.toml:1:5"),
        ("a = 1\nb = 2 c\n", "pejl.toml:2:7"),
        ("[a\n", "pejl.toml:1:3"),
        ("a = 1\n\nb = [1,\n", "pejl.toml:4:1"),
        ("a = 'x\x07'\n", "pejl.toml:1:7"),
    ],
)
def test_what_is_not_toml_is_named_with_its_place(text: str, place: str) -> None:
    found, code, what = refused(text)
    assert (found, code) == (place, "toml_syntax")
    assert what.startswith("this is not valid TOML: ")
    assert "(at " not in what


@pytest.mark.parametrize(
    "value", ["[" * 50_000, "{b = " * 50_000, "[{b = " * 20_000, "9" * 5000, "1e9999999999999999999999"]
)
def test_values_too_deep_or_too_large_get_a_sentence(value: str) -> None:
    assert refused(f"a = {value}") == (
        "pejl.toml",
        "toml_syntax",
        "a value is nested too deeply, or a number is too large",
    )


@given(st.text() | st.text("ab=[]{}\"'.,# \n\t01-:T", max_size=40))
def test_any_text_is_read_or_refused_with_its_file(text: str) -> None:
    problems = Problems()
    found = read_toml(text, "pejl.toml", problems)
    assert found is not None or problems.sorted()
    assert all(problem.location.file == "pejl.toml" for problem in problems.sorted())
