"""The ledger: what was shown stays known, once, and nobody can change it unseen."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tests.release_of_cells import Rows, make_release

from pejl.protect.whole import Numbers
from pejl.release import ReleaseError
from pejl.release.ledger import catch_up, note_withdrawn, published_tables, read_ledger, record

COUNT: dict[str, dict[str, Rows]] = {
    "homeless": {"2019": {"total": 43, "a": None, "b": 40}, "2020": {"total": 30, "a": 10, "b": 20}}
}
SHARE: dict[str, dict[str, Rows]] = {"ill": {"2020": {"total": (30, 60), "a": None, "b": (20, 40), "c": None}}}


def files(root: Path) -> list[Path]:
    return sorted((root / "releases" / "ledger").rglob("*.csv.gz"))


def test_everything_shown_and_withheld_comes_back_from_the_ledger(tmp_path: Path) -> None:
    release = make_release(tmp_path, COUNT | SHARE)
    assert record(tmp_path, release, 5)
    book = read_ledger(tmp_path)
    assert book.thresholds == {"2020-r1": 5}
    (edition,) = book.ledger.editions
    assert {key: table.rows for key, table in edition.tables.items()} == {
        ("homeless", "1", "2019", "city"): {
            (): Numbers(43, None, 43),
            (("district", "a"),): None,
            (("district", "b"),): Numbers(40, None, 40),
        },
        ("homeless", "1", "2020", "city"): {
            (): Numbers(30, None, 30),
            (("district", "a"),): Numbers(10, None, 10),
            (("district", "b"),): Numbers(20, None, 20),
        },
        ("ill", "1", "2020", "city"): {
            (): Numbers(30, 60, 60),
            (("district", "a"),): None,
            (("district", "b"),): Numbers(20, 40, 40),
            (("district", "c"),): None,
        },
    }
    assert {table.key: table.rows for table in published_tables(release)} == {
        key: table.rows for key, table in edition.tables.items()
    }


def test_a_release_is_noted_once(tmp_path: Path) -> None:
    release = make_release(tmp_path, COUNT)
    assert record(tmp_path, release, 5)
    assert not record(tmp_path, release, 5)
    assert catch_up(tmp_path, 5) == []


def test_releases_from_before_there_was_a_ledger_are_noted_in_their_order(tmp_path: Path) -> None:
    for _ in range(11):
        make_release(tmp_path, COUNT)
    assert catch_up(tmp_path, 5)[0] == "2020-r1"
    assert len(read_ledger(tmp_path).ledger.editions) == 11


def test_what_has_not_changed_lies_there_once(tmp_path: Path) -> None:
    record(tmp_path, make_release(tmp_path, COUNT), 5)
    record(tmp_path, make_release(tmp_path, COUNT | SHARE), 5)
    assert len(files(tmp_path)) == 2


def test_what_is_withdrawn_stays_known(tmp_path: Path) -> None:
    release = make_release(tmp_path, COUNT)
    record(tmp_path, release, 5)
    shown = (("homeless", "1", "2020", "city"), (("district", "a"),))
    note_withdrawn(tmp_path, release.id, [shown])
    ledger = read_ledger(tmp_path).ledger
    assert ledger.withdrawn == {shown}
    assert ledger.editions[0].tables[shown[0]].rows[shown[1]] == Numbers(10, None, 10)


def test_a_changed_line_a_missing_line_and_a_changed_file_are_found(tmp_path: Path) -> None:
    for _ in range(3):
        record(tmp_path, make_release(tmp_path, COUNT), 5)
    index = tmp_path / "releases" / "ledger" / "index.jsonl"
    lines = index.read_bytes().splitlines(keepends=True)
    for changed in (lines[:1] + lines[2:], [lines[0].replace(b'"threshold": 5', b'"threshold": 3'), *lines[1:]]):
        index.write_bytes(b"".join(changed))
        with pytest.raises(ReleaseError, match="the ledger of what was published is damaged"):
            read_ledger(tmp_path)
    index.write_bytes(b"".join(lines))
    (path,) = files(tmp_path)
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"40", b"41")))
    with pytest.raises(ReleaseError):
        read_ledger(tmp_path)


def test_without_a_ledger_nothing_is_known(tmp_path: Path) -> None:
    assert read_ledger(tmp_path).ledger.editions == ()


def test_the_index_names_hashes_and_no_number_but_the_threshold(tmp_path: Path) -> None:
    record(tmp_path, make_release(tmp_path, COUNT), 5)
    line = json.loads((tmp_path / "releases" / "ledger" / "index.jsonl").read_text(encoding="utf-8"))
    assert set(line) == {"at", "release", "event", "threshold", "tables", "previous"}
    assert set(line["tables"]) == {"homeless"}
