"""Age groups as words: which of them holds all the others."""

from __future__ import annotations

import re
from collections.abc import Iterable

_AFTER = r"\s*(?:years?|yrs?|år|jahre|años|ans)?(?:\s*(?:of age|old|gamle?))?"
_AND_OVER = r"(?:\s*\+|\s*(?:and|or)\s+(?:over|older|above|more|up))"
_FROM = re.compile(rf"(?:aged?\s+)?(?:y_?ge_?([0-9]{{1,3}})|([0-9]{{1,3}}){_AFTER}{_AND_OVER}{_AFTER})")
_BETWEEN = re.compile(
    rf"(?:aged?\s+)?(?:y_?([0-9]{{1,3}})t([0-9]{{1,3}})|([0-9]{{1,3}})\s*(?:-|–|to|until)\s*([0-9]{{1,3}}){_AFTER})"
)
_BELOW = re.compile(rf"(?:aged?\s+)?(?:y_?lt_?([0-9]{{1,3}})|(?:<|under|below|less than)\s*([0-9]{{1,3}}){_AFTER})")
OLDEST = 200


def age_range(word: str) -> tuple[int, int] | None:
    """Return the first and the last year of age that a word names, as 15-24, Y_GE15, 65 and over; None for others."""
    text = " ".join(word.casefold().split())
    if match := _FROM.fullmatch(text):
        return int(match.group(1) or match.group(2)), OLDEST
    if match := _BETWEEN.fullmatch(text):
        first, last = (int(each) for each in match.groups() if each is not None)
        return (first, last) if first <= last else None
    if match := _BELOW.fullmatch(text):
        below = int(match.group(1) or match.group(2))
        return (0, below - 1) if below > 0 else None
    return None


def holds_all(words: Iterable[str]) -> str | None:
    """Return the one word whose age group holds all the others; None where a word is no age group, or none does."""
    ranges = {word: age_range(word) for word in words}
    known = {word: each for word, each in ranges.items() if each is not None}
    if len(known) < 2 or len(known) < len(ranges):
        return None
    first = min(each[0] for each in known.values())
    last = max(each[1] for each in known.values())
    widest = [word for word, each in known.items() if each == (first, last)]
    return widest[0] if len(widest) == 1 else None
