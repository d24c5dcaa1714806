"""Search for the whole number at which a condition turns true for good."""

from __future__ import annotations

from collections.abc import Callable


def smallest_from(start: int, holds: Callable[[int], bool]) -> int:
    """Smallest number from `start` up for which `holds` is true; it must turn true somewhere, and stay so."""
    reach = 1
    while not holds(start + reach):
        reach *= 2
    return smallest_between(start, start + reach, holds)


def smallest_between(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Smallest number in low..high for which `holds` is true; for `high` it is taken to be, and not asked."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
