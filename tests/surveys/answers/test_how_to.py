"""What the how-to shows of asking people is what comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import MakeWorkspace
from tests.docs.recorded import blocks
from tests.surveys.answers.conftest import drawn

from pejl.surveys.answers import Answers, read_answers, response_rates, score_range, scores
from pejl.surveys.checking import check_surveys
from pejl.surveys.library import instruments_of, library
from pejl.workspace.loading import load_workspace
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problems

PAGE = (Path(__file__).parents[3] / "docs" / "how-to" / "ask-people.md").read_text(encoding="utf-8")
BLOCKS = {
    block.attributes.get("file", f"text {number}"): "\n".join(block.lines) + "\n"
    for number, block in enumerate(blocks(PAGE))
}
TOKENS = "p4km7 x9rt2 h3vb6 k8ns5 w2df4 c6jq9"
TEXTS = [text.splitlines() for name, text in BLOCKS.items() if name.startswith("text")]


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    files = {name: text for name, text in BLOCKS.items() if "/" in name}
    root = make_workspace({**files, "models/everybody.sql": "SELECT 1 AS person\n"})
    loaded, problems = load_workspace(root)
    check_surveys(loaded, library(), problems)
    assert problems.sorted() == ()
    return loaded


@pytest.fixture
def problems() -> Problems:
    return Problems()


@pytest.fixture
def answers(workspace: Workspace, problems: Problems) -> Answers:
    survey = workspace.surveys[0]
    found = read_answers(workspace, survey, survey.waves[0], drawn(TOKENS), problems)
    assert found is not None
    return found


def test_the_problem_is_the_one_shown(answers: Answers, problems: Problems) -> None:
    assert [f"{each.location} {each.what.render('en')}" for each in problems.sorted()] == TEXTS[0]


def test_the_scores_and_what_became_of_everybody_are_those_shown(workspace: Workspace, answers: Answers) -> None:
    instruments = instruments_of(workspace.instruments)
    shown = {
        name: [f"{value:g}" if value == value else "-" for value in scores(instruments[name], answers)]
        for name in ("t_ils", "contact")
    }
    rows = zip(TOKENS.split(), answers.status, shown["t_ils"], shown["contact"], strict=True)
    lines = [f"{token} {status} t_ils {lonely} contact {contact}" for token, status, lonely, contact in rows]
    assert lines == [" ".join(line.split()) for line in TEXTS[1]]


def test_the_response_rates_are_those_shown(answers: Answers) -> None:
    (rate,) = response_rates(answers, drawn(TOKENS))
    counts = {"RR1": (rate.complete, rate.rr1), "RR2": (rate.complete + rate.partial, rate.rr2)}
    lines = [
        f"{name} {count} of {rate.eligible}: {100 * (share or 0):.1f} %" for name, (count, share) in counts.items()
    ]
    assert lines == TEXTS[2]


def test_the_table_of_the_library_is_whole() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `") and "|" in line[3:]]
    shown = {line.split("`")[1]: line for line in rows}
    for name, instrument in library().items():
        low, high = score_range(instrument)
        if instrument.score.rule != "top_box":
            assert f"{low:g}-{high:g}" in shown[name]
        for line in (*(each.id for each in instrument.cut_offs), *(each.id for each in instrument.bands)):
            assert f"`{line}`" in shown[name]
