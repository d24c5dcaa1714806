"""How long what says who somebody is, and what they need, is kept; and its deletion, which proves itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.clock import now
from pejl.office.core.who import JOB
from pejl.office.dialogue.models import Contact, Meeting, Need, SignUp
from pejl.office.outbox.acts import take_back

NEEDS_KEPT = timedelta(days=14)
"""After the meeting."""
ANSWERED_KEPT = timedelta(days=30)
"""Who somebody is, after the answers were given."""
LONGEST_KEPT = timedelta(days=365)
"""Who somebody is, after the meeting, whatever happens."""
CANCELLED_KEPT = timedelta(days=14)
"""Who somebody is, after a sign-up or the meeting was cancelled."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """What a deletion did.

    Attributes:
        on: everything due by this day was to go.
        needs: how many people's needs went.
        contacts: how many people's names and ways of contact went.
        left: how many rows past their day were still found afterwards; 0.
    """

    on: date
    needs: int
    contacts: int
    left: int


class NotDeletedError(RuntimeError):
    """Something past its day is still there; the deletion is undone and must be looked at."""


def needs_until(meeting: Meeting) -> date:
    """Return from which day needs are no longer kept."""
    return meeting.on + NEEDS_KEPT


def contact_until(meeting: Meeting) -> date:
    """Return from which day nothing that says who somebody is is kept."""
    longest = meeting.on + LONGEST_KEPT
    return min(longest, meeting.answered_on + ANSWERED_KEPT) if meeting.answered_on else longest


def forget_needs(needs: QuerySet[Need]) -> int:
    """Delete needs at once; return how many."""
    return needs.delete()[0]


@transaction.atomic
def delete_personal(on: date) -> Deleted:
    """Delete what is past its day, read again what is left, and record both.

    The sign-up itself stays: the part, and that the place was used. So does its private link.

    Raises:
        NotDeletedError: something past its day is still there.
    """
    due = Contact.objects.filter(delete_on__lte=on)
    numbers = sorted(due.values_list("sign_up_id", flat=True))
    needs = forget_needs(Need.objects.filter(delete_on__lte=on))
    contacts = len(numbers)
    SignUp.objects.filter(pk__in=numbers).update(account=None)
    due.delete()
    moment = now()
    for number in numbers:
        take_back(about=Subject.SIGN_UP, about_number=number, at=moment)
    left = left_past(on)
    if left:
        raise NotDeletedError(f"{left} rows past their day are left")
    if needs or contacts:
        wrote(JOB, Subject.SIGN_UP, numbers, f"delete_personal needs={needs} contacts={contacts} left={left}")
    return Deleted(on, needs, contacts, left)


def left_past(on: date) -> int:
    """Count what says who somebody is, or what they need, and is past its day; the account of a sign-up too."""
    without_contact = SignUp.objects.filter(account__isnull=False, contact__isnull=True)
    return (
        Need.objects.filter(delete_on__lte=on).count()
        + Contact.objects.filter(delete_on__lte=on).count()
        + without_contact.count()
    )
