"""The rows as they are counted: all of them keep the contract.

Where the contract tolerates some rows that break a rule, these are mended in the one way that invents nothing: a cell
that breaks a rule is empty; a row without something it must have, or whose spell ends before it begins, is left out; of
rows with the same key the one with the fewest faults is kept; a spell that reaches into the next one ends the day
before. Which row is kept and how rows are sorted depends on what they hold, never on the order in which they came.
"""

# ruff: noqa: S608
# names and texts in SQL go through pejl.engines.sql_text

from __future__ import annotations

from collections.abc import Collection

from pejl.engines.sql_text import quoted
from pejl.registers.rules import OPEN_END, TYPED, overlap_columns
from pejl.registers.sources import read_columns
from pejl.registers.typed import FINE, needed
from pejl.workspace.registers import Register


def canonical_sql(register: Register, broken: Collection[str]) -> str:
    """Return the SELECT of the canonical rows, sorted by person and key; `broken` are the rules some rows break."""
    names = [quoted(column.name) for column in read_columns(register)]
    columns, keys = ", ".join(names), ", ".join(quoted(name) for name in register.key)
    sql = f"SELECT {columns} FROM {quoted(TYPED)}"
    if broken:
        sql += f" WHERE {_whole(register)}"
    if "key_repeated" in broken:
        sql += f" QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY {_best_first(register)}) = 1"
    if "spells_overlap" in broken:
        sql = _without_overlap(register, sql, names)
    order = [quoted(name) for name in dict.fromkeys((*([register.person] if register.person else ()), *register.key))]
    return f"SELECT * FROM ({sql}) ORDER BY {', '.join(f'{name} NULLS LAST' for name in order)}"


def _best_first(register: Register) -> str:
    """Return the order of rows with the same key: the fewest faults first, then by content, pseudonyms last of all.

    Pseudonyms change with the key, and what is counted must not.
    """
    read = read_columns(register)
    faults = " + ".join(f"CAST({quoted(column.name + '?')} <> {FINE} AS INTEGER)" for column in read)
    ordered = sorted(read, key=lambda column: column.type == "cpr")
    return ", ".join([faults, *(f"{quoted(column.name)} NULLS LAST" for column in ordered)])


def _whole(register: Register) -> str:
    conditions = [f"{quoted(name)} IS NOT NULL" for name in sorted(needed(register))]
    if register.spells is not None:
        first, last = quoted(register.spells.from_), quoted(register.spells.to)
        conditions.append(f"{first} <= coalesce({last}, {first})")
    return " AND ".join(conditions)


def _without_overlap(register: Register, sql: str, names: list[str]) -> str:
    """Return `sql` with every spell ended the day before the next; of those that begin together the longest stays."""
    spells = register.spells
    per = overlap_columns(register)
    if spells is None or not per:
        return sql
    first, last = quoted(spells.from_), quoted(spells.to)
    same = ", ".join(quoted(name) for name in per)
    nobody = " OR ".join(f"{quoted(name)} IS NULL" for name in per)
    rest = ", ".join(f"{name} NULLS LAST" for name in names)
    longest = f"row_number() OVER (PARTITION BY {same}, {first} ORDER BY coalesce({last}, {OPEN_END}) DESC, {rest}) = 1"
    following = f"lead({first}) OVER (PARTITION BY {same} ORDER BY {first})"
    columns = ", ".join(f"CASE WHEN {nobody} THEN {last} ELSE ended END AS {last}" if n == last else n for n in names)
    return f"""SELECT {columns} FROM (
        SELECT *, CASE WHEN {following} <= coalesce({last}, {OPEN_END})
            THEN CAST({following} - 1 AS DATE) ELSE {last} END AS ended
        FROM (SELECT * FROM ({sql}) QUALIFY {longest} OR {nobody}))"""
