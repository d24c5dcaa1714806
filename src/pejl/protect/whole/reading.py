"""Tables from measurements, and from the CSV of cells that a release publishes."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pejl.measure.measurement import Measurement
from pejl.measure.records import columns_of
from pejl.protect.whole.given_away import numerator_and_base
from pejl.protect.whole.tables import Cell, IndicatorTable, Numbers, TableKey
from pejl.workspace.states import State

ALL = "total"
_LARGEST = "largest_"
"""Columns of internal cells with the largest contributions to the numerator: `largest_1`, `largest_2` …"""
_NUMBERS = ("value", "low", "high", "n", "numerator", "denominator")

Numbered = tuple[TableKey, Cell, Numbers | None, float]
"""A row: its table, its cell, its numbers, and how far they may be from the true ones."""


def indicator_tables(
    measurements: Iterable[Measurement], kind: str, *, leaves_out: bool = False
) -> list[IndicatorTable]:
    """Return the tables of one indicator, one for each version, period and scope, with all numbers.

    Args:
        measurements: those that might be published; a row that is withheld already stays so.
        kind: the indicator's kind: count, share, rate, transition …
        leaves_out: people whose place is unknown are in the total only.
    """
    return _tables((_numbered(each, kind) for each in measurements), kind, leaves_out)


def _numbered(item: Measurement, kind: str) -> Numbered | None:
    key = (item.indicator, item.version, item.period.text, item.scope)
    cell = tuple(sorted(item.dimensions))
    if item.state is State.WITHHELD and item.rounded is None:
        return key, cell, None, 0.0
    found = numerator_and_base(kind, item.value, item.low, item.high, item.basis, item.numerator, item.denominator)
    if item.value is None and item.numerator is None:
        return None
    return key, cell, Numbers(*found, item.n, item.largest), float(item.rounded[1]) if item.rounded else 0.0


def read_cells(content: bytes, kind: str, *, leaves_out: bool = False) -> list[IndicatorTable]:
    """Return the tables in the CSV of one indicator's cells, as a reader sees them.

    Args:
        content: UTF-8, as `to_csv` writes it.
        kind: the indicator's kind.
        leaves_out: people whose place is unknown are in the total only.

    Raises:
        ValueError: a column is missing, or a number is none.
    """
    rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    dimensions, place = columns_of(next(rows, []))
    missing = [name for name in ("indicator", "period") if name not in place]
    if missing:
        raise ValueError(f"the table has no column '{missing[0]}'")
    coded = sorted(dimensions.items())
    named = list(place.items())
    width = len(coded) + len(named)
    whole = (row + [""] * (width - len(row)) for row in rows if row)
    return _tables((_read(row, coded, named, kind) for row in whole), kind, leaves_out)


def _read(
    cells: Sequence[str], dimensions: Sequence[tuple[str, int]], named: Sequence[tuple[str, int]], kind: str
) -> Numbered | None:
    row = {name: cells[at] for name, at in named}
    key = (row["indicator"], row.get("version") or "", row["period"], row.get("scope") or "")
    cell = tuple((name, cells[at]) for name, at in dimensions if cells[at] not in (ALL, ""))
    # A share of people who were rounded to none has no value, but what they were rounded to is told.
    if row.get("state") == State.WITHHELD and not row.get("rounded"):
        return key, cell, None, 0.0
    number = {name: float(text) if (text := row.get(name) or "") else None for name in _NUMBERS}
    if number["value"] is None and number["numerator"] is None:
        return None
    found = numerator_and_base(
        kind,
        number["value"],
        number["low"],
        number["high"],
        row.get("basis"),
        number["numerator"],
        number["denominator"],
    )
    largest = [float(row[name]) for name in row if name and name.startswith(_LARGEST) and row[name]]
    numbers = Numbers(*found, number["n"], tuple(sorted(largest, reverse=True)) or None)
    return key, cell, numbers, float(row.get("rounded_within") or 0.0)


def _tables(rows: Iterable[Numbered | None], kind: str, leaves_out: bool) -> list[IndicatorTable]:
    found: dict[TableKey, dict[Cell, Numbers | None]] = {}
    within: dict[TableKey, dict[Cell, float]] = {}
    for row in rows:
        if row is not None:
            key, cell, numbers, width = row
            found.setdefault(key, {})[cell] = numbers
            within.setdefault(key, {})[cell] = width
    return [table_of(key, kind, cells, leaves_out, within[key]) for key, cells in found.items()]


def table_of(
    key: TableKey, kind: str, rows: dict[Cell, Numbers | None], leaves_out: bool, within: Mapping[Cell, float]
) -> IndicatorTable:
    """Return a table; `within` says how far the numbers of its rows may be from the true ones, 0 if they are true."""
    width = max(within.values(), default=0.0)
    exact = frozenset(cell for cell, each in within.items() if not each) if width else frozenset()
    return IndicatorTable(*key, kind, rows, leaves_out, width, exact)


def public_table(table: IndicatorTable, withheld: Collection[Cell]) -> IndicatorTable:
    """Return a table as readers see it."""
    return replace(table, rows={cell: None if cell in withheld else numbers for cell, numbers in table.rows.items()})


def with_withheld(
    measurements: Iterable[Measurement], withheld: Collection[tuple[TableKey, Cell]]
) -> Iterator[Measurement]:
    """Yield measurements as readers may see them: those that are withheld without any number."""
    for item in measurements:
        key = (item.indicator, item.version, item.period.text, item.scope)
        hidden = item.has_value or item.numerator is not None
        if hidden and (key, tuple(sorted(item.dimensions))) in withheld:
            yield item.without_number(State.WITHHELD)
        else:
            yield item
