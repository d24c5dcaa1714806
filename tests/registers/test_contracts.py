"""Contracts that make no sense are found before a row is read, each with file, line and column."""

from __future__ import annotations

import pytest
from tests.conftest import Content, MakeWorkspace
from tests.registers.conftest import contract

from pejl.registers import check_registers
from pejl.workspace.loading import load_workspace
from pejl.workspace.problems import Problems

STAYS = contract("""\
data:
  format: csv
  path: data/stays.csv
person: person
key:
  - stay_id
columns:
  - name: stay_id
    type: integer
    personal: pseudonym
  - name: person
    type: cpr
    personal: identifier
    references: persons.person
  - name: from_day
    type: date
    personal: indirect
  - name: to_day
    type: date
    personal: indirect
  - name: hours
    type: number
    personal: sensitive
    min: 0
  - name: district
    type: text
    personal: indirect
    dimension: district
  - name: full_name
    type: text
    personal: identifier
spells:
  from: from_day
  to: to_day
  per:
    - person
  overlap: forbidden
""")
PERSONS = contract(
    """\
data:
  format: parquet
  path: data/persons.parquet
person: person
key:
  - person
columns:
  - name: person
    type: cpr
    personal: identifier
""",
    "persons",
)


def problems_of(make_workspace: MakeWorkspace, stays: str, **more: Content) -> list[str]:
    files: dict[str, Content] = {"registers/stays.yaml": stays, "registers/persons.yaml": PERSONS}
    files.update({name.replace("__", "/").replace("_csv", ".csv"): content for name, content in more.items()})
    workspace, form = load_workspace(make_workspace(files))
    assert [problem.what.render("en") for problem in form.sorted()] == []
    found = Problems()
    check_registers(workspace, found)
    return [
        f"{each.location} {each.severity} {each.code}: {each.what.render('en')}. {each.mend.render('en')}"
        for each in found.sorted()
    ]


def place(text: str, words: str) -> str:
    """Return where the sign behind the bar in `words` stands."""
    before, _, after = words.partition("|")
    assert text.count(before + after) == 1
    start = text[: text.index(before + after) + len(before)]
    return f"registers/stays.yaml:{start.count(chr(10)) + 1}:{len(start) - start.rfind(chr(10))}"


def test_a_contract_that_makes_sense_has_no_problem(make_workspace: MakeWorkspace) -> None:
    assert problems_of(make_workspace, STAYS) == []


PROCESSED_AT = "processed_at:\n  |- linked_registers"

CASES: list[tuple[str, str, str, str]] = [
    (
        "  - name: hours\n",
        "  - name: district\n",
        "min: 0\n  - name: |district",
        "problem column_twice: the column 'district' is declared twice. Remove one of the two, or correct its name.",
    ),
    (
        "person: person\n",
        "person: persom\n",
        "person: |persom",
        "problem unknown_register_column: the register has no column 'persom'. Did you mean 'person'?",
    ),
    (
        "  - stay_id\n",
        "  - case_number\n",
        "- |case_number",
        "problem unknown_register_column: the register has no column 'case_number'. Declare it under 'columns'.",
    ),
    (
        "  - stay_id\n",
        "  - full_name\n",
        "key:\n  - |full_name",
        "problem column_never_read: 'full_name' is an identifier, and those are never read. "
        "Name another column; only CPR numbers are read, and replaced by pseudonyms.",
    ),
    (
        "to: to_day",
        "to: hours",
        "to: |hours",
        "problem spell_type: 'hours' is no day, and a spell lasts from one day to another. "
        "Write 'type: date' for that column, or name another.",
    ),
    (
        "person: person\nkey:",
        "key:",
        "type: |cpr",
        "warning no_person_column: the register holds CPR numbers, but does not say which column says whom a row is "
        "about. Add 'person: person'.",
    ),
    (
        "person: person\nkey:",
        "person: hours\nkey:",
        "type: |number",
        "problem person_type: the person column 'hours' is neither a CPR number nor a whole number. "
        "Write 'type: cpr', or 'type: integer' where the numbers are pseudonyms already.",
    ),
    (
        "person: person\nkey:",
        "person: stay_id\nkey:",
        "",
        "",
    ),
    (
        "cpr\n    personal: identifier",
        "cpr\n    personal: pseudonym",
        "cpr\n    personal: |pseudonym",
        "problem personal_class: a CPR number is an identifier, not 'pseudonym'. Write 'personal: identifier'.",
    ),
    (
        "type: cpr\n    personal: identifier\n    references: persons.person",
        "type: integer\n    personal: none",
        "personal: |none",
        "problem personal_class: the person column 'person' is a pseudonym of somebody, not 'none'. "
        "Write 'personal: pseudonym'.",
    ),
    (
        "  - name: hours\n    type: number\n    personal: sensitive\n    min: 0",
        "  - name: email_of_guardian\n    type: text\n    personal: indirect",
        "email_of_guardian\n    type: text\n    personal: |indirect",
        "warning telling_name: 'email_of_guardian' sounds like an identifier. "
        "Write 'personal: identifier' if it is one; it is then never read.",
    ),
    (
        "    min: 0",
        "    min: 2\n    max: 1",
        "max: |1",
        "problem limits_reversed: 'max' lies below 'min'. Correct one of them.",
    ),
    (
        "    min: 0",
        "    earliest: 2016-01-01",
        "earliest: |2016",
        "problem rule_of_other_type: 'earliest' is no rule for a column of the type 'number'. "
        "Remove it, or correct the column's type.",
    ),
    (
        "    min: 0",
        "    values:\n      - a",
        "values:\n      |- a",
        "problem rule_of_other_type: 'values' is no rule for a column of the type 'number'. "
        "Remove it, or correct the column's type.",
    ),
    (
        "dimension: district",
        "dimension: distrikt",
        "dimension: |distrikt",
        "problem unknown_dimension: there is no dimension 'distrikt'. Did you mean 'district'?",
    ),
    (
        "dimension: district",
        "dimension: district\n    values:\n      - north",
        "dimension: |district",
        "problem dimension_column: a column with a dimension is text, and its values are the dimension's codes. "
        "Write 'type: text' and leave out 'values'.",
    ),
    (
        "references: persons.person",
        "references: persons.persom",
        "references: |persons",
        "problem unknown_reference: there is no column 'persons.persom' in a register to refer to. "
        "Did you mean 'persons.person'?",
    ),
    (
        "    min: 0",
        "    references: persons.person",
        "sensitive\n    references: |persons",
        "problem reference_type: 'hours' is of another type than what it refers to. Give both columns the type 'cpr'.",
    ),
    (
        "path: data/stays.csv",
        "path: data/stays.csv\n  date_format: dd-mm-yy",
        "date_format: |dd",
        "problem date_format: 'dd-mm-yy' is no form of days that can be read. Did you mean 'dd-mm-yyyy'?",
    ),
    (
        "path: data/stays.csv",
        "path: data/stays.csv\n  thousands: ','",
        "thousands: |'",
        "problem same_signs: the sign between thousands is the decimal sign too. Correct 'thousands' or 'decimal'.",
    ),
    (
        "path: data/stays.csv",
        "path: data/stays.csv\n  false_words:\n    - JA",
        "false_words:\n    |- JA",
        "problem same_words: 'ja' means both yes and no. Keep it in one of the two lists.",
    ),
    (
        "path: data/stays.csv",
        "path: data/../../stays.csv",
        "path: |data",
        "problem path_outside: the path leads out of the folder 'data' of the workspace. "
        "Write a path that begins with 'data/', or a whole path.",
    ),
    (
        "path: data/stays.csv",
        "path: figures/stays.csv",
        "path: |figures",
        "problem path_outside: the path leads out of the folder 'data' of the workspace. "
        "Write a path that begins with 'data/', or a whole path.",
    ),
    ("path: data/stays.csv", "path: /srv/extracts/stays.csv", "", ""),
    ("path: data/stays.csv", "path: 'C:\\extracts\\stays.csv'", "", ""),
]


@pytest.mark.parametrize(("old", "new", "where", "line"), CASES, ids=[new for _, new, _, _ in CASES])
def test_what_makes_no_sense_is_said_with_its_place(
    make_workspace: MakeWorkspace, old: str, new: str, where: str, line: str
) -> None:
    assert STAYS.count(old) == 1
    stays = STAYS.replace(old, new)
    found = problems_of(make_workspace, stays)
    assert found == ([f"{place(stays, where)} {line}"] if line else [])


def test_overlap_of_nobodys_spells_is_a_problem(make_workspace: MakeWorkspace) -> None:
    stays = STAYS.replace("  per:\n    - person\n", "").replace("person: person\nkey:", "key:")
    found = problems_of(make_workspace, stays)
    assert (
        f"{place(stays, 'overlap: |forbidden')} problem spells_of_whom: overlap is forbidden, but nothing says whose "
        "spells they are. Add 'per', the columns that name whose spells they are."
    ) in found


def test_data_that_may_not_be_processed_here_must_not_lie_here(make_workspace: MakeWorkspace) -> None:
    stays = STAYS.replace("  - municipality", "  - linked_registers")
    assert problems_of(make_workspace, stays) == []
    assert problems_of(make_workspace, stays, data__stays_csv="stay_id\n") == [
        f"{place(stays, PROCESSED_AT)} problem data_not_allowed_here: "
        "there are data of this register here, but it may not be processed here. "
        "Remove the data from this machine; only protected figures are carried home."
    ]
