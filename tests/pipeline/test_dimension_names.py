"""A dimension may be called like a column of measurements: `unit`, as units of an administration are."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import pytest
from tests.conftest import MakeWorkspace
from tests.pipeline.counted import FILES, indicator

import pejl
from pejl.pipeline.auditing import audit, withdraw
from pejl.publish.carrying import NothingToCarryError, figures_to_carry
from pejl.release import Release
from pejl.release.ledger import read_ledger
from pejl.release.public import PublicRelease

WORDS = str(FILES["vocabulary/words.yaml"])
PERSONS = str(FILES["registers/persons.yaml"])
NORTH, WOMEN = (("district", "north"),), (("unit", "female"),)


def named(sex: str, district: str = "district") -> dict[str, str | bytes | None]:
    """The small municipality with other names for its two dimensions."""
    words = WORDS.replace("- id: sex", f"- id: {sex}").replace("- id: district", f"- id: {district}")
    residence = str(FILES["registers/residence.yaml"])
    return {
        **FILES,
        "vocabulary/words.yaml": words.replace("[district, sex]", f"[{district}, {sex}]"),
        "registers/persons.yaml": PERSONS.replace("dimension: sex", f"dimension: {sex}"),
        "registers/residence.yaml": residence.replace("dimension: district", f"dimension: {district}"),
    }


def made(folder: object) -> Release:
    assert isinstance(folder, pejl.OpenWorkspace)
    release = folder.measure().release
    assert release is not None
    return release


def shown(release: Release, indicator: str = "homes_assigned") -> Mapping[tuple[str, object], float | None]:
    cells = PublicRelease(release.folder / "public", release.id).cells(indicator)
    return {(cell.period, cell.dimensions): cell.value for cell in cells}


def test_what_is_taken_over_from_the_last_release_is_the_same(make_workspace: MakeWorkspace) -> None:
    city = make_workspace(named("unit"))
    first = made(pejl.open(city))
    assert shown(first)["2017", ()] == 20
    assert shown(first)["2017", NORTH] == 14
    assert shown(first)["2017", WOMEN] == 10, "every second of 14 and of 6"
    street = city / "data" / "street.csv"
    street.write_bytes(street.read_bytes() + street.read_bytes().splitlines(keepends=True)[-1].replace(b"10", b"11", 1))
    second = made(pejl.open(city))
    assert second.id != first.id
    assert shown(second) == shown(first)
    ledger = read_ledger(city).ledger
    for edition in ledger.editions:
        rows = edition.tables["homes_assigned", "1", "2017", "city"].rows
        assert [numbers.numerator for cell in ((), NORTH, WOMEN) if (numbers := rows[cell]) is not None] == [20, 14, 10]
    assert audit(city, second.id).report.proved


def test_a_cell_is_taken_back_and_nothing_else_of_the_file_changes(make_workspace: MakeWorkspace) -> None:
    city = make_workspace(named("unit"))
    release = made(pejl.open(city))
    path = release.folder / "public" / "cells" / "homes_assigned.csv"
    before = list(csv.reader(io.StringIO(path.read_text())))
    withdraw(city, release.id, ["homes_assigned:2017:unit=female"], by="Direktionen")
    after = list(csv.reader(io.StringIO(path.read_text())))
    (changed,) = [at for at, row in enumerate(before) if row != after[at]]
    assert before[changed][:6] == ["homes_assigned", "1", "2017", "city", "total", "female"]
    assert after[changed][:6] == before[changed][:6]
    gone = dict(zip(after[0][6:], after[changed][6:], strict=True))
    assert (gone["value"], gone["state"], gone["unit"]) == ("", "withheld", "persons")


def test_it_is_carried_home_in_the_column_for_breakdowns(make_workspace: MakeWorkspace) -> None:
    told = indicator("homes_assigned", "persons", "linked_registers")
    elsewhere = {
        **named("unit"),
        "indicators/homes_assigned.yaml": told + "breakdown: unit\n",
        "indicators/on_the_street.yaml": None,
        "indicators/on_the_street.sql": None,
        "indicators/homes_kept.yaml": None,
        "indicators/homes_kept.sql": None,
        "strategy/plan.yaml": str(FILES["strategy/plan.yaml"]).partition("      - id: goal_homes_kept")[0],
    }
    place = 'place = "linked_registers"\n'
    there = made(pejl.open(make_workspace({**elsewhere, "pejl.toml": str(FILES["pejl.toml"]) + place}, name="away")))
    home = make_workspace({**elsewhere, "figures/carried_home.csv": figures_to_carry(there)})
    assert [each for each in pejl.open(home).check().problems if each.severity == "problem"] == []
    assert shown(made(pejl.open(home))) == shown(there)


def test_two_such_dimensions_cannot_be_carried(make_workspace: MakeWorkspace) -> None:
    release = made(pejl.open(make_workspace(named("unit", "note"))))
    with pytest.raises(NothingToCarryError) as error:
        figures_to_carry(release)
    assert str(error.value) == (
        "'homes_assigned' is broken down by note, unit, which are names of columns in figures; rename all but one"
    )
