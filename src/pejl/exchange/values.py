"""What people write into cells, understood: numbers, periods and days as Danes write them and Excel turns them.

A number is a `Decimal` with as many decimals as are shown, because a printed number says how far it was rounded.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from pejl.text import Message, message
from pejl.workspace.period import FIRST_YEAR, LAST_YEAR, Period, PeriodError
from pejl.workspace.problems import DeclarationError, shorten

BLANKS = re.compile("[\\s\x00-\x1f\x7f-\x9f\u00a0\u2007\u2009\u2028\u2029\u202f\ufffe\uffff]+")
"""Every kind of blank, and signs that may not stand in a text file."""
_INVISIBLE = {ord(sign): None for sign in "\u00ad\u200b\u200c\u2060\ufeff"}
"""Places where a word may be parted, and marks of no width: pasted text is full of them, and nobody sees them."""

_PLAIN = re.compile(r"-?[0-9]+([.,][0-9]+)?")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?P<sign>[., ])[0-9]{3}((?P=sign)[0-9]{3})*(?P<rest>[.,][0-9]+)?")
_AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_FORMAT_DECIMALS = re.compile(r"[0#?]\.(0+)")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_NOTHING = frozenset({"-", "\N{EM DASH}", ".", "..", "...", "\N{HORIZONTAL ELLIPSIS}", "?", "n/a", "na", "i/a", "x"})
"""What people write where there is no number."""
PERIODS = message("2017, 2017-Q3, 2016/2017 (school year), 06-02-2017 or 2015-2017.")
MOST_DECIMALS = 12
MOST_DIGITS = 15
_SERIAL_YEARS = range(1904, 1908)
"""In these years lie the days that a spreadsheet makes of a year's number when its cell is formatted as a day."""


class ValueProblemError(DeclarationError):
    """A cell holds what cannot be understood; says what, and how to mend it."""


def spaced(text: str) -> str:
    """Return `text` with every kind of blank as one space, and without signs that nobody sees."""
    return BLANKS.sub(" ", text.translate(_INVISIBLE))


def clean(text: str) -> str:
    """Return `text` as `spaced` does, without spaces at the ends."""
    return spaced(text).strip()


def clean_lines(text: str) -> str:
    """Return `text` with single spaces and without blanks at the ends of its lines; the lines stay."""
    return "\n".join(clean(line) for line in text.splitlines()).strip()


def shows_percent(number_format: str) -> bool:
    """Tell whether a number format shows a hundred times the number with a percent sign."""
    return "%" in _QUOTED.sub("", number_format)


def shown_decimals(number_format: str) -> int:
    """Return how many decimals a number format always shows."""
    found = _FORMAT_DECIMALS.search(_QUOTED.sub("", number_format.split(";")[0]))
    return len(found.group(1)) if found else 0


def number(value: object, number_format: str = "General", *, percent: bool = False) -> Decimal:
    """Return the number that a cell holds.

    Args:
        value: of the cell, not empty.
        number_format: of the cell; its decimals count as printed.
        percent: the number is in percent, 0-100, so that a cell in Excel's percent format is a hundred times its value.

    Raises:
        ValueProblemError: the cell holds no number, or one that can be read in two ways.
    """
    if isinstance(value, bool):
        raise _no_number(value, message("Write the number, or leave the cell empty."))
    if isinstance(value, date):
        raise ValueProblemError(
            message("the cell holds a day, not a number"),
            message("Format the cell as a number, and write the number again."),
        )
    if isinstance(value, int | float):
        return _as_shown(value, number_format, percent)
    return _written_number(clean(str(value)), percent)


def _no_number(value: object, mend: Message) -> ValueProblemError:
    return ValueProblemError(message("'{value}' is not a number", value=shorten(str(value))), mend)


def _as_shown(value: float, number_format: str, percent: bool) -> Decimal:
    exact = Decimal(format(value, f".{MOST_DIGITS}g"))  # a spreadsheet knows fifteen digits; more are noise
    if not exact.is_finite():
        raise _no_number(value, message("Write the number, or leave the cell empty."))
    if shows_percent(number_format):
        if not percent:
            raise _percent_refused()
        exact *= 100
    if exact.adjusted() >= MOST_DIGITS:
        raise _no_number(value, message("Write at most {digits} digits.", digits=MOST_DIGITS))
    return _with_decimals(exact, shown_decimals(number_format))


def _percent_refused() -> ValueProblemError:
    return ValueProblemError(
        message("the cell shows a percentage, but the unit is not percent"),
        message("Write the number without the percent sign, and format the cell as a number."),
    )


def _with_decimals(exact: Decimal, least: int) -> Decimal:
    plain = Decimal(format(exact.normalize(), "f"))
    exponent = plain.as_tuple().exponent
    decimals = max(-int(exponent), least, 0)
    return round(plain, min(decimals, MOST_DECIMALS))


def _written_number(text: str, percent: bool) -> Decimal:
    bare = text.replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-").strip()
    if bare.endswith("%"):
        if not percent:
            raise _percent_refused()
        bare = bare[:-1].strip()
    if _AMBIGUOUS.fullmatch(bare):
        joined = re.sub("[.,]", "", bare)
        raise ValueProblemError(
            message("'{value}' can be read in two ways", value=text),
            message("Write {thousands} or {decimal}.", thousands=joined, decimal=bare.replace(".", ",") + "0"),
        )
    if _THOUSANDS.fullmatch(bare) and not _PLAIN.fullmatch(bare):
        bare = _without_separators(bare)
    if bare.casefold() in _NOTHING:
        raise _no_number(text, message("Empty the cell, and choose a state, if there is one, that says why."))
    if not _PLAIN.fullmatch(bare):
        raise _no_number(text, message("Write digits alone, with a decimal comma where it is needed: 1482 or 58,3."))
    found = Decimal(bare.replace(",", "."))
    if len(found.as_tuple().digits) > MOST_DIGITS or -int(found.as_tuple().exponent) > MOST_DECIMALS:
        raise _no_number(text, message("Write at most {digits} digits.", digits=MOST_DIGITS))
    return found


def _without_separators(text: str) -> str:
    match = _THOUSANDS.fullmatch(text)
    assert match is not None
    rest = match.group("rest") or ""
    if rest and rest[0] == match.group("sign"):
        return text  # 1.234.56: no number, and said so
    whole = text[: len(text) - len(rest)].replace(match.group("sign"), "")
    return whole + rest


_MONTHS = {
    name: number
    for names in (
        "januar februar marts april maj juni juli august september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_DAY_IN_WORDS = re.compile(r"([0-9]{1,2})\.?\s*([a-z]+)\s*([0-9]{4})", re.IGNORECASE)
_PERIOD_WORD = re.compile(r"(?:år|året|year|skoleår|skoleåret|(?:the )?school year)\s+(.+)", re.IGNORECASE)
"""What Danes write before a year, and what Pejl itself does where it tells of a period."""

_PERIOD_FORMS: tuple[tuple[str, str], ...] = (
    (r"([0-9]{4})\s*-?\s*[QKqk]\.?\s*([1-4])", "{0}-Q{1}"),
    (r"([1-4])\.\s*(?:kvartal|kvt\.?|quarter)\s*([0-9]{4})", "{1}-Q{0}"),
    (r"[QKqk]([1-4])\s*([0-9]{4})", "{1}-Q{0}"),
    (r"([0-9]{2})([0-9]{2})\s*/\s*([0-9]{2})", "{0}{1}/{0}{2}"),
    (r"([0-9]{4})\s*/\s*([0-9]{4})", "{0}/{1}"),
    (r"([0-9]{4})\s*(?:\.\.|-|\N{EN DASH})\s*([0-9]{4})", "{0}..{1}"),
    (r"([0-9]{4})\s*(?:>|\N{RIGHTWARDS ARROW}|->)\s*([0-9]{4})", "{0}>{1}"),
    (r"(?:fra|from)\s+([0-9]{4})\s+(?:til|to)\s+([0-9]{4})", "{0}>{1}"),
)
_DANISH_DAY = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})")


def period(value: object) -> Period:
    """Return the period that a cell names: 2017 as a number or text, a day, a quarter as Danes write it.

    Raises:
        ValueProblemError: it names none.
    """
    if isinstance(value, datetime | date):
        return Period.parse(_day_of(value).isoformat())
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = clean(str(value))
    if re.fullmatch(r"[0-9]{4}[.,]0+", text):
        text = text[:4]
    if match := _PERIOD_WORD.fullmatch(text):
        text = match[1]
    if written := _written_day(text):
        return _parsed(written)
    for pattern, form in _PERIOD_FORMS:
        if match := re.fullmatch(pattern, text, re.IGNORECASE):
            return _parsed(form.format(*match.groups()))
    return _parsed(text)


def _written_day(text: str) -> str | None:
    """Return a day in figures or in words, day first, with the year first; None where the text is none."""
    if match := _DANISH_DAY.fullmatch(text):
        return "{2}-{1:0>2}-{0:0>2}".format(*match.groups())
    if (match := _DAY_IN_WORDS.fullmatch(text)) and match[2].casefold() in _MONTHS:
        return f"{match[3]}-{_MONTHS[match[2].casefold()]:02}-{int(match[1]):02}"
    return None


def _parsed(text: str) -> Period:
    try:
        return Period.parse(text)
    except PeriodError as error:
        raise ValueProblemError(error.what, message("Write it as one of these: {forms}", forms=PERIODS)) from error


def day(value: object) -> date:
    """Return the day that a cell names: a day of the spreadsheet, DD-MM-YYYY or YYYY-MM-DD.

    Raises:
        ValueProblemError: it names none.
    """
    if isinstance(value, datetime | date):
        return _day_of(value)
    text = clean(str(value))
    text = _written_day(text) or text
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        found = date.fromisoformat(text)
    except ValueError as error:
        raise ValueProblemError(
            message("'{value}' is not a day", value=shorten(text)),
            message("Write day, month and year: 31-12-2017."),
        ) from error
    _require_year(found)
    return found


def _require_year(found: date) -> None:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueProblemError(
            message("the year {year} is outside {first}-{last}", year=found.year, first=FIRST_YEAR, last=LAST_YEAR),
            message("Write day, month and year: 31-12-2017."),
        )


def _day_of(value: date) -> date:
    found = value.date() if isinstance(value, datetime) else value
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        raise ValueProblemError(
            message("the cell holds a time of day, too: {value}", value=value.isoformat(" ", "minutes")),
            message("Write the day alone: 31-12-2017."),
        )
    if found.year in _SERIAL_YEARS:
        raise ValueProblemError(
            message("the cell shows the day {day}; it may be a year in a cell formatted as a day", day=found),
            message("Format the cell as text or number, and write the year again."),
        )
    _require_year(found)
    return found
