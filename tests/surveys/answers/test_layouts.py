"""Exports as LimeSurvey and SurveyJS write them."""

from __future__ import annotations

import numpy as np
import pytest
from tests.surveys.answers.conftest import FILE, ReadAnswers

LIME = ("format: pejl", "format: limesurvey")
SURVEYJS = ("format: pejl", "format: surveyjs")

LIME_HEADER = (
    '"id","submitdate","lastpage","startlanguage","seed","token","startdate","datestamp",'
    '"by","tils[isolated]","tils[company]","tils[leftout]","interviewtime","groupTime12","byTime","tilsTime"\r\n'
)


def test_limesurvey_with_an_array_question_codes_in_brackets_and_times(read: ReadAnswers) -> None:
    rows = (
        '"1","2017-05-03 14:20:11","2","da","184","bbb","2017-05-03 14:18:00","2017-05-03 14:20:11",'
        '"self","1","2","3","131.5","131.5","3.1","90.2"\r\n'
        '"2","","1","da","185","ccc","2017-05-04 08:00:00","2017-05-04 08:01:00","proxy","2","","","","","",""\r\n'
        "\r\n"
    )
    found = read("\ufeff" + LIME_HEADER + rows, LIME)
    assert found.lines == []
    np.testing.assert_array_equal(found.of("left_out"), [np.nan, 3, np.nan])
    assert found.found.status.tolist() == ["no_answer", "complete", "partial"]
    assert found.found.by.tolist() == ["", "self", "proxy"]
    assert found.found.mode.tolist() == ["", "self", "self"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_limesurvey_with_other_separators_and_names_for_scripts(read: ReadAnswers, delimiter: str) -> None:
    names = ("id", "submitdate", "token", "by", "tils_isolated", "tils_company", "tils_leftout")
    cells = ("1", "2017-05-03 14:20:11", "aaa", "self", "1.0000000000", "2", "3")
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in (names, cells))
    found = read(text + "\r\n\r\n", LIME)
    assert found.lines == []
    assert [found.of(item)[0] for item in ("isolated", "company", "left_out")] == [1, 2, 3]


def test_limesurvey_without_the_question_who_answers_warns(read: ReadAnswers) -> None:
    text = (
        '"id","submitdate","token","ipaddr","email","tils[isolated]","tils[company]","tils[leftout]","comments"\n'
        '"1","2017-05-03 14:20:11","aaa","192.0.2.1","a@example.org","1","2","A3",""\n'
    )
    found = read(text, LIME)
    assert found.lines == [
        f"{FILE}:1:1 no_proxy_question warning: nothing says who answered: all answers are counted as the person's "
        "own. Ask it in the questionnaire, as the question 'by' with the answers self and proxy.",
        f"{FILE}:1:27 personal_column warning: 'ipaddr' says who somebody is; it is not read. "
        "Export the answers without it, and delete this file.",
        f"{FILE}:1:36 personal_column warning: 'email' says who somebody is; it is not read. "
        "Export the answers without it, and delete this file.",
        f"{FILE}:1:93 unknown_item problem: 'comments' is no question of this survey. "
        "Leave the column out, or declare the question.",
        f"{FILE}:2:69 outside_scale problem: the answer to 't_ils.left_out' is outside its scale. "
        "Write one of: 1, 2, 3.",
    ]


def test_limesurvey_of_an_anonymous_survey_has_no_tokens(read: ReadAnswers) -> None:
    found = read('"id","submitdate","lastpage","tils[isolated]"\n"1","1980-01-01 00:00:00","2","1"\n', LIME)
    assert found.answers is None
    assert found.lines == [
        f"{FILE}:1:1 missing_column problem: columns are missing: token. "
        "Export with question codes as headings, answer codes as answers, and the column 'token'."
    ]


def test_limesurvey_of_a_survey_nobody_answered(read: ReadAnswers) -> None:
    """LimeSurvey then writes one row of empty cells."""
    found = read(LIME_HEADER + ",".join(['""'] * 16) + "\r\n", LIME)
    assert found.places == [("no_answers", 3, 1)]


def test_surveyjs_with_a_matrix_json_and_cells_that_begin_like_formulas(read: ReadAnswers) -> None:
    text = (
        '"token","submitted","by","t_ils - isolated","t_ils - company","t_ils.left_out"\n'
        '"aaa","""2017-05-03T12:34:56.000Z""","self","1","2","3"\n'
        '"bbb","2017-05-03T14:20","proxy","1","2","\'-3"\n'
        '"ccc","","","","",""\n'
    )
    found = read(text, SURVEYJS)
    assert found.lines == [
        f"{FILE}:3:42 outside_scale problem: the answer to 't_ils.left_out' is outside its scale. "
        "Write one of: 1, 2, 3."
    ]
    assert found.found.status.tolist() == ["complete", "no_answer", "no_answer"]


NEGATIVE = """\
id: mood
title: {da: Humør, en: Mood}
version: "1"
credit: {da: Os, en: Us}
licence: {da: Fri, en: Free}
items:
  - {id: now, text: {da: Nu, en: Now}, kind: number, lowest: -3, highest: 3}
score: {rule: item}
"""


def test_surveyjs_writes_a_number_below_zero_with_an_apostrophe(read: ReadAnswers) -> None:
    found = read(
        'token,submitted,by,mood_now\n"aaa","2017-05-03","self","\'-3"\n',
        SURVEYJS,
        ("[t_ils]", "[mood]"),
        more={"instruments/mood.yaml": NEGATIVE},
    )
    assert found.lines == []
    assert found.of("now", "mood")[0] == -3
