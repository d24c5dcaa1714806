"""Keeping what intake found beside the rows, so that a source that has not changed is not read again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pejl.registers.keys import PseudonymKey
from pejl.registers.results import Finding, Intake
from pejl.registers.sources import joined, read_json, write_json
from pejl.text import Message
from pejl.workspace.model import Workspace
from pejl.workspace.registers import Register

FORMAT_VERSION = "1"
"""To be changed with anything that changes what canonical rows are."""


def rows_digest(workspace: Workspace, register: Register, source: str, key: PseudonymKey | None) -> str:
    """Return the hash of what decides the canonical rows and the findings.

    That is the content of the source (`source`), the contract as far as it is about rows, the codes of its dimensions,
    and the key's id where there are CPR numbers.
    """
    contract = register.model_dump(mode="json", include={"data", "person", "key", "spells", "tolerated"})
    for name in ("path", "connection"):  # where it lies does not matter
        contract["data"].pop(name)
    columns = [each.model_dump(mode="json", exclude={"description", "references"}) for each in register.columns]
    used = {column.dimension for column in register.columns}
    codes = [[*names, code.code] for names, code in workspace.codes.items() if names[0] in used]
    has_numbers = any(column.type == "cpr" for column in register.columns)
    parts = (contract, columns, sorted(codes), key.id if key is not None and has_numbers else None)
    return joined([FORMAT_VERSION, register.id, source, json.dumps(parts, sort_keys=True, default=str)])


def rows_path(folder: Path, register: str, sha256: str) -> Path:
    """Return where the canonical rows of a register lie."""
    return folder / f"{register}-{sha256[:20]}.parquet"


def recall(folder: Path, register: Register, sha256: str, in_place: Sequence[Path]) -> Intake | None:
    """Return what was found for these rows before, or None; `in_place` are the source's files, if they are Parquet."""
    path = rows_path(folder, register.id, sha256)
    data: Any = read_json(path.with_suffix(".json"))
    if data is None or data.get("sha256") != sha256:
        return None
    try:
        files = () if not data["usable"] else tuple(in_place) if data["in_place"] else (path,)
        if not all(file.is_file() for file in files):
            return None
        return Intake(
            register.id,
            files,
            data["columns"],
            data["rows"],
            sha256,
            tuple(_finding(each) for each in data["findings"]),
            data["marks"],
            data["usable"],
            None if data["reason"] is None else _message(data["reason"]),
        )
    except (KeyError, TypeError):
        return None  # written by another version


def keep(folder: Path, intake: Intake) -> None:
    """Keep what was found."""
    path = rows_path(folder, intake.register, intake.sha256)
    write_json(
        path.with_suffix(".json"),
        {
            "sha256": intake.sha256,
            "in_place": intake.files != (path,),
            "columns": intake.columns,
            "rows": intake.rows,
            "findings": [plain_finding(each) for each in intake.findings],
            "marks": intake.marks,
            "usable": intake.usable,
            "reason": None if intake.reason is None else _plain(intake.reason),
        },
    )


def plain_finding(finding: Finding) -> dict[str, object]:
    """Return a finding as plain data."""
    return {
        "rule": finding.rule,
        "column": finding.column,
        "count": finding.count,
        "rows": list(finding.rows),
        "stops": finding.stops,
        "what": _plain(finding.what),
        "file": finding.file,
    }


def _finding(data: dict[str, Any]) -> Finding:
    return Finding(
        data["rule"],
        data["column"],
        data["count"],
        tuple(data["rows"]),
        data["stops"],
        _message(data["what"]),
        data["file"],
    )


def _plain(text: Message) -> dict[str, object]:
    values = {name: _plain(value) if isinstance(value, Message) else value for name, value in text.values.items()}
    return {"id": text.id, "values": values}


def _message(data: dict[str, Any]) -> Message:
    values = {name: _message(value) if isinstance(value, dict) else value for name, value in data["values"].items()}
    return Message(data["id"], values)
