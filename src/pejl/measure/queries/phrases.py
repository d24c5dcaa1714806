"""What parts of SQL are called, and how a wrong type is mended."""

from __future__ import annotations

from sqlglot import exp

from pejl.text import Message, message

_WRITTEN = {
    "TimestampTrunc": "date_trunc",
    "DateTrunc": "date_trunc",
    "CurrentDate": "current_date",
    "Rand": "random",
    "ReadCSV": "read_csv",
    "ReadParquet": "read_parquet",
    "TryCast": "try_cast",
    "IntDiv": "//",
    "Pow": "power",
}
"""Names of functions that SQLGlot calls otherwise."""


def mend_type(found: str, accepted: list[str]) -> Message:
    """Return what to write where `found` stands and one of `accepted` is needed."""
    if found == "integer" and accepted == ["text"]:
        return message("Write cast(… as varchar).")
    if accepted == ["boolean"]:
        return message("Write a comparison, such as … = 1.")
    if found == "boolean":
        return message("Write case when … then 1 else 0 end.")
    if accepted == ["date"]:
        return message("Write a day as date '2017-12-31', or declare the column as a date in the register's contract.")
    if accepted == ["integer"]:
        return message("Write cast(floor(…) as bigint).")
    return message("Use a column of that type, or correct the type in the register's contract.")


def written_name(node: exp.Expr) -> str:
    """Return what a part of SQL is called, in lower case."""
    if isinstance(node, exp.Anonymous | exp.AnonymousAggFunc):
        return str(node.this).lower()
    called = node.sql_name() if isinstance(node, exp.Func) else node.key
    return _WRITTEN.get(type(node).__name__, str(called).lower())
