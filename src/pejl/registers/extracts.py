"""Passing rows to the engine through a file that has no name.

What a database or a file in another encoding holds goes to the engine as a CSV file. It holds CPR numbers, so it must
not stay behind: where the system allows it, the file is deleted as soon as it is opened and read through the
descriptor that is still open; a killed run then leaves nothing.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pejl.engines.sql_text import literal, quoted

_DESCRIPTORS = Path("/proc/self/fd")


@dataclass(frozen=True, slots=True)
class Extract:
    """A file to write to, and the path under which the engine can read it."""

    file: BinaryIO
    path: str


@contextmanager
def extract(folder: Path) -> Iterator[Extract]:
    """Open a file in `folder` that only this process can read and that is gone at the end."""
    descriptor, name = tempfile.mkstemp(prefix=".extract-", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            readable = name
            if _DESCRIPTORS.is_dir():
                path.unlink()
                readable = str(_DESCRIPTORS / str(descriptor))
            yield Extract(file, readable)
    finally:
        path.unlink(missing_ok=True)


def csv_sql(
    path: str,
    columns: Sequence[str],
    *,
    header: bool,
    delimiter: str = ";",
    encoding: str = "utf-8",
    new_line: str = "\\n",
) -> str:
    """Return the FROM part that reads a CSV file whose columns are all text, named `columns` in the file's order.

    Nothing is guessed, and a row of another form fails the statement. With lines that end in another way than
    `new_line` says, DuckDB can lose all rows without a word: whoever reads must count.
    """
    names = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in columns)
    return (
        f"read_csv({literal(path)}, auto_detect=false, header={str(header).lower()}, delim={literal(delimiter)}, "
        f"new_line='{new_line}', quote='\"', escape='\"', encoding='{encoding}', columns={{{names}}})"
    )
