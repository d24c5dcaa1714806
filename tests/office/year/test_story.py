"""A story in a real browser, in Danish: the secretariat plans 2014 and 2015, a member reads the agenda."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page
from tests.office.conftest import Browse
from tests.site.browsing import Visit, violations

from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.year.models import Committee, Meeting

pytestmark = [pytest.mark.in_browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def discuss(page: Page, title: str, theme: str, quarter: str) -> None:
    follow(page, "Planlæg en drøftelse")
    page.get_by_label("Hvad der drøftes").fill(title)
    page.get_by_label("Tema").fill(theme)
    page.get_by_label("Kvartal", exact=True).select_option(quarter)
    press(page, "Gem")


def meet(page: Page, kind: str, day: str = "", month: str = "") -> None:
    follow(page, "Planlæg et møde")
    page.get_by_label("Mødetype").select_option(label=kind)
    page.get_by_label("Dag").fill(day)
    page.get_by_label("Måned").fill(month)
    press(page, "Gem")
    page.get_by_role("link", name="Udvalgets år").first.click()


def look(visit: Visit) -> None:
    assert visit.problems() == []
    assert violations(visit.page) == []


def test_the_secretariat_plans_2014_and_2015(world: World, browse: Browse) -> None:
    with browse(Role.SECRETARIAT) as visit:
        page = visit.page
        follow(page, "Udvalgets år")
        follow(page, "Opret et udvalg")
        page.get_by_label("Kode").fill("sud")
        page.get_by_label("Navn", exact=True).fill("Socialudvalget")
        page.get_by_label("Kort navn").fill("SUD")
        press(page, "Gem")
        press(page, "Gem")
        discuss(page, "Samskabelse og frivillig indsats", "Samskabelse", "2014-2")
        discuss(page, "Dialog, tillid og kvalitet i indsatsen", "Dialog", "2014-3")
        discuss(page, "Recovery og rehabilitering", "Recovery", "2014-4")
        discuss(page, "Forebyggelse og tidlig indsats", "Forebyggelse", "2015-1")
        meet(page, "Udvalgsmøde", day="2014-08-13")
        meet(page, "Budgetseminar", month="2015-03")
        meet(page, "Udvalgsmøde", day="2015-04-22")
        assert page.locator("h1").inner_text() == "Socialudvalget: året 2015"
        assert (
            page.locator(".quarter").nth(0).locator(".discussion-title").inner_text()
            == "Forebyggelse og tidlig indsats"
        )
        assert page.locator(".quarter").nth(1).locator(".deadline-list time").all_inner_texts() == [
            "27. marts 2015",
            "10. april 2015",
            "16. april 2015",
        ]
        look(visit)
        follow(page, "Andre forvaltningers årshjul")
        page.get_by_label("Forvaltningens navn").fill("Børne- og Ungdomsforvaltningen")
        press(page, "Opret forvaltningen")
        page.get_by_role("link", name="Ny linje (Børne- og Ungdomsforvaltningen)").click()
        page.get_by_label("Hvad der drøftes eller holdes").fill("Udvalgsmøde")
        page.get_by_label("Dag").fill("2015-04-22")
        press(page, "Gem")
        follow(page, "Udvalgets år")
        assert "Samme dag: møde 2 og A" in page.locator(".clash-list").inner_text()
        follow(page, "22. april 2015")
        follow(page, "Nyt punkt")
        page.get_by_label("Punkt", exact=True).fill("Tematisk drøftelse af socialstrategien")
        press(page, "Gem")
        press(page, "Luk dagsordenen")
        look(visit)
    assert [each.on for each in Meeting.objects.order_by("pk")] == [date(2014, 8, 13), None, date(2015, 4, 22)]
    with browse(Role.EMPLOYEE, 360) as visit:
        visit.go(f"/office/year/meetings/{Meeting.objects.latest('pk').pk}/")
        assert "Dagsordenen kan læses her, når den er offentlig." in visit.page.locator("main").inner_text()
    with browse(Role.COMMITTEE_MEMBER, 360, scripts=False) as visit:
        visit.go(f"/office/year/{Committee.objects.get().pk}/2015/")
        follow(visit.page, "22. april 2015")
        assert visit.page.locator(".agenda h3").all_inner_texts() == ["1. Tematisk drøftelse af socialstrategien"]
