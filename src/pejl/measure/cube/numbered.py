"""SQL that takes its period from a calendar, made to give the period's number instead of its name.

To group millions of rows by a name and to look the name up afterwards costs more than to group by a number that the
calendar has beside the name. What is not plainly a column of the right calendar stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp

PERIOD_NO = "period_no"
CALENDAR_OF = {
    "year": "calendar_years",
    "quarter": "calendar_quarters",
    "school_year": "calendar_school_years",
    "transition": "calendar_transitions",
}
"""The calendar that has every period of a kind once."""
_LATER = ("having", "qualify", "order", "limit", "offset", "windows", "laterals", "pivots")


@dataclass(frozen=True, slots=True)
class Numbered:
    """`sql` gives `period_no` in place of `period`; it reads `calendar`, with that column more, under `name`."""

    sql: str
    calendar: str
    name: str


@lru_cache(maxsize=256)
def numbered(sql: str, kind: str, name: str) -> Numbered | None:
    """Return a query that gives the number of its period, or None where it is not known how.

    Args:
        sql: the query as it is run, every column with its relation.
        kind: of the periods counted.
        name: what the calendar with numbers is called.
    """
    from sqlglot import exp, parse_one

    calendar = CALENDAR_OF.get(kind)
    tree = parse_one(sql, dialect="duckdb")
    if calendar is None or not isinstance(tree, exp.Select) or any(tree.args.get(part) for part in _LATER):
        return None
    shown = next((each for each in tree.selects if each.alias_or_name == "period"), None)
    column = shown.unalias() if shown is not None else None
    if shown is None or not isinstance(column, exp.Column):
        return None
    table = _inner_table(tree, column.table)
    if table is None or table.name != calendar or calendar in _steps(tree):
        return None
    group = tree.args.get("group")
    places = [column, *(each for each in (group.expressions if group is not None else ()) if each == column)]
    if sum(each == column for each in tree.find_all(exp.Column)) != len(places):
        return None  # the name is wanted elsewhere, too
    for each in places[1:]:
        each.replace(exp.column(PERIOD_NO, column.table))
    shown.replace(exp.column(PERIOD_NO, column.table))
    table.replace(exp.to_table(name).as_(column.table, table=True))
    return Numbered(tree.sql(dialect="duckdb", pretty=True), calendar, name)


def _inner_table(tree: exp.Select, name: str) -> exp.Table | None:
    """Return the relation called `name` if each row of the SELECT has one of its rows."""
    from sqlglot import exp

    start = tree.args.get("from_")
    joins = tree.args.get("joins") or ()
    if start is None or any((join.side or "").upper() not in ("", "LEFT") or join.args.get("method") for join in joins):
        return None
    inner = [start.this, *(join.this for join in joins if not join.side and (join.kind or "").upper() in ("", "INNER"))]
    found = [each for each in inner if isinstance(each, exp.Table) and each.alias_or_name == name]
    return found[0] if len(found) == 1 else None


def _steps(tree: exp.Select) -> set[str]:
    with_ = tree.args.get("with_")
    return {step.alias for step in with_.expressions} if with_ is not None else set()
