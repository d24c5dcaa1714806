"""The committee's paper as a Word file that can be written on."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.publish.charts.worlds import write_lilleby
from tests.publish.paper.papers import REMARK, grids_of, headings, paper, word, word_document

from pejl.publish.paper import paper_of
from pejl.publish.paper.model import Blank, Picture
from pejl.publish.paper.pdf import pdf_of, rasters_of
from pejl.publish.paper.word import word_of
from pejl.publish.paper.word_body import TEXT_WIDTH
from pejl.text import Language


def test_the_word_file_has_the_same_headings_as_the_pdf() -> None:
    document = word_document()
    for level in (1, 2, 3):
        found = [each.text for each in document.paragraphs if each.style.name == f"Heading {level}"]
        assert found == headings(paper(), level)
    assert document.paragraphs[0].style.name == "Title"


def test_every_table_in_word_has_a_head_that_is_marked_and_repeated() -> None:
    document = word_document()
    assert len(document.tables) >= 6
    for table in document.tables:
        marked = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert marked == [True] + [False] * (len(table.rows) - 1)
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None


def test_every_picture_in_word_has_its_words() -> None:
    document = word_document("en")
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told == [block.alt for block in paper("en").blocks if isinstance(block, Picture)]


def test_the_word_file_is_in_its_language_and_has_fixed_properties() -> None:
    document = word_document()
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    assert defaults.get(qn("w:val")) == "da-DK"
    properties = document.core_properties
    assert properties.title == "Status 2023: Planen"
    assert properties.author == "Lilleby Kommune"
    assert properties.language == "da-DK"
    assert properties.created.replace(tzinfo=None) == properties.modified.replace(tzinfo=None) == datetime(2023, 12, 31)
    with zipfile.ZipFile(io.BytesIO(word())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_places_to_fill_in_are_content_controls() -> None:
    controls = list(word_document().element.body.iter(qn("w:sdt")))
    prompts = [block.prompt for block in paper().blocks if isinstance(block, Blank)]
    assert ["".join(text.text for text in control.iter(qn("w:t"))) for control in controls] == [
        f"[{each}]" for each in prompts
    ]


def test_the_header_of_the_word_file_has_notice_and_draft() -> None:
    assert word_document().sections[0].header.paragraphs[0].text == "UDKAST  Opfundet til prøver."
    assert word_document(draft=False).sections[0].header.paragraphs[0].text == "Opfundet til prøver."


def test_word_counts_its_own_pages() -> None:
    footer = word_document().sections[0].footer.paragraphs[0]
    fields = [element.text.strip() for element in footer._p.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_links_in_remarks_lead_somewhere_in_both_files(tmp_path: Path) -> None:
    release = write_lilleby(tmp_path, remarks=[REMARK])
    found = paper_of(release, "plan", "da", draft=False)
    document = Document(io.BytesIO(word_of(found)))
    assert "https://lilleby.dk/plan" in {part.target_ref for part in document.part.rels.values() if part.is_external}
    assert b"https://lilleby.dk/plan" in pdf_of(found)


def test_charts_of_an_earlier_word_file_are_taken_over_where_they_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = word("en")
    earlier = tmp_path / "earlier.docx"
    pictures = [block for block in paper("en").blocks if isinstance(block, Picture)]
    changed = replace(pictures[0], svg=pictures[0].svg.replace("<svg ", '<svg data-changed="1" '))
    earlier.write_bytes(
        word_of(replace(paper("en"), blocks=tuple(changed if b is pictures[0] else b for b in paper("en").blocks)))
    )
    drawn: list[Picture] = []

    def draw(wanted: list[Picture], *, dots_per_inch: float) -> list[bytes]:
        drawn.extend(wanted)
        return rasters_of(wanted, dots_per_inch=dots_per_inch)

    monkeypatch.setattr("pejl.publish.paper.word.rasters_of", draw)
    assert word_of(paper("en"), earlier) == fresh
    assert drawn == [pictures[0]]
    earlier.write_bytes(b"damaged")
    assert word_of(paper("en"), earlier) == fresh
    assert word_of(paper("en"), tmp_path / "not there") == fresh


def test_the_first_page_of_the_word_file_has_the_notice_below_its_title_and_not_above_it() -> None:
    document = word_document()
    section = document.sections[0]
    assert section.first_page_header.paragraphs[0].text == "UDKAST"
    assert document.paragraphs[1].text == "Opfundet til prøver."
    assert section.first_page_footer.paragraphs[0].text == section.footer.paragraphs[0].text != ""


def test_word_takes_the_file_for_one_of_its_own_and_in_its_language() -> None:
    marks: dict[Language, str] = {"da": ",", "en": "."}
    for language, mark in marks.items():
        settings = word_document(language).settings.element
        modes = {each.get(qn("w:name")): each.get(qn("w:val")) for each in settings.iter(qn("w:compatSetting"))}
        assert modes["compatibilityMode"] == "15"
        assert settings.find(qn("w:proofState")) is None
        assert settings.find(qn("w:decimalSymbol")).get(qn("w:val")) == mark


def test_tables_in_word_are_as_wide_as_they_are_meant_and_small_ones_stay_on_a_page() -> None:
    grids = [grid for block in paper().blocks for grid in grids_of(block)]
    assert {grid.together for grid in grids} == {True}
    for table, grid in zip(word_document().tables, grids, strict=True):
        width = sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid)
        assert width == pytest.approx(TEXT_WIDTH * grid.share * 1440 / 2.54, abs=len(grid.head))
        kept = [row._tr.find(f".//{qn('w:keepNext')}") is not None for row in table.rows]
        assert kept == [True] * len(grid.rows) + [False]


def test_the_caption_of_a_chart_stands_above_it_and_only_where_the_heading_does_not_say_the_same() -> None:
    above = [
        (before.style.name, before.text)
        for before, paragraph in pairwise(word_document("en").paragraphs)
        if paragraph._p.find(f".//{qn('w:drawing')}") is not None
    ]
    assert above[0] == ("Caption", "Citizens who get help")
    assert above[-1][0] == "Normal"  # of the goal without an indicator, whose chart is named after the goal


def test_words_that_lead_into_a_list_stay_with_it_in_word() -> None:
    led = [each for each in word_document("en").paragraphs if each.text == "These go the right way:"]
    assert [each._p.pPr.find(qn("w:keepNext")) is not None for each in led] == [True]
