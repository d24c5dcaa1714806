"""Parquet files are used where they lie when nothing must be changed in them, and copied when something must."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.registers.conftest import KEY, LoadRegisters, Take, contract

from pejl.engines import Session
from pejl.registers import Intake, take_in
from pejl.workspace.model import Workspace

Rows = Callable[[Intake], list[tuple[Any, ...]]]
Give = Callable[..., Workspace]

BODY = """\
data:
  format: parquet
  path: data/*.parquet
person: person
key:
  - id
columns:
  - name: id
    type: integer
    personal: pseudonym
  - name: person
    type: {person}
    personal: {personal}
  - name: day
    type: date
    personal: indirect
  - name: hours
    type: number
    personal: indirect
  - name: district
    type: text
    personal: indirect
    dimension: district
  - name: note
    type: text
    personal: indirect
  - name: secret
    type: boolean
    personal: indirect
"""
INTEGERS = BODY.format(person="integer", personal="pseudonym")
NUMBERS = BODY.format(person="cpr", personal="identifier")
COLUMNS = "id, person, day, hours, district, note, secret"
CLEAN = f"""SELECT * FROM (VALUES
    (1, 7::BIGINT, DATE '2016-02-29', 0.5::DOUBLE, 'north', ' as it is ', true),
    (2, NULL, NULL, NULL, NULL, NULL, NULL)) AS t({COLUMNS})"""


@pytest.fixture
def give(load: LoadRegisters, session: Session) -> Give:
    """Writes a workspace with a contract and Parquet files of these SELECTs."""

    def make(body: str, *selects: str) -> Workspace:
        workspace = load({"registers/stays.yaml": contract(body)})
        (workspace.root / "data").mkdir()
        for number, select in enumerate(selects):
            session.write(select, workspace.root / "data" / f"part{number}.parquet")
        return workspace

    return make


@pytest.fixture
def taken(give: Give, session: Session, tmp_path: Path) -> Callable[..., Intake]:
    def make(body: str, *selects: str) -> Intake:
        workspace = give(body, *selects)
        return take_in(workspace, workspace.registers[0], session, tmp_path / "cache", KEY)

    return make


def test_files_in_which_nothing_must_be_changed_are_used_where_they_lie(
    give: Give, session: Session, tmp_path: Path, rows_of: Rows
) -> None:
    workspace = give(INTEGERS, CLEAN, f"SELECT * REPLACE (3 AS id) FROM ({CLEAN}) WHERE id = 1")
    intake = take_in(workspace, workspace.registers[0], session, tmp_path / "cache", KEY)
    assert intake.files == tuple(workspace.root / "data" / f"part{number}.parquet" for number in (0, 1))
    assert (intake.usable, intake.rows, intake.marks) == (True, 3, {"without_number": 1})
    assert rows_of(intake)[0] == (1, 7, date(2016, 2, 29), 0.5, "north", " as it is ", True)
    assert list((tmp_path / "cache").glob("*.parquet")) == []
    again = take_in(workspace, workspace.registers[0], session, tmp_path / "cache", KEY)
    assert again == intake


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ("'Nord' AS district", (1, 7, date(2016, 2, 29), 0.5, "north", " as it is ", True)),
        ("' south ' AS district", (1, 7, date(2016, 2, 29), 0.5, "south", " as it is ", True)),
        ("'' AS note", (1, 7, date(2016, 2, 29), 0.5, "north", None, True)),
        ("TIMESTAMP '2016-02-29 12:00:00' AS day", (1, 7, date(2016, 2, 29), 0.5, "north", " as it is ", True)),
        ("0.5::DECIMAL(4,2) AS hours", (1, 7, date(2016, 2, 29), 0.5, "north", " as it is ", True)),
        ("'0,5' AS hours", (1, 7, date(2016, 2, 29), 0.5, "north", " as it is ", True)),
        ("1 AS secret", (1, 7, date(2016, 2, 29), 0.5, "north", " as it is ", True)),
        ("7.0::DOUBLE AS person", (1, 7, date(2016, 2, 29), 0.5, "north", " as it is ", True)),
    ],
)
def test_what_must_be_changed_is_copied(
    taken: Callable[..., Intake], rows_of: Rows, tmp_path: Path, change: str, row: tuple[object, ...]
) -> None:
    intake = taken(INTEGERS, f"SELECT * REPLACE ({change}) FROM ({CLEAN}) WHERE id = 1")
    assert intake.reason is None
    assert [file.parent for file in intake.files] == [tmp_path / "cache"]
    assert stat.S_IMODE(intake.files[0].stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700
    assert rows_of(intake) == [row]


@pytest.mark.parametrize(
    ("change", "rule", "column"),
    [
        ("1.5::DOUBLE AS person", "format", "person"),
        ("'NaN'::DOUBLE AS hours", "format", "hours"),
        ("2016 AS day", "format", "day"),
        ("2 AS secret", "format", "secret"),
        ("DATE '2016-01-01' AS secret", "format", "secret"),
        ("'west' AS district", "not_allowed", "district"),
        ("NULL AS id", "required", "id"),
    ],
)
def test_what_cannot_be_changed_breaks_a_rule(
    taken: Callable[..., Intake], change: str, rule: str, column: str
) -> None:
    intake = taken(INTEGERS, f"SELECT * REPLACE ({change}) FROM ({CLEAN}) WHERE id = 1")
    assert [(each.rule, each.column, each.count, each.rows) for each in intake.findings] == [(rule, column, 1, (1,))]
    assert not intake.usable


def test_rows_are_numbered_within_their_file(taken: Callable[..., Intake]) -> None:
    faults = f"SELECT * REPLACE (range AS id, 'west' AS district) FROM ({CLEAN} LIMIT 1), range(10, 20)"
    faults = f"SELECT {COLUMNS} FROM ({faults})"
    intake = taken(INTEGERS, CLEAN, faults)
    (finding,) = intake.findings
    assert (finding.count, finding.rows, finding.file) == (10, (1, 2, 3, 4, 5), "data/part1.parquet")


def test_numbers_stored_as_integers_have_lost_a_zero_and_get_it_back(
    taken: Callable[..., Intake], rows_of: Rows
) -> None:
    as_text = taken(NUMBERS, f"SELECT * REPLACE ('010190-1234' AS person) FROM ({CLEAN}) WHERE id = 1")
    as_integer = taken(NUMBERS, f"SELECT * REPLACE (101901234 AS person) FROM ({CLEAN}) WHERE id = 1")
    assert as_text.findings == as_integer.findings == ()
    assert rows_of(as_text) == rows_of(as_integer)


def test_without_a_key_numbers_are_not_taken_in(give: Give, session: Session, tmp_path: Path) -> None:
    workspace = give(NUMBERS, f"SELECT * REPLACE ('010190-1234' AS person) FROM ({CLEAN})")
    intake = take_in(workspace, workspace.registers[0], session, tmp_path / "cache", None)
    assert intake.reason is not None
    assert intake.reason.render("en") == "it holds CPR numbers, and there is no key to make pseudonyms with"


def test_canonical_rows_are_sorted_by_person_and_key(taken: Callable[..., Intake], rows_of: Rows) -> None:
    change = "range AS id, nullif(range % 3, 0) AS person, 'Nord' AS district"
    rows = f"SELECT * REPLACE ({change}) FROM ({CLEAN} LIMIT 1), range(9)"
    read = [row[:2] for row in rows_of(taken(INTEGERS, f"SELECT {COLUMNS} FROM ({rows})"))]
    assert read == [(1, 1), (4, 1), (7, 1), (2, 2), (5, 2), (8, 2), (0, None), (3, None), (6, None)]


def test_a_file_that_is_no_parquet_is_a_reason(take: Take) -> None:
    intake = take(INTEGERS, {"data/x.parquet": "010190-1234"})
    assert intake.reason is not None
    assert intake.reason.render("en") == "a file or a value is not in the form expected"


def test_a_missing_column_is_a_reason(taken: Callable[..., Intake]) -> None:
    intake = taken(INTEGERS, "SELECT 1 AS id, 2 AS person")
    assert intake.reason is not None
    assert intake.reason.render("en") == (
        "'data/part0.parquet' has no column 'day', 'hours', 'district', 'note', 'secret'"
    )


def test_a_register_that_may_not_be_processed_here_is_not_opened(give: Give, session: Session, tmp_path: Path) -> None:
    workspace = give(INTEGERS, CLEAN)
    elsewhere = workspace.registers[0].model_copy(update={"processed_at": ("linked_registers",)})
    intake = take_in(workspace, elsewhere, session, tmp_path / "cache", KEY)
    assert intake.reason is not None
    assert intake.reason.render("en") == "the contract does not allow this register to be processed here"
