"""Texts and numbers as fields of CSV files, made harmless for spreadsheets in a way that can be undone.

A spreadsheet runs a field that begins with `=`, `+`, `-` or `@` as a formula (OWASP, "CSV Injection"), also where
spaces or control characters stand before it. Such a text gets an apostrophe in front. Taking one apostrophe away from
a text that is still risky without it gives the text back exactly, because an apostrophe does not make a text less so.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_FORMULA = re.compile(r"[\s']*[=+\-@\uff1d\uff0b\uff0d\uff20]|'*[\t\r\n\v\f\x1c-\x1f\x85]")
_DATE = re.compile(r"'*\d{1,2}\s*[-/.]\s*\d{1,2}(\s*[-/.]\s*\d{2,4})?\s*")
"""What a Danish spreadsheet would take for a day: 1-5, 1.5, 3/4-17."""


def harmless(text: str) -> str:
    """Return `text` so that no spreadsheet runs it."""
    return f"'{text}" if _FORMULA.match(text) else text


def harmless_in_excel(text: str) -> str:
    """Return `text` so that a Danish spreadsheet neither runs it nor takes it for a day."""
    return f"'{text}" if _FORMULA.match(text) or _DATE.fullmatch(text) else text


def unchanged(text: str) -> str:
    """Return `text`: nobody opens it in a spreadsheet."""
    return text


def as_it_was(text: str) -> str:
    """Return what `harmless` was given."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text[1:]) else text


def number(value: float | None) -> str:
    """Return the shortest text that is exactly this number, whole numbers without decimals; empty for None."""
    if value is None:
        return ""
    text = repr(float(value))
    return text[:-2] if text.endswith(".0") else text


class Numbers(dict[float | None, str]):
    """Numbers as text, each written once."""

    def __init__(self) -> None:
        super().__init__({None: ""})

    def __missing__(self, value: float | None) -> str:
        self[value] = number(value)
        return self[value]


class Fields(dict[str, str]):
    """Texts as fields of a CSV file, each made harmless and quoted once (RFC 4180)."""

    def __init__(self, delimiter: str, guard: Callable[[str], str] = harmless) -> None:
        super().__init__()
        self._special = re.compile(f'["{delimiter}\r\n]|^\\s|\\s$')
        self._guard = guard

    def __missing__(self, text: str) -> str:
        guarded = self._guard(text)
        field = '"' + guarded.replace('"', '""') + '"' if self._special.search(guarded) else guarded
        self[text] = field
        return field
