"""Unknown numbers and equations between them, collected one by one, for the attacker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pejl.protect.system import System

if TYPE_CHECKING:
    from pejl.protect.cube import Places
    from pejl.protect.whole.tables import Cell, Measure, TableKey

    Name = tuple[TableKey, Cell, Measure]


@dataclass(frozen=True, slots=True)
class Handle:
    """A number of the sheet: an unknown at a place, or (place -1) a constant."""

    place: int
    value: float = 0.0

    @property
    def is_known(self) -> bool:
        """Tell whether the number is a constant."""
        return self.place < 0


Term = tuple[Handle, float]


def constant(value: float) -> Handle:
    """Return a number that everybody knows."""
    return Handle(-1, value)


class Sheet:
    """Unknowns, none below zero, and the equations they are in."""

    def __init__(self) -> None:
        self.numbers: dict[Name, Handle] = {}
        self.least: dict[Name, float] = {}
        self.contradictory = False
        self._size = 0
        self._equations: list[tuple[list[tuple[int, float]], float]] = []

    def unknown(self) -> Handle:
        """Return a new unknown."""
        self._size += 1
        return Handle(self._size - 1)

    def zero(self, terms: Iterable[Term]) -> None:
        """Note that a sum of numbers, each times a factor, is zero; constants that are not contradict it."""
        right = 0.0
        unknown: dict[int, float] = {}
        for handle, factor in terms:
            if handle.is_known:
                right += factor * handle.value
            else:
                unknown[handle.place] = unknown.get(handle.place, 0.0) + factor
        left = [(place, factor) for place, factor in unknown.items() if factor]
        if left:
            self._equations.append((left, right))
        elif abs(right) > 1e-6:
            self.contradictory = True

    def at_most(self, less: Sequence[Term], more: Sequence[Term]) -> None:
        """Note that one sum is at most as large as another."""
        terms = [*less, *((handle, -factor) for handle, factor in more)]
        if all(handle.is_known for handle, _ in terms):
            self.contradictory |= sum(factor * handle.value for handle, factor in terms) > 1e-6
            return
        self.zero([*terms, (self.unknown(), 1.0)])

    @property
    def size(self) -> int:
        """How many unknowns there are."""
        return self._size

    def system(self) -> System:
        """Return the sheet as a system: the unknowns, then one shown group of 1 that carries all constants."""
        import numpy as np

        one, scale = self._size, self._size + 1
        columns: list[int] = []
        values: list[float] = []
        starts = [0]
        largest = 1.0
        for left, right in self._equations:
            columns += [place for place, _ in left]
            values += [factor for _, factor in left]
            if right:
                columns.append(one)
                values.append(right)
                largest = max(largest, abs(right))
            starts.append(len(columns))
        size = self._size + 2
        shown = np.zeros(size, dtype=np.bool_)
        shown[one:] = True
        n = np.zeros(size)
        # The attacker bounds what nothing bounds by the largest number that is shown: `scale` is in no equation.
        n[one], n[scale] = 1.0, largest
        return System(
            n=n,
            shown=shown,
            members=np.zeros(size, dtype=np.int64),
            level=np.zeros(size),
            headline=np.zeros(size, dtype=np.bool_),
            names=(("", ()),) * size,
            cells=(),
            dimensions=(),
            starts=np.array(starts, dtype=np.int64),
            columns=np.array(columns, dtype=np.int64),
            values=np.array(values),
        )

    def places(self, names: Sequence[Name]) -> Places:
        """Return the places of unknown numbers."""
        import numpy as np

        return np.array([self.numbers[name].place for name in names], dtype=np.int64)
