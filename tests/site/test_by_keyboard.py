"""Every page can be used with the keyboard alone, and without scripts has the same to say."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page
from tests.site.browsing import Windows, focused, tabbed, violations, visiting

from pejl.text import Language

Pages = dict[tuple[str, Language], str]
NARROW, WIDE = 360, 1280
CONTENT = ("front", "strategy", "goal", "indicator", "breakdown", "changes", "a_z", "easy", "open_data", "not_found")


def test_the_first_stop_leads_past_the_menu_to_the_content(
    windows: Windows, copenhagen_origin: str, copenhagen_pages: Pages
) -> None:
    with windows.visiting(copenhagen_origin, WIDE) as visit:
        visit.go(copenhagen_pages["front", "da"])
        visit.page.keyboard.press("Tab")
        assert focused(visit.page).startswith("a.skipnav")
        assert visit.page.locator(".skipnav").bounding_box()["x"] >= 0  # type: ignore[index]
        visit.page.keyboard.press("Enter")
        assert visit.page.url.endswith("#main-content")
        visit.page.keyboard.press("Tab")
        inside = visit.page.evaluate("document.querySelector('main').contains(document.activeElement)")
        assert inside, focused(visit.page)


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", ["front", "goal", "indicator"])
def test_tab_reaches_everything_that_can_be_used_and_shows_where_it_is(
    name: str, width: int, windows: Windows, copenhagen_origin: str, copenhagen_pages: Pages
) -> None:
    with windows.visiting(copenhagen_origin, width) as visit:
        visit.go(copenhagen_pages[name, "da"])
        usable = visit.page.evaluate(_USABLE)
        visit.page.evaluate(_COUNT_FOCUS)
        tabbed(visit.page, 2 * usable + 20)
        assert visit.page.evaluate("window.__focused.size") == usable
        assert visit.page.evaluate("window.__unseen") == []


_USABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
  .filter(e => e.checkVisibility({checkVisibilityCSS: true}) && !e.disabled).length"""

_COUNT_FOCUS = """() => { window.__focused = new Set(); window.__unseen = [];
  document.addEventListener("focusin", event => { const e = event.target; window.__focused.add(e);
    const style = getComputedStyle(e);
    const seen = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    const box = e.getBoundingClientRect();
    if (!seen || box.width < 1 || box.height < 1) window.__unseen.push(e.outerHTML.slice(0, 100)); }); }"""


def test_the_menu_of_a_narrow_page_opens_holds_the_focus_and_closes(
    windows: Windows, copenhagen_origin: str, copenhagen_pages: Pages
) -> None:
    with windows.visiting(copenhagen_origin, NARROW) as visit:
        page = visit.page
        visit.go(copenhagen_pages["goal", "da"])
        assert not page.locator(".mobile-drawer").is_visible()
        assert not page.locator(".navigation-menu").is_visible()
        page.locator(".js-menu-open").focus()
        page.keyboard.press("Enter")
        page.locator(".mobile-drawer").wait_for(state="visible")
        assert _in_drawer(page)
        assert violations(page) == []
        for _ in range(12):
            page.keyboard.press("Tab")
            assert _in_drawer(page), focused(page)
        page.keyboard.press("Escape")
        page.locator(".mobile-drawer").wait_for(state="hidden")
        assert "js-menu-open" in focused(page)
        page.keyboard.press("Enter")
        page.locator(".mobile-drawer .nav-link").first.click()
        assert page.url == copenhagen_origin + copenhagen_pages["front", "da"]
        assert visit.problems() == []


def _in_drawer(page: Page) -> bool:
    inside: bool = page.evaluate("document.querySelector('.mobile-drawer').contains(document.activeElement)")
    return inside


def test_what_is_folded_away_opens_with_the_keyboard(
    windows: Windows, copenhagen_origin: str, copenhagen_pages: Pages
) -> None:
    with windows.visiting(copenhagen_origin, WIDE) as visit:
        visit.go(copenhagen_pages["indicator", "da"])
        summary = visit.page.locator("main details > summary").first
        summary.focus()
        visit.page.keyboard.press("Enter")
        assert visit.page.locator("main details").first.evaluate("e => e.open") is True
        assert violations(visit.page) == []
        visit.page.keyboard.press("Space")
        assert visit.page.locator("main details").first.evaluate("e => e.open") is False


def test_a_wide_table_scrolls_by_itself_with_the_arrow_keys(
    windows: Windows, copenhagen_origin: str, copenhagen_pages: Pages
) -> None:
    with windows.visiting(copenhagen_origin, NARROW) as visit:
        visit.go(copenhagen_pages["indicator", "da"])
        visit.page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
        moved = visit.page.evaluate(
            """() => { const wide = [...document.querySelectorAll(".table--responsive-scroll")]
                 .filter(e => e.scrollWidth > e.clientWidth); if (wide.length) wide[0].focus(); return wide.length; }"""
        )
        assert moved > 0, "no table is wider than the window"
        visit.page.keyboard.press("ArrowRight")
        for _ in range(200):  # it glides; waiting inside the page would need eval, which the page's policy forbids
            if visit.page.evaluate("document.activeElement.scrollLeft") > 0:
                break
            visit.page.wait_for_timeout(25)
        assert visit.page.evaluate("document.activeElement.scrollLeft") > 0
        assert visit.page.evaluate("document.documentElement.scrollWidth") == NARROW


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", CONTENT)
def test_without_scripts_a_page_says_the_same(
    name: str, width: int, windows: Windows, copenhagen_origin: str, copenhagen_pages: Pages
) -> None:
    told = []
    for scripts in (True, False):
        with windows.visiting(copenhagen_origin, width, scripts=scripts) as visit:
            visit.go(copenhagen_pages[name, "da"])
            main = visit.page.locator("main")
            words = main.inner_text()
            for form in main.locator("form").all():
                words = words.replace(form.inner_text(), "")
            told.append(" ".join(words.split()))
            menu = visit.page.locator(".navigation-menu a, .js-menu-open")
            assert any(each.is_visible() for each in menu.all())
            if not scripts:
                assert not visit.page.locator(".js-menu-open").is_visible()
                assert not main.locator("form").is_visible() if main.locator("form").count() else True
    assert told[0] == told[1]


@pytest.mark.parametrize("name", ["front", "goal", "indicator"])
def test_a_page_can_be_magnified_fourfold(
    name: str, windows: Windows, copenhagen_origin: str, copenhagen_pages: Pages
) -> None:
    """1280 px at 400 % are 320 px (WCAG 1.4.10)."""
    with windows.visiting(copenhagen_origin, 320) as visit:
        visit.go(copenhagen_pages[name, "da"])
        assert visit.problems() == []


@pytest.mark.parametrize("name", ["front", "goal", "indicator"])
def test_with_colours_of_the_readers_own_everything_is_still_there(
    name: str, browser: Browser, copenhagen_origin: str, copenhagen_pages: Pages
) -> None:
    with visiting(browser, copenhagen_origin, WIDE, forced_colors="active") as visit:
        visit.go(copenhagen_pages[name, "da"])
        assert visit.problems() == []
        assert violations(visit.page) == []


def test_nothing_moves_when_the_reader_has_asked_for_that(
    windows: Windows, copenhagen_origin: str, copenhagen_pages: Pages
) -> None:
    with windows.visiting(copenhagen_origin, NARROW) as visit:
        visit.go(copenhagen_pages["front", "da"])
        longest = visit.page.evaluate(
            """() => Math.max(...[...document.querySelectorAll("*")].flatMap(e => { const s = getComputedStyle(e);
                 return [s.transitionDuration, s.animationDuration]
                   .map(each => Math.max(...each.split(",").map(parseFloat))); }))"""
        )
        assert longest <= 0.001


def test_on_paper_the_ways_to_go_are_left_out_and_what_is_folded_is_open(
    browser: Browser, copenhagen_origin: str, copenhagen_pages: Pages
) -> None:
    with visiting(browser, copenhagen_origin, WIDE) as visit:
        visit.go(copenhagen_pages["indicator", "da"])
        visit.page.emulate_media(media="print")
        for place in (".navigation-menu", ".breadcrumbs", ".site-languages", ".js-menu-open"):
            assert not visit.page.locator(place).first.is_visible(), place
        assert visit.page.locator(".notice").first.is_visible()
        assert visit.page.locator("details .table").first.is_visible()
        assert not visit.page.locator("#footer-pages").is_visible()
        assert visit.page.locator("#footer-contact").is_visible()
        pdf = visit.page.pdf()
    assert re.match(rb"%PDF-1\.\d", pdf)
