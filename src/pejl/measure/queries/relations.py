"""Relations as SQL sees them: names, columns, types, and which column says whom a row is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pejl.measure.queries.calendars import CALENDARS
from pejl.workspace.registers import Register

PERSON = "person"
UNKNOWN = "unknown"
"""The type of what has a problem already; nothing more is said about it."""
NULL = "null"
"""The type of NULL, which fits every type."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A register, model, calendar, step or subquery.

    `hidden` are columns that exist but identify people, and are never read. `open`: the columns are not known for
    certain, because of a problem elsewhere; one that is not found may well exist. `person` is the column by which
    rows are divided among sets of persons.
    """

    columns: Mapping[str, str]
    hidden: frozenset[str] = field(default=frozenset())
    person: str | None = None
    open: bool = False


SOMETHING = Relation({}, open=True)
"""A relation of which nothing is known."""


def of_register(register: Register) -> Relation:
    """Return a register as SQL sees it: CPR numbers as pseudonyms, other identifiers not at all."""
    hidden = {column.name for column in register.columns if column.personal == "identifier" and column.type != "cpr"}
    columns = {
        column.name: "integer" if column.type == "cpr" else column.type
        for column in register.columns
        if column.name not in hidden
    }
    person = register.person if columns.get(register.person or "") == "integer" else None
    return Relation(columns, frozenset(hidden), person)


def of_query(columns: Mapping[str, str], *, complete: bool) -> Relation:
    """Return a model with these columns as SQL sees it."""
    return Relation(columns, person=PERSON if columns.get(PERSON) == "integer" else None, open=not complete)


CALENDAR_RELATIONS = {name: Relation(columns) for name, columns in CALENDARS.items()}
