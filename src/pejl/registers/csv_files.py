"""CSV files: read by the engine where they are in order, row by row where they are not.

The engine reads a clean file many times faster than Python does, but it cannot say in which line a cell stands, and
it stops at the first row of another form. So a file with faults is read once more, slowly: its rows are numbered as a
spreadsheet numbers them, and those that cannot be divided into cells are counted and left out.
"""

# ruff: noqa: S608
# names and texts in SQL go through pejl.engines.sql_text

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pejl.engines.sql_text import quoted
from pejl.registers.extracts import csv_sql, extract
from pejl.registers.sources import BrokenRows, Reading, SourceError, located, read_columns, shown, unreadable
from pejl.text import message
from pejl.workspace.registers import Register, RegisterSource

FEW = 5
"""How many row numbers are shown."""
_BLOCK = 1 << 20
_REPLACEMENT = "\ufffd"
_BY_THE_ENGINE = {"utf-8": "utf-8", "latin-1": "latin-1"}
_CODECS = {"utf-8": "utf-8-sig", "latin-1": "latin-1", "windows-1252": "cp1252"}


@contextmanager
def csv_reading(root: Path, register: Register, folder: Path, *, numbered: bool) -> Iterator[Reading]:
    """Yield the reading of a register's CSV files, fast or `numbered`.

    Raises:
        SourceError: a file is missing, is no CSV, or lacks a declared column.
    """
    files = located(root, register.data)
    heads = [_Head.of(file, register) for file in files]
    names = tuple(shown(root, file) for file in files)
    natives = {column.name: "VARCHAR" for column in read_columns(register)}
    if not numbered and register.data.encoding in _BY_THE_ENGINE:
        lines = [_Lines.of(file) for file in files]
        parts = [head.sql(index, register.data, lines[index].ending) for index, head in enumerate(heads)]
        expected = sum(each.count - 1 for each in lines)
        yield Reading(" UNION ALL ".join(parts), natives, names, numbered=False, expected=expected)
        return
    with extract(folder) as slow:
        broken: list[BrokenRows] = []
        whole = 0
        with io.TextIOWrapper(slow.file, encoding="utf-8", newline="", write_through=False) as text:
            writer = csv.writer(text, lineterminator="\n", delimiter=";", quoting=csv.QUOTE_ALL)
            for index, head in enumerate(heads):
                pass_through = _SlowPass(head, register.data, index, names[index])
                writer.writerows(pass_through.rows())
                broken.extend(pass_through.broken())
                whole += pass_through.whole
            text.flush()
            cells = csv_sql(slow.path, ("_file", "_row", *natives), header=False)
            columns = ", ".join(quoted(name) for name in natives)
            sql = f"SELECT {columns}, CAST(_file AS BIGINT) AS _file, CAST(_row AS BIGINT) AS _row FROM {cells}"
            yield Reading(sql, natives, names, numbered=True, expected=whole, broken=tuple(broken))


@dataclass(frozen=True, slots=True)
class _Lines:
    """How many lines a file has, and how the first of them ends, as DuckDB writes it.

    Where cells hold line breaks, or lines are empty, there are fewer rows than lines, and the file is read slowly.
    """

    count: int
    ending: str

    @classmethod
    def of(cls, file: Path) -> _Lines:
        count, last, ending = 0, b"", ""
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK):
                count += block.count(b"\n")
                if not ending and b"\n" in block:
                    ending = "\\r\\n" if block[: block.index(b"\n")].endswith(b"\r") else "\\n"
                last = block[-1:]
        return cls(count + (last not in (b"", b"\n")), ending or "\\n")


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line of a file: how many columns it has, and where the declared ones are."""

    file: Path
    width: int
    positions: dict[str, int]

    @classmethod
    def of(cls, file: Path, register: Register) -> _Head:
        try:
            with file.open(encoding=_CODECS[register.data.encoding], errors="replace", newline="") as stream:
                first = next(csv.reader(stream, delimiter=register.data.delimiter), [])
        except OSError as error:
            raise unreadable(file.name, error) from None
        except csv.Error:
            raise SourceError(message("the first line of '{file}' cannot be read as CSV", file=file.name)) from None
        names = [name.strip() for name in first]
        wanted = {column.name: column.source_name or column.name for column in read_columns(register)}
        return cls(file, len(names), found_columns(wanted, names, file.name))

    def sql(self, index: int, source: RegisterSource, ending: str) -> str:
        read = csv_sql(
            str(self.file),
            [f"c{number}" for number in range(self.width)],
            header=True,
            delimiter=source.delimiter,
            encoding=_BY_THE_ENGINE[source.encoding],
            new_line=ending,
        )
        columns = ", ".join(f"c{number} AS {quoted(name)}" for name, number in self.positions.items())
        return f"SELECT {columns}, {index} AS _file, CAST(NULL AS BIGINT) AS _row FROM {read}"


def found_columns(wanted: dict[str, str], names: Sequence[str], where: str) -> dict[str, int]:
    """Return the position among `names` of every wanted column, by its name in the contract.

    Capital letters do not matter unless two names differ by them alone.

    Raises:
        SourceError: a column is missing or there twice. Only names in the contract are said: without a header line,
            what stands there are cells.
    """
    found: dict[str, int] = {}
    missing: list[str] = []
    twice: list[str] = []
    for name, source_name in wanted.items():
        exact = [place for place, each in enumerate(names) if each == source_name]
        places = exact or [place for place, each in enumerate(names) if each.casefold() == source_name.casefold()]
        if len(places) == 1:
            found[name] = places[0]
        else:
            (twice if places else missing).append(source_name)
    if missing:
        raise SourceError(
            message("'{file}' has no column {columns}", file=where, columns=", ".join(f"'{each}'" for each in missing))
        )
    if twice:
        raise SourceError(
            message(
                "'{file}' has more than one column {columns}",
                file=where,
                columns=", ".join(f"'{each}'" for each in twice),
            )
        )
    return found


@dataclass(slots=True)
class _Count:
    count: int = 0
    rows: list[int] = field(default_factory=list)

    def add(self, row: int, lines: int = 1) -> None:
        self.count += lines
        if len(self.rows) < FEW:
            self.rows.append(row)


class _SlowPass:
    """One file, row by row: yields the rows that are whole, and counts the others."""

    def __init__(self, head: _Head, source: RegisterSource, index: int, name: str) -> None:
        self._head = head
        self._source = source
        self._index = index
        self._name = name
        self.whole = 0
        self._found = {"row_form": _Count(), "encoding": _Count()}

    def broken(self) -> list[BrokenRows]:
        return [
            BrokenRows(rule, found.count, tuple(found.rows), self._name)
            for rule, found in self._found.items()
            if found.count
        ]

    def rows(self) -> Iterator[list[object]]:
        codec = _CODECS[self._source.encoding]
        try:
            with self._head.file.open(encoding=codec, errors="replace", newline="") as stream:
                yield from self._whole(csv.reader(stream, delimiter=self._source.delimiter))
        except OSError as error:
            raise unreadable(self._name, error) from None

    def _whole(self, reader: Iterator[list[str]]) -> Iterator[list[object]]:
        places = tuple(self._head.positions.values())
        number, line = 0, 0
        try:
            for number, cells in enumerate(reader, 1):
                lines, line = reader.line_num - line, reader.line_num  # type: ignore[attr-defined]  # csv counts
                if number == 1 or not cells:
                    continue
                if len(cells) < self._head.width or any(cells[self._head.width :]):
                    # an opening quote without its end swallows the lines below it: they count too
                    self._found["row_form"].add(number, lines)
                    continue
                wanted = [cells[place] for place in places]
                if any(_REPLACEMENT in cell or "\0" in cell for cell in wanted):
                    self._found["encoding"].add(number)
                    continue
                self.whole += 1
                yield [self._index, number, *wanted]
        except csv.Error:
            raise SourceError(
                message("'{file}' cannot be read as CSV after row {row}", file=self._name, row=number)
            ) from None
