"""Numbers of persons: made-up replacement numbers that can never be real, or pseudonyms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pejl.demo.generator.days import day_of_month, month_of, year_of
from pejl.demo.generator.draws import stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pejl.demo.generator.days import Bools, Ints

_STEP = 1_237
"""Shares no factor with the number of serial numbers of a day and sex, 2,000 or 3,000."""


def cpr_numbers(birth: Ints, male: Bools, seed: int) -> NDArray[Any]:
    """A number `ddmmyy-xxxx` for each person, all different, with 60 added to the day, as replacement numbers have.

    The seventh digit fits the century after the rule of the civil registration (0-3: 1900-1999; 4 and 9: 2000-2036 or
    1937-1999; 5-8: 2000-2057), the last is odd for men. Modulus 11 is not used.

    Args:
        birth: day of birth, 1900-2036, shape (persons,).
        male: shape (persons,).
        seed: the same gives the same numbers.

    Raises:
        ValueError: more persons of one sex born on one day than there are numbers.
    """
    rng = stream(seed, "numbers")
    year = year_of(birth)
    key = birth.astype(np.int64) * 2 + male
    order = np.argsort(key, kind="stable")
    begins = np.searchsorted(key[order], key[order])
    rank = np.empty(len(key), dtype=np.int64)
    rank[order] = np.arange(len(key)) - begins
    first_digits = np.where(year < 1937, 4, 6)
    room = first_digits * 500
    if np.any(rank >= room):
        raise ValueError("more persons are born on one day than there are numbers")
    offset = rng.integers(0, 3000, int(birth.max(initial=0)) - int(birth.min(initial=0)) + 1)[
        birth - birth.min(initial=0)
    ]
    serial = (offset + rank * _STEP) % room
    digits = np.array([[0, 1, 2, 3, 0, 0], [0, 1, 2, 3, 4, 9], [4, 5, 6, 7, 8, 9]])
    century = np.where(year < 1937, 0, np.where(year < 2000, 1, 2))
    last_four = digits[century, serial // 500] * 1000 + serial % 500 * 2 + male
    number = ((day_of_month(birth) + 60) * 100 + month_of(birth)) * 100 + year % 100
    texts = np.char.mod("%06d", number)
    return np.char.add(np.char.add(texts, "-"), np.char.mod("%04d", last_four)).astype(object)


def pseudonyms(count: int, seed: int) -> NDArray[np.int64]:
    """Whole numbers of 60 bits that rise with the row of `persons`, all different."""
    rng = stream(seed, "pseudonyms")
    drawn = np.unique(rng.integers(1, 1 << 60, count + count // 1000 + 10))
    # Dropping the surplus from everywhere, not from the end, keeps them spread over all 60 bits.
    surplus = len(drawn) - count
    kept = np.ones(len(drawn), dtype=bool)
    kept[rng.choice(len(drawn), surplus, replace=False)] = False
    return drawn[kept]
