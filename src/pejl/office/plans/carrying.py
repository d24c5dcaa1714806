"""How what is unfinished in a plan goes on in the next year's: of the same unit, or of one that took over from it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from pejl.office.accounts.actor import Actor
from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.clock import now
from pejl.office.core.refusals import NotAllowedError, NotNowError
from pejl.office.organisation.tree import Node
from pejl.office.plans import rules
from pejl.office.plans.acts import locked
from pejl.office.plans.content import FIELDS, keep
from pejl.office.plans.initiative_acts import serve
from pejl.office.plans.kinds import ENDED, MOST
from pejl.office.plans.models import Initiative, Plan, TakenIn
from pejl.office.plans.states import WORKFLOW, State
from pejl.text import message

Following = Callable[[str, int], str | None]
"""Returns the goal of the strategies in force in a year that a goal goes on as; None if none does."""


@transaction.atomic
def copy_forward(*, plan: Plan, following: Following, unit: int | None = None, by: Actor) -> Plan:
    """Let a plan go on in that of the next year: its texts, and the initiatives that are not finished.

    Where the next year has no plan yet, it begins as a copy. Where it has one, because another plan was copied into it
    or somebody has begun it, what is written there stays: texts go below headings that are empty, and initiatives are
    added.

    Args:
        plan: as it was fetched.
        following: what a goal goes on as, where another strategy is in force then.
        unit: the number of the unit whose plan it is to go on in; needed only where the plan's own has ended and
            several carry on for it.
        by: a leader of the unit or above; where it has ended, of a unit that carries on for it.

    Raises:
        NotAllowedError: somebody else's unit.
        NotNowError: it is not adopted, has gone on already, or the next year's plan is adopted or has no room.
    """
    found = locked(plan)
    if not rules.may_write(by, found):
        raise NotAllowedError(message("Only the leaders of the unit and those above it write in this plan."))
    WORKFLOW.after(State(found.state), "copy_forward")
    into = _unit(found, unit, by)
    same = Plan.objects.select_for_update().filter(kind=found.kind, unit_id=into.unit, about=found.about)
    standing = same.filter(year=found.year + 1).first()
    made = _begun(found, into, by) if standing is None else _added_to(found, standing)
    last = made.initiatives.order_by("-place").values_list("place", flat=True).first() or 0
    unfinished = found.initiatives.exclude(status__in=list(ENDED)).prefetch_related("served")
    for place, each in enumerate(unfinished, start=last + 1):
        _carry(each, made, place, following)
    keep(made, "copy_forward", by)
    wrote(by, Subject.PLAN, made.pk, "copy_forward")
    return made


def _unit(plan: Plan, unit: int | None, by: Actor) -> Node:
    """Return the unit in whose plan a plan goes on."""
    open_to = [node for node in rules.copied_to(by, plan) if unit in (None, node.unit)]
    if not open_to:
        raise NotAllowedError(message("None of the units you lead has such a plan that this one could go on in."))
    if len(open_to) > 1:
        raise NotNowError(message("several units carry on for this one: choose in whose plan it goes on"))
    return open_to[0]


def _begun(plan: Plan, into: Node, by: Actor) -> Plan:
    return Plan.objects.create(
        kind=plan.kind,
        unit_id=into.unit,
        year=plan.year + 1,
        about=plan.about,
        texts=plan.texts,
        copied_from=plan,
        begun_at=now(),
        begun_by=by.number,
    )


def _added_to(plan: Plan, standing: Plan) -> Plan:
    """Return a plan that is there already, with the texts of another below its empty headings."""
    if standing.copied_from_id == plan.pk or standing.taken_in.filter(earlier=plan).exists():
        raise NotNowError(message("this plan has gone on in that of {year} already", year=standing.year))
    if not WORKFLOW.can(State(standing.state), "write"):
        raise NotNowError(message("there is such a plan for that year already, and it is adopted"))
    there, more = standing.initiatives.count(), plan.initiatives.exclude(status__in=list(ENDED)).count()
    if there + more > MOST:
        raise NotNowError(
            message(
                "there is room for {most} initiatives: the plan of {year} has {there}, and {more} of these are not "
                "finished; let some of them go first",
                most=MOST,
                year=standing.year,
                there=there,
                more=more,
            )
        )
    written = {name: text for name, text in standing.texts.items() if text.strip()}
    standing.texts = {**standing.texts, **plan.texts, **written}
    standing.version += 1
    standing.save()
    TakenIn.objects.create(plan=standing, earlier=plan)
    return standing


def _carry(each: Initiative, plan: Plan, place: int, following: Following) -> None:
    carried = Initiative.objects.create(
        plan=plan,
        place=place,
        status=each.status,
        begun_on=each.begun_on,
        public=each.public,
        carried_from=each,
        **{name: getattr(each, name) for name in FIELDS},
    )
    goals = (following(served.goal, plan.year) for served in each.served.all())
    serve(carried, [goal for goal in goals if goal is not None])
