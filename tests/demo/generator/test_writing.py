"""Files as municipal systems deliver them."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from tests.demo.generator.worlds import village

from pejl.demo.generator import generate, write
from pejl.demo.generator.days import day
from pejl.demo.generator.numbers import cpr_numbers, pseudonyms
from pejl.demo.generator.tables import COPIED, MUNICIPAL, NATIONAL, REGISTERS

FORM = re.compile(r"(6[1-9]|[78]\d|9[01])(0[1-9]|1[0-2])\d\d-\d{4}")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    write(village(), folder / "home", linked=False, identifiers="cpr")
    write(village(), folder / "linked", linked=True, identifiers="cpr")
    write(village(), folder / "all", linked=None, identifiers="pseudonym")
    return folder


def lines(path: Path) -> list[list[str]]:
    return [line.split(";") for line in path.read_bytes().decode("latin-1").splitlines()]


def test_the_municipality_gets_its_registers_and_the_linked_place_the_national_ones(written: Path) -> None:
    home = {path.stem for path in (written / "home").iterdir()}
    assert home == set(MUNICIPAL) - {"time_limits", "complaints"}
    assert not home & set(NATIONAL)
    assert {path.stem for path in (written / "linked").iterdir()} == {*NATIONAL, *COPIED}
    assert {path.name for path in (written / "all").iterdir()} == {f"{name}.parquet" for name in REGISTERS}


def test_a_table_is_written_with_semicolons_latin_1_decimal_commas_and_danish_days(written: Path) -> None:
    header, *rows = lines(written / "home" / "support.csv")
    assert header == list(REGISTERS["support"])
    assert all(len(row) == len(header) for row in rows)
    first = dict(zip(header, rows[0], strict=True))
    assert re.fullmatch(r"\d\d-\d\d-20\d\d", first["from_day"])
    assert re.fullmatch(r"\d+,\d+", first["hours_per_week"])
    assert "" in {row[header.index("to_day")] for row in rows}
    assert "Støtteteam Birkebakken" in {row[1] for row in lines(written / "home" / "units.csv")}
    assert {row[5] for row in lines(written / "home" / "employees.csv")[1:]} <= {"J", "N"}


def test_those_without_a_number_have_an_empty_field(written: Path) -> None:
    people = [row[1] for row in lines(written / "home" / "homelessness.csv")[1:]]
    assert "" in people
    assert all(FORM.fullmatch(number) for number in people if number)


def test_cases_are_one_sqlite_file_with_iso_days(written: Path) -> None:
    connection = sqlite3.connect(written / "home" / "cases.sqlite")
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    person, received = connection.execute("SELECT person, received_on FROM cases").fetchone()
    undecided = connection.execute("SELECT count(*) FROM cases WHERE decided_on IS NULL").fetchone()[0]
    count = connection.execute("SELECT count(*) FROM cases").fetchone()[0]
    connection.close()
    assert tables == {"cases", "time_limits", "complaints"}
    assert FORM.fullmatch(person)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", received)
    assert 0 < undecided < count == village().rows["cases"]


def test_parquet_has_real_days_and_one_number_for_one_person(written: Path) -> None:
    described = duckdb.sql(f"DESCRIBE SELECT * FROM '{written / 'home' / 'residence.parquet'}'").fetchall()
    assert {row[0]: row[1] for row in described} == {
        "person": "VARCHAR", "from_day": "DATE", "to_day": "DATE", "district": "VARCHAR", "address_type": "VARCHAR",
    }  # fmt: skip
    home, linked = (f"'{written / place / 'persons.parquet'}'" for place in ("home", "linked"))
    assert duckdb.sql(f"SELECT * FROM {home} EXCEPT SELECT * FROM {linked}").fetchall() == []


def test_with_pseudonyms_every_person_column_is_a_whole_number_in_order(written: Path) -> None:
    for name, kinds in REGISTERS.items():
        if "person" not in kinds:
            continue
        path = written / "all" / f"{name}.parquet"
        rows = duckdb.sql(f"SELECT person FROM '{path}'").fetchnumpy()["person"]
        people: Any = rows.compressed() if isinstance(rows, np.ma.MaskedArray) else rows
        assert people.dtype == np.int64
        assert (np.diff(people) >= 0).all()
        assert people.min() >= 0
        assert people.max() < 1 << 60


def test_writing_twice_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    write(generate(1500, 7), tmp_path, linked=False, identifiers="cpr")
    for path in sorted(tmp_path.iterdir()):
        if path.suffix != ".parquet":
            assert path.read_bytes() == (written / "home" / path.name).read_bytes()


def test_numbers_are_replacement_numbers_of_the_right_century_and_sex() -> None:
    rng = np.random.default_rng(3)
    birth = rng.integers(day(1908), day(2026), 20_000)
    male = rng.random(20_000) < 0.5
    numbers = cpr_numbers(birth, male, 1)
    assert len(set(numbers)) == len(numbers)
    for number, born, is_male in zip(numbers, birth.astype("datetime64[D]").tolist(), male, strict=True):
        assert FORM.fullmatch(number)
        assert (int(number[:2]) - 60, int(number[2:4]), int(number[4:6])) == (born.day, born.month, born.year % 100)
        assert century(int(number[7]), born.year % 100) == born.year // 100
        assert int(number[-1]) % 2 == is_male


def century(digit: int, year: int) -> int:
    """The rule of the civil registration, written from its table."""
    if digit <= 3:
        return 19
    if digit in (4, 9):
        return 20 if year <= 36 else 19
    return 20 if year <= 57 else 18


def test_there_are_only_so_many_numbers_for_one_day() -> None:
    one_day = np.full(2001, day(1930))
    assert len(set(cpr_numbers(one_day[:2000], np.ones(2000, bool), 1))) == 2000
    with pytest.raises(ValueError, match="more persons are born on one day"):
        cpr_numbers(one_day, np.ones(2001, bool), 1)


def test_pseudonyms_rise_and_differ() -> None:
    found = pseudonyms(50_000, 1)
    assert len(found) == 50_000
    assert (np.diff(found) > 0).all()
    assert found.max() > 1 << 59


def test_pyarrow_is_not_needed(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from pathlib import Path\nfrom pejl.demo.generator import generate, write\n"
        f"write(generate(150, 1), Path({str(tmp_path)!r}), linked=None, identifiers='pseudonym')\n"
        f"write(generate(150, 1), Path({str(tmp_path)!r}), linked=None, identifiers='cpr')\n"
    )
    source = str(Path(__file__).parents[3] / "src")
    done = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | {"PYTHONPATH": source}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
