"""What of plans lies on whose desk."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries, Settings
from tests.office.plans.making import MORNINGS, above, adopted, area_plan, director, draft, leader

from pejl.office.accounts.actor import Actor
from pejl.office.accounts.models import Account
from pejl.office.accounts.queries import actor_of
from pejl.office.accounts.world import World
from pejl.office.clock import today
from pejl.office.core.roles import Role
from pejl.office.plans import acts
from pejl.office.plans.desk import tasks
from pejl.office.plans.states import State

pytestmark = pytest.mark.django_db


def said(actor: Actor) -> list[tuple[str, date | None]]:
    now = actor_of(Account.objects.get(pk=actor.number), today())
    return [(task.words.render("en"), task.due) for task in tasks(now)]


def test_a_plan_can_be_begun_written_talked_through_and_adopted(world: World) -> None:
    assert said(leader(world)) == [("The plan of Havnehuset for 2015 can be begun", None)]
    assert said(above(world)) == [("The plan of Center Nord for 2015 can be begun", None)]
    plan = draft(world)
    assert said(leader(world)) == [("The plan of Havnehuset for 2015 is a draft: write on when it suits you", None)]
    acts.hand_over(plan=plan, by=leader(world))
    assert said(leader(world)) == []
    assert said(above(world))[1:] == [("The plan of Havnehuset for 2015 is ready to be talked through", None)]
    acts.confirm_talk(plan=plan, by=above(world))
    assert said(above(world))[1:] == [("The plan of Havnehuset for 2015 is talked through and can be adopted", None)]


def test_in_autumn_the_year_is_followed_up_and_the_next_one_begun(world: World, settings: Settings) -> None:
    adopted(world, MORNINGS)
    settings.PEJL_OFFICE_TODAY = "2015-09-30"
    assert said(leader(world)) == []
    settings.PEJL_OFFICE_TODAY = "2015-10-01"
    assert said(leader(world)) == [
        ("The plan of Havnehuset for 2016 can be begun", date(2016, 1, 31)),
        ("How did it go with the plan of Havnehuset for 2015?", date(2015, 12, 31)),
    ]


def test_what_was_not_done_by_its_day_is_not_called_late(world: World, settings: Settings) -> None:
    adopted(world, MORNINGS)
    settings.PEJL_OFFICE_TODAY = "2016-03-01"
    assert said(leader(world)) == [
        ("The plan of Havnehuset for 2016 can be begun", None),
        ("How did it go with the plan of Havnehuset for 2015?", None),
    ]


def test_the_secretariat_sees_what_is_on_its_way_to_the_committee(world: World) -> None:
    secretariat = world.actors[Role.SECRETARIAT]
    area_plan(world, world.centres[0], "a", State.READY)
    area_plan(world, world.centres[0], "b", State.TALKED_THROUGH)
    area_plan(world, world.centres[0], "c", State.TALKED_THROUGH, before=True)
    area_plan(world, world.centres[0], "d", State.ADOPTED)
    assert said(secretariat) == [
        ("A plan of Center Nord for 2015 is on its way to the committee", None),
        ("A plan of Center Nord for 2015 can be put before the committee", None),
        ("What did the committee decide about the plan of Center Nord for 2015?", None),
    ]


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.ANALYST, Role.COMMITTEE_MEMBER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_else_is_asked_for_anything(world: World, role: Role) -> None:
    draft(world)
    assert said(world.actors[role]) == []


def test_a_desk_asks_the_database_no_oftener_for_three_units_than_for_one(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for units in (world.units[:1], world.units[1:]):
        for unit in units:
            plan = draft(world, unit=unit, by=director(world))
            acts.hand_over(plan=plan, by=director(world))
        actor = director(world)
        assert actor.tree.nodes
        with django_assert_num_queries(2):
            tasks(actor)
