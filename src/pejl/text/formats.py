"""Numbers and dates as they are written in Danish and English."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel.dates import format_date as babel_date
from babel.numbers import format_decimal

from pejl.text.catalogue import Language

_LOCALES = {"da": "da_DK", "en": "en_GB"}
MINUS = "\N{MINUS SIGN}"


def format_number(value: float | Decimal, language: Language, decimals: int | None = None) -> str:
    """Return `value` with the language's separators, and a real minus sign.

    `decimals` fixes the number of decimals; without it, as many are shown as the value has, three at most.
    """
    fixed = "." + "0" * decimals if decimals else ""
    pattern = "#,##0.###" if decimals is None else f"#,##0{fixed}"
    text = format_decimal(value, format=pattern, locale=_LOCALES[language])
    if not any(sign in "123456789" for sign in text):
        text = text.lstrip("-" + MINUS)
    return text.replace("-", MINUS)


def format_signed(value: float | Decimal, language: Language, decimals: int | None = None) -> str:
    """Return `value` with its sign, also when positive: a change."""
    text = format_number(value, language, decimals)
    return f"+{text}" if value > 0 and any(sign in "123456789" for sign in text) else text


def format_percent_change(value: float | Decimal, language: Language, decimals: int | None = None) -> str:
    """Return a relative change in percent, with its sign and the language's percent sign."""
    space = "\N{NO-BREAK SPACE}" if language == "da" else ""
    return f"{format_signed(value, language, decimals)}{space}%"


def format_date(value: date, language: Language) -> str:
    """Return a date in words: 17. september 2014 / 17 September 2014."""
    return babel_date(value, format="d. MMMM y" if language == "da" else "d MMMM y", locale=_LOCALES[language])
