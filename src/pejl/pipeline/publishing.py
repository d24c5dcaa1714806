"""What of the cells counted from registers may be seen by readers; everything else stays in the house.

Shown are totals, and breakdowns by one dimension in which everybody has one place. Breakdowns by two dimensions, by
groups that overlap, by single units, and those of means and ratios are kept back altogether: whether they can be
recomputed from each other is not proved here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pejl.measure.measurement import Measurement
from pejl.protect.one_way import Row, rows_to_withhold
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import Workspace
from pejl.workspace.states import State

_LEFT_OUT = ""


def public_measurements(
    workspace: Workspace, indicator: Indicator, measurements: Sequence[Measurement]
) -> list[Measurement]:
    """Return the measurements of `indicator` that readers may see, with small numbers withheld.

    Figures that others published are public already and come back as they are.
    """
    if not workspace.counted_here(indicator):
        return list(measurements)
    threshold = workspace.settings.disclosure.threshold
    kind = indicator.kind or workspace.units[indicator.unit].kind
    shown: list[Measurement] = []
    dimensions = _public_dimensions(workspace, indicator) if kind in ("count", "share") else ()
    for total in (item for item in measurements if not item.dimensions):
        hidden = total.has_value and _row(total, kind).is_small(threshold)
        shown.append(total.without_number(State.WITHHELD) if hidden else total)
        for dimension in dimensions:
            rows = [item for item in measurements if _is_row(item, total, dimension)]
            shown.extend(_table(rows, total, kind, threshold))
    return shown


def _public_dimensions(workspace: Workspace, indicator: Indicator) -> list[str]:
    counting = indicator.counting
    assert counting is not None
    named = dict.fromkeys(name for cube in counting.cubes for name in workspace.cubes[cube].dimensions)
    found = (workspace.dimensions[name] for name in named)
    return [each.id for each in found if each.standing is not None and not each.overlapping]


def _is_row(item: Measurement, total: Measurement, dimension: str) -> bool:
    return len(item.dimensions) == 1 and item.dimensions[0][0] == dimension and item.period == total.period


def _table(rows: Sequence[Measurement], total: Measurement, kind: str, threshold: int) -> Iterable[Measurement]:
    """Yield the rows of a one-way table, those that must not be shown withheld."""
    if not total.has_value:
        return
    numbers = {item.dimensions[0][1]: _row(item, kind) for item in rows}
    whole = _row(total, kind)
    numbers[_LEFT_OUT] = _rest(whole, numbers.values())
    withheld = rows_to_withhold(numbers, whole, threshold)
    for item in rows:
        yield item.without_number(State.WITHHELD) if item.dimensions[0][1] in withheld else item


def _row(item: Measurement, kind: str) -> Row:
    numerator, persons = item.numerator or 0.0, item.n or 0.0
    if kind == "share":
        base = item.denominator or 0.0
        return Row((numerator, base - numerator, base), persons)
    return Row((numerator,) if kind in ("count", "transition") else (), persons)


def _rest(whole: Row, rows: Iterable[Row]) -> Row:
    """Return what the rows leave of the whole: those whose place is unknown, where they are left out."""
    rest, persons = list(whole.numbers), whole.persons
    for row in rows:
        rest = [left - number for left, number in zip(rest, row.numbers, strict=True)]
        persons -= row.persons
    numbers = tuple(max(left, 0.0) for left in rest)
    return Row(numbers, max(persons, 0.0) if any(numbers) else 0.0)
