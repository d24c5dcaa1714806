"""Plans that may be shown are there for whoever comes by; nothing else is, and nothing internal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from tests.office.plans.making import MORNINGS, above, add, fresh, secretariat

from pejl.office.accounts.world import World
from pejl.office.plans import acts
from pejl.office.plans.kinds import Kind
from pejl.office.plans.models import Plan


@pytest.fixture
def client(world: World) -> Client:
    return Client(headers={"host": "localhost"})


def centre_plan(world: World) -> Plan:
    """Adopted by the committee, not shown yet."""
    plan = acts.begin(kind=Kind.CENTRE, unit=world.centres[0], year=2015, by=above(world))
    plan = acts.write(plan=plan, version=plan.version, texts={"direction": "Færre skift, én indgang."}, by=above(world))
    add(plan, world, replace(MORNINGS, who="Afdelingslederen på Nord"), by=above(world))
    acts.hand_over(plan=fresh(plan), by=above(world))
    acts.confirm_talk(plan=fresh(plan), agreed="Talt igennem.", by=secretariat(world))
    acts.put_before(plan=fresh(plan), by=secretariat(world))
    plan = fresh(plan)
    acts.adopt(plan=plan, version=plan.version, by=secretariat(world))
    return fresh(plan)


def test_a_plan_is_not_shown_before_somebody_has_said_that_it_may_be(world: World, client: Client) -> None:
    plan = centre_plan(world)
    assert client.get(f"/planer/{plan.pk}/").status_code == 404
    assert "Ingen vises lige nu." in client.get("/planer/").content.decode()
    acts.show_publicly(plan=plan, by=secretariat(world))
    assert client.get(f"/planer/{plan.pk}/").status_code == 200
    assert f'href="/planer/{plan.pk}/">Centerplan 2015 for Center Nord' in client.get("/planer/").content.decode()


def test_a_shown_plan_says_what_it_says_and_not_who_does_it(world: World, client: Client) -> None:
    plan = centre_plan(world)
    acts.show_publicly(plan=plan, by=secretariat(world))
    danish = client.get(f"/planer/{plan.pk}/").content.decode()
    english = client.get(f"/en/plans/{plan.pk}/").content.decode()
    for page in (danish, english):
        assert "Færre skift, én indgang." in page
        assert "Fælles morgenmøder" in page
        assert "Afdelingslederen på Nord" not in page
        assert "Talt igennem." not in page
    assert '<html lang="en">' in english
    assert f'href="/planer/{plan.pk}/"' in english
    assert 'href="/maal/fewer-homeless/"' in danish
    assert not client.cookies
