"""What does not fit the language: every kind of error with its place, its value, what is wrong and the mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.workspace.conftest import Check, Found

PLAN = "strategy/plan.yaml"
WORDS = "vocabulary/words.yaml"
INDICATOR = "indicators/homeless.yaml"
SETTINGS = "pejl.toml"

NUMBER = "Write a number with a decimal point, without separators: 1000 or 1.4."
PERIOD = "Write 2017, 2017-Q3, 2016/2017, 2017-02-06, 2015..2017 or 2016>2017."
MAPPING = "Write the keys below it, indented."
NOT_FIXED = "Write one of: not_known, not_set."
SOURCES = "sources:\n  - title:\n      da: Planen\n      en: The plan\n"
TITLE = "title:\n  da: Plan 2014-2017\n  en: Plan 2014-2017\n"
VALID = "valid:\n  from: 2014-01-01\n  to: 2017-12-31\n"
HOMELESS = "        indicator: homeless\n"
STATE = "        state: not_collected\n"


def only(found: Found) -> tuple[str, str, str, str, str | None]:
    """Return place, code, what, mend and value of the one problem there is."""
    assert len(found.problems) == 1, found.lines
    (problem,) = found.problems
    assert problem.severity == "problem"
    where = str(problem.location)
    return where, problem.code, problem.what.render("en"), problem.mend.render("en"), problem.value


@pytest.mark.parametrize(
    ("file", "written", "misspelt", "meant"),
    [
        (PLAN, "|committee:\n", "comittee", "committee"),
        (PLAN, "|direction: decrease", "directoin", "direction"),
        (PLAN, "|value: 160", "valeu", "value"),
        (PLAN, "|from: 2014", "form", "from"),
        (PLAN, "|da: Flere har en bolig", "daa", "da"),
        (INDICATOR, "|published_by:", "publishedby", "published_by"),
        (WORDS, "|kind: share", "kinds", "kind"),
        (WORDS, "|aliases:\n      - people", "alias", "aliases"),
        (SETTINGS, "|own = true", "owner", "own"),
    ],
)
def test_a_misspelt_key_is_one_problem_with_the_key_meant(
    check: Check, file: str, written: str, misspelt: str, meant: str
) -> None:
    right = written.removeprefix("|")
    wrong = right.replace(meant, misspelt, 1)
    found = check(swap={file: (right, wrong)})
    what, mend = f"unknown key '{misspelt}'", f"Did you mean '{meant}'?"
    assert only(found) == (found.place(file, wrong), "unknown_key", what, mend, misspelt)


def test_an_unknown_key_like_no_other_names_those_there_are(check: Check) -> None:
    found = check(swap={PLAN: ("    number: 1", "    number: 1\n    zzz: 1")})
    mend = "Known keys here: goals, id, number, title."
    assert only(found) == (found.place(PLAN, "zzz"), "unknown_key", "unknown key 'zzz'", mend, "zzz")


def test_an_unknown_key_where_a_word_might_stand_instead_names_those_there_are(check: Check) -> None:
    found = check(swap={PLAN: ("code: 1A", "code: 1A\n        timetable: {da: Hvert år, en: Yearly, zzz: 1}")})
    mend = "Known keys here: da, en."
    assert only(found)[:4] == (found.place(PLAN, "zzz"), "unknown_key", "unknown key 'zzz'", mend)


@pytest.mark.parametrize(
    ("file", "without", "key", "owner"),
    [
        (PLAN, "status: adopted\n", "status", "id: plan"),
        (PLAN, "    number: 1\n", "number", "id: homes\n"),
        (PLAN, "      da: Flere har en bolig\n", "da", "en: More have a home"),
        (PLAN, "        direction: decrease\n", "direction", "id: fewer_homeless"),
        (
            PLAN,
            "            period: 2017\n            value: 160\n            standing: adopted\n",
            "standing",
            "kind: at_",
        ),
        (INDICATOR, "unit: persons\n", "unit", "id: homeless"),
        (WORDS, "    kind: share\n", "kind", "id: percent"),
        (SETTINGS, "own = true\n", "own", 'id = "lilleby"'),
    ],
)
def test_a_missing_key_is_shown_where_its_owner_begins(
    check: Check, file: str, without: str, key: str, owner: str
) -> None:
    found = check(swap={file: (without, "")})
    what, mend = f"'{key}' is missing", f"Add '{key}'."
    assert only(found) == (found.place(file, owner), "missing_key", what, mend, None)


@pytest.mark.parametrize("written", ["1.600,5", "160 persons", "'160'", "1e3", "1 600", "hundred", "true"])
def test_what_is_no_number_is_shown_where_it_stands(check: Check, written: str) -> None:
    found = check(swap={PLAN: ("value: 160", f"value: {written}")})
    shown = written.strip("'")
    what = f"'value' must be a number, not '{shown}'"
    place = found.place(PLAN, f"value: |{written}")
    assert only(found) == (place, "invalid_value", what, NUMBER, shown)


@pytest.mark.parametrize("written", ["15.1.2014", "2014-02-30", "2014", "2014-W03-3", "20140115", "'20140115'", "[x]"])
def test_what_is_no_day_is_shown_where_it_stands(check: Check, written: str) -> None:
    found = check(swap={PLAN: ("adopted_on: 2014-01-15", f"adopted_on: {written}")})
    shown = "[…]" if written == "[x]" else written.strip("'")
    what, mend = f"'adopted_on' must be a day, not '{shown}'", "Write year-month-day: 2014-09-17."
    place = found.place(PLAN, f"adopted_on: |{written}")
    assert only(found)[:4] == (place, "invalid_value", what, mend)


@pytest.mark.parametrize(
    ("written", "what", "mend"),
    [
        ("2013-Q5", "'2013-Q5' is not a period", PERIOD),
        ("2013-02-30", "'2013-02-30' is not a day of the calendar", PERIOD),
        ("2013/2015", "'2013/2015': a school year spans two years in a row", "Write 2013/2014."),
        ("2014..2013", "'2014..2013': the second year must come after the first", "Write the earlier year first."),
        ("213", "'213' is not a period", PERIOD),
        ("[2013]", "'period' must be a period, not '[…]'", PERIOD),
        ("2013.5", "'period' must be a period, not '2013.5'", PERIOD),
        ("true", "'period' must be a period, not 'true'", PERIOD),
    ],
)
def test_what_is_no_period_is_shown_where_it_stands(check: Check, written: str, what: str, mend: str) -> None:
    found = check(swap={PLAN: ("period: 2013", f"period: {written}")})
    assert only(found)[:4] == (found.place(PLAN, f"period: |{written}"), "invalid_value", what, mend)


@pytest.mark.parametrize("written", ["Homes", "boliger_på_nørrebro", "1a", "the homes", "homes-2", "_homes", "''"])
def test_what_is_no_id_is_shown_where_it_stands(check: Check, written: str) -> None:
    found = check(swap={PLAN: ("id: homes\n", f"id: {written}\n")})
    shown = written.strip("'")
    what = f"'id' is not a valid id: {shown}"
    mend = "Write lower-case letters, digits and underscores, beginning with a letter."
    assert only(found) == (found.place(PLAN, f"id: |{written}\n"), "invalid_value", what, mend, shown)


def test_an_id_has_at_most_eighty_letters(check: Check) -> None:
    assert check(swap={PLAN: ("id: plan", f"id: {'a' * 80}")}).lines == []
    found = check(swap={PLAN: ("id: plan", f"id: {'a' * 81}")})
    what = f"'id' is outside what is allowed: '{'a' * 59}…'"
    assert only(found)[:4] == (f"{PLAN}:1:5", "invalid_value", what, "Choose another value.")


@pytest.mark.parametrize(("key", "written"), [("code", "1.10"), ("code", "1"), ("code", "true"), ("id", "5")])
def test_a_text_that_reads_as_something_else_is_to_be_quoted(check: Check, key: str, written: str) -> None:
    right = {"code": "code: 1A", "id": "id: fewer_homeless"}[key]
    found = check(swap={PLAN: (right, f"{key}: {written}\n        weight: 1")})
    what = f"'{key}' must be text, not the number or word {written}"
    place = found.place(PLAN, f"{key}: |{written}\n        weight")
    assert only(found)[:4] == (place, "invalid_value", what, "Put it in quotes.")


def test_a_text_left_empty_is_called_empty(check: Check) -> None:
    found = check(swap={PLAN: ("id: homes\n", "id:\n")})
    mend = "Write a text, or remove the key."
    assert only(found) == (found.place(PLAN, "- id:|\n"), "invalid_value", "'id' is empty", mend, None)


@pytest.mark.parametrize("written", ["''", "'  '", '"\\t"'])
def test_a_text_of_nothing_is_too_short(check: Check, written: str) -> None:
    found = check(swap={PLAN: ("code: 1A", f"code: {written}")})
    what, mend = "'code' has too few entries or too few characters", "Write at least one, or remove the key."
    assert only(found)[:4] == (found.place(PLAN, f"code: |{written}"), "invalid_value", what, mend)


@pytest.mark.parametrize("written", ["one", "1.0", "'1'"])
def test_what_is_no_whole_number_is_shown_where_it_stands(check: Check, written: str) -> None:
    found = check(swap={PLAN: ("number: 1", f"number: {written}")})
    shown = written.strip("'")
    what, mend = f"'number' must be a whole number, not '{shown}'", "Write a whole number, without quotes."
    assert only(found) == (found.place(PLAN, f"number: |{written}"), "invalid_value", what, mend, shown)


@pytest.mark.parametrize("written", ["yes", "1", "'true'", "True"])
def test_only_true_and_false_are_true_or_false(check: Check, written: str) -> None:
    found = check(swap={PLAN: ("value: 160", f"value: 160\n            strict: {written}")})
    shown = written.strip("'")
    what, mend = f"'strict' must be true or false, not '{shown}'", "Write true or false, without quotes."
    assert only(found) == (found.place(PLAN, f"strict: |{written}"), "invalid_value", what, mend, shown)


@pytest.mark.parametrize(
    ("right", "wrong", "mend"),
    [
        ("status: adopted", "adoptd", "Did you mean 'adopted'?"),
        ("status: adopted", "over", "Write one of: draft, adopted, ended."),
        ("kind: at_most", "atmost", "Did you mean 'at_most'?"),
        ("state: not_collected", "not_colected", "Did you mean 'not_collected'?"),
        ("direction: decrease", "decreasing", "Did you mean 'decrease'?"),
        ("source: none", "figures", "Write one of: none."),
    ],
)
def test_a_word_that_is_not_among_the_allowed_ones_is_shown_with_them(
    check: Check, right: str, wrong: str, mend: str
) -> None:
    key = right.split(":")[0]
    found = check(swap={PLAN: (right, f"{key}: {wrong}")})
    place = found.place(PLAN, f"{key}: |{wrong}\n")
    assert only(found) == (place, "invalid_value", f"'{key}' cannot be '{wrong}'", mend, wrong)


def test_a_list_where_a_word_should_be_is_shown_where_it_begins(check: Check) -> None:
    found = check(swap={PLAN: ("direction: decrease", "direction: [zzz]")})
    mend = "Write one of: increase, decrease, hold."
    place = found.place(PLAN, "direction: |[zzz]")
    assert only(found) == (place, "invalid_value", "'direction' cannot be '[…]'", mend, None)


@pytest.mark.parametrize("written", ["The plan", "{title: x}", "5"])
def test_what_is_no_list_is_shown_where_it_begins(check: Check, written: str) -> None:
    found = check(swap={PLAN: (SOURCES, f"sources: {written}\n")})
    place = found.place(PLAN, f"sources: |{written}")
    assert only(found)[:4] == (place, "invalid_value", "'sources' must be a list", "Begin each item with a dash.")


def test_a_list_that_must_hold_something_is_not_empty(check: Check) -> None:
    found = check(swap={PLAN: (SOURCES, "sources: []\n")})
    what, mend = "'sources' has too few entries or too few characters", "Write at least one, or remove the key."
    assert only(found)[:4] == (found.place(PLAN, "sources: |[]"), "invalid_value", what, mend)


@pytest.mark.parametrize(
    ("right", "key", "written"), [(TITLE, "title", "My plan"), (TITLE, "title", "[My plan]"), (VALID, "valid", "2014")]
)
def test_what_has_no_keys_is_shown_where_it_begins(check: Check, right: str, key: str, written: str) -> None:
    found = check(swap={PLAN: (right, f"{key}: {written}\n")})
    what = f"'{key}' must hold keys with values, such as da and en"
    assert only(found)[:4] == (found.place(PLAN, f"{key}: |{written}\n"), "invalid_value", what, MAPPING)


def test_a_bad_item_of_a_list_is_shown_at_the_item_with_the_name_of_the_list(check: Check) -> None:
    found = check(swap={INDICATOR: ("  - district", "  - district\n  - By Age\n  - 5")})
    assert found.lines == [
        f"{INDICATOR}:10:5 problem: 'dimensions' is not a valid id: By Age. "
        "Write lower-case letters, digits and underscores, beginning with a letter.",
        f"{INDICATOR}:11:5 problem: 'dimensions' must be text, not the number or word 5. Put it in quotes.",
    ]


@pytest.mark.parametrize(
    ("key", "written", "what", "mend"),
    [
        ("weight", "heavy", "'weight' must be a number, not 'heavy'", f"{NUMBER} {NOT_FIXED}"),
        ("weight", "[1]", "'weight' must be a number, not '[…]'", f"{NUMBER} {NOT_FIXED}"),
        ("weight", "not_knwn", "'weight' cannot be 'not_knwn'", "Did you mean 'not_known'?"),
        ("kind_of_data", "not-set", "'kind_of_data' cannot be 'not-set'", "Did you mean 'not_set'?"),
        (
            "timetable",
            "yearly",
            "'timetable' must hold keys with values, such as da and en",
            f"{MAPPING} {NOT_FIXED}",
        ),
    ],
)
def test_a_value_that_may_be_of_several_kinds_is_one_problem(
    check: Check, key: str, written: str, what: str, mend: str
) -> None:
    found = check(swap={PLAN: ("code: 1A", f"code: 1A\n        {key}: {written}")})
    assert only(found)[:4] == (found.place(PLAN, f"{key}: |{written}"), "invalid_value", what, mend)


@pytest.mark.parametrize("rate", ["0", "-1"])
def test_a_rate_per_nobody_is_refused(check: Check, rate: str) -> None:
    what = f"'rate_per' is outside what is allowed: '{rate}'"
    found = check(swap={INDICATOR: ("unit: persons", f"unit: persons\nrate_per: {rate}")})
    assert only(found)[:3] == (found.place(INDICATOR, f"rate_per: |{rate}"), "invalid_value", what)


def test_a_goal_has_an_indicator_or_says_that_it_has_none(check: Check) -> None:
    what = "a goal has either an 'indicator' or 'source: none'"
    mend = "Name the indicator, or write 'source: none' and the 'state' of its missing data."
    for instead in ("", f"{HOMELESS}        source: none\n"):
        found = check(swap={PLAN: (HOMELESS, instead)})
        assert only(found)[:4] == (found.place(PLAN, "id: fewer_homeless"), "contradictory", what, mend)


def test_a_goal_without_data_says_which_kind_of_nothing_it_has(check: Check) -> None:
    what = "a goal with 'source: none' needs the 'state' of its missing data"
    mend = "Write no_method, no_data, not_due or not_collected."
    found = check(swap={PLAN: (STATE, "")})
    assert only(found)[:4] == (found.place(PLAN, "id: homes_kept"), "contradictory", what, mend)
    for state in ("measured", "estimate"):
        found = check(swap={PLAN: (STATE, f"        state: {state}\n")})
        assert only(found)[:4] == (found.place(PLAN, f"state: |{state}"), "contradictory", what, mend)


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("state: no_data", "'state' belongs to 'source: none'; an indicator's figures bring their own"),
        ("unit: persons", "'unit' belongs to 'source: none'; an indicator brings its own"),
    ],
)
def test_what_an_indicator_brings_is_not_declared_again(check: Check, key: str, what: str) -> None:
    found = check(swap={PLAN: (HOMELESS, f"{HOMELESS}        {key}\n")})
    name, value = key.split(": ")
    place = found.place(PLAN, f"{name}: |{value}")
    assert only(found)[:4] == (place, "contradictory", what, f"Remove '{name}'.")


def test_a_goal_that_is_to_hold_says_within_what(check: Check) -> None:
    found = check(swap={PLAN: ("direction: increase", "direction: hold")})
    what, mend = "a goal that is to hold needs a 'tolerance'", "in the indicator's unit."
    place = found.place(PLAN, "direction: |hold")
    assert only(found)[:3] == (place, "contradictory", what)
    assert only(found)[3].endswith(mend)
    assert check(swap={PLAN: ("direction: increase", "direction: hold\n        tolerance: 2")}).lines == []


@pytest.mark.parametrize(
    ("kind", "needs"),
    [
        ("level", "value"),
        ("at_least", "value"),
        ("at_most", "value"),
        ("change", "change"),
        ("relative_change", "relative_change"),
        ("change_and_relative", "change"),
    ],
)
def test_a_target_needs_the_number_of_its_kind_and_a_period(check: Check, kind: str, needs: str) -> None:
    number = "            value: 160\n"
    found = check(swap={PLAN: [("kind: at_most", f"kind: {kind}"), (number, "")]})
    what, mend = f"a target of kind '{kind}' needs '{needs}'", f"Add '{needs}', or choose another kind."
    place = found.place(PLAN, f"kind: {kind}\n            period")
    assert only(found)[:4] == (place, "contradictory", what, mend)
    both = "            change: -40\n            relative_change: -20\n"
    fits = {"value": number, "change": both, "relative_change": both}[needs]
    swaps = [("kind: at_most", f"kind: {kind}"), ("            period: 2017\n", ""), (number, fits)]
    found = check(swap={PLAN: swaps})
    what, mend = f"a target of kind '{kind}' needs a 'period'", "Add 'period': by when is it to be reached?"
    assert only(found)[1:4] == ("contradictory", what, mend)


def test_both_numbers_of_a_double_target_are_needed(check: Check) -> None:
    swaps = [("kind: at_most", "kind: change_and_relative"), ("            value: 160", "            change: -40")]
    what = "a target of kind 'change_and_relative' needs 'relative_change'"
    assert only(check(swap={PLAN: swaps}))[1:3] == ("contradictory", what)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        *(
            (kind, key)
            for kind in ("direction", "not_set", "not_known")
            for key in ("value", "change", "relative_change")
        ),
        *((kind, "value") for kind in ("change", "relative_change", "change_and_relative")),
    ],
)
def test_a_target_refuses_a_number_that_is_not_of_its_kind(check: Check, kind: str, key: str) -> None:
    own = "" if kind.startswith("not_") or kind == "direction" else "change: -40, relative_change: -20, period: 2017, "
    target = f"          - {{{own}kind: {kind}, {key}: 3, standing: adopted}}\n"
    found = check(swap={PLAN: ("          - kind: not_known\n            standing: adopted\n", target)})
    what = f"a target of kind '{kind}' has no '{key}'"
    mend = f"Remove '{key}', or choose the kind it belongs to."
    place = found.place(PLAN, f", {key}: |3, standing")
    assert only(found)[:4] == (place, "contradictory", what, mend)


def test_a_level_may_carry_the_changes_printed_beside_it(check: Check) -> None:
    swaps = ("value: 160", "value: 160\n            change: -40\n            relative_change: -20")
    assert check(swap={PLAN: swaps}).lines == []


def test_a_draft_is_not_adopted_and_what_is_adopted_has_its_day(check: Check) -> None:
    found = check(swap={PLAN: ("status: adopted", "status: draft")})
    what, mend = "a draft is not adopted", "Remove 'adopted_on' and 'adopted_by', or change the status."
    assert only(found)[:4] == (found.place(PLAN, "status: |draft"), "contradictory", what, mend)
    for status in ("adopted", "ended"):
        swaps = [("adopted_on: 2014-01-15\n", ""), ("status: adopted", f"status: {status}")]
        found = check(swap={PLAN: swaps})
        what = "an adopted strategy needs the day of its adoption"
        mend = "Add 'adopted_on', or 'adopted_by' if only the latest possible day is known."
        assert only(found)[:4] == (found.place(PLAN, f"status: |{status}"), "contradictory", what, mend)
    assert check(swap={PLAN: ("adopted_on: 2014-01-15", "adopted_by: 2014-12-31")}).lines == []


def test_the_last_day_of_a_strategy_is_not_before_its_first(check: Check) -> None:
    found = check(swap={PLAN: ("to: 2017-12-31", "to: 2013-12-31")})
    place = found.place(PLAN, "to: |2013-12-31")
    assert only(found)[:4] == (place, "contradictory", "'to' lies before 'from'", "Correct one of the two days.")
    assert "contradictory" not in check(swap={PLAN: ("to: 2017-12-31", "to: 2014-01-01")}).codes


@pytest.mark.parametrize("rhythm", ["{}", "{every_year: false}", "{every_year: true, periods: [2013]}"])
def test_a_rhythm_is_every_year_or_a_list(check: Check, rhythm: str) -> None:
    found = check(swap={INDICATOR: ("unit: persons", f"unit: persons\nrhythm: {rhythm}")})
    what = "a rhythm is either 'every_year: true' or a list of 'periods'"
    place = found.place(INDICATOR, f"rhythm: |{rhythm}")
    assert only(found)[:4] == (place, "contradictory", what, "Keep one of them.")


def test_one_bad_target_is_not_also_a_list_too_short(check: Check) -> None:
    found = check(swap={PLAN: ("kind: at_most", "kind: most")})
    assert only(found)[:3] == (found.place(PLAN, "kind: |most"), "invalid_value", "'kind' cannot be 'most'")


def test_a_long_text_is_shown_shortened(check: Check) -> None:
    (problem,) = check(swap={PLAN: ("value: 160", f"value: {'9' * 5000}")}).problems
    assert problem.value == "9" * 59 + "…"
    assert len(problem.what.render("en")) < 120


NEXT = """\
id: next
title: {da: Næste, en: Next}
status: draft
valid: {from: 2018-01-01}
committee: {da: Udvalget, en: The committee}
sources: [{title: {da: Udkast, en: Draft}}]
replaces: [{strategy: plan}]
sub_goals:
  - id: next_homes_kept
    title: {da: Flere beholder deres bolig, en: More keep their home}
    source: none
    state: not_collected
    scope: city
    direction: increase
    targets: [{kind: direction, standing: draft}]
    continues: [homes_kept]
"""


def test_an_error_in_one_goal_neither_hides_an_error_in_another_nor_causes_one(check: Check) -> None:
    swaps = [
        (f"{HOMELESS}        population: residents", f"{HOMELESS}        population: people"),
        (STATE, "        state: x\n"),
    ]
    found = check({"strategy/next.yaml": NEXT}, swap={PLAN: swaps})
    assert [(str(each.location), each.code) for each in found.problems] == [
        (found.place(PLAN, "population: |people"), "broken_reference"),
        (found.place(PLAN, "state: |x\n"), "invalid_value"),
    ]


@pytest.mark.parametrize("file", ["pejl.toml", WORDS, PLAN, INDICATOR])
def test_a_file_that_cannot_be_read_is_one_problem_and_breaks_no_reference(check: Check, file: str) -> None:
    found = check({file: "units = = [\n", "strategy/next.yaml": NEXT})
    assert [str(each.location).split(":")[0] for each in found.problems] == [file]


def test_a_file_that_cannot_be_read_does_not_hide_what_is_wrong_elsewhere(check: Check) -> None:
    found = check({"pejl.toml": "own = = true\n", WORDS: "units: [\n"}, swap={PLAN: (STATE, "        state: x\n")})
    assert found.codes == ["toml_syntax", "invalid_value", "yaml_syntax"]


def test_a_broken_indicator_is_one_problem_not_one_for_everything_that_names_it(check: Check) -> None:
    assert check(swap={INDICATOR: ("  da: Borgere i hjemløshed\n", "")}).codes == ["missing_key"]


def test_a_broken_unit_is_one_problem_not_one_for_everything_that_names_it(check: Check) -> None:
    assert check(swap={WORDS: ("    kind: count\n", "    kind: counts\n")}).codes == ["invalid_value"]
