"""Planning a meeting, inviting to it, holding it, answering what was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.core.refusals import ChangedMeanwhileError, NotNowError
from pejl.office.core.who import Who
from pejl.office.dialogue import letters
from pejl.office.dialogue.acts.keeping import ANSWERED_KEPT, CANCELLED_KEPT, contact_until, forget_needs, needs_until
from pejl.office.dialogue.kept_out import refuse_numbers
from pejl.office.dialogue.kinds import MeetingKind, Part
from pejl.office.dialogue.models import Came, Contact, Meeting, Need, Place, SignUp
from pejl.office.dialogue.rules import require_writer
from pejl.office.dialogue.states import AFTERWARDS, MEETING, MeetingState, SignUpState
from pejl.office.dialogue.waiting import lapse, locked, offer_places
from pejl.text import Message, message

_SLUGS = {MeetingKind.DIALOGUE_MEETING: "dialogmoede", MeetingKind.LABORATORY: "udviklingslaboratorium"}


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """What is decided of a meeting before people are invited; see `Meeting` for what each means."""

    kind: MeetingKind
    title: str
    on: date
    begins: time
    ends: time
    place: str
    sign_up_until: date
    address: str = ""
    access: str = ""
    themes: str = ""
    strategy: str = ""
    target_group: str = ""
    principles: tuple[str, ...] = ()
    release_on: date | None = None
    offer_days: int = 3

    def columns(self) -> dict[str, object]:
        """Return it as a meeting's row has it."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        return {**told, "principles": list(self.principles)}


@transaction.atomic
def plan_meeting(*, plan: MeetingPlan, places: Mapping[Part, int], by: Who) -> Meeting:
    """Plan a meeting; nobody but the secretariat sees it yet.

    Args:
        plan: what, when and where.
        places: how many of each part.
        by: the secretariat.

    Raises:
        NotNowError: it ends before it begins, or is signed up for after it was held, or has no places.
        KeptOutError: a number that looks like a CPR number stands in it.
    """
    require_writer(by)
    _check(plan, places)
    meeting = Meeting.objects.create(slug=_slug(plan), **plan.columns())
    _set_places(meeting, places)
    wrote(by, Subject.DIALOGUE, meeting.pk, "plan_meeting")
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, version: int, plan: MeetingPlan, places: Mapping[Part, int], by: Who, at: datetime
) -> Meeting:
    """Change a meeting that was not held yet; who signed up is told of another time or place.

    Raises:
        ChangedMeanwhileError: somebody else has saved it.
        NotNowError: it was held or cancelled, or fewer places are left than are taken.
        KeptOutError: a number that looks like a CPR number stands in it.
    """
    require_writer(by)
    now = locked(meeting.pk)
    MEETING.after(MeetingState(now.state), "change")
    _check(plan, places)
    if now.version != version:
        raise _changed_meanwhile(now, plan)
    moved = (now.on, now.begins, now.ends, now.place, now.address)
    for name, value in plan.columns().items():
        setattr(now, name, value)
    now.version += 1
    now.save()
    _set_places(now, places)
    if moved != (now.on, now.begins, now.ends, now.place, now.address):
        Contact.objects.filter(sign_up__meeting=now).exclude(sign_up__state=SignUpState.CANCELLED).update(
            delete_on=contact_until(now)
        )
        Need.objects.filter(sign_up__meeting=now).update(delete_on=needs_until(now))
        for contact in reachable(now):
            letters.changed(contact.sign_up, contact, at)
    _tell_offers(now, at)
    wrote(by, Subject.DIALOGUE, now.pk, "change_meeting")
    return now


@transaction.atomic
def invite(*, meeting: Meeting, on: date, by: Who) -> Meeting:
    """Let everybody see a meeting and sign up for it."""
    now = _moved(meeting, "invite", by)
    now.invited_on = on
    return _saved(now, "invite", by)


@transaction.atomic
def close(*, meeting: Meeting, by: Who) -> Meeting:
    """End sign-up. Offers still go to those in line."""
    return _saved(_moved(meeting, "close", by), "close", by)


@transaction.atomic
def reopen(*, meeting: Meeting, by: Who) -> Meeting:
    """Let people sign up again."""
    return _saved(_moved(meeting, "reopen", by), "reopen", by)


@transaction.atomic
def release_places(*, meeting: Meeting, at: datetime, by: Who) -> Meeting:
    """Let places that a part has not used be offered to everybody in line.

    Raises:
        NotNowError: it is not open, or was done already.
    """
    now = _moved(meeting, "release_places", by)
    if now.released_at is not None:
        raise NotNowError(message("the places are already for everybody in line"))
    now.released_at = at
    now.save()
    _tell_offers(now, at)
    wrote(by, Subject.DIALOGUE, now.pk, "release_places")
    return now


@transaction.atomic
def hold(*, meeting: Meeting, absent: Collection[int], at: datetime, by: Who) -> Meeting:
    """Note that a meeting was held, and who of those with a place did not come.

    Args:
        meeting: it has begun.
        absent: the numbers of the sign-ups whose place was not used.
        at: the moment.
        by: the secretariat.

    Raises:
        NotNowError: it has not begun, or sign-up is still open.
    """
    now = _moved(meeting, "hold", by)
    if at < now.begins_at:
        raise NotNowError(message("the meeting has not begun yet"))
    lapse(now, None)
    with_place = SignUp.objects.filter(meeting=now, state=SignUpState.PLACE)
    with_place.filter(pk__in=absent).update(attended=False)
    with_place.exclude(pk__in=absent).update(attended=True)
    now.held_at = at
    return _saved(now, "hold", by)


@transaction.atomic
def note_came(*, meeting: Meeting, came: Mapping[Part, int], by: Who) -> None:
    """Note how many came to a meeting that was held, signed up or not; noted again, it is put right.

    Args:
        meeting: it was held.
        came: how many of each part; a part that is left out had nobody.
        by: the secretariat.

    Raises:
        NotNowError: it was not held.
    """
    require_writer(by)
    now = locked(meeting.pk)
    if now.state not in AFTERWARDS:
        raise NotNowError(message("how many came is noted when the meeting has been held"))
    for part in Part:
        Came.objects.update_or_create(meeting=now, part=part, defaults={"count": came.get(part, 0)})
    wrote(by, Subject.DIALOGUE, now.pk, "note_came")


@transaction.atomic
def finish_answers(*, meeting: Meeting, at: datetime, by: Who) -> Meeting:
    """Tell those who signed up that what was said is answered.

    Raises:
        NotNowError: nothing was written down, or a line has no answer.
    """
    now = _moved(meeting, "answer", by)
    if not now.lines.exists():
        raise NotNowError(message("write down first what was said"))
    unanswered = now.lines.filter(answered_at__isnull=True).count()
    if unanswered:
        raise NotNowError(_many(unanswered))
    now.answered_on = timezone.localtime(at).date()
    now.save()
    kept = Contact.objects.filter(sign_up__meeting=now)
    kept.filter(delete_on__gt=now.answered_on + ANSWERED_KEPT).update(delete_on=now.answered_on + ANSWERED_KEPT)
    for contact in reachable(now):
        letters.answered(contact.sign_up, contact, at)
    wrote(by, Subject.DIALOGUE, now.pk, "finish_answers")
    return now


def _many(unanswered: int) -> Message:
    if unanswered == 1:
        return message("one line has no answer yet")
    return message("{number} lines have no answer yet", number=unanswered)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, because: str, at: datetime, by: Who) -> Meeting:
    """Cancel a meeting, and tell those who signed up."""
    refuse_numbers(because)
    now = _moved(meeting, "cancel", by)
    lapse(now, None)
    now.cancelled_because = because
    now.save()
    for contact in reachable(now):
        letters.cancelled(contact.sign_up, contact, at)
    forget_needs(Need.objects.filter(sign_up__meeting=now))
    soon = timezone.localtime(at).date() + CANCELLED_KEPT
    Contact.objects.filter(sign_up__meeting=now, delete_on__gt=soon).update(delete_on=soon)
    wrote(by, Subject.DIALOGUE, now.pk, "cancel_meeting")
    return now


def reachable(meeting: Meeting) -> list[Contact]:
    """Return how those are reached who have a place or stand in line."""
    found = Contact.objects.filter(sign_up__meeting=meeting).exclude(sign_up__state=SignUpState.CANCELLED)
    contacts = list(found.select_related("sign_up").order_by("sign_up__position"))
    for contact in contacts:
        contact.sign_up.meeting = meeting
    return contacts


def _moved(meeting: Meeting, act: str, by: Who) -> Meeting:
    """Return the meeting, locked, in the state that follows."""
    require_writer(by)
    now = locked(meeting.pk)
    now.state = MEETING.after(MeetingState(now.state), act)
    return now


def _saved(meeting: Meeting, act: str, by: Who) -> Meeting:
    meeting.save()
    wrote(by, Subject.DIALOGUE, meeting.pk, act)
    return meeting


def _tell_offers(meeting: Meeting, at: datetime) -> None:
    """Offer what is free, and write to whoever was offered it."""
    tell_offered(meeting, offer_places(meeting, at), at)


def tell_offered(meeting: Meeting, offered: Collection[SignUp], at: datetime) -> None:
    """Write to those who were offered a place."""
    contacts = Contact.objects.filter(sign_up__in=[each.pk for each in offered]).select_related("sign_up")
    for contact in contacts:
        contact.sign_up.meeting = meeting
        letters.offered(contact.sign_up, contact, at)


def _check(plan: MeetingPlan, places: Mapping[Part, int]) -> None:
    """Refuse what the tables would refuse, in words."""
    if plan.ends <= plan.begins:
        raise NotNowError(message("the meeting ends before it begins"))
    if plan.sign_up_until > plan.on or (plan.release_on is not None and plan.release_on > plan.on):
        raise NotNowError(message("sign-up ends, and places are released, before the meeting"))
    if not any(places.values()):
        raise NotNowError(message("a meeting has at least one place"))
    for text in (plan.title, plan.place, plan.address, plan.access, plan.themes):
        refuse_numbers(text)


def _changed_meanwhile(now: Meeting, plan: MeetingPlan) -> ChangedMeanwhileError:
    theirs = {name: getattr(now, name) for name in plan.columns()}
    differing = {name: str(theirs[name]) for name, ours in plan.columns().items() if theirs[name] != ours}
    reason = message("somebody else has saved the meeting meanwhile; look at both, and save again")
    return ChangedMeanwhileError(reason, differing, now.version)


def _set_places(meeting: Meeting, places: Mapping[Part, int]) -> None:
    """Add places at the end of each part, or take away free ones from there."""
    for part in Part:
        wanted = places.get(part, 0)
        standing = list(Place.objects.filter(meeting=meeting, part=part).order_by("number"))
        free = Place.objects.filter(meeting=meeting, part=part, sign_up__isnull=True).order_by("-number")
        surplus = len(standing) - wanted
        if surplus > 0:
            gone = [place.pk for place in free[:surplus]]
            if len(gone) < surplus:
                raise NotNowError(message("more places of a part are taken than you leave it"))
            Place.objects.filter(pk__in=gone).delete()
        last = standing[-1].number if standing else 0
        Place.objects.bulk_create(
            Place(meeting=meeting, part=part, number=last + more) for more in range(1, -surplus + 1)
        )


def _slug(plan: MeetingPlan) -> str:
    """Return what names a meeting in addresses: dialogmoede-2015-03-10, and a number where that is taken."""
    wanted = slugify(f"{_SLUGS[plan.kind]}-{plan.on.isoformat()}")
    taken = set(Meeting.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found
