"""What lies on somebody's desk: what each app says is theirs to do, by date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from pejl.office.accounts.actor import Actor
from pejl.office.core.tasks import Task
from pejl.office.dialogue import desk as dialogue
from pejl.office.plans import desk as plans
from pejl.office.strategies import desk as strategies
from pejl.office.year import desk as year

TASKS: tuple[Callable[[Actor], Sequence[Task]], ...] = (year.tasks, strategies.tasks, plans.tasks, dialogue.tasks)
"""Each app's function that says what lies on a desk."""


def tasks_of(actor: Actor) -> list[Task]:
    """Return what lies on a desk: what is due first comes first, what has no date last."""
    found = [task for find in TASKS for task in find(actor)]
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max))
