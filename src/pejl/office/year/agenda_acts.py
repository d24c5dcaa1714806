"""Writing agendas: items, papers, how far an agenda is, and what the committee decided."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max

from pejl.office.accounts.actor import Actor
from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.clock import now, today
from pejl.office.core.refusals import NotNowError
from pejl.office.year import papers
from pejl.office.year.models import AgendaItem, Discussion, Meeting, Paper
from pejl.office.year.rules import require_planner
from pejl.office.year.saving import save_version
from pejl.office.year.states import AGENDA, PAPERS_MAY_BE_ADDED, Agenda, Decision
from pejl.text import message

_ASIDE = 30_000
"""Where an item stands while two change places."""


@transaction.atomic
def move_agenda(*, meeting: Meeting, act: str, by: Actor) -> None:
    """Close an agenda, open it again, make it public, say that the meeting was held, or cancel it.

    Args:
        meeting: whose agenda.
        act: of `states.AGENDA`: close, reopen, publish, hold or cancel.
        by: the secretariat.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: it cannot follow; the meeting has no day yet, its agenda has no items, or its day is still ahead.
    """
    require_planner(by)
    found = Meeting.objects.select_for_update().get(pk=meeting.pk)
    after = AGENDA.after(found.state, act)
    if after is Agenda.CLOSED and found.on is None:
        raise NotNowError(message("the meeting has no day yet; its agenda can be closed when it has"))
    if after is Agenda.CLOSED and not found.items.exists():
        raise NotNowError(message("there is nothing on the agenda yet"))
    if after is Agenda.HELD and found.on is not None and found.on > today():
        raise NotNowError(message("the meeting is still ahead"))
    Meeting.objects.filter(pk=found.pk).update(agenda=after.value, version=found.version + 1)
    meeting.agenda, meeting.version = after.value, found.version + 1
    wrote(by, Subject.MEETING, meeting.pk, act)


@transaction.atomic
def add_item(
    *, meeting: Meeting, title: str, proposal: str = "", discussion: Discussion | None = None, by: Actor
) -> AgendaItem:
    """Put an item at the end of an agenda that is being written.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: the agenda is closed.
    """
    require_planner(by)
    _being_written(meeting)
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting, number=last + 1, title=title, proposal=proposal, discussion=discussion
    )
    wrote(by, Subject.MEETING, meeting.pk, "add_item")
    return item


@transaction.atomic
def change_item(
    *, item: AgendaItem, version: int, title: str, proposal: str, discussion: Discussion | None, by: Actor
) -> None:
    """Change what an item of an agenda says.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: the agenda is closed.
        ChangedMeanwhileError: somebody else has saved.
    """
    require_planner(by)
    _being_written(item.meeting)
    save_version(item, version, title=title, proposal=proposal, discussion=discussion)
    wrote(by, Subject.MEETING, item.meeting_id, "change_item")


@transaction.atomic
def move_item_up(*, item: AgendaItem, by: Actor) -> None:
    """Let an item change places with the one before it; the first stays where it is.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: the agenda is closed.
    """
    require_planner(by)
    _being_written(item.meeting)
    rows = AgendaItem.objects.filter(meeting_id=item.meeting_id)
    item = rows.select_for_update().get(pk=item.pk)
    before = rows.filter(number__lt=item.number).order_by("-number").first()
    if before is None:
        return
    rows.filter(pk=before.pk).update(number=_ASIDE)
    rows.filter(pk=item.pk).update(number=before.number)
    rows.filter(pk=before.pk).update(number=item.number)
    wrote(by, Subject.MEETING, item.meeting_id, "move_item_up")


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Actor) -> None:
    """Take an item, with its papers, off an agenda that is being written.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: the agenda is closed.
    """
    require_planner(by)
    _being_written(item.meeting)
    for paper in item.papers.all():
        _take_away(paper)
    meeting = item.meeting_id
    item.delete()
    wrote(by, Subject.MEETING, meeting, "remove_item")


@transaction.atomic
def note_decision(
    *, item: AgendaItem, version: int, decision: Decision, words: str, decided_on: date, by: Actor
) -> None:
    """Note what the committee decided about an item; noting it again corrects it.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: the meeting has not been held, or was held after the day that is given.
        ChangedMeanwhileError: somebody else has saved.
    """
    require_planner(by)
    meeting = Meeting.objects.get(pk=item.meeting_id)
    if meeting.state is not Agenda.HELD:
        raise NotNowError(message("decisions are noted when the meeting has been held"))
    if meeting.on is not None and not meeting.on <= decided_on <= today():
        raise NotNowError(message("the day of the decision lies between the meeting and today"))
    save_version(
        item,
        version,
        decision=decision.value,
        decision_words=words,
        decided_on=decided_on,
        noted_by_id=by.number,
        noted_at=now(),
    )
    wrote(by, Subject.MEETING, meeting.pk, "note_decision")


@transaction.atomic
def attach_file(*, item: AgendaItem, title: str, file_name: str, content: bytes, by: Actor) -> Paper:
    """Attach a file to an item; once the agenda is closed it is marked as sent afterwards.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: the meeting has been held or cancelled; or it is no file that is kept as a paper.
    """
    require_planner(by)
    late = _taking_papers(item)
    name = papers.checked_name(file_name, content)
    paper = Paper.objects.create(
        item=item,
        title=title,
        late=late,
        stored=papers.keep(content),
        file_name=name,
        size=len(content),
        added_by_id=by.number,
        added_at=now(),
    )
    wrote(by, Subject.PAPER, paper.pk, "attach_file")
    return paper


@transaction.atomic
def attach_release_paper(*, item: AgendaItem, title: str, release: str, file: str, by: Actor) -> Paper:
    """Attach a paper of a published release, such as the status paper.

    Args:
        item: which.
        title: what it is called on the agenda.
        release: the id of the release.
        file: its name among the release's papers.
        by: the secretariat.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: the meeting has been held or cancelled.
    """
    require_planner(by)
    late = _taking_papers(item)
    paper = Paper.objects.create(
        item=item,
        title=title,
        late=late,
        release=release,
        release_file=file,
        added_by_id=by.number,
        added_at=now(),
    )
    wrote(by, Subject.PAPER, paper.pk, "attach_release_paper")
    return paper


@transaction.atomic
def remove_paper(*, paper: Paper, by: Actor) -> None:
    """Take a paper away, as long as the agenda is not public.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: the agenda is public.
    """
    require_planner(by)
    if paper.item.meeting.state not in (Agenda.DRAFT, Agenda.CLOSED):
        raise NotNowError(message("what is on a public agenda stays there"))
    number = paper.pk
    _take_away(paper)
    wrote(by, Subject.PAPER, number, "remove_paper")


def _being_written(meeting: Meeting) -> None:
    if Meeting.objects.select_for_update().get(pk=meeting.pk).state is not Agenda.DRAFT:
        raise NotNowError(message("the agenda is closed; open it again to change what stands on it"))


def _taking_papers(item: AgendaItem) -> bool:
    """Tell whether a paper comes after the agenda was closed."""
    state = Meeting.objects.select_for_update().get(pk=item.meeting_id).state
    if state not in PAPERS_MAY_BE_ADDED:
        raise NotNowError(message("papers are added before the meeting is held"))
    return state is not Agenda.DRAFT


def _take_away(paper: Paper) -> None:
    digest = paper.stored
    paper.delete()
    if digest and not Paper.objects.filter(stored=digest).exists():
        transaction.on_commit(lambda: papers.forget(digest))
