"""Which releases are made, of what, and when none is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import pejl
from pejl.pipeline.code import code_hash
from pejl.release.reader import current_release
from pejl.workspace.loading import FileChangedError, read_table


def test_a_year_measured_before_is_pointed_at_again(city: Path) -> None:
    opened = pejl.open(city)
    for year, release_id, new in ((2017, "2017-r1", True), (2024, "2024-r1", True), (2017, "2017-r1", False)):
        result = opened.measure(year=year)
        assert result.release is not None
        assert (result.release.id, result.new) == (release_id, new)
        assert opened.release().id == release_id
    log = [json.loads(line) for line in (city / "releases" / "log.jsonl").read_text().splitlines()]
    assert [(entry["release"], entry["event"]) for entry in log] == [
        ("2017-r1", "made"),
        ("2024-r1", "made"),
        ("2017-r1", "current"),
    ]


def test_figures_known_only_by_their_breakdown_count_for_the_latest_year(city: Path) -> None:
    file = city / "figures" / "published.csv"
    row = "satisfied_cooperation,2026,provider (udfører),76,percent,measured,7282,social administration,made up,\n"
    file.write_text(file.read_text() + row)
    release = pejl.open(city).measure().release
    assert release is not None
    assert release.id == "2026-r1"
    assert b",2026,social_administration,provider,76," in release.read("public/cells/satisfied_cooperation.csv")


def test_a_release_tells_what_it_was_made_of(city: Path) -> None:
    release = pejl.open(city).measure().release
    assert release is not None
    manifest = release.manifest
    files = {path.relative_to(city).as_posix() for path in city.rglob("*") if path.is_file()}
    read = {name for name in files if name.endswith((".yaml", ".csv", ".toml")) and not name.startswith("releases/")}
    assert set(manifest["inputs"]) == read
    assert manifest["software"]["code"] == code_hash()
    assert set(manifest["software"]) == {"pejl", "code", "python", "numpy", "scipy", "pydantic"}
    written = {path.relative_to(release.folder).as_posix() for path in release.folder.rglob("*") if path.is_file()}
    assert set(manifest["files"]) == written - {"manifest.json"}


def test_a_file_changed_while_the_run_goes_on_makes_no_release(city: Path) -> None:
    opened = pejl.open(city)
    opened.measure()
    source = next(item for item in opened.declared().figures if item.file == "figures/published.csv")
    assert source.table is None  # only the summary is known: the file was not read again
    file = city / "figures" / "published.csv"
    file.write_text(file.read_text().replace("1482", "1483"))
    with pytest.raises(FileChangedError, match="was changed during the run"):
        read_table(opened.declared(), source)


def overdue(city: Path) -> None:
    """Let the committee of a strategy in force be late with a number."""
    file = city / "strategy" / "late.yaml"
    file.write_text(
        """
id: late
title: {da: Sen plan, en: Late plan}
status: adopted
valid: {from: 2020-01-01, to: 2030-12-31}
adopted_on: 2020-01-01
committee: {da: Udvalget, en: The committee}
sources: [{title: {da: Papiret, en: The paper}}]
sub_goals:
  - id: late_homeless
    title: {da: Færre i hjemløshed, en: Fewer in homelessness}
    indicator: homeless
    scope: city
    direction: decrease
    targets: [{kind: not_set, standing: adopted, to_be_set_by: 2021-05-01, owed_by: {da: Udvalget, en: The committee}}]
"""
    )


def test_a_number_that_is_late_is_said_but_stops_neither_status_nor_the_sheet_that_helps_to_set_it(
    city: Path,
) -> None:
    overdue(city)
    opened = pejl.open(city)
    checked = opened.check(date(2022, 1, 1))
    assert not checked.ok
    assert checked.workable
    assert opened.check(date(2021, 1, 1)).ok
    opened.measure(as_of=date(2022, 1, 1))
    goal = next(goal for goal in opened.status("late")["goals"] if goal["id"] == "late_homeless")
    assert goal["target_status"] == "not_set"
    assert goal["target"]["due"] == "2021-05-01"
    row = next(row for row in opened.targets("late", {"late_homeless": 1000}) if row["id"] == "late_homeless")
    assert row["owed"] == ["number"]
    assert row["owed_by"] == {"da": "Udvalget", "en": "The committee"}
    assert row["meaning"]["visible"] is True


def test_a_workspace_without_figures_is_measured_for_the_year_asked_about(city: Path) -> None:
    for figures in (city / "figures").iterdir():
        figures.write_text(figures.read_text().splitlines()[0] + "\n")
    for declared in (*(city / "indicators").iterdir(), *(city / "strategy").iterdir()):
        declared.unlink()
    settings = city / "pejl.toml"
    settings.write_text(settings.read_text().replace('population = "population"\n', ""))
    result = pejl.open(city).measure(as_of=date(2019, 3, 1))
    assert result.release is not None
    assert result.release.id == "2019-r1"
    release = current_release(city)
    assert release is not None
    assert release.status["goals"] == []
