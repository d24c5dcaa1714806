"""What a release corrects of the one it takes the place of: every number that was another, with the old one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
        indicator: its id.
        title: of the indicator.
        period: in words.
        labels: of the codes it is about; none for the total.
        old: the number that was shown; None where there was none.
        new: the number now; None where none is shown any more.
    """

    indicator: str
    title: Record
    period: str
    labels: tuple[Record, ...]
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction: of which release, on which day, why, and every number."""

    release: str
    day: str
    note: Record
    cells: tuple[CorrectedCell, ...]


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
        Correction(release, done.at[:10], done.note, tuple(_cells(contents, done.cells, language)))
        for release, done in corrects
    )


def _cells(contents: Contents, cells: Iterable[Any], language: Language) -> Iterator[CorrectedCell]:
    for cell in cells:
        declared = contents.release.indicator(cell["indicator"])
        if declared is None:  # it is not measured any more: the releases themselves still tell its numbers
            continue
        unit = declared["unit"]["id"]
        both = [cell[name] for name in ("old", "new")]
        decimals = shared_decimals((value for value in both if value is not None), unit)
        old, new = (number_with_unit(value, unit, language, decimals) if value is not None else None for value in both)
        yield CorrectedCell(
            cell["indicator"],
            declared["title"],
            period_label(cell["period"], language),
            tuple(_labels(contents, cell["cell"])),
            old,
            new,
        )


def _labels(contents: Contents, cell: str) -> Iterator[Record]:
    """Yield the labels of the codes that a cell is written with, as in `age=18_29 district=north`."""
    dimensions = contents.release.workspace["dimensions"]
    for pair in cell.split(" ") if cell != TOTAL else ():
        dimension, _, code = pair.partition("=")
        labels = {each["code"]: each["label"] for each in dimensions.get(dimension, {}).get("codes", ())}
        yield labels.get(code, {"da": code, "en": code})
