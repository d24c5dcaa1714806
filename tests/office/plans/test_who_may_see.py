"""Who may read which plan: the rule for one and the list of all say the same, in every world."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.office.plans.making import above, adopted, area_plan, draft, leader

from pejl.office.accounts.actor import Actor, Held
from pejl.office.accounts.world import World
from pejl.office.clock import today
from pejl.office.core.roles import Role
from pejl.office.organisation.kinds import Level
from pejl.office.organisation.tree import Ended, Node, Tree
from pejl.office.plans import queries, rules
from pejl.office.plans.models import Plan
from pejl.office.plans.states import State


@pytest.fixture
def every_plan(world: World) -> list[Plan]:
    """A plan of every unit in every state, before the committee and not, and development plans beside them."""
    for unit in (*world.units, *world.centres):
        for state in State:
            area_plan(world, unit, f"{state} i parken", state)
        area_plan(world, unit, "forelagt", State.TALKED_THROUGH, before=True)
    draft(world)
    adopted(world, unit=world.units[1])
    return list(Plan.objects.all())


@st.composite
def worlds(draw: st.DrawFn, units: list[int]) -> Actor:
    """Somebody with any posts, in an organisation of these units in any shape, of which any have ended."""
    nodes: list[Node] = []
    ended: list[Ended] = []
    for unit in units:
        parent = draw(st.sampled_from([None, *(node.unit for node in nodes)]))
        if draw(st.integers(0, 2)):
            nodes.append(
                Node(unit, f"u{unit}", f"Enhed {unit}", Level.UNIT if parent else Level.ADMINISTRATION, parent)
            )
        else:
            after = draw(st.frozensets(st.sampled_from(units), max_size=2))
            ended.append(Ended(unit, f"Enhed {unit}", parent, today(), after - {unit}))
    posts = draw(st.lists(st.tuples(st.sampled_from(Role), st.sampled_from(units)), max_size=3))
    tree = Tree(tuple(nodes), tuple(ended))
    return Actor(7, "Nogen", frozenset(Held(role, unit) for role, unit in posts), today(), lambda _: tree)


@pytest.mark.django_db
def test_the_lists_have_exactly_the_plans_the_rules_let_somebody_see_and_follow_up(every_plan: list[Plan]) -> None:
    units = sorted({plan.unit_id for plan in every_plan})

    @given(worlds(units))
    @settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def agree(actor: Actor) -> None:
        seen = {plan.pk for plan in every_plan if rules.may_see(actor, plan)}
        theirs = {plan.pk for plan in every_plan if rules.may_write(actor, plan)}
        assert set(queries.visible_to(actor).values_list("pk", flat=True)) == seen
        assert set(queries.theirs(actor).values_list("pk", flat=True)) == theirs
        assert theirs <= seen
        assert not any(rules.may_copy(actor, plan) for plan in every_plan if plan.pk not in theirs)

    agree()


@pytest.mark.django_db
def test_each_role_reads_what_its_work_needs(world: World, every_plan: list[Plan]) -> None:
    """The organisation's three units and two centres have one plan in each state, and one put before the committee."""

    def seen(role: Role) -> dict[str, int]:
        found = list(queries.visible_to(world.actors[role]).filter(kind="area", year=2015))
        return {state: sum(plan.state == state for plan in found) for state in State}

    open_to_all = {State.ADOPTED: 5, State.FOLLOWED_UP: 5, State.CLOSED: 5}
    nothing = dict.fromkeys(State, 0)
    assert seen(Role.EMPLOYEE) == {**nothing, **open_to_all}
    assert seen(Role.ANALYST) == {**nothing, **open_to_all}
    assert seen(Role.COMMITTEE_MEMBER) == {**nothing, **open_to_all, State.TALKED_THROUGH: 5}
    assert seen(Role.SECRETARIAT) == {**nothing, **open_to_all, State.TALKED_THROUGH: 10, State.READY: 5}
    assert seen(Role.UNIT_LEADER) == {**nothing, **open_to_all, State.DRAFT: 1, State.READY: 1, State.TALKED_THROUGH: 2}
    assert seen(Role.CENTRE_LEADER) == {
        **nothing,
        **open_to_all,
        State.DRAFT: 3,
        State.READY: 3,
        State.TALKED_THROUGH: 6,
    }
    assert seen(Role.AUDITOR) == nothing
    assert seen(Role.ADMINISTRATOR) == nothing


@pytest.mark.django_db
def test_a_development_plan_on_its_way_is_not_for_the_secretariat_before_the_talk(world: World) -> None:
    plan = draft(world)
    seen = {role for role in Role if rules.may_see(world.actors[role], plan)}
    assert seen == {Role.UNIT_LEADER, Role.CENTRE_LEADER}


@pytest.mark.django_db
def test_figures_of_a_unit_are_for_its_leaders_those_above_and_analysts(world: World) -> None:
    havnehuset, lindegaarden, mosevej = (unit.pk for unit in world.units)

    def may(unit: int) -> set[Role]:
        return {role for role in Role if rules.may_see_figures(world.actors[role], unit)}

    assert may(havnehuset) == {Role.UNIT_LEADER, Role.CENTRE_LEADER, Role.ANALYST}
    assert may(lindegaarden) == {Role.CENTRE_LEADER, Role.ANALYST}
    assert may(mosevej) == {Role.ANALYST}


@pytest.mark.django_db
def test_nothing_is_offered_that_would_be_refused(world: World) -> None:
    plan = draft(world)
    assert rules.possible(leader(world), plan) == {"write", "hand_over", "note", "throw_away"}
    assert rules.possible(above(world), plan) == {"write", "hand_over", "note", "throw_away"}
    centre = area_plan(world, world.centres[0], "parken", State.TALKED_THROUGH)
    assert rules.possible(world.actors[Role.SECRETARIAT], centre) == {"put_before", "send_back"}
    before = area_plan(world, world.centres[0], "gaden", State.TALKED_THROUGH, before=True)
    assert rules.possible(world.actors[Role.SECRETARIAT], before) == {"adopt", "send_back"}
    assert rules.possible(world.actors[Role.COMMITTEE_MEMBER], before) == frozenset()
