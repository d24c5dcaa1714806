"""The hand-written town as pages: what stands in the HTML that the selection alone cannot tell."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from tests.site.checking import Document, html_problems
from tests.site.pages.town import Record, both, write

from pejl.release.standing import Act, Happening, Standing, State
from pejl.site.addresses import Base
from pejl.site.assets import load_assets
from pejl.site.edition import Edition, FileLine
from pejl.site.pages import KINDS
from pejl.site.pages.contents import Contents
from pejl.site.pages.corrections import corrections
from pejl.site.recording import Noted
from pejl.site.rendering import Renderer, environment
from pejl.site.standings import Shown

CORRECTION = Happening(
    "2020-04-01T10:00:00Z",
    str(Act.CORRECT),
    "Sekretariatet",
    {"da": "Et tal var talt to gange.", "en": None},
    corrected_by="2019-r2",
    cells=(
        {"indicator": "homeless", "period": "2019", "cell": "district=north", "old": 121.0, "new": 120.0},
        {"indicator": "homeless", "period": "2018", "cell": "total", "old": 181.0, "new": None},
    ),
)


def changed(files: Record) -> None:
    """Put districts on tiles, leave a title untranslated, and try to smuggle HTML in."""
    codes = files["workspace.json"]["dimensions"]["district"]["codes"]
    codes[0]["tile"], codes[1]["tile"] = [0, 0], [0, 1]
    files["indicators/homeless.json"]["title"] = {"da": "Mennesker i hjemløshed", "en": None}
    files["remarks.json"][1]["why"] = "<script>alert(1)</script> og [her](javascript:alert(1))"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("town")
    write(folder, changed)
    standing = Standing("2019-r2", State.PUBLIC, corrects=(("2019-r1", CORRECTION),))
    return Edition(
        Noted(folder, "2019-r2"), KINDS, Base("/by/"), Shown(folder, "2019-r2", 2019, "2020-04-01T10:00:00Z", standing)
    )


@pytest.fixture(scope="module")
def pages(edition: Edition) -> dict[str, str]:
    """Every page by its path from the root of the site."""
    renderer = Renderer(load_assets())
    return {path: renderer.page(edition, place).decode() for path, place in edition.places.items()}


def main_of(page: str) -> str:
    """Return the words of the main part, spaces made one."""
    found = re.search(r"<main .*?</main>", page, re.DOTALL)
    assert found is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found.group())).split())


def test_every_page_is_valid_html(pages: dict[str, str]) -> None:
    assert len(pages) == 72
    problems = [problem for path, page in pages.items() for problem in html_problems(Document(path, page.encode()))]
    assert problems == []


def test_titles_are_unique_within_a_language_and_every_page_says_what_it_is(pages: dict[str, str]) -> None:
    titles = Counter(
        (path.startswith("en/"), *re.findall(r"<title>(.*?)</title>", page)[:1]) for path, page in pages.items()
    )
    assert [title for title, times in titles.items() if times > 1] == []
    assert [path for path, page in pages.items() if '<meta name="description" content="' not in page] == []


def test_a_text_nobody_translated_is_marked_as_danish_in_english_pages_only(pages: dict[str, str]) -> None:
    assert '<h1><span lang="da">Mennesker i hjemløshed</span></h1>' in pages["en/indicators/homeless/"]
    assert "<h1>Mennesker i hjemløshed</h1>" in pages["indikatorer/homeless/"]


def test_remarks_in_another_language_are_marked(pages: dict[str, str]) -> None:
    assert pages["en/goals/sign-homeless/"].count('<article class="remark" lang="da">') == 1
    assert 'class="remark" lang' not in pages["maal/sign-homeless/"]


def test_remarks_cannot_smuggle_html_or_scripts_in(pages: dict[str, str]) -> None:
    page = pages["maal/sign-homeless/"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; og [her](javascript:alert(1))" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_a_withheld_number_has_its_mark_and_its_words(pages: dict[str, str]) -> None:
    page = pages["en/indicators/homeless/district/"]
    mark = '<span class="nothing-mark" aria-hidden="true">▨</span>'
    assert page.count(f'{mark}<span class="sr-only">not shown, to protect people&#39;s anonymity</span>') == 1
    assert "▨ not shown, to protect people's anonymity. There is a number" in main_of(page)


def test_districts_with_tiles_are_drawn_as_a_map_wide_and_narrow(pages: dict[str, str]) -> None:
    assert pages["en/indicators/homeless/district/"].count("pejl-chart--tiles") == 2


def test_the_front_page_leads_from_each_count_to_its_goals(pages: dict[str, str]) -> None:
    page = pages["en/"]
    for kind, value in (("target", "reached"), ("target", "not-set"), ("development", "right-way"), ("vision", "v1")):
        assert f'href="/by/en/status/{kind}/{value}/"' in page
    assert "3 goals" in main_of(page)
    assert "1 of 3 goals have a figure." in main_of(page)


def last_crumb(page: str) -> str:
    found = re.findall(r'<li class="breadcrumbs__list-item" aria-current="page">(?:<svg.*?</svg>)?(.*?)</li>', page)
    assert len(found) == 1
    return unescape(str(found[0]))


def test_the_last_step_of_the_way_says_no_more_than_the_steps_before_leave_open(pages: dict[str, str]) -> None:
    assert last_crumb(pages["en/goals/sign-homeless/"]) == "Færre i hjemløshed (en)"
    assert last_crumb(pages["en/indicators/homeless/district/"]) == "By bydel (en)"
    assert last_crumb(pages["en/strategies/"]) == "Strategies"
    assert last_crumb(pages["en/strategies/plan/"]) == "Ny plan (en)"
    assert last_crumb(pages["en/judgement/"]) == "How we judge"


def test_of_a_strategy_without_figures_no_zero_is_told(pages: dict[str, str]) -> None:
    assert "(draft, 1 goal, none with a figure)" in main_of(pages["en/"])
    assert "The one goal has no figure here." in main_of(pages["en/strategies/plan-draft/"])
    assert "The one goal has a figure." in main_of(pages["en/strategies/old-plan/"])


def test_papers_are_offered_to_be_read_first_and_say_when_they_are_in_another_language(tmp_path: Path) -> None:
    release = write(tmp_path)
    files = tuple(
        FileLine(f"status-2019-{code}.{ending}", "paper_file", 2000)
        for code in ("da", "en")
        for ending in ("docx", "pdf")
    )
    shown = Shown(tmp_path, release.id, 2019, "2020-04-01T10:00:00Z", Standing(release.id, State.PUBLIC))
    edition = Edition(Noted(tmp_path, release.id), KINDS, Base("/by/"), shown)
    edition.know_files(lambda: files)
    place = next(each for each in edition.places.values() if (each.name, each.language) == ("papers", "da"))
    page = Renderer(load_assets()).page(edition, place).decode()
    told = re.findall(r'href="/by/paper/([^"]+)" download>(.*?)<svg', page)
    assert [name for name, _ in told] == [
        f"status-2019-{code}.{kind}" for code in ("da", "en") for kind in ("pdf", "docx")
    ]
    assert len({words for _, words in told}) == 4


def test_words_in_a_column_of_numbers_may_be_broken_and_numbers_may_not() -> None:
    macros = environment("en").get_template("macros/components.html").module
    head = [{"text": "Year"}, {"text": "Persons", "number": True}]
    made = macros.table("t", "Caption", head, [["2018", "not shown"], ["2019", "1,849"], ["2020", "−3 to 4"]])  # type: ignore[attr-defined]
    assert re.findall(r'<td class="([^"]*)">(.*?)</td>', made) == [
        ("number in-words", "not shown"),
        ("number", "1,849"),
        ("number", "−3 to 4"),
    ]


def hidden(files: Record) -> None:
    """Put districts on tiles, and withhold every figure of them."""
    changed(files)
    files["cells/homeless.csv"] = re.sub(
        r"(,(?:north|south|unknown)),.*", r"\1,,,,,,,withheld,persons,,register,,,", files["cells/homeless.csv"]
    )


def test_where_no_district_has_a_figure_there_is_no_map_of_nothing(tmp_path: Path) -> None:
    release = write(tmp_path, hidden)
    shown = Shown(tmp_path, release.id, 2019, "2020-04-01T10:00:00Z", Standing(release.id, State.PUBLIC))
    edition = Edition(Noted(tmp_path, release.id), KINDS, Base("/by/"), shown)
    place = next(each for each in edition.places.values() if (each.name, each.language) == ("breakdown", "en"))
    page = Renderer(load_assets()).page(edition, place).decode()
    assert "not shown, to protect people's anonymity" in main_of(page)
    assert "The same on a map" not in main_of(page)


def test_what_is_missing_is_said_without_blame(pages: dict[str, str]) -> None:
    words = main_of(pages["en/"])
    assert "Cannot be measured yet (2) The goal is there, and a way to measure it is still to be found." in words
    assert "It says nothing of how things go." in words


def test_goals_of_the_town_tell_where_they_come_from(pages: dict[str, str]) -> None:
    assert "Continues 1A Færre i hjemløshed (en) (Gammel plan (en))" in main_of(pages["en/goals/sign-homeless/"])


def test_a_correction_tells_why_and_the_old_numbers(pages: dict[str, str]) -> None:
    words = main_of(pages["en/changes/"])
    assert "Correction on 1 April 2020 Et tal var talt to gange." in words
    assert "Mennesker i hjemløshed 2019, Nord (en): was 121, is 120 2018: was 181, is not shown any more" in words


def test_a_corrected_indicator_that_is_gone_is_left_out(tmp_path: Path) -> None:
    gone = Happening("2020-04-01", str(Act.CORRECT), cells=({"indicator": "gone", "period": "2019", "cell": "total"},))
    found = corrections(Contents(write(tmp_path)), [("2019-r1", gone)], "en")
    assert [each.indicators for each in found] == [()]


def test_every_kind_of_page_is_there_in_both_languages(edition: Edition) -> None:
    names = Counter((place.name, place.language) for place in edition.places.values())
    assert {name for name, _ in names} == {kind.name for kind in KINDS}
    assert all(names[kind.name, "da"] == names[kind.name, "en"] for kind in KINDS)


def test_texts_of_the_town_reach_the_page_in_its_own_language(pages: dict[str, str]) -> None:
    english = both("Forvaltningen")["en"]
    assert english is not None
    assert english in main_of(pages["en/goals/sign-lonely/"])
    assert english not in main_of(pages["maal/sign-lonely/"])
