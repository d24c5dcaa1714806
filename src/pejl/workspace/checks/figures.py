"""Figures fit what is declared: known series, the declared unit, known scopes and codes, no value twice."""

from __future__ import annotations

import math
from collections.abc import Hashable

from pejl.text import message
from pejl.workspace.figure_lines import FigureLines
from pejl.workspace.figure_table import Figure, SeriesUse
from pejl.workspace.figures import BREAKDOWN
from pejl.workspace.goals import Goal
from pejl.workspace.indicators import Indicator
from pejl.workspace.loading import read_table
from pejl.workspace.model import FigureSource, Workspace
from pejl.workspace.problems import Location, Problems, did_you_mean


def check_figures(workspace: Workspace, problems: Problems) -> None:
    """Note figures without a declared indicator, in another unit, of an unknown scope or code, or given twice."""
    places = _Places(workspace)
    for source in workspace.figures:
        if "vocabulary" not in workspace.unread:
            _columns(workspace, source, places, problems)
        for series, use in source.uses.items():
            indicator = workspace.indicators_by_id.get(series)
            if indicator is None and (series in workspace.set_aside or "indicators" in workspace.unread):
                continue
            if indicator is None:
                problems.add(
                    "unknown_series",
                    places.of(source.file, use.line, "series"),
                    message("the series '{series}' is declared by no indicator", series=series),
                    did_you_mean(
                        series,
                        workspace.indicators_by_id,
                        message("Declare it: indicators/{series}.yaml.", series=series),
                    ),
                    value=series,
                )
            else:
                _Use(workspace, source, indicator, use, places, problems).check()
    _duplicates(workspace, places, problems)
    for _, goal in workspace.goals():
        _goal_scope(workspace, goal, problems)


class _Places:
    """Finds where in a line a value stands, when there is something to say about it: summaries know lines only."""

    def __init__(self, workspace: Workspace) -> None:
        self.root = workspace.root
        self.files: dict[str, FigureLines] = {}

    def of(self, file: str, line: int, column: str) -> Location:
        if file not in self.files:
            self.files[file] = FigureLines((self.root / file).read_bytes().decode("utf-8-sig"))
        return Location(file, line, self.files[file].column(line, column))


def _columns(workspace: Workspace, source: FigureSource, places: _Places, problems: Problems) -> None:
    for name in source.dimensions:
        if name not in workspace.dimensions and name not in workspace.set_aside:
            problems.add(
                "unknown_column",
                places.of(source.file, 1, name),
                message("the column '{name}' is no known column and no dimension", name=name),
                did_you_mean(name, workspace.dimensions, message("Declare the dimension, or remove the column.")),
                value=name,
            )


class _Use:
    """Checks what one file uses under one series."""

    def __init__(
        self,
        workspace: Workspace,
        source: FigureSource,
        indicator: Indicator,
        use: SeriesUse,
        places: _Places,
        problems: Problems,
    ) -> None:
        self.workspace = workspace
        self.source = source
        self.file = source.file
        self.indicator = indicator
        self.use = use
        self.places = places
        self.problems = problems

    def check(self) -> None:
        self._range()
        self._whole()
        if "vocabulary" not in self.workspace.unread:
            self._unit()
            self._scopes()
            self._codes()

    def _unit(self) -> None:
        declared = self.workspace.units.get(self.indicator.unit)
        for unit, line in self.use.units.items():
            found = self.workspace.units.get(unit)
            if declared is not None and (found is None or found.id != declared.id):
                self.problems.add(
                    "other_unit",
                    self.places.of(self.file, line, "unit"),
                    message(
                        "the unit is '{unit}', but the indicator's is '{declared}'",
                        unit=unit,
                        declared=declared.id,
                    ),
                    message("Correct the unit, or declare an indicator of its own."),
                    value=unit,
                )

    def _scopes(self) -> None:
        for scope, line in self.use.scopes.items():
            if scope not in self.workspace.scopes and scope not in self.workspace.set_aside:
                self.problems.add(
                    "unknown_scope",
                    self.places.of(self.file, line, "scope"),
                    message("the scope '{scope}' is declared nowhere", scope=scope),
                    did_you_mean(scope, self.workspace.scopes, message("Declare it in 'vocabulary'.")),
                    value=scope,
                )

    def _codes(self) -> None:
        allowed = self.workspace.dimensions_of(self.indicator)
        for key, line in self.use.codes.items():
            column, code = key.split("\t", 1)
            dimension = self.indicator.breakdown if column == BREAKDOWN else column
            if dimension is None or (column != BREAKDOWN and dimension not in allowed):
                self.problems.add(
                    "undeclared_dimension",
                    self.places.of(self.file, line, column),
                    message(
                        "the indicator '{id}' has no breakdown by '{dimension}'",
                        id=self.indicator.id,
                        dimension=column,
                    ),
                    message("Add it to the indicator, or write 'total'."),
                    value=code,
                )
            elif (
                dimension in self.workspace.dimensions
                and (dimension, code) not in self.workspace.codes
                and code not in self.workspace.set_aside
            ):
                known = [name for of, name in self.workspace.codes if of == dimension]
                self.problems.add(
                    "unknown_code",
                    self.places.of(self.file, line, column),
                    message("'{code}' is no code of the dimension '{dimension}'", code=code, dimension=dimension),
                    did_you_mean(code, known, message("Add it to the dimension, or correct it.")),
                    value=code,
                )

    def _whole(self) -> None:
        unit = self.workspace.units.get(self.indicator.unit)
        if unit is not None and unit.kind == "count" and self.use.fraction:
            self.problems.add(
                "not_whole",
                self.places.of(self.file, self.use.fraction, "value"),
                message("the unit '{unit}' counts whole things, but this is not a whole number", unit=unit.id),
                message("Write it without separators between thousands: 1482. Or declare another unit."),
            )

    def _range(self) -> None:
        unit = self.workspace.units.get(self.indicator.unit)
        if unit is None or unit.kind == "mean":
            return
        highest = 100 if unit.kind == "share" else math.inf
        if self.use.lowest[0] >= 0 and self.use.highest[0] <= highest:
            return
        for figure in read_table(self.workspace, self.source).figures:
            if figure.series != self.indicator.id or figure.value is None or 0 <= figure.value <= highest:
                continue
            value = f"{figure.value:.{figure.decimals}f}"
            self.problems.add(
                "value_outside_unit",
                self.places.of(self.file, figure.line, "value"),
                message(
                    "{value} is not possible: a value in the unit '{unit}' is {limit}",
                    value=value,
                    unit=self.indicator.unit,
                    limit=message("at least 0") if figure.value < 0 else message("at most 100"),
                ),
                message("Correct the value."),
                value=value,
            )


def _duplicates(workspace: Workspace, places: _Places, problems: Problems) -> None:
    """Note values given twice in several files, or in one under two spellings; the reader sees the others."""
    series = {
        name
        for name, sources in workspace.sources_by_series.items()
        if _share_a_period(name, sources)
        or any(_has_two_spellings(workspace, name, source.uses[name]) for source in sources)
    }
    first: dict[Hashable, Location] = {}
    for source in workspace.figures:
        if series.isdisjoint(source.uses):
            continue
        for figure in read_table(workspace, source).figures:
            if figure.series not in series:
                continue
            key = _meaning(workspace, figure)
            if key in first:
                problems.add(
                    "duplicate_value",
                    places.of(source.file, figure.line, "series"),
                    message("the same value stands at {place} already", place=str(first[key])),
                    message("Keep one of them."),
                    value=figure.series,
                )
            else:
                first[key] = Location(source.file, figure.line)


def _share_a_period(series: str, sources: tuple[FigureSource, ...]) -> bool:
    """Tell whether two files have figures of one period; a file for each year, as is usual, need not be read again."""
    periods = [period for source in sources for period in source.uses[series].periods]
    return len(set(periods)) < len(periods)


def _has_two_spellings(workspace: Workspace, series: str, use: SeriesUse) -> bool:
    scopes = {_scope(workspace, name) for name in use.scopes}
    codes = {_code(workspace, series, *key.split("\t", 1)) for key in use.codes}
    return len(scopes) < len(use.scopes) or len(codes) < len(use.codes)


def _meaning(workspace: Workspace, figure: Figure) -> Hashable:
    """Return what a figure is about, however it is spelt."""
    codes = frozenset(_code(workspace, figure.series, column, code) for column, code in figure.codes)
    return figure.series, figure.period, codes, _scope(workspace, figure.scope)


def _scope(workspace: Workspace, written: str) -> str:
    return workspace.scopes[written].id if written in workspace.scopes else written


def _code(workspace: Workspace, series: str, column: str, written: str) -> tuple[str, str]:
    indicator = workspace.indicators_by_id.get(series)
    breakdown = indicator.breakdown if indicator is not None else None
    dimension = breakdown if column == BREAKDOWN and breakdown is not None else column
    code = workspace.codes.get((dimension, written))
    return dimension, code.code if code is not None else written


def _goal_scope(workspace: Workspace, goal: Goal, problems: Problems) -> None:
    sources = workspace.sources_by_series.get(goal.indicator or "", ())
    written = {scope for source in sources for scope in source.uses[goal.indicator or ""].scopes}
    found = {workspace.scopes[name].id for name in written if name in workspace.scopes}
    if found and goal.scope in workspace.scopes and goal.scope not in found:
        problems.add(
            "scope_mismatch",
            goal.location("scope"),
            message(
                "the goal is about '{goal}', the figures of '{series}' about '{figures}'",
                goal=goal.scope,
                series=goal.indicator,
                figures=", ".join(sorted(found)),
            ),
            message("They are shown as context, and the goal is not judged by them; find figures of its own scope."),
            value=goal.scope,
            warning=True,
        )
