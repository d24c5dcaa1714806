"""Is the release of the generated workspace right? Held against what the peer computed by hand.

    python -m benchmarks.verifying WORKSPACE BY_HAND GOALS ROWS

A process of its own, because the one that starts the benchmarks must stay small. Exit code 1 with a sentence if not.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.generated import DIMENSIONS

SAMPLE_EVERY = 37
CLOSE = 1e-9


def verify(root: Path, by_hand: Path, goals: int, rows: int) -> None:
    """Compare the number of goals and cells, and every 37th cell with its interval, with what they must be."""
    current = json.loads((root / "releases/current.json").read_bytes())["release"]
    release = root / "releases" / current
    status = json.loads((release / "public/status.json").read_bytes())
    _must(len(status["goals"]) == goals, f"{len(status['goals'])} goals have a status, not {goals}")
    cells = 0
    for table in sorted(by_hand.iterdir()):
        for series, expected in _rows_by_series(table).items():
            measured = _cells(release / "public/cells" / f"{series}.csv")
            cells += len(measured)
            _must(len(measured) == len(expected), f"'{series}' has {len(measured)} cells, not {len(expected)}")
            for row in expected[::SAMPLE_EVERY]:
                _must_be_same(row, measured[_key(row)])
    _must(cells == rows, f"the release holds {cells} cells, not {rows}")


def _must(holds: bool, what: str) -> None:
    if not holds:
        sys.exit(what)


def _key(row: Mapping[str, str]) -> tuple[str, ...]:
    return (row["period"], *(row[name] if row[name] != "total" else "" for name in DIMENSIONS))


def _rows_by_series(path: Path) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["series"], []).append(row)
    return found


def _cells(path: Path) -> dict[tuple[str, ...], dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {_key(row): row for row in csv.DictReader(file) if row["state"] != "not_due"}


def _must_be_same(by_hand: Mapping[str, str], measured: Mapping[str, str]) -> None:
    """Compare value, interval and where it comes from; a cell without a number has no interval either."""
    same = measured["source"] == by_hand["source"] and bool(measured["place"])
    for name in ("value", "low", "high"):
        wanted = by_hand[name].replace(",", ".").replace("nan", "")
        here = measured[name]
        if wanted and here:
            same = same and math.isclose(float(wanted), float(here), rel_tol=CLOSE, abs_tol=CLOSE)
        else:
            same = same and wanted == here
    _must(same, f"the peer has {dict(by_hand)}, the release {dict(measured)}")


if __name__ == "__main__":
    workspace, table_folder, number_of_goals, number_of_rows = sys.argv[1:]
    verify(Path(workspace), Path(table_folder), int(number_of_goals), int(number_of_rows))
