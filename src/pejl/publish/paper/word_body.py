"""The body of the Word file as WordprocessingML, written as text and parsed once.

python-docx builds an element at a time, which takes a second and a half for the paper of fifty goals; the same
elements as text take a tenth of that. Styles, properties, header and footer are still made by it (`word.py`).

Elements and their order: ECMA-376-1, 17.3 (paragraphs), 17.4 (tables), 17.5.2 (places to fill in), 20.4 (pictures).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

from pejl.publish.paper.model import Beside, Blank, Block, Cell, Grid, Heading, Items, Line, Paragraph, Picture

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
TAGS = {"da": "da-DK", "en": "en-GB"}
TEXT_WIDTH = 16.6
"""Centimetres between the margins."""
_TWENTIETHS = 1440 / 2.54
"""Of a point in a centimetre, in which Word measures tables."""
_UNITS = 360_000
"""In a centimetre, in which drawings are measured (EMU)."""
_LONGEST_NAME = 200
_UNDERLINED = '<w:u w:val="single"/>'
_MARKED = '<w:i/><w:highlight w:val="yellow"/>'
_SMALL = '<w:sz w:val="18"/>'
_NO_SPACE = '<w:spacing w:after="0"/>'
_GAP = '<w:spacing w:after="0" w:line="120" w:lineRule="exact"/>'
"""Between tables, which Word would join if nothing stood between them."""
_LOOK = (
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    '<w:tblLook w:firstColumn="1" w:firstRow="1" w:lastColumn="0" w:lastRow="0" w:noHBand="0" w:noVBand="1" '
    'w:val="04A0"/>'
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture in the file: the id of its relation, and its size in pixels."""

    relation: str
    width: int
    height: int


class Place(Protocol):
    """What the body needs of the file around it."""

    @property
    def styles(self) -> Mapping[str, str]:
        """The id of each style, by its name."""

    def link(self, href: str) -> str:
        """Return the id of the relation to an address."""

    def picture(self, picture: Picture) -> Placed:
        """Return a picture's place in the file."""


def body_of(blocks: tuple[Block, ...], title: str, place: Place) -> str:
    """Return the paper's title and blocks as one element that holds paragraphs and tables."""
    names = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
    content = "".join(_Writer(place).everything(title, blocks))
    return f"<w:body {names}>{content}</w:body>"


class _Writer:
    """Writes blocks; numbers the pictures."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._pictures = 0

    def everything(self, title: str, blocks: tuple[Block, ...]) -> Iterator[str]:
        yield self._paragraph(_run(title), "Title")
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                before = "<w:pageBreakBefore/>" if block.new_page else '<w:pageBreakBefore w:val="0"/>'
                yield self._paragraph(_run(block.text), f"Heading {block.level}", before)
            case Paragraph():
                kept = "<w:keepNext/>" if block.leads else ""
                yield self._paragraph(self._line(block.runs, block.lang), properties=kept)
            case Items():
                style = "List Number" if block.numbered else "List Bullet"
                for item in block.items:
                    yield self._paragraph(self._line(item, block.lang), style)
            case Grid():
                yield from self._grid(block)
            case Beside():
                for grid in block.grids:
                    yield from self._grid(grid)
            case Picture():
                if block.caption is not None:
                    yield self._paragraph(_run(block.caption), "Caption", "<w:keepNext/>")
                yield self._paragraph(self._drawing(block))
            case Blank():
                yield _to_fill_in(block.prompt)

    def _paragraph(self, content: str, style: str | None = None, properties: str = "") -> str:
        named = f'<w:pStyle w:val="{self._place.styles[style]}"/>' if style is not None else ""
        return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content}</w:p>"

    def _line(self, runs: Line, lang: str | None) -> str:
        spoken = f'<w:lang w:val="{TAGS[lang]}"/>' if lang is not None else ""
        return "".join(
            f'<w:hyperlink r:id="{self._place.link(run.href)}">{_run(run.text, _UNDERLINED)}</w:hyperlink>'
            if run.href is not None
            else _run(_marked(run.text, run.mark), _BOLD[run.bold] + _ITALIC[run.italic] + spoken)
            for run in runs
        )

    def _grid(self, grid: Grid) -> Iterator[str]:
        yield self._paragraph(_run(grid.caption), "Caption", "<w:keepNext/>")
        whole = sum(grid.widths)
        widths = [round(TEXT_WIDTH * grid.share * part / whole * _TWENTIETHS) for part in grid.widths]
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        head = tuple(Cell(text) for text in grid.head)
        rows = _row(head, grid, widths, head=True, with_next=True) + "".join(
            _row(row, grid, widths, with_next=grid.together and at < len(grid.rows))
            for at, row in enumerate(grid.rows, start=1)
        )
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self._place.styles["Table Grid"]}"/><w:tblW w:type="dxa" '
            f'w:w="{sum(widths)}"/>{_LOOK}<w:tblCaption w:val={quoteattr(grid.caption)}/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        )
        yield self._paragraph("", properties=_GAP)

    def _drawing(self, picture: Picture) -> str:
        placed = self._place.picture(picture)
        self._pictures += 1
        wide = round(TEXT_WIDTH * _UNITS)
        size = f'cx="{wide}" cy="{round(wide * placed.height / placed.width)}"'
        name = quoteattr((picture.caption or picture.alt)[:_LONGEST_NAME])
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{self._pictures}" name={name} descr={quoteattr(picture.alt)}/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic><a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name={name}/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{placed.relation}"/><a:stretch><a:fillRect/>'
            f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )


_BOLD = {True: "<w:b/>", False: ""}
"""False leaves it to the style; a value of its own would switch off what the style says."""
_ITALIC = {True: "<w:i/>", False: ""}


def _run(text: str, properties: str = "") -> str:
    told = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{told}</w:t></w:r>'


def _marked(text: str, mark: str | None) -> str:
    return f"{mark} {text}" if mark is not None else text


def _row(cells: tuple[Cell, ...], grid: Grid, widths: list[int], *, head: bool = False, with_next: bool = False) -> str:
    """Return a row that no page ends in; a head is repeated on each page, and told as head by screen readers.

    `with_next`: nor does a page end after it.
    """
    repeated = "<w:tblHeader/>" if head else ""
    written = "".join(_cells(cells, grid, widths, head, "<w:keepNext/>" if with_next else ""))
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{written}</w:tr>"


def _cells(cells: tuple[Cell, ...], grid: Grid, widths: list[int], head: bool, kept: str) -> Iterator[str]:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if head else ""
    for cell, width, numeric in zip(cells, widths, grid.numeric, strict=True):
        right = '<w:jc w:val="right"/>' if numeric else ""
        text = _run(_marked(cell.text, cell.mark), _BOLD[head] + _SMALL)
        yield (
            f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{shade}</w:tcPr>'
            f"<w:p><w:pPr>{kept}{_NO_SPACE}{right}</w:pPr>{text}</w:p></w:tc>"
        )


def _to_fill_in(prompt: str) -> str:
    """Return a place to fill in: a content control that is selected whole and replaced by what is written."""
    words = f"[{prompt}]"
    return (
        f"<w:p><w:sdt><w:sdtPr><w:alias w:val={quoteattr(prompt[:60])}/><w:showingPlcHdr/>"
        f'<w:text w:multiLine="1"/></w:sdtPr><w:sdtContent>{_run(words, _MARKED)}'
        "</w:sdtContent></w:sdt></w:p>"
    )
