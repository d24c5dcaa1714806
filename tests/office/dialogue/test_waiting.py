"""Places and the line for them: fair, and nobody is lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.office.dialogue.meetings import MEETING_DAY, at, invited, joins, plan, states

from pejl.office.accounts.world import World
from pejl.office.core.refusals import NotNowError
from pejl.office.core.roles import Role
from pejl.office.core.who import JOB, LinkHolder
from pejl.office.dialogue.acts.jobs import lapse_offers, release_due, tidy
from pejl.office.dialogue.acts.meetings import change_meeting, close, release_places
from pejl.office.dialogue.acts.signing_up import accept_offer, cancel_sign_up, end_offers
from pejl.office.dialogue.kinds import Part
from pejl.office.dialogue.models import Meeting, Place, SignUp
from pejl.office.dialogue.states import MEETING, SIGN_UP, MeetingState, SignUpState
from pejl.office.dialogue.waiting import LAST_OFFER, ahead_of

pytestmark = pytest.mark.django_db


def _cancel(sign_up: SignUp, when: datetime) -> None:
    cancel_sign_up(sign_up=sign_up, at=when, by=LinkHolder(sign_up.pk))


def _accept(sign_up: SignUp, when: datetime) -> SignUp:
    return accept_offer(sign_up=sign_up, at=when, by=LinkHolder(sign_up.pk))


def test_places_go_in_order_of_arrival_and_the_rest_stand_in_line(world: World) -> None:
    meeting = invited(world, {Part.USER: 2, Part.RELATIVE: 1})
    made = [joins(meeting), joins(meeting), joins(meeting), joins(meeting, Part.RELATIVE), joins(meeting)]
    assert [state for _, state in states(meeting)] == ["place", "place", "waiting", "place", "waiting"]
    assert [ahead_of(made[2]), ahead_of(made[4])] == [0, 1]


def test_a_cancelled_place_is_offered_to_the_first_in_line_of_the_same_part(world: World) -> None:
    meeting = invited(world, {Part.USER: 1, Part.RELATIVE: 1})
    first, relative, waiting_relative, second, third = (
        joins(meeting),
        joins(meeting, Part.RELATIVE),
        joins(meeting, Part.RELATIVE),
        joins(meeting),
        joins(meeting),
    )
    _cancel(first, at(hour=10))
    assert dict(states(meeting)) == {
        first.pk: "cancelled",
        relative.pk: "place",
        waiting_relative.pk: "waiting",
        second.pk: "offer",
        third.pk: "waiting",
    }
    second.refresh_from_db()
    assert second.offer_until == at(hour=10) + timedelta(days=3)
    assert _accept(second, at(hour=11)).state == SignUpState.PLACE


def test_an_offer_nobody_takes_goes_on_and_who_had_it_stands_last(world: World) -> None:
    meeting = invited(world, {Part.USER: 1})
    first, second, third = joins(meeting), joins(meeting), joins(meeting)
    _cancel(first, at())
    assert lapse_offers(at() + timedelta(days=3) - timedelta(seconds=1)) == (0, 0)
    assert lapse_offers(at() + timedelta(days=3)) == (1, 1)
    assert states(meeting) == [(first.pk, "cancelled"), (third.pk, "offer"), (second.pk, "waiting")]
    second.refresh_from_db()
    assert (second.position, ahead_of(second)) == (4, 0)
    fourth = joins(meeting)
    assert (fourth.state, ahead_of(fourth)) == (SignUpState.WAITING, 1)


def test_an_offer_that_has_ended_cannot_be_taken_even_before_the_job_has_run(world: World) -> None:
    meeting = invited(world, {Part.USER: 1})
    first, second = joins(meeting), joins(meeting)
    _cancel(first, at())
    with pytest.raises(NotNowError, match="you still stand in line"):
        _accept(second, at() + timedelta(days=3))
    assert dict(states(meeting))[second.pk] == "offer"


def test_who_comes_later_never_passes_those_in_line(world: World) -> None:
    """Too near the meeting for offers a place can be free while people stand in line: it is not given past them."""
    meeting = invited(world, {Part.USER: 1}, sign_up_until=MEETING_DAY)
    first, second = joins(meeting), joins(meeting)
    late = meeting.begins_at - LAST_OFFER
    _cancel(first, late)
    assert dict(states(meeting))[second.pk] == "waiting"
    assert joins(meeting, when=late).state == SignUpState.WAITING


def test_no_offer_stands_longer_than_three_hours_before_the_meeting(world: World) -> None:
    meeting = invited(world, {Part.USER: 1})
    first, second = joins(meeting), joins(meeting)
    _cancel(first, at(date(2015, 3, 19), 12))
    second.refresh_from_db()
    assert second.offer_until == at(MEETING_DAY, 11)


def test_unused_places_of_other_parts_are_offered_once_released(world: World) -> None:
    meeting = invited(world, {Part.USER: 1, Part.POLITICIAN: 2}, release_on=date(2015, 3, 10))
    users = [joins(meeting) for _ in range(4)]
    assert release_due(at(date(2015, 3, 9), 23)) == 0
    assert release_due(at(date(2015, 3, 10), 0)) == 1
    assert [state for _, state in states(meeting)] == ["place", "offer", "offer", "waiting"]
    assert release_due(at(date(2015, 3, 10), 1)) == 0
    with pytest.raises(NotNowError, match="already for everybody"):
        release_places(meeting=meeting, at=at(), by=JOB)
    _cancel(users[0], at(date(2015, 3, 10), 12))
    assert [state for _, state in states(meeting)] == ["cancelled", "offer", "offer", "offer"]


def test_more_places_are_offered_at_once_and_taken_ones_stay(world: World) -> None:
    by = world.actors[Role.SECRETARIAT]
    meeting = invited(world, {Part.USER: 2})
    for _ in range(4):
        joins(meeting)
    meeting.refresh_from_db()
    change_meeting(meeting=meeting, version=1, plan=plan(), places={Part.USER: 3}, by=by, at=at())
    assert [state for _, state in states(meeting)] == ["place", "place", "offer", "waiting"]
    with pytest.raises(NotNowError, match="more places of a part are taken"):
        change_meeting(meeting=meeting, version=2, plan=plan(), places={Part.USER: 2}, by=by, at=at())


def test_a_place_cannot_be_two_peoples_nor_a_number_in_line(world: World) -> None:
    meeting = invited(world, {Part.USER: 1})
    first, second = joins(meeting), joins(meeting)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.filter(pk=second.pk).update(state=SignUpState.PLACE, place=first.place)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.filter(pk=second.pk).update(position=first.position)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.filter(pk=second.pk).update(state=SignUpState.PLACE)


def test_after_sign_up_has_closed_offers_still_go_out(world: World) -> None:
    meeting = invited(world, {Part.USER: 1})
    first, second = joins(meeting), joins(meeting)
    close(meeting=meeting, by=world.actors[Role.SECRETARIAT])
    _cancel(first, at())
    assert _accept(second, at()).state == SignUpState.PLACE


def test_the_jobs_can_run_as_often_as_one_likes(world: World) -> None:
    meeting = invited(world, {Part.USER: 1})
    first, _ = joins(meeting, email="a@example.dk"), joins(meeting)
    _cancel(first, at())
    moment = at(date(2015, 3, 17))
    done = tidy(moment)
    assert (done.lapsed, done.offered, done.closed, done.released) == (1, 1, 0, 0)
    again = tidy(moment)
    assert (again.lapsed, again.offered, again.reminded, again.deleted.left) == (0, 0, 0, 0)
    assert tidy(at(date(2015, 3, 19))).closed == 1


def test_every_move_of_the_tables_leads_to_a_state_with_words() -> None:
    for table, kinds in ((MEETING, MeetingState), (SIGN_UP, SignUpState)):
        assert set(table.words) == set(kinds)
        assert {state for row in table.rows() for state in (row[0], row[2])} == set(kinds)


PLACES = {Part.USER: 2, Part.RELATIVE: 1}
PARTS = st.sampled_from(sorted(PLACES))


class Line(RuleBasedStateMachine):
    """People come, cancel, say yes and do not answer; beside the office stands a list kept by hand."""

    world: World

    @initialize()
    def begin(self) -> None:
        self.meeting: Meeting = invited(self.world, PLACES)
        self.now = at()
        self.part: dict[int, Part] = {}
        self.seated: set[int] = set()
        self.offers: dict[int, datetime] = {}
        self.line: list[int] = []
        self.gone: set[int] = set()
        self.order: list[int] = []
        self.released = False

    def _free(self, part: Part) -> bool:
        taken = [self.part[pk] for pk in (*self.seated, *self.offers)]
        if self.released:
            return len(taken) < sum(PLACES.values())
        return taken.count(part) < PLACES[part]

    def _rivals(self, part: Part) -> list[int]:
        return [pk for pk in self.line if self.released or self.part[pk] is part]

    def _move_on(self) -> None:
        for pk in list(self.line):
            if self._free(self.part[pk]):
                self.line.remove(pk)
                self.offers[pk] = self.now + timedelta(days=3)

    @rule(part=PARTS)
    def come(self, part: Part) -> None:
        seated = self._free(part) and not self._rivals(part)
        made = joins(self.meeting, part, when=self.now)
        self.part[made.pk] = part
        self.order.append(made.pk)
        if seated:
            self.seated.add(made.pk)
        else:
            self.line.append(made.pk)

    @precondition(lambda self: self.part)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        pk = data.draw(st.sampled_from(sorted(self.part)))
        _cancel(SignUp.objects.get(pk=pk), self.now)
        if pk not in self.gone:
            self.seated.discard(pk)
            self.offers.pop(pk, None)
            self.line = [each for each in self.line if each != pk]
            self.gone.add(pk)
            self._move_on()

    @precondition(lambda self: self.offers)
    @rule(data=st.data())
    def say_yes(self, data: st.DataObject) -> None:
        pk = data.draw(st.sampled_from(sorted(self.offers)))
        if self.offers[pk] <= self.now:
            return
        _accept(SignUp.objects.get(pk=pk), self.now)
        del self.offers[pk]
        self.seated.add(pk)

    @rule(hours=st.sampled_from((1, 30, 80)))
    def time_passes(self, hours: int) -> None:
        if self.now > at() + timedelta(days=12):
            return
        self.now += timedelta(hours=hours)
        end_offers(meeting=self.meeting, at=self.now, by=JOB)
        ended = [pk for pk in self.order if pk in self.offers and self.offers[pk] <= self.now]
        for pk in ended:
            del self.offers[pk]
            self.line.append(pk)
            self.order.remove(pk)
            self.order.append(pk)
        self._move_on()

    @precondition(lambda self: not self.released and self.part)
    @rule()
    def release(self) -> None:
        release_places(meeting=self.meeting, at=self.now, by=JOB)
        self.released = True
        self._move_on()

    @invariant()
    def the_office_and_the_list_agree(self) -> None:
        rows = list(SignUp.objects.filter(meeting=self.meeting).order_by("position"))
        by_state: dict[str, list[int]] = {state: [] for state in SignUpState}
        for row in rows:
            by_state[row.state].append(row.pk)
        assert set(by_state["place"]) == self.seated
        assert {row.pk: row.offer_until for row in rows if row.state == "offer"} == self.offers
        assert by_state["waiting"] == self.line
        assert set(by_state["cancelled"]) == self.gone
        assert len(rows) == len(self.part)

    @invariant()
    def nobody_has_more_than_there_is(self) -> None:
        assert Place.objects.filter(meeting=self.meeting).count() == 3
        held = SignUp.objects.filter(meeting=self.meeting, place__isnull=False)
        assert held.count() <= 3
        if not self.released:
            for part, most in PLACES.items():
                assert held.filter(part=part).count() <= most


def test_the_line_is_what_a_careful_person_would_keep_by_hand(world: World) -> None:
    run_state_machine_as_test(
        type("LineOfThisWorld", (Line,), {"world": world}),
        settings=settings(
            max_examples=12, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
