"""The same seed gives the same world; sizes follow the number of citizens."""

from __future__ import annotations

import hashlib

import pytest
from tests.demo.generator.worlds import town, village

from pejl.demo.generator import DISTRICTS, generate
from pejl.demo.generator.names import unit_name
from pejl.demo.generator.tables import REGISTERS, Text
from pejl.demo.generator.units import employee_count, unit_count
from pejl.demo.generator.world import World


def digest(world: World) -> str:
    found = hashlib.sha256()
    for name, table in world.tables.items():
        for column, values in table.items():
            content = (
                values.codes.tobytes() + repr(values.words).encode() if isinstance(values, Text) else values.tobytes()
            )
            found.update(name.encode() + column.encode() + content)
    return found.hexdigest()


def test_the_same_seed_gives_the_same_registers_and_another_seed_others() -> None:
    assert digest(generate(1500, 7)) == digest(village())
    assert digest(generate(1500, 8)) != digest(village())


def test_registers_have_the_columns_declared_all_of_one_length() -> None:
    for name, table in town().tables.items():
        assert list(table) == list(REGISTERS[name])
        assert len({len(c.codes) if isinstance(c, Text) else len(c) for c in table.values()}) == 1
    assert list(town().tables) == list(REGISTERS)


@pytest.mark.parametrize(("citizens", "units", "employees"), [(600_000, 300, 8000), (20_000, 10, 267), (1000, 5, 13)])
def test_units_and_employees_are_in_proportion_to_citizens(citizens: int, units: int, employees: int) -> None:
    assert unit_count(citizens) == units
    assert employee_count(citizens) == employees


def test_the_town_has_its_units_and_about_one_and_a_half_million_rows() -> None:
    assert town().rows["units"] == 10
    assert 1_300_000 < sum(town().rows.values()) < 1_700_000  # 600,000 citizens: thirty times as many


def test_units_of_a_city_have_names_of_their_own() -> None:
    assert len({unit_name(number % 5, number) for number in range(900)}) == 900


def test_the_smallest_municipality_has_every_register() -> None:
    assert set(generate(100, 1).tables) == set(REGISTERS)
    with pytest.raises(ValueError, match="at least 100 citizens"):
        generate(99, 1)


def test_there_are_ten_districts_with_invented_names() -> None:
    assert len(DISTRICTS) == 10
    assert all(code.isascii() and code.islower() for code in DISTRICTS)
