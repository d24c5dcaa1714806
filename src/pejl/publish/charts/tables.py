"""The data of a chart as a table in words: what those get who do not see the chart, or want every number."""

from __future__ import annotations

from collections.abc import Sequence

from pejl.publish.charts.model import BreakdownChart, Chart, Point, SeriesChart, Table, TransitionChart, Unit, said
from pejl.publish.charts.words import interval, label, nothing_words, point_figure, shared_decimals
from pejl.publish.numbers import level_in_words, shared_end_decimals, span
from pejl.text import Language, Message, message

_INTERVAL = message("95\N{NO-BREAK SPACE}% confidence interval")


def table_of(chart: Chart, language: Language) -> Table:
    """Return the data a chart shows, every kind of nothing in words."""
    if isinstance(chart, SeriesChart):
        return _series_table(chart, language)
    if isinstance(chart, BreakdownChart):
        return _breakdown_table(chart, language)
    return _transition_table(chart, language)


def _series_table(chart: SeriesChart, language: Language) -> Table:
    """One row for each period; a column of remarks only where some row has one."""
    decimals = _decimals(chart.numbers, chart.unit)
    rows = [
        (
            label(point.period, language),
            *_cells(point, chart.unit, decimals, language),
            _remark(chart, before, point, language),
        )
        for before, point in zip((None, *chart.points), chart.points, strict=False)
    ]
    head: list[Message | str] = [message("Period"), _unit_head(chart.unit, language), _INTERVAL, message("Remarks")]
    return _trimmed(head, rows, (False, True, True, False), language)


def _breakdown_table(chart: BreakdownChart, language: Language) -> Table:
    points = [row.point for row in chart.rows] + ([chart.total] if chart.total is not None else [])
    decimals = _decimals(points, chart.unit)
    rows = [(said(row.label, language), *_cells(row.point, chart.unit, decimals, language), "") for row in chart.rows]
    if chart.total is not None:
        cells = _cells(chart.total, chart.unit, decimals, language)
        rows.append((message("All").render(language), *cells, ""))
    head: list[Message | str] = [said(chart.by, language), _unit_head(chart.unit, language), _INTERVAL, ""]
    return _trimmed(head, rows, (False, True, True, False), language)


def _transition_table(chart: TransitionChart, language: Language) -> Table:
    corner = message("from (rows) to (columns)").render(language)
    rows = []
    for code, text in chart.rows:
        cells = []
        for column, _ in chart.columns:
            point = chart.cells.get((code, column))
            cells.append(_value(point, chart.unit, 0, language) if point is not None else "")
        rows.append((said(text, language), *cells))
    head = (corner, *(said(text, language) for _, text in chart.columns))
    return Table(head, tuple(rows), (False, *(True for _ in chart.columns)))


def _unit_head(unit: Unit, language: Language) -> str:
    return said(unit.label, language) or message("Value").render(language)


def _value(point: Point, unit: Unit, decimals: int, language: Language) -> str:
    if point.value is None:
        return nothing_words(point.state, point.why_not, language)
    return point_figure(point, unit.id, language, decimals, plain=True)


def _decimals(points: Sequence[Point], unit: Unit) -> tuple[int, int]:
    """Return the decimals of all values of a table, and those of the ends of all intervals."""
    decimals = shared_decimals(points, unit.id)
    shown = [(point.low, point.high) for point in points if not point.rounded]
    known = ((low, high) for low, high in shown if low is not None and high is not None)
    return decimals, shared_end_decimals(known, unit.id, decimals)


def _cells(point: Point, unit: Unit, decimals: tuple[int, int], language: Language) -> tuple[str, str]:
    if point.value is None:
        words = nothing_words(point.state, point.why_not, language)
        if point.state == "not_due" and point.next_due:
            words = message("not measured, next {next}", next=label(point.next_due, language)).render(language)
        return words, ""
    value = point_figure(point, unit.id, language, decimals[0], plain=True)
    if point.rounded:
        return value, message("not shown").render(language)
    if point.low is None or point.high is None:
        return value, message("not known").render(language)
    low, high = interval(point.low, point.high, unit.id, language, decimals[1])
    return value, span(low, high, language)


def _remark(chart: SeriesChart, before: Point | None, point: Point, language: Language) -> str:
    remarks: list[str] = []
    if point.state == "estimate":
        remarks.append(message("the source's estimate").render(language))
    for aim in chart.aims:
        if aim.baseline is not None and aim.baseline.period == point.period and len(chart.aims) == 1:
            remarks.append(message("baseline").render(language))
        if aim.level is not None and aim.period == point.period:
            level = level_in_words(aim.level, chart.unit.id, chart.unit.kind, language)
            remarks.append(message("target: {target}", target=level).render(language))
    if before is not None and chart.has_break(before.period, point.period):
        remarks.append(message("break in the series before this").render(language))
    return "; ".join(remarks)


def _trimmed(
    head: Sequence[Message | str], rows: Sequence[tuple[str, ...]], numeric: tuple[bool, ...], language: Language
) -> Table:
    """Return the table without columns in which nothing stands."""
    kept = [at for at in range(len(head)) if at < 2 or any(row[at] for row in rows)]
    told = [text.render(language) if isinstance(text, Message) else text for text in head]
    return Table(
        tuple(_capital(told[at]) for at in kept),
        tuple(tuple(row[at] for at in kept) for row in rows),
        tuple(numeric[at] for at in kept),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
