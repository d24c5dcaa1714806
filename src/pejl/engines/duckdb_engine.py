"""DuckDB, embedded: the engine that is always there."""

# ruff: noqa: S608
# names and texts in SQL go through sql_text

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import date
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pejl.engines.base import EngineError, OutOfMemoryError, Types
from pejl.engines.memory import LEAST, default_memory, parse_memory
from pejl.engines.sql_text import literal, quoted
from pejl.text import Message, message

if TYPE_CHECKING:
    import duckdb
    import numpy as np

_SQL_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE", "boolean": "BOOLEAN"}
_WORDS = {
    **{sql: word for word, sql in _SQL_TYPES.items()},
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "HUGEINT"), "integer"),
    **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"), "integer"),
    "FLOAT": "number",
}
T = TypeVar("T")
_BATCH = 50_000
_APART = 31
"""The character between the cells of a column written as one text: that which ASCII has for it."""
_PYTHON_TYPES = {"text": str, "integer": int, "number": float, "date": date, "boolean": bool}
_CREATED = {"VIEW": "TEMP VIEW", "TABLE": "TEMP TABLE", "SHARED": "TABLE"}
"""What a name may stand for: only the last is known to other connections."""
_CALENDAR_ROWS = 100
"""Up to how many rows a relation is compared row by row: more years, quarters or school years are seldom counted."""
_LOWER = 2
"""What the memory limit is divided by for the second try: DuckDB has completed at 4 GB what failed at 12."""


class DuckDB:
    """DuckDB inside this process; reads and writes Parquet, spills to disk what does not fit into memory."""

    name = "duckdb"
    dialect = "duckdb"

    @property
    def version(self) -> str:
        """`duckdb` and its version."""
        return f"duckdb {version('duckdb')}"

    def session(self, *, memory: str | None, threads: int | None, scratch: Path) -> DuckDBSession:
        """Open a session; see `Engine.session`."""
        limit = default_memory() if memory is None else parse_memory(memory)
        return DuckDBSession(limit, threads, scratch)


class DuckDBSession:
    """One connection to a database in memory; see `Session` for what it does."""

    def __init__(self, memory: int, threads: int | None, scratch: Path) -> None:
        import duckdb

        scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = Path(tempfile.mkdtemp(prefix="session-", dir=scratch))
        self._memory = memory
        self._threads = threads or os.cpu_count() or 1
        self._kinds: dict[str, str] = {}
        self._connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": f"{memory}B",
                "threads": self._threads,
                "temp_directory": str(self._folder),
                "preserve_insertion_order": False,
                # nothing is fetched from a network, and SQL sees no variable of this program
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "python_enable_replacements": False,
            },
        )
        _prepare(self._connection)

    @property
    def memory(self) -> int:
        """The most memory the session may use, in bytes."""
        return self._memory

    @property
    def threads(self) -> int:
        """How many threads work."""
        return self._threads

    def relation(
        self, name: str, files: Sequence[Path], columns: Types | None = None, where: str | None = None
    ) -> None:
        """Give Parquet files a name; see `Session.relation`."""
        self._replace(name, "VIEW", _select(files, columns, where))

    def values(self, name: str, columns: Types, rows: Iterable[tuple[object, ...]]) -> None:
        """Make a small relation of `rows`; see `Session.values`."""
        self.drop(name)
        self._kinds[name] = "SHARED"
        declared = ", ".join(f"{quoted(column)} {_SQL_TYPES[word]}" for column, word in columns.items())
        self._run(f"CREATE TABLE {quoted(name)} ({declared})")
        iterator = iter(rows)
        while batch := list(islice(iterator, _BATCH)):
            self._insert(name, columns, list(zip(*batch, strict=True)))

    def define(self, name: str, sql: str) -> None:
        """Give a SELECT a name; see `Session.define`."""
        self._replace(name, "VIEW", sql)

    def keep(self, name: str, sql: str) -> int:
        """Run a SELECT once and keep its rows; see `Session.keep`."""
        return int(self._replace(name, "TABLE", sql)[0][0])

    def share(self, name: str, sql: str) -> int:
        """Run a SELECT once and keep its rows for all sessions; see `Session.share`."""
        return int(self._replace(name, "SHARED", sql)[0][0])

    @contextmanager
    def beside(self, count: int) -> Iterator[tuple[DuckDBSession, ...]]:
        """Give sessions that work at the same time; see `Session.beside`.

        DuckDB's threads work for all connections, so there is none for the while: each session does its own work.
        """
        sessions = tuple(self._another() for _ in range(count))
        self._connection.execute("SET threads = 1")
        try:
            yield sessions
        finally:
            for each in sessions:
                self._kinds |= {name: kind for name, kind in each._kinds.items() if kind == "SHARED"}
                each._connection.close()
            self._connection.execute(f"SET threads = {self._threads}")

    def interrupt(self) -> None:
        """Stop what runs; see `Session.interrupt`."""
        self._connection.interrupt()

    def write(self, sql: str, path: Path) -> int:
        """Write the rows of a SELECT to a Parquet file; see `Session.write`."""
        beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
        try:
            os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            target = literal(str(beside))
            rows = self._run(f"COPY ({sql}) TO {target} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)")
            beside.replace(path)
        except OSError as error:
            raise EngineError(
                message("'{file}' cannot be written: {reason}", file=path.name, reason=error.strerror or "unknown")
            ) from None
        finally:
            beside.unlink(missing_ok=True)
        return int(rows[0][0])

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a SELECT."""
        return self._run(sql)

    def fetch_columns(self, sql: str) -> dict[str, np.ndarray[Any, Any]]:
        """Return the columns of a SELECT as arrays; see `Session.fetch_columns`."""
        import numpy as np

        def arrays() -> dict[str, np.ndarray[Any, Any]]:
            return {name: np.asanyarray(values) for name, values in self._connection.execute(sql).fetchnumpy().items()}

        return self._twice(arrays)

    def types(self, sql: str) -> dict[str, str]:
        """Return the types of a SELECT's columns without running it; see `Session.types`."""
        return {str(row[0]): _word(str(row[1])) for row in self._run(f"DESCRIBE {sql}")}

    def drop(self, name: str) -> None:
        """Forget a name; nothing happens when it is not known."""
        kind = self._kinds.pop(name, None)
        if kind is not None:
            self._run(f"DROP {'VIEW' if kind == 'VIEW' else 'TABLE'} IF EXISTS {quoted(name)}")

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection and remove what it spilled."""
        self._connection.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _another(self) -> DuckDBSession:
        another = copy(self)
        another._kinds = {}
        another._connection = self._connection.cursor()
        _prepare(another._connection)
        return another

    def _insert(self, name: str, columns: Types, by_column: Sequence[Sequence[object]]) -> None:
        """Append rows, given column by column.

        Where it says the same, each column is written into the SQL as one text: values beside the SQL take ten times as
        long, and DuckDB imports pandas to look at the first of them.
        """
        kinds = [_SQL_TYPES[word] for word in columns.values()]
        given: list[object] | None = None
        if all(map(_is_plain, columns.values(), by_column)):
            texts = [literal(chr(_APART).join(map(str, values))) for values in by_column]
            pairs = zip(texts, kinds, strict=True)
            cells = [f"CAST(unnest(string_split({text}, chr({_APART}))) AS {kind})" for text, kind in pairs]
        else:
            given = [list(values) for values in by_column]
            cells = [f"unnest(${number}::{kind}[])" for number, kind in enumerate(kinds, 1)]
        self._run(f"INSERT INTO {quoted(name)} SELECT {', '.join(cells)}", given)

    def _replace(self, name: str, kind: str, sql: str) -> list[tuple[Any, ...]]:
        if self._kinds.get(name, kind) != kind:
            self.drop(name)
        rows = self._run(f"CREATE OR REPLACE {_CREATED[kind]} {quoted(name)} AS {sql}")
        self._kinds[name] = kind
        return rows

    def _run(self, sql: str, parameters: Sequence[object] | None = None) -> list[tuple[Any, ...]]:
        def rows() -> list[tuple[Any, ...]]:
            return self._connection.execute(sql, parameters).fetchall()

        return self._twice(rows)

    def _twice(self, work: Callable[[], T]) -> T:
        """Do `work`; once more with less memory when memory ran out."""
        import duckdb

        try:
            with self._interruptible(), _translated():
                return work()
        except duckdb.OutOfMemoryException:
            pass
        try:
            with self._less_memory(), self._interruptible(), _translated():
                return work()
        except duckdb.OutOfMemoryException:
            raise OutOfMemoryError(
                message(
                    "the memory does not suffice: {megabytes} MB may be used; raise 'memory' under [engine]",
                    megabytes=self._memory // 1_000_000,
                )
            ) from None

    @contextmanager
    def _interruptible(self) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            # DuckDB gives up waiting at Ctrl-C, but its threads work on, and whatever comes next would wait for them
            self._connection.interrupt()
            raise

    @contextmanager
    def _less_memory(self) -> Iterator[None]:
        self._limit(max(LEAST, self._memory // _LOWER))
        try:
            yield
        finally:
            self._limit(self._memory)

    def _limit(self, memory: int) -> None:
        self._connection.execute(f"SET memory_limit = '{memory}B'")


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Set what each connection has for itself."""
    # calendars are joined by ranges of days; otherwise the many rows they are joined to would be sorted for that
    connection.execute(f"SET nested_loop_join_threshold = {_CALENDAR_ROWS}")
    # it writes to the terminal, or into the output of whoever reads ours
    connection.execute("SET enable_progress_bar = false")


@contextmanager
def _translated() -> Iterator[None]:
    """Turn DuckDB's errors into ours; theirs may quote rows, so nothing of them is passed on, not even as a cause."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except RuntimeError as error:
        if str(error) == "Query interrupted":  # what Ctrl-C becomes inside DuckDB
            raise KeyboardInterrupt from None
        raise EngineError(message("the engine stopped with a fault of its own")) from None
    except duckdb.Error as error:
        raise EngineError(_reason(error)) from None


def _reason(error: duckdb.Error) -> Message:
    """Say what kind of error it is; the words of DuckDB itself may hold values of rows."""
    import duckdb

    reasons: tuple[tuple[type[duckdb.Error], Message], ...] = (
        (duckdb.ParserException, message("the SQL cannot be parsed")),
        (duckdb.CatalogException, message("the SQL names a relation or a function that is not there")),
        (duckdb.BinderException, message("the SQL does not fit the columns it reads")),
        (duckdb.ConversionException, message("a value cannot be converted to the type asked for")),
        (duckdb.OutOfRangeException, message("a number is too large for its type")),
        (duckdb.IOException, message("a file cannot be read or written, or the disk is full")),
        (duckdb.InvalidInputException, message("a file or a value is not in the form expected")),
    )
    found = next((sentence for kind, sentence in reasons if isinstance(error, kind)), None)
    return found or message("the engine could not run the SQL")


def _select(files: Sequence[Path], columns: Types | None, where: str | None) -> str:
    """Return the SELECT that reads Parquet files."""
    if not files:
        cells = ", ".join(f"NULL::{_SQL_TYPES[word]} AS {quoted(name)}" for name, word in (columns or {}).items())
        return f"SELECT {cells or 'NULL AS nothing'} WHERE false"
    names = ", ".join(literal(str(file)) for file in files)
    cells = ", ".join(
        f"CAST({quoted(name)} AS {_SQL_TYPES[word]}) AS {quoted(name)}" for name, word in (columns or {}).items()
    )
    condition = f" WHERE {where}" if where is not None else ""
    return f"SELECT {cells or '*'} FROM read_parquet([{names}]){condition}"


def _is_plain(word: str, values: Sequence[object]) -> bool:
    """Tell whether every cell is of the very type and can be told from its neighbours once written as text."""
    if any(type(value) is not _PYTHON_TYPES[word] for value in values):
        return False
    return word != "text" or not any(mark in str(value) for value in values for mark in (chr(_APART), chr(0)))


def _word(sql_type: str) -> str:
    if sql_type.startswith("DECIMAL"):
        return "number"
    return _WORDS.get(sql_type, sql_type.lower())
