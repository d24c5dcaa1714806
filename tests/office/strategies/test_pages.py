"""The pages of strategies on their way."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries
from tests.office.conftest import AsRole
from tests.office.strategies.making import done, draft, secretariat, step, way

from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.roles import Role
from pejl.office.strategies import acts
from pejl.office.strategies.comparing import declared_in
from pejl.office.strategies.models import Draft, StrategyWay
from pejl.office.strategies.states import Form, StepKind

pytestmark = pytest.mark.django_db
COPENHAGEN = Path(__file__).parents[3] / "workspaces" / "copenhagen"
WAYS = "/office/strategies/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_whatever_is_in_it(
    count: int, world: World, as_role: AsRole, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        done(world, way(world, f"Strategi {number}"), StepKind.DECISION, date(2014, 8, 13))
    client = as_role(Role.EMPLOYEE)
    with django_assert_num_queries(11):
        page = client.get(WAYS).content.decode()
    assert page.count("det er besluttet at lave den") == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_way_takes_the_same_queries_whatever_drafts_it_has(
    count: int, world: World, as_role: AsRole, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = way(world)
    for number in range(count):
        draft(world, found, f"Tekst {number}", f"Udkastet {number}")
    client = as_role(Role.SECRETARIAT)
    with django_assert_num_queries(13):
        page = client.get(f"{WAYS}{found.pk}/").content.decode()
    assert page.count("Læg det frem for udvalget<span") == count


def test_what_was_planned_stands_beside_what_happened(world: World, as_role: AsRole) -> None:
    found, by = way(world), secretariat(world)
    first = step(found, StepKind.DECISION)
    acts.plan_step(step=first, version=1, on=date(2014, 8, 6), month=None, meeting=None, by=by)
    acts.note_step(
        step=first,
        version=2,
        on=date(2014, 8, 13),
        exactly=False,
        decided_by="Socialudvalget",
        decision="Strategien laves.",
        by=by,
    )
    page = as_role(Role.EMPLOYEE).get(f"{WAYS}{found.pk}/").content.decode()
    assert "<dt>Planlagt til</dt><dd>6. august 2014</dd>" in page
    assert "<dt>Skete</dt><dd>senest 13. august 2014; selve dagen kendes ikke</dd>" in page
    assert '<dt>Socialudvalget</dt><dd class="kept-lines">Strategien laves.</dd>' in page
    assert "Signe Sekretariat" not in page


def test_a_draft_that_is_not_handed_on_is_not_there_for_others(world: World, as_role: AsRole) -> None:
    kept = draft(world, way(world))
    address = f"{WAYS}drafts/{kept.pk}/"
    assert as_role(Role.COMMITTEE_MEMBER).get(address).status_code == 404
    as_role(Role.SECRETARIAT).post(f"{address}hand/put_before/")
    assert as_role(Role.COMMITTEE_MEMBER).get(address).status_code == 200
    assert as_role(Role.EMPLOYEE).get(address).status_code == 404
    assert as_role(Role.AUDITOR).get(address).status_code == 403
    row = AuditRecord.objects.filter(way="read", subject="draft", act="way_draft").latest("pk")
    assert (row.capacity, row.which) == ("committee_member", [kept.pk])


def test_a_draft_that_one_may_not_see_is_compared_with_nothing(world: World, as_role: AsRole) -> None:
    found = way(world)
    one, two = draft(world, found, "Et"), draft(world, found, "To")
    acts.hand_on(draft=one, act="put_before", by=secretariat(world))
    address = f"{WAYS}{found.pk}/compare/?old={one.pk}&new={two.pk}"
    assert as_role(Role.SECRETARIAT).get(address).status_code == 200
    assert as_role(Role.COMMITTEE_MEMBER).get(address).status_code == 409
    assert as_role(Role.SECRETARIAT).get(f"{WAYS}{found.pk}/compare/?old=x").status_code == 409


def test_declared_strategies_are_compared_goal_by_goal(world: World, as_role: AsRole) -> None:
    found, by = way(world, "En by med plads til alle"), secretariat(world)
    declared = declared_in(COPENHAGEN)
    kept = [
        acts.keep_draft(way=found, title=title, form=Form.STRATEGY, content=declared[name], by=by)
        for name, title in (
            ("social_strategy_2018_2022_draft", "Udkast"),
            ("social_strategy_2018_2022", "Vedtaget"),
        )
    ]
    client = as_role(Role.SECRETARIAT)
    page = client.get(f"{WAYS}{found.pk}/compare/?old={kept[0].pk}&new={kept[1].pk}").content.decode()
    assert (
        "Uændret: 9 · Omformuleret: 1 · Ændret målgruppe: 2 · Erstattet: 1 · Ny overskrift uden tegn på succes: 1"
        in page
    )
    text = draft(world, found)
    mixed = client.get(f"{WAYS}{found.pk}/compare/?old={kept[0].pk}&new={text.pk}")
    assert mixed.status_code == 409
    assert "kan ikke sammenlignes" in mixed.content.decode()


def test_a_draft_is_kept_from_a_file_a_text_or_the_workspace(world: World, as_role: AsRole) -> None:
    found = way(world)
    client = as_role(Role.SECRETARIAT)
    address = f"{WAYS}{found.pk}/drafts/new/"
    strategy = SimpleUploadedFile("udkast.yaml", declared_in(COPENHAGEN)["social_strategy_2015"].encode())
    client.post(address, {"title": "Fil", "file": strategy, "step": "whole_draft"})
    client.post(address, {"title": "Tekst", "text": "Vi lytter."})
    field = client.get(address).content.decode().partition('name="strategy"')[2].partition("</select>")[0]
    [declared] = [found for found in re.findall(r'value="([^"]*)"', field) if found]
    client.post(address, {"title": "Arbejdsmappe", "strategy": declared})
    assert list(Draft.objects.values_list("title", "form", "step")) == [
        ("Fil", "strategy", "whole_draft"),
        ("Tekst", "text", ""),
        ("Arbejdsmappe", "strategy", ""),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("udkast.docx", b"PK", "et udkast er en fil, der ender på .yaml, .txt eller .md"),
        ("udkast.txt", b"\xff\xfe", "filen er ikke tekst i UTF-8"),
        ("udkast.yaml", b"id: x\n", "det, der er galt, står nedenfor"),
        (None, b"", "giv én af de tre"),
    ],
)
def test_what_is_no_draft_is_refused_in_words(
    name: str | None, content: bytes, said: str, world: World, as_role: AsRole
) -> None:
    found = way(world)
    given: dict[str, object] = {"title": "Udkast"}
    if name is not None:
        given["file"] = SimpleUploadedFile(name, content)
    answer = as_role(Role.SECRETARIAT).post(f"{WAYS}{found.pk}/drafts/new/", given)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_strategy_is_dropped_with_a_reason(world: World, as_role: AsRole) -> None:
    found = way(world)
    client = as_role(Role.SECRETARIAT)
    client.post(f"{WAYS}{found.pk}/drop/", {"version": "1", "why": "Der kommer en samlet strategi."})
    assert StrategyWay.objects.get().state == "dropped"
    page = as_role(Role.EMPLOYEE).get(f"{WAYS}{found.pk}/").content.decode()
    assert "Der kommer en samlet strategi." in page
    assert "Gå videre uden" not in client.get(f"{WAYS}{found.pk}/").content.decode()


def test_two_who_note_the_same_step_at_once_both_keep_what_they_wrote(world: World, as_role: AsRole) -> None:
    found = way(world)
    first = step(found, StepKind.DECISION)
    client = as_role(Role.SECRETARIAT)
    address = f"{WAYS}steps/{first.pk}/note/"
    mine = {"version": "1", "on": "2014-08-13", "exactly": "exactly", "decided_by": "Socialudvalget"}
    assert client.post(address, {**mine, "decision": "Deres ord"}).status_code == 302
    page = client.post(address, {**mine, "decision": "Mine ord"}).content.decode()
    assert '<dt>Hvad der blev besluttet</dt><dd class="kept-lines">Deres ord</dd>' in page
    assert ">\nMine ord</textarea>" in page
    client.post(address, {**mine, "version": "2", "decision": "Deres ord. Mine ord"})
    first.refresh_from_db()
    assert first.decision == "Deres ord. Mine ord"
