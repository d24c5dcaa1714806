"""What can be done where too much of an indicator would be withheld, and what each way would lose."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pejl.protect.whole.merging import Merge, Merges, merged, sources_of, with_merges
from pejl.protect.whole.protection import Protection, Remedy, RemedyKind, withheld_of
from pejl.protect.whole.rounding import rounded
from pejl.protect.whole.tables import TOTAL, Cell, Groupings, IndicatorTable, Rule, TableKey, measures_of

MOST_LOST = 0.30
"""An indicator that loses more than this share of its rows is offered a remedy."""

TRIED = 3
"""On how many of an indicator's tables the ways are tried: the first, the last and one between."""

Protect = Callable[[Sequence[IndicatorTable], Groupings], Protection]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to publish some tables, and what it would lose of each, 0 to 1."""

    kind: RemedyKind
    merges: tuple[Merge, ...] = ()
    tables: dict[TableKey, IndicatorTable] = field(default_factory=dict)
    withheld: dict[TableKey, frozenset[Cell]] = field(default_factory=dict)
    lost: dict[TableKey, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        names = [f"{dimension}: {', '.join(into)}" for dimension, into in self.merges]
        return f"{self.kind} ({'; '.join(names)})" if names else self.kind

    def only(self, keys: Sequence[TableKey]) -> _Way:
        """Return what concerns some of the tables."""
        return replace(
            self,
            tables={key: self.tables[key] for key in keys},
            withheld={key: self.withheld[key] for key in keys},
            lost={key: self.lost[key] for key in keys},
        )

    @property
    def loss(self) -> float:
        return sum(self.lost.values()) / max(len(self.lost), 1)

    @property
    def share(self) -> float:
        """Return the share of rows that would be withheld."""
        rows = sum(len(table.rows) for table in self.tables.values())
        return sum(len(self.withheld.get(key, ())) for key in self.tables) / max(rows, 1)


def remedies_of(
    tables: Iterable[IndicatorTable],
    withheld: Mapping[TableKey, Collection[Cell]],
    merges: Merges,
    rule: Rule,
    groupings: Groupings,
    protect: Protect,
    most_lost: float = MOST_LOST,
    *,
    rounding: bool = True,
) -> list[Remedy]:
    """Return for each indicator of which too much is withheld what to do, for all its tables alike.

    Of the ways that leave no more withheld than `most_lost` the one that loses least is taken; where there is none, the
    one that leaves least withheld. A withheld row loses 1; one merged with k - 1 others into a row that is shown
    1 - 1/k; one that is rounded, so that it may be w off, w / (n + w), where n is its number. All periods get the same
    way, so that they can be compared.

    Args:
        tables: with all numbers; each must hang together with no other and never have been shown.
        withheld: their rows that are withheld.
        merges: how codes may be merged.
        rule: which numbers are small.
        groupings: how codes overlap.
        protect: protects tables of one indicator, with the groupings it is given.
        most_lost: the share of rows that may be withheld without a remedy.
        rounding: whole tables may be rounded too.
    """
    series: dict[tuple[str, str], list[IndicatorTable]] = {}
    for table in tables:
        if table.rows:
            series.setdefault((table.indicator, table.version), []).append(table)
    found = []
    for own in series.values():
        gone = sum(len(withheld.get(table.key, ())) for table in own)
        if gone > most_lost * sum(len(table.rows) for table in own):
            ways = _Ways(own, merges, rule if rounding else None, groupings, protect)
            found += ways.remedies(_as_it_is(own, withheld), most_lost)
    return found


def remedied(
    tables: Sequence[IndicatorTable], groupings: Groupings, remedies: Iterable[Remedy]
) -> tuple[list[IndicatorTable], Groupings]:
    """Return tables as they would be published with remedies, before rows are withheld, and groupings that fit them."""
    by_key = {remedy.key: remedy for remedy in remedies}
    for remedy in by_key.values():
        groupings = with_merges(groupings, remedy.merges)
    return [by_key[table.key].table if table.key in by_key else table for table in tables], groupings


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways to publish the tables of one indicator; with no `rule` to round by, rounding is none."""

    tables: Sequence[IndicatorTable]
    merges: Merges
    rule: Rule | None
    groupings: Groupings
    protect: Protect

    def remedies(self, as_it_is: _Way, most_lost: float) -> list[Remedy]:
        """Return what is done with each table."""
        tried = self.tables
        if len(tried) > TRIED:
            tried = [tried[0], tried[len(tried) // 2], tried[-1]]
        compared = [as_it_is.only([table.key for table in tried])]
        for chosen in _choices(tried, self.merges, self.groupings):
            compared += _by_merging(tried, chosen, self.groupings, self.protect)
        compared += _by_rounding(tried, self.rule, self.groupings)

        def order(way: _Way) -> tuple[bool, float, float]:
            enough = way.kind != "none" and way.share <= most_lost
            return (not enough, 0.0 if enough else way.share, way.loss)

        losses, shares = {way.name: way.loss for way in compared}, {way.name: way.share for way in compared}
        for way in sorted(compared, key=order):
            for each in self._for_all(way, as_it_is):
                return [
                    Remedy(
                        table.key,
                        each.kind,
                        each.tables[table.key],
                        each.withheld.get(table.key, frozenset()),
                        each.merges,
                        way.loss,
                        losses,
                        shares,
                    )
                    for table in self.tables
                ]
        raise AssertionError("as it is it can always be published")

    def _for_all(self, way: _Way, as_it_is: _Way) -> Iterable[_Way]:
        """Return the way for all tables, if all can be protected so."""
        if way.kind == "merged":
            return _by_merging(self.tables, way.merges, self.groupings, self.protect)
        if way.kind == "rounded":
            return _by_rounding(self.tables, self.rule, self.groupings)
        return [as_it_is]


def _as_it_is(tables: Sequence[IndicatorTable], withheld: Mapping[TableKey, Collection[Cell]]) -> _Way:
    gone = {table.key: frozenset(withheld.get(table.key, ())) & table.rows.keys() for table in tables}
    lost = {table.key: len(gone[table.key]) / len(table.rows) for table in tables}
    return _Way("none", (), {table.key: table for table in tables}, gone, lost)


def _by_merging(
    tables: Sequence[IndicatorTable], chosen: tuple[Merge, ...], groupings: Groupings, protect: Protect
) -> Iterator[_Way]:
    new = {table.key: merged(table, chosen) for table in tables}
    protection = protect(list(new.values()), with_merges(groupings, chosen))
    if not protection.proved:
        return
    gone = withheld_of(protection)
    lost = {}
    for table in tables:
        own = gone.get(table.key, frozenset())
        parts = [len(olds) if cell in own else len(olds) - 1.0 for cell, olds in sources_of(table, chosen).items()]
        lost[table.key] = sum(parts) / len(table.rows)
    yield _Way("merged", chosen, new, dict(gone), lost)


def _choices(tables: Sequence[IndicatorTable], merges: Merges, groupings: Groupings) -> Iterator[tuple[Merge, ...]]:
    """Yield what to merge: each way of each dimension by itself, then the ways of all dimensions step by step."""
    present = {name for table in tables for cell in table.rows if len(cell) > 1 for name, _ in cell}
    usable = {name: ways for name, ways in merges.items() if name in present and name not in groupings.overlapping}
    for name, ways in usable.items():
        for way in ways:
            yield ((name, way),)
    if len(usable) > 1:
        for step in range(max(len(ways) for ways in usable.values())):
            yield tuple((name, ways[min(step, len(ways) - 1)]) for name, ways in usable.items() if ways)


def _by_rounding(tables: Sequence[IndicatorTable], rule: Rule | None, groupings: Groupings) -> Iterator[_Way]:
    """Yield the tables rounded, all but their totals, on which goals are judged; nothing where a total is small."""
    if rule is None:
        return
    new: dict[TableKey, IndicatorTable] = {}
    lost = {}
    for table in tables:
        whole = table.rows.get(TOTAL)
        if table.kind not in ("count", "share") or whole is None:
            return
        if any(rule.protects(table.indicator, whole, each) for each in (*measures_of(table.kind), "persons")):
            return
        found = rounded(table, groupings, rule, frozenset({TOTAL}))
        if found is None or not found.proved:
            return
        new[table.key], width = found.table, found.table.rounded
        parts = 0.0
        for cell, numbers in table.rows.items():
            number = max(numbers.numerator or 0.0, numbers.denominator or 0.0) if numbers is not None else 0.0
            parts += width / (number + width) if cell != TOTAL else 0.0
        lost[table.key] = parts / len(table.rows)
    yield _Way("rounded", (), new, {}, lost)
