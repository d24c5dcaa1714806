"""Reading the organisation."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from pejl.office.organisation.kinds import Level
from pejl.office.organisation.models import Standing
from pejl.office.organisation.tree import Ended, Node, Tree

_OF_A_UNIT = ("unit_id", "unit__code", "name", "level", "parent_id", "valid_to")
_WHAT_CAME_AFTER = ("unit__successors__after_id", "unit__successors__on")


def tree(on: date) -> Tree:
    """Return the organisation as it stands on a day, with the units that have ended by then; one query."""
    begun = Standing.objects.filter(valid_from__lte=on).order_by("name", "unit_id", "valid_from")
    nodes: dict[int, Node] = {}
    last: dict[int, Ended] = {}
    after: defaultdict[int, set[int]] = defaultdict(set)
    for unit, code, name, level, parent, until, became, since in begun.values_list(*_OF_A_UNIT, *_WHAT_CAME_AFTER):
        if became is not None and since <= on:
            after[unit].add(became)
        if until is None or until > on:
            nodes[unit] = Node(unit, code, name, Level(level), parent)
        elif unit not in last or last[unit].on < until:
            last[unit] = Ended(unit, name, parent, until)
    ended = (
        Ended(each.unit, each.name, each.parent, each.on, frozenset(after[each.unit]))
        for each in last.values()
        if each.unit not in nodes
    )
    return Tree(tuple(nodes.values()), tuple(ended))
