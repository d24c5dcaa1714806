"""Means broken down: two persons who make most of a sum are hidden, and nothing tells of them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.conftest import MakeWorkspace
from tests.pipeline.counted import FILES, NORTH, SOUTH, cpr, indicator

import pejl
from pejl.pipeline.auditing import audit
from pejl.release import Release

COUNTING = indicator("homes_kept", "days")
WORDS = str(FILES["vocabulary/words.yaml"]).replace(
    "scopes:\n", "  - id: days\n    label: {da: dage, en: days}\n    kind: mean\nscopes:\n", 1
)
SQL = "SELECT person, event_date, CASE WHEN kept THEN 100 ELSE 1 END AS numerator, 1 AS denominator FROM assigned\n"


def homes(kept_in_the_south: int) -> bytes:
    """In 2016 twelve in the north, six of whom have 100 days and the others 1; in the south six."""
    rows = ["cpr;dag;beholdt"]
    for people, kept in ((NORTH[:12], 6), (SOUTH[:6], kept_in_the_south)):
        rows += [f"{cpr(each)};15-03-2016;{'ja' if place < kept else 'nej'}" for place, each in enumerate(people)]
    return "\n".join([*rows, ""]).encode("latin-1")


def files(kept_in_the_south: int, **more: str) -> dict[str, str | bytes | None]:
    return FILES | {
        "vocabulary/words.yaml": WORDS,
        "indicators/homes_kept.yaml": COUNTING,
        "indicators/homes_kept.sql": SQL,
        "data/homes.csv": homes(kept_in_the_south),
        **more,
    }


def measured(folder: Path) -> Release:
    release = pejl.open(folder).measure().release
    assert release is not None
    return release


def rows(release: Release, where: str) -> dict[tuple[str, str], dict[str, str]]:
    found = csv.DictReader(release.read(f"{where}/cells/homes_kept.csv").decode().splitlines())
    return {(row["district"], row["sex"]): row for row in found if row["period"] == "2016"}


@pytest.fixture
def dominated(make_workspace: MakeWorkspace) -> Release:
    """One of the six in the south has 100 of their 105 days."""
    return measured(make_workspace(files(1)))


def test_the_house_knows_the_two_largest_contributions_and_readers_do_not(dominated: Release) -> None:
    inside = rows(dominated, "internal")
    largest = {cell: (row["numerator"], row["largest_1"], row["largest_2"]) for cell, row in inside.items()}
    assert largest["total", "total"] == ("711", "100", "100")
    assert largest["north", "total"] == ("606", "100", "100")
    assert largest["south", "total"] == ("105", "100", "1")
    assert largest["unknown", "total"] == ("0", "0", "0")
    assert b"largest" not in dominated.read("public/cells/homes_kept.csv")
    assert b"largest" not in dominated.read("public/indicators/homes_kept.json")


def test_a_row_with_a_dominant_contribution_is_withheld_with_another(dominated: Release) -> None:
    seen = rows(dominated, "public")
    assert {cell: row["state"] for cell, row in seen.items() if "total" in cell} == {
        ("total", "total"): "measured",
        ("north", "total"): "withheld",
        ("south", "total"): "withheld",
        ("unknown", "total"): "no_data",
        ("total", "female"): "measured",
        ("total", "male"): "measured",
        ("total", "unknown"): "no_data",
    }
    assert audit(dominated.folder.parents[1]).report.proved


def test_where_nobody_dominates_the_rows_are_shown_without_an_interval(make_workspace: MakeWorkspace) -> None:
    seen = rows(measured(make_workspace(files(3))), "public")
    south = seen["south", "total"]
    assert (south["value"], south["numerator"], south["denominator"], south["n"]) == ("50.5", "303", "6", "6")
    # An interval would tell the sum of squares, and with it who is the largest of a few.
    assert (south["low"], south["high"], south["se"], south["basis"]) == ("", "", "", "")
    assert seen["total", "total"]["low"] != ""


def test_amounts_below_zero_stay_at_totals(make_workspace: MakeWorkspace) -> None:
    below = SQL.replace("ELSE 1", "ELSE -1")
    release = measured(make_workspace(files(3, **{"indicators/homes_kept.sql": below})))
    assert set(rows(release, "public")) == {("total", "total")}
    assert {row["largest_1"] for row in rows(release, "internal").values() if row["n"] not in ("", "0")} == {""}
