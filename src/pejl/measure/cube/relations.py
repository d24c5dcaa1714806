"""Giving the engine the relations a query reads: registers, calendars, models, where persons stand.

A model that several queries read, or that cannot be divided by persons, is computed once and kept as Parquet under
its key; a later run finds it there, and so does one that follows a killed one. The others are views; but one that a
single query names twice is computed for each part and held while it is counted, for a view would be computed twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter as Tally
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from pejl.engines import Session
from pejl.measure.cube.parts import EVERYBODY, MOST_PARTS, Part, Parts, wanted_parts
from pejl.measure.cube.values import CountingError, Listener, Source, Step
from pejl.measure.queries import CALENDARS, Graph, Query, calendar_rows
from pejl.text import message
from pejl.workspace.settings import Years

PERSON = "person"
_FORM = 3
"""Raised when what is kept changes its form."""
_SAMPLED, _PARTS_OF_SAMPLE = 500_000, 64
"""From how many rows read it is worth to look how many a model makes of them, and of which share of the persons."""
MOST_TIMES = 16
"""How many times more parts than the number of rows suggests are tried when memory runs out."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A relation kept as Parquet files, and how many rows they hold."""

    files: tuple[Path, ...]
    rows: int


class Relations:
    """The relations of a workspace, given to one session as they are needed.

    `extra` are names read from outside of the queries (where persons stand), which count as readers of a model.
    `parts` fixes the number of parts; None decides by the number of rows.
    """

    def __init__(
        self,
        session: Session,
        graph: Graph,
        sources: Mapping[str, Source],
        years: Years | None,
        folder: Path,
        engine: str,
        *,
        extra: Iterable[str] = (),
        parts: int | None = None,
        listener: Listener,
    ) -> None:
        self.session = session
        self.graph = graph
        self.sources = sources
        self.parts = Parts(session, sources)
        self._years = years
        self._folder = folder / "models"
        self._engine = engine
        self._fixed = parts
        self._listener = listener
        self._kept: dict[str, Kept] = {}
        self._steps: dict[str, Step] = {}
        self._shown: dict[str, Part | None] = {}
        self._keys: dict[str, str] = {}
        readers = Tally(extra)
        for query in (*graph.models.values(), *graph.indicators.values()):
            readers.update(query.reads)
        self._readers = readers
        self._held = _named_twice(graph)
        self._estimates: dict[str, int] = {}
        self._times = 1
        self._divided = False

    def expose(self, names: Iterable[str], part: Part = EVERYBODY) -> None:
        """Let the session read `names` and all they rest on, of persons restricted to `part`.

        Raises:
            CountingError: a register among them is not there.
            EngineError: a model cannot be computed.
        """
        wanted = tuple(names)
        self.compute(wanted)
        for name in wanted:
            self._define(name, part)

    def compute(self, names: Iterable[str]) -> None:
        """Compute all models that `names` rest on and that are kept, unless they are there.

        Raises:
            CountingError: a register among them is not there.
            EngineError: a model cannot be computed.
        """
        for model in self.graph.upstream(names):
            if self._is_kept(model) and model.name not in self._kept:
                self._compute(model)

    def beside(self, session: Session) -> Relations:
        """Return the same relations for a session beside; everything that is kept must have been computed."""
        other = copy(self)
        other.session = session
        other._shown = {name: part for name, part in self._shown.items() if name in CALENDARS}
        return other

    def show_calendars(self, names: Iterable[str]) -> None:
        """Let the session, and those beside it, read the calendars that `names` rest on."""
        for leaf in {leaf for name in names for leaf in self._leaves(name)} & CALENDARS.keys():
            self._define(leaf, EVERYBODY)

    def steps(self, names: Iterable[str]) -> tuple[Step, ...]:
        """Return the models that `names` rest on and that are kept, each with its rows."""
        return tuple(self._steps[model.name] for model in self.graph.upstream(names) if model.name in self._steps)

    def count_parts(self, names: Iterable[str]) -> tuple[Part, ...]:
        """Return the parts in which persons are counted for a query that reads `names` and can be divided."""
        self._divided = True
        if self._fixed is not None:
            return self.parts.of(self._fixed * self._times)
        wanted = tuple(names)
        self.compute(wanted)  # the rows of what is kept are known then
        rows, by_person = self._rows(wanted)
        return self.parts.of(min(MOST_PARTS, wanted_parts(rows, by_person=by_person) * self._times))

    def divide_further(self) -> bool:
        """Divide persons into twice as many parts from now on; tell whether that may help.

        It does not where nothing was divided since this was asked last, or the parts are as many as they may be.
        """
        helps = self._divided and self._times < MOST_TIMES
        self._divided = False
        if helps:
            self._times *= 2
        return helps

    def release(self) -> None:
        """Give up what is held in memory for one indicator only."""
        for name in self._held & self._shown.keys():
            self.session.drop(name)
            del self._shown[name]

    def key(self, name: str) -> str:
        """Return the hash of all that the rows of a register, calendar or model rest on."""
        if name not in self._keys:
            self._keys[name] = self._key(name)
        return self._keys[name]

    def missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the registers that `names` rest on and that are not there, sorted."""
        leaves = {leaf for name in names for leaf in self._leaves(name)}
        return tuple(sorted(leaf for leaf in leaves if leaf not in self.sources and leaf not in CALENDARS))

    def show_kept(
        self,
        name: str,
        key: str,
        parts: Callable[[], tuple[Part, ...]],
        sql: Callable[[Part], str],
        part: Part,
    ) -> None:
        """Let the session read, of the persons of `part`, what is kept under `key` or is made now; see `keep`."""
        if name not in self._kept:
            self._kept[name] = self.keep(name, key, parts, sql)
        self.session.relation(name, self._kept[name].files, None, part.where(PERSON))

    def keep(self, name: str, key: str, parts: Callable[[], tuple[Part, ...]], sql: Callable[[Part], str]) -> Kept:
        """Return what is kept under `key`; where there is nothing, it is computed part by part with `sql`.

        Args:
            name: what the step is called.
            key: the hash of all it rests on.
            parts: gives the parts to compute; asked for only if need be.
            sql: makes the relations of a part readable and returns the SELECT.
        """
        folder = self._folder / key
        found = _kept_before(folder)
        shown = ""
        if found is None:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            rows, files = 0, []
            for part in parts():
                path = folder / f"{part.name}.parquet"
                shown = sql(part)
                rows += self._rows_of(path) if path.exists() else self.session.write(shown, path)
                files.append(path)
            found = Kept(tuple(files), rows)
            _note(folder, found)
        self._listener(Step(name, found.rows, shown))
        return found

    def _rows_of(self, path: Path) -> int:
        self.session.relation("_part", [path])
        return int(self.session.fetch("SELECT count(*) FROM _part")[0][0])

    def _is_kept(self, model: Query) -> bool:
        return not model.separable or self._readers[model.name] > 1

    def _compute(self, model: Query) -> None:
        def sql(part: Part) -> str:
            self.expose(model.reads, part)
            return model.sql

        def parts() -> tuple[Part, ...]:
            return self.count_parts(model.reads) if model.separable else (EVERYBODY,)

        kept = self.keep(model.name, self.key(model.name), parts, sql)
        self._kept[model.name] = kept
        self._steps[model.name] = Step(model.name, kept.rows, model.sql)

    def _define(self, name: str, part: Part) -> None:
        model = self.graph.models.get(name)
        if model is not None and name not in self._kept:
            for read in model.reads:
                self._define(read, part)
            self._define_model(model, part)
            return
        if self._shown.get(name, self) == part:
            return
        if name in CALENDARS:
            self._calendar(name)
            part = EVERYBODY
        elif model is not None:
            where = part.where(PERSON) if model.columns.get(PERSON) == "integer" else None
            self.session.relation(name, self._kept[name].files, model.columns, where)
        else:
            source = self._source(name)
            where = part.where(source.person) if source.person is not None else None
            self.session.relation(name, source.files, source.columns, where)
        self._shown[name] = part

    def _define_model(self, model: Query, part: Part) -> None:
        if model.name in self._held:
            if self._shown.get(model.name, self) != part:
                self.session.keep(model.name, model.sql)
                self._shown[model.name] = part
        elif model.name not in self._shown:
            self.session.define(model.name, model.sql)
            self._shown[model.name] = None

    def _calendar(self, name: str) -> None:
        if name in self._shown:
            return
        assert self._years is not None, "a workspace that counts has years"
        self.session.values(name, CALENDARS[name], calendar_rows(name, self._years.first, self._years.last))

    def _source(self, name: str) -> Source:
        if name not in self.sources:
            raise register_missing((name,))
        return self.sources[name]

    def _rows(self, names: tuple[str, ...]) -> tuple[int, bool]:
        """Return how many rows about persons are read for `names`, and whether all are sorted by person."""
        rows, by_person = 0, True
        for name in dict.fromkeys(names):
            model = self.graph.models.get(name)
            if model is not None and name not in self._kept:
                more, sorted_too = self._rows(model.reads)
                if sorted_too and more >= _SAMPLED:
                    more = max(more, self._estimated(model))
                rows, by_person = rows + more * (2 if name in self._held else 1), by_person and sorted_too
            elif model is not None:
                rows += self._kept[name].rows
            elif name in self.sources and self.sources[name].person is not None:
                rows += self.sources[name].rows
                by_person = by_person and self.sources[name].by_person
        return rows, by_person

    def _estimated(self, model: Query) -> int:
        """Return about how many rows a model has, by those of a few persons: it may have a row for each year."""
        if model.name not in self._estimates:
            parts = self.parts.of(_PARTS_OF_SAMPLE)
            part = parts[len(parts) // 2]
            self.expose(model.reads, part)
            found = self.session.fetch(f"SELECT count(*) FROM ({model.sql})")  # noqa: S608  # a checked query
            self._estimates[model.name] = int(found[0][0]) * len(parts)
        return self._estimates[model.name]

    def _leaves(self, name: str) -> set[str]:
        model = self.graph.models.get(name)
        if model is None:
            return {name}
        return set().union(*(self._leaves(read) for read in model.reads))

    def _key(self, name: str) -> str:
        model = self.graph.models.get(name)
        if model is not None:
            rests_on: list[object] = [model.canonical, model.columns, [self.key(read) for read in model.reads]]
        elif name in CALENDARS:
            rests_on = [name, None if self._years is None else [self._years.first, self._years.last]]
        else:
            rests_on = [name, self.sources[name].sha256 if name in self.sources else None]
        return digest([_FORM, self._engine, rests_on])


def _named_twice(graph: Graph) -> frozenset[str]:
    """Return the models that some query names more than once after FROM or JOIN; a mistake here costs time only."""
    return frozenset(
        name
        for query in (*graph.models.values(), *graph.indicators.values())
        for name in query.reads
        if name in graph.models and len(re.findall(rf'\b(?:FROM|JOIN)\s+"?{re.escape(name)}\b', query.sql)) > 1
    )


def register_missing(names: Iterable[str]) -> CountingError:
    """Return the error that says which registers are not there."""
    return CountingError(
        "register_not_available", message("the register is not available here: {registers}", registers=", ".join(names))
    )


def digest(rests_on: object) -> str:
    """Return the SHA-256 of plain data."""
    return hashlib.sha256(json.dumps(rests_on, sort_keys=True, default=str).encode()).hexdigest()


def _kept_before(folder: Path) -> Kept | None:
    try:
        noted = json.loads((folder / "parts.json").read_text(encoding="utf-8"))
        files = tuple(folder / name for name in noted["files"])
        return Kept(files, int(noted["rows"])) if all(file.is_file() for file in files) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _note(folder: Path, kept: Kept) -> None:
    """Note which files are all there is; only then is it found by a later run."""
    beside = folder / f".parts.{os.getpid()}"
    beside.write_text(json.dumps({"files": [file.name for file in kept.files], "rows": kept.rows}), encoding="utf-8")
    beside.replace(folder / "parts.json")
