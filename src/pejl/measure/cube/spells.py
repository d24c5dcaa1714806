"""Spells that do not overlap as keys: of a person's spells, one at most holds on a given day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pejl.measure.cube.values import Spells

if TYPE_CHECKING:
    from sqlglot import exp

    from pejl.workspace.registers import Register

ALWAYS = ("", "")
"""Stands for a day that is written in the SQL."""
Column = tuple[str, str]
Bound = tuple[Column, Column]
"""The column of a spell, and the day it is compared with."""


def spells_apart(register: Register) -> Spells | None:
    """Return the spells of a register taken in whose contract forbids them to overlap; None of any other."""
    spells = register.spells
    if spells is None or spells.overlap != "forbidden":
        return None
    per = spells.per or ((register.person,) if register.person is not None else ())
    return Spells(spells.from_, spells.to, tuple(per)) if per else None


class Held:
    """What conditions say of the days on which spells hold."""

    def __init__(self) -> None:
        self._begun: set[Bound] = set()
        self._not_ended: set[Bound] = set()

    def note(self, condition: exp.Expr, relation: str | None) -> None:
        """Note what must hold; only of the columns of `relation` if that is given."""
        for low, high in _not_above(condition):
            begun = _column(low), _day(high)
            if begun[0] and begun[1] and relation in (None, begun[0][0]):
                self._begun.add((begun[0], begun[1]))
            ended = _end(high), _day(low)
            if ended[0] and ended[1] and relation in (None, ended[0][0]):
                self._not_ended.add((ended[0], ended[1]))

    def columns(self) -> set[Column]:
        """Return the columns that hold days on which spells must hold."""
        return {day for _, day in (*self._begun, *self._not_ended) if day != ALWAYS}

    def settled(self, name: str, spells: Spells, known: set[Column]) -> bool:
        """Tell whether `known` columns leave one row of the relation `name`, whose rows are `spells`."""
        if not all((name, column) in known for column in spells.per):
            return False
        begun = {day for column, day in self._begun if column == (name, spells.from_)}
        not_ended = {day for column, day in self._not_ended if column == (name, spells.to)}
        return any(day == ALWAYS or day in known for day in begun & not_ended)


def _not_above(condition: exp.Expr) -> Iterator[tuple[exp.Expr, exp.Expr]]:
    """Yield pairs of expressions of which the first is not above the second."""
    from sqlglot import exp

    if isinstance(condition, exp.LT | exp.LTE):
        yield condition.left, condition.right
    elif isinstance(condition, exp.GT | exp.GTE):
        yield condition.right, condition.left
    elif isinstance(condition, exp.Between):
        yield condition.args["low"], condition.this
        yield condition.this, condition.args["high"]
    elif isinstance(condition, exp.Or):
        # `to IS NULL OR to >= day`: an empty end is open
        for empty, other in ((condition.left, condition.right), (condition.right, condition.left)):
            empty, other = _plain(empty), _plain(other)
            if isinstance(empty, exp.Is) and isinstance(empty.expression, exp.Null):
                column = _column(empty.this)
                yield from (pair for pair in _not_above(other) if column and _column(pair[1]) == column)


def _plain(tree: exp.Expr) -> exp.Expr:
    from sqlglot import exp

    while isinstance(tree, exp.Paren):
        tree = tree.this
    return tree


def _column(tree: exp.Expr) -> Column | None:
    from sqlglot import exp

    tree = _plain(tree)
    return (tree.table, tree.name) if isinstance(tree, exp.Column) else None


def _end(tree: exp.Expr) -> Column | None:
    """Return the column that an end of a spell is; also where another day is put for an empty one."""
    from sqlglot import exp

    tree = _plain(tree)
    return _column(tree.this if isinstance(tree, exp.Coalesce) else tree)


def _day(tree: exp.Expr) -> Column | None:
    """Return the column that a day is, or that it is written in the SQL."""
    from sqlglot import exp

    tree = _plain(tree)
    if isinstance(tree, exp.Cast) and isinstance(tree.this, exp.Literal) and tree.to.is_type("date"):
        return ALWAYS
    return _column(tree)
