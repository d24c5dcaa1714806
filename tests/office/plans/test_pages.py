"""The pages of plans, as each role finds them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pytest_django import DjangoAssertNumQueries
from tests.office.conftest import AsRole
from tests.office.plans.making import MORNINGS, TEXTS, above, add, adopted, area_plan, director, draft, fresh, leader

from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.roles import Role
from pejl.office.organisation.acts import open_unit
from pejl.office.organisation.kinds import Level
from pejl.office.plans import acts, demonstration
from pejl.office.plans.models import Plan
from pejl.office.plans.states import State

pytestmark = pytest.mark.django_db

INITIATIVE = {
    "title": "Nabodag",
    "purpose": "Beboere og naboer mødes.",
    "change": "Færre klager.",
    "by_when": "2015-09-01",
    "who": "Afdelingslederen",
    "goals": ["homes_kept"],
}


def test_a_draft_does_not_exist_for_those_who_may_not_see_it(world: World, as_role: AsRole) -> None:
    address = f"/office/plans/{draft(world).pk}/"
    answers = {role: as_role(role).get(address).status_code for role in Role}
    assert answers == {
        Role.EMPLOYEE: 404,
        Role.UNIT_LEADER: 200,
        Role.CENTRE_LEADER: 200,
        Role.SECRETARIAT: 404,
        Role.ANALYST: 404,
        Role.COMMITTEE_MEMBER: 404,
        Role.AUDITOR: 403,
        Role.ADMINISTRATOR: 403,
    }


def test_reading_a_plan_is_recorded(world: World, as_role: AsRole) -> None:
    plan = adopted(world, MORNINGS)
    as_role(Role.EMPLOYEE).get(f"/office/plans/{plan.pk}/")
    records = AuditRecord.objects.filter(way="read", actor=world.actors[Role.EMPLOYEE].number, act="plan")
    assert dict(records.values_list("subject", "which")) == {
        "plan": [plan.pk],
        "initiative": [plan.initiatives.get().pk],
        "internal_figures": [],
    }


def test_what_leaders_said_between_them_stays_with_them(world: World, as_role: AsRole) -> None:
    plan = draft(world)
    acts.hand_over(plan=plan, by=leader(world))
    acts.send_back(plan=plan, reason="Hvad siger beboerne?", by=above(world))
    acts.hand_over(plan=plan, by=leader(world))
    acts.confirm_talk(plan=plan, agreed="Vi prøver til sommer.", by=above(world))
    acts.adopt(plan=plan, version=fresh(plan).version, by=above(world))
    acts.add_note(plan=plan, text="Så gik vi i gang.", by=leader(world))
    for role, sees in ((Role.UNIT_LEADER, True), (Role.EMPLOYEE, False), (Role.SECRETARIAT, False)):
        page = as_role(role).get(f"/office/plans/{plan.pk}/").content.decode()
        assert ("Hvad siger beboerne?" in page, "Vi prøver til sommer." in page) == (sees, sees)
        assert "Så gik vi i gang." in page


def test_two_people_see_both_texts_and_save_again(world: World, as_role: AsRole) -> None:
    plan = draft(world)
    address = f"/office/plans/{plan.pk}/write/"
    his, hers = as_role(Role.UNIT_LEADER), as_role(Role.CENTRE_LEADER)
    for client in (his, hers):
        assert 'name="version" value="2"' in client.get(address).content.decode()
    sent = {**TEXTS, "development": "", "operations": "", "version": 2}
    assert hers.post(address, {**sent, "visions": "Hendes tekst.", "operations": "Ombygning."}).status_code == 302
    answer = his.post(address, {**sent, "visions": "Hans tekst.", "challenges": "Også hans."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.count('class="plan-both"') == 1
    assert "Hans tekst.</textarea>" in page
    assert "<p>Hendes tekst.</p>" in page
    assert "Ombygning.</textarea>" in page
    assert 'name="version" value="3"' in page
    again = {**sent, "visions": "Vores tekst.", "operations": "Ombygning.", "challenges": "Også hans.", "version": 3}
    assert his.post(address, again).status_code == 302
    assert fresh(plan).texts == {
        "visions": "Vores tekst.",
        "development": "",
        "operations": "Ombygning.",
        "challenges": "Også hans.",
    }
    kept = plan.revisions.filter(act="write").order_by("number").values_list("content__texts__visions", flat=True)
    assert list(kept) == ["Vi begynder med hverdagen.", "Hendes tekst.", "Vores tekst."]


def test_whoever_writes_while_it_is_adopted_keeps_the_text(world: World, as_role: AsRole) -> None:
    plan = adopted(world)
    sent = {"visions": "Skrevet for sent.", "version": plan.version}
    answer = as_role(Role.UNIT_LEADER).post(f"/office/plans/{plan.pk}/write/", sent)
    assert (answer.status_code, "Skrevet for sent.</textarea>" in answer.content.decode()) == (409, True)


def test_two_people_who_change_an_initiative_see_both(world: World, as_role: AsRole) -> None:
    initiative = add(draft(world), world)
    address = f"/office/initiatives/{initiative.pk}/"
    sent = {**INITIATIVE, "title": MORNINGS.title, "goals": ["fewer_homeless"], "version": 1}
    assert as_role(Role.CENTRE_LEADER).post(address, {**sent, "goals": ["homes_kept"]}).status_code == 302
    answer = as_role(Role.UNIT_LEADER).post(address, {**sent, "goals": ["homes_kept", "fewer_homeless"]})
    page = answer.content.decode()
    assert (answer.status_code, page.count('class="plan-both"')) == (409, 1)
    assert "<p>Flere beholder deres bolig</p>" in page
    assert page.count(" checked>") == 2
    again = {**sent, "goals": ["homes_kept", "fewer_homeless"], "version": 2}
    assert as_role(Role.UNIT_LEADER).post(address, again).status_code == 302


def test_a_text_that_is_too_long_is_kept_and_told_how_much(world: World, as_role: AsRole) -> None:
    plan = draft(world)
    long = "a" * 407
    answer = as_role(Role.UNIT_LEADER).post(f"/office/plans/{plan.pk}/write/", {"visions": long, "version": 2})
    page = answer.content.decode()
    assert long in page
    assert re.search(r"400 .*\b7\b", page)
    assert fresh(plan).texts == TEXTS


@pytest.mark.parametrize("number", ["010190-1234", "0101901234", "010190 1234"])
def test_a_person_number_is_not_kept(world: World, as_role: AsRole, number: str) -> None:
    plan = draft(world)
    as_role(Role.UNIT_LEADER).post(f"/office/plans/{plan.pk}/write/", {"visions": f"Borger {number}.", "version": 2})
    assert fresh(plan).texts == TEXTS


def test_an_initiative_is_added_changed_and_taken_out(world: World, as_role: AsRole) -> None:
    plan = draft(world)
    client = as_role(Role.UNIT_LEADER)
    assert client.get(f"/office/plans/{plan.pk}/initiatives/new/").status_code == 200
    assert client.post(f"/office/plans/{plan.pk}/initiatives/new/", INITIATIVE).status_code == 302
    made = plan.initiatives.get()
    assert [each.goal for each in made.served.all()] == ["homes_kept"]
    assert not made.public
    changed = {**INITIATIVE, "title": "Nabouge", "public": "on", "version": 1}
    assert client.post(f"/office/initiatives/{made.pk}/", changed).status_code == 302
    assert plan.initiatives.values_list("title", "public").get() == ("Nabouge", True)
    assert client.post(f"/office/initiatives/{made.pk}/remove/").status_code == 302
    assert plan.initiatives.count() == 0


def test_an_initiative_serves_a_goal(world: World, as_role: AsRole) -> None:
    plan = draft(world)
    answer = as_role(Role.UNIT_LEADER).post(f"/office/plans/{plan.pk}/initiatives/new/", {**INITIATIVE, "goals": []})
    assert (answer.status_code, plan.initiatives.count()) == (200, 0)


def test_a_plan_is_begun_for_a_unit_one_leads(world: World, as_role: AsRole) -> None:
    havnehuset, _, mosevej = world.units
    client = as_role(Role.UNIT_LEADER)
    client.post("/office/plans/begin/", {"kind": "area", "unit": havnehuset.pk, "year": 2015})
    client.post("/office/plans/begin/", {"kind": "development", "unit": mosevej.pk, "year": 2015})
    assert Plan.objects.count() == 0
    client.post("/office/plans/begin/", {"kind": "area", "unit": havnehuset.pk, "year": 2015, "area": "Parken"})
    client.post(
        "/office/plans/begin/", {"kind": "target_group", "unit": havnehuset.pk, "year": 2016, "group": "adults"}
    )
    rows = Plan.objects.order_by("pk").values_list("kind", "unit", "year", "about")
    assert list(rows) == [("area", havnehuset.pk, 2015, "Parken"), ("target_group", havnehuset.pk, 2016, "adults")]


def test_what_the_committee_gets_goes_its_whole_way_by_the_pages(world: World, as_role: AsRole) -> None:
    plan = area_plan(world, world.centres[0], "parken", State.DRAFT)
    address = f"/office/plans/{plan.pk}"
    member, secretariat = as_role(Role.COMMITTEE_MEMBER), as_role(Role.SECRETARIAT)
    assert as_role(Role.CENTRE_LEADER).post(f"{address}/hand-over/").status_code == 302
    assert secretariat.post(f"{address}/talk/", {"agreed": ""}).status_code == 302
    assert member.get(f"{address}/").status_code == 404
    assert secretariat.post(f"{address}/committee/", {"item": ""}).status_code == 302
    assert member.get(f"{address}/").status_code == 200
    assert secretariat.post(f"{address}/adopt/", {"version": fresh(plan).version}).status_code == 302
    assert secretariat.post(f"{address}/publicly/").status_code == 302
    assert (fresh(plan).state, fresh(plan).shown_by) == ("adopted", world.actors[Role.SECRETARIAT].number)
    assert as_role(Role.EMPLOYEE).get(f"{address}/").status_code == 200


def test_goals_are_shown_with_what_serves_them_in_the_order_of_the_alphabet(world: World, as_role: AsRole) -> None:
    served = replace(MORNINGS, goals=("fewer_homeless",))
    boss = director(world)
    names = ("Åhuset", "Zebraen", "Ærtebo")
    for index, name in enumerate(names):
        unit = open_unit(code=f"x{index}", name=name, level=Level.UNIT, parent=world.centres[1], on=boss.on, by=boss)
        adopted(world, replace(served, title=f"Noget i {name}"), unit=unit)
    draft(world)
    for role in (Role.UNIT_LEADER, Role.SECRETARIAT, Role.ANALYST, Role.COMMITTEE_MEMBER):
        for address in ("/office/plans/goals/", "/office/plans/goals/fewer_homeless/"):
            page = as_role(role).get(address).content.decode()
            assert re.findall(r"Noget i (\w+)", page) == ["Zebraen", "Ærtebo", "Åhuset"]
    assert as_role(Role.EMPLOYEE).get("/office/plans/goals/").status_code == 403
    page = as_role(Role.ANALYST).get("/office/plans/goals/").content.decode()
    unserved = page[page.index("plan-unserved") :]
    assert "1B Flere beholder deres bolig" in unserved
    assert "1A Færre borgere i hjemløshed" not in unserved
    chosen = as_role(Role.ANALYST).get("/office/plans/goals/", {"vision": "another"}).content.decode()
    assert "Færre borgere i hjemløshed" not in chosen


def test_three_plans_ask_the_database_as_often_as_one(
    world: World, as_role: AsRole, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plan = adopted(world, MORNINGS)
    lists = {"/office/plans/": 9, "/office/plans/goals/": 9, "/office/plans/goals/fewer_homeless/": 9}
    client = as_role(Role.CENTRE_LEADER)
    client.get("/office/plans/")  # the first page of a session keeps its token

    def asked(address: str, number: int) -> None:
        with django_assert_num_queries(number):
            assert client.get(address).status_code == 200

    for address, number in lists.items():
        asked(address, number)
    asked(f"/office/plans/{plan.pk}/", 14)
    asked(f"/office/plans/{plan.pk}/versions/", 10)
    three = (MORNINGS, replace(MORNINGS, goals=("homes_kept", "fewer_homeless")), MORNINGS)
    other, _ = (adopted(world, *three, unit=unit) for unit in world.units[1:])
    for address, number in lists.items():
        asked(address, number)
    asked(f"/office/plans/{other.pk}/", 14)
    asked(f"/office/plans/{plan.pk}/versions/", 10)


def test_earlier_versions_are_for_those_who_write(world: World, as_role: AsRole) -> None:
    plan = adopted(world, MORNINGS)
    address = f"/office/plans/{plan.pk}/versions/"
    page = as_role(Role.UNIT_LEADER).get(f"{address}3/").content.decode()
    assert MORNINGS.title in page
    assert MORNINGS.title not in as_role(Role.UNIT_LEADER).get(f"{address}2/").content.decode()
    assert as_role(Role.CENTRE_LEADER).get(address).status_code == 200
    assert as_role(Role.EMPLOYEE).get(address).status_code == 403


def test_the_paper_is_tagged_in_its_language_and_two_pages_at_most(world: World, as_role: AsRole) -> None:
    long = replace(
        MORNINGS, title="Langt ord " * 8, purpose="Langt ord " * 20, change="Langt ord " * 20, who="Langt ord " * 8
    )
    plan = draft(world)
    texts = dict.fromkeys(("visions", "development", "operations", "challenges"), "Langt ord " * 40)
    acts.write(plan=plan, version=2, texts=texts, by=leader(world))
    for _ in range(6):
        add(plan, world, long)
    answer = as_role(Role.UNIT_LEADER).get(f"/office/plans/{plan.pk}/pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="development-plan-2015-havnehuset.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        root = pdf.Root
        assert len(pdf.pages) <= 2
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "da-DK"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert str(told["dc:title"]) == "Udviklingsplan 2015 for Havnehuset"
        tags = structure(root.StructTreeRoot)
    assert {"H1", "H2", "P", "Table", "TH", "TD"} <= tags


def structure(node: pikepdf.Object) -> set[str]:
    """Every kind of tag below a node of the structure tree."""
    found = {str(node.S).removeprefix("/")} if "/S" in node else set()
    kids: Any = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            found |= structure(kid)
    return found


def test_the_same_plan_gives_the_same_paper(world: World, as_role: AsRole) -> None:
    address = f"/office/plans/{adopted(world, MORNINGS).pk}/pdf/"
    client = as_role(Role.EMPLOYEE)
    assert client.get(address).content == client.get(address).content


def test_in_english_what_was_written_is_marked_as_danish(world: World, as_role: AsRole) -> None:
    plan = adopted(world, MORNINGS)
    client = as_role(Role.EMPLOYEE)
    client.post("/office/language/", {"language": "en"})
    page = client.get(f"/office/plans/{plan.pk}/").content.decode()
    assert f'<h3 lang="da">{MORNINGS.title}</h3>' in page
    assert f'<p lang="da">{TEXTS["visions"]}</p>' in page


def test_the_demonstration_has_plans_in_every_state_but_followed_up(world: World) -> None:
    demonstration.build(world)
    rows = Plan.objects.order_by("pk").values_list("kind", "year", "state")
    assert list(rows) == [
        ("development", 2014, "closed"),
        ("development", 2015, "adopted"),
        ("development", 2015, "ready"),
        ("centre", 2015, "adopted"),
        ("area", 2015, "talked_through"),
    ]
