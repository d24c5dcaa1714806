"""The rows of a source as the contract types them, each cell with what is wrong with it.

The SELECT made here has, for each column `c` that is read: `c`, its value, NULL where the cell is empty or breaks a
rule; `c?`, a number that says which rule (`FINE`, `FORMAT`, …); for CPR numbers `c#`, their class; for text in files
that might be used in place `c~`, the cell as it stands there; and `_file` and `_row`.
"""

# ruff: noqa: S608
# names and texts in SQL go through pejl.engines.sql_text

from __future__ import annotations

from pejl.engines import Session
from pejl.engines.sql_text import literal, quoted
from pejl.registers.cpr import WITHOUT
from pejl.registers.formats import cell_sql, text_sql
from pejl.registers.pseudonyms import NUMBERS
from pejl.registers.sources import Reading, read_columns
from pejl.workspace.model import Workspace
from pejl.workspace.registers import Column, Register

FINE, FORMAT, NOT_ALLOWED, OUT_OF_RANGE, EMPTY = range(5)
_CODES = "intake codes"


def needed(register: Register) -> set[str]:
    """Return the columns that must not be empty: those declared so, the key, and the first day of a spell."""
    named = {column.name for column in register.columns if column.required} | set(register.key)
    return named | ({register.spells.from_} if register.spells is not None else set())


def keep_codes(workspace: Workspace, register: Register, session: Session) -> None:
    """Make the relation of the codes of every dimension the register uses, by each of their spellings."""
    used = {column.dimension for column in register.columns if column.dimension is not None}
    rows = [
        (dimension, spelling, code.code) for (dimension, spelling), code in workspace.codes.items() if dimension in used
    ]
    session.values(_CODES, {"dimension": "text", "spelling": "text", "code": "text"}, rows)


def number_texts(reading: Reading, register: Register) -> list[str]:
    """Return SQL for the texts of every CPR column of `reading`."""
    return [
        text_sql(quoted(column.name), reading.natives[column.name], column, register.data)
        for column in read_columns(register)
        if column.type == "cpr"
    ]


def typed_sql(reading: Reading, register: Register) -> str:
    """Return the SELECT described above; it reads `NUMBERS` and the codes kept before."""
    cells = read_columns(register)
    texts: list[str] = []
    read: list[str] = []
    joins: list[str] = []
    for index, cell in enumerate(cells):
        raw, native = quoted(cell.name), reading.natives[cell.name]
        texts.append(f"{text_sql(raw, native, cell, register.data)} AS {_sign(cell, '!')}")
        if reading.in_place and cell.type == "text":
            texts.append(f"{raw} AS {_sign(cell, '~')}")
            read.append(f"texts.{_sign(cell, '~')}")
        text = f"texts.{_sign(cell, '!')}"
        value = cell_sql(text, native, cell, register.data)
        join, present, value, extra = _looked_up(cell, f"found_{index}", text, value)
        joins.append(join)
        read.append(f"{present} AS {_sign(cell, '!')}, {value} AS {_sign(cell, '=')}{extra}")
    must = needed(register)
    flags = [f"{_flag(cell, must=cell.name in must)} AS {_sign(cell, '?')}" for cell in cells]
    values = [f"CASE WHEN {_sign(c, '?')} = {FINE} THEN {_sign(c, '=')} END AS {quoted(c.name)}" for c in cells]
    signs = [
        _sign(cell, sign)
        for cell in cells
        for sign in ("?", "#" if cell.type == "cpr" else "", "~" if reading.in_place and cell.type == "text" else "")
        if sign
    ]
    return f"""WITH rows AS ({reading.sql}),
        texts AS (SELECT _file, _row, {", ".join(texts)} FROM rows),
        cells AS (SELECT _file, _row, {", ".join(read)} FROM texts {" ".join(joins)}),
        flagged AS (SELECT *, {", ".join(flags)} FROM cells)
        SELECT {", ".join([*values, *signs])}, _file, _row FROM flagged"""


def _sign(column: Column, sign: str) -> str:
    return quoted(column.name + sign)


def _looked_up(column: Column, alias: str, present: str, value: str) -> tuple[str, str, str, str]:
    """Return the join a cell needs, and its text, value and further columns then."""
    if column.type == "cpr":
        join = f"LEFT JOIN {quoted(NUMBERS)} AS {alias} ON {alias}.written = {present}"
        there = f"CASE WHEN {alias}.class = '{WITHOUT}' THEN NULL ELSE {alias}.written END"
        return join, there, f"{alias}.pseudonym", f", {alias}.class AS {_sign(column, '#')}"
    if column.dimension is not None:
        codes = f"SELECT spelling, code FROM {quoted(_CODES)} WHERE dimension = {literal(column.dimension)}"
        return f"LEFT JOIN ({codes}) AS {alias} ON {alias}.spelling = {present}", present, f"{alias}.code", ""
    return "", present, value, ""


def _flag(column: Column, *, must: bool) -> str:
    text, value = _sign(column, "!"), _sign(column, "=")
    unreadable = NOT_ALLOWED if column.dimension is not None else FORMAT
    branches = [f"WHEN {text} IS NULL THEN {EMPTY if must else FINE}", f"WHEN {value} IS NULL THEN {unreadable}"]
    if column.values:
        branches.append(
            f"WHEN {value} NOT IN ({', '.join(literal(each) for each in column.values)}) THEN {NOT_ALLOWED}"
        )
    limits = [
        f"{value} {sign} {limit}"
        for sign, limit in (
            ("<", column.min),
            (">", column.max),
            ("<", f"DATE '{column.earliest}'" if column.earliest is not None else None),
            (">", f"DATE '{column.latest}'" if column.latest is not None else None),
        )
        if limit is not None
    ]
    if limits:
        branches.append(f"WHEN {' OR '.join(limits)} THEN {OUT_OF_RANGE}")
    return f"CASE {' '.join(branches)} ELSE {FINE} END"
