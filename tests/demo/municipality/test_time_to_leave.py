"""Months from becoming socially vulnerable to being so no longer: by hand, and against a reference in plain Python."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.demo.municipality.linked_world import World, day, numerators


def _homeless(world: World, person: int, from_day: str, to_day: str | None = None) -> World:
    return world.add("homelessness", {"person": person, "from_day": from_day, "to_day": to_day})


def _months(days: int) -> float:
    return days * 12 / 365.25


def test_months_run_from_the_first_day_to_the_last_and_end_at_24() -> None:
    world = World(2016, 2018)
    spells = {
        1: ("2015-03-01", "2015-03-31"),  # 31 days
        2: ("2015-03-01", None),
        3: ("2015-03-01", "2017-02-01"),  # a month later is 1 March 2017, the day on which the 24 months are over
        4: ("2015-03-01", "2017-02-02"),  # a month later is after it
        5: ("2016-02-29", "2016-03-09"),  # 24 months later is 28 February 2018
    }
    for person, (from_day, to_day) in spells.items():
        _homeless(world.person(person), person, from_day, to_day)
    assert numerators(world.count("time_to_leave"), "person", "period") == {
        (1, "2017"): pytest.approx(_months(31)),
        (2, "2017"): 24.0,
        (3, "2017"): pytest.approx(_months(704)),
        (4, "2017"): 24.0,
        (5, "2018"): pytest.approx(_months(10)),
    }


def test_signs_with_31_days_between_them_are_one_time_and_with_32_two() -> None:
    world = World(2016, 2018)
    for person, again in ((1, "2015-05-02"), (2, "2015-05-03")):
        _homeless(world.person(person), person, "2015-03-01", "2015-03-31")
        world.add("treatments", {"person": person, "from_day": again, "to_day": "2015-05-31", "kind": "drug"})
    world.add("treatments", {"person": 1, "from_day": "2015-03-10", "to_day": "2015-03-12", "kind": "drug"})  # within
    assert numerators(world.count("time_to_leave"), "person", "event_date") == {
        (1, day("2015-03-01")): pytest.approx(_months(92)),
        (2, day("2015-03-01")): pytest.approx(_months(31)),
        (2, day("2015-05-03")): pytest.approx(_months(29)),
    }


def test_death_and_a_move_before_the_answer_is_known_are_no_way_out() -> None:
    world = World(2016, 2018)
    spell = ("2015-03-01", "2015-06-15")  # known on 15 July 2015
    world.person(1, died="2015-06-15")
    world.person(2, died="2015-07-14")
    world.person(3, died="2015-08-01")
    world.person(4, lives=False).lives(4, "1980-06-15", "2015-07-14")
    world.person(5, lives=False).lives(5, "1980-06-15", "2015-06-20").lives(5, "2015-06-21")  # moves within
    for person in range(1, 6):
        _homeless(world, person, *spell)
    world.person(6, lives=False).lives(6, "1980-06-15", "2017-02-28")
    world.person(7, lives=False).lives(7, "1980-06-15", "2017-03-01")
    for person in (6, 7):
        _homeless(world, person, "2015-03-01")
    found = numerators(world.count("time_to_leave"), "person")
    assert found == {3: pytest.approx(_months(107)), 5: pytest.approx(_months(107)), 7: 24.0}


_DAYS = st.dates(day("2014-06-01"), day("2018-12-31"))
_SPELLS = st.lists(st.tuples(st.integers(1, 3), _DAYS, st.integers(0, 500) | st.none()), max_size=10)
_MOVES = st.dictionaries(st.integers(1, 3), _DAYS, max_size=3)


@settings(max_examples=40, deadline=None)
@given(spells=_SPELLS, moves=_MOVES)
def test_months_agree_with_plain_python(spells: Any, moves: Any) -> None:
    world = World(2016, 2018)
    for person in (1, 2, 3):
        world.person(person, lives=False)
        world.add("residence", {"person": person, "from_day": "1980-06-15", "to_day": moves.get(person)})
    ends = [(person, start, None if length is None else start + timedelta(length)) for person, start, length in spells]
    for person, start, end in ends:
        world.add("homelessness", {"person": person, "from_day": start, "to_day": end})
    found = numerators(world.count("time_to_leave"), "person", "event_date", "period")
    assert found == {key: pytest.approx(months) for key, months in _reference(ends, moves)}


def _reference(spells: list[tuple[int, date, date | None]], moves: dict[int, date]) -> Any:
    """Yield ((person, first day, year), months) by the words of the definition, day by day."""
    last_known = day("2030-12-31")
    for person in (1, 2, 3):
        own = [(start, end or last_known) for who, start, end in spells if who == person]
        starts = sorted({start for start, _ in own})
        for first in starts:
            if any(start < first <= end + timedelta(32) for start, end in own):
                continue  # there were signs on one of the 32 days before: it did not begin here
            last = first
            while later := [end for start, end in own if first <= start <= last + timedelta(32) and end > last]:
                last = max(later)
            over = _months_on(_months_on(first, 12), 12)
            left = last < last_known and _months_on(last, 1) <= over
            answer = _months_on(last, 1) if left else over
            if 2016 <= over.year <= 2018 and answer <= moves.get(person, last_known):
                yield (person, first, str(over.year)), _months((last - first).days + 1) if left else 24.0


def _months_on(start: date, months: int) -> date:
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
