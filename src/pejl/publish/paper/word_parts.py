"""What python-docx has no words for: languages, header rows, links, page numbers, places to fill in."""

from __future__ import annotations

import re
from typing import Any

_FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def set_language(document: Any, tag: str) -> None:
    """Set the language of everything that says nothing else, for spelling and for voices."""
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(_element("lang", val=tag, eastAsia=tag))
    for style in document.styles.element.iter(qn("w:lang")):
        style.set(qn("w:val"), tag)


def mark_header_row(row: Any) -> None:
    """Make a row the table's head: it is repeated on each page and told as head by screen readers."""
    row._tr.get_or_add_trPr().append(_element("tblHeader", val="true"))


def keep_together(row: Any) -> None:
    """Let no page end within a row."""
    row._tr.get_or_add_trPr().append(_element("cantSplit", val="true"))


def describe(table: Any, text: str) -> None:
    """Give a table the name that screen readers tell."""
    table._tbl.tblPr.append(_element("tblCaption", val=text))


def shade(cell: Any, colour: str) -> None:
    """Fill a cell with a colour."""
    cell._tc.get_or_add_tcPr().append(_element("shd", val="clear", color="auto", fill=colour))


def add_link(paragraph: Any, text: str, href: str) -> None:
    """Add words that lead to an address."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def add_page_numbers(paragraph: Any, words: str) -> None:
    """Add "Page {page} of {pages}" with the fields that Word counts itself."""
    for part in re.split(r"(\{pages?\})", words):
        name = part.strip("{}")
        run = paragraph.add_run("" if name in _FIELDS and part.startswith("{") else part)
        if name in _FIELDS and part.startswith("{"):
            run._r.append(_element("fldChar", fldCharType="begin"))
            instruction = _element("instrText")
            instruction.text = f" {_FIELDS[name]} "
            run._r.append(instruction)
            run._r.append(_element("fldChar", fldCharType="separate"))
            shown = _element("t")
            shown.text = "1"
            run._r.append(shown)
            run._r.append(_element("fldChar", fldCharType="end"))


def add_placeholder(paragraph: Any, prompt: str) -> None:
    """Add a place to fill in: a content control that is selected whole and replaced by what is written."""
    control = _element("sdt")
    properties = _element("sdtPr")
    properties.append(_element("alias", val=prompt.strip("[]")[:60]))
    properties.append(_element("showingPlcHdr"))
    properties.append(_element("text", multiLine="1"))
    control.append(properties)
    content = _element("sdtContent")
    run = paragraph.add_run(prompt)
    run.italic = True
    from docx.enum.text import WD_COLOR_INDEX

    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    content.append(run._r)
    control.append(content)
    paragraph._p.append(control)
