"""A leader writes a plan, talks it through and follows it up; two people write at once. In a browser, in Danish."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django import Settings
from tests.office.conftest import Browse
from tests.site.browsing import Visit, assert_accessible

from pejl.office.core.roles import Role
from pejl.office.plans.models import Plan

pytestmark = [pytest.mark.in_browser, pytest.mark.django_db(transaction=True)]


def press(visit: Visit, words: str) -> None:
    visit.page.get_by_role("button", name=words, exact=True).click()


def follow(visit: Visit, words: str) -> None:
    visit.page.get_by_role("link", name=words, exact=True).click()


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def begin(visit: Visit) -> None:
    """From the desk to a plan with one text."""
    visit.go("/office/")
    follow(visit, "Planen for Havnehuset i 2015 kan begyndes")
    press(visit, "Begynd planen")
    visit.page.get_by_label("Sådan arbejder vi med strategien").fill("Vi begynder med hverdagen.")
    press(visit, "Gem")


def test_a_leader_writes_a_plan_talks_it_through_and_follows_up(browse: Browse, settings: Settings) -> None:
    with browse(Role.UNIT_LEADER) as visit:
        begin(visit)
        assert heading(visit.page) == "Udviklingsplan 2015 for Havnehuset"
        follow(visit, "Læg en indsats til")
        visit.page.get_by_label("Hvad vil I gøre?").fill("Fælles morgenmøder")
        visit.page.get_by_label("Hvad er det til for?").fill("Alle ved, hvad dagen bringer.")
        visit.page.get_by_label("Færre borgere i hjemløshed").check()
        visit.page.get_by_label("Hvad venter I ændrer sig?").fill("Færre beskeder går tabt.")
        visit.page.get_by_label("Hvornår senest").fill("2015-09-01")
        visit.page.get_by_label("Hvem sørger for det?").fill("Afdelingslederen")
        assert_accessible(visit.page)
        press(visit, "Gem")
        press(visit, "Klar til at blive talt igennem")
        assert visit.page.locator(".plan-state .badge").inner_text() == "klar til at blive talt igennem"
        assert visit.problems() == []
    with browse(Role.CENTRE_LEADER, 360, scripts=False) as visit:
        visit.go("/office/")
        follow(visit, "Planen for Havnehuset i 2015 er klar til at blive talt igennem")
        follow(visit, "Vi har talt den igennem")
        visit.page.get_by_label("Hvad blev I enige om?").fill("Vi taler om det igen til sommer.")
        press(visit, "Notér samtalen")
        press(visit, "Vedtag planen")
        assert visit.page.locator(".plan-state .badge").inner_text() == "vedtaget"
    settings.PEJL_OFFICE_TODAY = "2015-11-02"
    with browse(Role.UNIT_LEADER, 360) as visit:
        visit.go("/office/")
        follow(visit, "Hvordan gik det med planen for Havnehuset i 2015?")
        visit.page.get_by_label("gennemført").check()
        visit.page.get_by_label("Hvad har I lært?").fill("Det tog længere tid, end vi troede.")
        visit.page.get_by_label("Hvordan gik det?").fill("Et godt år med et par fejl, vi lærte af.")
        assert_accessible(visit.page)
        press(visit, "Følg op")
        assert "Et godt år med et par fejl, vi lærte af." in visit.page.locator(".plan-notes").inner_text()
        press(visit, "Tag med over i 2016")
        assert heading(visit.page) == "Udviklingsplan 2016 for Havnehuset"
        assert_accessible(visit.page)
        visit.page.locator("a[href$='/throw-away/']").click()
        visit.page.wait_for_url("**/throw-away/", wait_until="load")
        assert_accessible(visit.page)
        visit.page.locator(".plan-actions a").click()
        visit.page.wait_for_url("**/plans/*/", wait_until="load")
        assert heading(visit.page) == "Udviklingsplan 2016 for Havnehuset"
        assert visit.problems() == []
    with browse(Role.EMPLOYEE) as visit:
        visit.go("/office/plans/")
        follow(visit, "Udviklingsplan 2015 for Havnehuset")
        shown = visit.page.locator("main").inner_text()
        assert "Fælles morgenmøder" in shown
        assert "Vi taler om det igen til sommer." not in shown
    assert list(Plan.objects.order_by("year").values_list("year", "state")) == [(2015, "followed_up"), (2016, "draft")]


def test_two_people_write_at_once_and_nothing_is_lost(browse: Browse) -> None:
    field = "Sådan arbejder vi med strategien"
    with browse(Role.UNIT_LEADER) as his, browse(Role.CENTRE_LEADER) as hers:
        begin(his)
        address = his.page.url.removeprefix(his.origin) + "write/"
        his.go(address)
        hers.go(address)
        hers.page.get_by_label(field).fill("Hendes tekst.")
        press(hers, "Gem")
        his.page.get_by_label(field).fill("Hans tekst.")
        press(his, "Gem")
        assert "En anden har gemt, mens du skrev" in his.page.locator("main").inner_text()
        assert "Hendes tekst." in his.page.locator(".plan-theirs").inner_text()
        assert his.page.get_by_label(field).input_value() == "Hans tekst."
        assert_accessible(his.page)
        his.page.get_by_label(field).fill("Hendes og hans tekst.")
        press(his, "Gem")
        assert "Hendes og hans tekst." in his.page.locator(".plan-texts").inner_text()
    assert Plan.objects.get().texts["visions"] == "Hendes og hans tekst."
