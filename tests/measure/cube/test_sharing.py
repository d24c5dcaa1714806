"""What is shared is computed once, what is kept is found again, and keys change with what cells rest on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.measure.cube.worlds import PERSONS, RESIDENCE, VISITS, World, day, indicator, only, shown

from pejl.engines import OutOfMemoryError
from pejl.engines.duckdb_engine import DuckDBSession
from pejl.text import message

MODEL = "SELECT v.person, v.day, v.good FROM visits v WHERE v.person IS NOT NULL"
SQL = (
    "SELECT m.person, y.period, max(m.good) AS numerator, 1 AS denominator FROM seen m"
    " JOIN calendar_years y ON m.day BETWEEN y.first_day AND y.last_day GROUP BY m.person, y.period"
)


def world(good: int = 1) -> World:
    share = {"cubes": ["ways_1"]}
    made = World(
        {name: (indicator(name, "share", share), SQL) for name in ("one", "other")},
        models={"seen": MODEL},
    )
    rows = [(number, number % 3, day("2020-05-05"), "x", 0.5, good) for number in range(6)]
    people = [(number, day("1980-01-01"), "male") for number in range(3)]
    made.tables = {"visits": VISITS.with_rows(rows), "persons": PERSONS.with_rows(people)}
    return made


def test_a_model_and_the_standing_are_computed_once_for_all(tmp_path: Path) -> None:
    counted, steps, _ = world().run(tmp_path)
    assert sorted(step.name for step in steps) == ["_standing_year", "seen"]
    assert [(step.name, step.rows) for step in only(counted["one"]).steps] == [("seen", 6), ("one", 3), ("cells", 1)]


def test_a_later_run_finds_what_an_earlier_one_kept(tmp_path: Path) -> None:
    first, _, keys = world().run(tmp_path)
    files = sorted((tmp_path / "kept-1").rglob("*.parquet"))
    before = [(file, file.stat().st_mtime_ns) for file in files]
    second, _, same = world().run(tmp_path)
    assert (first["one"].cells, keys) == (second["one"].cells, same)
    assert [(file, file.stat().st_mtime_ns) for file in sorted((tmp_path / "kept-1").rglob("*.parquet"))] == before


def test_a_run_killed_while_parts_were_written_goes_on_with_those_it_has(tmp_path: Path) -> None:
    whole = world().count(tmp_path, parts=3)
    folders = {file.parent for file in (tmp_path / "kept-3").rglob("parts.json")}
    lost = set()
    for folder in folders:
        (folder / "parts.json").unlink()
        first = sorted(folder.glob("*.parquet"))[0]
        first.unlink()
        lost.add(first)
    assert world().count(tmp_path, parts=3)["one"].cells == whole["one"].cells
    assert all(file.exists() for file in lost)


def test_keys_change_with_rows_and_sql_and_nothing_else(tmp_path: Path) -> None:
    _, _, keys = world().run(tmp_path / "a")
    _, _, parted = world().run(tmp_path / "b", parts=3)
    assert parted == keys
    _, _, other_rows = world(good=0).run(tmp_path / "c")
    assert other_rows["one"] != keys["one"]
    changed = world()
    changed.indicators = {**changed.indicators, "other": (changed.indicators["other"][0], SQL.replace("max", "min"))}
    _, _, other_sql = changed.run(tmp_path / "d")
    assert (other_sql["one"] == keys["one"], other_sql["other"] == keys["other"]) == (True, False)


def failing(until: int, kept: list[str]) -> Callable[[DuckDBSession, str, str], int]:
    """A `share` that runs out of memory the first `until` times that cells are kept; it notes their names."""
    whole = DuckDBSession.share

    def share(session: DuckDBSession, name: str, sql: str) -> int:
        if name.startswith("_cells_"):
            kept.append(name)
            if len(kept) <= until:
                raise OutOfMemoryError(message("the memory does not suffice"))
        return whole(session, name, sql)

    return share


def test_where_memory_runs_out_persons_are_divided_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = world().count(tmp_path / "whole")
    kept: list[str] = []
    monkeypatch.setattr(DuckDBSession, "threads", 1)  # one part after the other
    monkeypatch.setattr(DuckDBSession, "share", failing(2, kept))
    made = world()
    made.indicators = {"one": made.indicators["one"]}
    assert made.count(tmp_path / "parts")["one"].cells == whole["one"].cells
    # everybody, the first of two parts, then all of four
    assert kept == ["_cells_0", "_cells_0", "_cells_0", "_cells_1", "_cells_2", "_cells_3"]


def test_where_smaller_parts_do_not_help_the_reason_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr(DuckDBSession, "threads", 1)  # one part after the other
    monkeypatch.setattr(DuckDBSession, "share", failing(1000, kept))
    counted = world().count(tmp_path)
    assert (counted["one"].code, counted["one"].cells) == ("engine_failed", ())
    assert len(kept) == 5 + 1  # up to sixteen times as many parts, then no more: also not for the next indicator


TWICE = (
    "SELECT a.person, y.period, b.good AS numerator, 1 AS denominator FROM seen a JOIN calendar_years y"
    " ON a.day BETWEEN y.first_day AND y.last_day JOIN seen b ON b.person = a.person AND b.day = a.day"
)


@pytest.mark.parametrize("parts", [1, 3])
def test_a_model_that_one_query_names_twice_is_read_part_by_part(tmp_path: Path, parts: int) -> None:
    made = World({"one": (indicator("one", "share", {"cubes": ["ways_1"]}), TWICE)}, models={"seen": MODEL})
    rows = [(number, number, day("2020-05-05"), "x", 0.5, number % 2) for number in range(9)]
    made.tables = {"visits": VISITS.with_rows(rows)}
    cells = only(made.count(tmp_path, parts=parts)["one"]).cells
    assert shown(cells, "2020") == {(): (4, 9, 9)}


YEARLY = "SELECT r.person, y.period FROM residence r JOIN calendar_years y ON r.from_day <= y.last_day"
ONCE = "SELECT r.person, '2020' AS period FROM residence r"


@pytest.mark.parametrize(("model", "parts"), [(YEARLY, 8), (ONCE, 2)])
def test_parts_are_as_many_as_the_rows_that_a_model_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: str, parts: int
) -> None:
    """Of 40 spells a model makes 120 rows, or 40, about 25 to be counted at once; the number is a power of two."""
    monkeypatch.setattr("pejl.measure.cube.parts.ROWS_PER_PART", 25)
    monkeypatch.setattr("pejl.measure.cube.relations._SAMPLED", 40)
    names: list[str] = []
    monkeypatch.setattr(DuckDBSession, "share", failing(0, names))
    sql = "SELECT s.person, s.period, 1 AS numerator FROM spells s"
    made = World({"seen": (indicator("seen", "count", {}), sql)}, models={"spells": model})
    spells = [(number, day("2010-01-01"), None, "north") for number in range(40)]
    made.tables = {"residence": RESIDENCE.with_rows(spells)}
    assert shown(only(made.count(tmp_path, parts=None)["seen"]).cells, "2020") == {(): (40, 40)}
    assert len(names) == parts
