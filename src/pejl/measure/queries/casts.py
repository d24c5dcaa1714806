"""Casts: those that every engine answers alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlglot import exp

from pejl.measure.queries.relations import NULL, UNKNOWN
from pejl.measure.queries.scopes import Clause, Scope
from pejl.measure.queries.subset import CAST_TYPES, SQL_TYPES
from pejl.text import Message, message

if TYPE_CHECKING:
    from pejl.measure.queries.expressions import Typer

_FREE = {("integer", "number"), ("integer", "text")}


def type_of(typer: Typer, node: exp.Cast, scope: Scope, clause: Clause) -> str:
    """Return the type a cast gives; note one that engines answer differently."""
    target = CAST_TYPES.get(node.to.this.name) if not node.to.expressions else None
    found = typer.type_of(node.this, scope, clause)
    if target is None:
        typer.source.add(
            "sql_cast",
            node,
            message("engines differ in the type '{type}'", type=node.to.sql().lower()),
            message("Use one of bigint, double, varchar, date, boolean."),
            value=node.to.sql().lower(),
        )
        return UNKNOWN
    node.set("to", exp.DataType(this=exp.DataType.Type[SQL_TYPES[target]], nested=False))
    if found in (target, NULL, UNKNOWN) or (found, target) in _FREE or _rounded(node, found, target):
        return target
    if found == "text" and target == "date" and isinstance(node.this, exp.Literal):
        _check_day(typer, node.this)
        return target
    typer.source.add(
        "sql_cast",
        node,
        message("engines differ in a cast from '{found}' to '{target}'", found=found, target=target),
        _mend(found, target),
        value=target,
    )
    return target


def _rounded(node: exp.Cast, found: str, target: str) -> bool:
    inner = node.this.unnest()
    return found == "number" and target == "integer" and isinstance(inner, exp.Floor | exp.Ceil)


def _check_day(typer: Typer, literal: exp.Literal) -> None:
    if not _is_day(literal.name):
        typer.source.add(
            "sql_cast",
            literal,
            message("'{text}' is not a day of the calendar", text=literal.name),
            message("Write a day as date '2017-12-31'."),
            value=literal.name,
        )


def _is_day(text: str) -> bool:
    """Tell whether `text` is a day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _mend(found: str, target: str) -> Message:
    if (found, target) == ("number", "integer"):
        return message("Say how it is rounded: cast(floor(…) as bigint).")
    if found == "boolean":
        return message("Write case when … then 1 else 0 end.")
    if found == "text":
        return message("Declare the type in the register's contract; what is not of that type is counted there.")
    if found == "date":
        return message("Join a calendar: it has the periods as text, and the parts of days.")
    return message("Write a comparison, such as … = 1, or case when … then … else … end.")
