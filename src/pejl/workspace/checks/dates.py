"""Deadlines that have passed, and targets and baselines outside their strategy's years."""

from __future__ import annotations

from datetime import date

from pejl.text import Message, message
from pejl.workspace.goals import Goal, Target
from pejl.workspace.kinds import TargetKind
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problems
from pejl.workspace.strategies import Strategy


def check_dates(workspace: Workspace, problems: Problems, as_of: date) -> None:
    """Note what is overdue on `as_of`, and periods that do not belong to the strategy."""
    for strategy, goal in workspace.goals():
        _baseline_period(strategy, goal, problems)
        for target in goal.targets:
            _target_period(strategy, target, problems)
            _number_set(strategy, goal, target, problems, as_of)
        _method_found(goal, problems, as_of)


def _baseline_period(strategy: Strategy, goal: Goal, problems: Problems) -> None:
    baseline = goal.baseline
    if baseline is None or baseline.period is None:
        return
    if baseline.period.start.year > strategy.valid.from_.year:
        problems.add(
            "baseline_after_start",
            baseline.location("period"),
            message(
                "the baseline {period} lies after the start of the strategy, {start}",
                period=str(baseline.period),
                start=strategy.valid.from_.isoformat(),
            ),
            message("Name a period before the strategy began; leave the baseline out if there is none."),
            value=baseline.period,
        )


def _target_period(strategy: Strategy, target: Target, problems: Problems) -> None:
    period, valid = target.period, strategy.valid
    if period is None:
        return
    if (valid.to is not None and period.start > valid.to) or period.end < valid.from_:
        end = valid.to.isoformat() if valid.to is not None else "…"
        problems.add(
            "target_outside_strategy",
            target.location("period"),
            message(
                "the target is for {period}, but the strategy runs from {start} to {end}",
                period=str(period),
                start=valid.from_.isoformat(),
                end=end,
            ),
            message("Correct the period, or the years of the strategy."),
            value=period,
        )


def _owed(owner: str | None) -> Message:
    return message("It is owed by: {owner}.", owner=owner) if owner else message("Say who owes it: 'owed_by'.")


def _number_set(strategy: Strategy, goal: Goal, target: Target, problems: Problems, as_of: date) -> None:
    due = target.to_be_set_by
    if target.kind is not TargetKind.NOT_SET or due is None or due >= as_of:
        return
    owner = target.owed_by or goal.owed_by
    problems.add(
        "number_not_set",
        target.location("kind"),
        message("no number is set, though it was due by {due}", due=due.isoformat()),
        _owed(owner.da if owner is not None else None),
        value=goal.id,
        warning=not strategy.in_force(as_of),
    )


def _method_found(goal: Goal, problems: Problems, as_of: date) -> None:
    if goal.due is None or goal.source is None or goal.due >= as_of:
        return
    problems.add(
        "method_overdue",
        goal.location("due"),
        message("a way to measure this was due by {due}", due=goal.due.isoformat()),
        _owed(goal.owed_by.da if goal.owed_by is not None else None),
        value=goal.id,
        warning=True,
    )
