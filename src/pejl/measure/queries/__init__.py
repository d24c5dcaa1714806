"""The SQL of a workspace: parsed, checked against contracts and the portable subset, and put in order.

Nothing is run here. SQLGlot is imported only where a workspace has SQL.
"""

from __future__ import annotations

from pejl.measure.queries.calendars import CALENDARS, calendar_rows
from pejl.measure.queries.graph import Graph, Query, build_graph

__all__ = ["CALENDARS", "Graph", "Query", "build_graph", "calendar_rows"]
