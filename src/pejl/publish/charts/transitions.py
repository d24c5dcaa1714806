"""A matrix of transitions: where people began in the rows, where they ended in the columns.

Lightness is the share of the row; the number stands in each cell, and those who stayed have a heavy frame.
"""

from __future__ import annotations

from pejl.publish.charts.classes import FILLS
from pejl.publish.charts.drawing import INK, PAPER, SOFT, Embed, Sheet, text_width, wrap
from pejl.publish.charts.legend import Draw, Key, Place, draw_legend
from pejl.publish.charts.marks import draw_nothing, nothing_kind
from pejl.publish.charts.model import Point, TransitionChart, said
from pejl.publish.charts.words import alt_text, nothing_keys, plain_number
from pejl.text import Language, message

_BETWEEN = 6.0
"""Between the names of two columns."""
_LIMITS = (0.05, 0.2, 0.5, 0.8)
"""Limits of the classes of a cell's share of its row."""


def transition_chart(
    chart: TransitionChart, language: Language, *, width: int = 720, embed: Embed = "page", prefix: str = "matrix"
) -> str:
    """Return the matrix as SVG; where columns are too narrow for their words they carry numbers that a key explains.

    Args:
        chart: what it shows.
        language: of its words.
        width: of the view box.
        embed: `page` or `paper`.
        prefix: makes ids unique on a page.
    """
    wide = width >= 500
    size = 14.0 if wide else 12.0
    sheet = Sheet(float(width))
    left = _left(chart, language, width, size, wide=wide)
    cell = (width - left - 4) / len(chart.columns)
    letters = _letters(chart, language, cell - _BETWEEN, size) if wide else None
    if letters is not None:
        heads = [wrap(said(text, language), cell - _BETWEEN, letters) for _, text in chart.columns]
    else:
        heads = [(str(number),) for number in range(1, len(chart.columns) + 1)]
    top = size * 1.4 + max(len(lines) for lines in heads) * size * 1.2 + 8
    corner = message("from (rows) to (columns)").render(language)
    sheet.text((2, size), corner, size, colour=SOFT)
    for number, lines in enumerate(heads):
        for at, line in enumerate(lines):
            y = top - 6 - (len(lines) - 1 - at) * size * 1.2
            sheet.text((left + (number + 0.5) * cell, y), line, letters or size, anchor="middle")
    y = top
    for code, text in chart.rows:
        lines = wrap(said(text, language), left - 8, size)
        height = max(36.0, len(lines) * size * 1.2 + 8)
        for at, line in enumerate(lines):
            sheet.text((2, y + height / 2 + size * 0.35 + (at - (len(lines) - 1) / 2) * size * 1.2), line, size)
        _row(sheet, chart, code, (left, y), (cell, height), size, language)
        y += height
    below = draw_legend(sheet, _keys(chart, language, numbered=letters is None), 2, y + 8, 14.0 if wide else 13.0)
    return sheet.close(below + 6, said(chart.title, language), alt_text(chart, language), prefix, embed, "matrix")


def _left(chart: TransitionChart, language: Language, width: int, size: float, *, wide: bool) -> float:
    """Return the room for the names of rows: less than they would like where the names of columns need it."""
    names = [said(text, language) for _, text in chart.rows]
    liked = min(max(text_width(name, size) for name in names) + 12, width * (0.3 if wide else 0.28))
    if not wide:
        return liked
    least = max(text_width(word, size) for name in names for word in name.split()) + 12
    heads = [text_width(word, size) for _, text in chart.columns for word in said(text, language).split()]
    spare = width - 4 - (max(heads) + _BETWEEN) * len(chart.columns)
    return max(min(liked, spare), min(least, liked))


def _letters(chart: TransitionChart, language: Language, room: float, size: float) -> float | None:
    """Return letters at most a little smaller in which no word of a column's name is cut; None if there are none."""
    words = [word for _, text in chart.columns for word in said(text, language).split()]
    sizes = (size - step * 0.5 for step in range(5))
    return next((each for each in sizes if all(text_width(word, each) <= room for word in words)), None)


def _row(
    sheet: Sheet,
    chart: TransitionChart,
    code: str,
    corner: Place,
    box: tuple[float, float],
    size: float,
    language: Language,
) -> None:
    whole = _whole(chart, code)
    for number, (column, _) in enumerate(chart.columns):
        point = chart.cells.get((code, column))
        at = (corner[0] + number * box[0], corner[1])
        _cell(sheet, point, at, box, whole, size, language)
        if column == code:
            sheet.rect((at[0] + 2, at[1] + 2), (box[0] - 4, box[1] - 4), "none", INK, 2.4)


def _whole(chart: TransitionChart, code: str) -> float | None:
    """Return how many began in a row; None where that cannot be told.

    With a cell withheld the others are no shares of the row, unless the number of all of them is shown itself.
    """
    points = [chart.cells.get((code, column)) for column, _ in chart.columns]
    known = [point.value for point in points if point is not None and point.value is not None]
    if code in chart.wholes:
        return chart.wholes[code] or None
    return sum(known) or None if all(point is None or point.value is not None for point in points) else None


def _cell(
    sheet: Sheet,
    point: Point | None,
    at: Place,
    box: tuple[float, float],
    whole: float | None,
    size: float,
    language: Language,
) -> None:
    centre = (at[0] + box[0] / 2, at[1] + box[1] / 2)
    if point is None or point.value is None:
        sheet.rect(at, box, PAPER, SOFT, 0.8)
        if point is not None:
            draw_nothing(sheet, centre, nothing_kind(point))
        return
    shade = sum(point.value / whole >= limit for limit in _LIMITS) if whole else None
    sheet.rect(at, box, PAPER if shade is None else FILLS[shade], SOFT, 0.8)
    words = plain_number(point.value, None, language, 0)
    colour = PAPER if shade == len(FILLS) - 1 else INK
    size *= min(1.0, (box[0] - 8) / text_width(words, size))  # a large number in a narrow cell
    sheet.text((centre[0], centre[1] + size * 0.35), words, size, anchor="middle", colour=colour)


def _keys(chart: TransitionChart, language: Language, *, numbered: bool) -> list[Key]:
    keys = []
    if numbered:
        for number, (_, text) in enumerate(chart.columns, 1):
            keys.append(Key(_numbered(number), said(text, language)))
    if {code for code, _ in chart.rows} & {code for code, _ in chart.columns}:
        keys.append(Key(_frame, message("stayed where they were").render(language)))
    shaded = {_whole(chart, code) is not None for code, _ in chart.rows if _has_number(chart, code)}
    if True in shaded:
        keys.append(Key(_shades, message("the darker, the larger a share of those who began there").render(language)))
    if False in shaded:
        keys.append(Key(_unshaded, message("white: the share is not known").render(language)))
    hidden = [point for point in chart.cells.values() if point.value is None]
    for kind, words in nothing_keys(hidden, language):
        keys.append(Key(_sign(kind), words.rsplit(":", 1)[0]))
    return keys


def _has_number(chart: TransitionChart, code: str) -> bool:
    points = (chart.cells.get((code, column)) for column, _ in chart.columns)
    return any(point is not None and point.value is not None for point in points)


def _numbered(number: int) -> Draw:
    """The number of a column stands where other keys have their sign."""

    def draw(sheet: Sheet, at: Place) -> None:
        sheet.text((at[0], at[1] + 4.5), str(number), 13.0, anchor="middle", bold=True)

    return draw


def _unshaded(sheet: Sheet, at: Place) -> None:
    sheet.rect((at[0] - 9, at[1] - 7), (18, 14), PAPER, SOFT, 0.8)


def _frame(sheet: Sheet, at: Place) -> None:
    sheet.rect((at[0] - 9, at[1] - 7), (18, 14), PAPER, INK, 2.4)


def _shades(sheet: Sheet, at: Place) -> None:
    for number, fill in enumerate((FILLS[0], FILLS[2], FILLS[4])):
        sheet.rect((at[0] - 10 + number * 7, at[1] - 7), (7, 14), fill, SOFT, 0.6)


def _sign(kind: str) -> Draw:
    def draw(sheet: Sheet, at: Place) -> None:
        draw_nothing(sheet, at, kind)

    return draw
