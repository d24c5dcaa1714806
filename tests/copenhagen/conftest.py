"""The workspace of Copenhagen, read once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pejl.workspace.checks import check_workspace
from pejl.workspace.loading import load_workspace
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problem

ROOT = Path(__file__).parents[2] / "workspaces" / "copenhagen"


@pytest.fixture(scope="session")
def folder() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def city() -> Workspace:
    workspace, problems = load_workspace(ROOT)
    assert problems.sorted() == ()
    return workspace


@pytest.fixture(scope="session")
def warnings(city: Workspace) -> tuple[Problem, ...]:
    _, problems = load_workspace(ROOT)
    check_workspace(city, problems, date(2026, 1, 1))
    return problems.sorted()
