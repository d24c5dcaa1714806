"""YAML as a workspace may hold it: every value with its place, nothing a reader would be surprised by."""

import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.workspace.problems import Problems
from pejl.workspace.yaml_source import MarkedDict, MarkedList, read_yaml

STRATEGY = """\
# a comment
id: homes
title: {da: Bolig, "en":   Homes}

goals:
  - id: first
    numbers: [1, 2.50,
              3]
  -   id: "second"
"""


def read(text: str) -> MarkedDict:
    problems = Problems()
    found = read_yaml(text, "strategy/x.yaml", problems)
    assert problems.sorted() == ()
    assert found is not None
    return found


def refused(text: str) -> tuple[str, str, str, str]:
    """Return place, code, what and mend of the one problem of a text that is not read."""
    problems = Problems()
    assert read_yaml(text, "x", problems) is None
    (problem,) = problems.sorted()
    return str(problem.location), problem.code, problem.what.render("en"), problem.mend.render("en")


def test_the_values_are_those_written() -> None:
    assert read(STRATEGY) == {
        "id": "homes",
        "title": {"da": "Bolig", "en": "Homes"},
        "goals": [{"id": "first", "numbers": [1, Decimal("2.50"), 3]}, {"id": "second"}],
    }


def test_every_key_and_value_knows_its_line_and_column() -> None:
    data = read(STRATEGY)
    assert (data.file, data.mark) == ("strategy/x.yaml", (2, 1))
    assert data.key_marks == {"id": (2, 1), "title": (3, 1), "goals": (5, 1)}
    assert data.value_marks == {"id": (2, 5), "title": (3, 8), "goals": (6, 3)}
    title = data["title"]
    assert isinstance(title, MarkedDict)
    assert title.mark == (3, 8)
    assert title.key_marks == {"da": (3, 9), "en": (3, 20)}
    assert title.value_marks == {"da": (3, 13), "en": (3, 28)}


def test_every_item_of_a_list_knows_its_line_and_column() -> None:
    goals = read(STRATEGY)["goals"]
    assert isinstance(goals, MarkedList)
    assert goals.mark == (6, 3)
    assert goals.item_marks == [(6, 5), (9, 7)]
    assert goals[0].key_marks == {"id": (6, 5), "numbers": (7, 5)}
    assert goals[0]["numbers"].mark == (7, 14)
    assert goals[0]["numbers"].item_marks == [(7, 15), (7, 18), (8, 15)]
    assert goals[1].value_marks == {"id": (9, 11)}


def test_columns_count_letters_not_bytes() -> None:
    data = read("æøå: 1\nb: [\N{GRINNING FACE}, 'ø', y]\n")
    assert data.value_marks == {"æøå": (1, 6), "b": (2, 4)}
    assert data["b"].item_marks == [(2, 5), (2, 8), (2, 13)]


def test_an_empty_value_stands_behind_its_colon() -> None:
    data = read("a:\nb: 1\n")
    assert data["a"] is None
    assert data.value_marks == {"a": (1, 3), "b": (2, 4)}


def test_a_block_of_text_begins_at_its_sign() -> None:
    data = read("a: >-\n  one\n  two\nb: |\n  three\n")
    assert data == {"a": "one two", "b": "three\n"}
    assert data.value_marks == {"a": (1, 4), "b": (4, 4)}


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "NO", "True", "FALSE", "Null", "NULL", "n", "y"])
def test_norway_is_a_country_and_other_words_are_words(word: str) -> None:
    assert read(f"country: {word}") == {"country": word}


@pytest.mark.parametrize(
    ("written", "value"),
    [("true", True), ("false", False), ("null", None), ("~", None), ("'true'", "true"), ('"null"', "null")],
)
def test_only_the_small_words_of_yaml_mean_something_unquoted(written: str, value: object) -> None:
    found = read(f"a: {written}")["a"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", 0),
        ("-90", -90),
        ("+150", 150),
        ("999999999999999999", 999999999999999999),
        ("1.4", Decimal("1.4")),
        ("1.40", Decimal("1.40")),
        ("-0.0", Decimal("-0.0")),
        ("+18.5", Decimal("18.5")),
    ],
)
def test_numbers_keep_the_digits_they_are_printed_with(written: str, value: object) -> None:
    found = read(f"a: {written}")["a"]
    assert type(found) is type(value)
    assert str(found) == str(value)


@pytest.mark.parametrize(
    "written",
    [
        "007",
        "1_000",
        "1.000.000",
        "1,4",
        "0x1F",
        "0o17",
        "1e3",
        ".5",
        "5.",
        "12:30",
        ".inf",
        ".nan",
        "2014-09-17",
        "1A",
        "٣",
        "9" * 40,
        "'5'",
    ],
)
def test_what_does_not_look_like_a_plain_number_stays_text(written: str) -> None:
    assert read(f"a: {written}") == {"a": written.strip("'")}


def test_a_key_given_twice_is_a_problem_that_names_both_lines() -> None:
    problems = Problems()
    data = read_yaml("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", "x", problems)
    (problem,) = problems.sorted()
    assert (str(problem.location), problem.code, problem.value) == ("x:5:3", "duplicate_key", "c")
    assert problem.what.render("en") == "'c' stands twice; first in line 3"
    assert data is not None
    assert data["b"] == {"c": 3, "d": 2}


@pytest.mark.parametrize(
    ("text", "place"),
    [("a: &x 1\nb: *x\n", "x:1:4"), ("a: 1\nb: [*x]\n", "x:2:5"), ("a: &x [1]\n", "x:1:4"), ("&x a: 1\n", "x:1:1")],
)
def test_anchors_and_aliases_are_refused_where_they_stand(text: str, place: str) -> None:
    assert refused(text) == (
        place,
        "alias",
        "anchors and aliases (& and *) may not be used",
        "Write the value out where it is used.",
    )


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 60)]
    bomb = "\n".join(["l0: &l0 [lol]", *levels])
    assert refused(bomb)[:2] == ("x:1:5", "alias")


def test_a_merge_key_is_an_ordinary_key() -> None:
    assert read("<<: {a: 1}") == {"<<": {"a": 1}}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: !!python/object/apply:os.system [ls]\n", "x:1:4"),
        ("a:\n  - !!str 1\n", "x:2:5"),
        ("!thing\na: 1\n", "x:1:1"),
        ("!!str a: 1\n", "x:1:1"),
    ],
)
def test_tags_are_refused_where_they_stand(text: str, place: str) -> None:
    assert refused(text)[:3] == (place, "tag", "YAML tags (!…) may not be used")


def test_a_second_document_is_refused_where_it_begins() -> None:
    assert refused("a: 1\n---\nb: 2\n")[:3] == (
        "x:2:1",
        "several_documents",
        "the file holds several documents ('---')",
    )


def test_the_marks_of_one_document_are_allowed() -> None:
    data = read("---\na: 1\n...\n")
    assert (data, data.value_marks) == ({"a": 1}, {"a": (2, 4)})


@pytest.mark.parametrize(
    ("text", "place"), [("? [a, b]\n: 1\n", "x:1:3"), ("{a: 1}: 2\n", "x:1:1"), ("a:\n  [b]: 1\n", "x:2:3")]
)
def test_a_key_must_be_a_word(text: str, place: str) -> None:
    assert refused(text)[:2] == (place, "key_not_text")


@pytest.mark.parametrize(
    ("text", "place", "sign"),
    [
        ("æøå: 1\nb: x\x01x\n", "x:2:5", "U+0001"),
        ("a: 1\n# bell \x07\n", "x:2:8", "U+0007"),
        ("a: \x1b[31mred\n", "x:1:4", "U+001B"),
        ("a: æ\N{LINE SEPARATOR}b\n", "x:1:5", "U+2028"),
        ("a: 'b'\nc: 'd\N{NEXT LINE}e'\n", "x:2:6", "U+0085"),
    ],
)
def test_signs_that_no_editor_shows_are_refused_where_they_stand(text: str, place: str, sign: str) -> None:
    problems = Problems()
    assert read_yaml(text, "x", problems) is None
    (problem,) = problems.sorted()
    assert (str(problem.location), problem.code, problem.value) == (place, "control_character", sign)
    assert problem.what.render("en") == "the file holds a character that may not stand in a text file"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_machine(ending: str) -> None:
    data = read(f"a: 1{ending}b:{ending}  - c{ending}  - d: 2{ending}")
    assert data == {"a": 1, "b": ["c", {"d": 2}]}
    assert data["b"].item_marks == [(3, 5), (4, 5)]


@pytest.mark.parametrize("text", ["\ufeffa: 1\nb: 2\n", "a: 1\nb: 2\n"])
def test_a_byte_order_mark_changes_no_place(text: str) -> None:
    data = read(text)
    assert (data, data.key_marks) == ({"a": 1, "b": 2}, {"a": (1, 1), "b": (2, 1)})


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: b: c\n", "x:1:5"),
        ("a: 1\n\tb: 2\n", "x:2:1"),
        ("a: [1, 2\nb: 3\n", "x:2:2"),
        ("a: 'open\n", "x:2:1"),
        ("a: 1\n  b: 2\n", "x:2:4"),
        ("a: @b\n", "x:1:4"),
        ("%YAML 2.0\n---\na: 1\n", "x:1:1"),
    ],
)
def test_what_is_not_yaml_is_named_with_its_place(text: str, place: str) -> None:
    found, code, what, mend = refused(text)
    assert (found, code) == (place, "yaml_syntax")
    assert what.startswith("this is not valid YAML: ")
    assert mend == "Look at the indentation, the colons and the quotes at this place."


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~\n"])
def test_a_file_without_content_is_empty(text: str) -> None:
    assert refused(text)[:3] == ("x:1:1", "empty_file", "the file is empty")


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "5\n", "[a, b]\n", "''\n"])
def test_a_file_must_hold_keys_with_values(text: str) -> None:
    assert refused(text)[:3] == ("x:1:1", "not_a_mapping", "the file does not hold keys with values")


def test_forty_levels_are_read_and_one_more_is_refused_where_it_opens() -> None:
    assert read("a: " + "[" * 39 + "]" * 39)["a"] != []
    assert refused("a: " + "[" * 40 + "]" * 40) == (
        "x:1:43",
        "too_deep",
        "more than 40 levels inside each other",
        "Close a bracket, or write it flatter.",
    )


@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "? "])
def test_fifty_thousand_brackets_do_not_end_the_process(unit: str) -> None:
    code = (
        "from pejl.workspace.problems import Problems\n"
        "from pejl.workspace.yaml_source import read_yaml\n"
        "problems = Problems()\n"
        f"read_yaml('a:\\n  ' + {unit!r} * 50_000, 'x', problems)\n"
        "print([problem.code for problem in problems.sorted()])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.stdout.strip() in ("['too_deep']", "['key_not_text']")
    assert (ended.returncode, ended.stderr) == (0, "")


plain = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\x85\u2028\u2029"))
trees = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | plain,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain, inner, max_size=4),
    max_leaves=12,
)


def written(value: object) -> str:
    """Write a value as YAML in the most careful way: flow style, every text in double quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"? {written(key)} : {written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "null" if value is None else str(value).lower()


@given(st.dictionaries(plain, trees, min_size=1, max_size=4))
def test_whatever_is_written_is_read_back(data: dict[str, object]) -> None:
    assert read(written(data)) == data


@given(st.text() | st.text("ab:-[]{}&*!|>'\"#%@`,? \n\t01.~", max_size=40))
def test_any_text_is_read_or_refused_with_its_file(text: str) -> None:
    problems = Problems()
    found = read_yaml(text.encode(errors="replace").decode(), "x", problems)
    assert found is not None or problems.sorted()
    assert all(problem.location.file == "x" for problem in problems.sorted())
