"""Which rows of a whole release to withhold: a first pattern, then the attacker, then more rows until all holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pejl.protect.one_way import Row, rows_to_withhold
from pejl.protect.system import ContradictionError
from pejl.protect.whole.attacking import connected
from pejl.protect.whole.board import View
from pejl.protect.whole.bounding import Interval
from pejl.protect.whole.house import House, known_elsewhere, name_of
from pejl.protect.whole.kept import (
    each_once,
    plain_cells,
    plain_check,
    plain_finding,
    read_cells_of,
    read_check,
    read_finding,
)
from pejl.protect.whole.ledger import Ledger, constants
from pejl.protect.whole.merging import Merges
from pejl.protect.whole.planning import NoWholeTableError, Plan, plan
from pejl.protect.whole.protection import Check, Finding, Protection, Remedy
from pejl.protect.whole.remedies import MOST_LOST, remedies_of
from pejl.protect.whole.rows import is_empty, is_more_than_its_total, row_of, size_of
from pejl.protect.whole.shutting import Shut, next_to_shut
from pejl.protect.whole.tables import (
    LEFT_OUT,
    TOTAL,
    Cell,
    Groupings,
    IndicatorTable,
    Relation,
    Rule,
    TableKey,
    has_amounts,
    names_of,
    relations_of,
)

if TYPE_CHECKING:
    from pejl.protect.whole.board import Name
    from pejl.protect.whole.kept import Keeper


def protect_release(
    tables: Sequence[IndicatorTable],
    ledger: Ledger | None = None,
    rule: Rule | None = None,
    relations: Sequence[Relation] = (),
    groupings: Groupings | None = None,
    *,
    workers: int = 1,
    merges: Merges | None = None,
    most_lost: float = MOST_LOST,
    settled: Collection[str] = (),
    rounding: bool = True,
    keeper: Keeper | None = None,
    progress: Callable[[int], None] | None = None,
) -> Protection:
    """Return the rows of a release that must be withheld, whole, so that no small number can be recomputed.

    Args:
        tables: everything that might be published, with all numbers; each indicator, version, period and scope once.
        ledger: everything published before.
        rule: which numbers are small.
        relations: what the workspace declares of its indicators.
        groupings: how codes overlap.
        workers: how many processes share the work; what comes out is the same.
        merges: how codes may be merged where too much is withheld; with none given no remedy is looked for.
        most_lost: the share of rows that may be withheld before one is.
        settled: indicators for which no remedy is looked for.
        rounding: whole tables may be rounded as a remedy.
        keeper: keeps what came out for tables that hang together, so that the same ones are not solved again.
        progress: is told how many rows are done whenever some are.
    """
    rule = rule or Rule()
    house = _Protector(tables, ledger or Ledger(), rule, groupings or Groupings())
    true = [relation for relation in relations if house.agrees(relation)]
    # What costs most comes first, so that no process is left with it at the end.
    groups = sorted(connected(tables, true), key=lambda places: -sum(len(tables[place].rows) for place in places))
    parts = [house.part([house.tables[place] for place in places], true) for places in groups]
    hidden: dict[TableKey, set[Cell]] = {}
    found: dict[tuple[int, ...], _Done] = {}
    for places, done in zip(
        groups, each_once(_protected, parts, workers, keeper, _Done.plain, _Done.read, _as_if_new), strict=True
    ):
        found[tuple(places)] = done
        if progress is not None:
            progress(sum(len(tables[place].rows) for place in places))
        hidden |= done.hidden
    done_in_order = [found[places] for places in sorted(found)]
    remedies: list[Remedy] = []
    if merges is not None:
        lonely = {house.tables[places[0]].key for places in groups if len(places) == 1}
        remedies = remedies_of(
            [
                table
                for table in tables
                if table.key in lonely and not house.vintages[table.key] and table.indicator not in settled
            ],
            hidden,
            merges,
            rule,
            house.groupings,
            lambda some, beside: protect_release(some, None, rule, (), beside, workers=workers, keeper=keeper),
            most_lost,
            rounding=rounding,
        )
    checks = tuple(check for done in done_in_order for check in done.checks)
    findings = (*house.findings, *(finding for done in done_in_order for finding in done.findings))
    return Protection(
        frozenset(
            (key, cell)
            for key, cells in hidden.items()
            for cell in cells
            if not any(code == LEFT_OUT for _, code in cell)
        ),
        checks,
        findings,
        not any(finding.stops for finding in findings) and all(check.holds for check in checks),
        tuple(remedies),
    )


@dataclass(frozen=True, slots=True)
class _Done:
    """What came out for tables that hang together."""

    hidden: dict[TableKey, set[Cell]]
    checks: list[Check]
    findings: list[Finding]

    def plain(self) -> Any:
        """Return it as plain data."""
        return [
            plain_cells(self.hidden),
            [plain_check(each) for each in self.checks],
            [plain_finding(each) for each in self.findings],
        ]

    @classmethod
    def read(cls, plain: Sequence[Any]) -> _Done:
        """Return what `plain` wrote."""
        hidden, checks, findings = plain
        return cls(
            read_cells_of(hidden), [read_check(each) for each in checks], [read_finding(each) for each in findings]
        )


def _protected(part: _Part) -> _Done:
    """Protect tables that hang together."""
    house, relations = part
    if any(is_more_than_its_total(table) for table in house.tables):
        house.refuse(house.tables)
    else:
        house.protect(house.tables, relations)
    return _Done(house.hidden, house.checks, house.findings)


_Part = tuple["_Protector", Sequence[Relation]]


def _as_if_new(part: _Part) -> tuple[_Part, Callable[[_Done], bool]] | None:
    """Return tables as if their numbers had not been shown before, and what tells whether that made no difference.

    It made none if no row is withheld that was shown then: whatever is known from then is shown now.
    """
    house, relations = part
    before = {
        table.key: [each for each in house.vintages[table.key] if not each.disagrees(table.rows)]
        for table in house.tables
    }
    if not any(before.values()):
        return None
    new = house.only(house.tables)
    new.vintages = {key: [each for each in found if each not in before[key]] for key, found in house.vintages.items()}
    new = new.only(new.tables)

    def fits(done: _Done) -> bool:
        return not any(
            cell in done.hidden[key] for key, found in before.items() for each in found for cell, _ in each.shown()
        )

    return (new, relations), fits


@dataclass(slots=True)
class _Protector(House):
    """Decides what to withhold."""

    def part(self, tables: Sequence[IndicatorTable], relations: Sequence[Relation]) -> _Part:
        """Return what concerns some tables that hang together, and nothing else."""
        return self.only(tables), relations_of(tables, relations)

    def protect(self, tables: Sequence[IndicatorTable], relations: Sequence[Relation]) -> None:
        """Withhold rows of tables that hang together until the attacker finds nothing."""
        try:
            if any(self._is_wide(table) for table in tables):
                self._protect_wide(tables, relations)
            else:
                self._protect_narrow(tables, relations)
        except ContradictionError:
            self.refuse(tables)

    def _is_wide(self, table: IndicatorTable) -> bool:
        """Tell whether closed form does not do for a table: by two dimensions, of codes that overlap, or of amounts."""
        return has_amounts(table) or any(
            len(names) > 1 or any(name in self.groupings.overlapping for name in names) for names in table.sets()
        )

    def _protect_wide(self, tables: Sequence[IndicatorTable], relations: Sequence[Relation]) -> None:
        given = {table.key: self._given(table) for table in tables}
        shut: set[Shut] = set()
        while True:
            checks = self._planned(tables, given, relations)
            unseen = {(check.key, check.cell) for check in checks if not check.holds}
            if unseen and all(check.holds or check.required is None for check in checks):
                # Nothing was asked of these rows, so nothing was seen to move: a real attack tells whether it can.
                seen = {name_of(check): check for check in self.attack(tables, relations, unseen)}
                checks = [check if check.holds else seen[name_of(check)] for check in checks]
            failing = {check.key for check in checks if not check.holds}
            more = next_to_shut(tables, failing, relations, shut)
            if more:
                shut.update(more)
                rows = {table.key: table.rows for table in tables}
                for key, ways in more:
                    given[key] |= {cell for cell in rows[key] if len(cell) >= ways}
                continue
            before = {key: set(cells) for key, cells in self.hidden.items()}
            lost = self.uncovered_now(tables)
            covered = False
            for each in lost:
                # One row withheld may help several: what it helps is looked at again.
                if not self.hidden[each.key].difference(before[each.key]).intersection(each.helping):
                    covered |= self.cover(each)
            if not covered:
                break
            for key, cells in self.hidden.items():
                given[key] |= cells - before[key]
        self.note(self._told_before(checks, tables))

    def _told_before(self, checks: Iterable[Check], tables: Sequence[IndicatorTable]) -> list[Check]:
        """Return checks; where nothing is shown of any table, those that do not hold as of known numbers.

        Only what was shown before, or by others, can tell them then, and not publishing would not take that back.
        """
        found = list(checks)
        dark = all(self.hidden[table.key].issuperset(table.rows) for table in tables)
        if not dark or not any(self.vintages[table.key] for table in tables):
            return found
        for check in found:
            if not check.holds and (check.key, check.cell) not in self.ledger.withdrawn:
                self.findings.append(known_elsewhere(check))
        return [
            each
            if each.holds or (each.key, each.cell) in self.ledger.withdrawn
            else replace(each, interval=replace(each.interval, known=True), holds=True)
            for each in found
        ]

    def _given(self, table: IndicatorTable) -> set[Cell]:
        """Return the rows of a table that are withheld in any case."""
        if TOTAL in table.rows and self.is_small(table, TOTAL):
            return set(table.rows)
        unknown = {
            cell for cell in table.rows if cell != TOTAL and has_amounts(table) and self._lacks_largest(table, cell)
        }
        taken_back = unknown | {cell for key, cell in self.ledger.withdrawn if key == table.key and cell in table.rows}
        left_out = {cell for cell in table.rows if any(code == LEFT_OUT for _, code in cell)}
        before = self._withheld_before(table)
        return taken_back | left_out | before | {cell for cell in table.rows if self.is_small(table, cell)}

    def _withheld_before(self, table: IndicatorTable) -> set[Cell]:
        """Return the rows that were withheld so far of the same data: what was shown beside them is known by now."""
        same = [each for each in self.vintages[table.key] if not each.disagrees(table.rows)]
        return {cell for each in same[-1:] for cell, numbers in each.table.rows.items() if numbers is None
                if cell in table.rows}  # fmt: skip

    def _lacks_largest(self, table: IndicatorTable, cell: Cell) -> bool:
        """Tell whether it is not known how much of an amount is of single persons: then it cannot be shown."""
        numbers = table.rows[cell]
        return numbers is None or (numbers.largest is None and bool(numbers.numerator))

    def _planned(
        self, tables: Sequence[IndicatorTable], given: Mapping[TableKey, set[Cell]], relations: Sequence[Relation]
    ) -> list[Check]:
        """Find a pattern and check what is proved by it."""
        views = []
        for table in tables:
            known = constants(self.vintages[table.key], table.rows, table.rows)
            persons = self.persons[table.indicator, table.version]
            views.append(View(table, frozenset(given[table.key]), known, persons))
        try:
            found = plan(views, relations, self.groupings, self.rule, self.covering)
        except NoWholeTableError:
            found = Plan({table.key: set(table.rows) for table in tables})
        for key, cells in found.hidden.items():
            self.hidden[key] = set(cells)
        rows: dict[tuple[TableKey, Cell], list[Interval]] = {}
        for (key, cell, _), interval in found.intervals.items():
            rows.setdefault((key, cell), []).append(interval)
        return [
            Check(
                *name,
                interval,
                found.required.get(name),
                self.holds(interval, found.required.get(name), rows[name[:2]]),
            )
            for name, interval in found.intervals.items()
        ]

    def _protect_narrow(self, tables: Sequence[IndicatorTable], relations: Sequence[Relation]) -> None:
        for table in tables:
            self.hidden[table.key] = self._first(table)
        hopeless: set[Name] = set()
        while True:
            checks = self.attack(tables, relations)
            failing = [check for check in checks if not check.holds and name_of(check) not in hopeless]
            lost = [] if failing else self.uncovered_now(tables)
            if failing:
                worst = min(failing, key=lambda check: (check.interval.high - check.interval.low, name_of(check)))
                if not self._withhold_more(tables, worst.key, worst.cell, relations):
                    hopeless.add(name_of(worst))
            elif not lost or not self.cover(lost[0]):
                break
        self.note(self._told_before(checks, tables))

    def _first(self, table: IndicatorTable) -> set[Cell]:
        """Return a first pattern: of a total that is small everything, of a breakdown the rows closed form asks for."""
        taken_back = {cell for key, cell in self.ledger.withdrawn if key == table.key}
        left_out = {cell for cell in table.rows if any(code == LEFT_OUT for _, code in cell)}
        if TOTAL in table.rows and self.is_small(table, TOTAL):
            return set(table.rows)
        hidden = taken_back | left_out | {cell for cell in table.rows if self.is_small(table, cell)}
        if None in table.rows.values():  # withheld where it was counted, and the pattern with it
            return hidden
        known = {cell for vintage in self.vintages[table.key] for cell, _ in vintage.shown()}
        for names, cells in table.sets().items():
            if len(names) == 1 and names[0] not in self.groupings.overlapping:
                rows = {cell[0][1]: row_of(table, cell) for cell in cells if cell not in known}
                total = row_of(table, TOTAL) if TOTAL in table.rows else Row((float(self.rule.threshold),), 0.0)
                asked = {((names[0], code),) for code in rows_to_withhold(rows, total, self.rule.threshold)}
                # Empty rows are withheld with their whole breakdown only, rows that are known from elsewhere too.
                hidden |= set(cells) if any(is_empty(table, cell) for cell in asked) else asked
        return hidden

    def _withhold_more(
        self, tables: Sequence[IndicatorTable], key: TableKey, cell: Cell, relations: Sequence[Relation]
    ) -> bool:
        """Withhold the next row for the sake of one; return whether there was any left.

        First the next smallest of the same breakdown, then the same row of related indicators, then the whole
        breakdown with its empty rows, then other breakdowns of the table, at last its total.
        """
        table = next(each for each in tables if each.key == key)
        hidden = self.hidden[key]
        same = [other for other in table.sets()[names_of(cell)] if other not in hidden]
        filled = [other for other in same if not is_empty(table, other)]
        unknown = [other for other in filled if not self.is_known(table, other)]
        if unknown:
            hidden.add(min(unknown, key=lambda other: (size_of(table, other), other)))
            return True
        if self._withhold_related(tables, key, [cell, *table.sets()[names_of(cell)]], relations):
            return True
        if same:
            hidden.update(same)
            return True
        # A breakdown goes whole: of rows withheld beside shown ones a reader knows that they are not empty.
        rest = [names for names, cells in table.sets().items() if not hidden.issuperset(cells)]
        if rest:
            hidden.update(table.sets()[max(rest, key=lambda names: (len(names), names))])
            return True
        return False

    def _withhold_related(
        self, tables: Sequence[IndicatorTable], key: TableKey, cells: Iterable[Cell], relations: Sequence[Relation]
    ) -> bool:
        """Withhold a row of a related indicator that stands beside a withheld one; the first there is."""
        pairs = {frozenset((each.indicator, each.other)) for each in relations}
        near = [table for table in tables if frozenset((key[0], table.indicator)) in pairs and table.key != key]
        for cell in cells:
            for table in near:
                shown = cell in table.rows and cell not in self.hidden[table.key]
                if cell != TOTAL and shown and not is_empty(table, cell) and not self.is_known(table, cell):
                    self.hidden[table.key].add(cell)
                    return True
        return False
