"""What readers see of everything counted, decided over the whole release and everything published before."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from tests.conftest import MakeWorkspace
from tests.pipeline.counted import FILES

import pejl
from pejl.pipeline import Event, IndicatorDone, ProtectionDone
from pejl.pipeline.auditing import audit, withdraw
from pejl.pipeline.person_cache import purge
from pejl.release import Release, current_release
from pejl.release.caching import cache_folder
from pejl.release.ledger import read_ledger

STREET = "indicators/on_the_street.yaml"
ASSIGNED = "indicators/homes_assigned.yaml"


@pytest.fixture
def lilleby(make_workspace: MakeWorkspace) -> Path:
    return make_workspace(FILES)


def measured(folder: Path) -> tuple[Release, list[Event]]:
    events: list[Event] = []
    release = pejl.open(folder).measure(listener=events.append).release
    assert release is not None
    return release, events


def states(release: Release, name: str, period: str) -> dict[tuple[str, str], str]:
    rows = csv.DictReader(release.read(f"public/cells/{name}.csv").decode().splitlines())
    return {(row["district"], row["sex"]): row["state"] for row in rows if row["period"] == period}


def test_a_release_has_its_proof_and_stands_in_the_ledger(lilleby: Path) -> None:
    release, events = measured(lilleby)
    proof = json.loads(release.read("public/audit.json"))
    assert proof["proved"] is True
    assert proof["rule"] == {"threshold": 5}
    # on_the_street, 2016: 3 of 13 in the south are small, and the 10 in the north protect them
    assert states(release, "on_the_street", "2016")["south", "total"] == "withheld"
    assert states(release, "on_the_street", "2016")["north", "total"] == "withheld"
    assert states(release, "on_the_street", "2016")["total", "total"] == "measured"
    (done,) = [event for event in events if isinstance(event, ProtectionDone)]
    assert done.rows == sum(
        state == "withheld"
        for name in ("homes_assigned", "homes_kept", "on_the_street")
        for period in ("2016", "2017")
        for state in states(release, name, period).values()
    )
    inside = list(csv.DictReader(release.read("internal/protection.csv").decode().splitlines()))
    assert {row["holds"] for row in inside} == {"true"}
    assert [edition.release for edition in read_ledger(lilleby).ledger.editions] == [release.id]


def test_the_proof_readers_get_does_not_say_what_was_required(lilleby: Path) -> None:
    release, _ = measured(lilleby)
    assert b"required" not in release.read("public/audit.json")


def test_the_same_attack_can_be_repeated_without_anything_internal(lilleby: Path) -> None:
    release, _ = measured(lilleby)
    shutil.rmtree(release.folder / "internal")
    found = audit(lilleby)
    assert found.report.proved
    proof = json.loads(release.read("public/audit.json"))
    assert [(row.low, row.key[0]) for row in found.report.rows] == [
        (row["low"], row["indicator"]) for row in proof["numbers"]
    ]


def test_a_cell_that_was_taken_back_is_not_shown_again(lilleby: Path) -> None:
    first, _ = measured(lilleby)
    assert states(first, "homes_assigned", "2017")["north", "total"] == "measured"
    withdraw(lilleby, first.id, ["homes_assigned:2017:district=north"])
    second, events = measured(lilleby)
    assert second.id != first.id
    assert states(second, "homes_assigned", "2017")["north", "total"] == "withheld"
    reused = {event.indicator: event.reused for event in events if isinstance(event, IndicatorDone)}
    assert reused == {"homes_assigned": False, "homes_kept": True, "on_the_street": True}
    third, _ = measured(lilleby)
    assert third.id == second.id


def test_what_hangs_together_is_withheld_together(make_workspace: MakeWorkspace) -> None:
    """Both count the same people: what one withholds, the other must not show."""
    data = FILES["data/street.csv"]
    assert isinstance(data, bytes | str)
    alone = make_workspace(FILES, name="alone")
    release, _ = measured(alone)
    assert states(release, "on_the_street", "2016")["south", "total"] == "withheld"
    copy = str(FILES[STREET]).replace("id: on_the_street", "id: outdoors")
    sql = FILES["indicators/on_the_street.sql"]
    both = FILES | {"indicators/outdoors.yaml": copy, "indicators/outdoors.sql": sql}
    related = copy.replace(
        "published_by:", "relations:\n  - {kind: same_count, indicator: on_the_street}\npublished_by:"
    )
    together = make_workspace(both | {"indicators/outdoors.yaml": related}, name="together")
    release, _ = measured(together)
    assert states(release, "outdoors", "2016") == states(release, "on_the_street", "2016")
    assert pejl.open(together).measure().noted == ()


def test_a_relation_that_is_not_true_is_said_and_not_reckoned_with(make_workspace: MakeWorkspace) -> None:
    wrong = str(FILES[STREET]).replace(
        "published_by:", "relations:\n  - {kind: same_count, indicator: homes_assigned}\npublished_by:"
    )
    folder = make_workspace(FILES | {STREET: wrong})
    found = pejl.open(folder).measure()
    assert found.release is not None
    assert [(each.code, str(each.severity)) for each in found.noted] == [("relation_broken", "warning")]


def test_relations_name_what_exists(make_workspace: MakeWorkspace) -> None:
    wrong = str(FILES[STREET]).replace(
        "published_by:", "relations:\n  - {kind: part_of, indicator: homes_asigned}\npublished_by:"
    )
    found = pejl.open(make_workspace(FILES | {STREET: wrong})).check()
    assert [each.code for each in found.problems] == ["broken_reference"]


def test_what_was_shown_is_never_withheld_to_protect_something_new(lilleby: Path) -> None:
    """In 2016 the women among those assigned a home were shown; a reader who has them has them for ever."""
    first, _ = measured(lilleby)
    before = {name: states(first, name, "2016") for name in ("homes_assigned", "homes_kept")}
    path = lilleby / STREET
    path.write_text(path.read_text().replace("definition: {da: Regel", "definition: {da: Anden regel"))
    second, _ = measured(lilleby)
    assert second.id != first.id
    assert {name: states(second, name, "2016") for name in before} == before
    assert len(read_ledger(lilleby).ledger.editions) == 2
    assert audit(lilleby).report.proved


def test_a_single_named_unit_stays_in_the_house(make_workspace: MakeWorkspace) -> None:
    words = str(FILES["vocabulary/words.yaml"])
    named = words.replace(
        "title: {da: Bydel, en: District}\n", "title: {da: Bydel, en: District}\n    named_units: true\n"
    )
    folder = make_workspace(FILES | {"vocabulary/words.yaml": named})
    release, _ = measured(folder)
    assert {district for district, _ in states(release, "homes_assigned", "2016")} == {"total"}
    settings = folder / "pejl.toml"
    settings.write_text(settings.read_text() + "\n[disclosure]\nnamed_units = true\n")
    release, _ = measured(folder)
    assert {"north", "south"} <= {district for district, _ in states(release, "homes_assigned", "2016")}


def test_a_run_that_was_killed_before_the_ledger_is_caught_up_with(lilleby: Path) -> None:
    first, _ = measured(lilleby)
    shutil.rmtree(lilleby / "releases" / "ledger")
    path = lilleby / ASSIGNED
    path.write_text(path.read_text().replace("definition: {da: Regel", "definition: {da: Anden regel"))
    second, _ = measured(lilleby)
    assert [edition.release for edition in read_ledger(lilleby).ledger.editions] == [first.id, second.id]
    assert current_release(lilleby).id == second.id  # type: ignore[union-attr]


def test_protection_is_kept_where_only_the_owner_reads_it_and_done_once(
    lilleby: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pejl.pipeline.disclosure._MUCH", 1)
    measured(lilleby)
    (folder,) = (cache_folder() / "persons").glob("*/protection")
    assert folder.stat().st_mode & 0o777 == 0o700
    before = set(folder.iterdir())
    path = lilleby / "data/street.csv"
    path.write_bytes(path.read_bytes().replace(b"10-02-2017", b"11-02-2017"))
    second, _ = measured(lilleby)
    assert set(folder.iterdir()) == before  # other days, the same numbers
    # One of those on the street in 2016 was there in 2017: two years of one indicator are protected again.
    path.write_bytes(path.read_bytes().replace(b"10-02-2016", b"10-02-2017", 1))
    third, _ = measured(lilleby)
    assert third.id != second.id
    assert len(set(folder.iterdir()) - before) == 4  # each of both is attacked by the house and by a stranger
    assert purge(lilleby)
    assert not folder.exists()
