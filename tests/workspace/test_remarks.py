"""The administration's remarks: text files with a head, read whole or refused by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import MakeWorkspace

from pejl.workspace.loading import load_workspace

if TYPE_CHECKING:
    from tests.workspace.conftest import Check

FILE = "remarks/2017/fewer.da.md"
HEAD = "---\ngoal: fewer_homeless\nyear: 2017\nlanguage: da\nauthor: Centret\n---\n"
WHOLE = HEAD + "## Hvorfor\nDer er for **få** boliger.\n\n- to\n- tre\n\n## Hvad nu\nVi bygger.\n"


def test_a_remark_is_read_with_its_two_parts(make_workspace: MakeWorkspace) -> None:
    approved = WHOLE.replace("---\n## ", "approved_by: Direktionen\napproved_on: 2018-03-02\n---\n## ")
    workspace, problems = load_workspace(make_workspace({FILE: approved}))
    assert not problems.sorted()
    (remark,) = workspace.remarks
    assert remark.why == "Der er for **få** boliger.\n\n- to\n- tre"
    assert remark.what_now == "Vi bygger."
    assert (remark.author, remark.approved_by, remark.approved_on) == ("Centret", "Direktionen", date(2018, 3, 2))
    assert remark.key == ("fewer_homeless", 2017, "da")


def test_english_remarks_have_english_headings(make_workspace: MakeWorkspace) -> None:
    text = HEAD.replace("language: da", "language: en") + "## Why\nToo few.\n## What now\nWe build.\n"
    workspace, _ = load_workspace(make_workspace({"remarks/x.md": text}))
    assert (workspace.remarks[0].why, workspace.remarks[0].what_now) == ("Too few.", "We build.")


def test_what_is_wrong_is_said_with_its_line(check: Check) -> None:
    found = check({FILE: HEAD + "Hej.\n## Hvorfor\nFordi.\n## Hvorfor\nIgen.\n## Why\nNo.\n"})
    assert [(str(each.location), each.code) for each in found.problems] == [
        (f"{FILE}:7:1", "remark_heading"),
        (f"{FILE}:10:1", "remark_heading"),
        (f"{FILE}:12:1", "remark_heading"),
    ]


def test_a_remark_without_a_head_is_refused(check: Check) -> None:
    found = check({FILE: "## Hvorfor\nFordi.\n"})
    assert [(str(each.location), each.code) for each in found.problems] == [(f"{FILE}:1:1", "remark_without_head")]
    found = check({FILE: "---\ngoal: fewer_homeless\n"})
    assert found.codes == ["remark_without_head"]


def test_a_remark_that_says_nothing_is_refused(check: Check) -> None:
    found = check({FILE: HEAD + "## Hvorfor\n\n## Hvad nu\n"})
    assert found.codes == ["empty_remark"]


def test_an_approval_is_whole_or_not_there(check: Check) -> None:
    found = check({FILE: WHOLE.replace("author: Centret\n", "author: Centret\napproved_by: Direktionen\n")})
    assert [(str(each.location), each.code) for each in found.problems] == [(f"{FILE}:6:14", "contradictory")]


def test_there_is_one_remark_for_a_goal_a_year_and_a_language(check: Check) -> None:
    found = check({FILE: WHOLE, "remarks/again.md": WHOLE})
    assert [(str(each.location), each.code) for each in found.problems] == [("remarks/again.md:2:7", "duplicate_id")]


def test_the_goal_of_a_remark_must_exist(check: Check) -> None:
    found = check({FILE: WHOLE.replace("goal: fewer_homeless", "goal: fewer_homelessx")})
    assert [(str(each.location), each.code) for each in found.problems] == [(f"{FILE}:2:7", "broken_reference")]


def test_a_folder_of_remarks_need_not_be_there(make_workspace: MakeWorkspace) -> None:
    folder: Path = make_workspace()
    assert load_workspace(folder)[0].remarks == ()
