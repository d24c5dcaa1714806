"""What an engine is: something that runs SELECT statements over Parquet files and writes Parquet files.

A session is one connection. Nothing of it outlives it except the files it was told to write. Statements are in the
engine's own dialect (`Engine.dialect`, a name SQLGlot knows); column types are five words, whatever the engine calls
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

from pejl.text import Message

if TYPE_CHECKING:
    import numpy as np

ColumnKind = Literal["text", "integer", "number", "date", "boolean"]
"""`integer` has 64 bits, `number` is a double, `date` is a day of the calendar."""

Types = Mapping[str, str]
"""Types by the name of the column, in the order of the columns."""


class EngineError(Exception):
    """A statement failed; `what` says why, without any value of any row."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.render("en"))
        self.what = what


class OutOfMemoryError(EngineError):
    """The statement needs more memory than the session may use, at its limit and at a lower one."""


class EngineNotFoundError(EngineError):
    """No engine of that name is installed; the sentence lists those that are."""


class Session(Protocol):
    """One connection to an engine; a context manager.

    Every method but `drop` raises EngineError when its statement cannot be run, and OutOfMemoryError when the memory
    does not suffice. A name defined again is replaced, whatever it was before. Ctrl-C interrupts what runs.
    """

    @property
    def memory(self) -> int:
        """The most memory the session may use, in bytes."""

    @property
    def threads(self) -> int:
        """How many statements' parts may run at once."""

    def relation(
        self, name: str, files: Sequence[Path], columns: Types | None = None, where: str | None = None
    ) -> None:
        """Give Parquet files a name: their rows, one file after another, as a relation.

        With `columns` the relation has these columns, cast to these types, in this order; with no file it is empty.
        `where` is a condition in SQL on those columns.
        """

    def values(self, name: str, columns: Types, rows: Iterable[tuple[object, ...]]) -> None:
        """Make a small relation of `rows`, each as long as `columns`; None is an empty cell."""

    def define(self, name: str, sql: str) -> None:
        """Give a SELECT a name; it is run each time the name is read."""

    def keep(self, name: str, sql: str) -> int:
        """Run a SELECT once, keep its rows under a name while the session lasts, and return how many they are."""

    def share(self, name: str, sql: str) -> int:
        """Do as `keep` does, for this session and those beside it."""

    def beside(self, count: int) -> AbstractContextManager[Sequence[Session]]:
        """Give so many further sessions for a while, to be used each by a thread of its own.

        Each works with one processor. They have the memory of this one together, and know its `values` and what any of
        them shares; nothing else. This session is not to be used meanwhile.
        """

    def interrupt(self) -> None:
        """Stop what another thread runs on this session; it fails there with KeyboardInterrupt."""

    def write(self, sql: str, path: Path) -> int:
        """Write the rows of a SELECT to a Parquet file and return how many they are.

        The file appears whole or not at all, readable by its owner only; its folder must exist.
        """

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a SELECT."""

    def fetch_columns(self, sql: str) -> dict[str, np.ndarray[Any, Any]]:
        """Return the columns of a SELECT as arrays, masked where cells are empty; for many rows."""

    def types(self, sql: str) -> dict[str, str]:
        """Return the types of a SELECT's columns, in their order, without running it.

        A type that is none of the five words is given as the engine calls it, in small letters.
        """

    def drop(self, name: str) -> None:
        """Forget a name; nothing happens when it is not known."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End: close the connection and remove what it left in its scratch folder."""


class Engine(Protocol):
    """An engine, such as DuckDB; others plug in by the entry point group `pejl.engines`."""

    name: str
    dialect: str

    @property
    def version(self) -> str:
        """The engine and its version, such as "duckdb 1.5.6"."""

    def session(self, *, memory: str | None, threads: int | None, scratch: Path) -> Session:
        """Open a session.

        Args:
            memory: the most memory to use, as in `4GB`; None for 4 GB or half of what there is, the lesser of them.
            threads: how many processors to use; None for all.
            scratch: a folder for what does not fit into memory; the session uses a folder of its own in it.

        Raises:
            EngineError: `memory` is not an amount of memory.
        """
