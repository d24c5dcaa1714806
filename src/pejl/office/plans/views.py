"""The list of plans, the page of one, and beginning one."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pejl.office.accounts.actor import Actor
from pejl.office.audit.subjects import Subject
from pejl.office.clock import today
from pejl.office.core.refusals import NotAllowedError, NotNowError
from pejl.office.organisation.models import Unit
from pejl.office.organisation.tree import Node
from pejl.office.plans import acts, queries, rules, showing
from pejl.office.plans.discarding import why_it_stays
from pejl.office.plans.forms import BeginForm, NoteForm
from pejl.office.plans.goals import target_groups_of
from pejl.office.plans.kinds import NOTES, TEMPLATES, Kind
from pejl.office.plans.models import Plan
from pejl.office.plans.states import MEANS, OPEN_TO_ALL, WORKFLOW, State
from pejl.office.web.pages import page, tell
from pejl.office.web.request import OfficeRequest
from pejl.site.pages.collation import sort_key
from pejl.text import Message, message

PLANS = message("Plans")
_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A plan in a list."""

    number: int
    title: str
    unit: str
    kind: Message
    state: State
    words: Message


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A unit somebody leads, with its plan of the year, or that there is none yet."""

    unit: int
    name: str
    kind: Kind
    plan: Row | None


def plans(request: OfficeRequest) -> HttpResponse:
    """List the plans of a year that whoever asks may read; for leaders their own units first."""
    actor = request.actor
    this_year = today().year
    years = queries.years(actor, this_year)
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, years) else this_year
    kind = request.GET.get("kind", "")
    found = list(queries.visible_to(actor).filter(year=year))
    rows = {plan.pk: _row(plan, request) for plan in found}
    listed = sorted(
        (plan for plan in found if plan.state in OPEN_TO_ALL or plan.unit_id not in actor.led),
        key=lambda plan: (sort_key(rows[plan.pk].unit, request.language), plan.kind, rows[plan.pk].title),
    )
    shown = Paginator([rows[each.pk] for each in listed if kind in ("", each.kind)], _PER_PAGE)
    current = shown.get_page(request.GET.get("page"))
    own = _own(request, found, rows) if actor.led else []
    request.reads(Subject.PLAN, [row.number for row in (*current, *(each.plan for each in own if each.plan))])
    return page(
        request,
        "plans/plans.html",
        PLANS,
        section="plans",
        rows=current,
        own=own,
        years=years,
        year=year,
        kind=kind,
        kinds=TEMPLATES,
        may_begin=bool(actor.led),
        overview=actor.has(*rules.OVERVIEW),
    )


def plan(request: OfficeRequest, plan: int) -> HttpResponse:
    """Show a plan."""
    actor = request.actor
    found = get_object_or_404(queries.plan_with_all(actor), pk=plan)
    shown = showing.plan_page(found, actor, request.language)
    possible = rules.possible(actor, found)
    after = queries.gone_on_in(actor, found) if "copy_forward" in possible else []
    request.reads(Subject.PLAN, found.pk)
    request.reads(Subject.INITIATIVE, [each.number for each in shown.initiatives])
    request.reads(Subject.INTERNAL_FIGURES, found.unit_id if shown.figures else ())
    return page(
        request,
        "plans/plan.html",
        shown.title,
        crumbs=((PLANS, reverse("plans") + f"?year={found.year}"),),
        section="plans",
        plan=found,
        shown=shown,
        possible=possible,
        why_it_stays=why_it_stays(found) if "throw_away" in possible else None,
        buttons=possible - {"note", "tell_status"},
        after=[(each, _whose(each.unit_id, found, actor)) for each in after],
        onward=[
            (node.unit, _whose(node.unit, found, actor))
            for node in rules.copied_to(actor, found)
            if node.unit not in {each.unit_id for each in after}
        ],
        may_see_versions=rules.may_write(actor, found),
        state=WORKFLOW.words[shown.state],
        means=MEANS[shown.state],
        note_words=NOTES,
        note_form=NoteForm(language=request.language) if "note" in possible else None,
    )


def begin(request: OfficeRequest) -> HttpResponse:
    """Begin a plan for a unit that whoever asks leads."""
    actor = request.actor
    units = [node for _, node in actor.tree.rows() if node.unit in actor.led]
    this_year = today().year
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        language=request.language,
        units=units,
        years=(this_year, this_year + 1),
        groups=target_groups_of(this_year),
        initial=_wanted(request, units, this_year),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        unit = get_object_or_404(Unit, pk=int(given["unit"]))
        try:
            made = acts.begin(kind=Kind(given["kind"]), unit=unit, year=given["year"], about=given["about"], by=actor)
        except (NotNowError, NotAllowedError) as error:
            form.add_refusal(error.reason)
        else:
            tell(request, message("The plan is begun. Take the time you need; a page is enough."))
            return HttpResponseRedirect(reverse("plan_write", kwargs={"plan": made.pk}))
    title = message("Begin a plan")
    crumbs = ((PLANS, reverse("plans")),)
    return page(request, "plans/begin.html", title, section="plans", crumbs=crumbs, form=form)


def _wanted(request: OfficeRequest, units: list[Node], this_year: int) -> dict[str, str]:
    """Return what a link to the form says of the plan that is to be begun."""
    first = next((node.unit for node in units if node.unit in request.actor.units(*rules.LEADERS)), "")
    level = next((node.level for node in units if str(node.unit) == request.GET.get("unit", str(first))), None)
    kind = next((kind.value for kind, template in TEMPLATES.items() if level in template.levels), "")
    return {"unit": str(first), "year": str(this_year), "kind": kind, **{k: str(v) for k, v in request.GET.items()}}


def _row(plan: Plan, request: OfficeRequest) -> Row:
    state, kind = State(plan.state), Kind(plan.kind)
    return Row(
        plan.pk,
        showing.plan_title(plan, request.actor.tree, request.language),
        request.actor.tree.name(plan.unit_id),
        TEMPLATES[kind].name,
        state,
        WORKFLOW.words[state],
    )


def _whose(unit: int, plan: Plan, actor: Actor) -> str:
    """Return what the unit is called in whose plan one goes on; empty where it is the plan's own."""
    return "" if unit == plan.unit_id else actor.tree.name(unit)


def _named(node: Node, plan: Plan, request: OfficeRequest) -> str:
    """Return what the unit is called that carries a plan on, and whose it was where that unit has ended."""
    if plan.unit_id == node.unit:
        return node.name
    before = request.actor.tree.name(plan.unit_id)
    return message("{unit} (formerly {before})", unit=node.name, before=before).render(request.language)


def _own(request: OfficeRequest, found: list[Plan], rows: dict[int, Row]) -> list[OwnRow]:
    """Return the units somebody leads in the order of the organisation, each with its plans.

    Those of units that have ended stand with the first unit that carries on for them.
    """
    actor = request.actor
    led = [node for _, node in actor.tree.rows() if node.unit in actor.led]
    ended = {unit: actor.tree.heirs(unit) for unit in actor.tree.inherited(actor.led)}
    by_unit: dict[int, list[Plan]] = {}
    for each in found:
        heirs = ended.get(each.unit_id, frozenset({each.unit_id}))
        first = next((node.unit for node in led if node.unit in heirs), each.unit_id)
        if rules.may_write(actor, each):
            by_unit.setdefault(first, []).append(each)
    own = []
    for node in led:
        plans = sorted(by_unit.get(node.unit, ()), key=lambda plan: (plan.unit_id != node.unit, plan.kind, plan.about))
        kinds = [kind for kind, template in TEMPLATES.items() if not template.about and node.level in template.levels]
        missing = [kind for kind in kinds if kind not in {plan.kind for plan in plans if plan.unit_id == node.unit}]
        own += [OwnRow(node.unit, _named(node, plan, request), Kind(plan.kind), rows[plan.pk]) for plan in plans]
        own += [OwnRow(node.unit, node.name, kind, None) for kind in missing]
    return own
