"""Throwing a draft away. What has been talked through, or is led to from elsewhere, stays."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from pejl.office.accounts.actor import Actor
from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.core.refusals import ChangedMeanwhileError, NotAllowedError, NotNowError
from pejl.office.plans import rules
from pejl.office.plans.acts import locked
from pejl.office.plans.models import Initiative, Note, Plan, Revision
from pejl.office.plans.states import WORKFLOW, State
from pejl.text import Message, message

Keeper = Callable[[int], Message | None]
"""Returns why the plan of a number has to stay; None if nothing of what it knows leads to the plan."""

KEEPERS: list[Keeper] = []
"""Whatever leads to plans without being known here; an app adds its own when it is ready."""


def why_it_stays(plan: Plan) -> Message | None:
    """Return why a draft cannot be thrown away; None if it can."""
    if plan.revisions.filter(act="confirm_talk").exists():
        return message("this plan has been talked through with the next leader, and stays; it can be written on")
    return next((why for keeper in KEEPERS if (why := keeper(plan.pk)) is not None), None)


@transaction.atomic
def throw_away(*, plan: Plan, version: int, by: Actor) -> None:
    """Throw a draft away, with its initiatives, notes and earlier versions.

    What it was copied from, or has taken in, can be copied again.

    Args:
        plan: as it was fetched.
        version: the one that was read: nothing is thrown away unseen.
        by: a leader of the unit or above.

    Raises:
        NotAllowedError: somebody else's unit.
        NotNowError: it is no draft, has been talked through, or something leads to it.
        ChangedMeanwhileError: it was changed after it was read.
    """
    found = locked(plan)
    if not rules.may_write(by, found):
        raise NotAllowedError(message("Only the leaders of the unit and those above it write in this plan."))
    WORKFLOW.after(State(found.state), "throw_away")
    why = why_it_stays(found)
    if why is not None:
        raise NotNowError(why)
    if version != found.version:
        changed = message("The plan was changed after you opened it. Look at it once more before you throw it away.")
        raise ChangedMeanwhileError(changed, {}, found.version)
    number = found.pk
    for kept in (Note, Initiative, Revision):
        kept._default_manager.filter(plan=found).delete()
    found.delete()
    wrote(by, Subject.PLAN, number, "throw_away")
