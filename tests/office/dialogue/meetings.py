"""Meetings of invented people, made by the same acts as in use. The day is 2 March 2015."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from itertools import count

from django.utils import timezone

from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.dialogue.acts.meetings import MeetingPlan, close, hold, invite, plan_meeting
from pejl.office.dialogue.acts.signing_up import Needs, Person, sign_up
from pejl.office.dialogue.kinds import ContactWay, MeetingKind, Part
from pejl.office.dialogue.models import Meeting, SignUp

DAY = date(2015, 3, 2)
MEETING_DAY = date(2015, 3, 20)
NO_NEEDS = Needs()
_forms = count(1)


def at(day: date = DAY, hour: int = 9, minute: int = 0) -> datetime:
    """A moment, in the office's own time."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def plan(**changes: object) -> MeetingPlan:
    """A dialogue meeting on Friday 20 March 2015 from 14 to 16; sign-up until the 18th."""
    told: dict[str, object] = {
        "kind": MeetingKind.DIALOGUE_MEETING,
        "title": "Hvad er en god dag?",
        "on": MEETING_DAY,
        "begins": time(14),
        "ends": time(16),
        "place": "Fyrtårnet",
        "sign_up_until": date(2015, 3, 18),
    }
    return MeetingPlan(**{**told, **changes})  # type: ignore[arg-type]


def invited(world: World, places: Mapping[Part, int], **changes: object) -> Meeting:
    """A meeting everybody can sign up for."""
    by = world.actors[Role.SECRETARIAT]
    return invite(meeting=plan_meeting(plan=plan(**changes), places=places, by=by), on=DAY, by=by)


def held(world: World, places: Mapping[Part, int], *people: str) -> Meeting:
    """A meeting that was held; everybody came."""
    by = world.actors[Role.SECRETARIAT]
    meeting = invited(world, places)
    for called in people:
        joins(meeting, called=called)
    close(meeting=meeting, by=by)
    return hold(meeting=meeting, absent=(), at=at(MEETING_DAY, 16), by=by)


def joins(
    meeting: Meeting,
    part: Part = Part.USER,
    *,
    called: str = "Alma",
    email: str = "",
    phone: str = "",
    needs: Needs = NO_NEEDS,
    when: datetime | None = None,
    once: str = "",
    contact_name: str = "",
    mark: str = "",
) -> SignUp:
    """Somebody signs up, as on the public page."""
    way = ContactWay.EMAIL if email else ContactWay.PHONE if phone else ContactWay.NONE
    person = Person(
        called=called, way=way, email=email, phone=phone, for_other=bool(contact_name), contact_name=contact_name
    )
    return sign_up(
        meeting=meeting,
        part=part,
        person=person,
        needs=needs,
        once=once or f"form {next(_forms)}",
        at=when or at(),
        mark=mark,
    )


def states(meeting: Meeting) -> list[tuple[int, str]]:
    """Everybody's number and state, in order of position."""
    return list(SignUp.objects.filter(meeting=meeting).order_by("position").values_list("pk", "state"))
