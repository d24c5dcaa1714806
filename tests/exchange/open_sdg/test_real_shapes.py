"""Goals, words and metadata as real repositories of Open SDG have them, in small files of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.exchange.open_sdg.real_shapes import YEARS, listed, made_of, meta, signs

import pejl
from pejl.exchange.open_sdg.global_names import NAMES, speaks_of
from pejl.exchange.open_sdg.known import DIRECTIONS, OWN_READING


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
    assert [(unit.label.da, unit.kind) for unit in workspace.units.values()] == [("procent", "share")]
    assert [scope.title.da for scope in workspace.scopes.values()] == ["Казахстан"]
    other = "a workspace has Danish and English; words in other languages are not carried over"
    assert ("translations/kk", "–", other) in listed(imported)


def test_a_title_loses_the_number_before_it_and_other_titles_are_noted(tmp_path: Path) -> None:
    root, _ = made_of(
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
    notes = {name: each.note.en if each.note else None for name, each in workspace.indicators_by_id.items()}
    assert notes == {"sdg_3_1_1": "Also called: Deaths per 100,000 maternities", "sdg_16_1_1": None}
    assert workspace.strategies[0].visions[1].headings[0].title.en == "Target 16.1: Reduce all violence"


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
