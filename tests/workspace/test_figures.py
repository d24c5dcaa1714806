"""Figures published by others: what a file says, and everything that can be wrong in one."""

import csv
import io
import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.workspace.figure_table import Figure, FigureTable
from pejl.workspace.figures import read_figures
from pejl.workspace.period import Period
from pejl.workspace.problems import Problems
from pejl.workspace.states import State

HEADER = "series,period,value,unit,state,scope,source,note\n"
WITH_ALL = "series,period,breakdown,value,unit,state,n,numerator,denominator,se,low,high,scope,source,note\n"
ROW = "homeless,2017,1482,persons,measured,city,kk.dk,\n"


def read(text: str) -> FigureTable:
    problems = Problems()
    table = read_figures(text, "figures/f.csv", problems)
    assert [problem.what.render("en") for problem in problems.sorted()] == []
    return table


def refused(text: str) -> list[str]:
    """Return line, column, code, what and mend of everything wrong with a text."""
    problems = Problems()
    read_figures(text, "f", problems)
    return [
        f"{each.location} [{each.code}] {each.what.render('en')}. {each.mend.render('en')}"
        for each in problems.sorted()
    ]


def test_every_column_is_read() -> None:
    row = "lonely,2017,north,42.5,percent,estimate,7094,3015,7094,0.6,41.4,43.7,administration,kk.dk,own question\n"
    (figure,) = read(WITH_ALL + row).figures
    assert figure == Figure(
        line=2,
        series="lonely",
        period=Period.parse("2017"),
        codes=(("breakdown", "north"),),
        value=42.5,
        decimals=1,
        unit="percent",
        state=State.ESTIMATE,
        scope="administration",
        source="kk.dk",
        note="own question",
        n=7094,
        numerator=3015,
        denominator=7094,
        se=0.6,
        low=41.4,
        high=43.7,
    )


def test_columns_may_stand_in_any_order_and_optional_ones_may_be_missing() -> None:
    (figure,) = read("source,scope,state,unit,value,period,series\nkk.dk,city,measured,persons,5,2017-Q3,x\n").figures
    assert (figure.series, figure.value, figure.source, figure.note) == ("x", 5, "kk.dk", "")
    assert (figure.n, figure.numerator, figure.denominator, figure.se, figure.low, figure.high) == (None,) * 6
    assert figure.period.end == date(2017, 9, 30)


def test_other_columns_are_dimensions_and_totals_are_left_out_of_the_codes() -> None:
    text = (
        "series,period,district,value,unit,state,scope,source,sex,breakdown\n"
        "x,2017,north,1,persons,measured,city,s,women,\n"
        "x,2017,north,2,persons,measured,city,s,total,\n"
        "x,2017,Total,3,persons,measured,city,s,i alt,total\n"
        "x,2017,,4,persons,measured,whole city,s,I alt,part\n"
    )
    table = read(text)
    assert table.dimensions == (("district", 2), ("sex", 8))
    assert [figure.codes for figure in table.figures] == [
        (("district", "north"), ("sex", "women")),
        (("district", "north"),),
        (),
        (("breakdown", "part"),),
    ]


@pytest.mark.parametrize(
    ("written", "value", "decimals"),
    [("1482", 1482, 0), ("0", 0, 0), ("-12", -12, 0), ("58.3", 58.3, 1), ("58.30", 58.3, 2), (" 58.3 ", 58.3, 1)],
)
def test_a_number_keeps_the_decimals_it_is_printed_with(written: str, value: float, decimals: int) -> None:
    (figure,) = read(HEADER + f"x,2017,{written},percent,measured,city,s,\n").figures
    assert (figure.value, figure.decimals) == (value, decimals)


def test_semicolons_bring_decimal_commas() -> None:
    text = HEADER.replace(",", ";") + "x;2017;58,3;percent;measured;city;a, b;c\n"
    (figure,) = read(text).figures
    assert (figure.value, figure.decimals, figure.source, figure.note) == (58.3, 1, "a, b", "c")


@pytest.mark.parametrize(
    ("delimiter", "written", "mend"),
    [
        (",", "1 482", "Write digits with a decimal point and no separators: 1482 or 58.3."),
        (",", '"1,482"', "Write digits with a decimal point and no separators: 1482 or 58.3."),
        (",", '"58,3"', "Write digits with a decimal point and no separators: 1482 or 58.3."),
        (",", "58.", "Write digits with a decimal point and no separators: 1482 or 58.3."),
        (",", ".5", "Write digits with a decimal point and no separators: 1482 or 58.3."),
        (",", "+5", "Write digits with a decimal point and no separators: 1482 or 58.3."),
        (",", "1e3", "Write digits with a decimal point and no separators: 1482 or 58.3."),
        (",", "nan", "Write digits with a decimal point and no separators: 1482 or 58.3."),
        (",", "inf", "Write digits with a decimal point and no separators: 1482 or 58.3."),
        (",", "58 %", "Write digits with a decimal point and no separators: 1482 or 58.3."),
        (",", "\N{MINUS SIGN}5", "Write digits with a decimal point and no separators: 1482 or 58.3."),
        (",", "9" * 16, "Write digits with a decimal point and no separators: 1482 or 58.3."),
        (";", "1.482", "Write digits with a decimal comma and no separators: 1482 or 58,3."),
        (";", "58.3", "Write digits with a decimal comma and no separators: 1482 or 58,3."),
        (";", "1.482,5", "Write digits with a decimal comma and no separators: 1482 or 58,3."),
    ],
)
def test_what_is_no_plain_number_is_refused_where_it_stands(delimiter: str, written: str, mend: str) -> None:
    row = ["x", "2017", written, "persons", "measured", "city", "s", ""]
    found = refused(HEADER.replace(",", delimiter) + delimiter.join(row) + "\n")
    bare = written.strip('"')
    assert found == [f"f:2:8 [bad_number] 'value' is not a number: '{bare}'. {mend}"]


@pytest.mark.parametrize("column", ["n", "numerator", "denominator", "se", "low", "high"])
def test_every_column_of_numbers_is_held_to_numbers(column: str) -> None:
    names = WITH_ALL.strip().split(",")
    values = dict.fromkeys(names, "") | {
        "series": "x",
        "period": "2017",
        "value": "5",
        "unit": "persons",
        "state": "measured",
        "scope": "city",
        "source": "s",
        column: "many",
    }
    start = len(",".join(values[name] for name in names[: names.index(column)])) + 2
    found = refused(WITH_ALL + ",".join(values[name] for name in names) + "\n")
    assert [line.split(".")[0] for line in found] == [f"f:2:{start} [bad_number] '{column}' is not a number: 'many'"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "x,20177,5,persons,measured,city,s,",
            "f:2:3 [bad_period] '20177' is not a period. "
            "Write 2017, 2017-Q3, 2016/2017, 2017-02-06, 2015..2017 or 2016>2017.",
        ),
        (
            "x,2016/2018,5,persons,measured,city,s,",
            "f:2:3 [bad_period] '2016/2018': a school year spans two years in a row. Write 2016/2017.",
        ),
        (
            "x,2017,5,persons,mesured,city,s,",
            "f:2:18 [bad_state] 'mesured' is not a state. Did you mean 'measured'?",
        ),
        (
            "x,2017,5,persons,?,city,s,",
            "f:2:18 [bad_state] '?' is not a state. "
            "Write one of: measured, estimate, no_data, not_due, no_method, not_collected, withheld.",
        ),
        (
            "x,2017,,persons,measured,city,s,",
            "f:2:8 [value_missing] the state is 'measured', but there is no value. "
            "Write the value, or the state that says which kind of nothing it is.",
        ),
        (
            "x,2017,,persons,estimate,city,s,",
            "f:2:8 [value_missing] the state is 'estimate', but there is no value. "
            "Write the value, or the state that says which kind of nothing it is.",
        ),
        (
            "x,2017,5,persons,not_collected,city,s,",
            "f:2:8 [value_unexpected] the state is 'not_collected', but there is a value. "
            "Remove the value, or write the state 'measured' or 'estimate'.",
        ),
        (
            ",2017,5,persons,measured,city,s,",
            "f:2:1 [missing_value] 'series' is empty. Write the series of this value.",
        ),
        ("x,2017,5, ,measured,city,s,", "f:2:10 [missing_value] 'unit' is empty. Write the unit of this value."),
        ("x,2017,5,persons,measured,,s,", "f:2:27 [missing_value] 'scope' is empty. Write the scope of this value."),
        (
            "x,2017,5,persons,measured,city",
            "f:2:1 [wrong_width] the row has 6 values, the header 8. "
            "Add or remove separators; put a text that holds one in quotes.",
        ),
        (
            "x,2017,5,persons,measured,city,s,a, b",
            "f:2:1 [wrong_width] the row has 9 values, the header 8. "
            "Add or remove separators; put a text that holds one in quotes.",
        ),
    ],
)
def test_each_error_in_a_row_has_its_column_and_its_mend(row: str, expected: str) -> None:
    assert refused(HEADER + row + "\n") == [expected]


@pytest.mark.parametrize("state", ["no_data", "not_due", "no_method", "not_collected", "withheld"])
def test_every_kind_of_nothing_goes_without_a_value(state: str) -> None:
    (figure,) = read(HEADER + f"x,2017,,persons,{state},city,s,\n").figures
    assert (figure.value, str(figure.state), figure.decimals) == (None, state, 0)


def test_all_errors_of_a_row_are_found_at_once() -> None:
    found = refused(HEADER + ",17,many,,gone,,s,\n")
    assert [line.split("]")[0] + "]" for line in found] == [
        "f:2:1 [missing_value]",
        "f:2:2 [bad_period]",
        "f:2:5 [bad_number]",
        "f:2:10 [missing_value]",
        "f:2:11 [bad_state]",
        "f:2:16 [missing_value]",
    ]


def test_a_wrong_row_is_left_out_and_the_others_are_kept() -> None:
    problems = Problems()
    table = read_figures(HEADER + ROW + "x,2017,many,persons,measured,city,s,\n" + "x,2018" + ROW[13:], "f", problems)
    assert [(figure.series, figure.line) for figure in table.figures] == [("homeless", 2), ("x", 4)]


def test_the_same_value_twice_names_the_first_line() -> None:
    text = HEADER + ROW + ROW.replace("2017", "2016") + ROW.replace("1482", "1500")
    assert refused(text) == ["f:4:1 [duplicate_value] the same value stands in line 2 already. Keep one of them."]


@pytest.mark.parametrize("change", [("2017", "2016"), ("homeless", "evictions"), ("city", "administration")])
def test_another_period_series_or_scope_is_another_value(change: tuple[str, str]) -> None:
    assert len(read(HEADER + ROW + ROW.replace(*change)).figures) == 2


def test_a_quoted_note_of_many_lines_moves_no_line_number() -> None:
    text = (
        HEADER
        + 'x,2013,1,persons,measured,city,s,"one\ntwo, ""three""\n\nfour"\n'
        + "x,2014,many,persons,measured,city,s,\n"
        + 'x,2015,3,persons,measured,city,"s\nt",\n'
        + "x,2016,4,persons,measured,city,s,\n"
    )
    problems = Problems()
    table = read_figures(text, "f", problems)
    assert [(figure.line, figure.period.text) for figure in table.figures] == [(2, "2013"), (7, "2015"), (9, "2016")]
    assert table.figures[0].note == 'one\ntwo, "three"\n\nfour'
    assert [str(problem.location) for problem in problems.sorted()] == ["f:6:8"]


def test_a_column_behind_a_quoted_text_is_counted_in_letters_of_the_file() -> None:
    text = 'note,series,period,value,unit,state,scope,source\n"a, ""b""",x,17,1,persons,measured,city,s\n'
    assert [line.split(" ")[0] for line in refused(text)] == ["f:2:14"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_machine(ending: str) -> None:
    text = (HEADER + ROW + "\n" + ROW.replace("2017", "17")).replace("\n", ending)
    problems = Problems()
    table = read_figures(text, "f", problems)
    assert [figure.line for figure in table.figures] == [2]
    assert [str(problem.location) for problem in problems.sorted()] == ["f:4:10"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEADER + ROW + 'x,2017,"5,persons,measured,city,s,\n', "f:3:1 [csv_syntax] this is not valid CSV: "),
        (HEADER + ROW + 'x,2017,5,persons,measured,city,s,"a"b\n', "f:3:1 [csv_syntax] this is not valid CSV: "),
        (HEADER + 'x,2013,5,persons,measured,city,s,"a\nb"\nx,2017,5,"p"q\n', "f:4:1 [csv_syntax] this is not valid"),
        ('"series,period\n' + ROW, "f:1:1 [csv_syntax] this is not valid CSV: "),
    ],
)
def test_an_open_quote_is_shown_at_the_row_it_opens_in(text: str, expected: str) -> None:
    (found,) = refused(text)
    assert found.startswith(expected)
    assert found.endswith("Look at the quotes in this line.")


def test_missing_columns_are_all_named_with_the_header_to_write() -> None:
    assert refused("series,period,value,note\n") == [
        "f:1:1 [missing_column] columns are missing: unit, state, scope, source. Begin the file with the line: "
        "series,period,value,unit,state,scope,source,breakdown,n,numerator,denominator,se,low,high,note"
    ]
    assert refused("")[0].startswith("f:1:1 [missing_column] columns are missing: series, period, value,")


@pytest.mark.parametrize(
    ("name", "column"),
    [("", 50), ("2017", 50), ("by sex", 50), ("bydel_nørrebro", 50), ("a-b", 50), ("value", 50)],
)
def test_a_column_needs_a_name_of_its_own(name: str, column: int) -> None:
    assert refused(HEADER.replace("\n", f",{name}\n")) == [
        f"f:1:{column} [bad_column] '{name}' cannot be the name of a column here. "
        "Give every column a name of its own: letters, digits and underscores."
    ]


def test_spaces_around_names_and_words_do_not_count() -> None:
    text = (
        " series , period ,value,unit, state,scope,source\n homeless , 2017 , 5 , persons , measured , city , kk.dk \n"
    )
    (figure,) = read(text).figures
    assert (figure.series, figure.period.text, figure.value, figure.unit) == ("homeless", "2017", 5, "persons")
    assert (figure.state, figure.scope, figure.source) == (State.MEASURED, "city", "kk.dk")


def test_the_use_of_a_series_is_summarised() -> None:
    text = (
        "series,period,district,value,unit,state,scope,source\n"
        "a,2015,total,5,persons,measured,city,s\n"
        "b,2013,total,,percent,no_data,city,s\n"
        "a,2017-02-06,north,3,people,measured,whole city,s\n"
        "a,2016,total,-7,persons,measured,city,s\n"
        "a,2016,south,3,persons,measured,city,s\n"
    )
    uses = read(text).uses
    assert list(uses) == ["a", "b"]
    use = uses["a"]
    assert (use.line, use.rows, use.last_day) == (2, 4, "2017-02-06")
    assert use.units == {"persons": 2, "people": 4}
    assert use.scopes == {"city": 2, "whole city": 4}
    assert use.codes == {"district\tnorth": 4, "district\tsouth": 6}
    assert [(figure.period.text, figure.value) for figure in use.totals] == [("2015", 5), ("2016", -7)]
    assert (use.lowest, use.highest) == ((-7, 5), (5, 2))
    assert (uses["b"].lowest, uses["b"].highest) == ((math.inf, 0), (-math.inf, 0))


def test_two_thousand_problems_are_enough_for_one_file() -> None:
    rows = [f"x,{1800 + number % 400},many{number},persons,measured,city,s,\n" for number in range(3000)]
    problems = Problems()
    read_figures(HEADER + "".join(rows), "f", problems)
    found = problems.sorted()
    assert len(found) == 2001
    (last,) = [problem for problem in found if problem.code == "too_many_problems"]
    assert str(last.location) == "f:2001"
    assert last.what.render("en") == "more than 2000 problems; the rest of the file was not read"
    assert {problem.code for problem in found} == {"bad_number", "too_many_problems"}


def test_the_last_of_many_problems_may_be_an_open_quote() -> None:
    rows = [f"x,{1800 + number % 400},many{number},persons,measured,city,s,\n" for number in range(1999)]
    assert len(refused(HEADER + "".join(rows) + 'x,2017,"5\n')) == 2000


words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
names = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
amounts = st.decimals(-(10**9), 10**9, allow_nan=False, places=3) | st.integers(-(10**9), 10**9)


@st.composite
def tables(draw: st.DrawFn) -> list[dict[str, str]]:
    rows = []
    for number in range(draw(st.integers(0, 6))):
        state = draw(st.sampled_from(State))
        rows.append(
            {
                "series": f"{draw(names)}_{number}",
                "period": draw(st.sampled_from(["2017", "2017-Q3", "2016/2017", "2015..2017", "2017-02-06"])),
                "district": draw(st.sampled_from(["north", "total", "", " south "])),
                "value": f"{draw(amounts)}" if state.has_value else "",
                "unit": draw(words.filter(str.strip)),
                "state": str(state),
                "scope": draw(words.filter(str.strip)),
                "source": draw(words),
                "note": draw(words),
                "n": draw(st.just("") | st.integers(0, 10**6).map(str)),
            }
        )
    return rows


@given(tables(), st.sampled_from([",", ";"]), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_every_table_written_as_csv_is_read_back(
    rows: list[dict[str, str]], delimiter: str, ending: str, quoted: bool
) -> None:
    columns = ["series", "period", "district", "value", "unit", "state", "scope", "source", "note", "n"]
    out = io.StringIO(newline="")
    returns = any("\r" in cell for row in rows for cell in row.values())  # a writer of Python 3.11 leaves them bare
    writer = csv.DictWriter(
        out,
        columns,
        delimiter=delimiter,
        lineterminator=ending,
        quoting=csv.QUOTE_ALL if quoted or returns else csv.QUOTE_MINIMAL,
    )
    writer.writeheader()
    for row in rows:
        writer.writerow({**row, "value": row["value"].replace(".", "," if delimiter == ";" else ".")})
    figures = read(out.getvalue()).figures
    assert [
        (each.series, each.period.text, each.value, each.unit, each.state, each.scope, each.source, each.note, each.n)
        for each in figures
    ] == [
        (
            row["series"],
            row["period"],
            float(row["value"]) if row["value"] else None,
            row["unit"].strip(),
            row["state"],
            row["scope"].strip(),
            row["source"].strip(),
            row["note"].strip(),
            float(row["n"]) if row["n"] else None,
        )
        for row in rows
    ]
    written = [row["district"].strip() for row in rows]
    assert [dict(each.codes).get("district", "") for each in figures] == [
        "" if code == "total" else code for code in written
    ]


@given(st.text(max_size=60) | st.text(',;"\n\r xsy017.-', max_size=80))
def test_any_text_below_a_header_is_read_or_refused_at_a_line(text: str) -> None:
    problems = Problems()
    table = read_figures(HEADER + text, "f", problems)
    last = len(io.StringIO(HEADER + text, newline="").readlines())
    assert all(problem.location.file == "f" for problem in problems.sorted())
    assert all(1 <= (problem.location.line or 0) <= last for problem in problems.sorted())
    assert all(2 <= figure.line <= last for figure in table.figures)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    problems = Problems()
    read_figures(text, "f", problems)
    assert problems.sorted()


@pytest.mark.parametrize(
    ("n", "low", "high", "column", "said"),
    [
        ("-5", "", "", 34, "[negative] 'n' is negative: -5"),
        ("90", "41", "", 40, "[half_an_interval] only one end of the interval is given"),
        ("90", "", "44", 41, "[half_an_interval] only one end of the interval is given"),
        ("90", "43", "44", 14, "[value_outside_interval] the value does not lie between 'low' and 'high'"),
        ("90", "44", "41", 14, "[value_outside_interval] the value does not lie between 'low' and 'high'"),
    ],
)
def test_what_a_source_says_of_its_uncertainty_must_be_possible(
    n: str, low: str, high: str, column: int, said: str
) -> None:
    (found,) = refused(WITH_ALL + f"x,2017,total,42,percent,measured,{n},,,,{low},{high},city,s,\n")
    assert found.startswith(f"f:2:{column} {said}")


def test_an_interval_that_touches_its_value_is_possible() -> None:
    (figure,) = read(WITH_ALL + "x,2017,total,0,percent,measured,90,,,,0,4,city,s,\n").figures
    assert (figure.low, figure.high) == (0, 4)
