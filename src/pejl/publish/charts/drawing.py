"""A sheet to draw on: elements of SVG as text, with room for a line of words known beforehand.

Attributes only, no styles: a strict content security policy refuses styles, and the paper knows no style sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Literal

INK = "#1a1a1a"
SOFT = "#595959"
GRID = "#d9d9d9"
PAPER = "#ffffff"
FIGURE = "#0b3f73"
"""Dark blue: the figures."""
AIM = "#b34700"
"""Dark orange: what is aimed at. In grey it is lighter than the figures, and its lines are dashed."""

Anchor = Literal["start", "middle", "end"]
Embed = Literal["page", "paper"]
_FONT = "IBM Plex Sans, system-ui, sans-serif"

_EM = 1000.0
_WIDTHS = {
    **dict.fromkeys("ijI", 300),
    **dict.fromkeys("l!.,:;'|·", 272),
    **dict.fromkeys(" \N{NO-BREAK SPACE}", 236),
    **dict.fromkeys("ft/()[]-", 360),
    **dict.fromkeys("rc", 440),
    **dict.fromkeys("æmw%→", 870),
    **dict.fromkeys("MWÆ", 870),
    **dict.fromkeys("DGHNOQUØ", 700),
}
"""Advance widths of IBM Plex Sans Regular in thousandths of the size, by kinds of letter; 580 for all others."""
_BOLD = 1.04


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return about how wide a line of text is, in the units of `size`; rather too much than too little."""
    units = sum(_WIDTHS.get(letter, 580) for letter in text)
    return units / _EM * size * (_BOLD if bold else 1.0)


@lru_cache(maxsize=4096)
def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """Return `text` in lines no wider than `width`; a word that is wider stands alone, or is cut with a hyphen."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while text_width(line, size) > width and len(line) > 3:
            head = _fitting(line, width, size)
            lines.append(head if head.endswith(("-", "/")) else f"{head}-")
            line = line[len(head) :]
    return (*lines, line)


def _fitting(word: str, width: float, size: float) -> str:
    """Return as much of a word as fits, cut after a hyphen or slash if it has one there."""
    take = max(2, next((at for at in range(len(word), 0, -1) if text_width(f"{word[:at]}-", size) <= width), 2))
    natural = max(word.rfind(sign, 0, take) for sign in "-/")
    return word[: natural + 1] if natural > 1 else word[:take]


def _number(value: float) -> str:
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


@dataclass(slots=True)
class Sheet:
    """Elements in the order they are drawn, later ones on top. Lengths are in the units of the view box."""

    width: float
    elements: list[str] = field(default_factory=list)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        colour: str = INK,
        width: float = 1.0,
        dash: str = "",
    ) -> None:
        """Draw a straight line."""
        (x1, y1), (x2, y2) = start, end
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.elements.append(
            f'<line x1="{_number(x1)}" y1="{_number(y1)}" x2="{_number(x2)}" y2="{_number(y2)}" '
            f'stroke="{colour}" stroke-width="{_number(width)}"{dashes}/>'
        )

    def path(self, points: list[tuple[float, float]], colour: str, width: float) -> None:
        """Draw a line through points."""
        told = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self.elements.append(
            f'<polyline points="{told}" fill="none" stroke="{colour}" stroke-width="{_number(width)}" '
            'stroke-linejoin="round"/>'
        )

    def polygon(
        self, points: list[tuple[float, float]], fill: str, stroke: str = "none", width: float = 0.0, dash: str = ""
    ) -> None:
        """Draw a closed figure."""
        told = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        edge = f' stroke="{stroke}" stroke-width="{_number(width)}"' if stroke != "none" else ""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.elements.append(f'<polygon points="{told}" fill="{fill}"{edge}{dashes}/>')

    def rect(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        fill: str,
        stroke: str = "none",
        width: float = 1.0,
        dash: str = "",
    ) -> None:
        """Draw a rectangle from its upper left corner."""
        edge = f' stroke="{stroke}" stroke-width="{_number(width)}"' if stroke != "none" else ""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.elements.append(
            f'<rect x="{_number(corner[0])}" y="{_number(corner[1])}" width="{_number(size[0])}" '
            f'height="{_number(size[1])}" fill="{fill}"{edge}{dashes}/>'
        )

    def circle(
        self, centre: tuple[float, float], radius: float, fill: str, stroke: str = "none", width: float = 0.0
    ) -> None:
        """Draw a circle."""
        edge = f' stroke="{stroke}" stroke-width="{_number(width)}"' if stroke != "none" else ""
        self.elements.append(
            f'<circle cx="{_number(centre[0])}" cy="{_number(centre[1])}" r="{_number(radius)}" fill="{fill}"{edge}/>'
        )

    def text(
        self,
        at: tuple[float, float],
        text: str,
        size: float,
        *,
        anchor: Anchor = "start",
        bold: bool = False,
        colour: str = INK,
        halo: bool = False,
    ) -> None:
        """Write a line; `at` is on its base line. `halo` keeps it legible on top of lines."""
        more = f' text-anchor="{anchor}"' if anchor != "start" else ""
        more += ' font-weight="600"' if bold else ""
        more += f' fill="{colour}"' if colour != INK else ""
        more += f' stroke="{PAPER}" stroke-width="4" paint-order="stroke" stroke-linejoin="round"' if halo else ""
        self.elements.append(
            f'<text x="{_number(at[0])}" y="{_number(at[1])}" font-size="{_number(size)}"{more}>{escape(text)}</text>'
        )

    def hatched(
        self, corner: tuple[float, float], size: tuple[float, float], colour: str = SOFT, step: float = 6.0
    ) -> None:
        """Draw a rectangle filled with slanting lines: something is here that is not shown."""
        (x, y), (width, height) = corner, size
        self.rect(corner, size, PAPER, colour, 1.0)
        marks = []
        offset = step
        while offset < width + height:
            # From the left or lower edge to the upper or right edge, at 45 degrees.
            x1, y1 = x + max(0.0, offset - height), y + min(height, offset)
            x2, y2 = x + min(width, offset), y + max(0.0, offset - width)
            marks.append(f"M{_number(x1)} {_number(y1)}L{_number(x2)} {_number(y2)}")
            offset += step
        self.elements.append(f'<path d="{"".join(marks)}" stroke="{colour}" stroke-width="1" fill="none"/>')

    def close(self, height: float, title: str, description: str, prefix: str, embed: Embed, kind: str) -> str:
        """Return the whole drawing.

        Args:
            height: of the view box.
            title: the name of the picture, for those who do not see it.
            description: what it shows.
            prefix: makes the ids of this picture unique on its page.
            embed: `page` adds names and roles; on `paper` the text beside the picture carries them.
            kind: the class the picture gets, such as `series`.
        """
        size = f'width="{_number(self.width)}" height="{_number(height)}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_number(self.width)} {_number(height)}" {size}'
        names = ""
        if embed == "page":
            head += (
                f' class="pejl-chart pejl-chart--{kind}" role="img" aria-labelledby="{prefix}-title {prefix}-desc"'
                ' focusable="false"'
            )
            names = (
                f'<title id="{prefix}-title">{escape(title)}</title>'
                f'<desc id="{prefix}-desc">{escape(description)}</desc>'
            )
        body = "".join(self.elements)
        ground = f'<rect width="{_number(self.width)}" height="{_number(height)}" fill="{PAPER}"/>'
        return f'{head} font-family="{_FONT}" fill="{INK}">{names}{ground}{body}</svg>'
