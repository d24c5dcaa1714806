"""Everything that was ever published, as a value: what was shown stays known, also after a revision or a withdrawal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pejl.protect.whole.tables import (
    Cell,
    IndicatorTable,
    Measure,
    Numbers,
    TableKey,
    measures_of,
    with_amounts,
)


@dataclass(frozen=True, slots=True)
class Edition:
    """The tables of a release as readers saw them; rows that were withheld are None.

    Attributes:
        release: its id.
        tables: one for each indicator and period.
    """

    release: str
    tables: Mapping[TableKey, IndicatorTable]


@dataclass(frozen=True, slots=True)
class Vintage:
    """What readers were shown of one table from the same data, in one release or several.

    Attributes:
        releases: their ids.
        table: a row has its numbers if any of them showed it, and None if all withheld it.
    """

    releases: tuple[str, ...]
    table: IndicatorTable

    def disagrees(self, rows: Mapping[Cell, Numbers | None]) -> bool:
        """Tell whether a number shown then is another one in `rows`: the data were revised."""
        return any(
            numbers is not None and (other := rows.get(cell)) is not None and not _same(numbers, other)
            for cell, numbers in self.table.rows.items()
        )

    def shown(self) -> Iterator[tuple[Cell, Numbers]]:
        """Yield the rows that were shown."""
        for cell, numbers in self.table.rows.items():
            if numbers is not None:
                yield cell, numbers


@dataclass(frozen=True, slots=True)
class Ledger:
    """The editions of all releases, the earliest first.

    Attributes:
        editions: what was shown.
        withdrawn: cells that were taken back: never to be shown again, and known for ever.
    """

    editions: tuple[Edition, ...] = ()
    withdrawn: frozenset[tuple[TableKey, Cell]] = frozenset()

    def vintages(self, key: TableKey) -> list[Vintage]:
        """Return what was shown of a table, one vintage for each state of the data; the earliest first."""
        found: list[Vintage] = []
        for edition in self.editions:
            shown = edition.tables.get(key)
            if shown is None:
                continue
            # Of a rounded table only what is not rounded is known; it is shown again just so, or not at all.
            exact = {cell: each for cell, each in shown.rows.items() if not shown.is_rounded(cell)}
            table = with_amounts(replace(shown, rows=exact, rounded=0.0) if shown.rounded else shown)
            if found and not found[-1].disagrees(table.rows):
                found[-1] = _merged(found[-1], edition.release, table)
            else:
                found.append(Vintage((edition.release,), table))
        return found

    def tables(self) -> Iterator[IndicatorTable]:
        """Yield everything that was shown."""
        for edition in self.editions:
            yield from edition.tables.values()

    def beyond(self, tables: Iterable[IndicatorTable]) -> Ledger:
        """Return what was shown of some tables and is not shown by them just so: the rest adds nothing to them."""
        now = {table.key: table.rows for table in tables}
        editions = []
        for edition in self.editions:
            more = {
                key: table
                for key, table in edition.tables.items()
                if key in now
                and any(now[key].get(cell) != numbers for cell, numbers in table.rows.items() if numbers is not None)
            }
            editions += [replace(edition, tables=more)] if more else []
        return Ledger(tuple(editions), frozenset(each for each in self.withdrawn if each[0] in now))

    def only(self, keys: Collection[TableKey]) -> Ledger:
        """Return what concerns some tables."""
        editions = (
            replace(edition, tables={key: table for key, table in edition.tables.items() if key in keys})
            for edition in self.editions
        )
        return Ledger(tuple(editions), frozenset(each for each in self.withdrawn if each[0] in keys))


def _merged(vintage: Vintage, release: str, table: IndicatorTable) -> Vintage:
    if table is vintage.table or table.rows == vintage.table.rows:
        return Vintage((*vintage.releases, release), vintage.table)
    rows = dict(vintage.table.rows)
    for cell, numbers in table.rows.items():
        before = rows.get(cell)
        rows[cell] = before if numbers is None else numbers if before is None else _both(before, numbers)
    return Vintage((*vintage.releases, release), replace(table, rows=rows))


def _both(one: Numbers, other: Numbers) -> Numbers:
    def known(first: float | None, second: float | None) -> float | None:
        return second if first is None else first

    return Numbers(
        known(one.numerator, other.numerator),
        known(one.denominator, other.denominator),
        known(one.persons, other.persons),
    )


def _same(one: Numbers, other: Numbers) -> bool:
    pairs = (
        (one.numerator, other.numerator),
        (one.denominator, other.denominator),
        (one.persons, other.persons),
    )
    return all(first == second for first, second in pairs if first is not None and second is not None)


def constants(
    vintages: Iterable[Vintage], hidden: Iterable[Cell], truth: Mapping[Cell, Numbers | None]
) -> dict[tuple[Cell, Measure], float]:
    """Return the numbers of hidden rows that were shown before and are true still.

    A reader does not know that they are; one who takes them to be is right, and that is who must find out nothing.
    """
    wanted = set(hidden)
    found: dict[tuple[Cell, Measure], float] = {}
    for vintage in vintages:
        measures: tuple[Measure, ...] = (*measures_of(vintage.table.kind), "persons")
        for cell, numbers in vintage.shown():
            if cell not in wanted:
                continue
            now = truth.get(cell)
            for measure in measures:
                number = numbers.of(measure)
                if number is not None and (now is None or now.of(measure) == number):
                    found[cell, measure] = number
    return found
