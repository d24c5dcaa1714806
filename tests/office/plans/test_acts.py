"""What happens to a plan from the first word to the next year's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from tests.office.plans.making import (
    MORNINGS,
    TEXTS,
    above,
    add,
    adopt,
    adopted,
    area_plan,
    director,
    draft,
    fresh,
    leader,
    secretariat,
)

from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.refusals import ChangedMeanwhileError, NotAllowedError, NotNowError, RefusedError
from pejl.office.core.roles import Role
from pejl.office.plans import acts, carrying, initiative_acts, rules
from pejl.office.plans.initiative_acts import Standing
from pejl.office.plans.kinds import Kind, Status
from pejl.office.plans.models import Note, Plan
from pejl.office.plans.queries import public_plans
from pejl.office.plans.states import WORKFLOW, State

pytestmark = pytest.mark.django_db


def test_a_plan_goes_from_draft_to_the_next_year(world: World) -> None:
    plan = draft(world)
    add(plan, world)
    steps: list[Callable[[], object]] = [
        lambda: acts.hand_over(plan=plan, by=leader(world)),
        lambda: acts.confirm_talk(plan=plan, agreed="Vi prøver til sommer.", by=above(world)),
        lambda: adopt(plan, above(world)),
        lambda: initiative_acts.follow_up(plan=plan, text="Godt.", standings={}, by=leader(world)),
    ]
    states = [fresh(plan).state]
    for step in steps:
        step()
        states.append(fresh(plan).state)
    after = carrying.copy_forward(plan=plan, following=lambda goal, _: goal, by=leader(world))
    acts.hand_over(plan=after, by=leader(world))
    acts.confirm_talk(plan=after, by=above(world))
    states.append(fresh(plan).state)
    adopt(after, above(world))
    states.append(fresh(plan).state)
    assert states == ["draft", "ready", "talked_through", "adopted", "followed_up", "followed_up", "closed"]
    assert fresh(plan).closed_by == above(world).number


def test_every_act_keeps_a_version_and_is_recorded(world: World) -> None:
    plan = adopted(world, MORNINGS)
    acts_kept = list(plan.revisions.order_by("number").values_list("number", "act", "version"))
    assert acts_kept == [
        (1, "begin", 1),
        (2, "write", 2),
        (3, "add_initiative", 3),
        (4, "hand_over", 4),
        (5, "confirm_talk", 5),
        (6, "adopt", 6),
    ]
    records = list(
        AuditRecord.objects.filter(subject__in=["plan", "initiative"])
        .order_by("pk")
        .values_list("subject", "act", "actor")
    )
    mine, boss = leader(world).number, above(world).number
    assert records == [
        ("plan", "begin", mine),
        ("plan", "write", mine),
        ("initiative", "add_initiative", mine),
        ("plan", "hand_over", mine),
        ("plan", "confirm_talk", boss),
        ("plan", "adopt", boss),
    ]
    kept = plan.revisions.get(number=3).content
    assert kept["texts"] == TEXTS
    assert [(each["title"], each["goals"], each["status"]) for each in kept["initiatives"]] == [
        ("Fælles morgenmøder", ["fewer_homeless"], "not_begun")
    ]


def test_a_kept_version_is_never_changed(world: World) -> None:
    kept = draft(world).revisions.get(number=1)
    with pytest.raises(TypeError, match="never changed"):
        kept.save()
    with pytest.raises(TypeError, match="never deleted"):
        kept.delete()


@pytest.mark.parametrize("state", State)
def test_what_the_table_does_not_have_is_refused_in_words(world: World, state: State) -> None:
    """Every act in a state, by somebody who may: it is done where the table has it, and refused elsewhere."""
    plan = area_plan(world, world.centres[0], "parken", state)
    boss, secretary = director(world), secretariat(world)
    every: dict[str, Callable[[], object]] = {
        "write": lambda: acts.write(plan=plan, version=plan.version, texts={"need": "Nyt."}, by=boss),
        "hand_over": lambda: acts.hand_over(plan=plan, by=boss),
        "take_back": lambda: acts.take_back(plan=plan, by=boss),
        "confirm_talk": lambda: acts.confirm_talk(plan=plan, by=secretary),
        "send_back": lambda: acts.send_back(plan=plan, reason="Mere om naboerne.", by=secretary),
        "put_before": lambda: acts.put_before(plan=plan, by=secretary),
        "adopt": lambda: (acts.put_before(plan=plan, by=secretary), adopt(plan, secretary)),
        "follow_up": lambda: initiative_acts.follow_up(plan=plan, text="Det gik.", standings={}, by=boss),
        "note": lambda: acts.add_note(plan=plan, text="Husk naboerne.", by=boss),
        "show_publicly": lambda: acts.show_publicly(plan=plan, by=secretary),
    }
    for act, do in every.items():
        before = transaction.savepoint()
        if WORKFLOW.can(state, act):
            do()
            assert fresh(plan).state == WORKFLOW.moves[state, act], act
        else:
            with pytest.raises(NotNowError):
                do()
            assert fresh(plan).state == state, act
        transaction.savepoint_rollback(before)


def test_the_table_knows_every_act_that_somebody_does() -> None:
    assert {act for _, act in WORKFLOW.moves} == {*rules.MAY, "close"}


def test_others_write_nothing(world: World) -> None:
    plan = draft(world)
    others = [world.actors[role] for role in Role if role not in (Role.UNIT_LEADER, Role.CENTRE_LEADER)]
    for by in others:
        for act in (
            lambda by=by: acts.write(plan=plan, version=2, texts={"visions": "Nej."}, by=by),
            lambda by=by: acts.hand_over(plan=plan, by=by),
            lambda by=by: acts.add_note(plan=plan, text="Nej.", by=by),
            lambda by=by: initiative_acts.add(plan=plan, said=MORNINGS, by=by),
            lambda by=by: initiative_acts.follow_up(plan=plan, text="Nej.", standings={}, by=by),
            lambda by=by: carrying.copy_forward(plan=plan, following=lambda goal, _: goal, by=by),
            lambda by=by: acts.begin(kind=Kind.DEVELOPMENT, unit=world.units[0], year=2016, by=by),
            lambda by=by: acts.adopt(plan=plan, version=2, by=by),
        ):
            with pytest.raises(NotAllowedError):
                act()
    assert fresh(plan).version == 2


def test_nobody_adopts_the_plan_of_a_unit_but_a_leader_above_it(world: World) -> None:
    plan = draft(world)
    acts.hand_over(plan=plan, by=leader(world))
    with pytest.raises(NotAllowedError):
        acts.confirm_talk(plan=plan, by=leader(world))
    acts.confirm_talk(plan=plan, by=above(world))
    with pytest.raises(NotAllowedError):
        adopt(plan, leader(world))
    with pytest.raises(NotAllowedError):
        adopt(plan, secretariat(world))
    assert adopt(plan, above(world)).state == State.ADOPTED


def test_a_plan_is_sent_back_only_with_a_reason(world: World) -> None:
    plan = draft(world)
    acts.hand_over(plan=plan, by=leader(world))
    with pytest.raises(NotNowError, match="say why"):
        acts.send_back(plan=plan, reason="   ", by=above(world))
    acts.send_back(plan=plan, reason="Hvad siger beboerne?", by=above(world))
    assert fresh(plan).state == State.DRAFT
    assert list(plan.notes.values_list("kind", "text")) == [("sent_back", "Hvad siger beboerne?")]


def test_an_empty_plan_is_not_handed_over(world: World) -> None:
    plan = acts.begin(kind=Kind.DEVELOPMENT, unit=world.units[0], year=2015, by=leader(world))
    with pytest.raises(NotNowError, match="nothing is written"):
        acts.hand_over(plan=plan, by=leader(world))


def test_nothing_is_adopted_unseen(world: World) -> None:
    plan = draft(world)
    acts.hand_over(plan=plan, by=leader(world))
    acts.confirm_talk(plan=plan, by=above(world))
    read = fresh(plan).version
    add(plan, world)
    with pytest.raises(ChangedMeanwhileError, match="Read it once more"):
        acts.adopt(plan=plan, version=read, by=above(world))


def test_the_committee_adopts_only_what_was_put_before_it(world: World) -> None:
    plan = area_plan(world, world.centres[0], "parken", State.TALKED_THROUGH)
    with pytest.raises(NotNowError, match="put it before the committee first"):
        adopt(plan, secretariat(world))
    with pytest.raises(NotAllowedError):
        acts.put_before(plan=draft(world), by=secretariat(world))


def test_what_was_put_before_the_committee_and_sent_back_is_no_longer_before_it(world: World) -> None:
    plan = area_plan(world, world.centres[0], "parken", State.TALKED_THROUGH, before=True)
    acts.send_back(plan=plan, reason="Naboerne skal spørges først.", by=secretariat(world))
    assert (fresh(plan).put_before_at, fresh(plan).talked_at) == (None, None)
    assert not rules.may_see(world.actors[Role.COMMITTEE_MEMBER], fresh(plan))


def test_there_is_one_plan_a_year(world: World) -> None:
    draft(world)
    with pytest.raises(NotNowError, match="already"):
        acts.begin(kind=Kind.DEVELOPMENT, unit=world.units[0], year=2015, by=leader(world))
    with pytest.raises(NotAllowedError):
        acts.begin(kind=Kind.CENTRE, unit=world.units[0], year=2015, by=leader(world))
    with pytest.raises(NotNowError, match="about"):
        acts.begin(kind=Kind.AREA, unit=world.units[0], year=2015, by=leader(world))


def test_two_who_change_the_same_text_lose_nothing(world: World) -> None:
    plan = draft(world)
    acts.write(plan=plan, version=2, texts={"visions": "Hendes."}, by=above(world))
    with pytest.raises(ChangedMeanwhileError) as refused:
        acts.write(
            plan=plan, version=2, texts={"visions": "Hans.", "challenges": TEXTS["challenges"]}, by=leader(world)
        )
    assert (refused.value.theirs, refused.value.version) == ({"visions": "Hendes."}, 3)
    acts.write(plan=plan, version=3, texts={"visions": "Hendes og hans."}, by=leader(world))
    assert fresh(plan).texts == {"visions": "Hendes og hans.", "challenges": "Vi mangler folk."}


def test_two_who_change_different_texts_are_both_kept(world: World) -> None:
    plan = draft(world)
    both = dict(TEXTS)
    acts.write(plan=plan, version=2, texts={**both, "visions": "Hendes."}, by=above(world))
    acts.write(plan=plan, version=2, texts={**both, "challenges": "Hans."}, by=leader(world))
    assert fresh(plan).texts == {"visions": "Hendes.", "challenges": "Hans."}


def test_whoever_writes_texts_is_not_disturbed_by_a_new_initiative(world: World) -> None:
    plan = draft(world)
    add(plan, world)
    acts.write(plan=plan, version=2, texts={"visions": "Videre."}, by=leader(world))
    assert fresh(plan).texts["visions"] == "Videre."


def test_two_who_change_an_initiative_lose_nothing(world: World) -> None:
    initiative = add(draft(world), world)
    hers = replace(MORNINGS, title="Morgenmøder hver dag", goals=("homes_kept",))
    initiative_acts.change(initiative=initiative, version=1, said=hers, by=above(world))
    his = replace(MORNINGS, title="Morgenkaffe", who="Nattevagten")
    with pytest.raises(ChangedMeanwhileError) as refused:
        initiative_acts.change(initiative=initiative, version=1, said=his, by=leader(world))
    assert (refused.value.theirs, refused.value.version) == ({"title": "Morgenmøder hver dag"}, 2)
    kept = initiative_acts.change(
        initiative=initiative, version=1, said=replace(MORNINGS, who="Nattevagten"), by=leader(world)
    )
    assert (kept.title, kept.who, [each.goal for each in kept.served.all()]) == (
        "Morgenmøder hver dag",
        "Nattevagten",
        ["homes_kept"],
    )


def test_there_is_room_for_six_initiatives(world: World) -> None:
    plan = draft(world)
    for _ in range(6):
        add(plan, world)
    with pytest.raises(NotNowError, match="room for 6"):
        add(plan, world)


def test_an_initiative_taken_out_stays_in_earlier_versions(world: World) -> None:
    plan = draft(world)
    initiative = add(plan, world)
    initiative_acts.remove(initiative=initiative, by=leader(world))
    contents = plan.revisions.order_by("number").values_list("content", flat=True)
    assert [len(content["initiatives"]) for content in contents] == [0, 0, 1, 0]
    assert plan.initiatives.count() == 0


def test_what_is_adopted_is_not_rewritten_but_told_of(world: World) -> None:
    plan = adopted(world, MORNINGS)
    initiative = plan.initiatives.get()
    for act in (
        lambda: initiative_acts.change(initiative=initiative, version=1, said=MORNINGS, by=leader(world)),
        lambda: initiative_acts.remove(initiative=initiative, by=leader(world)),
        lambda: initiative_acts.add(plan=plan, said=MORNINGS, by=leader(world)),
    ):
        with pytest.raises(NotNowError):
            act()
    told = initiative_acts.tell_status(
        initiative=initiative, standing=Standing(Status.UNDER_WAY, "De første er holdt."), by=leader(world)
    )
    assert (told.status, str(told.begun_on), told.ended_on) == ("under_way", "2015-03-02", None)
    assert list(plan.notes.values_list("initiative", "kind", "text")) == [
        (initiative.pk, "note", "De første er holdt.")
    ]


def test_following_up_says_how_each_initiative_stands(world: World) -> None:
    plan = adopted(world, MORNINGS, replace(MORNINGS, title="Nabodag"))
    first, second = plan.initiatives.all()
    standings = {first.pk: Standing(Status.DONE), second.pk: Standing(Status.GIVEN_UP, "For stort et skridt.")}
    initiative_acts.follow_up(plan=plan, text="Vi lærte mest af nabodagen.", standings=standings, by=leader(world))
    rows = list(plan.initiatives.values_list("status", "begun_on", "ended_on", "status_note"))
    assert [(status, str(begun), str(ended), note) for status, begun, ended, note in rows] == [
        ("done", "2015-03-02", "2015-03-02", ""),
        ("given_up", "None", "2015-03-02", "For stort et skridt."),
    ]
    assert list(Note.objects.order_by("pk").values_list("kind", "text")) == [
        ("note", "For stort et skridt."),
        ("follow_up", "Vi lærte mest af nabodagen."),
    ]


def test_unfinished_initiatives_follow_into_the_next_year(world: World) -> None:
    titles = ("Færdig", "Opgivet", "I gang", "Ikke begyndt")
    plan = adopted(world, *(replace(MORNINGS, title=title) for title in titles))
    done, given_up, under_way, _ = plan.initiatives.all()
    for each, status in ((done, Status.DONE), (given_up, Status.GIVEN_UP), (under_way, Status.UNDER_WAY)):
        initiative_acts.tell_status(initiative=each, standing=Standing(status), by=leader(world))
    after = carrying.copy_forward(
        plan=plan, following=lambda goal, year: f"{goal}_{year}" if goal == "fewer_homeless" else None, by=leader(world)
    )
    assert (after.year, after.state, after.texts, after.copied_from_id) == (2016, "draft", TEXTS, plan.pk)
    carried = [
        (each.title, each.status, each.place, [served.goal for served in each.served.all()])
        for each in after.initiatives.all()
    ]
    assert carried == [
        ("I gang", "under_way", 1, ["fewer_homeless_2016"]),
        ("Ikke begyndt", "not_begun", 2, ["fewer_homeless_2016"]),
    ]
    with pytest.raises(NotNowError, match="already"):
        carrying.copy_forward(plan=plan, following=lambda goal, _: goal, by=leader(world))


def test_a_plan_the_committee_has_adopted_may_be_shown_publicly(world: World) -> None:
    plan = area_plan(world, world.centres[0], "parken", State.ADOPTED)
    assert list(public_plans()) == []
    acts.show_publicly(plan=plan, by=secretariat(world))
    assert list(public_plans()) == [plan]
    with pytest.raises(NotAllowedError):
        acts.show_publicly(plan=adopted(world), by=secretariat(world))


def test_the_database_refuses_impossible_rows(world: World) -> None:
    plan = adopted(world, MORNINGS)
    for impossible in (
        {"adopted_at": None},
        {"adopted_by": None},
        {"state": "draft"},
        {"state": "closed"},
        {"about": "parken"},
        {"kind": "area"},
        {"kind": "wish"},
        {"shown_at": plan.adopted_at, "shown_by": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Plan.objects.filter(pk=plan.pk).update(**impossible)
    for wrong in (
        {"status": "done"},
        {"ended_on": "2015-04-01"},
        {"begun_on": "2015-04-01"},
        {"status": "done", "begun_on": "2015-04-02", "ended_on": "2015-04-01"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            plan.initiatives.update(**wrong)


def test_a_refusal_says_why_in_words(world: World) -> None:
    with pytest.raises(RefusedError) as refused:
        adopt(draft(world), above(world))
    assert refused.value.reason.render("en") == "this cannot be done now: the state is “draft”"
