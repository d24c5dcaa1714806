"""What is to be counted for one indicator, worked out before anything is run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from pejl.measure.cube.periods import CountedPeriod, counted_periods
from pejl.measure.cube.values import CountingError
from pejl.measure.queries import Graph, Query
from pejl.text import message
from pejl.workspace.counting import Counting
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import Workspace
from pejl.workspace.period import Period
from pejl.workspace.vocabulary import Code, Dimension

WITH_DENOMINATOR = frozenset({"share", "rate", "mean", "ratio"})
WITH_SPREAD = frozenset({"mean", "ratio"})
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Plan:
    """How one indicator is counted.

    `queries` are the SQL with the numbers of the periods each counts; `own` and `standing` the dimensions that
    figures are broken down by, from columns of the SQL and from where people stand; `sets` every combination of them
    that is published, the total first.
    """

    indicator: Indicator
    counting: Counting
    kind: str
    periods: tuple[CountedPeriod, ...]
    queries: tuple[tuple[Query, frozenset[int]], ...]
    own: tuple[Dimension, ...]
    standing: tuple[Dimension, ...]
    sets: tuple[tuple[str, ...], ...]

    @property
    def columns(self) -> dict[str, str]:
        """The columns that all queries of the indicator have."""
        shared = set.intersection(*(set(query.columns) for query, _ in self.queries))
        return {name: kind for name, kind in self.queries[0][0].columns.items() if name in shared}

    @property
    def by_way(self) -> bool:
        """Tell whether persons are found by the declared way rather than in the SQL."""
        return self.counting.way is not None and "person" not in self.columns

    @property
    def by_event(self) -> bool:
        """Tell whether standing is read on the day of each event."""
        return self.counting.as_of == "event"

    @property
    def separable(self) -> bool:
        """Tell whether persons can be counted some at a time."""
        return not self.by_way and all(query.separable for query, _ in self.queries)

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        """All dimensions by id, own ones first."""
        return {each.id: each for each in (*self.own, *self.standing)}

    @property
    def overlapping(self) -> tuple[str, ...]:
        """The dimensions in which a person may stand in several groups at once."""
        return tuple(each.id for each in self.standing if each.overlapping)


def make_plan(workspace: Workspace, graph: Graph, indicator: Indicator) -> Plan:
    """Return how `indicator` is counted.

    Raises:
        CountingError: its SQL or a dimension is not usable.
    """
    counting = indicator.counting
    assert counting is not None, "only indicators counted from registers are counted"
    periods = counted_periods(workspace, indicator)
    queries = _queries(graph, indicator, periods)
    sets = _sets(workspace, counting)
    names = dict.fromkeys(name for each in sets for name in each)
    columns = set.intersection(*(set(query.columns) for query, _ in queries))
    dimensions = [_dimension(workspace, name) for name in names]
    return Plan(
        indicator=indicator,
        counting=counting,
        kind=indicator.kind or workspace.units[indicator.unit].kind,
        periods=periods,
        queries=queries,
        own=tuple(each for each in dimensions if each.id in columns),
        standing=tuple(_standing(each) for each in dimensions if each.id not in columns),
        sets=sets,
    )


def unknown_code(dimension: Dimension) -> str | None:
    """Return the declared code of those of whom nothing is known; None where there is none."""
    if dimension.standing is not None and dimension.standing.unknown is not None:
        return dimension.standing.unknown
    return next((each.code for each in dimension.codes if each.code == UNKNOWN), None)


def valid_codes(dimension: Dimension, period: Period) -> Iterator[str]:
    """Yield the codes that are valid at some time in `period`."""
    for code in dimension.codes:
        if _valid(code, period):
            yield code.code


def _valid(code: Code, period: Period) -> bool:
    begun = code.valid_from is None or code.valid_from <= period.end
    return begun and (code.valid_to is None or code.valid_to >= period.start)


def _queries(
    graph: Graph, indicator: Indicator, periods: tuple[CountedPeriod, ...]
) -> tuple[tuple[Query, frozenset[int]], ...]:
    numbers: dict[str | None, set[int]] = {}
    own = {version.version for version in indicator.versions if version.sql is not None}
    for each in periods:
        numbers.setdefault(each.version if each.version in own else None, set()).add(each.number)
    if not numbers:
        what = message("there is no period to count: give 'years' in pejl.toml, or 'periods' in the indicator's rhythm")
        raise CountingError("no_periods", what)
    found = []
    for version, chosen in numbers.items():
        query = graph.indicators.get((indicator.id, version))
        if query is None:
            raise CountingError("query_not_usable", message("its SQL, or a model it reads, has a problem"))
        found.append((query, frozenset(chosen)))
    return tuple(found)


def _sets(workspace: Workspace, counting: Counting) -> tuple[tuple[str, ...], ...]:
    """Return the total, every combination the cubes ask for, and the indicator's own sets; each once, ids sorted."""
    found: dict[tuple[str, ...], None] = {(): None}
    for name in counting.cubes:
        cube = workspace.cubes[name]
        for size in range(1, cube.ways + 1):
            found.update(dict.fromkeys(tuple(sorted(each)) for each in combinations(cube.dimensions, size)))
    found.update(dict.fromkeys(tuple(sorted(dict.fromkeys(each.by))) for each in counting.sets))
    return tuple(found)


def _dimension(workspace: Workspace, name: str) -> Dimension:
    found = workspace.dimensions.get(name)
    if found is None:
        raise CountingError("unknown_dimension", message("there is no dimension '{dimension}'", dimension=name))
    return found


def _standing(dimension: Dimension) -> Dimension:
    standing = dimension.standing
    if standing is None:
        raise CountingError(
            "dimension_without_place",
            message(
                "the dimension '{dimension}' is neither a column of the SQL nor has it a 'standing'",
                dimension=dimension.id,
            ),
        )
    nobody = standing.none if dimension.overlapping else unknown_code(dimension)
    if nobody is None:
        key = "none" if dimension.overlapping else "unknown"
        raise CountingError(
            "standing_without_code",
            message(
                "the standing of the dimension '{dimension}' names no code for '{key}'", dimension=dimension.id, key=key
            ),
        )
    return dimension
