"""Places and the line for them. Everything here is called with the meeting's row locked: one after the other."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max

from pejl.office.dialogue.kinds import Part
from pejl.office.dialogue.models import Meeting, Place, SignUp
from pejl.office.dialogue.states import AHEAD, SIGN_UP, SignUpState

LAST_OFFER = timedelta(hours=3)
"""So long before a meeting offers end; later the secretariat asks people itself."""


def locked(meeting: int) -> Meeting:
    """Return a meeting with its row locked until the transaction ends: whoever comes next waits."""
    return Meeting.objects.select_for_update().get(pk=meeting)


def next_position(meeting: Meeting) -> int:
    """Return the number behind everybody who ever came."""
    last: int | None = SignUp.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def free_place(meeting: Meeting, part: Part) -> Place | None:
    """Return a place for somebody who comes now; None where others stand in line, or nothing is free.

    Before unused places are released each part has its own places and its own line; afterwards all are one.
    """
    line = SignUp.objects.filter(meeting=meeting, state=SignUpState.WAITING)
    if (line if meeting.released_at else line.filter(part=part)).exists():
        return None
    return _take(_free(meeting), part, released=meeting.released_at is not None)


def offer_until(meeting: Meeting, at: datetime) -> datetime | None:
    """Return until when an offer made at a moment stands; None where it is too late for one."""
    until = min(at + timedelta(days=meeting.offer_days), meeting.begins_at - LAST_OFFER)
    return until if until > at else None


def offer_places(meeting: Meeting, at: datetime) -> list[SignUp]:
    """Offer every free place to whoever stands first in line for it; return whoever was offered one."""
    until = offer_until(meeting, at)
    free = _free(meeting)
    if until is None or meeting.state not in AHEAD or not free:
        return []
    offered = []
    for waiting in SignUp.objects.filter(meeting=meeting, state=SignUpState.WAITING).order_by("position"):
        place = _take(free, Part(waiting.part), released=meeting.released_at is not None)
        if place is None:
            continue
        waiting.state = SIGN_UP.after(SignUpState(waiting.state), "offer")
        waiting.place, waiting.offer_until = place, until
        waiting.offers += 1
        waiting.save()
        offered.append(waiting)
    return offered


def lapse(meeting: Meeting, at: datetime | None) -> list[SignUp]:
    """End offers nobody took; those who had them go to the end of the line, in their order. Return them.

    Args:
        meeting: with its row locked.
        at: offers that ended by then; None ends every one.
    """
    offers = SignUp.objects.filter(meeting=meeting, state=SignUpState.OFFER)
    found = list((offers if at is None else offers.filter(offer_until__lte=at)).order_by("position"))
    last = next_position(meeting)
    for sign_up in found:
        sign_up.state = SIGN_UP.after(SignUpState(sign_up.state), "lapse")
        sign_up.place, sign_up.offer_until = None, None
        sign_up.position = last
        last += 1
        sign_up.save()
    return found


def ahead_of(sign_up: SignUp) -> int:
    """Return how many stand in front of somebody in line."""
    line = SignUp.objects.filter(
        meeting_id=sign_up.meeting.pk, state=SignUpState.WAITING, position__lt=sign_up.position
    )
    return (line if sign_up.meeting.released_at else line.filter(part=sign_up.part)).count()


def _free(meeting: Meeting) -> list[Place]:
    return list(Place.objects.filter(meeting=meeting, sign_up__isnull=True).order_by("part", "number"))


def _take(free: list[Place], part: Part, *, released: bool) -> Place | None:
    """Take a free place out of the list: one of the part's own first, and once released any other."""
    own = next((place for place in free if place.part == part), None)
    found = own if own is not None else (free[0] if released and free else None)
    if found is not None:
        free.remove(found)
    return found
