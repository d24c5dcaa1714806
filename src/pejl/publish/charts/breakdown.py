"""A figure by the codes of a dimension: a dot with its interval for each, in the order they are declared.

Never in the order of the values: nobody is ranked.
"""

from __future__ import annotations

from dataclasses import dataclass

from pejl.publish.charts.drawing import FIGURE, GRID, INK, SOFT, Embed, Sheet, text_width, wrap
from pejl.publish.charts.legend import Key, Place, draw_legend
from pejl.publish.charts.marks import draw_figure, draw_nothing, nothing_kind
from pejl.publish.charts.model import BreakdownChart, Point, Row, said
from pejl.publish.charts.scales import Axis, tick_words, value_axis
from pejl.publish.charts.series import NARROW, WIDE
from pejl.publish.charts.words import alt_text, figure, nothing_words, point_figure, shared_decimals
from pejl.text import Language, message

__all__ = ["NARROW", "WIDE", "breakdown_chart"]

_INDENT = 16.0


@dataclass(slots=True)
class _Frame:
    chart: BreakdownChart
    language: Language
    sheet: Sheet
    x: Axis
    size: float
    labels: float
    decimals: int


def breakdown_chart(
    chart: BreakdownChart,
    language: Language,
    *,
    width: int = WIDE,
    embed: Embed = "page",
    prefix: str = "breakdown",
) -> str:
    """Return the breakdown as SVG: a row for each code, and the figure of everybody as a line through all rows.

    Args:
        chart: what it shows.
        language: of its words.
        width: of the view box; labels stand beside their rows on a wide one, above them on a narrow one.
        embed: `page` or `paper`.
        prefix: makes ids unique on a page.
    """
    wide = width >= 500
    size = 14.0 if wide else 13.0
    sheet = Sheet(float(width))
    longest = max(
        (text_width(said(row.label, language), size) + row.depth * _INDENT for row in chart.rows), default=0.0
    )
    labels = min(longest + 12, width * 0.36) if wide else 0.0
    points = [row.point for row in chart.rows if row.point.value is not None]
    decimals = shared_decimals([*points, *([chart.total] if chart.total is not None else [])], chart.unit.id)
    numbers_wide = max(
        (text_width(_number(point, chart, language, decimals), size, True) for point in points), default=40.0
    )
    total = (
        [chart.total.value] if chart.total is not None and chart.total.value is not None and _comparable(chart) else []
    )
    x = value_axis(points, total, chart.unit.kind, labels + 8, width - numbers_wide - 16, wanted=5 if wide else 3)
    frame = _Frame(chart, language, sheet, x, size, labels, decimals)
    top = size * 1.6
    sheet.text((2, size), said(chart.unit.label, language), size, colour=SOFT)
    below = _rows(frame, top)
    _axis(frame, top, below)
    height = draw_legend(sheet, _keys(chart, decimals, language), 2, below + size * 2, size) + 6
    title = f"{said(chart.title, language)}, {said(chart.by, language)}"
    return sheet.close(height, title, alt_text(chart, language), prefix, embed, "breakdown")


def _comparable(chart: BreakdownChart) -> bool:
    """Return whether the figure of everybody can stand on the same axis: the sum of counts cannot."""
    return chart.unit.kind not in ("count", "transition")


def _number(point: Point, chart: BreakdownChart, language: Language, decimals: int) -> str:
    return point_figure(point, chart.unit.id, language, decimals)


def _rows(frame: _Frame, top: float) -> float:
    y, beside = top, frame.labels > 0
    alone = False
    for row in frame.chart.rows:
        if row.alone and not alone:
            alone = True
            frame.sheet.line((2, y + 2), (frame.sheet.width - 4, y + 2), SOFT, 1.0, "2 3")
            y += 6
        indent = row.depth * _INDENT
        room = frame.labels - 10 - indent if beside else frame.sheet.width - 8 - indent
        lines = wrap(said(row.label, frame.language), room, frame.size)
        line_height = frame.size * 1.3
        height = max(len(lines) * line_height, 0 if not beside else 22.0) + 6
        first = y + (height - len(lines) * line_height) / 2 if beside else y + 3
        for number, line in enumerate(lines):
            # On a narrow chart the names stand where the lines of the axis run.
            at = (2 + indent, first + line_height * (number + 0.75))
            frame.sheet.text(at, line, frame.size, halo=not beside)
        centre = y + height / 2 if beside else y + height + 8
        y = y + height if beside else y + height + 24
        _mark(frame, row, centre)
    return y


def _mark(frame: _Frame, row: Row, y: float) -> None:
    point, sheet, x = row.point, frame.sheet, frame.x
    if point.value is None:
        left = frame.labels + 16
        draw_nothing(sheet, (left, y), nothing_kind(point))
        words = nothing_words(point.state, point.why_not, frame.language)
        sheet.text((left + 14, y + frame.size * 0.35), words, frame.size, colour=SOFT, halo=True)
        return
    if point.low is not None and point.high is not None:
        low, high = x.within(point.low), x.within(point.high)
        sheet.line((x.at(low), y), (x.at(high), y), FIGURE, 1.8)
        for end, cut, way in ((low, low > point.low, -1), (high, high < point.high, 1)):
            place = x.at(end)
            if cut:
                sheet.polygon([(place - way * 6, y - 4), (place - way * 6, y + 4), (place + way * 2, y)], FIGURE)
            else:
                sheet.line((place, y - 4), (place, y + 4), FIGURE, 1.8)
    draw_figure(sheet, (x.at(point.value), y), estimate=point.state == "estimate", strong=True)
    words = _number(point, frame.chart, frame.language, frame.decimals)
    sheet.text((sheet.width - 4, y + frame.size * 0.35), words, frame.size, anchor="end", bold=True)


def _axis(frame: _Frame, top: float, bottom: float) -> None:
    """Draw grid, ticks and the line of everybody, behind the rows."""
    behind = Sheet(frame.sheet.width)
    limit = -1.0
    for value, words in zip(frame.x.ticks, tick_words(frame.x, frame.language), strict=True):
        place = frame.x.at(value)
        behind.line((place, top), (place, bottom), SOFT if value == 0 else GRID)
        half = text_width(words, frame.size) / 2
        if place - half > limit:
            behind.text((place, bottom + frame.size * 1.2), words, frame.size, anchor="middle", colour=SOFT)
            limit = place + half + 6
    total = frame.chart.total
    if total is not None and total.value is not None and _comparable(frame.chart):
        place = frame.x.at(total.value)
        behind.line((place, top), (place, bottom), INK, 1.6, "6 4")
    frame.sheet.elements[:0] = behind.elements


def _keys(chart: BreakdownChart, decimals: int, language: Language) -> list[Key]:
    keys = []
    if any(row.point.low is not None for row in chart.rows):
        words = message("figure with its 95\N{NO-BREAK SPACE}% confidence interval").render(language)
        keys.append(Key(_dot_with_interval, words))
    total = chart.total
    if total is not None and total.value is not None:
        value = figure(total.value, chart.unit.id, language, decimals)
        words = message("all: {value}", value=value).render(language)
        keys.append(Key(_dashes if _comparable(chart) else _sum, words))
    keys.extend(Key(_unsigned, each.rounded_line(language)) for each in chart.coarser)
    if chart.overlapping:
        keys.append(Key(_nothing, message("somebody may be in several of these groups").render(language)))
    return keys


def _dot_with_interval(sheet: Sheet, at: Place) -> None:
    sheet.line((at[0] - 9, at[1]), (at[0] + 9, at[1]), FIGURE, 1.8)
    draw_figure(sheet, at, estimate=False, strong=False)


def _dashes(sheet: Sheet, at: Place) -> None:
    sheet.line((at[0], at[1] - 9), (at[0], at[1] + 9), INK, 1.6, "6 4")


def _sum(sheet: Sheet, at: Place) -> None:
    sheet.text((at[0], at[1] + 5), "\N{N-ARY SUMMATION}", 14, anchor="middle")


def _unsigned(_sheet: Sheet, _at: Place) -> None:
    """Leave the place of the sign empty: the words speak of every row."""


def _nothing(sheet: Sheet, at: Place) -> None:
    sheet.text((at[0], at[1] + 5), "*", 14, anchor="middle")
