"""Who serves what: for each goal the initiatives that serve it. Nobody is counted against anybody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse

from pejl.office.audit.subjects import Subject
from pejl.office.clock import today
from pejl.office.plans import queries, showing
from pejl.office.plans.goals import Record, goal_titles, goals_of
from pejl.office.plans.kinds import STATUSES, Status
from pejl.office.plans.views import PLANS
from pejl.office.web.pages import page
from pejl.office.web.request import OfficeRequest
from pejl.office.web.shown import site_url
from pejl.site.pages.collation import sort_key
from pejl.text import Message, message

WHO = message("Who serves what")
_SHOWN = 6
_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """An initiative that serves a goal: who does it, what it is, how it stands."""

    number: int
    unit: str
    title: str
    status: Status
    words: Message
    plan: int


@dataclass(frozen=True, slots=True)
class Served:
    """A goal with some of the initiatives that serve it, by the name of the unit; `more` where there are others."""

    goal: str
    title: Record
    code: str | None
    lines: tuple[Line, ...]
    more: bool


def serving(request: OfficeRequest) -> HttpResponse:
    """Show every goal of a year's strategies with what serves it, and those that nothing serves yet."""
    year, years = _year(request)
    found = goals_of(year, request.language)
    headings = [(each, section) for each in found.strategies for section in each.sections]
    strategy, vision = request.GET.get("strategy", ""), request.GET.get("vision", "")
    chosen = [
        (each, section)
        for each, section in headings
        if strategy in ("", each.id) and (vision == "" or (section.group is not None and section.group.id == vision))
    ]
    lines = _lines(request, year, [card.id for _, section in chosen for card in section.cards])
    groups = [
        (
            each,
            section.group,
            [
                Served(card.id, card.title, card.code, tuple(lines[card.id][:_SHOWN]), len(lines[card.id]) > _SHOWN)
                for card in section.cards
            ],
        )
        for each, section in chosen
    ]
    request.reads(Subject.INITIATIVE, {line.number for group in groups for goal in group[2] for line in goal.lines})
    return page(
        request,
        "plans/serving.html",
        WHO,
        crumbs=((PLANS, reverse("plans")),),
        section="plans",
        groups=groups,
        found=found,
        headings=[section.group for _, section in headings if section.group is not None],
        year=year,
        years=years,
        strategy=strategy,
        vision=vision,
        nothing=[goal for group in groups for goal in group[2] if not goal.lines],
    )


def goal(request: OfficeRequest, goal: str) -> HttpResponse:
    """Show every initiative of a year that serves a goal."""
    titles = goal_titles()
    if goal not in titles:
        raise Http404
    year, years = _year(request)
    lines = Paginator(_lines(request, year, [goal])[goal], _PER_PAGE).get_page(request.GET.get("page"))
    request.reads(Subject.INITIATIVE, [line.number for line in lines])
    title = titles[goal].get(request.language) or titles[goal]["da"]
    return page(
        request,
        "plans/goal.html",
        title,
        crumbs=((PLANS, reverse("plans")), (WHO, reverse("plans_serving") + f"?year={year}")),
        section="plans",
        lines=lines,
        year=year,
        years=years,
        public_page=site_url("goal", request.language, goal=goal),
    )


def _year(request: OfficeRequest) -> tuple[int, list[int]]:
    this_year = today().year
    years = queries.years(request.actor, this_year)
    asked = request.GET.get("year", "")
    return (int(asked) if asked in map(str, years) else this_year), years


def _lines(request: OfficeRequest, year: int, goals: list[str]) -> defaultdict[str, list[Line]]:
    """Return by goal the initiatives that serve it, by the name of the unit and then as its plan has them."""
    tree = request.actor.tree
    found: defaultdict[str, list[Line]] = defaultdict(list)
    for each in queries.serving(request.actor, year, goals):
        unit = tree.name(each.unit)
        about = showing.about_words(each.kind, each.about, request.language)
        status = Status(each.status)
        name = f"{unit} – {about}" if about else unit
        found[each.goal].append(Line(each.number, name, each.title, status, STATUSES[status], each.plan))
    for lines in found.values():
        lines.sort(key=lambda line: sort_key(line.unit, request.language))
    return found
