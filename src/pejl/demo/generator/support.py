"""Social support: who gets it, how much, what was delivered, and how people manage (functional ability)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pejl.demo.generator.days import LAST, MEASURED_FROM, OPEN, SERVICES_FROM, birthday, day, year_of
from pejl.demo.generator.draws import (
    Courses,
    choose,
    courses,
    expand,
    first_in_row,
    running_maximum,
    running_sum,
)  # fmt: skip
from pejl.demo.generator.effects import levels
from pejl.demo.generator.names import TARGET_GROUPS
from pejl.demo.generator.tables import Table, Text, numbered

if TYPE_CHECKING:
    from pejl.demo.generator.days import Bools, Floats, Ints
    from pejl.demo.generator.population import People
    from pejl.demo.generator.units import Units

SECTIONS = ("76", "82", "85", "95", "104")
AIMS = ("develop", "maintain", "limit_loss")
THEMES = ("t1", "t2", "t3", "t4", "t5")
LEVELS = ("none", "light", "moderate", "severe", "complete", "not_assessed")


@dataclass(frozen=True, slots=True)
class _Group:
    """A target group: ages, how many begin a year at each level, how long, which sections and aims, which unit."""

    ages: tuple[int, int]
    rate: tuple[float, float, float]
    mean_days: float
    sections: tuple[float, ...]
    aims: tuple[float, ...]
    hours: float
    unit_kind: int


_GROUPS = (
    _Group((6, 23), (0.004, 0.085, 0.19), 760, (1, 0, 0, 0, 0), (0.65, 0.3, 0.05), 3.5, 3),
    _Group((18, 90), (0.075, 0.11, 0.14), 800, (0, 0.15, 0.65, 0, 0.2), (0.45, 0.4, 0.15), 3.0, 0),
    _Group((18, 95), (0.1, 0.12, 0.14), 1100, (0, 0.05, 0.45, 0.2, 0.3), (0.2, 0.5, 0.3), 6.0, 1),
    _Group((18, 80), (0.0, 0.018, 0.062), 620, (0, 0.3, 0.7, 0, 0), (0.5, 0.35, 0.15), 3.0, 2),
)
"""In the order of `TARGET_GROUPS`. Mental illness and disability: rates among those who have it."""


@dataclass(frozen=True, slots=True)
class Support:
    """Decisions on support, sorted by person; a course of support is a chain of them.

    Attributes:
        person: whose, shape (decisions,).
        start: first day.
        end: last day, `OPEN` where it goes on.
        group: place in `TARGET_GROUPS`.
        course: which course, numbers from 0.
        unit: which unit.
        section: place in `SECTIONS`.
        aim: place in `AIMS`.
        hours: hours a week.
    """

    person: Ints
    start: Ints
    end: Ints
    group: Ints
    course: Ints
    unit: Ints
    section: Ints
    aim: Ints
    hours: Floats


def _group_courses(rng: np.random.Generator, people: People, group: int) -> Courses:
    about, lives = _GROUPS[group], people.stays_here
    birth, vulnerable = people.birth[lives.person], people.level[lives.person]
    concerned = np.ones(len(birth), dtype=bool)
    if group in (1, 2):
        concerned = (people.mental if group == 1 else people.disabled)[lives.person]
    low, high = birthday(birth, about.ages[0]), birthday(birth, about.ages[1]) - 1
    # From 2008, so that as many are under way in 2014 as later.
    low = np.where(concerned & (np.asarray(about.rate)[vulnerable] > 0), np.maximum(low, day(2008)), OPEN)
    windows = lives.within(low, high)
    rate = np.asarray(about.rate)[people.level[windows.person]]
    if group == TARGET_GROUPS.index("vulnerable_adults"):
        # Many of them are ill too: people are in several target groups.
        rate = rate * np.where(people.mental[windows.person], 2.4, 0.75)
    found = courses(rng, windows, rate, about.mean_days, gap=40)
    return found.where(found.end >= SERVICES_FROM)


def _steps(rng: np.random.Generator, found: Courses) -> tuple[Ints, Ints, Ints]:
    """Re-assessments about once a year: the course, first and last day of each decision."""
    days = np.minimum(found.end, LAST) - found.start + 1
    counts = np.maximum(1, np.ceil(days / rng.integers(300, 400, len(days)))).astype(np.int64)
    course, place = expand(counts)
    start = found.start[course] + days[course] * place // counts[course]
    last = place == counts[course] - 1
    end = np.where(last, found.end[course], np.append(start[1:], 0) - 1)
    return course, start.astype(np.int32), end.astype(np.int32)


def support(rng: np.random.Generator, people: People, units: Units) -> Support:
    """All courses of support, cut into decisions."""
    parts = [_group_courses(rng, people, group) for group in range(len(TARGET_GROUPS))]
    group = np.repeat(np.arange(len(parts), dtype=np.int8), [len(part.person) for part in parts])
    person, start, end, window, cut = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("person", "start", "end", "window", "cut")
    )
    order = np.lexsort((group, start, person))
    found, group = Courses(window[order], person[order], start[order], end[order], cut[order]), group[order]
    section, aim = np.zeros(len(group), np.int8), np.zeros(len(group), np.int8)
    for number, about in enumerate(_GROUPS):
        mine = group == number
        section[mine] = choose(rng, int(mine.sum()), about.sections)
        aim[mine] = choose(rng, int(mine.sum()), about.aims)
    unit = units.pick(rng, np.array([about.unit_kind for about in _GROUPS])[group], found.start, found.end)
    course, start, end = _steps(rng, found)
    hours = _hours(rng, course, start, aim[course], np.array([about.hours for about in _GROUPS])[group][course])
    recent = end >= SERVICES_FROM
    return Support(
        person=found.person[course][recent],
        start=start[recent],
        end=end[recent],
        group=group[course][recent],
        course=course[recent],
        unit=unit[course][recent],
        section=section[course][recent],
        aim=aim[course][recent],
        hours=hours[recent],
    )


def _hours(rng: np.random.Generator, course: Ints, start: Ints, aim: Ints, usual: Floats) -> Floats:
    """Hours a week, in quarters: they fall at the share of re-assessments the effect says, and rise at fewer."""
    first = first_in_row(course)
    begun = np.maximum.accumulate(np.where(first, np.arange(len(course)), 0))
    base = np.clip(usual * rng.lognormal(-0.1, 0.45, len(course)), 1.0, 30)[begun]
    share = _by_year("less_support", year_of(start)) * np.array([1.25, 0.85, 0.6])[aim]
    drawn = rng.random(len(course))
    change = np.where(drawn < share, np.log(0.68), np.where(drawn > 0.87, np.log(1.25), 0.0))
    hours = np.exp(np.log(base) + running_sum(course, np.where(first, 0.0, change)))
    return np.clip(np.floor(hours * 4 + 0.5) / 4, 0.5, 60)


def _by_year(effect: str, years: Ints) -> Floats:
    table = np.array(levels(effect, 2000, 2026)) / 100
    return np.asarray(table[np.clip(years, 2000, 2026) - 2000])


def support_table(found: Support, units: Units) -> Table:
    """The register of support."""
    return {
        "support_id": numbered(len(found.person)),
        "person": found.person,
        "from_day": found.start,
        "to_day": found.end,
        "section": Text(found.section, SECTIONS),
        "target_group": Text(found.group, TARGET_GROUPS),
        "unit": units.text(found.unit),
        "hours_per_week": found.hours,
        "aim": Text(found.aim, AIMS),
    }


def delivered_table(rng: np.random.Generator, found: Support, units: Units) -> Table:
    """Minutes delivered a week, from 2016; about one week in seven nothing was.

    A week counts where the person had support from Monday to Sunday. Two courses at one unit give one row.
    """
    monday = -(-(np.maximum(found.start, MEASURED_FROM) - 4) // 7) * 7 + 4
    last = np.minimum(found.end, LAST)
    weeks = np.maximum((last - monday + 1) // 7, 0)
    row, place = expand(weeks)
    took_place = rng.random(len(row), dtype=np.float32) < 0.86
    row, place = row[took_place], place[took_place]
    week = (monday[row] + 7 * place).astype(np.int32)
    share = rng.random(len(row), dtype=np.float32) * 0.5 + 0.6
    minutes = np.maximum(np.round(found.hours[row].astype(np.float32) * share * 4) * 15, 15).astype(np.int32)
    person, unit = found.person[row], found.unit[row]
    key = (person.astype(np.int64) * SPAN_WEEKS + week) * units.count + unit
    order = np.argsort(key, kind="stable")
    first = first_in_row(key[order])
    kept = order[first]
    return {
        "person": person[kept],
        "week_first": week[kept],
        "unit": units.text(unit[kept]),
        "minutes": np.add.reduceat(minutes[order], np.flatnonzero(first)).astype(np.int32) if len(order) else minutes,
    }


SPAN_WEEKS = 1 << 15


def ffb_table(rng: np.random.Generator, found: Support) -> Table:
    """Assessments at every decision of a person's first running course: five themes each.

    At a re-assessment the person manages better, as before, or worse: then one theme moves for certain, others perhaps.
    """
    first = first_in_row(found.course)
    begun = np.maximum.accumulate(np.where(first, np.arange(len(found.person)), 0))
    # Courses are sorted by person and start: one that begins while another runs is not assessed on its own.
    ends = running_maximum(found.person, np.minimum(found.end, LAST + 1))
    busy = np.append(0, ends[:-1]) * ~first_in_row(found.person)
    main = found.start[begun] > busy[begun]
    person, start, end, course = (
        a[main] for a in (found.person, found.start, np.minimum(found.end, LAST), found.course)
    )
    on = np.minimum(start + rng.integers(0, 21, len(start)), end)
    first = first_in_row(course)
    drawn = rng.random(len(course))
    better = _by_year("less_ffb", year_of(on))
    change = np.where(first, 0, np.where(drawn < better, -1, np.where(drawn > 0.86, 1, 0)))
    certain = rng.integers(0, len(THEMES), len(course))
    begun = np.maximum.accumulate(np.where(first, np.arange(len(course)), 0))
    columns = []
    for theme in range(len(THEMES)):
        moves = (certain == theme) | (rng.random(len(course)) < 0.3)
        base = choose(rng, len(course), (0.02, 0.18, 0.45, 0.27, 0.08))[begun]
        assessed = np.clip(base + running_sum(course, change * moves), 0, 4)
        columns.append(np.where(rng.random(len(course)) < 0.02, LEVELS.index("not_assessed"), assessed))
    known = on >= SERVICES_FROM
    rows = np.flatnonzero(known)
    return {
        "assessment_id": numbered(len(rows) * len(THEMES)),
        "person": np.repeat(person[rows], len(THEMES)),
        "assessed_on": np.repeat(on[rows], len(THEMES)).astype(np.int32),
        "theme": Text(np.tile(np.arange(len(THEMES), dtype=np.int8), len(rows)), THEMES),
        "level": Text(np.stack(columns, axis=1)[rows].ravel().astype(np.int8), LEVELS),
    }


def ever(found: Support, people: People, group: int | None = None) -> Bools:
    """Who ever had support (of one target group)."""
    marked = np.zeros(people.count, dtype=bool)
    marked[found.person if group is None else found.person[found.group == group]] = True
    return marked
