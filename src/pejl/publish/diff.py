"""Strategies side by side, as plain data and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pejl.text import Language, message
from pejl.workspace.strategy_diff import Change, ChangeKind, diff_strategies

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pejl.workspace.goals import Goal
    from pejl.workspace.strategies import Strategy

CHANGE_WORDS = {
    ChangeKind.UNCHANGED: message("unchanged"),
    ChangeKind.REWORDED: message("reworded"),
    ChangeKind.CHANGED_POPULATION: message("changed population"),
    ChangeKind.REPLACED: message("replaced"),
    ChangeKind.NEW: message("new goal"),
    ChangeKind.ENDED: message("not continued"),
    ChangeKind.HEADING_WITHOUT_SIGN: message("new heading without a sign"),
}


def diff_record(old: Strategy, new: Strategy) -> dict[str, Any]:
    """Return the changes from `old` to `new` as plain data, with their numbers."""
    changes = diff_strategies(old, new)
    return {
        "old": {"id": old.id, "title": old.title.as_dict()},
        "new": {"id": new.id, "title": new.title.as_dict()},
        "counts": {str(kind): sum(change.kind is kind for change in changes) for kind in ChangeKind},
        "changes": [_change(change) for change in changes],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": str(change.kind),
        "old": [_goal(goal) for goal in change.old],
        "new": [_goal(goal) for goal in change.new],
        "heading": None
        if change.heading is None
        else {"id": change.heading.id, "title": change.heading.title.as_dict()},
        "target_changed": change.target_changed,
    }


def _goal(goal: Goal) -> dict[str, Any]:
    return {"id": goal.id, "code": goal.code, "title": goal.title.as_dict(), "population": goal.population}


def diff_table(old: Strategy, new: Strategy, language: Language) -> list[RenderableType]:
    """Return the changes as a table to print, the two strategies side by side."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, show_lines=False, pad_edge=False, title_justify="left")
    table.add_column("", ratio=2, overflow="fold")
    table.add_column(old.name.text(language), ratio=5, overflow="fold")
    table.add_column(new.name.text(language), ratio=5, overflow="fold")
    for change in diff_strategies(old, new):
        words = CHANGE_WORDS[change.kind].render(language)
        if change.target_changed:
            words += "; " + message("another target").render(language)
        heading = change.heading.title.text(language) if change.heading is not None else ""
        table.add_row(words, _titles(change.old, language), _titles(change.new, language) or heading)
    return [table]


def _titles(goals: tuple[Goal, ...], language: Language) -> str:
    return "\n".join(goal.title.text(language) for goal in goals)
