"""References between registers are counted when both are in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.registers.conftest import KEY, LoadRegisters, contract

from pejl.engines import EngineError, Session
from pejl.registers import Intake, check_references, take_in
from pejl.workspace.model import Workspace

CASES = contract(
    """\
data:
  format: csv
  path: data/cases.csv
key:
  - id
columns:
  - name: id
    type: integer
    personal: pseudonym
""",
    "cases",
)
COMPLAINTS = """\
data:
  format: csv
  path: data/complaints.csv
key:
  - id
tolerated: {tolerated}
columns:
  - name: id
    type: integer
    personal: pseudonym
  - name: case_id
    type: integer
    personal: pseudonym
    references: cases.id
"""

Taken = Callable[[str, str, float], tuple[Workspace, dict[str, Intake]]]


@pytest.fixture
def taken(load: LoadRegisters, session: Session, tmp_path: Path) -> Taken:
    def make(cases: str, complaints: str, tolerated: float) -> tuple[Workspace, dict[str, Intake]]:
        workspace = load(
            {
                "registers/a.yaml": contract(COMPLAINTS.format(tolerated=tolerated), "complaints"),
                "registers/b.yaml": CASES,
                "data/cases.csv": cases,
                "data/complaints.csv": complaints,
            }
        )
        return workspace, {each.id: take_in(workspace, each, session, tmp_path, KEY) for each in workspace.registers}

    return make


def test_rows_that_refer_to_something_missing_set_the_register_aside(
    taken: Taken, session: Session, tmp_path: Path
) -> None:
    workspace, intakes = taken("id\n1\n2\n", "id;case_id\n1;1\n2;3\n3;\n4;4\n", 0)
    checked = check_references(workspace, intakes, session, tmp_path)
    assert checked["cases"] == intakes["cases"]
    complaints = checked["complaints"]
    assert [(each.rule, each.column, each.count, each.stops) for each in complaints.findings] == [
        ("reference_missing", "case_id", 2, True)
    ]
    assert (complaints.usable, complaints.files) == (False, ())
    assert complaints.reason is not None
    assert complaints.reason.render("en") == (
        "more rows break a rule of the contract than it tolerates: "
        "'case_id' refers to something that is not in 'cases' (2 of 4 rows)"
    )


def test_a_few_that_are_tolerated_are_said_and_stay(taken: Taken, session: Session, tmp_path: Path) -> None:
    workspace, intakes = taken("id\n1\n2\n", "id;case_id\n1;1\n2;3\n", 0.5)
    complaints = check_references(workspace, intakes, session, tmp_path)["complaints"]
    assert (complaints.usable, complaints.rows, complaints.files) == (True, 2, intakes["complaints"].files)
    assert [(each.count, each.stops) for each in complaints.findings] == [(1, False)]


def test_without_the_other_register_nothing_is_checked(taken: Taken, session: Session, tmp_path: Path) -> None:
    workspace, intakes = taken("no_id\n1\n", "id;case_id\n1;1\n", 0)
    assert not intakes["cases"].usable
    assert check_references(workspace, intakes, session, tmp_path) == intakes
    del intakes["cases"]
    assert check_references(workspace, intakes, session, tmp_path) == intakes


def test_what_was_counted_once_is_not_counted_again(
    taken: Taken, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, intakes = taken("id\n1\n", "id;case_id\n1;2\n", 0)
    first = check_references(workspace, intakes, session, tmp_path)

    def fetch(sql: str) -> None:
        raise EngineError(intakes["cases"].findings[0].what)

    monkeypatch.setattr(session, "fetch", fetch)
    assert check_references(workspace, intakes, session, tmp_path) == first
