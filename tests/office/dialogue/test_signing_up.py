"""Signing up without an account, for oneself or for somebody else, and the private page."""

from __future__ import annotations

import logging
import re
from datetime import date, time, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.office.conftest import AsRole
from tests.office.dialogue.meetings import DAY, MEETING_DAY, NO_NEEDS, at, held, invited, joins, plan, states

from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.links import digest
from pejl.office.core.refusals import NotAllowedError, NotNowError
from pejl.office.core.roles import Role
from pejl.office.core.who import LinkHolder
from pejl.office.dialogue.acts.jobs import remind
from pejl.office.dialogue.acts.meetings import cancel_meeting, change_meeting, close, plan_meeting
from pejl.office.dialogue.acts.signing_up import (
    Needs,
    Person,
    accept_offer,
    cancel_sign_up,
    change_needs,
    link_word,
    sign_up,
    sign_up_oneself,
)
from pejl.office.dialogue.kept_out import KeptOutError
from pejl.office.dialogue.kinds import ContactWay, Part
from pejl.office.dialogue.models import Contact, Meeting, Need, SignUp
from pejl.office.dialogue.public_forms import SignUpForm
from pejl.office.dialogue.queries import Room
from pejl.office.dialogue.states import SignUpState
from pejl.office.outbox.acts import text_of
from pejl.office.outbox.models import Letter

pytestmark = pytest.mark.django_db

CPR = "310299-1234"  # no such number was given out
USERS = {Part.USER: 1}
FORM = {"whom": "self", "part": "user", "called": "Alma", "way": "none", "once": "0" * 32}


def _client() -> Client:
    return Client(headers={"host": "localhost"})


def _address(meeting: Meeting) -> str:
    return f"/dialog/{meeting.slug}/tilmeld/"


def test_somebody_is_signed_up_by_somebody_else_and_the_helper_is_reached(world: World) -> None:
    meeting = invited(world, USERS)
    told = {**FORM, "whom": "other", "contact_name": "Lone", "way": "phone", "phone": "12 34 56 78"}
    answer = _client().post(_address(meeting), told)
    made = SignUp.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/dialog/min/{link_word(made)}/")
    assert (made.contact.called, made.contact.contact_name, made.contact.phone) == ("Alma", "Lone", "12 34 56 78")
    assert made.contact.delete_on == MEETING_DAY + timedelta(days=365)
    assert not Letter.objects.exists()


def test_a_form_sent_twice_is_one_sign_up(world: World) -> None:
    meeting = invited(world, {Part.USER: 5})
    client = _client()
    first, second = (client.post(_address(meeting), FORM).headers["Location"] for _ in range(2))
    assert first == second
    assert SignUp.objects.count() == 1


def test_the_database_holds_nothing_that_opens_the_private_page(world: World) -> None:
    made = joins(invited(world, USERS))
    word = link_word(made)
    kept = [str(value) for value in SignUp.objects.values_list().get()]
    assert all(word not in value for value in kept)
    assert made.link_digest == digest(word)
    assert _client().get(f"/dialog/min/{word}/").status_code == 200
    assert _client().get(f"/dialog/min/{word[:-1]}/").status_code == 404


@pytest.mark.parametrize("field", ["called", "contact_name", "phone", "interpreter", "other"])
def test_a_number_like_a_cpr_number_is_refused_kindly_and_nothing_is_kept(world: World, field: str) -> None:
    meeting = invited(world, USERS)
    told = {**FORM, "whom": "other", "contact_name": "Lone", "way": "phone", "phone": "12345678", field: CPR}
    answer = _client().post(_address(meeting), told)
    assert answer.status_code == 200
    assert "CPR" in answer.content.decode()
    assert not SignUp.objects.exists()
    assert not AuditRecord.objects.filter(subject="sign_up").exists()


@pytest.mark.parametrize(
    ("person", "needs"),
    [
        (Person(called=CPR, way=ContactWay.NONE), NO_NEEDS),
        (Person(called="A", way=ContactWay.NONE, for_other=True, contact_name=CPR), NO_NEEDS),
        (Person(called="A", way=ContactWay.PHONE, phone=CPR), NO_NEEDS),
        (Person(called="A", way=ContactWay.NONE), Needs(other=CPR)),
        (Person(called="A", way=ContactWay.NONE), Needs(interpreter=CPR)),
    ],
)
def test_the_act_itself_refuses_it_too(world: World, person: Person, needs: Needs) -> None:
    with pytest.raises(KeptOutError) as refused:
        sign_up(meeting=invited(world, USERS), part=Part.USER, person=person, needs=needs, once="x", at=at())
    assert CPR not in str(refused.value)
    assert CPR not in repr(person) + repr(needs)


def test_politicians_sign_up_in_the_office_and_only_they_do(world: World) -> None:
    meeting = invited(world, {Part.USER: 1, Part.POLITICIAN: 1})
    member = world.actors[Role.COMMITTEE_MEMBER]
    person = Person(called="Alma", way=ContactWay.NONE)
    with pytest.raises(NotAllowedError):
        sign_up(meeting=meeting, part=Part.POLITICIAN, person=person, needs=NO_NEEDS, once="1", at=at())
    with pytest.raises(NotAllowedError):
        sign_up(meeting=meeting, part=Part.USER, person=person, needs=NO_NEEDS, once="2", at=at(), by=member)
    with pytest.raises(NotAllowedError):
        sign_up_oneself(meeting=meeting, needs=NO_NEEDS, at=at(), by=world.actors[Role.EMPLOYEE])
    made = sign_up_oneself(meeting=meeting, needs=NO_NEEDS, at=at(), by=member)
    assert (made.state, made.account_id, made.contact.called) == ("place", member.number, "Pia Politiker")
    with pytest.raises(NotNowError, match="already"):
        sign_up_oneself(meeting=meeting, needs=NO_NEEDS, at=at(), by=member)


def test_sign_up_ends_with_its_last_day_but_the_secretariat_can_still_help(world: World) -> None:
    meeting = invited(world, {Part.USER: 3})
    joins(meeting, when=at(date(2015, 3, 18), 23, 59))
    with pytest.raises(NotNowError, match="not open"):
        joins(meeting, when=at(date(2015, 3, 19), 0))
    close(meeting=meeting, by=world.actors[Role.SECRETARIAT])
    with pytest.raises(NotNowError, match="not open"):
        joins(meeting)
    person = Person(called="Alma", way=ContactWay.NONE)
    by = world.actors[Role.SECRETARIAT]
    helped = sign_up(meeting=meeting, part=Part.USER, person=person, needs=NO_NEEDS, once="x", at=at(), by=by)
    assert helped.state == SignUpState.PLACE


def test_a_meeting_nobody_is_invited_to_cannot_be_signed_up_for_or_seen(world: World) -> None:
    planned = plan_meeting(plan=plan(), places=USERS, by=world.actors[Role.SECRETARIAT])
    with pytest.raises(NotNowError, match="not open"):
        joins(planned)
    assert _client().get(_address(planned)).status_code == 404
    assert planned.title not in _client().get("/dialog/").content.decode()


def test_a_part_without_places_is_refused(world: World) -> None:
    with pytest.raises(NotNowError, match="no places"):
        joins(invited(world, USERS), Part.RELATIVE)


def test_nobody_elses_sign_up_can_be_changed(world: World) -> None:
    meeting = invited(world, {Part.USER: 2})
    first, second = joins(meeting), joins(meeting)
    for by in (LinkHolder(second.pk), world.actors[Role.COMMITTEE_MEMBER], world.actors[Role.UNIT_LEADER]):
        with pytest.raises(NotAllowedError):
            cancel_sign_up(sign_up=first, at=at(), by=by)
        with pytest.raises(NotAllowedError):
            change_needs(sign_up=first, needs=NO_NEEDS, by=by)
        with pytest.raises(NotAllowedError):
            accept_offer(sign_up=first, at=at(), by=by)


def test_cancelling_takes_one_click_and_a_second_one_does_no_harm(world: World) -> None:
    meeting = invited(world, USERS)
    made, waiting = joins(meeting, needs=Needs(wheelchair=True)), joins(meeting)
    own = f"/dialog/min/{link_word(made)}/"
    client = _client()
    for _ in range(2):
        assert client.post(own, {"act": "cancel"}).status_code == 302
    assert "Du har meldt afbud" in client.get(own).content.decode()
    assert dict(states(meeting)) == {made.pk: "cancelled", waiting.pk: "offer"}
    assert not Need.objects.exists()
    assert Contact.objects.get(sign_up=made).delete_on == DAY + timedelta(days=14)


def test_the_private_page_says_number_in_line_and_offer_in_plain_words(world: World) -> None:
    meeting = invited(world, USERS)
    first, second, third = joins(meeting), joins(meeting), joins(meeting)
    client = _client()

    def said(made: SignUp) -> str:
        return client.get(f"/dialog/min/{link_word(made)}/").content.decode()

    assert "Du har en plads." in said(first)
    assert "Du er den første i køen." in said(second)
    assert "Du er nummer 2 i køen." in said(third)
    cancel_sign_up(sign_up=first, at=at(), by=LinkHolder(first.pk))
    assert "Sig ja senest den 5. marts 2015 kl. 09.00." in said(second)
    assert client.post(f"/dialog/min/{link_word(second)}/", {"act": "accept"}).status_code == 302
    assert "Du har en plads." in said(second)


def test_an_act_that_cannot_be_done_is_told_on_the_page_itself(world: World) -> None:
    made = joins(invited(world, USERS))
    answer = _client().post(f"/dialog/min/{link_word(made)}/", {"act": "accept"})
    assert answer.status_code == 409
    assert "Adressen på denne side" in answer.content.decode()


def test_letters_name_the_meeting_and_nobody(world: World) -> None:
    meeting = invited(world, USERS)
    by = world.actors[Role.SECRETARIAT]
    first = joins(meeting, called="Almarosa", email="almarosa@example.dk", needs=Needs(other="stolpeseng"))
    second = joins(meeting, called="Birkegrenen", email="birk@example.dk", contact_name="Lonelil")
    cancel_sign_up(sign_up=first, at=at(), by=LinkHolder(first.pk))
    accept_offer(sign_up=second, at=at(), by=LinkHolder(second.pk))
    moved = plan(begins=time(13), on=date(2015, 3, 21))
    change_meeting(meeting=meeting, version=1, plan=moved, places=USERS, by=by, at=at())
    assert remind(at(date(2015, 3, 16))) == 0  # five days ahead
    assert [remind(at(date(2015, 3, 17))) for _ in range(2)] == [1, 0]
    cancel_meeting(meeting=meeting, because="Stormen", at=at(), by=by)
    keys = [
        letter.key.removeprefix(f"dialogue-{second.pk}-") for letter in Letter.objects.filter(about_number=second.pk)
    ]
    assert sorted(keys) == ["changed-2", "meeting-cancelled", "offer-1", "reminder", "signed-up"]
    word = link_word(second)
    for letter in Letter.objects.all():
        text = text_of(letter)
        assert not re.search("almarosa|birk|lonelil|stolpeseng", (text + letter.subject).casefold())
        assert (word in text) == (letter.about_number == second.pk)
        assert "{link}" not in text


def test_a_planted_name_number_and_need_are_in_no_log_url_or_record(
    world: World, as_role: AsRole, caplog: pytest.LogCaptureFixture
) -> None:
    meeting = invited(world, USERS)
    client = _client()
    planted = {**FORM, "called": "Plantilda", "way": "email", "email": "plantilda@example.dk", "other": "kamelhår"}
    with caplog.at_level(logging.DEBUG):
        client.post(_address(meeting), {**planted, "other": CPR, "once": "1" * 32})
        where = client.post(_address(meeting), planted).headers["Location"]
        client.get(where)
        client.post(where, {"act": "needs", "other": "kamelhår"})
        client.post(where, {"act": "nonsense"})
        client.post(where, {"act": "cancel"})
        as_role(Role.SECRETARIAT).get(f"/office/dialogue/meetings/{meeting.pk}/sign-ups/")
    records = [str(row) for row in AuditRecord.objects.values_list()]
    said = " ".join([caplog.text, where, *records])
    assert not re.search(f"plantilda|kamelhår|{CPR}|3102991234", said.casefold())


def test_only_the_chosen_way_of_contact_is_kept(world: World) -> None:
    meeting = invited(world, USERS)
    told = {**FORM, "way": "email", "email": "a@example.dk", "phone": "no number", "contact_name": "Lone"}
    assert _client().post(_address(meeting), told).status_code == 302
    contact = Contact.objects.get()
    assert (contact.email, contact.phone, contact.contact_name, contact.for_other) == ("a@example.dk", "", "", False)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"way": "email"}, "email"),
        ({"way": "email", "email": "not an address"}, "email"),
        ({"way": "phone"}, "phone"),
        ({"way": "phone", "phone": "1234567"}, "phone"),
        ({"part": "politician"}, "part"),
        ({"part": ""}, "part"),
        ({"called": ""}, "called"),
        ({"way": ""}, "way"),
    ],
)
def test_what_is_missing_is_said_by_its_field(world: World, changes: dict[str, str], field: str) -> None:
    form = SignUpForm({**FORM, **changes}, language="da", rooms={Part.USER: Room(1, 0, 0)})
    assert not form.is_valid()
    assert list(form.errors) == [field]


@given(st.dictionaries(st.sampled_from(list(FORM)), st.text(max_size=40)))
def test_no_form_somebody_sends_is_too_strange(sent: dict[str, str]) -> None:
    form = SignUpForm(sent, language="da", rooms={Part.USER: Room(1, 0, 0)})
    if form.is_valid():
        assert form.person.called
        assert form.part_chosen is Part.USER


def test_a_cancelled_meeting_says_so_and_forgets_needs_at_once(world: World) -> None:
    meeting = invited(world, {Part.USER: 2})
    made = joins(meeting, needs=Needs(interpreter="tegnsprog"))
    cancel_meeting(meeting=meeting, because="Stormen", at=at(), by=world.actors[Role.SECRETARIAT])
    said = _client().get(f"/dialog/min/{link_word(made)}/").content.decode()
    assert "Mødet er aflyst." in said
    assert "Stormen" in said
    assert not Need.objects.exists()
    with pytest.raises(NotNowError):
        cancel_sign_up(sign_up=made, at=at(), by=LinkHolder(made.pk))


def test_after_the_meeting_nothing_can_be_cancelled_or_changed(world: World) -> None:
    meeting = held(world, USERS, "Alma")
    made = SignUp.objects.get()
    with pytest.raises(NotNowError):
        cancel_sign_up(sign_up=made, at=at(), by=LinkHolder(made.pk))
    with pytest.raises(NotNowError):
        change_needs(sign_up=made, needs=Needs(other="te"), by=LinkHolder(made.pk))
    assert _client().get(_address(meeting)).status_code == 404


def test_public_pages_have_no_cookie(world: World) -> None:
    meeting = invited(world, USERS)
    client = _client()
    where = client.post(_address(meeting), FORM).headers["Location"]
    for address in ("/dialog/", "/en/dialogue/", "/dialog/hoejt/", "/dialog/invitation.pdf", _address(meeting), where):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store, private"
    assert not client.cookies
