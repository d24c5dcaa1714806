"""Measurements as plain data and as CSV: the form in which a release keeps them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from pejl.measure.measurement import Measurement
from pejl.workspace.period import Period
from pejl.workspace.states import State

TOTAL = "total"
_AS_IS = tuple(
    field.name for field in fields(Measurement) if field.name not in ("period", "dimensions", "state", "next_due")
)
_BEFORE = ("indicator", "version", "period", "scope")
_AFTER = (
    "value",
    "low",
    "high",
    "n",
    "numerator",
    "denominator",
    "se",
    "state",
    "unit",
    "basis",
    "method",
    "next_due",
    "source",
    "note",
    "place",
)


def to_record(measurement: Measurement) -> dict[str, Any]:
    """Return a measurement as plain data."""
    record: dict[str, Any] = {name: getattr(measurement, name) for name in _AS_IS}
    record["period"] = measurement.period.text
    record["dimensions"] = [list(pair) for pair in measurement.dimensions]
    record["state"] = str(measurement.state)
    record["next_due"] = measurement.next_due.text if measurement.next_due is not None else None
    return record


def from_record(record: dict[str, Any]) -> Measurement:
    """Return the measurement that `to_record` made `record` of."""
    return Measurement(
        **{
            **record,
            "period": Period.parse(record["period"]),
            "dimensions": tuple((dimension, code) for dimension, code in record["dimensions"]),
            "state": State(record["state"]),
            "next_due": Period.parse(record["next_due"]) if record["next_due"] is not None else None,
        }
    )


def to_csv(measurements: Sequence[Measurement], dimensions: Sequence[str]) -> bytes:
    """Return measurements as CSV in UTF-8, a column for each of `dimensions`; `total` where not broken down."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow((*_BEFORE, *dimensions, *_AFTER))
    writer.writerows(_row(item, dimensions) for item in measurements)
    return buffer.getvalue().encode()


_before, _after = attrgetter(*_BEFORE), attrgetter(*_AFTER)


def _row(item: Measurement, dimensions: Sequence[str]) -> list[object]:
    """Return a measurement as `csv` writes it: None as nothing, a period as its text; a float to twelve digits."""
    codes = dict(item.dimensions)
    row = [*_before(item), *[codes.get(dimension, TOTAL) for dimension in dimensions], *_after(item)]
    return [f"{value:.12g}" if value.__class__ is float else value for value in row]
