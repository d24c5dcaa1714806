"""Rows, numbers and units as real repositories of Open SDG have them, in small files of our own."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.exchange.open_sdg.real_shapes import YEARS, listed, made_of, meta, observed

import pejl
from pejl.exchange.open_sdg.columns import ColumnNames
from pejl.exchange.open_sdg.left_out import LeftOut
from pejl.exchange.open_sdg.observations import read_observations
from pejl.exchange.open_sdg.plain_yaml import read_plain
from pejl.exchange.open_sdg.vocabulary import is_percent, kind_of


def test_words_that_mean_the_whole_are_known_in_columns_without_empty_cells(tmp_path: Path) -> None:
    rows, why = observed(
        "SeriesDescription,GeoAreaCode,TimePeriod,Value,Time_Detail,BasePeriod,Age,Location,Sex\n"
        "Poverty,470,2006,0.5,2006,2017,ALLAGE,ALLAREA,BOTHSEX\nPoverty,470,2006,1.5,2006,2017,65+,ALLAREA,BOTHSEX\n"
    )
    assert rows == [("2006", "0.5", {}), ("2006", "1.5", {"Age": "65+"})]
    assert why.count("the column has no place in a workspace") == 2
    text = "Year,SEX,Place,Kind,Value\n2010,_T,Landia,All genders,3\n2010,M,North,Male,2\n"
    assert observed(text)[0][0] == ("2010", "3", {"Place": "Landia"})
    assert observed(text, whole=frozenset({"landia"}))[0][0] == ("2010", "3", {})
    two = "Year,Age,Value\n2010,All ages 15+,3\n2010,Total 65+,2\n"
    assert observed(two)[0] == [("2010", "3", {"Age": "All ages 15+"}), ("2010", "2", {"Age": "Total 65+"})]


def test_the_country_is_the_whole_of_a_column_in_the_words_of_any_language(tmp_path: Path) -> None:
    root, _ = made_of(
        tmp_path,
        {
            "config_data.yml": "languages: [fo, en]\n",
            "data/indicator_5-5-1.csv": "Year,data.place,Units,Value\n2010,land,n,5\n2010,north,n,2\n2011,sum,n,7\n",
            "meta/5-5-1.md": meta(indicator_name="Seats held by women", national_geographical_coverage="meta.land"),
            "translations/fo/meta.yml": "land: Landið\n",
            "translations/en/data.yml": "sum: Total\nnorth: The North\n",
        },
    )
    text = (root / "figures/sdg_5_5_1.csv").read_text()
    rows = [(row["period"], row["by_place"], row["value"]) for row in csv.DictReader(io.StringIO(text))]
    assert rows == [("2010", "", "5"), ("2010", "north", "2"), ("2011", "", "7")]


def test_cells_that_say_na_are_empty_and_values_that_say_it_are_missing() -> None:
    rows, why = observed("Year,Place,GeoCode,Value\n2010,NA,NA,1.5\n2010,North,10,NA\n2010,None,n/a,2\n")
    assert rows == [("2010", "1.5", {}), ("2010", "", {"Place": "North"}), ("2010", "2", {"Place": "None"})]
    assert why == ["the source writes that there is no number"]


def test_commas_are_read_by_what_the_other_numbers_of_the_file_say() -> None:
    text = "Year;Value\n2010;80,5\n2011;1,234\n2012;1.234,5\n2013;1 234,5\n2014;1.234\n2015;0.234\n2016;12\n"
    rows, why = observed(text)
    values = [(period, value) for period, value, _ in rows]
    assert values == [
        ("2010", "80.5"),
        ("2011", "1.234"),
        ("2012", "1234.5"),
        ("2013", "1234.5"),
        ("2014", ""),
        ("2015", "0.234"),
        ("2016", "12"),
    ]
    both = "other numbers here have a decimal comma, so this one can be read in two ways; it has no value"
    assert sorted(why) == ["a decimal comma is read as one", both]
    thousands, _ = observed('Year,Value\n2010,"1,234"\n2011,"1,234.5"\n2012,1.234\n')
    assert [value for _, value, _ in thousands] == ["1234", "1234.5", "1.234"]


def test_rows_that_only_head_the_rows_below_are_listed(tmp_path: Path) -> None:
    _, imported = made_of(
        tmp_path,
        {"data/indicator_16-10-2.csv": "Year,Units,Value\n2015,,\n,Q1,1\n2016,Score,3.6\n"},
    )
    assert (imported.indicators, imported.figures) == (1, 1)
    assert {
        ("data/indicator_16-10-2.csv", "–", "the row has neither series nor unit nor number, and is left out"),
        ("data/indicator_16-10-2.csv", "Year", "this is no period that can be understood; the row is left out"),
    } <= set(listed(imported))


def test_a_row_with_cells_moved_to_the_right_is_left_out_and_listed_with_its_words() -> None:
    left_out = LeftOut()
    text = (
        "Year,Units,Kind,Sex,Value\n2006,%,Obese,,8.3\n2006,,%,Obese,Boys,8.4\n2007,%,Obese,,8.1,\n2008,%,Obese,,1,x\n"
    )
    found = read_observations(text, "a.csv", ColumnNames(), left_out)
    assert [(row.period, row.value, row.unit) for row in found.rows] == [
        ("2006", "8.3", "%"),
        ("2007", "8.1", "%"),
        ("2008", "1", "%"),
    ]
    moved = "the row is longer than the header and has no number under Value; it is left out"
    assert [(each.lines, each.values) for each in left_out.entries if each.why.id == moved] == [
        ([3], ["2006, , %, Obese, Boys, 8.4"])
    ]


def test_names_of_files_written_by_hand_are_understood_and_the_plain_one_comes_first(tmp_path: Path) -> None:
    _, imported = made_of(
        tmp_path,
        {
            "data/indicator_1-2-1.csv.csv": YEARS,
            "data/indicator-5-5-2.csv": YEARS,
            "data/indicator_8-4-2 .csv": "Year,Value\n2001,1\n",
            "data/indicator_8-4-2.csv": YEARS,
            "data/indicator_1-3-1 (1).csv": YEARS,
            "data/es/indicator_8-4-2.csv": YEARS,
        },
    )
    assert (imported.indicators, imported.figures) == (3, 6)
    again = "the indicator has another file of data already"
    assert {
        ("data/indicator_8-4-2 .csv", "–", again),
        ("data/es/indicator_8-4-2.csv", "–", again),
        ("data/indicator_1-3-1 (1).csv", "–", "the name of the file is not the number of an indicator"),
    } <= set(listed(imported))


def test_old_line_ends_and_files_without_rows_are_read(tmp_path: Path) -> None:
    root, imported = made_of(
        tmp_path,
        {
            "data/indicator_11-1-1.csv": "Year,Kind,Units,Value\r2014,Formal,Share (%),79.8\r2014,Other,Share (%),3\r",
            "data/indicator_1-2-1.csv": "year,value\n",
            "data/indicator_6-1-1.csv": "\ufeffYear,Value\r\n2015,98.7\r\n",
        },
    )
    assert (imported.indicators, imported.figures) == (2, 3)
    assert {
        ("data/indicator_1-2-1.csv", "–", "the file has a header and no rows"),
        ("data/indicator_11-1-1.csv", "–", "no row is about the whole, so a goal has no figure to be judged by"),
    } <= set(listed(imported))
    assert [unit.kind for unit in pejl.open(root).declared().units.values()] == ["ratio", "share"]


def test_nothing_is_nothing_where_it_is_not_quoted() -> None:
    text = "a: null\nb: ~\nc:\nd: 'null'\ne: ''\nf: no\ng: [null, x]\n"
    assert read_plain(text) == {"a": None, "b": None, "c": None, "d": "null", "e": "", "f": "no", "g": [None, "x"]}


@pytest.mark.parametrize(
    ("label", "percent"),
    [("in %", True), ("процент", True), ("Porcentaje", True), ("Pourcentage", True), ("as a percentage to 2005", False),
     ("as a percentage to the previous year", False), ("percent, base year 2010", False), ("Share (%) of GVA", True)],
)  # fmt: skip
def test_percentages_are_known_in_the_languages_of_repositories(label: str, percent: bool) -> None:
    assert is_percent(label) is percent


def test_a_unit_is_a_mean_only_where_figures_lie_below_nought() -> None:
    assert kind_of([0, 100], percent=True) == "share"
    assert (kind_of([0, 104.5], percent=True), kind_of([3], percent=False)) == ("ratio", "ratio")
    assert kind_of([-0.5, 2], percent=True) == "mean"
