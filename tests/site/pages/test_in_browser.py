"""What the pages' own scripts do, and that nothing is lost without them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from tests.site.browsing import Visit, Windows, focused, tabbed
from tests.site.conftest import BASE

from pejl.text import Language

OWN_TOOLS = "[data-goal-filter], [data-a-z-search]"
"""Forms that need scripts; where there are none each single choice has a page, and the letters lead the way."""


@pytest.fixture
def front(windows: Windows, copenhagen_origin: str) -> Iterator[Visit]:
    with windows.visiting(copenhagen_origin, 1280) as visit:
        visit.go(f"{BASE}en/")
        yield visit


@pytest.fixture
def index(windows: Windows, copenhagen_origin: str) -> Iterator[Visit]:
    with windows.visiting(copenhagen_origin, 1280) as visit:
        visit.go(f"{BASE}a-aa/")
        yield visit


def shown(visit: Visit) -> int:
    return visit.page.locator("[data-goals] .goal-row:visible").count()


def test_all_goals_are_shown_before_anything_is_chosen(front: Visit) -> None:
    assert shown(front) == 14
    expect(front.page.locator("[data-goal-count]")).to_have_text("")


def test_choices_are_combined_and_the_count_is_said(front: Visit) -> None:
    front.page.locator("#filter-vision").select_option("vision_dignified")
    assert shown(front) == 3
    expect(front.page.get_by_role("status")).to_have_text("3 goals are shown.")
    front.page.locator("#filter-development").select_option("unknown")
    assert shown(front) == 3
    assert front.page.locator("[data-goals] .goal-section:visible").count() == 1
    assert front.problems() == []


def test_all_goals_come_back(front: Visit) -> None:
    front.page.locator("#filter-vision").select_option("vision_organisation")
    assert shown(front) == 4
    front.page.get_by_role("button", name="Show all goals").click()
    expect(front.page.get_by_role("status")).to_have_text("")
    assert shown(front) == 14


def test_the_filter_is_worked_by_keyboard_alone(front: Visit) -> None:
    front.page.locator("#filter-vision").focus()
    front.page.keyboard.press("ArrowDown")
    expect(front.page.get_by_role("status")).to_have_text("3 goals are shown.")
    front.page.keyboard.press("Tab")
    assert focused(front.page).startswith("button")
    front.page.keyboard.press("Enter")
    expect(front.page.get_by_role("status")).to_have_text("")


def test_tab_reaches_verdicts_then_choices_then_goals(front: Visit) -> None:
    reached = tabbed(front.page)
    places = [
        next(at for at, each in enumerate(reached) if mark in each)
        for mark in ("A sign without", "#filter-target", "lonely")
    ]
    assert places == sorted(places)


def test_search_finds_words_wherever_they_stand(index: Visit) -> None:
    index.page.locator("#a-z-text").fill("hjemløshed unge")
    found = index.page.locator("[data-a-z-entry]:visible")
    assert found.count() == 2
    assert all("hjemløshed" in each for each in found.all_inner_texts())
    assert index.page.locator("[data-a-z-letter]:visible").count() == 2


def test_search_says_when_nothing_is_found(index: Visit) -> None:
    status = index.page.get_by_role("status")
    index.page.locator("#a-z-text").fill("zzz")
    expect(status).not_to_have_text("")
    assert index.page.locator("[data-a-z-entry]:visible").count() == 0
    index.page.locator("#a-z-text").fill("")
    expect(status).to_have_text("")
    assert index.page.locator("[data-a-z-entry]:visible").count() > 50


def words(visit: Visit) -> list[str]:
    """Return every word of the main part, without the forms that need scripts."""
    visit.page.locator("main").wait_for()
    text: str = visit.page.locator("main").inner_html()
    without = re.sub(r"<form .*?</form>", "", text, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", without).split()


def test_without_scripts_every_kind_of_page_says_the_same(
    windows: Windows, copenhagen_origin: str, copenhagen_pages: dict[tuple[str, Language], str]
) -> None:
    paths = [path for (_, language), path in copenhagen_pages.items() if language == "en"]
    assert len(paths) > 20
    with (
        windows.visiting(copenhagen_origin, 1280) as with_scripts,
        windows.visiting(copenhagen_origin, 1280, scripts=False) as without,
    ):
        for path in paths:
            with_scripts.go(path)
            without.go(path)
            assert words(without) == words(with_scripts), path
            assert without.page.locator(OWN_TOOLS).locator("visible=true").count() == 0, path


def test_a_table_too_wide_for_the_window_scrolls_by_keyboard(windows: Windows, copenhagen_origin: str) -> None:
    with windows.visiting(copenhagen_origin, 360) as visit:
        visit.go(f"{BASE}data/")
        region = visit.page.locator("[role=region]").first
        region.focus()
        assert region.evaluate("e => e.scrollWidth > e.clientWidth")
        visit.page.keyboard.press("ArrowRight")
        expect(region).to_be_focused()
        expect(region).not_to_have_js_property("scrollLeft", 0)
        assert visit.problems() == []


def test_tables_of_words_fit_a_telephone(windows: Windows, copenhagen_origin: str) -> None:
    with windows.visiting(copenhagen_origin, 360) as visit:
        for path in ("nyt/", "en/changes/", "vurdering/", "en/judgement/"):
            visit.go(f"{BASE}{path}")
            region = visit.page.locator("[role=region]").first
            assert region.evaluate("e => e.scrollWidth - e.clientWidth") == 0, path
