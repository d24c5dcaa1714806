"""What python-docx has no words for in styles and footers: languages, page numbers."""

from __future__ import annotations

import re
from typing import Any

from pejl.text import Language

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
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), tag)


def set_modes(document: Any, language: Language) -> None:
    """Let Word treat the file as its own: in no mode for old files, spelling checked, numbers as the language writes.

    The template of python-docx is one of Word 2010, in English, with its spelling marked as checked.
    """
    from docx.oxml.ns import qn

    settings = document.settings.element
    for old in settings.findall(qn("w:proofState")):
        settings.remove(old)
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), {"da": ",", "en": "."}[language])
    settings.find(qn("w:listSeparator")).set(qn("w:val"), {"da": ";", "en": ","}[language])


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
