"""How other people write periods: years, several years, quarters, three months by their names."""

from __future__ import annotations

import re
from functools import lru_cache

from pejl.text import Message, message
from pejl.workspace.period import Period, PeriodError

_YEARS = re.compile(r"([0-9]{4})\s*(?:[-–/]|to|bis)\s*([0-9]{4}|[0-9]{2})")
_QUARTER = re.compile(r"([0-9]{4})[-\s]?[QqTtKk]([1-4])|[QqTtKk]([1-4])[-\s/]?([0-9]{4})")
_YEAR_OF_SDMX = re.compile(r"([0-9]{4})-?A1?")
_THREE_MONTHS = re.compile(r"([0-9]{4})-([0-9]{2})(?:-[0-9]{2})?\s+([A-Za-z]{3})\s*[-–]\s*([A-Za-z]{3})")
_MARKED = re.compile(r"([0-9]{4})\s*(\*{1,3}|[†‡]|\([^()]{1,60}\)|[a-zA-Z])")
_QUARTERS = {("jan", "mar"): 1, ("apr", "jun"): 2, ("jul", "sep"): 3, ("oct", "dec"): 4}


@lru_cache(maxsize=10_000)
def read_period(written: str) -> tuple[str | None, Message | None, str]:
    """Return a period as figures write it; why it is not as it stood, if so; and what marks it, for a note.

    None stands for what is no period here: a month, three months that are no quarter, words.
    """
    text = re.sub(r"\.0+$", "", written)
    changed: Message | None = None
    mark = ""
    if (match := _MARKED.fullmatch(text)) and not _YEAR_OF_SDMX.fullmatch(text):
        text, mark = match.groups()
        changed = message("the year has a mark, which is kept in the note of the row")
    if match := _YEARS.fullmatch(text):
        first, last = match.groups()
        last = first[:2] + last if len(last) == 2 else last
        text = first if first == last else f"{first}..{last}"
        if first != last:
            changed = message("several years were written; they are carried over as one period")
    elif match := _QUARTER.fullmatch(text):
        year, quarter = (match.group(1), match.group(2)) if match.group(1) else (match.group(4), match.group(3))
        text = f"{year}-Q{quarter}"
    elif match := _YEAR_OF_SDMX.fullmatch(text):
        text = match.group(1)
    elif match := _THREE_MONTHS.fullmatch(text):
        months = match.group(3).lower(), match.group(4).lower()
        if _QUARTERS.get(months) == (int(match.group(2)) + 2) // 3:
            text = f"{match.group(1)}-Q{_QUARTERS[months]}"
            changed = message("three months are written that are a quarter; they are carried over as one")
        else:
            return None, message("three months that are no quarter are no period here; the row is left out"), ""
    try:
        return Period.parse(text).text, changed, mark
    except PeriodError:
        return None, message("this is no period that can be understood; the row is left out"), ""
