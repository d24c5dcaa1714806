"""A story in a real browser, in Danish: a strategy goes from its decision to its adoption."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.office.conftest import Browse
from tests.site.browsing import violations

from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.strategies.models import StrategyWay

pytestmark = [pytest.mark.in_browser, pytest.mark.django_db(transaction=True)]
STEPS = (
    ("Det besluttes at lave strategien", "2014-08-13"),
    ("Første drøftelse", "2014-10-01"),
    ("Temadrøftelse", "2014-11-05"),
    ("Drøftelse af et samlet udkast", "2015-01-14"),
    ("Vedtagelse", "2015-02-25"),
)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def keep(page: Page, title: str, text: str) -> None:
    page.get_by_role("link", name="Gem et udkast").click()
    page.get_by_label("Udkastets navn").fill(title)
    page.get_by_label("Eller selve teksten").fill(text)
    press(page, "Gem udkastet")


def test_a_strategy_goes_from_decision_to_adoption(world: World, browse: Browse) -> None:
    with browse(Role.SECRETARIAT) as visit:
        page = visit.page
        page.get_by_role("link", name="Strategier undervejs").first.click()
        page.get_by_role("link", name="Ny strategi undervejs").click()
        page.get_by_label("Strategiens navn").fill("Et godt liv for alle")
        press(page, "Gem")
        for title, day in STEPS:
            if title == "Drøftelse af et samlet udkast":
                keep(page, "Første udkast", "Vi lytter.\n\nVi sætter tidligt ind.")
                press(page, "Læg det frem for udvalget (Første udkast)")
                keep(page, "Andet udkast", "Vi lytter.\n\nVi sætter ind i tide.")
            page.get_by_role("link", name=f"Notér, hvad der skete ({title})").click()
            page.get_by_label("Dag", exact=True).fill(day)
            page.get_by_label("Hvem besluttede").fill("Socialudvalget")
            press(page, "Gem")
        assert "Så langt er den: vedtaget." in page.locator(".font-lead").inner_text()
        assert page.locator(".way-step.done").count() == len(STEPS)
        assert violations(page) == []
        press(page, "Sammenlign")
        assert page.locator(".paragraph-removed").inner_text() == "Taget ud: Vi sætter tidligt ind."
        assert page.locator(".paragraph-added").inner_text() == "Nyt: Vi sætter ind i tide."
        assert visit.problems() + violations(page) == []
    assert StrategyWay.objects.get().state == "adopted"
    with browse(Role.COMMITTEE_MEMBER, 360) as visit:
        visit.page.wait_for_load_state("networkidle")  # or the icon of the page before counts as failed
        visit.go(f"/office/strategies/{StrategyWay.objects.get().pk}/")
        assert visit.page.locator("tbody th").all_inner_texts() == ["1. Første udkast"]
        assert visit.problems() + violations(visit.page) == []
