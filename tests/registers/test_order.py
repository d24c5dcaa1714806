"""Sorted by person or not, as the files' own statistics say."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pejl.engines import get_engine
from pejl.registers import lies_by_person


@pytest.mark.parametrize(
    ("persons", "sorted_"),
    [
        ("range", True),
        ("30000 - range", False),
        ("range // 3", True),
        ("CASE WHEN range < 25000 THEN range END", True),
        ("range % 100", False),
    ],
)
def test_groups_of_rows_that_follow_each_other_are_sorted(tmp_path: Path, persons: str, sorted_: bool) -> None:
    file = tmp_path / "rows.parquet"
    duckdb.sql(f"SELECT CAST({persons} AS BIGINT) AS person FROM range(30000)").write_parquet(
        str(file), row_group_size=4096
    )
    with get_engine("duckdb").session(memory=None, threads=1, scratch=tmp_path) as session:
        assert lies_by_person(session, [file], "person") is sorted_


def test_files_that_follow_each_other_are_sorted_together(tmp_path: Path) -> None:
    files = [tmp_path / f"{part}.parquet" for part in ("a", "b")]
    for place, file in enumerate(files):
        duckdb.sql(f"SELECT range + {place * 100} AS person FROM range(100)").write_parquet(str(file))
    with get_engine("duckdb").session(memory=None, threads=1, scratch=tmp_path) as session:
        assert lies_by_person(session, files, "person")
        assert not lies_by_person(session, files[::-1], "person")
