"""Drafts: kept as they were, handed on, and compared by the rules of `pejl diff`."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.office.strategies.making import TEXT, draft, secretariat, way

from pejl.cli.commands import cli
from pejl.office.accounts.actor import Actor, Held
from pejl.office.accounts.world import World
from pejl.office.core.refusals import NotAllowedError, NotNowError
from pejl.office.core.roles import Role
from pejl.office.organisation.tree import Tree
from pejl.office.strategies import acts, queries, rules
from pejl.office.strategies.comparing import (
    NotAStrategyError,
    ParagraphChange,
    compare_strategies,
    compare_texts,
    declared_in,
)
from pejl.office.strategies.models import Draft, DraftChangedError, StrategyWay
from pejl.office.strategies.states import Form, Standing

COPENHAGEN = Path(__file__).parents[3] / "workspaces" / "copenhagen"
OLD, NEW = "social_strategy_2018_2022_draft", "social_strategy_2018_2022"
needs_database = pytest.mark.django_db


@needs_database
def test_a_kept_draft_is_never_changed(world: World) -> None:
    kept = draft(world, way(world))
    kept.content = "Noget andet"
    with pytest.raises(DraftChangedError):
        kept.save()
    for change in ({"content": "Noget andet"}, {"sha256": "0" * 64}, {"title": "Et andet"}, {"number": 7}):
        with pytest.raises(DatabaseError, match="a kept draft is never changed"), transaction.atomic():
            Draft.objects.filter(pk=kept.pk).update(**change)
    assert Draft.objects.get().content == TEXT


@needs_database
def test_drafts_are_numbered_and_the_same_text_is_kept_once(world: World) -> None:
    found = way(world)
    first, second = draft(world, found), draft(world, found, TEXT + "\n\nOg mere.")
    assert (first.number, second.number) == (1, 2)
    # printf 'Vi sætter tidligt ind.\n\nVi lytter.' | sha256sum
    assert first.sha256 == "86cf5ba06ecdbf7374d4737b4b28396ceb9d580d901a5dbb5e43ac02b1d7d0c7"
    for wrong in (TEXT, " \n", "x" * (acts.MOST_CHARACTERS + 1)):
        with pytest.raises(NotNowError):
            draft(world, found, wrong)
    assert draft(world, way(world), TEXT).number == 1


@needs_database
def test_a_draft_is_handed_on_step_by_step_and_never_taken_back(world: World) -> None:
    kept, by = draft(world, way(world)), secretariat(world)
    with pytest.raises(NotNowError):
        acts.hand_on(draft=kept, act="open", by=by)
    for act in ("put_before", "open"):
        acts.hand_on(draft=kept, act=act, by=by)
    assert Draft.objects.get().standing == Standing.OPEN
    for act in ("put_before", "open"):
        with pytest.raises(NotNowError):
            acts.hand_on(draft=kept, act=act, by=by)
    with pytest.raises(NotAllowedError):
        draft_by_somebody_else(world, kept.way)


def draft_by_somebody_else(world: World, found: StrategyWay) -> None:
    by = world.actors[Role.ANALYST]
    acts.keep_draft(way=found, title="Mit", form=Form.TEXT, content="Mit", by=by)


@needs_database
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(roles=st.frozensets(st.sampled_from(Role)))
def test_rule_and_selector_agree(every_standing: None, roles: frozenset[Role]) -> None:
    held = frozenset(Held(role) for role in roles)
    somebody = Actor(1, "", held, date(2015, 3, 2), lambda _: Tree(()))
    seen = set(queries.drafts_visible_to(somebody).values_list("pk", flat=True))
    assert seen == {each.pk for each in Draft.objects.all() if rules.may_see_draft(somebody, each)}
    ways = set(queries.ways_visible_to(somebody).values_list("pk", flat=True))
    assert ways == {each.pk for each in StrategyWay.objects.all() if rules.may_see_way(somebody, each)}


@pytest.fixture
def every_standing(world: World) -> None:
    found = way(world)
    for standing in Standing:
        kept = draft(world, found, str(standing))
        Draft.objects.filter(pk=kept.pk).update(standing=standing.value)


@needs_database
@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.SECRETARIAT, 3),
        (Role.COMMITTEE_MEMBER, 2),
        (Role.EMPLOYEE, 1),
        (Role.UNIT_LEADER, 1),
        (Role.CENTRE_LEADER, 1),
        (Role.ANALYST, 1),
        (Role.AUDITOR, 0),
        (Role.ADMINISTRATOR, 0),
    ],
)
def test_each_role_sees_the_drafts_that_were_handed_to_it(
    role: Role, seen: int, every_standing: None, world: World
) -> None:
    assert queries.drafts_visible_to(world.actors[role]).count() == seen


def test_the_draft_and_the_adopted_strategy_of_2018_differ_as_the_documents_do() -> None:
    declared = declared_in(COPENHAGEN)
    record = compare_strategies(declared[OLD], declared[NEW])
    assert record["counts"] == {
        "unchanged": 9,
        "reworded": 1,
        "changed_population": 2,
        "replaced": 1,
        "new": 0,
        "ended": 0,
        "heading_without_sign": 1,
    }
    assert Counter(len(change["new"]) for change in record["changes"] if change["kind"] == "replaced") == {2: 1}


def test_the_comparison_is_the_one_that_pejl_diff_prints() -> None:
    declared = declared_in(COPENHAGEN)
    printed = CliRunner().invoke(cli, ["diff", str(COPENHAGEN), OLD, NEW, "--format", "json"])
    assert json.loads(printed.output) == compare_strategies(declared[OLD], declared[NEW])


@needs_database
def test_what_is_no_strategy_is_refused_with_everything_that_is_wrong(world: World) -> None:
    with pytest.raises(NotAStrategyError) as refused:
        acts.keep_draft(
            way=way(world), title="Udkast", form=Form.STRATEGY, content="id: x\ntitel: y\n", by=secretariat(world)
        )
    assert len(refused.value.problems) > 1
    assert {str(each.location).partition(":")[0] for each in refused.value.problems} == {"draft"}
    assert not Draft.objects.exists()


def test_texts_are_compared_paragraph_by_paragraph() -> None:
    old = "Vi lytter.\n\nVi sætter\ntidligt ind.\n\nVi arbejder sammen."
    new = "Vi lytter.\r\n\r\nVi sætter ind i tide.\n\n\nVi arbejder  sammen.\n\nVi følger op."
    assert [(each.change, each.text) for each in compare_texts(old, new)] == [
        (ParagraphChange.KEPT, "Vi lytter."),
        (ParagraphChange.REMOVED, "Vi sætter tidligt ind."),
        (ParagraphChange.ADDED, "Vi sætter ind i tide."),
        (ParagraphChange.KEPT, "Vi arbejder sammen."),
        (ParagraphChange.ADDED, "Vi følger op."),
    ]


WORDS = st.lists(st.sampled_from(["Et", "To", "Tre", "Fire"]), max_size=8)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_out_of_their_comparison(old: list[str], new: list[str]) -> None:
    found = compare_texts("\n\n".join(old), "\n\n".join(new))
    assert [each.text for each in found if each.change is not ParagraphChange.ADDED] == old
    assert [each.text for each in found if each.change is not ParagraphChange.REMOVED] == new
