"""Protect tables: withhold small counts, and what else it takes so that nobody can recompute them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pejl.protect.attack import Limits, attack
from pejl.protect.auditing import PUBLISHED_BEFORE, checked_threshold, columns_of, holding, report, required
from pejl.protect.cube import Cube, cube_of
from pejl.protect.layouts import ATTRIBUTE, cubes_in, layout_of, layouts_in
from pejl.protect.pattern import find_pattern
from pejl.protect.system import KNOWN_ZERO, System, build
from pejl.protect.table import Table

if TYPE_CHECKING:
    import pandas as pd

    from pejl.protect.cube import Counts, Flags, Places

REPAIRS = 10
"""How often the attacker may find something before Pejl says that it is not proved; once is rare."""


@dataclass(frozen=True, slots=True)
class Protected:
    """Tables with what may be shown of them.

    Attributes:
        cells: every cell of the full cubes, each once: dimensions as text (`Total` where a table does not have one),
            `n` true in every row, for internal use only, and `status`: shown, primary or secondary.
        audit: the attacker's intervals, as in `Audit.audit`.
        proved: whether every required interval holds.
    """

    cells: pd.DataFrame
    audit: pd.DataFrame
    proved: bool


def protect(
    tables: Sequence[Table],
    threshold: int = 5,
    published_before: Iterable[pd.DataFrame] = (),
) -> Protected:
    """Decide which cells of tables to withhold, and prove that it suffices.

    Counts from 1 to below the threshold are withheld (primary). Zeros are shown and never withheld: many are known to
    be zero to anybody who knows the field (no child draws a pension), and a protection that rests on hiding them fails
    before such a reader. Other cells are withheld where it takes that (secondary), headline totals last of all.

    Args:
        tables: tables published together; cells they share are one cell.
        threshold: the least count that is shown.
        published_before: `.cells` of earlier publications. What was shown in them stays shown and is known; what was
            withheld stays protected.

    Raises:
        ValueError: no tables, a threshold below 1, or an earlier publication that contradicts the tables.
    """
    import numpy as np

    given: object = tables
    if not isinstance(given, (list, tuple)) or not given:
        raise ValueError("tables must be a list of at least one Table, such as protect([table])")
    limit = checked_threshold(threshold)
    now = [cube_of(table) for table in tables]
    system = build([*now, *_earlier(now, tables, published_before)])
    system.check()
    small = (system.n > 0) & (system.n < limit)
    low, high = required(system.n, limit)
    asked = np.flatnonzero(small)
    withheld, limits = _decide(system, asked, low, high)
    table, proved = report(system, asked, limits, low[asked], high[asked])
    return Protected(_cells(system, withheld, small, tables), table, proved)


def _earlier(now: Sequence[Cube], tables: Sequence[Table], frames: Iterable[pd.DataFrame]) -> list[Cube]:
    """Return the cubes of earlier publications; the counts of cells that are withheld in them are those of now.

    A cell that was withheld may have been revised since; what counts is that its true count stays hidden.
    """
    import numpy as np

    layouts = [layout_of(table) for table in tables]
    present = {key for cube in now for key in cube.every_key()}
    cubes = []
    for frame in frames:
        for cube in cubes_in(frame, layouts_in(frame, layouts), PUBLISHED_BEFORE, present=False):
            again = np.array([key in present for key in cube.every_key()], dtype=np.bool_)
            cubes.append(replace(cube, n=np.where(again & ~cube.shown, np.nan, cube.n)))
    return cubes


def _decide(system: System, asked: Places, low: Counts, high: Counts) -> tuple[Flags, Limits]:
    """Find a pattern, attack it, and repair it until the attacker finds nothing or nothing helps."""
    import numpy as np

    known = system.shown
    targets = np.zeros(system.size, dtype=np.bool_)
    targets[asked] = True
    targets &= ~known
    free = targets | (~known & (system.members == 0))
    rise = high - system.n
    search = find_pattern(system, ~known & ~system.headline, free, targets, rise)
    if search.failed and system.headline.any():
        search = find_pattern(system, ~known, free, targets, rise)
    for _ in range(REPAIRS):
        limits = attack(system, ~search.withheld, asked, low[asked], high[asked], search.proof())
        wrong = asked[~holding(limits, low[asked], high[asked])].tolist()
        needs = [(group, sign) for group in wrong for sign in (1, -1) if targets[group]]
        needs = [need for need in needs if need not in search.failed]
        if not needs:
            break
        search.serve(needs, whole=True)
    return search.withheld, limits


def _cells(system: System, withheld: Flags, small: Flags, tables: Sequence[Table]) -> pd.DataFrame:
    """Return every cell to be published, with its count and status."""
    import pandas as pd

    dimensions = list(dict.fromkeys(name for table in tables for name in table.dimensions))
    present = [(key, group) for key, group, now in system.cells if now]
    frame = pd.DataFrame(columns_of([key for key, _ in present], dimensions))
    frame["n"] = [0 if group == KNOWN_ZERO else int(system.n[group]) for _, group in present]
    status = [
        "shown" if group == KNOWN_ZERO or not withheld[group] else "primary" if small[group] else "secondary"
        for _, group in present
    ]
    frame["status"] = status
    frame.attrs[ATTRIBUTE] = [(table.dimensions, table.hierarchies, table.count, table.codes) for table in tables]
    return frame
