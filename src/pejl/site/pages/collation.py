"""The order of the alphabet, as readers of a page expect it."""

from __future__ import annotations

import unicodedata

from pejl.text import Language

_DANISH = {"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c"}
"""Danish has three letters after z, which `{` follows; Swedish and German letters stand with theirs."""


def sort_key(text: str, language: Language) -> tuple[str, str]:
    """Return what texts are sorted by: letters whatever their case, æ, ø and å after z in Danish; then the text."""
    return "".join(_folded(letter, language) for letter in text.casefold() if letter.isalnum() or letter == " "), text


def initial(text: str, language: Language) -> str:
    """Return the letter under which a text stands; `0-9` for numbers."""
    first = next((letter for letter in text.upper() if letter.isalnum()), "#")
    if first.isdigit():
        return "0-9"
    if language == "da" and first.casefold() in _DANISH:
        return {"Ä": "Æ", "Ö": "Ø"}.get(first, first)
    return _folded(first.casefold(), language)[0].upper()


def _folded(letter: str, language: Language) -> str:
    if language == "da" and letter in _DANISH:
        return _DANISH[letter]
    return unicodedata.normalize("NFD", letter)[0] if letter not in "æø" else {"æ": "ae", "ø": "o"}[letter]
