"""A strategy on its way, made through the office's own acts."""

from __future__ import annotations

from datetime import date

from pejl.office.accounts.actor import Actor
from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.strategies.acts import keep_draft, note_step, open_way
from pejl.office.strategies.models import Draft, Step, StrategyWay
from pejl.office.strategies.states import Form, StepKind

TEXT = "Vi sætter tidligt ind.\n\nVi lytter."


def secretariat(world: World) -> Actor:
    return world.actors[Role.SECRETARIAT]


def way(world: World, title: str = "Et godt liv for alle københavnere") -> StrategyWay:
    return open_way(title=title, by=secretariat(world))


def step(of: StrategyWay, kind: StepKind) -> Step:
    return of.steps.get(kind=kind)


def done(world: World, of: StrategyWay, kind: StepKind, on: date) -> Step:
    found = step(of, kind)
    note_step(step=found, version=found.version, on=on, by=secretariat(world))
    return found


def draft(world: World, of: StrategyWay, content: str = TEXT, title: str = "Udkast") -> Draft:
    return keep_draft(way=of, title=title, form=Form.TEXT, content=content, by=secretariat(world))
