"""The words of the glossary, in Danish as it fixes them; and how a verdict is put together from them."""

from __future__ import annotations

from typing import Any

import pytest

from pejl.judge.rules import DEVELOPMENT_RULES, TARGET_RULES
from pejl.judge.statuses import DEVELOPMENT_WORDS, SIGN_WORDS, TARGET_WORDS, Development, TargetStatus
from pejl.publish.numbers import number, number_with_unit, signed
from pejl.publish.words import (
    REASON_WORDS,
    REMARKS,
    STATE_WORDS,
    asked_words,
    development_words,
    period_label,
    point_words,
    reason_words,
    state_words,
    target_in_words,
    target_words,
)
from pejl.workspace.states import State

GLOSSARY_TARGET = {
    TargetStatus.REACHED: "målet er nået",
    TargetStatus.NOT_REACHED: "målet er ikke nået",
    TargetStatus.ON_TRACK: "på vej mod målet: udviklingen er hurtig nok",
    TargetStatus.TOO_EARLY: "for tidligt at sige",
    TargetStatus.NOT_SET: "der er ikke sat tal på målet",
    TargetStatus.NOT_KNOWN: "målet er sat, men tallet kendes ikke her",
    TargetStatus.UNKNOWN: "kan ikke vurderes",
    TargetStatus.WITHHELD: "vises ikke af hensyn til anonymiteten",
    TargetStatus.DIRECTION_ONLY: "et tegn uden tal",
}
GLOSSARY_DEVELOPMENT = {
    Development.RIGHT_WAY: "går den rigtige vej",
    Development.NO_CLEAR_CHANGE: "ingen sikker ændring",
    Development.WRONG_WAY: "går den forkerte vej",
    Development.STEADY: "stabilt, som det skal være",
    Development.NOT_COMPARABLE: "kan ikke sammenlignes (databrud)",
    Development.UNKNOWN: "kan ikke vurderes",
    Development.WITHHELD: "vises ikke af hensyn til anonymiteten",
}


@pytest.mark.parametrize(("status", "words"), GLOSSARY_TARGET.items())
def test_target_statuses_are_called_as_in_the_glossary(status: TargetStatus, words: str) -> None:
    assert TARGET_WORDS[status].render("da") == words


@pytest.mark.parametrize(("development", "words"), GLOSSARY_DEVELOPMENT.items())
def test_developments_are_called_as_in_the_glossary(development: Development, words: str) -> None:
    assert DEVELOPMENT_WORDS[development].render("da") == words


def test_a_sign_is_seen_or_not() -> None:
    assert {name: words.render("da") for name, words in SIGN_WORDS.items()} == {
        Development.RIGHT_WAY: "tegnet ses",
        Development.NO_CLEAR_CHANGE: "tegnet ses ikke sikkert",
        Development.WRONG_WAY: "går den forkerte vej",
    }


def test_every_status_state_and_rule_has_words() -> None:
    assert set(TARGET_WORDS) == set(TargetStatus)
    assert set(DEVELOPMENT_WORDS) == set(Development)
    assert set(STATE_WORDS) == set(State)
    assert set(REMARKS) <= set(REASON_WORDS)
    for when in (*(rule.when for rule in TARGET_RULES), *(rule.when for rule in DEVELOPMENT_RULES)):
        assert when.render("da") != when.render("en")


def goal(target: dict[str, Any], **other: Any) -> dict[str, Any]:
    full = dict.fromkeys(("period", "value", "due", "change", "relative_change", "level"))
    point = {"period": "2017", "value": 1482.0, "low": 1407.5, "high": 1559.4, "state": "measured", "n": None}
    return {
        "direction": "decrease",
        "latest": {**point, "unit": "persons"},
        "target": {**full, "standing": "adopted", "strict": False, **target},
        "target_status": "not_reached",
        "development": "no_clear_change",
        "reasons": [
            {"code": "not_reached_for_certain", "half": "target"},
            {"code": "interval_holds_zero", "half": "development"},
        ],
        **other,
    }


@pytest.mark.parametrize(
    ("target", "english"),
    [
        ({"kind": "level", "value": 1000.0, "period": "2017"}, "1,000 in 2017"),
        ({"kind": "at_least", "value": 95.0, "period": "2017"}, "at least 95 in 2017"),
        ({"kind": "at_most", "value": 1.1, "strict": True, "period": "2017"}, "below 1.1 in 2017"),
        ({"kind": "at_most", "value": 1.1, "period": "2017"}, "at most 1.1 in 2017"),
        ({"kind": "at_least", "value": 5.0, "strict": True, "period": "2017"}, "over 5 in 2017"),
        ({"kind": "change", "value": 480.0, "period": "2017"}, "+480 in 2017"),
        ({"kind": "relative_change", "value": -5.0, "period": "2017"}, "\N{MINUS SIGN}5% in 2017"),
        (
            {"kind": "change_and_relative", "value": -325.0, "relative_change": -21.0, "period": "2017"},
            "\N{MINUS SIGN}325 (\N{MINUS SIGN}21%) in 2017",
        ),
        ({"kind": "direction"}, "is to fall"),
        ({"kind": "not_set", "due": "2015-05-01"}, "no number set (due by 1 May 2015)"),
        ({"kind": "not_known"}, "set, not known here"),
        ({"kind": "level", "value": 95.0, "period": "2017", "standing": "proposed"}, "95 in 2017 (proposed)"),
    ],
)
def test_every_kind_of_target_in_words(target: dict[str, Any], english: str) -> None:
    assert target_in_words(goal(target), "en") == english


def test_both_halves_in_words() -> None:
    judged = goal({"kind": "level", "value": 1256.0, "period": "2017"})
    assert target_words(judged, "en") == "the target is not reached, and that is certain"
    assert development_words(judged, "en") == "no certain change"


def test_a_break_is_said_once_with_its_year() -> None:
    judged = goal(
        {"kind": "not_known"},
        development="not_comparable",
        target_status="not_known",
        reasons=[
            {"code": "target_not_known", "half": "target"},
            {"code": "break", "half": "development", "breaks": ["2016-01-01"]},
        ],
    )
    assert development_words(judged, "en") == "cannot be compared: break in the series in 2016"
    assert development_words(judged, "da").startswith("kan ikke sammenlignes: ")


def test_a_sign_speaks_of_the_sign() -> None:
    judged = goal({"kind": "direction"}, target_status="direction_only", development="right_way")
    judged["reasons"] = [
        {"code": "target_is_direction", "half": "target"},
        {"code": "change_right", "half": "development"},
    ]
    assert development_words(judged, "da") == "tegnet ses"


def test_the_kind_of_nothing_is_said_unless_it_stands_beside() -> None:
    reasons = [{"code": "no_figure", "half": half, "state": "no_method"} for half in ("target", "development")]
    judged = goal({"kind": "level", "value": 1.0}, target_status="unknown", development="unknown", reasons=reasons)
    assert target_words(judged, "da") == "kan ikke vurderes: kan ikke måles endnu"
    assert target_words(judged, "da", beside_figures=True) == "kan ikke vurderes"


def test_what_is_not_due_says_when_next() -> None:
    point = {"period": "2016", "state": "not_due", "next_due": "2017", "value": None}
    assert state_words(point, "da") == "ingen måling i 2016, næste 2017"
    assert state_words({**point, "next_due": None}, "en") == "not measured in this period"


def test_a_figure_in_words_has_period_value_and_interval() -> None:
    point = goal({"kind": "not_known"})["latest"]
    assert point_words(point, "da") == "2017: 1.482 (1.408\N{EN DASH}1.559)"
    share = {**point, "value": 47.0, "low": 45.86, "high": 48.14, "unit": "percent"}
    assert point_words(share, "da") == "2017: 47\N{NO-BREAK SPACE}% (45,9\N{EN DASH}48,1)"
    assert point_words({**point, "low": None, "high": None}, "en") == "2017: 1,482"


def test_numbers_have_the_decimals_they_need() -> None:
    assert [number(value, "en") for value in (5.0, 5.1, 5.25, 0.30000000000000004)] == ["5", "5.1", "5.25", "0.3"]
    assert number_with_unit(1.1, "percent", "en") == "1.1%"
    assert signed(-5.0, "percent", "en") == "\N{MINUS SIGN}5 percentage points"


def test_periods_are_named_as_readers_expect() -> None:
    assert period_label("2017-Q3", "da") == "3. kvartal 2017"
    assert period_label("2016/2017", "da") == "skoleåret 2016/2017"
    assert period_label("2017-02-06", "da") == "6. februar 2017"
    assert period_label(None, "da") == "–"


def test_a_rule_that_the_verdict_already_says_adds_no_words() -> None:
    assert reason_words({"code": "interval_holds_zero", "half": "development"}, "en") is None


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("too_few_answers", "not shown: too few answered"),
        ("too_uncertain", "not shown: the answers leave too much to chance"),
    ],
)
def test_an_estimate_that_is_not_shown_says_why(code: str, words: str) -> None:
    point = {"state": "no_data", "value": None, "period": "2020", "why_not": code}
    assert state_words(point, "en") == words
    assert state_words({**point, "why_not": None}, "en") == "no data for the period"
    figure = {"state": "no_data", "value": None, "period": "2020", "method": "survey", "note": code}
    assert state_words(figure, "en") == words
    assert state_words({**figure, "method": "published", "note": "of its source"}, "en") == "no data for the period"


def test_what_was_asked_and_what_counts_stand_in_a_line() -> None:
    asked = {
        "title": {"da": "Ensomhed (T-ILS)", "en": "Loneliness (T-ILS)"},
        "version": "1",
        "cut_off": {"title": {"da": "7 eller mere", "en": "7 or more"}},
        "band": None,
    }
    assert asked_words(asked, "en") == "Asked with: Loneliness (T-ILS), version 1; counted: 7 or more"
    assert asked_words({**asked, "cut_off": None}, "en") == "Asked with: Loneliness (T-ILS), version 1"
