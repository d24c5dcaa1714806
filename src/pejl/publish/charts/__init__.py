"""Charts as SVG, made from a release's public folder: series, breakdowns, maps, transitions, and small ones for cards.

A chart is gathered (`chart_of_goal`, `chart_of_indicator`, `breakdown_of`, `transitions_of`), then drawn in a language
and a width, put into words (`alt_text`), and laid out as a table (`table_of`).
"""

from pejl.publish.charts.breakdown import breakdown_chart
from pejl.publish.charts.gathering import (
    breakdown_of,
    breakdowns_of,
    chart_of_goal,
    chart_of_indicator,
    declared_goals,
    transitions_of,
)
from pejl.publish.charts.maps import boundary_map, tile_map
from pejl.publish.charts.model import (
    Aim,
    BreakdownChart,
    Chart,
    Point,
    Row,
    SeriesChart,
    Table,
    TransitionChart,
    Unit,
)
from pejl.publish.charts.series import NARROW, WIDE, series_chart
from pejl.publish.charts.spark import spark
from pejl.publish.charts.tables import table_of
from pejl.publish.charts.transitions import transition_chart
from pejl.publish.charts.words import alt_text

__all__ = [
    "NARROW",
    "WIDE",
    "Aim",
    "BreakdownChart",
    "Chart",
    "Point",
    "Row",
    "SeriesChart",
    "Table",
    "TransitionChart",
    "Unit",
    "alt_text",
    "boundary_map",
    "breakdown_chart",
    "breakdown_of",
    "breakdowns_of",
    "chart_of_goal",
    "chart_of_indicator",
    "declared_goals",
    "series_chart",
    "spark",
    "table_of",
    "tile_map",
    "transition_chart",
    "transitions_of",
]
