"""The attacker over a whole release: limits of every withheld number, by tables that hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pejl.protect.attack import attack
from pejl.protect.system import ContradictionError
from pejl.protect.whole.lines import Known, View, numbers_hidden, stock_period, write
from pejl.protect.whole.tables import Cell, Groupings, IndicatorTable, Measure, Numbers, Relation, Rule, TableKey

if TYPE_CHECKING:
    from pejl.protect.whole.sheet import Name

TOLERANCE = 1e-6
"""How far from an equation HiGHS may end, in persons; limits are rounded inwards to whole numbers beyond it."""

STOCKS = ("from_stock", "to_stock")


@dataclass(frozen=True, slots=True)
class Interval:
    """What an attacker finds of a withheld number.

    Attributes:
        low: the least it can be.
        high: the most; infinite where nothing bounds it.
        low_seen: the least in a table of whole numbers that agrees with everything known; infinite if none was seen.
        high_seen: the most in such a table.
        least: what it is known to be at least, without any reckoning.
        known: it was published elsewhere or before.
    """

    low: float
    high: float
    low_seen: float
    high_seen: float
    least: float = 0.0
    known: bool = False

    @property
    def is_exact(self) -> bool:
        """Tell whether the number can be recomputed."""
        return self.low == self.high

    def shows_small(self, threshold: int) -> bool:
        """Tell whether it is certain that the number is small, or that somebody is there and not many."""
        return not self.known and 0 < self.high < threshold


Needs = Mapping["Name", tuple[float, float]]


def limits_of(
    views: Sequence[View], relations: Iterable[Relation], groupings: Groupings, needs: Needs | None = None
) -> dict[Name, Interval]:
    """Bound every number that the tables withhold.

    Args:
        views: tables that hang together.
        relations: what is declared of their indicators.
        groupings: how codes overlap.
        needs: for some numbers how low and high they must seem possible to be; a table in whole numbers is looked for.

    Raises:
        ContradictionError: no numbers agree with everything that is known.
    """
    import numpy as np

    sheet = write(views, relations, groupings)
    if sheet.contradictory:
        raise ContradictionError("published numbers do not add up")
    found: dict[Name, Interval] = {}
    asked: list[Name] = []
    for view in views:
        for cell, measure in numbers_hidden(view):
            name = (view.table.key, cell, measure)
            handle = sheet.numbers.get(name)
            if handle is None:
                found[name] = Interval(0.0, np.inf, 0.0, np.inf)
            elif handle.is_known:
                found[name] = Interval(handle.value, handle.value, handle.value, handle.value, known=True)
            else:
                asked.append(name)
    if asked:
        wanted = needs or {}
        nothing = (float("nan"), float("nan"))
        low, high = (np.array(each) for each in zip(*(wanted.get(name, nothing) for name in asked), strict=True))
        system = sheet.system()
        limits = attack(system, system.shown, sheet.places(asked), low, high)
        rows = zip(limits.low, limits.high, limits.low_seen, limits.high_seen, strict=True)
        for name, row in zip(asked, rows, strict=True):
            least, most, least_seen, most_seen = map(float, row)
            found[name] = Interval(least, most, least_seen, most_seen, sheet.least.get(name, 0.0))
    return found


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
    views: Sequence[View], relations: Sequence[Relation], groupings: Groupings
) -> tuple[dict[Name, Interval], bool]:
    """Bound what tables withhold with as much of what is known from elsewhere as agrees with the tables.

    Returns:
        The limits, and whether everything known agreed.

    Raises:
        ContradictionError: the tables contradict each other even so.
    """
    try:
        return limits_of(views, relations, groupings), True
    except ContradictionError:
        pass
    bare = [replace(view, known={}) for view in views]
    found = limits_of(bare, relations, groupings)
    for place, view in enumerate(views):
        # By row: numbers of one row were true together or not at all.
        for cell in dict.fromkeys(cell for cell, _ in view.known):
            more = {name: number for name, number in view.known.items() if name[0] == cell}
            trial = list(bare)
            trial[place] = replace(bare[place], known={**bare[place].known, **more})
            try:
                found = limits_of(trial, relations, groupings)
            except ContradictionError:
                continue
            bare = trial
    return found, False


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
    before = limits_of([bare], (), groupings)
    found = []
    for cell in earlier.rows:
        if cell not in hidden or not (set(news) - {cell}):
            continue
        known = _numbers_of({other: numbers for other, numbers in news.items() if other != cell}, earlier.kind)
        limits, _ = consistent([replace(bare, known=known)], (), groupings)
        for name, interval in limits.items():
            if name[1] == cell and interval.shows_small(rule.threshold) > before[name].shows_small(rule.threshold):
                helping = tuple(other for other in news if other != cell)
                found.append(Uncovered(earlier.key, cell, name[2], interval, releases, helping))
                break
    return found


def _numbers_of(rows: Mapping[Cell, Numbers], kind: str) -> Known:
    from pejl.protect.whole.tables import measures_of

    measures: tuple[Measure, ...] = (*measures_of(kind), "persons")
    found: dict[tuple[Cell, Measure], float] = {}
    for cell, numbers in rows.items():
        for measure in measures:
            number = numbers.of(measure)
            if number is not None:
                found[cell, measure] = number
    return found
