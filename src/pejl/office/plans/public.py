"""Plans that the committee has adopted and that may be shown: for whoever comes by, without what is internal."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pejl.office.clock import today
from pejl.office.organisation.queries import tree
from pejl.office.plans.kinds import TEMPLATES, Kind
from pejl.office.plans.queries import public_plans
from pejl.office.plans.showing import initiative_lines, plan_title
from pejl.office.web.pages import page
from pejl.office.web.request import OfficeRequest
from pejl.office.web.shown import site_url
from pejl.text import Message, message

PLANS: Message = message("Plans of the committee")


def plans(request: OfficeRequest) -> HttpResponse:
    """List the plans that may be shown, the latest first and by name within a year."""
    here = tree(today())
    shown = [(each, plan_title(each, here, request.language)) for each in public_plans().select_related("unit")]
    shown.sort(key=lambda pair: (-pair[0].year, pair[1]))
    return page(
        request,
        "plans/public_plans.html",
        PLANS,
        plans=shown,
        route=f"plan_public_{request.language}",
        other=_other(request, "plans_public"),
    )


def plan(request: OfficeRequest, plan: int) -> HttpResponse:
    """Show a plan: what it says and its initiatives, without who does it."""
    found = get_object_or_404(public_plans().prefetch_related("initiatives__served"), pk=plan)
    return page(
        request,
        "plans/public_plan.html",
        plan_title(found, tree(today()), request.language),
        plan=found,
        sections=[
            (section.title, found.texts[section.id])
            for section in TEMPLATES[Kind(found.kind)].sections
            if found.texts.get(section.id, "").strip()
        ],
        initiatives=initiative_lines(found, request.language),
        goal_href=lambda goal: site_url("goal", request.language, goal=goal),
        all_plans=reverse(f"plans_public_{request.language}"),
        other=_other(request, "plan_public", plan=found.pk),
    )


def _other(request: OfficeRequest, name: str, **values: int) -> str:
    """Return where the same page stands in the other language."""
    return reverse(f"{name}_{'en' if request.language == 'da' else 'da'}", kwargs=values)
