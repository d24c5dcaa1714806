"""What is shared is computed once, what is kept is found again, and keys change with what cells rest on."""

from __future__ import annotations

from pathlib import Path

from tests.measure.cube.worlds import PERSONS, VISITS, World, day, indicator, only

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
