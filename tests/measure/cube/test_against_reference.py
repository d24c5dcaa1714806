"""The engine's cells are those of a cube in plain Python, on worlds made up by hypothesis, in 1, 2 and 7 parts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.measure.cube.reference import Fact, Registers, cube, differences
from tests.measure.cube.worlds import PERSONS, RESIDENCE, SUPPORT, VISITS, Table, World, Written, indicator, only

FIRST, LAST = date(2018, 1, 1), date(2022, 12, 31)
DAYS = st.dates(FIRST, LAST)
PEOPLE = st.integers(1, 8)
Visit: TypeAlias = tuple[int, int | None, date, str, float, int]


def spell(start: date, length: int | None) -> tuple[date, date | None]:
    return start, None if length is None else start + timedelta(days=length)


def ended(key: tuple[int, date], rows: dict[tuple[int, date], tuple[int, date, date | None, str]]) -> date | None:
    """The last day of a spell, or the day before the person's next one begins."""
    last = rows[key][2]
    following = [start - timedelta(days=1) for person, start in rows if person == key[0] and start > key[1]]
    return min([*following, *([] if last is None else [last])], default=None)


SPELLS = st.builds(spell, DAYS, st.none() | st.integers(0, 900))
BIRTHS = st.one_of(
    st.dates(date(1940, 1, 1), date(2021, 12, 31)),
    st.sampled_from([date(2001, 12, 31), date(2002, 1, 1), date(2004, 2, 29), date(1955, 12, 31), date(1956, 1, 1)]),
)


@st.composite
def registers(draw: st.DrawFn) -> Registers:
    born = draw(st.dictionaries(PEOPLE, st.tuples(BIRTHS | st.none(), st.sampled_from(["female", "male", None]))))
    lived = draw(st.lists(st.tuples(PEOPLE, SPELLS, st.sampled_from(["north", "south"])), max_size=15))
    unique = {(person, when[0]): (person, *when, code) for person, when, code in lived}
    if draw(st.booleans()):
        unique = {key: (*key, ended(key, unique), row[3]) for key, row in unique.items()}
    helped = draw(st.lists(st.tuples(PEOPLE, SPELLS, st.sampled_from(["a", "b"])), max_size=12))
    return Registers(
        [(person, *rest) for person, rest in born.items()],
        list(unique.values()),
        [(number, person, *when, code) for number, (person, when, code) in enumerate(helped)],
    )


VISIT = st.tuples(
    PEOPLE | st.none(),
    DAYS,
    st.sampled_from(["x", "y"]),
    st.integers(0, 40).map(lambda quarters: quarters / 4),
    st.integers(0, 1),
)
VISIT_LISTS: st.SearchStrategy[list[Visit]] = st.lists(VISIT, max_size=25).map(
    lambda rows: [(number, *row) for number, row in enumerate(rows)]
)
HOUSEHOLDS = st.dictionaries(
    st.integers(1, 5), st.dictionaries(PEOPLE, st.booleans(), min_size=1, max_size=4), max_size=5
)

WAYS_2 = [
    (),
    *((name,) for name in ("district", "groups", "ages", "sex")),
    *(("district", "groups"), ("district", "ages"), ("district", "sex")),
    *(("groups", "ages"), ("groups", "sex"), ("ages", "sex")),
]
CUBE = {"cubes": ["ways_2"]}
KIND = {**CUBE, "sets": [{"by": ["kind"]}, {"by": ["kind", "groups"]}]}
YEARLY = (
    "SELECT v.person, y.period, sum(v.{num}) AS numerator, {den} AS denominator FROM visits v"
    " JOIN calendar_years y ON v.day BETWEEN y.first_day AND y.last_day WHERE v.person IS NOT NULL"
    " GROUP BY v.person, y.period"
)
ROWS = (
    "SELECT v.visit_id, v.person, y.period, v.kind, v.{num} AS numerator, {den} AS denominator FROM visits v"
    " JOIN calendar_years y ON v.day BETWEEN y.first_day AND y.last_day"
)
EVENTS = (
    "SELECT v.visit_id, v.person, v.day AS event_date, v.kind, v.{num} AS numerator, {den} AS denominator FROM visits v"
)
SQL: dict[str, tuple[str, dict[str, Any], str]] = {
    "yearly_count": ("count", CUBE, YEARLY.format(num="good", den="count(*)")),
    "yearly_share": ("share", CUBE, YEARLY.format(num="good", den="count(*)")),
    "yearly_ratio": ("ratio", {**CUBE, "per": 100}, YEARLY.format(num="hours", den="count(*)")),
    "rows_rate": ("rate", {**KIND, "row": ["visit_id"], "per": 1000}, ROWS.format(num="good", den="1")),
    "rows_mean": ("mean", {**KIND, "row": ["visit_id"]}, ROWS.format(num="hours", den="1")),
    "rows_ratio": (
        "ratio",
        {**KIND, "row": ["visit_id"], "as_of": "period_start"},
        ROWS.format(num="good", den="v.hours"),
    ),
    "events_share": ("share", {**KIND, "row": ["visit_id"], "as_of": "event"}, EVENTS.format(num="good", den="1")),
    "events_ratio": (
        "ratio",
        {**KIND, "row": ["visit_id"], "as_of": "event"},
        EVENTS.format(num="good", den="v.hours"),
    ),
}
WAY = {"relation": "households", "key": "household", "reference": "reference"}
HOUSEHOLD_SQL = (
    "SELECT c.call_id, c.household, c.day AS event_date, c.good AS numerator, c.hours AS denominator FROM calls c"
)
HOUSEHOLD_COUNTING = {**CUBE, "unit": "household", "row": ["call_id"], "way": WAY}


def facts_of(name: str, rows: list[Visit]) -> list[Fact]:
    """The rows of the SQL, by hand."""
    found = []
    sums: dict[tuple[int, int], list[float]] = {}
    for _, person, day, kind, hours, good in rows:
        if not 2019 <= day.year <= 2021:
            continue
        num = hours if name in ("yearly_ratio", "rows_mean") else float(good)
        den = hours if name in ("rows_ratio", "events_ratio") else 1.0
        if name.startswith("yearly"):
            if person is not None:
                before = sums.setdefault((person, day.year), [0.0, 0.0])
                sums[person, day.year] = [before[0] + num, before[1] + den]
            continue
        on = (
            day
            if name.startswith("events")
            else date(day.year, 1, 1)
            if name == "rows_ratio"
            else date(day.year, 12, 31)
        )
        members = () if person is None else (person,)
        found.append(Fact(str(day.year), person, num, den, on, {"kind": kind}, members))
    for (person, year), (num, den) in sums.items():
        found.append(Fact(str(year), person, num, den, date(year, 12, 31), {}, (person,)))
    return found


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The workspace of the first test, which is the same for all rows."""
    return every_kind({}).write(tmp_path_factory.mktemp("every-kind"))


def every_kind(tables: dict[str, Table], *, known_keys: bool = True) -> World:
    indicators = {name: (indicator(name, kind, counting), sql) for name, (kind, counting, sql) in SQL.items()}
    return World(indicators, tables, known_keys=known_keys)


@pytest.mark.parametrize("known_keys", [True, False])
@given(places=registers(), visits=VISIT_LISTS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_every_kind_and_way_of_counting(
    written: Written, places: Registers, visits: list[Visit], known_keys: bool
) -> None:
    world = every_kind(tables_of(places, visits), known_keys=known_keys)
    with TemporaryDirectory() as folder:
        results = [world.count(Path(folder), parts=parts, written=written) for parts in (1, 2, 7)]
    for name, (kind, counting, _) in SQL.items():
        sets = [*WAYS_2, *(tuple(each["by"]) for each in counting.get("sets", ()))]
        for result in results:
            counted = only(result[name])
            for patterns, cells in ((False, counted.cells), (True, counted.patterns)):
                wanted = cube(facts_of(name, visits), places, sets, patterns=patterns, per=counting.get("per", 1))
                spread = kind in ("mean", "ratio")
                assert differences(cells, wanted, ratio=spread, counts=kind == "count") == [], name
    for result in results[1:]:
        assert {name: (each.cells, each.patterns) for name, each in result.items()} == {
            name: (each.cells, each.patterns) for name, each in results[0].items()
        }


@given(places=registers(), homes=HOUSEHOLDS, calls=st.lists(st.tuples(st.integers(1, 6), VISIT), max_size=15))
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("as_of", ["event", "period_end"])
def test_households(
    as_of: str, places: Registers, homes: dict[int, dict[int, bool]], calls: list[tuple[int, tuple[Any, ...]]]
) -> None:
    rows = [(number, home, visit[1], visit[3], visit[4]) for number, (home, visit) in enumerate(calls)]
    columns = {"call_id": "integer", "household": "integer", "day": "date", "hours": "number", "good": "integer"}
    members = [(home, person, first) for home, persons in homes.items() for person, first in persons.items()]
    own = {
        "calls": Table(columns, ("call_id",), rows, None),
        "households": Table(
            {"household": "integer", "person": "integer", "reference": "boolean"}, ("household", "person"), members
        ),
    }
    counting = {**HOUSEHOLD_COUNTING, "as_of": as_of}
    world = World(
        {"calls_made": (indicator("calls_made", "ratio", counting), HOUSEHOLD_SQL)}, tables_of(places, []) | own
    )
    facts = []
    for _, home, day, hours, good in rows:
        persons = homes.get(home, {})
        reference = min((person for person, first in persons.items() if first), default=None)
        if 2019 <= day.year <= 2021:
            on = day if as_of == "event" else date(day.year, 12, 31)
            facts.append(Fact(str(day.year), reference, float(good), float(hours), on, {}, tuple(persons)))
    with TemporaryDirectory() as folder:
        counted = only(world.count(Path(folder), parts=None)["calls_made"])
    for patterns, cells in ((False, counted.cells), (True, counted.patterns)):
        wanted = cube(facts, places, WAYS_2, patterns=patterns)
        assert differences(cells, wanted, ratio=True, counts=False) == []


def tables_of(places: Registers, visits: list[Visit]) -> dict[str, Table]:
    return {
        "persons": PERSONS.with_rows(places.persons),
        "residence": RESIDENCE.with_rows(places.residence),
        "support": SUPPORT.with_rows(places.support),
        "visits": VISITS.with_rows(visits),
    }
