"""The annexes: every figure as a table, and how each indicator is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pejl.publish.charts import SeriesChart, chart_of_goal, table_of
from pejl.publish.coarser import coarser_lines, coarser_of
from pejl.publish.paper.model import Block, Cell, Grid, Heading, Items, Paragraph, Run, plain
from pejl.publish.paper.titles import said
from pejl.release.public import PublicRelease
from pejl.text import Language, message

Record = Mapping[str, Any]
_PERIOD, _VALUE, _SPAN, _REMARKS = 33.0, 56.0, 40.0, 37.0
"""Widths of columns, alike in all tables, so that the eye finds the same thing in the same place; together a line."""
_LINE = _PERIOD + _VALUE + _SPAN + _REMARKS
_MOST_TOGETHER = 15
"""Rows of a table that is not parted by the end of a page: one that has a figure for each year of a decade or more."""


def figures_annex(release: PublicRelease, goals: Sequence[Record], language: Language) -> Iterator[Block]:
    """Yield a table for each indicator of the goals, in the scope of the first goal that has it."""
    yield Heading(1, message("Annex 2: The figures").render(language), new_page=True)
    seen: set[tuple[str, str]] = set()
    for goal in goals:
        key = (goal["indicator"] or "", goal["scope"])
        if goal["indicator"] is not None and key not in seen:
            seen.add(key)
            chart = chart_of_goal(release, goal)
            if chart.points:
                yield _figures(chart, language)


def _figures(chart: SeriesChart, language: Language) -> Grid:
    table = table_of(chart, language)
    spans = (_SPAN,) * table.numeric.count(True)
    widths = (_PERIOD, _VALUE, *spans[1:], *(_REMARKS,) * (len(table.head) - 1 - len(spans)))
    return Grid(
        caption=said(chart.title, language),
        head=table.head,
        rows=tuple(tuple(Cell(text) for text in row) for row in table.rows),
        numeric=table.numeric,
        widths=widths,
        share=sum(widths) / _LINE,
        together=len(table.rows) <= _MOST_TOGETHER,
    )


def definitions_annex(release: PublicRelease, goals: Sequence[Record], language: Language) -> Iterator[Block]:
    """Yield how each indicator of the goals is counted: definitions by version, who counts, what else plays a part."""
    yield Heading(1, message("Annex 3: How it is counted").render(language), new_page=True)
    for name in dict.fromkeys(goal["indicator"] for goal in goals if goal["indicator"] is not None):
        indicator = release.indicator(name)
        if indicator is not None:
            yield from _definition(indicator, language)
            for line in coarser_lines(coarser_of(indicator, release.workspace), language):
                yield Paragraph((Run(message("Broken down: ").render(language), bold=True), Run(line)))


def _definition(indicator: Record, language: Language) -> Iterator[Block]:
    yield Heading(2, said(indicator["title"], language))
    several = len(indicator["versions"]) > 1
    for version in indicator["versions"]:
        runs = (Run(f"{version['version']}: ", bold=True),) if several else ()
        yield Paragraph((*runs, *plain(said(version["definition"], language))))
        if version["standing"] == "proposal":
            yield Paragraph(plain(message("This way of counting is a proposal.").render(language), italic=True))
    if indicator["published_by"] is not None:
        by = message("Counted by: {who}.", who=said(indicator["published_by"], language))
        yield Paragraph(plain(by.render(language)))
    for item in indicator["breaks"]:
        yield Paragraph((Run(message("Break: ").render(language), bold=True), Run(said(item["note"], language))))
    if indicator["outside_factors"]:
        yield Paragraph(plain(message("What else plays a part:").render(language)), leads=True)
        yield Items(tuple(plain(said(factor, language)) for factor in indicator["outside_factors"]))
    if indicator["note"] is not None:
        yield Paragraph(plain(said(indicator["note"], language)))
