"""Axes and cubes: every cell that a table with margins and parents has.

A cube is the product of its axes. An axis has a position for each code: `Total`, then parents before their children.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from pejl.protect.table import TOTAL, Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.int64]

Key = tuple[str, tuple[tuple[str, str], ...]]
"""What a cell counts and the codes that are not `Total`: the same in every table that has the cell."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The codes of a dimension.

    Attributes:
        name: the dimension.
        codes: `Total` first, every parent before its children.
        children: for each code, the positions of the codes directly below; none for an inner code.
    """

    name: str
    codes: tuple[str, ...]
    children: tuple[tuple[int, ...], ...]

    def inner(self) -> list[int]:
        """Return the positions of codes that have nothing below."""
        return [at for at, below in enumerate(self.children) if not below]

    def membership(self) -> NDArray[np.uint64]:
        """Return a matrix, codes by inner codes: 1 where the inner code belongs to the code."""
        import numpy as np

        inner = {at: column for column, at in enumerate(self.inner())}
        matrix = np.zeros((len(self.codes), len(inner)), dtype=np.uint64)
        # Children stand after their parents, so from the end everything below a code is known.
        for at in range(len(self.codes) - 1, -1, -1):
            if at in inner:
                matrix[at, inner[at]] = 1
            else:
                # A union, not a sum: groupings read from earlier cells may reach an inner code in two ways.
                matrix[at] = matrix[list(self.children[at])].max(axis=0)
        return matrix


@dataclass(frozen=True, slots=True)
class Cube:
    """All cells of a table, in the order of the product of its axes, the last axis running fastest.

    Attributes:
        count: what is counted.
        axes: the dimensions.
        n: the count of each cell; NaN where it is not known here.
        shown: whether a reader sees the cell.
        present: whether the cell is one of those to be published now (not only earlier).
        exists: whether the cell is in the table at all; earlier tables may lack some.
    """

    count: str
    axes: tuple[Axis, ...]
    n: Counts
    shown: Flags
    present: Flags
    exists: Flags

    @property
    def shape(self) -> tuple[int, ...]:
        """How many codes each axis has."""
        return tuple(len(axis.codes) for axis in self.axes)

    def codes(self) -> list[tuple[str, ...]]:
        """Return the codes of every cell."""
        return list(product(*(axis.codes for axis in self.axes)))

    def every_key(self) -> list[Key]:
        """Return the key of every cell."""
        order = sorted(range(len(self.axes)), key=lambda at: self.axes[at].name)
        named = [[() if code == TOTAL else ((axis.name, code),) for code in axis.codes] for axis in self.axes]
        none: tuple[tuple[str, str], ...] = ()
        return [(self.count, sum((parts[at] for at in order), none)) for parts in product(*named)]

    def inner(self) -> Places:
        """Return the positions of the inner cells."""
        import numpy as np

        grid = np.arange(int(np.prod(self.shape)), dtype=np.int64).reshape(self.shape)
        return grid[np.ix_(*(axis.inner() for axis in self.axes))].ravel()


def sums(axes: Sequence[Axis], inner: NDArray[Any]) -> NDArray[Any]:
    """Add inner cells up to all cells of a cube.

    Args:
        axes: the axes.
        inner: unsigned whole numbers, one for each inner cell, in the cube's order; sums wrap around at 2^64.

    Returns:
        One number for each cell.
    """
    import numpy as np

    values = inner.astype(np.uint64).reshape([len(axis.inner()) for axis in axes])
    for at, axis in enumerate(axes):
        values = np.moveaxis(np.tensordot(axis.membership(), values, axes=(1, at)), 0, at)
    return values.ravel()


def axis_of(name: str, inner: Sequence[str], tree: Mapping[str, Sequence[str]]) -> Axis:
    """Lay the codes of a dimension out: `Total`, then from the top down, siblings in alphabetical order.

    Args:
        name: the dimension.
        inner: the inner codes.
        tree: parents and their children; those that stand under no parent are under `Total`.
    """
    below = {child for children in tree.values() for child in children}
    tops = sorted(code for code in {*inner, *tree} if code not in below)
    codes: list[str] = [TOTAL]
    pending = tops[::-1]
    while pending:
        code = pending.pop()
        # In a union of groupings a code has several parents and must stand after the last of them.
        if code in codes:
            codes.remove(code)
        codes.append(code)
        pending.extend(sorted(tree.get(code, ()), reverse=True))
    at = {code: position for position, code in enumerate(codes)}
    children = [tuple(at[child] for child in tree.get(code, ())) for code in codes]
    children[0] = tuple(at[top] for top in tops)
    return Axis(name, tuple(codes), tuple(children))


def cube_of(table: Table) -> Cube:
    """Return every cell of a table with its count; zero cells are shown, all others not yet."""
    import numpy as np

    axes = tuple(axis_of(name, table.codes[name], table.hierarchies.get(name, {})) for name in table.dimensions)
    inner_codes = product(*([axis.codes[at] for at in axis.inner()] for axis in axes))
    inner = np.array([table.inner.get(codes, 0) for codes in inner_codes], dtype=np.uint64)
    n = sums(axes, inner).astype(np.float64)
    everything = np.ones(len(n), dtype=np.bool_)
    return Cube(table.count, axes, n, n == 0, everything, everything)
