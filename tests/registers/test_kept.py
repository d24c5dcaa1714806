"""What was taken in is not read again; a killed run leaves nothing half done; two at once do no harm."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.registers.conftest import KEY, LoadRegisters, Take, contract
from tests.registers.test_csv import CLEAN, STAYS

from pejl.engines import Session, get_engine
from pejl.registers import Intake, PseudonymKey, intake, rules, source_digest, take_in
from pejl.workspace.model import Workspace

Rows = Callable[[Intake], list[tuple[Any, ...]]]
FILES: dict[str, str | bytes | None] = {
    "registers/stays.yaml": contract(STAYS),
    "data/stays.csv": CLEAN.encode("latin-1"),
}


@pytest.fixture
def workspace(load: LoadRegisters) -> Workspace:
    return load(FILES)


@pytest.fixture
def again(workspace: Workspace, session: Session, tmp_path: Path) -> Callable[..., Intake]:
    """Take the same register in, in the same folder."""

    def make(key: PseudonymKey | None = KEY, **changes: object) -> Intake:
        register = workspace.registers[0].model_copy(update=changes)
        return take_in(workspace, register, session, tmp_path / "cache", key)

    return make


def test_what_has_not_changed_is_not_read_again(again: Callable[..., Intake], monkeypatch: pytest.MonkeyPatch) -> None:
    first = again()

    def read(*_: object, **__: object) -> None:
        raise AssertionError("the source is read again")

    monkeypatch.setattr(intake, "csv_reading", read)
    assert again() == first


def test_the_faults_of_a_register_are_remembered_too(
    take: Take, workspace: Workspace, session: Session, tmp_path: Path
) -> None:
    (workspace.root / "data/stays.csv").write_text("Stay_id;CPR;Fra;Til;Timer;Paragraf;Bydel;Beskyttet\nx;y;z;;;;;\n")
    first = take_in(workspace, workspace.registers[0], session, tmp_path / "cache", KEY)
    assert not first.usable
    assert len(first.findings) == 3
    assert take_in(workspace, workspace.registers[0], session, tmp_path / "cache", KEY) == first


def test_rows_are_named_by_content_rules_codes_and_key(again: Callable[..., Intake], workspace: Workspace) -> None:
    first = again()
    names = {first.sha256}
    assert again(title=workspace.registers[0].purpose).sha256 == first.sha256
    names.add(again(PseudonymKey(bytes(32))).sha256)
    names.add(again(tolerated=Decimal(1)).sha256)
    names.add(again(columns=workspace.registers[0].columns[:-1]).sha256)
    path = workspace.root / "data/stays.csv"
    path.write_bytes(path.read_bytes().replace(b"1.012,5", b"1.012,6"))
    names.add(again().sha256)
    del workspace.__dict__["codes"]
    del workspace.__dict__["dimensions"]
    workspace.vocabularies[0].__dict__["dimensions"] = ()
    names.add(again().sha256)
    assert len(names) == 6


def test_moving_a_source_changes_nothing(again: Callable[..., Intake], workspace: Workspace) -> None:
    first = again()
    (workspace.root / "data/stays.csv").rename(workspace.root / "data/moved.csv")
    data = workspace.registers[0].data.model_copy(update={"path": "data/moved.csv"})
    assert again(data=data).sha256 == first.sha256


def test_canonical_rows_that_were_purged_are_made_again(again: Callable[..., Intake]) -> None:
    first = again()
    first.files[0].unlink()
    assert again() == first
    assert first.files[0].is_file()


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"sha256": "x"}'])
def test_a_note_that_cannot_be_used_is_written_anew(again: Callable[..., Intake], content: str) -> None:
    first = again()
    first.files[0].with_suffix(".json").write_text(content)
    assert again() == first


def test_a_hash_is_kept_while_the_file_stays_the_same(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.root / "data/stays.csv"
    long_ago = time.time() - 100
    os.utime(path, (long_ago, long_ago))
    register = workspace.registers[0]
    first = source_digest(workspace.root, register, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(hashlib, "file_digest", None)  # reading it would fail
        assert source_digest(workspace.root, register, tmp_path) == first
    content = path.read_bytes()
    path.write_bytes(content.replace(b"1.012,5", b"1.012,6"))
    os.utime(path, (long_ago, long_ago))  # the same size and time, but not the same change
    assert source_digest(workspace.root, register, tmp_path) != first


def test_the_hash_of_a_file_just_written_is_not_kept(workspace: Workspace, tmp_path: Path) -> None:
    source_digest(workspace.root, workspace.registers[0], tmp_path)
    assert not (tmp_path / "digests").exists()


def test_a_source_that_changes_while_it_is_read_is_not_believed(
    again: Callable[..., Intake], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.root / "data/stays.csv"
    counted = rules.counted

    def meanwhile(*arguments: Any) -> Any:
        path.write_bytes(path.read_bytes() + b"9;;;01-01-2018;;;;south;J;Y\r\n")
        return counted(*arguments)

    monkeypatch.setattr(intake, "counted", meanwhile)
    taken = again()
    assert taken.reason is not None
    assert taken.reason.render("en") == "the source was changed while it was read; measure again"


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


@pytest.mark.parametrize("at", range(1, 4))
def test_a_run_that_ends_at_any_rename_leaves_nothing_half_done(
    again: Callable[..., Intake], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    calls = 0
    real = Path.replace

    def end(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == at:
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", end)
        with pytest.raises(KeyboardInterrupt):
            again()
    assert [name for name in visible(tmp_path / "cache") if name.endswith(".json")] == []
    assert [each.name for each in (tmp_path / "cache").glob(".*")] == []
    taken = again()
    assert (taken.usable, taken.rows) == (True, 4)
    assert len(visible(tmp_path / "cache")) == 2


PROGRAM = """
import sys
from pathlib import Path
from pejl.engines import get_engine
from pejl.registers import PseudonymKey, take_in
from pejl.workspace.loading import load_workspace
root, cache = Path(sys.argv[1]), Path(sys.argv[2])
workspace, _ = load_workspace(root)
with get_engine("duckdb").session(memory="500MB", threads=2, scratch=cache / "scratch") as session:
    print("begun", flush=True)
    take_in(workspace, workspace.registers[0], session, cache / "rows", PseudonymKey(bytes(32)))
    print("done", flush=True)
"""


def started(root: Path, cache: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", PROGRAM, str(root), str(cache)], stdout=subprocess.PIPE)


@pytest.fixture
def many_rows(workspace: Workspace) -> Path:
    header, _, _ = CLEAN.partition("\r\n")
    rows = "".join(f"{n};{1 + n % 28:02d}0190-{n % 3000:04d};;01-02-2016;;1;107;Nord;ja;X\r\n" for n in range(150_000))
    (workspace.root / "data/stays.csv").write_bytes(f"{header}\r\n{rows}".encode("latin-1"))
    return workspace.root


def test_killed_runs_leave_no_half_file_and_no_number(many_rows: Path, tmp_path: Path) -> None:
    for wait in (0.05, 0.2, 0.4, 0.6):
        with started(many_rows, tmp_path) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"begun\n"
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
        for file in (tmp_path / "rows").glob("*"):
            assert b"010190-0000" not in (file.read_bytes() if file.is_file() else b"")
    with started(many_rows, tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.read() == b"begun\ndone\n"
    with get_engine("duckdb").session(memory="500MB", threads=2, scratch=tmp_path / "scratch") as session:
        (file,) = (tmp_path / "rows").glob("[!.]*.parquet")
        session.relation("rows", [file])
        assert session.fetch("SELECT count(*), count(DISTINCT stay_id) FROM rows") == [(150_000, 150_000)]


def test_two_at_once_find_the_same(many_rows: Path, tmp_path: Path) -> None:
    with started(many_rows, tmp_path) as one, started(many_rows, tmp_path) as other:
        for process in (one, other):
            assert process.stdout is not None
            assert process.stdout.read() == b"begun\ndone\n"
    assert len(visible(tmp_path / "rows")) == 2
    assert list((tmp_path / "rows").glob(".*")) == []


def test_two_threads_at_once_find_the_same(workspace: Workspace, tmp_path: Path) -> None:
    def run(number: int) -> Intake:
        with get_engine("duckdb").session(memory="100MB", threads=1, scratch=tmp_path / "scratch") as session:
            return take_in(workspace, workspace.registers[0], session, tmp_path / "cache", KEY)

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(run, range(8)))
    assert [each == taken[0] for each in taken] == [True] * 8


def test_what_killed_runs_left_is_removed_a_day_later(again: Callable[..., Intake], tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    for name, age in ((".stays-old.parquet", 25 * 3600), (".stays-new.parquet", 3600)):
        (folder / name).write_text("half")
        then = time.time() - age
        os.utime(folder / name, (then, then))
    again()
    assert [path.name for path in folder.glob(".*")] == [".stays-new.parquet"]
