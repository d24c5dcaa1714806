"""What measurement and the public pages read of plans: no free text but titles that may be named, and no persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from pejl.office.organisation.kinds import Level
from pejl.office.organisation.queries import tree
from pejl.office.organisation.tree import Tree
from pejl.office.plans.kinds import Kind, Status
from pejl.office.plans.models import Initiative
from pejl.office.plans.states import OPEN_TO_ALL


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """An initiative of an adopted plan, as a register has it.

    Attributes:
        initiative: its number; each year's plan has its own.
        carried_from: the number it had in the plan of the year before; None if it is new.
        kind: of the plan.
        unit: code of the unit.
        centre: code of the centre it stood below in that year; itself for a centre, empty where there is none.
        year: of the plan.
        goals: ids of the goals it serves, in order.
        status: how it stands.
        begun: the day work began; None if it has not.
        ended: the day it was done or given up; None if it was not.
        followed_up: whether its plan has been followed up.
    """

    initiative: int
    carried_from: int | None
    kind: Kind
    unit: str
    centre: str
    year: int
    goals: tuple[str, ...]
    status: Status
    begun: date | None
    ended: date | None
    followed_up: bool


@dataclass(frozen=True, slots=True)
class Doing:
    """What is being done for a goal on a day.

    Attributes:
        goal: its id.
        statuses: how many initiatives of plans in force stand how; statuses that none has are left out.
        titles: of those that may be named publicly and are under way or done, in the order of the alphabet, each once.
    """

    goal: str
    statuses: Mapping[Status, int]
    titles: tuple[str, ...]


def initiatives_for_statistics(year: int) -> list[InitiativeRow]:
    """Return the initiatives of all adopted plans of a year; drafts are nobody's figures."""
    found = (
        Initiative.objects.filter(plan__year=year, plan__state__in=list(OPEN_TO_ALL))
        .select_related("plan", "plan__unit")
        .prefetch_related("served")
        .order_by("pk")
    )
    last, first = tree(date(year, 12, 31)), tree(date(year, 1, 1))
    return [
        InitiativeRow(
            initiative=each.pk,
            carried_from=each.carried_from_id,
            kind=Kind(each.plan.kind),
            unit=each.plan.unit.code,
            centre=_centre(last, each.plan.unit_id) or _centre(first, each.plan.unit_id),
            year=year,
            goals=tuple(sorted(served.goal for served in each.served.all())),
            status=Status(each.status),
            begun=each.begun_on,
            ended=each.ended_on,
            followed_up=each.plan.followed_up_at is not None,
        )
        for each in found
    ]


def doing(on: date) -> list[Doing]:
    """Return for each goal what is being done on a day, from the plans in force on it; in the order of goals' ids.

    A plan is in force from the day it is adopted until that of a later year takes over. How an initiative stood is
    read from its days: what began later had not begun.
    """
    statuses: dict[str, dict[Status, int]] = defaultdict(dict)
    titles: dict[str, set[str]] = defaultdict(set)
    for each in _in_force(on).prefetch_related("served"):
        status = _status_on(each, on)
        for served in each.served.all():
            counted = statuses[served.goal]
            counted[status] = counted.get(status, 0) + 1
            if each.public and status in (Status.UNDER_WAY, Status.DONE):
                titles[served.goal].add(each.title)
    return [
        Doing(goal, {status: counted[status] for status in Status if status in counted}, tuple(sorted(titles[goal])))
        for goal, counted in sorted(statuses.items())
    ]


def _in_force(on: date) -> QuerySet[Initiative]:
    return Initiative.objects.filter(
        Q(plan__closed_at__isnull=True) | Q(plan__closed_at__date__gt=on),
        plan__state__in=list(OPEN_TO_ALL),
        plan__adopted_at__date__lte=on,
    )


def _status_on(initiative: Initiative, on: date) -> Status:
    if initiative.ended_on is not None and initiative.ended_on <= on:
        return Status(initiative.status)
    if initiative.begun_on is not None and initiative.begun_on <= on:
        return Status.UNDER_WAY
    return Status.NOT_BEGUN


def _centre(organisation: Tree, unit: int) -> str:
    here = organisation.get(unit)
    line = (here, *organisation.above(unit)) if here else ()
    return next((node.code for node in line if node.level is Level.CENTRE), "")
