"""Which finest tables stand behind some published breakdowns, so that nothing an attacker knows is left out.

Breakdowns by {a}, {b} and {c} of the same people say of each other only what their total says. Breakdowns by {a, b},
{b, c} and {a, c} say more of each other than their margins do: the people behind them have a place in {a, b, c}. Where
the graph of dimensions that stand in a breakdown together is chordal, tables over its cliques that agree in what
they share are margins of one table of people, in whole numbers too (Vorob'ev 1962; Lauritzen 1996, Graphical
Models, 4.4 for the graphs). So the finest tables are those over the cliques of the graph, made chordal.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

Names = tuple[str, ...]


def cliques(breakdowns: Iterable[Names]) -> list[Names]:
    """Return the sets of dimensions of the finest tables, each sorted; none where there are no breakdowns.

    The graph is made chordal by taking out, again and again, the dimension that needs the fewest edges for that.
    """
    neighbours: dict[str, set[str]] = {}
    for names in breakdowns:
        for name in names:
            neighbours.setdefault(name, set()).update(set(names) - {name})
    found: list[set[str]] = []
    while neighbours:
        name = min(sorted(neighbours), key=lambda each: (_missing(neighbours, each), len(neighbours[each])))
        around = neighbours.pop(name)
        found.append({name, *around})
        for each in around:
            neighbours[each] |= around - {each}
            neighbours[each].discard(name)
    largest = [each for each in found if not any(each < other for other in found)]
    return sorted({tuple(sorted(each)) for each in largest})


def joined(breakdowns: Iterable[Names], overlapping: Iterable[str]) -> list[Names]:
    """Return breakdowns, and for each overlapping dimension one by all dimensions it stands in a breakdown with.

    People with several codes hang together by combinations that nobody publishes, so tables that share such a dimension
    are margins of one table only if they are taken as one.
    """
    found = list(breakdowns)
    for name in overlapping:
        beside = {other for names in found if name in names for other in names}
        if beside:
            found.append(tuple(sorted(beside)))
    return found


def shared(tables: Iterable[Names]) -> set[Names]:
    """Return what each two finest tables have in common, without the total."""
    common = {tuple(sorted(set(one) & set(other))) for one, other in combinations(tables, 2)}
    return common - {()}


def _missing(neighbours: dict[str, set[str]], name: str) -> int:
    """Return how many edges are missing among the neighbours of a dimension."""
    around = sorted(neighbours[name])
    return sum(other not in neighbours[one] for one, other in combinations(around, 2))
