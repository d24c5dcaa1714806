"""Work, income and charges: registers a municipality does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pejl.demo.generator.days import (
    FIRST_YEAR,
    LAST,
    LAST_YEAR,
    SERVICES_FROM,
    YEAR,
    birthday,
    day,
    first_days,
    quarter_starts,
    year_of,
)  # fmt: skip
from pejl.demo.generator.draws import between, choose, expand
from pejl.demo.generator.effects import level, levels
from pejl.demo.generator.tables import Table, Text, numbered, values

if TYPE_CHECKING:
    from pejl.demo.generator.days import Bools, Floats, Ints
    from pejl.demo.generator.population import People
    from pejl.demo.generator.staff import Staff

STATUSES = ("education", "employed", "benefits", "other")
OFFENCES = ("violence", "robbery", "serious_other", "other")
FIRST_INCOME_YEAR = 2013

_BANDS = (18, 25, 30, 60)
# Education, education or work, and those or benefits, by band of age: 16-17, 18-24, 25-29, 30-59, 60-66.
_USUAL = ((0.9, 0.95, 0.96), (0.46, 0.86, 0.93), (0.17, 0.86, 0.94), (0.02, 0.88, 0.95), (0.0, 0.66, 0.84))
_EDUCATION_SPECIAL = (0.75, 0.16, 0.07, 0.01, 0.0)
_STICKY = 0.85
"""Chance that a year is like a person's other years."""

_ROWS_AT_ONCE = 4_000_000


def _limits() -> Floats:
    """Limits of the statuses, shape (with special needs or not, year, band, 3)."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    special = [
        [(share, max(share, level("employment", year) / 100 - 0.006), 0.9) for share in _EDUCATION_SPECIAL]
        for year in years
    ]
    return np.array([[_USUAL for _ in years], special], dtype=np.float32)


def labour_table(rng: np.random.Generator, people: People, special: Bools, employed: Staff, education: Table) -> Table:
    """Main status on the first day of each quarter, of those aged 16-66 who live here then."""
    quarters = quarter_starts(FIRST_YEAR, LAST_YEAR)
    lives = people.stays_here
    birth = people.birth[lives.person]
    low = np.searchsorted(quarters, np.maximum(lives.low, birthday(birth, 16)))
    high = np.searchsorted(quarters, np.minimum(lives.high, birthday(birth, 67) - 1), side="right")
    row, place = expand(np.maximum(high - low, 0))
    quarter = (low[row] + place).astype(np.int8)
    person = lives.person[row]
    del row, place
    usual = rng.random(people.count, dtype=np.float32)
    years = LAST_YEAR - FIRST_YEAR + 1
    drawn = rng.random((people.count, years), dtype=np.float32)
    drawn = np.where(rng.random((people.count, years), dtype=np.float32) < _STICKY, usual[:, None], drawn)
    turns = [np.searchsorted(quarters, birthday(people.birth, age)).astype(np.int8) for age in _BANDS]
    status = np.zeros(len(person), dtype=np.int8)
    limits = _limits()
    for begin in range(0, len(person), _ROWS_AT_ONCE):
        part = slice(begin, begin + _ROWS_AT_ONCE)
        who, when = person[part], quarter[part]
        band = sum((when >= turn[who]).astype(np.int8) for turn in turns)
        value, found = drawn[who, when // 4], limits[special[who].astype(np.int8), when // 4, band]
        status[part] = (value[:, None] >= found).sum(axis=1)
    _state(status, person, quarter, quarters, (employed.person, employed.start, employed.end), 1)
    low_day, high_day = values(education, "from_day"), values(education, "to_day")
    # Those with special needs are in education part of the time; their main status stays as it was.
    mine = ~special[values(education, "person")]
    _state(status, person, quarter, quarters, (values(education, "person")[mine], low_day[mine], high_day[mine]), 0)
    return {"person": person, "quarter_first": quarters[quarter], "status": Text(status, STATUSES)}


def _state(
    status: Ints, person: Ints, quarter: Ints, quarters: Ints, spells: tuple[Ints, Ints, Ints], code: int
) -> None:
    """Set the status of those who are in a spell, in place."""
    whose, start, end = spells
    low = np.searchsorted(quarters, start)
    high = np.searchsorted(quarters, end, side="right")
    spell, place = expand(np.maximum(high - low, 0))
    wanted = whose[spell].astype(np.int64) * 64 + low[spell] + place
    known = person.astype(np.int64) * 64 + quarter
    row = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    status[row[known[row] == wanted]] = code


def _on_last_days(households: Table) -> tuple[Ints, Ints]:
    """Row of `households` and year, for every 31 December that it includes."""
    low = np.maximum(year_of(values(households, "from_day")), FIRST_INCOME_YEAR)
    until = np.minimum(values(households, "to_day"), LAST)
    last = year_of(until + 1) - 1
    row, place = expand(np.maximum(last - low + 1, 0))
    return row, low[row] + place


def income_table(rng: np.random.Generator, people: People, households: Table, special: Bools) -> Table:
    """Income of those who live here on 31 December: one for all members of a household, after its reference person.

    The line of low income is half of the median of the citizens themselves. Flags are 1 where a criterion is met.
    """
    row, year = _on_last_days(households)
    household = values(households, "household")
    head_of = np.zeros(int(household.max(initial=0)) + 1, dtype=np.int32)
    reference = values(households, "reference")
    head_of[household[reference]] = values(households, "person")[reference]
    head = head_of[household][row]
    at = year - FIRST_INCOME_YEAR
    years = LAST_YEAR - FIRST_INCOME_YEAR + 1
    lasting = rng.normal(0, 1, people.count) - np.array([0.0, 0.45, 0.8])[people.level] - 0.5 * special
    passing = rng.normal(0, 1, (people.count, years)).astype(np.float32)
    age = (first_days(year) - people.birth[head]) / YEAR
    studies = (rng.random(people.count) < 0.42)[head] & (age < 27)
    amount = 12.34 + 0.018 * at + 0.385 * lasting[head] + 0.10 * passing[head, at] - 0.55 * studies
    income = np.exp(amount)
    middle = np.array([np.median(income[at == number]) if np.any(at == number) else 1.0 for number in range(years)])
    income = _lifted(income, middle[at], year)
    zero = (rng.random((people.count, years), dtype=np.float32) < 0.003)[head, at]
    income = np.where(zero, 0.0, np.floor(income + 0.5))
    line = np.array([np.median(income[at == number]) / 2 if np.any(at == number) else 1.0 for number in range(years)])[
        at
    ]
    owns = rng.normal(0, 1, people.count)
    wealth = np.floor(60_000 * np.exp(0.9 * lasting[head] + 1.3 * owns[head] + 0.03 * (age - 40)) - 60_000)
    moved = (values(households, "from_day")[row] >= first_days(year)) & (age < 26)
    student = studies & ((first_days(year) - people.birth[values(households, "person")[row]]) / YEAR > 17)
    met = {"lavindkomst": income < line, "nf": wealth < line, "stud": ~studies, "hjfra": ~moved, "nul": ~zero}
    return {
        "person": values(households, "person")[row],
        "year": year.astype(np.int32),
        "household": household[row],
        "equivalised_income": income,
        "net_wealth": wealth,
        **{f"sdgfat_{name}": values.astype(np.int32) for name, values in met.items()},
        "student": student,
    }


def _lifted(income: Floats, middle: Floats, year: Ints) -> Floats:
    """Low incomes rise a little faster from 2020 on, so that fewer are poor."""
    share = np.array(levels("poverty_sdg", FIRST_INCOME_YEAR, LAST_YEAR))
    lift = (0.05 * (share[0] - share) / (share[0] - share[-1]))[year - FIRST_INCOME_YEAR]
    return income * np.where(income < 0.62 * middle, 1 + lift, 1.0)


def charges_table(rng: np.random.Generator, people: People) -> Table:
    """Charges. Serious ones of persons aged 10-17 (on 31 December) follow the effect; the rest does not change."""
    parts = [_youth(rng, people, year) for year in range(2014, LAST_YEAR + 1)]
    parts.append(_others(rng, people))
    person, on, offence = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((on, person))
    return {
        "charge_id": numbered(len(order)),
        "person": person[order].astype(np.int32),
        "charged_on": on[order].astype(np.int32),
        "offence": Text(offence[order].astype(np.int8), OFFENCES),
    }


def _youth(rng: np.random.Generator, people: People, year: int) -> tuple[Ints, Ints, Ints]:
    lives = people.stays_here
    last, age = day(year, 12, 31), year - year_of(people.birth)
    here = np.flatnonzero(
        (lives.low <= last) & (lives.high >= last) & (age[lives.person] >= 10) & (age[lives.person] <= 17)
    )
    person = lives.person[here]
    factor = np.array([0.45, 2.3, 4.0])[people.level[person]] * np.where(age[person] < 15, 0.35, 2.0)
    chance = factor / max(float(factor.mean()) if len(factor) else 1.0, 1e-9) * level("youth_crime", year) / 100
    charged = np.flatnonzero(rng.random(len(person)) < chance)
    row, _ = expand(1 + rng.poisson(0.3, len(charged)))
    which = charged[row]
    on = between(rng, np.maximum(lives.low[here][which], day(year)), np.full(len(which), last))
    return person[which], on, choose(rng, len(which), (0.5, 0.2, 0.3))


def _others(rng: np.random.Generator, people: People) -> tuple[Ints, Ints, Ints]:
    lives = people.stays_here
    birth = people.birth[lives.person]
    windows = lives.within(np.maximum(birthday(birth, 15), SERVICES_FROM), birthday(birth, 60))
    rate = np.array([0.006, 0.04, 0.14])[people.level[windows.person]]
    until = np.minimum(windows.high, LAST)
    row, _ = expand(rng.poisson(rate * (until - windows.low + 1) / YEAR))
    person, on = windows.person[row], between(rng, windows.low[row], until[row])
    young = on < birthday(people.birth[person], 19)
    offence = np.where(young, OFFENCES.index("other"), choose(rng, len(row), (0.12, 0.02, 0.06, 0.8)))
    return person, on, offence
