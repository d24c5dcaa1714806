"""Plans in every state, made by the acts everybody uses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pejl.office.accounts.actor import Actor, Held
from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.organisation.models import Unit
from pejl.office.plans import acts, carrying, initiative_acts
from pejl.office.plans.initiative_acts import Said
from pejl.office.plans.kinds import Kind
from pejl.office.plans.models import Initiative, Plan
from pejl.office.plans.states import State

TEXTS = {"visions": "Vi begynder med hverdagen.", "challenges": "Vi mangler folk."}
MORNINGS = Said(
    "Fælles morgenmøder",
    "Alle ved, hvad dagen bringer.",
    "Færre beskeder går tabt.",
    date(2015, 9, 1),
    "Afdelingslederen",
    ("fewer_homeless",),
)


def leader(world: World) -> Actor:
    """Of Havnehuset."""
    return world.actors[Role.UNIT_LEADER]


def above(world: World) -> Actor:
    """Of Center Nord, above Havnehuset and Lindegården."""
    return world.actors[Role.CENTRE_LEADER]


def secretariat(world: World) -> Actor:
    return world.actors[Role.SECRETARIAT]


def director(world: World) -> Actor:
    """Somebody who leads the whole administration; the small world has nobody there."""
    return replace(above(world), number=9001, held=frozenset({Held(Role.CENTRE_LEADER, world.administration.pk)}))


def draft(world: World, *, unit: Unit | None = None, year: int = 2015, by: Actor | None = None) -> Plan:
    by = by or leader(world)
    plan = acts.begin(kind=Kind.DEVELOPMENT, unit=unit or world.units[0], year=year, by=by)
    return acts.write(plan=plan, version=plan.version, texts=TEXTS, by=by)


def add(plan: Plan, world: World, said: Said = MORNINGS, by: Actor | None = None) -> Initiative:
    return initiative_acts.add(plan=plan, said=said, by=by or leader(world))


def fresh(plan: Plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)


def adopt(plan: Plan, by: Actor) -> Plan:
    return acts.adopt(plan=plan, version=fresh(plan).version, by=by)


def adopted(world: World, *said: Said, unit: Unit | None = None, year: int = 2015) -> Plan:
    """A development plan that has gone all the way."""
    by = leader(world) if unit is None else director(world)
    top = above(world) if unit is None else director(world)
    plan = draft(world, unit=unit, year=year, by=by)
    for each in said:
        add(plan, world, each, by)
    acts.hand_over(plan=plan, by=by)
    acts.confirm_talk(plan=plan, by=top)
    return adopt(plan, top)


def area_plan(world: World, unit: Unit, about: str, state: State, *, before: bool = False) -> Plan:
    """An area plan of any unit in a state; `before` puts it before the committee, where that can be."""
    boss, secretary = director(world), secretariat(world)
    plan = acts.begin(kind=Kind.AREA, unit=unit, year=2015, about=about, by=boss)
    acts.write(plan=plan, version=plan.version, texts={"need": "Der mangler et sted."}, by=boss)
    order = list(State)
    if order.index(state) >= order.index(State.READY):
        acts.hand_over(plan=plan, by=boss)
    if order.index(state) >= order.index(State.TALKED_THROUGH):
        acts.confirm_talk(plan=plan, by=secretary)
    if before or order.index(state) >= order.index(State.ADOPTED):
        acts.put_before(plan=plan, by=secretary)
    if order.index(state) >= order.index(State.ADOPTED):
        adopt(plan, secretary)
    if order.index(state) >= order.index(State.FOLLOWED_UP):
        initiative_acts.follow_up(plan=plan, text="Det gik.", standings={}, by=boss)
    if state is State.CLOSED:
        later = carrying.copy_forward(plan=plan, following=lambda goal, year: goal, by=boss)
        acts.hand_over(plan=later, by=boss)
        acts.confirm_talk(plan=later, by=secretary)
        acts.put_before(plan=later, by=secretary)
        adopt(later, secretary)
    return fresh(plan)
