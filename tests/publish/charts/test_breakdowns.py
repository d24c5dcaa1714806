"""Breakdowns, maps and matrices: in declared order, with withheld told from missing."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.charts.drawn import SVG, read, words, words_at
from tests.publish.charts.worlds import lilleby, write_lilleby

from pejl.publish.charts import (
    BreakdownChart,
    TransitionChart,
    alt_text,
    boundary_map,
    breakdown_chart,
    breakdown_of,
    breakdowns_of,
    table_of,
    tile_map,
    transition_chart,
    transitions_of,
)
from pejl.publish.charts.classes import FILLS, class_words, classes_of
from pejl.publish.charts.drawing import text_width, wrap
from pejl.release.public import PublicRelease

WITHHELD = "not shown, to protect people's anonymity"


def _districts() -> BreakdownChart:
    found = breakdown_of(lilleby(), "helped", "district")
    assert found is not None
    return found


def test_rows_stand_in_declared_order_and_what_stands_alone_comes_last() -> None:
    assert [row.code for row in _districts().rows] == ["vest", "midt", "oest", "unknown"]
    drawn = sorted(
        (y, word)
        for word, _, y in words_at(breakdown_chart(_districts(), "en"))
        if word in ("Vest", "Midt", "Øst", "Ukendt")
    )
    assert [word for _, word in drawn] == ["Vest", "Midt", "Øst", "Ukendt"]


def test_a_breakdown_is_about_the_latest_period_or_the_one_asked_for() -> None:
    assert _districts().period == "2023"
    assert breakdown_of(lilleby(), "helped", "district", "2022") is None
    assert breakdown_of(lilleby(), "lonely", "district") is None
    assert breakdowns_of(lilleby(), "helped") == ("district",)
    assert breakdowns_of(lilleby(), "moves") == ()


def test_a_withheld_row_has_words_in_place_of_a_number() -> None:
    said = words(breakdown_chart(_districts(), "en"))
    assert said.count(WITHHELD) == 2
    assert {"30", "20"} <= set(said)
    assert table_of(_districts(), "en").rows == (
        ("Vest", "30", "24–36"),
        ("Midt", WITHHELD, ""),
        ("Øst", "20", "16–24"),
        ("Ukendt", WITHHELD, ""),
        ("All", "61", "47–78"),
    )
    assert alt_text(_districts(), "en") == (
        f"Chart: Citizens who get help, in 2023, by district. Vest 30; Øst 20. Midt, Ukendt: {WITHHELD}."
    )


def test_a_tile_has_its_number_and_its_class_and_who_has_no_tile_stands_below() -> None:
    svg = tile_map(_districts(), "en")
    places = {word: (x, y) for word, x, y in words_at(svg)}
    assert places["Vest"][0] < places["Midt"][0] < places["Øst"][0]
    assert places["Vest"][1] == places["Midt"][1] < places["Øst"][1]
    assert {"30", "20"} <= set(places)
    assert f"Not on the map: Ukendt: {WITHHELD}" in places
    with pytest.raises(ValueError, match="tile"):
        tile_map(replace(_districts(), rows=tuple(replace(row, tile=None) for row in _districts().rows)), "en")


NAMES = ("Stjernebakke", "Brombærdal", "Vesterbro-Kongens Enghave", "Syd")


def _four_across(values: tuple[float | None, ...], names: tuple[str, ...] = NAMES) -> BreakdownChart:
    """Return the districts as percentages, four beside each other."""
    row = _districts().rows[0]
    rows = tuple(
        replace(
            row,
            code=name,
            label={"da": name, "en": name},
            point=replace(row.point, value=value, state="withheld" if value is None else "measured"),
            tile=(column, 0),
        )
        for column, (name, value) in enumerate(zip(names, values, strict=True))
    )
    unit = replace(_districts().unit, id="percent", kind="share", label={"da": "procent", "en": "percent"})
    return replace(_districts(), rows=rows, unit=unit, total=None)


def test_names_on_narrow_tiles_are_broken_where_words_end_and_none_is_left_out() -> None:
    svg = tile_map(_four_across((10.0, 20.0, 30.0, 40.0)), "en", width=328)
    drawn = [word for word in words(svg) if not word.endswith(("%", "percent"))]
    assert drawn == ["Stjernebakke", "Brombærdal", "Vesterbro-", "Kongens", "Enghave", "Syd"]
    base = max(y for word, _, y in words_at(svg) if word == "Enghave")
    assert base < min(y for word, _, y in words_at(svg) if word == "30%") - 14


def test_on_narrow_tiles_the_squares_of_the_class_stand_clear_of_the_number() -> None:
    svg = tile_map(_four_across((12.5, 37.5, 62.5, 87.5)), "en", width=328)
    pips = [
        (float(box.attrib["x"]), float(box.attrib["y"]))
        for box in read(svg).iter(f"{SVG}rect")
        if box.attrib.get("width") == "5"
    ]
    assert len(pips) > 4
    for word, x, y in words_at(svg):
        if word.endswith("%"):
            right = x + text_width(word, 14.0, True)
            assert not [pip for pip in pips if x - 5 < pip[0] < right and y - 14 < pip[1] + 5 and pip[1] < y]


def test_a_map_without_figures_has_no_classes_in_its_key() -> None:
    said = words(tile_map(_four_across((None, None, None, None), ("Nord", "Syd", "Vest", "Øst")), "en"))
    assert said == ["Nord", "Syd", "Vest", "Øst", WITHHELD]


def _square(code: str, x: float, y: float, side: float = 10.0) -> dict[str, Any]:
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_an_area_has_its_number_in_its_middle() -> None:
    # Three squares of a thousand metres in a row; the sheet of 728 less 8 makes each 240 wide.
    squares = {
        "features": [_square(code, at * 1000.0, 0.0, 1000.0) for at, code in enumerate(("vest", "midt", "oest"))]
    }
    places = {word: (x, y) for word, x, y in words_at(boundary_map(_districts(), squares, "en", width=728))}
    assert places["30"][0] == pytest.approx(4 + 120)
    assert places["20"][0] == pytest.approx(4 + 600)
    assert f"Not on the map: Ukendt: {WITHHELD}" in places
    with pytest.raises(ValueError, match="boundaries"):
        boundary_map(_districts(), {"features": [_square("elsewhere", 0, 0)]}, "en")


def test_degrees_are_drawn_as_wide_as_they_are_at_their_latitude() -> None:
    # At 60 degrees north a degree of longitude is half as long as one of latitude.
    box = {"features": [_square("vest", 10.0, 55.0, 10.0)]}
    root = read(boundary_map(_districts(), box, "en"))
    path = next(element.attrib["d"] for element in root.iter(f"{SVG}path") if element.attrib["d"].endswith("Z"))
    corners = [tuple(float(part) for part in pair.split()) for pair in path.strip("MZ").split("L")]
    wide = max(x for x, _ in corners) - min(x for x, _ in corners)
    high = max(y for _, y in corners) - min(y for _, y in corners)
    assert wide / high == pytest.approx(0.5, abs=0.01)


def test_a_matrix_has_rows_columns_and_withheld_cells() -> None:
    chart = transitions_of(lilleby(), "moves")
    assert chart is not None
    assert table_of(chart, "en").rows == (("Lavt", "700", "100"), ("Højt", WITHHELD, WITHHELD))
    said = words(transition_chart(chart, "en"))
    assert {"700", "100", WITHHELD, "stayed where they were"} <= set(said)
    assert transitions_of(lilleby(), "helped") is None


def test_a_row_with_a_withheld_cell_is_not_shaded_by_shares_of_what_is_left() -> None:
    chart = transitions_of(lilleby(), "moves")
    assert chart is not None
    shades = [
        box.attrib["fill"]
        for box in read(transition_chart(chart, "en")).iter(f"{SVG}rect")
        if box.attrib["fill"] in FILLS
    ]
    # 700 of 800 is 87.5 %, the darkest; 100 of 800 is 12.5 %, the second lightest; then the three of the key.
    assert shades == [FILLS[4], FILLS[1], FILLS[0], FILLS[2], FILLS[4]]
    part = {**chart.cells, ("low", "high"): replace(chart.cells["low", "high"], value=None, state="withheld")}
    svg = transition_chart(replace(chart, cells=part), "en")
    left = [box.attrib["fill"] for box in read(svg).iter(f"{SVG}rect")]
    assert not set(left) & set(FILLS)
    assert "white: the share is not known" in words(svg)
    assert not any("the darker" in each for each in words(svg))


def test_a_row_with_a_withheld_cell_is_shaded_by_the_number_of_the_row_where_that_is_shown() -> None:
    chart = transitions_of(lilleby(), "moves")
    assert chart is not None
    part = {**chart.cells, ("low", "high"): replace(chart.cells["low", "high"], value=None, state="withheld")}
    # 700 of 1000 is 70 %: between half and four fifths.
    svg = transition_chart(replace(chart, cells=part, wholes={"low": 1000.0}), "en")
    left = [box.attrib["fill"] for box in read(svg).iter(f"{SVG}rect") if box.attrib["fill"] in FILLS]
    assert left == [FILLS[3], FILLS[0], FILLS[2], FILLS[4]]
    assert "white: the share is not known" not in words(svg)


def _without_the_pair(folder: Path, *, counted_here: bool) -> TransitionChart:
    """Return the matrix of a release that has no cell for those who went from low to high."""
    release = write_lilleby(folder)
    described = release.folder / "indicators" / "moves.json"
    told = json.loads(described.read_text(encoding="utf-8")) | {"counted_here": counted_here}
    described.write_text(json.dumps(told), encoding="utf-8")
    cells = release.folder / "cells" / "moves.csv"
    kept = [line for line in cells.read_text(encoding="utf-8").splitlines() if ",town,low,high," not in line]
    assert len(kept) == 5  # the head, the total, and three of the four pairs
    cells.write_text("\n".join(kept) + "\n", encoding="utf-8")
    chart = transitions_of(PublicRelease(release.folder, release.id), "moves")
    assert chart is not None
    return chart


def test_a_large_number_in_a_narrow_matrix_stays_within_its_cell() -> None:
    chart = transitions_of(lilleby(), "moves")
    assert chart is not None
    first = chart.cells["low", "low"]
    cells = {(row, f"c{number}"): replace(first, value=1849.0) for row, _ in chart.rows for number in range(6)}
    columns = tuple((f"c{number}", {"da": "Lavt", "en": "Low"}) for number in range(6))
    svg = transition_chart(replace(chart, cells=cells, columns=columns), "en", width=328)
    boxes = {float(box.attrib["width"]) for box in read(svg).iter(f"{SVG}rect") if box.attrib.get("height") == "36"}
    sizes = {float(text.attrib["font-size"]) for text in read(svg).iter(f"{SVG}text") if text.text == "1,849"}
    assert max(text_width("1,849", size) for size in sizes) <= min(boxes) - 7.5
    assert min(sizes) >= 9


def test_of_what_is_counted_here_a_pair_without_a_cell_is_nobody(tmp_path: Path) -> None:
    chart = _without_the_pair(tmp_path, counted_here=True)
    assert table_of(chart, "en").rows == (("Lavt", "700", "0"), ("Højt", WITHHELD, WITHHELD))
    assert "0" in words(transition_chart(chart, "en"))


def test_of_what_others_published_a_pair_without_a_cell_is_no_data(tmp_path: Path) -> None:
    chart = _without_the_pair(tmp_path, counted_here=False)
    assert table_of(chart, "en").rows[0] == ("Lavt", "700", "no data for the period")
    assert "no data for the period" in words(transition_chart(chart, "en"))


def test_no_word_at_the_head_of_a_matrix_is_cut() -> None:
    heads = ("Not vulnerable", "Vulnerable to a lesser degree", "Vulnerable", "Very vulnerable", "Moved away", "Died")
    chart = transitions_of(lilleby(), "moves")
    assert chart is not None
    columns = tuple((f"c{number}", {"da": head, "en": head}) for number, head in enumerate(heads))
    rows = tuple((code, {"da": head, "en": head}) for code, head in (("low", "Did not live in the municipality"),))
    told = {word for head in heads for word in head.split()}
    for width in (720, 520):
        said = words(transition_chart(replace(chart, rows=rows, columns=columns), "en", width=width))
        assert told <= {word for line in said for word in line.split()}
        assert not any(line.endswith("-") for line in said)
    narrow = words(transition_chart(replace(chart, rows=rows, columns=columns * 2), "en", width=720))
    assert [str(number) for number in range(1, 13)] == [line for line in narrow if line.isdecimal()][:12]


def test_on_a_narrow_matrix_the_number_of_a_column_stands_beside_its_name_in_the_key() -> None:
    chart = transitions_of(lilleby(), "moves")
    assert chart is not None
    placed = words_at(transition_chart(chart, "en", width=328))
    for number, name in (("1", "Lavt"), ("2", "Højt")):
        _, sign, base = next(each for each in reversed(placed) if each[0] == number)
        _, left, beside = next(each for each in reversed(placed) if each[0] == name)
        assert 0 < left - sign < 26
        assert abs(beside - base) < 2


def test_classes_of_people_share_no_number() -> None:
    assert class_words(classes_of([5, 7, 10, 15], "count"), "persons", "da", whole=True) == ("5–9", "10–15")
    assert class_words(classes_of([1, 2, 3], "count"), "persons", "da", whole=True) == ("1", "2–3")
    large = class_words(classes_of([120, 4000], "count"), "persons", "da", whole=True)
    assert large == ("0–999", "1.000–1.999", "2.000–2.999", "3.000–4.000")
    shares = class_words(classes_of([10.5, 48.0], "share"), "percent", "da")
    assert shares == ("0–20", "20–40", "40–60")


@given(
    st.lists(st.floats(0, 1e6, allow_nan=False), min_size=1, max_size=20), st.sampled_from(["count", "share", "mean"])
)
def test_every_value_lies_within_the_limits_of_its_class(values: list[float], kind: str) -> None:
    shown = [min(value, 100.0) for value in values] if kind == "share" else values
    classes = classes_of(shown, kind)
    assert 1 <= classes.count <= len(FILLS)
    for value in shown:
        number = classes.of(value)
        assert classes.limits[number] <= value + 1e-6 * max(1.0, value)
        assert value <= classes.limits[number + 1] + 1e-6 * max(1.0, value)


def test_a_darker_class_is_a_darker_grey() -> None:
    greys = [
        sum(int(fill[at : at + 2], 16) * weight for at, weight in ((1, 0.299), (3, 0.587), (5, 0.114)))
        for fill in FILLS
    ]
    assert greys == sorted(greys, reverse=True)
    assert all(lighter - darker > 15 for lighter, darker in pairwise(greys))


@given(st.text(alphabet="abcæøå -/", min_size=1, max_size=80), st.integers(60, 400))
def test_wrapped_lines_fit_and_lose_no_letter(text: str, width: int) -> None:
    lines = wrap(text, float(width), 14.0)
    assert all(text_width(line, 14.0) <= width for line in lines)
    kept = "".join("".join(lines).replace(" ", "").split("-"))
    assert kept == "".join(text.replace(" ", "").split("-"))
