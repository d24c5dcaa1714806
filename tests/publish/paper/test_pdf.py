"""The committee's paper as PDF/UA-1: its structure, its words for those who do not see, its letters."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf
import pytest
from tests.publish.paper.papers import grids_of, paper, pdf, walk

from pejl.publish.paper.model import Picture
from pejl.publish.paper.pdf import rasters_of
from pejl.publish.paper.row_heads import with_row_heads
from pejl.text import LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_and_says_that_it_is_accessible(language: Language) -> None:
    with pikepdf.open(io.BytesIO(pdf(language))) as document:
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang).lower() == {"da": "da-dk", "en": "en-gb"}[language]
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert "/Outlines" in document.Root
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == paper(language).title
        kinds = {str(element.S) for element in walk(document)}
        assert {"/H1", "/H2", "/H3", "/P", "/L", "/Table", "/Figure"} <= kinds


def test_every_picture_in_the_pdf_has_its_words() -> None:
    with pikepdf.open(io.BytesIO(pdf("en"))) as document:
        figures = [element for element in walk(document) if str(element.S) == "/Figure"]
        told = {str(figure.get("/Alt", "")) for figure in figures}
    assert told == {block.alt for block in paper("en").blocks if isinstance(block, Picture)}
    assert any(text.startswith("Chart: Citizens who get help. 3 figures") for text in told)


def test_every_table_in_the_pdf_has_heads_of_columns_and_rows() -> None:
    grids = [grid for block in paper().blocks for grid in grids_of(block)]
    with pikepdf.open(io.BytesIO(pdf())) as document:
        assert document.check_pdf_syntax() == []
        tables = [element for element in walk(document) if str(element.S) == "/Table"]
        assert sorted(_shape(table) for table in tables) == sorted((len(grid.rows), len(grid.head)) for grid in grids)
        rows = [element for element in walk(document) if str(element.S) == "/TR"]
        for row in rows:
            kinds = [(str(cell.S), _scope(cell)) for cell in row.K]
            columns = [("/TH", "/Column")] * len(kinds)
            assert kinds in (columns, [("/TH", "/Row"), *[("/TD", None)] * (len(kinds) - 1)])


def test_every_cell_in_the_pdf_names_the_heads_of_its_column_and_row() -> None:
    with pikepdf.open(io.BytesIO(pdf("en"))) as document:
        tree = document.Root.StructTreeRoot.IDTree
        assert list(tree.Names[::2]) == sorted(tree.Names[::2], key=bytes)
        by_name = dict(zip(map(str, tree.Names[::2]), tree.Names[1::2], strict=True))
        for row in (element for element in walk(document) if str(element.S) == "/TR"):
            cells = list(row.K)
            for place, cell in enumerate(cells):
                told = [by_name[str(name)] for name in _attributes(cell)[0].Headers]
                scopes = [] if _scope(cell) == "/Column" else ["/Column"] if place == 0 else ["/Column", "/Row"]
                assert [_scope(head) for head in told] == scopes
                if place and scopes:
                    assert told[1].objgen == cells[0].objgen
                if "/ID" in cell:
                    assert by_name[str(cell.ID)].objgen == cell.objgen


def test_a_pdf_that_is_built_otherwise_is_left_as_it_is() -> None:
    with pikepdf.open(io.BytesIO(pdf())) as document:
        packed = io.BytesIO()
        document.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert with_row_heads(packed.getvalue()) == packed.getvalue()
    assert with_row_heads(b"no PDF") == b"no PDF"


def _shape(table: Any) -> tuple[int, int]:
    """Return how many rows of data a table has, and how many columns."""
    caption, head, body = table.K
    assert [str(each.S) for each in (caption, head, body)] == ["/Caption", "/THead", "/TBody"]
    assert len(head.K) == 1
    return len(body.K), len(head.K[0].K)


def _scope(cell: Any) -> str | None:
    return next((str(part.Scope) for part in _attributes(cell) if "/Scope" in part), None)


def _attributes(element: Any) -> list[Any]:
    found = element.get("/A", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def test_every_font_is_embedded() -> None:
    with pikepdf.open(io.BytesIO(pdf())) as document:
        fonts = [
            item
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        assert all("IBMPlexSans" in str(font.FontName) for font in fonts)


def test_charts_become_pictures_of_their_own_size() -> None:
    pictures = [block for block in paper().blocks if isinstance(block, Picture)]
    rasters = rasters_of(pictures, dots_per_inch=72.0)
    assert len(rasters) == len(pictures)
    for picture, raster in zip(pictures, rasters, strict=True):
        assert raster[:8] == b"\x89PNG\r\n\x1a\n"
        wide = int.from_bytes(raster[16:20], "big")
        told = re.search(r'width="([0-9.]+)"', picture.svg)
        assert told is not None
        assert wide == pytest.approx(float(told.group(1)) * 0.75, abs=2) or wide == pytest.approx(
            float(told.group(1)), abs=2
        )
    assert rasters_of([]) == []
