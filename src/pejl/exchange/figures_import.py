"""Figures out of a workbook: every row understood or refused with its cell, and set against what is known."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from pejl.exchange.books import read_book
from pejl.exchange.changes import Plan
from pejl.exchange.choices import Choices
from pejl.exchange.columns import Row, find_table
from pejl.exchange.figures_edit import Entry, FiguresEdit, same
from pejl.exchange.figures_sheet import (
    CHANGEABLE,
    DIMENSION,
    NUMBERS,
    TOTAL_WORDS,
    FigureColumns,
    Key,
    dimensions_of,
    figure_columns,
    known_figures,
)
from pejl.exchange.places import CellPlace
from pejl.exchange.values import clean
from pejl.text import Language, Message, format_number, message
from pejl.workspace.figure_table import Figure
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import FigureSource, Workspace
from pejl.workspace.problems import Problems
from pejl.workspace.states import State


def figures_plan(path: Path, workspace: Workspace, language: Language) -> Plan:
    """Return what the workbook at `path` would change in the figures of `workspace`.

    Args:
        path: the workbook.
        workspace: as declared, with its figures, without problems.
        language: in which the changes are told.
    """
    problems = Problems()
    sheets = read_book(path, problems)
    columns = figure_columns(workspace, language)
    table = find_table(sheets, columns.columns, path.name, problems) if sheets is not None else None
    if table is None:
        return Plan(problems=problems.sorted())
    known = known_figures(workspace)
    reader = _Reader(workspace, columns, known, language)
    entries = [entry for row in table.rows(problems, columns.columns) if (entry := reader.entry(row)) is not None]
    plan = FiguresEdit(workspace, columns, known, entries, problems, language).plan()
    return Plan(plan.changes, plan.files, plan.before, plan.origins, problems.sorted())


class _Reader:
    """Understands rows, each on its own and beside the others."""

    def __init__(
        self,
        workspace: Workspace,
        columns: FigureColumns,
        known: Mapping[Key, tuple[FigureSource, Figure]],
        language: Language,
    ) -> None:
        self.workspace = workspace
        self.columns = columns
        self.known = known
        self.language = language
        self.first: dict[Key, CellPlace] = {}

    def entry(self, row: Row) -> Entry | None:
        if not any(row.cell(name) is not None for name in CHANGEABLE):
            self._cleared(row)
            return None
        indicator = self._indicator(row)
        read = row.period("period")
        if row.cell("period") is None:
            _missing(row, "period", message("the period of this figure is missing"))
        percent = self._percent(indicator)
        numbers = {
            name: row.decimal(name, percent=percent and name in ("value", "se", "low", "high"))
            for name in ("value", *NUMBERS)
        }
        state = self._state(row, numbers["value"])
        codes = self._codes(row, indicator)
        scope = self._scope(row, indicator)
        source, note = row.text("source") or "", row.text("note") or ""
        if indicator is not None:
            self._fits(row, indicator, numbers)
        if row.troubled or indicator is None or read is None or state is None or scope is None:
            return None
        key: Key = (indicator.id, read.text, frozenset(codes), scope)
        if key in self.first:
            row.note(
                "series",
                "row_twice",
                message("the same figure stands at {place} already", place=self.first[key].short),
                message("Keep one of them."),
            )
            return None
        self.first[key] = row.place("series")
        if not source and not self._is_as_before(key, numbers, state):
            _missing(row, "source", message("the source of this figure is missing"))
            return None
        places = {name: row.place(name) for name in CHANGEABLE}
        return Entry(key, read, numbers, state, source, note, row.place("value"), places)

    def _cleared(self, row: Row) -> None:
        """Note that a figure that stands in the workspace was emptied; a row nothing was written into is skipped."""
        series, named = row.cell("series"), row.cell("period")
        if series is None or named is None or row.cell("file") is None:
            return
        found = self.columns.series.find(series.text)
        row.note(
            "value",
            "figure_emptied",
            message("the figure was emptied"),
            message("Choose the state that says why there is no number, or write the number again."),
            value=found,
        )

    def _indicator(self, row: Row) -> Indicator | None:
        if row.cell("series") is None:
            _missing(row, "series", message("the series of this figure is missing"))
        found = row.choice("series", self.columns.series)
        indicator = self.workspace.indicators_by_id.get(found or "")
        unit = row.text("unit")
        if indicator is not None and unit is not None and not self._names_unit(indicator, unit):
            declared = self.workspace.units[indicator.unit].label.text(self.language)
            row.note(
                "unit",
                "other_unit",
                message("the unit is '{unit}', but the indicator's is '{declared}'", unit=unit, declared=declared),
                message("Correct the number, or remove what was written here."),
                unit,
            )
        return indicator

    def _names_unit(self, indicator: Indicator, written: str) -> bool:
        unit = self.workspace.units.get(indicator.unit)
        if unit is None:
            return True
        names = {unit.id, unit.label.da, unit.label.en or "", *unit.aliases}
        return clean(written).casefold() in {name.casefold() for name in names}

    def _percent(self, indicator: Indicator | None) -> bool:
        unit = self.workspace.units.get(indicator.unit) if indicator is not None else None
        return indicator is None or (unit is not None and unit.kind in ("share", "transition"))

    def _state(self, row: Row, value: Decimal | None) -> State | None:
        written = row.choice("state", self.columns.states)
        if "state" in row.troubled or "value" in row.troubled:
            return None
        if written is None:
            if value is not None:
                return State.MEASURED
            _missing(row, "state", message("there is neither a number nor a state"))
            return None
        state = State(written)
        if state.has_value and value is None:
            row.note(
                "value",
                "value_missing",
                message("the state is '{state}', but there is no value", state=self.columns.states.label(written)),
                message("Write the value, or the state that says which kind of nothing it is."),
            )
        elif not state.has_value and value is not None:
            row.note(
                "value",
                "value_unexpected",
                message("the state is '{state}', but there is a value", state=self.columns.states.label(written)),
                message("Empty the value, or choose that it was measured or estimated."),
                value,
            )
        return state

    def _codes(self, row: Row, indicator: Indicator | None) -> list[tuple[str, str]]:
        found = []
        for dimension, choices in self.columns.codes.items():
            name = DIMENSION + dimension
            cell = row.cell(name)
            if cell is None or cell.text.casefold() in TOTAL_WORDS - _own_words(choices):
                continue
            code = row.choice(name, choices)
            if code is None or indicator is None:
                continue
            if dimension not in dimensions_of(self.workspace, indicator):
                row.note(
                    name,
                    "undeclared_dimension",
                    message("this series has no breakdown by '{dimension}'", dimension=dimension),
                    message("Empty the cell."),
                    code,
                )
            found.append((dimension, code))
        return found

    def _scope(self, row: Row, indicator: Indicator | None) -> str | None:
        if row.cell("scope") is not None:
            return row.choice("scope", self.columns.scopes)
        if indicator is None:
            return None
        scope = self.workspace.scopes.get(indicator.scope)
        return scope.id if scope is not None else indicator.scope

    def _fits(self, row: Row, indicator: Indicator, numbers: Mapping[str, Decimal | None]) -> None:
        """Note numbers that cannot be: outside their unit, not whole, negative, an interval without its value."""
        unit = self.workspace.units.get(indicator.unit)
        value = numbers["value"]
        if value is not None and unit is not None:
            named = unit.label.text(self.language)
            highest = 100 if unit.kind == "share" else None
            if unit.kind != "mean" and (value < 0 or (highest is not None and value > highest)):
                _refuse(
                    row,
                    "value",
                    value,
                    message("a value in the unit '{unit}' is at least 0", unit=named)
                    if value < 0
                    else message("a value in the unit '{unit}' is at most 100", unit=named),
                )
            if unit.kind == "count" and value != value.to_integral_value():
                what = message("the unit '{unit}' counts whole things, but this is not a whole number", unit=named)
                _refuse(row, "value", value, what)
            self._suspicious(row, indicator, value, percent=unit.kind == "share")
        for name in ("n", "numerator", "denominator", "se"):
            count = numbers[name]
            if count is not None and count < 0:
                _refuse(row, name, count, message("the number is negative"))
        low, high = numbers["low"], numbers["high"]
        if (low is None) != (high is None) and not {"low", "high"} & row.troubled:
            _refuse(row, "low" if low is not None else "high", "", message("only one end of the interval is given"))
        elif low is not None and high is not None and value is not None and not low <= value <= high:
            _refuse(row, "value", value, message("the value does not lie between the ends of the interval"))

    def _suspicious(self, row: Row, indicator: Indicator, value: Decimal, *, percent: bool) -> None:
        """Warn of 0,25 where the series has numbers like 25: a share that was not turned into percent."""
        sources = self.workspace.sources_by_series.get(indicator.id, ())
        highest = max((source.uses[indicator.id].highest[0] for source in sources), default=0.0)
        if percent and 0 < value < 1 < highest / 10:
            row.warn(
                "value",
                "share_not_percent",
                message("{value} is read as {value} percent", value=self._shown(value)),
                message("Write {hundred} if that is what is meant.", hundred=self._shown((value * 100).normalize())),
            )

    def _shown(self, value: Decimal) -> str:
        return format_number(value, self.language, max(-int(value.as_tuple().exponent), 0))

    def _is_as_before(self, key: Key, numbers: Mapping[str, Decimal | None], state: State) -> bool:
        found = self.known.get(key)
        if found is None:
            return False
        figure = found[1]
        return figure.state is state and all(same(getattr(figure, name), numbers[name]) for name in numbers)


def _own_words(choices: Choices) -> set[str]:
    return {word.casefold() for word in choices.known()}


def _missing(row: Row, name: str, what: Message) -> None:
    row.note(name, "cell_empty", what, message("Fill it in, or empty the whole row."))


def _refuse(row: Row, name: str, value: object, what: Message) -> None:
    row.note(name, "impossible_number", what, message("Correct the number."), value)
