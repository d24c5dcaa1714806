"""The key below a chart: each sign with its words, as many beside each other as there is room for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pejl.publish.charts.drawing import Sheet, text_width, wrap

_SIGN = 26.0
_GAP = 22.0

Place = tuple[float, float]
Draw = Callable[[Sheet, Place], None]


@dataclass(frozen=True, slots=True)
class Key:
    """A sign, drawn around a place, and its words."""

    draw: Draw
    words: str


def draw_legend(sheet: Sheet, keys: list[Key], left: float, top: float, size: float) -> float:
    """Draw the keys from `top` down, within the sheet's width; return the place below them."""
    line_height = size * 1.35
    right = sheet.width - 4
    x, y = left, top
    lines_in_row = 0
    for key in keys:
        width = _SIGN + text_width(key.words, size)
        if x > left and x + width > right:
            x, y = left, y + lines_in_row * line_height + 4
            lines_in_row = 0
        lines = wrap(key.words, right - left - _SIGN, size) if x == left else (key.words,)
        key.draw(sheet, (x + _SIGN / 2 - 3, y + line_height / 2))
        for number, line in enumerate(lines):
            sheet.text((x + _SIGN, y + line_height * (number + 0.5) + size * 0.35), line, size)
        lines_in_row = max(lines_in_row, len(lines))
        x += width + _GAP if len(lines) == 1 else right
    return y + lines_in_row * line_height
