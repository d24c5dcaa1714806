"""What dialogue lays on somebody's desk."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from pejl.office.accounts.actor import Actor
from pejl.office.clock import now
from pejl.office.core.tasks import Task
from pejl.office.dialogue.kinds import ContactWay
from pejl.office.dialogue.models import Meeting, SignUp
from pejl.office.dialogue.rules import may_sign_up_inside, may_write
from pejl.office.dialogue.states import AHEAD, MeetingState, SignUpState
from pejl.text import message

ANSWER_WITHIN = timedelta(days=60)
"""So long after a meeting what was said should be answered."""


def tasks(actor: Actor) -> list[Task]:
    """Return what is somebody's to do about dialogue; of people it says how many, never who."""
    found = []
    if may_write(actor):
        found += [*_calls(), *_meetings(actor)]
    if may_sign_up_inside(actor):
        found += _offers(actor)
    return found


def _calls() -> list[Task]:
    """Return offers to people who have no e-mail: somebody must call them."""
    waiting = SignUp.objects.filter(
        state=SignUpState.OFFER, meeting__state__in=AHEAD, contact__way__in=[ContactWay.PHONE, ContactWay.NONE]
    )
    rows = waiting.order_by().values_list("meeting_id", "meeting__title").annotate(Count("pk"), Min("offer_until"))
    return [
        Task(
            message("Tell {count} people without e-mail that a place is free: {meeting}", count=count, meeting=title),
            reverse("dialogue_sign_ups", kwargs={"meeting": number}),
            timezone.localtime(until).date(),
        )
        for number, title, count, until in rows
    ]


def _meetings(actor: Actor) -> list[Task]:
    ended = Q(state__in=AHEAD, on__lt=actor.on) | Q(state=MeetingState.HELD)
    found = []
    for meeting in Meeting.objects.filter(ended).order_by("on"):
        name = "dialogue_meeting" if meeting.state == MeetingState.HELD else "dialogue_sign_ups"
        words = (
            message("Answer what was said: {meeting}", meeting=meeting.title)
            if meeting.state == MeetingState.HELD
            else message("Note who came: {meeting}", meeting=meeting.title)
        )
        due = meeting.on + ANSWER_WITHIN if meeting.state == MeetingState.HELD else meeting.on
        found.append(Task(words, reverse(name, kwargs={"meeting": meeting.pk}), due))
    return found


def _offers(actor: Actor) -> list[Task]:
    own = SignUp.objects.filter(account_id=actor.number, meeting__state__in=AHEAD, meeting__on__gte=now().date())
    return [
        Task(
            message("A place is free for you: {meeting}", meeting=sign_up.meeting.title),
            reverse("dialogue_own", kwargs={"meeting": sign_up.meeting_id}),
            timezone.localtime(sign_up.offer_until).date() if sign_up.offer_until else None,
        )
        for sign_up in own.filter(state=SignUpState.OFFER).select_related("meeting")
    ]
