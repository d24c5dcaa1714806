"""A table to be protected: its inner cells, its dimensions and their hierarchies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

TOTAL = "Total"
"""The code of all codes of a dimension together; no table may use it for anything else."""

LARGEST_COUNT = 10**9
"""Doubles in the solver tell two whole numbers apart, with room to spare, up to here."""

RESERVED = ("n", "status", "counted")
"""Columns of the result; a dimension of that name would be hidden by them."""

Hierarchy = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, init=False)
class Table:
    """Inner cells of a table of counts.

    Combinations of codes without a row count nobody. The order of rows and columns does not matter. Tables whose
    counts have the same column name count the same people: the cells they share are one cell. Counts of different
    things have different names.

    Attributes:
        dimensions: names of the dimensions, in the order of the result's columns.
        hierarchies: for a dimension, the parents and their children; children may be parents. `Total` is made by
            Pejl, over everything that has no parent.
        count: name of the column with the counts.
        codes: for each dimension, the codes of the inner cells, sorted.
        inner: codes of an inner cell, in the order of `dimensions`, and how many it counts.
    """

    dimensions: tuple[str, ...]
    hierarchies: dict[str, dict[str, tuple[str, ...]]]
    count: str
    codes: dict[str, tuple[str, ...]]
    inner: dict[tuple[str, ...], int] = field(repr=False)

    def __init__(
        self,
        frame: pd.DataFrame,
        dimensions: Sequence[str],
        hierarchies: Mapping[str, Hierarchy] | None = None,
        count: str = "n",
    ) -> None:
        """Check and keep the inner cells.

        Args:
            frame: a row for each inner cell; codes may be text or numbers and are compared as text.
            dimensions: the columns with codes.
            hierarchies: `{dimension: {parent: [children]}}`.
            count: the column with whole numbers from 0 up.

        Raises:
            ValueError: something in the table cannot be; the sentence names dimension and code, never a count.
        """
        names = checked_dimensions(frame, dimensions, count)
        inner = _inner_cells(frame, names, count)
        codes = {name: tuple(sorted({cell[at] for cell in inner})) for at, name in enumerate(names)}
        for name in names:
            if TOTAL in codes[name]:
                raise ValueError(
                    f"dimension '{name}': the code '{TOTAL}' is reserved for all codes together; "
                    "leave rows of totals out, Pejl adds them up"
                )
        object.__setattr__(self, "dimensions", names)
        object.__setattr__(self, "hierarchies", checked_hierarchies(hierarchies or {}, codes))
        object.__setattr__(self, "count", count)
        object.__setattr__(self, "codes", codes)
        object.__setattr__(self, "inner", inner)


def checked_dimensions(frame: pd.DataFrame, dimensions: Sequence[str], count: str) -> tuple[str, ...]:
    """Return the names of the dimensions, each a column of the frame.

    Raises:
        ValueError: no dimension, one given twice, a name that is reserved, or a column that is missing.
    """
    if isinstance(dimensions, str) or not dimensions:
        raise ValueError("dimensions must be a list with the name of at least one column, such as ['district', 'age']")
    names = tuple(str(name) for name in dimensions)
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"dimension '{name}' is given twice; name each dimension once")
        if name in RESERVED or name == count:
            raise ValueError(f"dimension '{name}' has a name that Pejl uses for its own columns; rename the column")
    for name in (*names, count):
        if name not in frame.columns:
            there = ", ".join(f"'{column}'" for column in frame.columns)
            raise ValueError(f"column '{name}' is missing; the frame has {there or 'no columns'}")
    return names


def code_columns(frame: pd.DataFrame, names: Sequence[str]) -> list[list[str]]:
    """Return the codes of each dimension as text.

    Raises:
        ValueError: a code is missing.
    """
    columns = []
    for name in names:
        column = frame[name]
        if column.isna().any():
            row = int(column.isna().to_numpy().argmax()) + 1
            raise ValueError(f"dimension '{name}': row {row} has no code; give unknown a code of its own")
        columns.append([_as_text(code) for code in column.tolist()])
    return columns


def _as_text(code: object) -> str:
    """Write a code as text; a column of whole numbers that pandas has turned into doubles keeps its codes."""
    if isinstance(code, float) and code.is_integer():
        return str(int(code))
    return str(code)


def place(names: Sequence[str], codes: Sequence[str]) -> str:
    """Name a cell in a sentence: its dimensions and codes."""
    return ", ".join(f"{name} '{code}'" for name, code in zip(names, codes, strict=True))


def checked_count(value: Any, where: str) -> int:
    """Return a count as a whole number.

    Raises:
        ValueError: it is missing, negative, not whole or too large; the sentence does not tell the number.
    """
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if isinstance(value, str) or not 0 <= number <= LARGEST_COUNT or number != int(number):
        raise ValueError(f"{where}: a count must be a whole number from 0 to {LARGEST_COUNT}; mend it in the source")
    return int(number)


def _inner_cells(frame: pd.DataFrame, names: tuple[str, ...], count: str) -> dict[tuple[str, ...], int]:
    """Return the inner cells by their codes.

    Raises:
        ValueError: no rows, a missing code, the same cell twice, or a count that cannot be.
    """
    if len(frame) == 0:
        raise ValueError("the table has no rows; give it at least one inner cell")
    inner: dict[tuple[str, ...], int] = {}
    for *codes, value in zip(*code_columns(frame, names), frame[count].tolist(), strict=True):
        cell = tuple(codes)
        if cell in inner:
            raise ValueError(f"the cell {place(names, cell)} has two rows; add them up to one")
        inner[cell] = checked_count(value, f"the cell {place(names, cell)}")
    return inner


def checked_hierarchies(
    hierarchies: Mapping[str, Hierarchy], codes: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the hierarchies as tuples, every one a forest over the codes of its dimension.

    Raises:
        ValueError: a dimension or child that the table does not have, a reserved code, a child under two parents or
            twice under one, a parent that is an inner code or has no children, or a cycle.
    """
    checked = {}
    for name, parents in hierarchies.items():
        if name not in codes:
            there = ", ".join(f"'{each}'" for each in codes)
            raise ValueError(f"a hierarchy is given for '{name}', which is no dimension of the table; it has {there}")
        tree = {
            str(parent): (children,) if isinstance(children, str) else tuple(_as_text(child) for child in children)
            for parent, children in parents.items()
        }
        _check_parents(name, tree, set(codes[name]))
        _check_children(name, tree, set(codes[name]))
        _check_cycles(name, tree)
        checked[name] = tree
    return checked


def _check_parents(name: str, tree: Mapping[str, Sequence[str]], inner: set[str]) -> None:
    """Refuse a parent that is reserved, is an inner code, or has no children."""
    for parent, children in tree.items():
        if parent == TOTAL or TOTAL in children:
            raise ValueError(
                f"dimension '{name}': '{TOTAL}' is reserved, and stands over every code without a parent; "
                "leave it out of the hierarchy"
            )
        if parent in inner:
            raise ValueError(
                f"dimension '{name}': '{parent}' is a parent and has rows of its own; "
                "leave its rows out, or give them a child of their own"
            )
        if not children:
            raise ValueError(f"dimension '{name}': the parent '{parent}' has no children; name them or leave it out")


def _check_children(name: str, tree: Mapping[str, Sequence[str]], inner: set[str]) -> None:
    """Refuse a child that nobody knows, or that is named twice."""
    above: dict[str, str] = {}
    for parent, children in tree.items():
        for child in children:
            if child in above:
                raise ValueError(
                    f"dimension '{name}': '{child}' is a child of '{above[child]}' and of '{parent}'; "
                    "keep one, and give the other grouping a table of its own"
                    if above[child] != parent
                    else f"dimension '{name}': '{child}' is named twice under '{parent}'; name it once"
                )
            if child not in inner and child not in tree:
                raise ValueError(
                    f"dimension '{name}': '{child}' under '{parent}' is neither a code of the table nor a parent; "
                    "mend the spelling, or give it a row with the count 0"
                )
            above[child] = parent


def _check_cycles(name: str, tree: Mapping[str, Sequence[str]]) -> None:
    """Refuse a parent that is below itself; every child has one parent by now, so walking up is enough."""
    above = {child: parent for parent, children in tree.items() for child in children}
    for start in tree:
        seen, code = {start}, start
        while code in above:
            code = above[code]
            if code in seen:
                raise ValueError(f"dimension '{name}': '{start}' is below itself; take one of the links out")
            seen.add(code)
