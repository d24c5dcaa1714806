"""Repositories laid out as those of offices are, in small ones of our own: what becomes of each figure and word."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.exchange.open_sdg.real_shapes import YEARS, listed, made_of, meta, observed, signs

import pejl
from pejl.exchange.open_sdg.ages import age_range, holds_all
from pejl.exchange.open_sdg.columns import ColumnNames
from pejl.exchange.open_sdg.left_out import LeftOut
from pejl.exchange.open_sdg.observations import read_observations
from pejl.exchange.open_sdg.written_periods import read_period


def figures(root: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((root / f"figures/{name}.csv").read_text())))


def report(root: Path) -> str:
    return (root / "IMPORT.md").read_text()


GERMAN = {
    "config_data.yml": "languages: [de, en]\nschema_file: _prose.yml\n",
    "data/indicator_15-2-1.csv": (
        "Year,Units,Series,time series,land,GeoCode,COMMENT_OBS_0,COMMENT_OBS_1,Value\n"
        "2019,percentage,certified forest,,,,,,70.5\n2019,percentage,certified forest,one scheme,,,r,|,9.0\n"
        "2020,percentage,certified forest,,north,code01,…,,\n2019,million tonnes,biomass,,,,,,1350.0\n"
    ),
    "meta/15-2-1.md": """---
sdg_goal: '15'
indicator_name: Nachhaltige Waldwirtschaft
target_id: '15.2'
national_indicators_available: "<ul><li>Biomasse</li> <li>Wald</li></ul>"
source_active_1: true
source_organisation_1: <a href="https://office.example">Amt</a>
source_url_1: https://office.example/a
source_url_text_1: Bilanz
source_url_1b: https://office.example/b
source_url_text_1b: Bericht
source_active_2: true
source_organisation_2: Waldamt
source_url_2: https://wald.example/
source_url_text_2: Gebiete
source_active_3: false
source_url_3: https://old.example/
data_show_map: False
footer_fields:
  - series: certified forest
    unit: percentage
    label: Anmerkung
    value: <br>Ab 2016 anders gezählt.
graph_titles:
  - series: certified forest
    title: Wald mit Siegel
  - series: biomass
    title: Biomasse im Wald
graph_series_breaks:
  - series: biomass
    value: 4.5
precision:
  - decimals: 1
source_contact_1: somebody@office.example
---
<span></span>
""",
    "meta/en/15-2-1.md": """---
indicator_name: Sustainable forestry
graph_titles:
  - title: Forest with a label
  - title: Biomass in forests
footer_fields:
  - label: Note
    value: Counted in another way from 2016.
---
""",
}


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str, str]]]:
    root, imported = made_of(tmp_path_factory.mktemp("german"), GERMAN)
    return root, listed(imported)


def test_what_is_said_beside_a_figure_is_its_note_and_a_second_series_column_is_a_breakdown(
    german: tuple[Path, list[tuple[str, str, str]]],
) -> None:
    rows = figures(german[0], "sdg_15_2_1_certified_forest_percentage")
    kept = [(row["series"][11:], row["by_time_series"], row["by_land"], row["value"], row["note"]) for row in rows]
    assert kept == [
        ("certified_forest_percentage", "", "", "70.5", ""),
        ("certified_forest_percentage", "one_scheme", "", "9.0", "r; |"),
        ("certified_forest_percentage", "", "north", "", "…"),
        ("biomass_million_tonnes", "", "", "1350.0", ""),
    ]


def test_graph_titles_are_the_titles_of_series_and_footers_their_notes_in_both_languages(
    german: tuple[Path, list[tuple[str, str, str]]],
) -> None:
    indicators = pejl.open(german[0]).declared().indicators_by_id
    forest = indicators["sdg_15_2_1_certified_forest_percentage"]
    assert forest.title.as_dict() == {"da": "Forest with a label", "en": "Forest with a label"}
    assert forest.note is not None
    assert forest.note.en == "Series: certified forest; Note: Counted in another way from 2016."
    assert indicators["sdg_15_2_1_biomass_million_tonnes"].note is None
    assert 'languages = ["da", "en"]' in (german[0] / "pejl.toml").read_text()


def test_all_sources_that_are_shown_are_carried_over_and_the_others_listed(
    german: tuple[Path, list[tuple[str, str, str]]],
) -> None:
    root, noted = german
    forest = pejl.open(root).declared().indicators_by_id["sdg_15_2_1_certified_forest_percentage"]
    assert [(each.title.da, each.url, each.note.da if each.note else None) for each in forest.sources] == [
        ("Bilanz", "https://office.example/a", None),
        ("Bericht", "https://office.example/b", None),
        ("Gebiete", "https://wald.example/", "Waldamt"),
    ]
    assert forest.published_by.da == "Amt"
    why = "the repository does not show this source; it is not carried over"
    assert ("meta/15-2-1.md", "source_active_3", why) in noted


def test_fields_without_a_place_are_listed_with_their_words_but_never_who_to_write_to(
    german: tuple[Path, list[tuple[str, str, str]]],
) -> None:
    text = report(german[0])
    assert "| national_indicators_available |  | `Biomasse Wald` | the field has no place in a workspace |" in text
    assert "| graph_series_breaks |  | `4.5` | the field has no place in a workspace |" in text
    assert "| source_contact_1 |  |  | the field has no place in a workspace |" in text
    assert "| precision |  |  | a setting of how Open SDG shows the indicator; it is not carried over |" in text
    assert "somebody@" not in text
    assert "data_show_map" not in text
    assert text.count("there is no Danish in the repository") == 2  # once in short, once in full


def test_sources_in_a_list_and_keys_of_addresses_are_resolved(tmp_path: Path) -> None:
    root, _ = made_of(
        tmp_path,
        {
            "config_data.yml": "languages: [eu, es]\ntranslations:\n- {class: TranslationInputYaml, source: words}\n",
            "data/indicator_2-4-E1.csv": "Year,Series,Units,Value\n2019,S_KG,KG_HA,18.4\n2020,S_KG,KG_HA,18.5\n",
            "indicator-config/2-4-E1.yml": (
                "indicator_name: GRAPH.2-4-E1-title\nindicator_number: 2.4.E1\nsources:\n"
                "- {organisation: SOURCE.Farms, url: SOURCE.Farms_url, url_text: SOURCE.Farms_text}\n"
                "progress_calculation_options: [{direction: negative}]\n"
            ),
            "words/es/GRAPH.yml": "2-4-E1-title: Balance de nitrógeno\n",
            "words/es/SOURCE.yml": "Farms: Granjas\nFarms_url: 'https://farms.example/'\nFarms_text: Encuesta\n",
            "words/eu/SERIES.yml": "S_KG: Balance bruto\n",
        },
    )
    indicator = pejl.open(root).declared().indicators_by_id["sdg_2_4_e1"]
    assert (indicator.title.da, indicator.published_by.da) == ("Balance de nitrógeno", "Granjas")
    assert [(each.title.da, each.url) for each in indicator.sources] == [("Encuesta", "https://farms.example/")]
    assert indicator.note is not None
    assert indicator.note.da == "Series: Balance bruto"
    assert signs(root) == [("2.4.E1", "decrease", "sdg_2_4_e1")]


def test_the_target_of_words_that_stand_for_the_whole_is_the_target_of_the_goal(tmp_path: Path) -> None:
    option = (
        "auto_progress_calculation: true\nprogress_calculation_options:\n- direction: negative\n  target: 3\n"
        "  disaggregation:\n  - {field: Sex, value: Males}\n- direction: negative\n  target: 5.5\n"
        "  disaggregation:\n  - {field: Geography, value: Landia}\n  - {field: Age group, value: 15 years and over}\n"
    )
    root, _ = made_of(
        tmp_path,
        {
            "data/indicator_8-5-2.csv": (
                "Year,Geography,Sex,Age group,Value\n2019,Landia,Both sexes,15 years and over,6\n"
                "2019,Landia,Males,15 years and over,7\n2019,East,Both sexes,15 to 24 years,9\n"
            ),
            "indicator-config/8-5-2.yml": f"indicator_name: Jobless\nnational_geographical_coverage: Landia\n{option}",
        },
    )
    rows = [(row["by_geography"], row["by_sex"], row["by_age_group"]) for row in figures(root, "sdg_8_5_2")]
    assert rows == [("", "", ""), ("", "males", ""), ("east", "", "code_15_to_24_years")]
    target = pejl.open(root).declared().strategies[0].visions[0].signs[0].targets[0]
    assert (target.kind.value, str(target.value), str(target.period)) == ("at_most", "5.5", "2030")


def test_the_age_group_that_holds_all_others_stands_for_the_whole_of_each_series() -> None:
    rows, why = observed(
        "TIME_PERIOD,SERIES,UNIT_MEASURE,REF_AREA,SEX,AGE,OBS_VALUE,,,\n2020,A,PT,710,_T,Y_GE15,9.5,,,\n"
        "2020,A,PT,710,F,Y15T24,20,,,\n2020,B,PT,710,_T,Y15T24,3,,,\n2021,B,PT,710,_T,Y25T49,4,,,\n"
    )
    assert rows == [
        ("2020", "9.5", {}),
        ("2020", "20", {"SEX": "F", "AGE": "Y15T24"}),
        ("2020", "3", {"AGE": "Y15T24"}),
        ("2021", "4", {"AGE": "Y25T49"}),
    ]
    assert "the age group that holds all others stands for the whole, as no cell is empty" in why
    assert "the column says the same in every row; a note says it" in why


def test_what_every_row_says_is_said_once_in_the_note(tmp_path: Path) -> None:
    root, _ = made_of(
        tmp_path,
        {
            "data/indicator_3-b-1.csv": "Year,Vaccine,Sex,Value\n2011,BCG,,99.5\n2011,BCG,Male,99.7\n",
            "meta/3-b-1.md": meta(
                indicator_name="Children who got vaccines", proxy="proxy", data_footnote="By survey."
            ),
        },
    )
    rows = [(row["by_sex"], row["value"]) for row in figures(root, "sdg_3_b_1")]
    assert rows == [("", "99.5"), ("male", "99.7")]
    note = pejl.open(root).declared().indicators_by_id["sdg_3_b_1"].note
    assert note is not None
    assert note.en == "The repository calls it a proxy of the global indicator. Vaccine: BCG; By survey."


@pytest.mark.parametrize(
    ("words", "widest"),
    [
        (["16 and over", "16 to 64", "65 and over"], "16 and over"),
        (["15-74years", "15-24years", "55-74years"], "15-74years"),
        (["Under 5", "<1"], "Under 5"),
        (["15-24", "25-64"], None),
        (["15+", "Y_GE15"], None),
        (["15+", "students"], None),
        (["15+"], None),
        ([], None),
    ],
)
def test_one_age_group_may_hold_all_others(words: list[str], widest: str | None) -> None:
    assert holds_all(words) == widest


def test_age_groups_are_read_as_they_are_written() -> None:
    assert [
        age_range(word) for word in ("Y15T24", "65 years and over", "18+", "aged 5 to 9", "9-5", "M0T5", "all")
    ] == [
        (15, 24),
        (65, 200),
        (18, 200),
        (5, 9),
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("written", "period", "mark"),
    [
        ("1992-05 Apr-Jun", "1992-Q2", ""),
        ("1992-08-08 Jul-Sep", "1992-Q3", ""),
        ("1992-04 Mar-May", None, ""),
        ("2010 Q1", "2010-Q1", ""),
        ("Q3 2012", "2012-Q3", ""),
        ("2015K4", "2015-Q4", ""),
        ("2015-A1", "2015", ""),
        ("2013 to 2015", "2013..2015", ""),
        ("2020*", "2020", "*"),
        ("2020 (provisional)", "2020", "(provisional)"),
        ("2015-03", None, ""),
    ],
)
def test_periods_of_offices_are_read(written: str, period: str | None, mark: str) -> None:
    found, _, kept = read_period(written)
    assert (found, kept) == (period, mark)


def test_the_mark_of_a_year_stands_in_the_note() -> None:
    row = read_observations("Year,Value\n2020*,1\n", "a.csv", ColumnNames(), LeftOut()).rows[0]
    assert (row.period, row.value, row.note) == ("2020", "1", "the source writes: 2020*")


def test_a_file_with_a_column_for_each_series_gives_each_figure(tmp_path: Path) -> None:
    root, imported = made_of(
        tmp_path,
        {
            "config_data.yml": "inputs: [{class: InputYamlMdMeta, path_pattern: meta/*.md, git_data_dir: data-wide}]\n",
            "data-wide/indicator_8-5-2.csv": 'Godina,All,"Men, 15-24",\n2010 Q1,11.2,(7.5),\n2010 Q2,12.0,8,\n',
            "data-wide/indicator_8-9-1.csv": "year,share\n2017,2.78\n2018,2.9\n",
            "data-wide/indicator_9-1-1.csv": "Year,Place\n2017,North\n",
            "meta/8-9-1.md": meta(indicator_name="Tourism"),
        },
    )
    rows = [(row["series"], row["period"], row["value"], row["note"]) for row in figures(root, "sdg_8_5_2_all")]
    assert rows == [
        ("sdg_8_5_2_all", "2010-Q1", "11.2", ""),
        ("sdg_8_5_2_all", "2010-Q2", "12.0", ""),
        ("sdg_8_5_2_men_15_24", "2010-Q1", "", "the source writes: (7.5)"),
        ("sdg_8_5_2_men_15_24", "2010-Q2", "8", ""),
    ]
    assert [(row["period"], row["value"]) for row in figures(root, "sdg_8_9_1")] == [("2017", "2.78"), ("2018", "2.9")]
    wide = "the file has a column for each series; the names of the columns are theirs"
    none = "the file has no columns Year and Value, so none of its rows is carried over"
    assert ("data-wide/indicator_8-5-2.csv", "–", wide) in listed(imported)
    assert ("data-wide/indicator_9-1-1.csv", "–", none) in listed(imported)


def test_columns_that_say_what_another_says_are_kept_once_and_comments_on_series_are_notes(tmp_path: Path) -> None:
    root, imported = made_of(
        tmp_path,
        {
            "config_data.yml": "indicator_options:\n  observation_attributes: [QUALITY, {field: REMARK}]\n",
            "data/indicator_3-1-1.csv": (
                "Year,Units,UNIT_MEASURE,COMMENT_TS,QUALITY,REMARK,Value\n2019,PT,PT,Revised yearly,low,,80\n"
                "2020,PT,PT,Revised yearly,,by phone,82\n"
            ),
            "meta/3-1-1.md": meta(indicator_name="Maternal mortality", computation_units="per 100,000 births"),
        },
    )
    assert [row["note"] for row in figures(root, "sdg_3_1_1")] == ["low", "by phone"]
    workspace = pejl.open(root).declared()
    note = workspace.indicators_by_id["sdg_3_1_1"].note
    assert note is not None
    assert note.da == "Revised yearly"
    assert workspace.dimensions == {}
    own_unit = "the figures say their unit themselves; what the metadata says is not carried over"
    assert {
        ("data/indicator_3-1-1.csv", "UNIT_MEASURE", "the column says what another says, and is kept once"),
        ("meta/3-1-1.md", "computation_units", own_unit),
    } <= set(listed(imported))


def test_other_definitions_and_publishers_are_listed(tmp_path: Path) -> None:
    root, _ = made_of(
        tmp_path,
        {
            "data/indicator_3-2-1.csv": YEARS,
            "meta/3-2-1.md": meta(
                indicator_name="Under-five mortality",
                title="Untitled",
                graph_title="Infant mortality",
                computation_definitions="Before the age of one.",
                indicator_definition="Before the age of five.",
                source_organisation_1="Office",
                CONTACT_ORGANISATION="Ministry",
                un_custodian_agency="Agency",
                source_url_1="Link to source",
            ),
        },
    )
    text = report(root)
    indicator = pejl.open(root).declared().indicators_by_id["sdg_3_2_1"]
    assert indicator.note is not None
    assert indicator.note.as_dict() == {"da": "Kaldes også: Infant mortality", "en": "Also called: Infant mortality"}
    assert indicator.sources == ()
    for line in (
        "| indicator_definition |  | `Before the age of five.` | another definition; it is not carried over |",
        "| CONTACT_ORGANISATION |  | `Ministry` | another publisher; it is not carried over |",
        "| source_url_1 |  |  | this is no address on the web; it is not carried over |",
        "| un_custodian_agency |  |  | it is said of the global indicator, not of this one; it is not carried over |",
    ):
        assert line in text
    assert "Untitled" not in text


def test_units_that_say_percent_and_no_more_are_one_unit_in_whatever_language(tmp_path: Path) -> None:
    units = ("Percentage (%)", "Prozent", "%", "PT", "Pourcentage", "Percent of GDP")
    names = [f"data/indicator_3-{place}-1.csv" for place in range(1, 7)]
    files = [f"Year,Units,Value\n2019,{unit},3\n" for unit in units]
    root, _ = made_of(tmp_path, dict(zip(names, files, strict=True)))
    declared = pejl.open(root).declared().units
    assert {name: (unit.label.en, unit.kind) for name, unit in declared.items()} == {
        "percent": ("percent", "share"),
        "percent_of_gdp": ("Percent of GDP", "share"),
    }
    assert figures(root, "sdg_3_5_1")[0]["unit"] == "percent"


def test_percent_outside_of_a_whole_is_a_unit_of_its_own(tmp_path: Path) -> None:
    files = {"data/indicator_3-1-1.csv": "Year,Units,Value\n2019,Percent,104.5\n"}
    root, _ = made_of(tmp_path, files)
    declared = pejl.open(root).declared().units
    assert {name: (unit.label.en, unit.kind) for name, unit in declared.items()} == {"percent_2": ("Percent", "ratio")}
