"""Reading plans: which somebody may see, and what of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Min, Prefetch, Q, QuerySet

from pejl.office.accounts.actor import Actor
from pejl.office.core.roles import Role
from pejl.office.plans.kinds import Kind
from pejl.office.plans.models import Initiative, Note, Plan, ServedGoal, TakenIn
from pejl.office.plans.rules import FOR_THE_COMMITTEE, READERS
from pejl.office.plans.states import OPEN_TO_ALL, State
from pejl.office.plans.statistics import InitiativeRow, doing, initiatives_for_statistics

__all__ = [
    "InitiativeRow",
    "Serving",
    "doing",
    "gone_on_in",
    "initiatives_for_statistics",
    "plan_with_all",
    "public_plans",
    "serving",
    "theirs",
    "visible_initiatives",
    "visible_to",
    "years",
]


def visible_to(actor: Actor) -> QuerySet[Plan]:
    """Return the plans somebody may read; `rules.may_see` says the same of each."""
    return Plan.objects.filter(_visible(actor))


def theirs(actor: Actor) -> QuerySet[Plan]:
    """Return the plans somebody writes in or follows up; `rules.may_write` says the same of each."""
    own = Q(unit_id__in=actor.led)
    inherited = Q(unit_id__in=actor.tree.inherited(actor.led), state__in=list(OPEN_TO_ALL))
    return Plan.objects.filter(own | inherited)


def gone_on_in(actor: Actor, plan: Plan) -> list[Plan]:
    """Return the plans in which a plan has gone on, of those somebody may read; one query."""
    after = Q(copied_from=plan) | Q(pk__in=TakenIn.objects.filter(earlier=plan).values("plan_id"))
    return list(visible_to(actor).filter(after).order_by("year", "pk"))


def visible_initiatives(actor: Actor) -> QuerySet[Initiative]:
    """Return the initiatives of the plans somebody may read."""
    return Initiative.objects.filter(plan__in=visible_to(actor))


def plan_with_all(actor: Actor) -> QuerySet[Plan]:
    """Return the plans somebody may read, each with its unit, initiatives, goals and notes; four queries."""
    initiatives = Prefetch("initiatives", Initiative.objects.order_by("place", "pk").prefetch_related("served"))
    notes = Prefetch("notes", Note.objects.order_by("said_at", "pk").select_related("initiative"))
    return visible_to(actor).select_related("unit").prefetch_related(initiatives, notes)


def public_plans() -> QuerySet[Plan]:
    """Return the plans that the committee has adopted and that may be shown publicly."""
    return Plan.objects.filter(shown_at__isnull=False, state__in=list(OPEN_TO_ALL))


def years(actor: Actor, today: int) -> list[int]:
    """Return the years there are plans of, and this one and the next, the latest first."""
    found = visible_to(actor).order_by().aggregate(first=Min("year"), last=Max("year"))
    first, last = (found[name] or today for name in ("first", "last"))
    return list(range(max(last, today + 1), min(first, today) - 1, -1))


@dataclass(frozen=True, slots=True)
class Serving:
    """An initiative that serves a goal.

    Attributes:
        goal: the id of the goal.
        number: of the initiative.
        title: what it is called.
        status: how it stands.
        plan: the number of its plan.
        kind: of the plan.
        about: what the plan is about beside its unit.
        unit: the number of the unit.
    """

    goal: str
    number: int
    title: str
    status: str
    plan: int
    kind: Kind
    about: str
    unit: int


def serving(actor: Actor, year: int, goals: Iterable[str]) -> list[Serving]:
    """Return which initiatives of a year's adopted plans serve which of these goals; one query."""
    rows = (
        ServedGoal.objects.filter(
            goal__in=list(goals),
            initiative__plan__year=year,
            initiative__plan__state__in=list(OPEN_TO_ALL),
            initiative__plan__in=visible_to(actor),
        )
        .order_by("initiative__place", "pk")
        .values_list(
            "goal",
            "initiative_id",
            "initiative__title",
            "initiative__status",
            "initiative__plan_id",
            "initiative__plan__kind",
            "initiative__plan__about",
            "initiative__plan__unit_id",
        )
    )
    return [Serving(*row[:5], Kind(row[5]), *row[6:]) for row in rows]


def _visible(actor: Actor) -> Q:
    allowed = Q(unit_id__in=actor.led)
    if actor.has(*READERS):
        allowed |= Q(state__in=list(OPEN_TO_ALL))
    if actor.has(Role.SECRETARIAT):
        allowed |= Q(state=State.TALKED_THROUGH) | Q(state=State.READY, kind__in=FOR_THE_COMMITTEE)
    if actor.has(Role.COMMITTEE_MEMBER):
        allowed |= Q(put_before_at__isnull=False)
    return allowed
