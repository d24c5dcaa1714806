"""What names mean inside one SELECT, and what may stand where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from pejl.measure.queries.relations import UNKNOWN, Relation
from pejl.measure.queries.source import SourceFile, named
from pejl.text import Message, message
from pejl.workspace.problems import did_you_mean

Columns = list[tuple[str, str]]
"""Names and types of what a query gives, in order."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a SELECT, and whether aggregates and window functions may stand in it."""

    name: str
    aggregates: bool = False
    windows: bool = False


SELECT = Clause("SELECT", aggregates=True, windows=True)
WHERE = Clause("WHERE")
ON = Clause("ON")
GROUP_BY = Clause("GROUP BY")
HAVING = Clause("HAVING", aggregates=True)
AGGREGATE = Clause("aggregate(…)")
WINDOW = Clause("OVER")
VALUES = Clause("VALUES")


@dataclass(slots=True)
class Scope:
    """The relations of one SELECT by the names they have there.

    `merged` are columns joined by USING, which stand without a relation. `aliases` are the names its output gives;
    they mean nothing inside it. `aggregated`: it has an aggregate. `owners`, one for a whole file, remembers for each
    column, by its id, the scope it was found in.
    """

    outer: Scope | None
    steps: Mapping[str, Relation]
    owners: dict[int, Scope]
    relations: dict[str, Relation] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    aliases: frozenset[str] = frozenset()
    aggregated: bool = False

    def chain(self) -> Iterator[Scope]:
        """Yield this scope and those around it, innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer


def resolve(column: exp.Column, scope: Scope, source: SourceFile) -> str:
    """Return the type of a column, having written its relation into it; note a name that leads nowhere."""
    if column.args.get("db") is not None or column.args.get("catalog") is not None:
        source.add("sql_unknown_column", column, message("a column has at most one name before it"), _REMOVE)
        return UNKNOWN
    name, relation = column.name, column.table
    found = _qualified(column, relation, name, scope, source) if relation else _bare(column, name, scope, source)
    return UNKNOWN if found is None else found


def _qualified(column: exp.Column, alias: str, name: str, scope: Scope, source: SourceFile) -> str | None:
    for each in scope.chain():
        if alias in each.relations:
            scope.owners[id(column)] = each
            relation = each.relations[alias]
            if name in relation.columns:
                return relation.columns[name]
            if not relation.open:
                _note_unknown(column, name, {alias: relation}, scope, source)
            return None
    known = [alias for each in scope.chain() for alias in each.relations]
    source.add(
        "sql_unknown_relation",
        column,
        message("'{name}' is not read here", name=alias),
        did_you_mean(alias, known, message("Here are read: {names}.", names=", ".join(known) or "–")),
        value=alias,
    )
    return None


def _bare(column: exp.Column, name: str, scope: Scope, source: SourceFile) -> str | None:
    for each in scope.chain():
        if name in each.merged:
            scope.owners[id(column)] = each
            return each.merged[name]
        holding = [alias for alias, relation in each.relations.items() if name in relation.columns]
        if len(holding) > 1:
            _note_ambiguous(column, name, holding, source)
            return None
        if holding:
            scope.owners[id(column)] = each
            column.set("table", named(holding[0]))
            return each.relations[holding[0]].columns[name]
    if not any(relation.open for each in scope.chain() for relation in each.relations.values()):
        known = {alias: relation for each in scope.chain() for alias, relation in each.relations.items()}
        _note_unknown(column, name, known, scope, source)
    return None


def _note_ambiguous(column: exp.Column, name: str, holding: list[str], source: SourceFile) -> None:
    source.add(
        "sql_ambiguous_column",
        column,
        message("'{name}' may be a column of {relations}", name=name, relations=", ".join(holding)),
        message("Write the relation before it: {first}.{name}.", first=holding[0], name=name),
        value=name,
    )


def _note_unknown(
    column: exp.Column, name: str, relations: Mapping[str, Relation], scope: Scope, source: SourceFile
) -> None:
    hiding = next((alias for alias, relation in relations.items() if name in relation.hidden), None)
    if hiding is not None:
        source.add(
            "sql_identifier_column",
            column.this,
            message("'{name}' of {relation} says who somebody is, and is never read", name=name, relation=hiding),
            message("Leave it out; persons are told apart by their pseudonym."),
            value=name,
        )
        return
    known = sorted({known for relation in relations.values() for known in relation.columns})
    source.add(
        "sql_unknown_column",
        column.this,
        message("there is no column '{name}'", name=name),
        _mend_unknown(name, known, scope),
        value=name,
    )


def _mend_unknown(name: str, known: list[str], scope: Scope) -> Message:
    if name in scope.aliases:
        return message("It is a name given in this SELECT; write its expression again, or put it into a step (WITH).")
    return did_you_mean(name, known, message("There are: {names}.", names=", ".join(known) or "–"))


_REMOVE = message("Write relation.column.")
