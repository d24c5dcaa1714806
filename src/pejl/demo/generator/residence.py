"""Where people live: district and kind of address, day by day, as spells."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pejl.demo.generator.days import LAST, OPEN, RESIDENTS_FROM, YEAR, day
from pejl.demo.generator.draws import SPAN, between, choose, expand, first_in_row
from pejl.demo.generator.families import household_of
from pejl.demo.generator.names import DISTRICTS, UNKNOWN_DISTRICT
from pejl.demo.generator.tables import Table, Text, values

if TYPE_CHECKING:
    from pejl.demo.generator.days import Ints
    from pejl.demo.generator.families import Families
    from pejl.demo.generator.homes import Homes
    from pejl.demo.generator.population import People

ADDRESSES = ("ordinary", "service_address", "no_fixed", "unknown")
ORDINARY, SERVICE, NO_FIXED, UNKNOWN = range(4)

_SHARES = (0.13, 0.12, 0.11, 0.11, 0.10, 0.10, 0.10, 0.09, 0.08, 0.06)
"""Share of the citizens in each district, in the order of `DISTRICTS`."""

_SHARES_VULNERABLE = (0.06, 0.07, 0.08, 0.20, 0.16, 0.12, 0.11, 0.09, 0.07, 0.04)

_MOVES = 0.07
"""Moves within the municipality a year per family."""

_UNKNOWN = 0.004
"""Share of those who live here whose address is not known for a while."""


class _Events(NamedTuple):
    person: Ints
    on: Ints
    district: Ints  # -1: as before
    address: Ints  # -1: as before


def _districts(rng: np.random.Generator, level: Ints) -> Ints:
    usual = choose(rng, len(level), _SHARES)
    return np.where(level > 0, choose(rng, len(level), _SHARES_VULNERABLE), usual).astype(np.int8)


def _same(value: int, like: Ints) -> Ints:
    return np.full(len(like), value, dtype=np.int8)


def _family_moves(rng: np.random.Generator, families: Families) -> tuple[Ints, Ints, Ints, Ints]:
    """The districts of every family: number of events, where they begin, day (the first: 0) and district."""
    low = np.maximum(families.founded, RESIDENTS_FROM)
    age = (day(2019) - families.birth) / YEAR
    rate = _MOVES * np.interp(age, [20, 35, 60, 90], [1.8, 1.2, 0.6, 0.4])
    counts = 1 + rng.poisson(rate * np.maximum(LAST - low, 0) / YEAR)
    family, place = expand(counts)
    on = np.where(place == 0, 0, between(rng, low[family], np.full(len(family), LAST)))
    on = on[np.lexsort((on, family))]
    drawn = _districts(rng, families.level[family])
    # Two moves in five stay within the district.
    keeps = (place > 0) & (rng.random(len(family)) < 0.4)
    kept_from = np.maximum.accumulate(np.where(keeps, 0, np.arange(len(family))))
    return counts, np.cumsum(counts) - counts, on, drawn[kept_from]


def _with_family(rng: np.random.Generator, people: People, stay: Ints) -> _Events:
    """Every member moves with the family, and to it on the first day."""
    members = people.members
    counts, begins, on, district = _family_moves(rng, people.families)
    row, place = expand(counts[people.family])
    source = begins[people.family[row]] + place
    # The first membership of a stay reaches back to its first day: also those who came before 2013 lived somewhere.
    from_day = np.where(first_in_row(stay), people.stays_here.low[stay], members.low)
    moved = np.maximum(on[source], from_day[row])
    ok = moved <= members.high[row]
    address = np.where(place == 0, ORDINARY, -1).astype(np.int8)
    return _Events(members.person[row][ok], moved[ok], district[source][ok], address[ok])


def _homeless(rng: np.random.Generator, homes: Homes) -> list[_Events]:
    window, start, end = homes.spells
    person = homes.risk.person[window]
    moved = rng.random(len(window)) < 0.55
    kind = np.where(rng.random(len(window)) < 0.3, SERVICE, NO_FIXED).astype(np.int8)
    back = end < np.minimum(homes.risk.high[window], LAST)
    back_person, back_on = person[back], end[back] + 1
    assigned_window, assigned_on = homes.assigned
    assigned = homes.risk.person[assigned_window]
    return [
        _Events(person[moved], start[moved], _same(-1, start[moved]), kind[moved]),
        _Events(back_person, back_on, _districts(rng, np.ones_like(back_on)), _same(ORDINARY, back_on)),
        _Events(assigned, assigned_on, _districts(rng, np.ones_like(assigned_on)), _same(ORDINARY, assigned_on)),
    ]


def _evicted(rng: np.random.Generator, homes: Homes, households: Table) -> _Events:
    """All members of an evicted household move, wherever they then go."""
    window, on = homes.evicted
    row = household_of(households, homes.risk.person[window], on)
    row, on = row[row >= 0], on[row >= 0]
    household = values(households, "household")
    order = np.argsort(household, kind="stable")
    first = np.searchsorted(household[order], household[row])
    count = np.searchsorted(household[order], household[row], side="right") - first
    case, place = expand(count)
    member = order[first[case] + place]
    there = (values(households, "from_day")[member] <= on[case]) & (values(households, "to_day")[member] >= on[case])
    moved = _districts(rng, np.ones_like(row))[case]
    person = values(households, "person")[member][there]
    return _Events(person, on[case][there], moved[there], _same(-1, person))


def _unknown(rng: np.random.Generator, people: People, homes: Homes) -> list[_Events]:
    lives = people.stays_here
    settled = np.ones(people.count, dtype=bool)
    settled[homes.risk.person] = False
    stay = np.flatnonzero(settled[lives.person] & (rng.random(len(lives.person)) < _UNKNOWN))
    low, high = np.maximum(lives.low[stay], RESIDENTS_FROM), np.minimum(lives.high[stay], LAST)
    start = between(rng, low, high)
    end = start + rng.integers(20, 300, len(start))
    found = end < high
    person = lives.person[stay]
    unknown = _same(len(DISTRICTS), start)
    return [
        _Events(person, start, unknown, _same(UNKNOWN, start)),
        _Events(
            person[found], end[found] + 1, _districts(rng, people.level[person[found]]), _same(ORDINARY, end[found])
        ),
    ]


def stay_of(people: People, person: Ints, on: Ints) -> Ints:
    """The stay of each person that has begun last on a day."""
    lives = people.stays_here
    starts = lives.person.astype(np.int64) * SPAN + lives.low
    return (np.searchsorted(starts, person.astype(np.int64) * SPAN + on, side="right") - 1).astype(np.int32)


def _filled(values: Ints) -> Ints:
    """Each value below 0 becomes the last one before it."""
    return values[np.maximum.accumulate(np.where(values >= 0, np.arange(len(values)), 0))]


def residence_table(rng: np.random.Generator, people: People, homes: Homes, households: Table) -> Table:
    """The register: one row for each district and kind of address, sorted by person and day, without overlap."""
    lives = people.stays_here
    stay = stay_of(people, people.members.person, people.members.low)
    parts = [
        _with_family(rng, people, stay),
        _evicted(rng, homes, households),
        *_homeless(rng, homes),
        *_unknown(rng, people, homes),
    ]
    person, on, district, address = (np.concatenate(column) for column in zip(*parts, strict=True))
    rank, _ = expand(np.array([len(part.person) for part in parts]))
    order = np.lexsort((rank, on, person))
    person, on = person[order], on[order].astype(np.int32)
    district, address = _filled(district[order]), _filled(address[order])
    stay = stay_of(people, person, on)
    last_of_day = np.ones(len(person), dtype=bool)
    last_of_day[:-1] = (person[1:] != person[:-1]) | (on[1:] != on[:-1])
    person, on, district, address, stay = (a[last_of_day] for a in (person, on, district, address, stay))
    until = lives.high[stay].copy()
    goes_on = stay[1:] == stay[:-1]
    until[:-1][goes_on] = on[1:][goes_on] - 1
    return {
        "person": person,
        "from_day": on,
        "to_day": np.where(until > LAST, OPEN, until).astype(np.int32),
        "district": Text(district, (*DISTRICTS, UNKNOWN_DISTRICT)),
        "address_type": Text(address, ADDRESSES),
    }


def persons_table(people: People) -> Table:
    """The register of persons."""
    return {
        "person": np.arange(people.count, dtype=np.int32),
        "birth_date": people.birth,
        "sex": Text((~people.female).astype(np.int8), ("female", "male")),
        "death_date": people.death,
    }
