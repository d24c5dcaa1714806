"""Measure many people signing up at once for few places, on PostgreSQL, through the public page.

    PEJL_OFFICE_DATABASE=postgresql://… python -m benchmarks.office_signup [--people 200] [--places 30] [--json FILE]

The database must be an empty one: tables are made in it, and one meeting. Every person is a POST to the public page, as
a browser sends it; they come at random moments within one second, over several processes with several threads each, as
a server has them. Afterwards the tables are read: exactly so many have a place as there are, the rest stand in line in
the order in which they were taken in, nobody is lost or there twice. Where that is not so, the benchmark ends with exit
code 1 and prints no times.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from benchmarks.spending import WrongResultError

Told = tuple[float, float, list[float], float]
"""Of one process: when it began and ended, how long each person waited, and its CPU seconds."""

THREADS = 8
WITHIN = 1.0
"""Seconds over which people come."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        people: who signed up.
        places: there were.
        all_done: seconds from the first who came until the last was answered.
        median: seconds from when a person came until they were answered.
        slowest: of the same.
        cpu: seconds of the server's processor for each person.
    """

    people: int
    places: int
    all_done: float
    median: float
    slowest: float
    cpu: float


def main() -> int:
    """Run it, and print what came of it."""
    options = _options()
    if not os.environ.get("PEJL_OFFICE_DATABASE", "").startswith("postgres"):
        print("set PEJL_OFFICE_DATABASE to an empty PostgreSQL database", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="pejl-benchmark-") as scratch:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "pejl.office.settings",
            "PEJL_WORKSPACE": scratch,
            "PEJL_CACHE": scratch,
            "PEJL_OFFICE_SECRET": "of the benchmark alone",
            "PEJL_OFFICE_TODAY": "2015-03-02",
            "PEJL_OFFICE_SIGNUPS": "0",  # everybody comes from one address here
        }
        try:
            outcome = measure(options.people, options.places, options.processes)
        except WrongResultError as error:
            print(f"wrong result: {error}", file=sys.stderr)
            return 1
    print(f"{outcome.people} people within {WITHIN:g} s for {outcome.places} places: {outcome.places} have one,")
    print(f"{outcome.people - outcome.places} stand in line in their order, nobody is lost")
    print(
        f"answered: median {outcome.median:.3f} s, slowest {outcome.slowest:.3f} s, all after {outcome.all_done:.2f} s"
    )
    print(f"server CPU for each: {outcome.cpu * 1000:.1f} ms")
    if options.json is not None:
        options.json.write_text(json.dumps(asdict(outcome), indent=2) + "\n", encoding="utf-8")
    return 0


def measure(people: int, places: int, processes: int) -> Outcome:
    """Let people sign up, and look whether all is right.

    Raises:
        WrongResultError: somebody got a place too many, is lost, or stands in the wrong order.
    """
    slug = _prepare(places)
    chance = random.Random(2015)
    moments = sorted(chance.uniform(0, WITHIN) for _ in range(people))
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(processes)
    parts = [(slug, moments[number::processes], number, ready) for number in range(processes)]
    answers: SimpleQueue[Told] = context.SimpleQueue()
    workers = [context.Process(target=_serve, args=(*part, answers)) for part in parts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        if worker.exitcode:
            raise WrongResultError("a process of the server has failed")
    told = [answers.get() for _ in workers]
    _verify(slug, people, places)
    begun = min(each[0] for each in told)
    ended = max(each[1] for each in told)
    waits = [wait for each in told for wait in each[2]]
    cpu = sum(each[3] for each in told) / people
    return Outcome(people, places, ended - begun, statistics.median(waits), max(waits), cpu)


def _prepare(places: int) -> str:
    """Make the tables and a meeting; return what names it in addresses."""
    import django

    django.setup()
    from datetime import date, time

    from django.core.management import call_command
    from django.db import connections

    from pejl.office.core.who import JOB
    from pejl.office.dialogue.acts.meetings import MeetingPlan, invite, plan_meeting
    from pejl.office.dialogue.kinds import MeetingKind, Part

    call_command("migrate", verbosity=0, interactive=False)
    plan = MeetingPlan(
        kind=MeetingKind.LABORATORY,
        title="Laboratory",
        on=date(2015, 3, 20),
        begins=time(14),
        ends=time(17),
        place="Somewhere",
        sign_up_until=date(2015, 3, 18),
    )
    meeting = plan_meeting(plan=plan, places={Part.USER: places}, by=JOB)
    invite(meeting=meeting, on=date(2015, 3, 2), by=JOB)
    connections.close_all()
    return meeting.slug


def _serve(slug: str, moments: list[float], number: int, ready: Barrier, answers: SimpleQueue[Told]) -> None:
    """Be one process of the server: take in everybody who comes to it, at their moments."""
    import django

    django.setup()
    from django.db import connections
    from django.test import Client
    from django.urls import resolve

    address = f"/dialog/{slug}/tilmeld/"

    def come(index: int, at: float) -> float:
        time.sleep(max(0.0, begun + at - time.time()))
        form = {"whom": "self", "part": "user", "called": f"P{number}x{index}", "way": "none"}
        answer = Client(headers={"host": "localhost"}).post(address, {**form, "once": f"{number}-{index}"})
        if answer.status_code != 302 or "/dialog/min/" not in answer.headers["Location"]:
            raise WrongResultError(f"a person was answered with {answer.status_code}")
        return time.time() - begun - at

    def warm(_: int) -> None:
        """Open the connection of a thread, and load what the first request loads."""
        resolve(address)
        connections["default"].ensure_connection()
        time.sleep(0.2)  # so that every thread gets one

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(warm, range(THREADS)))
        ready.wait(timeout=60)
        spent, begun = _cpu(), time.time() + 0.1
        waits = list(threads.map(come, range(len(moments)), moments))
        answers.put((begun, time.time(), waits, _cpu() - spent))
        list(threads.map(lambda _: connections.close_all(), range(THREADS)))


def _verify(slug: str, people: int, places: int) -> None:
    """Read the tables: as many places as there are, the rest in order, nobody lost or there twice."""
    from pejl.office.audit.models import AuditRecord
    from pejl.office.dialogue.models import Contact, SignUp

    rows = list(SignUp.objects.filter(meeting__slug=slug).order_by("pk").values_list("position", "state", "place_id"))
    if [position for position, _, _ in rows] != list(range(1, people + 1)):
        raise WrongResultError("somebody is lost, or stands at a wrong number")
    if [state for _, state, _ in rows] != ["place"] * places + ["waiting"] * (people - places):
        raise WrongResultError("places did not go in order of arrival")
    if len({place for _, _, place in rows[:places]}) != places:
        raise WrongResultError("a place is two people's")
    if len(set(Contact.objects.values_list("called", flat=True))) != people:
        raise WrongResultError("somebody's name is lost")
    if AuditRecord.objects.filter(act="sign_up").count() != people:
        raise WrongResultError("a sign-up is not in the record")


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--places", type=int, default=30)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
