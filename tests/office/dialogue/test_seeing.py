"""Who sees what: the lists and the rules agree, whatever the world."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model, QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.office.conftest import AsRole
from tests.office.dialogue.meetings import MEETING_DAY, NO_NEEDS, at, held, joins, plan

from pejl.office.accounts.actor import Actor, Held
from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.roles import Role
from pejl.office.dialogue import queries, rules
from pejl.office.dialogue.acts import chapters, lines, meetings
from pejl.office.dialogue.acts.signing_up import sign_up_oneself
from pejl.office.dialogue.kinds import Part, SectionKind
from pejl.office.dialogue.models import Chapter, Comment, Line, Meeting, SignUp, Theme
from pejl.office.dialogue.sections import Section
from pejl.office.organisation.queries import tree

pytestmark = pytest.mark.django_db

SECTIONS = (Section("a", "A", SectionKind.TEXT, (), "Et stykke."),)
PAIRS: list[tuple[type[Model], Callable[[Actor], QuerySet[Any]], Callable[[Actor, Any], bool]]] = [
    (Meeting, queries.meetings_visible_to, rules.may_see_meeting),
    (SignUp, queries.sign_ups_visible_to, rules.may_see_sign_up),
    (Line, queries.lines_visible_to, rules.may_see_line),
    (Theme, queries.themes_visible_to, rules.may_see_theme),
    (Chapter, queries.chapters_visible_to, rules.may_see_chapter),
    (Comment, queries.comments_visible_to, rules.may_see_comment),
]


def _meeting(world: World, steps: int, *, ends: bool) -> Meeting:
    """A meeting that has come so many steps: planned, invited, closed, held; or cancelled there."""
    by = world.actors[Role.SECRETARIAT]
    meeting = meetings.plan_meeting(plan=plan(), places={Part.USER: 1, Part.POLITICIAN: 2}, by=by)
    if steps > 0:
        meetings.invite(meeting=meeting, on=world.day, by=by)
        joins(meeting)
        sign_up_oneself(meeting=meeting, needs=NO_NEEDS, at=at(), by=world.actors[Role.COMMITTEE_MEMBER])
    if steps > 1:
        meetings.close(meeting=meeting, by=by)
    if steps > 2:
        meetings.hold(meeting=meeting, absent=(), at=at(MEETING_DAY, 16), by=by)
        lines.write_line(meeting=meeting, part=Part.USER, text="Sagt", at=at(MEETING_DAY, 17), by=by)
    elif ends:
        meetings.cancel_meeting(meeting=meeting, because="Storm", at=at(), by=by)
    return meeting


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=3),
    roles=st.sets(st.sampled_from(Role), max_size=2),
    own=st.booleans(),
)
def test_the_list_of_what_one_sees_is_what_the_rule_lets_one_see(
    world: World, made: list[tuple[int, bool]], roles: set[Role], own: bool
) -> None:
    by = world.actors[Role.SECRETARIAT]
    for steps, ends in made:
        _meeting(world, steps, ends=ends)
    chapter = chapters.begin_chapter(title="K", strategy="", target_group="", sections=SECTIONS, at=at(), by=by)
    Chapter.objects.create(title="Uden version")
    paragraph = SECTIONS[0].paragraphs[0][0]
    chapter.refresh_from_db()
    chapters.comment(chapter=chapter, section="a", paragraph=paragraph, text="Ja", at=at(), by=by)
    lines.begin_theme(title="T", strategy="", target_group="", by=by)
    number = world.actors[Role.COMMITTEE_MEMBER].number if own else 987654
    actor = Actor(number, "", frozenset(Held(role) for role in roles), world.day, tree)
    for model, listed, rule in PAIRS:
        rows = list(model._default_manager.all())
        assert {row.pk for row in listed(actor)} == {row.pk for row in rows if rule(actor, row)}, model


EXPECTED = {
    Role.EMPLOYEE: (1, 0, 1, 1),
    Role.UNIT_LEADER: (1, 0, 1, 1),
    Role.CENTRE_LEADER: (1, 0, 1, 1),
    Role.SECRETARIAT: (2, 2, 1, 2),
    Role.ANALYST: (1, 0, 1, 0),
    Role.COMMITTEE_MEMBER: (1, 1, 1, 1),
    Role.AUDITOR: (0, 0, 0, 0),
    Role.ADMINISTRATOR: (0, 0, 0, 0),
}


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_what_was_decided(world: World, role: Role) -> None:
    """A planned and a held meeting; a stranger and a politician; a line; a chapter with and one without a version."""
    _meeting(world, 0, ends=False)
    _meeting(world, 3, ends=False)
    by = world.actors[Role.SECRETARIAT]
    chapters.begin_chapter(title="K", strategy="", target_group="", sections=SECTIONS, at=at(), by=by)
    Chapter.objects.create(title="Uden version")
    actor = world.actors[role]
    found = (
        queries.meetings_visible_to(actor).count(),
        queries.sign_ups_visible_to(actor).count(),
        queries.lines_visible_to(actor).count(),
        queries.chapters_visible_to(actor).count(),
    )
    assert found == EXPECTED[role]


def test_each_opening_of_the_sign_ups_is_recorded_with_their_numbers(world: World, as_role: AsRole) -> None:
    meeting = held(world, {Part.USER: 2}, "Alma", "Birk")
    answer = as_role(Role.SECRETARIAT).get(f"/office/dialogue/meetings/{meeting.pk}/sign-ups/")
    assert answer.status_code == 200
    row = AuditRecord.objects.filter(way="read", subject="sign_up").get()
    assert (row.act, row.actor) == ("dialogue_sign_ups", world.actors[Role.SECRETARIAT].number)
    assert row.which == sorted(SignUp.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SECRETARIAT}))
def test_nobody_else_reads_who_signed_up(world: World, role: Role, as_role: AsRole) -> None:
    meeting = held(world, {Part.USER: 2}, "Almarosa")
    client = as_role(role)
    assert client.get(f"/office/dialogue/meetings/{meeting.pk}/sign-ups/").status_code == 403
    page = client.get(f"/office/dialogue/meetings/{meeting.pk}/")
    assert "Almarosa" not in page.content.decode()


def test_what_one_may_not_see_is_not_there(world: World, as_role: AsRole) -> None:
    planned = _meeting(world, 0, ends=False)
    assert as_role(Role.EMPLOYEE).get(f"/office/dialogue/meetings/{planned.pk}/").status_code == 404
    assert as_role(Role.SECRETARIAT).get(f"/office/dialogue/meetings/{planned.pk}/").status_code == 200
