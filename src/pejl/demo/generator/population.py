"""Who lives here: births, deaths, families, moves in and out, year by year.

The number of citizens at the end of every year is the number asked for: as many move in as are missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pejl.demo.generator.days import LAST_YEAR, OPEN, RESIDENTS_FROM, YEAR, birthday, day
from pejl.demo.generator.draws import Windows, between, choose
from pejl.demo.generator.families import Families, form_families

if TYPE_CHECKING:
    from pejl.demo.generator.days import Bools, Floats, Ints

BIRTHS = 0.0102
"""Births a year per citizen."""

RETURNING = 0.08
"""Share of those who move in that lived here before."""

_AGES_HERE = ((0, 18, 0.18), (18, 30, 0.2), (30, 45, 0.22), (45, 65, 0.235), (65, 85, 0.143), (85, 98, 0.022))
_AGES_IN = ((0, 16, 0.13), (16, 18, 0.01), (18, 30, 0.56), (30, 45, 0.21), (45, 65, 0.07), (65, 85, 0.02))


@dataclass(frozen=True, slots=True)
class People:
    """Everyone who ever lived here since 2013.

    Attributes:
        birth: day of birth, shape (persons,).
        death: day of death while living here, `OPEN` otherwise.
        female: sex.
        level: how vulnerable, 0 (most people) to 2: what many draws depend on, and what no register holds.
        mental: illness of the mind, at some time.
        disabled: disability.
        stays_here: when they lived here, sorted by person and day; a person who came back has several.
        members: memberships of families, sorted by person and day.
        family: the family of each membership.
        families: the families.
    """

    birth: Ints
    death: Ints
    female: Bools
    level: Ints
    mental: Bools
    disabled: Bools
    stays_here: Windows
    members: Windows
    family: Ints
    families: Families

    @property
    def count(self) -> int:
        """How many persons there are."""
        return len(self.birth)


def _draw_birth(rng: np.random.Generator, on: Ints, shares: tuple[tuple[int, int, float], ...]) -> Ints:
    group = choose(rng, len(on), [share for _, _, share in shares])
    youngest, past = (np.array(column)[group] for column in list(zip(*shares, strict=True))[:2])
    age = youngest + (past - youngest) * rng.random(len(on))
    return np.asarray(on - np.floor(age * YEAR) - 1, dtype=np.int32)


def _moving_out(age: Floats) -> Floats:
    return np.interp(age, [18, 24, 30, 38, 50, 70, 100], [0.05, 0.08, 0.06, 0.035, 0.018, 0.01, 0.01])


def _dying(age: Floats, level: Ints) -> Floats:
    """Gompertz's law; about the mortality of Danes, three times as high for the most vulnerable."""
    return np.asarray(np.exp(-10.7 + 0.096 * age) * np.array([0.95, 1.5, 3.0])[level])


class _Town:
    """The state of the simulation; arrays are as long as there are persons so far."""

    def __init__(self, rng: np.random.Generator, citizens: int) -> None:
        self.rng, self.citizens = rng, citizens
        none = np.zeros(0, dtype=np.int32)
        self.birth, self.death, self.family, self.since, self.member_since, self.leaves_home = (none,) * 6
        self.female, self.here = none.astype(bool), none.astype(bool)
        self.level, self.mental, self.disabled = none, none.astype(bool), none.astype(bool)
        self.families = Families.none()
        self.ended_stays: list[tuple[Ints, Ints, Ints]] = []
        self.ended_memberships: list[tuple[Ints, Ints, Ints, Ints]] = []

    def add(self, birth: Ints, family: Ints, since: Ints, member_since: Ints, grown: Bools) -> None:
        """Add persons; their vulnerability is partly their family's. Those who are not grown will leave home."""
        rng, count = self.rng, len(birth)
        own = choose(rng, count, (0.84, 0.11, 0.05))
        level = np.where(rng.random(count) < 0.65, self.families.level[family], own)
        mental = rng.random(count) < np.array([0.04, 0.16, 0.28])[level]
        parts = {
            "birth": birth, "family": family, "since": since, "member_since": member_since,
            "death": np.full(count, OPEN), "female": rng.random(count) < 0.505, "here": np.ones(count, dtype=bool),
            "level": level, "mental": mental,
            "disabled": rng.random(count) < np.array([0.027, 0.05, 0.06])[level] + 0.06 * mental,
            # Not in the year they come: what happens in a year happens to those who were there when it began.
            "leaves_home": np.maximum(
                birthday(birth, 18) + rng.integers(90, 6 * 365, count),
                np.maximum(member_since, RESIDENTS_FROM) + rng.integers(400, 1100, count),
            ),
        }  # fmt: skip
        parts["leaves_home"][grown] = OPEN
        for name, values in parts.items():
            old = getattr(self, name)
            setattr(self, name, np.concatenate([old, values.astype(old.dtype)]))

    def settle(self) -> None:
        """The first citizens, who lived here on 1 January 2013."""
        rng = self.rng
        on = np.full(self.citizens, RESIDENTS_FROM)
        birth = _draw_birth(rng, on, _AGES_HERE)
        family, families = form_families(rng, birth, on, founded_before=12)
        self.families = families
        founded = np.maximum(families.founded[family], birth)
        grown = birth < founded - 18 * YEAR
        # Some adults lived here before they founded the household they live in.
        earlier = between(rng, np.maximum(birth, founded - 9000), founded)
        since = np.where(grown & (rng.random(len(birth)) < 0.6), earlier, founded)
        self.add(birth, family, since, founded, birth <= on - 20 * YEAR)

    def leave(self, who: Ints, last: Ints) -> None:
        """Persons leave or die; `last` is their last day here."""
        self.ended_stays.append((who, self.since[who], last))
        self.ended_memberships.append((who, self.family[who], self.member_since[who], last))
        self.here[who] = False

    def found(self, who: Ints, on: Ints) -> None:
        """Persons found a household of their own; every second moves in with another of them, if chance will."""
        joins = np.zeros(len(who), dtype=bool)
        joins[1::2] = self.rng.random(len(who) // 2) < 0.6
        heads = np.flatnonzero(~joins)
        new = Families(self.birth[who[heads]], on[heads].astype(np.int32), self.level[who[heads]])
        self.family[who] = len(self.families.founded) + np.cumsum(~joins) - 1
        self.families = self.families.joined(new)
        self.member_since[who], self.leaves_home[who] = on, OPEN

    def live(self, year: int) -> None:
        """One year."""
        rng, first, last = self.rng, day(year), day(year, 12, 31)
        length = last - first + 1
        who = np.flatnonzero(self.here)
        reference = self.families.birth
        moves = rng.random(len(reference)) < _moving_out((first - reference) / YEAR) * np.where(
            self.families.level > 0, 0.6, 1.0
        )
        moving_day = first + rng.integers(0, length, len(reference))
        age = (first - self.birth[who]) / YEAR
        dies = rng.random(len(who)) < _dying(age, self.level[who])
        dying_day = first + rng.integers(0, length, len(who))
        self.death[who[dies]] = dying_day[dies]
        self.leave(who[dies], dying_day[dies])
        out = ~dies & moves[self.family[who]]
        self.leave(who[out], moving_day[self.family[who[out]]])
        stays = who[~dies & ~out]
        grown = stays[(self.leaves_home[stays] >= first) & (self.leaves_home[stays] <= last)]
        on = self.leaves_home[grown]
        self.ended_memberships.append((grown, self.family[grown], self.member_since[grown], on - 1))
        self.found(grown, on)
        self._births(first, length, stays)
        self._moving_in(first, length)

    def _births(self, first: int, length: int, stays: Ints) -> None:
        rng = self.rng
        mothers = stays[
            self.female[stays]
            & (self.birth[stays] < first - 25 * YEAR)
            & (self.birth[stays] > first - 43 * YEAR)
            & (self.member_since[stays] < first)
        ]
        if len(mothers) == 0:
            return
        mothers = rng.choice(mothers, min(rng.poisson(self.citizens * BIRTHS), len(mothers)), replace=False)
        born = (first + rng.integers(0, length, len(mothers))).astype(np.int32)
        self.add(born, self.family[mothers], born, born, np.zeros(len(born), dtype=bool))

    def _moving_in(self, first: int, length: int) -> None:
        rng = self.rng
        missing = self.citizens - int(self.here.sum())
        away = np.flatnonzero(~self.here & (self.death == OPEN) & (self.birth < first - 19 * YEAR))
        if self.ended_stays:
            left = np.zeros(len(self.birth), dtype=np.int32)
            for who, _, last in self.ended_stays:
                left[who] = last
            away = away[left[away] < first - 200]
        back = rng.choice(away, min(int(max(missing, 0) * RETURNING), len(away)), replace=False)
        on = (first + rng.integers(0, length, len(back))).astype(np.int32)
        self.here[back], self.since[back] = True, on
        self.found(back, on)
        count = max(missing - len(back), 0)
        on = (first + rng.integers(0, length, count)).astype(np.int32)
        birth = _draw_birth(rng, on, _AGES_IN)
        family, new = form_families(rng, birth, on, founded_before=0)
        family = family + len(self.families.founded)
        self.families = self.families.joined(new)
        arrived = np.maximum(self.families.founded[family], birth)
        self.add(birth, family.astype(np.int32), arrived, arrived, birth <= on - 20 * YEAR)


def _gathered(parts: list[tuple[Ints, ...]]) -> tuple[Ints, ...]:
    return tuple(np.concatenate(columns).astype(np.int32) for columns in zip(*parts, strict=True))


def live(rng: np.random.Generator, citizens: int) -> People:
    """Simulate 2013-2025 with `citizens` living here at the end of every year."""
    town = _Town(rng, citizens)
    town.settle()
    for year in range(2013, LAST_YEAR + 1):
        town.live(year)
    here = np.flatnonzero(town.here)
    still = np.full(len(here), OPEN)
    person, start, end = _gathered([*town.ended_stays, (here, town.since[here], still)])
    member, family, since, until = _gathered(
        [*town.ended_memberships, (here, town.family[here], town.member_since[here], still)]
    )
    # Persons in no order of arrival: their number says nothing of when they came.
    place = rng.permutation(len(town.birth)).astype(np.int32)
    by_place = np.argsort(place)
    person, member = place[person], place[member]
    stays = np.lexsort((start, person))
    memberships = np.lexsort((since, member))
    return People(
        birth=town.birth[by_place],
        death=town.death[by_place],
        female=town.female[by_place],
        level=town.level[by_place],
        mental=town.mental[by_place],
        disabled=town.disabled[by_place],
        stays_here=Windows(person[stays], start[stays], end[stays]),
        members=Windows(member[memberships], since[memberships], until[memberships]),
        family=family[memberships],
        families=town.families,
    )
