"""The committee's paper: what it says, as PDF/UA-1 and as Word."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml.ns import qn
from tests.publish.charts.worlds import Record, copenhagen, lilleby, write_lilleby

from pejl.cli.commands import cli
from pejl.cli.faults import RefusedError
from pejl.publish.paper import Paper, UnknownStrategyError, paper_names, paper_of, papers_of, write_paper
from pejl.publish.paper.model import Beside, Blank, Grid, Heading, Items, Paragraph, Picture
from pejl.publish.paper.pdf import pdf_of, rasters_of
from pejl.publish.paper.row_heads import with_row_heads
from pejl.publish.paper.word import word_of
from pejl.release.public import PublicRelease
from pejl.text import LANGUAGES, Language

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


def _pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def _headings(of: Paper, level: int) -> list[str]:
    return [block.text for block in of.blocks if isinstance(block, Heading) and block.level == level]


def test_it_has_the_parts_of_a_copenhagen_paper_in_their_order() -> None:
    assert _headings(paper(), 1) == [
        "Resumé", "Indstilling", "Problemstilling", "Løsning", "Økonomi", "Videre proces", "Bilag",
        "Bilag 1: Målene ét for ét", "Bilag 2: Tallene", "Bilag 3: Opgørelsesmetoder",
    ]  # fmt: skip
    assert _headings(paper("en"), 1)[:7] == [
        "Summary", "Recommendation", "Problem", "Solution", "Economy", "Further process", "Annexes",
    ]  # fmt: skip


def test_summary_and_recommendation_are_one_page() -> None:
    first, second, *_ = _pages(pdf())
    assert "Forvaltningen indstiller, at Socialudvalget" in first
    assert "tager status 2023 for" in first
    assert "til efterretning" in first
    assert "Problemstilling" not in first
    assert "Problemstilling" in second


def test_each_goal_has_a_page_of_its_own() -> None:
    pages = _pages(pdf("en"))
    for title in ("1A More get help", "Fewer are lonely", "Lives stay stable", "We know who moves", "More meet others"):
        assert sum(f"{title}\r\nTarget:" in page for page in pages) == 1


def test_what_nobody_here_knows_is_a_place_for_the_secretariat() -> None:
    prompts = [block.prompt for block in paper().blocks if isinstance(block, Blank)]
    assert "Udfyldes af sekretariatet: Har sagen økonomiske konsekvenser?" in prompts
    assert "Udfyldes af sekretariatet: Hvad sker der efter mødet?" in prompts
    assert sum(prompt.startswith("Skrives af forvaltningen") for prompt in prompts) == 5


def test_only_what_lies_ahead_in_the_annual_wheel_is_the_further_process() -> None:
    text = "".join(_pages(pdf("en")))
    assert "Q2 2024: Next status" in text
    assert "Was" not in text


def test_remarks_stand_with_author_and_approval(tmp_path: Path) -> None:
    release = write_lilleby(tmp_path, remarks=[REMARK])
    text = "".join(_pages(pdf_of(paper_of(release, "plan", "da", draft=False))))
    assert "Skrevet af Socialchefen. Godkendt af Direktøren den 1. februar 2024." in text
    assert "Der kom flere tilbud:" in text
    assert text.count("Der er ikke skrevet bemærkninger til målet.") == 4


def test_remarks_of_another_language_are_marked_as_such(tmp_path: Path) -> None:
    release = write_lilleby(tmp_path, remarks=[REMARK])
    english = paper_of(release, "plan", "en", draft=False)
    assert [getattr(block, "lang", None) for block in english.blocks].count("da") == 3
    document = Document(io.BytesIO(word_of(english)))
    tags = [tag.get(qn("w:val")) for tag in document.element.body.iter(qn("w:lang"))]
    assert set(tags) == {"da-DK"}
    with pikepdf.open(io.BytesIO(pdf_of(english))) as found:
        assert "da-DK" in {str(element.get("/Lang")) for element in _walk(found) if "/Lang" in element}


def test_remarks_of_other_years_stay_out(tmp_path: Path) -> None:
    release = write_lilleby(tmp_path, remarks=[{**REMARK, "year": 2022}])
    assert "Socialchefen" not in "".join(_pages(pdf_of(paper_of(release, "plan", "da", draft=False))))


def test_what_is_being_done_stands_with_its_goal_in_the_language_it_is_written_in(tmp_path: Path) -> None:
    release = write_lilleby(tmp_path)
    work = {"day": "2023-12-01", "not_begun": 0, "under_way": 2, "done": 1, "given_up": 0, "titles": ["Åben kaffe"]}
    (release.folder / "doing.json").write_text(json.dumps({"more_helped": work}), encoding="utf-8")
    english = paper_of(release, "plan", "en", draft=False)
    assert _headings(english, 3).count("What is being done") == 1
    at = next(at for at, block in enumerate(english.blocks) if getattr(block, "text", "") == "What is being done")
    counted, _, named = english.blocks[at + 1 : at + 4]
    assert isinstance(counted, Paragraph)
    assert counted.runs[0].text.endswith("as it stood on 1 December 2023: under way: 2, carried out: 1.")
    assert isinstance(named, Items)
    assert (named.items[0][0].text, named.lang) == ("Åben kaffe", "da")
    danish = " ".join("".join(_pages(pdf_of(paper_of(release, "plan", "da", draft=False)))).split())
    assert "som det stod 1. december 2023: i gang: 2, gennemført: 1." in danish


@pytest.mark.parametrize(("language", "standing"), [("da", "UDKAST"), ("en", "DRAFT")])
def test_a_draft_says_so_on_every_page_and_every_page_has_the_notice(language: Language, standing: str) -> None:
    notice = {"da": "Opfundet til prøver.", "en": "Invented for tests."}[language]
    for page in _pages(pdf(language)):
        assert standing in page
        assert notice in page
    for page in _pages(pdf(language, draft=False)):
        assert standing not in page
        assert notice in page


def _walk(document: pikepdf.Pdf) -> Iterator[Any]:
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
        kinds = {str(element.S) for element in _walk(document)}
        assert {"/H1", "/H2", "/H3", "/P", "/L", "/Table", "/Figure"} <= kinds


def test_every_picture_in_the_pdf_has_its_words() -> None:
    with pikepdf.open(io.BytesIO(pdf("en"))) as document:
        figures = [element for element in _walk(document) if str(element.S) == "/Figure"]
        told = {str(figure.get("/Alt", "")) for figure in figures}
    assert told == {block.alt for block in paper("en").blocks if isinstance(block, Picture)}
    assert any(text.startswith("Chart: Citizens who get help. 3 figures") for text in told)


def test_every_table_in_the_pdf_has_heads_of_columns_and_rows() -> None:
    grids = [grid for block in paper().blocks for grid in _grids(block)]
    with pikepdf.open(io.BytesIO(pdf())) as document:
        assert document.check_pdf_syntax() == []
        tables = [element for element in _walk(document) if str(element.S) == "/Table"]
        assert sorted(_shape(table) for table in tables) == sorted((len(grid.rows), len(grid.head)) for grid in grids)
        rows = [element for element in _walk(document) if str(element.S) == "/TR"]
        for row in rows:
            kinds = [(str(cell.S), _scope(cell)) for cell in row.K]
            columns = [("/TH", "/Column")] * len(kinds)
            assert kinds in (columns, [("/TH", "/Row"), *[("/TD", None)] * (len(kinds) - 1)])


def test_every_cell_in_the_pdf_names_the_heads_of_its_column_and_row() -> None:
    with pikepdf.open(io.BytesIO(pdf("en"))) as document:
        tree = document.Root.StructTreeRoot.IDTree
        assert list(tree.Names[::2]) == sorted(tree.Names[::2], key=bytes)
        by_name = dict(zip(map(str, tree.Names[::2]), tree.Names[1::2], strict=True))
        for row in (element for element in _walk(document) if str(element.S) == "/TR"):
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


def _grids(block: object) -> tuple[Grid, ...]:
    return (block,) if isinstance(block, Grid) else block.grids if isinstance(block, Beside) else ()


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


def _word(language: Language = "da", *, draft: bool = True) -> Any:
    return Document(io.BytesIO(word(language, draft=draft)))


def test_the_word_file_has_the_same_headings_as_the_pdf() -> None:
    document = _word()
    for level in (1, 2, 3):
        found = [each.text for each in document.paragraphs if each.style.name == f"Heading {level}"]
        assert found == _headings(paper(), level)
    assert document.paragraphs[0].style.name == "Title"


def test_every_table_in_word_has_a_head_that_is_marked_and_repeated() -> None:
    document = _word()
    assert len(document.tables) >= 6
    for table in document.tables:
        marked = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert marked == [True] + [False] * (len(table.rows) - 1)
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None


def test_every_picture_in_word_has_its_words() -> None:
    document = _word("en")
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told == [block.alt for block in paper("en").blocks if isinstance(block, Picture)]


def test_the_word_file_is_in_its_language_and_has_fixed_properties() -> None:
    document = _word()
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
    controls = list(_word().element.body.iter(qn("w:sdt")))
    prompts = [block.prompt for block in paper().blocks if isinstance(block, Blank)]
    assert ["".join(text.text for text in control.iter(qn("w:t"))) for control in controls] == [
        f"[{each}]" for each in prompts
    ]


def test_the_header_of_the_word_file_has_notice_and_draft() -> None:
    assert _word().sections[0].header.paragraphs[0].text == "UDKAST  Opfundet til prøver."
    assert _word(draft=False).sections[0].header.paragraphs[0].text == "Opfundet til prøver."


def test_word_counts_its_own_pages() -> None:
    footer = _word().sections[0].footer.paragraphs[0]
    fields = [element.text.strip() for element in footer._p.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_links_in_remarks_lead_somewhere_in_both_files(tmp_path: Path) -> None:
    release = write_lilleby(tmp_path, remarks=[REMARK])
    found = paper_of(release, "plan", "da", draft=False)
    document = Document(io.BytesIO(word_of(found)))
    assert "https://lilleby.dk/plan" in {part.target_ref for part in document.part.rels.values() if part.is_external}
    assert b"https://lilleby.dk/plan" in pdf_of(found)


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    first = write_paper(lilleby(), tmp_path / "one", "da", True)
    second = write_paper(lilleby(), tmp_path / "two", "da", True)
    assert [path.name for path in first] == ["status-2023-da.pdf", "status-2023-da.docx"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_paper_is_made_of_what_is_in_force_or_else_of_the_latest() -> None:
    assert papers_of(lilleby()) == ("plan",)
    assert papers_of(copenhagen()) == ("social_strategy_2018_2022",)
    assert papers_of(copenhagen(), "grundlagspapir_2014_2017") == ("grundlagspapir_2014_2017",)
    with pytest.raises(UnknownStrategyError, match="nothing_such"):
        papers_of(lilleby(), "nothing_such")
    with pytest.raises(KeyError):
        paper_of(lilleby(), "nothing_such", "da", draft=True)


def test_a_paper_is_named_after_year_and_language_and_after_its_strategy_where_it_is_not_the_usual_one() -> None:
    assert paper_names(lilleby(), "en") == [("plan", "status-2023-en")]
    assert paper_names(copenhagen(), "da") == [("social_strategy_2018_2022", "status-2024-da")]
    assert paper_names(copenhagen(), "da", strategy="social_strategy_2018_2022") == paper_names(copenhagen(), "da")
    assert paper_names(copenhagen(), "da", strategy="social_strategy_2015") == [
        ("social_strategy_2015", "status-2024-social-strategy-2015-da")
    ]


def test_a_paper_has_a_mark_that_changes_with_what_it_says_and_not_with_the_release(tmp_path: Path) -> None:
    mark = paper("en").mark
    assert re.fullmatch("[0-9a-f]{4} [0-9a-f]{4}", mark)
    assert all(f"Mark of the contents: {mark}" in page for page in _pages(pdf("en")))
    assert f"Mark of the contents: {mark} · " in _word("en").sections[0].footer.paragraphs[0].text
    later = write_lilleby(tmp_path / "later")
    assert paper_of(PublicRelease(later.folder, "2023-r7"), "plan", "en", draft=True).mark == mark
    remarked = write_lilleby(tmp_path / "remarked", remarks=[REMARK])
    assert paper_of(remarked, "plan", "en", draft=True).mark != mark
    assert paper("en", draft=False).mark != mark
    assert paper("da").mark != mark


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


@pytest.mark.parametrize("strategy", ["grundlagspapir_2014_2017", "social_strategy_2015", "social_strategy_2018_2022"])
def test_every_strategy_of_copenhagen_can_be_a_paper(strategy: str) -> None:
    found = paper_of(copenhagen(), strategy, "da", draft=True)
    pages = _pages(pdf_of(found))
    notice = "Ikke en hjemmeside fra Københavns Kommune."
    assert all(notice in page and "UDKAST" in page for page in pages)
    assert re.search(r"Side 1 af \d+", pages[0])
    assert Document(io.BytesIO(word_of(found))).paragraphs[0].text == found.title


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


def test_the_command_writes_the_papers_and_names_them(tmp_path: Path) -> None:
    root = copenhagen().folder.parents[2]
    done = CliRunner().invoke(cli, ["paper", str(root), "--to", str(tmp_path), "--lang", "en"])
    names = ["status-2024-en.pdf", "status-2024-en.docx"]
    assert done.output.splitlines() == [f"{tmp_path / name} written" for name in names]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    assert "DRAFT" in _pages((tmp_path / names[0]).read_bytes())[0]


def test_the_command_refuses_a_strategy_that_is_not_there(tmp_path: Path) -> None:
    root = copenhagen().folder.parents[2]
    done = CliRunner().invoke(cli, ["paper", str(root), "--to", str(tmp_path), "--strategy", "nothing_such"])
    assert isinstance(done.exception, RefusedError)
    assert list(tmp_path.iterdir()) == []
