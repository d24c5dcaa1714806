"""Parquet, written by DuckDB with one thread, so that the same figures give the same bytes.

The statements are put together from names and literals that are quoted here.
"""

# ruff: noqa: S608

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pejl.publish.open_data.columns import LABELS, TYPES, column_of_dimension, columns
from pejl.publish.open_data.labels import Label, said
from pejl.publish.open_data.tables import NUMBERS, FigureTable, Vocabulary
from pejl.release.public import ALL
from pejl.workspace.period import Period
from pejl.workspace.states import State

if TYPE_CHECKING:
    import duckdb

ROWS_IN_GROUP = 500_000


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures stand already, as Parquet.

    Attributes:
        files: in the order of their figures.
        dimensions: those that any of the files has a column for.
        between: the first and the last indicator that is taken, where not all are.
    """

    files: tuple[Path, ...]
    dimensions: Collection[str]
    between: tuple[str, str] | None = None


class ParquetWriter:
    """Writes Parquet files one after the other over one connection."""

    @cached_property
    def _scratch(self) -> tempfile.TemporaryDirectory[str]:
        return tempfile.TemporaryDirectory(prefix="pejl-")

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        import duckdb

        connection = duckdb.connect(config={"threads": 1, "preserve_insertion_order": True})
        connection.execute("SET enable_progress_bar = false")
        return connection

    def write(self, table: FigureTable, label: Label, file: Path) -> None:
        """Write the figures of an indicator, with words beside the codes, to `file`."""
        told = columns(table.dimensions, table.vocabulary, labelled=True)
        arrays = _Arrays(table)
        computed = _expressions(table, arrays, label)
        picked = ", ".join(f"({computed[each.name]})::{TYPES[each.type]} AS {_name(each.name)}" for each in told)
        self._connection.register("arrays", arrays.columns)
        self._copy(f"SELECT {picked} FROM arrays", label, file)
        self._connection.unregister("arrays")

    def write_all(
        self, sources: Sequence[Source], dimensions: Sequence[str], vocabulary: Vocabulary, label: Label, file: Path
    ) -> None:
        """Write the figures of all sources, in their order, to one file under `dimensions`; codes without words.

        Up to `ROWS_IN_GROUP` figures, the bytes depend on the figures alone and not on the sources they come from.
        """
        told = [each.name for each in columns(dimensions, vocabulary, labelled=False)]
        by = {column_of_dimension(dimension): dimension for dimension in dimensions}
        self._copy(" UNION ALL ".join(_selected(source, told, by) for source in sources), label, file)

    def content(self, table: FigureTable, label: Label) -> bytes:
        """Return the file of an indicator as bytes."""
        file = Path(self._scratch.name, "figures.parquet")
        self.write(table, label, file)
        return file.read_bytes()

    def close(self) -> None:
        """Let go of the connection and of what was written on the way."""
        if "_connection" in self.__dict__:
            self._connection.close()
        if "_scratch" in self.__dict__:
            self._scratch.cleanup()

    def __enter__(self) -> ParquetWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _copy(self, query: str, label: Label, file: Path) -> None:
        notice = _text(label.text(label.languages[0]))
        self._connection.execute(
            f"COPY ({query}) TO {_text(str(file))} (FORMAT parquet, COMPRESSION zstd, "
            f"ROW_GROUP_SIZE {ROWS_IN_GROUP}, KV_METADATA {{notice: {notice}}})"
        )


def _selected(source: Source, told: Sequence[str], by: Mapping[str, str]) -> str:
    """Return the query for the columns `told` of a source, of which those in `by` hold codes of dimensions."""

    def picked(name: str) -> str:
        if name not in by:
            return _name(name)
        there = by[name] in source.dimensions
        return f"coalesce({_name(name)}, '{ALL}') AS {_name(name)}" if there else f"'{ALL}' AS {_name(name)}"

    listed = ", ".join(_text(str(each)) for each in source.files)
    query = f"SELECT {', '.join(map(picked, told))} FROM read_parquet([{listed}], union_by_name = true)"
    if source.between is None:
        return query
    first, last = map(_text, source.between)
    return f"{query} WHERE indicator BETWEEN {first} AND {last}"


class _Places(dict[str | None, int]):
    """Texts by their place in a list, counted from one; nothing is at zero."""

    def __init__(self) -> None:
        super().__init__({None: 0})

    def __missing__(self, text: str | None) -> int:
        self[text] = len(self)
        return self[text]


_TEXTS = ("version", "period", "scope", "unit", "state", "method", "next_due", "source", "note")


class _Arrays:
    """The figures of an indicator as columns: numbers as they are, texts as places in short lists.

    A text that all figures share needs no column.
    """

    def __init__(self, table: FigureTable) -> None:
        import numpy as np

        cells = table.cells
        told: dict[str, Iterable[str | None]] = {name: map(attrgetter(name), cells) for name in _TEXTS}
        told["rounded"], told["rounded_within"] = table.roundings, table.widths
        codes = {part: dict(part) for part in table.parts}
        for dimension in table.dimensions:
            by = {part: found.get(dimension, ALL) for part, found in codes.items()}
            told[f"by {dimension}"] = [by[cell.dimensions] for cell in cells]
        self.columns: dict[str, Any] = {
            f"number_{name}": np.array(list(map(attrgetter(name), cells)), dtype=np.float64) for name in NUMBERS
        }
        self.texts: dict[str, list[str]] = {}
        for name, texts in told.items():
            places = _Places()
            found = np.fromiter(map(places.__getitem__, texts), np.int32, len(cells))
            self.texts[name] = [text for text in places if text is not None]
            if len(self.texts[name]) > 1 or len(cells) != int(found.sum()):
                self.columns[f"place_{name}"] = found


def _expressions(table: FigureTable, arrays: _Arrays, label: Label) -> dict[str, str]:
    """Return how each column is computed from the arrays, by the column's name."""
    words = table.vocabulary
    own = words.languages[0]

    def looked_up(name: str, told: Sequence[str], type_: str = "VARCHAR") -> str:
        if not told or f"place_{name}" not in arrays.columns:
            return f"{_text(told[0] if told else None)}::{type_}"
        listed = ", ".join(_text(each) for each in told)
        return f"([{listed}]::{type_}[])[{_name(f'place_{name}')}]"

    texts = arrays.texts
    periods = [Period.parse(each) for each in texts["period"]]
    found = {name: f"nullif(number_{name}, 'nan'::DOUBLE)" for name in NUMBERS}
    found |= {name: looked_up(name, texts[name]) for name in (*_TEXTS, "rounded", "rounded_within")}
    found["definition_version"] = found.pop("version")
    found["indicator"] = _text(table.id)
    found["period_start"] = looked_up("period", [str(each.start) for each in periods], "DATE")
    found["period_end"] = looked_up("period", [str(each.end) for each in periods], "DATE")
    found["withheld"] = f"{found['state']} = {_text(State.WITHHELD)}"
    found["published_by"] = _text(said(table.definition.get("published_by"), own) or None)
    found |= dict(zip((each.name for each in LABELS), map(_literal, _marks(label)), strict=True))
    for language in words.languages:
        found[f"indicator_{language}"] = _text(table.title(language))
        for name, told in (("scope", words.scope), ("unit", words.unit), ("state", words.state)):
            found[f"{name}_{language}"] = looked_up(name, [told(each, language) for each in texts[name]])
    for dimension in table.dimensions:
        column = column_of_dimension(dimension)
        codes = texts[f"by {dimension}"]
        found[column] = looked_up(f"by {dimension}", codes)
        for language in words.languages:
            labels = [words.code(dimension, each, language) for each in codes]
            found[f"{column}_{language}"] = looked_up(f"by {dimension}", labels)
    return found


def _marks(label: Label) -> list[str | bool]:
    return [label.draft, label.synthetic, label.text(label.languages[0])]


def _literal(told: str | bool) -> str:
    return str(told).lower() if isinstance(told, bool) else _text(told)


def _text(told: str | None) -> str:
    """Return a literal of SQL; a character that literals cannot hold is put in by its number."""
    if told is None:
        return "NULL"
    quoted = told.replace("'", "''")
    return f"'{quoted}'" if "\0" not in told else "'" + quoted.replace("\0", "' || chr(0) || '") + "'"


def _name(told: str) -> str:
    return '"' + told.replace('"', '""') + '"'
