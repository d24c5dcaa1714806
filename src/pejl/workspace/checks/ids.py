"""No id stands for two things."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from pejl.text import message
from pejl.workspace.base import Declared
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Location, Problems

Named = tuple[str, Declared]


def check_ids(workspace: Workspace, problems: Problems) -> None:
    """Note every id, code or alias that is declared twice where it must be unique."""
    vocabularies, strategies = workspace.vocabularies, workspace.strategies
    unique(problems, ((item.id, item) for item in strategies), "id")
    unique(problems, ((goal.id, goal) for _, goal in workspace.goals()), "id")
    unique(problems, ((item.id, item) for item in workspace.indicators), "id")
    unique(problems, ((item.id, item) for one in vocabularies for item in one.dimensions), "id")
    unique(problems, ((item.id, item) for one in vocabularies for item in one.populations), "id")
    unique(problems, ((item.id, item) for one in vocabularies for item in one.target_group_versions), "id")
    unique(problems, ((item.id, item) for one in vocabularies for item in one.cubes), "id")
    unique(problems, ((item.id, item) for item in workspace.registers), "id")
    groups = (group for one in vocabularies for version in one.target_group_versions for group in version.groups)
    unique(problems, ((group.id, group) for group in groups), "id")
    units = ((name, item) for one in vocabularies for item in one.units for name in (item.id, *item.aliases))
    unique(problems, units, "id")
    scopes = ((name, item) for one in vocabularies for item in one.scopes for name in (item.id, *item.aliases))
    unique(problems, scopes, "id")
    for dimension in workspace.dimensions.values():
        names = ((name, code) for code in dimension.codes for name in (code.code, *code.aliases))
        unique(problems, names, "code")
    guideposts = ((part.id, part) for strategy in strategies for part in strategy.guideposts)
    visions = ((part.id, part) for strategy in strategies for part in strategy.visions)
    unique(problems, itertools.chain[Named](guideposts, visions), "id")
    headings = ((head.id, head) for strategy in strategies for vision in strategy.visions for head in vision.headings)
    unique(problems, headings, "id")
    principles = ((idea.id, idea) for strategy in strategies for idea in strategy.principles)
    themes = ((idea.id, idea) for strategy in strategies for idea in strategy.themes)
    unique(problems, itertools.chain[Named](principles, themes), "id")
    written = ((f"{item.goal}, {item.year}, {item.language}", item) for item in workspace.remarks)
    unique(problems, written, "goal")
    unique(problems, ((str(item.day), item) for item in workspace.doing), "day")
    for doing in workspace.doing:
        unique(problems, ((item.goal, item) for item in doing.goals), "goal")


def unique(problems: Problems, named: Iterable[Named], key: str) -> None:
    """Note each declaration whose name, under `key`, another one has already."""
    first: dict[str, Location] = {}
    for name, item in named:
        where = item.location(key)
        if name in first and first[name] != where:
            problems.add(
                "duplicate_id",
                where,
                message("'{id}' is taken already, at {place}", id=name, place=str(first[name])),
                message("Give one of the two another name."),
                value=name,
            )
        first.setdefault(name, where)
