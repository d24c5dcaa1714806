"""Cases, published time limits and complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pejl.demo.generator.days import LAST, OPEN, YEAR, birthday, day, months_later, year_of
from pejl.demo.generator.draws import between, choose, expand
from pejl.demo.generator.effects import level, levels
from pejl.demo.generator.names import AREAS
from pejl.demo.generator.residence import stay_of
from pejl.demo.generator.tables import Table, Text, numbered, values

if TYPE_CHECKING:
    from pejl.demo.generator.days import Bools, Ints
    from pejl.demo.generator.population import People

CASES_FROM = day(2015)
OUTCOMES = ("confirmed", "changed", "returned", "rejected")
_AREA_SHARES = (0.24, 0.2, 0.2, 0.08, 0.13, 0.15)

_LIMITS = (
    ("support_home", (2014, 1, 1), (2018, 12, 31), 12, "weeks"),
    ("support_home", (2019, 1, 1), None, 10, "weeks"),
    ("support_person", (2014, 1, 1), None, 3, "months"),
    ("aid", (2014, 1, 1), None, 8, "weeks"),
    ("residence_service", (2014, 1, 1), (2022, 6, 30), 6, "months"),
    ("residence_service", (2022, 7, 1), None, 4, "months"),
    ("child_support", (2014, 1, 1), None, 4, "months"),
    ("economy", (2014, 1, 1), None, 4, "weeks"),
)  # fmt: skip
_UNITS = ("weeks", "months")


def time_limits_table() -> Table:
    """The published limits, with the days from which they hold; two were shortened."""
    return {
        "area": Text(np.array([AREAS.index(limit[0]) for limit in _LIMITS], dtype=np.int8), AREAS),
        "valid_from": np.array([day(*limit[1]) for limit in _LIMITS], dtype=np.int32),
        "valid_to": np.array([day(*limit[2]) if limit[2] else OPEN for limit in _LIMITS], dtype=np.int32),
        "amount": np.array([limit[3] for limit in _LIMITS], dtype=np.int32),
        "in_unit": Text(np.array([_UNITS.index(limit[4]) for limit in _LIMITS], dtype=np.int8), _UNITS),
    }


def last_timely_day(area: Ints, received: Ints) -> Ints:
    """The last day on which a decision is on time: the limit that held on the day the case came counts."""
    found = np.full(len(area), OPEN, dtype=np.int32)
    for name, low, high, amount, unit in _LIMITS:
        until = day(*high) if high else OPEN
        mine = (area == AREAS.index(name)) & (received >= day(*low)) & (received <= until)
        found[mine] = received[mine] + 7 * amount if unit == "weeks" else months_later(received[mine], amount)
    return found


def cases_table(rng: np.random.Generator, people: People, special: Bools) -> Table:
    """Cases, sorted by person and day. Where someone died or moved away first, there is no decision."""
    lives = people.stays_here
    windows = lives.within(CASES_FROM)
    until = np.minimum(windows.high, LAST)
    rate = np.where(special, 0.42, np.array([0.022, 0.09, 0.14])[people.level])[windows.person]
    row, _ = expand(rng.poisson(rate * (until - windows.low + 1) / YEAR))
    received = between(rng, windows.low[row], until[row])
    order = np.lexsort((received, row))
    row, received = row[order], received[order]
    person = windows.person[row]
    child = received < birthday(people.birth[person], 18)
    area = np.where(
        child, AREAS.index("child_support"), choose(rng, len(row), (*_AREA_SHARES[:4], 0.0, _AREA_SHARES[5]))
    )
    limit = last_timely_day(area, received)
    year = np.clip(year_of(received), 2010, 2025) - 2010
    timely = rng.random(len(row)) < np.array(levels("on_time", 2010, 2025))[year] / 100
    room = limit - received
    early = received + np.ceil(room * (0.12 + 0.88 * rng.beta(2.2, 1.6, len(row)))).astype(np.int32)
    late = limit + 1 + np.floor(rng.gamma(1.2, 32, len(row))).astype(np.int32)
    decided = np.where(timely, np.minimum(early, limit), late)
    told = ~timely & (rng.random(len(row)) < np.array(levels("notified", 2010, 2025))[year] / 100)
    notified = np.where(told, np.maximum(limit - rng.integers(0, 14, len(row)), received), OPEN)
    decided, notified = (np.where(on <= until[row], on, OPEN).astype(np.int32) for on in (decided, notified))
    return {
        "case_id": numbered(len(row)),
        "person": person,
        "area": Text(area.astype(np.int8), AREAS),
        "received_on": received,
        "decided_on": decided,
        "notified_on": notified,
    }


def complaints_table(rng: np.random.Generator, people: People, cases: Table) -> Table:
    """Complaints within four weeks of a decision, while the citizen lives here."""
    decided, person = values(cases, "decided_on"), values(cases, "person")
    upheld = level("upheld", 2020) / 100
    case = np.flatnonzero((decided < OPEN) & (rng.random(len(decided)) < 0.075))
    gone = np.minimum(people.stays_here.high[stay_of(people, person[case], decided[case])], LAST)
    received = decided[case] + rng.integers(2, 29, len(case))
    case, received, gone = case[received <= gone], received[received <= gone], gone[received <= gone]
    closed = received + rng.integers(45, 260, len(case))
    known = closed <= gone
    outcome = choose(rng, len(case), (0.62, upheld * 0.6, upheld * 0.4, 1 - 0.62 - upheld))
    order = np.lexsort((case, received))
    return {
        "complaint_id": numbered(len(case)),
        "case_id": values(cases, "case_id")[case][order],
        "received_on": received[order].astype(np.int32),
        "decided_on": np.where(known, closed, OPEN)[order].astype(np.int32),
        "outcome": Text(np.where(known, outcome, -1)[order].astype(np.int8), OUTCOMES),
    }
