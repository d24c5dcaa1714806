"""Which known word was meant? Fast also for hundreds of slips among hundreds of names that look alike."""

from __future__ import annotations

import difflib
import heapq
from collections.abc import Iterable
from functools import cache, lru_cache

LIKENESS = 0.6
FEW = 40
MAX_LENGTH = 100
_BITS = 512


def closest(word: object, known: Iterable[str]) -> str | None:
    """Return the known word that `word` is most likely a slip of, or None."""
    return _closest(str(word)[:MAX_LENGTH], frozenset(known))


@cache
def _closest(word: str, known: frozenset[str]) -> str | None:
    names = sorted(known) if len(known) <= FEW else _most_alike(word, known)
    return next(iter(difflib.get_close_matches(word, names, n=1, cutoff=LIKENESS)), None)


def _most_alike(word: str, known: frozenset[str]) -> list[str]:
    """Return a few of many words, so that only these are compared letter by letter."""
    traces, own = _traces(known), _trace(word)
    shared = heapq.nlargest(20, traces, key=lambda name: (own & traces[name]).bit_count() - abs(len(name) - len(word)))
    return heapq.nlargest(3, shared, key=lambda name: _in_common(word, name) / (len(word) + len(name) or 1))


@lru_cache(maxsize=16)
def _traces(known: frozenset[str]) -> dict[str, int]:
    return {name: _trace(name) for name in sorted(known)}


def _trace(word: str) -> int:
    """Return the letters and pairs of letters in `word` as bits."""
    trace = 0
    for first, second in zip(word, word[1:] + " ", strict=False):
        trace |= 1 << ord(first) % 64 | 1 << 64 + (ord(first) * 31 + ord(second)) % _BITS
    return trace


def _in_common(word: str, other: str) -> int:
    """Return the length of the longest common subsequence, computed in bits (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for position, sign in enumerate(word):
        places[sign] = places.get(sign, 0) | 1 << position
    every = (1 << len(word)) - 1
    left = every
    for sign in other:
        met = left & places.get(sign, 0)
        left = (left + met | left - met) & every
    return len(word) - left.bit_count()
