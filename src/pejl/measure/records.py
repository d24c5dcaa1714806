"""Measurements as plain data and as CSV: the form in which a release keeps them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

from pejl.measure.measurement import Dimensions, Measurement
from pejl.workspace.period import Period
from pejl.workspace.states import State

TOTAL = "total"
_AS_IS = tuple(
    field.name
    for field in fields(Measurement)
    if field.name not in ("period", "dimensions", "state", "next_due", "covariances", "largest", "rounded")
)
_BEFORE = ("indicator", "version", "period", "scope")
_NUMBERS = ("value", "low", "high", "n", "numerator", "denominator", "se", "df", "deff", "response_rate")
_AFTER = ("state", "unit", "basis", "method", "instrument", "covariances", "next_due", "source", "note", "place")
_LARGEST = ("largest_1", "largest_2")
_ROUNDED = ("rounded", "rounded_within")
_KNOWN = frozenset({*_BEFORE, *_NUMBERS, *_AFTER, *_LARGEST, *_ROUNDED, "data"})
_before = attrgetter(*(name if name != "period" else "period.text" for name in _BEFORE))
_numbers = attrgetter(*_NUMBERS)
_after = attrgetter(*_AFTER)
_QUOTED = re.compile('["\r\n]')


def columns_of(header: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the places of dimensions in a CSV of measurements, and those of all other columns, by name.

    A dimension may be called like another column, such as `unit`. In a file that `to_csv` wrote it is known by where
    it stands, between `scope` and `value, low, high`; in any other file, which has each name once, by its name.
    """
    numbers = _NUMBERS[:3]
    first = len(_BEFORE)
    starts = [at for at in range(first, len(header)) if tuple(header[at : at + len(numbers)]) == numbers]
    ours = tuple(header[:first]) == _BEFORE and bool(starts)
    places = [at for at, name in enumerate(header) if (first <= at < starts[-1] if ours else name not in _KNOWN)]
    dimensions = {header[at]: at for at in places}
    return dimensions, {name: at for at, name in enumerate(header) if at not in places}


def to_record(measurement: Measurement) -> dict[str, Any]:
    """Return a measurement as plain data, without the largest contributions to it, which stay in the house.

    Totals are kept so, which are never rounded.
    """
    record: dict[str, Any] = {name: getattr(measurement, name) for name in _AS_IS}
    record["period"] = measurement.period.text
    record["dimensions"] = [list(pair) for pair in measurement.dimensions]
    record["state"] = str(measurement.state)
    record["next_due"] = measurement.next_due.text if measurement.next_due is not None else None
    record["covariances"] = [list(pair) for pair in measurement.covariances]
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
            "covariances": tuple((period, covariance) for period, covariance in record["covariances"]),
        }
    )


def _largest(measurement: Measurement) -> list[str]:
    if measurement.largest is None:
        return [""] * len(_LARGEST)
    return [f"{number:.12g}" for number in measurement.largest]


def _told(word: object) -> str:
    """Return a word as a cell; covariances as `2020=0.25 2022=0.5`, nothing where there are none."""
    if isinstance(word, tuple):
        return " ".join(f"{period}={covariance:.12g}" for period, covariance in word)
    return str(word)


def to_csv(
    measurements: Sequence[Measurement], dimensions: Sequence[str], *, synthetic: bool = False, largest: bool = False
) -> bytes:
    """Return measurements as CSV in UTF-8, a column for each of `dimensions`; `total` where not broken down.

    A number has twelve digits; what is None stands as nothing. `synthetic`: a last column `data` says of every row
    that its people are invented. `largest`: the largest contributions are told too, for the house alone. Where numbers
    are rounded, `rounded` says to what, and `rounded_within` how far from the true ones they may be.
    """
    rounded = any(item.rounded is not None for item in measurements)

    @cache  # the same combinations of codes come in every period
    def codes(item: Dimensions) -> list[str]:
        known = dict(item)
        return [known.get(dimension, TOTAL) for dimension in dimensions]

    header = (*_BEFORE, *dimensions, *_NUMBERS, *_AFTER, *(_LARGEST if largest else ()))
    header = (*header, *(_ROUNDED if rounded else ()), *["data"] * synthetic)
    invented = ["synthetic"] if synthetic else []
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    all_quoted = csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    for item in measurements:
        cells = [
            *_before(item),
            *codes(item.dimensions),
            *["" if number is None else f"{number:.12g}" for number in _numbers(item)],
            *["" if word is None else _told(word) for word in _after(item)],
            *(_largest(item) if largest else ()),
            *([str(each) for each in item.rounded or ("", "")] if rounded else ()),
            *invented,
        ]
        line = ",".join(cells)
        if line.count(",") < len(header) and not _QUOTED.search(line):
            buffer.write(f"{line}\n")
        elif "\r" in line:  # which `csv` does not quote by itself, though readers break the line there
            all_quoted.writerow(cells)
        else:  # `csv` looks at every sign of every cell; few lines need it
            writer.writerow(cells)
    return buffer.getvalue().encode()
