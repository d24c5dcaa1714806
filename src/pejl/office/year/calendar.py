"""The committee's year as a calendar that other programs read (iCalendar, RFC 5545), for one role."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pejl.office.core.roles import Role
from pejl.office.year.models import Committee, Meeting
from pejl.office.year.queries import meetings_in, rules_of
from pejl.office.year.states import DEADLINE_OF, DEADLINES, MEETING_KINDS, Agenda, MeetingKind
from pejl.office.year.wheel import deadlines_of
from pejl.text import Language, format_date, message

if TYPE_CHECKING:
    from icalendar import Event

ZONE = ZoneInfo("Europe/Copenhagen")
_LENGTH = timedelta(hours=2)
_BACK, _AHEAD = timedelta(days=366), timedelta(days=3 * 366)


def calendar_of(role: Role, language: Language, *, on: date, made: datetime, host: str) -> tuple[bytes, list[int]]:
    """Return the calendar of a role, and the numbers of the meetings in it.

    It has the meetings whose day is known, from a year before to three years after `on`, and the deadlines that
    are this role's own.

    Args:
        role: whose calendar it is.
        language: of its words.
        on: the day it is asked for.
        made: the moment it is made.
        host: makes the names of its entries unique in the world.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Pejl//Office//DA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", message("The committee's year").render(language))
    calendar.add("x-wr-timezone", "Europe/Copenhagen")
    numbers = []
    for committee in Committee.objects.order_by("pk"):
        rules = rules_of(committee)
        for meeting in meetings_in(committee, on - _BACK, on + _AHEAD):
            if meeting.on is None:
                continue
            numbers.append(meeting.pk)
            calendar.add_component(_meeting(meeting, meeting.on, committee, language, made, host))
            if meeting.state is Agenda.CANCELLED:
                continue
            for deadline in deadlines_of(meeting.on, rules):
                if role in DEADLINE_OF[deadline.kind]:
                    words = message(
                        "{deadline}: {committee}, {day}",
                        deadline=DEADLINES[deadline.kind],
                        committee=committee.short_name or committee.name,
                        day=format_date(meeting.on, language),
                    )
                    name = f"meeting-{meeting.pk}-{deadline.kind}@{host}"
                    calendar.add_component(_day(name, deadline.on, words.render(language), meeting.version, made))
    return calendar.to_ical(), numbers


def _meeting(meeting: Meeting, on: date, committee: Committee, language: Language, made: datetime, host: str) -> Event:
    kind = MEETING_KINDS[MeetingKind(meeting.kind)].render(language)
    event = _day(f"meeting-{meeting.pk}@{host}", on, f"{committee.name}: {kind}", meeting.version, made)
    if meeting.starts_at is not None:
        begins = datetime.combine(on, meeting.starts_at, ZONE)
        for name, value in (("dtstart", begins), ("dtend", begins + _LENGTH)):
            event.pop(name)
            event.add(name, value)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("status", "CANCELLED" if meeting.state is Agenda.CANCELLED else "CONFIRMED")
    return event


def _day(name: str, on: date, words: str, version: int, made: datetime) -> Event:
    """Return an entry for a whole day; such an entry ends where the next day begins."""
    from icalendar import Event

    event = Event()
    event.add("uid", name)
    event.add("dtstamp", made)
    event.add("sequence", version)
    event.add("summary", words)
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event
