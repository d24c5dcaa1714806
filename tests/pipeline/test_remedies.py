"""What a release does where too much of an indicator would be withheld: wider categories, or rounded numbers."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.conftest import MakeWorkspace
from tests.pipeline.counted import FILES

import pejl
from pejl.pipeline import IndicatorDone
from pejl.pipeline.auditing import audit
from pejl.release import Release

WORDS = str(FILES["vocabulary/words.yaml"])
MERGES = """\
    merges:
      - id: all_districts
        title: {da: Hele byen, en: The whole town}
        codes:
          - {code: everywhere, label: {da: Overalt, en: Everywhere}, of: [north, south]}
    standing:
      relation: residence
"""
SETTINGS = str(FILES["pejl.toml"])
COARSE = FILES | {
    "vocabulary/words.yaml": WORDS.replace("    standing:\n      relation: residence\n", MERGES),
    "pejl.toml": SETTINGS + "[disclosure]\nmost_lost = 0\n",
}
ROUND = FILES | {"pejl.toml": SETTINGS + "[disclosure]\nmost_lost = 0\nrounding = true\n"}
ASSIGNED = "indicators/homes_assigned.yaml"


def release_of(folder: Path) -> Release:
    release = pejl.open(folder).measure().release
    assert release is not None
    return release


def rows(release: Release, name: str, period: str) -> dict[tuple[str, str], dict[str, str]]:
    found = csv.DictReader(release.read(f"public/cells/{name}.csv").decode().splitlines())
    return {(row["district"], row["sex"]): row for row in found if row["period"] == period}


def test_codes_are_merged_in_breakdowns_by_two_and_nothing_of_them_is_withheld(make_workspace: MakeWorkspace) -> None:
    release = release_of(make_workspace(COARSE))
    plain = release_of(make_workspace(FILES, name="plain"))
    # 2016, homes assigned: in the south 3 women and 3 men, in the north 6 and 6.
    before, now = rows(plain, "homes_assigned", "2016"), rows(release, "homes_assigned", "2016")
    assert {cell for cell, row in before.items() if row["state"] == "withheld"} == {
        (district, sex) for district in ("north", "south") for sex in ("female", "male")
    }
    assert {cell for cell, row in now.items() if row["state"] == "withheld"} == set()
    assert (now["everywhere", "female"]["value"], now["everywhere", "male"]["value"]) == ("9", "9")
    assert ("north", "female") not in now
    assert now["north", "total"]["value"] == "12"
    codes = json.loads(release.read("public/workspace.json"))["dimensions"]["district"]["codes"]
    assert [each["label"]["en"] for each in codes if each["code"] == "everywhere"] == ["Everywhere"]
    assert audit(release.folder.parents[1]).report.proved


def test_the_audit_says_what_was_done_and_what_it_saves(make_workspace: MakeWorkspace) -> None:
    release = release_of(make_workspace(COARSE))
    told = {each["indicator"]: each for each in json.loads(release.read("public/audit.json"))["remedies"]}
    assert told["homes_assigned"]["kind"] == "merged"
    assert told["homes_assigned"]["merges"] == {"district": {"everywhere": ["north", "south"]}}
    assert told["homes_assigned"]["withheld_percent"] == 0
    assert told["homes_assigned"]["withheld_before_percent"] > 0
    ways = list(csv.DictReader(release.read("internal/remedies.csv").decode().splitlines()))
    assert {row["way"] for row in ways} == {"none", "merged (district: everywhere)"}


def test_what_was_merged_once_stays_merged_and_is_taken_over(make_workspace: MakeWorkspace) -> None:
    folder = make_workspace(COARSE)
    first = release_of(folder)
    path = folder / "indicators/on_the_street.yaml"
    path.write_text(path.read_text().replace("definition: {da: Regel", "definition: {da: Anden regel"))
    done: list[IndicatorDone] = []
    second = pejl.open(folder).measure(
        listener=lambda event: done.append(event) if isinstance(event, IndicatorDone) else None
    )
    assert second.release is not None
    assert second.release.id != first.id
    assert {event.indicator: event.reused for event in done} == {
        "homes_assigned": True,
        "homes_kept": True,
        "on_the_street": False,
    }
    assert rows(second.release, "homes_assigned", "2016") == rows(first, "homes_assigned", "2016")
    assert audit(folder).report.proved


def test_a_table_that_was_published_at_finer_codes_keeps_them(make_workspace: MakeWorkspace) -> None:
    """Who has the finer rows would find the withheld ones by subtracting them from the wider."""
    folder = make_workspace(FILES)
    first = release_of(folder)
    for name in ("vocabulary/words.yaml", "pejl.toml"):
        (folder / name).write_text(str(COARSE[name]), encoding="utf-8")
    second = release_of(folder)
    assert second.id != first.id
    assert rows(second, "homes_assigned", "2016").keys() == rows(first, "homes_assigned", "2016").keys()
    assert audit(folder).report.proved


def test_rounded_figures_say_so_and_totals_are_as_they_are(make_workspace: MakeWorkspace) -> None:
    folder = make_workspace(ROUND)
    release = release_of(folder)
    now = rows(release, "homes_assigned", "2016")
    assert {row["state"] for row in now.values()} == {"measured"}
    total = now.pop(("total", "total"))
    assert (total["value"], total["rounded"], total["rounded_within"]) == ("18", "", "")
    assert {row["rounded"] for row in now.values()} == {"5"}
    assert {row["low"] for row in now.values()} == {""}
    true = {("north", "total"): 12, ("south", "total"): 6, ("south", "female"): 3, ("north", "male"): 6}
    for cell, number in true.items():
        told = now[cell]
        assert float(told["value"]) % 5 == 0
        assert abs(float(told["value"]) - number) <= float(told["rounded_within"])
    assert audit(folder).report.proved
    again = folder / "indicators/on_the_street.yaml"
    again.write_text(again.read_text().replace("definition: {da: Regel", "definition: {da: Anden regel"))
    second = release_of(folder)
    assert second.id != release.id
    assert rows(second, "homes_assigned", "2016") == rows(release, "homes_assigned", "2016")
    assert audit(folder).report.proved


def test_a_rounded_share_is_near_the_true_one_and_where_nobody_is_left_it_is_withheld(
    make_workspace: MakeWorkspace,
) -> None:
    now = rows(release_of(make_workspace(ROUND)), "homes_kept", "2016")
    # Out of 12 in the north and 6 in the south, 6 and 3 kept their home; half are women. Nobody's place is unknown.
    for cell, (kept, of) in {
        ("north", "total"): (6, 12),
        ("south", "total"): (3, 6),
        ("total", "male"): (4, 9),
    }.items():
        row = now[cell]
        assert (row["state"], row["rounded"], row["rounded_within"]) == ("measured", "5", "5")
        assert abs(float(row["numerator"]) - kept) < 5
        assert abs(float(row["denominator"]) - of) < 5
    assert now["unknown", "total"]["state"] == "withheld"
    assert (now["unknown", "total"]["value"], now["unknown", "total"]["denominator"]) == ("", "0")


@pytest.mark.parametrize(
    ("merged", "what"),
    [
        ("{code: south, label: {da: S, en: S}, of: [north, south]}", "stands in the dimension already"),
        (
            "{code: a, label: {da: A, en: A}, of: [north, south]}\n"
            "          - {code: b, label: {da: B, en: B}, of: [south, unknown]}",
            "is in two merged codes of 'all_districts'",
        ),
        ("{code: a, label: {da: A, en: A}, of: [north, west]}", "west"),
    ],
)
def test_merged_codes_that_cannot_be_are_said_with_their_place(
    make_workspace: MakeWorkspace, merged: str, what: str
) -> None:
    merge = "{code: everywhere, label: {da: Overalt, en: Everywhere}, of: [north, south]}"
    words = str(COARSE["vocabulary/words.yaml"])
    assert merge in words
    found = pejl.open(make_workspace(COARSE | {"vocabulary/words.yaml": words.replace(merge, merged)})).check()
    (problem, *_) = [each for each in found.problems if what in each.what.render("en")]
    assert problem.location.file == "vocabulary/words.yaml"
    assert problem.location.line is not None


FIGURE = """\
id: {name}
title: {{da: Statistikbankens tal, en: The figure of the statistical office}}
unit: persons
scope: city
dimensions: [district]
published_by: {{da: Statistikkontoret, en: The statistical office}}
versions:
  - version: "1"
    definition: {{da: Optalt, en: Counted}}
"""
FIGURES = (
    "series,period,district,value,unit,state,scope,source\n"
    "street_statistics,2016,north,{number},persons,measured,city,the statistical office\n"
)
SAME = "relations:\n  - {kind: same_count, indicator: street_statistics}\npublished_by:"
STREET = "indicators/on_the_street.yaml"


def test_a_number_that_others_published_is_not_hidden_by_withholding_it(make_workspace: MakeWorkspace) -> None:
    """2016: ten in the north, as others published too, and three in the south."""
    more = {
        "indicators/street_statistics.yaml": FIGURE.format(name="street_statistics"),
        "figures/figures.csv": FIGURES.format(number=10),
        STREET: str(FILES[STREET]).replace("published_by:", SAME),
    }
    folder = make_workspace(FILES | more)
    release = release_of(folder)
    seen = rows(release, "on_the_street", "2016")
    # With the ten known to all, the total would give the three away, and so would women and men together.
    assert seen["north", "total"]["state"] == "measured"
    assert seen["total", "total"]["state"] == seen["south", "total"]["state"] == "withheld"
    assert "withheld" in {seen["total", "female"]["state"], seen["total", "male"]["state"]}
    assert audit(folder).report.proved


def test_a_figure_that_others_published_otherwise_is_said(make_workspace: MakeWorkspace) -> None:
    more = {
        "indicators/street_statistics.yaml": FIGURE.format(name="street_statistics"),
        "figures/figures.csv": FIGURES.format(number=11),
        STREET: str(FILES[STREET]).replace("published_by:", SAME),
    }
    found = pejl.open(make_workspace(FILES | more)).measure()
    assert [each.code for each in found.noted] == ["relation_broken"]
    assert found.release is not None
    assert rows(found.release, "on_the_street", "2016")["total", "total"]["state"] == "measured"
