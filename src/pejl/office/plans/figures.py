"""A unit's own figures, from the release's internal cells: for those who lead it, and never a number of a few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pejl.office.web.shown import release
from pejl.publish.numbers import ends, number_with_unit
from pejl.publish.words import period_label
from pejl.release import Release, open_release
from pejl.release.public import PublicCell, PublicRelease
from pejl.text import Language, message
from pejl.workspace.period import Period

DIMENSIONS = ("unit", "centre")
"""The dimensions of a workspace whose codes are those of the organisation."""

_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as it is read: the period, and the number or why there is none.

    Attributes:
        period: in words.
        value: the number with its unit sign; None where it is too few.
        low: the lower end of the interval; None where it is not known or not shown.
        high: the upper end.
        instead: what is said where there is no number.
    """

    period: str
    value: str | None
    low: str | None = None
    high: str | None = None
    instead: str | None = None


class _Internal(PublicRelease):
    """The cells that are not for readers, each file held against the release's manifest."""

    def __init__(self, within: Release) -> None:
        super().__init__(within.folder / "internal", within.id)
        self._within = within

    def _read(self, name: str) -> bytes:
        return self._within.read(f"internal/{name}")


def figures_of(unit: str, language: Language) -> dict[str, tuple[Told, ...]]:
    """Return a unit's own figures by indicator, the latest two periods that can be compared, the latest first.

    Args:
        unit: its code, as registers name it.
        language: of the page.
    """
    shown = release()
    found = _cells(Path(settings.PEJL_WORKSPACE), shown.id).get(unit, {})
    threshold = int(shown.workspace["threshold"])
    kinds = {name: str(each["kind"]) for name, each in shown.workspace["units"].items()}
    return {
        indicator: tuple(told(cell, kinds.get(cell.unit, "count"), threshold, language) for cell in cells)
        for indicator, cells in found.items()
    }


def told(cell: PublicCell, kind: str, threshold: int, language: Language) -> Told:
    """Return a figure as it may be read.

    Args:
        cell: from the internal folder.
        kind: of its unit: count, share, mean, ratio, rate, transition.
        threshold: smaller numbers of people are not told, as the workspace says.
        language: of the page.
    """
    period = period_label(cell.period, language)
    if cell.value is None:
        return Told(period, None, instead=message("no figure").render(language))
    if kind in ("count", "transition"):
        if 0 < cell.value < threshold:
            return Told(period, None, instead=message("under {threshold}", threshold=threshold).render(language))
    elif _few(cell, kind, threshold):
        words = message("not shown: fewer than {threshold} people stand behind it", threshold=threshold)
        return Told(period, None, instead=words.render(language))
    low = high = None
    if cell.low is not None and cell.high is not None:
        low, high = ends(cell.low, cell.high, cell.unit, language, cell.value)
    return Told(period, number_with_unit(cell.value, cell.unit, language), low, high)


def _few(cell: PublicCell, kind: str, threshold: int) -> bool:
    """Tell whether a figure that is no count says something of a few: all, those with the trait, or those without."""
    parts = [cell.n, cell.denominator]
    if kind == "share" and cell.numerator is not None:
        parts += [cell.numerator, cell.denominator - cell.numerator if cell.denominator is not None else None]
    return any(part is not None and 0 < part < threshold for part in parts)


@lru_cache(maxsize=2)
def _cells(root: Path, release_id: str) -> Mapping[str, Mapping[str, tuple[PublicCell, ...]]]:
    """Return by code of a unit, and by indicator, its latest cells; a release never changes."""
    within = open_release(root, release_id)
    internal = _Internal(within)
    found: dict[str, dict[str, tuple[PublicCell, ...]]] = defaultdict(dict)
    for indicator in internal_indicators(within):
        gathered: dict[str, list[PublicCell]] = defaultdict(list)
        for cell in internal.cells(indicator):
            if len(cell.dimensions) == 1 and cell.dimensions[0][0] in DIMENSIONS:
                gathered[cell.dimensions[0][1]].append(cell)
        for unit, cells in gathered.items():
            found[unit][indicator] = _latest(cells)
    return found


def internal_indicators(within: Release) -> tuple[str, ...]:
    """Return the indicators that have internal cells by unit, without reading the others."""
    names = (name for name in within.manifest["files"] if name.startswith("internal/cells/"))
    return tuple(
        name.removeprefix("internal/cells/").removesuffix(".csv")
        for name in names
        if _by_unit(within.read(name).split(b"\n", 1)[0].decode())
    )


def _by_unit(head: str) -> bool:
    columns = head.strip().split(",")
    dimensions = columns[columns.index("scope") + 1 : columns.index("value")]
    return any(name in dimensions for name in DIMENSIONS)


def _latest(cells: Iterable[PublicCell]) -> tuple[PublicCell, ...]:
    """Return the latest cells that were counted in the same way, the latest first."""
    ordered = sorted(cells, key=lambda cell: Period.parse(cell.period), reverse=True)
    same = [cell for cell in ordered if (cell.version, cell.scope) == (ordered[0].version, ordered[0].scope)]
    return tuple(same[:_SHOWN])
