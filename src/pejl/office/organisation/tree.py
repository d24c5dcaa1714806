"""The organisation on a day, as a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Tree:
    """All units on a day."""

    nodes: tuple[Node, ...]
    _below: dict[int, list[Node]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for node in self.nodes:
            if node.parent is not None:
                self._below.setdefault(node.parent, []).append(node)

    @cached_property
    def by_number(self) -> dict[int, Node]:
        """Every unit by its number."""
        return {node.unit: node for node in self.nodes}

    def get(self, unit: int) -> Node | None:
        """Return a unit; None if there was none of this number on the day."""
        return self.by_number.get(unit)

    def name(self, unit: int) -> str:
        """Return what a unit is called on the day; its number where it does not exist then."""
        node = self.get(unit)
        return node.name if node else f"({unit})"

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
