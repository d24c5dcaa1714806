"""What a release corrects of the one it takes the place of: every number that was another, with the old one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pejl.publish.numbers import number_with_unit, shared_decimals
from pejl.publish.words import period_label
from pejl.release.standing import Happening
from pejl.site.pages.contents import Contents
from pejl.site.pages.wording import Record
from pejl.text import Language

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class CorrectedCell:
    """A number that was another.

    Attributes:
        period: in words.
        labels: of the codes it is about; none for the total.
        old: the number that was shown; None where there was none.
        new: the number now; None where none is shown any more.
    """

    period: str
    labels: tuple[Record, ...]
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class CorrectedIndicator:
    """An indicator some of whose numbers were others; all are told with as many decimals."""

    id: str
    title: Record
    cells: tuple[CorrectedCell, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction: of which release, on which day, why, and every number."""

    release: str
    day: str
    note: Record
    indicators: tuple[CorrectedIndicator, ...]


def corrections(
    contents: Contents, corrects: Iterable[tuple[str, Happening]], language: Language
) -> tuple[Correction, ...]:
    """Return what a release corrects.

    Args:
        contents: of the release with the right numbers.
        corrects: ids of the releases with the wrong ones, and how that was noted.
        language: of the page.
    """
    return tuple(
        Correction(release, done.at[:10], done.note, tuple(_indicators(contents, done.cells, language)))
        for release, done in corrects
    )


def _indicators(contents: Contents, cells: Iterable[Any], language: Language) -> Iterator[CorrectedIndicator]:
    for indicator, of_one in groupby(cells, lambda cell: str(cell["indicator"])):
        declared = contents.release.indicator(indicator)
        if declared is None:  # it is not measured any more: the releases themselves still tell its numbers
            continue
        found = _cells(contents, list(of_one), declared["unit"]["id"], language)
        yield CorrectedIndicator(indicator, declared["title"], tuple(found))


def _cells(contents: Contents, cells: Sequence[Any], unit: str, language: Language) -> Iterator[CorrectedCell]:
    values = [cell[name] for cell in cells for name in ("old", "new") if cell[name] is not None]
    decimals = shared_decimals(values, unit)
    for cell in cells:
        old, new = (
            number_with_unit(cell[name], unit, language, decimals) if cell[name] is not None else None
            for name in ("old", "new")
        )
        labels = tuple(_labels(contents, cell["cell"]))
        yield CorrectedCell(period_label(cell["period"], language), labels, old, new)


def _labels(contents: Contents, cell: str) -> Iterator[Record]:
    """Yield the labels of the codes that a cell is written with, as in `age=18_29 district=north`."""
    dimensions = contents.release.workspace["dimensions"]
    for pair in cell.split(" ") if cell != TOTAL else ():
        dimension, _, code = pair.partition("=")
        labels = {each["code"]: each["label"] for each in dimensions.get(dimension, {}).get("codes", ())}
        yield labels.get(code, {"da": code, "en": code})
