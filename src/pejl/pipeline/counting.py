"""Counting a workspace's indicators from its registers: what can be counted, by which key, and why the rest cannot.

Everything computed on the way is kept in a folder of the cache that only its owner can read: registers as they were
read, models, and the cells of each indicator. A run that was killed finds there what it had done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pejl.pipeline.breakdowns import indicator_without, without_dimensions
from pejl.pipeline.events import IndicatorCounted, IndicatorStarted, Listener, RegisterDone, RegisterStarted, StepDone
from pejl.pipeline.person_cache import KeptCells, persons_folder
from pejl.text import Message, message
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from pejl.engines import Session
    from pejl.measure.cube import Counted, Counter, Source, Step
    from pejl.measure.queries import Graph, Query
    from pejl.registers import Intake


class Counting:
    """What is counted from registers in one run; this one counts nothing.

    `engine` is the engine and its version; `intakes` are the registers as they were read, by id.
    """

    engine: str | None = None

    def __init__(self) -> None:
        self.intakes: dict[str, Intake] = {}

    @property
    def keys(self) -> Mapping[str, str]:
        """For each indicator counted here, the hash of all that its cells rest on."""
        return {}

    def registers_of(self, _indicator: Indicator) -> frozenset[str]:
        """Return the ids of the registers without which an indicator cannot be counted."""
        return frozenset()

    def without_breakdown(self, _indicator: Indicator) -> Mapping[str, Sequence[str]]:
        """Return the dimensions an indicator is not broken down by, with the registers that takes."""
        return {}

    def count(self, indicator: Indicator) -> Counted | Message:
        """Return the cells of an indicator counted here, or why it cannot be counted."""
        raise LookupError(indicator.id)

    def account(self, indicator: Indicator, counted: Counted) -> dict[str, Any]:
        """Return, as plain data, how an indicator was counted: registers, graph, SQL as run, rows at each step."""
        raise LookupError(indicator.id, counted.indicator)


@contextmanager
def counting(
    workspace: Workspace, graph: Graph, last_day: date, listener: Listener, engine: str | None = None
) -> Iterator[Counting]:
    """Read the registers that the workspace's indicators need, and give what counts them.

    Nothing is opened where no indicator is counted here.

    Args:
        workspace: checked.
        graph: its SQL, checked.
        last_day: nothing after this day is counted.
        listener: is told what happens.
        engine: the name of the engine; the workspace's own if None.

    Raises:
        EngineNotFoundError: there is no such engine.
        KeyRefusedError: the key of the pseudonyms lies in the workspace, or cannot be read or made.
    """
    if not any(map(workspace.counted_here, workspace.indicators)):
        yield Counting()
        return
    from pejl.engines import get_engine

    settings = workspace.settings.engine
    chosen = get_engine(engine or settings.name)
    folder = persons_folder(workspace)
    with chosen.session(memory=settings.memory, threads=settings.threads, scratch=folder) as session:
        counts = _RegisterCounting(workspace, graph, session, folder, last_day, listener)
        counts.engine = chosen.version
        counts.take_in()
        yield counts


def registers_needed(workspace: Workspace, graph: Graph) -> tuple[str, ...]:
    """Return the ids of all registers that the indicators counted here need, in the order of their declaration."""
    counted = [item for item in workspace.indicators if workspace.counted_here(item)]
    relations = (name for item in counted for name in (*_needed(graph, item), *_standing(workspace, item).values()))
    needed = _registers_of(workspace, graph, relations)
    return tuple(register.id for register in workspace.registers if register.id in needed)


def _registers_of(workspace: Workspace, graph: Graph, relations: Iterable[str]) -> frozenset[str]:
    return frozenset(register for name in relations for register in _leaves(workspace, graph, name))


def _needed(graph: Graph, indicator: Indicator) -> Iterator[str]:
    """Yield the registers and models an indicator reads itself: in its SQL, and on its way to persons."""
    for query in queries_of(graph, indicator):
        yield from query.reads
    if indicator.counting is not None and indicator.counting.way is not None:
        yield indicator.counting.way.relation


def _standing(workspace: Workspace, indicator: Indicator) -> dict[str, str]:
    """Return the relation in which a person's place is read, for each dimension of an indicator that has one."""
    found = (workspace.dimensions.get(name) for name in workspace.dimensions_of(indicator))
    return {each.id: each.standing.relation for each in found if each is not None and each.standing is not None}


def queries_of(graph: Graph, indicator: Indicator) -> list[Query]:
    """Return the queries that count an indicator: one, or one for each version that has its own."""
    return [query for (name, _), query in graph.indicators.items() if name == indicator.id]


def _leaves(workspace: Workspace, graph: Graph, name: str) -> Sequence[str]:
    if name in workspace.registers_by_id:
        return (name,)
    query = graph.models.get(name)
    return graph.registers_of(query) if query is not None else ()


def registers_read(
    workspace: Workspace, names: Iterable[str], session: Session, folder: Path, listener: Listener
) -> dict[str, Intake]:
    """Read and check registers, then what they say of each other; return how each was read, by id.

    Args:
        workspace: checked.
        names: ids of the registers, in the order in which they are read.
        session: open.
        folder: of the cache for what is kept per person.
        listener: is told of each register.

    Raises:
        KeyRefusedError: the key of the pseudonyms lies in the workspace, or cannot be read or made.
    """
    from pejl.registers import check_references, pseudonym_key, take_in

    key = pseudonym_key(workspace)
    intakes: dict[str, Intake] = {}
    for name in names:
        listener(RegisterStarted(name))
        intakes[name] = take_in(workspace, workspace.registers_by_id[name], session, folder, key)
        listener(RegisterDone(name, intakes[name].rows, intakes[name].usable))
    return check_references(workspace, intakes, session, folder)


def sources_of(workspace: Workspace, intakes: Mapping[str, Intake], session: Session) -> dict[str, Source]:
    """Return the registers that can be used as the executor reads them, by id.

    Their keys are unique, for intake has seen to that.
    """
    from pejl.measure.cube import Source, spells_apart
    from pejl.registers import lies_by_person

    found = {}
    for name, intake in intakes.items():
        register = workspace.registers_by_id[name]
        if intake.usable:
            found[name] = Source(
                files=intake.files,
                columns=intake.columns,
                person=register.person,
                rows=intake.rows,
                sha256=intake.sha256,
                key=register.key,
                by_person=register.person is None or lies_by_person(session, intake.files, register.person),
                spells=spells_apart(register),
            )
    return found


class _RegisterCounting(Counting):
    def __init__(
        self,
        workspace: Workspace,
        graph: Graph,
        session: Session,
        folder: Path,
        last_day: date,
        listener: Listener,
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.graph = graph
        self.session = session
        self.folder = folder
        self.last_day = last_day
        self.listener = listener
        self.kept = KeptCells(folder)

    def take_in(self) -> None:
        """Read and check every register needed, in the order of their declaration, then what they say of each other."""
        names = registers_needed(self.workspace, self.graph)
        self.intakes = registers_read(self.workspace, names, self.session, self.folder, self.listener)

    @cached_property
    def counter(self) -> Counter:
        """The executor, over the registers that can be used."""
        from pejl.measure.cube import Counter

        sources = sources_of(self.workspace, self.intakes, self.session)
        workspace = without_dimensions(self.workspace, self._lost)
        return Counter(workspace, self.graph, sources, self.session, self.folder, self.engine or "", self._step)

    def _countable(self, indicator: Indicator) -> Indicator:
        return indicator_without(indicator, self._lost)

    def _step(self, step: Step) -> None:
        self.listener(StepDone(step.name, step.rows))

    @cached_property
    def keys(self) -> Mapping[str, str]:
        counted = (item for item in self.workspace.indicators if self.workspace.counted_here(item))
        return {item.id: self._key(item) for item in counted}

    def _key(self, indicator: Indicator) -> str:
        missing = self._missing(indicator)
        return self.counter.key(self._countable(indicator)) if not missing else f"without {', '.join(missing)}"

    def _missing(self, indicator: Indicator) -> list[str]:
        return self._unusable(self.registers_of(indicator))

    def _unusable(self, registers: Iterable[str]) -> list[str]:
        return sorted(name for name in registers if not self.intakes[name].usable)

    def registers_of(self, indicator: Indicator) -> frozenset[str]:
        if not self.workspace.counted_here(indicator):
            return frozenset()
        return _registers_of(self.workspace, self.graph, _needed(self.graph, indicator))

    def without_breakdown(self, indicator: Indicator) -> Mapping[str, Sequence[str]]:
        if not self.workspace.counted_here(indicator):
            return {}
        return {name: self._lost[name] for name in _standing(self.workspace, indicator) if name in self._lost}

    @cached_property
    def _lost(self) -> dict[str, list[str]]:
        """The standing dimensions that cannot be read, with the registers that takes."""
        counted = (item for item in self.workspace.indicators if self.workspace.counted_here(item))
        standing = {name: relation for item in counted for name, relation in _standing(self.workspace, item).items()}
        lost = {
            name: self._unusable(_registers_of(self.workspace, self.graph, [relation]))
            for name, relation in standing.items()
        }
        return {name: registers for name, registers in lost.items() if registers}

    def count(self, indicator: Indicator) -> Counted | Message:
        missing = self._missing(indicator)
        if missing:
            return message("a register it needs cannot be used: {registers}", registers=", ".join(missing))
        key = self.keys[indicator.id]
        counted = self.kept.get(key)
        if counted is None:
            self.listener(IndicatorStarted(indicator.id))
            counted = next(iter(self.counter.count([self._countable(indicator)])))
            if counted.reason is not None:
                return counted.reason
            self.kept.put(key, counted)
            self.listener(IndicatorCounted(indicator.id, kept=False))
        else:
            self.listener(IndicatorCounted(indicator.id, kept=True))
        return counted

    def account(self, indicator: Indicator, counted: Counted) -> dict[str, Any]:
        queries = queries_of(self.graph, indicator)
        standing = _standing(self.workspace, indicator)
        relations = [*_needed(self.graph, indicator), *standing.values()]
        models = self.graph.upstream(relations)
        registers = sorted(_registers_of(self.workspace, self.graph, relations))
        return {
            "engine": self.engine,
            "registers": [
                {"id": name, "rows": self.intakes[name].rows, "sha256": self.intakes[name].sha256} for name in registers
            ],
            "graph": [
                {"name": query.name, "file": query.file, "reads": list(query.reads)} for query in (*models, *queries)
            ],
            "breakdowns": [{"dimension": name, "relation": relation} for name, relation in standing.items()],
            "steps": [{"name": step.name, "rows": step.rows, "sql": step.sql} for step in counted.steps],
        }
