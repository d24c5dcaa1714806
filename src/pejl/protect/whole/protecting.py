"""Which rows of a whole release to withhold: a first pattern, then the attacker, then more rows until all holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pejl.protect.one_way import Row, rows_to_withhold
from pejl.protect.system import ContradictionError
from pejl.protect.whole.attacking import Interval, Uncovered, connected, limits_of, uncovered
from pejl.protect.whole.ledger import Ledger, Vintage, constants
from pejl.protect.whole.lines import Persons, View, numbers_hidden, persons_of, write
from pejl.protect.whole.rows import is_empty, is_more_than_its_total, row_of, size_of, with_left_out
from pejl.protect.whole.tables import (
    LEFT_OUT,
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
)
from pejl.text import Message, message

if TYPE_CHECKING:
    from pejl.protect.whole.sheet import Name


@dataclass(frozen=True, slots=True)
class Check:
    """A withheld number attacked, for the house: what is required tells the number, so this is never published.

    Attributes:
        key: the table.
        cell: the row.
        measure: which number of the row.
        interval: what the attacker finds.
        required: how low and high it must seem possible to be; None where only the row as a whole is to be protected.
        holds: whether the attacker's limits are as wide as that.
    """

    key: TableKey
    cell: Cell
    measure: Measure
    interval: Interval
    required: tuple[float, float] | None
    holds: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know before publishing; `stops` if it must not be published.

    Attributes:
        code: stable.
        key: the table.
        cell: the row.
        what: what is wrong.
        mend: what to do.
        stops: whether publication must be refused.
    """

    code: str
    key: TableKey
    cell: Cell
    what: Message
    mend: Message
    stops: bool


@dataclass(frozen=True, slots=True)
class Protection:
    """What must be withheld, and the proof that it is enough.

    Attributes:
        withheld: rows, by table and cell.
        checks: every withheld number attacked.
        findings: what was found on the way.
        proved: every required interval holds, and nothing withheld earlier is uncovered.
    """

    withheld: frozenset[tuple[TableKey, Cell]]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    proved: bool


def protect_release(
    tables: Sequence[IndicatorTable],
    ledger: Ledger | None = None,
    rule: Rule | None = None,
    relations: Sequence[Relation] = (),
    groupings: Groupings | None = None,
) -> Protection:
    """Return the rows of a release that must be withheld, whole, so that no small number can be recomputed.

    Args:
        tables: everything that might be published, with all numbers; each indicator, version, period and scope once.
        ledger: everything published before.
        rule: which numbers are small.
        relations: what the workspace declares of its indicators.
        groupings: how codes overlap.
    """
    rule = rule or Rule()
    house = _House(tables, ledger or Ledger(), rule, groupings or Groupings())
    true = [relation for relation in relations if house.agrees(relation)]
    for places in connected(tables, true):
        group = [house.tables[place] for place in places]
        if any(is_more_than_its_total(table) for table in group):
            house.refuse(group)
        else:
            house.protect(group, true)
    return Protection(
        frozenset(
            (key, cell)
            for key, cells in house.hidden.items()
            for cell in cells
            if not any(code == LEFT_OUT for _, code in cell)
        ),
        tuple(house.checks),
        tuple(house.findings),
        not any(finding.stops for finding in house.findings) and all(check.holds for check in house.checks),
    )


@dataclass(slots=True)
class _House:
    """Everything the house knows, and what it has decided so far."""

    given: Sequence[IndicatorTable]
    ledger: Ledger
    rule: Rule
    groupings: Groupings
    tables: list[IndicatorTable] = field(default_factory=list)
    hidden: dict[TableKey, set[Cell]] = field(default_factory=dict)
    vintages: dict[TableKey, list[Vintage]] = field(default_factory=dict)
    persons: dict[tuple[str, str], Persons] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tables = [with_left_out(table, self.groupings) for table in self.given]
        groups: dict[tuple[str, str], list[IndicatorTable]] = {}
        for table in self.tables:
            groups.setdefault((table.indicator, table.version), []).append(table)
        self.persons = {name: persons_of(found) for name, found in groups.items()}
        for table in self.tables:
            self.vintages[table.key] = self.ledger.vintages(table.key)
            self.hidden[table.key] = self._first(table)

    # What is small, and what is withheld with it

    def _small(self, table: IndicatorTable, cell: Cell) -> bool:
        numbers = table.rows[cell]
        measures: tuple[Measure, ...] = (*measures_of(table.kind), "persons")
        return numbers is None or any(self.rule.protects(table.indicator, numbers, each) for each in measures)

    def _first(self, table: IndicatorTable) -> set[Cell]:
        """Return a first pattern: of a total that is small everything, of a breakdown the rows closed form asks for."""
        taken_back = {cell for key, cell in self.ledger.withdrawn if key == table.key}
        left_out = {cell for cell in table.rows if any(code == LEFT_OUT for _, code in cell)}
        if TOTAL in table.rows and self._small(table, TOTAL):
            return set(table.rows)
        hidden = taken_back | left_out | {cell for cell in table.rows if self._small(table, cell)}
        if None in table.rows.values():  # withheld where it was counted, and the pattern with it
            return hidden
        known = {cell for vintage in self.vintages[table.key] for cell, _ in vintage.shown()}
        for names, cells in table.sets().items():
            if len(names) == 1 and names[0] not in self.groupings.overlapping:
                rows = {cell[0][1]: row_of(table, cell) for cell in cells if cell not in known}
                total = row_of(table, TOTAL) if TOTAL in table.rows else Row((float(self.rule.threshold),), 0.0)
                hidden |= {((names[0], code),) for code in rows_to_withhold(rows, total, self.rule.threshold)}
        return hidden

    # Is what is declared true here?

    def agrees(self, relation: Relation) -> bool:
        """Tell whether the numbers agree with a relation; note where they do not."""
        chosen = [table for table in self.tables if table.indicator in (relation.indicator, relation.other)]
        for places in connected(chosen, [relation]):
            views = [View(chosen[place], frozenset()) for place in places]
            if write(views, [relation], self.groupings, all_known=True).contradictory:
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

    # The attacker, again and again

    def protect(self, tables: Sequence[IndicatorTable], relations: Sequence[Relation]) -> None:
        """Withhold rows of tables that hang together until the attacker finds nothing."""
        hopeless: set[Name] = set()
        while True:
            try:
                checks = self._attack(tables, relations)
            except ContradictionError:
                self.refuse(tables)
                return
            failing = [check for check in checks if not check.holds and _name(check) not in hopeless]
            lost = None if failing else self._uncovered(tables)
            if failing:
                worst = min(failing, key=lambda check: (check.interval.high - check.interval.low, _name(check)))
                if not self._withhold_more(tables, worst.key, worst.cell, relations):
                    hopeless.add(_name(worst))
            elif lost is None or not self._cover(lost):
                break
        self.checks += checks
        for check in checks:
            if not check.holds:
                self.findings.append(_unprotected(check))

    def _attack(self, tables: Sequence[IndicatorTable], relations: Sequence[Relation]) -> list[Check]:
        views = [self._view(table) for table in tables]
        needs: dict[Name, tuple[float, float]] = {}
        for view in views:
            for cell, measure in numbers_hidden(view):
                numbers = view.table.rows[cell]
                if numbers is not None and self.rule.protects(view.table.indicator, numbers, measure):
                    least = self._least(view, cell, measure)
                    needs[view.table.key, cell, measure] = self.rule.required(numbers.of(measure) or 0.0, least)
        found = limits_of(views, relations, self.groupings, needs)
        rows: dict[tuple[TableKey, Cell], list[Interval]] = {}
        for (key, cell, _), interval in found.items():
            rows.setdefault((key, cell), []).append(interval)
        return [
            Check(*name, interval, needs.get(name), self._holds(interval, needs.get(name), rows[name[:2]]))
            for name, interval in found.items()
        ]

    def _holds(self, interval: Interval, required: tuple[float, float] | None, row: Sequence[Interval]) -> bool:
        if interval.known:
            return True
        if required is not None and (interval.low_seen > required[0] or interval.high_seen < required[1]):
            return False
        return not interval.shows_small(self.rule.threshold) and not recomputed(row)

    def _view(self, table: IndicatorTable) -> View:
        hidden = frozenset(self.hidden[table.key])
        known = constants(self.vintages[table.key], hidden, table.rows)
        return View(table, hidden, known, self.persons[table.indicator, table.version])

    def _least(self, view: View, cell: Cell, measure: Measure) -> float:
        """Return what everybody knows a number to be at least: 1 for the base of a row that is not empty."""
        if measure != base_of(view.table.kind):
            return 0.0
        cells = view.table.sets()[names_of(cell)]
        return 1.0 if cell == TOTAL or any(other not in view.hidden for other in cells) else 0.0

    # More rows

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
        unknown = [other for other in filled if not self._is_known(table, other)]
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
                if cell != TOTAL and shown and not is_empty(table, cell) and not self._is_known(table, cell):
                    self.hidden[table.key].add(cell)
                    return True
        return False

    def _is_known(self, table: IndicatorTable, cell: Cell) -> bool:
        return any(cell == other for vintage in self.vintages[table.key] for other, _ in vintage.shown())

    # Years and revisions

    def _uncovered(self, tables: Sequence[IndicatorTable]) -> Uncovered | None:
        """Return a row withheld earlier that what is to be shown now would uncover."""
        for table in tables:
            hidden = self.hidden[table.key]
            now = {cell: numbers for cell, numbers in table.rows.items() if numbers is not None and cell not in hidden}
            for vintage in self.vintages[table.key]:
                if vintage.disagrees(table.rows):
                    persons = View(table, frozenset(), {}, self.persons[table.indicator, table.version])
                    found = uncovered(vintage.table, vintage.releases, now, self.rule, self.groupings, persons)
                    if found:
                        return found[0]
        return None

    def _cover(self, lost: Uncovered) -> bool:
        """Withhold one of the rows that an earlier one is found out from, and say so; False if it does not help."""
        table = next(each for each in self.tables if each.key == lost.key)
        helping = [cell for cell in lost.helping if cell not in self.hidden[lost.key]]
        chosen = min(helping, key=lambda cell: (cell == TOTAL, size_of(table, cell), cell), default=None)
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
        self.hidden[lost.key].add(chosen)
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


def _name(check: Check) -> Name:
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


def withheld_of(protection: Protection) -> Mapping[TableKey, frozenset[Cell]]:
    """Return the withheld rows of a protection by table."""
    found: dict[TableKey, set[Cell]] = {}
    for key, cell in protection.withheld:
        found.setdefault(key, set()).add(cell)
    return {key: frozenset(cells) for key, cells in found.items()}
