"""Queries as wholes: steps, relations, joins, outputs; every name bound, `*` written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sqlglot import exp

from pejl.measure.queries.expressions import Typer
from pejl.measure.queries.grouping import bind_groups, check_grouping
from pejl.measure.queries.relations import NULL, SOMETHING, UNKNOWN, Relation
from pejl.measure.queries.scopes import HAVING, ON, SELECT, VALUES, WHERE, Columns, Scope
from pejl.measure.queries.source import SourceFile, wrap_in_cast
from pejl.measure.queries.stars import write_stars_out
from pejl.measure.queries.subset import ASK_REFERENCE, REFUSED_CLAUSES, SQL_TYPES
from pejl.text import message
from pejl.workspace.problems import did_you_mean

Find = Callable[[str, exp.Expr], Relation | None]
"""Finds a register, model or calendar by name; the node is where it is read."""

_SIDES = {"", "LEFT", "RIGHT", "FULL"}
_KINDS = {"", "INNER", "OUTER", "CROSS"}


class Binder:
    """Binds one file; `reads` are the registers, models and calendars found."""

    def __init__(self, source: SourceFile, find: Find, known: Mapping[str, object]) -> None:
        self.source = source
        self.find = find
        self.known = known
        self.reads: set[str] = set()
        self.owners: dict[int, Scope] = {}
        self.typer = Typer(source, self)

    def bind(self, tree: exp.Expr) -> Columns:
        """Return the columns of the query of the file, their expressions of the exact types promised."""
        return self._whole(tree, {})

    def _whole(self, node: exp.Expr, steps: Mapping[str, Relation]) -> Columns:
        """Return the columns of a query that others read by its names, made exact."""
        columns = self._query(node, steps, None, named_output=True)
        for select in _branches(node):
            _make_exact(select, columns)
        return columns

    def subquery(self, node: exp.Expr, outer: Scope, *, exists: bool = False) -> Columns:
        """Return the columns of a query inside an expression; it may use columns of the query around it."""
        return self._query(node, outer.steps, outer, named_output=False, star=exists)

    def _query(
        self,
        node: exp.Expr,
        steps: Mapping[str, Relation],
        outer: Scope | None,
        *,
        named_output: bool,
        star: bool = True,
    ) -> Columns:
        steps = self._steps(node, steps)
        if isinstance(node, exp.Subquery) and not self._refused(node, "this", "with_"):
            return self._query(node.this, steps, outer, named_output=named_output, star=star)
        if isinstance(node, exp.SetOperation):
            columns = self._set_operation(node, steps, outer, named_output=named_output)
        elif isinstance(node, exp.Select):
            columns = self._select(node, steps, outer, named_output=named_output)
        else:
            self.typer.refuse(node)
            return []
        if named_output:
            self._check_outputs(node, columns)
        return columns

    def _steps(self, node: exp.Expr, steps: Mapping[str, Relation]) -> Mapping[str, Relation]:
        clause = node.args.get("with_")
        if clause is None:
            return steps
        self._refused(clause, "expressions")
        own = dict(steps)
        for step in clause.expressions:
            name = step.alias
            if step.args.get("materialized") is not None or step.args["alias"].columns:
                self.source.add(
                    "sql_not_portable",
                    step.args["alias"],
                    message("a step is written: name as (select …)"),
                    message("Name its columns in its SELECT, and leave out 'materialized'."),
                    value=name,
                )
            if name in self.known or name in own:
                self.source.add(
                    "sql_name_clash",
                    step.args["alias"],
                    message("'{name}' is the name of something else already", name=name),
                    message("Give the step a name of its own."),
                    value=name,
                )
            columns = self._whole(step.this, own)
            own[name] = _as_relation(columns)
        return own

    def _set_operation(
        self, node: exp.Expr, steps: Mapping[str, Relation], outer: Scope | None, *, named_output: bool
    ) -> Columns:
        self._refused(node, "this", "expression", "distinct", "with_")
        if isinstance(node, exp.Except | exp.Intersect) and not node.args.get("distinct"):
            word = self.source.word(node.expression, "ALL")
            self.source.add("sql_not_portable", word, message("ALL stands after UNION only"), message("Leave it out."))
        left = self._query(node.this, steps, outer, named_output=named_output)
        right = self._query(node.expression, steps, outer, named_output=False)
        if len(left) != len(right):
            self.source.add(
                "sql_columns",
                node.expression,
                message("this part has {count} columns, the one before it {other}", count=len(right), other=len(left)),
                message("Give both the same columns, in the same order."),
            )
            return left
        anchor = node.expression
        return [
            (name, self.typer.common([(anchor, first), (anchor, second)]))
            for (name, first), (_, second) in zip(left, right, strict=True)
        ]

    def _check_outputs(self, node: exp.Expr, columns: Columns) -> None:
        names: set[str] = set()
        for name, kind in columns:
            if name and name in names:
                self.source.add(
                    "sql_columns",
                    node,
                    message("two columns are called '{name}'", name=name),
                    message("Give one of them another name: … as name."),
                    value=name,
                )
            if kind == NULL and not isinstance(node.parent, exp.SetOperation):
                self.source.add(
                    "sql_type",
                    node,
                    message("the column '{name}' is always empty and has no type", name=name),
                    message("Write cast(null as …) with its type."),
                    value=name,
                )
            names.add(name)

    def _select(
        self, node: exp.Select, steps: Mapping[str, Relation], outer: Scope | None, *, named_output: bool
    ) -> Columns:
        self._refused(node, "expressions", "from_", "joins", "where", "group", "having", "distinct", "with_")
        scope = Scope(outer, steps, self.owners)
        self._relations(node, scope)
        scope.aliases = frozenset(each.alias for each in node.expressions if isinstance(each, exp.Alias))
        where = node.args.get("where")
        if where is not None:
            self.typer.expect(where.this, self.typer.type_of(where.this, scope, WHERE), {"boolean"})
        write_stars_out(node, scope, self.source)
        bind_groups(node, scope, self.typer)
        columns = [self._output(each, scope, named_output) for each in list(node.expressions)]
        having = node.args.get("having")
        if having is not None:
            self.typer.expect(having.this, self.typer.type_of(having.this, scope, HAVING), {"boolean"})
        distinct = node.args.get("distinct")
        if distinct is not None and distinct.args.get("on") is not None:
            self.typer.refuse(distinct)
        if not columns:
            self.source.add("sql_columns", node, message("this SELECT gives no column"), message("Name its columns."))
        if not self.source.failed:
            check_grouping(node, scope, self.source)
        return columns

    def _output(self, node: exp.Expr, scope: Scope, named_output: bool) -> tuple[str, str]:
        kind = self.typer.type_of(node.this if isinstance(node, exp.Alias) else node, scope, SELECT)
        name = node.alias_or_name if isinstance(node, exp.Alias | exp.Column) else ""
        if named_output and not name:
            self.source.add(
                "sql_columns",
                node,
                message("this column has no name"),
                message("Write … as name."),
            )
        return name, kind

    def _relations(self, node: exp.Select, scope: Scope) -> None:
        clause = node.args.get("from_")
        if clause is not None:
            self._relation(clause.this, scope)
        for join in node.args.get("joins") or ():
            self._join(join, scope)

    def _join(self, join: exp.Expr, scope: Scope) -> None:
        before = dict(scope.relations)
        self._relation(join.this, scope)
        side, kind = str(join.args.get("side") or "").upper(), str(join.args.get("kind") or "").upper()
        condition = join.args.get("on")
        if join.args.get("method") or side not in _SIDES or kind not in _KINDS:
            name = str(join.args.get("method") or kind or side).upper()
            self.source.add(
                "sql_not_portable",
                join,
                message("{name} JOIN is not in the portable subset", name=name),
                message("Write join, left join, right join, full join or cross join; for a semi join, exists (…)."),
                value=name,
            )
            return
        if condition is not None:
            self.typer.expect(condition, self.typer.type_of(condition, scope, ON), {"boolean"})
        elif join.args.get("using"):
            self._using(join, before, scope)
        elif kind != "CROSS":
            self.source.add(
                "sql_join",
                join,
                message("this join has no condition"),
                message("Write on …, or using (…), or cross join."),
            )

    def _using(self, join: exp.Expr, before: Mapping[str, Relation], scope: Scope) -> None:
        joined = next((relation for alias, relation in scope.relations.items() if alias not in before), SOMETHING)
        for identifier in join.args["using"]:
            name = identifier.name
            sides = [relation for relation in before.values() if name in relation.columns]
            left = scope.merged.get(name) or (sides[0].columns[name] if len(sides) == 1 else None)
            right = joined.columns.get(name)
            if left is None or right is None:
                if not joined.open and not any(relation.open for relation in before.values()):
                    self._note_using(identifier, name)
                scope.merged[name] = UNKNOWN
                continue
            scope.merged[name] = self.typer.common([(identifier, left), (identifier, right)])

    def _note_using(self, identifier: exp.Expr, name: str) -> None:
        self.source.add(
            "sql_join",
            identifier,
            message("'{name}' does not stand once on each side of this join", name=name),
            message("Write the condition out: on a.column = b.column."),
            value=name,
        )

    def _relation(self, node: exp.Expr, scope: Scope) -> None:
        alias = node.alias_or_name
        if isinstance(node, exp.Table):
            relation = self._table(node, scope)
        elif isinstance(node, exp.Subquery) and isinstance(node.this, exp.Query):
            self._refused(node, "this", "alias", "with_")
            relation = _as_relation(self._whole(node.this, scope.steps))
            self._check_alias(node, node.alias)
        elif isinstance(node, exp.Values):
            relation = self._values(node, scope)
        else:
            self._refuse_relation(node)
            relation = SOMETHING
        if alias in scope.relations:
            self.source.add(
                "sql_name_clash",
                node,
                message("'{name}' is read twice under this name", name=alias),
                message("Give one of them another: {name} as other.", name=alias),
                value=alias,
            )
        scope.relations[alias] = relation

    def _check_alias(self, node: exp.Expr, alias: str) -> None:
        columns = node.args["alias"].columns if node.args.get("alias") else ()
        if not alias or (columns and not isinstance(node, exp.Values)):
            self.source.add(
                "sql_not_portable",
                node,
                message("what is read here is written: (select …) as name"),
                message("Give it a name, and name its columns in its SELECT."),
            )

    def _refuse_relation(self, node: exp.Expr) -> None:
        self.source.add(
            "sql_not_portable",
            node,
            message("this cannot be read from"),
            message("SQL reads registers, models, calendars, steps, (select …) as name and (values …) as name."),
        )

    def _table(self, node: exp.Table, scope: Scope) -> Relation:
        if not isinstance(node.this, exp.Identifier) or node.args.get("db") is not None:
            self._refuse_relation(node)
            return SOMETHING
        self._refused(node, "this", "alias")
        if node.args.get("alias"):
            self._check_alias(node, node.alias)
        name = node.name
        if name in scope.steps:
            return scope.steps[name]
        found = self.find(name, node)
        if found is not None:
            self.reads.add(name)
            return found
        self.source.add(
            "sql_unknown_relation",
            node,
            message("there is no register, model or calendar '{name}'", name=name),
            did_you_mean(
                name,
                [*self.known, *scope.steps],
                message("Known: {names}.", names=", ".join(sorted([*self.known, *scope.steps])) or "–"),
            ),
            value=name,
        )
        return SOMETHING

    def _values(self, node: exp.Values, scope: Scope) -> Relation:
        names = [column.name for column in node.args["alias"].columns] if node.args.get("alias") else []
        rows = [list(row.expressions) if isinstance(row, exp.Tuple) else [row] for row in node.expressions]
        if not names or not node.alias or any(len(row) != len(names) for row in rows):
            self.source.add(
                "sql_not_portable",
                node,
                message("values are written: (values (…), (…)) as name (column, column)"),
                message("Give the relation a name, and each of its columns."),
            )
            return SOMETHING
        empty = Scope(None, scope.steps, self.owners)
        columns: Columns = []
        for place, name in enumerate(names):
            kinds = [(row[place], self.typer.type_of(row[place], empty, VALUES)) for row in rows]
            columns.append((name, self.typer.common(kinds)))
            if columns[-1][1] == "integer":
                wrap_in_cast(rows[0][place], SQL_TYPES["integer"])
        self._check_outputs(node, columns)
        return _as_relation(columns)

    def _refused(self, node: exp.Expr, *allowed: str) -> bool:
        """Tell whether `node` has other clauses than these; note each."""
        refused = [key for key, value in node.args.items() if value and key not in allowed]
        for key in refused:
            value = node.args[key]
            part = value[0] if isinstance(value, list) else value
            word, mend = REFUSED_CLAUSES.get(key, (key.strip("_").upper(), ASK_REFERENCE))
            anchor = part if isinstance(part, exp.Expr) else node
            self.source.add(
                "sql_not_portable",
                self.source.word(anchor, word.partition(" ")[0]),
                message("{name} is not in the portable subset", name=word),
                mend,
                value=word,
            )
        return bool(refused)


def _as_relation(columns: Columns) -> Relation:
    known = {name: kind for name, kind in columns if name}
    return Relation(known, open=len(known) != len(columns) or not columns)


def _branches(tree: exp.Expr) -> Iterator[exp.Select]:
    """Yield the SELECTs whose rows are the query's own: one, or the parts of unions."""
    if isinstance(tree, exp.Select):
        yield tree
    elif isinstance(tree, exp.Subquery):
        yield from _branches(tree.this)
    elif isinstance(tree, exp.SetOperation):
        yield from _branches(tree.this)
        yield from _branches(tree.expression)


def _make_exact(select: exp.Select, columns: Columns) -> None:
    """Give whole numbers the 64 bits promised: a plain 1 has 32, what engines compute has more or fewer."""
    if len(select.expressions) != len(columns):
        return
    for place, (_, kind) in enumerate(columns):
        each = select.expressions[place]
        inner = each.this if isinstance(each, exp.Alias) else each
        if isinstance(inner, exp.Null) or (kind == "integer" and not _has_64_bits(inner)):
            wrap_in_cast(inner, SQL_TYPES.get(kind, SQL_TYPES["integer"]))


def _has_64_bits(node: exp.Expr) -> bool:
    call = node.this if isinstance(node, exp.Filter | exp.Window) else node
    return isinstance(call, exp.Column | exp.Cast | exp.Count | exp.RowNumber | exp.Rank | exp.DenseRank)
