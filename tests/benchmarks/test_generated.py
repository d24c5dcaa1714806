from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from benchmarks.broken import LINES, PROBLEMS, break_strategy
from benchmarks.generated import SMALL, TARGET_KINDS, Size, change_one_value, series_of, write_workspace
from benchmarks.verifying import verify

import pejl
from pejl.pipeline import Event, IndicatorDone, RunResult


@dataclass
class Run:
    """A run with what it told on the way: which indicators it took over, and how many cells each has."""

    result: RunResult
    reused: set[str] = field(default_factory=set)
    measured: set[str] = field(default_factory=set)
    cells: int = 0


def measure(root: Path) -> Run:
    done: list[IndicatorDone] = []

    def listen(event: Event) -> None:
        if isinstance(event, IndicatorDone):
            done.append(event)

    result = pejl.open(root).measure(listener=listen)
    return Run(
        result,
        {event.indicator for event in done if event.reused},
        {event.indicator for event in done if not event.reused},
        sum(event.cells for event in done),
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "generated"
    write_workspace(folder, SMALL)
    return folder


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_same_size_and_seed_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    write_workspace(tmp_path / "again", SMALL)
    assert contents(tmp_path / "again") == contents(root)


def test_another_seed_gives_other_figures(root: Path, tmp_path: Path) -> None:
    write_workspace(tmp_path / "other", SMALL, seed=1)
    assert contents(tmp_path / "other")["figures/table_00.csv"] != contents(root)["figures/table_00.csv"]


def test_the_generated_workspace_has_nothing_to_mend(root: Path) -> None:
    assert pejl.open(root).check().problems == ()


def test_it_is_as_large_as_asked_for(tmp_path: Path) -> None:
    write_workspace(tmp_path / "odd", Size(indicators=7, rows=100, files=3, goals=60))
    found = pejl.open(tmp_path / "odd").declared()
    assert len(found.indicators) == 7
    assert sum(use.rows for source in found.figures for use in source.uses.values()) == 100
    assert len(found.figures) == 3
    assert len(found.goals_by_id) == 60
    assert len(found.dimensions) == 6


def test_it_says_on_its_face_that_it_is_invented(root: Path) -> None:
    settings = pejl.open(root).declared().settings
    assert settings.own is False
    assert settings.notice.en == "All numbers and names are invented."


def test_it_holds_every_kind_of_target_and_every_kind_of_figure(root: Path) -> None:
    found = pejl.open(root).declared()
    assert {str(goal.target.kind) for goal in found.goals_by_id.values()} == set(TARGET_KINDS)
    assert {found.units[indicator.unit].kind for indicator in found.indicators} == {"count", "share", "mean"}
    assert any(indicator.breaks for indicator in found.indicators)
    assert any(indicator.rhythm for indicator in found.indicators)


def test_measuring_gives_a_release_with_every_cell_as_computed_by_hand(root: Path, tmp_path: Path) -> None:
    from benchmarks.peers import compute_intervals

    run = measure(root)
    assert run.result.new
    assert run.result.release is not None
    assert run.measured == set(pejl.open(root).declared().indicators_by_id)
    assert run.cells >= SMALL.rows
    compute_intervals(root, tmp_path / "by_hand")
    verify(root, tmp_path / "by_hand", SMALL.goals, SMALL.rows)


def test_measuring_again_changes_nothing(root: Path) -> None:
    first = measure(root).result
    again = measure(root)
    assert not again.result.new
    assert first.release is not None
    assert again.result.release is not None
    assert again.result.release.id == first.release.id
    assert again.measured == set()


@pytest.mark.parametrize("file", range(SMALL.files))
def test_a_changed_value_measures_just_the_indicators_of_its_file_anew(root: Path, file: int) -> None:
    measure(root)
    change_one_value(root / "figures" / f"table_{file:02}.csv")
    run = measure(root)
    assert run.result.new
    assert run.measured == set(series_of(file, SMALL))
    assert run.reused == set(pejl.open(root).declared().indicators_by_id) - run.measured


def test_what_is_taken_over_is_the_same_file_byte_by_byte(root: Path) -> None:
    before = measure(root).result.release
    change_one_value(root / "figures" / "table_03.csv")
    run = measure(root)
    after = run.result.release
    assert before is not None
    assert after is not None
    after.verify()
    for name in run.reused:
        for file in (f"internal/cells/{name}.csv", f"public/cells/{name}.csv", f"public/indicators/{name}.json"):
            assert after.read(file) == before.read(file)


def test_exactly_one_cell_differs_after_one_value_was_changed(root: Path) -> None:
    before = measure(root).result.release
    change_one_value(root / "figures" / "table_03.csv")
    run = measure(root)
    after = run.result.release
    assert before is not None
    assert after is not None
    lines = [
        (old, new)
        for name in sorted(run.measured)
        for old, new in zip(
            before.read(f"public/cells/{name}.csv").splitlines(),
            after.read(f"public/cells/{name}.csv").splitlines(),
            strict=True,
        )
        if old != new
    ]
    assert len(lines) == 1


@pytest.mark.parametrize("sort", ["form", "references"])
def test_every_problem_of_a_long_broken_file_is_found(root: Path, sort: str) -> None:
    expected = break_strategy(root, sort)
    found = pejl.open(root).check().problems
    assert (root / "strategy" / "long.yaml").read_text(encoding="utf-8").count("\n") == LINES
    assert Counter(problem.code for problem in found) == expected
    assert expected.total() == PROBLEMS
