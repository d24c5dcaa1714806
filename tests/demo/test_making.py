"""The demonstration as a whole: made, measured twice, carried home, labelled, and whole or not there."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

import pejl
from pejl.cli.commands import cli
from pejl.demo import making
from pejl.demo.generator import ASKED
from pejl.demo.making import CARRIED, LINKED, DemoRefusedError, ask_people, measure_linked, measure_own, write_demo
from pejl.release import Release
from pejl.surveys.sampling import read_sample, sample_folder

PERSONS = 1000


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "town"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PEJL_CACHE", str(folder.parent / "cache"))
        patch.setenv("XDG_DATA_HOME", str(folder.parent / "data-home"))
        write_demo(folder, PERSONS, seed=1)
        measure_linked(folder)
        measure_own(folder)
    return folder


def release_of(folder: Path) -> Release:
    return pejl.open(folder).release()


def figures(indicator: dict[str, Any]) -> list[tuple[str, float | None, str]]:
    """Period, value and state of each total; a figure is carried with at most twelve decimals."""
    due = (point for point in indicator["totals"] if point["state"] != "not_due")
    return [
        (point["period"], None if point["value"] is None else round(point["value"], 6), point["state"]) for point in due
    ]


def test_every_indicator_has_a_goal_and_every_variant_too(demo: Path) -> None:
    judged = {goal["indicator"] for goal in release_of(demo).status["goals"]}
    declared = set(release_of(demo).manifest["indicators"]) - {"population"}  # what rates are computed with
    assert declared <= judged


def test_what_the_municipality_may_not_count_is_carried_home(demo: Path) -> None:
    away, home = release_of(demo / LINKED), release_of(demo)
    carried = {row["series"] for row in csv.DictReader((demo / CARRIED).read_text().splitlines())}
    assert carried == {
        "employment_or_education",
        "grade9_passed_a",
        "grade9_passed_b",
        "poverty_long_term",
        "poverty_sdg",
        "youth_crime_serious",
        "youth_education_18_21",
        "youth_education_six_years",
    }
    for name in carried:
        there, here = away.indicator(name), home.indicator(name)
        assert there is not None
        assert here is not None
        assert not here["counted_here"]
        assert figures(here) == figures(there)


def test_a_release_in_which_nothing_changed_shows_the_same(demo: Path, tmp_path: Path) -> None:
    first = release_of(demo)
    again = tmp_path / "again"
    shutil.copytree(demo, again)
    words = again / "vocabulary" / "units_of_organisation.yaml"
    words.write_text(f"# Looked through once more.\n{words.read_text(encoding='utf-8')}", encoding="utf-8")
    second = pejl.open(again).measure()
    assert second.release is not None
    assert second.release.id != first.id
    assert second.release.manifest["indicators"] == first.manifest["indicators"], "all of it is taken over"
    shown = [name for name in first.manifest["files"] if name.startswith("public/") and name != "public/status.json"]
    assert [name for name in shown if second.release.read(name) != first.read(name)] == []
    told = {**first.status, "release": second.release.id}
    assert second.release.status == told


def test_the_municipality_holds_no_national_register(demo: Path) -> None:
    held = {path.stem for path in (demo / "data").iterdir()}
    assert held.isdisjoint({"income", "charges", "grade9", "youth_education", "labour"})


def test_neither_workspace_has_anything_to_mend(demo: Path) -> None:
    assert pejl.open(demo).check(data=False).problems == ()
    assert pejl.open(demo / LINKED).check(data=False).problems == ()


def test_no_number_of_a_person_is_in_any_file_of_the_releases(demo: Path) -> None:
    people = duckdb.read_parquet(str(demo / "data" / "persons.parquet")).fetchall()
    numbers = {value.replace("-", "") for row in people for value in row if re.fullmatch(r"\d{6}-\d{4}", str(value))}
    assert len(numbers) > PERSONS
    for path in (*(demo / "releases").rglob("*"), demo / CARRIED):
        if path.is_file():
            found = re.findall(rb"(?<![\d.])\d{6}-?\d{4}(?!\d)", path.read_bytes())
            assert numbers.isdisjoint(number.decode().replace("-", "") for number in found), path


def test_people_are_asked_before_anything_is_measured(demo: Path) -> None:
    declared = pejl.open(demo).declared()
    samples = {
        (survey.id, wave.period.text): sample_folder(demo, survey.id, wave.period.text)
        for survey in declared.surveys
        for wave in survey.waves
    }
    drawn = {place: read_sample(folder).rows for place, folder in samples.items() if folder.exists()}
    assert {"citizens", "staff"} == {survey for survey, _ in drawn}
    tokens = {token.encode() for rows in drawn.values() for token in rows["token"]}
    assert len(tokens) > 20
    for path in (demo / "releases").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(token in content for token in tokens), path
    asked = {name: release_of(demo).indicator(name) for name in ASKED}
    assert all(found is not None and found["asked"]["version"] for found in asked.values())
    assert not (demo / LINKED / "data" / "samples").exists()


def test_a_sample_that_is_drawn_stands_and_its_answers_too(demo: Path) -> None:
    answers = {path: path.read_bytes() for path in (demo / "data" / "answers").iterdir()}
    assert answers
    ask_people(demo)
    assert {path: path.read_bytes() for path in (demo / "data" / "answers").iterdir()} == answers


def test_every_file_that_readers_see_says_that_it_is_invented(demo: Path) -> None:
    release = release_of(demo)
    assert release.workspace["synthetic"] is True
    assert "Syntetiske data" in release.workspace["notice"]["da"]
    for name in release.manifest["files"]:
        if name.startswith("public/cells/"):
            rows = csv.DictReader(release.read(name).decode().splitlines())
            assert all(row["data"] == "synthetic" for row in rows), name
    for readme in (demo / "README.md", demo / LINKED / "README.md"):
        assert "opfundet af et program" in readme.read_text()
    shown = CliRunner().invoke(cli, ["status", str(demo), "--lang", "en"]).output
    assert "Synthetic data" in shown


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(DemoRefusedError, match="holds something already"):
        write_demo(tmp_path, PERSONS)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("persons", [0, 499, 2_000_001])
def test_too_few_or_too_many_persons_are_refused(tmp_path: Path, persons: int) -> None:
    with pytest.raises(DemoRefusedError, match="too few or too many"):
        write_demo(tmp_path / "town", persons)


def test_a_demonstration_cut_short_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "_write_declarations", cut)
    with pytest.raises(KeyboardInterrupt):
        write_demo(tmp_path / "town", PERSONS)
    assert list(tmp_path.iterdir()) == []


def test_the_same_seed_makes_the_same_figures(demo: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    write_demo(again, PERSONS, seed=1)
    measure_linked(again)
    assert (again / CARRIED).read_bytes() == (demo / CARRIED).read_bytes()


def test_units_follow_the_number_of_persons(demo: Path) -> None:
    codes = pejl.open(demo).declared().dimensions["unit"].codes
    assert [code.code for code in codes] == ["u001", "u002", "u003", "u004", "u005"]
