"""Pages on which a plan goes on: handed over, talked through, sent back, adopted, followed up, copied, thrown away."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pejl.office.audit.subjects import Subject
from pejl.office.clock import today
from pejl.office.core.refusals import NotAllowedError
from pejl.office.plans import acts, carrying, discarding, initiative_acts, queries, rules, showing
from pejl.office.plans.forms import FollowUpForm, NoteForm, PutBeforeForm, ReasonForm, StandingForm, TalkForm
from pejl.office.plans.goals import following
from pejl.office.plans.models import Plan
from pejl.office.plans.states import WORKFLOW, State
from pejl.office.plans.views import PLANS
from pejl.office.web.pages import page, tell
from pejl.office.web.request import OfficeRequest
from pejl.office.year.models import AgendaItem
from pejl.office.year.states import Agenda
from pejl.text import Message, format_date, message

_CHOICES = 60


def hand_over(request: OfficeRequest, plan: int) -> HttpResponse:
    """Say that a draft is ready."""
    acts.hand_over(plan=_found(request, plan), by=request.actor)
    tell(request, message("The plan is ready to be talked through. Agree on a time for the talk."))
    return _to_plan(plan)


def throw_away(request: OfficeRequest, plan: int) -> HttpResponse:
    """Ask whether a draft is to be thrown away, and do it."""
    found = _found(request, plan, "throw_away")
    name, year = showing.plan_title(found, request.actor.tree, request.language), found.year
    if request.method == "POST":
        discarding.throw_away(plan=found, version=_version(request), by=request.actor)
        tell(request, message("The draft is thrown away: {plan}.", plan=name))
        return HttpResponseRedirect(reverse("plans") + f"?year={year}")
    request.reads(Subject.PLAN, found.pk)
    return _page(
        request,
        "plans/throw_away.html",
        message("Throw the draft away"),
        found,
        why_it_stays=discarding.why_it_stays(found),
        initiatives=found.initiatives.count(),
    )


def take_back(request: OfficeRequest, plan: int) -> HttpResponse:
    """Take a plan back to write on."""
    acts.take_back(plan=_found(request, plan), by=request.actor)
    tell(request, message("The plan is a draft again."))
    return _to_plan(plan)


def confirm_talk(request: OfficeRequest, plan: int) -> HttpResponse:
    """Confirm that a plan has been talked through."""
    found = _found(request, plan, "confirm_talk")
    form = TalkForm(request.POST if request.method == "POST" else None, language=request.language)
    if request.method == "POST" and form.is_valid():
        acts.confirm_talk(plan=found, agreed=form.cleaned_data["agreed"], by=request.actor)
        tell(request, message("The talk is noted."))
        return _to_plan(plan)
    request.reads(Subject.PLAN, found.pk)
    lead = message("What you agreed can still be written into the plan before it is adopted.")
    return _asked(
        request, message("We have talked it through"), found, form=form, lead=lead, send=message("Note the talk")
    )


def send_back(request: OfficeRequest, plan: int) -> HttpResponse:
    """Send a plan back, with a reason."""
    found = _found(request, plan, "send_back")
    form = ReasonForm(request.POST if request.method == "POST" else None, language=request.language)
    if request.method == "POST" and form.is_valid():
        acts.send_back(plan=found, reason=form.cleaned_data["reason"], by=request.actor)
        tell(request, message("The plan is sent back, with your reason."))
        return _to_plan(plan)
    request.reads(Subject.PLAN, found.pk)
    lead = message("The plan becomes a draft again. Only the leaders see the reason.")
    return _asked(request, message("Send back"), found, form=form, lead=lead, send=message("Send back"))


def put_before(request: OfficeRequest, plan: int) -> HttpResponse:
    """Put a plan before the committee."""
    found = _found(request, plan, "put_before")
    form = PutBeforeForm(
        request.POST if request.method == "POST" else None, language=request.language, items=_items(request)
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["item"]
        item = get_object_or_404(AgendaItem, pk=int(chosen)) if chosen else None
        acts.put_before(plan=found, agenda_item=item, by=request.actor)
        tell(request, message("The plan is put before the committee."))
        return _to_plan(plan)
    request.reads(Subject.PLAN, found.pk)
    title = message("Put before the committee")
    return _asked(request, title, found, form=form, lead=None, send=title)


def adopt(request: OfficeRequest, plan: int) -> HttpResponse:
    """Adopt a plan as it was read."""
    acts.adopt(plan=_found(request, plan), version=_version(request), by=request.actor)
    tell(request, message("The plan is adopted. Everybody who works here can read it."))
    return _to_plan(plan)


def show_publicly(request: OfficeRequest, plan: int) -> HttpResponse:
    """Say that a plan may be shown publicly."""
    acts.show_publicly(plan=_found(request, plan), by=request.actor)
    tell(request, message("The plan may be shown publicly."))
    return _to_plan(plan)


def add_note(request: OfficeRequest, plan: int) -> HttpResponse:
    """Note something on a plan."""
    found = _found(request, plan, "note")
    form = NoteForm(request.POST if request.method == "POST" else None, language=request.language)
    if request.method == "POST" and form.is_valid():
        acts.add_note(plan=found, text=form.cleaned_data["text"], by=request.actor)
        tell(request, message("The note is kept."))
        return _to_plan(plan)
    request.reads(Subject.PLAN, found.pk)
    return _asked(request, message("Write a note"), found, form=form, lead=None, send=message("Keep the note"))


def follow_up(request: OfficeRequest, plan: int) -> HttpResponse:
    """Follow a plan up: each initiative, and the plan as a whole."""
    found = get_object_or_404(queries.plan_with_all(request.actor), pk=plan)
    _require(request, found, "follow_up")
    sent = request.POST if request.method == "POST" else None
    form = FollowUpForm(sent, language=request.language)
    lines = showing.initiative_lines(found, request.language)
    standings = [
        StandingForm(
            sent,
            language=request.language,
            prefix=f"i{line.number}",
            initial={"status": line.status, "note": line.status_note},
        )
        for line in lines
    ]
    if sent is not None and all([form.is_valid(), *(each.is_valid() for each in standings)]):
        told = {line.number: each.standing() for line, each in zip(lines, standings, strict=True)}
        initiative_acts.follow_up(plan=found, text=form.cleaned_data["text"], standings=told, by=request.actor)
        tell(request, message("The plan is followed up."))
        return _to_plan(plan)
    request.reads(Subject.PLAN, found.pk)
    request.reads(Subject.INITIATIVE, [line.number for line in lines])
    pairs = list(zip(lines, standings, strict=True))
    return _page(request, "plans/follow_up.html", message("Follow up"), found, form=form, pairs=pairs)


def copy_forward(request: OfficeRequest, plan: int) -> HttpResponse:
    """Let what is unfinished in this plan go on in that of the next year."""
    unit = _number(request.POST.get("unit", ""))
    made = carrying.copy_forward(plan=_found(request, plan), following=following, unit=unit, by=request.actor)
    tell(request, message("This is the plan of {year}, with what is not finished yet.", year=made.year))
    return _to_plan(made.pk)


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _version(request: OfficeRequest) -> int:
    """Return the version that somebody has read; 0, which no plan has, where they do not say."""
    return _number(request.POST.get("version", "")) or 0


def _found(request: OfficeRequest, plan: int, act: str | None = None) -> Plan:
    found = get_object_or_404(queries.visible_to(request.actor).select_related("unit"), pk=plan)
    if act is not None:
        _require(request, found, act)
    return found


def _require(request: OfficeRequest, plan: Plan, act: str) -> None:
    """Refuse a page whose act would be refused."""
    if not rules.MAY[act](request.actor, plan):
        raise NotAllowedError(message("This is for others to do with this plan."))
    WORKFLOW.after(State(plan.state), act)


def _items(request: OfficeRequest) -> list[tuple[str, str]]:
    """Return the items of meetings ahead, the nearest first, in words."""
    ahead = (
        AgendaItem.objects.filter(meeting__on__gte=today())
        .exclude(meeting__agenda=Agenda.CANCELLED)
        .select_related("meeting")
        .order_by("meeting__on", "number")[:_CHOICES]
    )
    return [
        (str(item.pk), f"{format_date(item.meeting.on, request.language)}: {item.number}. {item.title}")
        for item in ahead
        if item.meeting.on is not None
    ]


def _asked(request: OfficeRequest, title: Message, plan: Plan, **values: Any) -> HttpResponse:
    return _page(request, "plans/ask.html", title, plan, **values)


def _page(request: OfficeRequest, template: str, title: Message, plan: Plan, **values: Any) -> HttpResponse:
    name = showing.plan_title(plan, request.actor.tree, request.language)
    crumbs = (
        (PLANS, reverse("plans") + f"?year={plan.year}"),
        (name, reverse("plan", kwargs={"plan": plan.pk})),
    )
    return page(request, template, title, crumbs=crumbs, section="plans", plan=plan, name=name, **values)


def _to_plan(plan: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("plan", kwargs={"plan": plan}))
