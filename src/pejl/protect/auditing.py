"""The audit: what a stranger can find out from the cells that are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pejl.protect.attack import Limits, attack
from pejl.protect.layouts import Layout, cubes_in, layouts_in
from pejl.protect.system import System, build
from pejl.protect.table import TOTAL, Table

if TYPE_CHECKING:
    import pandas as pd

    from pejl.protect.cube import Counts, Flags, Key, Places

PUBLISHED_BEFORE = "published_before"


@dataclass(frozen=True, slots=True)
class Audit:
    """The attack on a publication.

    Attributes:
        audit: a row for each cell that must be protected: its dimensions, `low` and `high` that the attacker finds,
            `required_low` and `required_high`, and `holds`. Where the count of a withheld cell is not given, what is
            required is not known (missing), and `holds` is false only if the cell can be recomputed exactly.
        proved: whether every required interval holds.
    """

    audit: pd.DataFrame
    proved: bool


def checked_threshold(threshold: int) -> int:
    """Return the threshold.

    Raises:
        ValueError: it is no whole number from 1 up.
    """
    if isinstance(threshold, bool) or int(threshold) != threshold or threshold < 1:
        raise ValueError("threshold must be a whole number from 1 up, such as 5: counts below it are withheld")
    return int(threshold)


def required(n: Counts, threshold: int) -> tuple[Counts, Counts]:
    """Return how low and how high primary cells must seem possible to be: max(0, n - 1), max(threshold, n + 1)."""
    import numpy as np

    return np.maximum(0.0, n - 1.0), np.maximum(float(threshold), n + 1.0)


def audit(
    cells: pd.DataFrame,
    tables: Sequence[Table | Layout] = (),
    threshold: int = 5,
    published_before: Iterable[pd.DataFrame] = (),
) -> Audit:
    """Attack a publication from its shown cells alone.

    Args:
        cells: `.cells` of `protect`, or the same columns from elsewhere: dimensions, `n`, and `status` (shown, or
            primary, secondary, withheld). `n` of a cell that is not shown may be missing; it is never used in the
            attack, only to tell what is required.
        tables: how the cells hang together, if `cells` does not come straight from `protect`; without, one table of
            all columns without hierarchies.
        threshold: counts from 1 to below this had to be protected.
        published_before: earlier cells, as in `protect`.

    Raises:
        ValueError: the cells contradict each other, or cannot be read.
    """
    import numpy as np

    limit = checked_threshold(threshold)
    layouts = layouts_in(cells, tables)
    now = cubes_in(cells, layouts, "cells", present=True)
    earlier = [
        cube
        for frame in published_before
        for cube in cubes_in(frame, layouts_in(frame, layouts), PUBLISHED_BEFORE, present=False)
    ]
    system = build([*now, *earlier])
    unknown = np.isnan(system.n)
    # A count that is missing may be any; only cells that can be recomputed are known to be unprotected then.
    asked = np.flatnonzero((unknown & ~system.shown & (system.members > 0)) | ((system.n > 0) & (system.n < limit)))
    low, high = required(system.n, limit)
    limits = attack(system, system.shown, asked, low[asked], high[asked])
    table, proved = report(system, asked, limits, low[asked], high[asked])
    return Audit(table, proved)


def holding(limits: Limits, low: Counts, high: Counts) -> Flags:
    """Return whether each required interval holds, by a table in whole numbers at either end."""
    import numpy as np

    return np.where(np.isnan(low), limits.low < limits.high, (limits.low_seen <= low) & (limits.high_seen >= high))


def report(system: System, asked: Places, limits: Limits, low: Counts, high: Counts) -> tuple[pd.DataFrame, bool]:
    """Write the audit down: a row for each cell of the groups that were asked for, and whether all hold."""
    import pandas as pd

    holds = holding(limits, low, high)
    at = {group: number for number, group in enumerate(asked.tolist())}
    keys = [(key, at[group]) for key, group, _ in system.cells if group in at]
    chosen = [number for _, number in keys]
    table = pd.DataFrame(columns_of([key for key, _ in keys], system.dimensions))
    for name, values in (("low", limits.low), ("high", limits.high), ("required_low", low), ("required_high", high)):
        table[name] = values[chosen]
    table["holds"] = holds[chosen].astype(bool)
    return table, bool(holds.all())


def columns_of(keys: Sequence[Key], dimensions: Sequence[str]) -> dict[str, list[str]]:
    """Return columns of codes; and one of what is counted, where that differs."""
    codes = [dict(named) for _, named in keys]
    columns = {name: [each.get(name, TOTAL) for each in codes] for name in dimensions}
    if len({count for count, _ in keys}) > 1:
        columns["counted"] = [count for count, _ in keys]
    return columns
