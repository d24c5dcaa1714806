"""From small worlds to cells: where people stand on the day a figure is about, and who counts in `n`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.demo.municipality.municipal_world import World, template

from pejl.engines import get_engine
from pejl.measure.cube import Counted, Counter, Source
from pejl.measure.queries import Graph, build_graph
from pejl.workspace.problems import Problems
from pejl.workspace.registers import Register

Cells = dict[str, tuple[float, int]]


@cache
def _graph() -> Graph:
    return build_graph(template(), Problems())


def _source(world: World, register: Register, file: Path) -> Source:
    order = f" ORDER BY {register.person}" if register.person is not None else ""
    world.connection.execute(f"COPY (FROM world.{register.id}{order}) TO '{file}' (FORMAT parquet)")
    rows = world.connection.execute(f"SELECT count(*) FROM world.{register.id}").fetchall()[0][0]
    columns = {column.name: str(column.type).replace("cpr", "integer") for column in register.columns}
    return Source((file,), columns, register.person, rows, register.id)


def _counted(world: World, indicator: str, folder: Path) -> Counted:
    registers = template().registers
    sources = {each.id: _source(world, each, folder / f"{each.id}.parquet") for each in registers}
    engine = get_engine("duckdb")
    with engine.session(memory=None, threads=1, scratch=folder) as session:
        counter = Counter(template(), _graph(), sources, session, folder / "kept", engine.version)
        (counted,) = counter.count([template().indicators_by_id[indicator]])
    assert counted.reason is None
    return counted


def _by(counted: Counted, dimension: str, period: str) -> Cells:
    """Return numerator and n of the cells that are not empty, by code."""
    return {
        cell.dimensions[0][1]: (cell.numerator, cell.n)
        for cell in counted.cells
        if cell.period == period and [name for name, _ in cell.dimensions] == [dimension] and cell.n
    }


def _total(counted: Counted, period: str) -> tuple[float, int]:
    (total,) = (cell for cell in counted.cells if cell.period == period and not cell.dimensions)
    return total.numerator, total.n


def test_a_birthday_on_the_last_day_of_the_year_counts_and_one_the_day_after_does_not(tmp_path: Path) -> None:
    world = World().has(
        "persons",
        "1 1998-12-31 female -",  # 18 on 31 December 2016
        "2 1999-01-01 male -",  # 17
        "3 1951-12-31 female -",  # 65
        "4 1952-02-29 male -",  # 64, born on a leap day
    )
    world.has("residence", *(f"{person} 2010-01-01 - tranevig ordinary" for person in (1, 2, 3, 4, 5)))
    counted = _counted(world, "population", tmp_path)
    ages = {"0_17": (1, 1), "18_29": (1, 1), "45_64": (1, 1), "65_plus": (1, 1), "unknown": (1, 1)}
    assert _by(counted, "age_group", "2016") == ages
    assert _by(counted, "sex", "2016") == {"female": (2, 2), "male": (2, 2), "unknown": (1, 1)}


def test_a_citizen_in_two_target_groups_counts_in_both_and_once_in_all(tmp_path: Path) -> None:
    world = World().lives(1, 2, 3)
    world.has("support", "1 1 2016-01-01 - 85 disability u001 4 maintain")
    world.has("support", "2 1 2016-01-01 2016-12-31 85 mental_illness u001 4 maintain")  # until the last day
    world.has("support", "3 2 2016-01-01 2016-12-30 85 mental_illness u001 4 maintain")  # until the day before
    counted = _counted(world, "population", tmp_path)
    assert _total(counted, "2016") == (3, 3)
    assert _by(counted, "target_group", "2016") == {"disability": (1, 1), "mental_illness": (1, 1), "none": (2, 2)}


def test_an_evicted_household_stands_where_its_contact_person_lived_the_day_before_and_all_are_counted(
    tmp_path: Path,
) -> None:
    world = World().has("persons", "1 1980-01-01 female -", "2 2010-01-01 male -")
    world.has("residence", "1 2010-01-01 2016-03-09 tranevig ordinary", "1 2016-03-10 - egeskraent no_fixed")
    world.has("residence", "2 2010-01-01 - klokkelund ordinary")
    world.has("households", "70 1 2010-01-01 - true", "70 2 2010-01-01 - false")
    world.has("evictions", "1 70 carried_out 2016-03-10")
    counted = _counted(world, "evictions", tmp_path)
    assert _total(counted, "2016") == (1, 2)
    assert _by(counted, "district", "2016") == {"tranevig": (1, 2)}


def test_people_without_a_number_are_counted_and_stand_where_nothing_is_known(tmp_path: Path) -> None:
    world = World().lives(1)
    world.has("homelessness", "1 1 2017-01-01 - shelter", "2 - 2017-01-01 - street", "3 - 2017-02-12 - street")
    counted = _counted(world, "homeless", tmp_path)
    assert _total(counted, "2017") == (3, 3)
    assert _by(counted, "situation", "2017") == {"shelter": (1, 1), "street": (2, 2)}
    assert _by(counted, "target_group", "2017") == {"vulnerable_adults": (1, 1), "unknown": (2, 2)}
    assert _by(counted, "district", "2017") == {"tranevig": (1, 1), "unknown": (2, 2)}
    assert {cell.period for cell in counted.cells} == {"2017", "2019", "2021", "2023", "2025"}


def test_from_2024_sick_leave_is_counted_without_trainees(tmp_path: Path) -> None:
    world = World().has("employees", "1 1 2010-01-01 - u001 false", "2 2 2010-01-01 - u001 true")
    for year in (2023, 2024):
        months = [f"{year}-{month:02d}-01" for month in range(1, 13)]
        world.has("pay_months", *(f"{person} {month} u001 1" for person in (1, 2) for month in months))
        world.has("sick_absence", f"{year}1 1 u001 {year}-03-01 {year}-03-01 3")
        world.has("sick_absence", f"{year}2 2 u001 {year}-03-01 {year}-03-01 5")
    counted = _counted(world, "sick_days_per_fte", tmp_path)
    assert (_total(counted, "2023"), _total(counted, "2024")) == ((8, 2), (3, 1))
    assert _by(counted, "unit", "2024") == {"u001": (3, 1)}
