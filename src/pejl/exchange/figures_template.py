"""The workbook in which figures are entered: what is known of each series, and an empty row for what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pejl.exchange.choices import STATES
from pejl.exchange.figures_sheet import (
    DIMENSION,
    NUMBERS,
    FigureColumns,
    Key,
    entered_here,
    figure_columns,
    known_figures,
)
from pejl.exchange.sheets import DataSheet, Guide, Value, make_book
from pejl.text import Language, Message, message
from pejl.workspace.figure_table import Figure
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import FigureSource, Workspace
from pejl.workspace.period import LAST_YEAR, Period, PeriodKind

LATEST = 3
"""So many of a series' latest periods are shown."""

MOST_ROWS = 5000
"""With more rows than this, breakdowns are left out: nobody enters them by hand."""

Known = Mapping[Key, tuple[FigureSource, Figure]]


def figures_template(workspace: Workspace, language: Language, year: int | None = None) -> bytes:
    """Return the workbook: the latest periods of every series that is entered, and one row for the next.

    Args:
        workspace: as declared, with its figures.
        language: of explanations and lists.
        year: the year to be entered; the one that comes next in each series if not given.
    """
    columns = figure_columns(workspace, language)
    known = known_figures(workspace)
    rows = list(_rows(workspace, columns, known, language, year, totals_only=False))
    whole = len(rows) <= MOST_ROWS
    if not whole:
        rows = list(_rows(workspace, columns, known, language, year, totals_only=True))
    data = DataSheet(message("Figures"), columns.columns, rows, frozen=2)
    return make_book(_guide(workspace, language, whole=whole, some=bool(rows)), data, language)


def _guide(workspace: Workspace, language: Language, *, whole: bool, some: bool) -> Guide:
    paragraphs = [
        message(
            "Write new figures in the sheet 'Figures', and send the workbook back. White cells are yours; grey ones "
            "are for help. Every series has its latest figures and an empty row for what comes next; there are empty "
            "rows at the bottom, too."
        ),
        message(
            "A row without value and without state is skipped. A row you delete stays as it is in the workspace: to "
            "take a number back, empty its value and choose the state that says why there is none."
        ),
        message(
            "Nothing is never zero. If there is no number, choose in the column 'State' which kind of nothing it is."
        ),
        message("A correction of an old number is a decision, too: write in the note what was wrong."),
        message("Do not merge cells, and keep the names of the columns. You may hide rows and filter them."),
        message(
            "Before anything is taken over, you are shown every change; whatever cannot be understood is named with "
            "its cell."
        ),
    ]
    if not some:
        paragraphs.insert(
            0,
            message(
                "Nothing is to be written here: all figures of this workspace are counted from registers or asked for."
            ),
        )
    if not whole:
        paragraphs.append(
            message("There are too many figures to show them all: breakdowns are left out, but may be entered.")
        )
    states = [(words.render(language), _STATE_HELP[state].render(language)) for state, words in STATES.items()]
    return Guide(
        sheet=message("Read me first"),
        title=message("Figures of {title}", title=workspace.settings.title.text(language)),
        notice=workspace.settings.notice.text(language),
        paragraphs=paragraphs,
        words={message("The states").render(language): states},
    )


_STATE_HELP: Mapping[str, Message] = {
    "measured": message("There is a number, counted or measured."),
    "estimate": message("There is a number, and the source itself calls it an estimate."),
    "no_data": message("The source has no number for this period."),
    "not_due": message("It is measured more seldom; another period has a number."),
    "no_method": message("Nobody can measure it yet."),
    "not_collected": message("There is a number somewhere, and nobody has fetched it yet. Our lack, not theirs."),
    "withheld": message("There is a number, and it is not shown, so that nobody can be recognised."),
}


def _rows(
    workspace: Workspace,
    columns: FigureColumns,
    known: Known,
    language: Language,
    year: int | None,
    *,
    totals_only: bool,
) -> Iterator[dict[str, Value]]:
    by_series: dict[str, dict[tuple[frozenset[tuple[str, str]], str], list[tuple[FigureSource, Figure]]]] = {}
    for (series, _, codes, scope), found in known.items():
        if not (totals_only and codes):
            by_series.setdefault(series, {}).setdefault((codes, scope), []).append(found)
    for indicator in entered_here(workspace):
        groups = by_series.get(indicator.id, {(frozenset(), indicator.scope): []})
        for codes, scope in sorted(groups, key=lambda group: (group[1], len(group[0]), sorted(group[0]))):
            figures = sorted(groups[codes, scope], key=lambda item: item[1].period)
            about = _about(workspace, columns, indicator, codes, scope, language)
            for source, figure in figures[-LATEST:]:
                yield {**about, **_known_row(columns, source, figure)}
            if (following := next_period(indicator, [item.period for _, item in figures], year)) is not None:
                yield {**about, "period": Value(_period_value(following))}
            elif not figures:
                yield {**about, "period": Value(None)}


def _about(
    workspace: Workspace,
    columns: FigureColumns,
    indicator: Indicator,
    codes: Iterable[tuple[str, str]],
    scope: str,
    language: Language,
) -> dict[str, Value]:
    unit = workspace.units.get(indicator.unit)
    return {
        "series": Value(columns.series.label(indicator.id), locked=True),
        "unit": Value(unit.label.text(language) if unit is not None else indicator.unit),
        "scope": Value(columns.scopes.label(scope), locked=True),
        **{
            DIMENSION + name: Value(columns.codes[name].label(dict(codes).get(name, "")) or None, locked=True)
            for name in columns.codes
        },
        "value": Value(None, "#,##0" if unit is not None and unit.kind == "count" else "General"),
    }


def _known_row(columns: FigureColumns, source: FigureSource, figure: Figure) -> dict[str, Value]:
    shown = "0." + "0" * figure.decimals if figure.decimals else "#,##0"
    numbers = {name: Value(getattr(figure, name)) for name in NUMBERS if getattr(figure, name) is not None}
    value = None if figure.value is None else Decimal(f"{figure.value:.{figure.decimals}f}")
    return {
        "period": Value(_period_value(figure.period), locked=True),
        "value": Value(value, shown),
        "state": Value(columns.states.label(figure.state)),
        "source": Value(figure.source or None),
        "note": Value(figure.note or None),
        **numbers,
        "file": Value(f"{source.file}:{figure.line}"),
    }


def _period_value(period: Period) -> object:
    return int(period.text) if period.kind is PeriodKind.YEAR else period.text


def next_period(indicator: Indicator, periods: Sequence[Period], year: int | None) -> Period | None:
    """Return the period to be entered next, or in `year`; None where there is none, or nobody can tell.

    The indicator's rhythm decides; without one, the next period of the same kind.
    """
    known = {item.text for item in periods}
    latest = max(periods, default=None)
    rhythm = indicator.rhythm
    if rhythm is not None and rhythm.periods:
        ahead = [
            item
            for item in rhythm.periods
            if item.text not in known and (latest is None or latest < item) and (year is None or item.end.year == year)
        ]
        return min(ahead, default=None)
    if latest is None:
        return Period.year(year) if year is not None and rhythm is not None else None
    following: Period | None = _after(latest)
    while following is not None and year is not None and following.end.year < year:
        following = _after(following)
    if following is None or (year is not None and following.end.year != year):
        return None
    return following


def _after(period: Period) -> Period | None:
    first, last = period.start.year, period.end.year
    if last >= LAST_YEAR:
        return None
    match period.kind:
        case PeriodKind.YEAR:
            return Period.parse(last + 1)
        case PeriodKind.QUARTER:
            quarter = (period.start.month + 2) // 3
            return Period.parse(f"{first + quarter // 4}-Q{quarter % 4 + 1}")
        case PeriodKind.SCHOOL_YEAR:
            return Period.parse(f"{last}/{last + 1}")
        case PeriodKind.WINDOW:
            return Period.parse(f"{first + 1}..{last + 1}")
        case PeriodKind.TRANSITION:
            return Period.parse(f"{last}>{2 * last - first}") if 2 * last - first <= LAST_YEAR else None
    return None
