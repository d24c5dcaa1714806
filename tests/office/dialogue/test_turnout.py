"""How many came to a meeting: numbers only, whoever had signed up and whoever walked in."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.office.conftest import AsRole
from tests.office.dialogue.meetings import held, invited

from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.refusals import NotAllowedError, NotNowError
from pejl.office.core.roles import Role
from pejl.office.dialogue.acts.meetings import note_came
from pejl.office.dialogue.kinds import Part
from pejl.office.dialogue.models import Came
from pejl.office.dialogue.queries import Turnout, meetings_for_statistics, turnout_of

pytestmark = pytest.mark.django_db


def test_walk_ins_are_counted_and_put_right(world: World) -> None:
    by = world.actors[Role.SECRETARIAT]
    meeting = held(world, {Part.USER: 3, Part.RELATIVE: 1}, "Alma", "Birk")
    assert turnout_of(meeting) == Turnout({Part.USER: 2}, noted=False)
    note_came(meeting=meeting, came={Part.USER: 5, Part.RELATIVE: 1}, by=by)
    note_came(meeting=meeting, came={Part.USER: 4, Part.EMPLOYEE: 2}, by=by)
    turnout = turnout_of(meeting)
    assert turnout == Turnout({Part.USER: 4, Part.EMPLOYEE: 2}, noted=True)
    assert (turnout.all, Came.objects.count()) == (6, len(Part))
    assert (
        list(AuditRecord.objects.filter(act="note_came").values_list("subject", "which"))
        == [("dialogue", [meeting.pk])] * 2
    )
    (row,) = meetings_for_statistics(2015)
    assert row.attended == {Part.USER: 2}, "places that were used stay what they were"


def test_that_nobody_came_can_be_noted(world: World) -> None:
    meeting = held(world, {Part.USER: 1}, "Alma")
    note_came(meeting=meeting, came={}, by=world.actors[Role.SECRETARIAT])
    assert turnout_of(meeting) == Turnout({}, noted=True)


def test_it_is_noted_by_the_secretariat_once_the_meeting_was_held(world: World) -> None:
    with pytest.raises(NotNowError, match="has been held"):
        note_came(meeting=invited(world, {Part.USER: 1}), came={}, by=world.actors[Role.SECRETARIAT])
    meeting = held(world, {Part.USER: 1}, "Alma")
    with pytest.raises(NotAllowedError):
        note_came(meeting=meeting, came={}, by=world.actors[Role.CENTRE_LEADER])
    for wrong in ({"part": "somebody", "count": 1}, {"part": Part.USER, "count": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Came.objects.create(meeting=meeting, **wrong)


def test_the_page_takes_numbers_and_the_meeting_tells_them(world: World, as_role: AsRole) -> None:
    meeting = held(world, {Part.USER: 3}, "Alma", "Birk")
    client = as_role(Role.SECRETARIAT)
    here, address = f"/office/dialogue/meetings/{meeting.pk}/", f"/office/dialogue/meetings/{meeting.pk}/came/"
    before = client.get(here).content.decode()
    assert f'href="{address}"' in before
    asked = client.get(address).content.decode()
    assert 'name="user" value="2"' in asked
    nobody = dict.fromkeys(Part, "0")
    for wrong in ("-1", "", "many"):
        assert client.post(address, {**nobody, "user": wrong}).status_code == 200
    assert client.post(address, {**nobody, "user": "5"}).headers["Location"] == here
    assert "(Bruger: 5)" in client.get(here).content.decode()
    assert address not in as_role(Role.EMPLOYEE).get(here).content.decode()
    ahead = invited(world, {Part.USER: 1})
    assert client.get(f"/office/dialogue/meetings/{ahead.pk}/came/").status_code == 409
