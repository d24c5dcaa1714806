"""From registers to a release: what is counted, what of it is shown, what a run does again and what it does not."""

from __future__ import annotations

import csv
import json
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import MakeWorkspace
from tests.pipeline.counted import FILES, NORTH, SOUTH, cpr, indicator

import pejl
from pejl.pipeline import (
    Event,
    IndicatorCounted,
    IndicatorDone,
    IndicatorMeasured,
    RegisterDone,
    RunResult,
    StepDone,
)
from pejl.publish.carrying import figures_to_carry
from pejl.release import Release, ReleaseError, ReleaseWriter, locked


@pytest.fixture
def lilleby(make_workspace: MakeWorkspace) -> Path:
    return make_workspace(FILES)


def measured(folder: Path, **options: Any) -> tuple[RunResult, list[Event]]:
    events: list[Event] = []
    return pejl.open(folder).measure(listener=events.append, **options), events


def release_of(folder: Path) -> Release:
    release = measured(folder)[0].release
    assert release is not None
    return release


def goals(release: Release) -> dict[str, dict[str, Any]]:
    return {goal["indicator"]: goal for goal in release.status["goals"]}


def cells(release: Release, part: str, name: str) -> dict[tuple[str, str, str], dict[str, str]]:
    rows = csv.DictReader(release.read(f"{part}/cells/{name}.csv").decode().splitlines())
    return {(row["period"], row["district"], row["sex"]): row for row in rows}


def test_counts_and_shares_are_what_a_hand_would_count(lilleby: Path) -> None:
    found = goals(release_of(lilleby))
    assert [(point["period"], point["value"], point["n"]) for point in found["homes_assigned"]["series"]] == [
        ("2016", 18, 18),
        ("2017", 20, 20),
    ]
    assert [point["value"] for point in found["homes_kept"]["series"]] == [50.0, 70.0]
    # Wilson, 14 of 20: (14 + z²/2)/(20 + z²) -+ z·sqrt(14·6/20 + z²/4)/(20 + z²), z = 1.959964
    assert found["homes_kept"]["latest"]["low"] == pytest.approx(48.1028, abs=1e-4)
    assert found["homes_kept"]["latest"]["high"] == pytest.approx(85.4523, abs=1e-4)


def test_a_rule_of_our_own_is_marked_as_a_proposal(lilleby: Path) -> None:
    codes = {reason["code"] for reason in goals(release_of(lilleby))["homes_kept"]["reasons"]}
    assert "definition_proposed" in codes


def test_the_house_keeps_every_cell_and_readers_see_those_that_are_not_small(lilleby: Path) -> None:
    release = release_of(lilleby)
    inside, outside = (cells(release, part, "homes_assigned") for part in ("internal", "public"))
    # 14 in the north, 7 of them women; 6 in the south, 3 of them women
    assert inside["2017", "north", "female"]["value"] == "7"
    assert inside["2017", "south", "female"]["value"] == "3"
    assert outside["2017", "south", "female"]["state"] == outside["2017", "south", "male"]["state"] == "withheld"
    # two tables by two rows: one number shown within them would give the others away
    assert outside["2017", "north", "female"]["state"] == outside["2017", "north", "male"]["state"] == "withheld"
    assert outside["2017", "north", "total"]["value"] == "14"
    assert outside["2017", "total", "female"]["value"] == "10"


def test_a_workspace_says_by_how_many_dimensions_it_publishes(lilleby: Path) -> None:
    settings = lilleby / "pejl.toml"
    settings.write_text(settings.read_text() + "\n[disclosure]\nways = 1\n")
    outside = cells(release_of(lilleby), "public", "homes_assigned")
    assert ("2017", "north", "female") not in outside
    assert outside["2017", "north", "total"]["value"] == "14"


def test_a_small_number_is_withheld_and_one_more_so_that_it_cannot_be_worked_out(lilleby: Path) -> None:
    outside = cells(release_of(lilleby), "public", "on_the_street")
    assert [outside["2016", code, "total"]["state"] for code in ("north", "south")] == ["withheld", "withheld"]
    numbers = [outside["2016", code, "total"][column] for code in ("north", "south") for column in ("value", "n")]
    assert numbers == [""] * 4
    assert [outside["2017", code, "total"]["value"] for code in ("north", "south")] == ["12", "7"]


def test_a_total_with_few_without_the_trait_is_withheld_with_its_verdict(make_workspace: MakeWorkspace) -> None:
    data = FILES["data/homes.csv"]
    assert isinstance(data, bytes)
    root = make_workspace({**FILES, "data/homes.csv": data.replace(b"2017;nej", b"2017;ja", 4)})
    goal = goals(release_of(root))["homes_kept"]  # 18 of 20 in 2017: 2 without
    assert (goal["latest"]["state"], goal["latest"]["value"], goal["development"]) == ("withheld", None, "withheld")


def test_what_is_internal_can_be_read_by_its_owner_only(lilleby: Path) -> None:
    release = release_of(lilleby)
    assert stat.S_IMODE((release.folder / "internal").stat().st_mode) == 0o700
    assert stat.S_IMODE((release.folder / "internal" / "cells").stat().st_mode) == 0o700


def test_no_number_of_a_person_is_in_any_file_but_the_registers(lilleby: Path, own_cache: Path) -> None:
    release_of(lilleby)
    numbers = [form for person in (*NORTH, *SOUTH) for form in (cpr(person), cpr(person).replace("-", ""))]
    files = [path for place in (lilleby / "releases", own_cache) for path in place.rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        content = path.read_bytes()
        assert not any(number.encode() in content for number in numbers), path


def test_every_row_of_a_synthetic_workspace_says_so(lilleby: Path) -> None:
    release = release_of(lilleby)
    assert release.workspace["synthetic"] is True
    for name in ("homes_assigned", "homes_kept", "on_the_street"):
        assert {row["data"] for row in cells(release, "public", name).values()} == {"synthetic"}


def test_the_manifest_names_engine_and_registers(lilleby: Path) -> None:
    manifest = release_of(lilleby).manifest
    assert manifest["engine"].startswith("duckdb 1.5")
    assert sorted(manifest["registers"]) == ["homes", "persons", "residence", "street"]
    assert all(len(digest) == 64 for digest in manifest["registers"].values())


def test_a_second_run_finds_nothing_to_do(lilleby: Path) -> None:
    first = release_of(lilleby)
    again, events = measured(lilleby)
    assert again.release is not None
    assert again.release.id == first.id
    assert not again.new
    assert not [event for event in events if isinstance(event, IndicatorCounted)]


def test_a_changed_indicator_is_the_only_one_counted(lilleby: Path) -> None:
    release_of(lilleby)
    sql = lilleby / "indicators" / "homes_kept.sql"
    sql.write_text(sql.read_text().replace("CASE WHEN kept", "CASE WHEN NOT kept"))
    result, events = measured(lilleby)
    assert [event.indicator for event in events if isinstance(event, IndicatorCounted)] == ["homes_kept"]
    assert result.release is not None
    assert goals(result.release)["homes_kept"]["latest"]["value"] == pytest.approx(30.0)


def test_a_comment_in_the_sql_changes_no_cell(lilleby: Path) -> None:
    release_of(lilleby)
    sql = lilleby / "indicators" / "homes_kept.sql"
    sql.write_text("-- Those who still live there.\n" + sql.read_text().replace("SELECT", "select"))
    _, events = measured(lilleby)
    counted = [event for event in events if isinstance(event, IndicatorCounted)]
    assert all(event.kept for event in counted)


def test_one_more_row_in_a_register_counts_what_reads_it(lilleby: Path) -> None:
    release_of(lilleby)
    data = lilleby / "data" / "street.csv"
    data.write_bytes(data.read_bytes() + f"{cpr(110)};01-12-2016\n".encode())
    result, events = measured(lilleby)
    assert [event.indicator for event in events if isinstance(event, IndicatorCounted)] == ["on_the_street"]
    assert result.release is not None
    assert [point["value"] for point in goals(result.release)["on_the_street"]["series"]] == [14, 19]


def test_a_missing_register_costs_only_the_indicators_that_need_it(lilleby: Path) -> None:
    (lilleby / "data" / "street.csv").unlink()
    result, events = measured(lilleby)
    assert result.release is not None
    found = goals(result.release)
    assert found["homes_assigned"]["latest"]["value"] == 20
    assert (found["on_the_street"]["latest"]["state"], found["on_the_street"]["latest"]["value"]) == (
        "not_collected",
        None,
    )
    assert [event.register for event in events if isinstance(event, RegisterDone) and not event.usable] == ["street"]
    why = result.release.indicator("on_the_street")
    assert why is not None
    assert "street" in why["not_counted"]["en"]
    assert [problem.code for problem in result.problems if problem.severity == "problem"] == ["register_unusable"]


def test_a_register_that_only_says_where_people_live_costs_the_breakdown_and_no_total(lilleby: Path) -> None:
    (lilleby / "data" / "residence.csv").unlink()
    result, _ = measured(lilleby)
    assert result.release is not None
    assert goals(result.release)["homes_assigned"]["latest"]["value"] == 20
    rows = csv.DictReader(result.release.read("internal/cells/homes_assigned.csv").decode().splitlines())
    found = {(row["period"], row["sex"]): row["value"] for row in rows if row["district"] == "total"}
    assert (found["2017", "total"], found["2017", "female"]) == ("20", "10")
    assert "north" not in result.release.read("internal/cells/homes_assigned.csv").decode()
    description = result.release.indicator("homes_assigned")
    assert description is not None
    assert description["not_broken_down_by"] == {"district": ["residence"]}
    (problem,) = [problem for problem in result.problems if problem.severity == "problem"]
    assert problem.mend.render("en") == "Until it can, nothing is broken down by: district."


def test_a_register_that_comes_later_is_counted_then(lilleby: Path) -> None:
    data = lilleby / "data" / "street.csv"
    content = data.read_bytes()
    data.unlink()
    release_of(lilleby)
    data.write_bytes(content)
    assert goals(release_of(lilleby))["on_the_street"]["latest"]["value"] == 19


class KilledError(Exception):
    """The run ends here."""


def test_a_killed_run_goes_on_where_it_stopped(lilleby: Path) -> None:
    def kill(event: Event) -> None:
        if isinstance(event, IndicatorMeasured) and event.indicator == "homes_kept":
            raise KilledError

    with pytest.raises(KilledError):
        pejl.open(lilleby).measure(listener=kill)
    assert not (lilleby / "releases" / "current.json").exists()
    result, events = measured(lilleby)
    counted = {event.indicator: event.kept for event in events if isinstance(event, IndicatorCounted)}
    assert counted == {"homes_assigned": True, "homes_kept": True, "on_the_street": False}
    assert result.release is not None
    assert goals(result.release)["homes_assigned"]["latest"]["value"] == 20


@pytest.mark.parametrize("lines", [1, 3, 5, 7])
def test_a_run_that_is_really_killed_leaves_nothing_half_done(lilleby: Path, lines: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "pejl", "measure", str(lilleby)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as run:
        assert run.stderr is not None
        for _ in range(lines):
            run.stderr.readline()
        run.kill()
    found = goals(release_of(lilleby))
    assert [found[name]["latest"]["value"] for name in ("homes_assigned", "homes_kept", "on_the_street")] == [
        20,
        70,
        19,
    ]


def test_two_runs_at_once_count_the_same(make_workspace: MakeWorkspace) -> None:
    folders = [make_workspace(FILES, name=name) for name in ("one", "other")]
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "pejl", verb, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for folder in folders
        for verb in ("measure", "check")
    ]
    for run in runs:
        run.communicate()
    assert [run.returncode for run in runs] == [0, 0, 0, 0]
    one, other = (cells(pejl.open(folder).release(), "internal", "homes_kept") for folder in folders)
    assert one == other


def test_what_is_kept_per_person_can_be_deleted(lilleby: Path, own_cache: Path) -> None:
    release_of(lilleby)
    assert list((own_cache / "persons").rglob("*.parquet"))
    assert pejl.open(lilleby).purge()
    assert not list((own_cache / "persons").rglob("*"))
    assert not pejl.open(lilleby).purge()


def test_a_run_beside_another_is_refused_and_harms_nothing(lilleby: Path) -> None:
    with locked(lilleby), pytest.raises(ReleaseError, match="another run"):
        pejl.open(lilleby).measure()
    assert goals(release_of(lilleby))["homes_kept"]["latest"]["value"] == 70.0


def test_steps_are_told_with_their_rows(lilleby: Path) -> None:
    _, events = measured(lilleby)
    steps = {event.step: event.rows for event in events if isinstance(event, StepDone)}
    assert steps["assigned"] == 38


def test_explain_says_what_was_read_and_run_and_how_many_rows_there_were(lilleby: Path) -> None:
    release_of(lilleby)
    counted = pejl.open(lilleby).explain("homes_kept")["counted"]
    assert {part["id"]: part["rows"] for part in counted["registers"]} == {"homes": 38, "persons": 45, "residence": 45}
    assert [(part["name"], part["reads"]) for part in counted["graph"]] == [
        ("assigned", ["homes"]),
        ("homes_kept", ["assigned"]),
    ]
    assert all(step["sql"] for step in counted["steps"])


def test_rows_that_break_the_contract_of_an_indicator_cost_that_one(make_workspace: MakeWorkspace) -> None:
    more_than_all = "SELECT person, event_date, 2 AS numerator, 1 AS denominator FROM assigned\n"
    root = make_workspace({**FILES, "indicators/homes_kept.sql": more_than_all})
    release = release_of(root)
    found = goals(release)
    assert found["homes_kept"]["latest"]["state"] == "not_collected"
    assert found["homes_assigned"]["latest"]["value"] == 20
    description = release.indicator("homes_kept")
    assert description is not None
    assert description["not_counted"]["en"]


def test_what_is_counted_elsewhere_is_carried_home_as_figures(make_workspace: MakeWorkspace) -> None:
    elsewhere = {
        **FILES,
        "pejl.toml": str(FILES["pejl.toml"]) + 'place = "linked_registers"\n',
        "indicators/homes_assigned.yaml": indicator("homes_assigned", "persons", "linked_registers"),
        "indicators/on_the_street.yaml": indicator("on_the_street", "persons", "linked_registers"),
    }
    away = make_workspace(elsewhere, name="away")
    there = release_of(away)
    home = make_workspace(
        {
            **elsewhere,
            "pejl.toml": FILES["pejl.toml"],
            "figures/carried_home.csv": figures_to_carry(there),
            "data/street.csv": None,
        }
    )
    assert not [problem for problem in pejl.open(home).check().problems if problem.severity == "problem"]
    here = release_of(home)
    assert goals(there)["homes_kept"]["latest"]["value"] is None
    for name, value in (("homes_assigned", 20), ("homes_kept", 70.0), ("on_the_street", 19)):
        assert goals(here)[name]["latest"]["value"] == value
    inside = cells(here, "internal", "on_the_street")
    assert inside["2016", "south", "total"]["state"] == "withheld"
    assert inside["2017", "south", "total"]["value"] == "7"


def test_check_counts_the_rows_that_break_a_rule_and_shows_none(lilleby: Path) -> None:
    data = lilleby / "data" / "homes.csv"
    data.write_bytes(data.read_bytes() + f"{cpr(110)};31-02-2017;ja\n".encode())
    problems = pejl.open(lilleby).check().problems
    assert [problem.location.file for problem in problems] == ["registers/homes.yaml"] * len(problems)
    assert "register_unusable" in [problem.code for problem in problems]
    assert "31-02" not in json.dumps([problem.as_dict("en") for problem in problems])


def test_an_unfinished_release_leaves_the_cache_alone(lilleby: Path) -> None:
    release_of(lilleby)
    with ReleaseWriter(lilleby, "2017-r9"):
        pass
    _, events = measured(lilleby)
    assert not [event for event in events if isinstance(event, IndicatorDone)]
