"""What the how-to shows of an intake is what comes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.docs.recorded import blocks
from tests.registers.conftest import KEY, LoadRegisters

from pejl.engines import Session
from pejl.registers import Intake, check_registers, take_in
from pejl.registers.formats import KNOWN_DATE_FORMATS
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problems

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "declare-a-register.md").read_text(encoding="utf-8")
BLOCKS = {
    block.attributes.get("file", f"{block.language} {number}"): "\n".join(block.lines) + "\n"
    for number, block in enumerate(blocks(PAGE))
}


@pytest.fixture
def workspace(load: LoadRegisters) -> Workspace:
    return load({name: text for name, text in BLOCKS.items() if "/" in name})


@pytest.fixture
def taken(workspace: Workspace, session: Session, tmp_path: Path) -> Intake:
    return take_in(workspace, workspace.registers[0], session, tmp_path / "cache", KEY)


def shown(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:g}"
    return str(cell) if cell is not None else "empty"


def test_the_contract_has_no_problem(workspace: Workspace) -> None:
    problems = Problems()
    check_registers(workspace, problems)
    assert problems.sorted() == ()


def test_the_findings_are_those_shown(taken: Intake) -> None:
    lines = [
        f"{each.what.render('en')}: {each.count} (row {', '.join(str(row) for row in each.rows)})"
        for each in taken.findings
    ]
    assert sorted(lines) == sorted(BLOCKS["text 2"].splitlines())
    assert taken.usable


def test_the_rows_are_those_shown(taken: Intake, rows_of: Callable[[Intake], list[tuple[Any, ...]]]) -> None:
    lines = sorted(
        " ".join([shown(row[0]), shown(row[2]), shown(row[3] or "open"), *map(shown, row[4:])])
        for row in rows_of(taken)
    )
    assert lines == [" ".join(line.split()) for line in BLOCKS["text 3"].splitlines()]
    assert all(isinstance(row[2], date) for row in rows_of(taken))


def test_the_numbers_are_those_told(taken: Intake) -> None:
    assert taken.marks == {"replacement_rows": 7, "replacement_numbers": 4, "without_number": 1}
    assert all(f"`{form}`" in PAGE for form in KNOWN_DATE_FORMATS if form != "yyyymmdd")
