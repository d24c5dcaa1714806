"""The figures others published of Copenhagen: each value, state, scope and base; and nothing beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pejl.workspace.loading import read_table

if TYPE_CHECKING:
    from pejl.workspace.figure_table import Figure
    from pejl.workspace.model import Workspace

# series, period, code of the breakdown, value (None: not collected), base, scope
PUBLISHED: list[tuple[str, str, str, float | None, int | None, str]] = [
    ("homeless", "2013", "", 1581, None, "city"),
    ("homeless", "2015", "", 1562, None, "city"),
    ("homeless", "2017", "", 1482, None, "city"),
    ("homeless", "2019", "", 1442, None, "city"),
    ("homeless", "2022", "", 1370, None, "city"),
    ("homeless", "2024", "", 1378, None, "city"),
    ("homeless_young", "2013", "", 225, None, "city"),
    ("satisfied_cooperation", "2015", "authority", 72, 7282, "social_administration"),
    ("satisfied_cooperation", "2015", "provider", 76, 7282, "social_administration"),
    ("satisfied_cooperation", "2017", "", 77, 7094, "social_administration"),
    ("quality_of_life_high", "2015", "", 49, 7282, "social_administration"),
    ("quality_of_life_high", "2016", "", None, None, "social_administration"),
    ("quality_of_life_high", "2017", "", 58, 7094, "social_administration"),
    ("lonely", "2015", "", 47, 7282, "social_administration"),
    ("lonely", "2016", "", None, None, "social_administration"),
    ("lonely", "2017", "", 42, 7094, "social_administration"),
    ("sick_days_per_fte", "2017", "", 11.2, None, "whole_municipality"),
    ("sick_days_per_fte", "2019", "", 12.1, None, "whole_municipality"),
    ("sick_days_per_fte", "2023", "", 14.5, None, "whole_municipality"),
    ("staff_wellbeing", "2013", "", 5.3, None, "whole_municipality"),
    ("staff_wellbeing", "2015", "", 5.1, 28523, "whole_municipality"),
    ("staff_wellbeing", "2017", "", 5.5, None, "whole_municipality"),
    ("staff_wellbeing", "2019", "", 5.6, None, "whole_municipality"),
    ("staff_wellbeing", "2021", "", 5.7, None, "whole_municipality"),
    ("staff_wellbeing", "2023", "", 5.7, None, "whole_municipality"),
    ("evictions_announced", "2021", "", 1109, None, "city"),
    ("evictions_announced", "2022", "", 1401, None, "city"),
    ("evictions", "2022", "", 260, None, "city"),
    ("evictions", "2021", "", 198, None, "city"),
    ("young_arrested_15_18", "2013", "", 109, None, "city"),
    ("young_arrested_15_18", "2014", "", 71, None, "city"),
    ("young_arrested_15_18", "2015", "", 56, None, "city"),
    ("poverty_long_term_budget_method", "2008", "", 14830, None, "city"),
    ("population", "2015-06-30", "", 583525, None, "city"),
]
UNITS = {
    "homeless": "persons",
    "homeless_young": "persons",
    "satisfied_cooperation": "percent",
    "quality_of_life_high": "percent",
    "lonely": "percent",
    "sick_days_per_fte": "days_per_fte",
    "staff_wellbeing": "mean_1_7",
    "evictions_announced": "households",
    "evictions": "households",
    "young_arrested_15_18": "persons",
    "poverty_long_term_budget_method": "persons",
    "population": "persons",
}
SOURCES = {
    ("homeless", "2013"): "kk.dk/indhold/færre-hjemløse-i-københavn",
    ("homeless", "2019"): "via.ritzau.dk 13658221",
    ("homeless", "2024"): "kk.dk Socialudvalget 10-12-2025 item 5",
    ("homeless_young", "2013"): "docplayer 40113723",
    ("lonely", "2017"): "kk.dk/nyheder/tre-ud-af-fire-borgere-er-tilfredse-med-socialforvaltningens-arbejde",
    ("sick_days_per_fte", "2019"): "medarbejder.kk.dk",
    ("evictions", "2021"): "kk.dk Socialudvalget 07-06-2023 item 7",
    ("poverty_long_term_budget_method", "2008"): "180grader.dk/artikel/nyt-om-fattigdom",
    ("population", "2015-06-30"): (
        "Københavns Kommune, Befolkning og bevægelser i København i 2. kvartal 2015 (abcdocz 4014072)"
    ),
}


@pytest.fixture(scope="module")
def files(city: Workspace) -> dict[str, list[Figure]]:
    return {source.file: list(read_table(city, source).figures) for source in city.figures}


def code_of(city: Workspace, figure: Figure) -> str:
    if not figure.codes:
        return ""
    ((column, written),) = figure.codes
    assert column == "breakdown"
    return city.codes["cooperation_part", written].code


def test_every_published_figure_stands_as_it_was_published(city: Workspace, files: dict[str, list[Figure]]) -> None:
    found = [
        (
            figure.series,
            str(figure.period),
            code_of(city, figure),
            figure.value,
            None if figure.n is None else int(figure.n),
            city.scopes[figure.scope].id,
        )
        for figure in files["figures/published.csv"]
    ]
    assert found == PUBLISHED


def test_a_value_is_measured_and_what_was_not_fetched_is_not_collected(files: dict[str, list[Figure]]) -> None:
    states = {(figure.value is None, str(figure.state)) for figure in files["figures/published.csv"]}
    assert states == {(False, "measured"), (True, "not_collected")}


def test_no_figure_stands_beside_the_published_ones(files: dict[str, list[Figure]]) -> None:
    assert set(files) == {"figures/published.csv", "figures/missing.csv"}
    assert {figure.value for figure in files["figures/missing.csv"]} == {None}


def test_what_is_missing_says_which_kind_of_nothing_it_is(files: dict[str, list[Figure]]) -> None:
    kinds = {(figure.series, str(figure.period), str(figure.state)) for figure in files["figures/missing.csv"]}
    assert ("satisfied_cooperation", "2015", "no_data") in kinds
    assert {state for series, period, state in kinds if (series, period) != ("satisfied_cooperation", "2015")} == {
        "not_collected"
    }
    years = {series: sorted(period for name, period, _ in kinds if name == series) for series, _, _ in kinds}
    assert years["evictions"] == [str(year) for year in range(2013, 2021)]
    assert years["homeless_young"] == ["2015", "2017"]
    assert years["sick_days_per_fte"] == ["2018", "2020", "2021", "2022", "2024"]
    assert years["staff_wellbeing"] == ["2025"]
    assert "2013" in years["population"]


def test_each_series_has_its_unit(city: Workspace, files: dict[str, list[Figure]]) -> None:
    for figures in files.values():
        for figure in figures:
            assert city.units[figure.unit].id == UNITS[figure.series]
    assert {indicator.id: indicator.unit for indicator in city.indicators} == UNITS


def test_every_figure_names_its_source(files: dict[str, list[Figure]]) -> None:
    assert all(figure.source for figures in files.values() for figure in figures)
    told = {(figure.series, str(figure.period)): figure.source for figure in files["figures/published.csv"]}
    assert {key: told[key] for key in SOURCES} == SOURCES


def test_notes_that_change_how_a_figure_is_read_are_kept(files: dict[str, list[Figure]]) -> None:
    notes = {(figure.series, str(figure.period)): figure.note for figure in files["figures/published.csv"]}
    assert notes["homeless", "2024"] == 'goal "falls markedly" judged not reached by the administration itself'
    assert notes["lonely", "2015"] == "own question; not T-ILS"
    assert notes["evictions", "2021"] == "to be verified"
    assert notes["staff_wellbeing", "2015"] == "36039 invited"
    assert notes["sick_days_per_fte", "2017"] == "KRL method; not the social administration alone"


def test_comparability_breaks_where_the_sources_say_so(city: Workspace) -> None:
    breaks = {indicator.id: [str(each.at) for each in indicator.breaks] for indicator in city.indicators}
    assert {name: at for name, at in breaks.items() if at} == {
        "lonely": ["2016"],
        "quality_of_life_high": ["2016"],
        "satisfied_cooperation": ["2017"],
        "sick_days_per_fte": ["2024-01-01"],
    }


def test_a_rhythm_is_a_list_of_years_where_it_is_not_every_year(city: Workspace) -> None:
    rhythms = {indicator.id: indicator.rhythm for indicator in city.indicators if indicator.rhythm is not None}
    assert {name: [str(period) for period in rhythm.periods] for name, rhythm in rhythms.items()} == {
        "homeless": ["2013", "2015", "2017", "2019", "2022", "2024"],
        "staff_wellbeing": ["2013", "2015", "2017", "2019", "2021", "2023", "2025"],
        "evictions": [],
        "sick_days_per_fte": [],
    }
    assert {name for name, rhythm in rhythms.items() if rhythm.every_year} == {"evictions", "sick_days_per_fte"}


def test_figures_of_the_whole_municipality_are_kept_apart_from_the_administrations(city: Workspace) -> None:
    assert {indicator.id: indicator.scope for indicator in city.indicators} == {
        series: next(scope for name, _, _, _, _, scope in PUBLISHED if name == series) for series in UNITS
    }


def test_the_two_parts_of_the_cooperation_may_share_people(city: Workspace) -> None:
    assert city.dimensions["cooperation_part"].overlapping
    assert city.indicators_by_id["satisfied_cooperation"].breakdown == "cooperation_part"


def test_the_inhabitants_are_named_but_known_on_one_day_only(city: Workspace) -> None:
    assert city.settings.population == "population"
    (source,) = [each for each in city.sources_by_series["population"] if each.file == "figures/published.csv"]
    assert [(str(figure.period), figure.value) for figure in source.uses["population"].totals] == [
        ("2015-06-30", 583525)
    ]


@pytest.mark.parametrize(
    ("goal", "indicator"),
    [
        ("goal_1b_evictions", "evictions"),
        ("goal_1d_homeless", "homeless"),
        ("goal_1_homeless_young", "homeless_young"),
        ("goal_8_quality_of_life", "quality_of_life_high"),
        ("goal_8_lonely", "lonely"),
        ("goal_9_satisfied_cooperation", "satisfied_cooperation"),
        ("sub_evictions", "evictions"),
        ("sign_lonely", "lonely"),
        ("sign_quality_of_life", "quality_of_life_high"),
        ("sign_sick_leave", "sick_days_per_fte"),
    ],
)
def test_a_goal_is_measured_by_the_series_that_is_about_it(city: Workspace, goal: str, indicator: str) -> None:
    assert city.goals_by_id[goal].indicator == indicator


def test_other_counts_judge_no_goal(city: Workspace) -> None:
    used = {goal.indicator for _, goal in city.goals() if goal.indicator is not None}
    assert set(UNITS) - used == {
        "evictions_announced",
        "young_arrested_15_18",
        "poverty_long_term_budget_method",
        "staff_wellbeing",
        "population",
    }
