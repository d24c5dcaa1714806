"""A draft can be thrown away, and nothing else of plans can."""

from __future__ import annotations

import pytest
from tests.office.conftest import AsRole
from tests.office.plans.making import MORNINGS, above, add, adopted, area_plan, draft, fresh, leader, secretariat

from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.refusals import ChangedMeanwhileError, NotAllowedError, NotNowError, RefusedError
from pejl.office.core.roles import Role
from pejl.office.dialogue.acts import lines
from pejl.office.plans import acts, carrying
from pejl.office.plans.discarding import throw_away
from pejl.office.plans.kinds import Kind
from pejl.office.plans.models import Initiative, Note, Plan, Revision, ServedGoal, TakenIn
from pejl.office.plans.states import State

pytestmark = pytest.mark.django_db


def same(goal: str, _: int) -> str:
    return goal


def test_a_draft_goes_with_all_that_stands_in_it_and_the_record_stays(world: World) -> None:
    plan = draft(world)
    add(plan, world)
    acts.add_note(plan=plan, text="Vi venter.", by=leader(world))
    number = plan.pk
    throw_away(plan=plan, version=fresh(plan).version, by=above(world))
    assert [model.objects.count() for model in (Plan, Initiative, ServedGoal, Note, Revision)] == [0] * 5
    last = AuditRecord.objects.filter(act="throw_away").get()
    assert (last.subject, last.which, last.actor, last.way) == ("plan", [number], above(world).number, "wrote")
    with pytest.raises(NotNowError, match="no longer there"):
        acts.add_note(plan=Plan(pk=number), text="For sent.", by=leader(world))


@pytest.mark.parametrize("state", [state for state in State if state is not State.DRAFT])
def test_what_is_handed_over_talked_through_or_adopted_stays(world: World, state: State) -> None:
    plan = area_plan(world, world.centres[0], "parken", state)
    with pytest.raises(NotNowError):
        throw_away(plan=plan, version=plan.version, by=above(world))
    assert Plan.objects.filter(pk=plan.pk).exists()


def test_what_was_talked_through_stays_when_it_is_sent_back_as_a_draft(world: World) -> None:
    plan = draft(world)
    acts.hand_over(plan=plan, by=leader(world))
    acts.confirm_talk(plan=plan, by=above(world))
    acts.send_back(plan=plan, reason="Lidt mere om hverdagen.", by=above(world))
    with pytest.raises(NotNowError, match="talked through with the next leader"):
        throw_away(plan=plan, version=fresh(plan).version, by=leader(world))


def test_nothing_is_thrown_away_unseen_or_by_somebody_else(world: World) -> None:
    plan = draft(world)
    add(plan, world)
    with pytest.raises(ChangedMeanwhileError):
        throw_away(plan=plan, version=plan.version, by=leader(world))
    with pytest.raises(NotAllowedError):
        throw_away(plan=plan, version=fresh(plan).version, by=secretariat(world))
    assert plan.initiatives.count() == 1


def test_what_a_draft_was_copied_from_can_be_copied_again(world: World) -> None:
    plan = adopted(world, MORNINGS)
    after = carrying.copy_forward(plan=plan, following=same, by=leader(world))
    throw_away(plan=after, version=after.version, by=leader(world))
    begun = acts.begin(kind=Kind.DEVELOPMENT, unit=world.units[0], year=2016, by=leader(world))
    again = carrying.copy_forward(plan=plan, following=same, by=leader(world))
    assert (again.pk, TakenIn.objects.count()) == (begun.pk, 1)
    throw_away(plan=again, version=again.version, by=leader(world))
    assert TakenIn.objects.count() == 0
    third = carrying.copy_forward(plan=plan, following=same, by=leader(world))
    assert [each.title for each in third.initiatives.all()] == [MORNINGS.title]


def test_what_something_said_at_a_meeting_leads_to_stays(world: World) -> None:
    by = secretariat(world)
    plan = area_plan(world, world.centres[0], "parken", State.READY)
    theme = lines.begin_theme(title="Bænke i parken", strategy="", target_group="", by=by)
    lines.enter_plan(theme=theme, words="Planen for parken", plan=plan.pk, by=by)
    acts.take_back(plan=plan, by=above(world))
    with pytest.raises(NotNowError, match="Bænke i parken"):
        throw_away(plan=plan, version=fresh(plan).version, by=above(world))
    lines.take_off(onward=theme.onward.get(), by=by)
    throw_away(plan=plan, version=fresh(plan).version, by=above(world))
    with pytest.raises(RefusedError, match="no plan of this number"):
        lines.enter_plan(theme=theme, words="Planen for parken", plan=plan.pk, by=by)


def test_the_page_asks_first_and_answers_in_words(world: World, as_role: AsRole) -> None:
    plan = draft(world)
    address = f"/office/plans/{plan.pk}/throw-away/"
    client = as_role(Role.UNIT_LEADER)
    assert f'href="{address}"' in client.get(f"/office/plans/{plan.pk}/").content.decode()
    asked = client.get(address).content.decode()
    assert f'name="version" value="{plan.version}"' in asked
    assert Plan.objects.filter(pk=plan.pk).exists(), "asking changes nothing"
    assert client.post(address, {"version": plan.version - 1}).status_code == 409
    answer = client.post(address, {"version": plan.version})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/office/plans/?year=2015")
    assert "Udviklingsplan 2015 for Havnehuset" in client.get(answer.headers["Location"]).content.decode()
    assert client.get(f"/office/plans/{plan.pk}/").status_code == 404
    assert client.get(address).status_code == 404


def test_the_page_says_why_a_draft_stays_and_the_plan_does_not_offer_it(world: World, as_role: AsRole) -> None:
    plan = draft(world)
    acts.hand_over(plan=plan, by=leader(world))
    acts.confirm_talk(plan=plan, by=above(world))
    acts.send_back(plan=plan, reason="Lidt mere.", by=above(world))
    client = as_role(Role.UNIT_LEADER)
    asked = client.get(f"/office/plans/{plan.pk}/throw-away/").content.decode()
    assert 'name="version"' not in asked
    assert "throw-away" not in client.get(f"/office/plans/{plan.pk}/").content.decode()
