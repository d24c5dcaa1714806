"""A plan on paper: one or two pages, PDF/UA."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from pejl.office.audit.subjects import Subject
from pejl.office.plans import queries, rules, showing
from pejl.office.plans.paper.pdf import pdf_of
from pejl.office.web.request import OfficeRequest
from pejl.office.web.shown import face


def paper(request: OfficeRequest, plan: int) -> HttpResponse:
    """Return a plan as PDF, without internal figures: a paper is handed on."""
    return _paper(request, plan, figures=False)


def internal_paper(request: OfficeRequest, plan: int) -> HttpResponse:
    """Return a plan as PDF with the unit's own figures, marked as internal."""
    return _paper(request, plan, figures=True)


def _paper(request: OfficeRequest, plan: int, *, figures: bool) -> HttpResponse:
    found = get_object_or_404(queries.plan_with_all(request.actor), pk=plan)
    if figures and not rules.may_see_figures(request.actor, found.unit_id):
        raise Http404
    shown = showing.plan_page(found, request.actor, request.language, figures_too=figures)
    request.reads(Subject.PLAN, found.pk)
    request.reads(Subject.INITIATIVE, [each.number for each in shown.initiatives])
    if figures:
        request.reads(Subject.INTERNAL_FIGURES, found.unit_id)
    content = pdf_of(shown, face(), request.language, internal=figures)
    name = f"{found.kind.replace('_', '-')}-plan-{found.year}-{found.unit.code}{'-internal' if figures else ''}.pdf"
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
