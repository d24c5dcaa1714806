"""How many are drawn in each stratum.

Source: Neyman (1934), On the two different aspects of the representative method, JRSS 97, p. 558-625: for a given
size, the variance of a total is least with numbers in proportion to size times standard deviation. Within bounds it
is least with that proportion cut off at the bounds, the rest shared out again by the same rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pejl.surveys.sampling.refusal import SurveyRefusedError
from pejl.text import message

FEWEST = 2
"""Drawn in every stratum that has as many: with none some people could not be asked at all, with one nothing is seen
of how much answers differ."""


def allocate(
    sizes: Sequence[int], size: int | None, *, least: int = 0, spreads: Sequence[float] | None = None
) -> tuple[int, ...]:
    """Return how many are drawn in each stratum: in proportion to its size, or to its size times its spread.

    Numbers are whole by largest remainders; of equal ones the earlier stratum comes first. The same input gives the
    same numbers on every machine: it is computed in fractions.

    Args:
        sizes: how many there are in each stratum, all above 0.
        size: how many are drawn in all; None, or more than there are: everybody.
        least: how many at least in each stratum, all of it where it has fewer; never below `FEWEST`.
        spreads: standard deviation in each stratum, for Neyman's rule; a stratum without spread gets the least there
            may be, and more only when the others are full.

    Returns:
        Numbers that add up to `size`, each at most the size of its stratum.

    Raises:
        SurveyRefusedError: `size` is less than what the strata need at least, or nothing has any spread.
    """
    if size is None or size >= sum(sizes):
        return tuple(sizes)
    floors = [min(each, max(least, FEWEST)) for each in sizes]
    if sum(floors) > size:
        raise SurveyRefusedError(
            "sample_too_small",
            message(
                "{size} persons are too few for {strata} strata, which need at least {needed}; draw more, or have "
                "fewer strata or a lower 'least'",
                size=size,
                strata=len(sizes),
                needed=sum(floors),
            ),
        )
    shares = [Fraction(each) for each in sizes]
    if spreads is not None:
        if not any(spreads):
            raise SurveyRefusedError(
                "spread_none",
                message("what 'spread_of' names is the same for everybody within each stratum; draw proportionally"),
            )
        shares = [Fraction(each) * Fraction(spread) for each, spread in zip(sizes, spreads, strict=True)]
    return _whole(_bounded(shares, floors, sizes, size), size)


def _bounded(shares: Sequence[Fraction], floors: Sequence[int], tops: Sequence[int], size: int) -> list[Fraction]:
    """Return numbers in proportion to `shares`, cut off at `floors` and `tops`, that add up to `size`."""
    found = [Fraction(each) for each in floors]
    open_ = [place for place, share in enumerate(shares) if share]
    room = size - sum(floors[place] for place, share in enumerate(shares) if not share)
    if sum(tops[place] for place in open_) < room:
        # All strata with a share are full: what is left goes to the others by their size.
        for place in open_:
            found[place] = Fraction(tops[place])
        open_ = [place for place, share in enumerate(shares) if not share]
        room = size - sum(int(found[place]) for place in range(len(shares)) if place not in open_)
        shares = [Fraction(top) for top in tops]
    for place, number in zip(open_, _cut(open_, shares, floors, tops, room), strict=True):
        found[place] = number
    return found


def _cut(
    places: Sequence[int], shares: Sequence[Fraction], floors: Sequence[int], tops: Sequence[int], size: int
) -> list[Fraction]:
    """Return min(top, max(floor, factor · share)) of each of `places`, with the one factor that makes them `size`."""

    def at(factor: Fraction) -> list[Fraction]:
        return [min(Fraction(tops[i]), max(Fraction(floors[i]), factor * shares[i])) for i in places]

    bends = sorted({Fraction(bound, 1) / shares[i] for i in places for bound in (floors[i], tops[i])})
    low, high = 0, len(bends) - 1
    while low < high:  # the first bend at which there are enough
        middle = (low + high) // 2
        low, high = (low, middle) if sum(at(bends[middle])) >= size else (middle + 1, high)
    after = at(bends[low])
    surplus = sum(after) - size
    if not surplus:
        return after
    before = bends[low - 1]
    # Between two bends the numbers that move are proportional to their shares.
    moving = [shares[i] for i in places if floors[i] <= before * shares[i] and bends[low] * shares[i] <= tops[i]]
    return at(bends[low] - Fraction(surplus) / Fraction(sum(moving)))


def _whole(exact: Sequence[Fraction], size: int) -> tuple[int, ...]:
    """Round to whole numbers that add up to `size`, by largest remainders."""
    found = [number.__floor__() for number in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: (found[place] - exact[place], place))
    for place in by_remainder[: size - sum(found)]:
        found[place] += 1
    return tuple(found)
