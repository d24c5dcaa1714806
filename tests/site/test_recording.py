"""What is read of a release is noted, whichever way it is read."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pejl.release.public import PublicRelease
from pejl.site.notes import Notes, noted_record
from pejl.site.recording import Noted

RECORD = {"title": {"da": "Et mål"}, "value": 3, "words": ["a", "b"]}
FIELDS = {"r/title", "r/value", "r/words"}


def read(look: Callable[[Any], Any]) -> tuple[Any, set[str]]:
    notes = Notes()
    record = noted_record(RECORD, "r", notes)
    with notes.taken() as parts:
        found = look(record)
    return found, parts


@pytest.mark.parametrize(
    ("look", "found", "parts"),
    [
        (lambda record: record["value"], 3, {"r/value"}),
        (lambda record: record.get("value"), 3, {"r/value"}),
        (lambda record: record.get("nothing"), None, {"r/nothing"}),
        (lambda record: "value" in record, True, {"r/value"}),
        (lambda record: list(record), list(RECORD), {"r/*"}),
        (lambda record: len(record), 3, {"r/*"}),
        (lambda record: bool(record), True, {"r/*"}),
        (lambda record: list(record.keys()), list(RECORD), {"r/*"}),
        (lambda record: dict(record), RECORD, {"r/*", *FIELDS}),
        (lambda record: {**record}, RECORD, {"r/*", *FIELDS}),
        (lambda record: record | {}, RECORD, {"r/*", *FIELDS}),
        (lambda record: {} | record, RECORD, {"r/*", *FIELDS}),
        (lambda record: record.copy(), RECORD, {"r/*", *FIELDS}),
        (lambda record: copy.copy(record), RECORD, {"r/*", *FIELDS}),
        (lambda record: copy.deepcopy(record), RECORD, {"r/*", *FIELDS}),
        (lambda record: pickle.loads(pickle.dumps(record)), RECORD, {"r/*", *FIELDS}),
        (lambda record: json.loads(json.dumps(record)), RECORD, {"r/*", *FIELDS}),
        (lambda record: json.loads(json.dumps(record, indent=1)), RECORD, {"r/*", *FIELDS}),
        (lambda record: dict(record.items()), RECORD, {"r/*", *FIELDS}),
        (lambda record: list(record.values()), list(RECORD.values()), {"r/*", *FIELDS}),
        (lambda record: record == RECORD, True, {"r/*", *FIELDS}),
        (lambda record: record != RECORD, False, {"r/*", *FIELDS}),
        (lambda record: None, None, set()),
    ],
)
def test_every_way_to_read_a_record_is_noted(look: Callable[[Any], Any], found: Any, parts: set[str]) -> None:
    told, noted = read(look)
    assert told == found
    assert noted == parts


def test_the_hash_of_a_part_changes_with_it_and_with_nothing_else() -> None:
    def digests(record: dict[str, Any]) -> list[str | None]:
        notes = Notes()
        noted_record(record, "r", notes)
        return [notes.digest(part) for part in ("r/title", "r/value", "r/*", "r/nothing")]

    before = digests(RECORD)
    assert digests(dict(reversed(RECORD.items()))) == before
    changed = digests({**RECORD, "value": 4})
    assert [old == new for old, new in zip(before, changed, strict=True)] == [True, False, True, True]
    more = digests({**RECORD, "nothing": None})
    assert [old == new for old, new in zip(before, more, strict=True)] == [True, True, False, False]


@pytest.fixture
def noted(lilleby_root: Path) -> Noted:
    return Noted(lilleby_root / "releases" / "2017-r1" / "public", "2017-r1")


def test_a_noted_release_says_what_the_plain_one_says(noted: Noted) -> None:
    plain = PublicRelease(noted.folder, "2017-r1")
    for name in ("id", "workspace", "status", "strategies", "remarks", "audit", "indicators"):
        assert getattr(noted, name) == getattr(plain, name), name
    for indicator in plain.indicators:
        assert noted.indicator(indicator) == plain.indicator(indicator)
        assert noted.cells(indicator) == plain.cells(indicator)
    assert noted.indicator("no_such") is None


def test_every_part_that_can_be_noted_has_a_hash(noted: Noted) -> None:
    noted.learn()
    with noted.notes.taken() as parts:
        for name in ("id", "workspace", "status", "strategies", "remarks", "audit", "indicators"):
            json.dumps(getattr(noted, name))
        for indicator in noted.indicators:
            json.dumps(noted.indicator(indicator))
            noted.cells(indicator)
    assert len(parts) > 60
    assert [part for part in parts if noted.notes.digest(part) is None] == []


def test_looking_for_a_goal_notes_which_goals_there_are_and_only_what_is_read_of_the_one(noted: Noted) -> None:
    with noted.notes.taken() as parts:
        goal = next(each for each in noted.status["goals"] if each["id"] == "fewer_homeless")
        assert goal["latest"]["value"] == 150
    assert parts == {"goals", "goal/fewer_homeless/latest"}


def test_an_adjusted_p_is_a_part_of_its_own(noted: Noted) -> None:
    with noted.notes.taken() as parts:
        assert noted.status["goals"][0]["difference"]["value"] == -50
    assert parts == {"goals", "goal/fewer_homeless/difference", "goal/fewer_homeless/difference/value"}


def test_titles_of_indicators_are_one_part_and_their_figures_another(noted: Noted) -> None:
    with noted.notes.taken() as parts:
        definition = noted.indicator("homeless")
        assert definition is not None
        assert definition["title"]["en"] == "Citizens in homelessness"
    assert parts == {"indicators", "indicator_faces"}
    with noted.notes.taken() as parts:
        assert len(definition["totals"]) == 3
        assert len(noted.cells("homeless")) == 5
    assert parts == {"indicator/homeless", "cells/homeless"}


def test_what_is_kept_for_many_pages_notes_its_sources_for_each_of_them(noted: Noted) -> None:
    made = 0

    def titles(release: PublicRelease) -> list[str]:
        nonlocal made
        made += 1
        return [release.workspace["title"]["da"], release.workspace["municipality"]["da"]]

    for _ in range(2):
        with noted.notes.taken() as parts:
            assert noted.kept("titles", titles) == ["Lillebys strategi", "Lilleby Kommune"]
        assert parts == {"workspace/title", "workspace/municipality"}
    assert made == 1


def test_another_release_notes_under_names_of_its_own(noted: Noted, lilleby_root: Path) -> None:
    folder = lilleby_root / "releases" / "2015-r1" / "public"
    before = Noted(folder, "2015-r1", noted.notes, "before:")
    with noted.notes.taken() as parts:
        assert before.status["goals"][0]["latest"]["value"] == 180
        assert before.cells("homeless")
        assert before.id == "2015-r1"
    assert parts == {"before:goals", "before:goal/fewer_homeless/latest", "before:cells/homeless", "before:release"}
    noted.learn()
    before.learn()
    assert noted.notes.digest("before:cells/homeless") != noted.notes.digest("cells/homeless")
    assert noted.notes.digest("before:release") != noted.notes.digest("release")
