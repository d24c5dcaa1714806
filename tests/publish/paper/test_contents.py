"""What the committee's paper says."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.publish.charts.worlds import copenhagen, write_lilleby
from tests.publish.paper.papers import REMARK, headings, pages_of, paper, pdf, walk, word_document

from pejl.publish.paper import Paper, paper_of
from pejl.publish.paper.model import Blank, Grid, Heading, Items, Paragraph
from pejl.publish.paper.pdf import pdf_of
from pejl.publish.paper.word import word_of
from pejl.release.public import PublicRelease
from pejl.text import Language


def test_it_has_the_parts_of_a_copenhagen_paper_in_their_order() -> None:
    assert headings(paper(), 1) == [
        "Resumé", "Indstilling", "Problemstilling", "Løsning", "Økonomi", "Videre proces", "Bilag",
        "Bilag 1: Målene ét for ét", "Bilag 2: Tallene", "Bilag 3: Opgørelsesmetoder",
    ]  # fmt: skip
    assert headings(paper("en"), 1)[:7] == [
        "Summary", "Recommendation", "Problem", "Solution", "Economy", "Further process", "Annexes",
    ]  # fmt: skip


def test_summary_and_recommendation_are_one_page() -> None:
    first, second, *_ = pages_of(pdf())
    assert "Forvaltningen indstiller, at Socialudvalget" in first
    assert "tager status 2023 for" in first
    assert "til efterretning" in first
    assert "Problemstilling" not in first
    assert "Problemstilling" in second


def test_each_goal_has_a_page_of_its_own() -> None:
    pages = pages_of(pdf("en"))
    for title in ("1A More get help", "Fewer are lonely", "Lives stay stable", "We know who moves", "More meet others"):
        assert sum(f"{title}\r\nTarget:" in page for page in pages) == 1


def test_what_nobody_here_knows_is_a_place_for_the_secretariat() -> None:
    prompts = [block.prompt for block in paper().blocks if isinstance(block, Blank)]
    assert "Udfyldes af sekretariatet: Har sagen økonomiske konsekvenser?" in prompts
    assert "Udfyldes af sekretariatet: Hvad sker der efter mødet?" in prompts
    assert sum(prompt.startswith("Skrives af forvaltningen") for prompt in prompts) == 5


def test_only_what_lies_ahead_in_the_annual_wheel_is_the_further_process() -> None:
    text = "".join(pages_of(pdf("en")))
    assert "Q2 2024: Next status" in text
    assert "Was" not in text


def test_remarks_stand_with_author_and_approval(tmp_path: Path) -> None:
    release = write_lilleby(tmp_path, remarks=[REMARK])
    text = "".join(pages_of(pdf_of(paper_of(release, "plan", "da", draft=False))))
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
        assert "da-DK" in {str(element.get("/Lang")) for element in walk(found) if "/Lang" in element}


def test_remarks_of_other_years_stay_out(tmp_path: Path) -> None:
    release = write_lilleby(tmp_path, remarks=[{**REMARK, "year": 2022}])
    assert "Socialchefen" not in "".join(pages_of(pdf_of(paper_of(release, "plan", "da", draft=False))))


def test_what_is_being_done_stands_with_its_goal_in_the_language_it_is_written_in(tmp_path: Path) -> None:
    release = write_lilleby(tmp_path)
    work = {"day": "2023-12-01", "not_begun": 0, "under_way": 2, "done": 1, "given_up": 0, "titles": ["Åben kaffe"]}
    (release.folder / "doing.json").write_text(json.dumps({"more_helped": work}), encoding="utf-8")
    english = paper_of(release, "plan", "en", draft=False)
    assert headings(english, 3).count("What is being done") == 1
    at = next(at for at, block in enumerate(english.blocks) if getattr(block, "text", "") == "What is being done")
    counted, _, named = english.blocks[at + 1 : at + 4]
    assert isinstance(counted, Paragraph)
    assert counted.runs[0].text.endswith("as it stood on 1 December 2023: under way: 2, carried out: 1.")
    assert isinstance(named, Items)
    assert (named.items[0][0].text, named.lang) == ("Åben kaffe", "da")
    danish = " ".join("".join(pages_of(pdf_of(paper_of(release, "plan", "da", draft=False)))).split())
    assert "som det stod 1. december 2023: i gang: 2, gennemført: 1." in danish


@pytest.mark.parametrize(("language", "standing"), [("da", "UDKAST"), ("en", "DRAFT")])
def test_a_draft_says_so_on_every_page_and_every_page_has_the_notice(language: Language, standing: str) -> None:
    notice = {"da": "Opfundet til prøver.", "en": "Invented for tests."}[language]
    for page in pages_of(pdf(language)):
        assert standing in page
        assert notice in page
    for page in pages_of(pdf(language, draft=False)):
        assert standing not in page
        assert notice in page


def test_a_paper_has_a_mark_that_changes_with_what_it_says_and_not_with_the_release(tmp_path: Path) -> None:
    mark = paper("en").mark
    assert re.fullmatch("[0-9a-f]{4} [0-9a-f]{4}", mark)
    assert all(f"Mark of the contents: {mark}" in page for page in pages_of(pdf("en")))
    assert f"Mark of the contents: {mark} · " in word_document("en").sections[0].footer.paragraphs[0].text
    later = write_lilleby(tmp_path / "later")
    assert paper_of(PublicRelease(later.folder, "2023-r7"), "plan", "en", draft=True).mark == mark
    remarked = write_lilleby(tmp_path / "remarked", remarks=[REMARK])
    assert paper_of(remarked, "plan", "en", draft=True).mark != mark
    assert paper("en", draft=False).mark != mark
    assert paper("da").mark != mark


@pytest.mark.parametrize("strategy", ["grundlagspapir_2014_2017", "social_strategy_2015", "social_strategy_2018_2022"])
def test_every_strategy_of_copenhagen_can_be_a_paper(strategy: str) -> None:
    found = paper_of(copenhagen(), strategy, "da", draft=True)
    pages = pages_of(pdf_of(found))
    notice = "Ikke en hjemmeside fra Københavns Kommune."
    assert all(notice in page and "UDKAST" in page for page in pages)
    assert re.search(r"Side 1 af \d+", pages[0])
    assert Document(io.BytesIO(word_of(found))).paragraphs[0].text == found.title


def test_a_paper_that_is_out_says_what_it_leaves_out_and_its_word_file_still_has_the_place() -> None:
    text = " ".join("".join(pages_of(pdf("en", draft=False))).split())
    assert "This paper says nothing of the economy." in text
    assert "This paper does not say what happens after the meeting." in text
    assert "To be filled in" not in text
    assert "To be filled in" in "".join(pages_of(pdf("en")))
    places = word_document("en", draft=False).element.body.iter(qn("w:alias"))
    assert "To be filled in by the secretariat: what happens after the meeting?"[:60] in {
        place.get(qn("w:val")) for place in places
    }


def test_a_strategy_that_is_over_ran_and_one_that_nobody_dated_is_named() -> None:
    assert _run_on(paper("en")) == ["It runs from 1 January 2020 to 31 December 2023."]
    over = paper_of(copenhagen(), "grundlagspapir_2014_2017", "en", draft=True)
    assert _run_on(over) == ["It ran from 1 January 2014 to 31 December 2017."]
    undated = paper_of(copenhagen(), "social_strategy_2018_2022", "en", draft=True)
    assert _run_on(undated) == ['"A city with room for everyone" ran from 1 January 2018 to 31 December 2022.']


def _run_on(of: Paper) -> list[str]:
    paragraphs = (block.runs[0].text for block in of.blocks if isinstance(block, Paragraph))
    return [text for text in paragraphs if re.search(r" (runs|ran) from [0-9]", text)]


def test_the_overview_says_what_a_figure_counts_and_once_in_a_row_why_it_is_not_shown() -> None:
    overview = next(block for block in paper("en").blocks if isinstance(block, Grid) and len(block.head) == 5)
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in overview.rows}
    assert rows["1A More get help"][1] == "2023: 61 (47\N{EN DASH}78) persons"
    assert rows["Lives stay stable"][1] == "2023: 95% (94.0\N{EN DASH}95.9)"
    assert rows["Fewer are lonely"][1:] == ["not shown, to protect people's anonymity", "not shown", "not shown"]


def test_a_goal_says_once_that_its_development_is_not_shown() -> None:
    blocks = paper("en").blocks
    at = next(at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.text == "Fewer are lonely")
    said = [
        "".join(run.text for run in block.runs) for block in blocks[at + 1 : at + 5] if isinstance(block, Paragraph)
    ]
    assert said == [
        "Target: below 20% in 2023",
        "Target reached? not shown, to protect people's anonymity",
        "Development: not shown, to protect people's anonymity",
    ]


def test_footnotes_stand_only_where_there_is_something_they_are_about() -> None:
    intervals = "The intervals in brackets after a figure are 95\N{NO-BREAK SPACE}% confidence intervals."
    told = {run.text for block in paper("en").blocks if isinstance(block, Paragraph) for run in block.runs}
    assert intervals in told
    signs = paper_of(copenhagen(), "social_strategy_2018_2022", "en", draft=True)  # no figure, so no interval
    found = {run.text for block in signs.blocks if isinstance(block, Paragraph) for run in block.runs}
    assert intervals not in found
    assert not any(text.startswith("Comparisons tested") for text in found)


def test_titles_have_the_room_where_all_targets_are_short() -> None:
    signs = paper_of(copenhagen(), "social_strategy_2018_2022", "en", draft=True)
    numbers = paper_of(copenhagen(), "grundlagspapir_2014_2017", "en", draft=True)
    shares = [
        {
            round(grid.widths[0] / sum(grid.widths), 3)
            for grid in each.blocks
            if isinstance(grid, Grid) and grid.head[4:]
        }
        for each in (signs, numbers)
    ]
    assert shares[0] == {0.28}
    assert 0.216 in shares[1]
