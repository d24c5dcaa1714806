"""A series in the height of two lines of text, for cards and tables; the words stand beside it."""

from __future__ import annotations

from pejl.publish.charts.drawing import AIM, FIGURE, GRID, Sheet
from pejl.publish.charts.marks import draw_nothing, nothing_kind
from pejl.publish.charts.model import SeriesChart
from pejl.publish.charts.scales import middle, time_axis, value_axis


def spark(chart: SeriesChart, *, width: int = 140, height: int = 40) -> str:
    """Return a small drawing of a series, hidden from screen readers: it must stand beside its words.

    The line breaks where the large chart's does. The target is a dotted line; kinds of nothing keep their signs.
    """
    sheet = Sheet(float(width))
    numbers = chart.numbers
    levels = [aim.level for aim in chart.aims if aim.level is not None]
    sheet.line((0, height - 1), (width, height - 1), GRID)
    if numbers:
        y = value_axis(numbers, levels, chart.unit.kind, height - 6.0, 6.0)
        x = time_axis([point.period for point in chart.points], 4.0, width - 4.0)
        for level in levels:
            sheet.line((0, y.at(y.within(level))), (width, y.at(y.within(level))), AIM, 1.4, "1.5 4")
        run: list[tuple[float, float]] = []
        before: str | None = None
        for point in chart.points:
            if point.value is None:
                if point.state != "not_due":
                    _stroke(sheet, run)
                continue
            if before is not None and chart.has_break(before, point.period):
                _stroke(sheet, run)
            run.append((x.at(middle(point.period)), y.at(y.within(point.value))))
            before = point.period
            sheet.circle(run[-1], 4.0 if point.period == chart.latest else 1.8, FIGURE)
        _stroke(sheet, run)
    elif chart.points:
        draw_nothing(sheet, (width / 2, height / 2), nothing_kind(chart.points[-1]))
    body = "".join(sheet.elements)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="pejl-spark" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" aria-hidden="true" focusable="false">{body}</svg>'
    )


def _stroke(sheet: Sheet, run: list[tuple[float, float]]) -> None:
    if len(run) > 1:
        sheet.path(run, FIGURE, 1.8)
    run.clear()
