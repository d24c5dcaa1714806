"""What the office holds becomes statistics: the right rows, and nothing people wrote but titles they released."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.roles import Role
from pejl.office.demonstration import BUILDERS
from pejl.office.dialogue.models import Line, Meeting
from pejl.office.loop.columns import DOING, INITIATIVES, LINES, MEETINGS
from pejl.office.loop.extract import extract
from pejl.office.plans.models import Initiative, Plan

DAY = date(2015, 3, 2)


@pytest.fixture
def filled(world: World) -> World:
    for builder in BUILDERS:
        builder(world)
    return world


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_there_is_a_row_for_each_initiative_of_an_adopted_plan(filled: World, tmp_path: Path) -> None:
    done = extract(tmp_path, DAY, filled.actors[Role.ANALYST])
    found = rows(tmp_path / INITIATIVES)
    adopted = Initiative.objects.filter(plan__adopted_at__isnull=False, plan__year__lte=2015)
    assert [int(row["initiative"]) for row in found] == list(
        adopted.order_by("plan__year", "pk").values_list("pk", flat=True)
    )
    assert done.initiatives == len(found) > 0
    for row in found:
        initiative = Initiative.objects.get(pk=row["initiative"])
        assert (row["year"], row["unit"]) == (str(initiative.plan.year), initiative.plan.unit.code)
        assert row["followed_up"] == str(int(initiative.plan.followed_up_at is not None))
        assert row["goals"].split() == sorted(served.goal for served in initiative.served.all())


def test_there_is_a_row_for_each_meeting_and_each_thing_that_was_said(filled: World, tmp_path: Path) -> None:
    done = extract(tmp_path, DAY, filled.actors[Role.ANALYST])
    meetings = {row["meeting"]: row for row in rows(tmp_path / MEETINGS)}
    lines = rows(tmp_path / LINES)
    held = set(Meeting.objects.filter(held_at__isnull=False).values_list("pk", flat=True))
    assert {int(number) for number in meetings} == held
    assert [int(row["line"]) for row in lines] == list(Line.objects.order_by("pk").values_list("pk", flat=True))
    said = Counter(row["meeting"] for row in lines)
    answered: Counter[str] = Counter()
    for row in lines:
        answered[row["meeting"]] += int(row["answered"])
    assert {number: (int(row["lines"]), int(row["answered"])) for number, row in meetings.items()} == {
        number: (said[number], answered[number]) for number in meetings
    }
    assert (done.meetings, done.lines) == (len(meetings), len(lines))


def test_nothing_that_somebody_wrote_goes_along(filled: World, tmp_path: Path) -> None:
    hidden = "Noget, ingen må læse"
    Plan.objects.update(texts={"work": hidden})
    Initiative.objects.update(title=hidden, purpose=hidden, change=hidden, who=hidden, status_note=hidden, public=False)
    Line.objects.update(text=hidden)
    Meeting.objects.update(title=hidden, place=hidden)
    done = extract(tmp_path, DAY, filled.actors[Role.ANALYST])
    for file in done.files:
        assert hidden not in (tmp_path / file).read_text(encoding="utf-8"), file
    names = {actor.name for actor in filled.actors.values()}
    text = "".join((tmp_path / file).read_text(encoding="utf-8") for file in done.files)
    assert not any(name in text for name in names)


def test_only_titles_that_may_be_named_are_named(filled: World, tmp_path: Path) -> None:
    work = Initiative.objects.filter(plan__state="adopted", status="under_way", served__isnull=False).distinct()
    first = work.order_by("pk")[0]
    work.update(public=False)
    extract(tmp_path, DAY, filled.actors[Role.ANALYST])
    path = tmp_path / DOING / "2015.yaml"
    assert "titles" not in path.read_text(encoding="utf-8")
    Initiative.objects.filter(pk=first.pk).update(public=True)
    extract(tmp_path, DAY, filled.actors[Role.ANALYST])
    named = {each["goal"]: each.get("titles") for each in yaml.safe_load(path.read_text(encoding="utf-8"))["goals"]}
    assert {goal for goal, titles in named.items() if titles} == {served.goal for served in first.served.all()}
    assert {title for titles in named.values() if titles for title in titles} == {first.title}


def test_the_extract_is_recorded_and_leaves_nothing_half_written(filled: World, tmp_path: Path) -> None:
    by = filled.actors[Role.ANALYST]
    done = extract(tmp_path, DAY, by)
    record = AuditRecord.objects.get(act="extract_initiatives")
    assert (record.actor, record.way, record.subject, len(record.which)) == (
        by.number,
        "wrote",
        "extract",
        done.initiatives,
    )
    before = {file: (tmp_path / file).read_bytes() for file in done.files}
    assert extract(tmp_path, DAY, by).files == done.files
    assert {file: (tmp_path / file).read_bytes() for file in done.files} == before
    assert {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()} == set(done.files)
