"""Whatever stands in a file: no crash, and every row is either used or named in a problem."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import MakeWorkspace
from tests.surveys.answers.conftest import FILE, SURVEY, drawn

from pejl.surveys.answers import Answers, read_answers
from pejl.workspace.loading import load_workspace
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problem, Problems
from pejl.workspace.surveys import AnswerFormat

FORMATS: tuple[AnswerFormat, ...] = ("pejl", "limesurvey", "surveyjs")
HEADERS = {
    "pejl": ["token", "submitted", "mode", "by", "t_ils.isolated", "t_ils.company", "t_ils.left_out"],
    "limesurvey": ["token", "submitdate", "mode", "by", "tils[isolated]", "tils[company]", "tils[leftout]"],
    "surveyjs": ["token", "submitted", "mode", "by", "t_ils - isolated", "t_ils - company", "t_ils - left_out"],
}
SECRET = "17Q"  # nothing a file holds is ever said
PLAIN = st.sampled_from(["", "1", "2", "3", "0", "self", "proxy", "2017-05-03", "2018-01-01", SECRET])
CELLS = [
    st.sampled_from(["aaa", "bbb", "ccc", "", SECRET, "a,b", 'q"q']),
    st.sampled_from(["2017-05-03", "2017-05-03T10:00", "", SECRET, "2017-07-01"]),
    st.sampled_from(["self", "paper", "", SECRET]),
    st.sampled_from(["self", "proxy", "", SECRET]),
    *[st.sampled_from(["1", "2", "3", "", "4", SECRET])] * 3,
]


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    root = make_workspace({"surveys/voices.yaml": SURVEY, FILE: "token\n"})
    return load_workspace(root)[0]


def read(workspace: Workspace, content: bytes, form: AnswerFormat) -> tuple[Answers | None, tuple[Problem, ...]]:
    (workspace.root / FILE).write_bytes(content)
    survey = workspace.surveys[0]
    wave = survey.waves[0].model_copy(update={"format": form})
    problems = Problems()
    found = read_answers(workspace, survey, wave, drawn(), problems)
    said = " ".join(
        f"{each.what.render(language)} {each.mend.render(language)} {each.value}"
        for each in problems.sorted()
        for language in ("en",)
    )
    assert SECRET not in said
    return found, problems.sorted()


@given(content=st.binary(max_size=300), form=st.sampled_from(FORMATS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_answers_or_a_problem(workspace: Workspace, content: bytes, form: AnswerFormat) -> None:
    found, problems = read(workspace, content, form)
    assert found is not None or problems


@given(text=st.text(alphabet=st.sampled_from("ab1,;\"'\n\r\t -T:æ"), max_size=200), form=st.sampled_from(FORMATS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_below_a_header_gives_answers_or_a_problem(
    workspace: Workspace, text: str, form: AnswerFormat
) -> None:
    header = ",".join(HEADERS[form]) + "\n"
    found, problems = read(workspace, (header + text).encode(), form)
    assert found is not None or problems


@given(data=st.data(), form=st.sampled_from(FORMATS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_used_or_named(workspace: Workspace, data: Any, form: AnswerFormat) -> None:
    rows = data.draw(st.lists(st.tuples(*CELLS) | st.lists(PLAIN, max_size=9).map(tuple), max_size=12))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([HEADERS[form], *rows])
    found, problems = read(workspace, out.getvalue().encode(), form)
    assert found is not None
    filled = {number for number, row in enumerate(rows, 2) if any(row)}
    used = {int(line) for line in found.line if line}
    named = {each.location.line for each in problems if each.severity == "problem" and each.location.line in filled}
    doubled = {int(str(each.what.values["line"])) for each in problems if each.code == "token_twice"}
    assert used | named | doubled == filled
    assert not used & (named | doubled)
    assert found.set_aside == len(filled - used)


def test_the_file_is_of_the_workspace(workspace: Workspace) -> None:
    assert (Path(workspace.root) / FILE).is_file()
