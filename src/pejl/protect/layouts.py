"""The layout of cells that are given as a frame: their own, written in it by `protect`, or told by the caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pejl.protect.cube import Cube, Key, axis_of, sums
from pejl.protect.table import TOTAL, Table, checked_count, code_columns, place

if TYPE_CHECKING:
    import pandas as pd

    from pejl.protect.cube import Axis, Counts, Flags

ATTRIBUTE = "pejl_layouts"
"""Where a frame of cells keeps its layouts; pandas carries it along, files do not."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the cells of a table hang together.

    Attributes:
        dimensions: names of the columns with codes.
        hierarchies: for a dimension, parents and their children.
        count: name of what is counted.
        codes: for a dimension, the codes of inner cells; without it, those that the cells have.
    """

    dimensions: tuple[str, ...]
    hierarchies: Mapping[str, Mapping[str, Sequence[str]]]
    count: str = "n"
    codes: Mapping[str, Sequence[str]] | None = None


def layout_of(table: Table | Layout) -> Layout:
    """Return the layout of a table."""
    return Layout(table.dimensions, table.hierarchies, table.count)


def layouts_in(frame: pd.DataFrame, told: Sequence[Table | Layout]) -> list[Layout]:
    """Return the layouts of the cells in a frame.

    Those kept in the frame count most; else those told whose dimensions the frame has; else one table of all columns
    with the hierarchies told for them.
    """
    kept = frame.attrs.get(ATTRIBUTE)
    if kept:
        return [Layout(tuple(names), *rest) for names, *rest in kept]
    names = tuple(str(column) for column in frame.columns if column not in ("n", "status", "counted"))
    fitting = [layout_of(each) for each in told if set(each.dimensions) <= set(names)]
    covered = {name for each in fitting for name in each.dimensions}
    if fitting and covered == set(names):
        return fitting
    trees: dict[str, dict[str, Sequence[str]]] = {}
    for each in told:
        for name, tree in each.hierarchies.items():
            trees.setdefault(name, {}).update(tree)
    return [Layout(names, {name: trees[name] for name in names if name in trees}, told[0].count if told else "n")]


def cubes_in(frame: pd.DataFrame, layouts: Sequence[Layout], who: str, *, present: bool) -> list[Cube]:
    """Return the cubes of cells in a frame.

    A cell is shown if its status says so or, without that column, if it has a count. Counts that are missing are NaN.

    Args:
        frame: cells, with `n` and perhaps `status` and `counted`.
        layouts: how they hang together.
        who: what to call the frame in a sentence.
        present: whether the cells are to be published now.

    Raises:
        ValueError: a column or a cell is missing, a cell stands twice, a status or a count cannot be.
    """
    names = list(dict.fromkeys(name for layout in layouts for name in layout.dimensions))
    for name in (*names, "n"):
        if name not in frame.columns:
            raise ValueError(f"{who} has no column '{name}'; give the cells as protect returned them")
    codes = list(zip(*code_columns(frame, names), strict=True))
    counted = frame["counted"].tolist() if "counted" in frame.columns else [layouts[0].count] * len(frame)
    cells = _cells(frame, names, codes, counted, who)
    cubes = [_cube(layout, cells, layouts, present=present) for layout in layouts]
    for cube in cubes:
        # A total over codes that are not all there would be taken for the sum of those that are.
        for codes_of_cell, exists in zip(cube.codes(), cube.exists.tolist(), strict=True):
            if not exists:
                cell = place([axis.name for axis in cube.axes], codes_of_cell)
                raise ValueError(f"{who} lacks the cell {cell}; give every cell of the full cube")
    return cubes


def _cells(
    frame: pd.DataFrame, names: list[str], codes: list[tuple[str, ...]], counted: list[Any], who: str
) -> dict[Key, tuple[float, bool]]:
    """Return the count (NaN if missing) of each cell, and whether it is shown."""
    missing = frame["n"].isna().tolist()
    status = frame["status"].tolist() if "status" in frame.columns else None
    cells: dict[Key, tuple[float, bool]] = {}
    for row, (cell, value) in enumerate(zip(codes, frame["n"].tolist(), strict=True)):
        where = f"{who}, the cell {place(names, cell)}"
        if status is not None and status[row] not in ("shown", "primary", "secondary", "withheld"):
            raise ValueError(f"{where}: status must be shown, primary, secondary or withheld; mend it")
        shown = not missing[row] if status is None else status[row] == "shown"
        if shown and missing[row]:
            raise ValueError(f"{where} is shown and has no count; give the count or another status")
        key = key_of(str(counted[row]), names, cell)
        if key in cells:
            raise ValueError(f"{where} has two rows; leave one out")
        cells[key] = (float("nan") if missing[row] else float(checked_count(value, where)), shown)
    return cells


def key_of(count: str, names: Sequence[str], codes: Sequence[str]) -> Key:
    """Return the key of a cell."""
    named = ((name, code) for name, code in zip(names, codes, strict=True) if code != TOTAL)
    return count, tuple(sorted(named))


def _cube(layout: Layout, cells: Mapping[Key, tuple[float, bool]], layouts: Sequence[Layout], *, present: bool) -> Cube:
    """Return the cube of one layout, with what the cells say of it."""
    import numpy as np

    own = set(layout.dimensions)
    found: dict[str, set[str]] = {name: set() for name in layout.dimensions}
    for count, named in cells:
        if count == layout.count and all(name in own for name, _ in named):
            for name, code in named:
                found[name].add(code)
    axes = []
    for name in layout.dimensions:
        inner = _inner(layout, name, found[name], layouts)
        tree = _reached(layout.hierarchies.get(name, {}), inner)
        below = {child for children in tree.values() for child in children}
        axes.append(axis_of(name, sorted((inner | below) - set(tree)), tree))
    empty = Cube(layout.count, tuple(axes), *(np.zeros(0),), *(np.zeros(0, dtype=np.bool_),) * 3)
    keys = empty.every_key()
    said = [cells.get(key, (float("nan"), False)) for key in keys]
    exists: Flags = np.array([key in cells for key in keys], dtype=np.bool_)
    n: Counts = np.array([count for count, _ in said])
    shown: Flags = np.array([seen for _, seen in said], dtype=np.bool_)
    n = _added_up(axes, empty.inner(), n)
    here: Flags = exists if present else np.zeros(len(n), dtype=np.bool_)
    return Cube(layout.count, tuple(axes), n, shown, here, exists)


def _inner(layout: Layout, name: str, found: set[str], layouts: Sequence[Layout]) -> set[str]:
    """Return the codes of a dimension that belong to a layout, of those found; its parents may be among them.

    Another layout may group the same codes in another way, and its groups stand in the same column: they are not
    codes beside those they consist of.
    """
    own = layout.hierarchies.get(name, {})
    if layout.codes is not None:
        return found & {*layout.codes[name], *own}
    groups = {
        parent
        for other in layouts
        for parent in other.hierarchies.get(name, {})
        if found & _below(parent, other.hierarchies[name])
    }
    return found - (groups - set(own))


def _reached(tree: Mapping[str, Sequence[str]], codes: set[str]) -> dict[str, Sequence[str]]:
    """Return the parents that are among the codes, or stand above one of them."""
    return {parent: children for parent, children in tree.items() if parent in codes or codes & _below(parent, tree)}


def _below(parent: str, tree: Mapping[str, Sequence[str]]) -> set[str]:
    """Return everything below a parent."""
    found: set[str] = set()
    pending = list(tree[parent])
    while pending:
        code = pending.pop()
        if code not in found:
            found.add(code)
            pending.extend(tree.get(code, ()))
    return found


def _added_up(axes: Sequence[Axis], inner: Any, n: Counts) -> Counts:
    """Fill counts that are missing in with sums of inner cells, where those are known."""
    import numpy as np

    unknown = np.isnan(n[inner])
    total = sums(axes, np.where(unknown, 0, n[inner]).astype(np.uint64)).astype(np.float64)
    incomplete = sums(axes, unknown.astype(np.uint64)) > 0
    return np.where(np.isnan(n) & ~incomplete, total, n)
