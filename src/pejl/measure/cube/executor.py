"""`Counter`: counts the indicators of a workspace on one session, sharing all that can be shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pejl.engines import EngineError, OutOfMemoryError, Session
from pejl.measure.cube.counting import Counting, Summed, all_reads_of
from pejl.measure.cube.decoding import cells_of
from pejl.measure.cube.places import Places, places_of
from pejl.measure.cube.plan import Plan, make_plan
from pejl.measure.cube.relations import Relations, digest, register_missing
from pejl.measure.cube.values import Counted, CountingError, Listener, Source, silent
from pejl.measure.queries import Graph
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import Workspace

_FORM = 2
"""Raised when the same rows would give other cells."""


class Counter:
    """Counts indicators, one after the other.

    Args:
        workspace: checked.
        graph: its usable queries.
        sources: the registers taken in, by id; an indicator that needs another one is not counted.
        session: an open session; relations are made in it, all names beginning with `_` are taken.
        folder: where models are kept, under a key that says what they rest on; created when it is not there.
        engine: the engine and its version, which keys rest on.
        listener: is told of each model that was computed or found.
        parts: into how many parts persons are divided; None decides by the number of rows.
    """

    def __init__(
        self,
        workspace: Workspace,
        graph: Graph,
        sources: Mapping[str, Source],
        session: Session,
        folder: Path,
        engine: str,
        listener: Listener = silent,
        *,
        parts: int | None = None,
    ) -> None:
        self._workspace = workspace
        self._plans: dict[str, Plan | CountingError] = {}
        self._graph = graph
        plans = list(self._plans_here())
        self._relations = Relations(
            session,
            graph,
            sources,
            workspace.settings.years,
            folder,
            engine,
            extra=_read_beside(plans),
            parts=parts,
            listener=listener,
        )
        self._places = Places(self._relations, plans)
        self._engine = engine

    def count(self, indicators: Sequence[Indicator]) -> Iterator[Counted]:
        """Yield each of `indicators` when it is counted; one that cannot be comes with the reason.

        Raises:
            KeyboardInterrupt: what was computed until then is found by the next run.
        """
        for indicator in indicators:
            try:
                yield self._counted(indicator)
            except CountingError as error:
                yield Counted(indicator.id, code=error.code, reason=error.what)
            except EngineError as error:
                yield Counted(indicator.id, code="engine_failed", reason=error.what)

    def key(self, indicator: Indicator) -> str:
        """Return the hash of everything the cells of `indicator` rest on, whether or not it can be counted."""
        plan = self._plan(indicator)
        if isinstance(plan, CountingError):
            return digest([_FORM, self._engine, indicator.id, plan.code, plan.what.render("en")])
        reads = all_reads_of(plan)
        return digest(
            [
                _FORM,
                self._engine,
                indicator.id,
                plan.kind,
                plan.counting.model_dump(mode="json", by_alias=True),
                [(each.period.text, each.day.isoformat(), each.version) for each in plan.periods],
                [(query.canonical, query.columns, sorted(numbers)) for query, numbers in plan.queries],
                [each.model_dump(mode="json", by_alias=True, fallback=str) for each in plan.dimensions.values()],
                plan.sets,
                [(name, self._relations.key(name)) for name in reads],
            ]
        )

    def registers(self, indicator: Indicator) -> tuple[str, ...]:
        """Return the registers `indicator` rests on that are not there, sorted."""
        plan = self._plan(indicator)
        return () if isinstance(plan, CountingError) else self._relations.missing(all_reads_of(plan))

    def _counted(self, indicator: Indicator) -> Counted:
        plan = self._plan(indicator)
        if isinstance(plan, CountingError):
            raise plan
        missing = self._relations.missing(all_reads_of(plan))
        if missing:
            raise register_missing(missing)
        summed = self._summed(plan)
        return Counted(
            indicator.id,
            cells_of(plan, summed.codes, patterns=False),
            cells_of(plan, summed.patterns, patterns=True),
            summed.steps,
        )

    def _summed(self, plan: Plan) -> Summed:
        """Return the sums of `plan`; where memory runs out, of smaller parts of the persons, which stay that small."""
        while True:
            try:
                return Counting(self._workspace, self._relations, self._places, plan).summed()
            except OutOfMemoryError:
                if not self._relations.divide_further():
                    raise
            finally:
                self._relations.release()

    def _plan(self, indicator: Indicator) -> Plan | CountingError:
        if indicator.id not in self._plans:
            try:
                self._plans[indicator.id] = make_plan(self._workspace, self._graph, indicator)
            except CountingError as error:
                self._plans[indicator.id] = error
        return self._plans[indicator.id]

    def _plans_here(self) -> Iterator[Plan]:
        for indicator in self._workspace.indicators:
            if self._workspace.counted_here(indicator):
                plan = self._plan(indicator)
                if isinstance(plan, Plan):
                    yield plan


def _read_beside(plans: Iterable[Plan]) -> Iterator[str]:
    """Yield the relations that are read beside the SQL; one that several plans read that way counts once more."""
    for plan in plans:
        yield from places_of(plan.standing)
        if plan.by_way and plan.counting.way is not None:
            yield plan.counting.way.relation
