"""What the house knows of tables and of what was published, and the attack on what it would show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from pejl.protect.whole.attacking import Uncovered, connected, limits_of, numbers_hidden, uncovered
from pejl.protect.whole.board import Persons, View, persons_of
from pejl.protect.whole.bounding import Interval
from pejl.protect.whole.ledger import Ledger, Vintage, constants
from pejl.protect.whole.linear import NOTHING
from pejl.protect.whole.protection import Check, Finding
from pejl.protect.whole.rows import is_empty, size_of, with_left_out
from pejl.protect.whole.tables import (
    TOTAL,
    Cell,
    Groupings,
    IndicatorTable,
    Measure,
    Relation,
    Rule,
    TableKey,
    base_of,
    cell_text,
    measures_of,
    names_of,
    with_amounts,
)
from pejl.protect.whole.writing import board_of
from pejl.text import message

if TYPE_CHECKING:
    from pejl.protect.whole.board import Name


@dataclass(slots=True)
class House:
    """Everything the house knows, and what it has decided so far."""

    given: Sequence[IndicatorTable]
    ledger: Ledger
    rule: Rule
    groupings: Groupings
    tables: list[IndicatorTable] = field(default_factory=list)
    hidden: dict[TableKey, set[Cell]] = field(default_factory=dict)
    vintages: dict[TableKey, list[Vintage]] = field(default_factory=dict)
    persons: dict[tuple[str, str], Persons] = field(default_factory=dict)
    covering: set[tuple[TableKey, Cell]] = field(default_factory=set)
    checks: list[Check] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tables = [with_left_out(with_amounts(table), self.groupings) for table in self.given]
        groups: dict[tuple[str, str], list[IndicatorTable]] = {}
        for table in self.tables:
            groups.setdefault((table.indicator, table.version), []).append(table)
        self.persons = {name: persons_of(found) for name, found in groups.items()}
        for table in self.tables:
            self.vintages[table.key] = self.ledger.vintages(table.key)
            self.hidden[table.key] = set()

    def only(self, tables: Sequence[IndicatorTable]) -> Self:
        """Return what concerns some of the tables."""
        keys = {table.key for table in tables}
        withdrawn = frozenset(each for each in self.ledger.withdrawn if each[0] in keys)
        vintages = {table.key: self.vintages[table.key] for table in tables}
        earlier = [each.table for found in vintages.values() for each in found]
        part = type(self)((), Ledger((), withdrawn), self.rule, self.groupings.only([*tables, *earlier]))
        part.tables = list(tables)
        part.hidden = {table.key: self.hidden[table.key] for table in tables}
        part.vintages = vintages
        part.persons = {
            each: self.persons[each] for each in sorted({(each.indicator, each.version) for each in tables})
        }
        return part

    def is_small(self, table: IndicatorTable, cell: Cell) -> bool:
        """Tell whether a number of a row must be protected, or the row was withheld where it was counted."""
        numbers = table.rows[cell]
        measures: tuple[Measure, ...] = (*measures_of(table.kind), "persons")
        return numbers is None or any(self.rule.protects(table.indicator, numbers, each) for each in measures)

    def agrees(self, relation: Relation) -> bool:
        """Tell whether the numbers agree with a relation; note where they do not."""
        chosen = [table for table in self.tables if table.indicator in (relation.indicator, relation.other)]
        for places in connected(chosen, [relation]):
            views = [View(chosen[place], frozenset()) for place in places]
            if board_of(views, [relation], self.groupings, all_known=True).contradictory:
                key = views[0].table.key
                what = message(
                    "'{indicator}' is declared '{relation}' of '{other}', and in {period} its numbers are not",
                    indicator=relation.indicator,
                    relation=relation.kind,
                    other=relation.other,
                    period=key[2],
                )
                mend = message("Correct the declaration, or what is counted.")
                self.findings.append(Finding("relation_broken", key, TOTAL, what, mend, stops=False))
                return False
        return True

    def attack(
        self,
        tables: Sequence[IndicatorTable],
        relations: Sequence[Relation],
        only: Collection[tuple[TableKey, Cell]] | None = None,
    ) -> list[Check]:
        """Attack what would be shown of tables now, with linear programs.

        Args:
            tables: that hang together.
            relations: what is declared of their indicators.
            only: rows to check, of which it matters whether they can move, and not how far; everything withheld if
                not given.
        """
        views = [self.view(table) for table in tables]
        needs: dict[Name, tuple[float, float]] = {}
        for view in views:
            for cell, measure in numbers_hidden(view):
                numbers = view.table.rows[cell]
                if numbers is not None and self.rule.protects(view.table.indicator, numbers, measure):
                    least = self._least(view, cell, measure)
                    needs[view.table.key, cell, measure] = self.rule.required_of(numbers, measure, least)
        wide = None if only is None else float(self.rule.threshold)
        found = limits_of(views, relations, self.groupings, needs, rows=only, wide=wide)
        rows: dict[tuple[TableKey, Cell], list[Interval]] = {}
        for (key, cell, _), interval in found.items():
            rows.setdefault((key, cell), []).append(interval)
        return [
            Check(*name, interval, needs.get(name), self.holds(interval, needs.get(name), rows[name[:2]]))
            for name, interval in found.items()
        ]

    def holds(self, interval: Interval, required: tuple[float, float] | None, row: Sequence[Interval]) -> bool:
        """Tell whether limits are as wide as is required, and tell neither a small number nor the whole row."""
        if interval.known:
            return True
        room = 0.0 if interval.whole else NOTHING * max(1.0, interval.high)
        if required is not None and (interval.low_seen > required[0] + room or interval.high_seen < required[1] - room):
            return False
        return not interval.shows_small(self.rule.threshold) and not recomputed(row)

    def view(self, table: IndicatorTable) -> View:
        """Return a table as it would be shown now."""
        hidden = frozenset(self.hidden[table.key])
        known = constants(self.vintages[table.key], hidden, table.rows)
        return View(table, hidden, known, self.persons[table.indicator, table.version])

    def _least(self, view: View, cell: Cell, measure: Measure) -> float:
        """Return what everybody knows a number to be at least: 1 for the base of a row that is not empty."""
        if measure not in (base_of(view.table.kind), "persons") or base_of(view.table.kind) is None:
            return 0.0
        cells = view.table.sets()[names_of(cell)]
        return 1.0 if cell == TOTAL or any(other not in view.hidden for other in cells) else 0.0

    def is_known(self, table: IndicatorTable, cell: Cell) -> bool:
        """Tell whether a row was shown before."""
        return any(cell == other for vintage in self.vintages[table.key] for other, _ in vintage.shown())

    def note(self, checks: Sequence[Check]) -> None:
        """Keep checks, and say which of them stop publication."""
        self.checks += checks
        for check in checks:
            if not check.holds:
                self.findings.append(_unprotected(check))

    def uncovered_now(self, tables: Sequence[IndicatorTable]) -> list[Uncovered]:
        """Return the rows withheld earlier that what is to be shown now would uncover."""
        found: list[Uncovered] = []
        for table in tables:
            hidden = self.hidden[table.key]
            now = {cell: numbers for cell, numbers in table.rows.items() if numbers is not None and cell not in hidden}
            for vintage in self.vintages[table.key]:
                if vintage.disagrees(table.rows):
                    persons = View(table, frozenset(), {}, self.persons[table.indicator, table.version])
                    found += uncovered(vintage.table, vintage.releases, now, self.rule, self.groupings, persons)
        return found

    def cover(self, lost: Uncovered) -> bool:
        """Withhold one of the rows that an earlier one is found out from, and say so; False if it does not help.

        A row in which nobody is can be withheld only with its whole breakdown: of others that are withheld everybody
        knows that somebody is in them.
        """
        table = next(each for each in self.tables if each.key == lost.key)
        helping = [cell for cell in lost.helping if cell not in self.hidden[lost.key]]
        chosen = min(
            helping, key=lambda cell: (cell == TOTAL, is_empty(table, cell), size_of(table, cell), cell), default=None
        )
        what = message(
            "'{indicator}', {period}: the new numbers would show how few are in '{cell}', which {release} withheld",
            indicator=lost.key[0],
            period=lost.key[2],
            cell=cell_text(lost.cell),
            release=lost.releases[-1],
        )
        if chosen is None:
            mend = message("Do not publish this revision, or withhold the whole breakdown.")
            self.findings.append(Finding("uncovers_earlier", lost.key, lost.cell, what, mend, stops=True))
            return False
        if chosen != TOTAL and is_empty(table, chosen):
            self.hidden[lost.key].update(table.sets()[names_of(chosen)])
            mend = message("The whole breakdown by {names} is withheld.", names=", ".join(names_of(chosen)))
        else:
            self.hidden[lost.key].add(chosen)
            self.covering.add((lost.key, chosen))
            mend = message("The row '{cell}' is withheld too.", cell=cell_text(chosen))
        self.findings.append(Finding("uncovers_earlier", lost.key, lost.cell, what, mend, stops=False))
        return True

    def refuse(self, tables: Sequence[IndicatorTable]) -> None:
        """Withhold everything of tables whose numbers do not add up: nothing can be proved of them."""
        for table in tables:
            self.hidden[table.key] = set(table.rows)
            what = message(
                "'{indicator}', {period}: its rows do not add up to its total, so nothing can be proved of them",
                indicator=table.indicator,
                period=table.period,
            )
            mend = message("Look for rows that are counted twice, or a place that is left out without saying so.")
            self.findings.append(Finding("not_additive", table.key, TOTAL, what, mend, stops=True))


def recomputed(row: Iterable[Interval]) -> bool:
    """Tell whether an attacker finds a whole row out, and somebody is in it."""
    found = list(row)
    exact = all(each.is_exact for each in found)
    return exact and any(each.high > 0 for each in found) and not all(each.known for each in found)


def name_of(check: Check) -> Name:
    """Return which number was checked."""
    return check.key, check.cell, check.measure


def _unprotected(check: Check) -> Finding:
    what = message(
        "'{indicator}', {period}: the row '{cell}' could be recomputed from what would be shown",
        indicator=check.key[0],
        period=check.key[2],
        cell=cell_text(check.cell),
    )
    mend = message("Withhold a total above it, or do not publish the table that gives it away.")
    return Finding("not_protected", check.key, check.cell, what, mend, stops=True)


def known_elsewhere(check: Check) -> Finding:
    """Return what to say of a number that others, or earlier releases, give away."""
    what = message(
        "'{indicator}', {period}: how few are in '{cell}' follows from what was published before or by others",
        indicator=check.key[0],
        period=check.key[2],
        cell=cell_text(check.cell),
    )
    mend = message("Nothing of the table is shown now; what is known already cannot be taken back.")
    return Finding("known_elsewhere", check.key, check.cell, what, mend, stops=False)
