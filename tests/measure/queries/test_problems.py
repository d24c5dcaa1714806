"""Everything that is wrong with SQL is noted in one pass, at the word that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.measure.queries.conftest import CheckSql

WRONG: dict[str, list[tuple[str, str, str]]] = {
    # names; the bar stands before the word that is pointed at
    "select |persn from persons": [("sql_unknown_column", "there is no column 'persn'", "Did you mean 'person'?")],
    "select p.|persn from persons as p": [
        ("sql_unknown_column", "there is no column 'persn'", "Did you mean 'person'?")
    ],
    "select person from |person": [
        ("sql_unknown_relation", "there is no register, model or calendar 'person'", "Did you mean 'persons'?")
    ],
    "select |q.person from persons as p": [("sql_unknown_relation", "'q' is not read here", "Here are read: p.")],
    "select |name from persons": [
        (
            "sql_identifier_column",
            "'name' of persons says who somebody is, and is never read",
            "Leave it out; persons are told apart by their pseudonym.",
        )
    ],
    "select |person from persons as p join stays as s on s.person = p.person": [
        ("sql_ambiguous_column", "'person' may be a column of p, s", "Write the relation before it: p.person.")
    ],
    "select income as i, |i + 1 as j from persons": [
        (
            "sql_unknown_column",
            "there is no column 'i'",
            "It is a name given in this SELECT; write its expression again, or put it into a step (WITH).",
        )
    ],
    "with |persons as (select 1 as a) select a from persons": [
        ("sql_name_clash", "'persons' is the name of something else already", "Give the step a name of its own.")
    ],
    "select 1 as a from persons join |persons on true": [
        ("sql_name_clash", "'persons' is read twice under this name", "Give one of them another: persons as other.")
    ],
    'select person from |"Persons"': [
        (
            "sql_name",
            "'Persons' cannot be a name here",
            "Names have small letters a-z, digits and _; a text stands in single quotes: 'text'.",
        ),
        ("sql_unknown_relation", "there is no register, model or calendar 'Persons'", "Did you mean 'persons'?"),
    ],
    # types
    "select person from persons where sex = |1": [
        ("sql_type", "'integer' is put together with 'text'", "Write cast(… as varchar), or the code in quotes.")
    ],
    "select person from persons where birth_date > |'2000-01-01'": [
        ("sql_type", "'text' is put together with 'date'", "Write a day as date '2017-12-31'.")
    ],
    "select person from persons where |person": [
        ("sql_type", "the type here is 'integer'; 'boolean' is needed", "Write a comparison, such as … = 1.")
    ],
    "select sum(|moved) as s from persons": [
        ("sql_type", "the type here is 'boolean'; 'integer / number' is needed", "Write case when … then 1 else 0 end.")
    ],
    "select null as |a": [
        ("sql_type", "the column 'a' is always empty and has no type", "Write cast(null as …) with its type.")
    ],
    "select case when true then 1 else |'a' end as b": [
        ("sql_type", "'text' is put together with 'integer'", "Write cast(… as varchar), or the code in quotes.")
    ],
    "select 1 as a union select |'a'": [
        ("sql_type", "'text' is put together with 'integer'", "Write cast(… as varchar), or the code in quotes.")
    ],
    "select |9223372036854775808 as a": [
        ("sql_type", "this whole number is too large", "Whole numbers reach to 9223372036854775807.")
    ],
    # casts
    "select cast(|income as bigint) as i from persons": [
        (
            "sql_cast",
            "engines differ in a cast from 'number' to 'integer'",
            "Say how it is rounded: cast(floor(…) as bigint).",
        )
    ],
    "select cast(|person as decimal(9, 2)) as i from persons": [
        ("sql_cast", "engines differ in the type 'decimal(9, 2)'", "Use one of bigint, double, varchar, date, boolean.")
    ],
    "select date |'2017-02-29' as d": [
        ("sql_cast", "'2017-02-29' is not a day of the calendar", "Write a day as date '2017-12-31'.")
    ],
    "select cast(|birth_date as varchar) as d from persons": [
        (
            "sql_cast",
            "engines differ in a cast from 'date' to 'text'",
            "Join a calendar: it has the periods as text, and the parts of days.",
        )
    ],
    # what is not portable
    "select |round(income) as r from persons": [
        (
            "sql_not_portable",
            "the function 'round' is not in the portable subset",
            "Engines round halves differently. Write floor(x + 0.5).",
        )
    ],
    "select |sume(income) as r from persons": [
        ("sql_not_portable", "the function 'sume' is not in the portable subset", "Did you mean 'sum'?")
    ],
    "select date_diff('month', birth_date, birth_date) as r from persons".replace("date_diff", "|date_diff"): [
        (
            "sql_not_portable",
            "engines count months and years between two days differently",
            "Count days: date_diff('day', a, b); or join calendar_days and calendar_months_later.",
        )
    ],
    "select |birth_date + interval 1 month as r from persons": [
        (
            "sql_not_portable",
            "INTERVAL is not in the portable subset",
            "Join calendar_days (year_later) or calendar_months_later.",
        )
    ],
    "select |extract(week from birth_date) as w from persons": [
        (
            "sql_not_portable",
            "extract(week …) is not in the portable subset",
            "Join calendar_days: it has the parts of every day, month_first, month_last and year_later.",
        )
    ],
    "select person from persons |limit 3": [
        (
            "sql_not_portable",
            "LIMIT is not in the portable subset",
            "Which rows come first is chance; number them with row_number() and filter.",
        )
    ],
    "select person from persons |order by 1": [
        (
            "sql_not_portable",
            "ORDER BY is not in the portable subset",
            "Leave it out: rows have no order here. In OVER (…) it may stand.",
        )
    ],
    "select person from |read_csv('x.csv')": [
        (
            "sql_not_portable",
            "this cannot be read from",
            "SQL reads registers, models, calendars, steps, (select …) as name and (values …) as name.",
        )
    ],
    "select sex from persons where sex like |sex": [
        (
            "sql_not_portable",
            "engines read this pattern differently",
            "Write the pattern as a text, without a backslash.",
        )
    ],
    "select sex from persons as p semi join |stays as s on s.person = p.person": [
        (
            "sql_not_portable",
            "SEMI JOIN is not in the portable subset",
            "Write join, left join, right join, full join or cross join; for a semi join, exists (…).",
        )
    ],
    "select 1 as a from persons as p join |stays as s": [
        ("sql_join", "this join has no condition", "Write on …, or using (…), or cross join.")
    ],
    "select 1 as a from persons as p join units as u using (|person)": [
        (
            "sql_join",
            "'person' does not stand once on each side of this join",
            "Write the condition out: on a.column = b.column.",
        )
    ],
    "select income / |person as q from persons": [
        (
            "sql_division",
            "engines differ in what a division by zero gives",
            "Write nullif(…, 0) as the divisor: then the result is empty.",
        )
    ],
    # where what may stand
    "select person from persons where |sum(income) > 1": [
        ("sql_misplaced", "'sum' aggregates, and cannot stand in WHERE", "Put it into a step (WITH), or into HAVING.")
    ],
    "select |lag(person) over (partition by sex) as l from persons": [
        ("sql_misplaced", "without an order it is chance what 'lag' gives", "Write over (… order by …).")
    ],
    "select |rank() as r from persons": [
        ("sql_misplaced", "'rank' needs a window", "Write rank(…) over (partition by … order by …).")
    ],
    "select |sex, count(*) as n from persons": [
        (
            "sql_grouping",
            "'sex' is neither grouped by nor aggregated",
            "Add it to GROUP BY, or write an aggregate such as max(sex).",
        )
    ],
    "select (select |income from persons) as i": [
        (
            "sql_columns",
            "a SELECT used as a value may give several rows",
            "Aggregate in it without GROUP BY, or write a join.",
        )
    ],
    "select |person + 1 from persons": [("sql_columns", "this column has no name", "Write … as name.")],
    "select |person, person from persons": [
        ("sql_columns", "two columns are called 'person'", "Give one of them another name: … as name.")
    ],
    "select |substring(sex) as s from persons": [
        (
            "sql_arguments",
            "'substring' has too few or too many arguments",
            "It is written substring(text, from, length).",
        )
    ],
    # syntax
    "select person from persons wher |person = 1": [
        ("sql_syntax", "this is not valid SQL", "Look at the commas, the parentheses and the words before this place.")
    ],
    "select person,|, sex from persons": [("sql_syntax", "nothing stands after a comma", "Remove the comma.")],
    "select |'abc as a": [("sql_syntax", "a text, a name in quotes or a comment is not closed", "Close it.")],
    "select 1 as a|; select 2 as a": [
        (
            "sql_not_one_select",
            "the file holds several statements",
            "Keep one SELECT; put the others into files of their own.",
        )
    ],
    "|drop table persons": [
        ("sql_not_one_select", "this is not a SELECT", "Models and indicators only read: write one SELECT.")
    ],
    "select " + "(" * 60 + "|(1" + ")" * 61 + " as a": [
        ("sql_too_deep", "this is nested too deeply", "Divide it into steps: with name as (select …).")
    ],
}


@pytest.mark.parametrize("marked", WRONG)
def test_what_is_wrong_is_said_at_the_word_with_what_to_write(marked: str, check_sql: CheckSql) -> None:
    before, _, after = marked.partition("|")
    checked = check_sql(f"-- a comment\n{before}{after}\n")
    place = f"models/m.sql:2:{len(before) + 1}"
    assert checked.lines == [f"{place} {code}: {what}. {mend}" for code, what, mend in WRONG[marked]]
    assert "m" not in checked.graph.models


@pytest.mark.parametrize("text", ["-- nothing\n", ";"])
def test_a_file_without_a_select_is_empty(text: str, check_sql: CheckSql) -> None:
    (line,) = check_sql(text).lines
    assert "sql_empty: there is no SELECT in the file. Write one, or delete the file." in line


def test_all_problems_of_all_files_are_noted_in_one_pass(check_sql: CheckSql) -> None:
    checked = check_sql(
        "select round(persn) as a, sex as b\nfrom persons\nwhere moved = 1 and incom > 2\nlimit 3",
        {"models/n.sql": "select foo from nowhere", "models/o.sql": "select from where"},
    )
    places = [(str(each.location), each.code) for each in checked.problems if each.code != "sql_unused"]
    assert places == [
        ("models/m.sql:1:8", "sql_not_portable"),
        ("models/m.sql:1:14", "sql_unknown_column"),
        ("models/m.sql:3:15", "sql_type"),
        ("models/m.sql:3:21", "sql_unknown_column"),
        ("models/m.sql:4:1", "sql_not_portable"),
        ("models/n.sql:1:17", "sql_unknown_relation"),
        ("models/o.sql:1:13", "sql_syntax"),
    ]


def test_columns_are_counted_in_signs_also_behind_danish_letters_and_tabs(check_sql: CheckSql) -> None:
    (line,) = check_sql("select 'æøå😀' as a,\t'å' as b, nej as c from persons").lines
    assert line.startswith("models/m.sql:1:31 sql_unknown_column: there is no column 'nej'")


@pytest.mark.parametrize("word", ["all", "any", "some"])
def test_what_the_parser_would_read_as_something_else_is_refused(word: str, check_sql: CheckSql) -> None:
    first, *_ = check_sql(f"select {word} (select 1) as a").lines
    what = f"{word.upper()} (…) is not in the portable subset. Write exists (select …), or in (select …)."
    assert first == f"models/m.sql:1:8 sql_not_portable: {what}"


def test_all_behind_a_union_is_no_such_word(check_sql: CheckSql) -> None:
    assert check_sql("select 1 as a union all (select 2 as a)").lines == []


def test_models_that_read_each_other_in_a_circle_are_named(check_sql: CheckSql) -> None:
    files = {"models/n.sql": "select person from o", "models/o.sql": "select person from m"}
    checked = check_sql("select person\nfrom n", files)
    assert checked.lines == [
        "models/o.sql:1:20 sql_circle: models read each other in a circle: m → n → o → m. "
        "Let one of them read registers only."
    ]
    assert checked.graph.models == {}


def test_a_model_that_reads_itself_is_a_circle(check_sql: CheckSql) -> None:
    (line,) = check_sql("select person from m").lines
    assert "models read each other in a circle: m → m" in line


def test_what_reads_something_wrong_is_not_usable_but_is_not_blamed(check_sql: CheckSql) -> None:
    files = {"models/n.sql": "select person, whatever from m", "models/o.sql": "select person from persons"}
    checked = check_sql("select person, foo(person) as f from persons", files)
    assert [line.split()[0] for line in checked.lines] == ["models/m.sql:1:16"]
    assert list(checked.graph.models) == ["o"]


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("models/persons.sql", "'persons' is declared in registers/persons.yaml too"),
        ("models/calendar_days.sql", "'calendar_days' is the name of a calendar"),
        ("models/deeper/m.sql", "'m' is declared in models/deeper/m.sql too"),
    ],
)
def test_a_name_is_given_once(file: str, what: str, check_sql: CheckSql) -> None:
    checked = check_sql("select 1 as a", {file: "select 1 as a"})
    assert [each.code for each in checked.problems if each.severity == "problem"] == ["sql_name_clash"]
    assert what in checked.lines[0]


def test_a_model_is_named_so_that_sql_can_name_it(check_sql: CheckSql) -> None:
    checked = check_sql(None, {"models/My-model.sql": "select 1 as a"})
    assert checked.lines == [
        "models/My-model.sql sql_name: 'My-model' cannot be the name of a model. "
        "Rename the file: small letters a-z, digits and _, a letter first."
    ]


def test_a_model_nobody_reads_is_a_warning_at_its_file(check_sql: CheckSql) -> None:
    files = {"models/n.sql": "select person from persons", "indicators/homeless.sql": "select 1 as a from n"}
    found = [each for each in check_sql("select person from n", files).problems if each.code == "sql_unused"]
    assert [(each.location.file, str(each.severity)) for each in found] == [("models/m.sql", "warning")]


def test_sql_beside_the_indicators_that_counts_nothing_is_a_warning(check_sql: CheckSql) -> None:
    (found,) = check_sql(None, {"indicators/homles.sql": "select 1 as a"}).problems
    assert (found.code, found.location.file, str(found.severity)) == ("sql_unused", "indicators/homles.sql", "warning")


def test_calendars_need_the_years_that_are_counted(check_sql: CheckSql) -> None:
    checked = check_sql(swap={"pejl.toml": ('languages = ["da", "en"]', 'languages = ["da"]')})
    assert checked.lines == [
        "pejl.toml years_missing: calendars are read, but 'years' is not given. "
        "Add the years that are counted: years = { first = 2016, last = 2025 }"
    ]


def test_a_message_never_shows_more_of_the_sql_than_a_name(check_sql: CheckSql) -> None:
    checked = check_sql("select 'secret' + 1 as a, 'secret' and true as b, like_this('secret') as c, -'secret' as d")
    assert len(checked.lines) == 4
    assert not any("secret" in line for line in checked.lines)
