"""Engines are found by name, others plug in, and memory is written as people write it."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from pejl.engines import EngineError, EngineNotFoundError, get_engine, installed, installed_engines, memory
from pejl.engines.memory import default_memory, parse_memory


@pytest.fixture
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    found = (
        EntryPoint("other", "pejl.engines.duckdb_engine:DuckDB", "pejl.engines"),
        EntryPoint("broken", "pejl.engines.nowhere:Engine", "pejl.engines"),
    )
    monkeypatch.setattr(installed, "entry_points", lambda group: found if group == "pejl.engines" else ())


def test_an_engine_nobody_installed_is_refused_with_those_there_are(plugged_in: None) -> None:
    with pytest.raises(EngineNotFoundError) as caught:
        get_engine("spark")
    assert caught.value.what.render("en") == "there is no engine 'spark' here; there is: broken, duckdb, other"


def test_an_engine_of_another_package_is_found_by_its_entry_point(plugged_in: None) -> None:
    assert get_engine("other").version.startswith("duckdb ")


def test_an_engine_that_cannot_be_started_is_said(plugged_in: None) -> None:
    with pytest.raises(EngineNotFoundError) as caught:
        get_engine("broken")
    assert caught.value.what.render("en") == "the engine 'broken' is installed but cannot be started"


def test_duckdb_is_always_there() -> None:
    assert "duckdb" in installed_engines()


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("4GB", 4_000_000_000),
        ("4 gb", 4_000_000_000),
        ("3.5GiB", 3_758_096_384),
        ("800mb", 800_000_000),
        ("1T", 10**12),
        ("64000000", 64_000_000),
    ],
)
def test_an_amount_of_memory_is_read_as_people_write_it(text: str, amount: int) -> None:
    assert parse_memory(text) == amount


@pytest.mark.parametrize("text", ["", "much", "4GG", "-4GB", "4,5GB", "63MB", "0"])
def test_what_is_no_amount_of_memory_is_refused(text: str) -> None:
    with pytest.raises(EngineError) as caught:
        parse_memory(text)
    assert caught.value.what.render("en") == (
        f"'{text}' is not an amount of memory an engine can work with; write it as in 4GB"
    )


@pytest.mark.parametrize(("there", "used"), [(16 * 10**9, 4 * 10**9), (6 * 10**9, 3 * 10**9), (10**8, 64_000_000)])
def test_four_gigabytes_or_half_of_what_there_is(monkeypatch: pytest.MonkeyPatch, there: int, used: int) -> None:
    monkeypatch.setattr(memory, "_available", lambda: there)
    assert default_memory() == used
