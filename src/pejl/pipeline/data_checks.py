"""What is wrong with the rows of registers, as problems of the contracts they break; never with a value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pejl.pipeline.counting import Counting
from pejl.text import Message, message
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Location, Problem, Severity
from pejl.workspace.registers import Register

if TYPE_CHECKING:
    from pejl.registers import Finding, Intake

UNUSABLE = "register_unusable"


def data_problems(workspace: Workspace, counts: Counting) -> Iterator[Problem]:
    """Yield what was found in the registers' rows, and the registers that cannot be used, by register.

    A register that cannot be used is a problem; what is tolerated in one that can is a warning.
    """
    for register in workspace.registers:
        intake = counts.intakes.get(register.id)
        if intake is None:
            continue
        if not intake.usable:
            yield _unusable(workspace, register, intake, counts)
        for finding in intake.findings:
            yield _found(register, finding)


def _unusable(workspace: Workspace, register: Register, intake: Intake, counts: Counting) -> Problem:
    lost = [item.id for item in workspace.indicators if register.id in counts.registers_of(item)]
    dimensions = {
        name
        for item in workspace.indicators
        for name, registers in counts.without_breakdown(item).items()
        if register.id in registers
    }
    assert intake.reason is not None
    mends = []
    if lost:
        names = ", ".join(lost)
        mends.append(message("Until it can, these indicators are not counted: {indicators}.", indicators=names))
    if dimensions:
        names = ", ".join(sorted(dimensions))
        mends.append(message("Until it can, nothing is broken down by: {names}.", names=names))
    said = {f"mend{place}": mend for place, mend in enumerate(mends)}
    return Problem(
        Severity.PROBLEM,
        UNUSABLE,
        register.location("data"),
        message("the register '{id}' cannot be used: {reason}", id=register.id, reason=intake.reason),
        Message(" ".join(f"{{{name}}}" for name in said), said),
        register.id,
    )


def _found(register: Register, finding: Finding) -> Problem:
    rows = ", ".join(str(number) for number in finding.rows)
    what = message("{what} (rows: {count}; among them {rows})", what=finding.what, count=finding.count, rows=rows)
    return Problem(
        Severity.WARNING,
        finding.rule,
        _place(register, finding.column),
        what if finding.rows else message("{what} (rows: {count})", what=finding.what, count=finding.count),
        message("Correct it where it comes from, or correct the contract."),
    )


def _place(register: Register, column: str | None) -> Location:
    declared = register.column(column) if column is not None else None
    return declared.location("name") if declared is not None else register.location("data")
