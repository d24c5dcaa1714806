"""Remarks in a Word document: a heading for each goal, its verdict, and two headed areas to write in.

A goal is known again by a mark in its heading that survives editing: a content control with a tag, and a bookmark; and
if both are lost, by its visible number and title.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

from pejl.exchange.packages import fixed
from pejl.exchange.remarks_entries import author_words
from pejl.exchange.remarks_sheet import Verdicts, goals_of
from pejl.exchange.rich import Block, parse
from pejl.text import Language, message
from pejl.workspace.goals import Goal
from pejl.workspace.model import Workspace
from pejl.workspace.remarks import HEADINGS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

BULLET = "List Bullet"
_SIZES = {"Normal": 11.0, "Title": 20.0, "Heading 1": 16.0, "Heading 2": 13.0, "Heading 3": 11.0}


def mark_of(goal: str) -> str:
    """Return the mark of a goal: short, because Word allows no long ones, and the same for the same goal."""
    return "pejl_" + hashlib.sha256(goal.encode()).hexdigest()[:16]


def heading_of(goal: Goal, language: Language) -> str:
    """Return the visible heading of a goal."""
    return " ".join(part for part in (goal.code, goal.title.text(language)) if part)


def keywords(year: int, language: Language) -> str:
    """Return the property by which the document knows its year and language."""
    return f"pejl remarks {year} {language}"


def remarks_document(workspace: Workspace, language: Language, year: int, verdicts: Verdicts) -> bytes:
    """Return the Word document: every goal of the strategies that speak of `year`, with the remarks there are."""
    import docx

    document = docx.Document()
    _properties(document, year, language)
    _looks(document, language)
    document.add_heading(message("Remarks on the status of {year}", year=year).render(language), level=0)
    document.add_paragraph(workspace.settings.notice.text(language)).runs[0].italic = True
    for words in (
        message(
            "Write under the two headings of each goal why it stands where it stands, and what is done now. Write who "
            "stands by these words after 'Written by'."
        ),
        message(
            "Paragraphs, bullets, bold, italics and links are kept; everything else is not. Leave the headings as they "
            "are. Accept all tracked changes before you send the document back."
        ),
        message("A goal without a remark is left as it is. A remark whose words change must be approved again."),
        message("Do not name persons, and nothing from which a person could be recognised: the remarks are public."),
    ):
        document.add_paragraph(words.render(language))
    known = {remark.key: remark for remark in workspace.remarks}
    title = None
    for strategy, goal in goals_of(workspace, year):
        if strategy.id != title:
            title = strategy.id
            document.add_heading(strategy.name.text(language), level=1)
        remark = known.get((goal.id, year, language))
        _goal_heading(document, heading_of(goal, language), mark_of(goal.id))
        stands = document.add_paragraph(verdicts.get(goal.id, ""))
        _pale(stands)
        written = document.add_paragraph()
        stands.paragraph_format.keep_with_next = written.paragraph_format.keep_with_next = True
        written.add_run(f"{author_words().render(language)}: ").bold = True
        written.add_run(remark.author if remark is not None else "")
        for name in ("why", "what_now"):
            document.add_heading(HEADINGS[language][name], level=3)
            _blocks(document, parse(getattr(remark, name)) if remark is not None else ())
    made = io.BytesIO()
    document.save(made)
    return fixed(made.getvalue())


def _properties(document: Document, year: int, language: Language) -> None:
    properties = document.core_properties
    properties.author = properties.last_modified_by = "Pejl"
    properties.title = message("Remarks on the status of {year}", year=year).render(language)
    properties.keywords = keywords(year, language)
    properties.comments = ""
    properties.language = "da-DK" if language == "da" else "en-GB"
    for style in document.styles.element.iter():
        if style.tag.endswith("}lang"):
            for name in list(style.attrib):
                style.set(name, properties.language)


def _looks(document: Document, language: Language) -> None:
    """Make of the template of python-docx, a letter-sized page in blue of Word 2010, a plain page that Danes print."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    for name, size in _SIZES.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        if name != "Normal":
            style.font.color.rgb = RGBColor(0, 0, 0)
            style.paragraph_format.keep_with_next = True
            for part in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                style.element.rPr.rFonts.attrib.pop(qn(f"w:{part}"), None)
    line = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if line is not None:
        document.styles["Title"].element.pPr.remove(line)
    settings = document.settings.element
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")
    for old in settings.findall(qn("w:proofState")):  # it says that spelling was checked
        settings.remove(old)
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), "da-DK" if language == "da" else "en-GB")


def _pale(paragraph: Paragraph) -> None:
    from docx.shared import RGBColor

    for run in paragraph.runs:
        run.italic = True
        run.font.color.rgb = RGBColor(0x59, 0x59, 0x59)


def _goal_heading(document: Document, words: str, mark: str) -> None:
    """Add a heading whose words stand in a content control, between the ends of a bookmark, both with the mark."""
    heading = document.add_heading(words, level=2)
    run = heading.runs[0]._r
    number = str(len(document.element.xpath(".//w:bookmarkStart")) + 1)
    begin, end = _element("w:bookmarkStart", id=number, name=mark), _element("w:bookmarkEnd", id=number)
    control, about, content = _element("w:sdt"), _element("w:sdtPr"), _element("w:sdtContent")
    about.append(_element("w:tag", val=mark))
    about.append(_element("w:id", val=str(int(mark[-7:], 16) + 1)))
    about.append(_element("w:lock", val="sdtLocked"))
    run.addprevious(begin)
    run.addprevious(control)
    control.append(about)
    control.append(content)
    content.append(run)
    control.addnext(end)


def _element(tag: str, **values: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _blocks(document: Document, blocks: tuple[Block, ...]) -> None:
    for each in blocks:
        paragraph = document.add_paragraph(style=BULLET if each.bullet else None)
        for span in each.spans:
            if span.href is not None:
                _link(document, paragraph, span.text, span.href)
            else:
                run = paragraph.add_run(span.text)
                run.bold, run.italic = span.bold or None, span.italic or None
    if not blocks:
        document.add_paragraph()


def _link(document: Document, paragraph: Paragraph, words: str, address: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    relation = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = _element("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(words)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)
