"""Carrying home: what was counted where the registers are, as a file of figures for the workspace at home.

Only what readers of the release may see is carried: numbers that are withheld there arrive as withheld.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from pejl.measure.records import TOTAL, columns_of
from pejl.release import Release
from pejl.text import Message, message
from pejl.workspace.figures import BREAKDOWN, OPTIONAL, REQUIRED

_NUMBERS = ("value", "n", "numerator", "denominator", "se")
_COLUMNS = (*REQUIRED, *(name for name in OPTIONAL if name not in ("breakdown", "low", "high")))


class NothingToCarryError(Exception):
    """The release counts nothing from registers."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.render("en"))
        self.what = what


def figures_to_carry(release: Release) -> bytes:
    """Return the figures counted from registers in `release` as a file of the folder `figures`.

    Intervals are left out: they follow from numerator, denominator and standard error.

    Raises:
        NothingToCarryError: there are none.
        ReleaseError: a file of the release is damaged.
    """
    counted = [name for name in release.manifest["indicators"] if _is_counted(release, name)]
    if not counted:
        raise NothingToCarryError(message("release {release} holds nothing counted from registers", release=release.id))
    rows = [row for name in counted for row in _rows(release, name)]
    dimensions = sorted({column for row in rows for column in row if column not in _COLUMNS})
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, (*_COLUMNS, *dimensions), restval=TOTAL, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


def _is_counted(release: Release, indicator: str) -> bool:
    description = release.indicator(indicator)
    return description is not None and bool(description["counted_here"])


def _rows(release: Release, indicator: str) -> Iterator[dict[str, str]]:
    """Yield the cells of an indicator as readers may see them; what is not due is left to the rhythm at home."""
    face = release.workspace
    source = f"{face['municipality']['da']}, {release.id}"
    content = release.read(f"public/cells/{indicator}.csv").decode()
    rows = csv.reader(io.StringIO(content, newline=""))
    dimensions, place = columns_of(next(rows))
    columns = _columns_of_codes(indicator, dimensions)
    for row in rows:
        cell = {name: row[at] for name, at in place.items()}
        if cell["state"] == "not_due":
            continue
        codes = {columns[name]: row[at] for name, at in dimensions.items()}
        numbers = {name: _plain(cell[name]) for name in _NUMBERS}
        yield {
            "series": indicator,
            **{name: cell[name] for name in ("period", "unit", "state", "scope", "note")},
            "source": source,
            **numbers,
            **codes,
        }


def _columns_of_codes(indicator: str, dimensions: Iterable[str]) -> dict[str, str]:
    """Return in which column of the figures each dimension stands: one called like another column in `breakdown`.

    Raises:
        NothingToCarryError: several dimensions are called like other columns.
    """
    clashing = sorted(name for name in dimensions if name in (*_COLUMNS, BREAKDOWN))
    if len(clashing) > 1:
        what = message(
            "'{name}' is broken down by {dimensions}, which are names of columns in figures; rename all but one",
            name=indicator,
            dimensions=", ".join(clashing),
        )
        raise NothingToCarryError(what)
    return {name: BREAKDOWN if name in clashing else name for name in dimensions}


def _plain(number: str) -> str:
    """Return a number without an exponent and with twelve decimals at most, as files of figures write it."""
    if not number:
        return ""
    text = f"{float(number):.12f}"
    return text.rstrip("0").rstrip(".")
