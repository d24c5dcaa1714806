"""Types of expressions; what is outside the portable subset is noted, and what engines differ in is written out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from sqlglot import exp

from pejl.measure.queries import casts, functions
from pejl.measure.queries.phrases import mend_type, written_name
from pejl.measure.queries.relations import NULL, UNKNOWN
from pejl.measure.queries.scopes import Clause, Scope, resolve
from pejl.measure.queries.source import SourceFile, wrap_in_cast
from pejl.measure.queries.subset import ACCEPTS, ASK_REFERENCE, BY_NODE, FUNCTIONS, INSTEAD
from pejl.text import message
from pejl.workspace.problems import did_you_mean

if TYPE_CHECKING:
    from pejl.measure.queries.binding import Binder

_NUMERIC = ACCEPTS["numeric"]
_LARGEST = 2**63 - 1
_HARMLESS = {"safe", "typed", "big_int", "ignore_nulls", "date_part_boundary", "_type"}
"""Arguments by which SQLGlot remembers the dialect it read."""


class Typer:
    """Gives expressions their types within one file."""

    def __init__(self, source: SourceFile, binder: Binder) -> None:
        self.source = source
        self.binder = binder
        self._by_class: dict[type[exp.Expr], Callable[[exp.Expr, Scope, Clause], str]] = {
            exp.Column: self._column,
            exp.Literal: self._literal,
            exp.Boolean: lambda *_: "boolean",
            exp.Null: lambda *_: NULL,
            exp.Paren: self._paren,
            exp.Neg: self._neg,
            exp.Not: self._logical,
            exp.And: self._logical,
            exp.Or: self._logical,
            exp.Add: self._add_sub,
            exp.Sub: self._add_sub,
            exp.Mul: self._arithmetic,
            exp.Div: self._div,
            exp.Mod: self._mod,
            exp.DPipe: self._concat,
            exp.Is: self._is,
            exp.Between: self._compare,
            exp.In: self._in,
            exp.Like: self._like,
            exp.Case: self._case,
            exp.Cast: self._cast,
            exp.Extract: self._extract,
            exp.DateDiff: self._date_diff,
            exp.Exists: self._exists,
            exp.Subquery: self._scalar_subquery,
            exp.Filter: self._filter,
            exp.Window: self._window,
            **dict.fromkeys((exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE), self._compare),
            **dict.fromkeys((exp.NullSafeEQ, exp.NullSafeNEQ), self._compare),
        }

    def type_of(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        """Return the type of `node`, "null" for NULL, "unknown" where a problem was noted."""
        known = self._by_class.get(type(node))
        if known is not None:
            return known(node, scope, clause)
        if type(node).__name__ in BY_NODE:
            return functions.type_of(self, node, scope, clause)
        self.refuse(node)
        for column in node.find_all(exp.Column):
            if column.find_ancestor(exp.Query, type(node)) is node:
                self._column(column, scope, clause)
        return UNKNOWN

    def refuse(self, node: exp.Expr) -> None:
        """Note that `node` is not in the subset, and what to write instead."""
        if isinstance(node, exp.Star):
            star = message("Name the columns; * may stand alone in SELECT, and in count(*).")
            self.source.add("sql_not_portable", node, message("* cannot stand here"), star)
            return
        name = written_name(node)
        called = isinstance(node, exp.Func) and not isinstance(node, exp.SubqueryPredicate | exp.Connector)
        what = (
            message("the function '{name}' is not in the portable subset", name=name)
            if called
            else message("{name} is not in the portable subset", name=name.upper())
        )
        known = {function.name for function in FUNCTIONS} | {"extract", "date_diff", "cast"}
        mend = INSTEAD.get(name) or (did_you_mean(name, known, ASK_REFERENCE) if called else ASK_REFERENCE)
        self.source.add("sql_not_portable", node, what, mend, value=name)

    def expect(self, node: exp.Expr, found: str, accepted: Iterable[str]) -> bool:
        """Tell whether a type is accepted; note it where it is not."""
        accepted = sorted(accepted)
        if found in (NULL, UNKNOWN) or found in accepted:
            return True
        self.source.add(
            "sql_type",
            node,
            message("the type here is '{found}'; '{expected}' is needed", found=found, expected=" / ".join(accepted)),
            mend_type(found, accepted),
            value=found,
        )
        return False

    def common(self, parts: list[tuple[exp.Expr, str]]) -> str:
        """Return the type that all parts share; a whole number and a number make a number. Note what does not fit."""
        result = NULL
        for node, found in parts:
            if found in (NULL, UNKNOWN) or found == result:
                continue
            if result == NULL:
                result = found
            elif {result, found} <= _NUMERIC:
                result = "number"
            else:
                self._note_mixed(node, result, found)
                return UNKNOWN
        return UNKNOWN if any(found == UNKNOWN for _, found in parts) else result

    def _note_mixed(self, node: exp.Expr, expected: str, found: str) -> None:
        if {found, expected} == {"text", "date"}:
            mend = message("Write a day as date '2017-12-31'.")
        elif {found, expected} == {"text", "integer"}:
            mend = message("Write cast(… as varchar), or the code in quotes.")
        else:
            mend = message("Give both the same type.")
        self.source.add(
            "sql_type",
            node,
            message("'{found}' is put together with '{expected}'", found=found, expected=expected),
            mend,
            value=found,
        )

    def only(self, node: exp.Expr, *allowed: str) -> bool:
        """Tell whether `node` has no arguments but these; note it where it has."""
        for key, value in node.args.items():
            if value and key not in allowed and key not in _HARMLESS:
                self.refuse(node)
                return False
        return True

    def parts(self, node: exp.Expr, *keys: str) -> Iterator[exp.Expr]:
        """Yield the arguments of `node` under these keys that are there."""
        for key in keys:
            value = node.args.get(key)
            if isinstance(value, exp.Expr):
                yield value

    def _typed(self, node: exp.Expr, scope: Scope, clause: Clause, *keys: str) -> list[tuple[exp.Expr, str]]:
        found = []
        for key in keys:
            part = node.args.get(key)
            if isinstance(part, exp.Expr):
                kind = self.type_of(part, scope, clause)
                found.append((node.args[key], kind))
        return found

    def _column(self, node: exp.Expr, scope: Scope, _: Clause) -> str:
        assert isinstance(node, exp.Column)
        if isinstance(node.this, exp.Star):
            self.refuse(node.this)
            return UNKNOWN
        return resolve(node, scope, self.source)

    def _literal(self, node: exp.Expr, _: Scope, __: Clause) -> str:
        assert isinstance(node, exp.Literal)
        if node.is_string:
            return "text"
        if not node.this.isdigit():
            wrap_in_cast(node, "DOUBLE")
            return "number"
        if int(node.this) > _LARGEST:
            self.source.add(
                "sql_type",
                node,
                message("this whole number is too large"),
                message("Whole numbers reach to {largest}.", largest=_LARGEST),
            )
        return "integer"

    def _paren(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        return self.type_of(node.this, scope, clause)

    def _neg(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        found = self.type_of(node.this, scope, clause)
        return found if self.expect(node.this, found, _NUMERIC) else UNKNOWN

    def _logical(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        for part, found in self._typed(node, scope, clause, "this", "expression"):
            self.expect(part, found, {"boolean"})
        return "boolean"

    def _add_sub(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        (left, first), (right, second) = self._typed(node, scope, clause, "this", "expression")
        for part in (left, right):
            if isinstance(part, exp.Interval):
                return UNKNOWN
        if first == "date" and second == "date" and isinstance(node, exp.Sub):
            return "integer"
        if first == "date" and second in ("integer", NULL):
            if not isinstance(right.unnest(), exp.Literal):
                wrap_in_cast(right, "INT")
            return "date"
        return self._numeric([(left, first), (right, second)])

    def _arithmetic(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        return self._numeric(self._typed(node, scope, clause, "this", "expression"))

    def _numeric(self, parts: list[tuple[exp.Expr, str]]) -> str:
        fitting = [self.expect(part, found, _NUMERIC) for part, found in parts]
        return self.common(parts) if all(fitting) else UNKNOWN

    def _div(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        found = self._arithmetic(node, scope, clause)
        self._guard_divisor(node)
        return found if found == UNKNOWN else "number"

    def _mod(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        for part, found in self._typed(node, scope, clause, "this", "expression"):
            self.expect(part, found, {"integer"})
        self._guard_divisor(node)
        return "integer"

    def _guard_divisor(self, node: exp.Expr) -> None:
        divisor = node.expression
        while isinstance(divisor, exp.Paren | exp.Cast | exp.Neg):
            divisor = divisor.this
        if isinstance(divisor, exp.Literal) and not divisor.is_string and float(divisor.this) != 0:
            return
        if isinstance(divisor, exp.Nullif) and _is_zero(divisor.expression):
            return
        self.source.add(
            "sql_division",
            node.expression,
            message("engines differ in what a division by zero gives"),
            message("Write nullif(…, 0) as the divisor: then the result is empty."),
        )

    def _concat(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        for part, found in self._typed(node, scope, clause, "this", "expression"):
            self.expect(part, found, {"text"})
        return "text"

    def _is(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        found = self.type_of(node.this, scope, clause)
        if isinstance(node.expression, exp.Boolean):
            self.expect(node.this, found, {"boolean"})
        elif not isinstance(node.expression, exp.Null):
            self.refuse(node)
        return "boolean"

    def _compare(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        if self.only(node, "this", "expression", "low", "high"):
            found = self._typed(node, scope, clause, "this", "expression", "low", "high")
            kind = self.common(found)
            if not isinstance(node, exp.EQ | exp.NEQ | exp.NullSafeEQ | exp.NullSafeNEQ):
                self.expect(found[0][0], kind, ACCEPTS["ordered"])
        return "boolean"

    def _in(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        if not self.only(node, "this", "expressions", "query"):
            return "boolean"
        found = self._typed(node, scope, clause, "this")
        query = node.args.get("query")
        if query is not None:
            columns = self.binder.subquery(query, scope)
            if len(columns) != 1:
                self._note_columns(query, len(columns))
            else:
                found.append((query, columns[0][1]))
        for place in range(len(node.expressions)):
            kind = self.type_of(node.expressions[place], scope, clause)
            found.append((node.expressions[place], kind))
        self.common(found)
        return "boolean"

    def _note_columns(self, query: exp.Expr, count: int) -> None:
        self.source.add(
            "sql_columns",
            query,
            message("the SELECT in parentheses gives {count} columns", count=count),
            message("It must give one."),
        )

    def _like(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        for part, found in self._typed(node, scope, clause, "this", "expression"):
            self.expect(part, found, {"text"})
        pattern = node.expression
        if not isinstance(pattern, exp.Literal) or "\\" in pattern.name:
            self.source.add(
                "sql_not_portable",
                pattern,
                message("engines read this pattern differently"),
                message("Write the pattern as a text, without a backslash."),
            )
        return "boolean"

    def _case(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        subject = self._typed(node, scope, clause, "this")
        results = []
        for branch in node.args["ifs"]:
            condition = self.type_of(branch.this, scope, clause)
            if subject:
                self.common([*subject, (branch.this, condition)])
            else:
                self.expect(branch.this, condition, {"boolean"})
            results += self._typed(branch, scope, clause, "true")
        return self.common(results + self._typed(node, scope, clause, "default"))

    def _cast(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        assert isinstance(node, exp.Cast)
        return casts.type_of(self, node, scope, clause) if self.only(node, "this", "to") else UNKNOWN

    def _extract(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        self.expect(node.expression, self.type_of(node.expression, scope, clause), {"date"})
        if node.this.name.upper() not in ("YEAR", "MONTH", "DAY"):
            self.source.add(
                "sql_not_portable",
                node,
                message("extract({part} …) is not in the portable subset", part=node.this.name.lower()),
                INSTEAD["date_trunc"],
                value=node.this.name,
            )
        wrap_in_cast(node, "BIGINT")
        return "integer"

    def _date_diff(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        for part, found in self._typed(node, scope, clause, "this", "expression"):
            self.expect(part, found, {"date"})
        if node.args["unit"].name.upper() != "DAY":
            self.source.add(
                "sql_not_portable",
                node,
                message("engines count months and years between two days differently"),
                message("Count days: date_diff('day', a, b); or join calendar_days and calendar_months_later."),
                value=node.args["unit"].name,
            )
        return "integer"

    def _exists(self, node: exp.Expr, scope: Scope, _: Clause) -> str:
        self.binder.subquery(node.this, scope, exists=True)
        return "boolean"

    def _scalar_subquery(self, node: exp.Expr, scope: Scope, _: Clause) -> str:
        columns = self.binder.subquery(node, scope)
        select = node.unnest()
        one_row = isinstance(select, exp.Select) and not select.args.get("group") and _has_aggregate(select)
        if not one_row:
            self.source.add(
                "sql_columns",
                node,
                message("a SELECT used as a value may give several rows"),
                message("Aggregate in it without GROUP BY, or write a join."),
            )
        if len(columns) != 1:
            self._note_columns(node, len(columns))
            return UNKNOWN
        return columns[0][1]

    def _filter(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        return functions.type_of_filter(self, node, scope, clause)

    def _window(self, node: exp.Expr, scope: Scope, clause: Clause) -> str:
        return functions.type_of_window(self, node, scope, clause)


def _has_aggregate(select: exp.Select) -> bool:
    inside = select.expressions[0] if select.expressions else None
    return inside is not None and any(
        type(part).__name__ in BY_NODE and BY_NODE[type(part).__name__].kind == "aggregate"
        for part in inside.walk(prune=lambda part: isinstance(part, exp.Query | exp.Window))
        if not isinstance(part, exp.Window)
    )


def _is_zero(node: exp.Expr) -> bool:
    inner = node.this if isinstance(node, exp.Cast) else node
    return isinstance(inner, exp.Literal) and not inner.is_string and float(inner.this) == 0
