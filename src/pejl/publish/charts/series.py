"""The chart of a series over time: figures with intervals, baseline, target, path, breaks, the kinds of nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from pejl.publish.charts.drawing import AIM, FIGURE, GRID, INK, PAPER, SOFT, Embed, Sheet, text_width, wrap
from pejl.publish.charts.legend import draw_legend
from pejl.publish.charts.marks import draw_aim, draw_figure, draw_interval, draw_nothing, draw_side, nothing_kind
from pejl.publish.charts.model import Aim, Point, SeriesChart, said
from pejl.publish.charts.scales import Axis, first_day, middle, short_period, tick_words, time_axis, value_axis
from pejl.publish.charts.series_legend import aim_keys, series_legend
from pejl.publish.charts.words import alt_text, figure, nothing_words, shared_decimals
from pejl.text import Language, message

WIDE, NARROW = 720, 328
_SIZE = 14.0
_NARROW_SIZE = 13.0
_PLOT = 250.0
_STRIP = 22.0
_BESIDE = 15.0
_FAR = 110.0


@dataclass(slots=True)
class _Frame:
    """The chart while it is drawn: where things stand."""

    chart: SeriesChart
    language: Language
    sheet: Sheet
    x: Axis
    y: Axis
    size: float
    bottom: float
    strip: float


def series_chart(
    chart: SeriesChart,
    language: Language,
    *,
    width: int = WIDE,
    embed: Embed = "page",
    prefix: str = "chart",
) -> str:
    """Return the chart as SVG.

    Args:
        chart: what it shows.
        language: of its words.
        width: of the view box; at 360 CSS pixels draw with `NARROW`, or the words become too small to read.
        embed: `page` (named for screen readers) or `paper` (the text beside it names it).
        prefix: makes ids unique on a page.
    """
    size = _SIZE if width >= 500 else _NARROW_SIZE
    sheet = Sheet(float(width))
    kind = said(chart.title, language)
    if not chart.numbers and not any(aim.baseline is not None for aim in chart.aims):
        height = _empty(sheet, chart, language, size)
    else:
        height = _drawn(sheet, chart, language, size)
    return sheet.close(height, kind, alt_text(chart, language), prefix, embed, "series")


def _empty(sheet: Sheet, chart: SeriesChart, language: Language, size: float) -> float:
    """Draw a frame that says there is no figure, and which kind of nothing that is; return the height."""
    states = dict.fromkeys((point.state, point.why_not) for point in chart.points) or {(chart.nothing, None): None}
    words = "; ".join(nothing_words(state, why, language) for state, why in states)
    text = message("No figures: {why}", why=words).render(language)
    lines = wrap(text, sheet.width - 60, size)
    height = 40 + len(lines) * size * 1.4
    sheet.rect((1, 1), (sheet.width - 2, height - 2), PAPER, SOFT, 1.0, "4 4")
    for number, line in enumerate(lines):
        sheet.text((sheet.width / 2, 20 + size + number * size * 1.4), line, size, anchor="middle")
    return draw_legend(sheet, list(aim_keys(chart, language)), 2, height + 8, size) + 6


def _drawn(sheet: Sheet, chart: SeriesChart, language: Language, size: float) -> float:
    height = _PLOT if sheet.width >= 500 else _PLOT * 0.9
    levels = [level for aim in chart.aims for level in _levels(aim)]
    y = value_axis(chart.numbers, levels, chart.unit.kind, height, 0.0)
    ticks = tick_words(y, language)
    top = _axis_words(sheet, chart, y, ticks[0], size, language) + size * 1.8
    y = replace(y, start=top + height, end=top)
    left = max(text_width(word, size) for word in ticks) + 10
    strip = _STRIP if any(point.value is None for point in chart.points) else 0.0
    x = time_axis(_periods(chart), left + 6, sheet.width - 22)
    frame = _Frame(chart, language, sheet, x, y, size, top + height, strip)
    _grid(frame, ticks, left)
    for aim in chart.aims:
        _aim_lines(frame, aim)
    _breaks(frame, top)
    _series_line(frame)
    _figures(frame)
    for aim in chart.aims:
        _aim_mark(frame, aim)
    _labels(frame)
    _nothings(frame, left)
    below = _time_labels(frame, left)
    return series_legend(sheet, chart, language, y, size, below + 8) + 6


def _levels(aim: Aim) -> list[float]:
    found = [aim.level] if aim.level is not None else []
    if aim.baseline is not None and aim.baseline.value is not None:
        found.append(aim.baseline.value)
        if aim.tolerance is not None:
            found += [aim.baseline.value - aim.tolerance, aim.baseline.value + aim.tolerance]
    return found


def _periods(chart: SeriesChart) -> list[str]:
    """Return every period that needs a place: of points, baselines and targets."""
    periods = [point.period for point in chart.points]
    for aim in chart.aims:
        if aim.level is not None and aim.period is not None:
            periods.append(aim.period)
        if aim.baseline is not None:
            periods.append(aim.baseline.period)
    return periods


def _grid(frame: _Frame, ticks: tuple[str, ...], left: float) -> None:
    sheet, size, right = frame.sheet, frame.size, frame.sheet.width - 4
    for value, words in zip(frame.y.ticks, ticks, strict=True):
        place = frame.y.at(value)
        zero = value == 0
        sheet.line((left, place), (right, place), SOFT if zero else GRID, 1.2 if zero else 1.0)
        sheet.text((left - 6, place + size * 0.35), words, size, anchor="end", colour=SOFT)


def _axis_words(sheet: Sheet, chart: SeriesChart, y: Axis, first: str, size: float, language: Language) -> float:
    """Write the unit, and where the axis begins if that is not zero; return the base of the last line."""
    words = said(chart.unit.label, language)
    if not y.low <= 0 <= y.high:
        note = message("the axis begins at {value}", value=first).render(language)
        words = f"{words} ({note})" if words else note
    lines = wrap(words, sheet.width - 4, size)
    for number, line in enumerate(lines):
        sheet.text((2, size * (1 + 1.25 * number)), line, size, colour=SOFT)
    return size * (1 + 1.25 * (len(lines) - 1))


def _aim_lines(frame: _Frame, aim: Aim) -> None:
    """Draw the level from the strategy's beginning to the deadline, the path to it, and what variation is allowed."""
    sheet, y = frame.sheet, frame.y
    end = frame.x.at(middle(aim.period)) if aim.period is not None else frame.x.end
    begins = [middle(aim.baseline.period)] if aim.baseline is not None else []
    if not begins and aim.begins is not None:
        begins = [first_day(aim.begins)]
    start = max(frame.x.start, frame.x.at(begins[0])) if begins else frame.x.start
    if aim.baseline is not None and aim.baseline.value is not None and aim.tolerance is not None:
        for sign in (-1, 1):
            place = y.at(y.within(aim.baseline.value + sign * aim.tolerance))
            sheet.line((start, place), (end, place), AIM, 1.6, "1.5 4")
    if aim.level is None or aim.period is None:
        return
    sheet.line((start, y.at(aim.level)), (end, y.at(aim.level)), AIM, 1.4, "1.5 4")
    if aim.baseline is not None and aim.baseline.value is not None and frame.chart.has_path(aim):
        begin = (frame.x.at(middle(aim.baseline.period)), y.at(aim.baseline.value))
        sheet.line(begin, (end, y.at(aim.level)), AIM, 2.0, "8 5")


def _aim_mark(frame: _Frame, aim: Aim) -> None:
    if aim.level is None or aim.period is None:
        return
    at = _aim_place(frame, aim)
    draw_aim(frame.sheet, at, strict=aim.strict)
    if aim.side:
        draw_side(frame.sheet, (at[0], at[1] - aim.side * 8), aim.side)


def _aim_place(frame: _Frame, aim: Aim) -> tuple[float, float]:
    """Return where a target's diamond stands: at its deadline, or just beside a figure it would cover."""
    assert aim.level is not None
    assert aim.period is not None
    x, y = frame.x.at(middle(aim.period)), frame.y.at(frame.y.within(aim.level))
    covered = (
        point
        for point in frame.chart.numbers
        if point.value is not None and abs(frame.x.at(middle(point.period)) - x) < _BESIDE
    )
    near = any(abs(frame.y.at(frame.y.within(point.value or 0.0)) - y) < _BESIDE for point in covered)
    return (x + _BESIDE if near else x), y


def _breaks(frame: _Frame, top: float) -> None:
    for at, _ in frame.chart.breaks:
        place = frame.x.at(first_day(at))
        if frame.x.start <= place <= frame.x.end:
            frame.sheet.line((place, top - 4), (place, frame.bottom + frame.strip), INK, 1.8, "2 3")
            words = message("break").render(frame.language)
            centre = min(place, frame.sheet.width - 4 - text_width(words, frame.size) / 2)
            frame.sheet.text((centre, top - 8), words, frame.size, anchor="middle")
    for _, begins in frame.chart.versions:
        place = frame.x.at(first_day(begins))
        if frame.x.start < place <= frame.x.end and not frame.chart.is_broken_at(begins):
            frame.sheet.polygon([(place - 5, top - 6), (place + 5, top - 6), (place, top + 3)], INK)


def _series_line(frame: _Frame) -> None:
    """Draw lines between figures that may be compared.

    None across a break, nor past a period whose figure is withheld or missing: a line would suggest what it was.
    """
    run: list[tuple[float, float]] = []
    before: Point | None = None
    for point in frame.chart.points:
        if point.value is None:
            if point.state != "not_due":
                _stroke(frame, run)
            continue
        if before is not None and frame.chart.has_break(before.period, point.period):
            _stroke(frame, run)
        run.append((frame.x.at(middle(point.period)), frame.y.at(frame.y.within(point.value))))
        before = point
    _stroke(frame, run)


def _stroke(frame: _Frame, run: list[tuple[float, float]]) -> None:
    if len(run) > 1:
        frame.sheet.path(run, FIGURE, 2.2)
    run.clear()


def _strong(chart: SeriesChart) -> set[str]:
    """Return the periods of the figures that are judged: the latest and the baselines."""
    found = {aim.baseline.period for aim in chart.aims if aim.baseline is not None}
    return found | ({chart.latest} if chart.latest is not None else set())


def _figures(frame: _Frame) -> None:
    strong, y = _strong(frame.chart), frame.y
    drawn = list(frame.chart.numbers)
    known = {point.period for point in drawn}
    drawn += [aim.baseline for aim in frame.chart.aims if aim.baseline is not None and aim.baseline.period not in known]
    for point in drawn:
        assert point.value is not None
        place = frame.x.at(middle(point.period))
        if point.low is not None and point.high is not None:
            low, high = y.within(point.low), y.within(point.high)
            draw_interval(
                frame.sheet, place, y.at(low), y.at(high), cut_low=low > point.low, cut_high=high < point.high
            )
        at = (place, y.at(point.value))
        draw_figure(frame.sheet, at, estimate=point.state == "estimate", strong=point.period in strong)


def _labels(frame: _Frame) -> None:
    """Write values above their intervals: those judged first, then as many others as have room."""
    strong = _strong(frame.chart)
    numbers = frame.chart.numbers
    ends = {numbers[0].period, numbers[-1].period} if numbers else set()
    order = sorted(numbers, key=lambda point: (point.period not in strong, point.period not in ends))
    unit = frame.chart.unit.id
    decimals = shared_decimals(numbers, unit)
    taken: list[tuple[float, float, float, float]] = [
        _around(frame, aim) for aim in frame.chart.aims if aim.level is not None and aim.period is not None
    ]
    taken += _break_boxes(frame)
    marks = {point.period: _mark_box(frame, point) for point in numbers}
    if not _all_fit(frame, decimals):
        order = [point for point in order if point.period in strong | ends]
    for point in order:
        assert point.value is not None
        words = figure(point.value, unit, frame.language, decimals)
        width = text_width(words, frame.size, True)
        for x, base in _label_places(frame, point, width):
            box = (x - width / 2 - 3, base - frame.size, x + width / 2 + 3, base + 2)
            inside = frame.y.end - frame.size * 1.7 <= box[1] and box[3] <= frame.bottom
            others = (mark for period, mark in marks.items() if period != point.period)
            if inside and not any(_overlap(box, other) for other in (*taken, *others)):
                strongly = point.period in strong
                frame.sheet.text((x, base), words, frame.size, anchor="middle", bold=strongly, halo=True)
                taken.append(box)
                break


def _all_fit(frame: _Frame, decimals: int) -> bool:
    """Return whether every value has room beside its neighbours; if not, only those that matter most are written."""
    numbers, unit = frame.chart.numbers, frame.chart.unit.id
    widest = max(
        (text_width(figure(point.value or 0.0, unit, frame.language, decimals), frame.size) for point in numbers),
        default=0.0,
    )
    places = [frame.x.at(middle(point.period)) for point in numbers]
    return all(after - before >= widest * 0.8 for before, after in pairwise(places))


def _label_places(frame: _Frame, point: Point, width: float) -> tuple[tuple[float, float], ...]:
    """Return where a value may stand: above its interval, below it, right of its dot, left of it.

    Beside the dot first where the interval is long: far above it the number would seem to be that of its end.
    """
    assert point.value is not None
    place, edge = frame.x.at(middle(point.period)), frame.sheet.width - 2 - width / 2
    x = min(max(place, frame.x.start + width / 2), edge)
    high = point.high if point.high is not None else point.value
    low = point.low if point.low is not None else point.value
    above = frame.y.at(frame.y.within(high)) - 8
    under = frame.y.at(frame.y.within(low)) + 6 + frame.size
    beside = min(frame.y.at(frame.y.within(point.value)) + frame.size * 0.35, frame.bottom - 3)
    right, left = place + 9 + width / 2, place - 9 - width / 2
    sides = ((right, beside),) if right <= edge else ((left, beside),)
    far = frame.y.at(point.value) - above > _FAR
    return (*sides, (x, above), (x, under)) if far else ((x, above), (x, under), *sides)


def _break_boxes(frame: _Frame) -> list[tuple[float, float, float, float]]:
    places = (frame.x.at(first_day(at)) for at, _ in frame.chart.breaks)
    return [(place - 34, frame.y.end - frame.size - 10, place + 34, frame.y.end - 2) for place in places]


def _mark_box(frame: _Frame, point: Point) -> tuple[float, float, float, float]:
    """Return where a figure stands with its interval: no other's number may stand on it."""
    assert point.value is not None
    place = frame.x.at(middle(point.period))
    high = point.high if point.high is not None else point.value
    low = point.low if point.low is not None else point.value
    top, base = frame.y.at(frame.y.within(high)), frame.y.at(frame.y.within(low))
    return place - 5, min(top, base - 5), place + 5, max(base, top + 5)


def _around(frame: _Frame, aim: Aim) -> tuple[float, float, float, float]:
    x, y = _aim_place(frame, aim)
    return x - 9, y - 9, x + 9, y + 9


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _nothings(frame: _Frame, left: float) -> None:
    if not frame.strip:
        return
    frame.sheet.line((left, frame.bottom + frame.strip), (frame.sheet.width - 4, frame.bottom + frame.strip), GRID)
    for point in frame.chart.points:
        if point.value is None:
            place = (frame.x.at(middle(point.period)), frame.bottom + frame.strip / 2 + 1)
            draw_nothing(frame.sheet, place, nothing_kind(point))


def _time_labels(frame: _Frame, left: float) -> float:
    """Write the periods below the axis, from the last back, as many as have room; return the place below them."""
    base = frame.bottom + frame.strip + 6
    limit = frame.sheet.width
    for period in sorted(set(_periods(frame.chart)), key=middle, reverse=True):
        place = frame.x.at(middle(period))
        words = short_period(period, frame.language)
        half = text_width(words, frame.size) / 2
        centre = min(place, frame.sheet.width - 2 - half)
        if centre + half <= limit and centre - half >= left - 12:
            frame.sheet.line((place, base - 5), (place, base), SOFT)
            frame.sheet.text((centre, base + frame.size), words, frame.size, anchor="middle", colour=SOFT)
            limit = centre - half - 8
    return base + frame.size * 1.3
