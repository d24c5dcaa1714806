"""Reading strategies on their way, as whoever asks may see them."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, QuerySet

from pejl.office.accounts.actor import Actor
from pejl.office.strategies.models import Draft, Step, StrategyWay
from pejl.office.strategies.rules import standings_seen
from pejl.office.strategies.states import SEE_WAYS, StepKind, WayState

_ORDER = list(StepKind)


def ways_visible_to(actor: Actor) -> QuerySet[StrategyWay]:
    """Return the strategies on their way that somebody may see, with their steps."""
    steps = Prefetch("steps", Step.objects.select_related("meeting", "noted_by"))
    found = StrategyWay.objects.select_related("dropped_by").prefetch_related(steps)
    return found if actor.has(*SEE_WAYS) else found.none()


def drafts_visible_to(actor: Actor) -> QuerySet[Draft]:
    """Return the drafts somebody may see; their text is not fetched before it is asked for."""
    return Draft.objects.filter(standing__in=standings_seen(actor)).select_related("way", "kept_by").defer("content")


def steps_of(way: StrategyWay) -> list[Step]:
    """Return the steps of a way in the order they are taken."""
    return sorted(way.steps.all(), key=lambda step: _ORDER.index(StepKind(step.kind)))


def next_step(way: StrategyWay) -> Step | None:
    """Return the step that comes next; None where the way has ended."""
    if way.state in (WayState.ADOPTED, WayState.DROPPED):
        return None
    return next((step for step in steps_of(way) if not step.noted), None)


def coming_steps(until: date) -> list[Step]:
    """Return steps of ways that have not ended, planned for a day or a month up to `until` and not noted yet."""
    ahead = Step.objects.filter(noted_at__isnull=True).select_related("way")
    ahead = ahead.exclude(way__state__in=[WayState.ADOPTED, WayState.DROPPED])
    return [step for step in ahead.order_by("pk") if step.planned is not None and step.planned <= until]
