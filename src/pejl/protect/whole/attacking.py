"""The attacker over a whole release: limits of every withheld number, by tables that hang together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pejl.protect.system import ContradictionError
from pejl.protect.whole.board import STOCKS, Known, Name, View
from pejl.protect.whole.bounding import Interval, Needs, bound, is_possible
from pejl.protect.whole.related import stock_period
from pejl.protect.whole.tables import (
    Cell,
    Groupings,
    IndicatorTable,
    Measure,
    Numbers,
    Relation,
    Rule,
    TableKey,
    measures_of,
)
from pejl.protect.whole.writing import assumptions, board_of


def numbers_hidden(view: View) -> Iterable[tuple[Cell, Measure]]:
    """Yield the numbers that a table withholds; all of one that is rounded."""
    measures = list(measures_of(view.table.kind))
    if view.persons.apart:
        measures.append("persons")
    for cell in view.table.rows:
        if cell in view.hidden or view.table.is_rounded(cell):
            numbers = view.table.rows[cell]
            for measure in measures:
                # A number that nobody has is in no row to be published.
                if numbers is None or numbers.of(measure) is not None:
                    yield cell, measure


def limits_of(
    views: Sequence[View],
    relations: Iterable[Relation],
    groupings: Groupings,
    needs: Needs | None = None,
    *,
    rows: Collection[tuple[TableKey, Cell]] | None = None,
    wide: float | None = None,
) -> dict[Name, Interval]:
    """Bound every number that the tables withhold.

    Args:
        views: tables that hang together.
        relations: what is declared of their indicators.
        groupings: how codes overlap.
        needs: for some numbers how low and high they must seem possible to be; a table in whole numbers is looked for.
        rows: bound the numbers of these rows only.
        wide: limits that are seen to reach this far up, and to differ, are wide enough where there are many unknowns.

    Raises:
        ContradictionError: no numbers agree with everything that is known.
    """
    asked = [
        (view.table.key, cell, measure)
        for view in views
        for cell, measure in numbers_hidden(view)
        if rows is None or (view.table.key, cell) in rows
    ]
    relations = list(relations)
    for assumed in assumptions(relations):
        board = board_of(views, relations, groupings, **assumed)
        try:
            return bound(board, asked, needs or {}, wide)
        except ContradictionError as error:
            contradiction = error
    raise contradiction


def connected(tables: Sequence[IndicatorTable], relations: Sequence[Relation]) -> list[list[int]]:
    """Return the places of tables in groups that no relation connects; each is attacked by itself."""
    group = list(range(len(tables)))

    def top(place: int) -> int:
        while group[place] != place:
            group[place] = group[group[place]]
            place = group[place]
        return place

    where: dict[tuple[str, str, str], list[int]] = {}
    for place, table in enumerate(tables):
        where.setdefault((table.indicator, table.period, table.scope), []).append(place)
    for relation in relations:
        for (indicator, period, scope), places in where.items():
            if indicator != relation.indicator:
                continue
            wanted = stock_period(relation, period) if relation.kind in STOCKS else period
            for other in where.get((relation.other, wanted or "", scope), []):
                for place in places:
                    group[top(place)] = top(other)
    found: dict[int, list[int]] = {}
    for place in range(len(tables)):
        found.setdefault(top(place), []).append(place)
    return list(found.values())


def consistent(
    views: Sequence[View],
    relations: Sequence[Relation],
    groupings: Groupings,
    *,
    wide: float | None = None,
) -> tuple[dict[Name, Interval], bool]:
    """Bound what tables withhold with as much of what is known from elsewhere as agrees with the tables.

    Args:
        views: tables that hang together.
        relations: what is declared of their indicators.
        groupings: how codes overlap.
        wide: as `limits_of` takes it.

    Returns:
        The limits, and whether everything known agreed.

    Raises:
        ContradictionError: the tables contradict each other even so.
    """
    try:
        return limits_of(views, relations, groupings, wide=wide), True
    except ContradictionError:
        pass
    trusted = [replace(view, known={}) for view in views]
    for place, view in enumerate(views):
        # By row: numbers of one row were true together or not at all.
        for cell in dict.fromkeys(cell for cell, _ in view.known):
            more = {name: number for name, number in view.known.items() if name[0] == cell}
            trial = list(trusted)
            trial[place] = replace(trusted[place], known={**trusted[place].known, **more})
            if any(is_possible(board_of(trial, relations, groupings, **each)) for each in assumptions(relations)):
                trusted = trial
    return limits_of(trusted, relations, groupings, wide=wide), False


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A row withheld earlier whose number the new tables would show to be small.

    Attributes:
        key: its table.
        cell: the row.
        measure: the number.
        interval: what would be known of it.
        releases: that withheld it.
        helping: the rows, withheld then and shown now, that it is found out from.
    """

    key: TableKey
    cell: Cell
    measure: Measure
    interval: Interval
    releases: tuple[str, ...]
    helping: tuple[Cell, ...]


def uncovered(
    earlier: IndicatorTable,
    releases: tuple[str, ...],
    now: Mapping[Cell, Numbers],
    rule: Rule,
    groupings: Groupings,
    persons: View,
) -> list[Uncovered]:
    """Return the rows that were withheld and would be found to be small from what is shown now.

    The data were revised in between, so that a number shown now need not be the one withheld then. Most are: a reader
    takes every other row to be unchanged, as far as that agrees with what was shown.

    Args:
        earlier: the table as readers saw it.
        releases: that showed it so.
        now: the rows that are shown now.
        rule: which numbers are small.
        groupings: how codes overlap.
        persons: a view of the table, for what is known of its persons.
    """
    hidden = frozenset(cell for cell, numbers in earlier.rows.items() if numbers is None)
    news = {cell: now[cell] for cell in earlier.rows if cell in hidden and cell in now}
    if not news:
        return []
    bare = View(earlier, hidden, {}, persons.persons)
    before = limits_of([bare], (), groupings, wide=rule.threshold)
    believed = _believed(bare, news, {}, groupings)
    everything = replace(bare, known=_numbers_of(believed, earlier.kind))
    together = limits_of([everything], (), groupings, wide=rule.threshold)
    found = []
    for cell in earlier.rows:
        if cell not in hidden or not (set(news) - {cell}):
            continue
        limits = together
        if cell in news:  # what is shown of the row itself is not what tells on it
            others = {other: numbers for other, numbers in news.items() if other != cell}
            start = {other: numbers for other, numbers in believed.items() if other != cell}
            known = _numbers_of(_believed(bare, others, start, groupings), earlier.kind)
            alone, asked = replace(bare, known=known), {(earlier.key, cell)}
            limits = limits_of([alone], (), groupings, rows=asked, wide=rule.threshold)
        for name, interval in limits.items():
            if name[1] == cell and interval.shows_small(rule.threshold) > before[name].shows_small(rule.threshold):
                helping = tuple(other for other in news if other != cell)
                found.append(Uncovered(earlier.key, cell, name[2], interval, releases, helping))
                break
    return found


def _believed(
    bare: View, news: Mapping[Cell, Numbers], start: Mapping[Cell, Numbers], groupings: Groupings
) -> dict[Cell, Numbers]:
    """Return the rows that a reader takes to be unchanged: those of `start`, and of the others as many as agree."""

    def agree(rows: Mapping[Cell, Numbers]) -> bool:
        view = replace(bare, known=_numbers_of(rows, bare.table.kind))
        boards = (board_of([view], (), groupings, **each) for each in assumptions(()))
        # Of a row that was withheld beside others everybody knows that it was not empty then.
        return any(
            is_possible(board) and all(board.values.get(name, least) >= least for name, least in board.least.items())
            for board in boards
        )

    if agree(news):
        return dict(news)
    found = dict(start)
    for cell, numbers in news.items():
        if cell not in found and agree({**found, cell: numbers}):
            found[cell] = numbers
    return found


def _numbers_of(rows: Mapping[Cell, Numbers], kind: str) -> Known:
    measures: tuple[Measure, ...] = (*measures_of(kind), "persons")
    found: dict[tuple[Cell, Measure], float] = {}
    for cell, numbers in rows.items():
        for measure in measures:
            number = numbers.of(measure)
            if number is not None:
                found[cell, measure] = number
    return found
