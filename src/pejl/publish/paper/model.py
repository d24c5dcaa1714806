"""What a paper is made of: headings, paragraphs, lists, tables, pictures, and places somebody must fill in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from pejl.text import Language


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a paragraph that look alike.

    `href` makes them a link; `mark` is the symbol of a verdict that stands before them.
    """

    text: str
    bold: bool = False
    italic: bool = False
    href: str | None = None
    mark: str | None = None


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; with `new_page` it begins a page."""

    level: int
    text: str
    new_page: bool = False
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    `lang` is its language where that is not the paper's; `leads` is set where it leads into what follows, so that no
    page ends after it.
    """

    runs: Line
    lang: Language | None = None
    leads: bool = False
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with bullets or numbered."""

    items: tuple[Line, ...]
    numbered: bool = False
    lang: Language | None = None
    kind: Literal["items"] = "items"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `mark` is the symbol of a verdict that stands before its words."""

    text: str
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a caption, one row of heads, rows as wide as the head.

    Attributes:
        caption: what it is about.
        head: one text for each column.
        rows: cells; the first names the row.
        numeric: for each column, whether numbers stand in it.
        widths: of the columns, in parts of the whole.
        share: of the width between the margins that the table takes up.
        together: no page ends within it; for tables that are much shorter than a page.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]
    widths: tuple[float, ...]
    share: float = 1.0
    together: bool = False
    kind: Literal["grid"] = "grid"


@dataclass(frozen=True, slots=True)
class Beside:
    """Small tables beside each other, where the page is wide enough for that."""

    grids: tuple[Grid, ...]
    kind: Literal["beside"] = "beside"


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as SVG, with what it shows in words for those who do not see it.

    The caption stands above it; None where the heading says the same.
    """

    svg: str
    alt: str
    caption: str | None
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class Blank:
    """A place that the secretariat fills in, because nothing here knows what should stand there.

    The Word file always has the place. `unsaid` is what the PDF says instead, where it is no draft any more: a paper
    that is out is not a form.
    """

    prompt: str
    unsaid: str | None = None
    kind: Literal["blank"] = "blank"


Block = Heading | Paragraph | Items | Grid | Beside | Picture | Blank


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in one language.

    Attributes:
        title: of the document.
        author: whose it is.
        language: its own.
        year: the year of its figures; the document's dates are its last day, so that two runs are alike.
        notice: stands on every page.
        standing: stands on every page where it is a draft; None else.
        page_words: how pages are numbered, with {page} and {pages}.
        mark_words: how its mark is told, with {mark}.
        blocks: what it says.
    """

    title: str
    author: str
    language: Language
    year: int
    notice: str
    standing: str | None
    page_words: str
    mark_words: str
    blocks: tuple[Block, ...]

    @property
    def mark(self) -> str:
        """Eight digits that stand on every page: two papers with the same mark say the same.

        A paper is made anew, with another mark, when anything in it changes, and not because a release was made in
        which nothing of it has changed. So it is known by its mark, and not by a release.
        """
        digits = hashlib.sha256(repr(self).encode()).hexdigest()
        return f"{digits[:4]} {digits[4:8]}"


def plain(text: str, *, bold: bool = False, italic: bool = False) -> Line:
    """Return a line of words that all look alike."""
    return (Run(text, bold, italic),)
