"""The paper as a Word file that the secretariat can go on writing in.

Real heading styles, tables with marked header rows, alternative texts, the language set, and places to fill in as
content controls. The same paper gives the same bytes: dates are those of the figures, and so are those inside the zip.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pejl.publish.paper.model import Paper, Picture
from pejl.publish.paper.pdf import letters_key, rasters_of
from pejl.publish.paper.word_body import TAGS, Placed, body_of
from pejl.publish.paper.word_parts import add_page_numbers, set_language, set_modes

if TYPE_CHECKING:
    from docx.document import Document

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
    ("Header", 9, 0, 0),
    ("Footer", 9, 0, 0),
)
"""Style, size, space above and below, in points."""
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_PICTURE_DOTS = 144.0


def word_of(paper: Paper, earlier: Path | None = None) -> bytes:
    """Return the paper as docx, with its charts as pictures.

    Args:
        paper: what it says.
        earlier: a docx that was made before; charts that are in it need not be drawn again.

    Raises:
        LettersMissingError: the typeface of the charts is not installed.
    """
    import docx
    from docx.oxml.parser import parse_xml

    document = docx.Document()
    _prepare(document, paper)
    pictures = [block for block in paper.blocks if isinstance(block, Picture)]
    place = _File(document, _rasters(pictures, earlier))
    body: Any = document.element.body
    for element in list(parse_xml(body_of(paper.blocks, paper.title, place))):
        body.insert_element_before(element, "w:sectPr")
    buffer = io.BytesIO()
    document.save(buffer)
    return _fixed(buffer.getvalue(), place.pictures)


def _rasters(pictures: Sequence[Picture], earlier: Path | None) -> dict[str, tuple[str, bytes]]:
    """Return each chart's name in the file and its PNG, by its SVG; the name says what the PNG was made from."""
    names = {picture.svg: f"/word/media/chart-{picture_key(picture)}.png" for picture in pictures}
    known = _media(earlier, set(names.values())) if earlier is not None else {}
    missing = [picture for picture in pictures if names[picture.svg] not in known]
    drawn = {picture.svg: picture for picture in missing}
    made = zip(drawn, rasters_of(list(drawn.values()), dots_per_inch=_PICTURE_DOTS), strict=True)
    known |= {names[svg]: png for svg, png in made}
    return {svg: (name, known[name]) for svg, name in names.items()}


def _media(earlier: Path, names: set[str]) -> dict[str, bytes]:
    """Return those of the files that an earlier docx has; a docx that cannot be read has none."""
    try:
        with zipfile.ZipFile(earlier) as archive:
            return {f"/{name}": archive.read(name) for name in archive.namelist() if f"/{name}" in names}
    except (OSError, zipfile.BadZipFile, zlib.error):
        return {}


def picture_key(picture: Picture) -> str:
    """Return what a chart's PNG is made from: its SVG, the letters, the resolution, and who draws it."""
    made_with = f"typst {importlib.metadata.version('typst')} {_PICTURE_DOTS} {letters_key()}\n"
    return hashlib.sha256((made_with + picture.svg).encode()).hexdigest()[:24]


class _File:
    """The docx around the body: its styles, its relations to addresses, and its pictures by their path in the file."""

    def __init__(self, document: Document, rasters: Mapping[str, tuple[str, bytes]]) -> None:
        self.styles = {style.name: style.style_id for style in document.styles if style.name is not None}
        self._part = document.part
        self._rasters = rasters
        self._placed: dict[str, Placed] = {}
        self.pictures: dict[str, bytes] = {}

    def link(self, href: str) -> str:
        """Return the id of the relation to an address."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        return self._part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def picture(self, picture: Picture) -> Placed:
        """Return a picture's place in the file; the same chart is in it once."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.parts.image import ImagePart

        name, png = self._rasters[picture.svg]
        if name not in self._placed:
            empty = ImagePart(PackURI(name), CONTENT_TYPE.PNG, b"")  # python-docx would compress what is compressed
            relation = self._part.relate_to(empty, RELATIONSHIP_TYPE.IMAGE)
            self.pictures[name.removeprefix("/")] = png
            width, height = struct.unpack(">II", png[16:24])  # of the header, the first chunk of a PNG
            self._placed[name] = Placed(relation, width, height)
        return self._placed[name]


def _prepare(document: Document, paper: Paper) -> None:
    """Set properties, language, typeface, margins, and what stands on every page."""
    from docx.shared import Cm, Pt, RGBColor

    properties = document.core_properties
    properties.title, properties.author = paper.title, paper.author
    properties.last_modified_by, properties.comments, properties.revision = paper.author, "", 1
    properties.language = TAGS[paper.language]
    properties.created = properties.modified = datetime(paper.year, 12, 31)  # Word has no zones here
    for name, size, above, below in _STYLES:
        style: Any = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
        if name in _HEADINGS:
            style.font.color.rgb = RGBColor(0, 0, 0)
            style.font.bold = True
            _drop_theme_font(style)
    _drop_line(document.styles["Title"])
    set_language(document, TAGS[paper.language])
    set_modes(document, paper.language)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.8), Cm(2.4)
    section.different_first_page_header_footer = True  # the first page has the notice below its title
    for header, notice in ((section.first_page_header, ""), (section.header, paper.notice)):
        if paper.standing is not None:
            header.paragraphs[0].add_run(paper.standing.upper() + "  " * bool(notice)).bold = True
        header.paragraphs[0].add_run(notice).italic = True
    for footer in (section.first_page_footer, section.footer):
        footer.paragraphs[0].add_run(f"{paper.title} · {paper.mark_words.format(mark=paper.mark)} · ")
        add_page_numbers(footer.paragraphs[0], paper.page_words)


def _drop_theme_font(style: Any) -> None:
    """Let the named typeface win: the template's headings name one of the theme beside it."""
    from docx.oxml.ns import qn

    fonts = style.element.rPr.rFonts
    if fonts is None:
        return
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _drop_line(style: Any) -> None:
    """Take away the coloured line that the template draws under its title."""
    from docx.oxml.ns import qn

    line = style.element.pPr.find(qn("w:pBdr"))
    if line is not None:
        style.element.pPr.remove(line)


def _fixed(content: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """Return the zip again with the same date on every file, and with the pictures in their places."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, pictures.get(name) or old.read(name))
    return buffer.getvalue()
