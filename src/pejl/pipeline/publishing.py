"""What of figures that are not counted here may be seen by readers: published ones, and estimates from surveys.

Figures that others published are public already. Of surveys, totals and breakdowns by one column are shown, where
enough answers are behind every number shown: behind a share as well as behind what it leaves of the whole. Since
estimates of parts add up to that of the whole, as many other parts are kept back as it takes to hide one.

What is counted from registers is decided over the whole release at once, in `disclosure`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pejl.measure.asked import METHOD
from pejl.measure.measurement import Measurement
from pejl.protect.one_way import Row, rows_to_withhold
from pejl.workspace.indicators import Indicator
from pejl.workspace.states import State

_LEFT_OUT = ""


def public_measurements(indicator: Indicator, measurements: Sequence[Measurement], threshold: int) -> list[Measurement]:
    """Return the measurements of an indicator not counted here that readers may see, with small numbers withheld."""
    if any(item.method == METHOD for item in measurements):
        return [_as_shown(item) for item in _asked(indicator, measurements, threshold)]
    return list(measurements)


def _asked(indicator: Indicator, measurements: Sequence[Measurement], threshold: int) -> Iterable[Measurement]:
    by = indicator.asking.by if indicator.asking is not None else ()
    for total in (item for item in measurements if not item.dimensions):
        whole = _answers(total)
        hidden = whole.is_small(threshold)
        yield total.without_number(State.WITHHELD) if hidden else total
        for dimension in by:
            rows = {item.dimensions[0][1]: item for item in measurements if _is_row(item, total, dimension)}
            numbers = {code: _answers(item) for code, item in rows.items()}
            numbers[_LEFT_OUT] = _rest(whole, numbers.values())
            withheld = frozenset(rows) if hidden else rows_to_withhold(numbers, whole, threshold)
            for code, item in rows.items():
                yield item.without_number(State.WITHHELD) if code in withheld else item


def _answers(item: Measurement) -> Row:
    """Return the answers behind a figure: of a share those with the trait, those without, and all of them."""
    answers = item.n or 0.0
    if item.numerator is None:
        return Row((answers,), answers)
    return Row((item.numerator, answers - item.numerator, answers), answers)


def _as_shown(item: Measurement) -> Measurement:
    """Return an estimate without the unweighted counts, from which its value cannot be computed anyway."""
    return replace(item, numerator=None, denominator=None)


def _is_row(item: Measurement, total: Measurement, dimension: str) -> bool:
    return len(item.dimensions) == 1 and item.dimensions[0][0] == dimension and item.period == total.period


def _rest(whole: Row, rows: Iterable[Row]) -> Row:
    """Return what the rows leave of the whole: those whose place is unknown, where they are left out."""
    rest, persons = list(whole.numbers), whole.persons
    for row in rows:
        rest = [left - number for left, number in zip(rest, row.numbers, strict=True)]
        persons -= row.persons
    numbers = tuple(max(left, 0.0) for left in rest)
    return Row(numbers, max(persons, 0.0) if any(numbers) else 0.0)
