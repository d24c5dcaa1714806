"""Pages on which the secretariat notes what happens to a strategy, and keeps its drafts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pejl.office.audit.subjects import Subject
from pejl.office.clock import today
from pejl.office.core.refusals import NotNowError
from pejl.office.strategies import acts, queries
from pejl.office.strategies.comparing import NotAStrategyError, declared_in
from pejl.office.strategies.forms import (
    BY_THEN,
    EXACTLY,
    DraftForm,
    NoteForm,
    PlanForm,
    WayForm,
    WhyForm,
    named,
    step_of,
)
from pejl.office.strategies.models import Step
from pejl.office.strategies.states import STANDING_ACTS, STEPS, Form, StepKind
from pejl.office.strategies.views import WAYS, to_way, way_href
from pejl.office.web.pages import page, tell
from pejl.office.web.request import OfficeRequest
from pejl.office.web.shown import release
from pejl.office.year.editing import edit
from pejl.office.year.models import Meeting
from pejl.office.year.queries import meetings_visible_to
from pejl.text import message

_AROUND = timedelta(days=3 * 366)
_ENDINGS = {".yaml": Form.STRATEGY, ".yml": Form.STRATEGY, ".txt": Form.TEXT, ".md": Form.TEXT}
_SECTION = "ways"


def way_new(request: OfficeRequest) -> HttpResponse:
    """Begin to follow a strategy."""
    form = _way_form(request, {"version": 0})

    def save(given: dict[str, Any]) -> str:
        made = acts.open_way(title=given["title"], strategy=given["strategy"], note=given["note"], by=request.actor)
        return way_href(made)

    request.reads(Subject.STRATEGY_WAY, ())
    title, told = message("New strategy on its way"), message("The strategy is entered.")
    return edit(request, form, save, title=title, told=told, crumbs=((WAYS, reverse("ways")),), section=_SECTION)


def way_edit(request: OfficeRequest, way: int) -> HttpResponse:
    """Change what a strategy is called, or what is said of it."""
    found = get_object_or_404(queries.ways_visible_to(request.actor), pk=way)
    form = _way_form(request, {name: getattr(found, name) for name in ("version", "title", "strategy", "note")})

    def save(given: dict[str, Any]) -> str:
        acts.change_way(way=found, **given, by=request.actor)
        return way_href(found)

    request.reads(Subject.STRATEGY_WAY, found.pk)
    title, told = message("Change the strategy"), message("It is changed.")
    return edit(request, form, save, title=title, told=told, crumbs=to_way(found), section=_SECTION)


def step_plan(request: OfficeRequest, step: int) -> HttpResponse:
    """Say when a step is to be taken."""
    found = _step(request, step)
    initial = {
        "version": found.version,
        "meeting": found.meeting_id,
        "on": found.planned_on,
        "month": found.planned_month,
    }
    form = PlanForm(request.POST or None, language=request.language, initial=initial, meetings=_meetings(request))

    def save(given: dict[str, Any]) -> str:
        acts.plan_step(
            step=found,
            version=given["version"],
            on=given["on"],
            month=given["month"],
            meeting=_meeting(request, given),
            by=request.actor,
        )
        return way_href(found.way)

    request.reads(Subject.STRATEGY_WAY, found.way_id)
    title = message("Plan: {step}", step=STEPS[StepKind(found.kind)])
    told = message("The plan is saved.")
    others = {"planned_on": message("Day"), "planned_month": message("Month")}
    return edit(request, form, save, title=title, told=told, crumbs=to_way(found.way), section=_SECTION, others=others)


def step_note(request: OfficeRequest, step: int) -> HttpResponse:
    """Note that a step was taken."""
    found = _step(request, step)
    known = found.done_exactly is not False
    initial = {
        "version": found.version,
        "on": found.done_on or found.planned_on,
        "exactly": EXACTLY if known else BY_THEN,
        "meeting": found.meeting_id,
        "decided_by": found.decided_by or (found.meeting.committee.name if found.meeting else ""),
        "decision": found.decision,
    }
    form = NoteForm(request.POST or None, language=request.language, initial=initial, meetings=_meetings(request))

    def save(given: dict[str, Any]) -> str:
        acts.note_step(
            step=found,
            version=given["version"],
            on=given["on"],
            exactly=given["exactly"] == EXACTLY,
            meeting=_meeting(request, given),
            decided_by=given["decided_by"],
            decision=given["decision"],
            by=request.actor,
        )
        return way_href(found.way)

    request.reads(Subject.STRATEGY_WAY, found.way_id)
    title = message("What happened: {step}", step=STEPS[StepKind(found.kind)])
    told = message("It is noted.")
    others = {"done_on": message("Day")}
    return edit(request, form, save, title=title, told=told, crumbs=to_way(found.way), section=_SECTION, others=others)


def step_pass(request: OfficeRequest, step: int) -> HttpResponse:
    """Go on without a step."""
    found = _step(request, step)
    initial = {"version": found.version, "why": found.passed_over}
    form = WhyForm(request.POST or None, language=request.language, initial=initial)

    def save(given: dict[str, Any]) -> str:
        acts.pass_over(step=found, version=given["version"], why=given["why"], by=request.actor)
        return way_href(found.way)

    request.reads(Subject.STRATEGY_WAY, found.way_id)
    title = message("Go on without: {step}", step=STEPS[StepKind(found.kind)])
    lead = message(
        "For a step that is left out, or of which nobody knows any more when it was taken. "
        "The reason stands on the strategy's page."
    )
    others = {"passed_over": message("Why")}
    told = message("It is noted.")
    return edit(
        request,
        form,
        save,
        title=title,
        told=told,
        lead=lead,
        crumbs=to_way(found.way),
        section=_SECTION,
        others=others,
    )


def way_drop(request: OfficeRequest, way: int) -> HttpResponse:
    """Give a strategy up."""
    found = get_object_or_404(queries.ways_visible_to(request.actor), pk=way)
    form = WhyForm(request.POST or None, language=request.language, initial={"version": found.version})

    def save(given: dict[str, Any]) -> str:
        acts.drop_way(way=found, version=given["version"], why=given["why"], by=request.actor)
        return way_href(found)

    request.reads(Subject.STRATEGY_WAY, found.pk)
    title = message("Drop “{strategy}”", strategy=found.title)
    lead = message("What was written and decided stays to be read.")
    send, told = message("Drop the strategy"), message("The strategy is dropped.")
    return edit(
        request, form, save, title=title, told=told, lead=lead, send=send, crumbs=to_way(found), section=_SECTION
    )


def draft_new(request: OfficeRequest, way: int) -> HttpResponse:
    """Keep a draft."""
    found = get_object_or_404(queries.ways_visible_to(request.actor), pk=way)
    form = DraftForm(
        request.POST or None,
        request.FILES or None,
        language=request.language,
        strategies=named(release().strategies, request.language),
    )
    problems: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            kind, content = _content(form.cleaned_data)
            acts.keep_draft(
                way=found,
                title=form.cleaned_data["title"],
                form=kind,
                content=content,
                step=step_of(form.cleaned_data["step"]),
                by=request.actor,
            )
        except NotAStrategyError as error:
            problems = error.problems
            form.add_refusal(
                message("the file is no strategy as the workspace declares one; what is wrong stands below")
            )
        except NotNowError as error:
            form.add_refusal(error.reason)
        else:
            tell(request, message("The draft is kept as it is now."))
            return HttpResponseRedirect(way_href(found))
    request.reads(Subject.STRATEGY_WAY, found.pk)
    title = message("Keep a draft")
    return page(
        request,
        "strategies/draft_new.html",
        title,
        section=_SECTION,
        crumbs=to_way(found),
        form=form,
        problems=[(str(each.location), each.what, each.mend) for each in problems],
    )


def draft_hand(request: OfficeRequest, draft: int, act: str) -> HttpResponse:
    """Put a draft before the committee, or open it to everybody."""
    if act not in STANDING_ACTS:
        raise Http404
    found = get_object_or_404(queries.drafts_visible_to(request.actor), pk=draft)
    acts.hand_on(draft=found, act=act, by=request.actor)
    tell(request, message("The draft is handed on."))
    return HttpResponseRedirect(way_href(found.way))


def _content(given: dict[str, Any]) -> tuple[Form, str]:
    """Return the form and the text of what was given in one of three ways.

    Raises:
        NotNowError: nothing is given, or more than one; or the file is not text in UTF-8, or of another kind.
    """
    file, text, strategy = given["file"], given["text"], given["strategy"]
    if sum(map(bool, (file, text.strip(), strategy))) != 1:
        raise NotNowError(message("give one of the three: a file, a text, or a strategy of the workspace"))
    if strategy:
        declared = declared_in(Path(settings.PEJL_WORKSPACE))
        if strategy not in declared:
            raise NotNowError(message("the workspace does not declare this strategy any more"))
        return Form.STRATEGY, declared[strategy]
    if text:
        return Form.TEXT, text
    kind = _ENDINGS.get(Path(file.name).suffix.lower())
    if kind is None:
        raise NotNowError(message("a draft is a file that ends in .yaml, .txt or .md"))
    if file.size > 4 * acts.MOST_CHARACTERS:
        raise NotNowError(message("the draft is too long"))
    try:
        return kind, file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotNowError(message("the file is not text in UTF-8")) from None


def _way_form(request: OfficeRequest, initial: dict[str, Any]) -> WayForm:
    strategies = named(release().strategies, request.language)
    return WayForm(request.POST or None, language=request.language, initial=initial, strategies=strategies)


def _step(request: OfficeRequest, number: int) -> Step:
    steps = Step.objects.filter(way__in=queries.ways_visible_to(request.actor).values("pk"))
    return get_object_or_404(steps.select_related("way", "meeting__committee"), pk=number)


def _meetings(request: OfficeRequest) -> list[Meeting]:
    """Return the meetings of the years around this one, in time."""
    found = meetings_visible_to(request.actor)
    near = [each for each in found if abs(each.when - today()) < _AROUND]
    return sorted(near, key=lambda each: each.when)


def _meeting(request: OfficeRequest, given: dict[str, Any]) -> Meeting | None:
    return get_object_or_404(meetings_visible_to(request.actor), pk=int(given["meeting"])) if given["meeting"] else None
