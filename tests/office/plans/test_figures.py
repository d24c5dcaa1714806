"""A unit's own figures: read from the internal cells, and never a number of a few."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import Settings
from tests.conftest import MakeWorkspace
from tests.office.conftest import AsRole
from tests.office.plans.making import MORNINGS, adopted

import pejl
from pejl.measure.measurement import Measurement
from pejl.measure.records import to_csv
from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.roles import Role
from pejl.office.plans import figures
from pejl.office.plans.figures import Told, told
from pejl.release import Release, ReleaseError, ReleaseWriter, current_release, locked, next_release_id
from pejl.release.public import PublicCell
from pejl.site.views import live
from pejl.workspace.period import Period
from pejl.workspace.states import State

CELLS = (
    ("2013", (), 200),
    ("2017", (), 150),
    ("2013", (("unit", "havnehuset"),), 31),
    ("2015", (("unit", "havnehuset"),), 27),
    ("2017", (("unit", "havnehuset"),), 3),
    ("2017", (("unit", "lindegaarden"),), 12),
    ("2017", (("district", "north"), ("unit", "lindegaarden")), 9),
)
"""Period, dimensions and number of the only indicator, as they stand inside."""


@pytest.fixture
def town(make_workspace: MakeWorkspace, settings: Settings) -> Release:
    """The small town, whose one indicator is also counted by unit."""
    root = make_workspace()
    assert pejl.open(root).measure(year=2017, as_of=date(2018, 5, 1)).release is not None
    before = current_release(root)
    assert before is not None
    counted = "internal/cells/homeless.csv"
    with locked(root), ReleaseWriter(root, next_release_id(root, 2017)) as writer:
        for name in before.manifest["files"]:
            if name != counted:
                writer.take_over(before, name)
        writer.add(counted, to_csv([measured(*each) for each in CELLS], ["district", "unit"]))
        kept = {name: before.manifest[name] for name in ("indicators", "year")}
        made = writer.finish(kept)
    settings.PEJL_WORKSPACE = str(root)
    live.cache_clear()
    return made


def measured(period: str, dimensions: tuple[tuple[str, str], ...], value: int) -> Measurement:
    return Measurement(
        indicator="homeless",
        version="1",
        period=Period.parse(period),
        dimensions=dimensions,
        scope="city",
        unit="persons",
        state=State.MEASURED,
        method="register",
        value=value,
        n=value,
    )


def test_a_unit_has_its_latest_two_figures_and_no_number_under_five(town: Release) -> None:
    assert figures.figures_of("havnehuset", "da") == {
        "homeless": (Told("2017", None, instead="under 5"), Told("2015", "27")),
    }
    assert figures.figures_of("lindegaarden", "en") == {"homeless": (Told("2017", "12"),)}
    assert figures.figures_of("mosevej", "da") == {}


def test_only_indicators_that_are_known_by_unit_are_read(town: Release) -> None:
    assert figures.internal_indicators(town) == ("homeless",)


def test_cells_that_were_changed_are_not_shown(town: Release) -> None:
    file = town.folder / "internal" / "cells" / "homeless.csv"
    file.chmod(0o600)
    file.write_bytes(file.read_bytes().replace(b",27,", b",72,"))
    with pytest.raises(ReleaseError, match="damaged"):
        figures.figures_of("havnehuset", "da")


def cell(value: float | None, n: float | None, numerator: float | None, denominator: float | None) -> PublicCell:
    return PublicCell(
        "i", "1", "2017", "city", (("unit", "u"),), value, 10.0, 30.0, n, numerator, denominator,
        "measured", "percent", "register", None, None, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value", "n", "numerator", "denominator", "shown"),
    [
        ("share", 50.0, 10, 5, 10, True),
        ("share", 40.0, 10, 4, 10, False),  # fewer than five with the trait
        ("share", 60.0, 10, 6, 10, False),  # fewer than five without it
        ("share", 50.0, 4, 2, 4, False),
        ("share", 0.0, 10, 0, 10, True),
        ("share", 100.0, 10, 10, 10, True),
        ("mean", 3.5, 4, None, None, False),
        ("mean", 3.5, 5, None, None, True),
        ("ratio", 12.0, 6, 2, 5.5, True),  # days are no persons
        ("ratio", 12.0, 6, 2, 4.5, False),
        ("count", 4.0, 4, None, None, False),
        ("count", 5.0, 5, None, None, True),
        ("count", 0.0, 0, None, None, True),
        ("transition", 1.0, 1, None, None, False),
    ],
)
def test_a_number_of_a_few_is_never_told(
    kind: str, value: float, n: float, numerator: float | None, denominator: float | None, shown: bool
) -> None:
    found = told(cell(value, n, numerator, denominator), kind, 5, "en")
    assert (found.value is not None) == shown
    if not shown:
        assert (found.low, found.high) == (None, None)
        words = "under 5" if kind in ("count", "transition") else "not shown: fewer than 5 people stand behind it"
        assert found.instead == words


def test_a_figure_is_told_with_its_interval() -> None:
    assert told(cell(20.0, 100, 20, 100), "share", 5, "da") == Told("2017", "20\N{NO-BREAK SPACE}%", "10,0", "30,0")


def test_without_a_figure_that_is_said() -> None:
    assert told(cell(None, None, None, None), "share", 5, "en") == Told("2017", None, instead="no figure")


@pytest.mark.django_db
def test_only_those_who_may_see_a_units_figures_find_them_on_its_page(
    town: Release, world: World, as_role: AsRole
) -> None:
    plan = adopted(world, MORNINGS)
    address = f"/office/plans/{plan.pk}/"
    for role in Role:
        if role in (Role.AUDITOR, Role.ADMINISTRATOR):
            continue
        page = as_role(role).get(address).content.decode()
        reading = AuditRecord.objects.filter(subject="internal_figures").first()
        assert reading is not None
        may = role in (Role.UNIT_LEADER, Role.CENTRE_LEADER, Role.ANALYST)
        assert ("<strong>27</strong>" in page) == may, role
        assert (f"{address}pdf/internal/" in page) == may, role
        assert reading.which == ([plan.unit_id] if may else []), role
        assert as_role(role).get(f"{address}pdf/internal/").status_code == (
            200 if may else 404 if role in (Role.UNIT_LEADER, Role.CENTRE_LEADER, Role.ANALYST) else 403
        )
