"""GROUP BY, and what may stand beside aggregates: what was grouped by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlglot import exp

from pejl.measure.queries.scopes import GROUP_BY, Scope
from pejl.measure.queries.source import SourceFile
from pejl.measure.queries.subset import BY_NODE
from pejl.text import message

if TYPE_CHECKING:
    from pejl.measure.queries.expressions import Typer


def bind_groups(node: exp.Select, scope: Scope, typer: Typer) -> None:
    """Type what is grouped by; numbers of columns and names given in the SELECT become their expressions."""
    group = node.args.get("group")
    if group is None:
        return
    if any(value for key, value in group.args.items() if key != "expressions"):
        _refuse_group(group, typer.source)
    for place in range(len(group.expressions)):
        each = group.expressions[place]
        if isinstance(each, exp.Literal) and not each.is_string:
            _group_by_number(node, each, typer.source)
        elif isinstance(each, exp.Cube | exp.Rollup | exp.GroupingSets):
            _refuse_group(group, typer.source)
            return
        elif isinstance(each, exp.Column) and not each.table and _is_alias_only(each.name, scope):
            each.replace(_unaliased(node, each.name).copy())
        typer.type_of(group.expressions[place], scope, GROUP_BY)


def _refuse_group(group: exp.Expr, source: SourceFile) -> None:
    source.add(
        "sql_not_portable",
        source.word(group, "GROUP"),
        message("GROUP BY takes columns and expressions only"),
        message("Name them one by one; totals and breakdowns are made by the cube."),
    )


def _group_by_number(node: exp.Select, literal: exp.Literal, source: SourceFile) -> None:
    place = int(literal.name) if literal.name.isdigit() else 0
    if not 1 <= place <= len(node.expressions):
        source.add(
            "sql_columns",
            literal,
            message("there is no column number {number}", number=literal.name),
            message("This SELECT gives {count} columns.", count=len(node.expressions)),
        )
        return
    literal.replace(node.expressions[place - 1].unalias().copy())


def _is_alias_only(name: str, scope: Scope) -> bool:
    held = name in scope.merged or any(name in relation.columns for relation in scope.relations.values())
    return not held and name in scope.aliases


def _unaliased(node: exp.Select, alias: str) -> exp.Expr:
    found: exp.Expr = next(each for each in node.expressions if each.alias == alias).unalias()
    return found


def check_grouping(select: exp.Select, scope: Scope, source: SourceFile) -> None:
    """Note every column of `select` that has no one value for a group; columns are bound already."""
    group = select.args.get("group")
    if group is None and not scope.aggregated and select.args.get("having") is None:
        return
    grouped = set(group.expressions) if group is not None else set()
    having = select.args.get("having")
    for part in (*select.expressions, *((having.this,) if having is not None else ())):
        for column in _loose(part, grouped, scope):
            source.add(
                "sql_grouping",
                column,
                message("'{name}' is neither grouped by nor aggregated", name=column.name),
                message("Add it to GROUP BY, or write an aggregate such as max({name}).", name=column.name),
                value=column.name,
            )


def _loose(node: exp.Expr, grouped: set[exp.Expr], scope: Scope) -> Iterator[exp.Column]:
    """Yield columns of this scope that stand neither in a group's expression nor in an aggregate."""
    if node in grouped:
        return
    if isinstance(node, exp.Column):
        if scope.owners.get(id(node)) is scope:
            yield node
        return
    if _aggregates(node):
        return
    for part in node.iter_expressions():
        yield from _loose(part, grouped, scope)


def _aggregates(node: exp.Expr) -> bool:
    """Tell whether `node` is an aggregate, with or without FILTER, and not one over a window."""
    call = node.this if isinstance(node, exp.Filter) else node
    function = BY_NODE.get(type(call).__name__)
    return function is not None and function.kind == "aggregate" and not isinstance(node.parent, exp.Window)
