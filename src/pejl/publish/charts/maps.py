"""Maps of districts: tiles on a grid, or the workspace's own boundaries.

Lightness tells the class, small squares tell it again, and the number stands printed: colour alone says nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pejl.publish.charts.classes import Classes, class_words, classes_of, draw_pips
from pejl.publish.charts.drawing import INK, PAPER, SOFT, Embed, Sheet, text_width, wrap
from pejl.publish.charts.legend import Draw, Key, Place, draw_legend
from pejl.publish.charts.marks import draw_nothing, nothing_kind
from pejl.publish.charts.model import BreakdownChart, Row, said
from pejl.publish.charts.words import alt_text, nothing_words, point_figure, shared_decimals
from pejl.text import Language, message

_GAP = 4.0
_MAX_TILE = 132.0
_RATIO = 0.78
"""Height of a tile to its width: room for two lines of a name and a number."""

Ring = list[tuple[float, float]]


def tile_map(
    chart: BreakdownChart, language: Language, *, width: int = 720, embed: Embed = "page", prefix: str = "tiles"
) -> str:
    """Return the rows that have a place on the grid as tiles, the others in words below.

    Args:
        chart: what it shows.
        language: of its words.
        width: of the view box.
        embed: `page` or `paper`.
        prefix: makes ids unique on a page.

    Raises:
        ValueError: no row has a place on the grid.
    """
    placed = [(row, row.tile) for row in chart.rows if row.tile is not None]
    if not placed:
        raise ValueError("no code of the dimension has a tile")
    size = 14.0 if width >= 500 else 12.0
    sheet = Sheet(float(width))
    classes = _classes([row for row, _ in placed], chart)
    columns = [tile[0] for _, tile in placed]
    lines = [tile[1] for _, tile in placed]
    across, down = max(columns) - min(columns) + 1, max(lines) - min(lines) + 1
    side = min((width - 4) / across - _GAP, _MAX_TILE)
    letters, names = _tile_names([said(row.label, language) for row, _ in placed], side - 7, size)
    left = (width - across * (side + _GAP)) / 2
    decimals = shared_decimals((row.point for row in chart.rows), chart.unit.id)
    numbers = (
        point_figure(row.point, chart.unit.id, language, decimals) for row, _ in placed if row.point.value is not None
    )
    # Where a number and the squares of its class do not fit beside each other, the squares stand above the number.
    lift = 0.0 if all(text_width(each, size + 2, True) + classes.count * 7 + 16 <= side for each in numbers) else size
    height = max(side * _RATIO, max(map(len, names.values())) * letters * 1.15 + size + 22.0 + lift)
    for row, tile in placed:
        corner = (left + (tile[0] - min(columns)) * (side + _GAP), 2 + (tile[1] - min(lines)) * (height + _GAP))
        _tile(sheet, row, corner, (side, height), classes, chart, language, size, decimals, lift)
        ink = classes.ink(classes.of(row.point.value)) if row.point.value is not None else INK
        for number, line in enumerate(names[said(row.label, language)]):
            sheet.text((corner[0] + 4, corner[1] + letters * 1.15 * (number + 1)), line, letters, colour=ink)
    below = draw_legend(
        sheet, _keys(chart, classes, language), 2, 2 + down * (height + _GAP) + 8, 14.0 if size > 13 else 13.0
    )
    below = _others(sheet, chart, language, below, 14.0 if size > 13 else 13.0, decimals)
    return sheet.close(below + 6, _title(chart, language), alt_text(chart, language), prefix, embed, "tiles")


def _tile_names(names: Iterable[str], room: float, size: float) -> tuple[float, dict[str, tuple[str, ...]]]:
    """Return letters small enough to cut no word, where a little smaller will do, and the lines of each name."""
    told = list(names)
    words = [word for name in told for word in re.split(r"(?<=[-/])| ", name)]
    sizes = (size - step * 0.5 for step in range(5))
    letters = next((each for each in sizes if all(text_width(word, each) <= room for word in words)), size)
    return letters, {name: wrap(name, room, letters) for name in told}


def _title(chart: BreakdownChart, language: Language) -> str:
    return f"{said(chart.title, language)}, {said(chart.by, language)}"


def _classes(rows: Iterable[Row], chart: BreakdownChart) -> Classes:
    return classes_of([row.point.value for row in rows if row.point.value is not None], chart.unit.kind)


def _tile(
    sheet: Sheet,
    row: Row,
    corner: Place,
    box: tuple[float, float],
    classes: Classes,
    chart: BreakdownChart,
    language: Language,
    size: float,
    decimals: int,
    lift: float,
) -> None:
    (x, y), (wide, high) = corner, box
    if row.point.value is None:
        sheet.rect(corner, box, PAPER, SOFT, 1.2, "4 3")
        draw_nothing(sheet, (x + 12, y + high - 13), nothing_kind(row.point))
    else:
        number = classes.of(row.point.value)
        ink = classes.ink(number)
        sheet.rect(corner, box, classes.fill(number), INK, 0.8)
        words = point_figure(row.point, chart.unit.id, language, decimals)
        sheet.text((x + 6, y + high - 8), words, size + 2, bold=True, colour=ink)
        start = x + 6 if lift else x + wide - 8 - classes.count * 7
        draw_pips(sheet, start, y + high - 13 - lift - (4 if lift else 0), number, ink)


def _keys(chart: BreakdownChart, classes: Classes, language: Language) -> list[Key]:
    unit = said(chart.unit.label, language)
    keys = [
        Key(_swatch(classes, number), f"{words} {unit}".strip())
        for number, words in enumerate(class_words(classes, chart.unit.id, language, whole=chart.unit.kind == "count"))
        if any(row.point.value is not None for row in chart.rows)
    ]
    hidden = {
        (nothing_kind(row.point), nothing_words(row.point.state, row.point.why_not, language)): None
        for row in chart.rows
        if row.point.value is None
    }
    return keys + [Key(_sign(kind), words) for kind, words in hidden]


def _swatch(classes: Classes, number: int) -> Draw:
    def draw(sheet: Sheet, at: Place) -> None:
        sheet.rect((at[0] - 10, at[1] - 9), (20, 16), classes.fill(number), INK, 0.8)
        for place in range(number + 1):
            sheet.rect((at[0] - 9 + place * 3.7, at[1] + 1), (2.6, 4), classes.ink(number))

    return draw


def _sign(kind: str) -> Draw:
    def draw(sheet: Sheet, at: Place) -> None:
        draw_nothing(sheet, at, kind)

    return draw


def _others(sheet: Sheet, chart: BreakdownChart, language: Language, top: float, size: float, decimals: int) -> float:
    """Write the codes that have no place on the map below it, so that nobody is left out."""
    told = []
    for row in chart.rows:
        if row.tile is None:
            point = row.point
            value = (
                point_figure(point, chart.unit.id, language, decimals)
                if point.value is not None
                else nothing_words(point.state, point.why_not, language)
            )
            told.append(f"{said(row.label, language)}: {value}")
    if not told:
        return top
    words = message("Not on the map: {others}", others="; ".join(told)).render(language)
    for number, line in enumerate(wrap(words, sheet.width - 8, size)):
        sheet.text((2, top + 8 + size * 1.35 * (number + 0.8)), line, size)
        below = top + 8 + size * 1.35 * (number + 1.2)
    return below


def boundary_map(
    chart: BreakdownChart,
    boundaries: Mapping[str, Any],
    language: Language,
    *,
    width: int = 720,
    embed: Embed = "page",
    prefix: str = "map",
) -> str:
    """Return the rows as areas of a GeoJSON feature collection.

    A feature belongs to the code that its `id`, or its property `code`, names; places are degrees, or metres of any
    plane system. Codes without an area stand in words below, areas without a code are drawn blank.

    Args:
        chart: what it shows.
        boundaries: the feature collection.
        language: of its words.
        width: of the view box.
        embed: `page` or `paper`.
        prefix: makes ids unique on a page.

    Raises:
        ValueError: no feature belongs to a code of the chart.
    """
    areas = {str(code): _rings(feature["geometry"]) for feature in boundaries["features"] for code in [_code(feature)]}
    rows = {row.code: row for row in chart.rows if row.code in areas}
    if not rows:
        raise ValueError("no area of the boundaries belongs to a code of the dimension")
    size = 14.0 if width >= 500 else 12.0
    sheet = Sheet(float(width))
    place, height = _projection([point for rings in areas.values() for ring in rings for point in ring], width)
    classes = _classes(rows.values(), chart)
    for code, rings in areas.items():
        _area(sheet, rows.get(code), [[place(point) for point in ring] for ring in rings], classes)
    decimals = shared_decimals((row.point for row in chart.rows), chart.unit.id)
    for code, row in rows.items():
        largest = max(([place(point) for point in ring] for ring in areas[code]), key=_area_of)
        _area_label(sheet, row, _centroid(largest), chart, language, size, decimals)
    below = draw_legend(sheet, _keys(chart, classes, language), 2, height + 10, 14.0 if size > 13 else 13.0)
    bare = _without(chart, set(rows))
    below = _others(sheet, bare, language, below, 14.0 if size > 13 else 13.0, decimals)
    return sheet.close(below + 6, _title(chart, language), alt_text(chart, language), prefix, embed, "map")


def _without(chart: BreakdownChart, drawn: set[str]) -> BreakdownChart:
    rows = tuple(
        Row(row.code, row.label, row.point, row.alone, row.depth) for row in chart.rows if row.code not in drawn
    )
    return BreakdownChart(
        chart.title, chart.dimension, chart.by, chart.unit, chart.period, rows, chart.total, chart.overlapping
    )


def _code(feature: Mapping[str, Any]) -> Any:
    properties = feature.get("properties") or {}
    return properties.get("code", feature.get("id"))


def _rings(geometry: Mapping[str, Any]) -> list[Ring]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(float(point[0]), float(point[1])) for point in ring] for polygon in polygons for ring in polygon]


def _projection(points: list[tuple[float, float]], width: int) -> tuple[Any, float]:
    """Return a function from places to the sheet, and the height it needs; degrees are shrunk by their latitude."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    degrees = all(abs(x) <= 180 for x in xs) and all(abs(y) <= 90 for y in ys)
    shrink = math.cos(math.radians((min(ys) + max(ys)) / 2)) if degrees else 1.0
    wide, high = (max(xs) - min(xs)) * shrink, max(ys) - min(ys)
    scale = min((width - 8) / wide, width * 0.9 / high)
    left = (width - wide * scale) / 2

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return left + (point[0] - min_x) * shrink * scale, 4 + (max_y - point[1]) * scale

    min_x, max_y = min(xs), max(ys)
    return place, 4 + high * scale


def _area(sheet: Sheet, row: Row | None, rings: list[Ring], classes: Classes) -> None:
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings)
    value = row.point.value if row is not None else None
    fill = classes.fill(classes.of(value)) if value is not None else PAPER
    dash = ' stroke-dasharray="4 3"' if value is None else ""
    sheet.elements.append(
        f'<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="{INK}" stroke-width="0.9"{dash}/>'
    )


def _area_label(
    sheet: Sheet, row: Row, at: Place, chart: BreakdownChart, language: Language, size: float, decimals: int
) -> None:
    x, y = at
    name = said(row.label, language)
    longest = max(text_width(word, size) for word in name.split())
    lines = wrap(name, max(70.0, longest + 1, text_width(name, size) / 2 + 8), size)[:2]
    for number, line in enumerate(lines):
        sheet.text((x, y - size * 1.1 * (len(lines) - number) + 4), line, size, anchor="middle", halo=True)
    if row.point.value is None:
        draw_nothing(sheet, (x, y + size * 0.7), nothing_kind(row.point))
    else:
        words = point_figure(row.point, chart.unit.id, language, decimals)
        sheet.text((x, y + size), words, size, anchor="middle", bold=True, halo=True)


def _area_of(ring: Ring) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _centroid(ring: Ring) -> tuple[float, float]:
    """Return the centre of gravity of a simple polygon."""
    twice, cx, cy = 0.0, 0.0, 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        twice, cx, cy = twice + cross, cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
    return (cx / (3 * twice), cy / (3 * twice)) if twice else ring[0]
