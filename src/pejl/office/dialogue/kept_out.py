"""What is kept out of free text: numbers of the form of a CPR number, and names of those who took part."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pejl.office.core.refusals import RefusedError
from pejl.text import Message, message

_FORM = re.compile(r"(?<![\d+])(\d\d)[ .\-–/]?(\d\d)[ .\-–/]?\d\d[ .\-–/]?([0-9A-ZÆØÅ]{4})(?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")
_GENITIVE = re.compile(r"[’']?[sS]?$")
_SURE = 4
"""Names of so many letters are known in small letters too; shorter ones, such as Bo, are also words."""

NO_CPR = message(
    "Here stands a number that looks like a CPR number. We do not need it, and it is not kept. Please take it out."
)
NO_NAME = message(
    "Word number {number} is the name of somebody who signed up for the meeting. "
    "Please write it so that nobody is named."
)


class KeptOutError(RefusedError):
    """Something was written that is not to be kept; nothing of it is in the reason."""

    status = 409


def resembles_cpr(text: str) -> bool:
    """Tell whether something of the form of a CPR number stands in a text.

    Ten signs with a day and a month first, with or without signs between; also replacement numbers, with 60 added to
    the day or letters among the last four. Modulus 11 is not asked: numbers are given out that fail it.
    """
    return any(_is_day(day, month) and any(sign.isdigit() for sign in last) for day, month, last in _FORM.findall(text))


def _is_day(day: str, month: str) -> bool:
    return (1 <= int(day) <= 31 or 61 <= int(day) <= 91) and 1 <= int(month) <= 12


def named(text: str, names: Iterable[str]) -> int | None:
    """Return which word of a text, from 1, is one of the names or a genitive of one; None if none is.

    Args:
        text: what somebody wrote.
        names: of people, of one or more words each.
    """
    parts = {word for name in names for word in _WORD.findall(name) if len(word) > 1}
    sure = {word.casefold() for word in parts if len(word) >= _SURE}
    short = {word[:1].upper() + word[1:] for word in parts}
    for number, word in enumerate(_WORD.findall(text), start=1):
        forms = {word, _GENITIVE.sub("", word)}
        if any(form in short or form.casefold() in sure for form in forms):
            return number
    return None


def refuse_numbers(text: str) -> None:
    """Refuse a text with a number that looks like a CPR number.

    Raises:
        KeptOutError: there is one.
    """
    if resembles_cpr(text):
        raise KeptOutError(NO_CPR)


def refuse_people(text: str, names: Iterable[str]) -> None:
    """Refuse a text with a number that looks like a CPR number, or with one of the names.

    Raises:
        KeptOutError: there is one.
    """
    refuse_numbers(text)
    number = named(text, names)
    if number is not None:
        raise KeptOutError(Message(NO_NAME.id, {"number": number}))
