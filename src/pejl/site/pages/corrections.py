"""What a release corrects of the one it takes the place of: every number that was another, with the old one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    for indicator, group in groupby(cells, lambda cell: str(cell["indicator"])):
        declared = contents.release.indicator(indicator)
        if declared is None:  # it is not measured any more: the releases themselves still tell its numbers
            continue
        of_one, unit = list(group), declared["unit"]["id"]
        told = (cell[name] for cell in of_one for name in ("old", "new"))
        decimals = shared_decimals((value for value in told if value is not None), unit)

        def said(value: float | None, unit: str = unit, decimals: int | None = decimals) -> str | None:
            return number_with_unit(value, unit, language, decimals) if value is not None else None

        found = (
            CorrectedCell(
                period_label(cell["period"], language),
                tuple(_labels(contents, cell["cell"])),
                said(cell["old"]),
                said(cell["new"]),
            )
            for cell in of_one
        )
        yield CorrectedIndicator(indicator, declared["title"], tuple(found))


def _labels(contents: Contents, cell: str) -> Iterator[Record]:
    """Yield the labels of the codes that a cell is written with, as in `age=18_29 district=north`."""
    dimensions = contents.release.workspace["dimensions"]
    for pair in cell.split(" ") if cell != TOTAL else ():
        dimension, _, code = pair.partition("=")
        labels = {each["code"]: each["label"] for each in dimensions.get(dimension, {}).get("codes", ())}
        yield labels.get(code, {"da": code, "en": code})
