"""The way out of a release: who may follow what, what is noted, and what readers see of it."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import MakeWorkspace

import pejl
from pejl.pipeline.releasing import (
    ActRefusedError,
    Corrected,
    approve,
    correct,
    embargo,
    publish,
    withdraw_release,
)
from pejl.release.standing import SHOWN, WAY, Act, State, public_release, standings

TODAY = date(2026, 3, 2)
WORDS = {"da": "Tallet for 2017 var forkert.", "en": None}


def made(folder: Path) -> str:
    release = pejl.open(folder).measure().release
    assert release is not None
    return release.id


def state(folder: Path, release: str) -> State:
    return standings(folder)[release].state


def refused(code: str, act: object, *arguments: object) -> str:
    assert callable(act)
    with pytest.raises(ActRefusedError) as error:
        act(*arguments)
    assert error.value.code == code
    return error.value.what.render("en")


def test_a_release_goes_from_draft_to_public(city: Path) -> None:
    release = made(city)
    assert state(city, release) is State.DRAFT
    assert public_release(city) is None
    approve(city, release, "Direktionen")
    assert state(city, release) is State.APPROVED
    embargo(city, release, "Sekretariatet", date(2026, 3, 5))
    assert standings(city)[release].until == date(2026, 3, 5)
    words = refused("embargoed", publish, city, release, "Sekretariatet", date(2026, 3, 4))
    assert words == f"release {release} is under embargo until 2026-03-05"
    publish(city, release, "Sekretariatet", date(2026, 3, 5))
    assert state(city, release) is State.PUBLIC
    found = public_release(city)
    assert found is not None
    assert found.id == release
    assert [(each.event, each.by) for each in standings(city)[release].happenings if each.by] == [
        ("approve", "Direktionen"),
        ("embargo", "Sekretariatet"),
        ("publish", "Sekretariatet"),
    ]


def test_nothing_unapproved_becomes_public(city: Path) -> None:
    release = made(city)
    words = refused("not_now", publish, city, release, "Sekretariatet", TODAY)
    assert words == f"release {release} stands as 'Draft'; for this it must stand as 'Approved, not public yet'"
    assert state(city, release) is State.DRAFT


def test_somebody_must_do_it(city: Path) -> None:
    refused("nobody_named", approve, city, made(city), "  ")


def test_a_correction_names_every_number_that_was_shown_and_is_another_now(make_workspace: MakeWorkspace) -> None:
    city = make_workspace()
    first = made(city)
    approve(city, first, "Direktionen")
    publish(city, first, "Direktionen", TODAY)
    (file,) = (city / "figures").glob("*.csv")
    assert "150" in file.read_text()
    file.write_text(file.read_text().replace("150", "151"))
    second = made(city)
    refused("not_public", correct, city, first, second, "Sekretariatet", WORDS)
    approve(city, second, "Direktionen")
    publish(city, second, "Direktionen", TODAY)
    refused("no_reason", correct, city, first, second, "Sekretariatet", {"da": " "})
    changed = correct(city, first, second, "Sekretariatet", WORDS)
    assert changed == (Corrected("homeless", "2017", "total", 150.0, 151.0),)
    assert state(city, first) is State.CORRECTED
    assert State.CORRECTED in SHOWN
    ((corrected, happening),) = standings(city)[second].corrects
    assert corrected == first
    assert happening.note["da"] == "Tallet for 2017 var forkert."
    assert happening.cells == (
        {"indicator": "homeless", "period": "2017", "cell": "total", "old": 150.0, "new": 151.0},
    )
    found = public_release(city)
    assert found is not None
    assert found.id == second


def test_a_correction_that_changes_nothing_is_refused(city: Path) -> None:
    first = made(city)
    approve(city, first, "Direktionen")
    publish(city, first, "Direktionen", TODAY)
    refused("nothing_corrected", correct, city, first, first, "Sekretariatet", WORDS)


def test_a_withdrawn_release_is_shown_no_more_and_nothing_follows(city: Path) -> None:
    release = made(city)
    approve(city, release, "Direktionen")
    publish(city, release, "Direktionen", TODAY)
    withdraw_release(city, release, "Direktionen", WORDS)
    assert public_release(city) is None
    assert state(city, release) is State.WITHDRAWN
    for act in (approve, withdraw_release):
        arguments = (WORDS,) if act is withdraw_release else ()
        refused("not_now", act, city, release, "Direktionen", *arguments)


def test_what_happens_is_appended_and_never_rewritten(city: Path) -> None:
    release = made(city)
    log = city / "releases" / "log.jsonl"
    before = log.read_bytes()
    approve(city, release, "Direktionen", {"da": "Set på mødet", "en": None})
    after = log.read_bytes()
    assert after.startswith(before)
    line = json.loads(after[len(before) :])
    assert {name: line[name] for name in ("release", "event", "by", "note")} == {
        "release": release,
        "event": "approve",
        "by": "Direktionen",
        "note": {"da": "Set på mødet", "en": None},
    }


def test_a_damaged_release_is_not_approved(city: Path) -> None:
    release = made(city)
    (city / "releases" / release / "public" / "status.json").write_text("{}")
    with pytest.raises(pejl.release.ReleaseError):
        approve(city, release, "Direktionen")
    assert state(city, release) is State.DRAFT


@given(st.lists(st.sampled_from(list(Act)), max_size=8))
def test_only_public_and_corrected_releases_are_ever_seen_and_only_after_approval(acts: list[Act]) -> None:
    now, done = State.DRAFT, []
    for act in acts:
        if (now, act) in WAY:
            now = WAY[now, act]
            done.append(act)
    if now in SHOWN:
        assert done.index(Act.APPROVE) < done.index(Act.PUBLISH)
        assert not {Act.WITHDRAW, Act.DROP} & set(done)


def test_the_table_is_the_documented_way() -> None:
    assert {(str(state), str(act)) for state, act in product(State, Act) if (state, act) in WAY} == {
        ("draft", "approve"),
        ("approved", "embargo"),
        ("embargoed", "embargo"),
        ("approved", "publish"),
        ("embargoed", "publish"),
        ("public", "correct"),
        ("draft", "drop"),
        *((state, "withdraw") for state in ("draft", "approved", "embargoed", "public", "corrected")),
    }


def test_a_cell_taken_back_stands_with_its_release(make_workspace: MakeWorkspace) -> None:
    from tests.pipeline.counted import FILES

    from pejl.pipeline.auditing import withdraw

    folder = make_workspace(FILES)
    release = made(folder)
    withdraw(folder, release, ["homes_assigned:2017:district=north"], by="Direktionen")
    standing = standings(folder)[release]
    assert standing.state is State.DRAFT
    assert standing.taken_back == ("homes_assigned:2017:district=north",)
