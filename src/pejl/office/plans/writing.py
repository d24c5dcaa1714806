"""Pages on which plans and initiatives are written; two people who write at once lose nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pejl.office.audit.subjects import Subject
from pejl.office.core.refusals import ChangedMeanwhileError, NotAllowedError, NotNowError
from pejl.office.plans import acts, content, initiative_acts, queries, rules, showing
from pejl.office.plans.forms import InitiativeForm, StandingForm, texts_form
from pejl.office.plans.goals import goal_titles, goals_of
from pejl.office.plans.kinds import FEW, MOST, ROOM, Kind
from pejl.office.plans.models import Initiative, Plan
from pejl.office.plans.states import WORKFLOW, State
from pejl.office.plans.views import PLANS
from pejl.office.web.pages import page, tell
from pejl.office.web.request import OfficeRequest
from pejl.text import Message, message

SAVED = message("Saved.")


def plan_write(request: OfficeRequest, plan: int) -> HttpResponse:
    """Write the texts of a plan."""
    found = _writable(request, plan)
    made = texts_form(Kind(found.kind))
    form = made(language=request.language, initial={**found.texts, "version": found.version})
    theirs: Mapping[str, Any] = {}
    status = 200
    if request.method == "POST":
        form = made(request.POST, language=request.language)
        if form.is_valid():
            texts = dict(form.cleaned_data)
            version = texts.pop("version")
            try:
                acts.write(plan=found, version=version, texts=texts, by=request.actor)
            except ChangedMeanwhileError as error:
                stands = Plan.objects.get(pk=found.pk).texts
                read = content.texts_read(found.pk, version)
                both = content.merge(read=read, mine=texts, stands={name: stands.get(name, "") for name in texts})
                form = made({**both.merged, "version": error.version}, language=request.language)
                theirs, status = error.theirs, error.status
            except NotNowError as error:
                form.add_refusal(error.reason)
                status = error.status
            else:
                tell(request, SAVED)
                return _to_plan(found.pk)
    request.reads(Subject.PLAN, found.pk)
    return _written(request, "plans/write.html", message("Write"), found, status, form=form, theirs=theirs, room=ROOM)


def initiative_new(request: OfficeRequest, plan: int) -> HttpResponse:
    """Add an initiative to a plan."""
    found = _writable(request, plan)
    goals = goals_of(found.year, request.language)
    sent = request.POST if request.method == "POST" else None
    form = InitiativeForm(sent, language=request.language, goals=goals)
    status = 200
    if sent is not None and form.is_valid():
        try:
            initiative_acts.add(plan=found, said=form.said(), by=request.actor)
        except NotNowError as error:
            form.add_refusal(error.reason)
            status = error.status
        else:
            tell(request, message("The initiative is added."))
            return _to_plan(found.pk)
    request.reads(Subject.PLAN, found.pk)
    count = found.initiatives.count()
    return _written(
        request,
        "plans/initiative.html",
        message("New initiative"),
        found,
        status,
        form=form,
        theirs={},
        goals=goals,
        few=FEW,
        most=MOST,
        count=count,
        initiative=None,
    )


def initiative_write(request: OfficeRequest, initiative: int) -> HttpResponse:
    """Change what an initiative says, while its plan is not adopted."""
    found = get_object_or_404(queries.visible_initiatives(request.actor).select_related("plan"), pk=initiative)
    _require_writable(request, found.plan)
    goals = goals_of(found.plan.year, request.language)
    stands = content.stands(found)
    form = InitiativeForm(language=request.language, goals=goals, initial={**stands, "version": found.version})
    theirs: Mapping[str, Any] = {}
    status = 200
    if request.method == "POST":
        form = InitiativeForm(request.POST, language=request.language, goals=goals)
        if form.is_valid():
            version = form.cleaned_data["version"] or 0
            said = form.said()
            try:
                initiative_acts.change(initiative=found, version=version, said=said, by=request.actor)
            except ChangedMeanwhileError as error:
                read = content.initiative_read(found.plan_id, found.pk, version)
                now = content.stands(Initiative.objects.get(pk=found.pk))
                both = content.merge(read=read, mine=said.as_data(), stands=now)
                again = {**both.merged, "version": error.version}
                form = InitiativeForm(again, language=request.language, goals=goals)
                theirs, status = _in_words(error.theirs, request), error.status
            except NotNowError as error:
                form.add_refusal(error.reason)
                status = error.status
            else:
                tell(request, SAVED)
                return _to_plan(found.plan_id)
    request.reads(Subject.INITIATIVE, found.pk)
    return _written(
        request,
        "plans/initiative.html",
        message("Change the initiative"),
        found.plan,
        status,
        form=form,
        theirs=theirs,
        goals=goals,
        few=FEW,
        most=MOST,
        count=0,
        initiative=found,
    )


def initiative_remove(request: OfficeRequest, initiative: int) -> HttpResponse:
    """Take an initiative out of a plan that is not adopted."""
    found = get_object_or_404(queries.visible_initiatives(request.actor).select_related("plan"), pk=initiative)
    initiative_acts.remove(initiative=found, by=request.actor)
    tell(request, message("The initiative is taken out. Earlier versions of the plan keep it."))
    return _to_plan(found.plan_id)


def initiative_status(request: OfficeRequest, initiative: int) -> HttpResponse:
    """Say how an initiative stands, at any time of the year."""
    found = get_object_or_404(
        queries.visible_initiatives(request.actor).select_related("plan").prefetch_related("served"), pk=initiative
    )
    if not rules.may_write(request.actor, found.plan):
        raise NotAllowedError(message("Only the leaders of the unit and those above it write in this plan."))
    WORKFLOW.after(State(found.plan.state), "tell_status")
    initial = {"status": found.status, "note": found.status_note}
    form = StandingForm(request.POST or None, language=request.language, initial=initial)
    if request.method == "POST" and form.is_valid():
        initiative_acts.tell_status(initiative=found, standing=form.standing(), by=request.actor)
        tell(request, SAVED)
        return _to_plan(found.plan_id)
    request.reads(Subject.INITIATIVE, found.pk)
    line = showing.initiative_line(found, goal_titles(), request.language)
    title = message("How does it stand?")
    return _written(request, "plans/standing.html", title, found.plan, 200, form=form, line=line)


def initiative_public(request: OfficeRequest, initiative: int) -> HttpResponse:
    """Say whether the title of an initiative may be named publicly."""
    found = get_object_or_404(queries.visible_initiatives(request.actor).select_related("plan"), pk=initiative)
    public = request.POST.get("public") == "1"
    initiative_acts.name_publicly(initiative=found, public=public, by=request.actor)
    tell(request, message("The title may be named publicly.") if public else message("The title stays inside."))
    return _to_plan(found.plan_id)


def _writable(request: OfficeRequest, plan: int) -> Plan:
    found = get_object_or_404(queries.visible_to(request.actor).select_related("unit"), pk=plan)
    _require_writable(request, found)
    return found


def _require_writable(request: OfficeRequest, plan: Plan) -> None:
    """Refuse the page; whoever has written already is told in the form, and keeps the text."""
    if not rules.may_write(request.actor, plan):
        raise NotAllowedError(message("Only the leaders of the unit and those above it write in this plan."))
    if request.method != "POST":
        WORKFLOW.after(State(plan.state), "write")


def _written(
    request: OfficeRequest, template: str, title: Message, plan: Plan, status: int, **values: Any
) -> HttpResponse:
    name = showing.plan_title(plan, request.actor.tree, request.language)
    crumbs = (
        (PLANS, reverse("plans") + f"?year={plan.year}"),
        (name, reverse("plan", kwargs={"plan": plan.pk})),
    )
    return page(request, template, title, crumbs=crumbs, section="plans", status=status, plan=plan, name=name, **values)


def _in_words(theirs: Mapping[str, Any], request: OfficeRequest) -> dict[str, str]:
    """Return what somebody else has saved, as it is read: goals by their titles, days as days."""
    titles = goal_titles()
    said = {}
    for name, value in theirs.items():
        if name == "goals":
            said[name] = "; ".join(titles[goal].get(request.language) or titles[goal]["da"] for goal in value)
        elif name == "public":
            said[name] = (message("Yes") if value else message("No")).render(request.language)
        else:
            said[name] = str(value)
    return said


def _to_plan(plan: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("plan", kwargs={"plan": plan}))
