"""Drawing at random, without replacement, within strata; also so that a share of an earlier sample is drawn again.

Everybody in a stratum has the same chance, `drawn / there are`, whether or not earlier samples are looked at. For that,
an overlapping draw divides a stratum by where people stood before (which stratum, or not there yet): among those who
stood in the same place everybody was equally likely to be in the earlier sample. How many are drawn in each of these
cells is the cell's share of the stratum's number, rounded up or down at random so that the expected number is exact
(systematic rounding, as in Cox 1987, A constructive procedure for unbiased controlled rounding, JASA 82, p. 520-524).
Within a cell, some are drawn of those in the earlier sample and the others of the rest: since those who are in it are
exchangeable with those who are not, any set of the cell is as likely as any other of its size.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pejl.surveys.frames import IntArray

    BoolArray = NDArray[np.bool_]


def generator_for(seed: int, survey: str, period: str) -> np.random.Generator:
    """Return the random numbers of one wave: the same for the same seed, survey and period."""
    import numpy as np

    words = hashlib.sha256(f"{seed}|{survey}|{period}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(words, "big")))


def draw_units(strata: IntArray, wanted: IntArray, generator: np.random.Generator) -> BoolArray:
    """Draw in each stratum.

    Args:
        strata: stratum of each unit, 0 upwards, shape (units,); units in an order that does not depend on the file.
        wanted: how many are drawn in each stratum, shape (strata,).
        generator: of random numbers; one is used for each unit.

    Returns:
        Who is drawn, shape (units,).
    """
    return _first(strata, wanted, generator.random(strata.size))


def draw_overlapping(
    strata: IntArray,
    wanted: IntArray,
    history: IntArray,
    earlier: BoolArray,
    again: float,
    generator: np.random.Generator,
) -> BoolArray:
    """Draw in each stratum so that a share of an earlier sample is drawn again, and the others newly.

    Args:
        strata: stratum of each unit, 0 upwards, shape (units,).
        wanted: how many are drawn in each stratum, shape (strata,).
        history: where each unit stood in earlier frames, any numbers, shape (units,); units with the same number
            were equally likely to be in the earlier sample.
        earlier: who was in the earlier sample, shape (units,).
        again: the share of them that is wanted again, 0 to 1. Fewer are where a stratum has no place for them, more
            where it has nobody else.
        generator: of random numbers.

    Returns:
        Who is drawn, shape (units,).
    """
    import numpy as np

    keys = generator.random(strata.size)
    cells, of = np.unique(np.stack([strata, history]), axis=1, return_inverse=True)
    of = of.reshape(-1)
    count = cells.shape[1]
    people = np.bincount(of, minlength=count)
    known = np.bincount(of, weights=earlier, minlength=count).astype(np.int64)
    number, repeated = np.zeros(count, np.int64), np.zeros(count, np.int64)
    starts, shifts = generator.random(wanted.size), generator.random(wanted.size)
    for stratum in range(wanted.size):
        own = np.flatnonzero(cells[0] == stratum)
        if own.size:
            chance = float(wanted[stratum]) / float(people[own].sum())
            number[own] = _rounded(people[own], chance, float(starts[stratum]), int(wanted[stratum]))
            repeated[own] = _rounded(known[own], again, float(shifts[stratum]))
    repeated = np.clip(repeated, np.maximum(number - (people - known), 0), np.minimum(known, number))
    return (earlier & _first(np.where(earlier, of, -1), repeated, keys)) | (
        ~earlier & _first(np.where(earlier, -1, of), number - repeated, keys)
    )


def _first(groups: IntArray, wanted: IntArray, keys: NDArray[np.float64]) -> BoolArray:
    """Return who is among the `wanted` with the smallest keys of each group; nobody in group -1."""
    import numpy as np

    order = np.lexsort((keys, groups))
    sizes = np.bincount(groups + 1, minlength=wanted.size + 1)
    first = np.cumsum(sizes) - sizes
    place = np.empty(groups.size, np.int64)
    place[order] = np.arange(groups.size)
    return np.asarray(place - first[groups + 1] < np.concatenate([[0], wanted])[groups + 1])


def _rounded(counts: IntArray, share: float, start: float, total: int | None = None) -> IntArray:
    """Round a share of each count up or down, so that its expectation over a random `start` in [0, 1) is exact."""
    import numpy as np

    ends = np.floor(np.cumsum(counts * share) + start).astype(np.int64)
    if total is not None:
        ends[-1] = total  # the sum of parts may miss the whole by a rounding error
    return np.diff(ends, prepend=0)
