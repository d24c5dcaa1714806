"""What the office does by itself on dates somebody set. Each job may be run as often as one likes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.core.who import JOB
from pejl.office.dialogue import crowding, letters
from pejl.office.dialogue.acts.keeping import Deleted, delete_personal
from pejl.office.dialogue.acts.meetings import close, release_places
from pejl.office.dialogue.acts.signing_up import end_offers
from pejl.office.dialogue.models import Contact, Meeting, SignUp
from pejl.office.dialogue.states import AHEAD, MeetingState, SignUpState

REMINDED = timedelta(days=4)
"""So long before a meeting those with a place are reminded."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """What the jobs of dialogue did.

    Attributes:
        released: meetings whose unused places are now for everybody in line.
        closed: meetings whose sign-up ended.
        lapsed: offers that ended.
        offered: places that were offered.
        reminded: letters that remind.
        deleted: what was past its day.
        senders: counts of networks whose window was over.
    """

    released: int
    closed: int
    lapsed: int
    offered: int
    reminded: int
    deleted: Deleted
    senders: int


def tidy(at: datetime) -> Tidied:
    """Do everything that is due at a moment."""
    released = release_due(at)
    closed = close_due(at)
    lapsed, offered = lapse_offers(at)
    return Tidied(released, closed, lapsed, offered, remind(at), delete_personal(_day(at)), crowding.forget(at))


def release_due(at: datetime) -> int:
    """Release unused places of every meeting whose day for it has come; return how many meetings."""
    due = Meeting.objects.filter(state__in=AHEAD, released_at__isnull=True, release_on__lte=_day(at))
    for meeting in due:
        release_places(meeting=meeting, at=at, by=JOB)
    return len(due)


def close_due(at: datetime) -> int:
    """End sign-up of every meeting whose last day for it is over; return how many."""
    due = Meeting.objects.filter(state=MeetingState.INVITED, sign_up_until__lt=_day(at))
    for meeting in due:
        close(meeting=meeting, by=JOB)
    return len(due)


def lapse_offers(at: datetime) -> tuple[int, int]:
    """Let every offer lapse that nobody took, and offer what is free; return how many of each."""
    ended = SignUp.objects.filter(state=SignUpState.OFFER, offer_until__lte=at, meeting__state__in=AHEAD)
    lapsed = offered = 0
    for meeting in Meeting.objects.filter(pk__in=ended.values("meeting_id")):
        gone, given = end_offers(meeting=meeting, at=at, by=JOB)
        lapsed += len(gone)
        offered += len(given)
    return lapsed, offered


def remind(at: datetime) -> int:
    """Remind those with a place of a meeting a few days ahead; return how many letters were written."""
    soon = Meeting.objects.filter(state__in=AHEAD, on__gte=_day(at), on__lte=_day(at) + REMINDED)
    return sum(_remind_of(meeting, at) for meeting in soon if meeting.begins_at > at)


@transaction.atomic
def _remind_of(meeting: Meeting, at: datetime) -> int:
    due = Contact.objects.filter(
        sign_up__meeting=meeting, sign_up__state=SignUpState.PLACE, sign_up__reminded_at__isnull=True
    )
    contacts = list(due.select_related("sign_up"))
    written = []
    for contact in contacts:
        contact.sign_up.meeting = meeting
        if letters.reminded(contact.sign_up, contact, at):
            written.append(contact.sign_up.pk)
    SignUp.objects.filter(pk__in=[contact.sign_up.pk for contact in contacts]).update(reminded_at=at)
    if written:
        wrote(JOB, Subject.SIGN_UP, written, "remind")
    return len(written)


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
