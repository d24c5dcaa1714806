"""What must hold of every row of an indicator's SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pejl.engines.sql_text import quoted
from pejl.measure.cube.plan import WITH_DENOMINATOR, WITH_SPREAD, Plan, unknown_code
from pejl.measure.queries import Query
from pejl.text import Message, message

_FINITE = "1e300"
WHOLE_NUMBERS = frozenset({"count", "rate", "transition"})
"""Kinds whose numerators are counts, of which exact intervals are known."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A stable code, the SQL that is true of a row that breaks the rule, and the sentence to say so."""

    code: str
    sql: str
    what: Message


def broken(plan: Plan, query: Query) -> str:
    """Return the SQL that is true of a row that breaks any rule."""
    return f"({' OR '.join(rule.sql for rule in rules(plan, query))})"


def rules(plan: Plan, query: Query) -> Iterator[Rule]:
    """Yield the rules for the rows of one query of `plan`; the most basic ones first."""
    yield Rule("row_without_period", "period_no IS NULL", message("a row has no period, or one that is not a period"))
    yield from _numerator(plan, query)
    if plan.kind in WITH_DENOMINATOR and "denominator" in query.columns:
        yield Rule(
            "row_without_denominator", _no_number("den", query, "denominator"), message("a row has no denominator")
        )
        yield Rule("denominator_negative", "den < 0", message("a denominator is negative"))
    if plan.kind == "share":
        yield Rule("numerator_above_denominator", "num > den", message("a numerator is larger than its denominator"))
    for each in plan.own:
        if unknown_code(each) is None:
            what = message("a row has no '{dimension}', which has no code for the unknown", dimension=each.id)
            yield Rule("row_without_code", f"{quoted(f'd_{each.id}')} IS NULL", what)
    if plan.by_event:
        yield Rule("row_without_event_date", "day IS NULL", message("a row has no event date"))


def _numerator(plan: Plan, query: Query) -> Iterator[Rule]:
    yield Rule("row_without_numerator", _no_number("num", query, "numerator"), message("a row has no numerator"))
    if plan.kind not in WITH_SPREAD:
        yield Rule("numerator_negative", "num < 0", message("a numerator is negative"))
    if plan.kind in WHOLE_NUMBERS and query.columns["numerator"] == "number":
        yield Rule("numerator_not_whole", "num <> floor(num)", message("a numerator of a count is not a whole number"))


def _no_number(name: str, query: Query, column: str) -> str:
    """Return the SQL that is true where there is no finite number."""
    if query.columns[column] != "number":
        return f"{name} IS NULL"
    return f"({name} IS NULL OR NOT abs({name}) < {_FINITE})"
