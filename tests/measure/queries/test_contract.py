"""What an indicator's SQL must give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.measure.queries.conftest import COUNTED, COUNTING, register

if TYPE_CHECKING:
    from tests.measure.queries.conftest import CheckSql

SQL = "indicators/homeless.sql"
YAML = "indicators/homeless.yaml"


def test_the_usable_sql_of_an_indicator_is_found_by_its_id(check_sql: CheckSql) -> None:
    checked = check_sql()
    assert checked.lines == []
    query = checked.graph.indicators["homeless", None]
    assert query.columns == {"person": "integer", "period": "text", "numerator": "integer"}
    assert (query.file, query.name, query.separable) == (SQL, "homeless", True)
    assert checked.graph.registers_of(query) == ("persons",)


@pytest.mark.parametrize(
    ("sql", "counting", "whats"),
    [
        (
            "select person, 1 as numerator, sex as s from persons",
            COUNTING,
            ["the SQL of 'homeless' does not give 'period'", "the SQL does not give 'period', which tells rows apart"],
        ),
        (
            "select period, moved as numerator from persons cross join calendar_years",
            COUNTING.replace("[person, period]", "[period]"),
            [
                "the SQL of 'homeless' does not give 'person'",
                "'numerator' in the SQL of 'homeless' has the type 'boolean'; 'integer / number' is needed",
            ],
        ),
        (
            "select sex as person, year as period, 1 as numerator from persons cross join calendar_years",
            COUNTING,
            [
                "'period' in the SQL of 'homeless' has the type 'integer'; 'text' is needed",
                "'person' in the SQL of 'homeless' has the type 'text'; 'integer' is needed",
            ],
        ),
        (COUNTED, COUNTING + "\nkind: share", ["the SQL of 'homeless' does not give 'denominator'"]),
        (COUNTED, COUNTING + "\nkind: mean", []),
        (
            COUNTED,
            COUNTING.replace("  unit:", "  as_of: event\n  unit:"),
            ["the SQL of 'homeless' does not give 'event_date'"],
        ),
        (
            COUNTED.replace("numerator from", "numerator, 2 as district from"),
            COUNTING,
            ["'district' in the SQL of 'homeless' has the type 'integer'; 'text' is needed"],
        ),
        (
            COUNTED,
            COUNTING.replace("  unit:", "  sets: [{by: [district]}]\n  unit:"),
            ["nothing says who belongs where in 'district'"],
        ),
        (
            COUNTED.replace("numerator from", "numerator, 'north' as district from"),
            COUNTING.replace("  unit:", "  sets: [{by: [district]}]\n  unit:"),
            [],
        ),
        (
            "select unit, period, 1 as numerator from units cross join calendar_years",
            COUNTING.replace("[person, period]", "[unit, period]").replace(
                "  unit:", "  way: {relation: stays, key: unit}\n  unit:"
            ),
            [],
        ),
        (
            "select beds, period, 1 as numerator from units cross join calendar_years",
            COUNTING.replace("[person, period]", "[beds, period]").replace(
                "  unit:", "  way: {relation: stays, key: unit}\n  unit:"
            ),
            ["the SQL of 'homeless' does not give 'unit'"],
        ),
        (
            COUNTED,
            COUNTING.replace("  unit:", "  way: {relation: staays, key: person}\n  unit:"),
            ["there is no register or model 'staays'"],
        ),
        (
            COUNTED,
            COUNTING.replace("  unit:", "  way: {relation: stays, key: person, reference: heads}\n  unit:"),
            ["'stays' has no column 'heads'"],
        ),
    ],
)
def test_the_columns_fit_the_declaration(sql: str, counting: str, whats: list[str], check_sql: CheckSql) -> None:
    checked = check_sql(None, {SQL: sql}, swap={YAML: ("scope: city", counting)})
    problems = [each.what.render("en") for each in checked.problems if each.severity == "problem"]
    assert sorted(problems) == sorted(whats)
    if any("the SQL" in what for what in whats):
        assert ("homeless", None) not in checked.graph.indicators


def test_a_column_nobody_uses_is_a_warning(check_sql: CheckSql) -> None:
    checked = check_sql(None, {SQL: COUNTED.replace("numerator from", "numerator, sex from")})
    (warning,) = checked.problems
    assert (warning.code, str(warning.severity), str(warning.location)) == (
        "sql_column_unused",
        "warning",
        f"{SQL}:1:8",
    )
    assert ("homeless", None) in checked.graph.indicators


def test_a_missing_row_column_is_said_where_it_is_declared(check_sql: CheckSql) -> None:
    counting = COUNTING.replace("[person, period]", "[person, priod]")
    checked = check_sql(swap={YAML: ("scope: city", counting)})
    (problem,) = checked.problems
    line = (checked.root / YAML).read_text().splitlines()[problem.location.line - 1 if problem.location.line else 0]
    assert problem.location.column is not None
    assert line[problem.location.column - 1 :].startswith("priod")
    assert problem.mend.render("en") == "Did you mean 'period'?"


def test_a_version_may_have_its_own_sql(check_sql: CheckSql) -> None:
    own = '- version: "1"\n    sql: indicators/first.sql'
    files = {"indicators/first.sql": COUNTED + " where year < 2017"}
    checked = check_sql(None, files, swap={YAML: [("scope: city", COUNTING), ('- version: "1"', own)]})
    assert checked.lines == []
    assert {key: query.file for key, query in checked.graph.indicators.items()} == {
        ("homeless", "1"): "indicators/first.sql",
        ("homeless", None): SQL,
    }


def test_where_every_version_has_its_own_nothing_else_is_needed(check_sql: CheckSql) -> None:
    own = '- version: "1"\n    sql: indicators/first.sql'
    files = {"indicators/first.sql": COUNTED, SQL: None}
    checked = check_sql(None, files, swap={YAML: [("scope: city", COUNTING), ('- version: "1"', own)]})
    assert checked.lines == []
    assert list(checked.graph.indicators) == [("homeless", "1")]


def test_missing_sql_is_said_where_the_indicator_is_counted(check_sql: CheckSql) -> None:
    checked = check_sql(None, {SQL: None})
    assert checked.codes == ["sql_missing"]
    elsewhere = COUNTING + "\nmade_at: linked_registers"
    assert check_sql(None, {SQL: None}, swap={YAML: ("scope: city", elsewhere)}).codes == []


def test_an_indicator_reads_no_register_that_may_not_be_processed_where_it_is_made(check_sql: CheckSql) -> None:
    files = {"registers/persons.yaml": register("persons", place="linked_registers")}
    (problem,) = check_sql("select person from persons", {**files, SQL: COUNTED.replace("persons", "m")}).problems
    assert problem.code == "register_elsewhere"
    assert problem.what.render("en") == (
        "'homeless' is made at 'municipality', where the register 'persons' may not be processed"
    )
    there = COUNTING + "\nmade_at: linked_registers"
    assert check_sql(None, files, swap={YAML: ("scope: city", there)}).codes == []


CODES = "    codes:\n      - code: north"
STANDING = f"    standing: {{relation: m, column: unit, from: from_day, to: until}}\n{CODES}"


def test_where_standing_is_read_exists(check_sql: CheckSql) -> None:
    swap = {"vocabulary/words.yaml": (CODES, STANDING)}
    (problem,) = check_sql("select * from stays", swap=swap).problems
    assert (problem.code, problem.location.file) == ("sql_unknown_column", "vocabulary/words.yaml")
    assert problem.what.render("en") == "'m' has no column 'until'"
