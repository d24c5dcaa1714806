"""Problems: their place, their words, their order, and the word that was meant."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.text import message
from pejl.workspace.problems import Location, Problems, Severity, did_you_mean, shorten
from pejl.workspace.spelling import FEW, closest

WHAT, MEND = message("there is no such folder"), message("Check the path.")


def test_a_place_is_written_as_editors_read_it() -> None:
    assert str(Location("strategy/x.yaml", 3, 7)) == "strategy/x.yaml:3:7"
    assert str(Location("strategy/x.yaml", 3)) == "strategy/x.yaml:3"
    assert str(Location("strategy/x.yaml")) == "strategy/x.yaml"


def test_problems_are_listed_by_file_line_and_column_whenever_they_were_found() -> None:
    problems = Problems()
    places = [("b", 2, 1), ("a", 10, 1), ("a", 2, 9), ("a", 2, 10), ("a", None, None), ("B", 1, 1)]
    for file, line, column in places:
        problems.add("code", Location(file, line, column), WHAT, MEND)
    assert [str(each.location) for each in problems.sorted()] == ["B:1:1", "a", "a:2:9", "a:2:10", "a:10:1", "b:2:1"]


def test_a_problem_is_plain_data_in_both_languages() -> None:
    problems = Problems()
    problems.add("missing_folder", Location("x", 1, 2), WHAT, MEND, value=5)
    problems.add("missing_folder", Location("y"), WHAT, MEND, warning=True)
    problem, warning = problems.sorted()
    assert problem.as_dict("en") == {
        "severity": "problem",
        "code": "missing_folder",
        "file": "x",
        "line": 1,
        "column": 2,
        "value": "5",
        "message": "there is no such folder",
        "mend": "Check the path.",
    }
    assert (warning.severity, warning.value) == (Severity.WARNING, None)
    assert problem.as_dict("da")["file"] == "x"


def test_a_value_is_shown_on_one_line_of_at_most_sixty_letters() -> None:
    assert shorten("  a\n\tb  c ") == "a b c"
    assert shorten("x" * 60) == "x" * 60
    assert shorten("x" * 61) == "x" * 59 + "…"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("incraese", "increase"),
        ("decrese", "decrease"),
        ("hodl", "hold"),
        ("Hold", "hold"),
        ("zzz", None),
        ("", None),
        (5, None),
    ],
)
def test_the_closest_of_a_few_words_is_the_one_meant(word: object, meant: str | None) -> None:
    assert closest(word, ("increase", "decrease", "hold")) == meant


def test_without_a_close_word_another_mend_is_given() -> None:
    assert did_you_mean("incraese", ["increase"], MEND).render("en") == "Did you mean 'increase'?"
    assert did_you_mean("zzz", ["increase"], MEND) is MEND
    assert did_you_mean("zzz", [], MEND) is MEND


NAMES = [
    f"{what}_{whom}_{when}"
    for what in ("fewer", "more", "share", "goal", "sub", "sign")
    for whom in ("homeless", "evictions", "lonely", "poverty", "youth_crime")
    for when in ("young", "adults", "city", "2015")
]


@given(st.sampled_from(NAMES), st.integers(0, 30), st.sampled_from("abcdefghij_0"), st.integers(0, 3))
def test_among_many_names_the_same_is_meant_as_by_comparing_all(name: str, at: int, sign: str, slip: int) -> None:
    at %= len(name)
    word = {
        0: name[:at] + name[at + 1 :],
        1: name[:at] + sign + name[at:],
        2: name[:at] + sign + name[at + 1 :],
        3: name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
    }[slip]
    assert len(NAMES) > FEW
    likeness = {each: difflib.SequenceMatcher(None, each, word).ratio() for each in NAMES}
    best = closest(word, NAMES)
    assert best is not None
    assert likeness[best] == max(likeness.values())


@given(st.text(max_size=200), st.sets(st.text(max_size=20), max_size=80))
def test_any_word_has_a_close_one_or_none(word: str, known: set[str]) -> None:
    assert closest(word, known) in {None, *known}


def test_many_slips_among_many_names_that_look_alike_are_found_at_once() -> None:
    names = [f"fewer_citizens_in_homelessness_{number}" for number in range(500)]
    meant = [closest(f"fewer_citizen_in_homlessness_x_{number}", names) for number in range(500)]
    assert meant == names
