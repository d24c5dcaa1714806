"""Small words that many pages need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pejl.text import Language, Message

Record = Mapping[str, Any]
"""Plain data of a release; a text of the workspace is such a record too, with the keys `da` and `en`."""


WITHHELD_MARK = "▨"
"""The one mark for a number that is not shown to protect people: a hatched square, as the charts draw it."""


def counted(number: int, one: Message, many: Message, language: Language) -> str:
    """Return a number of things in words; `many` has a place for `{count}`."""
    return (one if number == 1 else Message(many.id, {"count": number})).render(language)


def capital(text: str) -> str:
    """Return the text with a capital first letter, as a line by itself begins."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return the text as a sentence: a capital letter first, a full stop last."""
    return capital(text) + ("" if text.endswith((".", "!", "?", "…")) else ".")
