"""Everything that is named exists; nothing stands for two things; relations never run in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.workspace.conftest import Check, WriteStrategy

PLAN = "strategy/plan.yaml"
NEXT = "strategy/next.yaml"
WORDS = "vocabulary/words.yaml"
MORE = "vocabulary/more.yaml"
INDICATOR = "indicators/homeless.yaml"


@pytest.mark.parametrize(
    ("file", "words", "name", "wrong", "mend"),
    [
        (PLAN, "indicator: |", "homeless", "homelss", "Did you mean 'homeless'?"),
        (PLAN, "indicator: |", "homeless", "zzz", "Declare it, or name another."),
        (PLAN, "unit: |", "percent", "procent", "Did you mean 'percent'?"),
        (PLAN, "homeless\n        population: |", "residents", "citizens", "Declare it, or name another."),
        (PLAN, "residents\n        scope: |", "city\n        direction: d", "citty\n        direction: d", "city"),
        (INDICATOR, "unit: |", "persons", "person", "Did you mean 'persons'?"),
        (INDICATOR, "scope: |", "city", "ctiy", "Did you mean 'city'?"),
        (INDICATOR, "population: |", "residents", "resident", "Did you mean 'residents'?"),
        (WORDS, "within: |", "city", "cities", "Did you mean 'city'?"),
    ],
)
def test_a_name_that_leads_nowhere_is_shown_where_it_stands(
    check: Check, file: str, words: str, name: str, wrong: str, mend: str
) -> None:
    before = words.removesuffix("|")
    found = check(swap={file: (before + name, before + wrong)})
    key, value = before.split()[-1].rstrip(":"), wrong.split()[0]
    (problem,) = found.problems
    assert (str(problem.location), problem.code) == (found.place(file, words + wrong), "broken_reference")
    assert problem.what.render("en") == f"'{key}' names '{value}', which is declared nowhere"
    assert mend in problem.mend.render("en")
    assert problem.value == value


@pytest.mark.parametrize(
    ("more", "at"),
    [
        ("draft_of: [{strategy: plann}]", "strategy: |plann"),
        ("elaborates: [{strategy: plann}]", "strategy: |plann"),
        ("replaces: [{strategy: plan}, {strategy: plann}]", "strategy: |plann"),
        ("target_group_version: groups", "version: |groups"),
        ("overall_goal: {id: up, title: {da: Op, en: Up}, sub_goals: [one, two]}", "one, |two"),
        ("themes: [{id: a, number: 1, title: {da: A, en: A}, description: {da: A, en: A}, serves: [two]}]", "[|two]"),
        ("themes: [{id: a, number: 1, title: {da: A, en: A}, description: {da: A, en: A}, carries: [p]}]", "[|p]"),
        (
            "themes: [{id: a, number: 1, title: {da: A, en: A}, description: {da: A, en: A},"
            " challenges: [{target_group: young, text: {da: A, en: A}}]}]",
            "target_group: |young",
        ),
        ("annual_wheel: [{period: 2014-Q2, title: {da: A, en: A}, theme: b}]", "theme: |b"),
        (
            "chapter_template: {title: {da: A, en: A}, sections: [{da: A, en: A}], target_groups: [young]}",
            "target_groups: [|young",
        ),
    ],
)
def test_a_strategy_names_only_what_exists(check: Check, strategy: WriteStrategy, more: str, at: str) -> None:
    found = check({NEXT: strategy("next", ("one", ""), more=more)})
    assert [str(each.location) for each in found.problems if each.code == "broken_reference"] == [found.place(NEXT, at)]
    assert set(found.codes) == {"broken_reference"}


@pytest.mark.parametrize("key", ["continues", "rewords", "replaces"])
def test_a_goal_names_earlier_goals_that_exist(check: Check, strategy: WriteStrategy, key: str) -> None:
    found = check({NEXT: strategy("next", ("one", f"{key}: [homes_kept, homes_kpt]"), ("two", ""))})
    broken = [each for each in found.problems if each.code == "broken_reference"]
    assert [str(each.location) for each in broken] == [found.place(NEXT, "|homes_kpt")]
    assert broken[0].mend.render("en") == "Did you mean 'homes_kept'?"


def test_a_sub_goal_of_another_strategy_is_not_this_strategys(check: Check, strategy: WriteStrategy) -> None:
    more = "overall_goal: {id: up, title: {da: Op, en: Up}, sub_goals: [homes_kept]}"
    assert check({NEXT: strategy("next", ("one", ""), more=more)}).codes == ["broken_reference"]


def test_a_sign_is_linked_to_a_heading_of_its_own_vision(check: Check, strategy: WriteStrategy) -> None:
    sign = (
        "{id: %s, title: {da: T, en: T}, source: none, state: no_data, scope: city, direction: increase,"
        " targets: [{kind: direction, standing: draft}], headings: [{heading: %s, why: {da: V, en: W}}]}"
    )
    visions = (
        "visions:\n"
        "  - {id: v1, number: 1, title: {da: A, en: A}, reason: {da: A, en: A},\n"
        "     headings: [{id: h1, title: {da: H, en: H}}],\n"
        f"     signs: [{sign % ('s1', 'h1')}]}}\n"
        "  - {id: v2, number: 2, title: {da: B, en: B}, reason: {da: B, en: B},\n"
        "     headings: [{id: h2, title: {da: H, en: H}}],\n"
        f"     signs: [{sign % ('s2', 'h2')}, {sign % ('s3', 'h1')}]}}"
    )
    found = check({NEXT: strategy("next", more=visions)})
    place = found.place(NEXT, "id: s3").split(":")[1]
    assert [(each.code, str(each.location.line), each.value) for each in found.problems] == [
        ("broken_reference", place, "h1")
    ]


def test_a_series_that_stands_in_no_file_is_a_problem_of_the_goal_that_needs_it(check: Check) -> None:
    found = check({"figures/figures.csv": "series,period,value,unit,state,scope,source\n"})
    assert found.lines == [
        f"{found.place(PLAN, 'indicator: |homeless')} problem: the series 'homeless' stands in no file of 'figures'. "
        "Add its figures, or write 'source: none' and the 'state' of its missing data."
    ]


def test_a_series_misspelt_in_the_file_is_named_on_both_sides(check: Check) -> None:
    rows = "series,period,value,unit,state,scope,source\nhomeles,2017,150,persons,measured,city,s\n"
    found = check({"figures/figures.csv": rows})
    assert found.lines == [
        "figures/figures.csv:2:1 problem: the series 'homeles' is declared by no indicator. Did you mean 'homeless'?",
        f"{found.place(PLAN, 'indicator: |homeless')} problem: the series 'homeless' stands in no file of 'figures'. "
        "Did you mean 'homeles'?",
    ]


def test_the_settings_name_a_series_of_inhabitants_that_exists(check: Check) -> None:
    found = check(swap={"pejl.toml": ("own = true", 'own = true\npopulation = "inhabitants"')})
    assert found.lines == [
        "pejl.toml:5:14 problem: 'population' names 'inhabitants', which is declared nowhere. "
        "Declare it, or name another."
    ]


def test_a_vocabulary_names_only_what_exists(check: Check) -> None:
    more = """\
target_group_versions:
  - id: groups_2014
    title: {da: Grupper, en: Groups}
    valid_from: 2014-01-01
    groups: [{id: young, title: {da: Unge, en: Young}}]
target_group_mappings:
  - {group: yong, to: [young, old], relation: same, standing: ours}
populations:
  - id: the_young
    title: {da: De unge, en: The young}
    target_groups: [young, adults]
    versions: [{version: "1", definition: {da: D, en: D}, standing: source}]
dimensions:
  - id: area
    title: {da: Område, en: Area}
    codes:
      - {code: a, label: {da: A, en: A}}
      - {code: a1, label: {da: A1, en: A1}, parent: a}
      - {code: b1, label: {da: B1, en: B1}, parent: b}
"""
    found = check({MORE: more})
    assert [(str(each.location), each.value) for each in found.problems] == [
        (found.place(MORE, "group: |yong"), "yong"),
        (found.place(MORE, "young, |old]"), "old"),
        (found.place(MORE, "young, |adults]"), "adults"),
        (found.place(MORE, "parent: |b}"), "b"),
    ]
    assert set(found.codes) == {"broken_reference"}


def test_an_indicator_names_dimensions_that_exist(check: Check) -> None:
    found = check(swap={INDICATOR: ("  - district", "  - district\n  - sex\nbreakdown: age")})
    assert [(str(each.location), each.value) for each in found.problems] == [
        (found.place(INDICATOR, "- |sex"), "sex"),
        (found.place(INDICATOR, "breakdown: |age"), "age"),
    ]


def test_a_unit_and_a_scope_may_be_named_by_an_alias(check: Check) -> None:
    swaps = {WORDS: [("      - people", "      - heads"), ("      - whole city", "      - town")]}
    more = {INDICATOR: [("unit: persons", "unit: heads"), ("scope: city", "scope: town")]}
    assert check(swap={**swaps, **more}).lines == []


def test_a_wrong_row_hides_only_its_own_series(check: Check) -> None:
    """One row cannot be read: its series is not called missing, another missing one still is."""
    figures = "series,period,value,unit,state,scope,source\nhomeless,2017,1o,persons,measured,city,made up\n"
    found = check({"figures/figures.csv": figures})
    assert {problem.code for problem in found.problems} == {"bad_number"}
    found = check({"figures/figures.csv": figures.replace("homeless", "other")})
    assert {problem.code for problem in found.problems} == {"bad_number", "series_without_figures"}
