"""CSV files as Danish systems export them become canonical rows; what is wrong in them is counted, never quoted."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.registers.conftest import KEY, Take

from pejl.registers import Intake

STAYS = """\
data:
  format: csv
  path: data/stays.csv
  encoding: latin-1
  thousands: "."
person: person
key:
  - stay_id
columns:
  - name: stay_id
    type: integer
    personal: pseudonym
  - name: person
    source_name: CPR
    type: cpr
    personal: identifier
  - name: name
    source_name: Navn
    type: text
    personal: identifier
  - name: from_day
    source_name: Fra
    type: date
    personal: indirect
    earliest: 2000-01-01
  - name: to_day
    source_name: Til
    type: date
    personal: indirect
  - name: hours
    source_name: Timer
    type: number
    personal: sensitive
    min: 0
    max: 2000
  - name: section
    source_name: Paragraf
    type: text
    personal: sensitive
    values:
      - "107"
      - "110"
  - name: district
    source_name: Bydel
    type: text
    personal: indirect
    dimension: district
  - name: secret
    source_name: Beskyttet
    type: boolean
    personal: indirect
spells:
  from: from_day
  to: to_day
"""
HEADER = "Stay_id;CPR;Navn;Fra;Til;Timer;Paragraf;Bydel;Beskyttet;Sagsbehandler\r\n"
CLEAN = (
    HEADER
    + "1;010190-1234;Åse Æbelø;01-02-2016;31-12-2016;1.012,5;107;Nord;ja;X\r\n"
    + '2;0101901234;"Bo; Øst";29-02-2016;;0;110;south side;nej;"Y ""Z"""\r\n'
    + "3; 610190-1234 ;Per;01-01-2017;01-01-2017; 7 ;107;;;Y\r\n"
    + "4;;Ukendt;01-01-2018;;;;south;J;Y\r\n"
)


def pseudonym(number: str) -> int:
    """The pseudonym of ten digits, by Python's own HMAC: the first 60 bits."""
    return int(hmac.new(KEY.secret, number.encode(), "sha256").hexdigest(), 16) >> (256 - 60)


def found(intake: Intake) -> dict[tuple[str, str | None], tuple[int, tuple[int, ...]]]:
    return {(each.rule, each.column): (each.count, each.rows) for each in intake.findings}


def test_a_clean_file_is_read_as_declared(take: Take, rows_of: Callable[[Intake], list[tuple[Any, ...]]]) -> None:
    intake = take(STAYS, {"data/stays.csv": CLEAN.encode("latin-1")})
    assert intake.reason is None
    assert intake.columns == {
        "stay_id": "integer",
        "person": "integer",
        "from_day": "date",
        "to_day": "date",
        "hours": "number",
        "section": "text",
        "district": "text",
        "secret": "boolean",
    }
    known, replacement = pseudonym("0101901234"), pseudonym("6101901234")
    rows = [
        (1, known, date(2016, 2, 1), date(2016, 12, 31), 1012.5, "107", "north", True),
        (2, known, date(2016, 2, 29), None, 0.0, "110", "south", False),
        (3, replacement, date(2017, 1, 1), date(2017, 1, 1), 7.0, "107", None, None),
    ]
    last = (4, None, date(2018, 1, 1), None, None, None, "south", True)
    assert rows_of(intake) == [*sorted(rows, key=lambda row: (row[1], row[0])), last]
    assert (intake.usable, intake.rows, intake.findings) == (True, 4, ())
    assert intake.marks == {"replacement_rows": 1, "replacement_numbers": 1, "without_number": 1}


def test_what_breaks_a_rule_is_counted_with_the_rows_of_a_spreadsheet(take: Take) -> None:
    dirty = (
        CLEAN
        + "\r\n"  # row 6: nothing
        + "5;123;Per;01-01-2017;;;;;\r\n"  # row 7 has 9 cells instead of 10
        + "6;9913131111;Per;32-01-2017;;1,2,3;108;Vest;måske;\r\n"  # row 8
        + "6;311290-1234;Per;01-01-1999;;2.001;107;north;;\r\n"  # row 9
        + ";;Per;;;;;;;\r\n"  # row 10
        + "x;;Per;02-01-2017;01-01-2017;-1;;;;\r\n"  # row 11
    )
    intake = take(STAYS, {"data/stays.csv": dirty.encode("latin-1")})
    assert found(intake) == {
        ("row_form", None): (1, (7,)),
        ("format", "stay_id"): (1, (11,)),
        ("required", "stay_id"): (1, (10,)),
        ("key_repeated", None): (1, (9,)),
        ("cpr_form", "person"): (1, (8,)),
        ("format", "from_day"): (1, (8,)),
        ("out_of_range", "from_day"): (1, (9,)),
        ("required", "from_day"): (1, (10,)),
        ("format", "hours"): (1, (8,)),
        ("out_of_range", "hours"): (2, (9, 11)),
        ("not_allowed", "section"): (1, (8,)),
        ("not_allowed", "district"): (1, (8,)),
        ("format", "secret"): (1, (8,)),
        ("spell_order", "to_day"): (1, (11,)),
    }
    assert {each.file for each in intake.findings} == {"data/stays.csv"}
    assert not intake.usable
    assert intake.files == ()
    assert all(each.stops for each in intake.findings)
    assert intake.reason is not None
    assert intake.reason.render("en") == (
        "more rows break a rule of the contract than it tolerates: "
        "'hours' lies outside the limits of the contract (2 of 9 rows)"
    )


def test_what_is_tolerated_is_mended_and_said(take: Take, rows_of: Callable[[Intake], list[tuple[Any, ...]]]) -> None:
    dirty = HEADER + (
        "1;;;01-01-2017;;5000;108;Nord;;\n"  # two cells become empty
        "2;;;;;1;107;Nord;;\n"  # no first day: left out
        "3;;;02-01-2017;01-01-2017;1;107;Nord;;\n"  # ends before it begins: left out
        "4;;;01-01-2017;;2;107;Nord;;\n"
        "4;;;01-01-2017;;1;107;Nord;;\n"  # of the two with this key, the first in order of content stays
    )
    intake = take(STAYS + "tolerated: 0.25\n", {"data/stays.csv": dirty.encode("latin-1")})
    assert rows_of(intake) == [
        (1, None, date(2017, 1, 1), None, None, None, "north", None),
        (4, None, date(2017, 1, 1), None, 1.0, "107", "north", None),
    ]
    assert (intake.usable, intake.reason, intake.rows) == (True, None, 2)
    assert [each.rule for each in intake.findings if each.stops] == []
    assert {each.rule for each in intake.findings} == {
        "not_allowed",
        "out_of_range",
        "required",
        "spell_order",
        "key_repeated",
    }


@pytest.mark.parametrize(
    ("date_format", "written"),
    [
        ("dd-mm-yyyy", "01-02-2016"),
        ("dd.mm.yyyy", "01.02.2016"),
        ("dd/mm/yyyy", "01/02/2016"),
        ("yyyy-mm-dd", "2016-02-01"),
        ("ddmmyyyy", "01022016"),
        ("yyyymmdd", "20160201"),
        ("d-m-yyyy", "1-2-2016"),
        ("d-m-yyyy", "01-02-2016"),
        ("DD-MM-YYYY", "01-02-2016 00:00:00"),
    ],
)
def test_days_are_read_in_the_form_declared(
    take: Take, rows_of: Callable[[Intake], list[tuple[Any, ...]]], date_format: str, written: str
) -> None:
    body = f"""\
data:
  format: csv
  path: data/days.csv
  date_format: {date_format}
key:
  - day
columns:
  - name: day
    type: date
    personal: none
"""
    intake = take(body, {"data/days.csv": f"day\n{written}\n"})
    assert rows_of(intake) == [(date(2016, 2, 1),)]


@pytest.mark.parametrize("written", ["1-2-2016", "01-02-16", "30-02-2016", "01.02.2016", "2016-02-01", "01-02-2016x"])
def test_days_in_another_form_are_no_days(take: Take, written: str) -> None:
    body = """\
data:
  format: csv
  path: data/days.csv
key:
  - day
columns:
  - name: day
    type: date
    personal: none
"""
    assert found(take(body, {"data/days.csv": f"day\n{written}\n"})) == {("format", "day"): (1, (2,))}


NUMBERS = """\
data:
  format: csv
  path: data/numbers.csv
  encoding: {encoding}
  thousands: "{thousands}"
key:
  - id
columns:
  - name: id
    type: text
    personal: none
  - name: n
    type: {type}
    personal: none
"""


@pytest.mark.parametrize(
    ("thousands", "kind", "written", "read"),
    [
        ("none", "number", "12,5", 12.5),
        ("none", "number", "-0,25", -0.25),
        ("none", "number", "1,5e3", 1500.0),
        (".", "number", "1.234.567,5", 1234567.5),
        (" ", "number", "1 234", 1234.0),
        ("none", "integer", "9223372036854775807", 9223372036854775807),
        (".", "integer", "1.000", 1000),
    ],
)
def test_numbers_are_read_with_a_decimal_comma(
    take: Take,
    rows_of: Callable[[Intake], list[tuple[Any, ...]]],
    thousands: str,
    kind: str,
    written: str,
    read: float,
) -> None:
    body = NUMBERS.format(encoding="utf-8", thousands=thousands, type=kind)
    assert rows_of(take(body, {"data/numbers.csv": f'id;n\na;"{written}"\n'})) == [("a", read)]


@pytest.mark.parametrize(
    ("thousands", "kind", "written"),
    [
        ("none", "number", "12.5"),
        ("none", "number", "nan"),
        ("none", "number", "1e999"),
        ("none", "number", "0x10"),
        ("none", "number", "1_000"),
        (".", "number", "1.23,5"),
        ("none", "integer", "9223372036854775808"),
        ("none", "integer", "1,0"),
    ],
)
def test_what_is_no_number_is_not_guessed(take: Take, thousands: str, kind: str, written: str) -> None:
    body = NUMBERS.format(encoding="utf-8", thousands=thousands, type=kind)
    assert found(take(body, {"data/numbers.csv": f'id;n\na;"{written}"\n'})) == {("format", "n"): (1, (2,))}


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("utf-8", "id;n\nblåbær – €;1\n".encode()),
        ("utf-8", "\ufeffid;n\nblåbær – €;1\n".encode()),
        ("windows-1252", "id;n\nblåbær – €;1\n".encode("cp1252")),
    ],
)
def test_letters_survive_every_encoding(
    take: Take, rows_of: Callable[[Intake], list[tuple[Any, ...]]], encoding: str, content: bytes
) -> None:
    body = NUMBERS.format(encoding=encoding, thousands="none", type="integer")
    assert rows_of(take(body, {"data/numbers.csv": content})) == [("blåbær – €", 1)]


def test_signs_of_another_encoding_are_counted(take: Take) -> None:
    body = NUMBERS.format(encoding="utf-8", thousands="none", type="integer")
    content = "id;n\nok;1\nblåbær;2\n".encode("latin-1")
    assert found(take(body, {"data/numbers.csv": content})) == {("encoding", None): (1, (3,))}


def test_an_opening_quote_without_its_end_costs_the_lines_it_swallows(take: Take) -> None:
    body = NUMBERS.format(encoding="utf-8", thousands="none", type="integer")
    content = 'id;n\nok;1\n"a;2\nb;3\nc;4\n'
    assert found(take(body, {"data/numbers.csv": content})) == {("row_form", None): (3, (3,))}


def test_a_cell_may_hold_a_line_break(take: Take, rows_of: Callable[[Intake], list[tuple[Any, ...]]]) -> None:
    body = NUMBERS.format(encoding="utf-8", thousands="none", type="integer")
    content = 'id;n\r\n"a\r\nb";1\r\nc;x\r\n'
    assert found(take(body + "tolerated: 0.5\n", {"data/numbers.csv": content})) == {("format", "n"): (1, (3,))}
    assert ("a\r\nb", 1) in rows_of(take(body, {"data/numbers.csv": content.replace(";x", ";2")}))


def test_several_files_are_one_register_and_may_order_their_columns_as_they_like(
    take: Take, rows_of: Callable[[Intake], list[tuple[Any, ...]]]
) -> None:
    body = NUMBERS.format(encoding="utf-8", thousands="none", type="integer").replace("numbers.csv", "part_*.csv")
    files = {"data/part_1.csv": "id;n\na;1\n", "data/part_2.csv": "x;N;ID\n;2;b\n;x;c\n"}
    intake = take(body + "tolerated: 0.5\n", files)
    assert rows_of(intake) == [("a", 1), ("b", 2), ("c", None)]
    assert [(each.file, each.rows) for each in intake.findings] == [("data/part_2.csv", (3,))]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "there is no file 'data/numbers.csv'"),
        ("", "'numbers.csv' has no column 'id', 'n'"),
        ("0101901234;1\n", "'numbers.csv' has no column 'id', 'n'"),
        ("id;n;N;n\n", "'numbers.csv' has more than one column 'n'"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_reason_and_no_exception(take: Take, content: str | None, reason: str) -> None:
    body = NUMBERS.format(encoding="utf-8", thousands="none", type="integer")
    intake = take(body, {"data/numbers.csv": content})
    assert (intake.usable, intake.files, intake.rows) == (False, (), 0)
    assert intake.reason is not None
    assert intake.reason.render("en") == reason


def test_a_source_without_rows_is_usable_and_said(take: Take) -> None:
    body = NUMBERS.format(encoding="utf-8", thousands="none", type="integer")
    intake = take(body, {"data/numbers.csv": "id;n\n"})
    assert (intake.usable, intake.rows) == (True, 0)
    assert [each.what.render("en") for each in intake.findings] == ["the source holds no rows"]


def test_identifiers_are_never_read(take: Take, rows_of: Callable[[Intake], list[tuple[Any, ...]]]) -> None:
    intake = take(STAYS, {"data/stays.csv": CLEAN.encode("latin-1")})
    content = intake.files[0].read_bytes()
    assert b"0101901234" not in content
    assert "Åse".encode() not in content
    assert "name" not in intake.columns


def test_overlapping_spells_end_the_day_before_the_next(
    take: Take, rows_of: Callable[[Intake], list[tuple[Any, ...]]]
) -> None:
    body = (
        STAYS.replace("type: cpr\n    personal: identifier", "type: integer\n    personal: pseudonym")
        + "  overlap: forbidden\n"
    )
    rows = HEADER + (
        "1;7;;01-01-2016;30-06-2016;;;;;\n"
        "2;7;;01-06-2016;;;;;;\n"  # begins before 1 has ended
        "3;7;;01-06-2016;10-06-2016;;;;;\n"  # begins with 2
        "4;8;;01-06-2016;;;;;;\n"  # of somebody else
        "5;;;01-06-2016;;;;;;\n"  # of nobody known: no overlap is known either
        "6;;;01-06-2016;;;;;;\n"
    )
    intake = take(body + "tolerated: 0.5\n", {"data/stays.csv": rows.encode("latin-1")})
    # 3 begins before 1 has ended, and 2, which is longer, comes after it in the order of days
    assert found(intake) == {("spells_overlap", "from_day"): (2, (3, 4))}
    assert [row[:4] for row in rows_of(intake)] == [
        (1, 7, date(2016, 1, 1), date(2016, 5, 31)),
        (2, 7, date(2016, 6, 1), None),
        (4, 8, date(2016, 6, 1), None),
        (5, None, date(2016, 6, 1), None),
        (6, None, date(2016, 6, 1), None),
    ]


def test_a_spell_that_follows_on_the_next_day_does_not_overlap(take: Take) -> None:
    body = STAYS + "  overlap: forbidden\n"
    rows = HEADER + "1;010190-1234;;01-01-2016;31-05-2016;;;;;\n2;010190-1234;;01-06-2016;;;;;;\n"
    assert take(body, {"data/stays.csv": rows.encode("latin-1")}).findings == ()
