"""Homes lost and found: evictions, homelessness, assignment of homes, month by month for those at risk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from pejl.demo.generator.days import (
    LAST,
    LAST_YEAR,
    OPEN,
    SERVICES_FROM,
    birthday,
    day,
    month_starts,
    months_later,
    year_of,
)
from pejl.demo.generator.draws import Windows, between, choose, expand
from pejl.demo.generator.effects import EFFECTS, level
from pejl.demo.generator.families import household_of
from pejl.demo.generator.tables import Table, Text, numbered, values

if TYPE_CHECKING:
    from pejl.demo.generator.days import Bools, Ints
    from pejl.demo.generator.population import People

SITUATIONS = ("street", "shelter", "emergency", "friends", "release", "hotel")
_SITUATION_SHARES = (0.08, 0.40, 0.05, 0.30, 0.05, 0.12)
STAGES = ("received", "scheduled", "carried_out")

# Chances a year at level 0, 1, 2; tuned so that the levels of EFFECTS come out in a large world.
_EVICTED = np.array([0.0, 0.0153, 0.0495])
_LOSES_HOME = np.array([0.0, 0.037, 0.13])
_FINDS_HOME = 0.055  # a month, by oneself
_HOMELESS_AFTER_EVICTION = 0.4

WITHOUT_NUMBER = 0.06
"""Registrations of homelessness without a number, per registration with one."""


@dataclass(frozen=True, slots=True)
class Homes:
    """What became of homes.

    Attributes:
        risk: those followed: vulnerable adults.
        spells: (window, first day, last day or `OPEN`) of homelessness, each of shape (spells,).
        assigned: (window, day) of each home assigned.
        evicted: (window, day) of each eviction carried out.
    """

    risk: Windows
    spells: tuple[Ints, Ints, Ints]
    assigned: tuple[Ints, Ints]
    evicted: tuple[Ints, Ints]


def _change(effect: str, year: int) -> float:
    return level(effect, year) / EFFECTS[effect].before


@dataclass(slots=True)
class _State:
    homeless: Bools
    since: Ints
    not_before: Ints  # nothing happens to this person before
    falls_back: Ints  # loses the assigned home on this day
    spells: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)
    assigned: list[tuple[Ints, Ints]] = field(default_factory=list)
    evicted: list[tuple[Ints, Ints]] = field(default_factory=list)


def follow(rng: np.random.Generator, people: People) -> Homes:
    """Follow all vulnerable adults month by month, from two years before the registers begin."""
    lives = people.stays_here
    low = np.maximum(lives.low, np.maximum(birthday(people.birth[lives.person], 18), day(2012)))
    risk = Windows(lives.person, low, lives.high).where(
        (people.level[lives.person] > 0) & (low < np.minimum(lives.high, LAST))
    )
    count = len(risk.person)
    zeros = np.zeros(count, dtype=np.int32)
    state = _State(np.zeros(count, dtype=bool), zeros, zeros.copy(), np.full(count, OPEN))
    months = month_starts(2012, LAST_YEAR)
    for first, past in zip(months, np.append(months[1:], LAST + 1), strict=True):
        _month(rng, state, risk, people.level[risk.person], int(first), int(past))
    still = np.flatnonzero(state.homeless)
    state.spells.append((still, state.since[still], risk.high[still]))
    window, start, end = (np.concatenate(column).astype(np.int32) for column in zip(*state.spells, strict=True))
    known = end >= SERVICES_FROM
    return Homes(
        risk,
        (window[known], start[known], end[known]),
        _since(state.assigned),
        _since(state.evicted),
    )


def _since(events: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    window, on = (np.concatenate(column).astype(np.int32) for column in zip(*events, strict=True))
    return window[on >= SERVICES_FROM], on[on >= SERVICES_FROM]


def _month(rng: np.random.Generator, state: _State, risk: Windows, vulnerable: Ints, first: int, past: int) -> None:
    count, year = len(vulnerable), int(year_of(np.array([first]))[0])
    on = (first + rng.integers(0, past - first, count)).astype(np.int32)
    chance = rng.random((4, count))
    back = ~state.homeless & (state.falls_back >= first) & (state.falls_back < past) & (state.falls_back < risk.high)
    may = (risk.low < on) & (on < risk.high) & (on > state.not_before) & (state.falls_back == OPEN)
    housed, without = may & ~state.homeless, may & state.homeless & (on > state.since + 20)
    evicted = housed & (chance[0] < _EVICTED[vulnerable] * _change("evictions", year) / 12)
    loses = housed & (chance[1] < _LOSES_HOME[vulnerable] * _entry(year) / 12)
    loses |= evicted & (chance[2] < _HOMELESS_AFTER_EVICTION)
    to_homeless, to_others = _assignment_chances(year)
    assigned = (without & (chance[3] < to_homeless)) | (
        housed & ~loses & (chance[3] < to_others * np.array([0.0, 1.0, 3.0])[vulnerable])
    )
    own = without & ~assigned & (chance[2] < _FINDS_HOME)
    ends = np.flatnonzero((without & assigned) | own)
    state.spells.append((ends, state.since[ends], on[ends] - 1))
    state.evicted.append((np.flatnonzero(evicted), on[evicted]))
    state.homeless[ends] = False
    state.not_before[ends] = on[ends] + 30
    _assign(rng, state, np.flatnonzero(assigned), on[assigned], year)
    state.homeless |= loses | back
    state.since = np.where(loses, on + evicted, np.where(back, state.falls_back, state.since)).astype(np.int32)
    state.falls_back[back] = OPEN


def _entry(year: int) -> float:
    """Half of the fall comes from fewer who lose their home; the other half from more homes for those without."""
    return 1 - 0.5 * (1 - _change("homelessness", year))


def _assignment_chances(year: int) -> tuple[float, float]:
    """A month, for those without a home, and for others at level 1; as fewer are without, the first must rise more."""
    homes = _change("homes_assigned", year)
    return 0.040 * homes / _change("homelessness", year) ** 1.3, 0.00128 * homes


def _assign(rng: np.random.Generator, state: _State, who: Ints, on: Ints, year: int) -> None:
    """Assign homes. A home is kept, or lost again within the year, and then the person is homeless when it ends."""
    state.assigned.append((who, on))
    kept = rng.random(len(who)) < level("homes_kept", year + 1) / 100
    anniversary = months_later(on, 12)
    fall = on + rng.integers(45, 320, len(who))
    state.falls_back[who] = np.where(kept, OPEN, fall)
    state.not_before[who] = anniversary + 40


def homelessness_table(rng: np.random.Generator, homes: Homes) -> Table:
    """The register, with some registrations of people without a number."""
    window, start, end = homes.spells
    extra = rng.integers(0, len(window), int(len(window) * WITHOUT_NUMBER)) if len(window) else window
    shift = rng.integers(-40, 40, len(extra))
    unknown_start = np.clip(start[extra] + shift, SERVICES_FROM, LAST - 30)
    unknown_end = np.minimum(unknown_start + rng.integers(1, 120, len(extra)), OPEN)
    person = np.concatenate([homes.risk.person[window], np.full(len(extra), -1)]).astype(np.int32)
    start = np.concatenate([start, unknown_start]).astype(np.int32)
    end = np.concatenate([end, np.where(unknown_end > LAST, OPEN, unknown_end)]).astype(np.int32)
    order = np.lexsort((start, person))
    return {
        "registration_id": numbered(len(order)),
        "person": person[order],
        "from_day": start[order],
        "to_day": end[order],
        "situation": Text(choose(rng, len(order), _SITUATION_SHARES), SITUATIONS),
    }


def assignments_table(homes: Homes) -> Table:
    """The register of homes assigned."""
    window, on = homes.assigned
    person = homes.risk.person[window]
    order = np.lexsort((on, person))
    return {"assignment_id": numbered(len(order)), "person": person[order], "assigned_on": on[order]}


def evictions_table(rng: np.random.Generator, homes: Homes, households: Table) -> Table:
    """Every stage of every eviction: those carried out went through all, most others end before that."""
    window, on = homes.evicted
    row = household_of(households, homes.risk.person[window], on - 1)
    row, on = row[row >= 0], on[row >= 0]
    low, high = (values(households, name) for name in ("from_day", "to_day"))
    others = rng.integers(0, len(low), 3 * len(row))
    room_low = np.maximum(low[others], SERVICES_FROM)
    others, room_low = (
        others[room_low < np.minimum(high[others], LAST)],
        room_low[room_low < np.minimum(high[others], LAST)],
    )
    received = between(rng, room_low, np.minimum(high[others], LAST))
    scheduled = received + rng.integers(30, 80, len(received))
    goes_on = (rng.random(len(others)) < 0.4) & (scheduled <= np.minimum(high[others], LAST))
    first = np.maximum(on - rng.integers(70, 150, len(row)), low[row])
    second = np.maximum(on - rng.integers(10, 40, len(row)), first)
    parts = [
        (row, first, 0), (row, second, 1), (row, on, 2),
        (others, received, 0), (others[goes_on], scheduled[goes_on], 1),
    ]  # fmt: skip
    rows = np.concatenate([part[0] for part in parts])
    days = np.concatenate([part[1] for part in parts]).astype(np.int32)
    stages, _ = expand(np.array([len(part[0]) for part in parts]))
    stage = np.array([part[2] for part in parts], dtype=np.int8)[stages]
    order = np.lexsort((rows, stage, days))
    return {
        "eviction_id": numbered(len(order)),
        "household": values(households, "household")[rows][order],
        "stage": Text(stage[order], STAGES),
        "stage_day": days[order],
    }
