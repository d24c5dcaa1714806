"""Ids made of other people's names: lower-case letters, digits and underscores, each once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "đ": "d", "ł": "l", "ı": "i"})
LONGEST = 60


def slug(text: str, longest: int = LONGEST) -> str:
    """Return a text as an id may be written; empty where nothing of it can be."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    words = re.sub(r"[^a-z0-9]+", "_", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    return words.strip("_")[:longest].strip("_")


class Names:
    """Gives every thing an id of its own."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)

    def new(self, text: str, otherwise: str, longest: int = LONGEST) -> str:
        """Return an id for `text`, with a number where it is taken; `otherwise` for what has no letters we know."""
        begin = slug(text, longest) or otherwise
        if not begin[0].isalpha():
            begin = f"{otherwise}_{begin}"
        name, number = begin, 1
        while name in self.taken:
            number += 1
            name = f"{begin}_{number}"
        self.taken.add(name)
        return name
