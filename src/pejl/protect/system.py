"""The linear system of all cells: groups of equal cells, and the equations between them.

Cells that hold the same inner cells, apart from those known to be zero, are one **group**: a reader who knows one
knows the other, so they are shown or withheld together. Every group has one unknown; every group that is a sum has
an equation, sum of its children - itself = 0. A cell that two tables share is one group with the equations of both,
which is what links the tables.

Whether two cells hold the same inner cells is decided by two sums, modulo 2^64, of numbers scattered over the inner
cells; that two different sets agree in both is a matter of 1 in 10^30.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pejl.protect.cube import Cube, Key, sums
from pejl.protect.table import TOTAL, place

if TYPE_CHECKING:
    from pejl.protect.cube import Counts, Flags, Places

Mark = tuple[int, int]

KNOWN_ZERO = -1
"""The group of cells that the reader knows to be zero: they are in no equation."""


@dataclass(frozen=True, slots=True)
class System:
    """Groups and equations.

    Attributes:
        n: the count of each group; NaN where it is not known here.
        shown: whether a reader sees a cell of the group.
        members: how many cells to be published now the group has.
        level: how far up the group stands: 0 for an inner cell, one more for every axis that is not at an inner code,
            as much as there are axes for the headline total.
        headline: whether the group is a total over all axes of a table.
        names: the key of a cell of each group, the one furthest down.
        cells: every cell once, in the order of the cubes: its key, its group or `KNOWN_ZERO`, and whether it is to be
            published now.
        dimensions: all names of dimensions, in the order of the cubes.
        starts: where each equation begins in `columns`; one more than there are equations.
        columns: the groups of each equation.
        values: 1 for a child, -1 for the sum.
        lines: every sum along every axis, the groups of the children and last that of the sum. They follow from the
            equations, and so does every other sum; these are the ones a reader sees at a glance. Systems that are not
            put together from cubes may have none.
    """

    n: Counts
    shown: Flags
    members: Places
    level: Counts
    headline: Flags
    names: tuple[Key, ...]
    cells: tuple[tuple[Key, int, bool], ...]
    dimensions: tuple[str, ...]
    starts: Places
    columns: Places
    values: Counts
    lines: tuple[Places, ...] = ()

    @property
    def size(self) -> int:
        """How many groups there are."""
        return len(self.n)

    @property
    def equations(self) -> int:
        """How many equations there are."""
        return len(self.starts) - 1

    def equation_of(self) -> Places:
        """Return, for each entry of `columns`, the number of its equation."""
        import numpy as np

        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def only(self, kept: Places) -> System:
        """Return the system of some groups, all others held at their count; equations without unknowns are left out."""
        import numpy as np

        number = np.full(self.size, -1, dtype=np.int64)
        number[kept] = np.arange(len(kept))
        entries = number[self.columns] >= 0
        equations = self.equation_of()[entries]
        used, lengths = np.unique(equations, return_counts=True) if len(equations) else (equations, equations)
        del used
        return replace(
            self,
            n=self.n[kept],
            shown=self.shown[kept],
            members=self.members[kept],
            level=self.level[kept],
            headline=self.headline[kept],
            names=tuple(self.names[each] for each in kept.tolist()),
            cells=(),
            starts=np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
            columns=number[self.columns[entries]],
            values=self.values[entries],
            lines=(),
        )

    def check(self) -> None:
        """See that all counts are known and add up.

        Raises:
            ContradictionError: they do not add up, or one that is needed is missing.
        """
        import numpy as np

        missing = np.flatnonzero(np.isnan(self.n))
        if len(missing):
            raise ContradictionError(
                f"published_before has no count for {_where(self.names[missing[0]])}; "
                "give the earlier .cells as protect returned them, with n in every row"
            )
        if len(self.starts) > 1:
            rest = np.add.reduceat(self.values * self.n[self.columns], self.starts[:-1])
            wrong = np.flatnonzero(rest != 0)
            if len(wrong):
                group = int(self.columns[self.starts[wrong[0] + 1] - 1])
                raise ContradictionError(_contradiction(self.names[group]))


class ContradictionError(ValueError):
    """Two tables, or an earlier publication and a table, give the same cell different counts."""


def known_zero_inner(cube: Cube) -> Flags:
    """Return, for each inner cell, whether a shown zero says that it is zero."""
    import numpy as np

    inner = cube.inner()
    zero = cube.shown & cube.exists & (cube.n == 0)
    known: Flags = zero[inner].copy()
    # A shown zero further up makes everything below it zero.
    uppers = np.flatnonzero(zero)
    if len(uppers) > int(known.sum()):
        grid = np.zeros(cube.shape, dtype=np.bool_)
        grid.ravel()[uppers] = True
        for at, axis in enumerate(cube.axes):
            down = np.moveaxis(np.tensordot(axis.membership().T, grid.astype(np.uint64), axes=(1, at)), 0, at)
            grid = down > 0
        known |= grid.ravel()
    return known


def build(cubes: Sequence[Cube]) -> System:
    """Put the cells of all cubes into one system; larger cubes first finds most shared cells.

    Raises:
        ContradictionError: a cell has different counts in two cubes.
    """
    builder = _Builder()
    order = sorted(range(len(cubes)), key=lambda at: (-len(cubes[at].axes), -len(cubes[at].inner()), at))
    for at in order:
        builder.add(cubes[at])
    return builder.system(cubes)


class _Builder:
    """Collects groups and equations, cube by cube."""

    def __init__(self) -> None:
        self.n: list[float] = []
        self.shown: list[bool] = []
        self.members: list[int] = []
        self.level: list[float] = []
        self.headline: list[bool] = []
        self.names: list[Key] = []
        self.equations: list[tuple[int, list[int]]] = []
        self.lines: dict[tuple[int, ...], None] = {}
        self.group_of_key: dict[Key, int] = {}
        self.mark_of_key: dict[Key, Mark] = {}
        self.group_of_mark: dict[Mark, int] = {}
        self.defined: set[tuple[int, Mark]] = set()
        self.counted: set[Key] = set()
        self.inner_cells = 0

    def add(self, cube: Cube) -> None:
        """Add the cells of a cube and the equations between them."""
        import numpy as np

        keys = cube.every_key()
        marks = self._marks(cube, keys)
        levels = cell_levels(cube)
        groups = np.full(len(keys), KNOWN_ZERO, dtype=np.int64)
        sums_to_define = []
        # From the bottom up, so that a group gets its equation from its cell furthest down: further up there may be
        # a parent whose only child that counts anybody is the group itself.
        for at in np.argsort(levels, kind="stable").tolist():
            group = self._group(keys[at], marks[at], float(levels[at]))
            groups[at] = group
            self._note(group, cube, at, keys[at])
            if group != KNOWN_ZERO and (group, marks[at]) not in self.defined:
                self.defined.add((group, marks[at]))
                sums_to_define.append(at)
        grid = groups.reshape(cube.shape)
        for at in sums_to_define:
            lines = _lines(cube, grid, at)
            if lines:
                # The shortest; the others follow from it and from the equations of its children.
                self.equations.append((int(groups[at]), min(lines, key=len)))
                self.lines.update(((*sorted(each), int(groups[at])), None) for each in lines)

    def system(self, cubes: Sequence[Cube]) -> System:
        """Return what has been collected; cells in the order of the cubes."""
        import numpy as np

        cells: dict[Key, tuple[Key, int, bool]] = {}
        for cube in cubes:
            for key, exists, present in zip(cube.every_key(), cube.exists.tolist(), cube.present.tolist(), strict=True):
                if exists and (present or key not in cells):
                    cells[key] = (key, self.group_of_key[key], present)

        lengths = [len(children) + 1 for _, children in self.equations]
        return System(
            n=np.array(self.n),
            shown=np.array(self.shown, dtype=np.bool_),
            members=np.array(self.members, dtype=np.int64),
            level=np.array(self.level),
            headline=np.array(self.headline, dtype=np.bool_),
            names=tuple(self.names),
            cells=tuple(cells.values()),
            dimensions=tuple(dict.fromkeys(axis.name for cube in cubes for axis in cube.axes)),
            starts=np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
            columns=np.array(
                [each for group, children in self.equations for each in (*children, group)], dtype=np.int64
            ),
            values=np.array([each for size in lengths for each in [1.0] * (size - 1) + [-1.0]]),
            lines=tuple(np.array(each) for each in self.lines),
        )

    def _marks(self, cube: Cube, keys: Sequence[Key]) -> list[Mark]:
        """Return two numbers for each cell: the same for cells with the same inner cells, (0, 0) for a known zero."""
        import numpy as np

        zero = known_zero_inner(cube)
        parts = np.zeros((2, len(zero)), dtype=np.uint64)
        for column, at in enumerate(cube.inner().tolist()):
            known = self.mark_of_key.get(keys[at])
            if known is None and not zero[column]:
                self.inner_cells += 1
                known = (_scattered(2 * self.inner_cells), _scattered(2 * self.inner_cells + 1))
            if known is not None and not zero[column]:
                parts[0, column], parts[1, column] = known
        first, second = (sums(cube.axes, part).tolist() for part in parts)
        return list(zip(first, second, strict=True))

    def _group(self, key: Key, mark: Mark, level: float) -> int:
        """Return the group of a cell: that of its key in an earlier cube, of its inner cells, or a new one."""
        known = self.group_of_key.get(key)
        if known is not None and known != KNOWN_ZERO:
            return known
        if mark == (0, 0):
            group = KNOWN_ZERO
        elif mark in self.group_of_mark:
            group = self.group_of_mark[mark]
        else:
            group = len(self.n)
            self.group_of_mark[mark] = group
            self.n.append(float("nan"))
            self.shown.append(False)
            self.members.append(0)
            self.level.append(level)
            self.headline.append(False)
            self.names.append(key)
        self.group_of_key[key] = group
        self.mark_of_key[key] = mark
        return group

    def _note(self, group: int, cube: Cube, at: int, key: Key) -> None:
        """Enter what a cell says of its group.

        Raises:
            ContradictionError: its count is another than that of a cell before it.
        """
        if not cube.exists[at]:
            return
        n = float(cube.n[at])
        before = 0.0 if group == KNOWN_ZERO else self.n[group]
        if n == n and before == before and n != before:
            raise ContradictionError(_contradiction(key))
        if group == KNOWN_ZERO:
            return
        self.n[group] = n if n == n else before
        self.shown[group] = self.shown[group] or bool(cube.shown[at])
        self.headline[group] = self.headline[group] or not key[1]
        if cube.present[at] and key not in self.counted:
            self.counted.add(key)
            self.members[group] += 1


def cell_levels(cube: Cube) -> Counts:
    """Return how far up each cell stands: for every axis 0 at an inner code, 1 at `Total`, between them a parent."""
    import numpy as np

    levels = np.zeros(cube.shape)
    for at, axis in enumerate(cube.axes):
        height = np.zeros(len(axis.codes))
        for code in range(len(axis.codes) - 1, -1, -1):
            if axis.children[code]:
                height[code] = 1 + max(height[child] for child in axis.children[code])
        levels = levels + (height / max(height.max(), 1)).reshape(
            [-1 if at == each else 1 for each in range(levels.ndim)]
        )
    return levels.ravel()


def _lines(cube: Cube, grid: Places, at: int) -> list[list[int]]:
    """Return, for every axis that a cell is a sum along, the groups it is the sum of; none for an inner cell."""
    import numpy as np

    position = [int(each) for each in np.unravel_index(at, cube.shape)]
    lines = []
    for number, axis in enumerate(cube.axes):
        below = axis.children[position[number]]
        if below:
            index = tuple(list(below) if each == number else position[each] for each in range(len(position)))
            lines.append([group for group in grid[index].tolist() if group != KNOWN_ZERO])
    return lines


def _scattered(number: int) -> int:
    """Scatter whole numbers over 64 bits (the finaliser of SplitMix64, Steele, Lea and Flood 2014)."""
    mask = (1 << 64) - 1
    mixed = (number * 0x9E3779B97F4A7C15) & mask
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & mask
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
    return mixed ^ (mixed >> 31)


def _where(key: Key) -> str:
    """Name the cell of a key."""
    if not key[1]:
        return f"the cell '{TOTAL}' of every dimension"
    return f"the cell {place([name for name, _ in key[1]], [code for _, code in key[1]])}"


def _contradiction(key: Key) -> str:
    """Say which cell has two counts, without the counts."""
    return (
        f"{_where(key)} has different counts of '{key[0]}' in two tables, or in published_before and the tables; "
        "mend the one that is wrong, or name the counts differently if they count different things"
    )
