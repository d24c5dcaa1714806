"""A draft that nobody saw is dropped: nothing it showed counts as known, and nothing it withheld binds any more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import MakeWorkspace
from tests.pipeline.counted import FILES, SETTINGS

import pejl
from pejl.pipeline.releasing import ActRefusedError, approve, drop, withdraw_release
from pejl.release.ledger import read_ledger
from pejl.release.public import PublicRelease
from pejl.release.standing import State, standings

WHY = {"da": "Tærsklen stod forkert; kun analytikeren har set kladden.", "en": None}


def measured(folder: Path, threshold: int) -> str:
    """Measure with a threshold, and return the release."""
    (folder / "pejl.toml").write_text(f"{SETTINGS}\n[disclosure]\nthreshold = {threshold}\n")
    release = pejl.open(folder).measure().release
    assert release is not None
    return release.id


def shown(folder: Path, release: str) -> dict[str, float | None]:
    """How many got a home in 2017, as readers see it."""
    cells = PublicRelease(folder / "releases" / release / "public", release).cells("homes_assigned")
    return {
        "".join(code for _, code in cell.dimensions): cell.value
        for cell in cells
        if cell.period == "2017" and cell.dimensions in ((), (("district", "north"),), (("district", "south"),))
    }


def current(folder: Path) -> str | None:
    pointer = folder / "releases" / "current.json"
    return json.loads(pointer.read_text())["release"] if pointer.exists() else None


def test_what_a_dropped_draft_withheld_may_be_shown(make_workspace: MakeWorkspace) -> None:
    city = make_workspace(FILES)
    first = measured(city, 9)
    assert shown(city, first) == {"": 20, "north": None, "south": None}, "six are fewer than nine"
    second = measured(city, 5)
    assert shown(city, second) == {"": 20, "north": None, "south": None}, "the draft may have been seen"
    for release in (second, first):
        standing = drop(city, release, "Analytikeren", WHY, unseen=True)
        assert standing.state is State.DROPPED
    third = measured(city, 5)
    assert shown(city, third) == {"": 20, "north": 14, "south": 6}
    assert third == "2017-r3", "the number of a dropped release is not given again"
    assert measured(city, 5) == third, "nothing has changed since"


def test_what_a_dropped_draft_showed_is_not_known(make_workspace: MakeWorkspace) -> None:
    city = make_workspace(FILES)
    draft = measured(city, 5)
    assert [edition.release for edition in read_ledger(city).ledger.editions] == [draft]
    drop(city, draft, "Analytikeren", WHY, unseen=True)
    book = read_ledger(city)
    assert book.ledger.editions == ()
    assert book.thresholds == {}
    assert book.dropped == (draft,)
    assert shown(city, measured(city, 9)) == {"": 20, "north": None, "south": None}


def test_the_release_before_is_the_current_one_again(make_workspace: MakeWorkspace) -> None:
    city = make_workspace(FILES)
    first, second = measured(city, 9), measured(city, 8)
    assert current(city) == second
    drop(city, second, "Analytikeren", WHY, unseen=True)
    assert current(city) == first
    drop(city, first, "Analytikeren", WHY, unseen=True)
    assert current(city) is None
    assert (city / "releases" / first / "manifest.json").is_file(), "what was made stays on record"


def test_only_a_draft_that_nobody_saw_is_dropped_and_somebody_says_so(make_workspace: MakeWorkspace) -> None:
    city = make_workspace(FILES)
    release = measured(city, 5)
    before = (city / "releases" / "ledger" / "index.jsonl").read_bytes()

    def refused(why: dict[str, str | None], by: str = "Analytikeren", *, unseen: bool = True) -> str:
        with pytest.raises(ActRefusedError) as error:
            drop(city, release, by, why, unseen=unseen)
        return error.value.code

    assert refused({"da": " "}) == "no_reason"
    assert refused(WHY, unseen=False) == "perhaps_seen"
    assert refused(WHY, " ") == "nobody_named"
    approve(city, release, "Direktionen")
    assert refused(WHY) == "not_now"
    withdraw_release(city, release, "Direktionen", WHY)
    assert refused(WHY) == "not_now"
    assert standings(city)[release].state is State.WITHDRAWN
    assert (city / "releases" / "ledger" / "index.jsonl").read_bytes() == before


def test_a_dropped_draft_is_shown_to_nobody(make_workspace: MakeWorkspace, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from pejl.cli.commands import cli

    city = make_workspace(FILES)
    release = measured(city, 5)
    asked = ["release", "drop", str(city), release, "--by", "Analytikeren", "--lang", "en", "--note"]
    refused = CliRunner().invoke(cli, [*asked, "Forkert tærskel"])
    assert "say that nobody outside saw release 2017-r1: --unseen" in str(refused.exception)
    done = CliRunner().invoke(cli, [*asked, "Forkert tærskel", "--unseen"])
    assert done.exit_code == 0
    assert done.output.startswith("2017-r1: Dropped, seen by nobody, by Analytikeren, ")
    published = CliRunner().invoke(cli, ["publish", str(city), "--to", str(tmp_path / "site"), "--release", release])
    assert str(published.exception) == "release 2017-r1 was dropped; choose another"
    assert not (tmp_path / "site").exists()
