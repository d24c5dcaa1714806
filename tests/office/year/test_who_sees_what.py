"""What somebody may see by the rule is what the selector gives, in any world; and the links of calendars."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.office.conftest import AsRole
from tests.office.year.making import SOON, item, meeting, moved, paper

from pejl.office.accounts.actor import Actor, Held
from pejl.office.accounts.world import World
from pejl.office.core.roles import EVERYONE, Role
from pejl.office.organisation.tree import Tree
from pejl.office.year import feed_acts, queries, rules
from pejl.office.year.models import AgendaItem, Feed, Meeting, Paper
from pejl.office.year.states import SEEN_BY, Agenda

pytestmark = pytest.mark.django_db
KEPT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def actor(roles: frozenset[Role]) -> Actor:
    return Actor(1, "", frozenset(Held(role) for role in roles), date(2015, 3, 2), lambda _: Tree(()))


@pytest.fixture
def one_of_each(world: World) -> None:
    """A meeting with an item and a paper in every state."""
    for state in Agenda:
        at = meeting(world)
        paper(world, item(world, at))
        Meeting.objects.filter(pk=at.pk).update(agenda=state.value)


@KEPT
@given(st.frozensets(st.sampled_from(Role)))
def test_rule_and_selector_agree(one_of_each: None, roles: frozenset[Role]) -> None:
    somebody = actor(roles)
    cases: list[tuple[Any, Any, Any]] = [
        (queries.agendas_visible_to, rules.may_see_agenda, Meeting.objects.all()),
        (queries.items_visible_to, rules.may_see_item, AgendaItem.objects.select_related("meeting")),
        (queries.papers_visible_to, rules.may_see_paper, Paper.objects.select_related("item__meeting")),
    ]
    for selector, rule, rows in cases:
        seen = set(selector(somebody).values_list("pk", flat=True))
        assert seen == {row.pk for row in rows if rule(somebody, row)}


@pytest.mark.parametrize(
    ("role", "states"),
    [
        (Role.SECRETARIAT, set(Agenda)),
        (Role.COMMITTEE_MEMBER, {Agenda.CLOSED, Agenda.PUBLIC, Agenda.HELD}),
        (Role.EMPLOYEE, {Agenda.PUBLIC, Agenda.HELD}),
        (Role.UNIT_LEADER, {Agenda.PUBLIC, Agenda.HELD}),
        (Role.CENTRE_LEADER, {Agenda.PUBLIC, Agenda.HELD}),
        (Role.ANALYST, {Agenda.PUBLIC, Agenda.HELD}),
        (Role.AUDITOR, set()),
        (Role.ADMINISTRATOR, set()),
    ],
)
def test_each_role_sees_the_agendas_it_was_meant_to(role: Role, states: set[Agenda]) -> None:
    assert {state for state in Agenda if role in SEEN_BY[state]} == states


def test_feeds_are_seen_by_those_who_made_them(world: World) -> None:
    feeds = [feed_acts.make_feed(role=role, by=world.actors[role]) for role in EVERYONE]
    for each in world.actors.values():
        assert {feed.pk for feed in queries.feeds_of(each)} == {
            feed.pk for feed in feeds if rules.may_see_feed(each, feed)
        }
    assert Feed.objects.count() == 8


@pytest.mark.parametrize(
    ("acts", "answers"),
    [
        ((), {Role.SECRETARIAT: 200, Role.COMMITTEE_MEMBER: 404, Role.EMPLOYEE: 404, Role.AUDITOR: 403}),
        (("close",), {Role.SECRETARIAT: 200, Role.COMMITTEE_MEMBER: 200, Role.EMPLOYEE: 404, Role.AUDITOR: 403}),
        (
            ("close", "publish"),
            {Role.SECRETARIAT: 200, Role.COMMITTEE_MEMBER: 200, Role.EMPLOYEE: 200, Role.ADMINISTRATOR: 403},
        ),
    ],
)
def test_a_paper_is_handed_out_to_those_who_see_its_agenda(
    acts: tuple[str, ...], answers: dict[Role, int], world: World, as_role: AsRole
) -> None:
    at = meeting(world, SOON)
    attached = paper(world, item(world, at))
    moved(world, at, *acts)
    for role, status in answers.items():
        answer = as_role(role).get(f"/office/year/papers/{attached.pk}/file/")
        assert answer.status_code == status, role
        if status == 200:
            assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''bilag.pdf"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("role", EVERYONE)
def test_everybody_sees_the_wheel_and_only_those_who_may_the_items(role: Role, world: World, as_role: AsRole) -> None:
    at = meeting(world)
    item(world, at, "Et punkt om noget")
    client = as_role(role)
    assert "22. april 2015" in client.get("/office/year/").content.decode()
    answer = client.get(f"/office/year/meetings/{at.pk}/")
    assert ("Et punkt om noget" in answer.content.decode()) == (role is Role.SECRETARIAT)
    assert (answer.status_code == 403) == (role in (Role.AUDITOR, Role.ADMINISTRATOR))
