"""The page of an indicator, and of its breakdowns."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.site.pages.town import Record, both, write

from pejl.release.public import PublicRelease
from pejl.site.pages import breakdown, indicators
from pejl.site.pages.contents import Contents
from pejl.site.pages.indicator import IndicatorPage, select


@pytest.fixture
def shown(contents: Contents) -> IndicatorPage:
    return select(contents, "homeless", "en")


def test_the_latest_figure_is_the_last_with_a_value(shown: IndicatorPage) -> None:
    assert shown.latest is not None
    assert (shown.latest.period, shown.latest.value) == ("2019", "150")
    assert (shown.latest.low, shown.latest.high) == ("135", "165")


def test_where_there_never_was_a_figure_the_last_kind_of_nothing_stands(tmp_path: Path) -> None:
    def nothing(files: Record) -> None:
        for each in files["indicators/lonely.json"]["totals"]:
            each |= {"value": None, "low": None, "high": None, "state": "no_data"}

    latest = select(Contents(write(tmp_path, nothing)), "lonely", "en").latest
    assert latest is not None
    assert (latest.value, latest.nothing) == (None, "No data for the period")


def test_rates_are_those_that_stand_beside_its_goals(shown: IndicatorPage) -> None:
    assert shown.rates is not None
    per, figures = shown.rates
    assert (per, [(figure.period, figure.value) for figure in figures]) == ("1,000", [("2019", "75")])


def test_figures_about_others_stand_apart(shown: IndicatorPage) -> None:
    assert [(other.title["da"], [figure.value for figure in other.figures]) for other in shown.others] == [
        ("Forvaltningen", ["40"])
    ]


def test_it_is_broken_down_by_what_readers_see_and_says_what_they_do_not(shown: IndicatorPage) -> None:
    assert [name for name, _ in shown.breakdowns] == ["district"]
    assert shown.hidden == (both("Alder"),)


def test_a_proposed_rule_of_counting_is_marked(shown: IndicatorPage) -> None:
    assert [(version.version, version.proposed) for version in shown.definitions] == [("1", True)]


def test_where_it_is_made_is_said(shown: IndicatorPage, contents: Contents) -> None:
    assert shown.made == "Counted by the municipality itself, in its own registers."
    assert select(contents, "lonely", "en").made == "Asked for in a questionnaire."


def test_a_break_says_when_and_why(shown: IndicatorPage) -> None:
    assert shown.breaks == (("2018", both("Talt anderledes.")),)


def test_a_survey_says_who_answered(contents: Contents) -> None:
    asked = select(contents, "lonely", "en").asked
    assert asked is not None
    assert (asked.period, asked.answers, asked.response_rate) == ("2019", "250", "44")


def test_two_lawful_definitions_name_each_other(shown: IndicatorPage, contents: Contents) -> None:
    assert [name for name, _ in shown.variants] == ["lonely"]
    assert [name for name, _ in select(contents, "lonely", "en").variants] == ["homeless"]


def test_the_goals_it_serves_stand_by_strategy_the_newest_first(shown: IndicatorPage) -> None:
    found = [(served.strategy.id, [card.id for card in served.cards]) for served in shown.served]
    assert found == [("plan", ["sign_homeless"]), ("old_plan", ["old_homeless"])]


def test_indicators_are_listed_by_the_alphabet_with_how_many_goals_they_serve(contents: Contents) -> None:
    lines = indicators.select(contents, "da")
    assert [(line.id, line.goals) for line in lines] == [("homeless", 2), ("lonely", 0)]
    assert [line.figure and line.figure.value for line in lines] == ["150", "31\N{NO-BREAK SPACE}%"]


def test_there_is_a_page_for_every_breakdown_readers_see(town: PublicRelease) -> None:
    assert list(breakdown.every(town)) == [{"indicator": "homeless", "dimension": "district"}]


def test_a_breakdown_has_all_years_in_declared_order_and_those_who_stand_apart_last(contents: Contents) -> None:
    found = breakdown.select(contents, "homeless", "district", "en")
    assert found.periods == ("2018", "2019")
    assert [(row.label["da"], row.alone, [cell.text for cell in row.cells]) for row in found.rows] == [
        ("Nord", False, ["150", "120"]),
        ("Syd", False, ["not shown, to protect people's anonymity", "30"]),
        ("Ukendt", True, ["no data for the period", "not asked for"]),
    ]
    assert [cell.text for cell in found.total] == ["180", "150"]


def test_a_withheld_number_has_one_mark_and_a_gap_another(contents: Contents) -> None:
    found = breakdown.select(contents, "homeless", "district", "en")
    assert found.rows[1].cells[0].mark == "▨"
    assert found.rows[1].cells[1].mark is None
    assert found.rows[2].cells[0].mark == "×"
    assert found.legend == (
        ("▨", "not shown, to protect people's anonymity"),
        ("×", "no data for the period"),
        ("·", "not asked for"),
    )


def test_an_unknown_indicator_is_refused(contents: Contents) -> None:
    with pytest.raises(KeyError, match="nowhere"):
        select(contents, "nowhere", "en")
