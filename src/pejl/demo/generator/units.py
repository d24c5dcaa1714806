"""Units: in proportion to citizens, a few of them opened or closed in the span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pejl.demo.generator.days import LAST, OPEN, day
from pejl.demo.generator.names import CENTRES, UNIT_KINDS, unit_name
from pejl.demo.generator.tables import Table, Text

if TYPE_CHECKING:
    from pejl.demo.generator.days import Ints

CITIZENS_PER_UNIT = 2000
EMPLOYEES_PER_CITIZEN = 8000 / 600_000


def unit_count(citizens: int) -> int:
    """How many units there are for so many citizens: 300 for 600,000; at least one of each kind."""
    return max(len(UNIT_KINDS), round(citizens / CITIZENS_PER_UNIT))


def employee_count(citizens: int) -> int:
    """How many employees there are for so many citizens: 8,000 for 600,000."""
    return max(1, round(citizens * EMPLOYEES_PER_CITIZEN))


@dataclass(frozen=True, slots=True)
class Units:
    """The units. Unit number `k` is of kind `k % 5`, and its number in registers is `u001` and on."""

    low: Ints
    high: Ints

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.low)

    @property
    def words(self) -> tuple[str, ...]:
        """The codes."""
        return tuple(f"u{number:03d}" for number in range(1, self.count + 1))

    def text(self, codes: Ints) -> Text:
        """A column of units."""
        return Text(codes.astype(np.int16), self.words)

    def pick(self, rng: np.random.Generator, kind: Ints | int, start: Ints, end: Ints) -> Ints:
        """A unit of a kind that is open from `start` to `end`: the kind's first, where the one drawn is not."""
        kinds = len(UNIT_KINDS)
        kind = np.broadcast_to(np.asarray(kind, dtype=np.int64), start.shape)
        of_kind = (self.count - kind + kinds - 1) // kinds
        drawn = kind + kinds * np.floor(rng.random(len(start)) * of_kind).astype(np.int64)
        closed = (self.low[drawn] > start) | (self.high[drawn] < end)
        return np.where(closed, kind, drawn).astype(np.int16)


def open_units(rng: np.random.Generator, citizens: int) -> Units:
    """Units open all the time, but for one in ten that opened in 2016-2021 and one in thirty that closed."""
    count, kinds = unit_count(citizens), len(UNIT_KINDS)
    low = day(1985) + rng.integers(0, 9000, count)
    low[:kinds] = day(1985) + rng.integers(0, 4000, kinds)
    high = np.full(count, OPEN)
    later = np.arange(kinds, count)  # the first of each kind is always open
    new = rng.permutation(later)
    opened, closed = new[: count // 10], new[count // 10 : count // 10 + (count + 15) // 30]
    low[opened] = day(2016) + rng.integers(0, 6 * 365, len(opened))
    high[closed] = day(2018) + rng.integers(0, 6 * 365, len(closed))
    return Units(low.astype(np.int32), np.minimum(high, OPEN).astype(np.int32))


def units_table(units: Units) -> Table:
    """The register of units."""
    number = np.arange(units.count)
    kind = number % len(UNIT_KINDS)
    names = tuple(unit_name(int(k), int(n)) for n, k in zip(number, kind, strict=True))
    return {
        "unit": units.text(number),
        "name": Text(number.astype(np.int16), names),
        "centre": Text(kind.astype(np.int8), tuple(CENTRES)),
        "from_day": units.low,
        "to_day": np.where(units.high > LAST, OPEN, units.high).astype(np.int32),
    }
