"""Signing up, taking an offered place, cancelling: each under the lock of the meeting's row."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pejl.office.accounts.actor import Actor
from pejl.office.accounts.models import Account
from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.core.links import digest, new_nonce, token
from pejl.office.core.refusals import NotAllowedError, NotNowError
from pejl.office.core.who import LinkHolder, Who
from pejl.office.dialogue import crowding, letters
from pejl.office.dialogue.acts.keeping import CANCELLED_KEPT, contact_until, forget_needs, needs_until
from pejl.office.dialogue.acts.meetings import tell_offered
from pejl.office.dialogue.kept_out import refuse_numbers
from pejl.office.dialogue.kinds import INSIDE, ContactWay, Part
from pejl.office.dialogue.models import Contact, Meeting, Need, Place, SignUp
from pejl.office.dialogue.rules import may_sign_up_inside, may_write, require_holder
from pejl.office.dialogue.states import AHEAD, SIGN_UP, MeetingState, SignUpState
from pejl.office.dialogue.waiting import free_place, lapse, locked, next_position, offer_places
from pejl.office.outbox.acts import take_back
from pejl.text import Language, message


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Who signs up, as they wrote it; see `Contact`. It never shows itself in a log."""

    called: str
    way: ContactWay
    email: str = ""
    phone: str = ""
    for_other: bool = False
    contact_name: str = ""
    language: Language = "da"


@dataclass(frozen=True, slots=True, repr=False)
class Needs:
    """What somebody needs to take part; see `Need`. It never shows itself in a log."""

    interpreter: str = ""
    wheelchair: bool = False
    other: str = ""

    def __bool__(self) -> bool:
        return bool(self.interpreter or self.wheelchair or self.other)


@transaction.atomic
def sign_up(
    *,
    meeting: Meeting,
    part: Part,
    person: Person,
    needs: Needs,
    once: str,
    at: datetime,
    by: Actor | None = None,
    mark: str = "",
) -> SignUp:
    """Sign somebody up: they get a place, or stand last in line.

    Args:
        meeting: to take part in.
        part: the part they take.
        person: what they are called and how they are reached.
        needs: what they need.
        once: a word of the form: sent twice, it is one sign-up.
        at: the moment.
        by: the secretariat for somebody who calls, or a member of the committee; None for whoever comes by.
        mark: of the network it comes from, as `crowding.mark_of` gives it; empty where that is not counted.

    Raises:
        TooManyError: too many have just signed up from the same network.
        NotNowError: sign-up is not open, or has ended.
        NotAllowedError: the part is signed up for in the office.
        KeptOutError: a number that looks like a CPR number was written.
    """
    for text in (person.called, person.contact_name, person.phone, needs.interpreter, needs.other):
        refuse_numbers(text)
    now = locked(meeting.pk)
    standing = SignUp.objects.filter(once=digest(once)).select_related("meeting").first()
    if standing is not None:
        return standing
    _require_open(now, part, at, by)
    if mark:
        crowding.count(mark, at)
    place = free_place(now, part)
    made = _create(now, part, place, digest(once), at, by)
    contact = Contact.objects.create(
        sign_up=made,
        called=person.called,
        for_other=person.for_other,
        contact_name=person.contact_name,
        way=person.way,
        email=person.email,
        phone=person.phone,
        language=person.language,
        delete_on=contact_until(now),
    )
    _keep_needs(made, needs)
    letters.signed_up(made, contact, at)
    wrote(by or LinkHolder(made.pk), Subject.SIGN_UP, made.pk, "sign_up")
    return made


@transaction.atomic
def sign_up_oneself(*, meeting: Meeting, needs: Needs, at: datetime, by: Actor) -> SignUp:
    """Sign a member of the committee up.

    Raises:
        NotAllowedError: whoever asks is none.
        NotNowError: they are signed up already, or sign-up is not open.
        KeptOutError: a number that looks like a CPR number was written.
    """
    if not may_sign_up_inside(by):
        raise NotAllowedError(message("members of the committee sign up here; others do so on the public page"))
    locked(meeting.pk)
    if SignUp.objects.filter(meeting=meeting, account_id=by.number).exclude(state=SignUpState.CANCELLED).exists():
        raise NotNowError(message("you are signed up for this meeting already"))
    account = Account.objects.get(pk=by.number)
    language: Language = "en" if account.language == "en" else "da"
    person = Person(called=account.name[:80], way=ContactWay.ACCOUNT, email=account.email, language=language)
    return sign_up(
        meeting=meeting, part=Part.POLITICIAN, person=person, needs=needs, once=secrets.token_hex(16), at=at, by=by
    )


@transaction.atomic
def accept_offer(*, sign_up: SignUp, at: datetime, by: Who) -> SignUp:
    """Take a place that was offered.

    Raises:
        NotAllowedError: it is somebody else's.
        NotNowError: nothing is offered, or the offer has lapsed.
    """
    require_holder(by, sign_up)
    now = _locked(sign_up)
    if now.state == SignUpState.OFFER and now.offer_until is not None and now.offer_until <= at:
        raise NotNowError(message("the offer has ended; you still stand in line, and will be offered the next place"))
    now.state = SIGN_UP.after(SignUpState(now.state), "accept")
    now.offer_until = None
    now.save()
    wrote(by, Subject.SIGN_UP, now.pk, "accept_offer")
    return now


@transaction.atomic
def cancel_sign_up(*, sign_up: SignUp, at: datetime, by: Who) -> SignUp:
    """Cancel; the place is offered to whoever stands first in line. Cancelled twice is cancelled.

    Raises:
        NotAllowedError: it is somebody else's.
        NotNowError: the meeting was held.
    """
    require_holder(by, sign_up)
    now = _locked(sign_up)
    if now.state == SignUpState.CANCELLED:
        return now
    if now.meeting.state not in AHEAD:
        raise NotNowError(message("the meeting is over; there is nothing to cancel"))
    now.state = SIGN_UP.after(SignUpState(now.state), "cancel")
    now.place, now.offer_until, now.cancelled_at = None, None, at
    now.save()
    forget_needs(Need.objects.filter(sign_up=now))
    soon = timezone.localtime(at).date() + CANCELLED_KEPT
    Contact.objects.filter(sign_up=now, delete_on__gt=soon).update(delete_on=soon)
    take_back(about=Subject.SIGN_UP, about_number=now.pk, at=at)
    tell_offered(now.meeting, offer_places(now.meeting, at), at)
    wrote(by, Subject.SIGN_UP, now.pk, "cancel_sign_up")
    return now


@transaction.atomic
def change_needs(*, sign_up: SignUp, needs: Needs, by: Who) -> None:
    """Change what somebody needs.

    Raises:
        NotAllowedError: it is somebody else's.
        NotNowError: the meeting was held, or the sign-up cancelled.
        KeptOutError: a number that looks like a CPR number was written.
    """
    require_holder(by, sign_up)
    for text in (needs.interpreter, needs.other):
        refuse_numbers(text)
    now = _locked(sign_up)
    if now.meeting.state not in AHEAD or now.state == SignUpState.CANCELLED:
        raise NotNowError(message("the meeting is over, or the sign-up is cancelled"))
    forget_needs(Need.objects.filter(sign_up=now))
    _keep_needs(now, needs)
    wrote(by, Subject.SIGN_UP, now.pk, "change_needs")


@transaction.atomic
def end_offers(*, meeting: Meeting, at: datetime, by: Who) -> tuple[list[SignUp], list[SignUp]]:
    """Let offers lapse that nobody took, and offer what is free; return those whose offer lapsed, and those offered."""
    now = locked(meeting.pk)
    lapsed = lapse(now, at)
    offered = offer_places(now, at)
    tell_offered(now, offered, at)
    if lapsed or offered:
        wrote(by, Subject.SIGN_UP, [each.pk for each in (*lapsed, *offered)], "end_offers")
    return lapsed, offered


def link_word(sign_up: SignUp) -> str:
    """Return the word of somebody's private link."""
    return token(letters.LINK_KIND, sign_up.pk, sign_up.link_nonce)


def _require_open(meeting: Meeting, part: Part, at: datetime, by: Actor | None) -> None:
    helped = by is not None and may_write(by)
    if part in INSIDE and by is None:
        raise NotAllowedError(message("members of the committee sign up in the office"))
    if by is not None and not helped and part not in INSIDE:
        raise NotAllowedError(message("everybody else than members of the committee signs up on the public page"))
    open_now = meeting.state == MeetingState.INVITED and timezone.localtime(at).date() <= meeting.sign_up_until
    if not (open_now or (helped and meeting.state in AHEAD)) or at >= meeting.begins_at:
        raise NotNowError(message("sign-up for this meeting is not open"))
    if not Place.objects.filter(meeting=meeting, part=part).exists():
        raise NotNowError(message("this meeting has no places for the part you chose"))


def _create(meeting: Meeting, part: Part, place: Place | None, once: str, at: datetime, by: Actor | None) -> SignUp:
    nonce = new_nonce()
    own = by is not None and part in INSIDE and may_sign_up_inside(by)
    made = SignUp.objects.create(
        meeting=meeting,
        part=part,
        state=SignUpState.WAITING if place is None else SignUpState.PLACE,
        position=next_position(meeting),
        place=place,
        signed_up_at=at,
        account_id=by.number if own and by is not None else None,
        once=once,
        link_nonce=nonce,
        link_digest=digest(nonce),  # until the row has the number that the word is made from
    )
    made.link_digest = digest(link_word(made))
    made.save(update_fields=["link_digest"])
    return made


def _keep_needs(sign_up: SignUp, needs: Needs) -> None:
    if needs:
        Need.objects.create(
            sign_up=sign_up,
            interpreter=needs.interpreter,
            wheelchair=needs.wheelchair,
            other=needs.other,
            delete_on=needs_until(sign_up.meeting),
        )


def _locked(sign_up: SignUp) -> SignUp:
    """Return a sign-up as it is once its meeting's row is locked."""
    meeting = locked(sign_up.meeting.pk)
    now = SignUp.objects.get(pk=sign_up.pk)
    now.meeting = meeting
    return now
