"""What the documents about the files say of the figures of an indicator, so that they need not read the figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from pejl.publish.coarser import coarser_lines, coarser_of
from pejl.publish.open_data.labels import said
from pejl.publish.open_data.tables import FigureTable, Vocabulary
from pejl.text import Language
from pejl.workspace.period import Period
from pejl.workspace.states import State


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the figures of an indicator reach.

    Attributes:
        figures: how many there are, those without a number too.
        withheld: how many of them are withheld.
        periods: the first and the last period; nothing where there are no figures.
        days: the first day of any period and the last of any, ISO 8601; nothing where there are no figures.
        scopes: whom they are about, in the order of the alphabet.
        units: theirs, in the same order.
        codes: those that they have of each dimension, in the same order; the dimensions in that of the declaration.
    """

    figures: int
    withheld: int
    periods: tuple[str, ...]
    days: tuple[str, ...]
    scopes: tuple[str, ...]
    units: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]]

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Extent:
        """Return what `as_dict` was called on.

        Raises:
            KeyError, TypeError, AttributeError: it is not what `as_dict` gives.
        """
        return cls(
            int(told["figures"]),
            int(told["withheld"]),
            tuple(told["periods"]),
            tuple(told["days"]),
            tuple(told["scopes"]),
            tuple(told["units"]),
            {name: tuple(codes) for name, codes in told["codes"].items()},
        )


@dataclass(frozen=True)
class Described:
    """An indicator as the documents know it.

    Attributes:
        id: its id.
        definition: what the release says of it.
        extent: how far its figures reach.
        vocabulary: the words for codes.
    """

    id: str
    definition: Mapping[str, Any]
    extent: Extent
    vocabulary: Vocabulary

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """Those that any of its figures is broken down by, in the order of the declaration."""
        return tuple(self.extent.codes)

    def title(self, language: Language) -> str:
        """Return its title."""
        return said(self.definition["title"], language)

    def coarser(self, language: Language) -> str:
        """Return what was done with breakdowns of which too much would be withheld, in sentences; empty if nothing."""
        return " ".join(coarser_lines(coarser_of(self.definition, self.vocabulary.workspace), language))


def extent_of(table: FigureTable) -> Extent:
    """Return how far the figures of a table reach."""
    cells = table.cells
    periods = sorted(map(Period.parse, {cell.period for cell in cells}))
    ends = (periods[0].text, periods[-1].text) if periods else ()
    days = (min(each.start for each in periods), max(each.end for each in periods)) if periods else ()
    seen: dict[str, set[str]] = {name: set() for name in table.dimensions}
    for dimension, code in set(chain.from_iterable(table.parts)):
        seen[dimension].add(code)
    return Extent(
        len(cells),
        sum(cell.state == State.WITHHELD for cell in cells),
        ends,
        tuple(map(str, days)),
        tuple(sorted({cell.scope for cell in cells})),
        tuple(sorted({cell.unit for cell in cells})),
        {name: tuple(sorted(codes)) for name, codes in seen.items()},
    )


def used(described: Iterable[Described]) -> tuple[str, ...]:
    """Return the dimensions of several indicators together, in the order of the alphabet."""
    return tuple(sorted({name for each in described for name in each.dimensions}))
