"""Pages on which an agenda is written, its papers attached and read, and decisions noted."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from pejl.office.audit.subjects import Subject
from pejl.office.core.refusals import NotNowError
from pejl.office.web.pages import page, tell
from pejl.office.web.request import OfficeRequest
from pejl.office.year import agenda_acts as acts
from pejl.office.year import papers, queries
from pejl.office.year.agenda_forms import DecisionForm, FileForm, ItemForm, ReleasePaperForm
from pejl.office.year.editing import edit
from pejl.office.year.forms import meeting_words
from pejl.office.year.models import AgendaItem, Discussion, Meeting
from pejl.office.year.published import choices, title_of
from pejl.office.year.states import AGENDA_ACTS, Decision
from pejl.office.year.views import meeting_href, to_year
from pejl.text import message

_TOLD = {
    "close": message("The agenda is closed. Members of the committee can see it."),
    "reopen": message("The agenda is open again; only the secretariat sees it."),
    "publish": message("The agenda is public."),
    "hold": message("The meeting has been held. Now decisions can be noted."),
    "cancel": message("The meeting is cancelled."),
}


def move(request: OfficeRequest, meeting: int, act: str) -> HttpResponse:
    """Do with an agenda what its state allows."""
    if act not in AGENDA_ACTS:
        raise Http404
    found = get_object_or_404(queries.meetings_visible_to(request.actor), pk=meeting)
    acts.move_agenda(meeting=found, act=act, by=request.actor)
    tell(request, _TOLD[act])
    return HttpResponseRedirect(meeting_href(found))


def item_new(request: OfficeRequest, meeting: int) -> HttpResponse:
    """Put an item on an agenda."""
    found = get_object_or_404(queries.agendas_visible_to(request.actor), pk=meeting)
    discussions = _discussions(found)
    form = ItemForm(request.POST or None, language=request.language, initial={"version": 0}, discussions=discussions)

    def save(given: dict[str, Any]) -> str:
        acts.add_item(meeting=found, **_said(given, discussions), by=request.actor)
        return meeting_href(found)

    request.reads(Subject.MEETING, found.pk)
    told = message("The item is on the agenda.")
    return edit(request, form, save, title=message("New item"), told=told, crumbs=_to_meeting(found, request))


def item_edit(request: OfficeRequest, item: int) -> HttpResponse:
    """Change an item of an agenda."""
    found = get_object_or_404(queries.items_visible_to(request.actor), pk=item)
    discussions = _discussions(found.meeting)
    initial = {
        "version": found.version,
        "title": found.title,
        "proposal": found.proposal,
        "discussion": found.discussion_id,
    }
    form = ItemForm(request.POST or None, language=request.language, initial=initial, discussions=discussions)

    def save(given: dict[str, Any]) -> str:
        acts.change_item(item=found, version=given["version"], **_said(given, discussions), by=request.actor)
        return meeting_href(found.meeting)

    request.reads(Subject.MEETING, found.meeting_id)
    return edit(
        request,
        form,
        save,
        title=message("Change the item"),
        told=message("The item is changed."),
        crumbs=_to_meeting(found.meeting, request),
    )


def item_up(request: OfficeRequest, item: int) -> HttpResponse:
    """Move an item up."""
    found = get_object_or_404(queries.items_visible_to(request.actor), pk=item)
    acts.move_item_up(item=found, by=request.actor)
    return HttpResponseRedirect(f"{meeting_href(found.meeting)}#item-{found.pk}")


def item_remove(request: OfficeRequest, item: int) -> HttpResponse:
    """Take an item off an agenda."""
    found = get_object_or_404(queries.items_visible_to(request.actor), pk=item)
    acts.remove_item(item=found, by=request.actor)
    tell(request, message("The item is taken off the agenda."))
    return HttpResponseRedirect(meeting_href(found.meeting))


def decision(request: OfficeRequest, item: int) -> HttpResponse:
    """Note what the committee decided about an item."""
    found = get_object_or_404(queries.items_visible_to(request.actor), pk=item)
    initial = {
        "version": found.version,
        "decision": found.decision or Decision.NOTED.value,
        "decision_words": found.decision_words,
        "decided_on": found.decided_on or found.meeting.on,
    }
    form = DecisionForm(request.POST or None, language=request.language, initial=initial)

    def save(given: dict[str, Any]) -> str:
        acts.note_decision(
            item=found,
            version=given["version"],
            decision=Decision(given["decision"]),
            words=given["decision_words"],
            decided_on=given["decided_on"],
            by=request.actor,
        )
        return f"{meeting_href(found.meeting)}#item-{found.pk}"

    request.reads(Subject.MEETING, found.meeting_id)
    return edit(
        request,
        form,
        save,
        title=message("Decision on “{item}”", item=found.title),
        told=message("The decision is noted."),
        crumbs=_to_meeting(found.meeting, request),
    )


def paper_new(request: OfficeRequest, item: int) -> HttpResponse:
    """Attach a file, or a published paper, to an item."""
    found = get_object_or_404(queries.items_visible_to(request.actor), pk=item)
    known = choices(request.language)
    sent = request.POST if request.method == "POST" else None
    published = "paper" in request.POST
    files = None if published or sent is None else request.FILES
    file_form = FileForm(None if published else sent, files, language=request.language)
    release_form = ReleasePaperForm(sent if published else None, language=request.language, papers=known)
    form = release_form if published else file_form
    if request.method == "POST" and form.is_valid():
        try:
            _attach(request, found, form.cleaned_data)
        except NotNowError as error:
            form.add_refusal(error.reason)
        else:
            tell(request, message("The paper is attached."))
            return HttpResponseRedirect(f"{meeting_href(found.meeting)}#item-{found.pk}")
    request.reads(Subject.MEETING, found.meeting_id)
    return page(
        request,
        "year/paper_new.html",
        message("New paper for “{item}”", item=found.title),
        section="year",
        crumbs=_to_meeting(found.meeting, request),
        file_form=file_form,
        release_form=release_form if known else None,
    )


def paper(request: OfficeRequest, paper: int) -> HttpResponse:
    """Hand out a file."""
    found = get_object_or_404(queries.papers_visible_to(request.actor).exclude(stored=""), pk=paper)
    content = papers.read(found.stored)
    if content is None:
        raise NotNowError(message("the file is not there any more, or is damaged; ask the secretariat"))
    request.reads(Subject.PAPER, found.pk)
    response = HttpResponse(content, content_type=papers.type_of(found.file_name))
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.file_name)}"
    return response


def paper_remove(request: OfficeRequest, paper: int) -> HttpResponse:
    """Take a paper away."""
    found = get_object_or_404(queries.papers_visible_to(request.actor), pk=paper)
    acts.remove_paper(paper=found, by=request.actor)
    tell(request, message("The paper is taken away."))
    return HttpResponseRedirect(meeting_href(found.item.meeting))


def _attach(request: OfficeRequest, item: AgendaItem, given: dict[str, Any]) -> None:
    if "paper" in given:
        release, _, file = given["paper"].partition("/")
        title = title_of(release, file, request.language)
        if title is None:
            raise Http404
        acts.attach_release_paper(item=item, title=title, release=release, file=file, by=request.actor)
    else:
        file = given["file"]
        acts.attach_file(item=item, title=given["title"], file_name=file.name, content=file.read(), by=request.actor)


def _discussions(meeting: Meeting) -> list[Discussion]:
    """Return what is planned for the meeting's year: an item may belong to one of these."""
    return list(queries.discussions_in(meeting.committee, meeting.when.year))


def _said(given: dict[str, Any], discussions: list[Discussion]) -> dict[str, Any]:
    chosen = next((each for each in discussions if str(each.pk) == given["discussion"]), None)
    return {"title": given["title"], "proposal": given["proposal"], "discussion": chosen}


def _to_meeting(meeting: Meeting, request: OfficeRequest) -> tuple[tuple[str, str], ...]:
    here = (meeting_words(meeting, request.language), meeting_href(meeting))
    return (*to_year(meeting.committee, meeting.when.year), here)
