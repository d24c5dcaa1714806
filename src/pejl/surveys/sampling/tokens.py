"""Tokens: what stands on a letter in place of a name."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from pejl.registers import PseudonymKey
from pejl.surveys.sampling.refusal import SurveyRefusedError
from pejl.text import message

ALPHABET = "346789CDFGHJKMNPRTWX"
"""No two that look alike (0 O Q, 1 I L, 2 Z, 5 S, 8 B, U V), and no vowels, so that no word arises."""
LENGTH = 10


def token(key: PseudonymKey, survey: str, period: str, person: int) -> str:
    """Return the token of a person in one wave: an HMAC-SHA256, written with 10 of 20 signs (43 bits).

    Nobody without the key can tell the person from it, nor the person's tokens of two waves from each other.
    """
    number = int.from_bytes(hmac.digest(key.secret, f"{survey}|{period}|{person}".encode(), "sha256"), "big")
    signs = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)


def tokens(key: PseudonymKey, survey: str, period: str, persons: Iterable[int]) -> list[str]:
    """Return the token of each person.

    Raises:
        SurveyRefusedError: two persons have the same token; in a sample of 20,000 that happens once in 50,000 times.
    """
    found = [token(key, survey, period, int(person)) for person in persons]
    if len(set(found)) < len(found):
        raise SurveyRefusedError(
            "token_twice",
            message("two persons have the same token; with another key of the pseudonyms they would not"),
        )
    return found
