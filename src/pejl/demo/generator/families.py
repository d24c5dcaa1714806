"""Families: couples, single adults and their children; and the households they make, each with a reference person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pejl.demo.generator.days import YEAR
from pejl.demo.generator.draws import SPAN, Windows, choose, first_in_row
from pejl.demo.generator.tables import values

if TYPE_CHECKING:
    from pejl.demo.generator.days import Bools, Ints
    from pejl.demo.generator.tables import Table


@dataclass(frozen=True, slots=True)
class Families:
    """Families, in the order they were founded in the simulation.

    Attributes:
        birth: birth of the adult after whom the family is drawn to move, shape (families,).
        founded: the first day together.
        level: how vulnerable its members tend to be.
    """

    birth: Ints
    founded: Ints
    level: Ints

    @staticmethod
    def none() -> Families:
        """No families."""
        empty = np.zeros(0, dtype=np.int32)
        return Families(empty, empty, empty)

    def joined(self, new: Families) -> Families:
        """These families, and then new ones."""
        return Families(
            np.concatenate([self.birth, new.birth]),
            np.concatenate([self.founded, new.founded]),
            np.concatenate([self.level, new.level]),
        )


def form_families(rng: np.random.Generator, birth: Ints, on: Ints, founded_before: int) -> tuple[Ints, Families]:
    """Group persons into families.

    Args:
        rng: random numbers.
        birth: day of birth, shape (persons,).
        on: the day they come or are met.
        founded_before: at most how many years before that day a family may have been founded.

    Returns:
        The family of each person (numbers from 0), and the families.
    """
    grown = np.flatnonzero(birth <= on - 20 * YEAR)
    young = np.flatnonzero(birth > on - 20 * YEAR)
    # Neighbours in age, by pairs, live together; those who are left live alone.
    by_age = grown[np.argsort(birth[grown] + rng.normal(0, 3 * YEAR, len(grown)))]
    paired = np.zeros(len(by_age), dtype=bool)
    paired[: len(by_age) // 2 * 2] = (rng.random(len(by_age) // 2) < 0.45).repeat(2)
    head = ~paired
    head[::2] = True
    family = np.zeros(len(birth), dtype=np.int32)
    family[by_age] = np.cumsum(head) - 1
    heads = by_age[head]
    if len(heads) == 0:
        family[young], heads = np.arange(len(young)), young
    elif len(young):
        family[young] = family[_parents(rng, birth, young, by_age, paired)]
    youngest = np.maximum.reduceat(birth[by_age], np.flatnonzero(head)) if len(by_age) else birth[heads]
    earliest = on[heads] - np.floor(rng.random(len(heads)) * founded_before * YEAR).astype(np.int32)
    founded = np.minimum(np.maximum(earliest, youngest + int(18 * YEAR)), on[heads])
    level = choose(rng, len(heads), (0.84, 0.11, 0.05))
    return family, Families(birth[heads], founded.astype(np.int32), level.astype(np.int32))


def _parents(rng: np.random.Generator, birth: Ints, young: Ints, by_age: Ints, paired: Bools) -> Ints:
    """An adult for each child: about thirty years older, three times in four one of a couple, at most four children."""
    likely = by_age[paired | (rng.random(len(by_age)) < 0.3)]
    pool = likely if len(likely) else by_age
    pool = pool[np.argsort(birth[pool])]
    chosen = np.full(len(young), -1)
    # Where few adults have the age wanted, a wider range of ages is looked at.
    for spread in (5, 6, 7, 8, 10, 12, 15, 20, 30):
        left = np.flatnonzero(chosen < 0)
        wanted = birth[young[left]] - np.maximum(rng.normal(30 * YEAR, spread * YEAR, len(left)), 17 * YEAR)
        chosen[left] = np.clip(np.searchsorted(birth[pool], wanted), 0, len(pool) - 1)
        order = np.argsort(chosen, kind="stable")
        rank = np.arange(len(order)) - np.searchsorted(chosen[order], chosen[order])
        chosen[order[rank >= 4]] = -1
    return pool[np.where(chosen < 0, rng.integers(0, len(pool), len(young)), chosen)]


def households(members: Windows, family: Ints, birth: Ints) -> Table:
    """Households: a family for as long as its reference person is there; then the others form a new one.

    The reference person is the one who has been there longest, the oldest among those. Every household has exactly
    one, and a person is in a household once. Sorted by person and day.
    """
    parts: list[tuple[Ints, ...]] = []
    person, low, high = members.person, members.low, members.high
    count = 0
    while len(person):
        order = np.lexsort((birth[person], low, family))
        person, low, high, family = person[order], low[order], high[order], family[order]
        first = first_in_row(family)
        number = np.cumsum(first) - 1
        until = high[first][number]
        inside = low <= until
        parts.append(
            (count + 1 + number[inside], person[inside], low[inside], np.minimum(high, until)[inside], first[inside])
        )
        count += int(first.sum())
        left = high > until
        low = np.where(inside, until + 1, low)[left].astype(np.int32)
        person, high, family = person[left], high[left], family[left]
    number, person, low, high, reference = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((low, person))
    return {
        "household": number[order].astype(np.int32),
        "person": person[order],
        "from_day": low[order],
        "to_day": high[order],
        "reference": reference[order].astype(bool),
    }


def household_of(table: Table, person: Ints, on: Ints) -> Ints:
    """The row of `households` a person is in on a day, -1 where there is none."""
    starts = values(table, "person").astype(np.int64) * SPAN + values(table, "from_day")
    row = np.searchsorted(starts, person.astype(np.int64) * SPAN + on, side="right") - 1
    found = (row >= 0) & (values(table, "person")[row] == person) & (values(table, "to_day")[row] >= on)
    return np.where(found, row, -1).astype(np.int32)
