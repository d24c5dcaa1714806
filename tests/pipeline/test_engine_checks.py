"""An engine that is not there, and memory that is no amount of memory, are found before anything is read."""

from __future__ import annotations

import pytest
from tests.conftest import MakeWorkspace
from tests.pipeline.counted import FILES, SETTINGS

import pejl
from pejl.engines import EngineNotFoundError


def found(make_workspace: MakeWorkspace, settings: str) -> list[tuple[str, int | None, str]]:
    root = make_workspace({**FILES, "pejl.toml": f"{SETTINGS}[engine]\n{settings}\n"})
    return [
        (problem.code, problem.location.line, problem.mend.render("en")) for problem in pejl.open(root).check().problems
    ]


def test_an_engine_that_is_not_installed_is_a_problem_with_those_that_are(make_workspace: MakeWorkspace) -> None:
    assert found(make_workspace, 'name = "ducdb"') == [("engine_unknown", 10, "Did you mean 'duckdb'?")]
    assert found(make_workspace, 'name = "spark"') == [("engine_unknown", 10, "There is: duckdb.")]


@pytest.mark.parametrize("memory", ["much", "4", "1KB"])
def test_memory_that_is_no_amount_is_a_problem(make_workspace: MakeWorkspace, memory: str) -> None:
    mend = "Write an amount of at least 64 MB, as in 4GB; or leave it out."
    assert found(make_workspace, f'memory = "{memory}"') == [("engine_memory", 10, mend)]


def test_an_engine_asked_for_that_is_not_there_is_refused(make_workspace: MakeWorkspace) -> None:
    with pytest.raises(EngineNotFoundError, match="duckdb"):
        pejl.open(make_workspace(FILES)).measure(engine="spark")
