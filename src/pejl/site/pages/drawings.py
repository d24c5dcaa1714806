"""Charts as the templates take them: drawn wide and narrow, with the same data as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pejl.publish.charts import (
    BreakdownChart,
    SeriesChart,
    TransitionChart,
    boundary_map,
    breakdown_chart,
    chart_of_goal,
    series_chart,
    spark,
    table_of,
    tile_map,
    transition_chart,
)
from pejl.publish.charts.series import NARROW, WIDE
from pejl.site.page import Here
from pejl.site.pages.wording import Record
from pejl.text import Language


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart and its data.

    Attributes:
        id: unique in the page.
        wide: the drawing for wide screens and paper.
        narrow: the drawing for narrow ones; empty where one does for both.
        head: of the table, as the macro takes it.
        rows: of the same.
    """

    id: str
    wide: Markup
    narrow: Markup
    head: tuple[Any, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Map:
    """A map, wide and narrow; the table of its breakdown has the same data."""

    wide: Markup
    narrow: Markup


def drawn_series(chart: SeriesChart, language: Language, name: str = "series") -> Drawing:
    """Return a series over time."""
    wide = series_chart(chart, language, width=WIDE, prefix=f"{name}-wide")
    narrow = series_chart(chart, language, width=NARROW, prefix=f"{name}-narrow")
    return _drawing(name, chart, wide, narrow, language)


def drawn_breakdown(chart: BreakdownChart, language: Language, name: str = "breakdown") -> Drawing:
    """Return a figure by the codes of a dimension."""
    wide = breakdown_chart(chart, language, width=WIDE, prefix=f"{name}-wide")
    narrow = breakdown_chart(chart, language, width=NARROW, prefix=f"{name}-narrow")
    return _drawing(name, chart, wide, narrow, language)


def drawn_transitions(chart: TransitionChart, language: Language, name: str = "transitions") -> Drawing:
    """Return who went from where to where."""
    wide = transition_chart(chart, language, width=WIDE, prefix=f"{name}-wide")
    narrow = transition_chart(chart, language, width=NARROW, prefix=f"{name}-narrow")
    return _drawing(name, chart, wide, narrow, language)


def drawn_map(chart: BreakdownChart, boundaries: Record | None, language: Language) -> Map | None:
    """Return the districts as a map: by boundaries where there are some, else as tiles.

    None without either, and where no district has a figure: a map of nothing says no more than the rows beside it.
    """
    codes = {row.code for row in chart.rows if row.point.value is not None}
    if not codes:
        return None
    if boundaries is not None and codes & {_code(feature) for feature in boundaries["features"]}:
        shape = boundaries
        return Map(
            _safe(boundary_map(chart, shape, language, width=WIDE, prefix="map-wide")),
            _safe(boundary_map(chart, shape, language, width=NARROW, prefix="map-narrow")),
        )
    if not chart.has_tiles:
        return None
    return Map(
        _safe(tile_map(chart, language, width=WIDE, prefix="map-wide")),
        _safe(tile_map(chart, language, width=NARROW, prefix="map-narrow")),
    )


def _code(feature: Record) -> str | None:
    found = feature.get("properties", {}).get("code") or feature.get("id")
    return str(found) if found is not None else None


def sparks(here: Here) -> Callable[[Record], Markup]:
    """Return what makes the small drawing of a goal's series, once for all pages; its words stand beside it."""

    def made(goal: Record) -> Markup:
        return here.kept(f"spark: {goal['id']}", lambda release: _safe(spark(chart_of_goal(release, goal))))

    return made


def _safe(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - drawn by us, who escape every word in it


def _drawing(name: str, chart: Any, wide: str, narrow: str, language: Language) -> Drawing:
    table = table_of(chart, language)
    head = tuple({"text": text, "number": number} for text, number in zip(table.head, table.numeric, strict=True))
    return Drawing(name, _safe(wide), _safe(narrow), head, tuple(table.rows))
