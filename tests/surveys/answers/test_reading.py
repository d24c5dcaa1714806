"""Our own format: what is used, and what is said of every row that is not."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.surveys.answers.conftest import FILE, HEADER, ReadAnswers, drawn

from pejl.surveys.answers import scores
from pejl.surveys.library import library

NAN = math.nan


def test_answers_stand_in_the_order_of_the_sample(read: ReadAnswers) -> None:
    rows = "ccc,2017-05-03T14:20,paper,self,1,2,3\naaa,2017-05-31T23:59:59,interview,self,3,3,2\n"
    found = read(HEADER + rows)
    assert found.lines == []
    np.testing.assert_array_equal(found.of("isolated"), [3, NAN, 1])
    np.testing.assert_array_equal(found.of("left_out"), [2, NAN, 3])
    assert found.found.status.tolist() == ["complete", "no_answer", "complete"]
    assert found.found.mode.tolist() == ["interview", "", "paper"]
    assert found.found.by.tolist() == ["self", "", "self"]
    assert found.found.line.tolist() == [3, 0, 2]
    assert (found.found.survey, found.found.period, found.found.set_aside) == ("voices", "2017", 0)
    np.testing.assert_array_equal(scores(library()["t_ils"], found.found), [8, NAN, 6])


def test_columns_in_any_order_semicolons_a_mark_at_the_start_and_empty_lines(read: ReadAnswers) -> None:
    text = (
        "\ufeffby;mode;t_ils.left_out;t_ils.company;t_ils.isolated;submitted;token\r\n\r\n"
        "self;self;3;2;1;2017-05-01;bbb\r\n;;;;;;\r\n"
    )
    found = read(text)
    assert found.lines == []
    assert [found.of(item)[1] for item in ("isolated", "company", "left_out")] == [1, 2, 3]
    assert found.found.line.tolist() == [0, 3, 0]


def test_what_became_of_everybody(read: ReadAnswers) -> None:
    header = HEADER.replace("by,", "by,outcome,")
    rows = (
        "a,2017-05-03,self,self,,1,1,1\n"  # all answered
        "b,2017-05-03,self,self,,1,1,\n"  # one left out
        "c,,self,self,,1,1,1\n"  # never handed in
        "d,2017-05-03,,,,,,\n"  # handed in blank
        "e,,,,refused,,,\n"
        "f,2017-05-03,self,self,refused,1,1,1\n"  # took it back
        "g,,,,ineligible,,,\n"
        "h,,,,,,,\n"  # opened, nothing more
    )
    found = read(header + rows, sample=drawn("a b c d e f g h i")).found
    assert found.status.tolist() == [
        "complete",
        "partial",
        "partial",
        "refused",
        "refused",
        "refused",
        "ineligible",
        "no_answer",
        "no_answer",
    ]
    np.testing.assert_array_equal(found.of("t_ils", "isolated"), [1, 1, 1, *[NAN] * 6])
    assert found.by.tolist() == ["self", "self", "self", *[""] * 6]


def test_who_does_not_know_has_answered_but_counts_in_no_share(read: ReadAnswers) -> None:
    text = "token,submitted,mode,by,involvement.involved\naaa,2017-05-03,self,self,9\nbbb,2017-05-03,self,self,4\n"
    found = read(text, ("[t_ils]", "[involvement]"))
    assert found.lines == []
    assert found.found.status.tolist() == ["complete", "complete", "no_answer"]
    np.testing.assert_array_equal(scores(library()["involvement"], found.found), [NAN, 1, NAN])


def test_answers_of_others_are_kept_and_never_counted_as_self_report(read: ReadAnswers) -> None:
    rows = "aaa,2017-05-03,self,proxy,1,1,1\nbbb,2017-05-03,interpreter,self,2,2,2\nccc,2017-05-03,interview,,3,3,3\n"
    found = read(HEADER + rows)
    assert found.lines == [
        f"{FILE}:4:26 by_unknown warning: nothing says who answered; where only the person's own answers count, "
        "these do not. Write self or proxy; ask it before the other questions."
    ]
    np.testing.assert_array_equal(found.of("isolated"), [1, 2, 3])
    assert found.found.by.tolist() == ["proxy", "self", ""]
    assert found.found.mode.tolist() == ["self", "interpreter", "interview"]
    t_ils = library()["t_ils"]
    np.testing.assert_array_equal(scores(t_ils, found.found), [NAN, 6, NAN])
    np.testing.assert_array_equal(scores(t_ils.model_copy(update={"self_report": False}), found.found), [3, 6, 9])


OWN = """\
id: own
title: {da: Vores, en: Ours}
version: "1"
credit: {da: Os, en: Us}
licence: {da: Fri, en: Free}
items:
  - {id: hours, text: {da: Timer, en: Hours}, kind: number, lowest: 0, highest: 24}
  - {id: why, text: {da: Hvorfor, en: Why}, kind: text}
score: {rule: mean}
"""


def test_numbers_and_free_texts_of_a_workspaces_own_instrument(read: ReadAnswers) -> None:
    text = (
        "token,submitted,mode,by,own.hours,own.why\n"
        'aaa,2017-05-03,self,self,24,"Because,\nof two lines"\n'
        "bbb,2017-05-03,self,self,25,\n"
        "ccc,2017-05-03,self,self,0,\n"
    )
    found = read(text, ("[t_ils]", "[own]"), more={"instruments/own.yaml": OWN})
    assert found.lines == [
        f"{FILE}:4:26 outside_scale problem: the answer to 'own.hours' is outside its scale. "
        "Write a whole number from 0 to 24."
    ]
    np.testing.assert_array_equal(found.of("hours", "own"), [24, NAN, 0])
    np.testing.assert_array_equal(found.of("why", "own"), [1, NAN, NAN])


def test_everything_that_is_wrong_is_said_at_once_by_row_and_column(read: ReadAnswers) -> None:
    rows = (
        "aaa,2017-05-03,self,self,1,4,x\n"
        "zzz,2017-05-03,self,self,1,1,1\n"
        ",2017-05-03,self,self,1,1,1\n"
        "bbb,2017-06-01,self,self,1,1,1\n"
        "ccc,2017-04-30T23:00,post,mother,1,1,1\n"
        "aaa,3/5 2017,self,self,1,1,1\n"
        "aaa,2017-05-03,self,self\n"
    )
    found = read(HEADER + rows)
    assert found.lines == [
        f"{FILE}:2:28 outside_scale problem: the answer to 't_ils.company' is outside its scale. "
        "Write one of: 1, 2, 3.",
        f"{FILE}:2:30 outside_scale problem: the answer to 't_ils.left_out' is outside its scale. "
        "Write one of: 1, 2, 3.",
        f"{FILE}:3:1 unknown_token problem: the token was not drawn in this wave. "
        "Check that the file is of this wave, and the token as it was sent out.",
        f"{FILE}:4:1 unknown_token problem: the token is missing. "
        "Check that the file is of this wave, and the token as it was sent out.",
        f"{FILE}:5:5 after_closing problem: the answers came after the wave closed, 2017-05-31. "
        "Leave the row out, or correct 'closes' in the survey.",
        f"{FILE}:6:5 before_opening problem: the answers came before the wave opened, 2017-05-01. "
        "Check that the file is of this wave; or correct 'opens' in the survey.",
        f"{FILE}:6:22 unknown_word problem: 'mode' holds a word that is not known. "
        "Write one of: self, interview, interpreter, paper.",
        f"{FILE}:6:27 unknown_word problem: 'by' holds a word that is not known. Write one of: self, proxy.",
        f"{FILE}:7:1 token_twice problem: the same token stands in line 2 already; neither row is used. "
        "Keep the row that counts.",
        f"{FILE}:7:5 bad_moment problem: 'submitted' is no moment. "
        "Write it as in 2017-05-03T14:20; leave it empty if nothing was handed in.",
        f"{FILE}:8:1 wrong_width problem: the row has 4 values, the header 7. "
        "Add or remove separators; put a text that holds one in quotes.",
    ]
    assert {each.value for each in found.problems} == {None}
    assert found.found.set_aside == 7
    assert set(found.found.status.tolist()) == {"no_answer"}


def test_of_a_token_that_stands_twice_neither_row_is_used(read: ReadAnswers) -> None:
    rows = "aaa,2017-05-03,self,self,1,1,1\naaa,2017-05-04,self,self,2,2,2\nbbb,2017-05-04,self,self,2,2,2\n"
    found = read(HEADER + rows)
    assert found.places == [("token_twice", 3, 1)]
    assert found.found.status.tolist() == ["no_answer", "complete", "no_answer"]
    assert found.found.set_aside == 2


def test_a_file_that_begins_with_somebodys_answers_is_not_quoted(read: ReadAnswers) -> None:
    found = read("aaa,2017-05-03,self,self,1,2,3\n")
    assert found.answers is None
    assert found.lines == [
        f"{FILE}:1:1 missing_column problem: columns are missing: token, submitted, mode, by. "
        f"Begin the file with the line: {HEADER.strip()}"
    ]


def test_columns_that_are_unknown_missing_or_there_twice(read: ReadAnswers) -> None:
    header = "token,submitted,mode,by,t_ils.isolatd,t_ils.company,t_ils.company,t_ils.left_out\n"
    found = read(header + "aaa,2017-05-03,self,self,1,1,2,1\n")
    assert found.lines == [
        f"{FILE}:1:1 missing_item problem: there is no column with the answers to 't_ils.isolated'. "
        "Add the column, empty if nobody answered.",
        f"{FILE}:1:25 unknown_item problem: 't_ils.isolatd' is no question of this survey. "
        "Did you mean 't_ils.isolated'?",
        f"{FILE}:1:53 duplicate_column problem: the column 't_ils.company' stands there already. Keep one of them.",
    ]


def test_an_instrument_that_was_not_asked_is_a_warning_and_asks_nothing_of_a_complete_answer(
    read: ReadAnswers,
) -> None:
    found = read(HEADER + "aaa,2017-05-03,self,self,1,1,1\n", ("[t_ils]", "[t_ils, staff_pride]"))
    assert found.lines == [
        f"{FILE}:1:1 not_asked warning: 'staff_pride' was not asked in this wave. "
        "If it was, check the names of the columns: staff_pride.proud."
    ]
    assert found.found.status.tolist() == ["complete", "no_answer", "no_answer"]
    np.testing.assert_array_equal(found.of("proud", "staff_pride"), [NAN] * 3)


def test_no_file_yet_is_a_warning_of_the_survey(read: ReadAnswers) -> None:
    found = read(None)
    assert found.answers is None
    assert found.lines == [
        "surveys/voices.yaml:14:14 no_answers_yet warning: there is no file 'data/answers.csv' with answers. "
        "Put it there when the wave has closed."
    ]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (HEADER, ("no_answers", 2, 1)),
        (b" \n", ("no_answers", 1, 1)),
        (b"token\x00", ("binary_file", None, None)),
        (HEADER.encode() + b"aaa,\xe6,self,self,1,1,1\n", ("not_utf8", 2, None)),
        (HEADER + 'aaa,2017-05-03,self,self,1,1,"1\nbbb,2017-05-03,self,self,1,1,1\n', ("csv_syntax", 2, 1)),
    ],
)
def test_files_that_cannot_be_read(
    read: ReadAnswers, content: str | bytes, place: tuple[str, int | None, int | None]
) -> None:
    found = read(content)
    assert found.places == [place]
    assert (found.answers is None) == (place[1] != 2 or place[0] != "no_answers")


def test_too_many_problems_end_the_reading(read: ReadAnswers) -> None:
    found = read(HEADER + "x,2017-05-03,self,self,1,1,1\n" * 2500)
    assert found.answers is None
    assert len(found.problems) == 2001
    assert [each.code for each in found.problems].count("too_many_problems") == 1


def test_a_sample_with_a_token_twice_is_refused(read: ReadAnswers) -> None:
    with pytest.raises(ValueError, match="a token stands twice in the sample"):
        read(HEADER, sample=drawn("aaa aaa"))
