"""Writing down what was said, gathering it into themes, sending it on its way, and answering it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from pejl.office.accounts.actor import Actor
from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.core.refusals import ChangedMeanwhileError, NotNowError
from pejl.office.dialogue.kept_out import refuse_people
from pejl.office.dialogue.kinds import Outcome, Part
from pejl.office.dialogue.models import Chapter, Contact, Line, Meeting, Onward, Theme
from pejl.office.dialogue.rules import require_writer
from pejl.office.dialogue.states import MEETING, MeetingState
from pejl.office.dialogue.waiting import locked
from pejl.office.plans.models import Plan
from pejl.text import message


@transaction.atomic
def write_line(*, meeting: Meeting, part: Part, text: str, at: datetime, by: Actor) -> Line:
    """Write down something that was said, by the part of whoever said it.

    Raises:
        NotNowError: the meeting was not held, or is answered already.
        KeptOutError: somebody who signed up is named, or a number looks like a CPR number.
    """
    require_writer(by)
    now = locked(meeting.pk)
    MEETING.after(MeetingState(now.state), "write")
    refuse_people(text, names_of(now))
    last = now.lines.aggregate(last=Max("number"))["last"] or 0
    line = Line.objects.create(meeting=now, number=last + 1, part=part, text=text, written_by=by.number, written_at=at)
    wrote(by, Subject.LINE, line.pk, "write_line")
    return line


@transaction.atomic
def change_line(*, line: Line, version: int, part: Part, text: str, by: Actor) -> Line:
    """Put what was written down differently.

    Raises:
        NotNowError: the meeting is answered.
        ChangedMeanwhileError: somebody else has saved it.
        KeptOutError: somebody who signed up is named, or a number looks like a CPR number.
    """
    require_writer(by)
    now = locked(line.meeting.pk)
    MEETING.after(MeetingState(now.state), "write")
    refuse_people(text, names_of(now))
    _update(line, version, ours={"part": part.value, "text": text})
    wrote(by, Subject.LINE, line.pk, "change_line")
    return Line.objects.get(pk=line.pk)


@transaction.atomic
def answer_line(*, line: Line, version: int, outcome: Outcome, answer: str, at: datetime, by: Actor) -> Line:
    """Say what is done with what was said, and why or why not.

    Raises:
        NotNowError: the meeting was not held.
        ChangedMeanwhileError: somebody else has saved it.
        KeptOutError: somebody who signed up is named, or a number looks like a CPR number.
    """
    require_writer(by)
    now = locked(line.meeting.pk)
    if now.state != MeetingState.ANSWERED:  # an answer may become a better one later
        MEETING.after(MeetingState(now.state), "write")
    refuse_people(answer, names_of(now))
    ours = {"outcome": outcome.value, "answer": answer}
    _update(line, version, ours=ours, answered_by=by.number, answered_at=at)
    wrote(by, Subject.LINE, line.pk, "answer_line")
    return Line.objects.get(pk=line.pk)


@transaction.atomic
def begin_theme(*, title: str, strategy: str, target_group: str, by: Actor) -> Theme:
    """Begin a theme that lines can be gathered into.

    Raises:
        KeptOutError: a number looks like a CPR number.
    """
    require_writer(by)
    refuse_people(title, ())
    theme = Theme.objects.create(title=title, strategy=strategy, target_group=target_group)
    wrote(by, Subject.LINE, theme.pk, "begin_theme")
    return theme


@transaction.atomic
def gather(*, lines: Collection[Line], theme: Theme | None, by: Actor) -> None:
    """Put lines into a theme, or out of theirs.

    Raises:
        KeptOutError: the theme's title names somebody who signed up for one of the meetings.
    """
    require_writer(by)
    if theme is not None:
        for meeting in {line.meeting.pk: line.meeting for line in lines}.values():
            refuse_people(theme.title, names_of(meeting))
    Line.objects.filter(pk__in=[line.pk for line in lines]).update(theme=theme, version=F("version") + 1)
    wrote(by, Subject.LINE, [line.pk for line in lines], "gather")


@transaction.atomic
def send_onward(*, theme: Theme, chapter: Chapter | None, section: str, by: Actor) -> Theme:
    """Say in which section of which chapter a theme goes on; None takes it out.

    Raises:
        NotNowError: the chapter has no such section.
    """
    require_writer(by)
    if chapter is not None:
        latest = chapter.versions.first()
        if latest is None or section not in [each["id"] for each in latest.content]:
            raise NotNowError(message("the chapter has no such section"))
    theme.chapter, theme.section = chapter, section if chapter is not None else ""
    theme.save()
    wrote(by, Subject.LINE, theme.pk, "send_onward")
    return theme


@transaction.atomic
def serve_goal(*, theme: Theme, goal: str, by: Actor) -> None:
    """Say that a theme goes on to a goal of the release."""
    require_writer(by)
    Onward.objects.get_or_create(theme=theme, goal=goal)
    wrote(by, Subject.LINE, theme.pk, "serve_goal")


@transaction.atomic
def enter_plan(*, theme: Theme, words: str, plan: int | None, by: Actor) -> None:
    """Say that a theme goes on into a plan.

    Args:
        theme: what goes on.
        words: what the plan is called, for those who cannot see it.
        plan: its number in the office, if it has one.
        by: the secretariat.

    Raises:
        NotNowError: the office has no plan of this number.
        KeptOutError: a number looks like a CPR number.
    """
    require_writer(by)
    refuse_people(words, ())
    if plan is not None and Plan.objects.select_for_update().filter(pk=plan).first() is None:
        raise NotNowError(message("there is no plan of this number"))
    Onward.objects.create(theme=theme, words=words, plan=plan)
    wrote(by, Subject.LINE, theme.pk, "enter_plan")


@transaction.atomic
def take_off(*, onward: Onward, by: Actor) -> None:
    """Take a goal or plan off a theme's way."""
    require_writer(by)
    number = onward.theme.pk
    onward.delete()
    wrote(by, Subject.LINE, number, "take_off")


def names_of(meeting: Meeting) -> list[str]:
    """Return what those are called who signed up for a meeting, and who helped them: to keep them out of texts."""
    found = Contact.objects.filter(sign_up__meeting=meeting).values_list("called", "contact_name")
    return [name for pair in found for name in pair if name]


def _update(line: Line, version: int, *, ours: dict[str, str], **also: object) -> None:
    """Save fields of a line where nobody has saved it since it was shown."""
    changed = Line.objects.filter(pk=line.pk, version=version).update(**ours, **also, version=F("version") + 1)
    if not changed:
        now = Line.objects.get(pk=line.pk)
        theirs = {name: str(getattr(now, name)) for name, mine in ours.items() if str(getattr(now, name)) != mine}
        reason = message("somebody else has saved this line meanwhile; look at both, and save again")
        raise ChangedMeanwhileError(reason, theirs, now.version)
