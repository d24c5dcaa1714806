"""Whatever happens to a workbook: problems with their cells, never a crash, never a file half taken."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import MakeWorkspace
from tests.exchange.workbooks import changed, figures_book, targets_book

import pejl
from pejl.exchange.figures_import import figures_plan
from pejl.exchange.targets_import import targets_plan

odd = (
    st.none()
    | st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=12)
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1))
    | st.dates(date(1901, 1, 1), date(2199, 1, 1))
    | st.times().map(lambda each: time(each.hour, each.minute))
    | st.sampled_from(["#N/A", "#REF!", "=1/0", "=A1", "25 %", "1.482", "2017", "total", "measured", "i alt"])
)
blows = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 24), odd), min_size=1, max_size=12)
SETTINGS = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def beaten(path: Path, content: bytes, hits: list[tuple[int, int, Any]], merge: bool) -> Path:
    path.write_bytes(content)

    def do(sheet: Any) -> None:
        for row, column, value in hits:
            sheet.cell(row, column).value = value
        if merge:
            sheet.merge_cells("B2:D3")

    return changed(path, do)


@SETTINGS
@given(blows, st.booleans())
def test_a_beaten_workbook_of_figures_gives_problems_or_changes(
    make_workspace: MakeWorkspace, hits: list[tuple[int, int, Any]], merge: bool
) -> None:
    root = make_workspace()
    workspace = pejl.open(root).declared()
    book = figures_book(root)
    plan = figures_plan(beaten(book, book.read_bytes(), hits, merge), workspace, "en")
    assert set(plan.files) <= {"figures/figures.csv", "figures/entered.csv"}
    for problem in plan.problems:
        assert problem.what.render("en")
        assert str(problem.location).startswith("figures.xlsx")
    if merge:
        assert not plan.ok


@SETTINGS
@given(blows)
def test_a_beaten_workbook_of_targets_gives_problems_or_changes(
    make_workspace: MakeWorkspace, hits: list[tuple[int, int, Any]]
) -> None:
    root = make_workspace()
    workspace = pejl.open(root).declared()
    book = targets_book(root)
    plan = targets_plan(beaten(book, book.read_bytes(), hits, False), workspace, "en")
    assert set(plan.files) <= {"strategy/plan.yaml"}
    for problem in plan.problems:
        assert problem.mend.render("en")
        assert str(problem.location).startswith("targets.xlsx")


@SETTINGS
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=20))
def test_a_workbook_with_other_bytes_in_it_is_read_or_refused(
    make_workspace: MakeWorkspace, place: int, noise: bytes
) -> None:
    root = make_workspace()
    book = figures_book(root)
    content = book.read_bytes()
    at = place % len(content)
    book.write_bytes(content[:at] + noise + content[at + len(noise) :])
    plan = figures_plan(book, pejl.open(root).declared(), "en")
    assert plan.problems or plan.changes == ()
