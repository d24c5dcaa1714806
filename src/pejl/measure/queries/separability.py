"""Can a query be computed for some persons at a time, and the parts put together?

What every part of a query gives is one of three:

- *whole*: it reads nothing about persons, and is the same whoever is asked about;
- *divided* by keys: asked about disjoint sets of persons, one set after the other, it gives the same rows as asked
  about all at once, and each key, a column, holds the person a row belongs to;
- *mixed*: neither, or it cannot be told.

The rules are on the safe side: what they call divided is, what they call mixed may be. A key is never a column that a
left join may have emptied, and rows whose person is empty count as those of one more person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from pejl.measure.queries.relations import PERSON, Relation


@dataclass(frozen=True, slots=True)
class _Part:
    """What a query or relation gives: `keys` are columns; whole without them, mixed whatever they are."""

    keys: frozenset[str] = frozenset()
    divided: bool = False
    mixed: bool = False


_WHOLE = _Part()
_MIXED = _Part(mixed=True)


def is_separable(tree: exp.Expr, relations: Mapping[str, Relation]) -> bool:
    """Tell whether a bound query is divided by its own column `person`.

    Args:
        tree: the query, every column with its relation.
        relations: the registers, models and calendars it reads.
    """
    part, names = _query(tree, {name: _of(relation) for name, relation in relations.items()}, None)
    return part.divided and not part.mixed and PERSON in part.keys and PERSON in names


def _of(relation: Relation) -> _Part:
    return _WHOLE if relation.person is None else _Part(frozenset({relation.person}), divided=True)


Key = tuple[str, str]
"""A column that holds the person: relation and column; the relation is empty for a column joined by USING."""


@dataclass(slots=True)
class _Rows:
    """The rows of one SELECT while its clauses are read.

    `keys` are columns of its relations, `names` the names these have, with "" where USING made a column of its own.
    `pinned`: they are rows of the one person that a row of the query around it is about.
    """

    steps: Mapping[str, _Part]
    outer: _Rows | None
    keys: set[Key] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    pinned: bool = False
    divided: bool = False
    mixed: bool = False


def _query(node: exp.Expr, steps: Mapping[str, _Part], outer: _Rows | None) -> tuple[_Part, list[str]]:
    """Return what a query gives, and the names of its columns."""
    steps = _with(node, steps)
    if isinstance(node, exp.Subquery):
        return _query(node.this, steps, outer)
    if isinstance(node, exp.SetOperation):
        return _set_operation(node, steps, outer)
    return _select(node, steps, outer)


def _with(node: exp.Expr, steps: Mapping[str, _Part]) -> Mapping[str, _Part]:
    clause = node.args.get("with_")
    if clause is None:
        return steps
    own = dict(steps)
    for step in clause.expressions:
        own[step.alias] = _query(step.this, own, None)[0]
    return own


def _set_operation(node: exp.SetOperation, steps: Mapping[str, _Part], outer: _Rows | None) -> tuple[_Part, list[str]]:
    """Two divided parts stay divided by the columns that are keys in both; rows of one person meet only there."""
    left, names = _query(node.this, steps, outer)
    right, right_names = _query(node.expression, steps, outer)
    if left.mixed or right.mixed:
        return _MIXED, names
    if not left.divided and not right.divided:
        return _WHOLE, names
    pairs = zip(names, right_names, strict=True)
    keys = frozenset(first for first, second in pairs if first in left.keys and second in right.keys)
    together = isinstance(node, exp.Union) and not node.args.get("distinct")
    if not (left.divided and right.divided) or not (keys or together):
        return _MIXED, names
    return _Part(keys, divided=True), names


def _select(node: exp.Expr, steps: Mapping[str, _Part], outer: _Rows | None) -> tuple[_Part, list[str]]:
    rows = _Rows(steps, outer)
    _read(node, rows)
    where = node.args.get("where")
    if where is not None:
        rows.pinned = _is_pinned(where.this, rows)
        _check_condition(where.this, rows)
    having = node.args.get("having")
    group = node.args.get("group")
    grouped = group is not None or having is not None or any(_aggregates(each) for each in node.expressions)
    by = group.expressions if group is not None else []
    if rows.divided and grouped and not rows.pinned and not any(_is_key(each, rows) for each in by):
        rows.mixed = True
    for each in (*by, *node.expressions, *((having.this,) if having is not None else ())):
        _check_expression(each, rows)
    return _outputs(node, rows, by if grouped else None)


def _outputs(node: exp.Expr, rows: _Rows, by: list[exp.Expr] | None) -> tuple[_Part, list[str]]:
    names = [each.alias_or_name for each in node.expressions]
    plain = [(name, each.unalias()) for name, each in zip(names, node.expressions, strict=True)]
    keys = frozenset(name for name, each in plain if _is_key(each, rows) and (by is None or each in by))
    if rows.pinned and not rows.mixed:
        return _WHOLE, names
    if rows.mixed or (rows.divided and node.args.get("distinct") is not None and not keys):
        return _MIXED, names
    return _Part(keys, divided=rows.divided), names


def _read(node: exp.Expr, rows: _Rows) -> None:
    clause = node.args.get("from_")
    if clause is None:
        return
    part, alias = _relation(clause.this, rows)
    rows.divided, rows.mixed = part.divided, part.mixed
    rows.keys = {(alias, key) for key in part.keys}
    rows.names.add(alias)
    for join in node.args.get("joins") or ():
        _join(join, rows)


def _relation(node: exp.Expr, rows: _Rows) -> tuple[_Part, str]:
    if isinstance(node, exp.Table):
        return rows.steps[node.name], node.alias_or_name
    if isinstance(node, exp.Subquery):
        return _query(node.this, rows.steps, None)[0], node.alias
    return _WHOLE, node.alias  # VALUES


def _join(join: exp.Expr, rows: _Rows) -> None:
    part, alias = _relation(join.this, rows)
    own = {(alias, key) for key in part.keys}
    rows.names |= {alias, *([""] if join.args.get("using") else [])}
    side = str(join.args.get("side") or "").upper()
    rows.mixed = rows.mixed or part.mixed
    if rows.divided and part.divided:
        met = _meet(join, rows.keys, own, alias)
        rows.mixed = rows.mixed or not met
        rows.keys = {"": rows.keys | own, "LEFT": rows.keys, "RIGHT": own, "FULL": set()}[side] | met
        _drop_emptied(join, rows, side)
    elif rows.divided or part.divided:
        # all rows of the side that is not divided would be there once for every set of persons
        kept = {"": True, "LEFT": rows.divided, "RIGHT": part.divided, "FULL": False}[side]
        rows.mixed = rows.mixed or not kept
        rows.keys |= own
        rows.divided = True
        rows.keys -= {("", identifier.name) for identifier in join.args.get("using") or ()}
    condition = join.args.get("on")
    if condition is not None:
        _check_condition(condition, rows)


def _meet(join: exp.Expr, keys: set[Key], own: set[Key], alias: str) -> set[Key]:
    """Return the keys by which both sides of a join are held together: none where they are not."""
    for identifier in join.args.get("using") or ():
        name = identifier.name
        if (alias, name) in own and _sole(keys, name):
            return {("", name)}
    condition = join.args.get("on")
    for each in _conjuncts(condition) if condition is not None else ():
        if isinstance(each, exp.EQ):
            left, right = _key_of(each.this), _key_of(each.expression)
            if (left in keys and right in own) or (left in own and right in keys):
                assert left is not None
                assert right is not None
                side = str(join.args.get("side") or "").upper()
                return {left, right} if not side else {left, right} & (keys if side == "LEFT" else own)
    return set()


def _sole(keys: set[Key], name: str) -> bool:
    """Tell whether the column a USING means on its left is a key; before it, columns of a name may be several."""
    return ("", name) in keys or sum(key == name for _, key in keys) == 1


def _drop_emptied(join: exp.Expr, rows: _Rows, side: str) -> None:
    """After a full join only what USING made of both sides is filled everywhere."""
    if side == "FULL":
        names = {identifier.name for identifier in join.args.get("using") or ()}
        rows.keys = {key for key in rows.keys if key[0] == "" and key[1] in names}
        rows.mixed = rows.mixed or not rows.keys


def _is_pinned(where: exp.Expr, rows: _Rows) -> bool:
    """Tell whether a condition ties divided rows to the person of the row around: inner key = outer key."""
    if rows.outer is None or not rows.divided:
        return False
    outer = {key for key in rows.outer.keys if key[0] not in rows.names}
    pairs = ((_key_of(each.this), _key_of(each.expression)) for each in _conjuncts(where) if isinstance(each, exp.EQ))
    return any((a in rows.keys and b in outer) or (b in rows.keys and a in outer) for a, b in pairs)


def _conjuncts(node: exp.Expr) -> Iterator[exp.Expr]:
    if isinstance(node, exp.And):
        yield from _conjuncts(node.this)
        yield from _conjuncts(node.expression)
    elif isinstance(node, exp.Paren):
        yield from _conjuncts(node.this)
    else:
        yield node


def _key_of(node: exp.Expr) -> Key | None:
    return (node.table, node.name) if isinstance(node, exp.Column) else None


def _is_key(node: exp.Expr, rows: _Rows) -> bool:
    return _key_of(node) in rows.keys


def _aggregates(node: exp.Expr) -> bool:
    """Tell whether an expression aggregates its SELECT's rows; windows and inner queries do so for themselves."""
    if isinstance(node, exp.Window | exp.Query):
        return False
    return isinstance(node, exp.AggFunc) or any(_aggregates(part) for part in node.iter_expressions())


def _check_condition(node: exp.Expr, rows: _Rows) -> None:
    """Check a condition; `key in (select …)` may stand in it as one of several conditions that all must hold."""
    for each in _conjuncts(node):
        query = each.args.get("query") if isinstance(each, exp.In) else None
        if query is not None and _is_key(each.this, rows):
            part, names = _query(query, rows.steps, rows)
            rows.mixed = rows.mixed or part.mixed or (part.divided and names[0] not in part.keys)
        else:
            _check_expression(each, rows)


def _check_expression(node: exp.Expr, rows: _Rows) -> None:
    """Note windows and inner queries that reach beyond the person of a row."""
    if isinstance(node, exp.Query):
        part, _ = _query(node, rows.steps, rows)
        rows.mixed = rows.mixed or part.mixed or part.divided
        return
    if isinstance(node, exp.Window) and rows.divided and not rows.pinned:
        rows.mixed = rows.mixed or not any(_is_key(each, rows) for each in node.args.get("partition_by") or ())
    for part_of_it in node.iter_expressions():
        _check_expression(part_of_it, rows)
