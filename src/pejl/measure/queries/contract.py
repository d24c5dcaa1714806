"""The contract of an indicator's SQL: the columns it must give, and what its declaration says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pejl.measure.queries.relations import NULL, PERSON, UNKNOWN, Relation
from pejl.measure.queries.subset import ACCEPTS
from pejl.text import Message, message
from pejl.workspace.base import Declared
from pejl.workspace.counting import Counting
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Location, Problems, did_you_mean
from pejl.workspace.vocabulary import Dimension

WITH_DENOMINATOR = frozenset({"share", "rate", "ratio"})
"""Kinds of measure whose SQL must give a denominator; a mean may, and has 1 for each row without."""

CONTRACT: tuple[tuple[str, str, str], ...] = (
    (
        "`period`",
        "text",
        "The period a row is counted in, as calendars write it. Needed, unless `event_date` is there.",
    ),
    ("`event_date`", "date", "The day of what is counted. Needed with `as_of: event`."),
    ("`person`", "integer", "Whom the row is about; empty where nobody knows. With `way` its `key` stands instead."),
    ("`numerator`", "integer or number", "What is counted: 1 or 0 for a share, an amount for a mean or a ratio."),
    (
        "`denominator`",
        "integer or number",
        "What it is counted of: needed for a share, a rate and a ratio; 1 for each row of a mean that has none.",
    ),
    ("a dimension's id", "text", "The row's code in a dimension of the indicator's own, used in `sets` or `cubes`."),
    ("the columns of `row`", "any", "What a row is one of; together they are different in every row."),
)
"""Columns, types and meaning, for the reference."""


@dataclass(frozen=True, slots=True)
class Output:
    """What the SQL of an indicator gives, and where its SELECT begins."""

    columns: Mapping[str, str]
    location: Location


class Contract:
    """Checks the contract of one indicator's SQL; `failed` afterwards tells whether something was wrong."""

    def __init__(
        self,
        workspace: Workspace,
        indicator: Indicator,
        counting: Counting,
        output: Output,
        relations: Mapping[str, Relation],
        problems: Problems,
    ) -> None:
        self.workspace = workspace
        self.indicator = indicator
        self.counting = counting
        self.output = output
        self.relations = relations
        self.problems = problems
        self.failed = False

    def check(self) -> None:
        """Note every column that is missing, of a wrong type, or used for nothing."""
        self._period()
        self._person()
        self._needs("numerator", ACCEPTS["numeric"], message("It is what is counted: 1 or 0, or an amount."))
        self._denominator()
        self._row()
        self._dimensions()
        self._unused()

    @property
    def kind(self) -> str | None:
        """The kind of measure: the indicator's own, else its unit's."""
        unit = self.workspace.units.get(self.indicator.unit)
        return self.indicator.kind or (unit.kind if unit is not None else None)

    def _problem(self, code: str, location: Location, what: Message, mend: Message, value: object = None) -> None:
        self.failed = True
        self.problems.add(code, location, what, mend, value=value)

    def _needs(self, name: str, accepted: Iterable[str], mend: Message) -> None:
        found = self.output.columns.get(name)
        if found is None:
            self._problem(
                "sql_contract",
                self.output.location,
                message("the SQL of '{indicator}' does not give '{name}'", indicator=self.indicator.id, name=name),
                mend,
                name,
            )
        else:
            self._is(name, found, accepted)

    def _is(self, name: str, found: str, accepted: Iterable[str]) -> None:
        accepted = sorted(accepted)
        if found not in (*accepted, NULL, UNKNOWN):
            self._problem(
                "sql_contract",
                self.output.location,
                message(
                    "'{name}' in the SQL of '{indicator}' has the type '{found}'; '{expected}' is needed",
                    name=name,
                    indicator=self.indicator.id,
                    found=found,
                    expected=" / ".join(accepted),
                ),
                message("Give the column that type."),
                name,
            )

    def _period(self) -> None:
        columns = self.output.columns
        if self.counting.as_of == "event":
            self._needs("event_date", {"date"}, message("It is the day of the event; 'as_of: event' needs it."))
        elif "period" not in columns and "event_date" not in columns:
            self._needs("period", {"text"}, message("Join a calendar and give its period, or give 'event_date'."))
        for name, kind in (("period", "text"), ("event_date", "date")):
            if name in columns and not (name == "event_date" and self.counting.as_of == "event"):
                self._is(name, columns[name], {kind})

    def _person(self) -> None:
        way = self.counting.way
        if way is None:
            self._needs(
                PERSON, {"integer"}, message("It says whom a row is about; or declare 'way', from a key to persons.")
            )
            return
        relation = self.relations.get(way.relation)
        key = relation.columns.get(way.key) if relation is not None else None
        mend = message("It is the key by which 'way' leads to persons.")
        self._needs(way.key, {key} if key is not None else ACCEPTS["any"], mend)

    def _denominator(self) -> None:
        columns = self.output.columns
        if self.kind in WITH_DENOMINATOR:
            mend = message("It is what the numerator is counted of: 1 for each who could be counted, or an amount.")
            self._needs("denominator", ACCEPTS["numeric"], mend)
        elif "denominator" in columns:
            self._is("denominator", columns["denominator"], ACCEPTS["numeric"])

    def _row(self) -> None:
        for place, name in enumerate(self.counting.row):
            if name not in self.output.columns:
                known = message("The SQL gives: {names}.", names=", ".join(self.output.columns) or "–")
                self._problem(
                    "sql_contract",
                    self.counting.location("row", place),
                    message("the SQL does not give '{name}', which tells rows apart", name=name),
                    did_you_mean(name, self.output.columns, known),
                    name,
                )

    def _dimensions(self) -> None:
        columns, dimensions = self.output.columns, self.workspace.dimensions
        for name in columns:
            if name in dimensions:
                self._is(name, columns[name], {"text"})
        for each in self.counting.sets:
            for place, name in enumerate(each.by):
                self._reachable(name, dimensions, each.location("by", place))
        for place, cube in enumerate(self.counting.cubes):
            known = self.workspace.cubes.get(cube)
            for name in known.dimensions if known is not None else ():
                if name in dimensions:
                    self._reachable(name, dimensions, self.counting.location("cubes", place))

    def _reachable(self, name: str, dimensions: Mapping[str, Dimension], location: Location) -> None:
        if name in self.output.columns or (name in dimensions and dimensions[name].standing is not None):
            return
        if name not in dimensions:
            return  # a name that leads nowhere is noted where names are checked
        self._problem(
            "sql_contract",
            location,
            message("nothing says who belongs where in '{name}'", name=name),
            message("Give it as a column of the SQL, or declare its 'standing'."),
            name,
        )

    def _used(self) -> Iterator[str]:
        yield from ("period", "event_date", PERSON, "numerator", *self.counting.row)
        if self.kind in (*WITH_DENOMINATOR, "mean", None):
            yield "denominator"
        if self.counting.way is not None:
            yield self.counting.way.key
        for each in self.counting.sets:
            yield from each.by
        for cube in self.counting.cubes:
            known = self.workspace.cubes.get(cube)
            yield from known.dimensions if known is not None else ()
        yield from self.indicator.dimensions

    def _unused(self) -> None:
        used = set(self._used())
        for name in self.output.columns:
            if name not in used:
                self.problems.add(
                    "sql_column_unused",
                    self.output.location,
                    message(
                        "nothing uses '{name}' of the SQL of '{indicator}'", name=name, indicator=self.indicator.id
                    ),
                    message("Leave it out, or break down by it: 'sets'."),
                    value=name,
                    warning=True,
                )


def check_relation(
    declared: Declared, keys: Mapping[str, str | None], relations: Mapping[str, Relation], problems: Problems
) -> bool:
    """Note a declared `relation`, or a column of it under one of `keys`, that does not exist; tell whether all do."""
    name = str(getattr(declared, "relation", ""))
    relation = relations.get(name)
    if relation is None:
        problems.add(
            "sql_unknown_relation",
            declared.location("relation"),
            message("there is no register or model '{name}'", name=name),
            did_you_mean(name, relations, message("Known: {names}.", names=", ".join(sorted(relations)) or "–")),
            value=name,
        )
        return False
    missing = {key: column for key, column in keys.items() if column is not None and column not in relation.columns}
    for key, column in missing.items() if not relation.open else ():
        known = message("There are: {names}.", names=", ".join(sorted(relation.columns)) or "–")
        problems.add(
            "sql_unknown_column",
            declared.location(key),
            message("'{relation}' has no column '{name}'", relation=name, name=column),
            did_you_mean(column, relation.columns, known),
            value=column,
        )
    return not missing
