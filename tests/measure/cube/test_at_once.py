"""Several tasks at once: each is done once, and an error ends them all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.measure.cube.worlds import ENGINE, PERSONS, VISITS, World, day, indicator, only

from pejl.engines import Session
from pejl.measure.cube.at_once import at_once


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[tuple[Session, ...]]:
    with ExitStack() as stack:
        whole = stack.enter_context(ENGINE.session(memory=None, threads=2, scratch=tmp_path))
        yield tuple(stack.enter_context(whole.beside(2)))


def test_every_task_is_done_once_and_two_at_the_same_time(sessions: tuple[Session, ...]) -> None:
    together = threading.Barrier(2, timeout=30)
    done: list[int] = []

    def work(_number: int, task: int) -> None:
        if task < 2:
            together.wait()  # the first two tasks meet
        done.append(task)

    at_once(sessions, range(20), work)
    assert sorted(done) == list(range(20))


def test_an_error_stops_what_runs_and_leaves_what_waits(sessions: tuple[Session, ...]) -> None:
    begun: list[int] = []
    endless = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range = 1"

    def work(number: int, task: int) -> None:
        begun.append(task)
        if task == 1:
            raise ValueError("no")
        sessions[number].fetch(endless)

    with pytest.raises(ValueError, match="no"):
        at_once(sessions, range(20), work)
    assert sorted(begun) == [0, 1]


def test_parts_counted_at_once_know_models_calendars_and_who_repeats(tmp_path: Path) -> None:
    """Each person has a visit of both kinds in one year: two cells, one person."""
    sql = "SELECT s.person, s.day AS event_date, s.kind, s.visit_id, 1 AS numerator FROM seen s"
    model = (
        "SELECT v.visit_id, v.person, v.kind, d.month_first AS day FROM visits v JOIN calendar_days d ON d.day = v.day"
    )
    counting = {"row": ["visit_id"], "as_of": "event", "cubes": ["ways_1"], "sets": [{"by": ["kind"]}]}
    made = World({"seen_too": (indicator("seen_too", "count", counting), sql)}, models={"seen": model})
    persons = range(40)
    rows = [(2 * each + more, each, day("2020-05-05"), "xy"[more], 0.5, 1) for each in persons for more in range(2)]
    made.tables = {
        "visits": VISITS.with_rows(rows),
        "persons": PERSONS.with_rows([(each, day("1980-01-01"), "male") for each in persons]),
    }
    cells = only(made.count(tmp_path / "parts", parts=4)["seen_too"]).cells
    assert cells == only(made.count(tmp_path / "whole")["seen_too"]).cells
    found = {cell.dimensions: (cell.numerator, cell.n) for cell in cells if cell.period == "2020" and cell.n}
    assert [found[()], found[(("kind", "x"),)]] == [(80, 40), (40, 40)]
