"""The key of a series: only what stands on the chart is in it."""

from __future__ import annotations

from collections.abc import Iterator

from pejl.publish.charts.drawing import AIM, INK, PAPER, Sheet
from pejl.publish.charts.legend import Draw, Key, Place, draw_legend
from pejl.publish.charts.marks import draw_aim, draw_figure, draw_interval, draw_nothing
from pejl.publish.charts.model import Aim, Point, SeriesChart, said
from pejl.publish.charts.scales import Axis
from pejl.publish.charts.words import aim_words, break_words, figure, nothing_keys, shared_decimals, when
from pejl.text import Language, message
from pejl.workspace.kinds import TargetKind


def series_legend(sheet: Sheet, chart: SeriesChart, language: Language, axis: Axis, size: float, top: float) -> float:
    """Draw the key below a series; return the place below it."""
    keys = [
        *_figure_keys(chart, axis, language),
        *aim_keys(chart, language),
        *_break_keys(chart, language),
        *(Key(_nothing(kind), words) for kind, words in nothing_keys(chart.points, language)),
    ]
    return draw_legend(sheet, keys, 2, top, size)


def _figure_keys(chart: SeriesChart, axis: Axis, language: Language) -> Iterator[Key]:
    measured = [point for point in chart.numbers if point.state != "estimate"]
    uncertain = [point for point in chart.numbers if point.low is not None and point.high is not None]
    if uncertain:
        words = message("figure with its 95\N{NO-BREAK SPACE}% confidence interval")
        yield Key(_dot_with_interval, words.render(language))
    elif measured:
        yield Key(_dot, message("figure; its uncertainty is not known").render(language))
    if len(measured) < len(chart.numbers):
        yield Key(_estimate, message("the source's estimate").render(language))
    if any(_is_cut(point, axis) for point in uncertain):
        yield Key(_cut, message("the interval goes on beyond the axis").render(language))


def _is_cut(point: Point, axis: Axis) -> bool:
    return (point.low is not None and point.low < axis.low) or (point.high is not None and point.high > axis.high)


def aim_keys(chart: SeriesChart, language: Language) -> Iterator[Key]:
    """Yield what the goals ask: baseline, target, path, allowed variation, as far as each is there."""
    decimals = shared_decimals(chart.numbers, chart.unit.id)
    for aim in chart.aims:
        if aim.baseline is not None and aim.baseline.value is not None and len(chart.aims) == 1:
            words = message(
                "baseline: {value} {when}",
                value=figure(aim.baseline.value, chart.unit.id, language, decimals),
                when=when(aim.baseline.period, language),
            )
            yield Key(_strong_dot, words.render(language))
        yield Key(_aim_sign(aim), aim_words(aim, chart.unit, language))
    if any(chart.has_path(aim) for aim in chart.aims):
        yield Key(_path, message("an even pace from the baseline to the target").render(language))
    if any(aim.tolerance is not None and aim.baseline is not None for aim in chart.aims):
        yield Key(_dots, message("the variation that is allowed").render(language))


def _break_keys(chart: SeriesChart, language: Language) -> Iterator[Key]:
    for at, note in chart.breaks:
        yield Key(_break, break_words(at, said(note, language).rstrip("."), language))
    for version, begins in chart.versions:
        if not chart.is_broken_at(begins):
            words = message("counted by another definition from here on: {version}", version=version)
            yield Key(_wedge, words.render(language))


def _dot(sheet: Sheet, at: Place) -> None:
    draw_figure(sheet, at, estimate=False, strong=False)


def _strong_dot(sheet: Sheet, at: Place) -> None:
    draw_figure(sheet, at, estimate=False, strong=True)


def _estimate(sheet: Sheet, at: Place) -> None:
    draw_figure(sheet, at, estimate=True, strong=False)


def _dot_with_interval(sheet: Sheet, at: Place) -> None:
    draw_interval(sheet, at[0], at[1] + 8, at[1] - 8, cut_low=False, cut_high=False)
    draw_figure(sheet, at, estimate=False, strong=False)


def _cut(sheet: Sheet, at: Place) -> None:
    draw_interval(sheet, at[0], at[1] + 8, at[1] - 8, cut_low=False, cut_high=True)


def _aim_sign(aim: Aim) -> Draw:
    def draw(sheet: Sheet, at: Place) -> None:
        if aim.level is not None and aim.period is not None:
            draw_aim(sheet, at, strict=aim.strict)
        elif TargetKind(aim.goal["target"]["kind"]) is TargetKind.DIRECTION:
            x, y = at
            way = {"increase": -1, "decrease": 1}.get(aim.goal["direction"], 0)
            sheet.line((x - 8, y - way * 5), (x + 6, y + way * 5), AIM, 2.2)
            if way:
                sheet.polygon([(x + 10, y + way * 8), (x + 3, y + way * 7), (x + 8, y + way * 1)], AIM)
        else:
            x, y = at
            sheet.polygon([(x, y - 8), (x + 8, y), (x, y + 8), (x - 8, y)], PAPER, AIM, 1.4, "2 2")

    return draw


def _path(sheet: Sheet, at: Place) -> None:
    sheet.line((at[0] - 10, at[1]), (at[0] + 10, at[1]), AIM, 2.0, "8 4")


def _dots(sheet: Sheet, at: Place) -> None:
    sheet.line((at[0] - 10, at[1]), (at[0] + 10, at[1]), AIM, 1.6, "1.5 4")


def _break(sheet: Sheet, at: Place) -> None:
    sheet.line((at[0], at[1] - 9), (at[0], at[1] + 9), INK, 1.8, "2 3")


def _wedge(sheet: Sheet, at: Place) -> None:
    x, y = at
    sheet.polygon([(x - 5, y - 4), (x + 5, y - 4), (x, y + 5)], INK)


def _nothing(kind: str) -> Draw:
    def draw(sheet: Sheet, at: Place) -> None:
        draw_nothing(sheet, at, kind)

    return draw
