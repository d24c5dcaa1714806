"""Shapes that real repositories of Open SDG have, in small files of our own."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import pejl
from pejl.exchange.open_sdg.global_names import NAMES, speaks_of
from pejl.exchange.open_sdg.importing import Imported, import_open_sdg
from pejl.exchange.open_sdg.known import DIRECTIONS, OWN_READING
from pejl.exchange.open_sdg.left_out import LeftOut
from pejl.exchange.open_sdg.observations import ColumnNames, read_observations
from pejl.exchange.open_sdg.plain_yaml import read_plain
from pejl.exchange.open_sdg.vocabulary import is_percent, kind_of

YEARS = "Year,Value\n2019,80.5\n2020,82\n"


def made_of(tmp_path: Path, files: Mapping[str, str]) -> tuple[Path, Imported]:
    for name, text in files.items():
        path = tmp_path / "repo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    imported = import_open_sdg(tmp_path / "repo", tmp_path / "made", "en")
    assert pejl.open(tmp_path / "made").check().ok
    return tmp_path / "made", imported


def listed(imported: Imported) -> list[tuple[str, str, str]]:
    return [(each.file, each.field, each.why.render("en")) for each in imported.left_out.entries]


def signs(root: Path) -> list[tuple[str, str, str | None]]:
    visions = pejl.open(root).declared().strategies[0].visions
    return [(sign.code or "", sign.direction, sign.indicator) for vision in visions for sign in vision.signs]


def observed(text: str, **names: Any) -> tuple[list[tuple[str, str, dict[str, str]]], list[str]]:
    left_out = LeftOut()
    found = read_observations(text, "a.csv", ColumnNames(**names), left_out)
    rows = [(row.period, row.value, dict(row.codes)) for row in found.rows]
    return rows, [each.why.render("en") for each in left_out.entries]


def meta(**fields: str) -> str:
    return "---\n" + "".join(f"{name}: {text}\n" for name, text in fields.items()) + "---\n"


def test_a_city_that_gives_its_own_indicator_a_global_number_gets_no_direction_from_it(tmp_path: Path) -> None:
    root, imported = made_of(
        tmp_path,
        {
            "data/indicator_1-1-1.csv": YEARS,
            "meta/1-1-1.md": meta(
                indicator_name="Share of homeless people who were helped", computation_units="Percent"
            ),
            "data/indicator_3-1-1.csv": YEARS,
            "meta/3-1-1.md": meta(indicator_name="Deaths of mothers: maternal mortality"),
        },
    )
    assert signs(root) == [("3.1.1", "decrease", "sdg_3_1_1")]
    why = "it has the number of a global indicator, but nothing in its titles says that it is that one"
    assert ("meta/1-1-1.md", "indicator_name", why) in listed(imported)
    assert imported.figures == 4


def test_the_key_of_a_global_indicator_is_enough_and_its_name_stands_in_for_missing_words(tmp_path: Path) -> None:
    root, imported = made_of(
        tmp_path,
        {
            "data/indicator_17-8-1.csv": YEARS,
            "indicator-config/17-8-1.yml": (
                "indicator_name: global_indicators.17-8-1-title\ngraph_title: global_indicators.17-8-1-title\n"
                "computation_units: null\nsource_organisation_1: ~\ndata_footnote: 'null'\n"
            ),
        },
    )
    indicator = pejl.open(root).declared().indicators_by_id["sdg_17_8_1"]
    assert indicator.title.en == NAMES["17.8.1"] == "Proportion of individuals using the Internet"
    assert indicator.published_by.en == "not stated in the repository"
    assert indicator.note is not None
    assert indicator.note.en == "null"
    assert signs(root) == [("17.8.1", "increase", "sdg_17_8_1")]
    why = "the words of a translation are not in the repository"
    assert ("indicator-config/17-8-1.yml", "indicator_name", why) in listed(imported)
    assert "1 times words stand in another repository" in (root / "IMPORT.md").read_text()


def test_words_of_targets_are_found_by_their_number_in_a_copy_of_the_translations(tmp_path: Path) -> None:
    root, _ = made_of(
        tmp_path,
        {
            "data/indicator_3-1-1.csv": YEARS,
            "indicator-config/3-1-1.yml": "indicator_name: global_indicators.3-1-1-title\n",
            "translations/en/global_indicators.yml": "3-1-1-title: Mothers who die\n",
            "translations/en/global_targets.yml": "3-1-title: By 2030, reduce maternal mortality\n",
            "translations/da/global_targets.yml": "3-1-title: Færre mødre skal dø\n",
        },
    )
    heading = pejl.open(root).declared().strategies[0].visions[0].headings[0]
    assert heading.title.as_dict() == {"da": "3.1 Færre mødre skal dø", "en": "3.1 By 2030, reduce maternal mortality"}
    assert "stand in another repository" not in (root / "IMPORT.md").read_text()


def test_what_the_repository_says_of_directions_wins_over_what_is_known(tmp_path: Path) -> None:
    options = (
        "auto_progress_calculation: true\nprogress_calculation_options:\n"
        "- group:\n  - series: Claims\n    direction: positive\n    target: 12\n    base_year: 2017\n"
        "- series: Fatal\n  disaggregation:\n  - field: Sex\n    value: Male\n  direction: negative\n  target: 85\n"
        "- series: Days\n  target: 7 %\n"
    )
    root, imported = made_of(
        tmp_path,
        {
            "data/indicator_99-1-1.csv": "Year,Series,Value\n2019,Claims,1\n2019,Fatal,2\n2019,Days,3\n2019,Other,4\n",
            "meta/99-1-1.yml": f"indicator_name: Injuries\nsdg_goal: '8'\n{options}",
            "data/indicator_3-1-1.csv": YEARS,
            "meta/3-1-1.yml": "indicator_name: Maternal mortality\nprogress_calculation_options: [{direction: up}]\n",
        },
    )
    assert signs(root) == [
        ("3.1.1", "increase", "sdg_3_1_1"),
        ("99.1.1", "increase", "sdg_99_1_1_claims"),
        ("99.1.1", "decrease", "sdg_99_1_1_fatal"),
        ("99.1.1", "decrease", "sdg_99_1_1_days"),
    ]
    targets = [sign.targets[0] for sign in pejl.open(root).declared().strategies[0].visions[1].signs]
    assert [(each.kind.value, each.value) for each in targets] == [
        ("at_least", 12),
        ("direction", None),
        ("direction", None),
    ]
    field = "progress_calculation_options"
    assert {
        ("meta/99-1-1.yml", field, "the target is that of one breakdown; the number is not carried over"),
        ("meta/99-1-1.yml", field, "the target is no plain number"),
        ("meta/99-1-1.yml", field, "the year to begin from lies outside 1900-2016; it is not carried over"),
        (
            "meta/99-1-1.yml",
            field,
            "fewer is better, as Open SDG takes it where progress is computed and no direction is said",
        ),
    } <= set(listed(imported))


def test_indicators_outside_the_goals_and_unpublished_ones_are_listed(tmp_path: Path) -> None:
    root, imported = made_of(
        tmp_path,
        {
            "data/indicator_1-1-1.csv": YEARS,
            "meta/1-1-1.md": meta(indicator_name="Poverty line", standalone="true"),
            "data/indicator_covid-1.csv": YEARS,
            "meta/covid-1.yml": "indicator_name: Tests\nprogress_calculation_options:\n- direction: positive\n",
            "data/indicator_3-1-1.csv": YEARS,
            "meta/3-1-1.md": meta(indicator_name="Maternal mortality", published="false"),
        },
    )
    assert (imported.indicators, imported.figures, imported.goals) == (2, 4, 0)
    none = "it belongs to none of the goals, so no goal is made of it; the figures are there"
    hidden = "the repository says that it is not published; its figures are not carried over"
    assert {
        ("meta/1-1-1.md", "standalone", none),
        ("meta/covid-1.yml", "standalone", none),
        ("meta/3-1-1.md", "published", hidden),
    } <= set(listed(imported))
    assert "data/indicator_3-1-1.csv" in (root / "IMPORT.md").read_text()


def test_figures_that_the_repository_does_not_show_yet_are_carried_over_and_listed(tmp_path: Path) -> None:
    _, imported = made_of(
        tmp_path,
        {
            "data/indicator_3-1-1.csv": YEARS,
            "meta/3-1-1.md": meta(indicator_name="Maternal mortality", reporting_status="inprogress"),
        },
    )
    assert (imported.figures, imported.goals) == (2, 1)
    why = "the repository does not show these figures yet; look at them before you publish"
    assert ("meta/3-1-1.md", "reporting_status", why) in listed(imported)


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


def test_groups_of_words_may_have_hyphens_in_their_names(tmp_path: Path) -> None:
    root, _ = made_of(
        tmp_path,
        {
            "data/indicator_3-1-1.csv": YEARS,
            "meta/3-1-1.md": meta(
                indicator_name="my-words.mothers", graph_title="my-words.no-such", computation_units="my-words.none"
            ),
            "translations/en/my-words.yml": "mothers: Maternal mortality\n",
        },
    )
    workspace = pejl.open(root).declared()
    assert workspace.indicators_by_id["sdg_3_1_1"].title.en == "Maternal mortality"
    assert [unit.label.en for unit in workspace.units.values()] == ["unit not stated"]


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


def test_words_with_a_full_stop_are_no_keys(tmp_path: Path) -> None:
    root, _ = made_of(
        tmp_path,
        {
            "data/indicator_10-7-2.csv": (
                "Year,No. of value,Group,Value\n2019,a,White (inc. not known),3\n2019,a,Domain 1. Migrant rights,2\n"
                "2019,b,data.female,4\n"
            ),
            "meta/10-7-2.md": meta(
                indicator_name="Migration policies", source_organisation_1="sources.Ministry of the Interior"
            ),
        },
    )
    workspace = pejl.open(root).declared()
    assert [code.code for code in workspace.dimensions["by_group"].codes] == [
        "domain_1_migrant_rights",
        "white_inc_not_known",
        "female",
    ]
    assert workspace.dimensions["by_no_of_value"].title.en == "No. of value"
    assert workspace.indicators_by_id["sdg_10_7_2"].published_by.en == "Ministry of the Interior"


def test_keys_in_other_letters_are_keys_and_their_words_stand_in(tmp_path: Path) -> None:
    root, imported = made_of(
        tmp_path,
        {
            "config_data.yml": "languages: [ru, kk]\n",
            "data/indicator_1-2-1.csv": "Year,Value\n2015,2.7\n",
            "meta/1-2-1.md": meta(
                indicator_name="global_indicators.1-2-1-title",
                graph_title="national_indicators.1-2-1-title",
                computation_units="data.процент",
                national_geographical_coverage="meta.Казахстан",
            ),
            "translations/kk/national_indicators.yml": "1-2-1-title: Кедейлік\n",
        },
    )
    workspace = pejl.open(root).declared()
    assert workspace.indicators_by_id["sdg_1_2_1"].title.da == "Кедейлік"
    assert [(unit.label.da, unit.kind) for unit in workspace.units.values()] == [("процент", "share")]
    assert [scope.title.da for scope in workspace.scopes.values()] == ["Казахстан"]
    other = "a workspace has Danish and English; words in other languages are not carried over"
    assert ("translations/kk", "–", other) in listed(imported)


def test_a_title_loses_the_number_before_it_and_other_titles_are_listed(tmp_path: Path) -> None:
    root, imported = made_of(
        tmp_path,
        {
            "data/indicator_3-1-1.csv": YEARS,
            "meta/3-1-1.md": meta(
                indicator_name="3.1.1 Maternal mortality ratio",
                national_indicator_available="Deaths per 100,000 maternities",
                title="Maternal mortality ratio",
            ),
            "data/indicator_16-1-1.csv": YEARS,
            "meta/16-1-1.yml": (
                "indicator_name: global_indicators.16-1-1-title\n"
                "SDG_INDICATOR: '<p>Indicator 16.1.1: Victims of homicide</p>'\n"
                "SDG_TARGET: '<p>Target 16.1: Reduce all violence</p>'\n"
            ),
        },
    )
    workspace = pejl.open(root).declared()
    titles = {name: each.title.en for name, each in workspace.indicators_by_id.items()}
    assert titles == {"sdg_3_1_1": "Maternal mortality ratio", "sdg_16_1_1": "Victims of homicide"}
    why = "another title of the indicator; it is not carried over"
    assert [each[:2] for each in listed(imported) if each[2] == why] == [
        ("meta/3-1-1.md", "national_indicator_available")
    ]
    assert workspace.strategies[0].visions[1].headings[0].title.en == "Target 16.1: Reduce all violence"


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


def test_metadata_in_broken_yaml_keeps_the_fields_that_stand_on_one_line(tmp_path: Path) -> None:
    root, imported = made_of(
        tmp_path,
        {
            "data/indicator_1-1-1.csv": YEARS,
            "meta/1-1-1.md": (
                "---\ncomputation_units: '%'\nindicator_name: The poverty line\nindicator_definition:2015 line, 1.25\n"
                "2016 line, 1.90\nreporting_status: complete\n---\n"
            ),
        },
    )
    assert pejl.open(root).declared().indicators_by_id["sdg_1_1_1"].title.en == "The poverty line"
    why = "the file is not valid YAML; only the fields that stand on one line were read"
    assert ("meta/1-1-1.md", "–", why) in listed(imported)


def test_without_a_configuration_metadata_translated_into_english_is_not_english_itself(tmp_path: Path) -> None:
    root, _ = made_of(
        tmp_path,
        {
            "data/indicator_3-1-1.csv": YEARS,
            "meta/3-1-1.md": meta(indicator_name="Mæðradauði", source_organisation_1="Hagstofan"),
            "meta/en/3-1-1.md": meta(indicator_name="Maternal mortality"),
        },
    )
    indicator = pejl.open(root).declared().indicators_by_id["sdg_3_1_1"]
    assert indicator.title.as_dict() == {"da": "Maternal mortality", "en": "Maternal mortality"}
    assert indicator.published_by.as_dict() == {"da": "Hagstofan", "en": None}


def test_maps_of_names_and_lines_of_targets_are_listed(tmp_path: Path) -> None:
    root, imported = made_of(
        tmp_path,
        {
            "config_data.yml": "inputs: [{class: InputCsvData, path_pattern: data/*.csv, code_map: code_map.csv}]\n",
            "data/indicator_3-1-1.csv": YEARS,
            "meta/3-1-1.yml": "indicator_name: Maternal mortality\ngraph_target_lines:\n- value: 70\n",
        },
    )
    why = "other names for columns and words are not read; they are as the data has them"
    assert ("config_data.yml", "code_map", why) in listed(imported)
    assert (
        "| graph_target_lines |  | `70` | the field has no place in a workspace |" in (root / "IMPORT.md").read_text()
    )


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


def test_every_direction_is_of_a_global_indicator_and_every_name_speaks_of_itself() -> None:
    assert len(NAMES) == 248
    assert set(DIRECTIONS) <= set(NAMES)
    assert set(OWN_READING) < set(DIRECTIONS)
    assert [number for number, name in NAMES.items() if not speaks_of(name, number)] == []
    assert {"15.5.1", "16.7.1", "8.8.2", "14.3.1"}.isdisjoint(DIRECTIONS), "these can be read either way"


@pytest.mark.parametrize(
    ("title", "number", "same"),
    [("Poverty rate, as measured by the official poverty line", "1.1.1", True), ("Forest cover", "15.1.1", True),
     ("Gross unemployment", "8.5.2", True), ("People who got help", "1.1.1", False), ("Women in work", "5.5.1", False),
     ("Erwerbstätigenquote", "1.1.1", False), ("Anything", "99.1.1", False)],
)  # fmt: skip
def test_a_title_speaks_of_a_global_indicator_where_it_has_its_words(title: str, number: str, same: bool) -> None:
    assert speaks_of(title, number) is same
