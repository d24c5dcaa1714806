"""A citizen signs up for somebody else, waits, gets a place, and later reads what became of what was said."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from pytest_django import Settings
from tests.office.conftest import Browse
from tests.office.dialogue.meetings import at, invited, joins
from tests.site.browsing import assert_accessible

from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.core.who import LinkHolder
from pejl.office.dialogue.acts.signing_up import cancel_sign_up
from pejl.office.dialogue.kinds import Part
from pejl.office.dialogue.models import SignUp

pytestmark = [pytest.mark.in_browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("scripts", "width"), [(True, 360), (False, 1280)])
def test_a_citizen_signs_somebody_else_up_waits_gets_a_place_and_reads_what_became_of_it(
    world: World, browse: Browse, settings: Settings, scripts: bool, width: int
) -> None:
    meeting = invited(world, {Part.USER: 1, Part.RELATIVE: 1}, themes="Hverdagen")
    other = joins(meeting, called="Birk")
    with browse(None, width, scripts=scripts) as visit, browse(Role.SECRETARIAT, 1280, scripts=scripts) as office:

        def accessible() -> None:
            if scripts:
                assert_accessible(visit.page)
                assert visit.problems() == []

        page = visit.page
        visit.go("/dialog/")
        expect(page.locator("h1")).to_have_text("Kom og fortæl, hvad der er vigtigt for dig")
        accessible()
        page.get_by_role("link", name=re.compile("^Tilmeld")).click()
        page.get_by_label("En anden, som jeg hjælper").check()
        page.get_by_label("En, der får hjælp eller støtte (alle pladser er taget; du kommer i kø)").check()
        page.get_by_label("Hvad må vi kalde den, der kommer?").fill("Alma")
        page.get_by_label("Hvad må vi kalde dig?").fill("Lone")
        page.get_by_label("Slet ikke: Jeg gemmer adressen på min egen side og kigger der").check()
        page.get_by_label("Plads til kørestol").check()
        page.get_by_label("Andet").fill("Min ven har 310299-1234")
        page.get_by_role("button", name="Tilmeld").click()
        expect(page.locator(".alert-error")).to_contain_text("ligner et CPR-nummer")
        expect(page.locator(".alert-error")).to_contain_text("Du er ikke tilmeldt endnu")
        accessible()
        page.get_by_label("Andet").fill("Et roligt sted")
        page.get_by_role("button", name="Tilmeld").click()
        expect(page.locator("h1")).to_have_text("Dit møde")
        expect(page.locator(".dialogue-standing")).to_contain_text("Du er den første i køen.")
        accessible()

        cancel_sign_up(sign_up=other, at=at(), by=LinkHolder(other.pk))
        page.reload()
        expect(page.locator(".dialogue-standing")).to_contain_text("Der er en plads til dig.")
        page.get_by_role("button", name="Ja tak, jeg vil have pladsen").click()
        expect(page.locator(".dialogue-standing")).to_contain_text("Du har en plads.")
        page.get_by_label("Tolk: hvilket sprog?").fill("tegnsprog")
        page.get_by_role("button", name="Gem, hvad jeg har brug for").click()
        expect(page.get_by_label("Tolk: hvilket sprog?")).to_have_value("tegnsprog")

        settings.PEJL_OFFICE_TODAY = "2015-03-21"
        desk = office.page
        office.go(f"/office/dialogue/meetings/{meeting.pk}/")
        desk.get_by_role("button", name="Luk tilmeldingen").click()
        desk.get_by_role("link", name="Hvem der er tilmeldt").click()
        expect(desk.locator("table")).to_contain_text("Tolk: tegnsprog")
        desk.get_by_role("button", name="Mødet er holdt").click()
        desk.get_by_role("link", name="Skriv ned, hvad der blev sagt").click()
        desk.get_by_label("Hvem der sagde det").select_option("user")
        desk.get_by_label("Hvad der blev sagt").fill("Alma synes, døren skal være åben.")
        desk.get_by_role("button", name="Gem, og skriv det næste").click()
        expect(desk.locator(".alert-error")).to_contain_text("Ord nummer 1 er navnet på en, der tilmeldte sig mødet.")
        desk.get_by_label("Hvad der blev sagt").fill("Døren skal være åben.")
        desk.get_by_role("button", name="Gem, og skriv det næste").click()
        expect(desk.locator(".alert-success")).to_contain_text("Det er skrevet ned.")
        office.go(f"/office/dialogue/meetings/{meeting.pk}/")
        desk.get_by_role("link", name="Svar på eller ret nummer 1").click()
        desk.get_by_label("Det er gjort").check()
        desk.get_by_label("Svaret", exact=True).fill("Døren er åben hver dag fra klokken 8.")
        desk.get_by_role("button", name="Gem svaret").click()
        office.go(f"/office/dialogue/meetings/{meeting.pk}/")
        desk.get_by_role("button", name="Fortæl de tilmeldte, at alt er besvaret").click()
        expect(desk.locator(".above-title")).to_have_text("Dialogmøde · holdt og besvaret")

        page.reload()
        expect(page.locator(".dialogue-said")).to_have_text("Døren skal være åben.")
        expect(page.locator(".dialogue-part")).to_have_text("Bruger")
        expect(page.locator(".dialogue-answer")).to_have_text("Det er gjort. Døren er åben hver dag fra klokken 8.")
        accessible()
    assert SignUp.objects.filter(state="place", attended=True).count() == 1
