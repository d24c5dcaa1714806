"""In which order the rows of Parquet files lie: sorted by person, a few persons are read without the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from pejl.engines import Session
from pejl.engines.sql_text import literal


def lies_by_person(session: Session, files: Sequence[Path], person: str) -> bool:
    """Tell whether the groups of rows follow each other in persons, as the files' own statistics say.

    Files without statistics are taken as not sorted; that costs time, and nothing else.

    Args:
        session: a session of DuckDB.
        files: Parquet files, read one after the other.
        person: the column with the person's key, a whole number; groups of rows without any person may be anywhere.
    """
    ends = [end for file in files for end in _ends(session, file, person)]
    known = [end for end in ends if end is not None]
    return len(known) == len(ends) and all(before <= after for before, after in pairwise(known))


def _ends(session: Session, file: Path, person: str) -> Iterator[int | None]:
    """Yield the least and the greatest key of each group of rows in turn; None where it does not say."""
    found = session.fetch(
        "SELECT TRY_CAST(stats_min_value AS BIGINT), TRY_CAST(stats_max_value AS BIGINT) "  # noqa: S608  # literals
        f"FROM parquet_metadata({literal(str(file))}) WHERE path_in_schema = {literal(person)} "
        "AND num_values > coalesce(stats_null_count, 0) ORDER BY row_group_id"
    )
    for low, high in found:
        yield low
        yield high
