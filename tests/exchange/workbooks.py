"""Workbooks as people send them back: a template, with something done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

import pejl
from pejl.exchange.changes import Plan
from pejl.exchange.figures_import import figures_plan
from pejl.exchange.figures_template import figures_template
from pejl.exchange.importing import planned
from pejl.exchange.targets_import import targets_plan
from pejl.exchange.targets_template import targets_template
from pejl.text import Language

LANGUAGE: Language = "en"


def figures_book(root: Path) -> Path:
    """The workbook of figures of a workspace, beside it."""
    path = root.parent / "figures.xlsx"
    path.write_bytes(figures_template(pejl.open(root).declared(), LANGUAGE))
    return path


def targets_book(root: Path) -> Path:
    """The workbook of targets of a workspace, beside it."""
    path = root.parent / "targets.xlsx"
    path.write_bytes(targets_template(pejl.open(root).declared(), LANGUAGE))
    return path


def changed(path: Path, do: Callable[[Any], None], sheet: int = 1) -> Path:
    """Open the workbook, do something to its data sheet, save it."""
    book = load_workbook(path)
    do(book.worksheets[sheet])
    book.save(path)
    return path


def cell(sheet: Any, column: str, row: int) -> Any:
    """The cell of a column by its header."""
    position = next(each.column for each in sheet[1] if each.value == column)
    return sheet.cell(row, position)


def write(path: Path, values: Mapping[tuple[str, int], object]) -> Path:
    """Write values into cells named by header and row."""

    def do(sheet: Any) -> None:
        for (column, row), value in values.items():
            cell(sheet, column, row).value = value

    return changed(path, do)


def table_book(path: Path, rows: Sequence[Sequence[object]], title: str = "Anything") -> Path:
    """A workbook of one plain sheet, as somebody makes without a template."""
    book = Workbook()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def figures(path: Path, root: Path) -> Plan:
    """What importing the figures would do."""
    return planned(path, root, LANGUAGE, figures_plan)


def targets(path: Path, root: Path) -> Plan:
    """What importing the targets would do."""
    return planned(path, root, LANGUAGE, targets_plan)


def found(plan: Plan) -> list[tuple[str, str]]:
    """The places and codes of what is wrong, in order of places."""
    return [(str(problem.location).rpartition(": ")[2], problem.code) for problem in plan.problems]


def told(plan: Plan) -> list[tuple[str, str, str]]:
    """The changes as (part, old, new)."""
    return [(change.part, change.old, change.new) for change in plan.changes]
