"""The organisation on a day, as a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pejl.office.organisation.kinds import Level


@dataclass(frozen=True, slots=True)
class Node:
    """A unit on a day.

    Attributes:
        unit: its number.
        code: as registers name it.
        name: what it is called.
        level: its level.
        parent: the number of the unit above it; None at the top.
    """

    unit: int
    code: str
    name: str
    level: Level
    parent: int | None


@dataclass(frozen=True, slots=True)
class Ended:
    """A unit that no longer exists on a day.

    Attributes:
        unit: its number.
        name: what it was called last.
        parent: the number of the unit it stood below last; None at the top.
        on: the day from which it exists no more.
        after: the numbers of the units it was merged into, or split into; empty where it was closed.
    """

    unit: int
    name: str
    parent: int | None
    on: date
    after: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Tree:
    """All units on a day, and those that have ended before it."""

    nodes: tuple[Node, ...]
    ended: tuple[Ended, ...] = ()
    _below: dict[int, list[Node]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for node in self.nodes:
            if node.parent is not None:
                self._below.setdefault(node.parent, []).append(node)

    @cached_property
    def by_number(self) -> dict[int, Node]:
        """Every unit by its number."""
        return {node.unit: node for node in self.nodes}

    @cached_property
    def endings(self) -> dict[int, Ended]:
        """Every unit that has ended, by its number."""
        return {each.unit: each for each in self.ended}

    def get(self, unit: int) -> Node | None:
        """Return a unit; None if there was none of this number on the day."""
        return self.by_number.get(unit)

    def name(self, unit: int) -> str:
        """Return what a unit is called on the day; what it was called last, if it has ended; else its number."""
        found = self.get(unit) or self.endings.get(unit)
        return found.name if found else f"({unit})"

    def children(self, unit: int) -> tuple[Node, ...]:
        """Return the units directly below one."""
        return tuple(self._below.get(unit, ()))

    def within(self, unit: int) -> frozenset[int]:
        """Return the numbers of a unit and of everything below it; empty if it does not exist on the day."""
        return frozenset(node.unit for node in self._walk(unit))

    def within_any(self, units: Iterable[int]) -> frozenset[int]:
        """Return the numbers of units and of everything below them."""
        return frozenset().union(*(self.within(unit) for unit in units))

    def above(self, unit: int) -> tuple[Node, ...]:
        """Return the units above one, the nearest first."""
        found = []
        node = self.get(unit)
        while node is not None and node.parent is not None:
            node = self.get(node.parent)
            if node is not None:
                found.append(node)
        return tuple(found)

    def heirs(self, unit: int) -> frozenset[int]:
        """Return the numbers of the units that carry on what a unit does on the day.

        That is the unit itself while it exists; after that, the units it was merged or split into; where it was
        closed, the one it stood below. Where these have ended too, whatever carries on for them.
        """
        found: set[int] = set()
        seen: set[int] = set()
        ahead = [unit]
        while ahead:
            here = ahead.pop()
            if here in self.by_number:
                found.add(here)
            elif here not in seen and here in self.endings:
                seen.add(here)
                end = self.endings[here]
                ahead += end.after or ({end.parent} if end.parent is not None else ())
        return frozenset(found)

    def inherited(self, units: Iterable[int]) -> frozenset[int]:
        """Return the numbers of the units that have ended and that one of these carries on for."""
        here = frozenset(units)
        return frozenset(each.unit for each in self.ended if self.heirs(each.unit) & here)

    def rows(self) -> list[tuple[int, Node]]:
        """Return every unit with its depth, each followed by those below it, in the order of their names."""
        tops = [node for node in self.nodes if node.parent is None]

        def walk(node: Node, depth: int) -> Iterator[tuple[int, Node]]:
            yield depth, node
            for child in sorted(self.children(node.unit), key=lambda child: child.name):
                yield from walk(child, depth + 1)

        return [row for top in sorted(tops, key=lambda node: node.name) for row in walk(top, 0)]

    def _walk(self, unit: int) -> Iterator[Node]:
        node = self.get(unit)
        if node is not None:
            yield node
            for child in self.children(unit):
                yield from self._walk(child.unit)
