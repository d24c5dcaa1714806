"""References from one register to another: rows whose value is not there are counted, when both are in."""

# ruff: noqa: S608
# names and texts in SQL go through pejl.engines.sql_text

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pejl.engines import Session
from pejl.engines.sql_text import quoted
from pejl.registers.intake import with_findings
from pejl.registers.results import Finding, Intake
from pejl.registers.sources import joined, read_columns, read_json, write_json
from pejl.text import message
from pejl.workspace.model import Workspace
from pejl.workspace.registers import Register

_FROM, _TO = "intake from", "intake to"


@dataclass(frozen=True, slots=True)
class _Reference:
    register: Register
    column: str
    to_register: str
    to_column: str


def check_references(
    workspace: Workspace, intakes: Mapping[str, Intake], session: Session, folder: Path
) -> dict[str, Intake]:
    """Return the intakes with what their references break; a register with too many is no longer usable.

    A reference is checked where both registers are usable, in the order of the contracts; empty cells refer to
    nothing. A row that refers to something missing stays: it is said, not mended. What was counted before for the same
    rows is taken from `folder`.
    """
    checked = dict(intakes)
    for reference in _references(workspace):
        intake, other = checked.get(reference.register.id), intakes.get(reference.to_register)
        if intake is None or other is None or not (intake.usable and other.usable):
            continue
        missing = _missing(reference, intake, other, session, folder)
        if missing:
            checked[intake.register] = with_findings(intake, [_finding(reference, intake, missing)])
    return checked


def _references(workspace: Workspace) -> Iterator[_Reference]:
    for register in workspace.registers:
        for column in read_columns(register):
            if column.references is not None:
                to_register, _, to_column = column.references.partition(".")
                yield _Reference(register, column.name, to_register, to_column)


def _finding(reference: _Reference, intake: Intake, missing: int) -> Finding:
    tolerated = (reference.register.tolerated or Decimal(0)) * intake.rows
    what = message(
        "'{column}' refers to something that is not in '{register}'",
        column=reference.column,
        register=reference.to_register,
    )
    return Finding("reference_missing", reference.column, missing, (), missing > tolerated, what)


def _missing(reference: _Reference, intake: Intake, other: Intake, session: Session, folder: Path) -> int:
    """Return how many rows refer to something missing; 0 where one of the columns is not there."""
    if reference.column not in intake.columns or reference.to_column not in other.columns:
        return 0
    name = joined([intake.sha256, reference.column, other.sha256, reference.to_column])
    kept = folder / f"reference-{name[:20]}.json"
    known = read_json(kept)
    if known is not None and known.get("name") == name and isinstance(known.get("missing"), int):
        return int(str(known["missing"]))
    missing = _count(reference, intake, other, session)
    write_json(kept, {"name": name, "missing": missing})
    return missing


def _count(reference: _Reference, intake: Intake, other: Intake, session: Session) -> int:
    column, to_column = quoted(reference.column), quoted(reference.to_column)
    session.relation(_FROM, intake.files, {reference.column: intake.columns[reference.column]})
    session.relation(_TO, other.files, {reference.to_column: other.columns[reference.to_column]})
    try:
        return int(
            session.fetch(
                f"SELECT count(*) FROM {quoted(_FROM)} AS here WHERE {column} IS NOT NULL AND NOT EXISTS "
                f"(SELECT 1 FROM {quoted(_TO)} AS there WHERE there.{to_column} = here.{column})"
            )[0][0]
        )
    finally:
        for name in (_FROM, _TO):
            session.drop(name)
