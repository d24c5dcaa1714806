"""What strategies on their way put on somebody's desk."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from pejl.office.accounts.actor import Actor
from pejl.office.core.tasks import Task
from pejl.office.strategies.queries import coming_steps
from pejl.office.strategies.rules import may_write
from pejl.office.strategies.states import STEPS, StepKind
from pejl.text import message

AHEAD = timedelta(days=30)
"""How long before its day a step lies on a desk."""


def tasks(actor: Actor) -> list[Task]:
    """Return the steps that come soon, and those whose day has passed without a word of what happened."""
    if not may_write(actor):
        return []
    found = []
    for step in coming_steps(actor.on + AHEAD):
        words = {"step": STEPS[StepKind(step.kind)], "strategy": step.way.title}
        passed = step.planned_on is not None and step.planned_on < actor.on
        said = message("Note what happened: {step}, “{strategy}”") if passed else message("{step}: “{strategy}”")
        found.append(Task(message(said.id, **words), reverse("way", kwargs={"way": step.way_id}), step.planned_on))
    return found
