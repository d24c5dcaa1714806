"""Cells as every approach writes them, and the comparison of two approaches, cell by cell."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.spending import WrongResultError

INDICATORS = (
    "homes_kept_one_year",
    "school_absence",
    "employment_or_education",
    "poverty_long_term",
    "support_delivered",
    "citizens_special_needs",
    "sick_days_per_fte",
    "social_mobility",
)
OWN_DIMENSIONS = {"sick_days_per_fte": ("unit",), "social_mobility": ("district", "from_level", "to_level")}
CITIZENS = ("age_group", "district", "sex", "target_group")

Key = tuple[str, str, str]
Numbers = tuple[float, float | None, int]
Cells = dict[Key, Numbers]
"""(indicator, period, dimensions as `a=x|b=y` in order of names) → numerator, denominator, distinct persons."""

_NOTHING: Numbers = (0.0, None, 0)
_SHOWN = 5


def written_out(dimensions: Mapping[str, str | None]) -> str:
    """Write the dimensions of a cell; one that is None is summed over."""
    return "|".join(f"{name}={code}" for name, code in sorted(dimensions.items()) if code is not None)


def write_cells(path: Path, cells: Cells) -> None:
    """Write cells as CSV, numbers in full."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((*key, *numbers) for key, numbers in cells.items())


def read_cells(path: Path) -> Cells:
    """Read what `write_cells` wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (indicator, period, dimensions): (float(numerator), float(denominator) if denominator else None, int(n))
            for indicator, period, dimensions, numerator, denominator, n in csv.reader(file)
        }


def times(cells: Cells, factor: int) -> Cells:
    """Return the cells of the same rows, so many times over, each time as other persons."""
    return {
        key: (numerator * factor, None if denominator is None else denominator * factor, n * factor)
        for key, (numerator, denominator, n) in cells.items()
    }


def compare(name: str, cells: Cells, expected: Cells) -> int:
    """Compare cells with those of another approach; a cell that is left out is one without persons.

    Returns:
        How many cells were compared.

    Raises:
        WrongResultError: numerator, denominator or n of a cell differ, or an indicator has no cells at all.
    """
    empty = set(INDICATORS) - {indicator for (indicator, _, _), (_, _, n) in cells.items() if n > 0}
    if empty:
        raise WrongResultError(f"{name}: no persons counted for {', '.join(sorted(empty))}")
    keys = sorted(cells.keys() | expected.keys())
    wrong = [key for key in keys if not _equal(cells.get(key, _NOTHING), expected.get(key, _NOTHING))]
    if wrong:
        raise WrongResultError(
            f"{name}: {len(wrong)} of {len(keys)} cells differ\n" + "\n".join(_differences(wrong, cells, expected))
        )
    return len(keys)


def _equal(one: Numbers, other: Numbers) -> bool:
    # Sums of doubles depend on the order of summing, so they agree to nine digits, not to the last one.
    return one[2] == other[2] and all(
        math.isclose(a or 0.0, b or 0.0, rel_tol=1e-9, abs_tol=1e-6) for a, b in zip(one[:2], other[:2], strict=True)
    )


def _differences(wrong: Iterable[Key], cells: Cells, expected: Cells) -> list[str]:
    seen: dict[str, list[str]] = {}
    for key in wrong:
        lines = seen.setdefault(key[0], [])
        if len(lines) < _SHOWN:
            lines.append(f"  {' '.join(key)}: {cells.get(key)}, expected {expected.get(key)}")
    return [line for lines in seen.values() for line in lines]
