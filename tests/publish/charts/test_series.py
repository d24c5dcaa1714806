"""The chart of a series says what the release says, and nothing that it does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.charts.drawn import SVG, circles, places, read, runs, strokes, words
from tests.publish.charts.worlds import copenhagen, goal_of, lilleby

from pejl.publish.charts import (
    NARROW,
    WIDE,
    Aim,
    Point,
    SeriesChart,
    Unit,
    alt_text,
    chart_of_goal,
    chart_of_indicator,
    series_chart,
    spark,
    table_of,
)
from pejl.publish.charts.drawing import AIM, FIGURE, text_width

PATH = "8 5"
PERSONS = Unit("persons", {"da": "personer", "en": "persons"}, "count")
TITLE = {"da": "Titel", "en": "Title"}


def _series(*points: Point, **more: Any) -> SeriesChart:
    return replace(SeriesChart(TITLE, PERSONS, points), **more)


def _point(
    period: str,
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    state: str = "measured",
) -> Point:
    return Point(period, value, low, high, state)


def test_the_series_of_a_goal_has_its_points_baseline_target_and_latest() -> None:
    chart = chart_of_goal(lilleby(), goal_of(lilleby(), "more_helped"))
    assert [(point.period, point.value, point.state) for point in chart.points] == [
        ("2020", 40.0, "measured"),
        ("2021", None, "not_due"),
        ("2022", 52.0, "measured"),
        ("2023", 61.0, "measured"),
    ]
    (aim,) = chart.aims
    assert aim.baseline is not None
    assert (aim.baseline.period, aim.baseline.value, aim.level, aim.period, aim.side) == ("2020", 40.0, 60.0, "2023", 1)
    assert chart.latest == "2023"


def test_no_number_stands_on_another_figure_or_its_interval() -> None:
    values = (2101.0, 2075.0, 2103.0, 2077.0, 2074.0, 2079.0, 2067.0, 2075.0, 2074.0)
    points = [_point(str(2016 + at), value, value - 88, value + 90) for at, value in enumerate(values)]
    for width in (NARROW, WIDE):
        svg = series_chart(_series(*points, latest="2024"), "en", width=width)
        numbers = [text for text in read(svg).iter(f"{SVG}text") if "paint-order" in text.attrib]
        assert len(numbers) >= 5
        lines = [stroke for stroke in strokes(svg) if stroke.start[0] == stroke.end[0] and stroke.colour == FIGURE]
        for text in numbers:
            x, base, size = (float(text.attrib[name]) for name in ("x", "y", "font-size"))
            half = text_width(text.text or "", size) / 2
            crossed = [
                line
                for line in lines
                if abs(line.start[0] - x) < half
                and min(line.start[1], line.end[1]) < base
                and max(line.start[1], line.end[1]) > base - size
            ]
            assert crossed == []


def test_an_even_path_leads_from_the_baseline_to_the_target() -> None:
    chart = chart_of_goal(lilleby(), goal_of(lilleby(), "more_helped"))
    svg = series_chart(chart, "en")
    (path,) = [stroke for stroke in strokes(svg) if stroke.dash == PATH and stroke.colour == AIM]
    assert path.start in circles(svg)
    # The last figure, 61, lies above the target of 60 in the same year: a little higher on the sheet, at the same x.
    last = max(runs(svg)[0])
    assert path.end[0] == last[0]
    assert last[1] < path.end[1]
    assert "target: +50% in 2023, that is 60" in words(svg)
    assert "baseline: 40 in 2020" in words(svg)


def test_a_line_goes_on_past_a_period_that_was_not_due() -> None:
    svg = series_chart(chart_of_goal(lilleby(), goal_of(lilleby(), "more_helped")), "en")
    (line,) = runs(svg)
    assert len(line) == 3


@pytest.mark.parametrize("state", ["withheld", "no_data", "not_collected", "no_method"])
def test_no_line_suggests_what_a_missing_figure_was(state: str) -> None:
    chart = _series(
        _point("2019", 1), _point("2020", 2), _point("2021", state=state), _point("2022", 3), _point("2023", 4)
    )
    first, second = runs(series_chart(chart, "en"))
    assert (len(first), len(second)) == (2, 2)
    assert first[-1][0] < second[0][0]


def test_no_line_crosses_a_break_and_no_path_does() -> None:
    points = tuple(_point(str(year), 10 + year % 10) for year in range(2016, 2022))
    goal = goal_of(lilleby(), "more_helped")
    aim = Aim(goal, points[0], 20.0, "2021", 1, False)
    whole = _series(*points, aims=(aim,))
    broken = replace(whole, breaks=(("2019", {"da": "Ny metode", "en": "New method"}),))
    assert [len(line) for line in runs(series_chart(whole, "en"))] == [6]
    assert [len(line) for line in runs(series_chart(broken, "en"))] == [3, 3]
    assert [stroke for stroke in strokes(series_chart(whole, "en")) if stroke.dash == PATH] != []
    assert [stroke for stroke in strokes(series_chart(broken, "en")) if stroke.dash == PATH] == []
    assert "break in the series in 2019: New method" in words(series_chart(broken, "en"))


def test_each_kind_of_nothing_has_its_own_words_and_sign() -> None:
    kinds = ("withheld", "no_data", "not_due", "not_collected", "no_method")
    chart = _series(_point("2015", 5), *(_point(str(2016 + at), state=state) for at, state in enumerate(kinds)))
    said = words(series_chart(chart, "en"))
    for line in (
        "not shown, to protect people's anonymity: 2016",
        "no data for the period: 2017",
        "not measured in these periods: 2018",
        "not fetched for this presentation: 2019",
        "cannot be measured yet: 2020",
    ):
        assert line in said
    signs = {
        state: tuple(
            element.tag.removeprefix(SVG)
            for element in read(series_chart(_series(_point("2015", 5), _point("2016", state=state)), "en"))
        )
        for state in kinds
    }
    assert len(set(signs.values())) == len(kinds)


def test_a_chart_without_figures_says_which_kind_of_nothing_there_is() -> None:
    chart = chart_of_goal(lilleby(), goal_of(lilleby(), "more_meet"))
    assert words(series_chart(chart, "en")) == ["No figures: cannot be measured yet", "goal: is to rise"]
    withheld = _series(_point("2020", state="withheld"), _point("2021", state="withheld"))
    assert words(series_chart(withheld, "en")) == ["No figures: not shown, to protect people's anonymity"]


def test_an_interval_longer_than_the_axis_is_cut_and_says_so() -> None:
    cut = _series(_point("2020", 5, 1, 900), _point("2021", 6, 3, 10))
    said = "the interval goes on beyond the axis"
    assert said in words(series_chart(cut, "en"))
    assert said not in words(series_chart(_series(_point("2020", 5, 1, 12)), "en"))


def test_an_axis_that_does_not_begin_at_zero_says_so() -> None:
    assert "persons (the axis begins at 900)" in words(
        series_chart(_series(_point("2020", 1000), _point("2021", 1100)), "en")
    )
    assert "persons" in words(series_chart(_series(_point("2020", 1000), _point("2021", 100)), "en"))


def test_a_share_is_never_drawn_beyond_a_hundred() -> None:
    percent = Unit("percent", {"da": "procent", "en": "percent"}, "share")
    aim = Aim(goal_of(lilleby(), "hold_steady"), _point("2022", 94), 94.0, "2023", 0, False, tolerance=9.0)
    chart = SeriesChart(TITLE, percent, (_point("2022", 94), _point("2023", 100, 96, 100)), (aim,))
    ticks = [int(word) for word in words(series_chart(chart, "en")) if word.isdigit() and int(word) < 2000]
    assert max(ticks) == 100


def test_the_allowed_variation_of_a_goal_that_is_to_hold_is_drawn() -> None:
    chart = chart_of_goal(lilleby(), goal_of(lilleby(), "hold_steady"))
    assert chart.aims[0].tolerance == 2.0
    svg = series_chart(chart, "en")
    dotted = {stroke.start[1] for stroke in strokes(svg) if stroke.colour == AIM and stroke.dash == "1.5 4"}
    assert len(dotted) >= 3  # 92, 94 and 96, and the sign in the key
    assert "the variation that is allowed" in words(svg)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_word_is_at_least_twelve_pixels_high(width: int) -> None:
    for goal in copenhagen().status["goals"]:
        svg = series_chart(chart_of_goal(copenhagen(), goal), "da", width=width)
        assert all(float(text.attrib["font-size"]) >= 12 for text in read(svg).iter(f"{SVG}text"))


def test_a_drawing_has_nothing_a_strict_content_policy_refuses() -> None:
    svg = series_chart(chart_of_indicator(lilleby(), "lonely"), "da", prefix="one")
    root = read(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()}.isdisjoint(
        {"style", "script", "foreignObject", "image"}
    )
    assert not any(
        "style" in element.attrib or any(name.startswith("on") for name in element.attrib) for element in root.iter()
    )
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "one-title one-desc"
    assert [element.attrib["id"] for element in root if "id" in element.attrib] == ["one-title", "one-desc"]


def test_a_title_with_signs_of_markup_stays_words() -> None:
    chart = _series(_point("2020", 1), title={"da": "<b>A & B</b>", "en": None})
    title = read(series_chart(chart, "da")).find(f"{SVG}title")
    assert title is not None
    assert title.text == "<b>A & B</b>"


def test_the_table_has_every_number_and_every_nothing_in_words() -> None:
    table = table_of(chart_of_goal(lilleby(), goal_of(lilleby(), "more_helped")), "en")
    assert table.head == ("Period", "Persons", "95\N{NO-BREAK SPACE}% confidence interval", "Remarks")
    assert table.rows == (
        ("2020", "40", "29–54", "baseline"),
        ("2021", "not measured, next 2022", "", ""),
        ("2022", "52", "39–68", ""),
        ("2023", "61", "47–78", "target: 60"),
    )
    assert table.numeric == (False, True, True, False)


def test_the_table_marks_the_first_figure_after_a_break() -> None:
    rows = table_of(chart_of_goal(lilleby(), goal_of(lilleby(), "fewer_lonely")), "en").rows
    assert [row[-1] for row in rows] == ["baseline", "break in the series before this", "target: 20%"]
    assert rows[2][1:3] == ("not shown, to protect people's anonymity", "")


def test_the_words_for_those_who_do_not_see_it_tell_the_course_and_the_target() -> None:
    chart = chart_of_goal(lilleby(), goal_of(lilleby(), "more_helped"))
    assert alt_text(chart, "en") == (
        "Chart: Citizens who get help. 3 figures: first 40 in 2020, last 61 in 2023. Target: +50% in 2023, that is 60. "
        "Not measured in these periods: 2021."
    )


def test_an_indicator_shows_the_goals_of_all_strategies_but_drafts() -> None:
    chart = chart_of_indicator(copenhagen(), "homeless")
    assert [aim.goal["id"] for aim in chart.aims] == [
        goal["id"]
        for goal in copenhagen().status["goals"]
        if goal["indicator"] == "homeless" and not goal["strategy"].endswith("_draft")
    ]
    with pytest.raises(KeyError):
        chart_of_indicator(lilleby(), "nothing_such")


def test_a_small_drawing_is_hidden_from_screen_readers_and_breaks_where_the_large_one_does() -> None:
    chart = _series(*(_point(str(year), year % 7) for year in range(2014, 2020)), breaks=(("2016", TITLE),))
    root = read(spark(chart))
    assert root.attrib["aria-hidden"] == "true"
    assert [len(line) for line in runs(spark(chart))] == [2, 4]


numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))


@st.composite
def points(draw: st.DrawFn) -> tuple[Point, ...]:
    years = draw(st.lists(st.integers(1990, 2040), unique=True, max_size=12).map(sorted))
    found = []
    for year in years:
        if draw(st.booleans()):
            value = draw(numbers)
            spread = draw(st.none() | st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)))
            low, high = (value - spread[0], value + spread[1]) if spread is not None else (None, None)
            found.append(Point(str(year), value, low, high, "measured"))
        else:
            found.append(Point(str(year), None, None, None, draw(st.sampled_from(["no_data", "not_due", "withheld"]))))
    return tuple(found)


@given(points(), st.none() | numbers, st.sampled_from([WIDE, NARROW]))
def test_whatever_the_figures_are_all_of_the_drawing_lies_on_its_sheet(
    drawn: tuple[Point, ...], level: float | None, width: int
) -> None:
    goal = goal_of(lilleby(), "more_helped")
    aims = (Aim(goal, drawn[0] if drawn and drawn[0].value is not None else None, level, "2031", 1, False),)
    chart = _series(*drawn, aims=aims)
    svg = series_chart(chart, "da", width=width)
    height = float(read(svg).attrib["height"])
    assert all(-1 <= x <= width + 1 and -1 <= y <= height + 1 for x, y in places(svg))
    assert series_chart(chart, "da", width=width) == svg
    shown = [point for point in drawn if point.value is not None]
    if shown:
        assert svg.count(f'fill="{FIGURE}" stroke="{FIGURE}"') >= len(shown)
