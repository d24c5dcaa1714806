"""The page of a goal."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.site.pages.town import Record, point, write

from pejl.site.pages.contents import Contents
from pejl.site.pages.goal import GoalPage, select
from pejl.site.pages.simple_markdown import Block, Run


@pytest.fixture
def shown(contents: Contents) -> GoalPage:
    return select(contents, "sign_homeless", "en")


def test_both_halves_come_with_the_rule_that_decided(shown: GoalPage) -> None:
    assert (shown.verdict.target.code, shown.verdict.development.code) == ("reached", "right_way")
    assert shown.reasons.target == (
        "The latest figure reaches the target; the uncertainty does not exclude that it is not reached."
    )
    assert shown.reasons.development == (
        "The 95\N{NO-BREAK SPACE}% interval of the difference lies wholly on the side the goal wants."
    )


def test_baseline_latest_and_difference_stand_beside_each_other(shown: GoalPage) -> None:
    assert (shown.baseline.value, shown.baseline.period) == ("200", "2017")
    assert (shown.latest.value, shown.latest.period) == ("150", "2019")
    assert shown.difference == "Difference: −50 (−86 to −14)"


def test_a_difference_that_may_not_be_told_is_left_out(contents: Contents) -> None:
    assert select(contents, "old_homeless", "en").difference is None


def test_what_the_committee_fixed_is_told_also_where_it_is_not_known_here(shown: GoalPage) -> None:
    told = [(each.heading.render("en"), each.text and each.text["da"], each.words) for each in shown.fixed]
    assert told == [
        ("Weight", None, "2"),
        ("Kind of data", None, "Fixed, but not known here"),
        ("Timetable", "Hvert år", None),
    ]


def test_a_rate_is_context_and_judges_nothing(shown: GoalPage) -> None:
    assert [context.heading for context in shown.contexts] == ["Per 1,000 inhabitants"]
    assert shown.contexts[0].figures[0].figure.value == "75"


def test_the_ends_of_an_interval_have_the_decimals_of_the_figures_beside_them(tmp_path: Path) -> None:
    def two(files: Record) -> None:
        goal = next(each for each in files["status.json"]["goals"] if each["id"] == "sign_homeless")
        rate = goal["context"][0]
        first = {**rate, "period": "2017", "value": 85.04, "low": 49.52, "high": 136.03}
        goal["context"] = [first, {**rate, "value": 70.0, "low": 38.1, "high": 117.4}]

    rates = select(Contents(write(tmp_path, two)), "sign_homeless", "en").contexts[0].figures
    assert [(each.figure.value, each.figure.low, each.figure.high) for each in rates] == [
        ("85.0", "49.5", "136.0"),
        ("70.0", "38.1", "117.4"),
    ]


def test_figures_about_others_say_whom_they_are_about(tmp_path: Path) -> None:
    def others(files: Record) -> None:
        goal = next(each for each in files["status.json"]["goals"] if each["id"] == "sign_homeless")
        goal["context"] = [{"kind": "other_scope", "scope": "administration", **point("2018", 40.0)}]

    context = select(Contents(write(tmp_path, others)), "sign_homeless", "en").contexts[0]
    assert context.heading == "About others"
    assert context.figures[0].scope == {"da": "Forvaltningen", "en": "Forvaltningen (en)"}


def test_remarks_come_newest_first_and_in_the_language_of_the_page_where_there_is_one(shown: GoalPage) -> None:
    assert [(remark.year, remark.lang, remark.author) for remark in shown.remarks] == [
        (2019, None, "The centre"),
        (2018, "da", "Centret"),
    ]
    assert [remark.approved_by for remark in shown.remarks] == ["Direktionen", None]


def test_remarks_are_read_as_simple_markdown(contents: Contents) -> None:
    newest, oldest = select(contents, "sign_homeless", "da").remarks
    assert newest.what_now == (Block("list", ((Run("mere"),), (Run("bedre"),))),)
    assert oldest.why == (Block("paragraph", ((Run("Der blev "), Run("bygget", "strong"), Run(".")),)),)
    assert oldest.what_now == ()


def test_a_goal_without_remarks_has_none(contents: Contents) -> None:
    assert select(contents, "sign_lonely", "en").remarks == ()


def test_a_goal_tells_which_earlier_goal_it_continues(shown: GoalPage) -> None:
    assert [(step.words.render("en"), step.goal, step.code) for step in shown.earlier] == [
        ("continues", "old_homeless", "1A")
    ]
    assert shown.later == ()


def test_the_earlier_goal_tells_what_became_of_it(contents: Contents) -> None:
    later = select(contents, "old_homeless", "en").later
    assert [(step.words.render("en"), step.goal, step.draft) for step in later] == [
        ("is continued by", "sign_homeless", False)
    ]


def test_the_population_comes_with_its_definition_and_target_groups(shown: GoalPage) -> None:
    assert shown.population is not None
    assert shown.population.target_groups == (("adults", {"da": "Voksne", "en": "Voksne (en)"}),)
    assert [(version.version, version.proposed) for version in shown.population.versions] == [("1", True)]


def test_a_link_to_a_heading_says_why(shown: GoalPage) -> None:
    assert [(title["da"], why["da"]) for title, why in shown.headings] == [("Egen bolig", "Fordi.")]


def test_neighbours_are_the_goals_before_and_after_in_the_strategy(shown: GoalPage) -> None:
    assert shown.before is not None
    assert shown.after is not None
    assert (shown.before.id, shown.after.id) == ("fewer_vulnerable", "sign_lonely")


def test_a_goal_nobody_can_measure_says_who_owes_a_way(contents: Contents) -> None:
    shown = select(contents, "sign_lonely", "en")
    assert shown.indicator is None
    assert shown.owed_by == {"da": "Forvaltningen", "en": "Forvaltningen (en)"}
    assert shown.latest.nothing == "Cannot be measured yet"


def test_a_target_that_is_owed_says_by_when(contents: Contents) -> None:
    assert [target.to_be_set_by for target in select(contents, "fewer_vulnerable", "en").targets] == ["2020-05-01"]


def test_a_sign_without_a_number_says_its_direction_once_and_names_no_baseline(contents: Contents) -> None:
    shown = select(contents, "sign_lonely", "en")
    assert (shown.target, shown.direction, shown.baseline_named) == ("Is to fall", None, False)
    assert select(contents, "sign_homeless", "en").direction == "The number is to fall."
