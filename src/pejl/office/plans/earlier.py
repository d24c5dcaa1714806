"""Earlier versions of a plan: for those who write in it."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pejl.office.accounts.models import Account
from pejl.office.audit.subjects import Subject
from pejl.office.plans import queries, rules, showing
from pejl.office.plans.goals import goal_titles
from pejl.office.plans.kinds import STATUSES, TEMPLATES, Kind
from pejl.office.plans.models import Plan
from pejl.office.plans.states import WORKFLOW
from pejl.office.plans.views import PLANS
from pejl.office.web.pages import page
from pejl.office.web.request import OfficeRequest
from pejl.text import Message, message

VERSIONS = message("Earlier versions")

ACTS: Mapping[str, Message] = {
    "begin": message("begun"),
    "write": message("written in"),
    "add_initiative": message("an initiative added"),
    "change_initiative": message("an initiative changed"),
    "remove_initiative": message("an initiative taken out"),
    "name_publicly": message("said whether a title may be named publicly"),
    "hand_over": message("handed over for the talk"),
    "take_back": message("taken back"),
    "confirm_talk": message("talked through"),
    "send_back": message("sent back"),
    "put_before": message("put before the committee"),
    "adopt": message("adopted"),
    "show_publicly": message("may be shown publicly"),
    "tell_status": message("said how an initiative stands"),
    "follow_up": message("followed up"),
    "note": message("a note written"),
    "copy_forward": message("copied from the year before"),
    "close": message("closed by the plan of the year after"),
}
"""Every act after which a version is kept, in words."""


def versions(request: OfficeRequest, plan: int) -> HttpResponse:
    """List the versions of a plan, the latest first."""
    found = _mine(request, plan)
    rows = list(found.revisions.values_list("number", "act", "kept_at", "kept_by"))
    names = dict(Account.objects.filter(pk__in={row[3] for row in rows}).values_list("pk", "name"))
    request.reads(Subject.PLAN, found.pk)
    name, crumbs = _way(request, found)
    told = [(number, ACTS[act], at, names.get(by, "–")) for number, act, at, by in rows]
    return page(
        request, "plans/versions.html", VERSIONS, crumbs=crumbs, section="plans", plan=found, name=name, rows=told
    )


def version(request: OfficeRequest, plan: int, number: int) -> HttpResponse:
    """Show a version of a plan."""
    found = _mine(request, plan)
    kept = get_object_or_404(found.revisions, number=number)
    template = TEMPLATES[Kind(found.kind)]
    titles = goal_titles()
    request.reads(Subject.PLAN, found.pk)
    request.reads(Subject.INITIATIVE, [each["number"] for each in kept.content["initiatives"]])
    name, crumbs = _way(request, found)
    back = (VERSIONS, reverse("plan_versions", kwargs={"plan": found.pk}))
    return page(
        request,
        "plans/version.html",
        message("Version {number}", number=number),
        crumbs=(*crumbs, back),
        section="plans",
        plan=found,
        name=name,
        kept=kept,
        act=ACTS[kept.act],
        state=WORKFLOW.words[kept.content["state"]],
        sections=[(section.title, kept.content["texts"].get(section.id, "")) for section in template.sections],
        statuses=STATUSES,
        titles=titles,
    )


def _mine(request: OfficeRequest, plan: int) -> Plan:
    """Return a plan whose earlier versions somebody may read: drafts are theirs alone who write them."""
    found = get_object_or_404(queries.visible_to(request.actor), pk=plan)
    if not rules.may_write(request.actor, found):
        raise Http404
    return found


def _way(request: OfficeRequest, plan: Plan) -> tuple[str, tuple[tuple[str | Message, str], ...]]:
    name = showing.plan_title(plan, request.actor.tree, request.language)
    here = reverse("plan", kwargs={"plan": plan.pk})
    return name, ((PLANS, reverse("plans") + f"?year={plan.year}"), (name, here))
