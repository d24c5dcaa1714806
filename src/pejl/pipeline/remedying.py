"""What is done in a release where too much of an indicator would be withheld: merged codes, or rounded numbers.

What was done once is done again: who has the earlier release has the same codes and the same rounded numbers, and
learns nothing from this one. For the rest `pejl.protect.whole` says what loses least.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pejl.measure.measurement import Measurement
from pejl.text import message
from pejl.workspace.states import State

if TYPE_CHECKING:
    from pejl.protect.whole import (
        Cell,
        Finding,
        Groupings,
        IndicatorTable,
        Ledger,
        Merges,
        Numbers,
        Remedy,
        Rule,
        TableKey,
    )
    from pejl.protect.whole.merging import Merge
    from pejl.workspace.model import Workspace

BASE = 5
"""To what numbers are rounded."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Tables with what was done with their indicators before.

    Attributes:
        tables: those whose rows are to be decided on, in their order; merged where they were.
        rounded: those that are published rounded, with the numbers readers see.
        merges: what is merged in each.
        indicators: those for which it is settled what is done.
        findings: what a person should know.
    """

    tables: list[IndicatorTable]
    rounded: dict[TableKey, IndicatorTable] = field(default_factory=dict)
    merges: dict[TableKey, tuple[Merge, ...]] = field(default_factory=dict)
    indicators: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Remedied:
    """What is done with one indicator of which too much would be withheld, for readers and for the house.

    Attributes:
        indicator: its id.
        version: of its definition.
        kind: merged or rounded.
        merges: by dimension the new codes that are published, each with those it is the sum of.
        within: how far rounded numbers may be from the true ones at most; 0 where nothing is rounded.
        rows_before: how many rows there would be, and how many of them withheld; None where it was settled before.
        rows_now: how many there are, and how many of them are withheld.
        compared: of each way that was tried, what share of the rows it would leave withheld and what it would lose.
    """

    indicator: str
    version: str
    kind: str
    merges: Mapping[str, Mapping[str, tuple[str, ...]]]
    within: float
    rows_before: tuple[int, int] | None
    rows_now: tuple[int, int]
    compared: Mapping[str, tuple[float, float]]

    def record(self) -> dict[str, Any]:
        """Return it as plain data for readers, with shares in whole percent."""
        return {
            "indicator": self.indicator,
            **self.description(),
            "withheld_before_percent": _percent(self.rows_before) if self.rows_before is not None else None,
            "withheld_percent": _percent(self.rows_now),
        }

    def description(self) -> dict[str, Any]:
        """Return what is done, as plain data that stays the same as long as it is."""
        return {
            "version": self.version,
            "kind": self.kind,
            "merges": {name: {new: list(olds) for new, olds in into.items()} for name, into in self.merges.items()},
            "base": BASE if self.kind == "rounded" else None,
            "within": int(self.within) or None,
        }


def remedies_csv(found: Iterable[Remedied]) -> bytes:
    """Return what each way that was tried would lose, as CSV in UTF-8; for the house only."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["indicator", "version", "way", "withheld_share", "loss"])
    for each in found:
        for way, numbers in each.compared.items():
            writer.writerow([each.indicator, each.version, way, *(f"{number:.6g}" for number in numbers)])
    return buffer.getvalue().encode()


def _percent(rows: tuple[int, int]) -> int:
    return round(100.0 * rows[1] / max(rows[0], 1))


def merges_of(workspace: Workspace) -> Merges:
    """Return how codes may be merged, by dimension."""
    return {
        dimension.id: [{merged.code: tuple(merged.of) for merged in merge.codes} for merge in dimension.merges]
        for dimension in workspace.dimensions.values()
        if dimension.merges
    }


def settle(
    tables: Sequence[IndicatorTable], ledger: Ledger, merges: Merges, rule: Rule, groupings: Groupings
) -> Settled:
    """Return tables with what was done with their indicators in earlier releases.

    Args:
        tables: what might be published, with all numbers.
        ledger: everything published before.
        merges: the ways to merge codes that are declared now.
        rule: which numbers are small.
        groupings: how codes overlap.
    """
    from pejl.protect.whole.merging import merged
    from pejl.protect.whole.rounding import rounded
    from pejl.protect.whole.tables import TOTAL

    before = _last_shown(ledger)
    ways = {name: _ways_in(found.values(), merges) for name, found in before.items()}
    round_ = {name for name, found in before.items() if any(table.rounded for table in found.values())}
    settled = Settled([])
    for table in tables:
        shown = before.get(table.indicator, {}).get(table.key)
        chosen = ways.get(table.indicator, ()) if shown is None else _ways_in([shown], merges)
        if shown is not None and shown.rounded:
            settled.indicators.add(table.indicator)
            if _still_near(table, shown):
                settled.rounded[table.key] = shown
            else:
                settled.findings.append(_revised(table))
                settled.tables.append(replace(table, rows=dict.fromkeys(table.rows)))
            continue
        if shown is None and table.indicator in round_:
            found = rounded(table, groupings, rule, frozenset({TOTAL}))
            if found is not None and found.proved and not _is_small(table, rule):
                settled.rounded[table.key] = found.table
                settled.indicators.add(table.indicator)
                continue
        if chosen:
            settled.indicators.add(table.indicator)
            settled.merges[table.key] = chosen
        settled.tables.append(merged(table, chosen))
        if shown is not None and _lacks_codes(settled.tables[-1], shown):
            settled.findings.append(_codes_gone(table))
    return settled


def _last_shown(ledger: Ledger) -> dict[str, dict[TableKey, IndicatorTable]]:
    """Return the tables of each indicator as they were shown last."""
    found: dict[str, dict[TableKey, IndicatorTable]] = {}
    for edition in ledger.editions:
        for key, table in edition.tables.items():
            found.setdefault(key[0], {})[key] = table
    return found


def _ways_in(tables: Iterable[IndicatorTable], merges: Merges) -> tuple[Merge, ...]:
    """Return the declared ways whose new codes stand in tables by two dimensions, the last table first."""
    for table in reversed(list(tables)):
        codes = {pair for cell in table.rows if len(cell) > 1 for pair in cell}
        found = tuple(
            (name, way)
            for name, each in merges.items()
            for way in [next((way for way in each if any((name, code) in codes for code in way)), None)]
            if way is not None
        )
        if found:
            return found
    return ()


def _is_small(table: IndicatorTable, rule: Rule) -> bool:
    from pejl.protect.whole.tables import TOTAL, measures_of

    whole = table.rows.get(TOTAL)
    if whole is None:
        return True
    return any(rule.protects(table.indicator, whole, each) for each in (*measures_of(table.kind), "persons"))


def _still_near(table: IndicatorTable, shown: IndicatorTable) -> bool:
    """Tell whether numbers that were shown rounded may still stand for the true ones."""
    if table.rows.keys() != shown.rows.keys():
        return False
    return all(_near(table.rows[cell], numbers, shown, cell) for cell, numbers in shown.rows.items())


def _near(true: Numbers | None, told: Numbers | None, shown: IndicatorTable, cell: Cell) -> bool:
    if true is None or told is None:
        return true is told
    room = shown.rounded if shown.is_rounded(cell) else 0.0
    pairs = ((true.numerator, told.numerator), (true.denominator, told.denominator))
    return all(abs((one or 0.0) - (other or 0.0)) <= room for one, other in pairs)


def _lacks_codes(table: IndicatorTable, shown: IndicatorTable) -> bool:
    """Tell whether rows were shown of a breakdown that is still there, under codes that are not."""
    sets = table.sets()
    return any(
        numbers is not None and cell not in table.rows and tuple(name for name, _ in cell) in sets
        for cell, numbers in shown.rows.items()
    )


def _codes_gone(table: IndicatorTable) -> Finding:
    from pejl.protect.whole import Finding

    what = message(
        "'{indicator}', {period}: rows were published under codes that are not declared any more, and are not reckoned "
        "with",
        indicator=table.indicator,
        period=table.period,
    )
    mend = message("Leave merged codes declared as long as there are figures under them.")
    return Finding("codes_gone", table.key, (), what, mend, stops=False)


def _revised(table: IndicatorTable) -> Finding:
    from pejl.protect.whole import Finding

    what = message(
        "'{indicator}', {period}: it was published rounded, and its numbers were revised since, so it is withheld",
        indicator=table.indicator,
        period=table.period,
    )
    mend = message("Later periods are not affected; where the rule of counting changed, give it a new version.")
    return Finding("rounded_and_revised", table.key, (), what, mend, stops=False)


def chosen_remedies(settled: Settled, remedies: Iterable[Remedy]) -> Settled:
    """Return tables with the remedies that were chosen now."""
    by_key = {remedy.key: remedy for remedy in remedies if remedy.kind != "none"}
    new = replace(settled, tables=[], rounded=dict(settled.rounded), merges=dict(settled.merges))
    for table in settled.tables:
        remedy = by_key.get(table.key)
        if remedy is not None and remedy.kind == "rounded":
            new.rounded[table.key] = remedy.table
            continue
        if remedy is not None:
            new.merges[table.key] = remedy.merges
        new.tables.append(table if remedy is None else remedy.table)
    return new


def told(
    settled: Settled,
    withheld_before: Mapping[TableKey, frozenset[Cell]],
    withheld: Mapping[TableKey, frozenset[Cell]],
    given: Sequence[IndicatorTable],
    remedies: Sequence[Remedy],
) -> list[Remedied]:
    """Return what is done with each indicator, with what would be withheld without it and what is now.

    Args:
        settled: the tables as they are published.
        withheld_before: rows that would be withheld as tables were given to the first protection.
        withheld: rows that are withheld now.
        given: the tables as they were given to the first protection.
        remedies: those chosen now.
    """
    now = {table.key: table for table in settled.tables} | settled.rounded
    compared = {
        remedy.key[:2]: {way: (remedy.shares[way], loss) for way, loss in remedy.compared.items()}
        for remedy in remedies
    }
    series: dict[tuple[str, str], list[TableKey]] = {}
    for key in sorted({*settled.merges, *settled.rounded}):
        series.setdefault((key[0], key[1]), []).append(key)
    before = {table.key: table for table in given}
    found = []
    for name, keys in series.items():
        fresh = name in compared
        kind = "rounded" if any(key in settled.rounded for key in keys) else "merged"
        found.append(
            Remedied(
                *name,
                kind,
                {dimension: dict(into) for key in keys[:1] for dimension, into in settled.merges.get(key, ())},
                max((settled.rounded[key].rounded for key in keys if key in settled.rounded), default=0.0),
                _rows(keys, before, withheld_before) if fresh else None,
                _rows(keys, now, withheld),
                compared.get(name, {}),
            )
        )
    return found


def _rows(
    keys: Iterable[TableKey], tables: Mapping[TableKey, IndicatorTable], withheld: Mapping[TableKey, frozenset[Cell]]
) -> tuple[int, int]:
    present = [key for key in keys if key in tables]
    rows = sum(len(tables[key].rows) for key in present)
    return rows, sum(len(withheld.get(key, frozenset()) & tables[key].rows.keys()) for key in present)


def as_published(
    measurements: Sequence[Measurement], kind: str, per: int, tables: Mapping[TableKey, IndicatorTable]
) -> Iterator[Measurement]:
    """Yield measurements as they are published: rows that are merged or rounded, in place of those they stand for.

    Args:
        measurements: of one indicator, as they were measured.
        kind: of the indicator.
        per: the factor of a rate or a ratio.
        tables: those that are merged or rounded, as they are published.
    """
    from pejl.measure.cube.measurements import with_numbers

    written: set[TableKey] = set()
    for item in measurements:
        key = (item.indicator, item.version, item.period.text, item.scope)
        table = tables.get(key)
        if table is None or (item.numerator is None and not item.has_value):
            yield item
            continue
        if key in written:
            continue
        written.add(key)
        own = {
            tuple(sorted(each.dimensions)): each
            for each in measurements
            if (each.indicator, each.version, each.period.text, each.scope) == key
        }
        for cell, numbers in table.rows.items():
            known = own.get(cell)
            if known is not None and not table.is_rounded(cell):
                yield known
            elif numbers is not None and numbers.numerator is not None:
                new = with_numbers(
                    replace(item, dimensions=cell), kind, per, numbers.numerator, numbers.denominator, numbers.persons
                )
                if table.is_rounded(cell) or kind in ("mean", "ratio"):
                    new = replace(new, low=None, high=None, basis=None)
                if table.is_rounded(cell):
                    # Nobody is left to divide by where they were rounded to none: protection, not a want of data.
                    state = State.WITHHELD if new.value is None else new.state
                    new = replace(new, state=state, rounded=(BASE, int(table.rounded)))
                yield new
