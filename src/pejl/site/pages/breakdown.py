"""An indicator by one dimension: the latest period as a chart and a map, all periods as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pejl.publish.charts import BreakdownChart, breakdown_of, breakdowns_of
from pejl.publish.charts.words import plain_number
from pejl.publish.coarser import coarser_lines, coarser_of, in_order, is_rounded_away
from pejl.publish.numbers import shared_decimals
from pejl.publish.words import period_label, state_words
from pejl.release.public import PublicCell
from pejl.site.page import Here, Page
from pejl.site.pages.contents import Contents
from pejl.site.pages.downloads import of_indicator
from pejl.site.pages.drawings import drawn_breakdown, drawn_map
from pejl.site.pages.wording import WITHHELD_MARK, Record
from pejl.text import Language, message
from pejl.workspace.period import Period

if TYPE_CHECKING:
    from pejl.release.public import PublicRelease

MARKS: Mapping[str, str] = {
    "withheld": WITHHELD_MARK,
    "no_data": "×",
    "not_due": "–",
    "no_method": "?",
    "not_collected": "□",
}
"""What stands in a narrow cell for each kind of nothing; its words are beside the table, and in the cell for those
who do not see it."""
TOO_FEW_MARK = "△"
"""Stands where too few answered, where the answers leave too much to chance, or a share is of too few people."""
NO_CELL = "·"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A figure in the table of all periods.

    Attributes:
        text: the number, or the kind of nothing in words.
        mark: what stands for the words in the cell; None for a number.
    """

    text: str
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A code with its figures, one for each period, in the order of the periods."""

    label: Record
    depth: int
    alone: bool
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class BreakdownPage:
    """What the page of a breakdown shows.

    Attributes:
        indicator: its id.
        title: of the indicator.
        unit: what its numbers are.
        dimension: its id.
        by: the title of the dimension.
        chart: the latest period that has figures; None where all are of another kind.
        periods: in words, in time.
        rows: all codes with all figures, in declared order: nobody is ranked.
        total: the figures of everybody.
        legend: pairs of mark and words, for each kind of nothing in the table.
        overlapping: whether somebody may be in several rows.
        rounded: how numbers in the rows are rounded, to protect people; nothing where none is.
        merged: which codes of the dimension are merged in the data where it is crossed with another.
        siblings: pairs of id and title of the other breakdowns.
    """

    indicator: str
    title: Record
    unit: Record
    dimension: str
    by: Record
    chart: BreakdownChart | None
    periods: tuple[str, ...]
    rows: tuple[Row, ...]
    total: tuple[TableCell, ...]
    legend: tuple[tuple[str, str], ...]
    overlapping: bool
    rounded: tuple[str, ...]
    merged: tuple[str, ...]
    siblings: tuple[tuple[str, Record], ...]


def select(contents: Contents, indicator: str, dimension: str, language: Language) -> BreakdownPage:
    """Return what the page of a breakdown shows.

    Raises:
        KeyError: the release has no such indicator or dimension.
    """
    release = contents.release
    declared = release.indicator(indicator)
    if declared is None:
        raise KeyError(indicator)
    dimensions = release.workspace["dimensions"]
    by = dimensions[dimension]
    scope = declared["scope"]["id"]
    cells = [cell for cell in release.cells(indicator) if cell.scope == scope]
    found = {(cell.dimensions[0][1], cell.period): cell for cell in cells if _is_row(cell, dimension)}
    totals = {cell.period: cell for cell in cells if not cell.dimensions}
    periods = sorted({period for _, period in found}, key=Period.parse)
    shown = [*found.values(), *(totals[period] for period in periods if period in totals)]
    decimals = _decimals(shown)
    codes = [code for code in in_order(by["codes"]) if any((code["code"], period) in found for period in periods)]
    alone = set(by["alone"])
    parents = {code["code"]: code["parent"] for code in by["codes"]}
    rows = tuple(
        Row(
            code["label"],
            _depth(code["code"], parents),
            code["code"] in alone,
            tuple(_cell(found.get((code["code"], period)), decimals, language) for period in periods),
        )
        for code in sorted(codes, key=lambda code: code["code"] in alone)
    )
    coarser = coarser_of(declared, release.workspace)
    total = tuple(_cell(totals.get(period), decimals, language) for period in periods)
    return BreakdownPage(
        indicator=indicator,
        title=declared["title"],
        unit=declared["unit"]["label"],
        dimension=dimension,
        by=by["title"],
        chart=breakdown_of(release, indicator, dimension),
        periods=tuple(period_label(period, language) for period in periods),
        rows=rows,
        total=total,
        legend=_legend(cell for cells in (*(row.cells for row in rows), total) for cell in cells),
        overlapping=bool(by["overlapping"]),
        rounded=coarser_lines((replace(each, merged=()) for each in coarser), language)
        if any(cell.rounded for cell in found.values())
        else (),
        merged=coarser_lines(
            (
                replace(each, merged=tuple(one for one in each.merged if one.dimension == dimension), base=None)
                for each in coarser
            ),
            language,
        ),
        siblings=tuple(
            (name, dimensions[name]["title"]) for name in breakdowns_of(release, indicator) if name != dimension
        ),
    )


def _is_row(cell: PublicCell, dimension: str) -> bool:
    return len(cell.dimensions) == 1 and cell.dimensions[0][0] == dimension


def _decimals(cells: Iterable[PublicCell]) -> int:
    """Return the decimals all numbers of a table are shown with, so that they can be compared down a column."""
    exact = [cell for cell in cells if cell.rounded is None and cell.value is not None]
    return shared_decimals((cell.value for cell in exact if cell.value is not None), exact[0].unit if exact else None)


def _cell(cell: PublicCell | None, decimals: int, language: Language) -> TableCell:
    if cell is None:
        return TableCell(message("not asked for").render(language), NO_CELL)
    if cell.value is not None and cell.rounded is not None:
        number = plain_number(cell.value, cell.unit, language, 0)
        return TableCell(message("about {number}", number=number).render(language))
    if cell.value is not None:
        return TableCell(plain_number(cell.value, cell.unit, language, decimals))
    why_not = cell.note if cell.method == "survey" else None
    why_not = "rounded_away" if is_rounded_away(cell.rounded, cell.value, cell.state) else why_not
    record = {"state": cell.state, "period": cell.period, "next_due": None, "why_not": why_not}
    return TableCell(state_words(record, language), TOO_FEW_MARK if why_not else MARKS[cell.state])


def _legend(cells: Iterable[TableCell]) -> tuple[tuple[str, str], ...]:
    found = dict.fromkeys((cell.mark, cell.text) for cell in cells)
    return tuple((mark, text) for mark, text in found if mark is not None)


def _depth(code: str, parents: Mapping[str, str | None]) -> int:
    above = parents.get(code)
    return 0 if above is None else 1 + _depth(above, {name: parent for name, parent in parents.items() if name != code})


def every(release: PublicRelease) -> Iterable[Mapping[str, str]]:
    """Yield every breakdown that readers see."""
    return [
        {"indicator": indicator, "dimension": dimension}
        for indicator in release.indicators
        for dimension in breakdowns_of(release, indicator)
    ]


def page(here: Here, indicator: str, dimension: str) -> Page:
    """Return the page of a breakdown."""
    shown = select(Contents(here.release), indicator, dimension, here.language)
    name, by = here.say(shown.title), here.say(shown.by)
    by = by[:1].lower() + by[1:]
    chart = shown.chart
    boundaries = here.release.workspace["site"]["boundaries"]
    return Page(
        "pages/breakdown.html",
        here.t("{indicator}, by {dimension}", indicator=name, dimension=by),
        here.t(
            "{indicator}, broken down by {dimension}: a chart, and all years as a table.",
            indicator=name,
            dimension=by,
        ),
        (here.crumb(here.t("Indicators"), "indicators"), here.crumb(name, "indicator", indicator=indicator)),
        "indicators",
        {
            "model": shown,
            "mark": WITHHELD_MARK,
            "drawing": drawn_breakdown(chart, here.language) if chart is not None else None,
            "map": drawn_map(chart, boundaries, here.language) if chart is not None else None,
            "files": of_indicator(here, indicator),
        },
        f"{here.t('By')} {by}",
    )
