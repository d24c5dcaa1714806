"""Pupils, absence, 9th grade and youth education."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pejl.demo.generator.days import LAST, OPEN, day, year_of
from pejl.demo.generator.draws import choose, expand
from pejl.demo.generator.effects import level
from pejl.demo.generator.tables import Table, Text, codes, numbered, values

if TYPE_CHECKING:
    from pejl.demo.generator.days import Bools, Floats, Ints
    from pejl.demo.generator.population import People

FIRST_SCHOOL_YEAR, LAST_SCHOOL_YEAR = 2016, 2026
"""The years in which the school years with pupils end; the last one is under way."""

FIRST_LEAVERS, LAST_LEAVERS = 2009, 2025

_SCHOOL_DAYS = (15, 21, 17, 21, 15, 20, 15, 21, 16, 18, 19)
"""School days of August to June."""

_SEASON = (0.75, 0.85, 0.95, 1.1, 1.15, 1.2, 1.2, 1.05, 0.95, 0.9, 0.85)
_PARTS = (0.56, 0.20, 0.24)
"""Illness, lawful and unlawful absence."""

_PASS = (0.955, 0.80)
"""Share passed among those who took all tests: most pupils, vulnerable pupils."""

_MISSING_VULNERABLE = 5.5
"""How many times more often vulnerable pupils miss tests."""

OUTCOMES = ("completed", "dropped")


def school_year(end_year: int) -> str:
    """The school year that ends in a year, as registers write it."""
    return f"{end_year - 1}/{end_year}"


def vulnerable_pupils(people: People, supported: Bools) -> Bools:
    """Children who are vulnerable, or whom the municipality supports."""
    return np.asarray((people.level > 0) | supported)


def pupils(rng: np.random.Generator, people: People) -> tuple[Table, Ints]:
    """The register of pupils: grades 0-9, and 10 for two in five; and the stay each row lies in.

    Pupils are those who live here on 1 September.
    """
    lives = people.stays_here
    starts = year_of(people.birth) + 6
    tenth = rng.random(people.count) < 0.4
    special = rng.random(people.count) < np.array([0.025, 0.06, 0.11])[people.level] + 0.3 * people.disabled
    rows, years = [], []
    for end in range(FIRST_SCHOOL_YEAR, LAST_SCHOOL_YEAR + 1):
        grade = end - 1 - starts[lives.person]
        september = day(end - 1, 9)
        here = (lives.low <= september) & (lives.high >= september)
        found = np.flatnonzero(here & (grade >= 0) & ((grade <= 9) | ((grade == 10) & tenth[lives.person])))
        rows.append(found)
        years.append(np.full(len(found), end - FIRST_SCHOOL_YEAR))
    stay, year = np.concatenate(rows), np.concatenate(years)
    order = np.lexsort((year, stay))
    stay, year = stay[order], year[order]
    person = lives.person[stay]
    count = max(2, int((lives.high == OPEN).sum()) // 4000)
    school = rng.integers(0, count, people.count)[person]
    table: Table = {
        "person": person,
        "school_year": Text(
            year.astype(np.int8), tuple(school_year(end) for end in range(FIRST_SCHOOL_YEAR, LAST_SCHOOL_YEAR + 1))
        ),
        "school": Text(school.astype(np.int16), tuple(f"s{number:03d}" for number in range(1, count + 1))),
        "special_class": special[person],
    }
    return table, stay


def absence_table(rng: np.random.Generator, people: People, table: Table, stay: Ints, vulnerable: Bools) -> Table:
    """Absence by month, August to June, for whole months that a pupil lives here."""
    year = codes(table, "school_year")
    person = values(table, "person")
    ends = range(FIRST_SCHOOL_YEAR, LAST_SCHOOL_YEAR + 1)
    firsts = np.array(
        [[day(end - (month > 7), month) for month in (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6)] for end in ends]
    )
    row, place = expand(np.full(len(person), len(_SCHOOL_DAYS)))
    first = firsts[year[row], place]
    lives = people.stays_here
    # 31 days from the first: whole months, without asking how long each is.
    ok = (first >= lives.low[stay][row]) & (first + 30 <= np.minimum(lives.high, LAST)[stay][row])
    row, place, first = row[ok], place[ok], first[ok].astype(np.int32)
    factor = rng.gamma(3.0, 1 / 3, people.count) * np.where(vulnerable, 2.0, 0.8)
    days = np.array(_SCHOOL_DAYS, dtype=np.int32)[place]
    relative = factor[person[row]] * np.array(_SEASON)[place]
    # The mean over all school days of a school year is the level of the effect.
    weight = np.bincount(year[row], relative * days, len(ends)) / np.maximum(np.bincount(year[row], days, len(ends)), 1)
    wanted = np.array([level("school_absence", end) for end in ends]) / 100
    mean = relative * (wanted / np.maximum(weight, 1e-9))[year[row]] * days
    absent = [rng.poisson(mean * part).astype(np.int16) for part in _PARTS]
    left = days.copy()
    for number, part in enumerate(absent):
        absent[number] = np.minimum(part, left).astype(np.int16)
        left = left - absent[number]
    return {
        "person": person[row],
        "month_first": first,
        "school_days": days,
        "illness_days": absent[0].astype(np.float32),
        "lawful_days": absent[1].astype(np.float32),
        "unlawful_days": absent[2].astype(np.float32),
    }


def _missing_share(leavers: Ints, vulnerable: Bools) -> Floats:
    """Chance to miss tests, so that the share of all leavers who pass is the level of the effect."""
    share = float(vulnerable.mean()) if len(vulnerable) else 0.0
    usual, weak = _PASS
    takers = (1 - share) * usual + share * weak
    wanted = np.array([level("grade9_leavers", year) / 100 for year in range(FIRST_LEAVERS, LAST_LEAVERS + 1)])
    most = (takers - wanted) / ((1 - share) * usual + _MISSING_VULNERABLE * share * weak)
    return np.asarray(most[leavers - FIRST_LEAVERS] * np.where(vulnerable, _MISSING_VULNERABLE, 1.0))


def grade9_table(rng: np.random.Generator, people: People, vulnerable: Bools) -> Table:
    """Leavers of 9th grade, 2009-2025, wherever they lived then; some who came later never were in it."""
    leaving = year_of(people.birth) + 16
    alive = people.death > (leaving - 1970) * 365.25 + 180
    first_here = np.full(people.count, OPEN)
    np.minimum.at(first_here, people.stays_here.person, people.stays_here.low)
    in_country = (first_here < people.birth + 15 * 365) | (rng.random(people.count) < 0.85)
    person = np.flatnonzero((leaving >= FIRST_LEAVERS) & (leaving <= LAST_LEAVERS) & alive & in_country).astype(
        np.int32
    )
    leaving, weak = leaving[person], vulnerable[person]
    count = len(person)
    missing = rng.random(count) < _missing_share(leaving, weak)
    no_danish = missing & (rng.random(count) < 0.7)
    no_maths = missing & (~no_danish | (rng.random(count) < 0.7))
    passed = rng.random(count) < np.where(weak, _PASS[1], _PASS[0])
    fails_maths = ~passed & (rng.random(count) < 0.8)
    fails_danish = ~passed & (~fails_maths | (rng.random(count) < 0.35))
    ability = rng.normal(0, 1.5, count)
    special = rng.random(count) < np.array([0.02, 0.05, 0.09])[people.level[person]]
    return {
        "person": person,
        "school_year": Text(
            (leaving - FIRST_LEAVERS).astype(np.int8),
            tuple(school_year(year) for year in range(FIRST_LEAVERS, LAST_LEAVERS + 1)),
        ),
        "special_class": special,
        "all_tests_danish": ~no_danish,
        "all_tests_maths": ~no_maths,
        "mean_danish": _mean(rng, ability, fails_danish, no_danish),
        "mean_maths": _mean(rng, ability, fails_maths, no_maths),
    }


def _mean(rng: np.random.Generator, ability: Floats, fails: Bools, missing: Bools) -> Floats:
    """The mean grade, one decimal; of those who miss tests three in five have none."""
    good = np.clip(7.2 + ability + rng.normal(0, 1.5, len(ability)), 2.0, 12.0)
    weak = np.clip(rng.normal(0.9, 0.8, len(ability)), -3.0, 1.9)
    mean = np.floor(np.where(fails, weak, good) * 10 + 0.5) / 10
    return np.where(missing & (rng.random(len(ability)) < 0.6), np.nan, mean)


def youth_education_table(rng: np.random.Generator, people: People, grade9: Table, vulnerable: Bools) -> Table:
    """Spells in youth education after 9th or 10th grade: up to four attempts, each completed, dropped or open.

    From 2020 on fewer drop out and more begin again.
    """
    person = values(grade9, "person")
    leaving = codes(grade9, "school_year").astype(np.int32) + FIRST_LEAVERS
    weak = vulnerable[person]
    begins = rng.random(len(person)) < np.where(weak, 0.80, 0.94)
    wait = np.where(begins, rng.random(len(person)) < 0.4, rng.integers(1, 4, len(person)))
    start = ((leaving + wait - 1970) * 365.25).astype(np.int32) + 226
    active = begins | (rng.random(len(person)) < 0.5)
    parts = []
    person, start, weak = person[active], start[active], weak[active]
    for _ in range(4):
        alive = (start <= LAST) & (start < people.death[person])
        person, start, weak = person[alive], start[alive], weak[alive]
        count = len(person)
        complete = start + 1005 + 90 * choose(rng, count, (0.6, 0.15, 0.1, 0.15)).astype(np.int32)
        drop = start + 40 + np.floor(rng.gamma(1.6, 170, count)).astype(np.int32)
        kept_on = rng.random(count) < 0.6 * _progress(drop)
        drops = (rng.random(count) < np.where(weak, 0.60, 0.36)) & (drop < complete) & ~kept_on
        end = np.where(drops, drop, complete)
        died = end > people.death[person]
        end = np.minimum(end, people.death[person])
        unknown = (end > LAST) | died
        outcome = np.where(unknown, -1, drops).astype(np.int8)
        parts.append((person, start, np.where(end > LAST, OPEN, end), outcome))
        again = drops & ~unknown & (rng.random(count) < np.where(weak, 0.5, 0.65) + 0.15 * _progress(end))
        start = (end + rng.integers(60, 560, count))[again].astype(np.int32)
        person, weak = person[again], weak[again]
    whose, low, high, result = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((low, whose))
    return {
        "spell_id": numbered(len(order)),
        "person": whose[order].astype(np.int32),
        "from_day": low[order].astype(np.int32),
        "to_day": high[order].astype(np.int32),
        "outcome": Text(result[order], OUTCOMES),
    }


def _progress(on: Ints) -> Floats:
    """0 until 1 January 2020, 1 from 2023 on."""
    return np.clip((on - day(2020)) / (day(2023) - day(2020)), 0.0, 1.0)
