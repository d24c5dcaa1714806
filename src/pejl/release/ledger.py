"""The ledger: everything ever published of counted indicators, beside the releases and never shortened.

`releases/ledger/index.jsonl` has a line for each event: a release published, with the hash of what it showed of each
indicator, cells withdrawn, or a draft dropped that nobody saw. Every line names the hash of the line before it. What
was shown of an indicator lies once, however many releases show it, in a file named by its content's SHA-256: a line
that says what it is, then CSV with the numbers that give all others away, packed.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pejl.protect.whole import Cell, Edition, IndicatorTable, Ledger, Numbers, TableKey, read_cells
from pejl.protect.whole.reading import table_of
from pejl.protect.whole.tables import cell_of, cell_text
from pejl.release import storage
from pejl.release.reader import MANIFEST, RELEASES, Release, ReleaseError
from pejl.text import message

FOLDER = "ledger"
INDEX = "index.jsonl"
PUBLISHED, WITHDRAWN, DROPPED = "published", "withdrawn", "dropped"
_WITHHELD = "-"
_ROUNDED = "~"

Shown = tuple[TableKey, Cell]


@dataclass(frozen=True, slots=True)
class Book:
    """The ledger as it was read.

    Attributes:
        ledger: the value for the attacker.
        thresholds: by release, below which a number was small.
        dropped: the drafts that nobody saw, in the order they were dropped; nothing of them is in `ledger`.
    """

    ledger: Ledger
    thresholds: dict[str, int]
    dropped: tuple[str, ...] = ()

    @property
    def taken_back(self) -> list[str]:
        """Everything that was ever taken back, in words: releases made before and after differ by it."""
        return [f"{':'.join(key)}:{cell_text(cell)}" for key, cell in sorted(self.ledger.withdrawn)]


def record(root: Path, release: Release, threshold: int) -> bool:
    """Note everything a release shows of counted indicators; return False where that stands in the ledger already.

    Raises:
        ReleaseError: the ledger or the release is damaged.
    """
    events = _events(root)
    if any(event["release"] == release.id and event["event"] == PUBLISHED for event in events):
        return False
    tables = {}
    for indicator, content in _contents(release):
        digest = storage.sha256(content)
        path = _place(root, digest)
        if not path.exists():
            storage.make_folder(path.parent)
            packed = io.BytesIO()
            with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, compresslevel=6) as file:
                file.write(content)
            storage.replace_file(path, packed.getvalue())
        tables[indicator] = digest
    _append(root, {"release": release.id, "event": PUBLISHED, "threshold": threshold, "tables": tables})
    return True


def catch_up(root: Path, threshold: int) -> list[str]:
    """Note the releases that are not in the ledger, made before there was one or by a run that was killed.

    Raises:
        ReleaseError: the ledger or one of the releases is damaged.
    """
    folder = root / RELEASES
    found = [Release(root, path.parent.name) for path in folder.glob(f"*/{MANIFEST}") if path.parent.name[0] != "."]
    found.sort(key=lambda release: (str(release.manifest.get("made", "")), release.id))
    return [release.id for release in found if record(root, release, threshold)]


def note_withdrawn(root: Path, release_id: str, cells: Collection[Shown]) -> None:
    """Note that cells were taken back: they stay known, and are not to be shown again."""
    rows = [[*key, cell_text(cell)] for key, cell in sorted(cells)]
    _append(root, {"release": release_id, "event": WITHDRAWN, "cells": rows})


def note_dropped(root: Path, release_id: str) -> None:
    """Note that nobody saw a draft: what it shows is not known, and what it withheld may be shown."""
    _append(root, {"release": release_id, "event": DROPPED})


def read_ledger(root: Path) -> Book:
    """Return everything ever published, verified line by line and file by file.

    Raises:
        ReleaseError: a line or a file is missing or was changed.
    """
    read: dict[str, list[IndicatorTable]] = {}
    editions, thresholds = [], {}
    withdrawn: set[Shown] = set()
    events = _events(root)
    dropped = tuple(dict.fromkeys(event["release"] for event in events if event["event"] == DROPPED))
    for event in events:
        if event["event"] == WITHDRAWN:
            withdrawn |= {((row[0], row[1], row[2], row[3]), cell_of(row[4])) for row in event["cells"]}
            continue
        if event["release"] in dropped:
            continue
        thresholds[event["release"]] = int(event["threshold"])
        for digest in event["tables"].values():
            if digest not in read:
                read[digest] = _tables(_unpacked(root, digest))
        tables = {table.key: table for digest in event["tables"].values() for table in read[digest]}
        editions.append(Edition(event["release"], tables))
    return Book(Ledger(tuple(editions), frozenset(withdrawn)), thresholds, dropped)


def described(description: dict[str, Any]) -> tuple[str, bool]:
    """Return the kind of an indicator, and whether people whose place is unknown are in its total only."""
    kind = description.get("kind") or description["unit"]["kind"]
    counting = description.get("counting") or {}
    return str(kind), counting.get("unknown") == "leave_out"


def published_tables(release: Release) -> list[IndicatorTable]:
    """Return the tables of a release that were counted from registers, here or elsewhere, as readers see them.

    Raises:
        ReleaseError: the release is damaged.
    """
    found = []
    for indicator, description in _counted(release):
        kind, leaves_out = described(description)
        found += read_cells(release.read(f"public/cells/{indicator}.csv"), kind, leaves_out=leaves_out)
    return found


def _counted(release: Release) -> Iterable[tuple[str, dict[str, Any]]]:
    for name in sorted(release.manifest["files"]):
        if name.startswith("public/cells/") and name.endswith(".csv"):
            indicator = name.removeprefix("public/cells/").removesuffix(".csv")
            description = release.indicator(indicator)
            if description is not None and description.get("source") == "registers":
                yield indicator, description


def _contents(release: Release) -> Iterable[tuple[str, bytes]]:
    for indicator, description in _counted(release):
        kind, leaves_out = described(description)
        tables = read_cells(release.read(f"public/cells/{indicator}.csv"), kind, leaves_out=leaves_out)
        if tables:
            yield indicator, _content(indicator, kind, leaves_out, tables)


def _content(indicator: str, kind: str, leaves_out: bool, tables: Sequence[IndicatorTable]) -> bytes:
    names = sorted({name for table in tables for cell in table.rows for name, _ in cell})
    head: dict[str, Any] = {"indicator": indicator, "kind": kind, "leaves_out": leaves_out, "dimensions": names}
    rounded = sorted([*table.key[1:], table.rounded] for table in tables if table.rounded)
    if rounded:
        head["rounded"] = rounded
    buffer = io.StringIO(newline="")
    buffer.write(json.dumps(head, ensure_ascii=False) + "\n")
    writer = csv.writer(buffer, lineterminator="\n")
    for table in sorted(tables, key=lambda each: each.key):
        for cell, numbers in sorted(table.rows.items()):
            codes = dict(cell)
            told = [_WITHHELD] if numbers is None else [_short(numbers.numerator)]
            if numbers is not None:
                told += [_short(numbers.denominator), _short(numbers.persons)]
                told += [_ROUNDED] if table.is_rounded(cell) else []
            writer.writerow([*table.key[1:], *(codes.get(name, "") for name in names), *told])
    return buffer.getvalue().encode()


def _short(number: float | None) -> str:
    return "" if number is None else f"{number:.12g}"


def _tables(content: bytes) -> list[IndicatorTable]:
    lines = io.StringIO(content.decode("utf-8"), newline="")
    head = json.loads(lines.readline())
    names = head["dimensions"]
    rows: dict[TableKey, dict[Cell, Numbers | None]] = {}
    widths = {(head["indicator"], *row[:3]): float(row[3]) for row in head.get("rounded", ())}
    within: dict[TableKey, dict[Cell, float]] = {}
    for row in csv.reader(lines):
        key = (head["indicator"], row[0], row[1], row[2])
        cell = tuple((name, code) for name, code in zip(names, row[3:], strict=False) if code)
        numbers = row[3 + len(names) :]
        rounded = numbers[-1] == _ROUNDED
        within.setdefault(key, {})[cell] = widths[key] if rounded else 0.0
        rows.setdefault(key, {})[cell] = None if numbers == [_WITHHELD] else _numbers(numbers[:3])
    return [table_of(key, head["kind"], cells, head["leaves_out"], within[key]) for key, cells in rows.items()]


def _numbers(told: Sequence[str]) -> Numbers:
    numerator, denominator, persons = (float(each) if each else None for each in told)
    return Numbers(numerator, denominator, persons)


def _place(root: Path, digest: str) -> Path:
    return root / RELEASES / FOLDER / digest[:2] / f"{digest}.csv.gz"


def _unpacked(root: Path, digest: str) -> bytes:
    try:
        content = gzip.decompress(_place(root, digest).read_bytes())
    except (OSError, EOFError) as error:
        raise _damaged() from error
    if storage.sha256(content) != digest:
        raise _damaged()
    return content


def _index(root: Path) -> Path:
    return root / RELEASES / FOLDER / INDEX


def _events(root: Path) -> list[dict[str, Any]]:
    """Return the lines of the index, each held against the one before it."""
    path = _index(root)
    if not path.is_file():
        return []
    events, before = [], ""
    for line in path.read_bytes().splitlines():
        try:
            event = json.loads(line)
        except ValueError as error:
            raise _damaged() from error
        if event.get("previous") != before:
            raise _damaged()
        before = storage.sha256(line)
        events.append(event)
    return events


def _append(root: Path, event: dict[str, Any]) -> None:
    path = _index(root)
    storage.make_folder(path.parent)
    lines = path.read_bytes().splitlines() if path.is_file() else []
    previous = storage.sha256(lines[-1]) if lines else ""
    whole = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **event, "previous": previous}
    storage.append_line(path, json.dumps(whole, ensure_ascii=False))


def _damaged() -> ReleaseError:
    what = message(
        "the ledger of what was published is damaged: a part of '{name}' is missing or was changed; restore a copy",
        name=f"{RELEASES}/{FOLDER}",
    )
    return ReleaseError("ledger_damaged", what)
