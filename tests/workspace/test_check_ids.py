"""No id stands for two things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.workspace.conftest import Check, WriteStrategy

PLAN = "strategy/plan.yaml"
NEXT = "strategy/next.yaml"
WORDS = "vocabulary/words.yaml"
MORE = "vocabulary/more.yaml"


def sentence(place: str, name: str, first: str) -> str:
    return f"{place} problem: '{name}' is taken already, at {first}. Give one of the two another name."


@pytest.mark.parametrize(
    ("more", "name", "first"),
    [
        ("units: [{id: persons, label: {da: P, en: P}, kind: count}]", "persons", "- id: persons"),
        ("units: [{id: people, label: {da: P, en: P}, kind: count}]", "people", "- id: persons"),
        ("scopes: [{id: city, title: {da: B, en: C}}]", "city", "- id: city"),
        ("dimensions: [{id: district, title: {da: B, en: D}, codes: []}]", "district", "- id: district"),
        (
            "populations: [{id: residents, title: {da: B, en: R},"
            " versions: [{version: x, definition: {da: D, en: D}, standing: source}]}]",
            "residents",
            "- id: residents",
        ),
    ],
)
def test_a_word_declared_in_two_files_is_shown_in_the_second(check: Check, more: str, name: str, first: str) -> None:
    # files are read in the order of their names: more.yaml before words.yaml
    found = check({MORE: more + "\n"})
    second = found.place(WORDS, f"- id: |{first.split(': ')[1]}")
    assert found.lines == [sentence(second, name, found.place(MORE, f"id: |{name}"))]


def test_an_alias_taken_by_another_unit_is_found(check: Check) -> None:
    more = "units: [{id: heads, label: {da: P, en: P}, kind: count, aliases: [percent]}]\n"
    found = check({MORE: more})
    assert found.lines == [sentence(found.place(WORDS, "- id: |percent"), "percent", found.place(MORE, "id: |heads"))]


def test_an_alias_that_repeats_the_id_is_no_other_thing(check: Check) -> None:
    assert check(swap={WORDS: ("      - whole city", "      - whole city\n      - city")}).lines == []


def test_two_codes_of_a_dimension_do_not_share_a_spelling(check: Check) -> None:
    found = check(swap={WORDS: ("          - south side", "          - north")})
    first, second = found.place(WORDS, "code: |north"), found.place(WORDS, "code: |south")
    assert [line for line in found.lines if "taken" in line] == [sentence(second, "north", first)]


def test_codes_of_different_dimensions_may_share_a_spelling(check: Check) -> None:
    more = "dimensions: [{id: wind, title: {da: V, en: W}, codes: [{code: north, label: {da: N, en: N}}]}]\n"
    assert check({MORE: more}).lines == []


def test_two_strategies_goals_and_indicators_do_not_share_an_id(check: Check, strategy: WriteStrategy) -> None:
    copy = """\
id: homeless
title: {da: H, en: H}
unit: persons
scope: city
published_by: {da: L, en: L}
versions: [{version: x, definition: {da: D, en: D}}]
"""
    found = check(
        {
            "strategy/z.yaml": strategy("plan", ("homes_kept", ""), ("twice", ""), ("twice", "")),
            "indicators/z.yaml": copy,
        }
    )
    assert [line for line in found.lines if "taken" in line] == [
        sentence("indicators/z.yaml:1:5", "homeless", "indicators/homeless.yaml:1:5"),
        sentence(f"{PLAN}:1:5", "plan", "strategy/z.yaml:1:5"),
        sentence(found.place(PLAN, "id: |homes_kept"), "homes_kept", "strategy/z.yaml:8:10"),
        sentence("strategy/z.yaml:10:10", "twice", "strategy/z.yaml:9:10"),
    ]


@pytest.mark.parametrize(
    "more",
    [
        "guideposts: [{id: x, number: 1, title: {da: X, en: X}}, {id: x, number: 2, title: {da: X, en: X}}]",
        "principles: [{id: x, number: 1, title: {da: X, en: X}}, {id: x, number: 2, title: {da: X, en: X}}]",
        "themes:\n"
        "  - {id: x, number: 1, title: {da: X, en: X}, description: {da: X, en: X}}\n"
        "  - {id: x, number: 2, title: {da: X, en: X}, description: {da: X, en: X}}",
        "principles: [{id: x, number: 1, title: {da: X, en: X}}]\n"
        "themes: [{id: x, number: 1, title: {da: X, en: X}, description: {da: X, en: X}}]",
        "guideposts: [{id: x, number: 1, title: {da: X, en: X}}]\n"
        "visions: [{id: x, number: 1, title: {da: X, en: X}, reason: {da: X, en: X}}]",
    ],
)
def test_the_parts_of_strategies_do_not_share_an_id(check: Check, strategy: WriteStrategy, more: str) -> None:
    found = check({NEXT: strategy("next", more=more)})
    assert [(each.code, each.value) for each in found.problems] == [("duplicate_id", "x")]


def test_the_headings_of_two_visions_do_not_share_an_id(check: Check, strategy: WriteStrategy) -> None:
    vision = (
        "{id: %s, number: 1, title: {da: X, en: X}, reason: {da: X, en: X}, headings: [{id: h, title: {da: H, en: H}}]}"
    )
    found = check({NEXT: strategy("next", more=f"visions: [{vision % 'v'}, {vision % 'w'}]")})
    assert [each.value for each in found.problems if each.code == "duplicate_id"] == ["h"]


def test_target_groups_of_two_versions_do_not_share_an_id(check: Check) -> None:
    version = (
        "  - {id: %s, title: {da: G, en: G}, valid_from: 2014-01-01, groups: [{id: young, title: {da: U, en: Y}}]}\n"
    )
    found = check({MORE: "target_group_versions:\n" + version % "first" + version % "second"})
    column = (version % "second").index("young") + 1
    assert [(str(each.location), each.value) for each in found.problems] == [(f"{MORE}:3:{column}", "young")]
    found = check({MORE: "target_group_versions:\n" + version % "first" + version.replace("young", "old") % "first"})
    assert [(str(each.location), each.value) for each in found.problems] == [(f"{MORE}:3:10", "first")]
