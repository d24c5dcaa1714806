"""Planning the year: who may, what follows what, and that nobody overwrites what they have not seen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.office.year.making import committee, item, meeting, moved, secretariat

from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.refusals import ChangedMeanwhileError, NotAllowedError, NotNowError
from pejl.office.core.roles import Role
from pejl.office.year import acts
from pejl.office.year.models import Discussion, Meeting
from pejl.office.year.quarters import Quarter
from pejl.office.year.queries import rules_of, years_of
from pejl.office.year.states import DeadlineKind, MeetingKind

pytestmark = pytest.mark.django_db
CHANGE: dict[str, Any] = {
    "kind": MeetingKind.MEETING,
    "on": date(2015, 5, 6),
    "month": None,
    "starts_at": None,
    "place": "",
    "note": "",
}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARIAT])
def test_nobody_but_the_secretariat_plans(role: Role, world: World) -> None:
    at = meeting(world)
    by = world.actors[role]
    with pytest.raises(NotAllowedError):
        acts.plan_meeting(committee=at.committee, kind=MeetingKind.MEETING, on=date(2015, 5, 6), by=by)
    with pytest.raises(NotAllowedError):
        acts.change_meeting(meeting=at, version=1, **CHANGE, by=by)
    with pytest.raises(NotAllowedError):
        acts.enter_other_wheel(name="BUF", short_name="", by=by)
    assert Meeting.objects.get().on == date(2015, 4, 22)


def test_a_new_committee_begins_with_the_deadlines_that_are_proposed(world: World) -> None:
    assert rules_of(committee(world)) == {
        DeadlineKind.DRAFT_READY: 15,
        DeadlineKind.AGENDA_CLOSES: 8,
        DeadlineKind.AGENDA_PUBLIC: 4,
    }


def test_deadlines_are_the_committees_own_and_must_follow_each_other(world: World) -> None:
    own, by = committee(world), secretariat(world)
    same: dict[str, Any] = {"committee": own, "name": own.name, "short_name": "SUD", "by": by}
    with pytest.raises(NotNowError):
        acts.change_committee(**same, version=1, days={DeadlineKind.DRAFT_READY: 5, DeadlineKind.AGENDA_CLOSES: 8})
    days = {DeadlineKind.DRAFT_READY: 20, DeadlineKind.AGENDA_PUBLIC: 6}
    acts.change_committee(**same, version=1, days=days)
    assert rules_of(own) == days
    with pytest.raises(ChangedMeanwhileError):
        acts.change_committee(**same, version=1, days={})


def test_a_meeting_has_a_day_or_a_month(world: World) -> None:
    own, by = committee(world), secretariat(world)
    with pytest.raises(NotNowError):
        acts.plan_meeting(committee=own, kind=MeetingKind.SEMINAR, on=None, by=by)
    seminar = acts.plan_meeting(committee=own, kind=MeetingKind.SEMINAR, on=None, month=date(2015, 3, 17), by=by)
    assert (seminar.on, seminar.month) == (None, date(2015, 3, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=seminar.pk).update(on=date(2015, 3, 17))
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=seminar.pk).update(agenda="public")


def test_whoever_saves_second_sees_what_stands_and_loses_nothing(world: World) -> None:
    at, by = meeting(world), secretariat(world)
    seen = Meeting.objects.get(pk=at.pk)
    acts.change_meeting(meeting=at, version=1, **{**CHANGE, "place": "Rådhuset"}, by=by)
    with pytest.raises(ChangedMeanwhileError) as refused:
        acts.change_meeting(meeting=seen, version=1, **{**CHANGE, "place": "Bernstorffsgade"}, by=by)
    assert refused.value.theirs == {"place": "Rådhuset"}
    assert refused.value.version == 2
    acts.change_meeting(meeting=seen, version=2, **{**CHANGE, "place": "Bernstorffsgade"}, by=by)
    assert Meeting.objects.get().place == "Bernstorffsgade"


def test_a_discussion_stands_at_a_meeting_of_its_own_quarter(world: World) -> None:
    at, by = meeting(world), secretariat(world)
    same: dict[str, Any] = {"committee": at.committee, "title": "Tema", "theme": "Tema", "meeting": at, "by": by}
    with pytest.raises(NotNowError):
        acts.plan_discussion(**same, quarter=Quarter(2015, 1))
    acts.plan_discussion(**same, quarter=Quarter(2015, 2))
    with pytest.raises(NotNowError):
        acts.change_meeting(meeting=at, version=1, **{**CHANGE, "on": date(2015, 7, 1)}, by=by)
    acts.change_meeting(meeting=at, version=1, **CHANGE, by=by)


def test_a_meeting_at_which_something_stands_is_cancelled_and_not_taken_out(world: World) -> None:
    by = secretariat(world)
    empty, full, discussed = meeting(world), meeting(world), meeting(world)
    item(world, full)
    acts.plan_discussion(
        committee=discussed.committee, title="Tema", theme="", quarter=Quarter(2015, 2), meeting=discussed, by=by
    )
    acts.remove_meeting(meeting=empty, by=by)
    for each in (full, discussed):
        with pytest.raises(NotNowError):
            acts.remove_meeting(meeting=each, by=by)
    assert Meeting.objects.count() == 2


def test_a_meeting_that_was_held_is_not_moved(world: World) -> None:
    at = meeting(world, date(2015, 2, 25))
    item(world, at)
    moved(world, at, "close", "publish", "hold")
    with pytest.raises(NotNowError):
        acts.change_meeting(meeting=at, version=at.version, **CHANGE, by=secretariat(world))


def test_another_wheel_has_days_and_quarters_and_a_day_gives_the_quarter(world: World) -> None:
    by = secretariat(world)
    wheel = acts.enter_other_wheel(name="BUF", short_name="", by=by)
    entry = acts.enter_other(wheel=wheel, title="Møde", theme="", quarter=Quarter(2014, 1), on=date(2015, 5, 27), by=by)
    assert entry.when == Quarter(2015, 2)
    with pytest.raises(NotNowError):
        acts.enter_other(wheel=wheel, title="Møde", theme="", quarter=None, on=None, by=by)
    with pytest.raises(NotNowError):
        acts.enter_other_wheel(name="BUF", short_name="", by=by)


def test_every_act_is_in_the_record(world: World) -> None:
    by = secretariat(world)
    at = meeting(world)
    made = acts.plan_discussion(
        committee=at.committee, title="Tema", theme="", quarter=Quarter(2015, 2), meeting=at, by=by
    )
    acts.remove_discussion(discussion=made, by=by)
    assert not Discussion.objects.exists()
    rows = AuditRecord.objects.filter(subject="meeting", way="wrote", actor=by.number).order_by("pk")
    assert list(rows.values_list("act", "which")) == [
        ("enter_committee", []),
        ("plan_meeting", [at.pk]),
        ("plan_discussion", [at.pk]),
        ("remove_discussion", []),
    ]


def test_the_years_of_a_committee_are_those_in_which_something_is_entered(world: World) -> None:
    by, own = secretariat(world), committee(world)
    acts.plan_discussion(committee=own, title="Tema", theme="", quarter=Quarter(2014, 2), by=by)
    acts.plan_meeting(committee=own, kind=MeetingKind.SEMINAR, on=None, month=date(2016, 8, 1), by=by)
    assert years_of(own) == [2014, 2016]
