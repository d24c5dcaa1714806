"""The invented strategies: every indicator has a goal, every kind of target occurs, two strategies can be compared."""

from __future__ import annotations

from datetime import date
from importlib.resources import as_file, files

import pytest

from pejl.workspace.checks import check_workspace
from pejl.workspace.kinds import TargetKind
from pejl.workspace.loading import load_workspace
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problem
from pejl.workspace.strategy_diff import ChangeKind, diff_strategies


@pytest.fixture(scope="module")
def loaded() -> tuple[Workspace, list[Problem]]:
    with as_file(files("pejl.demo").joinpath("municipality")) as folder:
        workspace, problems = load_workspace(folder)
        check_workspace(workspace, problems, date(2026, 1, 1))
    return workspace, list(problems.sorted())


def test_the_strategies_have_no_problem_and_no_warning(loaded: tuple[Workspace, list[Problem]]) -> None:
    assert [problem for problem in loaded[1] if problem.location.file.startswith("strategy/")] == []


def test_the_strategy_in_force_has_a_goal_for_every_indicator(loaded: tuple[Workspace, list[Problem]]) -> None:
    workspace, _ = loaded
    goals = list(workspace.strategies_by_id["social_strategy_2021_2025"].goals())
    assert {goal.indicator for goal in goals} - {None} == set(workspace.indicators_by_id)
    assert [goal.id for goal in goals if goal.indicator is None] == ["sign_community"]


def test_goals_have_the_scope_of_their_indicator_so_that_its_figures_judge_them(
    loaded: tuple[Workspace, list[Problem]],
) -> None:
    workspace, _ = loaded
    for _, goal in workspace.goals():
        if goal.indicator is not None:
            assert goal.scope == workspace.indicators_by_id[goal.indicator].scope, goal.id


def test_every_kind_of_target_occurs_and_one_goal_is_to_hold(loaded: tuple[Workspace, list[Problem]]) -> None:
    goals = list(loaded[0].strategies_by_id["social_strategy_2021_2025"].goals())
    assert {goal.target.kind for goal in goals} == set(TargetKind)
    assert [goal.indicator for goal in goals if goal.direction == "hold"] == ["stable_as_intended"]


def test_the_two_strategies_differ_in_every_way_a_goal_can(loaded: tuple[Workspace, list[Problem]]) -> None:
    by_id = loaded[0].strategies_by_id
    changes = diff_strategies(by_id["social_strategy_2016_2020"], by_id["social_strategy_2021_2025"])
    assert {change.kind for change in changes} == set(ChangeKind) - {ChangeKind.HEADING_WITHOUT_SIGN}
