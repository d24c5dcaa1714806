"""The figures of one indicator with the words for their codes: what all formats are written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pejl.publish.coarser import coarser_lines, coarser_of, in_order
from pejl.publish.open_data.labels import said
from pejl.publish.open_data.texts import Numbers
from pejl.publish.words import STATE_WORDS
from pejl.release.public import ALL, PublicCell, PublicRelease
from pejl.release.reader import ReleaseError
from pejl.text import LANGUAGES, Language, message
from pejl.workspace.states import State

TOTAL = message("Total")
METHOD_WORDS = {
    "register": message("counted from registers"),
    "survey": message("asked in a survey"),
    "published": message("published by others"),
}
NUMBERS = ("value", "low", "high", "n", "numerator", "denominator")
"""What a figure consists of, in the order of all formats."""


@dataclass(frozen=True)
class Vocabulary:
    """The words of a release for the codes in its figures; a code without words is its own word."""

    workspace: dict[str, Any]

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the workspace, its own first."""
        return tuple(self.workspace["languages"])

    def unit(self, unit: str, language: Language) -> str:
        """Return the words for a unit."""
        return said(self.workspace["units"].get(unit, {}).get("label"), language) or unit

    def scope(self, scope: str, language: Language) -> str:
        """Return whom a figure is about."""
        return said(self.workspace["scopes"].get(scope, {}).get("title"), language) or scope

    def dimension(self, dimension: str, language: Language) -> str:
        """Return the title of a dimension."""
        return said(self.workspace["dimensions"].get(dimension, {}).get("title"), language) or dimension

    def code(self, dimension: str, code: str, language: Language) -> str:
        """Return the words for a code of a dimension, or for all of them together."""
        return self._labels.get((dimension, code, language)) or (self._total[language] if code == ALL else code)

    def state(self, state: str, language: Language) -> str:
        """Return the words for a kind of number, or of nothing."""
        return STATE_WORDS[State(state)].render(language)

    def codes(self, dimension: str) -> list[Mapping[str, Any]]:
        """Return the declared codes of a dimension, in the order of the workspace; merged ones before their parts."""
        return list(in_order(self.workspace["dimensions"].get(dimension, {}).get("codes", [])))

    @cached_property
    def _total(self) -> dict[str, str]:
        return {language: TOTAL.render(language) for language in LANGUAGES}

    @cached_property
    def _labels(self) -> dict[tuple[str, str, str], str]:
        return {
            (dimension, each["code"], language): said(each["label"], language)
            for dimension in self.workspace["dimensions"]
            for each in self.codes(dimension)
            for language in self.languages
        }


@dataclass(frozen=True)
class FigureTable:
    """The figures of an indicator.

    Attributes:
        id: of the indicator.
        definition: what the release says of it.
        cells: its figures, in the order of the release.
        dimensions: those that any of its figures is broken down by, in the order of the declaration.
        vocabulary: the words for codes.
    """

    id: str
    definition: dict[str, Any]
    cells: tuple[PublicCell, ...]
    dimensions: tuple[str, ...]
    vocabulary: Vocabulary

    @cached_property
    def numbers(self) -> list[tuple[str, ...]]:
        """The six numbers of each figure as text; empty where there is none. All formats write them from here."""
        text = Numbers()
        return [
            (
                text[cell.value],
                text[cell.low],
                text[cell.high],
                text[cell.n],
                text[cell.numerator],
                text[cell.denominator],
            )
            for cell in self.cells
        ]

    @cached_property
    def roundings(self) -> list[str | None]:
        """What each figure is rounded to, where the release says that it is."""
        return [None if cell.rounded is None else str(cell.rounded) for cell in self.cells]

    @cached_property
    def widths(self) -> list[str | None]:
        """How far each rounded figure may be off, where the release says it."""
        return [None if cell.rounded_within is None else str(cell.rounded_within) for cell in self.cells]

    def coarser(self, language: Language) -> tuple[str, ...]:
        """Return what was done with breakdowns of which too much would be withheld, in sentences."""
        return coarser_lines(coarser_of(self.definition, self.vocabulary.workspace), language)

    @cached_property
    def parts(self) -> list[tuple[tuple[str, str], ...]]:
        """The parts that figures are about, each once, in the order they come."""
        return list(dict.fromkeys(cell.dimensions for cell in self.cells))

    def title(self, language: Language) -> str:
        """Return the indicator's title."""
        return said(self.definition["title"], language)


def table_of(release: PublicRelease, indicator: str) -> FigureTable:
    """Return the figures of an indicator of a release.

    Raises:
        ReleaseError: a figure that is withheld has a number, or two figures are about the same.
    """
    definition = release.indicator(indicator)
    assert definition is not None, f"{indicator} is one of release.indicators"
    cells = release.cells(indicator)
    _refuse_damaged(release, indicator, cells)
    shown = {name for cell in cells for name, _ in cell.dimensions}
    declared = [name for name in definition.get("dimensions", ()) if name in shown]
    dimensions = (*declared, *sorted(shown.difference(declared)))
    return FigureTable(indicator, definition, cells, dimensions, Vocabulary(release.workspace))


def _tells(cell: PublicCell) -> bool:
    """Tell whether a withheld figure has a number after all; that people were rounded to none may be told."""
    numbers = {name: getattr(cell, name) for name in NUMBERS if getattr(cell, name) is not None}
    return bool(numbers) and (cell.rounded is None or numbers != {"numerator": 0, "denominator": 0})


def _refuse_damaged(release: PublicRelease, indicator: str, cells: tuple[PublicCell, ...]) -> None:
    if any(cell.state == State.WITHHELD and _tells(cell) for cell in cells):
        what = message(
            "release {release}: a withheld figure of '{name}' has a number", release=release.id, name=indicator
        )
        raise ReleaseError("damaged", what)
    if len({(cell.version, cell.period, cell.scope, cell.dimensions) for cell in cells}) < len(cells):
        what = message(
            "release {release}: two figures of '{name}' are about the same", release=release.id, name=indicator
        )
        raise ReleaseError("damaged", what)
