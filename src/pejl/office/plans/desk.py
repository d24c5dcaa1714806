"""What of plans lies on somebody's desk: said kindly, and never late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from pejl.office.accounts.actor import Actor
from pejl.office.accounts.models import Post
from pejl.office.accounts.queries import current
from pejl.office.core.roles import Role
from pejl.office.core.tasks import Task
from pejl.office.organisation.kinds import Level
from pejl.office.plans import queries, rules
from pejl.office.plans.kinds import Kind
from pejl.office.plans.models import Plan
from pejl.office.plans.states import State
from pejl.text import message

AUTUMN = 10
"""From this month on the year is followed up, and the next one's plan can be begun."""


def tasks(actor: Actor) -> list[Task]:
    """Return what somebody can do with plans now: write, talk through, adopt, follow up, put before the committee."""
    led = actor.units(*rules.LEADERS)
    found: list[Task] = []
    if actor.led:
        nearby = list(queries.theirs(actor).filter(year__gte=actor.on.year - 1).order_by("year", "pk"))
        own = [plan for plan in nearby if not actor.tree.heirs(plan.unit_id).isdisjoint(led)]
        found += _to_begin(actor, led, own)
        found += _to_write(actor, own)
        found += _to_follow_up(actor, own)
        found += _to_talk_through(actor, led, [plan for plan in nearby if plan not in own])
    if actor.has(Role.SECRETARIAT):
        found += _for_the_committee(actor)
    return found


def _to_begin(actor: Actor, led: Iterable[int], own: list[Plan]) -> Iterator[Task]:
    """A plan can be begun for a year that has none: this one, and from autumn the next."""
    years = (actor.on.year, actor.on.year + 1) if actor.on.month >= AUTUMN else (actor.on.year,)
    there = {(plan.unit_id, plan.year) for plan in own if plan.kind in (Kind.DEVELOPMENT, Kind.CENTRE)}
    for node in sorted(filter(None, map(actor.tree.get, led)), key=lambda node: node.name):
        kind = {Level.UNIT: Kind.DEVELOPMENT, Level.CENTRE: Kind.CENTRE}.get(node.level)
        for year in years:
            if kind is not None and (node.unit, year) not in there:
                words = message("The plan of {unit} for {year} can be begun", unit=node.name, year=year)
                href = f"{reverse('plan_begin')}?unit={node.unit}&year={year}&kind={kind}"
                yield Task(words, href, _ahead(date(year, 1, 31), actor.on))


def _to_write(actor: Actor, own: list[Plan]) -> Iterator[Task]:
    for plan in own:
        if plan.state == State.DRAFT:
            words = message(
                "The plan of {unit} for {year} is a draft: write on when it suits you", **_named(plan, actor)
            )
            yield Task(words, _href(plan))


def _to_follow_up(actor: Actor, own: list[Plan]) -> Iterator[Task]:
    """In autumn this year's plan is followed up; in the new year last year's, if nobody came to it."""
    autumn = actor.on.month >= AUTUMN
    for plan in own:
        if plan.state == State.ADOPTED and (plan.year < actor.on.year or (plan.year == actor.on.year and autumn)):
            words = message("How did it go with the plan of {unit} for {year}?", **_named(plan, actor))
            yield Task(
                words, reverse("plan_follow_up", kwargs={"plan": plan.pk}), _ahead(date(plan.year, 12, 31), actor.on)
            )


def _to_talk_through(actor: Actor, led: frozenset[int], below: list[Plan]) -> Iterator[Task]:
    """Plans handed over are for the next leader: whoever leads the nearest unit above that anybody leads."""
    waiting = [plan for plan in below if plan.state in (State.READY, State.TALKED_THROUGH)]
    above = {node.unit for plan in waiting for node in actor.tree.above(plan.unit_id)}
    anybody = set(
        Post.objects.filter(current(actor.on), unit_id__in=above, role__in=list(rules.LEADERS)).values_list(
            "unit_id", flat=True
        )
        if above
        else ()
    )
    for plan in waiting:
        nearest = next((node.unit for node in actor.tree.above(plan.unit_id) if node.unit in anybody), None)
        if nearest not in led:
            continue
        if plan.state == State.READY:
            words = message("The plan of {unit} for {year} is ready to be talked through", **_named(plan, actor))
            yield Task(words, _href(plan))
        elif "adopt" in rules.possible(actor, plan):
            words = message("The plan of {unit} for {year} is talked through and can be adopted", **_named(plan, actor))
            yield Task(words, _href(plan))


def _for_the_committee(actor: Actor) -> Iterator[Task]:
    plans = queries.visible_to(actor).filter(
        kind__in=rules.FOR_THE_COMMITTEE, state__in=[State.READY, State.TALKED_THROUGH]
    )
    for plan in plans.order_by("year", "pk"):
        named = _named(plan, actor)
        if plan.state == State.READY:
            yield Task(message("A plan of {unit} for {year} is on its way to the committee", **named), _href(plan))
        elif plan.put_before_at is None:
            yield Task(message("A plan of {unit} for {year} can be put before the committee", **named), _href(plan))
        else:
            yield Task(
                message("What did the committee decide about the plan of {unit} for {year}?", **named), _href(plan)
            )


def _named(plan: Plan, actor: Actor) -> dict[str, object]:
    return {"unit": actor.tree.name(plan.unit_id), "year": plan.year}


def _href(plan: Plan) -> str:
    return reverse("plan", kwargs={"plan": plan.pk})


def _ahead(day: date, on: date) -> date | None:
    """Return a day that is still ahead; a day that has passed is not held against anybody."""
    return day if day >= on else None
