"""Relations lead back in time, never in a circle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pejl.text import message
from pejl.workspace.goals import Goal
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Location, Problems

Edges = Mapping[str, Sequence[tuple[str, Location]]]


def check_relations(workspace: Workspace, problems: Problems) -> None:
    """Note circles among strategies, goals, scopes and codes, and links that say one thing and show another."""
    _no_circle(
        {
            strategy.id: [
                (relation.strategy, relation.location("strategy"))
                for relation in (*strategy.draft_of, *strategy.elaborates, *strategy.replaces)
            ]
            for strategy in workspace.strategies
        },
        problems,
    )
    goals = workspace.goals_by_id
    _no_circle(
        {
            goal.id: [
                (name, goal.location(key, item))
                for key in ("continues", "rewords", "replaces")
                for item, name in enumerate(getattr(goal, key))
            ]
            for goal in goals.values()
        },
        problems,
    )
    scopes = {scope.id: scope for scope in workspace.scopes.values()}
    _no_circle(
        {name: [(scope.within, scope.location("within"))] for name, scope in scopes.items() if scope.within},
        problems,
    )
    for dimension in workspace.dimensions.values():
        parents = {code.code: [(code.parent, code.location("parent"))] for code in dimension.codes if code.parent}
        _no_circle(parents, problems)
    for _, goal in workspace.goals():
        _continued_titles(goal, goals, problems)


def _continued_titles(goal: Goal, goals: Mapping[str, Goal], problems: Problems) -> None:
    for item, name in enumerate(goal.continues):
        earlier = goals.get(name)
        if earlier is None or "ours" in (goal.wording, earlier.wording):
            continue
        if earlier.title.da != goal.title.da:
            problems.add(
                "continued_with_other_words",
                goal.location("continues", item),
                message("'{id}' has other words than this goal", id=name),
                message("Name it under 'rewords', or under 'replaces' if it is another goal."),
                value=name,
            )


def _no_circle(edges: Edges, problems: Problems) -> None:
    """Note each circle once, at the relation that closes it (depth-first, without recursion)."""
    done: set[str] = set()
    for start in edges:
        path: dict[str, None] = {}
        stack: list[tuple[str, Location | None, bool]] = [(start, None, True)]
        while stack:
            node, where, entering = stack.pop()
            if not entering:
                done.add(path.popitem()[0])
            elif node in path:
                assert where is not None
                names = list(path)
                circle = " → ".join((*names[names.index(node) :], node))
                problems.add(
                    "circle",
                    where,
                    message("the relations run in a circle: {circle}", circle=circle),
                    message("Remove one of them; relations lead to what came before."),
                    value=node,
                )
            elif node not in done:
                path[node] = None
                stack.append((node, None, False))
                stack.extend((after, place, True) for after, place in edges.get(node, ()))
