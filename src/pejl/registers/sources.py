"""Where a register's rows are: found, named, and known by their content."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pejl.text import Message, message
from pejl.workspace.registers import Column, Register, RegisterSource

_SETTLED_SECONDS = 2.0
"""A file changed less than this ago may change again without its time changing; its hash is not kept."""


class SourceError(Exception):
    """The source cannot be read; `what` says why."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.render("en"))
        self.what = what


@dataclass(frozen=True, slots=True)
class BrokenRows:
    """Rows that could not even be divided into cells: the rule they break, how many, the first of them."""

    rule: str
    count: int
    rows: tuple[int, ...]
    file: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as a SELECT in DuckDB's dialect.

    Its columns are those declared, named and ordered as in the contract, and `_file`, the index of the row's file in
    `files`, and `_row`, its number there; NULL where rows are not `numbered`. `natives` are the SQL types by column.
    `expected` is how many rows there must be, where something else than the engine counted them. `in_place` are the
    Parquet files that hold the rows under the declared names.
    """

    sql: str
    natives: dict[str, str]
    files: tuple[str, ...]
    numbered: bool
    expected: int | None = None
    broken: tuple[BrokenRows, ...] = ()
    in_place: tuple[Path, ...] = field(default=())


def read_columns(register: Register) -> tuple[Column, ...]:
    """Return the columns that are read: all but names and other identifiers that are no CPR numbers."""
    return tuple(each for each in register.columns if each.type == "cpr" or each.personal != "identifier")


def located(root: Path, source: RegisterSource) -> tuple[Path, ...]:
    """Return the files of a source, in the order of their names.

    Raises:
        SourceError: there are none.
    """
    path = source.path or ""
    if any(sign in path for sign in "*?["):
        base = Path(path).anchor or str(root)
        found = sorted(each for each in Path(base).glob(path.removeprefix(Path(path).anchor)) if each.is_file())
    else:
        found = [each for each in (root / path,) if each.is_file()]
    if not found:
        raise SourceError(message("there is no file '{path}'", path=path))
    return tuple(found)


def shown(root: Path, file: Path) -> str:
    """Return the name of a file as people know it: relative to the workspace where it lies there."""
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)


def source_digest(root: Path, register: Register, folder: Path) -> str:
    """Return a hash of the source's content, as 64 hexadecimal digits.

    Files are read once: their hashes are kept in `folder` by path, size, time and inode. A table on a database server
    is hashed there, over the declared columns, in no matter which order of its rows.

    Raises:
        SourceError: there is no source.
    """
    if register.data.format == "postgresql":
        from pejl.registers.postgresql import table_digest

        return table_digest(register)
    files = located(root, register.data)
    if register.data.format == "sqlite":
        log = files[0].with_name(f"{files[0].name}-wal")  # what is written and not yet in the main file
        files = (*files, log) if log.is_file() and log.stat().st_size else files
    return joined(_file_digest(file, folder) for file in files)


def joined(parts: Iterable[str]) -> str:
    """Return one hash of many texts."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _file_digest(file: Path, folder: Path) -> str:
    try:
        before = file.stat()
        known = folder / "digests" / f"{joined([str(file.resolve())])}.json"
        state = [before.st_size, before.st_mtime_ns, before.st_ctime_ns, before.st_ino, before.st_dev]
        kept = read_json(known)
        if kept is not None and kept.get("state") == state:
            return str(kept["sha256"])
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(file.name, error) from None
    if time.time() - before.st_mtime > _SETTLED_SECONDS:
        write_json(known, {"state": state, "sha256": digest})
    return digest


def unreadable(name: str, error: OSError) -> SourceError:
    """Return the error for a file that the operating system does not let us read."""
    return SourceError(
        message("the file '{file}' cannot be read: {reason}", file=name, reason=error.strerror or "unknown")
    )


def read_json(path: Path) -> dict[str, object] | None:
    """Return what `write_json` wrote, or None where there is nothing that can be used."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) else None


def write_json(path: Path, data: dict[str, object]) -> None:
    """Write plain data, readable by the owner only; the file appears whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
