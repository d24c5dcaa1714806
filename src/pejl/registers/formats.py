"""How cells are read: numbers, days and words as Danish systems write them, in SQL that never fails on a cell.

Each function gives an expression that is NULL where the text is not of the form declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pejl.engines.sql_text import literal
from pejl.workspace.registers import Column, ColumnType, RegisterSource

_TOKENS = {"dd": ("%d", "[0-9]{2}"), "mm": ("%m", "[0-9]{2}"), "yyyy": ("%Y", "[0-9]{4}")}
_TOKENS |= {"d": ("%d", "[0-9]{1,2}"), "m": ("%m", "[0-9]{1,2}")}
_FORMAT = re.compile(r"(dd?|mm?|yyyy)([-./]?)(dd?|mm?)([-./]?)(dd?|yyyy)")
_TIME = "( [0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?)?"
"""A time of day after a day is cut off."""
_BLANKS = " \t\r\n\u00a0"
_ISO = "yyyy-mm-dd"
KNOWN_DATE_FORMATS = ("dd-mm-yyyy", "dd.mm.yyyy", "dd/mm/yyyy", "d-m-yyyy", "ddmmyyyy", "yyyy-mm-dd", "yyyymmdd")
"""The forms to suggest; any order of day, month and year with one sign between them is read."""

CANONICAL: dict[ColumnType, str] = {
    "text": "text",
    "integer": "integer",
    "number": "number",
    "date": "date",
    "boolean": "boolean",
    "cpr": "integer",
}
"""The types of canonical columns: a CPR number has become a pseudonym."""

IN_PLACE = {
    "text": {"VARCHAR"},
    "integer": {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"},
    "number": {"DOUBLE", "FLOAT"},
    "date": {"DATE"},
    "boolean": {"BOOLEAN"},
}
"""The types of Parquet columns that can be read as they are."""


def date_pattern(date_format: str) -> tuple[str, str] | None:
    """Return a declared form of days as (strptime pattern, regular expression), or None when it is not understood.

    Such as `dd-mm-yyyy`, `d.m.yyyy` (one digit or two) or `ddmmyyyy`; a year has four digits.
    """
    found = _FORMAT.fullmatch(date_format.lower())
    if found is None:
        return None
    first, sign, second, sign_again, third = found.groups()
    if sorted(part[0] for part in (first, second, third)) != ["d", "m", "y"] or sign != sign_again:
        return None
    if not sign and {"d", "m"} & {first, second, third}:
        return None  # without a sign between them, one digit or two cannot be told apart
    parts = [_TOKENS[part] for part in (first, second, third)]
    return (
        sign.join(code for code, _ in parts),
        f"[{sign}]".join(form for _, form in parts) if sign else "".join(form for _, form in parts),
    )


def present_sql(column: str, empty: Iterable[str], *, trim: bool) -> str:
    """Return SQL for the text of a cell, NULL where it is one of the words for an empty cell."""
    text = _trimmed(column) if trim else column
    words = ", ".join(literal(word) for word in {"", *empty})
    return f"CASE WHEN {text} IN ({words}) THEN NULL ELSE {text} END"


def value_sql(text: str, kind: ColumnType, source: RegisterSource) -> str:
    """Return SQL that reads a cell's text as `kind`; NULL where it cannot be."""
    if kind == "date":
        return _date_sql(text, source)
    if kind == "boolean":
        return _boolean_sql(text, source)
    if kind in ("integer", "number"):
        return _number_sql(text, kind, source)
    return text


def _trimmed(column: str) -> str:
    """SQL for a text without blanks at its ends; few cells have any, and looking is cheaper than trimming."""
    ends = [f"{end} <= ' ' OR {end} = '\u00a0'" for end in (f"{column}[1]", f"{column}[-1]")]
    return f"CASE WHEN {' OR '.join(ends)} THEN trim({column}, {literal(_BLANKS)}) ELSE {column} END"


def text_sql(raw: str, native: str, column: Column, source: RegisterSource) -> str:
    """Return SQL for what stands in the cell `raw` of the SQL type `native`; NULL where it is empty.

    Text in Parquet files is kept with its spaces, text elsewhere without.
    """
    if native == "VARCHAR":
        as_it_is = source.format == "parquet" and column.type == "text" and not (column.dimension or column.values)
        return present_sql(raw, source.empty, trim=not as_it_is)
    if column.type == "cpr":
        digits = f"CAST({raw} AS VARCHAR)"
        return f"lpad({digits}, 10, '0')" if _is_integer(native) else digits  # a number has lost its leading zero
    return raw


def cell_sql(text: str, native: str, column: Column, source: RegisterSource) -> str:
    """Return SQL for the value of a cell, given what `text_sql` made of it; NULL where it cannot be read as declared.

    A number that is not whole is no integer, NaN is no number, and a moment is the day it falls on.
    """
    if native == "VARCHAR" or column.type == "cpr":
        return value_sql(text, column.type, source)
    return _native_value(text, native, column.type)


def _native_value(raw: str, native: str, kind: ColumnType) -> str:
    if kind == "text":
        return f"CAST({raw} AS VARCHAR)"
    if kind == "integer":
        whole = f"CASE WHEN {raw} = floor(CAST({raw} AS DOUBLE)) THEN try_cast({raw} AS BIGINT) END"
        return f"try_cast({raw} AS BIGINT)" if _is_integer(native) else whole
    if kind == "number":
        number = f"try_cast({raw} AS DOUBLE)"
        return f"CASE WHEN isfinite({number}) THEN {number} END"
    if kind == "date":
        readable = native == "DATE" or native.startswith("TIMESTAMP")
        return f"CAST({raw} AS DATE)" if readable else "CAST(NULL AS DATE)"
    return _native_boolean(raw, native)


def _is_integer(native: str) -> bool:
    return native in IN_PLACE["integer"] or native in {"UBIGINT", "HUGEINT"}


def _native_boolean(column: str, native: str) -> str:
    if native == "BOOLEAN":
        return column
    if _is_integer(native):
        return f"CASE {column} WHEN 1 THEN true WHEN 0 THEN false END"
    return "CAST(NULL AS BOOLEAN)"


def _date_sql(text: str, source: RegisterSource) -> str:
    forms = [source.date_format]
    if source.format in ("sqlite", "postgresql"):
        forms.append(_ISO)  # what databases write, whatever their users see
    branches = []
    for form in forms:
        pattern, expression = date_pattern(form) or ("%Y-%m-%d", "[0-9]{4}-[0-9]{2}-[0-9]{2}")
        # without a time of day, which is cut off
        day = f"split_part({text}, ' ', 1)"
        branches.append(
            f"WHEN regexp_full_match({text}, '{expression}{_TIME}') THEN CAST(try_strptime({day}, '{pattern}') AS DATE)"
        )
    return f"CASE {' '.join(branches)} END"


def _boolean_sql(text: str, source: RegisterSource) -> str:
    true = ", ".join(literal(word.lower()) for word in source.true_words)
    false = ", ".join(literal(word.lower()) for word in source.false_words)
    return f"CASE WHEN lower({text}) IN ({true}) THEN true WHEN lower({text}) IN ({false}) THEN false END"


def _number_sql(text: str, kind: ColumnType, source: RegisterSource) -> str:
    digits = "[0-9]+"
    plain = text
    if source.thousands != "none":
        digits = f"([0-9]{{1,3}}([{source.thousands}][0-9]{{3}})+|[0-9]+)"
        plain = f"replace({plain}, {literal(source.thousands)}, '')"
    if kind == "integer":
        return f"CASE WHEN regexp_full_match({text}, '-?{digits}') THEN try_cast({plain} AS BIGINT) END"
    form = f"-?{digits}([{source.decimal}][0-9]+)?([eE][-+]?[0-9]+)?"
    number = f"try_cast(replace({plain}, {literal(source.decimal)}, '.') AS DOUBLE)"
    return f"CASE WHEN regexp_full_match({text}, '{form}') AND isfinite({number}) THEN {number} END"
