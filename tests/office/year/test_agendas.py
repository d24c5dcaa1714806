"""Agendas: from draft to held, papers on the way, and what was decided."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.office.year.making import PAST, PDF, item, meeting, moved, paper, secretariat

from pejl.office.accounts.world import World
from pejl.office.core.refusals import ChangedMeanwhileError, NotAllowedError, NotNowError
from pejl.office.core.roles import Role
from pejl.office.year import agenda_acts as acts
from pejl.office.year import papers
from pejl.office.year.models import AgendaItem, Paper
from pejl.office.year.states import Agenda, Decision

pytestmark = pytest.mark.django_db


def test_an_agenda_goes_from_draft_to_held_one_step_at_a_time(world: World) -> None:
    at = meeting(world, PAST)
    item(world, at)
    for act, state in (
        ("close", Agenda.CLOSED),
        ("reopen", Agenda.DRAFT),
        ("close", Agenda.CLOSED),
        ("publish", Agenda.PUBLIC),
        ("hold", Agenda.HELD),
    ):
        assert moved(world, at, act).state is state
    for act in ("close", "reopen", "publish", "hold", "cancel"):
        with pytest.raises(NotNowError):
            moved(world, at, act)


def test_an_empty_agenda_and_one_without_a_day_are_not_closed(world: World) -> None:
    at = meeting(world)
    with pytest.raises(NotNowError):
        moved(world, at, "close")
    item(world, at)
    type(at).objects.filter(pk=at.pk).update(on=None, month=date(2015, 4, 1))
    with pytest.raises(NotNowError):
        moved(world, at, "close")


def test_a_meeting_that_is_ahead_has_not_been_held(world: World) -> None:
    at = meeting(world)
    item(world, at)
    with pytest.raises(NotNowError):
        moved(world, at, "close", "publish", "hold")
    at.refresh_from_db()
    assert at.state is Agenda.PUBLIC


def test_items_are_numbered_and_change_places(world: World) -> None:
    at, by = meeting(world), secretariat(world)
    first, second, third = (item(world, at, title) for title in ("Et", "To", "Tre"))
    acts.move_item_up(item=third, by=by)
    acts.move_item_up(item=first, by=by)
    acts.move_item_up(item=first, by=by)
    assert list(at.items.values_list("number", "title")) == [(1, "Et"), (2, "Tre"), (3, "To")]
    acts.remove_item(item=second, by=by)
    assert list(at.items.values_list("number", "title")) == [(1, "Et"), (2, "Tre")]


def test_a_closed_agenda_is_not_changed_but_takes_papers_that_are_marked(world: World) -> None:
    at, by = meeting(world), secretariat(world)
    one = item(world, at)
    assert paper(world, one).late is False
    moved(world, at, "close")
    for refused in (
        lambda: acts.add_item(meeting=at, title="Nyt", by=by),
        lambda: acts.change_item(item=one, version=1, title="Nyt", proposal="", discussion=None, by=by),
        lambda: acts.remove_item(item=one, by=by),
        lambda: acts.move_item_up(item=one, by=by),
    ):
        with pytest.raises(NotNowError):
            refused()
    assert paper(world, one).late is True


def test_a_paper_on_a_public_agenda_stays(world: World) -> None:
    at, by = meeting(world), secretariat(world)
    attached = paper(world, item(world, at))
    moved(world, at, "close", "publish")
    attached.refresh_from_db()
    with pytest.raises(NotNowError):
        acts.remove_paper(paper=Paper.objects.get(pk=attached.pk), by=by)


def test_a_paper_is_kept_outside_the_web_and_forgotten_with_the_last_that_names_it(
    world: World, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PEJL_WORKSPACE = str(tmp_path)
    at, by = meeting(world), secretariat(world)
    one, two = paper(world, item(world, at)), paper(world, item(world, at))
    [kept] = list((tmp_path / "office" / "papers").iterdir())
    assert kept.name == one.stored == two.stored
    assert kept.read_bytes() == PDF == papers.read(one.stored)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    with django_capture_on_commit_callbacks(execute=True):
        acts.remove_paper(paper=one, by=by)
    assert kept.exists()
    with django_capture_on_commit_callbacks(execute=True):
        acts.remove_paper(paper=two, by=by)
    assert not kept.exists()


def test_a_damaged_file_is_not_handed_out(tmp_path: Path, settings: Any) -> None:
    settings.PEJL_WORKSPACE = str(tmp_path)
    digest = papers.keep(PDF)
    (tmp_path / "office" / "papers" / digest).write_bytes(PDF + b"x")
    assert papers.read(digest) is None
    assert papers.read("0" * 64) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bilag.exe", PDF),
        ("bilag", PDF),
        ("bilag.pdf", b""),
        ("bilag.pdf", b"<html>"),
        ("bilag.docx", PDF),
        ("bilag.pdf", PDF + b" " * papers.MOST_BYTES),
    ],
)
def test_what_is_no_paper_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(NotNowError):
        papers.checked_name(name, content)


def test_the_name_of_a_file_loses_its_folders() -> None:
    assert papers.checked_name("../../etc/Bilag 1 – æøå.PDF", PDF) == "Bilag 1 – æøå.PDF"
    assert papers.checked_name('C:\\temp\\a"b.pdf', PDF) == "ab.pdf"


def test_a_decision_is_noted_with_its_day_and_who_noted_it(world: World) -> None:
    at, by = meeting(world, PAST), secretariat(world)
    one = item(world, at)
    given: dict[str, Any] = {"item": one, "decision": Decision.NOTED, "words": "Taget til efterretning.", "by": by}
    with pytest.raises(NotNowError):
        acts.note_decision(**given, version=1, decided_on=PAST)
    moved(world, at, "close", "publish", "hold")
    for wrong in (date(2015, 2, 24), date(2015, 3, 3)):
        with pytest.raises(NotNowError):
            acts.note_decision(**given, version=1, decided_on=wrong)
    acts.note_decision(**given, version=1, decided_on=PAST)
    noted = AgendaItem.objects.get()
    assert (noted.decision, noted.decided_on, noted.noted_by_id) == ("noted", PAST, by.number)
    assert noted.noted_at is not None
    with pytest.raises(ChangedMeanwhileError):
        acts.note_decision(**given, version=1, decided_on=PAST)
    with pytest.raises(NotAllowedError):
        acts.note_decision(**{**given, "by": world.actors[Role.COMMITTEE_MEMBER]}, version=2, decided_on=PAST)


def test_the_database_refuses_a_decision_without_who_and_when(world: World) -> None:
    one = item(world, meeting(world))
    for wrong in ({"decision": "noted"}, {"decided_on": PAST}, {"noted_by": secretariat(world).number}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AgendaItem.objects.filter(pk=one.pk).update(**wrong)


def test_the_database_refuses_a_paper_that_is_both_file_and_published(world: World) -> None:
    one = paper(world, item(world, meeting(world)))
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=one.pk).update(release="2017-r1", release_file="status.pdf")
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=one.pk).update(stored="", file_name="", size=0)
