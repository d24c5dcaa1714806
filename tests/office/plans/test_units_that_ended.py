"""What becomes of a unit's plan when the unit is merged, split or closed.

Havnehuset's leader is there already; the days stand in each test.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pytest_django import Settings
from tests.office.conftest import AsRole
from tests.office.plans.making import MORNINGS, TEXTS, add, adopt, adopted, director, draft, fresh, leader

from pejl.office.accounts.actor import Actor, Held
from pejl.office.accounts.models import Account
from pejl.office.accounts.queries import actor_of
from pejl.office.accounts.world import World
from pejl.office.clock import today
from pejl.office.core.refusals import NotAllowedError, NotNowError
from pejl.office.core.roles import Role
from pejl.office.core.who import JOB
from pejl.office.organisation.acts import close_unit, merge_units, open_unit, split_unit
from pejl.office.organisation.kinds import Level
from pejl.office.organisation.models import Unit
from pejl.office.organisation.queries import tree
from pejl.office.plans import acts, carrying, initiative_acts, queries, rules
from pejl.office.plans.desk import tasks
from pejl.office.plans.initiative_acts import Standing
from pejl.office.plans.kinds import Kind, Status
from pejl.office.plans.models import Plan
from pejl.office.plans.showing import whose_it_was

pytestmark = pytest.mark.django_db
JUNE = date(2015, 6, 1)
NABODAG = replace(MORNINGS, title="Nabodag")


def on(actor: Actor, day: date) -> Actor:
    """The same person on another day."""
    return replace(actor, on=day)


def leading(world: World, unit: Unit, day: date) -> Actor:
    return Actor(9100 + unit.pk, "Nogen", frozenset({Held(Role.UNIT_LEADER, unit.pk)}), day, tree)


def same(goal: str, _: int) -> str:
    return goal


def merged(world: World, *, into: int = 0) -> Plan:
    """Lindegården's plan of 2015; from 1 June 2015 Lindegården is part of Havnehuset, or of another unit."""
    plan = adopted(world, NABODAG, unit=world.units[1])
    merge_units(units=[world.units[1]], into=world.units[into], on=JUNE, by=JOB)
    return plan


def divided(world: World) -> tuple[Plan, list[Unit]]:
    """Lindegården's plan of 2015, and the two units it is divided between from 1 June 2015."""
    plan = adopted(world, NABODAG, unit=world.units[1])
    parts = [
        open_unit(code=name.lower(), name=name, level=Level.UNIT, parent=world.centres[0], on=JUNE, by=JOB)
        for name in ("Sydhuset", "Nordhuset")
    ]
    split_unit(unit=world.units[1], into=parts, on=JUNE, by=JOB)
    return plan, parts


def test_whoever_took_over_follows_up_from_the_day_of_the_merger(world: World) -> None:
    plan = merged(world)
    initiative = plan.initiatives.get()
    before, after = on(leader(world), date(2015, 5, 31)), on(leader(world), JUNE)
    for act in (
        lambda by: acts.add_note(plan=plan, text="Set.", by=by),
        lambda by: initiative_acts.tell_status(initiative=initiative, standing=Standing(Status.UNDER_WAY), by=by),
        lambda by: initiative_acts.follow_up(plan=plan, text="Det gik.", standings={}, by=by),
    ):
        with pytest.raises(NotAllowedError):
            act(before)
        act(after)
    assert (fresh(plan).state, fresh(plan).followed_up_by) == ("followed_up", after.number)
    assert "follow_up" not in rules.possible(before, plan)
    assert rules.possible(after, fresh(plan)) == {"follow_up", "note", "tell_status", "copy_forward"}


def test_a_draft_of_a_unit_that_has_ended_is_not_handed_on(world: World) -> None:
    plan = draft(world, unit=world.units[1], by=director(world))
    merge_units(units=[world.units[1]], into=world.units[0], on=JUNE, by=JOB)
    assert not rules.may_see(on(leader(world), JUNE), plan)


def test_a_centre_leader_follows_up_what_went_to_the_centre_and_not_what_left_it(world: World) -> None:
    stays = merged(world)
    by = on(world.actors[Role.CENTRE_LEADER], JUNE)
    assert rules.may_write(by, stays)
    away = adopted(world, unit=world.units[0])
    assert rules.may_write(by, away)
    merge_units(units=[world.units[0]], into=world.units[2], on=date(2015, 7, 1), by=JOB)
    assert not rules.may_write(on(by, date(2015, 7, 1)), away)
    assert not rules.may_write(on(by, date(2015, 7, 1)), stays), "it went on with Havnehuset to Center Syd"
    south = Actor(9200, "Nogen", frozenset({Held(Role.CENTRE_LEADER, world.centres[1].pk)}), date(2015, 7, 1), tree)
    assert rules.may_write(south, away)
    assert rules.may_write(south, stays)


def test_what_a_closed_unit_adopted_is_followed_up_by_the_centre(world: World) -> None:
    plan = adopted(world, NABODAG, unit=world.units[1])
    close_unit(unit=world.units[1], on=JUNE, by=JOB)
    by = on(world.actors[Role.CENTRE_LEADER], JUNE)
    initiative_acts.follow_up(plan=plan, text="Huset er lukket.", standings={}, by=by)
    assert not rules.may_write(on(leader(world), JUNE), plan)
    assert "copy_forward" not in rules.possible(by, fresh(plan)), "a centre has no development plan"
    with pytest.raises(NotAllowedError, match="None of the units you lead"):
        carrying.copy_forward(plan=plan, following=same, by=by)


def test_a_plan_goes_on_in_the_next_plan_of_the_unit_that_took_over(world: World) -> None:
    theirs, ours, by = merged(world), adopted(world, MORNINGS), on(leader(world), JUNE)
    after = carrying.copy_forward(plan=theirs, following=same, by=by)
    assert (after.unit_id, after.year, after.copied_from_id, after.texts) == (world.units[0].pk, 2016, theirs.pk, TEXTS)
    acts.write(plan=after, version=after.version, texts={"visions": "Sammen.", "challenges": " "}, by=by)
    again = carrying.copy_forward(plan=ours, following=same, by=by)
    assert again.pk == after.pk
    assert {name: text for name, text in again.texts.items() if text.strip()} == {
        "visions": "Sammen.",
        "challenges": TEXTS["challenges"],
    }
    assert list(again.initiatives.values_list("place", "title")) == [(1, "Nabodag"), (2, MORNINGS.title)]
    assert [plan.pk for plan in queries.gone_on_in(by, ours)] == [after.pk]
    assert [plan.pk for plan in queries.gone_on_in(by, theirs)] == [after.pk]
    for each in (theirs, ours):
        with pytest.raises(NotNowError, match="gone on in that of 2016 already"):
            carrying.copy_forward(plan=each, following=same, by=by)
    assert again.revisions.count() == after.revisions.count() == 3


def test_more_initiatives_than_there_is_room_for_do_not_go_on(world: World) -> None:
    theirs, by = merged(world), on(leader(world), JUNE)
    ours = acts.begin(kind=Kind.DEVELOPMENT, unit=world.units[0], year=2016, by=by)
    for _ in range(6):
        add(ours, world)
    with pytest.raises(NotNowError, match="the plan of 2016 has 6, and 1 of these"):
        carrying.copy_forward(plan=theirs, following=same, by=by)
    assert (ours.initiatives.count(), fresh(ours).texts) == (6, {})
    initiative_acts.tell_status(initiative=theirs.initiatives.get(), standing=Standing(Status.GIVEN_UP), by=by)
    assert carrying.copy_forward(plan=theirs, following=same, by=by).texts == TEXTS


def test_nothing_goes_on_in_a_plan_that_is_adopted(world: World) -> None:
    theirs, by = merged(world), on(leader(world), JUNE)
    adopted(world, year=2016)
    with pytest.raises(NotNowError, match="it is adopted"):
        carrying.copy_forward(plan=theirs, following=same, by=by)


def test_of_several_that_carry_on_one_is_chosen(world: World) -> None:
    plan, (south, north) = divided(world)
    by = on(world.actors[Role.CENTRE_LEADER], JUNE)
    assert [node.name for node in rules.copied_to(by, plan)] == ["Nordhuset", "Sydhuset"]
    with pytest.raises(NotNowError, match="choose in whose plan"):
        carrying.copy_forward(plan=plan, following=same, by=by)
    first = carrying.copy_forward(plan=plan, following=same, unit=north.pk, by=by)
    second = carrying.copy_forward(plan=plan, following=same, by=leading(world, south, JUNE))
    assert (first.unit_id, second.unit_id) == (north.pk, south.pk)
    with pytest.raises(NotAllowedError):
        carrying.copy_forward(plan=plan, following=same, unit=world.units[0].pk, by=by)


def test_a_plan_is_closed_once_everybody_who_carries_on_has_adopted_the_next(world: World) -> None:
    plan, parts = divided(world)
    states = []
    for unit in parts:
        by = on(director(world), JUNE)
        after = carrying.copy_forward(plan=plan, following=same, unit=unit.pk, by=by)
        acts.hand_over(plan=after, by=by)
        acts.confirm_talk(plan=after, by=by)
        adopt(after, by)
        states.append(fresh(plan).state)
    assert states == ["adopted", "closed"]


def test_a_page_says_whose_the_plan_was_in_plain_words(world: World) -> None:
    here = tree(JUNE)
    assert whose_it_was(world.units[1].pk, here, "en") is None
    plan, _ = divided(world)
    merge_units(units=[world.units[0]], into=world.units[2], on=JUNE, by=JOB)
    moor = world.units[2]
    close_unit(unit=moor, on=date(2015, 7, 1), by=JOB)

    def said(unit: int, day: date) -> str:
        found = whose_it_was(unit, tree(day), "en")
        return found.render("en") if found else ""

    assert said(plan.unit_id, date(2015, 5, 31)) == ""
    assert said(plan.unit_id, JUNE) == (
        "This plan was Lindegården's, which since 1 June 2015 is divided between Nordhuset and Sydhuset."
    )
    assert said(world.units[0].pk, JUNE) == "This plan was Havnehuset's, which since 1 June 2015 is part of Mosevej."
    assert said(moor.pk, date(2015, 7, 1)) == (
        "This plan was Mosevej's, which was closed 1 July 2015. Center Syd carries on with it."
    )


def test_the_pages_lead_whoever_took_over_all_the_way(world: World, as_role: AsRole, settings: Settings) -> None:
    plan = merged(world)
    settings.PEJL_OFFICE_TODAY = "2015-10-01"
    client = as_role(Role.UNIT_LEADER)
    told = [task.words.render("en") for task in tasks(actor_of(Account.objects.get(pk=leader(world).number), today()))]
    assert "How did it go with the plan of Lindegården for 2015?" in told
    listed = client.get("/office/plans/").content.decode()
    led = listed[: listed.index("plans-caption")]
    assert "Udviklingsplan 2015 for Lindegården" in led
    assert led.count("<tr>") == 3, "a heading, the own plan that can be begun, and the one that came with Lindegården"
    shown = client.get(f"/office/plans/{plan.pk}/").content.decode()
    assert "Lindegården" in shown
    assert f'name="unit" value="{world.units[0].pk}"' in shown
    answer = client.post(f"/office/plans/{plan.pk}/copy/", {"unit": world.units[0].pk})
    after = Plan.objects.get(year=2016)
    assert answer.headers["Location"] == f"/office/plans/{after.pk}/"
    assert f'href="/office/plans/{after.pk}/"' in client.get(f"/office/plans/{plan.pk}/").content.decode()
    employee = as_role(Role.EMPLOYEE).get(f"/office/plans/{plan.pk}/").content.decode()
    assert "follow-up" not in employee
