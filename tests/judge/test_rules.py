"""The table of verdict rules, row by row: for each row a world in which exactly that row decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pejl.judge.comparison import Comparison
from pejl.judge.facts import Facts, Point, Question
from pejl.judge.rules import DEVELOPMENT_RULES, TARGET_RULES, first_that_holds
from pejl.judge.statuses import Development, TargetStatus
from pejl.workspace.kinds import TargetKind
from pejl.workspace.period import Period
from pejl.workspace.states import State


def point(period: object, value: float | None, state: State = State.MEASURED, half_width: float | None = 10) -> Point:
    if value is None:
        return Point(Period.parse(period), state, None, "count")
    low, high = (None, None) if half_width is None else (value - half_width, value + half_width)
    return Point(Period.parse(period), state, value, "count", low, high)


def change(value: float, low: float, high: float, ratio: float = 1.0) -> Comparison:
    return Comparison(value, low, high, ratio, ratio - 0.1, ratio + 0.1, 0.5, "made up")


REDUCE_BY_40 = Question("decrease", TargetKind.CHANGE, Period.year(2017), change=-40.0)
AT_MOST_60 = Question("decrease", TargetKind.AT_MOST, Period.year(2017), value=60.0)
HOLD = Question("hold", TargetKind.DIRECTION, tolerance=5.0)

WORLD = Facts(
    question=AT_MOST_60,
    baseline=point(2013, 100.0),
    latest=point(2017, 80.0),
    comparison=change(-20.0, -30.0, -10.0),
    breaks=(),
    starts=date(2014, 1, 1),
    horizon=date(2017, 12, 31),
)
"""Fewer is better, at most 60 in 2017; 100 in 2013, 80 in 2017, surely fewer; the release is made for 2017."""

AHEAD = replace(WORLD, latest=point(2015, 80.0), horizon=date(2015, 12, 31))
"""The same, two of the four years gone: an even pace has come 20 of the 40 down, to 80."""

WITHHELD = Point(Period.year(2017), State.WITHHELD, None, "count")

TARGET_ROWS: dict[str, tuple[Facts, TargetStatus]] = {
    "target_not_set": (
        replace(WORLD, question=Question("decrease", TargetKind.NOT_SET), latest=WITHHELD),
        TargetStatus.NOT_SET,
    ),
    "target_not_known": (
        replace(WORLD, question=Question("decrease", TargetKind.NOT_KNOWN), latest=WITHHELD),
        TargetStatus.NOT_KNOWN,
    ),
    "target_is_direction": (
        replace(WORLD, question=Question("decrease", TargetKind.DIRECTION), latest=WITHHELD),
        TargetStatus.DIRECTION_ONLY,
    ),
    "figure_withheld": (replace(WORLD, latest=WITHHELD), TargetStatus.WITHHELD),
    "baseline_withheld": (
        replace(WORLD, question=REDUCE_BY_40, baseline=replace(WITHHELD, period=Period.year(2013))),
        TargetStatus.WITHHELD,
    ),
    "only_other_scope": (
        replace(WORLD, latest=point(2017, None, State.NOT_COLLECTED), only_other_scope=True),
        TargetStatus.UNKNOWN,
    ),
    "no_figure": (replace(WORLD, latest=point(2017, None, State.NO_DATA)), TargetStatus.UNKNOWN),
    "baseline_unknown": (replace(WORLD, question=REDUCE_BY_40, baseline=None), TargetStatus.UNKNOWN),
    "break": (replace(WORLD, breaks=(date(2016, 1, 1),)), TargetStatus.UNKNOWN),
    "other_kind_of_period": (
        replace(WORLD, question=REDUCE_BY_40, latest=point("2017-Q4", 20.0)),
        TargetStatus.UNKNOWN,
    ),
    "reached_for_certain": (replace(WORLD, latest=point(2017, 50.0)), TargetStatus.REACHED),
    "reached": (replace(WORLD, latest=point(2017, 55.0)), TargetStatus.REACHED),
    "no_figure_for_deadline": (replace(WORLD, latest=point(2016, 80.0)), TargetStatus.UNKNOWN),
    "not_reached_for_certain": (replace(WORLD, latest=point(2017, 71.0)), TargetStatus.NOT_REACHED),
    "not_reached": (replace(WORLD, latest=point(2017, 69.0)), TargetStatus.NOT_REACHED),
    "nothing_after_baseline": (replace(AHEAD, latest=point(2013, 100.0)), TargetStatus.TOO_EARLY),
    "pace_without_baseline": (replace(AHEAD, baseline=None), TargetStatus.UNKNOWN),
    "pace_uncertain": (replace(AHEAD, comparison=change(-20.0, -41.0, 1.0)), TargetStatus.TOO_EARLY),
    "on_pace": (AHEAD, TargetStatus.ON_TRACK),
    "behind_pace": (
        replace(AHEAD, latest=point(2015, 95.0), comparison=change(-5.0, -15.0, 5.0)),
        TargetStatus.BEHIND,
    ),
}

DEVELOPMENT_ROWS: dict[str, tuple[Facts, Development]] = {
    "withheld": (replace(WORLD, latest=WITHHELD), Development.WITHHELD),
    "only_other_scope": (
        replace(WORLD, latest=point(2017, None, State.NOT_COLLECTED), only_other_scope=True),
        Development.UNKNOWN,
    ),
    "no_figure": (replace(WORLD, latest=point(2017, None, State.NOT_DUE)), Development.UNKNOWN),
    "nothing_to_compare": (replace(WORLD, baseline=None, comparison=None), Development.UNKNOWN),
    "nothing_after_baseline": (
        replace(WORLD, latest=point(2013, 100.0), comparison=None),
        Development.UNKNOWN,
    ),
    "break": (replace(WORLD, breaks=(date(2017, 1, 1),), comparison=None), Development.NOT_COMPARABLE),
    "other_kind_of_period": (
        replace(WORLD, latest=point("2016/2017", 80.0), comparison=None),
        Development.NOT_COMPARABLE,
    ),
    "uncertainty_unknown": (replace(WORLD, comparison=None), Development.UNKNOWN),
    "within_tolerance": (
        replace(WORLD, question=HOLD, latest=point(2017, 101.0), comparison=change(1.0, -3.0, 5.0)),
        Development.STEADY,
    ),
    "outside_tolerance": (
        replace(WORLD, question=HOLD, latest=point(2017, 90.0), comparison=change(-10.0, -14.0, -6.0)),
        Development.WRONG_WAY,
    ),
    "tolerance_undecided": (
        replace(WORLD, question=HOLD, latest=point(2017, 96.0), comparison=change(-4.0, -7.0, -1.0)),
        Development.NO_CLEAR_CHANGE,
    ),
    "interval_holds_zero": (replace(WORLD, comparison=change(-20.0, -45.0, 5.0)), Development.NO_CLEAR_CHANGE),
    "change_right": (WORLD, Development.RIGHT_WAY),
    "change_wrong": (
        replace(WORLD, latest=point(2017, 130.0), comparison=change(30.0, 5.0, 55.0)),
        Development.WRONG_WAY,
    ),
}


@pytest.mark.parametrize("rule", TARGET_RULES, ids=lambda rule: str(rule.code))
def test_every_target_rule_decides_its_own_world(rule: object) -> None:
    code = rule.code  # type: ignore[attr-defined]  # pytest hands parameters over untyped
    facts, status = TARGET_ROWS[code]
    decided = first_that_holds(TARGET_RULES, facts)
    assert (decided.code, decided.status) == (code, status)


@pytest.mark.parametrize("rule", DEVELOPMENT_RULES, ids=lambda rule: str(rule.code))
def test_every_development_rule_decides_its_own_world(rule: object) -> None:
    code = rule.code  # type: ignore[attr-defined]  # pytest hands parameters over untyped
    facts, status = DEVELOPMENT_ROWS[code]
    decided = first_that_holds(DEVELOPMENT_RULES, facts)
    assert (decided.code, decided.status) == (code, status)


def test_no_row_is_tested_that_is_not_in_the_tables() -> None:
    assert list(TARGET_ROWS) == [rule.code for rule in TARGET_RULES]
    assert list(DEVELOPMENT_ROWS) == [rule.code for rule in DEVELOPMENT_RULES]


def test_every_status_can_be_given() -> None:
    assert {rule.status for rule in TARGET_RULES} == set(TargetStatus)
    assert {rule.status for rule in DEVELOPMENT_RULES} == set(Development)


@pytest.mark.parametrize(
    ("value", "strict", "reached"),
    [(60.0, False, True), (60.0, True, False), (59.9, True, True), (60.1, False, False)],
)
def test_a_threshold_is_reached_at_the_threshold_unless_it_is_strict(value: float, strict: bool, reached: bool) -> None:
    facts = replace(WORLD, question=replace(AT_MOST_60, strict=strict), latest=point(2017, value))
    assert (first_that_holds(TARGET_RULES, facts).status is TargetStatus.REACHED) is reached


def test_an_absolute_change_outranks_the_relative_one_printed_beside_it() -> None:
    # 100 - 40 = 60; the printed -41 % would ask for 59.
    question = Question(
        "decrease", TargetKind.CHANGE_AND_RELATIVE, Period.year(2017), change=-40.0, relative_change=-41.0
    )
    facts = replace(WORLD, question=question, latest=point(2017, 60.0))
    assert facts.level == 60.0
    assert first_that_holds(TARGET_RULES, facts).status is TargetStatus.REACHED


def test_a_relative_change_is_a_share_of_the_baseline() -> None:
    question = Question("decrease", TargetKind.RELATIVE_CHANGE, Period.year(2017), relative_change=-25.0)
    facts = replace(WORLD, question=question, latest=point(2017, 75.0), comparison=change(-25.0, -30.0, -20.0, 0.75))
    assert facts.level == 75.0
    # The ratio's interval, 0.65 to 0.85, holds both 0.74 and 0.76: it is reached, but not for certain.
    assert first_that_holds(TARGET_RULES, facts).code == "reached"


def test_a_change_is_certain_only_if_the_interval_of_the_difference_says_so() -> None:
    facts = replace(WORLD, question=REDUCE_BY_40, latest=point(2017, 55.0), comparison=change(-45.0, -50.0, -40.0))
    assert first_that_holds(TARGET_RULES, facts).code == "reached_for_certain"
    wider = replace(facts, comparison=change(-45.0, -51.0, -39.0))
    assert first_that_holds(TARGET_RULES, wider).code == "reached"


def test_a_break_on_the_first_day_of_the_latest_period_separates_it_from_the_baseline() -> None:
    assert replace(WORLD, breaks=(date(2017, 1, 1),)).breaks_between == (date(2017, 1, 1),)
    assert replace(WORLD, breaks=(date(2018, 1, 1),)).breaks_between == ()
    assert replace(WORLD, breaks=(date(2013, 1, 1),)).breaks_between == ()


def test_more_is_better_mirrors_fewer_is_better() -> None:
    question = Question("increase", TargetKind.AT_LEAST, Period.year(2017), value=140.0)
    facts = replace(WORLD, question=question, latest=point(2017, 120.0), comparison=change(20.0, 10.0, 30.0))
    assert first_that_holds(TARGET_RULES, facts).status is TargetStatus.NOT_REACHED
    assert first_that_holds(DEVELOPMENT_RULES, facts).status is Development.RIGHT_WAY


def test_a_goal_that_is_to_hold_reaches_a_level_within_its_tolerance() -> None:
    question = Question("hold", TargetKind.LEVEL, Period.year(2017), value=80.0, tolerance=5.0)
    assert first_that_holds(TARGET_RULES, replace(WORLD, question=question, latest=point(2017, 84.0))).code == "reached"
    far = replace(WORLD, question=question, latest=point(2017, 99.0))
    assert first_that_holds(TARGET_RULES, far).status is TargetStatus.NOT_REACHED
