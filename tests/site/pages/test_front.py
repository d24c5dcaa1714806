"""The front page: whose status it is, how many goals have which half, and what is not measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.site.pages.town import Record, write

from pejl.site.pages import front
from pejl.site.pages.contents import Contents
from pejl.site.pages.status import StatusOverview


def status(contents: Contents) -> StatusOverview:
    found = front.select(contents, "en").status
    assert found is not None
    return found


def test_the_front_page_is_about_the_strategy_in_force(contents: Contents) -> None:
    shown = status(contents)
    assert shown.strategy.id == "plan"
    assert shown.strategy.standing == "in_force"
    assert (shown.strategy.first, shown.strategy.last) == ("2018", "2021")


def test_where_none_is_in_force_it_is_about_the_one_that_was_so_last(tmp_path: Path) -> None:
    def later(files: Record) -> None:
        files["status.json"]["year"] = 2024

    shown = status(Contents(write(tmp_path, later)))
    assert (shown.strategy.id, shown.strategy.standing) == ("plan", "over")


def test_a_strategy_in_force_without_goals_gives_way_to_one_with_goals(tmp_path: Path) -> None:
    def empty(files: Record) -> None:
        files["status.json"]["goals"] = [each for each in files["status.json"]["goals"] if each["strategy"] != "plan"]

    assert status(Contents(write(tmp_path, empty))).strategy.id == "old_plan"


def test_without_an_adopted_strategy_there_is_no_status(tmp_path: Path) -> None:
    def drafts(files: Record) -> None:
        for each in files["strategies.json"]:
            each |= {"status": "draft", "adopted_on": None}

    shown = front.select(Contents(write(tmp_path, drafts)), "en")
    assert shown.status is None
    assert shown.choices is None


def test_goals_stand_under_their_headings_in_the_order_of_the_document(contents: Contents) -> None:
    sections = status(contents).sections
    found = [(section.group and section.group.id, [card.id for card in section.cards]) for section in sections]
    assert found == [("overall", ["fewer_vulnerable"]), ("v1", ["sign_homeless"]), ("v2", ["sign_lonely"])]


def test_verdicts_are_counted_by_half(contents: Contents) -> None:
    shown = status(contents)
    assert [(count.mark.code, count.goals) for count in shown.targets] == [
        ("reached", 1),
        ("not_set", 1),
        ("direction_only", 1),
    ]
    assert [(count.mark.code, count.goals) for count in shown.developments] == [("right_way", 1), ("unknown", 2)]
    assert (shown.goals, shown.measured) == (3, 1)


def test_a_mark_has_a_symbol_words_and_a_colour(contents: Contents) -> None:
    mark = status(contents).targets[0].mark
    assert (mark.symbol, mark.words, mark.tone) == ("●", "The target is reached", "good")


def test_what_nothing_is_said_of_has_no_colour(contents: Contents) -> None:
    assert status(contents).developments[1].mark.tone == "quiet"


def test_a_change_is_told_with_the_level_it_comes_to(contents: Contents) -> None:
    card = status(contents).sections[1].cards[0]
    assert card.target == "−20% in 2021, that is 160"


def test_the_figure_stands_with_its_unit_and_interval(contents: Contents) -> None:
    figure = status(contents).sections[1].cards[0].figure
    assert (figure.value, figure.low, figure.high, figure.when) == ("150", "135", "165", "in 2019")
    assert figure.unit == {"da": "personer", "en": "personer (en)"}


def test_a_goal_without_a_figure_says_which_kind_of_nothing(contents: Contents) -> None:
    figure = status(contents).sections[2].cards[0].figure
    assert (figure.value, figure.state, figure.nothing) == (None, "no_method", "Cannot be measured yet")


def test_what_is_not_measured_is_listed_by_why(tmp_path: Path) -> None:
    def ours(files: Record) -> None:
        goals = files["status.json"]["goals"]
        next(each for each in goals if each["id"] == "fewer_vulnerable")["latest"]["state"] = "not_collected"

    lacks = status(Contents(write(tmp_path, ours))).lacks
    assert [(lack.state, [card.id for card in lack.cards]) for lack in lacks] == [
        ("no_method", ["sign_lonely"]),
        ("not_collected", ["fewer_vulnerable"]),
    ]
    assert "our lack" in lacks[1].explanation


def test_too_few_answers_are_not_called_no_data(tmp_path: Path) -> None:
    def few(files: Record) -> None:
        goals = files["status.json"]["goals"]
        latest = next(each for each in goals if each["id"] == "fewer_vulnerable")["latest"]
        latest |= {"state": "no_data", "why_not": "too_few_answers"}

    lack = status(Contents(write(tmp_path, few))).lacks[0]
    assert (lack.state, lack.heading) == ("too_few_answers", "Not shown: too few answered")
    assert [card.id for card in lack.cards] == ["fewer_vulnerable"]
    assert lack.explanation.startswith("So few have answered")


def test_what_is_withheld_has_the_mark_of_numbers_that_are_not_shown(tmp_path: Path) -> None:
    def hide(files: Record) -> None:
        for goal in files["status.json"]["goals"]:
            goal |= {"target_status": "withheld", "development": "withheld"}

    shown = status(Contents(write(tmp_path, hide)))
    assert [count.mark.symbol for count in (*shown.targets, *shown.developments)] == ["▨", "▨"]


def test_a_target_nobody_has_set_is_listed_too(contents: Contents) -> None:
    assert [card.id for card in status(contents).unset] == ["fewer_vulnerable"]


def test_the_footnote_says_what_chance_alone_would_show(contents: Contents) -> None:
    told = front.select(contents, "en").footnote
    assert told is not None
    assert told.startswith("We have compared 40 pairs of figures and seen 9 certain changes.")
    assert "about 2.0 on average" in told


@pytest.mark.parametrize(("tests", "words"), [(0, None), (1, "One pair of figures could be compared.")])
def test_few_comparisons_have_words_of_their_own(tmp_path: Path, tests: int, words: str | None) -> None:
    def few(files: Record) -> None:
        files["status.json"]["footnote"] |= {"tests": tests, "expected_false_signals": tests * 0.05}

    told = front.select(Contents(write(tmp_path, few)), "en").footnote
    assert (told is None) == (words is None)
    assert told is None or told.startswith(str(words))


def test_other_strategies_follow_the_newest_first_with_how_much_is_measured(contents: Contents) -> None:
    found = [(line.id, line.standing, line.goals, measured) for line, measured in front.select(contents, "en").others]
    assert found == [("plan_draft", "draft", 1, 0), ("old_plan", "over", 1, 1)]
