"""Employees, their pay and their sick leave.

Each post is always filled: who leaves is followed the next day. Employees live here for as long as they are employed,
so that the registers tell a whole story; in a real municipality many live elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pejl.demo.generator.days import (
    LAST,
    LAST_YEAR,
    OPEN,
    birthday,
    day,
    first_days,
    month_starts,
    months_later,
    year_of,
)
from pejl.demo.generator.draws import between, choose, expand, first_in_row
from pejl.demo.generator.effects import level, levels
from pejl.demo.generator.names import UNIT_KINDS
from pejl.demo.generator.tables import Table, numbered
from pejl.demo.generator.units import Units, employee_count

if TYPE_CHECKING:
    from pejl.demo.generator.days import Bools, Floats, Ints
    from pejl.demo.generator.population import People

EMPLOYED_FROM = day(2014)
PAID_FROM_YEAR = 2015
_KIND_SHARES = (0.32, 0.26, 0.14, 0.2, 0.08)
_FTE = (1.0, 0.865, 0.811, 0.676)
_FTE_SHARES = (0.58, 0.2, 0.14, 0.08)


@dataclass(frozen=True, slots=True)
class Staff:
    """Employments, sorted by person; a person has at most one.

    Attributes:
        person: who, shape (employments,).
        start: first day.
        end: last day, `OPEN` where it goes on.
        unit: where.
        fte: part of full time.
        trainee: whether in training.
    """

    person: Ints
    start: Ints
    end: Ints
    unit: Ints
    fte: Floats
    trainee: Bools


def _posts(rng: np.random.Generator, count: int) -> tuple[Ints, Ints, Ints]:
    """Every post's holders: post, first and last day. A holder leaves in a year at the share of the effect."""
    start = np.full(count, EMPLOYED_FROM - 1) - rng.integers(0, 5000, count)
    parts = []
    for year in range(2014, LAST_YEAR + 1):
        leaves = (rng.random(count) < level("turnover", year) / 100) & (start < day(year))
        last = day(year) + rng.integers(0, 365, count)
        parts.append((np.flatnonzero(leaves), start[leaves], last[leaves]))
        start = np.where(leaves, last + 1, start)
    here = np.arange(count)
    parts.append((here, start, np.full(count, OPEN)))
    post, low, high = (np.concatenate(column).astype(np.int32) for column in zip(*parts, strict=True))
    order = np.lexsort((low, post))
    return post[order], low[order], high[order]


def _people_for(rng: np.random.Generator, people: People, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """A grown person who lives here all the time for each employment, nobody twice; -1 where none was found.

    Employments that began long ago may begin later with whom was found; returned are persons and first days.
    """
    lives = people.stays_here
    person = np.full(len(start), -1, dtype=np.int32)
    begun = start.copy()
    taken = np.zeros(people.count, dtype=bool)
    of_age = np.maximum(birthday(people.birth, 20)[lives.person], lives.low)
    until = np.minimum(birthday(people.birth, 67)[lives.person] - 1, lives.high)
    usable = np.flatnonzero((people.level[lives.person] == 0) & (of_age < LAST) & (until > EMPLOYED_FROM))
    until = np.where((until > LAST) & (lives.high == OPEN), OPEN, until)
    for _ in range(60):
        open_ = np.flatnonzero(person < 0)
        if len(open_) == 0 or len(usable) == 0:
            break
        stay = usable[rng.integers(0, len(usable), len(open_))]
        first = np.where(start[open_] < EMPLOYED_FROM, np.maximum(start[open_], of_age[stay]), start[open_])
        fits = (
            (of_age[stay] <= first) & (first <= np.maximum(start[open_], EMPLOYED_FROM)) & (until[stay] >= end[open_])
        )
        fits &= ~taken[lives.person[stay]]
        open_, stay, first = open_[fits], stay[fits], first[fits]
        # The same person drawn twice in one round: the first employment keeps them.
        _, once = np.unique(lives.person[stay], return_index=True)
        person[open_[once]], begun[open_[once]] = lives.person[stay[once]], first[once]
        taken[lives.person[stay[once]]] = True
    return person, begun


def staff(rng: np.random.Generator, people: People, units: Units, citizens: int) -> Staff:
    """All employments since 2014."""
    post, start, end = _posts(rng, employee_count(citizens))
    person, start = _people_for(rng, people, start, end)
    kind = choose(rng, int(post.max(initial=0)) + 1, _KIND_SHARES)[post]
    unit = _same_unit(units.pick(rng, kind, start, end), post, units, start, end)
    found = np.flatnonzero(person >= 0)
    order = found[np.argsort(person[found])]
    short = np.minimum(end, LAST) - start < 730
    return Staff(
        person=person[order],
        start=start[order].astype(np.int32),
        end=end[order],
        unit=unit[order],
        fte=np.array(_FTE)[choose(rng, len(order), _FTE_SHARES)],
        trainee=(short & (rng.random(len(post)) < 0.15))[order],
    )


def _same_unit(unit: Ints, post: Ints, units: Units, start: Ints, end: Ints) -> Ints:
    """A post stays at its first holder's unit where that is open."""
    begins = np.maximum.accumulate(np.where(first_in_row(post), np.arange(len(post)), 0))
    first = unit[begins]
    fits = (
        (units.low[first] <= start) & (units.high[first] >= end) & (unit % len(UNIT_KINDS) == first % len(UNIT_KINDS))
    )
    return np.where(fits, first, unit)


def employees_table(found: Staff, units: Units) -> Table:
    """The register of employments."""
    return {
        "employment_id": numbered(len(found.person)),
        "person": found.person,
        "from_day": found.start,
        "to_day": found.end,
        "unit": units.text(found.unit),
        "trainee": found.trainee,
    }


def _months(found: Staff) -> tuple[Ints, Ints, Ints, Ints]:
    """Employment × month: the employment, month's first day, and first and last day employed in it."""
    starts = month_starts(PAID_FROM_YEAR, LAST_YEAR)
    past = np.append(starts[1:], LAST + 1)
    low = np.searchsorted(past, found.start, side="right")
    high = np.searchsorted(starts, np.minimum(found.end, LAST), side="right")
    row, place = expand(np.maximum(high - low, 0))
    month = low[row] + place
    first = np.maximum(starts[month], found.start[row])
    last = np.minimum(past[month] - 1, found.end[row])
    return row, month, first.astype(np.int32), last.astype(np.int32)


def pay_table(found: Staff, units: Units) -> Table:
    """Full-time equivalents by month, for the part of the month someone was employed."""
    starts = month_starts(PAID_FROM_YEAR, LAST_YEAR)
    length = months_later(starts, 1) - starts
    row, month, first, last = _months(found)
    fte = found.fte[row] * (last - first + 1) / length[month]
    return {
        "person": found.person[row],
        "month_first": starts[month],
        "unit": units.text(found.unit[row]),
        "fte": np.floor(fte * 1000 + 0.5) / 1000,
    }


def sick_table(rng: np.random.Generator, found: Staff, units: Units) -> Table:
    """Sick spells: short ones often, long ones seldom, some employees more than others; working days Monday-Friday."""
    row, _, first, last = _months(found)
    frailty = rng.gamma(1.6, 1 / 1.6, len(found.person))
    wanted = np.array(levels("sick_leave", 2000, 2026))[year_of(first) - 2000] / 12.5
    rate = 0.26 * wanted * frailty[row] * found.fte[row] * (last - first + 1) / 30.4
    spell, _ = expand(rng.poisson(rate))
    employment = row[spell]
    start = between(rng, first[spell], last[spell])
    long = rng.random(len(spell)) < 0.055
    length = np.where(long, 20 + rng.gamma(1.5, 28, len(spell)), 1 + rng.gamma(1.1, 2.1, len(spell)))
    order = np.lexsort((start, employment))
    employment, start, length = employment[order], start[order], np.floor(length[order]).astype(np.int32)
    end = np.minimum(start + length - 1, np.minimum(found.end[employment], LAST))
    free = np.ones(len(start), dtype=bool)
    free[1:] = (employment[1:] != employment[:-1]) | (
        start[1:] > np.maximum.accumulate(end + employment * 100_000)[:-1] - employment[1:] * 100_000
    )
    employment, start, end = _by_calendar_year(employment[free], start[free], end[free])
    days = np.busday_count(start.astype("datetime64[D]"), (end + 1).astype("datetime64[D]"))
    some = days > 0
    employment, start, end, days = employment[some], start[some], end[some], days[some]
    return {
        "absence_id": numbered(len(start)),
        "person": found.person[employment],
        "unit": units.text(found.unit[employment]),
        "from_day": start.astype(np.int32),
        "to_day": end.astype(np.int32),
        "working_days": days.astype(np.float64),
    }


def _by_calendar_year(employment: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """A spell over New Year is registered anew on 1 January, so that every row lies in one year."""
    new_year = first_days(year_of(start) + 1)
    over = end >= new_year
    employment = np.concatenate([employment, employment[over]])
    begins = np.concatenate([start, new_year[over]])
    ends = np.concatenate([np.where(over, new_year - 1, end), end[over]])
    order = np.lexsort((begins, employment))
    return employment[order], begins[order], ends[order]
