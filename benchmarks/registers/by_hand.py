"""One stand-alone query per indicator in DuckDB's SQL, as a careful analyst writes it; they are in `sql/by_hand/`.

Rows are summed per person and period where that is natural, so that a cube needs no distinct counts; nothing that one
query computes is known to another.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.registers.cells import CITIZENS, INDICATORS, OWN_DIMENSIONS, Cells, written_out

QUERIES = Path(__file__).parent / "sql" / "by_hand"


def count(data: Path, memory: str, scratch: Path) -> Cells:
    """Run every query on one connection, one after the other."""
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "temp_directory": str(scratch),
        "preserve_insertion_order": False,
    }
    cells: Cells = {}
    with duckdb.connect(config=settings) as connection:
        for path in sorted(data.glob("*.parquet")):
            connection.execute(f"create view {path.stem} as select * from read_parquet('{path}')")
        for indicator in INDICATORS:
            result = connection.execute((QUERIES / f"{indicator}.sql").read_text(encoding="utf-8"))
            names = [column[0] for column in result.description]
            dimensions = OWN_DIMENSIONS.get(indicator, CITIZENS)
            for row in result.fetchall():
                values = dict(zip(names, row, strict=True))
                written = written_out({name: values[name] for name in dimensions})
                denominator = values["denominator"]
                cells[indicator, values["period"], written] = (
                    float(values["numerator"]),
                    None if denominator is None else float(denominator),
                    values["n"],
                )
    return cells
