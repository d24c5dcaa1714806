"""The audit written down: for everybody what a stranger finds, for the house also what was required."""

from __future__ import annotations

import csv
import io
from typing import Any

from pejl.protect.whole.auditing import AuditReport, AuditRow
from pejl.protect.whole.bounding import TOLERANCE
from pejl.protect.whole.protection import Protection
from pejl.protect.whole.tables import TableKey, cell_text

_INFINITE = float("inf")
_COLUMNS = (
    *("indicator", "version", "period", "scope", "cell", "number"),
    *("low", "high", "required_low", "required_high", "known", "holds"),
)


def public_record(report: AuditReport) -> dict[str, Any]:
    """Return a stranger's audit as plain data; a limit that nothing bounds is null.

    What was required of each number is not in it: that would tell the number.
    """
    return {
        "proved": report.proved,
        "rule": {"threshold": report.threshold},
        "solver": {"name": "HiGHS", "version": _solver_version(), "tolerance": TOLERANCE},
        "tables": report.tables,
        "contradictory": [_key(key) for key in report.contradictory],
        "numbers": [_number(row) for row in report.rows],
        "newly": [_number(row) for row in report.newly],
    }


def _number(row: AuditRow) -> dict[str, Any]:
    return {
        **_key(row.key),
        "cell": dict(row.cell),
        "number": row.measure,
        "low": row.low,
        "high": row.high if row.high != _INFINITE else None,
        "outcome": str(row.outcome),
        "withheld_by": row.release or None,
    }


def internal_csv(protection: Protection) -> bytes:
    """Return every withheld number with what the attacker finds and what is required, as CSV in UTF-8.

    For the house only: `required_low` and `required_high` tell the number.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for check in protection.checks:
        required = check.required or (None, None)
        numbers = [
            "" if each is None else f"{each:.12g}" for each in (check.interval.low, check.interval.high, *required)
        ]
        marks = [str(check.interval.known).lower(), str(check.holds).lower()]
        writer.writerow([*check.key, cell_text(check.cell), check.measure, *numbers, *marks])
    return buffer.getvalue().encode()


def _key(key: TableKey) -> dict[str, str]:
    return dict(zip(("indicator", "version", "period", "scope"), key, strict=True))


def _solver_version() -> str:
    from importlib.metadata import version

    return version("highspy")
