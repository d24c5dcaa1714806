"""The paper as a Word file that the secretariat can go on writing in.

Real heading styles, tables with marked header rows, alternative texts, the language set, and places to fill in as
content controls. The same paper gives the same bytes: dates are those of the figures, and so are those inside the zip.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pejl.publish.paper.model import Beside, Blank, Block, Cell, Grid, Heading, Items, Line, Paper, Paragraph, Picture
from pejl.publish.paper.pdf import rasters_of
from pejl.publish.paper.word_parts import (
    add_link,
    add_page_numbers,
    add_placeholder,
    describe,
    keep_together,
    mark_header_row,
    set_language,
    shade,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

_TAGS = {"da": "da-DK", "en": "en-GB"}
_FONT = "Calibri"
"""A Word file is written on in other places, where the paper's own typeface is not installed."""
_HEADINGS = frozenset({"Title", "Heading 1", "Heading 2", "Heading 3", "Caption"})
_STYLES = (
    ("Normal", 10.5, 0, 5),
    ("List Bullet", 10.5, 0, 1),
    ("List Number", 10.5, 0, 1),
    ("Title", 20, 0, 8),
    ("Heading 1", 15, 12, 5),
    ("Heading 2", 12.5, 10, 4),
    ("Heading 3", 11, 8, 3),
    ("Caption", 9.5, 5, 3),
)
"""Style, size, space above and below, in points."""
_TEXT_WIDTH = 16.6
"""Centimetres between the margins."""
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_PICTURE_DOTS = 144.0


def word_of(paper: Paper) -> bytes:
    """Return the paper as docx, with its charts as pictures.

    Raises:
        LettersMissingError: the typeface of the charts is not installed.
    """
    import docx

    document = docx.Document()
    _prepare(document, paper)
    document.add_paragraph(paper.title, style="Title")
    pictures = [block for block in paper.blocks if isinstance(block, Picture)]
    rasters = iter(rasters_of(pictures, dots_per_inch=_PICTURE_DOTS))
    for block in paper.blocks:
        _add(document, block, rasters)
    buffer = io.BytesIO()
    document.save(buffer)
    return _fixed(buffer.getvalue())


def _prepare(document: Document, paper: Paper) -> None:
    """Set properties, language, typeface, margins, and what stands on every page."""
    from docx.shared import Cm, Pt, RGBColor

    properties = document.core_properties
    properties.title, properties.author = paper.title, paper.author
    properties.last_modified_by, properties.comments, properties.revision = paper.author, "", 1
    properties.language = _TAGS[paper.language]
    properties.created = properties.modified = datetime(paper.year, 12, 31)  # Word has no zones here
    for name, size, above, below in _STYLES:
        style: Any = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
        if name in _HEADINGS:
            style.font.color.rgb = RGBColor(0, 0, 0)
            style.font.bold = True
            _drop_theme_font(style)
    set_language(document, _TAGS[paper.language])
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.8), Cm(2.4)
    header = section.header.paragraphs[0]
    if paper.standing is not None:
        header.add_run(f"{paper.standing.upper()}  ").bold = True
    header.add_run(paper.notice).italic = True
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{paper.title} · ")
    add_page_numbers(footer, paper.page_words)


def _drop_theme_font(style: Any) -> None:
    """Let the named typeface win: the template's headings name one of the theme beside it."""
    from docx.oxml.ns import qn

    fonts = style.element.rPr.rFonts
    if fonts is None:
        return
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _add(document: Document, block: Block, rasters: Iterator[bytes]) -> None:
    match block:
        case Heading():
            heading = document.add_heading(block.text, level=block.level)
            heading.paragraph_format.page_break_before = block.new_page
        case Paragraph():
            paragraph = document.add_paragraph()
            if block.mark is not None:
                paragraph.add_run(f"{block.mark} ")
            _add_runs(paragraph, block.runs, block.lang)
        case Items():
            for item in block.items:
                style = "List Number" if block.numbered else "List Bullet"
                _add_runs(document.add_paragraph(style=style), item, block.lang)
        case Grid():
            _add_grid(document, block)
        case Beside():
            for grid in block.grids:
                _add_grid(document, grid)
        case Picture():
            _add_picture(document, block, next(rasters))
        case Blank():
            add_placeholder(document.add_paragraph(), f"[{block.prompt}]")


def _add_runs(paragraph: WordParagraph, runs: Line, lang: str | None) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for run in runs:
        if run.href is not None:
            add_link(paragraph, run.text, run.href)
            continue
        added = paragraph.add_run(run.text)
        # None leaves it to the style; False would switch off what the style says.
        added.bold, added.italic = run.bold or None, run.italic or None
        if lang is not None:
            tag = OxmlElement("w:lang")
            tag.set(qn("w:val"), _TAGS[lang])
            added._r.get_or_add_rPr().append(tag)


def _add_grid(document: Document, block: Grid) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    caption = document.add_paragraph(block.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    table.autofit = False
    describe(table, block.caption)
    whole = sum(block.widths)
    widths = [Cm(_TEXT_WIDTH * part / whole) for part in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    rows: Iterable[tuple[Cell, ...]] = (tuple(Cell(text) for text in block.head), *block.rows)
    for number, cells in enumerate(rows):
        row = table.rows[0] if number == 0 else table.add_row()
        keep_together(row)
        for column, (cell, content) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = widths[column]
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            words = f"{content.mark} {content.text}" if content.mark is not None else content.text
            run = paragraph.add_run(words)
            run.font.size, run.bold = Pt(9), True if number == 0 else None
            if block.numeric[column]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if number == 0:
                shade(cell, "EDEDED")
    mark_header_row(table.rows[0])
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _add_picture(document: Document, block: Picture, png: bytes) -> None:
    from docx.shared import Cm

    shape = document.add_picture(io.BytesIO(png), width=Cm(_TEXT_WIDTH))
    properties = shape._inline.docPr
    properties.set("descr", block.alt)
    properties.set("name", block.caption[:200])
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph(block.caption, style="Caption")


def _fixed(content: bytes) -> bytes:
    """Return the zip again with the same date on every file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return buffer.getvalue()
