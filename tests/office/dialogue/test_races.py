"""Many at once for few places, on a real PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from pytest_django import Settings
from tests.office.dialogue.meetings import at, invited, joins

from pejl.office.accounts.world import World
from pejl.office.core.who import LinkHolder
from pejl.office.dialogue.acts.signing_up import cancel_sign_up
from pejl.office.dialogue.crowding import TooManyError
from pejl.office.dialogue.kinds import Part
from pejl.office.dialogue.models import Contact, Meeting, Sender, SignUp

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def _at_once(*acts: Callable[[], object]) -> None:
    """Do everything at the same moment, each on a connection of its own; what goes wrong is raised."""
    ready = threading.Barrier(len(acts))
    faults: list[BaseException] = []

    def run(act: Callable[[], object]) -> None:
        try:
            ready.wait()
            act()
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_of_ten_who_want_the_last_place_at_once_one_gets_it_and_nine_stand_in_line(world: World) -> None:
    meeting = invited(world, {Part.USER: 1})
    _at_once(*[lambda: joins(meeting) for _ in range(10)])
    rows = list(SignUp.objects.order_by("position").values_list("position", "state"))
    assert rows == [(1, "place"), *((number, "waiting") for number in range(2, 11))]
    assert Contact.objects.count() == 10


def test_a_form_sent_ten_times_at_once_is_one_sign_up(world: World) -> None:
    meeting = invited(world, {Part.USER: 5})
    _at_once(*[lambda: joins(meeting, once="the same form") for _ in range(10)])
    assert SignUp.objects.count() == 1


def test_of_ten_from_one_network_at_once_no_more_get_in_than_may(world: World, settings: Settings) -> None:
    settings.PEJL_OFFICE_SIGNUPS = 3
    meetings = [invited(world, {Part.USER: 9}), invited(world, {Part.USER: 9})]
    refused: list[TooManyError] = []

    def come(meeting: Meeting) -> None:
        try:
            joins(meeting, mark="the same")
        except TooManyError as error:
            refused.append(error)

    _at_once(*[partial(come, meeting) for meeting in meetings * 5])
    assert (SignUp.objects.count(), len(refused)) == (3, 7)
    assert list(Sender.objects.values_list("count", flat=True)) == [3]


def test_places_given_back_while_others_come_are_offered_once_each(world: World) -> None:
    meeting = invited(world, {Part.USER: 4})
    seated = [joins(meeting) for _ in range(4)]
    first = [joins(meeting) for _ in range(4)]

    def giving(made: SignUp) -> Callable[[], object]:
        return lambda: cancel_sign_up(sign_up=made, at=at(), by=LinkHolder(made.pk))

    _at_once(*[giving(made) for made in seated], *[lambda: joins(meeting) for _ in range(4)])
    states = dict(SignUp.objects.values_list("pk", "state"))
    assert [states[made.pk] for made in seated] == ["cancelled"] * 4
    assert [states[made.pk] for made in first] == ["offer"] * 4
    assert sorted(states.values()).count("waiting") == 4
