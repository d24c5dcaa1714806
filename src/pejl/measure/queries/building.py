"""Building the graph: every file parsed once, models bound before what reads them, contracts checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from pejl.measure.queries.binding import Binder
from pejl.measure.queries.calendars import CALENDARS
from pejl.measure.queries.contract import Contract, Output, check_relation
from pejl.measure.queries.graph import Graph, Query
from pejl.measure.queries.relations import CALENDAR_RELATIONS, SOMETHING, Relation, of_query, of_register
from pejl.measure.queries.separability import is_separable
from pejl.measure.queries.source import SourceFile, start_of
from pejl.text import message
from pejl.workspace.base import ID_PATTERN
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Location, Problems, did_you_mean
from pejl.workspace.queries import MODELS_FOLDER, SqlFile
from pejl.workspace.registers import Register

_INDICATORS_FOLDER = "indicators"
_REGISTERS_FOLDER = "registers"
_OUTSIDE_TEXTS = re.compile(r"('(?:[^']|'')*')|\s+")


def build(workspace: Workspace, problems: Problems) -> Graph:
    """Return the graph of `workspace`; see `pejl.measure.queries.build_graph`."""
    return _Builder(workspace, problems).build()


@dataclass(slots=True)
class _Bound:
    """One file as bound: its columns, its query where it is usable, where its SELECT begins, what it reads."""

    columns: dict[str, str] = field(default_factory=dict)
    query: Query | None = None
    location: Location = field(default_factory=lambda: Location(""))
    reads: frozenset[str] = frozenset()
    read: bool = False


class _Builder:
    def __init__(self, workspace: Workspace, problems: Problems) -> None:
        self.workspace = workspace
        self.problems = problems
        self.registers = {each.id: of_register(each) for each in workspace.registers}
        self.bound: dict[str, _Bound | None] = {}
        """By file; None while it is being bound: whoever asks then, asks in a circle."""
        self.path: list[str] = []
        self.known = {**self.registers, **workspace.models, **CALENDARS}

    def build(self) -> Graph:
        self._check_names()
        models = {name: self._bind(file) for name, file in sorted(self.workspace.models.items())}
        usable = {name: bound.query for name, bound in models.items() if bound.query is not None}
        relations = self._relations(models)
        standing = self._check_standing(relations)
        indicators = dict(self._indicators(relations))
        self._warn_unused(models, standing)
        return Graph(usable, indicators)

    def _check_names(self) -> None:
        files: dict[str, str] = {}
        for each in self.workspace.sql_files:
            if not each.is_model:
                continue
            name, where = each.name, Location(each.file)
            other = files.get(name) or self._taken(name)
            if re.fullmatch(ID_PATTERN, name) is None:
                self.problems.add(
                    "sql_name",
                    where,
                    message("'{name}' cannot be the name of a model", name=name),
                    message("Rename the file: small letters a-z, digits and _, a letter first."),
                    value=name,
                )
            if other is not None:
                self._note_clash(name, where, other)
            files[name] = each.file
        for register in self.workspace.registers:
            if register.id in CALENDARS:
                self._note_clash(register.id, register.location("id"), "calendar")

    def _taken(self, name: str) -> str | None:
        if name in self.registers:
            return self.workspace.registers_by_id[name].location("id").file
        return "calendar" if name in CALENDARS else None

    def _note_clash(self, name: str, where: Location, other: str) -> None:
        what = (
            message("'{name}' is the name of a calendar", name=name)
            if other == "calendar"
            else message("'{name}' is declared in {file} too", name=name, file=other)
        )
        self.problems.add(
            "sql_name_clash", where, what, message("Registers, models and calendars need different names."), value=name
        )

    def _bind(self, file: SqlFile) -> _Bound:
        """Return a file bound, once in a run."""
        known = self.bound.get(file.file)
        if known is not None:
            return known
        self.bound[file.file] = None
        self.path.append(file.name)
        bound = self._bind_anew(file)
        self.path.pop()
        self.bound[file.file] = bound
        return bound

    def _bind_anew(self, file: SqlFile) -> _Bound:
        source = SourceFile(file.file, file.text, self.problems)
        tree = source.parse()
        if tree is None:
            return _Bound(location=Location(file.file, 1, 1))
        found: dict[str, Relation] = {}

        def find(name: str, node: exp.Expr) -> Relation | None:
            relation = self._find(name, node, source)
            if relation is not None:
                found[name] = relation
            return relation

        binder = Binder(source, find, self.known)
        columns = dict(binder.bind(tree))
        where = source.location(start_of(tree))
        usable = not source.failed and not any(relation.open for relation in found.values())
        query = self._query(file, tree, columns, found) if usable else None
        return _Bound(columns, query, where, frozenset(binder.reads), read=True)

    def _query(self, file: SqlFile, tree: exp.Expr, columns: dict[str, str], found: dict[str, Relation]) -> Query:
        sql = tree.sql(dialect="duckdb", pretty=True, comments=False)
        canonical = _OUTSIDE_TEXTS.sub(lambda match: match.group(1) or " ", sql)
        separable = is_separable(tree, found)
        return Query(file.name, file.file, canonical, sql, tuple(sorted(found)), columns, separable)

    def _find(self, name: str, node: exp.Expr, source: SourceFile) -> Relation | None:
        if name in CALENDARS:
            self._needs_years()
            return CALENDAR_RELATIONS[name]
        model = self.workspace.models.get(name)
        if name in self.registers:
            return self.registers[name]
        if model is not None:
            return self._model(model, node, source)
        unread = name in self.workspace.set_aside or self.workspace.unread & {MODELS_FOLDER, _REGISTERS_FOLDER}
        return SOMETHING if unread else None

    def _model(self, model: SqlFile, node: exp.Expr, source: SourceFile) -> Relation:
        if model.file in self.bound and self.bound[model.file] is None:
            circle = " → ".join([*self.path[self.path.index(model.name) :], model.name])
            source.add(
                "sql_circle",
                node,
                message("models read each other in a circle: {names}", names=circle),
                message("Let one of them read registers only."),
                value=model.name,
            )
            return SOMETHING
        return _as_relation(self._bind(model))

    def _needs_years(self) -> None:
        if self.workspace.settings.years is None and not self._years_noted and self.workspace.id is not None:
            self._years_noted = True
            self.problems.add(
                "years_missing",
                Location("pejl.toml"),
                message("calendars are read, but 'years' is not given"),
                message("Add the years that are counted: years = {{ first = 2016, last = 2025 }}"),
            )

    _years_noted = False

    def _relations(self, models: dict[str, _Bound]) -> dict[str, Relation]:
        """Return what declarations may name: registers and models."""
        return {**{name: _as_relation(bound) for name, bound in models.items()}, **self.registers}

    def _check_standing(self, relations: dict[str, Relation]) -> set[str]:
        """Check where standing dimensions are read; return the models they name."""
        named = set()
        for dimension in self.workspace.dimensions.values():
            standing = dimension.standing
            if standing is not None and not self._is_unread(standing.relation, relations):
                keys = {"person": standing.person, "column": standing.column, "born": standing.born}
                check_relation(standing, {**keys, "from": standing.from_, "to": standing.to}, relations, self.problems)
                named.add(standing.relation)
        return named

    def _is_unread(self, name: str, relations: dict[str, Relation]) -> bool:
        unread = self.workspace.unread & {MODELS_FOLDER, _REGISTERS_FOLDER}
        return name not in relations and (name in self.workspace.set_aside or bool(unread))

    def _indicators(self, relations: dict[str, Relation]) -> Iterator[tuple[tuple[str, str | None], Query]]:
        counting_files = set()
        for indicator in self.workspace.indicators:
            if indicator.counting is None:
                continue
            self._check_way(indicator, relations)
            for version, path in self._files_of(indicator):
                counting_files.add(path)
                query = self._indicator(indicator, path, relations)
                if query is not None:
                    yield (indicator.id, version), query
        self._warn_stray(counting_files)

    def _files_of(self, indicator: Indicator) -> Iterator[tuple[str | None, str]]:
        """Yield the SQL of an indicator by version; None is what versions without their own share."""
        own = [(each.version, each.sql) for each in indicator.versions if each.sql is not None]
        yield from own
        common = self.workspace.sql_of(indicator)
        if len(own) < len(indicator.versions) or common in self.workspace.sql_by_file:
            yield None, common

    def _check_way(self, indicator: Indicator, relations: dict[str, Relation]) -> None:
        way = indicator.counting.way if indicator.counting is not None else None
        if way is not None and not self._is_unread(way.relation, relations):
            keys = {"key": way.key, "person": way.person, "reference": way.reference}
            check_relation(way, keys, relations, self.problems)

    def _indicator(self, indicator: Indicator, path: str, relations: dict[str, Relation]) -> Query | None:
        file = self.workspace.sql_by_file.get(path)
        if file is None:
            self._note_missing(indicator, path)
            return None
        bound = self._bind(file)
        if not bound.read or indicator.counting is None:
            return None
        lawful = self._check_places(indicator, bound)
        output = Output(bound.columns, bound.location)
        contract = Contract(self.workspace, indicator, indicator.counting, output, relations, self.problems)
        if bound.query is not None:
            contract.check()
        return None if contract.failed or not lawful else bound.query

    def _note_missing(self, indicator: Indicator, path: str) -> None:
        unread = _INDICATORS_FOLDER in self.workspace.unread
        if self.workspace.counted_here(indicator) and not unread:
            self.problems.add(
                "sql_missing",
                indicator.location("counting"),
                message("there is no file '{path}' with the SQL of '{indicator}'", path=path, indicator=indicator.id),
                did_you_mean(path, self.workspace.sql_by_file, message("Write it, or name another under 'sql'.")),
                value=path,
            )

    def _check_places(self, indicator: Indicator, bound: _Bound) -> bool:
        """Note registers that may not be processed where the indicator is made; tell whether there is none."""
        elsewhere = [
            register.id
            for register in self._registers_behind(bound.reads, set())
            if indicator.made_at not in register.processed_at
        ]
        for name in elsewhere:
            self.problems.add(
                "register_elsewhere",
                indicator.location("made_at"),
                message(
                    "'{indicator}' is made at '{place}', where the register '{register}' may not be processed",
                    indicator=indicator.id,
                    place=indicator.made_at,
                    register=name,
                ),
                message("Correct 'made_at', or the register's 'processed_at' if its legal basis allows that."),
                value=name,
            )
        return not elsewhere

    def _registers_behind(self, names: frozenset[str], seen: set[str]) -> Iterator[Register]:
        for name in sorted(names - seen):
            seen.add(name)
            register = self.workspace.registers_by_id.get(name)
            model = self.workspace.models.get(name)
            if register is not None:
                yield register
            elif model is not None:
                yield from self._registers_behind(self._bind(model).reads, seen)

    def _warn_unused(self, models: dict[str, _Bound], named: set[str]) -> None:
        used = {*named, *(survey.frame for survey in self.workspace.surveys)}
        for indicator in self.workspace.indicators:
            if indicator.counting is not None and indicator.counting.way is not None:
                used.add(indicator.counting.way.relation)
        for file, bound in self.bound.items():
            if bound is not None and not file.startswith(f"{MODELS_FOLDER}/"):
                used |= bound.reads
        waiting = [name for name in used if name in models]
        while waiting:
            more = models[waiting.pop()].reads - used
            used |= more
            waiting += [name for name in more if name in models]
        for name in sorted(models.keys() - used):
            self.problems.add(
                "sql_unused",
                Location(self.workspace.models[name].file),
                message("no indicator reads the model '{name}'", name=name),
                message("Use it or delete it; it is not computed."),
                value=name,
                warning=True,
            )

    def _warn_stray(self, used: set[str]) -> None:
        if _INDICATORS_FOLDER in self.workspace.unread or self.workspace.set_aside:
            return
        for file in self.workspace.sql_files:
            if not file.is_model and file.file not in used:
                self.problems.add(
                    "sql_unused",
                    Location(file.file),
                    message("no indicator is counted with this SQL"),
                    message("Name it under 'counting', or delete it."),
                    value=file.name,
                    warning=True,
                )


def _as_relation(bound: _Bound) -> Relation:
    return of_query(bound.columns, complete=bound.query is not None)
