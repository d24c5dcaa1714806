"""Places to stay (sections 107-110) and treatment of addiction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pejl.demo.generator.days import LAST, OPEN, SERVICES_FROM, birthday, day, year_of
from pejl.demo.generator.draws import Courses, between, courses
from pejl.demo.generator.effects import level, levels
from pejl.demo.generator.homes import SITUATIONS
from pejl.demo.generator.tables import Table, Text, codes, numbered, sorted_rows, stacked, values

if TYPE_CHECKING:
    from pejl.demo.generator.days import Bools, Ints
    from pejl.demo.generator.homes import Homes
    from pejl.demo.generator.population import People
    from pejl.demo.generator.units import Units

SECTIONS = ("107", "108", "109", "110")
_UNIT_KIND = np.array([1, 1, 2, 2])
KINDS = ("drug", "alcohol")
END_STATUSES = ("drug_free", "reduced", "other", "deceased")

SPLIT = 0.15
"""Share of treatments registered as two courses with at most ten days between."""

ANONYMOUS = 0.05
"""Treatments without a number, per treatment with one."""

_RATES = {"drug": (0.0010, 0.04, 0.17), "alcohol": (0.0022, 0.03, 0.06)}
_MEAN_DAYS = {"drug": 230.0, "alcohol": 150.0}


def _windows_courses(
    rng: np.random.Generator, people: People, who: Bools, ages: tuple[int, int], rate: float, mean_days: float
) -> Courses:
    lives = people.stays_here
    birth = people.birth[lives.person]
    low = np.where(who[lives.person], np.maximum(birthday(birth, ages[0]), day(2000)), OPEN)
    windows = lives.within(low, birthday(birth, ages[1]) - 1)
    found = courses(rng, windows, np.full(len(windows.person), rate), mean_days, gap=30)
    return found.where(found.end >= SERVICES_FROM)


def stays_table(rng: np.random.Generator, people: People, homes: Homes, homelessness: Table, units: Units) -> Table:
    """The register of stays.

    Those who were assigned a home have no other stays than at shelters while homeless, so that whether a home is kept
    is decided in one place.
    """
    assigned = np.zeros(people.count, dtype=bool)
    assigned[homes.risk.person[homes.assigned[0]]] = True
    some = people.level > 0
    residential = [
        _windows_courses(rng, people, ~assigned & people.mental, (18, 75), 0.016, 480),
        _windows_courses(rng, people, ~assigned & people.disabled, (20, 90), 0.014, 3200),
        _windows_courses(rng, people, ~assigned & people.female & some, (18, 60), 0.03, 70),
    ]
    person, start, end = (values(homelessness, name) for name in ("person", "from_day", "to_day"))
    shelter = (codes(homelessness, "situation") == SITUATIONS.index("shelter")) & (person >= 0)
    person, start, end = person[shelter], start[shelter], end[shelter]
    begin = between(rng, start, np.minimum(np.minimum(end, LAST), start + 10))
    stop = np.minimum(end, begin + np.ceil(rng.gamma(1.3, 110, len(begin))).astype(np.int32))
    parts = [(part.person, part.start, part.end) for part in residential]
    parts.append((person, begin, np.where(stop > LAST, OPEN, stop)))
    section = np.repeat(np.arange(len(SECTIONS), dtype=np.int8), [len(part[0]) for part in parts])
    whose, low, high = (np.concatenate(column).astype(np.int32) for column in zip(*parts, strict=True))
    order = np.lexsort((low, whose))
    whose, low, high, section = whose[order], low[order], high[order], section[order]
    return {
        "stay_id": numbered(len(order)),
        "person": whose,
        "from_day": low,
        "to_day": high,
        "section": Text(section, SECTIONS),
        "unit": units.text(units.pick(rng, _UNIT_KIND[section], low, high)),
    }


def _end_statuses(rng: np.random.Generator, found: Courses, death: Ints) -> Ints:
    """Drug-free and reduced at the shares of EFFECTS, `other` for the rest and those who moved, or deceased."""
    years = np.clip(year_of(np.minimum(found.end, LAST)), 2010, 2025) - 2010
    reduced = np.array(levels("reduced", 2010, 2025))[years] / 100
    free = level("drug_free", 2010) / 100
    drawn = rng.random(len(found.person))
    status = np.where(drawn < free, 0, np.where(drawn < free + reduced, 1, 2))
    status = np.where(found.cut, np.where(death[found.person] == found.end, 3, 2), status)
    return np.where(found.end == OPEN, -1, status).astype(np.int8)


def _treatments(rng: np.random.Generator, people: People, kind: int) -> Table:
    """Treatments of one kind as they were, before the register cuts some in two."""
    lives = people.stays_here
    birth = people.birth[lives.person]
    windows = lives.within(np.maximum(birthday(birth, 18), day(2011)), birthday(birth, 75) - 1)
    name = KINDS[kind]
    rate = np.array(_RATES[name])[people.level[windows.person]]
    found = courses(rng, windows, rate, _MEAN_DAYS[name], shape=1.8, gap=15)
    found = found.where(found.end >= SERVICES_FROM)
    return {
        "person": found.person,
        "from_day": found.start,
        "to_day": found.end,
        "kind": Text(np.full(len(found.person), kind, dtype=np.int8), KINDS),
        "end_status": Text(_end_statuses(rng, found, people.death), END_STATUSES),
    }


def _cut_in_two(rng: np.random.Generator, whole: Table) -> Table:
    """Some treatments as two courses: the first ends as `other`, the second begins at most ten days later."""
    start, end = values(whole, "from_day"), values(whole, "to_day")
    until = np.minimum(end, LAST)
    split = np.flatnonzero((rng.random(len(start)) < SPLIT) & (until - start > 60))
    middle = between(rng, start[split] + 20, until[split] - 30)
    second = sorted_rows(whole, split) | {"from_day": (middle + rng.integers(2, 10, len(split))).astype(np.int32)}
    first_end, status = end.copy(), codes(whole, "end_status").copy()
    first_end[split], status[split] = middle, END_STATUSES.index("other")
    first = whole | {"to_day": first_end, "end_status": Text(status, END_STATUSES)}
    return stacked([first, second])


def treatments_table(rng: np.random.Generator, people: People) -> Table:
    """The register of treatments, some of them cut in two, some without a number."""
    whole = stacked([_treatments(rng, people, kind) for kind in range(len(KINDS))])
    count = len(values(whole, "person"))
    anonymous = sorted_rows(whole, rng.integers(0, max(count, 1), int(count * ANONYMOUS)))
    anonymous |= {"person": np.full(len(values(anonymous, "person")), -1, dtype=np.int32)}
    table = _cut_in_two(rng, stacked([whole, anonymous]))
    # A first part that was over before the register began is not in it.
    known = np.flatnonzero(values(table, "to_day") >= SERVICES_FROM)
    table = sorted_rows(table, known)
    order = np.lexsort((values(table, "from_day"), codes(table, "kind"), values(table, "person")))
    return {"course_id": numbered(len(order)), **sorted_rows(table, order)}
