"""What must be true of a register's rows: counted rule by rule, with the numbers of a few rows that break each.

The rules read the relation `TYPED` (see `typed.py`). Nothing here ever fetches a cell.
"""

# ruff: noqa: S608
# names and texts in SQL go through pejl.engines.sql_text

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pejl.engines import Session
from pejl.engines.sql_text import quoted
from pejl.registers.csv_files import FEW
from pejl.registers.sources import Reading, read_columns
from pejl.registers.typed import EMPTY, FORMAT, NOT_ALLOWED, OUT_OF_RANGE, needed
from pejl.text import Message, message
from pejl.workspace.registers import Column, ColumnType, Register

TYPED = "intake typed"
OPEN_END = "DATE '9999-12-31'"
_FILE_BITS = 40
_PLACE = f"(_file << {_FILE_BITS}) + _row"
"""File and row in one number, so that the first rows are those of the first file."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that `count` rows break; `rows` are the first of them, all in `file`."""

    rule: str
    column: str | None
    count: int
    what: Message
    rows: tuple[int, ...] = ()
    file: str | None = None


@dataclass(frozen=True, slots=True)
class _Rule:
    """`condition` is true of the rows that break the rule; it may hold window functions over all rows."""

    rule: str
    column: str | None
    condition: str
    what: Message


def row_rules(register: Register) -> Iterator[_Rule]:
    """Yield the rules that can be seen from one row alone."""
    must = needed(register)
    for column in read_columns(register):
        yield from _cell_rules(column, must=column.name in must)
    spells = register.spells
    if spells is not None:
        yield _Rule(
            "spell_order",
            spells.to,
            f"{quoted(spells.from_)} > {quoted(spells.to)}",
            message("'{to}' lies before '{from_}'", to=spells.to, from_=spells.from_),
        )


def _cell_rules(column: Column, *, must: bool) -> Iterator[_Rule]:
    flag = quoted(f"{column.name}?")
    name = column.name
    if column.type == "cpr":
        what = message("'{column}' is no CPR number and no replacement number", column=name)
        yield _Rule("cpr_form", name, f"{flag} = {FORMAT}", what)
    elif column.type != "text":
        what = message("'{column}' cannot be read as {kind}", column=name, kind=_kind(column.type))
        yield _Rule("format", name, f"{flag} = {FORMAT}", what)
    if column.values or column.dimension is not None:
        what = message("'{column}' is none of the values allowed", column=name)
        yield _Rule("not_allowed", name, f"{flag} = {NOT_ALLOWED}", what)
    if any(limit is not None for limit in (column.min, column.max, column.earliest, column.latest)):
        what = message("'{column}' lies outside the limits of the contract", column=name)
        yield _Rule("out_of_range", name, f"{flag} = {OUT_OF_RANGE}", what)
    if must:
        yield _Rule("required", name, f"{flag} = {EMPTY}", message("'{column}' is empty", column=name))


def _kind(kind: ColumnType) -> Message:
    if kind == "integer":
        return message("a whole number")
    if kind == "number":
        return message("a number")
    return message("a day") if kind == "date" else message("yes or no")


def overlap_columns(register: Register) -> tuple[str, ...]:
    """Return the columns whose spells must not overlap; none where they may."""
    if register.spells is None or register.spells.overlap == "allowed":
        return ()
    return register.spells.per or ((register.person,) if register.person is not None else ())


def counted(register: Register, session: Session) -> tuple[int, list[Broken]]:
    """Return how many rows there are, and the rules that some of them break."""
    rules = list(row_rules(register))
    counts = "".join(f", count(*) FILTER (WHERE {rule.condition})" for rule in rules)
    rows, *found = session.fetch(f"SELECT count(*){counts} FROM {quoted(TYPED)}")[0]
    broken = [
        Broken(rule.rule, rule.column, count, rule.what) for rule, count in zip(rules, found, strict=True) if count
    ]
    for rule, among in _rules_between_rows(register):
        if rule.rule == "key_repeated" and _distinct(register, session) == rows:
            continue
        count = session.fetch(f"SELECT count(*) FROM ({_marked(rule, among)}) WHERE broken")[0][0]
        if count:
            broken.append(Broken(rule.rule, rule.column, count, rule.what))
    return rows, broken


def with_rows(broken: Sequence[Broken], register: Register, reading: Reading, session: Session) -> list[Broken]:
    """Return the broken rules with the numbers of the first rows that break them."""
    by_name = {(rule.rule, rule.column): (rule, f"{quoted(TYPED)}") for rule in row_rules(register)}
    for rule, among in _rules_between_rows(register):
        by_name[rule.rule, rule.column] = rule, f"({_marked(rule, among)})"
    return [_placed(each, *by_name[each.rule, each.column], reading, session) for each in broken]


def _placed(each: Broken, rule: _Rule, among: str, reading: Reading, session: Session) -> Broken:
    condition = rule.condition if among == quoted(TYPED) else "broken"
    places = session.fetch(f"SELECT min({_PLACE}, {FEW}) FROM {among} WHERE {condition}")[0][0]
    if not places:
        return each
    first = places[0] >> _FILE_BITS
    rows = tuple(place & ((1 << _FILE_BITS) - 1) for place in places if place >> _FILE_BITS == first)
    return Broken(each.rule, each.column, each.count, each.what, rows, reading.files[first])


def _rules_between_rows(register: Register) -> Iterator[tuple[_Rule, str]]:
    """Yield the rules that only many rows together break, each with the condition of the rows it is about."""
    keys = ", ".join(quoted(name) for name in register.key)
    whole = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in register.key)
    named = ", ".join(f"'{name}'" for name in register.key)
    repeated = f"row_number() OVER (PARTITION BY {keys} ORDER BY _file, _row) > 1"
    yield _Rule("key_repeated", None, repeated, message("the key {columns} is there already", columns=named)), whole
    per = overlap_columns(register)
    if register.spells is not None and per:
        first, last = quoted(register.spells.from_), quoted(register.spells.to)
        before = f"""max(coalesce({last}, {OPEN_END})) OVER (PARTITION BY {", ".join(quoted(name) for name in per)}
            ORDER BY {first}, {last} NULLS LAST, _file, _row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"""
        in_order = f"{first} <= coalesce({last}, {first})"
        about = " AND ".join([*(f"{quoted(name)} IS NOT NULL" for name in per), in_order])
        what = message("the spell begins before an earlier one of the same {columns} has ended", columns=_list(per))
        yield _Rule("spells_overlap", register.spells.from_, f"{first} <= {before}", what), about


def _list(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _marked(rule: _Rule, among: str) -> str:
    return f"SELECT _file, _row, {rule.condition} AS broken FROM {quoted(TYPED)} WHERE {among}"


def _distinct(register: Register, session: Session) -> int:
    """Return how many different hashes the keys have: as many as there are rows only if no key is repeated.

    Equal keys have equal hashes, so nothing is missed; counting hashes of 64 bits costs a third of counting keys.
    """
    keys = ", ".join(quoted(name) for name in register.key)
    return int(session.fetch(f"SELECT count(DISTINCT hash({keys})) FROM {quoted(TYPED)}")[0][0])
