"""Figures fit what is declared: known series, the declared unit, known scopes and codes, no value twice."""

from __future__ import annotations

from pejl.text import message
from pejl.workspace.figures import BREAKDOWN, SeriesUse
from pejl.workspace.goals import Goal
from pejl.workspace.indicators import Indicator
from pejl.workspace.loading import read_table
from pejl.workspace.model import FigureSource, Workspace
from pejl.workspace.problems import Location, Problems, did_you_mean


def check_figures(workspace: Workspace, problems: Problems) -> None:
    """Note figures without a declared indicator, in another unit, of an unknown scope or code, or given twice."""
    for source in workspace.figures:
        if "vocabulary" not in workspace.unread:
            _columns(workspace, source, problems)
        for series, use in source.uses.items():
            indicator = workspace.indicators_by_id.get(series)
            if indicator is None and (series in workspace.set_aside or "indicators" in workspace.unread):
                continue
            if indicator is None:
                problems.add(
                    "unknown_series",
                    Location(source.file, use.line),
                    message("the series '{series}' is declared by no indicator", series=series),
                    did_you_mean(
                        series,
                        workspace.indicators_by_id,
                        message("Declare it: indicators/{series}.yaml.", series=series),
                    ),
                    value=series,
                )
            else:
                _Use(workspace, source, indicator, use, problems).check()
    for series, sources in workspace.sources_by_series.items():
        if len(sources) > 1:
            _duplicates(workspace, series, sources, problems)
    for _, goal in workspace.goals():
        _goal_scope(workspace, goal, problems)


def _columns(workspace: Workspace, source: FigureSource, problems: Problems) -> None:
    for name in source.dimensions:
        if name not in workspace.dimensions and name not in workspace.set_aside:
            problems.add(
                "unknown_column",
                Location(source.file, 1),
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
        problems: Problems,
    ) -> None:
        self.workspace = workspace
        self.file = source.file
        self.indicator = indicator
        self.use = use
        self.problems = problems

    def check(self) -> None:
        self._range()
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
                    Location(self.file, line),
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
                    Location(self.file, line),
                    message("the scope '{scope}' is declared nowhere", scope=scope),
                    did_you_mean(scope, self.workspace.scopes, message("Declare it in 'vocabulary'.")),
                    value=scope,
                )

    def _codes(self) -> None:
        allowed = {*self.indicator.dimensions}
        for key, line in self.use.codes.items():
            column, code = key.split("\t", 1)
            dimension = self.indicator.breakdown if column == BREAKDOWN else column
            where = Location(self.file, line)
            if dimension is None or (column != BREAKDOWN and dimension not in allowed):
                self.problems.add(
                    "undeclared_dimension",
                    where,
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
                    where,
                    message("'{code}' is no code of the dimension '{dimension}'", code=code, dimension=dimension),
                    did_you_mean(code, known, message("Add it to the dimension, or correct it.")),
                    value=code,
                )

    def _range(self) -> None:
        unit = self.workspace.units.get(self.indicator.unit)
        if unit is None or unit.kind == "mean":
            return
        lowest, highest = self.use.lowest, self.use.highest
        if lowest[0] < 0:
            self._outside(lowest, message("at least 0"))
        if unit.kind == "share" and highest[0] > 100:
            self._outside(highest, message("at most 100"))

    def _outside(self, found: tuple[float, int], limit: object) -> None:
        self.problems.add(
            "value_outside_unit",
            Location(self.file, found[1]),
            message(
                "{value} is not possible: the unit '{unit}' is {limit}",
                value=found[0],
                unit=self.indicator.unit,
                limit=limit,
            ),
            message("Correct the value."),
            value=found[0],
        )


def _duplicates(workspace: Workspace, series: str, sources: tuple[FigureSource, ...], problems: Problems) -> None:
    first: dict[tuple[object, ...], Location] = {}
    for source in sources:
        for figure in read_table(workspace, source).figures:
            if figure.series != series:
                continue
            key = (figure.period.text, figure.codes, figure.scope)
            where = Location(source.file, figure.line)
            if key in first:
                problems.add(
                    "duplicate_value",
                    where,
                    message("the same value stands at {place} already", place=str(first[key])),
                    message("Keep one of them."),
                    value=series,
                )
            first.setdefault(key, where)


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
            message("They are shown as context and do not judge the goal; find figures of its own scope."),
            value=goal.scope,
            warning=True,
        )
