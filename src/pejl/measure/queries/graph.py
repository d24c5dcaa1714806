"""What reads what: the checked queries of a workspace, in the order in which they can be computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pejl.measure.queries.calendars import CALENDARS

if TYPE_CHECKING:
    from pejl.workspace.model import Workspace
    from pejl.workspace.problems import Problems


@dataclass(frozen=True, slots=True)
class Query:
    """One checked query: a model, or the SQL of an indicator.

    `canonical` is the same for two texts that differ only in comments, layout, the case of keywords and names, or in
    whether a column's relation is written out; it is what a cache is keyed by. `sql` is the same query as it is run:
    DuckDB's dialect, laid out for people, every column with its relation. `reads` are the registers, models and
    calendars it reads itself, sorted. `columns` are its output: name and type ("text", "integer", "number", "date",
    "boolean"), in order. `separable`: computed over disjoint sets of persons, one after the other, it gives the same
    rows as over all at once, and its column `person` says to whom a row belongs. Rows without a person must all be in
    the same set.
    """

    name: str
    file: str
    canonical: str
    sql: str
    reads: tuple[str, ...]
    columns: dict[str, str]
    separable: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """The usable queries of a workspace.

    `indicators` are found by (id, None) for the SQL that all versions share, and by (id, version) for a version that
    has its own. What has a problem is not here, nor what reads it.
    """

    models: Mapping[str, Query] = field(default_factory=dict)
    indicators: Mapping[tuple[str, str | None], Query] = field(default_factory=dict)

    def upstream(self, names: Iterable[str]) -> tuple[Query, ...]:
        """Return the models among `names`, and all they read, each once and after what it reads itself.

        Names that are no models (registers, calendars) are passed over.
        """
        found: dict[str, Query] = {}

        def visit(name: str) -> None:
            query = self.models.get(name)
            if query is None or name in found:
                return
            for read in query.reads:
                visit(read)
            found[name] = query

        for name in names:
            visit(name)
        return tuple(found.values())

    def registers_of(self, query: Query) -> tuple[str, ...]:
        """Return the ids of all registers that `query` reads, directly or through models, sorted."""
        return tuple(sorted(self._leaves(query) - CALENDARS.keys()))

    def calendars_of(self, query: Query) -> tuple[str, ...]:
        """Return the names of all calendars that `query` reads, directly or through models, sorted."""
        return tuple(sorted(self._leaves(query) & CALENDARS.keys()))

    def _leaves(self, query: Query) -> set[str]:
        queries = (query, *self.upstream(query.reads))
        return {name for each in queries for name in each.reads if name not in self.models}


def build_graph(workspace: Workspace, problems: Problems) -> Graph:
    """Parse and check all SQL of `workspace`; every problem is noted with file, line and column in one pass.

    Checked are syntax, names, types, the portable subset, cycles, and the contract of every indicator counted from
    registers. Without such an indicator and without SQL nothing is imported and the graph is empty.
    """
    counted = any(indicator.counting is not None for indicator in workspace.indicators)
    if not workspace.sql_files and not counted:
        return Graph()
    from pejl.measure.queries.building import build  # SQLGlot: 0.2 CPU seconds of import

    return build(workspace, problems)
