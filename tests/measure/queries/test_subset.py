"""What may be written has the same, stated value on DuckDB and on PostgreSQL."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from tests.measure.queries.conftest import plain

from pejl.measure.queries.reference import reference_markdown
from pejl.measure.queries.subset import BY_NODE, CLAUSES, FORMS, FUNCTIONS, Form, Function

if TYPE_CHECKING:
    from tests.measure.queries.conftest import CheckSql

EXAMPLES: tuple[Function | Form, ...] = (*FUNCTIONS, *FORMS)


def by_name(example: Function | Form) -> str:
    return example.written


def test_there_is_one_entry_for_each_function_and_an_argument_for_each_type() -> None:
    assert len(BY_NODE) == len(FUNCTIONS)
    assert Counter(function.name for function in FUNCTIONS).most_common(1)[0][1] == 1
    assert all(len(function.arguments) == len(function.takes) for function in FUNCTIONS)


@pytest.mark.parametrize("example", EXAMPLES, ids=by_name)
def test_duckdb_gives_the_value_stated(example: Function | Form, check_sql: CheckSql, duckdb_world: Any) -> None:
    checked = check_sql(example.example)
    assert checked.lines == []
    assert duckdb_world.execute(checked.query.sql).fetchall() == [(example.value,)]
    assert duckdb_world.execute(example.example).fetchall() == [(example.value,)]


@pytest.mark.parametrize("example", EXAMPLES, ids=by_name)
def test_postgresql_gives_the_value_stated(example: Function | Form, check_sql: CheckSql, postgres_world: Any) -> None:
    rows = postgres_world.execute(in_postgresql(check_sql(example.example).query.sql)).fetchall()
    assert rows == [(example.value,)]
    assert type(rows[0][0]) is type(example.value)


def in_postgresql(sql: str) -> str:
    import sqlglot

    (statement,) = sqlglot.transpile(sql, read="duckdb", write="postgres")
    return statement.replace("%", "%%") if "%%" in statement else statement


QUERIES = {
    "every column": "select * from stays",
    "using": "select person, stays.stay_id, persons.sex from persons left join stays using (person)",
    "using, written out": "select * from persons join stays using (person)",
    "full": "select p.person as a, s.person as b from persons as p full join stays as s on p.person = s.person",
    "right": "select s.stay_id, p.sex from persons as p right join stays as s on s.person = p.person",
    "age": """
        select p.person, y.period,
            y.year - extract(year from p.birth_date)
                - case when extract(month from p.birth_date) * 100 + extract(day from p.birth_date) > 1231
                    then 1 else 0 end as age
        from persons as p cross join calendar_years as y""",
    "days between": "select stay_id, to_day - from_day as a, date_diff('day', from_day, to_day) as b from stays",
    "days later": "select stay_id, from_day + 1 as next_day, from_day - cast(place as integer) as moved from stays",
    "division": "select stay_id, hours / nullif(place, 0) as a, place / 2 as b, place % 4 as c, 7 / 2 as d from stays",
    "decimals": "select stay_id, hours * 0.1 as a, place * 1.5 as b, place / 12.0 as c from stays",
    "rounding": "select stay_id, cast(floor(hours + 0.5) as bigint) as a, ceil(hours) as b from stays",
    "aggregates": """
        select unit, count(*) as n, count(person) as p, count(distinct person) as d, sum(hours) as h,
            sum(place) as s, avg(place) as m, min(from_day) as f, max(unit) as u, median(place) as md,
            sum(hours) filter (where place > 0) as hf
        from stays group by unit having count(*) > 0""",
    "group by number": "select sex as s, count(*) as n from persons group by 1",
    "group by name": "select extract(year from from_day) as y, count(*) as n from stays group by y",
    "windows": """
        select stay_id, row_number() over (partition by person order by from_day, stay_id) as r,
            lag(to_day) over (partition by person order by from_day) as before,
            sum(place) over (partition by unit) as s, avg(place) over (order by stay_id) as a,
            count(*) over (order by stay_id rows between unbounded preceding and 1 preceding) as c
        from stays""",
    "nulls are last, also downwards": "select stay_id, rank() over (order by hours desc) as r from stays",
    "exists": "select person from persons as p where exists (select 1 from stays as s where s.person = p.person)",
    "not exists": "select person from persons as p where not exists (select 1 from stays s where s.person = p.person)",
    "in": "select person from persons where person in (select person from stays where unit = 'u1')",
    "not in with an empty one": "select count(*) as n from persons where person not in (select person from stays)",
    "value": "select person, (select max(place) from stays as s where s.person = p.person) as m from persons as p",
    "sets": "select person from persons except select person from stays",
    "union": "select person, null as unit from persons union all select person, unit from stays",
    "union of rows once": "select sex as x from persons union select unit from stays",
    "values": "select v.code, v.n, u.beds from (values ('u1', 1), ('u2', null)) as v (code, n) "
    "left join units as u on u.unit = v.code",
    "truth values": "select person, moved is true as a, not moved as b, moved is null as c from persons",
    "order of texts": "select unit, unit < 'Å' as a, unit between 'a' and 'z' as b from units",
    "greatest": "select person, greatest(income, 150, null) as g, least(income, 150.5) as l from persons",
    "calendar": """
        with days as (select day, month_last, year_later, iso_week from calendar_days where iso_year = 2016)
        select s.stay_id, d.month_last, d.year_later, d.iso_week
        from stays as s join days as d on d.day = s.from_day""",
    "reserved words": 'select person as "order", sex as "user" from persons',
    "texts": "select unit || cast(beds as varchar) as a, length(unit) as b, substring(unit, 1, 1) as c from units",
    "quotes": "select 'it''s  a -- text' as a, 'x' || '\n' as b from units",
}


@pytest.mark.parametrize("name", QUERIES)
def test_what_is_run_gives_what_was_written(name: str, check_sql: CheckSql, duckdb_world: Any) -> None:
    checked = check_sql(QUERIES[name])
    assert checked.lines == []
    written = duckdb_world.execute(QUERIES[name]).fetchall()
    assert plain(duckdb_world.execute(checked.query.sql).fetchall()) == plain(written)
    assert plain(duckdb_world.execute(checked.query.canonical).fetchall()) == plain(written)
    assert len(written) > 0


@pytest.mark.parametrize("name", QUERIES)
def test_columns_have_the_types_promised(name: str, check_sql: CheckSql, duckdb_world: Any) -> None:
    kinds = {"VARCHAR": "text", "BIGINT": "integer", "DOUBLE": "number", "DATE": "date", "BOOLEAN": "boolean"}
    query = check_sql(QUERIES[name]).query
    described = duckdb_world.execute(f"describe {query.sql}").fetchall()
    assert {column[0]: kinds[column[1]] for column in described} == query.columns


@pytest.mark.parametrize("name", QUERIES)
def test_postgresql_gives_what_duckdb_gives(
    name: str, check_sql: CheckSql, duckdb_world: Any, postgres_world: Any
) -> None:
    query = check_sql(QUERIES[name]).query
    rows = postgres_world.execute(in_postgresql(query.sql)).fetchall()
    assert plain(rows) == plain(duckdb_world.execute(query.sql).fetchall())


def test_the_reference_names_every_function_form_and_clause_with_its_example() -> None:
    text = reference_markdown()
    for example in EXAMPLES:
        assert example.example.replace("|", "\\|") in text
        assert example.written.strip("`").partition("`")[0].replace("|", "\\|") in text
    assert all(re.escape(written.partition("`,")[0].strip("`"))[:5] in re.escape(text) for written, _ in CLAUSES)


def test_the_reference_names_every_calendar_and_column() -> None:
    from pejl.measure.queries import CALENDARS

    text = reference_markdown()
    assert all(f"`{name}`" in text for name in CALENDARS)
    assert all(f"`{column}`" in text for columns in CALENDARS.values() for column in columns)
