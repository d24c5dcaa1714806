"""Counting one indicator: from its SQL to the sums of every cell, one part of the persons after the other."""

# SQL is written here, of quoted names and of numbers and words of our own.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from itertools import chain

from pejl.engines import Session
from pejl.engines.sql_text import quoted
from pejl.measure.cube.at_once import MEMORY_OF_PART, at_once
from pejl.measure.cube.facts import (
    PERIOD_DAYS,
    PERIODS,
    cells_of_persons,
    cells_of_rows,
    extremes_of,
    facts,
    facts_of,
    is_household,
    members,
    numbered_of,
    once,
    persons,
    row_columns,
)
from pejl.measure.cube.keys import named_once
from pejl.measure.cube.numbered import Numbered
from pejl.measure.cube.parts import EVERYBODY, Part
from pejl.measure.cube.periods import days_of, other_periods
from pejl.measure.cube.places import Places, places_of
from pejl.measure.cube.plan import Plan
from pejl.measure.cube.relations import PERSON, Relations
from pejl.measure.cube.rules import rules
from pejl.measure.cube.sets import Key, Sets, Sums, add
from pejl.measure.cube.values import CountingError, Step
from pejl.measure.queries import CALENDARS, calendar_rows
from pejl.text import message
from pejl.workspace.model import Workspace

_BITS = 62
_CELLS = "_cells"
_NO_NUMBER = -1


@dataclass
class Summed:
    """The sums of all cells, by set: of codes, and of patterns where a dimension overlaps."""

    codes: dict[Key, Sums] = field(default_factory=dict)
    patterns: dict[Key, Sums] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()


class Counting:
    """Counts one indicator."""

    def __init__(self, workspace: Workspace, relations: Relations, places: Places, plan: Plan) -> None:
        self.workspace = workspace
        self.relations = relations
        self.session = relations.session
        self.places = places
        self.plan = plan
        self.reads = reads_of(plan)
        self.sets = Sets(plan, places.packing(plan), self.session)
        self._proven = all(
            named_once(query, plan.counting.row, relations.graph, relations.sources) for query, _ in plan.queries
        )
        self._corrections: dict[int, list[tuple[bool, Key, Sums]]] = {}

    def summed(self) -> Summed:
        """Return the sums of every cell.

        Raises:
            CountingError: a row breaks the contract.
            EngineError: the SQL cannot be run.
        """
        self._show_periods()
        parts = self._parts()
        relations = self._count(parts)
        every = " UNION ALL BY NAME ".join(f"SELECT * FROM {quoted(name)}" for name in relations)
        cells = self.session.keep(_CELLS, cells_of_persons(self.plan, f"({every})"))  # sums of the parts' sums
        for name in relations:
            self.session.drop(name)
        rows, broken = self.session.fetch(f"SELECT coalesce(sum(row_count), 0), bool_or(broken) FROM {_CELLS}")[0]
        if broken:
            raise self._reason(parts)
        found = Summed(steps=self._steps(int(rows), cells))
        for target, patterns in ((found.codes, False), (found.patterns, True)):
            target.update(self.sets.of_cells(_CELLS, patterns=patterns))
        for patterns, key, more in chain.from_iterable(
            self._corrections[number] for number in sorted(self._corrections)
        ):
            add((found.patterns if patterns else found.codes)[key], more)
        return found

    def _parts(self) -> tuple[Part, ...]:
        """Return the parts to count; everybody at once where a row's name may come back with another person."""
        if self.plan.separable and (self._proven or PERSON in self.plan.counting.row):
            return self.relations.count_parts(self.reads)
        return (EVERYBODY,)

    def _count(self, parts: tuple[Part, ...]) -> list[str]:
        """Share the finest cells of each part with all sessions; return their names."""
        names = [f"{_CELLS}_{number}" for number in range(len(parts))]
        workers = min(self.session.threads, len(parts), max(1, self.session.memory // MEMORY_OF_PART))
        if workers == 1:
            for number, part in enumerate(parts):
                self._cells(part, number, names[number])
            return names
        reads = all_reads_of(self.plan)
        self.places.prepare(self.plan, EVERYBODY)
        self.relations.compute(reads)
        self.relations.show_calendars(reads)
        with self.session.beside(workers) as sessions:
            counts = [self._beside(session) for session in sessions]
            tasks = list(zip(parts, range(len(parts)), names, strict=True))
            at_once(sessions, tasks, lambda worker, task: counts[worker]._cells(*task))
        return names

    def _beside(self, session: Session) -> Counting:
        """Return the same for a session beside; corrections are noted together."""
        other = copy(self)
        other.session = session
        other.relations = self.relations.beside(session)
        other.places = self.places.beside(other.relations)
        other.sets = replace(self.sets, session=session)
        return other

    def _cells(self, part: Part, number: int, name: str) -> None:
        """Share the finest cells of the persons in `part`, the one with this number, under `name`."""
        self.places.prepare(self.plan, part)
        self.relations.expose(self.reads, part)
        way = self._way()
        rows = f"({facts(self.plan, way)})"
        if not self._proven or self.plan.by_event:
            self.session.keep("_facts", f"SELECT * FROM {rows}")
            rows = "_facts"
        if not self._proven:
            self._check_rows(rows)
        placed = self.places.placed(self.plan, rows, part)
        if self._once_in_a_period():
            self.session.share(name, cells_of_rows(self.plan, placed))
        elif self._may_repeat():
            self._cells_of_people(placed, number, name)
        else:
            self.session.share(name, cells_of_persons(self.plan, f"({persons(self.plan, placed)})"))

    def _cells_of_people(self, placed: str, part: int, name: str) -> None:
        """Keep finest cells of persons who may stand in several of them, and note what that takes to correct."""
        people = persons(self.plan, placed)
        if is_household(self.plan):
            self.session.keep("_rows", placed)
            placed = "SELECT * FROM _rows"
            people = f"{persons(self.plan, placed)} UNION ALL BY NAME {members(self.plan, placed, '_members')}"
        self.session.keep("_people", people)
        repeated = (
            "SELECT role, person, period_no FROM _people WHERE person IS NOT NULL"
            " GROUP BY role, person, period_no HAVING count(*) > 1"
        )
        again = self.session.keep(
            "_repeated", f"SELECT * FROM _people JOIN ({repeated}) USING (role, person, period_no)"
        )
        alone = f"({once(self.plan, '_people', '_repeated')})" if again and extremes_of(self.plan) else "_people"
        self.session.share(name, cells_of_persons(self.plan, alone))
        if again:
            self._corrections[part] = [
                (patterns, key, sums)
                for patterns in (False, True)
                for key, sums in self.sets.of_repeated("_repeated", patterns=patterns)
            ]

    def _once_in_a_period(self) -> bool:
        """Tell whether a person has one row at most in a period: there is nothing to put together."""
        return (
            not self.plan.by_way
            and set(self.plan.counting.row) <= {PERSON, "period"}
            and PERSON in self.plan.counting.row
        )

    def _may_repeat(self) -> bool:
        """Tell whether a person may stand in several finest cells of a period."""
        return bool(self.plan.own) or self.plan.by_event or is_household(self.plan)

    def _check_rows(self, rows: str) -> None:
        row = self.plan.counting.row
        known = ["period_no IS NOT NULL", *(["person IS NOT NULL"] if PERSON in row else [])]
        if set(row) == {PERSON, "period"} and len(self.plan.periods) <= _BITS:
            # as many periods as rows: a tenth of the groups that person and period make
            group, again = PERSON, "bit_count(bit_or(1::BIGINT << period_no)) <> count(*)"
        else:
            group, again = ", ".join(row_columns(self.plan).values()), "count(*) > 1"
        inner = f"SELECT 1 FROM {rows} WHERE {' AND '.join(known)} GROUP BY {group} HAVING {again}"
        found = int(self.session.fetch(f"SELECT count(*) FROM ({inner})")[0][0])
        if found:
            raise CountingError(
                "row_not_unique",
                message("the SQL gives several rows where there is to be one for each {row}", row=" + ".join(row)),
            )

    def _way(self) -> str | None:
        """Make the relations that lead from what is counted to persons; return that to whose standing counts."""
        way = self.plan.counting.way
        if way is None or not self.plan.by_way:
            return None
        key, person = quoted(way.key), quoted(way.person)
        known = f"FROM {quoted(way.relation)} WHERE {key} IS NOT NULL AND {person} IS NOT NULL"
        self.session.keep("_members", f"SELECT DISTINCT {key} AS key, {person} AS person {known}")
        if way.reference is None:
            several = "SELECT 1 FROM _members GROUP BY key HAVING count(*) > 1"
            if int(self.session.fetch(f"SELECT count(*) FROM ({several})")[0][0]):
                what = message("'way' leads to several persons, and names no 'reference' among them")
                raise CountingError("way_not_unique", what)
            return "_members"
        reference = quoted(way.reference)
        self.session.keep(
            "_reference", f"SELECT {key} AS key, min({person}) AS person {known} AND {reference} GROUP BY {key}"
        )
        return "_reference"

    def _show_periods(self) -> None:
        plan = self.plan
        query_of = {number: place for place, (_, numbers) in enumerate(plan.queries) for number in numbers}
        texts = dict.fromkeys(other_periods(self.workspace, plan.counting), (_NO_NUMBER, _NO_NUMBER))
        texts |= {each.period.text: (each.number, query_of[each.number]) for each in plan.periods}
        columns = {"period_no": "integer", "query_no": "integer"}
        self.session.values(PERIODS, {"period": "text", **columns}, ((text, *pair) for text, pair in texts.items()))
        for place, (query, _) in enumerate(plan.queries):
            known = numbered_of(plan, query, place)
            if known is not None:
                self._show_calendar(known, {text: no for text, (no, counts) in texts.items() if counts == place})
        if any("period" not in query.columns for query, _ in plan.queries):
            days = ((day, number, query_of[number]) for day, number in days_of(plan.periods))
            self.session.values(PERIOD_DAYS, {"event_date": "date", **columns}, days)

    def _show_calendar(self, known: Numbered, numbers: Mapping[str, int]) -> None:
        """Make the calendar that a query reads which gives the numbers of periods."""
        years = self.workspace.settings.years
        assert years is not None, "a workspace that counts has years"
        rows = calendar_rows(known.calendar, years.first, years.last)
        columns = {**CALENDARS[known.calendar], "period_no": "integer"}
        self.session.values(known.name, columns, ((*row, numbers.get(str(row[0]), _NO_NUMBER)) for row in rows))

    def _reason(self, parts: tuple[Part, ...]) -> CountingError:
        """Return the first rule that is broken, and in how many rows."""
        found: dict[str, int] = {}
        for part in parts:
            self.relations.expose(self.reads, part)
            way = self._way()
            for number, (query, _) in enumerate(self.plan.queries):
                checked = list(rules(self.plan, query))
                counts = ", ".join(f"count(*) FILTER (WHERE {rule.sql})" for rule in checked)
                row = self.session.fetch(f"SELECT {counts} FROM ({facts_of(self.plan, query, number, way)})")[0]
                for rule, count in zip(checked, row, strict=True):
                    found[rule.code] = found.get(rule.code, 0) + int(count)
        rule = next(rule for query, _ in self.plan.queries for rule in rules(self.plan, query) if found[rule.code])
        return CountingError(rule.code, message("{what} (rows: {count})", what=rule.what, count=found[rule.code]))

    def _steps(self, rows: int, cells: int) -> tuple[Step, ...]:
        plan = self.plan
        own = " UNION ALL ".join(query.sql for query, _ in plan.queries)
        shown = f"SELECT * FROM {_CELLS}"
        return (*self.relations.steps(self.reads), Step(plan.indicator.id, rows, own), Step("cells", cells, shown))


def reads_of(plan: Plan) -> tuple[str, ...]:
    """Return the relations that the SQL of `plan` and its way to persons read."""
    return tuple(dict.fromkeys(_reads(plan)))


def all_reads_of(plan: Plan) -> tuple[str, ...]:
    """Return all relations that `plan` rests on: also those that say where persons stand."""
    return tuple(dict.fromkeys((*_reads(plan), *places_of(plan.standing))))


def _reads(plan: Plan) -> Iterator[str]:
    for query, _ in plan.queries:
        yield from query.reads
    if plan.by_way and plan.counting.way is not None:
        yield plan.counting.way.relation
