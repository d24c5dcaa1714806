"""What measurement and the public pages read of plans."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

import pytest
from pytest_django import Settings
from tests.office.plans.making import MORNINGS, above, adopt, adopted, director, draft, leader

from pejl.office.accounts.world import World
from pejl.office.plans import acts, carrying, initiative_acts
from pejl.office.plans.initiative_acts import Standing
from pejl.office.plans.kinds import Kind, Status
from pejl.office.plans.queries import InitiativeRow, doing, initiatives_for_statistics
from pejl.office.plans.statistics import Doing

pytestmark = pytest.mark.django_db

BOTH = replace(MORNINGS, title="Nabodag", goals=("homes_kept", "fewer_homeless"), public=True)


def test_initiatives_of_adopted_plans_are_rows_of_a_register(world: World) -> None:
    plan = adopted(world, MORNINGS, BOTH)
    first, second = plan.initiatives.all()
    standings = {first.pk: Standing(Status.UNDER_WAY), second.pk: Standing(Status.GIVEN_UP, "Mette Jensen var syg.")}
    initiative_acts.follow_up(plan=plan, text="Sådan gik det.", standings=standings, by=leader(world))
    draft(world, unit=world.units[2], by=director(world))
    day = date(2015, 3, 2)
    assert initiatives_for_statistics(2015) == [
        InitiativeRow(
            initiative=first.pk,
            carried_from=None,
            kind=Kind.DEVELOPMENT,
            unit="havnehuset",
            centre="centre-1",
            year=2015,
            goals=("fewer_homeless",),
            status=Status.UNDER_WAY,
            begun=day,
            ended=None,
            followed_up=True,
        ),
        InitiativeRow(
            initiative=second.pk,
            carried_from=None,
            kind=Kind.DEVELOPMENT,
            unit="havnehuset",
            centre="centre-1",
            year=2015,
            goals=("fewer_homeless", "homes_kept"),
            status=Status.GIVEN_UP,
            begun=None,
            ended=day,
            followed_up=True,
        ),
    ]
    assert initiatives_for_statistics(2014) == []


def test_a_row_has_no_free_text(world: World) -> None:
    adopted(world, MORNINGS)
    told = str(asdict(initiatives_for_statistics(2015)[0]))
    for text in (MORNINGS.title, MORNINGS.purpose, MORNINGS.change, MORNINGS.who):
        assert text not in told


def test_what_is_being_done_for_a_goal_names_only_what_may_be_named(world: World) -> None:
    plan = adopted(world, MORNINGS, BOTH)
    today = date(2015, 3, 2)
    assert doing(today) == [
        Doing("fewer_homeless", {Status.NOT_BEGUN: 2}, ()),
        Doing("homes_kept", {Status.NOT_BEGUN: 1}, ()),
    ]
    for each in plan.initiatives.all():
        initiative_acts.tell_status(initiative=each, standing=Standing(Status.UNDER_WAY), by=leader(world))
    assert doing(today) == [
        Doing("fewer_homeless", {Status.UNDER_WAY: 2}, ("Nabodag",)),
        Doing("homes_kept", {Status.UNDER_WAY: 1}, ("Nabodag",)),
    ]
    assert doing(date(2015, 3, 1)) == []


def test_what_was_being_done_is_told_as_it_was_on_the_day(world: World, settings: Settings) -> None:
    plan = adopted(world, BOTH)
    initiative = plan.initiatives.get()
    settings.PEJL_OFFICE_TODAY = "2015-06-01"
    initiative_acts.tell_status(initiative=initiative, standing=Standing(Status.UNDER_WAY), by=leader(world))
    settings.PEJL_OFFICE_TODAY = "2015-11-01"
    initiative_acts.tell_status(initiative=initiative, standing=Standing(Status.DONE), by=leader(world))

    def status(on: date) -> list[tuple[Status, int]]:
        return list(doing(on)[0].statuses.items())

    assert status(date(2015, 5, 31)) == [(Status.NOT_BEGUN, 1)]
    assert status(date(2015, 6, 1)) == [(Status.UNDER_WAY, 1)]
    assert status(date(2015, 10, 31)) == [(Status.UNDER_WAY, 1)]
    assert status(date(2015, 11, 1)) == [(Status.DONE, 1)]


def test_an_initiative_carried_on_is_counted_once(world: World, settings: Settings) -> None:
    plan = adopted(world, BOTH)
    settings.PEJL_OFFICE_TODAY = "2016-01-15"
    after = carrying.copy_forward(plan=plan, following=lambda goal, _: goal, by=leader(world))
    assert doing(date(2016, 1, 15))[0].statuses == {Status.NOT_BEGUN: 1}
    acts.hand_over(plan=after, by=leader(world))
    acts.confirm_talk(plan=after, by=above(world))
    adopt(after, above(world))
    assert doing(date(2016, 1, 15))[0].statuses == {Status.NOT_BEGUN: 1}
    assert doing(date(2016, 1, 14))[0].statuses == {Status.NOT_BEGUN: 1}
