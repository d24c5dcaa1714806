"""DuckDB as an engine: names, types and files as promised; errors that hold no value; memory that runs out."""

from __future__ import annotations

import os
import signal
import stat
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pejl.engines import EngineError, OutOfMemoryError, get_engine
from pejl.engines.duckdb_engine import DuckDBSession


@pytest.fixture
def session(tmp_path: Path) -> Iterator[DuckDBSession]:
    with DuckDBSession(500_000_000, 2, tmp_path / "scratch") as opened:
        yield opened


class Failing:
    """A connection that runs out of memory as often as told, and remembers what it was asked."""

    def __init__(self, real: duckdb.DuckDBPyConnection, times: int) -> None:
        self.real = real
        self.times = times
        self.asked: list[str] = []

    def execute(self, sql: str, parameters: object = None) -> Any:
        self.asked.append(sql)
        if self.times and not sql.startswith("SET "):
            self.times -= 1
            raise duckdb.OutOfMemoryException("failed to allocate 1 row of 'Karen'")
        return self.real.execute(sql, parameters)

    def close(self) -> None:
        self.real.close()


def test_the_version_says_which_engine_it_is() -> None:
    assert get_engine("duckdb").version == f"duckdb {duckdb.__version__}"


def test_values_come_back_as_they_went_in(session: DuckDBSession) -> None:
    columns = {"a": "integer", "b": "text", "c": "number", "d": "date", "e": "boolean"}
    rows = [(2**62, "æ'\";", 0.5, date(2016, 2, 29), True), (None, None, None, None, None)]
    session.values("small", columns, rows)
    assert session.fetch("FROM small") == rows
    assert session.types("FROM small") == columns


def test_many_values_are_kept_in_their_number(session: DuckDBSession) -> None:
    session.values("many", {"a": "integer"}, ((number,) for number in range(120_001)))
    assert session.fetch("SELECT count(*), sum(a) FROM many") == [(120_001, 120_001 * 60_000)]


def test_no_values_make_an_empty_relation(session: DuckDBSession) -> None:
    session.values("none", {"a": "date"}, [])
    assert session.fetch("FROM none") == []


def test_a_name_defined_again_is_replaced_whatever_it_was(session: DuckDBSession) -> None:
    session.define("x", "SELECT 1 AS a")
    session.keep("x", "SELECT 2 AS a")
    assert session.fetch("FROM x") == [(2,)]
    session.values("x", {"a": "integer"}, [(3,)])
    assert session.fetch("FROM x") == [(3,)]
    session.define("x", "SELECT 4 AS a")
    assert session.fetch("FROM x") == [(4,)]
    session.drop("x")
    session.drop("x")
    with pytest.raises(EngineError):
        session.fetch("FROM x")


def test_keep_says_how_many_rows_there_are(session: DuckDBSession) -> None:
    assert session.keep("three", "SELECT unnest([1, 2, 3]) AS a") == 3


def test_names_may_hold_anything(session: DuckDBSession) -> None:
    name = 'a "b"; DROP TABLE x; --'
    session.values(name, {name: "integer"}, [(1,)])
    assert session.types('FROM "a ""b""; DROP TABLE x; --"') == {name: "integer"}


def test_a_written_file_is_whole_private_and_readable(session: DuckDBSession, tmp_path: Path) -> None:
    path = tmp_path / "it's [here]*.parquet"
    assert session.write("SELECT unnest([1, 2]) AS a, 'x' AS b", path) == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == [path.name]
    session.relation("back", [path, path], {"b": "text", "a": "number"}, "a > 1")
    assert session.fetch("FROM back") == [("x", 2.0), ("x", 2.0)]
    session.relation("back", [path])
    assert session.types("FROM back") == {"a": "integer", "b": "text"}


def test_no_files_are_an_empty_relation_with_its_columns(session: DuckDBSession) -> None:
    session.relation("nothing", [], {"a": "date"})
    assert session.fetch("FROM nothing") == []
    assert session.types("FROM nothing") == {"a": "date"}


def test_a_statement_that_fails_leaves_no_file(session: DuckDBSession, tmp_path: Path) -> None:
    with pytest.raises(EngineError):
        session.write("SELECT CAST('Karen' AS INTEGER)", tmp_path / "rows.parquet")
    assert [each for each in tmp_path.iterdir() if each.is_file()] == []


def test_a_folder_that_is_not_there_is_said_without_its_path(session: DuckDBSession, tmp_path: Path) -> None:
    with pytest.raises(EngineError) as caught:
        session.write("SELECT 1 AS a", tmp_path / "missing" / "rows.parquet")
    assert caught.value.what.render("en") == "'rows.parquet' cannot be written: No such file or directory"


def test_arrays_are_masked_where_cells_are_empty(session: DuckDBSession) -> None:
    arrays = session.fetch_columns("SELECT * FROM (VALUES (1, 'a'), (NULL, 'b')) AS t(n, w)")
    assert list(arrays) == ["n", "w"]
    assert arrays["n"].tolist() == [1, None]
    assert arrays["w"].tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("SELEC 1", "the SQL cannot be parsed"),
        ("FROM nowhere", "the SQL names a relation or a function that is not there"),
        ("SELECT a FROM (SELECT 1 AS b)", "the SQL does not fit the columns it reads"),
        ("SELECT CAST('Karen' AS INTEGER)", "a value cannot be converted to the type asked for"),
        ("SELECT 9223372036854775807 + 1::BIGINT", "a number is too large for its type"),
        ("FROM read_parquet('/nowhere/Karen.parquet')", "a file cannot be read or written, or the disk is full"),
        ("SELECT error('Karen')", "a file or a value is not in the form expected"),
    ],
)
def test_an_error_says_its_kind_and_no_value(session: DuckDBSession, sql: str, what: str) -> None:
    with pytest.raises(EngineError) as caught:
        session.fetch(sql)
    assert caught.value.what.render("en") == what
    assert "Karen" not in f"{caught.value!r}{caught.value.__cause__!r}"
    assert caught.value.__suppress_context__


def test_sql_sees_no_variable_of_the_program_and_fetches_no_extension(session: DuckDBSession) -> None:
    secret = {"a": [1]}
    with pytest.raises(EngineError):
        session.fetch("FROM secret")
    assert secret
    settings = session.fetch(
        "SELECT name, value FROM duckdb_settings() WHERE name LIKE 'auto%known_extensions' ORDER BY name"
    )
    assert settings == [("autoinstall_known_extensions", "false"), ("autoload_known_extensions", "false")]


def test_where_memory_runs_out_a_statement_is_tried_once_more_with_less(session: DuckDBSession) -> None:
    failing = Failing(session._connection, times=1)
    session._connection = failing  # type: ignore[assignment]
    assert session.fetch("SELECT 7") == [(7,)]
    assert failing.asked == [
        "SELECT 7",
        "SET memory_limit = '250000000B'",
        "SELECT 7",
        "SET memory_limit = '500000000B'",
    ]


def test_where_memory_runs_out_twice_it_is_said_and_the_session_lives(session: DuckDBSession) -> None:
    failing = Failing(session._connection, times=2)
    session._connection = failing  # type: ignore[assignment]
    with pytest.raises(OutOfMemoryError) as caught:
        session.fetch("SELECT 7")
    assert caught.value.what.render("en") == (
        "the memory does not suffice: 500 MB may be used; raise 'memory' under [engine]"
    )
    assert "Karen" not in repr(caught.value)
    assert failing.asked[-1] == "SET memory_limit = '500000000B'"
    assert session.fetch("SELECT 7") == [(7,)]


def test_a_file_half_written_when_memory_ran_out_is_written_anew(session: DuckDBSession, tmp_path: Path) -> None:
    session._connection = Failing(session._connection, times=1)  # type: ignore[assignment]
    assert session.write("SELECT 7 AS a", tmp_path / "rows.parquet") == 1
    session.relation("back", [tmp_path / "rows.parquet"])
    assert session.fetch("FROM back") == [(7,)]


@pytest.fixture
def heeds_ctrl_c() -> Iterator[None]:
    """A process started in the background ignores Ctrl-C; while a test runs this one does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_ctrl_c_interrupts_what_runs(session: DuckDBSession) -> None:
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        session.fetch("SELECT max(hash(range)) FROM range(1_000_000_000_000)")
    assert time.monotonic() - begun < 20
    assert session.fetch("SELECT 1") == [(1,)]


def test_a_session_leaves_nothing_in_its_scratch_folder(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    with get_engine("duckdb").session(memory="100MB", threads=1, scratch=scratch) as opened:
        (folder,) = scratch.iterdir()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        opened.keep("big", "SELECT range AS a, hash(range) AS b FROM range(10_000_000)")
    assert list(scratch.iterdir()) == []


def test_a_session_says_what_it_may_use(tmp_path: Path) -> None:
    with get_engine("duckdb").session(memory="1.5 GB", threads=3, scratch=tmp_path) as opened:
        assert (opened.memory, opened.threads) == (1_500_000_000, 3)


def test_nothing_is_written_to_the_terminal(session: DuckDBSession) -> None:
    assert session.fetch("SELECT current_setting('enable_progress_bar')") == [(False,)]


def test_sessions_beside_share_what_is_said_to_be_shared(session: DuckDBSession) -> None:
    session.values("small", {"a": "integer"}, [(1,), (2,)])
    session.keep("own", "SELECT 1")
    with session.beside(2) as (one, other):
        assert one.keep("part", "SELECT a FROM small WHERE a = 1") == 1
        assert other.keep("part", "SELECT a FROM small") == 2  # the same name, another relation
        one.share("shared", "SELECT a + 1 AS a FROM part")
        assert other.fetch("FROM shared") == [(2,)]
        with pytest.raises(EngineError):
            one.fetch("FROM own")
    assert session.fetch("FROM shared") == [(2,)]
    session.drop("shared")
    with pytest.raises(EngineError):
        session.fetch("FROM shared")


def test_sessions_beside_have_one_processor_each_and_this_one_has_its_own_again(session: DuckDBSession) -> None:
    threads = "SELECT current_setting('threads')"
    with session.beside(2) as beside:
        assert [each.fetch(threads) for each in beside] == [[(1,)], [(1,)]]
    assert session.fetch(threads) == [(2,)]


def test_a_shared_relation_is_replaced_whatever_it_was(session: DuckDBSession) -> None:
    for define in (session.share, session.keep, session.define, session.share, session.share):
        define("x", f"SELECT '{define.__name__}' AS how")
        assert session.fetch("FROM x") == [(define.__name__,)]


def test_a_session_that_works_is_interrupted_by_another_thread(session: DuckDBSession) -> None:
    endless = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range = 1"
    timer = threading.Timer(0.3, session.interrupt)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        session.fetch(endless)
    timer.join()
    assert session.fetch("SELECT 1") == [(1,)]
