"""The pieces of reading Open SDG: values, periods, columns, names, units, directions."""

from __future__ import annotations

from typing import Any

import pytest

from pejl.exchange.open_sdg.columns import ColumnNames
from pejl.exchange.open_sdg.known import DIRECTIONS, GOALS
from pejl.exchange.open_sdg.left_out import LeftOut, line_ranges
from pejl.exchange.open_sdg.names import Names, slug
from pejl.exchange.open_sdg.observations import read_observations
from pejl.exchange.open_sdg.plain_yaml import PlainYamlError, read_plain
from pejl.exchange.open_sdg.source import in_order
from pejl.exchange.open_sdg.vocabulary import is_percent
from pejl.workspace.states import State


def observed(text: str, **names: Any) -> tuple[list[tuple[Any, ...]], list[str]]:
    left_out = LeftOut()
    found = read_observations(text, "a.csv", ColumnNames(**names), left_out)
    rows = [(row.period, row.value, str(row.state), row.codes) for row in found.rows]
    return rows, [each.why.render("en") for each in left_out.entries]


@pytest.mark.parametrize(
    ("written", "value", "state"),
    [
        ("1.50", "1.50", "measured"),
        ("-3", "-3", "measured"),
        (".5", "0.5", "measured"),
        ("1.2e-3", "0.0012", "measured"),
        ('"1,234.5"', "1234.5", "measured"),
        ('"1,5"', "1.5", "measured"),
        ("12%", "12", "measured"),
        ("-0", "0", "measured"),
        ("NA", "", "no_data"),
        ("", "", "no_data"),
        ("..", "", "no_data"),
        (">95", "", "not_collected"),
        ("5.0 (e)", "", "not_collected"),
        ("1" * 16, "", "not_collected"),
        ("0.00000000000049", "0.000000000000", "measured"),
    ],
)
def test_values_are_read_as_they_are_written(written: str, value: str, state: str) -> None:
    rows, _ = observed(f"Year,Value\n2015,{written}\n")
    assert rows == [("2015", value, state, ())]


@pytest.mark.parametrize(
    ("written", "period"),
    [("2015", "2015"), ("2015.0", "2015"), ("2015-2017", "2015..2017"), ("2015/16", "2015..2016"),
     ("2015Q1", "2015-Q1"), ("2015-03-31", "2015-03-31"), ("1999-00", None), ("15", None), ("", None)],
)  # fmt: skip
def test_periods_are_read_as_they_are_written(written: str, period: str | None) -> None:
    rows, _ = observed(f"Year,Value\n{written},1\n")
    assert [row[0] for row in rows] == ([period] if period else [])


def test_columns_are_known_under_their_other_names() -> None:
    text = "TIME_PERIOD\tSEX\tUNIT_MEASURE\tOBS_STATUS\tCOMMENT_OBS\tOBS_VALUE\n2015\tF\tPT\tE\tsmall\t3\n"
    left_out = LeftOut()
    row = read_observations(text, "a.csv", ColumnNames(), left_out).rows[0]
    assert (row.codes, row.unit, row.state, row.note) == ((("SEX", "F"),), "PT", State.ESTIMATE, "small; E")
    assert observed("Year,Kind,Value\n2015,a,1\n", series="Kind")[0] == [("2015", "1", "measured", ())]


def test_total_stands_for_the_whole_only_where_no_cell_is_empty() -> None:
    full, _ = observed("Year,Sex,Value\n2015,Both sexes,1\n2015,Female,2\n")
    assert [codes for *_, codes in full] == [(), (("Sex", "Female"),)]
    mixed, _ = observed("Year,Sex,Value\n2015,,1\n2015,Total,1\n")
    assert [codes for *_, codes in mixed] == [(), (("Sex", "Total"),)]


def test_a_file_without_the_columns_is_listed() -> None:
    rows, why = observed("Land,Tal\nx,1\n")
    assert (rows, why) == (
        [],
        ["the file has no columns Year and Value, so none of its rows is carried over"],
    )


def test_yaml_of_others_stays_text() -> None:
    assert read_plain("target_id: 3.10\npublished: no\nlist: [1, {a: b}]\n") == {
        "target_id": "3.10",
        "published": "no",
        "list": ["1", {"a": "b"}],
    }
    assert read_plain("a: &x {b: c}\nd: *x\n") == {"a": {"b": "c"}, "d": {"b": "c"}}
    for broken in ("a: [", "a: b: c", "[" * 5000):
        with pytest.raises(PlainYamlError):
            read_plain(broken)


def test_names_are_ids_and_each_is_one() -> None:
    names = Names({"total"})
    assert [names.new(text, "code") for text in ("Total", "Ældre, 65+", "15-24", "女", "Total")] == [
        "total_2",
        "aeldre_65",
        "code_15_24",
        "code",
        "total_3",
    ]
    assert slug("Per 1.000 fødsler") == "per_1_000_foedsler"


def test_indicators_stand_in_their_order() -> None:
    assert sorted(["1-10-1", "1-a-1", "1-2-1", "10-1-1"], key=in_order) == ["1-2-1", "1-10-1", "1-a-1", "10-1-1"]


def test_lines_are_written_in_short() -> None:
    assert line_ranges([4, 9, 10, 11, 12, 9]) == "4, 9-12"


@pytest.mark.parametrize(
    ("label", "percent"),
    [("Percent", True), ("%", True), ("PT", True), ("Procent af befolkningen", True), ("percentage points", False),
     ("Annual percent change", False), ("Per 1,000", False)],
)  # fmt: skip
def test_a_unit_is_a_share_where_it_says_percent_of_something(label: str, percent: bool) -> None:
    assert is_percent(label) is percent


def test_directions_are_of_goals_there_are() -> None:
    assert {int(number.partition(".")[0]) for number in DIRECTIONS} <= set(GOALS)
    assert (DIRECTIONS["3.2.1"], DIRECTIONS["6.1.1"]) == ("decrease", "increase")
    assert "4.5.1" not in DIRECTIONS, "parity is to be near one"
