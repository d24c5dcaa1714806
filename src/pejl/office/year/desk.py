"""What the committee's year puts on somebody's desk."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from pejl.office.accounts.actor import Actor
from pejl.office.core.roles import Role
from pejl.office.core.tasks import Task
from pejl.office.year.models import Committee, Meeting
from pejl.office.year.quarters import day_words
from pejl.office.year.queries import meetings_in, rules_of, without_decision
from pejl.office.year.states import DEADLINE_OF, DEADLINES, MEETING_KINDS, Agenda, DeadlineKind, MeetingKind
from pejl.office.year.wheel import deadlines_of
from pejl.text import message

AHEAD = timedelta(days=30)
"""How long before a deadline or a meeting it lies on a desk."""

_MEETINGS = timedelta(days=60)
_DONE = {
    DeadlineKind.DRAFT_READY: frozenset(Agenda) - {Agenda.DRAFT},
    DeadlineKind.AGENDA_CLOSES: frozenset(Agenda) - {Agenda.DRAFT},
    DeadlineKind.AGENDA_PUBLIC: frozenset(Agenda) - {Agenda.DRAFT, Agenda.CLOSED},
}
"""How far an agenda is when a deadline has been kept."""


def tasks(actor: Actor) -> list[Task]:
    """Return the deadlines that are somebody's own, the meetings of a member, and decisions to note."""
    if not actor.has(Role.SECRETARIAT, Role.COMMITTEE_MEMBER):
        return []
    found = []
    for committee in Committee.objects.order_by("pk"):
        rules = rules_of(committee)
        for meeting in meetings_in(committee, actor.on, actor.on + _MEETINGS):
            if meeting.on is not None and meeting.state is not Agenda.CANCELLED:
                found += _of_meeting(actor, meeting, committee, rules)
    if actor.has(Role.SECRETARIAT):
        found += [
            Task(message("Note the decision on “{item}”", item=item.title), _decision(item.pk))
            for item in without_decision(actor.on)
        ]
    return found


def _of_meeting(actor: Actor, meeting: Meeting, committee: Committee, rules: dict[DeadlineKind, int]) -> list[Task]:
    assert meeting.on is not None
    href = reverse("year_meeting", kwargs={"meeting": meeting.pk})
    name = committee.short_name or committee.name
    found = [
        Task(
            message(
                "{deadline} for the meeting of {committee} on {day}",
                deadline=DEADLINES[each.kind],
                committee=name,
                day=day_words(meeting.on),
            ),
            href,
            each.on,
        )
        for each in deadlines_of(meeting.on, rules)
        if actor.has(Role.SECRETARIAT)
        and actor.has(*DEADLINE_OF[each.kind])
        and meeting.state not in _DONE[each.kind]
        and each.on <= actor.on + AHEAD
    ]
    if actor.has(Role.COMMITTEE_MEMBER):
        kind = MEETING_KINDS[MeetingKind(meeting.kind)]
        found.append(Task(message("{kind} of {committee}", kind=kind, committee=name), href, meeting.on))
    return found


def _decision(item: int) -> str:
    return reverse("year_decision", kwargs={"item": item})
