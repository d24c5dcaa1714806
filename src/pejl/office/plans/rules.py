"""Who may do what with a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pejl.office.accounts.actor import Actor
from pejl.office.core.roles import Role
from pejl.office.organisation.tree import Node
from pejl.office.plans.kinds import TEMPLATES, Kind
from pejl.office.plans.models import Plan
from pejl.office.plans.states import OPEN_TO_ALL, WORKFLOW, State

May = Callable[[Actor, Plan], bool]
"""A rule: whether somebody may do something with a plan."""

LEADERS = frozenset({Role.UNIT_LEADER, Role.CENTRE_LEADER})
READERS = LEADERS | {Role.EMPLOYEE, Role.SECRETARIAT, Role.ANALYST, Role.COMMITTEE_MEMBER}
"""Whoever may read what is adopted: everybody inside, but those who keep accounts or watch the record."""
OVERVIEW = LEADERS | {Role.SECRETARIAT, Role.ANALYST, Role.COMMITTEE_MEMBER}
"""Whoever sees which initiatives serve which goal."""
WATCHERS = LEADERS | {Role.ANALYST}
"""Whoever may see internal figures of some unit."""
FOR_THE_COMMITTEE = frozenset(kind.value for kind, template in TEMPLATES.items() if template.committee)
"""Kinds of plan that are put before the committee."""


def may_see(actor: Actor, plan: Plan) -> bool:
    """Tell whether somebody may read a plan; `queries.visible_to` gives just these.

    What is adopted is everybody's to read. Before that, it belongs to the leaders of the unit and those above; once
    it has been talked through also to the secretariat, and once it is put before the committee also to its members.
    Plans that go to the committee the secretariat sees as soon as they are handed over.
    """
    return (
        (plan.state in OPEN_TO_ALL and actor.has(*READERS))
        or plan.unit_id in actor.led
        or (plan.state == State.TALKED_THROUGH and actor.has(Role.SECRETARIAT))
        or (plan.state == State.READY and plan.kind in FOR_THE_COMMITTEE and actor.has(Role.SECRETARIAT))
        or (plan.put_before_at is not None and actor.has(Role.COMMITTEE_MEMBER))
    )


def may_see_figures(actor: Actor, unit: int) -> bool:
    """Tell whether somebody may see the internal figures of a unit: its leaders, those above, and analysts."""
    return unit in actor.led or actor.has(Role.ANALYST)


def may_write(actor: Actor, plan: Plan) -> bool:
    """Tell whether somebody may write in a plan, note and follow up; `queries.theirs` gives just these.

    That is the leaders of the unit and those above. Where the unit has ended, what it adopted is carried on by the
    leaders of the units it was merged or split into, of the one it stood below where it was closed, and those above.
    """
    return plan.unit_id in actor.led or (
        plan.state in OPEN_TO_ALL and not actor.tree.heirs(plan.unit_id).isdisjoint(actor.led)
    )


def copied_to(actor: Actor, plan: Plan) -> tuple[Node, ...]:
    """Return the units in whose next plan somebody may let a plan go on, by name.

    That is its own unit; where that has ended, those that carry on for it and have such plans.
    """
    if not may_write(actor, plan):
        return ()
    nodes = (actor.tree.get(unit) for unit in actor.tree.heirs(plan.unit_id) & actor.led)
    levels = TEMPLATES[Kind(plan.kind)].levels
    return tuple(sorted((node for node in nodes if node and node.level in levels), key=lambda node: node.name))


def may_copy(actor: Actor, plan: Plan) -> bool:
    """Tell whether somebody may let a plan go on in the next year's, of one unit or another."""
    return bool(copied_to(actor, plan))


def may_begin(actor: Actor, kind: Kind, node: Node | None) -> bool:
    """Tell whether somebody may begin a plan of a kind for a unit."""
    return node is not None and node.unit in actor.led and node.level in TEMPLATES[kind].levels


def leads_above(actor: Actor, unit: int) -> bool:
    """Tell whether somebody leads a unit above this one."""
    led = actor.units(*LEADERS)
    return any(node.unit in led for node in actor.tree.above(unit))


def may_talk(actor: Actor, plan: Plan) -> bool:
    """Tell whether somebody may confirm the talk or send back.

    That is a leader above the unit; for a plan that goes on to the committee the secretariat too, since nobody may
    stand above a centre.
    """
    before_the_committee = plan.kind in FOR_THE_COMMITTEE and actor.has(Role.SECRETARIAT)
    return leads_above(actor, plan.unit_id) or before_the_committee


def may_adopt(actor: Actor, plan: Plan) -> bool:
    """Tell whether somebody may adopt a plan: a leader above; the secretariat enters what the committee decided."""
    if plan.kind in FOR_THE_COMMITTEE:
        return actor.has(Role.SECRETARIAT)
    return leads_above(actor, plan.unit_id)


def may_put_before(actor: Actor, plan: Plan) -> bool:
    """Tell whether somebody may put a plan before the committee, and show it publicly afterwards."""
    return plan.kind in FOR_THE_COMMITTEE and actor.has(Role.SECRETARIAT)


MAY: Mapping[str, May] = {
    "write": may_write,
    "throw_away": may_write,
    "hand_over": may_write,
    "take_back": may_write,
    "confirm_talk": may_talk,
    "send_back": may_talk,
    "put_before": may_put_before,
    "adopt": may_adopt,
    "follow_up": may_write,
    "tell_status": may_write,
    "note": may_write,
    "copy_forward": may_copy,
    "show_publicly": may_put_before,
}
"""Who may do each act that somebody does with a plan; when it may be done stands in `states.WORKFLOW`."""


def possible(actor: Actor, plan: Plan) -> frozenset[str]:
    """Return what somebody can do with a plan now: a page offers nothing that would be refused."""
    state = State(plan.state)
    acts = {act for act, may in MAY.items() if WORKFLOW.can(state, act) and may(actor, plan)}
    before = plan.put_before_at is not None
    if plan.kind in FOR_THE_COMMITTEE and not before:
        acts -= {"adopt", "show_publicly"}
    if before:
        acts -= {"put_before"}
    if plan.shown_at is not None:
        acts -= {"show_publicly"}
    return frozenset(acts)
