"""What says who somebody is, and what they need, goes on its day, and the deletion proves it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.office.dialogue.meetings import MEETING_DAY, NO_NEEDS, at, invited, joins

from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.roles import Role
from pejl.office.dialogue.acts import keeping
from pejl.office.dialogue.acts.keeping import Deleted, NotDeletedError, delete_personal, left_past
from pejl.office.dialogue.acts.lines import answer_line, write_line
from pejl.office.dialogue.acts.meetings import close, finish_answers, hold
from pejl.office.dialogue.acts.signing_up import Needs, link_word, sign_up_oneself
from pejl.office.dialogue.kinds import Outcome, Part
from pejl.office.dialogue.models import Contact, Meeting, Need, SignUp
from pejl.office.outbox.models import Letter

pytestmark = pytest.mark.django_db

ANSWERED = date(2015, 4, 10)


def _answered(world: World) -> Meeting:
    """Two users, one with a need; a politician; held on 20 March and answered on 10 April."""
    by = world.actors[Role.SECRETARIAT]
    meeting = invited(world, {Part.USER: 2, Part.POLITICIAN: 1})
    joins(meeting, called="Alma", email="alma@example.dk", needs=Needs(wheelchair=True))
    joins(meeting, called="Birk", phone="12345678")
    sign_up_oneself(meeting=meeting, needs=NO_NEEDS, at=at(), by=world.actors[Role.COMMITTEE_MEMBER])
    close(meeting=meeting, by=by)
    hold(meeting=meeting, absent=(), at=at(MEETING_DAY, 16), by=by)
    line = write_line(meeting=meeting, part=Part.USER, text="Døren var låst.", at=at(MEETING_DAY, 17), by=by)
    answer_line(line=line, version=1, outcome=Outcome.DONE, answer="Den er åben nu.", at=at(ANSWERED), by=by)
    return finish_answers(meeting=meeting, at=at(ANSWERED), by=by)


def test_needs_go_14_days_after_the_meeting_and_contacts_30_days_after_the_answers(world: World) -> None:
    _answered(world)
    assert delete_personal(date(2015, 4, 2)) == Deleted(date(2015, 4, 2), 0, 0, 0)
    assert delete_personal(date(2015, 4, 3)) == Deleted(date(2015, 4, 3), 1, 0, 0)
    assert delete_personal(date(2015, 5, 9)) == Deleted(date(2015, 5, 9), 0, 0, 0)
    assert delete_personal(date(2015, 5, 10)) == Deleted(date(2015, 5, 10), 0, 3, 0)
    assert not Contact.objects.exists()
    assert not Need.objects.exists()
    assert not SignUp.objects.filter(account__isnull=False).exists()
    acts = list(
        AuditRecord.objects.filter(act__startswith="delete_personal").order_by("id").values_list("act", "actor")
    )
    assert acts == [
        ("delete_personal needs=1 contacts=0 left=0", None),
        ("delete_personal needs=0 contacts=3 left=0", None),
    ]


def test_part_and_used_place_stay_and_the_private_page_still_tells_what_became_of_it(world: World) -> None:
    _answered(world)
    delete_personal(date(2016, 1, 1))
    made = SignUp.objects.order_by("position").first()
    assert made is not None
    assert (made.part, made.attended) == ("user", True)
    said = Client(headers={"host": "localhost"}).get(f"/dialog/min/{link_word(made)}/").content.decode()
    assert "Døren var låst." in said
    assert "Den er åben nu." in said
    assert "Alma" not in said


def test_what_is_never_answered_goes_a_year_after_the_meeting(world: World) -> None:
    joins(invited(world, {Part.USER: 1}))
    assert delete_personal(MEETING_DAY + timedelta(days=364)).contacts == 0
    assert delete_personal(MEETING_DAY + timedelta(days=365)).contacts == 1


def test_letters_that_were_not_sent_lose_their_address_too(world: World) -> None:
    joins(invited(world, {Part.USER: 1}), email="alma@example.dk")
    delete_personal(date(2017, 1, 1))
    assert list(Letter.objects.values_list("address", flat=True)) == [""]


def test_a_deletion_that_leaves_something_is_undone_and_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    joins(invited(world, {Part.USER: 1}), needs=Needs(wheelchair=True))
    monkeypatch.setattr(keeping, "forget_needs", lambda needs: 0)
    with pytest.raises(NotDeletedError, match="1 rows past their day are left"):
        delete_personal(date(2017, 1, 1))
    assert Contact.objects.count() == 1
    assert left_past(date(2017, 1, 1)) == 2


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(-30, 30), max_size=6), on=st.integers(-40, 40))
def test_nothing_past_its_day_is_ever_left_and_nothing_goes_before(world: World, days: list[int], on: int) -> None:
    day = date(2015, 6, 1)
    Contact.objects.all().delete()
    meeting = invited(world, {Part.USER: 1})
    for shift in days:
        made = joins(meeting)
        Contact.objects.filter(sign_up=made).update(delete_on=day + timedelta(days=shift))
    done = delete_personal(day + timedelta(days=on))
    assert done.contacts == sum(1 for shift in days if shift <= on)
    assert Contact.objects.count() == sum(1 for shift in days if shift > on)
    assert done.left == left_past(done.on) == 0
