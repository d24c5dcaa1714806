"""Every page of the office, as everybody who may see it: no barrier, no complaint, nothing too wide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from tests.office.conftest import Browse
from tests.site.browsing import WIDTHS, Visit, violations

from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.demonstration import BUILDERS

pytestmark = pytest.mark.in_browser
_FILES = re.compile(r"\.(pdf|ics|docx|csv|xlsx)$|/file/|/pdf/|/print/")


@pytest.fixture
def demonstration(world: World) -> World:
    """What `pejl serve` shows of a demonstration."""
    for builder in BUILDERS:
        builder(world)
    return world


def walk(visit: Visit) -> Iterator[tuple[str, str]]:
    """Follow every link from the desk on, and yield the first page of every route with its address."""
    seen: set[str] = set()
    ahead = ["/office/"]
    while ahead:
        path = ahead.pop(0)
        name = str(resolve(urlsplit(path).path).url_name)
        if name in seen or _FILES.search(path):
            continue
        seen.add(name)
        visit.go(path)
        yield name, path
        for href in visit.page.locator("main a[href], .mainmenu a[href]").evaluate_all("all => all.map(e => e.href)"):
            parts = urlsplit(href)
            if href.startswith(visit.origin) and re.match(r"/(office|dialog|en/dialogue)/", parts.path):
                ahead.append(parts.path + (f"?{parts.query}" if parts.query else ""))


def faults(visit: Visit, name: str) -> list[str]:
    """What is wrong with a page."""
    return visit.problems() + [f"{name}: {each}" for each in violations(visit.page)]


@pytest.mark.django_db(transaction=True)
def test_every_page_can_be_used_by_everybody(demonstration: World, browse: Browse) -> None:
    """Each route once, wide and then narrow: as the first role that comes to it."""
    done: set[str] = set()
    found = []
    for role in Role:
        with browse(role, max(WIDTHS)) as visit:
            for name, _ in walk(visit):
                if name not in done:
                    done.add(name)
                    assert visit.page.locator("h1").count() == 1, name
                    for width in sorted(WIDTHS, reverse=True):
                        visit.page.set_viewport_size({"width": width, "height": 900})
                        said = faults(visit, f"{name}, {width} px")
                        narrowed = width != max(WIDTHS)  # then the layout moves, as it must
                        found += [each for each in said if not (narrowed and "the layout moved" in each)]
                    visit.page.set_viewport_size({"width": max(WIDTHS), "height": 900})
    assert found == []
    assert {"account", "unit", "audit", "outbox", "year_meeting", "way", "plan", "dialogue_meeting"} <= done


@pytest.mark.every_page
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.django_db(transaction=True)
def test_every_page_as_every_role(width: int, role: Role, demonstration: World, browse: Browse) -> None:
    found = []
    with browse(role, width) as visit:
        for name, _ in walk(visit):
            found += faults(visit, name)
    assert found == []


@pytest.mark.django_db(transaction=True)
def test_a_role_is_chosen_with_the_keyboard_alone_and_without_scripts(world: World, browse: Browse) -> None:
    for scripts in (True, False):
        with browse(None, 360, scripts=scripts) as visit:
            visit.go("/office/")
            visit.page.locator("button[value=secretariat]").focus()
            visit.page.keyboard.press("Enter")
            visit.page.wait_for_url("**/office/")
            assert visit.page.locator("h1").inner_text() == "Mit skrivebord"
            visit.page.get_by_role("button", name="English").click()
            assert visit.page.locator("h1").inner_text() == "My desk"
            visit.page.get_by_role("button", name="Dansk").click()
            assert visit.page.locator("html").get_attribute("lang") == "da"
