"""Reading the organisation."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from pejl.office.organisation.kinds import Level
from pejl.office.organisation.models import Standing, Succession
from pejl.office.organisation.tree import Node, Tree


def tree(on: date) -> Tree:
    """Return the organisation as it stands on a day; one query."""
    rows = (
        Standing.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
        .order_by("name", "unit_id")
        .values_list("unit_id", "unit__code", "name", "level", "parent_id")
    )
    return Tree(tuple(Node(unit, code, name, Level(level), parent) for unit, code, name, level, parent in rows))


def successors(unit: int, on: date) -> frozenset[int]:
    """Return the units that carry on what a unit was, up to a day; itself, if nothing became of it."""
    found: set[int] = set()
    ahead = {unit}
    while ahead:
        here = ahead.pop()
        after = set(Succession.objects.filter(before_id=here, on__lte=on).values_list("after_id", flat=True))
        if after:
            ahead |= after - found
        else:
            found.add(here)
    return frozenset(found)
