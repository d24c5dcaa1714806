"""What intake says of a register: its canonical rows, what was found, and whether it can be counted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pejl.text import Message


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that rows break: how many, where the first of them are, and never what they hold.

    `rule` is a stable code. `rows` are the numbers of a few rows in `file`: lines of a CSV file as a spreadsheet
    numbers them (the header is 1), else rows counted from 1; a database server has no such numbers. `stops` when more
    rows break the rule than the contract tolerates.
    """

    rule: str
    column: str | None
    count: int
    rows: tuple[int, ...]
    stops: bool
    what: Message
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """A register taken in: Parquet files with its canonical rows, or the reason why there are none.

    `columns` are the types of the canonical columns by name: "text", "integer", "number", "date", "boolean"; a CPR
    number has become an "integer". `sha256` names what the rows are: the content of the source, the contract, the
    dimensions' codes and the key of the pseudonyms. `marks` count what is normal and worth knowing: replacement
    numbers, people without a number.
    """

    register: str
    files: tuple[Path, ...]
    columns: dict[str, str]
    rows: int
    sha256: str
    findings: tuple[Finding, ...]
    marks: dict[str, int]
    usable: bool
    reason: Message | None
