"""A committee with a few meetings, made through the office's own acts."""

from __future__ import annotations

from datetime import date

from pejl.office.accounts.actor import Actor
from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.year.acts import enter_committee, plan_meeting
from pejl.office.year.agenda_acts import add_item, attach_file, move_agenda
from pejl.office.year.models import AgendaItem, Committee, Meeting, Paper
from pejl.office.year.states import MeetingKind

PDF = b"%PDF-1.7\n% a paper\n"
PAST, SOON = date(2015, 2, 25), date(2015, 4, 22)
"""The day of the tests is 2 March 2015."""


def secretariat(world: World) -> Actor:
    return world.actors[Role.SECRETARIAT]


def committee(world: World) -> Committee:
    found = Committee.objects.first()
    return found or enter_committee(code="sud", name="Socialudvalget", short_name="SUD", by=secretariat(world))


def meeting(world: World, on: date = SOON, kind: MeetingKind = MeetingKind.MEETING) -> Meeting:
    return plan_meeting(committee=committee(world), kind=kind, on=on, by=secretariat(world))


def item(world: World, at: Meeting, title: str = "Status 2014") -> AgendaItem:
    return add_item(meeting=at, title=title, by=secretariat(world))


def paper(world: World, on: AgendaItem, content: bytes = PDF) -> Paper:
    return attach_file(item=on, title="Bilag", file_name="bilag.pdf", content=content, by=secretariat(world))


def moved(world: World, at: Meeting, *acts: str) -> Meeting:
    for act in acts:
        move_agenda(meeting=at, act=act, by=secretariat(world))
    at.refresh_from_db()
    return at
