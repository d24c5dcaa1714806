"""`*` written out as columns: what a query gives must not depend on what a register happens to hold."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from pejl.measure.queries.scopes import Scope
from pejl.measure.queries.source import SourceFile, column_of, named
from pejl.text import message
from pejl.workspace.problems import did_you_mean


def write_stars_out(node: exp.Select, scope: Scope, source: SourceFile) -> None:
    """Put the columns in the place of `*` and `relation.*`."""
    written: list[exp.Expr] = []
    for each in node.expressions:
        star = each.this if isinstance(each, exp.Column) else each
        if not isinstance(star, exp.Star):
            written.append(each)
        elif any(star.args.values()):
            source.add(
                "sql_not_portable",
                star,
                message("* with exceptions is not in the portable subset"),
                message("Name the columns."),
            )
        else:
            written += _columns_of_star(each, scope, source)
    if len(written) != len(node.expressions) or any(each.parent is not node for each in written):
        node.set("expressions", written)


def _columns_of_star(star: exp.Expr, scope: Scope, source: SourceFile) -> Iterator[exp.Expr]:
    alias = star.args.get("table")
    names = list(scope.relations) if alias is None else [alias.name]
    merged: set[str] = set()
    for name in names:
        if name not in scope.relations:
            source.add(
                "sql_unknown_relation",
                alias,
                message("'{name}' is not read here", name=name),
                did_you_mean(name, scope.relations, message("Write the name that stands in FROM or JOIN.")),
                value=name,
            )
            continue
        if scope.relations[name].open:
            source.failed = True
        for column in scope.relations[name].columns:
            if alias is None and column in scope.merged:
                if column not in merged:
                    merged.add(column)
                    yield exp.Column(this=named(column))
            else:
                yield column_of(name, column)
