"""The easy sentences: short, plain, and never more than is known."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from tests.publish.charts.measured import text
from tests.publish.charts.worlds import copenhagen, goal_of, lilleby, reason
from tests.publish.sentences.points import changed, point

from pejl.publish.sentences import easy, easy_title, verdict_sentence
from pejl.text import LANGUAGES, Language


def test_easy_sentences_of_a_goal() -> None:
    assert easy(lilleby(), goal_of(lilleby(), "more_helped"), "da") == [
        "Tallet skal stige til 60 personer.",
        "Målet gælder i 2023.",
        "I 2023 var tallet 61 personer.",
        "Målet er nået.",
        "Det er ikke helt sikkert.",
        "Det går den rigtige vej.",
    ]
    assert easy(lilleby(), goal_of(lilleby(), "fewer_lonely"), "en") == [
        "The goal is less than 20 percent.",
        "The goal applies in 2023.",
        "We do not show the result.",
        "That protects the people behind it.",
    ]
    assert easy(lilleby(), goal_of(lilleby(), "more_meet"), "en") == [
        "The number is to rise.",
        "Nobody can measure it yet.",
        "We cannot see the way it goes.",
    ]


def test_easy_sentences_of_an_indicator_and_a_strategy() -> None:
    assert easy(lilleby(), "helped", "en") == ["In 2023 the number was 61 persons."]
    assert easy(lilleby(), lilleby().strategies[0], "en") == [
        "The plan runs from 2020 to 2023.",
        "The plan has 5 goals.",
        "2 goals are reached.",
        "One result is not shown.",
        "That protects the people behind it.",
        "2 goals have no answer here.",
    ]


def test_where_the_number_to_reach_is_not_known_easy_words_do_not_say_that_the_latest_figure_is_not() -> None:
    goal = changed(
        target_status="not_known", reasons=[reason("target_not_known", "target"), reason("change_right", "development")]
    )
    goal["target"] = {**goal["target"], "kind": "not_known"}
    assert easy(lilleby(), goal, "en") == [
        "In 2023 the number was 61 persons.",
        "There is a number for the goal.",
        "We do not know that number here.",
        "It goes the right way.",
    ]


def test_a_target_that_no_count_meets_exactly_is_told_without_an_abbreviation() -> None:
    goal = changed(
        target_status="reached", reasons=[reason("reached", "target"), reason("change_right", "development")]
    )
    goal["target"] = {**goal["target"], "level": 60.8}
    assert easy(lilleby(), goal, "en")[0] == "The number is to rise to around 61 persons."


@pytest.mark.parametrize(
    ("code", "easy_words", "clause"),
    [
        ("too_few_answers", "Too few people have answered.", "is not shown, because too few answered"),
        (
            "too_uncertain",
            "The answers are too uncertain.",
            "is not shown, because the answers leave too much to chance",
        ),
    ],
)
def test_where_answers_give_no_figure_that_is_said_and_not_that_there_are_no_data(
    code: str, easy_words: str, clause: str
) -> None:
    nothing = {**point("2023", None, state="no_data"), "why_not": code}
    goal = changed(
        target_status="reached", development="unknown", latest=nothing,
        reasons=[reason("reached", "target"), reason("no_figure", "development", state="no_data")],
    )  # fmt: skip
    told = easy(lilleby(), goal, "en")
    assert easy_words in told
    assert "There is no number." not in told
    assert verdict_sentence(goal, "en").endswith(f"The development cannot be judged: the figure in 2023 {clause}.")


def test_a_sign_without_a_number_is_seen_or_not_seen_and_never_lacks_an_answer() -> None:
    release = copy.deepcopy(lilleby())
    sign = goal_of(release, "more_meet")
    assert sign["target_status"] == "direction_only"
    for development, said in (
        ("right_way", "One sign is seen."),
        ("no_clear_change", "One sign is not seen for certain."),
        ("unknown", "2 goals have no answer here."),
        ("withheld", "2 results are not shown."),
    ):
        sign["development"] = development
        assert said in easy(release, release.strategies[0], "en")


def test_the_plain_title_stands_where_one_is_declared() -> None:
    assert easy_title({"title": text("Svær titel"), "plain": text("Let titel")}, "da") == "Let titel"
    assert easy_title({"title": text("Svær titel"), "plain": None}, "da") == "Svær titel"


@pytest.mark.parametrize("language", LANGUAGES)
def test_easy_sentences_are_short_and_plain(language: Language) -> None:
    for release in (lilleby(), copenhagen()):
        subjects: list[Any] = [*release.status["goals"], *release.indicators, *release.strategies]
        for subject in subjects:
            for sentence in easy(release, subject, language):
                assert len(sentence.split()) <= 12, sentence
                assert sentence.endswith("."), sentence
                assert not re.search(r"[();:%]|, |\bpct\b|\bpr\.", sentence), sentence
                assert sentence[0].isupper() or sentence[0].isdigit(), sentence
