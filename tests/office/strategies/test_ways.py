"""A strategy's way: step by step, what was planned beside what happened, and the real one of 2015."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.office.strategies.making import done, secretariat, step, way

from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.refusals import ChangedMeanwhileError, NotAllowedError, NotNowError
from pejl.office.core.roles import Role
from pejl.office.strategies import acts, demonstration, desk
from pejl.office.strategies.models import Step, StrategyWay
from pejl.office.strategies.queries import next_step, steps_of, ways_visible_to
from pejl.office.strategies.states import WAY, StepKind, WayState
from pejl.office.strategies.views import happened_words, planned_words
from pejl.office.year import acts as year_acts
from pejl.office.year import demonstration as year_demonstration
from pejl.office.year.models import Meeting
from pejl.office.year.states import MeetingKind

pytestmark = pytest.mark.django_db
IN_TIME = [date(2014, 8, 13), date(2014, 9, 1), date(2014, 10, 1), date(2014, 11, 1), date(2014, 12, 1)]


@pytest.fixture
def real(world: World, settings: Any) -> StrategyWay:
    """The strategy of 2015, seen the day after it was told that it is adopted."""
    settings.PEJL_OFFICE_TODAY = "2015-06-30"
    year_demonstration.build(world)
    demonstration.build(world)
    return StrategyWay.objects.get(strategy="social_strategy_2015")


def test_the_process_of_2015_runs_from_its_decision_to_its_adoption(real: StrategyWay) -> None:
    told = [
        (each.kind, planned_words(each, "da"), happened_words(each, "da"), each.decided_by) for each in steps_of(real)
    ]
    assert told == [
        ("decision", "", "13. august 2014", "Socialudvalget"),
        ("first_discussion", "marts 2015", "ikke noteret", ""),
        ("thematic_discussion", "22. april 2015", "ikke noteret", ""),
        ("whole_draft", "27. maj 2015", "ikke noteret", ""),
        ("adoption", "24. juni 2015", "senest 29. juni 2015; selve dagen kendes ikke", "Socialudvalget"),
    ]
    assert real.state == WayState.ADOPTED


def test_each_step_of_2015_stands_at_its_meeting(real: StrategyWay) -> None:
    meetings = [each.meeting for each in steps_of(real)]
    assert [(each.kind, each.on, each.month) for each in meetings if each] == [
        ("meeting", date(2014, 8, 13), None),
        ("budget_seminar", None, date(2015, 3, 1)),
        ("meeting", date(2015, 4, 22), None),
        ("meeting", date(2015, 5, 27), None),
        ("meeting", date(2015, 6, 24), None),
    ]


def test_in_march_2015_only_the_decision_had_been_taken(world: World) -> None:
    year_demonstration.build(world)
    demonstration.build(world)
    found = StrategyWay.objects.get(strategy="social_strategy_2015")
    assert found.state == WayState.DECIDED
    coming = next_step(found)
    assert coming is not None
    assert (coming.kind, coming.planned) == ("first_discussion", date(2015, 3, 1))


def test_steps_are_taken_in_their_order(world: World) -> None:
    found = way(world)
    for kind, on in zip(StepKind, IN_TIME, strict=True):
        for later in list(StepKind)[list(StepKind).index(kind) + 1 :]:
            with pytest.raises(NotNowError):
                done(world, found, later, on)
        done(world, found, kind, on)
    found.refresh_from_db()
    assert found.state == WayState.ADOPTED
    with pytest.raises(NotNowError):
        acts.drop_way(way=found, version=found.version, why="For sent", by=secretariat(world))


def test_a_step_is_not_taken_ahead_of_today_nor_before_an_earlier_one(world: World) -> None:
    found = way(world)
    with pytest.raises(NotNowError):
        done(world, found, StepKind.DECISION, date(2015, 3, 3))
    done(world, found, StepKind.DECISION, date(2014, 8, 13))
    with pytest.raises(NotNowError):
        done(world, found, StepKind.FIRST_DISCUSSION, date(2014, 8, 12))
    done(world, found, StepKind.FIRST_DISCUSSION, date(2014, 8, 13))


def test_a_step_is_passed_over_with_a_reason_and_the_way_goes_on(world: World) -> None:
    found, by = way(world), secretariat(world)
    first = step(found, StepKind.DECISION)
    with pytest.raises(NotNowError):
        acts.pass_over(step=first, version=1, why=" ", by=by)
    acts.pass_over(step=first, version=1, why="Ingen ved, hvornår.", by=by)
    found.refresh_from_db()
    assert (found.state, first.noted_by_id, first.done_on) == (WayState.DECIDED, by.number, None)


def test_a_note_is_corrected_without_taking_the_step_twice(world: World) -> None:
    found, by = way(world), secretariat(world)
    noted = done(world, found, StepKind.DECISION, date(2014, 8, 13))
    acts.note_step(step=noted, version=2, on=date(2014, 8, 14), exactly=False, decision="Det blev besluttet.", by=by)
    again = step(found, StepKind.DECISION)
    assert (again.done_on, again.done_exactly, again.decision) == (date(2014, 8, 14), False, "Det blev besluttet.")
    found.refresh_from_db()
    assert found.state == WayState.DECIDED


def test_a_plan_takes_over_the_day_of_its_meeting_and_stands_when_it_has_happened(world: World) -> None:
    found, by = way(world), secretariat(world)
    committee = year_acts.enter_committee(code="sud", name="Socialudvalget", short_name="SUD", by=by)
    held = year_acts.plan_meeting(committee=committee, kind=MeetingKind.MEETING, on=date(2015, 2, 25), by=by)
    seminar = year_acts.plan_meeting(
        committee=committee, kind=MeetingKind.BUDGET_SEMINAR, on=None, month=date(2015, 3, 1), by=by
    )
    first = step(found, StepKind.DECISION)
    acts.plan_step(step=first, version=1, on=None, month=None, meeting=held, by=by)
    second = step(found, StepKind.FIRST_DISCUSSION)
    acts.plan_step(step=second, version=1, on=None, month=None, meeting=seminar, by=by)
    assert (first.planned_on, first.planned_month) == (date(2015, 2, 25), None)
    assert (second.planned_on, second.planned_month) == (None, date(2015, 3, 1))
    acts.note_step(step=first, version=2, on=date(2015, 2, 26), by=by)
    with pytest.raises(NotNowError):
        acts.plan_step(step=first, version=3, on=date(2015, 2, 26), month=None, meeting=None, by=by)
    assert step(found, StepKind.DECISION).planned_on == date(2015, 2, 25)
    with pytest.raises(NotNowError):
        year_acts.remove_meeting(meeting=Meeting.objects.get(pk=held.pk), by=by)


def test_a_dropped_strategy_says_why_and_goes_no_further(world: World) -> None:
    found, by = way(world), secretariat(world)
    with pytest.raises(NotNowError):
        acts.drop_way(way=found, version=1, why="", by=by)
    acts.drop_way(way=found, version=1, why="Der kommer en samlet strategi.", by=by)
    found.refresh_from_db()
    assert (found.state, found.dropped_by_id) == (WayState.DROPPED, by.number)
    with pytest.raises(NotNowError):
        done(world, found, StepKind.DECISION, date(2014, 8, 13))
    assert next_step(found) is None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARIAT])
def test_nobody_but_the_secretariat_notes_anything(role: Role, world: World) -> None:
    found, by = way(world), world.actors[role]
    first = step(found, StepKind.DECISION)
    with pytest.raises(NotAllowedError):
        acts.open_way(title="En til", by=by)
    with pytest.raises(NotAllowedError):
        acts.note_step(step=first, version=1, on=date(2014, 8, 13), by=by)
    with pytest.raises(NotAllowedError):
        acts.drop_way(way=found, version=1, why="Nej", by=by)


def test_whoever_notes_second_sees_what_stands(world: World) -> None:
    found, by = way(world), secretariat(world)
    seen = step(found, StepKind.DECISION)
    done(world, found, StepKind.DECISION, date(2014, 8, 13))
    with pytest.raises(ChangedMeanwhileError) as refused:
        acts.note_step(step=seen, version=1, on=date(2014, 8, 20), by=by)
    assert refused.value.theirs["done_on"] == "2014-08-13"


@pytest.mark.parametrize(
    "wrong",
    [
        {"done_on": date(2015, 1, 1)},
        {"done_exactly": True},
        {"planned_on": date(2015, 1, 1), "planned_month": date(2015, 1, 1)},
        {"passed_over": "Derfor"},
        {"noted_at": "2015-01-01T12:00:00Z"},
    ],
)
def test_the_database_refuses_steps_that_contradict_themselves(wrong: dict[str, object], world: World) -> None:
    first = step(way(world), StepKind.DECISION)
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(pk=first.pk).update(**wrong)


def test_every_state_but_the_last_two_leads_on_and_can_be_dropped() -> None:
    leads = {state: [act for found, act, _ in WAY.rows() if found is state] for state in WayState}
    assert leads == {
        WayState.PROPOSED: ["decision", "drop"],
        WayState.DECIDED: ["first_discussion", "drop"],
        WayState.FIRST_DISCUSSED: ["thematic_discussion", "drop"],
        WayState.THEME_DISCUSSED: ["whole_draft", "drop"],
        WayState.DRAFT_DISCUSSED: ["adoption", "drop"],
        WayState.ADOPTED: [],
        WayState.DROPPED: [],
    }


def test_what_is_done_is_in_the_record(world: World) -> None:
    found, by = way(world), secretariat(world)
    done(world, found, StepKind.DECISION, date(2014, 8, 13))
    rows = AuditRecord.objects.filter(subject="strategy_way", way="wrote", actor=by.number).order_by("pk")
    assert list(rows.values_list("act", "which")) == [("open_way", [found.pk]), ("note_step", [found.pk])]


def test_steps_that_come_soon_or_were_not_noted_lie_on_the_secretariats_desk(world: World) -> None:
    found, by = way(world, "Ny strategi"), secretariat(world)
    for kind, on in ((StepKind.DECISION, date(2015, 2, 25)), (StepKind.FIRST_DISCUSSION, date(2015, 3, 25))):
        acts.plan_step(step=step(found, kind), version=1, on=on, month=None, meeting=None, by=by)
    acts.plan_step(
        step=step(found, StepKind.ADOPTION), version=1, on=date(2015, 6, 24), month=None, meeting=None, by=by
    )
    assert [(task.words.render("en"), task.due) for task in desk.tasks(by)] == [
        ("Note what happened: It is decided to make the strategy, “Ny strategi”", date(2015, 2, 25)),
        ("First discussion: “Ny strategi”", date(2015, 3, 25)),
    ]
    assert desk.tasks(world.actors[Role.COMMITTEE_MEMBER]) == []
    assert ways_visible_to(world.actors[Role.AUDITOR]).count() == 0
