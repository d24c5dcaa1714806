"""The process that is measured: one approach, all indicators.

python -m benchmarks.registers.approaches NAME DATA CELLS --memory 4GB --scratch FOLDER
"""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from benchmarks.registers.cells import write_cells

MODULES = {"pejl": "with_pejl", "by hand": "by_hand", "pandas": "with_pandas", "polars": "with_polars"}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=tuple(MODULES))
    parser.add_argument("data", type=Path)
    parser.add_argument("cells", type=Path)
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--scratch", type=Path, required=True)
    options = parser.parse_args()
    module = import_module(f"benchmarks.registers.{MODULES[options.name]}")
    write_cells(options.cells, module.count(options.data, options.memory, options.scratch))


if __name__ == "__main__":
    main()
