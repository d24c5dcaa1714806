"""The rows: made once by the demo's generator, and ten times as many for the question of growth.

python -m benchmarks.registers.data PERSONS FOLDER
python -m benchmarks.registers.data --tenfold OTHER FOLDER
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.registers.workspace import REGISTERS

if TYPE_CHECKING:
    import duckdb

COPIES = 10
SEED = 20140917
_DONE = "complete"


def is_made(folder: Path) -> bool:
    """Tell whether the rows in a folder are complete."""
    return (folder / _DONE).exists()


def make(persons: int, folder: Path) -> None:
    """Let the generator write the rows of a municipality with so many living citizens."""
    from pejl.demo.generator import generate, write

    write(generate(persons, SEED), folder, linked=None, identifiers="pseudonym")
    (folder / _DONE).touch()


def make_tenfold(source: Path, folder: Path) -> None:
    """Write every register ten times over, each time about other persons; what is counted is ten times as much."""
    import duckdb

    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(folder)}) as connection:

        def values(sql: str) -> tuple[Any, ...]:
            return connection.execute(sql).fetchall()[0]

        least, most = values(f"select min(person), max(person) from '{source / 'persons.parquet'}'")
        for name, columns in REGISTERS.items():
            file = source / f"{name}.parquet"
            rows = values(f"select count(*) from '{file}'")[0]
            steps = {"person": most - least + 1, columns.split()[0]: rows}
            steps = {column: step for column, step in steps.items() if column == "person" or column.endswith("_id")}
            # one copy after the other, so that the rows stay sorted by person; the numbers stay within 64 bits
            copies = (
                ", ".join(f"{column} + {step * (copy - COPIES // 2)} as {column}" for column, step in steps.items())
                for copy in range(COPIES)
            )
            _write(
                connection,
                " union all ".join(f"select * replace ({moved}) from '{file}'" for moved in copies),
                folder / f"{name}.parquet",
            )
        _write(connection, f"select * from '{source / 'units.parquet'}'", folder / "units.parquet")
    (folder / _DONE).touch()


def _write(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    connection.execute(f"copy ({sql}) to '{path}' (format parquet, compression zstd)")


def main() -> None:
    """Make the rows, as the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("source", help="how many persons; with --tenfold the folder to repeat")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tenfold", action="store_true")
    options = parser.parse_args()
    if options.tenfold:
        make_tenfold(Path(options.source), options.folder)
    else:
        make(int(options.source), options.folder)


if __name__ == "__main__":
    main()
