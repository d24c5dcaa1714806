"""Functions, aggregates and windows of the portable subset: their types, and where they may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from pejl.measure.queries.relations import UNKNOWN
from pejl.measure.queries.scopes import AGGREGATE, WINDOW, Clause, Scope
from pejl.measure.queries.source import wrap_in_cast
from pejl.measure.queries.subset import ACCEPTS, BY_NODE, NOT_IN_WINDOWS, Function
from pejl.text import message

if TYPE_CHECKING:
    from pejl.measure.queries.expressions import Typer

Typed = list[tuple[exp.Expr, str]]


def type_of(typer: Typer, node: exp.Expr, scope: Scope, clause: Clause) -> str:
    """Return the type of a call that is no window; note what does not fit."""
    function = BY_NODE[type(node).__name__]
    if function.kind == "window":
        typer.source.add(
            "sql_misplaced",
            node,
            message("'{name}' needs a window", name=function.name),
            message("Write {name}(…) over (partition by … order by …).", name=function.name),
            value=function.name,
        )
        return UNKNOWN
    if function.kind == "scalar":
        return _call(typer, node, function, scope, clause)
    return _aggregate(typer, node, node, scope, clause)


def type_of_filter(typer: Typer, node: exp.Expr, scope: Scope, clause: Clause) -> str:
    """Return the type of an aggregate with FILTER (WHERE …)."""
    if not _is_aggregate(node.this):
        typer.refuse(node)
        return UNKNOWN
    return _aggregate(typer, node.this, node, scope, clause)


def _aggregate(typer: Typer, call: exp.Expr, whole: exp.Expr, scope: Scope, clause: Clause) -> str:
    function = BY_NODE[type(call).__name__]
    if not clause.aggregates:
        typer.source.add(
            "sql_misplaced",
            call,
            message("'{name}' aggregates, and cannot stand in {clause}", name=function.name, clause=clause.name),
            message("Put it into a step (WITH), or into HAVING."),
            value=function.name,
        )
    scope.aggregated = True
    return _finished(_inside(typer, call, whole, scope), function, whole, typed_avg=call)


def _inside(typer: Typer, call: exp.Expr, whole: exp.Expr, scope: Scope) -> str:
    """Return the type of an aggregate, its argument and filter checked."""
    function = BY_NODE[type(call).__name__]
    if isinstance(whole, exp.Filter):
        condition = whole.expression.this
        typer.expect(condition, typer.type_of(condition, scope, AGGREGATE), {"boolean"})
    return _count(typer, call, scope) if isinstance(call, exp.Count) else _call(typer, call, function, scope, AGGREGATE)


def _count(typer: Typer, call: exp.Expr, scope: Scope) -> str:
    inside = call.this
    if isinstance(inside, exp.Star) and not any(inside.args.values()):
        return "integer" if typer.only(call, "this") else UNKNOWN
    counted = inside.expressions if isinstance(inside, exp.Distinct) else [inside]
    if len(counted) != 1 or not typer.only(call, "this") or counted[0] is None:
        _note_arguments(typer, call, BY_NODE["Count"])
        return UNKNOWN
    typer.type_of(counted[0], scope, AGGREGATE)
    return "integer"


def _call(typer: Typer, node: exp.Expr, function: Function, scope: Scope, clause: Clause) -> str:
    """Return the type of a call with the arguments the table gives it."""
    names = [name.rstrip("*?") for name in function.arguments]
    if not typer.only(node, *names):
        return UNKNOWN
    typed: dict[str, Typed] = {}
    for name, written in zip(names, function.arguments, strict=True):
        found = _arguments(typer, node, name, scope, clause)
        if not found and not written.endswith(("?", "*")):
            _note_arguments(typer, node, function)
            return UNKNOWN
        typed[name] = found
    if not _fits(typer, function, typed):
        return UNKNOWN
    if isinstance(node, exp.Substring | exp.Lag | exp.Lead):
        _check_whole(typer, node)
    return _given(typer, function, typed)


def _arguments(typer: Typer, node: exp.Expr, name: str, scope: Scope, clause: Clause) -> Typed:
    """Return the arguments under a name with their types; read again after typing, which may put a cast around."""
    value = node.args.get(name)
    if isinstance(value, list):
        found = []
        for place in range(len(value)):
            kind = typer.type_of(value[place], scope, clause)
            found.append((node.args[name][place], kind))
        return found
    if not isinstance(value, exp.Expr):
        return []
    kind = typer.type_of(value, scope, clause)
    return [(node.args[name], kind)]


def _fits(typer: Typer, function: Function, typed: dict[str, Typed]) -> bool:
    pairs = zip(typed.values(), function.takes, strict=True)
    fitting = [typer.expect(part, kind, ACCEPTS[takes]) for found, takes in pairs for part, kind in found]
    return all(fitting)


def _given(typer: Typer, function: Function, typed: dict[str, Typed]) -> str:
    """Return the type a call gives; arguments of any type must share one."""
    sharing = [
        pair
        for found, takes in zip(typed.values(), function.takes, strict=True)
        if takes in ("any", "ordered", "numeric")
        for pair in found
    ]
    common = typer.common(sharing)
    return common if function.gives == "same" or common == UNKNOWN else function.gives


def _note_arguments(typer: Typer, node: exp.Expr, function: Function) -> None:
    typer.source.add(
        "sql_arguments",
        node,
        message("'{name}' has too few or too many arguments", name=function.name),
        message("It is written {written}.", written=function.written),
        value=function.name,
    )


def _check_whole(typer: Typer, node: exp.Expr) -> None:
    for name, least in (("start", 1), ("length", 0), ("offset", 1)):
        part = node.args.get(name)
        if part is not None and not (isinstance(part, exp.Literal) and part.name.isdigit() and int(part.name) >= least):
            typer.source.add(
                "sql_not_portable",
                part,
                message("a plain whole number is needed here"),
                message("Write a number, {least} or more.", least=least),
            )


def _finished(found: str, function: Function, whole: exp.Expr, typed_avg: exp.Expr) -> str:
    """Write out what engines differ in: the type of a sum of whole numbers, and of their mean."""
    if function.node == "Sum" and found == "integer":
        wrap_in_cast(whole, "BIGINT")
    if function.node == "Avg" and found != UNKNOWN and not isinstance(typed_avg.this, exp.Cast):
        wrap_in_cast(typed_avg.this, "DOUBLE")
    return found


def _is_aggregate(node: exp.Expr) -> bool:
    function = BY_NODE.get(type(node).__name__)
    return function is not None and function.kind == "aggregate"


def type_of_window(typer: Typer, node: exp.Expr, scope: Scope, clause: Clause) -> str:
    """Return the type of `… over (…)`; note what does not fit."""
    if not typer.only(node, "this", "partition_by", "order", "spec", "over"):
        return UNKNOWN
    if not clause.windows:
        typer.source.add(
            "sql_misplaced",
            node,
            message("a window function cannot stand in {clause}", clause=clause.name),
            message("Put it into a step (WITH) and filter it with WHERE."),
        )
    _check_window(typer, node, scope)
    inside = node.this
    call = inside.this if isinstance(inside, exp.Filter) else inside
    function = BY_NODE.get(type(call).__name__)
    if function is None:
        typer.refuse(call)
        return UNKNOWN
    if function.kind == "scalar" or function.node in NOT_IN_WINDOWS:
        typer.source.add(
            "sql_misplaced",
            call,
            message("'{name}' cannot be computed over a window", name=function.name),
            message("Aggregate in a step (WITH) and join it."),
            value=function.name,
        )
        return UNKNOWN
    if function.kind == "window":
        return _ordered(typer, node, call, function, scope)
    if isinstance(call.this, exp.Distinct):
        typer.refuse(call.this)
    return _finished(_inside(typer, call, inside, scope), function, node, typed_avg=call)


def _ordered(typer: Typer, node: exp.Expr, call: exp.Expr, function: Function, scope: Scope) -> str:
    if not node.args.get("order"):
        typer.source.add(
            "sql_misplaced",
            node,
            message("without an order it is chance what '{name}' gives", name=function.name),
            message("Write over (… order by …)."),
            value=function.name,
        )
    if node.args.get("spec"):
        typer.refuse(node.args["spec"])
    return _call(typer, call, function, scope, WINDOW)


def _check_window(typer: Typer, node: exp.Expr, scope: Scope) -> None:
    for place in range(len(node.args.get("partition_by") or ())):
        typer.type_of(node.args["partition_by"][place], scope, WINDOW)
    order = node.args.get("order")
    for ordered in order.expressions if order is not None else ():
        if typer.only(ordered, "this", "desc", "nulls_first"):
            typer.expect(ordered.this, typer.type_of(ordered.this, scope, WINDOW), ACCEPTS["ordered"])
    spec = node.args.get("spec")
    if spec is not None:
        _check_frame(typer, spec)


def _check_frame(typer: Typer, spec: exp.Expr) -> None:
    """Allow frames of rows between plain bounds; SQLGlot keeps their words as they were typed."""
    ends = [spec.args.get("start"), spec.args.get("end")]
    plain = [end for end in ends if isinstance(end, str) or (isinstance(end, exp.Literal) and end.name.isdigit())]
    if str(spec.args.get("kind")).upper() != "ROWS" or len(plain) != len(ends) or spec.args.get("exclude"):
        typer.source.add(
            "sql_not_portable",
            spec,
            message("this frame of a window is not in the portable subset"),
            message("Write rows between … and …, with numbers, unbounded, or current row."),
        )
    for key in ("kind", "start_side", "end_side", "start", "end"):
        if isinstance(spec.args.get(key), str):
            spec.set(key, spec.args[key].upper())
