"""Which columns of a query name each of its rows, as far as its SQL proves it.

To find out by counting costs as much as the count itself: a hash table with an entry for each row. Mostly the SQL
says it: it groups by those columns, or reads a register whose key they are and joins only what is found once (also the
one spell that holds on a day, where spells do not overlap). Where nothing is proved, the rows are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pejl.measure.cube.spells import Column, Held
from pejl.measure.cube.values import Source, Spells
from pejl.measure.queries import Graph, Query

if TYPE_CHECKING:
    from sqlglot import exp

Keys = frozenset[frozenset[str]]
_NONE: Keys = frozenset()
_CALENDAR_KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "calendar_years": (("period",), ("year",), ("first_day",), ("last_day",)),
    "calendar_quarters": (("period",), ("year", "quarter"), ("first_day",), ("last_day",)),
    "calendar_school_years": (("period",), ("end_year",), ("first_day",), ("last_day",)),
    "calendar_transitions": (("period",), ("from_year",), ("to_year",), ("from_day",), ("to_day",)),
    "calendar_days": (("day",), ("year", "month", "day_of_month")),
    "calendar_months_later": (("day", "months"),),
}


def named_once(query: Query, columns: Sequence[str], graph: Graph, sources: Mapping[str, Source]) -> bool:
    """Tell whether the SQL proves that no two rows of `query` agree in all of `columns`."""
    from sqlglot import parse_one

    return _Reader(graph, sources).proves(parse_one(query.sql, dialect="duckdb"), columns)


@dataclass
class _Rows:
    """What is known of the rows of one SELECT before they are grouped.

    `keys` are those of its relations, `spells` those of them that are spells, `held` the days on which these hold;
    `same` are pairs of columns that are equal in every row; `left` such pairs of a left join, from left to right, where
    the right side may be empty; `fixed` are columns equal to a constant.
    """

    keys: dict[str, Keys] = field(default_factory=dict)
    same: list[tuple[Column, Column]] = field(default_factory=list)
    left: list[tuple[Column, Column]] = field(default_factory=list)
    fixed: set[Column] = field(default_factory=set)
    spells: dict[str, Spells] = field(default_factory=dict)
    held: Held = field(default_factory=Held)

    def closure(self, known: Iterable[Column]) -> set[Column]:
        """Return all columns that are settled once those in `known` are."""
        found = set(known) | self.fixed
        every = {(name, column) for name, keys in self.keys.items() for key in keys for column in key}
        every |= {column for pair in (*self.same, *self.left) for column in pair} | self.held.columns()
        while True:
            before = len(found)
            for one, other in self.same:
                if one in found or other in found:
                    found |= {one, other}
            found |= {other for one, other in self.left if one in found}
            for name in self.keys:
                if self.settled(name, found):
                    found |= {column for column in every if column[0] == name}
            if len(found) == before:
                return found

    def settled(self, name: str, known: set[Column]) -> bool:
        """Tell whether `known` columns leave one row of the relation `name`."""
        if any(all((name, column) in known for column in key) for key in self.keys[name]):
            return True
        return name in self.spells and self.held.settled(name, self.spells[name], known)


class _Reader:
    """Reads queries; what it does not understand proves nothing."""

    def __init__(self, graph: Graph, sources: Mapping[str, Source]) -> None:
        self._graph = graph
        self._sources = sources
        self._models: dict[str, Keys] = {}

    def proves(self, tree: exp.Expr, columns: Sequence[str], outer: Mapping[str, Keys] | None = None) -> bool:
        """Tell whether `columns` name each row of the query `tree`; `outer` are the keys of steps around it."""
        from sqlglot import exp

        if not isinstance(tree, exp.Select) or tree.find(exp.UDTF, exp.Explode):
            return False
        steps = dict(outer or {})
        for step in _steps(tree):
            steps[step.alias] = self._keys(step.this, steps)
        shown = {each.alias_or_name: each.unalias() for each in tree.selects}
        if any(name not in shown for name in columns):
            return False
        distinct = tree.args.get("distinct")
        if distinct is not None and distinct.args.get("on") is None and set(shown) <= set(columns):
            return True
        rows = self._rows(tree, steps)
        if rows is None:
            return False
        known = {column for name in columns for column in _column_of(shown[name])}
        settled = rows.closure(known)
        group = tree.args.get("group")
        if group is not None:
            if any(group.args.get(kind) for kind in ("grouping_sets", "cube", "rollup", "all")):
                return False
            wanted = {shown[name].sql() for name in columns}
            return all(_is_settled(each, settled, wanted, shown) for each in group.expressions)
        return all(rows.settled(name, settled) for name in rows.keys)

    def _keys(self, tree: exp.Expr, steps: Mapping[str, Keys]) -> Keys:
        """Return one least set of columns that names each row of a query, if there is any."""
        from sqlglot import exp

        tree = tree.unnest()
        if not isinstance(tree, exp.Select):
            return _NONE
        chosen = [each.alias_or_name for each in tree.selects]
        if not self.proves(tree, chosen, steps):
            return _NONE
        for name in tuple(reversed(chosen)):
            fewer = [each for each in chosen if each != name]
            if self.proves(tree, fewer, steps):
                chosen = fewer
        return frozenset({frozenset(chosen)})

    def _rows(self, tree: exp.Select, steps: Mapping[str, Keys]) -> _Rows | None:
        """Return what is known of the rows of the FROM clause and its joins; None where that is nothing."""
        from sqlglot import exp

        start = tree.args.get("from_") or tree.args.get("from")
        if start is None or any(tree.args.get(kind) for kind in ("laterals", "pivots")):
            return None
        rows = _Rows()
        self._add(rows, start.this, steps)
        for join in tree.args.get("joins") or ():
            side = (join.side or "").upper()
            if side not in ("", "LEFT") or join.args.get("using") or join.args.get("method"):
                return None
            if (join.kind or "").upper() in ("SEMI", "ANTI", "POSITIONAL", "ASOF"):
                return None
            name = join.this.alias_or_name
            self._add(rows, join.this, steps)
            for condition in _conditions(join.args.get("on")):
                _note(rows, condition, name if side == "LEFT" else None)
        where = tree.args.get("where")
        for condition in _conditions(where.this if isinstance(where, exp.Where) else None):
            _note(rows, condition, None)
        return rows

    def _add(self, rows: _Rows, tree: exp.Expr, steps: Mapping[str, Keys]) -> None:
        """Add a relation that is read, with what is known of its rows."""
        from sqlglot import exp

        rows.keys[tree.alias_or_name] = self._relation(tree, steps)
        if isinstance(tree, exp.Table) and tree.name not in steps and tree.name in self._sources:
            spells = self._sources[tree.name].spells
            if spells is not None:
                rows.spells[tree.alias_or_name] = spells

    def _relation(self, tree: exp.Expr, steps: Mapping[str, Keys]) -> Keys:
        from sqlglot import exp

        if isinstance(tree, exp.Subquery):
            return self._keys(tree.this, steps)
        if not isinstance(tree, exp.Table):
            return _NONE
        name = tree.name
        if name in steps:
            return steps[name]
        if name in _CALENDAR_KEYS:
            return frozenset(frozenset(key) for key in _CALENDAR_KEYS[name])
        if name in self._graph.models:
            return self._model(self._graph.models[name])
        source = self._sources.get(name)
        return frozenset({frozenset(source.key)}) if source is not None and source.key else _NONE

    def _model(self, query: Query) -> Keys:
        from sqlglot import parse_one

        if query.name not in self._models:
            self._models[query.name] = _NONE  # were it to read itself
            self._models[query.name] = self._keys(parse_one(query.sql, dialect="duckdb"), {})
        return self._models[query.name]


def _note(rows: _Rows, condition: exp.Expr, right: str | None) -> None:
    """Note what must hold of all rows; of the relation `right` of a left join if that is given."""
    from sqlglot import exp

    rows.held.note(condition, right)
    if not isinstance(condition, exp.EQ):
        return
    one, other = condition.left, condition.right
    first, second = _column_of(one), _column_of(other)
    if first and second:
        a, b = first[0], second[0]
        if right is None:
            rows.same.append((a, b))
        elif b[0] == right:
            rows.left.append((a, b))
        elif a[0] == right:
            rows.left.append((b, a))
    elif _is_constant(other) and right in (None, *(name for name, _ in first)):
        rows.fixed.update(first)
    elif _is_constant(one) and right in (None, *(name for name, _ in second)):
        rows.fixed.update(second)


def _steps(tree: exp.Select) -> Iterator[exp.Expr]:
    with_ = tree.args.get("with_") or tree.args.get("with")
    if with_ is not None:
        yield from with_.expressions


def _conditions(condition: exp.Expr | None) -> Iterator[exp.Expr]:
    """Yield each of the conditions that must all hold."""
    from sqlglot import exp

    if isinstance(condition, exp.Paren):
        yield from _conditions(condition.this)
    elif isinstance(condition, exp.And):
        yield from _conditions(condition.left)
        yield from _conditions(condition.right)
    elif condition is not None:
        yield condition


def _column_of(tree: exp.Expr) -> tuple[Column, ...]:
    """Return the column that an expression is, or is but for being written as text; nothing for any other."""
    from sqlglot import exp

    while isinstance(tree, exp.Paren) or (isinstance(tree, exp.Cast) and tree.to.is_type("text", "varchar")):
        tree = tree.this
    return ((tree.table, tree.name),) if isinstance(tree, exp.Column) else ()


def _is_constant(tree: exp.Expr) -> bool:
    from sqlglot import exp

    return isinstance(tree, exp.Literal | exp.Boolean)


def _is_settled(group: exp.Expr, settled: set[Column], wanted: set[str], shown: Mapping[str, exp.Expr]) -> bool:
    """Tell whether a grouping expression is among the wanted columns, or follows from them."""
    from sqlglot import exp

    if isinstance(group, exp.Literal) and not group.is_string:  # the position of a column
        group = list(shown.values())[int(group.this) - 1]
    if group.sql() in wanted or f"CAST({group.sql()} AS TEXT)" in wanted or f"CAST({group.sql()} AS VARCHAR)" in wanted:
        return True
    columns = _column_of(group)
    return bool(columns) and columns[0] in settled
