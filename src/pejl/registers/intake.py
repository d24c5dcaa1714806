"""Taking a register in: its source read, its rows checked, its CPR numbers replaced, the result kept in the cache."""

# ruff: noqa: S608
# names and texts in SQL go through pejl.engines.sql_text

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from pejl.engines import EngineError, OutOfMemoryError, Session
from pejl.engines.sql_text import quoted
from pejl.registers.canonical import canonical_sql
from pejl.registers.csv_files import csv_reading
from pejl.registers.formats import CANONICAL
from pejl.registers.kept import keep, recall, rows_digest, rows_path
from pejl.registers.keys import PseudonymKey
from pejl.registers.parquet_files import parquet_reading
from pejl.registers.pseudonyms import NUMBERS, keep_numbers
from pejl.registers.results import Finding, Intake
from pejl.registers.rules import TYPED, Broken, counted, with_rows
from pejl.registers.sources import Reading, SourceError, located, read_columns, source_digest
from pejl.registers.typed import keep_codes, number_texts, typed_sql
from pejl.text import Message, message
from pejl.workspace.model import Workspace
from pejl.workspace.registers import Register

_ABANDONED_SECONDS = 24 * 3600


def take_in(
    workspace: Workspace, register: Register, session: Session, folder: Path, key: PseudonymKey | None
) -> Intake:
    """Read, check and pseudonymise one register; what was done before for the same content is not done again.

    A register that is missing, unreadable or too faulty is not usable and says why; that is no exception.

    Args:
        workspace: the workspace, for its root, its dimensions and the place where it is run.
        register: the contract.
        session: a session of DuckDB, whichever engine counts later.
        folder: the cache for rows of persons; made with mode 0700.
        key: the key of the pseudonyms; None where it cannot be used, which sets aside registers with CPR numbers.

    Raises:
        OSError: the cache cannot be written to.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    try:
        return _Intake(workspace, register, session, folder, key).result()
    except (SourceError, EngineError) as error:
        return set_aside(register, error.what)


def _sweep(folder: Path) -> None:
    """Remove what killed runs left half done: hidden files that nobody can still be writing."""
    for left in folder.glob(".*"):
        with suppress(OSError):  # another run may have removed it
            if time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
                left.unlink()


def set_aside(register: Register, reason: Message) -> Intake:
    """Return the intake of a register of which nothing could be read."""
    return Intake(register.id, (), _columns(register), 0, "", (), {}, usable=False, reason=reason)


def _columns(register: Register) -> dict[str, str]:
    return {column.name: CANONICAL[column.type] for column in read_columns(register)}


class _Intake:
    """One register on its way in."""

    def __init__(
        self, workspace: Workspace, register: Register, session: Session, folder: Path, key: PseudonymKey | None
    ) -> None:
        self._workspace = workspace
        self._register = register
        self._session = session
        self._folder = folder
        self._key = key

    def result(self) -> Intake:
        register, workspace = self._register, self._workspace
        if workspace.settings.place not in register.processed_at:
            raise SourceError(message("the contract does not allow this register to be processed here"))
        digest = source_digest(workspace.root, register, self._folder)
        sha256 = rows_digest(workspace, register, digest, self._key)
        in_place = located(workspace.root, register.data) if register.data.format == "parquet" else ()
        known = recall(self._folder, register, sha256, in_place)
        if known is not None:
            return known
        made = self._read(sha256)
        if source_digest(workspace.root, register, self._folder) != digest:
            raise SourceError(message("the source was changed while it was read; measure again"))
        keep(self._folder, made)
        return made

    def _read(self, sha256: str) -> Intake:
        """Read the source fast; where that fails or finds faults in a CSV file, once more with numbered rows."""
        if self._register.data.format == "csv":
            try:
                with self._typed(numbered=False) as reading:
                    rows, broken = counted(self._register, self._session)
                    if not broken and rows == reading.expected:
                        return self._made(sha256, reading, rows, broken)
            except OutOfMemoryError:
                raise
            except EngineError:
                pass  # a row of another form, a sign of another encoding: the slow reading counts them
        with self._typed(numbered=True) as reading:
            rows, broken = counted(self._register, self._session)
            if reading.expected not in (None, rows):
                raise SourceError(message("not all rows of the source could be read"))
            if reading.numbered and broken:
                broken = with_rows(broken, self._register, reading, self._session)
            return self._made(sha256, reading, rows, broken)

    @contextmanager
    def _typed(self, *, numbered: bool) -> Iterator[Reading]:
        """Give the session the relation `TYPED`: over the source itself, or staged in a file that is deleted after."""
        register, session = self._register, self._session
        stage = self._folder / f".{register.id}-{secrets.token_hex(6)}.parquet"
        with self._reading(numbered=numbered) as reading:
            try:
                keep_codes(self._workspace, register, session)
                texts = number_texts(reading, register)
                if texts:
                    self._keep_numbers(reading, texts)
                sql = typed_sql(reading, register)
                if reading.in_place:
                    session.define(TYPED, sql)
                else:
                    session.write(sql, stage)
                    session.relation(TYPED, [stage])
                yield reading
            finally:
                for name in (TYPED, NUMBERS):
                    session.drop(name)
                stage.unlink(missing_ok=True)

    def _keep_numbers(self, reading: Reading, texts: Sequence[str]) -> None:
        if self._key is None:
            raise SourceError(message("it holds CPR numbers, and there is no key to make pseudonyms with"))
        keep_numbers(self._session, reading.sql, texts, self._key, datetime.now(UTC).date())

    @contextmanager
    def _reading(self, *, numbered: bool) -> Iterator[Reading]:
        root, register, folder = self._workspace.root, self._register, self._folder
        if register.data.format == "csv":
            with csv_reading(root, register, folder, numbered=numbered) as reading:
                yield reading
        elif register.data.format == "sqlite":
            from pejl.registers.sqlite import sqlite_reading

            with sqlite_reading(root, register, folder) as reading:
                yield reading
        elif register.data.format == "postgresql":
            from pejl.registers.postgresql import postgresql_reading

            with postgresql_reading(register, folder) as reading:
                yield reading
        else:
            yield parquet_reading(root, register, self._session)

    def _made(self, sha256: str, reading: Reading, rows: int, broken: list[Broken]) -> Intake:
        register = self._register
        rows += sum(each.count for each in reading.broken)
        findings = _findings(register, rows, broken, reading)
        stopping = [each for each in findings if each.stops]
        reason = None
        files: tuple[Path, ...] = ()
        if stopping:
            reason = _too_many(stopping, rows)
        elif reading.in_place and not broken and not self._changed():
            files = reading.in_place
        else:
            path = rows_path(self._folder, register.id, sha256)
            rows = self._session.write(canonical_sql(register, {each.rule for each in broken}), path)
            files = (path,)
        return Intake(
            register.id,
            files,
            _columns(register),
            rows,
            sha256,
            findings,
            self._marks(),
            usable=not stopping,
            reason=reason,
        )

    def _changed(self) -> bool:
        """Tell whether any text of Parquet files is read as something else than what stands there."""
        texts = [column.name for column in read_columns(self._register) if column.type == "text"]
        if not texts:
            return False
        differs = " OR ".join(f"{quoted(name)} IS DISTINCT FROM {quoted(name + '~')}" for name in texts)
        return bool(self._session.fetch(f"SELECT count(*) FROM {quoted(TYPED)} WHERE {differs}")[0][0])

    def _marks(self) -> dict[str, int]:
        """Count replacement numbers, the rows they stand in, and the rows without a person."""
        register = self._register
        numbers = [column.name for column in read_columns(register) if column.type == "cpr"]
        marks = {}
        if numbers:
            replaced = " + ".join(f"count(*) FILTER ({quoted(name + '#')} = 'replacement')" for name in numbers)
            marks["replacement_rows"] = self._one(f"SELECT {replaced} FROM {quoted(TYPED)}")
            marks["replacement_numbers"] = self._one(
                f"SELECT count(DISTINCT number) FROM {quoted(NUMBERS)} WHERE class = 'replacement'"
            )
        if register.person is not None:
            flag, person = quoted(f"{register.person}?"), quoted(register.person)
            marks["without_number"] = self._one(
                f"SELECT count(*) FROM {quoted(TYPED)} WHERE {person} IS NULL AND {flag} = 0"
            )
        return marks

    def _one(self, sql: str) -> int:
        return int(self._session.fetch(sql)[0][0])


def _findings(register: Register, rows: int, broken: Sequence[Broken], reading: Reading) -> tuple[Finding, ...]:
    tolerated = (register.tolerated or Decimal(0)) * rows
    found = [
        Finding(each.rule, None, each.count, each.rows, each.count > tolerated, _FORMS[each.rule], each.file)
        for each in reading.broken
    ]
    found.extend(
        Finding(each.rule, each.column, each.count, each.rows, each.count > tolerated, each.what, each.file)
        for each in broken
    )
    if not rows:
        found.append(Finding("no_rows", None, 0, (), stops=False, what=message("the source holds no rows")))
    return tuple(found)


_FORMS = {
    "row_form": message("the row has another number of cells than the first line"),
    "encoding": message("the row holds signs that are not in the encoding of the contract"),
}


def with_findings(intake: Intake, findings: Sequence[Finding]) -> Intake:
    """Return `intake` with further findings, no longer usable when one of them stops it."""
    stopping = [each for each in findings if each.stops]
    if not stopping:
        return replace(intake, findings=(*intake.findings, *findings))
    return replace(
        intake, findings=(*intake.findings, *findings), files=(), usable=False, reason=_too_many(stopping, intake.rows)
    )


def _too_many(stopping: Sequence[Finding], rows: int) -> Message:
    worst = max(stopping, key=lambda each: each.count)
    return message(
        "more rows break a rule of the contract than it tolerates: {what} ({count} of {rows} rows)",
        what=worst.what,
        count=worst.count,
        rows=rows,
    )
