"""The peers: short programs that do the heart of a task with nothing but a library, as one would by hand.

    python -m benchmarks.peers yaml DIR       read every definition and figures file of a workspace, keep nothing
    python -m benchmarks.peers figures DIR    read the figures, compute every interval, write them with their cells

They check nothing, keep no provenance and make no release, so Pejl may be slower; how much slower is the price of
what it does besides. The peer of the figures takes its Poisson limits from chi-square quantiles and writes the Wilson
interval out, so that it is also an independent check of the intervals Pejl writes.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from pathlib import Path
from typing import Any

Z = 1.959963984540054


def read_definitions(root: Path) -> None:
    """Read a workspace with PyYAML's C loader, tomllib and csv, and print how many files there were."""
    import yaml

    files = 0
    for path in sorted(root.rglob("*")):
        if path.relative_to(root).parts[0] == "releases" or not path.is_file():
            continue
        if path.suffix == ".yaml":
            yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        elif path.suffix == ".toml":
            tomllib.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                list(csv.reader(file))
        else:
            continue
        files += 1
    print(f"{files} files read")


def compute_intervals(root: Path, target: Path) -> None:
    """Read all figures with csv, compute intervals with numpy, write one CSV per file; print the number of cells."""
    import numpy as np
    from scipy.special import chdtri

    def limits(units: Any, values: Any, n: Any, se: Any) -> tuple[Any, Any]:
        with np.errstate(invalid="ignore"):
            low = np.where(values == 0, 0.0, chdtri(2 * values, 0.975) / 2)
            high = chdtri(2 * values + 2, 0.025) / 2
            share = values / 100
            middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
            half = Z * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
        low = np.where(units == "percent", 100 * (middle - half), np.where(units == "points", values - Z * se, low))
        high = np.where(units == "percent", 100 * (middle + half), np.where(units == "points", values + Z * se, high))
        return low, high

    target.mkdir(exist_ok=True)
    cells = 0
    for path in sorted(root.glob("figures/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            delimiter = ";" if ";" in file.readline() else ","
            file.seek(0)
            header, *rows = csv.reader(file, delimiter=delimiter)
        values, n, se = (
            np.array([float(row[column].replace(",", ".") or "nan") for row in rows])
            for column in (header.index(name) for name in ("value", "n", "se"))
        )
        low, high = limits(np.array([row[header.index("unit")] for row in rows]), values, n, se)
        with (target / path.name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*header, "low", "high"])
            for row, lower, upper in zip(rows, low.tolist(), high.tolist(), strict=True):
                writer.writerow([*row, f"{lower:.12g}", f"{upper:.12g}"])
        cells += len(rows)
    print(f"{cells} cells written")


def main() -> None:
    task, root, *rest = sys.argv[1:]
    if task == "yaml":
        read_definitions(Path(root))
    else:
        compute_intervals(Path(root), Path(rest[0]))


if __name__ == "__main__":
    main()
