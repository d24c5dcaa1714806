"""What can be done where too much of a table would be withheld, and what each way would lose."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from pejl.protect.whole.merging import Merge, Merges, merged, sources_of, with_merges
from pejl.protect.whole.protection import Protection, Remedy, withheld_of
from pejl.protect.whole.rounding import rounded
from pejl.protect.whole.tables import Cell, Groupings, IndicatorTable, Rule, TableKey

MOST_LOST = 0.30
"""A table that loses more than this share of its rows is offered a remedy."""

Protect = Callable[[IndicatorTable, Groupings], Protection]


def remedies_of(
    tables: Iterable[IndicatorTable],
    withheld: Mapping[TableKey, Collection[Cell]],
    merges: Merges,
    rule: Rule,
    groupings: Groupings,
    protect: Protect,
    most_lost: float = MOST_LOST,
) -> list[Remedy]:
    """Return for each table of which too much is withheld what would lose least.

    A withheld row loses 1; one merged with k - 1 others into a row that is shown 1 - 1/k; one that is rounded, so that
    it may be w off, w / (n + w), where n is its number.

    Args:
        tables: with all numbers; each must hang together with no other and never have been shown.
        withheld: their rows that are withheld.
        merges: how codes may be merged.
        rule: which numbers are small.
        groupings: how codes overlap.
        protect: protects one table, with the groupings it is given.
        most_lost: the share of rows that may be withheld without a remedy.
    """
    found = []
    for table in tables:
        gone = withheld.get(table.key, ())
        if not table.rows or len(gone) <= most_lost * len(table.rows):
            continue
        ways = [Remedy(table.key, "none", table, frozenset(gone), (), len(gone) / len(table.rows))]
        ways += _by_merging(table, merges, groupings, protect)
        ways += _by_rounding(table, rule, groupings)
        best = min(ways, key=lambda each: each.loss)
        compared = {_name(each): each.loss for each in ways}
        found.append(Remedy(best.key, best.kind, best.table, best.withheld, best.merges, best.loss, compared))
    return found


def remedied(
    tables: Sequence[IndicatorTable], groupings: Groupings, remedies: Iterable[Remedy]
) -> tuple[list[IndicatorTable], Groupings]:
    """Return tables as they would be published with remedies, before rows are withheld, and groupings that fit them."""
    by_key = {remedy.key: remedy for remedy in remedies}
    for remedy in by_key.values():
        groupings = with_merges(groupings, remedy.merges)
    return [by_key[table.key].table if table.key in by_key else table for table in tables], groupings


def _by_merging(table: IndicatorTable, merges: Merges, groupings: Groupings, protect: Protect) -> Iterator[Remedy]:
    for chosen in _choices(table, merges, groupings):
        new = merged(table, chosen)
        protection = protect(new, with_merges(groupings, chosen))
        if not protection.proved:
            continue
        gone = withheld_of(protection).get(table.key, frozenset())
        lost = 0.0
        for cell, olds in sources_of(table, chosen).items():
            lost += len(olds) if cell in gone else len(olds) - 1.0
        yield Remedy(table.key, "merged", new, gone, chosen, lost / len(table.rows))


def _choices(table: IndicatorTable, merges: Merges, groupings: Groupings) -> Iterator[tuple[Merge, ...]]:
    """Yield what to merge: each way of each dimension by itself, then the ways of all dimensions step by step."""
    present = {name for cell in table.rows if len(cell) > 1 for name, _ in cell}
    usable = {name: ways for name, ways in merges.items() if name in present and name not in groupings.overlapping}
    for name, ways in usable.items():
        for way in ways:
            yield ((name, way),)
    if len(usable) > 1:
        for step in range(max(len(ways) for ways in usable.values())):
            yield tuple((name, ways[min(step, len(ways) - 1)]) for name, ways in usable.items() if ways)


def _by_rounding(table: IndicatorTable, rule: Rule, groupings: Groupings) -> Iterator[Remedy]:
    if table.kind not in ("count", "share"):
        return
    found = rounded(table, groupings, rule)
    if found is None or not found.proved:
        return
    width = found.table.rounded
    lost = 0.0
    for numbers in table.rows.values():
        number = max(numbers.numerator or 0.0, numbers.denominator or 0.0) if numbers is not None else 0.0
        lost += width / (number + width)
    yield Remedy(table.key, "rounded", found.table, frozenset(), (), lost / len(table.rows))


def _name(remedy: Remedy) -> str:
    names = [f"{dimension}: {', '.join(into)}" for dimension, into in remedy.merges]
    return f"{remedy.kind} ({'; '.join(names)})" if names else remedy.kind
