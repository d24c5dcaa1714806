"""The audit of a whole release from what is public alone, as a stranger would: nobody here knows a withheld number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from pejl.protect.system import ContradictionError
from pejl.protect.whole.attacking import connected, consistent, uncovered
from pejl.protect.whole.board import Persons, View, persons_of
from pejl.protect.whole.bounding import Interval
from pejl.protect.whole.house import recomputed
from pejl.protect.whole.ledger import Ledger, Vintage, constants
from pejl.protect.whole.tables import (
    Cell,
    Groupings,
    IndicatorTable,
    Measure,
    Relation,
    Rule,
    TableKey,
    measures_of,
    relations_of,
    with_amounts,
)

if TYPE_CHECKING:
    from pejl.protect.whole.kept import Keeper


_PERSONS: Measure = "persons"


class Outcome(StrEnum):
    """What the stranger found of a withheld number."""

    HOLDS = "holds"
    """Nothing, as far as is looked for here."""
    FOUND = "found"
    """That it is small, or what the whole row is."""
    KNOWN = "known"
    """It was published elsewhere or before, so it cannot be protected any more."""
    SUSPECTED = "suspected"
    """Small, if a number shown before a revision were still true."""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One withheld number, all of it public: what anybody can reckon out.

    Attributes:
        key: the table.
        cell: the row.
        measure: which number of the row.
        low: the least it can be.
        high: the most; infinite where nothing bounds it.
        outcome: what that says.
        release: the earlier release that withheld it; empty for the one audited.
    """

    key: TableKey
    cell: Cell
    measure: Measure
    low: float
    high: float
    outcome: Outcome
    release: str = ""


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The attack of a stranger.

    Attributes:
        rows: one for each withheld number.
        contradictory: tables whose shown numbers do not add up, so that nothing can be said of what they withhold.
        tables: how many were looked at.
        threshold: below which a number is small.
        newly: what only the extra tables give away; they are among the rows too.
    """

    rows: tuple[AuditRow, ...]
    contradictory: tuple[TableKey, ...]
    tables: int
    threshold: int
    newly: tuple[AuditRow, ...] = ()

    @property
    def proved(self) -> bool:
        """Tell whether nothing withheld was found out."""
        return not self.contradictory and all(row.outcome is not Outcome.FOUND for row in self.rows)


def audit_public(
    tables: Sequence[IndicatorTable],
    ledger: Ledger | None = None,
    rule: Rule | None = None,
    relations: Sequence[Relation] = (),
    groupings: Groupings | None = None,
    *,
    extra: Sequence[IndicatorTable] = (),
    workers: int = 1,
    keeper: Keeper | None = None,
    progress: Callable[[int], None] | None = None,
) -> AuditReport:
    """Attack what is published, knowing what was published before and the rules, and nothing else.

    Args:
        tables: as published: None for a row that is withheld.
        ledger: everything that was published; the release itself may be in it.
        rule: which numbers are small.
        relations: what is declared of the indicators.
        groupings: how codes overlap.
        extra: what if these rows were published too? The report is then of everything together, and `newly` says what
            would be found out that is not found out without them.
        workers: how many processes share the work; what comes out is the same.
        keeper: keeps what came out for tables that hang together; for the house, a stranger has none.
        progress: is told how many rows are attacked whenever some are.
    """
    stranger = _Stranger(ledger or Ledger(), rule or Rule(), tuple(relations), groupings or Groupings())
    tables = [with_amounts(table) for table in tables]
    report = _audited(stranger, tables, workers, keeper, progress)
    if not extra:
        return report
    before = {(row.key, row.cell, row.measure) for row in report.rows if row.outcome is Outcome.FOUND}
    with_extra = _audited(
        stranger, _together(tables, [with_amounts(table) for table in extra]), workers, keeper, progress
    )
    newly = tuple(
        row
        for row in with_extra.rows
        if row.outcome is Outcome.FOUND and (row.key, row.cell, row.measure) not in before
    )
    told = tuple(_told(tables, extra, stranger.rule))
    return replace(with_extra, rows=(*told, *with_extra.rows), newly=(*told, *newly))


def _told(tables: Sequence[IndicatorTable], extra: Sequence[IndicatorTable], rule: Rule) -> Iterator[AuditRow]:
    """Yield the small numbers that are withheld, and stand in the extra tables as they are."""
    withheld = {(table.key, cell) for table in tables for cell, numbers in table.rows.items() if numbers is None}
    for table in extra:
        for cell, numbers in table.rows.items():
            if numbers is None or (table.key, cell) not in withheld:
                continue
            for measure in (*measures_of(table.kind), _PERSONS):
                number = numbers.of(measure)
                if number is not None and rule.protects(table.indicator, numbers, measure):
                    yield AuditRow(table.key, cell, measure, number, number, Outcome.FOUND)


def _audited(
    stranger: _Stranger,
    tables: Sequence[IndicatorTable],
    workers: int,
    keeper: Keeper | None,
    progress: Callable[[int], None] | None,
) -> AuditReport:
    from pejl.protect.whole.kept import each_once, plain_audit, read_audit

    groups = connected(tables, stranger.relations)
    persons: dict[tuple[str, str], list[IndicatorTable]] = {}
    for table in tables:
        persons.setdefault((table.indicator, table.version), []).append(table)
    known = {name: persons_of(found) for name, found in persons.items()}
    parts = []
    for places in groups:
        group = [tables[place] for place in places]
        ledger = stranger.ledger.beyond(group)
        own = replace(
            stranger,
            ledger=ledger,
            relations=tuple(relations_of(group, stranger.relations)),
            groupings=stranger.groupings.only([*group, *ledger.tables()]),
            persons={each: known[each] for each in sorted({(table.indicator, table.version) for table in group})},
        )
        parts.append((own, group))
    rows: list[AuditRow] = []
    contradictory: list[TableKey] = []
    done = each_once(_attacked, parts, workers, keeper, plain_audit, read_audit)
    for (found, wrong), (_, group) in zip(done, parts, strict=True):
        rows += found
        contradictory += wrong
        if progress is not None:
            progress(sum(len(table.rows) for table in group))
    return AuditReport(tuple(rows), tuple(contradictory), len(tables), stranger.rule.threshold)


def _attacked(part: tuple[_Stranger, Sequence[IndicatorTable]]) -> tuple[list[AuditRow], list[TableKey]]:
    """Attack tables that hang together; return also those whose numbers contradict each other."""
    stranger, group = part
    rows: list[AuditRow] = []
    contradictory: list[TableKey] = []
    try:
        rows += stranger.attack(group)
    except ContradictionError:
        # What is declared is not true of these numbers; each table is looked at by itself.
        for table in group:
            try:
                rows += stranger.attack([table])
            except ContradictionError:
                contradictory.append(table.key)
    for table in group:
        rows += stranger.earlier(table)
    return rows, contradictory


def _together(tables: Sequence[IndicatorTable], extra: Sequence[IndicatorTable]) -> list[IndicatorTable]:
    """Return tables with the rows of others added; a row that is withheld in one and shown in the other is shown."""
    found = {table.key: table for table in tables}
    for table in extra:
        before = found.get(table.key)
        rows = dict(before.rows) if before is not None else {}
        rows |= {cell: numbers for cell, numbers in table.rows.items() if numbers is not None or cell not in rows}
        found[table.key] = replace(before or table, rows=rows)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Stranger:
    ledger: Ledger
    rule: Rule
    relations: tuple[Relation, ...]
    groupings: Groupings
    persons: Mapping[tuple[str, str], Persons] = field(default_factory=dict)

    def attack(self, tables: Sequence[IndicatorTable]) -> list[AuditRow]:
        """Bound what tables that hang together withhold."""
        if all(numbers is not None and not table.rounded for table in tables for numbers in table.rows.values()):
            return []
        same = {table.key: self._vintages(table, revised=False) for table in tables}
        revised = {table.key: self._vintages(table, revised=True) for table in tables}
        views = [self._view(table, same[table.key]) for table in tables]
        found, _ = consistent(views, self.relations, self.groupings, wide=self.rule.threshold)
        guessed = dict(found)
        if any(revised.values()):
            both = [self._view(table, [*same[table.key], *revised[table.key]]) for table in tables]
            guessed, _ = consistent(both, self.relations, self.groupings, wide=self.rule.threshold)
        by_row: dict[tuple[TableKey, Cell], list[Interval]] = {}
        for (key, cell, _), interval in found.items():
            by_row.setdefault((key, cell), []).append(interval)
        told_before = self._is_told_before(tables)
        return [
            AuditRow(
                *name,
                each.low,
                each.high,
                self._outcome(each, guessed[name], by_row[name[:2]], told_before=told_before),
            )
            for name, each in found.items()
        ]

    def _is_told_before(self, tables: Sequence[IndicatorTable]) -> bool:
        """Tell whether nothing is shown of any table now, so that only what was shown before can tell on them."""
        nothing = all(numbers is None for table in tables for numbers in table.rows.values())
        return nothing and any(self.ledger.vintages(table.key) for table in tables)

    def _outcome(self, interval: Interval, guessed: Interval, row: Sequence[Interval], *, told_before: bool) -> Outcome:
        if interval.known:
            return Outcome.KNOWN
        if interval.shows_small(self.rule.threshold) or recomputed(row):
            return Outcome.KNOWN if told_before else Outcome.FOUND
        return Outcome.SUSPECTED if guessed.shows_small(self.rule.threshold) else Outcome.HOLDS

    def earlier(self, table: IndicatorTable) -> list[AuditRow]:
        """Return the numbers withheld before a revision that this table uncovers."""
        shown = {cell: numbers for cell, numbers in table.rows.items() if numbers is not None}
        persons = View(table, frozenset(), {}, self._persons_of(table))
        rows = []
        for vintage in self._vintages(table, revised=True):
            for lost in uncovered(vintage.table, vintage.releases, shown, self.rule, self.groupings, persons):
                low, high = lost.interval.low, lost.interval.high
                rows.append(AuditRow(lost.key, lost.cell, lost.measure, low, high, Outcome.FOUND, lost.releases[-1]))
        return rows

    def _vintages(self, table: IndicatorTable, *, revised: bool) -> list[Vintage]:
        return [each for each in self.ledger.vintages(table.key) if each.disagrees(table.rows) is revised]

    def _persons_of(self, table: IndicatorTable) -> Persons:
        return self.persons[table.indicator, table.version]

    def _view(self, table: IndicatorTable, vintages: Sequence[Vintage]) -> View:
        hidden = frozenset(cell for cell, numbers in table.rows.items() if numbers is None)
        return View(table, hidden, constants(vintages, hidden, {}), self._persons_of(table))
