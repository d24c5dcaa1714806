"""What is told of merged codes and rounded numbers, by a description written by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.publish.charts.drawn import words

from pejl.publish.charts import (
    BreakdownChart,
    Point,
    Row,
    TransitionChart,
    Unit,
    alt_text,
    breakdown_chart,
    table_of,
    tile_map,
)
from pejl.publish.coarser import coarser_lines, coarser_of, in_order, is_rounded_away


def code(name: str, *parts: str) -> dict[str, Any]:
    return {"code": name, "label": {"da": name.title(), "en": name.upper()}, **({"of": list(parts)} if parts else {})}


AGES = [code("young"), code("grown"), code("old"), code("unknown"), code("adult", "grown", "old")]
WORKSPACE = {"dimensions": {"age": {"title": {"da": "Alder", "en": "Age"}, "codes": AGES}}}


def described(**more: Any) -> dict[str, Any]:
    done = {"version": "1", "kind": "merged", "merges": {}, "base": None, "within": None} | more
    return {"unit": {"kind": "count"}, "coarser": [done]}


def test_a_merged_code_stands_before_the_first_of_those_it_is_of() -> None:
    assert [each["code"] for each in in_order(AGES)] == ["young", "adult", "grown", "old", "unknown"]


def test_nothing_is_told_where_nothing_was_done_or_only_with_another_version() -> None:
    assert coarser_of({"unit": {"kind": "count"}}, WORKSPACE) == ()
    assert coarser_of(described(base=5, within=9), WORKSPACE, {"2"}) == ()
    assert len(coarser_of(described(base=5, within=9), WORKSPACE, {"1", "2"})) == 1


def test_what_was_done_with_two_versions_alike_is_told_once() -> None:
    (one,) = coarser_of(described(base=5, within=9), WORKSPACE)
    assert coarser_lines([one, replace(one, version="2")], "en") == one.lines("en")


def test_a_share_without_a_value_is_rounded_away_only_where_it_is_rounded() -> None:
    assert is_rounded_away(5, None, "withheld")
    assert not is_rounded_away(None, None, "withheld")
    assert not is_rounded_away(5, None, "no_data")
    assert not is_rounded_away(5, 0.0, "measured")


def test_a_matrix_with_merged_codes_says_what_they_stand_for() -> None:
    merged = coarser_of(described(merges={"age": {"adult": ["grown", "old"]}}), WORKSPACE)
    label = {"da": "Voksne", "en": "Adults"}
    chart = TransitionChart(
        {"da": "Tal", "en": "Figure"},
        Unit("persons", {"da": "personer", "en": "persons"}, "transition"),
        "2016>2017",
        (("adult", label),),
        (("adult", label),),
        {("adult", "adult"): Point("2016>2017", 12.0, None, None, "measured")},
        coarser=merged,
    )
    assert alt_text(chart, "en").endswith(
        "Shown in wider groups where two breakdowns are crossed, because too many numbers could otherwise not be "
        "shown. Age: ADULT (GROWN, OLD)."
    )


def rounded_chart() -> BreakdownChart:
    rows = tuple(
        Row(name, {"da": name, "en": name}, Point("2017", value, None, None, "measured", rounded=True), tile=(0, at))
        for at, (name, value) in enumerate([("North", 200 / 3), ("South", 25.0)])
    )
    total = Point("2017", 52.94, 40.0, 65.0, "measured")
    unit = Unit("percent", {"da": "procent", "en": "percent"}, "share")
    done = coarser_of(described(base=5, within=14) | {"unit": {"kind": "share"}}, WORKSPACE)
    title = {"da": "Andel", "en": "Share"}
    return BreakdownChart(title, "district", {"da": "Bydel", "en": "District"}, unit, "2017", rows, total, False, done)


def test_a_share_of_rounded_numbers_is_never_told_with_decimals() -> None:
    assert table_of(rounded_chart(), "en").rows == (
        ("North", "about 67", "not shown"),
        ("South", "about 25", "not shown"),
        ("All", "52.9", "40.0–65.0"),
    )


def test_drawings_mark_rounded_numbers_and_say_how_far_they_may_be_off() -> None:
    chart = rounded_chart()
    drawn = words(breakdown_chart(chart, "en"))
    assert {"about 67%", "about 25%"} <= set(drawn)
    assert "each of them may be up to 14 off." in " ".join(drawn)
    assert {"about 67%", "about 25%"} <= set(words(tile_map(chart, "en")))
