"""The columns of the figures workbook, the same on the way out and on the way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pejl.exchange.choices import STATES, Choices, titled, worded
from pejl.exchange.columns import Column, column
from pejl.exchange.values import PERIODS
from pejl.text import Language, message
from pejl.workspace.base import LocalText
from pejl.workspace.figure_table import Figure
from pejl.workspace.indicators import Indicator
from pejl.workspace.loading import read_table
from pejl.workspace.model import FigureSource, Workspace

Key = tuple[str, str, frozenset[tuple[str, str]], str]
"""What a figure is about: series, period, codes by dimension, scope; each by its id, however it is spelt."""

TOTAL_WORDS = frozenset({"total", "i alt", "alle", "all"})
DIMENSION = "dimension:"
NUMBERS = ("n", "numerator", "denominator", "se", "low", "high")
CHANGEABLE = ("value", "state", *NUMBERS, "source", "note")


@dataclass(frozen=True, slots=True)
class FigureColumns:
    """The columns, and the lists behind them."""

    columns: Sequence[Column]
    series: Choices
    states: Choices
    scopes: Choices
    codes: Mapping[str, Choices]


def entered_here(workspace: Workspace) -> list[Indicator]:
    """Return the indicators whose figures somebody enters: those that are not counted or asked for."""
    return [item for item in workspace.indicators if item.source == "figures"]


def dimensions_entered(workspace: Workspace) -> list[str]:
    """Return the dimensions by which entered figures are broken down, in the order of the vocabulary."""
    used = {name for item in entered_here(workspace) for name in dimensions_of(workspace, item)}
    return [name for name in workspace.dimensions if name in used]


def dimensions_of(workspace: Workspace, indicator: Indicator) -> set[str]:
    """Return the dimensions a figure of `indicator` may name."""
    own = {*workspace.dimensions_of(indicator), *([indicator.breakdown] if indicator.breakdown else ())}
    return own & set(workspace.dimensions)


def figure_columns(workspace: Workspace, language: Language) -> FigureColumns:
    """Return the columns of the data sheet for a workspace."""
    series = titled(((item.id, item.title, ()) for item in entered_here(workspace)), language)
    states = worded(STATES, language)
    scopes = {item.id: item for item in workspace.scopes.values()}
    scope = titled(((item.id, item.title, item.aliases) for item in scopes.values()), language)
    codes: dict[str, Choices] = {}
    breakdowns = []
    for name in dimensions_entered(workspace):
        dimension = workspace.dimensions[name]
        codes[name] = titled(((each.code, each.label, each.aliases) for each in dimension.codes), language)
        title = dimension.title
        breakdowns.append(_dimension(name, title, codes[name], language))
    columns = [
        column(
            "series",
            message("Series"),
            message("What is measured. Choose it from the list."),
            language,
            width=38,
            choices=series,
            needed=True,
        ),
        column(
            "period",
            message("Period"),
            PERIODS,
            language,
            width=12,
            entry="period",
            needed=True,
        ),
        *breakdowns,
        column(
            "value",
            message("Value"),
            message("The number as it is printed, without separators between thousands; percent as 58,3."),
            language,
            width=12,
            entry="number",
            needed=True,
        ),
        column(
            "unit",
            message("Unit of measure"),
            message("What the number counts. It belongs to the series and is not chosen here."),
            language,
            width=16,
            locked=True,
        ),
        column(
            "state",
            message("State"),
            message("Whether it was measured or estimated, or why there is no number. Empty means measured."),
            language,
            width=24,
            choices=states,
        ),
        column(
            "source",
            message("Source"),
            message("Where the number was read: document, table, page, date."),
            language,
            width=36,
        ),
        column("note", message("Note"), message("Anything a reader should know."), language, width=36),
        column(
            "scope",
            message("Scope"),
            message("Whom the figure is about. Empty means the series' own."),
            language,
            width=22,
            choices=scope,
        ),
        *_numbers(language),
        column(
            "file",
            message("Stands in"),
            message("Where the figure stands now. Only for help."),
            language,
            width=28,
            locked=True,
        ),
    ]
    return FigureColumns(columns, series, states, scope, codes)


def _dimension(name: str, title: LocalText, codes: Choices, language: Language) -> Column:
    words = message("Which part the figure is about. Empty means all.")
    titles = frozenset(text.casefold() for text in (title.da, title.en, name) if text is not None)
    shown = title.text(language)
    return Column(DIMENSION + name, shown, titles, words.render(language), 18, choices=codes)


def _numbers(language: Language) -> list[Column]:
    words = {
        "n": (message("Persons behind"), message("How many persons or answers are behind the number.")),
        "numerator": (message("Numerator"), message("The count above the line of a share or a rate.")),
        "denominator": (message("Denominator"), message("The count below the line of a share or a rate.")),
        "se": (message("Standard error"), message("Of an estimate, if the source prints it.")),
        "low": (message("Interval from"), message("The lower end of the 95 % interval, if the source prints it.")),
        "high": (message("Interval to"), message("The upper end of the 95 % interval, if the source prints it.")),
    }
    return [column(name, title, told, language, width=12, entry="number") for name, (title, told) in words.items()]


def known_figures(workspace: Workspace) -> dict[Key, tuple[FigureSource, Figure]]:
    """Return every figure of the workspace with its file, by what it is about."""
    return {
        key_of(workspace, figure): (source, figure)
        for source in workspace.figures
        for figure in read_table(workspace, source).figures
    }


def key_of(workspace: Workspace, figure: Figure) -> Key:
    """Return what a figure is about."""
    scope = workspace.scopes.get(figure.scope)
    codes = frozenset(_code(workspace, figure.series, column, code) for column, code in figure.codes)
    return figure.series, figure.period.text, codes, scope.id if scope is not None else figure.scope


def _code(workspace: Workspace, series: str, written_in: str, written: str) -> tuple[str, str]:
    indicator = workspace.indicators_by_id.get(series)
    breakdown = indicator.breakdown if indicator is not None else None
    dimension = breakdown if written_in == "breakdown" and breakdown is not None else written_in
    code = workspace.codes.get((dimension, written))
    return dimension, code.code if code is not None else written
