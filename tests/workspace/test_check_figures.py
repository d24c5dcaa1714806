"""Figures fit what is declared: series, units, scopes, codes, limits, and no value twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.workspace.conftest import Check

PLAN = "strategy/plan.yaml"
WORDS = "vocabulary/words.yaml"
INDICATOR = "indicators/homeless.yaml"
FIGURES = "figures/figures.csv"
MORE = "figures/more.csv"
OTHER_SCOPE = ("scope: city\n        direction: decrease", "scope: administration\n        direction: decrease")
HEADER = "series,period,district,value,unit,state,scope,source\n"


def added(row: str) -> dict[str, str]:
    return {MORE: HEADER + row + "\n"}


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (
            "homeles,2016,total,5,persons,measured,city,s",
            1,
            "the series 'homeles' is declared by no indicator. Did you mean 'homeless'?",
        ),
        (
            "zzz,2016,total,5,persons,measured,city,s",
            1,
            "the series 'zzz' is declared by no indicator. Declare it: indicators/zzz.yaml.",
        ),
        (
            "homeless,2016,total,5,percent,measured,city,s",
            23,
            "the unit is 'percent', but the indicator's is 'persons'. "
            "Correct the unit, or declare an indicator of its own.",
        ),
        (
            "homeless,2016,total,5,pers.,measured,city,s",
            23,
            "the unit is 'pers.', but the indicator's is 'persons'. "
            "Correct the unit, or declare an indicator of its own.",
        ),
        (
            "homeless,2016,total,5,persons,measured,ctiy,s",
            40,
            "the scope 'ctiy' is declared nowhere. Did you mean 'city'?",
        ),
        (
            "homeless,2016,total,5,persons,measured,zzz,s",
            40,
            "the scope 'zzz' is declared nowhere. Declare it in 'vocabulary'.",
        ),
        (
            "homeless,2016,nort,5,persons,measured,city,s",
            15,
            "'nort' is no code of the dimension 'district'. Did you mean 'north'?",
        ),
        (
            "homeless,2016,zzz,5,persons,measured,city,s",
            15,
            "'zzz' is no code of the dimension 'district'. Add it to the dimension, or correct it.",
        ),
        (
            "homeless,2016,total,-5,persons,measured,city,s",
            21,
            "-5 is not possible: a value in the unit 'persons' is at least 0. Correct the value.",
        ),
    ],
)
def test_what_does_not_fit_is_shown_where_it_stands(check: Check, row: str, column: int, expected: str) -> None:
    assert check(added(row)).lines == [f"{MORE}:2:{column} problem: {expected}"]


@pytest.mark.parametrize("code", ["north", "Nord", "North", "south side", "Syd", "total", "i alt", ""])
def test_a_code_may_be_written_by_its_label_or_alias_and_a_total_by_its_words(check: Check, code: str) -> None:
    assert check(added(f"homeless,2016,{code},5,people,measured,whole city,s")).lines == []


def test_a_unit_and_a_scope_may_be_written_by_an_alias(check: Check) -> None:
    assert check(added("homeless,2016,total,5,people,measured,whole city,s")).lines == []


@pytest.mark.parametrize(
    ("value", "fits"), [("0", True), ("100", True), ("58.3", True), ("100.1", False), ("1482", False), ("-0.1", False)]
)
def test_a_share_lies_between_0_and_100(check: Check, value: str, fits: bool) -> None:
    text = f"{HEADER}homeless,2013,total,{value},percent,measured,city,s\n"
    swap = {INDICATOR: ("unit: persons", "unit: percent"), PLAN: ("value: 160", "value: 16")}
    found = check({FIGURES: text}, swap=swap)
    limit = "at least 0" if value.startswith("-") else "at most 100"
    expected = f"{value} is not possible: a value in the unit 'percent' is {limit}. Correct the value."
    assert found.lines == ([] if fits else [f"{FIGURES}:2:21 problem: {expected}"])


def test_every_value_outside_the_unit_is_found_not_only_the_farthest(check: Check) -> None:
    rows = "".join(f"homeless,20{year},total,-{year},persons,measured,city,s\n" for year in (18, 19, 20))
    assert [str(each.location) for each in check({MORE: HEADER + rows}).problems] == [
        f"{MORE}:2:21",
        f"{MORE}:3:21",
        f"{MORE}:4:21",
    ]


def test_people_are_counted_whole(check: Check) -> None:
    found = check(added("homeless,2018,total,1.482,persons,measured,city,s"))
    assert [(str(each.location), each.code) for each in found.problems] == [(f"{MORE}:2:21", "not_whole")]
    assert check(added("homeless,2018,total,1482.0,persons,measured,city,s")).lines == []


def test_a_mean_may_be_below_0(check: Check) -> None:
    swaps = {
        WORDS: ("    kind: count", "    kind: mean"),
        FIGURES: ("2015,total,180,persons", "2015,total,-180,persons"),
    }
    assert check(swap=swaps).lines == []


def test_a_column_that_is_no_dimension_is_shown_in_the_header(check: Check) -> None:
    text = "series,period,distrikt,value,unit,state,scope,source\nhomeless,2016,total,5,persons,measured,city,s\n"
    assert check({MORE: text}).lines == [
        f"{MORE}:1:15 problem: the column 'distrikt' is no known column and no dimension. Did you mean 'district'?"
    ]


def test_a_breakdown_the_indicator_does_not_have_is_shown(check: Check) -> None:
    text = "series,period,breakdown,value,unit,state,scope,source\nhomeless,2016,north,5,persons,measured,city,s\n"
    assert check({MORE: text}).lines == [
        f"{MORE}:2:15 problem: the indicator 'homeless' has no breakdown by 'breakdown'. "
        "Add it to the indicator, or write 'total'."
    ]
    assert check({MORE: text}, swap={INDICATOR: ("unit: persons", "unit: persons\nbreakdown: district")}).lines == []


def test_a_dimension_the_indicator_does_not_have_is_shown(check: Check) -> None:
    found = check(swap={INDICATOR: ("dimensions:\n  - district\n", "")})
    assert found.lines == [
        f"{FIGURES}:{line}:15 problem: the indicator 'homeless' has no breakdown by 'district'. "
        "Add it to the indicator, or write 'total'."
        for line in (5, 6)
    ]


def test_the_same_value_in_two_files_is_shown_in_the_second(check: Check) -> None:
    assert check(added("homeless,2015,total,181,persons,measured,city,s")).lines == [
        f"{MORE}:2:1 problem: the same value stands at {FIGURES}:3 already. Keep one of them."
    ]


@pytest.mark.parametrize(
    "row",
    [
        "homeless,2017,south side,50,persons,measured,city,s",
        "homeless,2017,Syd,50,people,measured,whole city,s",
    ],
)
@pytest.mark.parametrize("file", [FIGURES, MORE])
def test_the_same_value_under_another_spelling_is_found(check: Check, row: str, file: str) -> None:
    if file == MORE:
        assert check(added(row)).lines == [
            f"{MORE}:2:1 problem: the same value stands at {FIGURES}:6 already. Keep one of them."
        ]
    else:
        last = "homeless,2017,south,50,persons,measured,city,count of 2017,\n"
        assert check(swap={FIGURES: (last, f"{last}{row},\n")}).lines == [
            f"{FIGURES}:7:1 problem: the same value stands at {FIGURES}:6 already. Keep one of them."
        ]


def test_the_same_value_is_found_whatever_the_order_of_the_columns(check: Check) -> None:
    words = "dimensions: [{id: sex, title: {da: Køn, en: Sex}, codes: [{code: women, label: {da: K, en: W}}]}]\n"
    one = "series,period,district,sex,value,unit,state,scope,source\nhomeless,2016,north,women,"
    two = "series,period,sex,district,value,unit,state,scope,source\nhomeless,2016,women,north,"
    files = {
        "vocabulary/more.yaml": words,
        "figures/one.csv": one + "5,persons,measured,city,s\n",
        "figures/two.csv": two + "5,persons,measured,city,s\n",
    }
    assert check(files, swap={INDICATOR: ("  - district", "  - district\n  - sex")}).lines == [
        "figures/two.csv:2:1 problem: the same value stands at figures/one.csv:2 already. Keep one of them."
    ]


def test_another_scope_is_another_value(check: Check) -> None:
    assert check(added("homeless,2015,total,180,persons,measured,administration,s")).lines == []


def test_a_goal_of_another_scope_than_its_figures_is_a_warning_at_the_goal(check: Check) -> None:
    swap = OTHER_SCOPE
    found = check(swap={PLAN: swap})
    assert found.lines == [
        f"{found.place(PLAN, 'scope: |administration')} warning: the goal is about 'administration', "
        "the figures of 'homeless' about 'city'. "
        "They are shown as context, and the goal is not judged by them; find figures of its own scope."
    ]


def test_a_goal_is_judged_where_one_of_its_figures_has_its_scope(check: Check) -> None:
    swap = OTHER_SCOPE
    assert check(added("homeless,2016,total,5,persons,measured,administration,s"), swap={PLAN: swap}).lines == []


def test_figures_and_declarations_are_checked_the_same_with_a_byte_order_mark(check: Check) -> None:
    found = check({MORE: "\ufeff" + HEADER + "homeless,2016,nort,5,persons,measured,city,s\n"})
    assert [str(each.location) for each in found.problems] == [f"{MORE}:2:15"]


def test_semicolons_change_no_place(check: Check) -> None:
    text = (HEADER + "homeless,2016,nort,5,persons,measured,city,s\n").replace(",", ";")
    assert [str(each.location) for each in check({MORE: text}).problems] == [f"{MORE}:2:15"]
