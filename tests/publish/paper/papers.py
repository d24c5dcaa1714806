"""Papers of the invented Lilleby in every form, made once in a run, and what is read back from them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from docx import Document
from tests.publish.charts.measured import Record
from tests.publish.charts.worlds import lilleby

from pejl.publish.paper import Paper, paper_of
from pejl.publish.paper.model import Beside, Grid, Heading
from pejl.publish.paper.pdf import pdf_of
from pejl.publish.paper.word import word_of
from pejl.text import Language

REMARK: Record = {
    "goal": "more_helped",
    "year": 2023,
    "language": "da",
    "author": "Socialchefen",
    "approved_by": "Direktøren",
    "approved_on": "2024-02-01",
    "why": "Der kom **flere** tilbud:\n\n- et i Vest\n- et i Øst",
    "what_now": "Se [planen](https://lilleby.dk/plan).",
}


@cache
def paper(language: Language = "da", *, draft: bool = True) -> Paper:
    return paper_of(lilleby(), "plan", language, draft=draft)


@cache
def pdf(language: Language = "da", *, draft: bool = True) -> bytes:
    return pdf_of(paper(language, draft=draft))


@cache
def word(language: Language = "da", *, draft: bool = True) -> bytes:
    return word_of(paper(language, draft=draft))


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def headings(of: Paper, level: int) -> list[str]:
    return [block.text for block in of.blocks if isinstance(block, Heading) and block.level == level]


def walk(document: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every element of the structure tree."""
    stack = [document.Root.StructTreeRoot.K]
    while stack:
        element = stack.pop()
        if isinstance(element, pikepdf.Array):
            stack.extend(element)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield element
            if "/K" in element:
                stack.append(element.K)


def grids_of(block: object) -> tuple[Grid, ...]:
    return (block,) if isinstance(block, Grid) else block.grids if isinstance(block, Beside) else ()


def word_document(language: Language = "da", *, draft: bool = True) -> Any:
    return Document(io.BytesIO(word(language, draft=draft)))
