"""How much a page of the office costs in a whole administration, and nothing else: queries and CPU.

    python -m benchmarks.office [--units 300] [--employees 8000] [--years 5] [--meetings 100]

Every page that a role reaches from its desk is asked for, each route as the first role that comes to it. The aim is
fewer than 25 queries and at most 150 ms of CPU for each. The administration is kept in a SQLite file of its own, or in
`PEJL_OFFICE_DATABASE`.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

MOST_QUERIES, MOST_MILLISECONDS = 25, 150
ROUNDS = 3
DAY = date(2026, 3, 2)
_HREF = re.compile(r'href="(/(?:office|dialog|en/dialogue)/[^"#]*)"')
_FILES = re.compile(r"\.(pdf|ics|docx)$|/pdf/|/print/|/file/")


def main() -> None:
    """Make the administration, ask for every page, and print what each costs."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name, number in (("units", 300), ("employees", 8000), ("years", 5), ("meetings", 100)):
        options.add_argument(f"--{name}", type=int, default=number)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="pejl-office-") as folder:
        _set_up(Path(folder))
        from pejl.office.core.roles import Role

        _fill(chosen)
        costs = {name: cost for role in Role for name, cost in _walk(role)}
    _print(costs)


def _set_up(folder: Path) -> None:
    """Copy a small workspace with a release, and set Django up for it."""
    import tests.site.worlds as worlds

    root = worlds.lilleby_with_releases(folder / "lilleby")
    os.environ |= {"PEJL_OFFICE_DEMO": "1", "PEJL_OFFICE_TODAY": DAY.isoformat(), "PEJL_OFFICE_SECRET": "benchmark"}
    from pejl.office.serving import set_up

    set_up(root)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _fill(chosen: argparse.Namespace) -> None:
    """Make the organisation, somebody in every role, what each app shows, and then very much more of it."""
    from pejl.office.accounts.models import Account, Post
    from pejl.office.core.roles import Role
    from pejl.office.demonstration import BEGAN, BUILDERS, organisation, people

    centres = max(1, chosen.units // 20)
    names = {
        f"Center {number}": [(f"e{number}-{unit}", f"Enhed {number}.{unit}") for unit in range(chosen.units // centres)]
        for number in range(1, centres + 1)
    }
    top, made, units = organisation(names)
    world = people(top, made, units)
    for builder in BUILDERS:
        builder(world)
    accounts = Account.objects.bulk_create(
        Account(username=f"a{number}", name=f"Ansat {number}") for number in range(chosen.employees)
    )
    Post.objects.bulk_create(
        Post(account=account, role=Role.EMPLOYEE, unit=units[number % len(units)], valid_from=BEGAN)
        for number, account in enumerate(accounts)
    )
    _more_plans(units, chosen.years)
    _more_meetings(chosen.meetings)


def _copy(row: Any, **changed: Any) -> Any:
    """Return a new row like one that the demonstration made, so that it is possible."""
    fields = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)(**(fields | changed))


def _more_plans(units: list[Any], years: int) -> None:
    from pejl.office.plans.models import Initiative, Plan, ServedGoal

    pattern = Plan.objects.filter(kind="development", adopted_at__isnull=False, initiatives__isnull=False).first()
    assert pattern is not None, "the demonstration has an adopted plan with initiatives"
    there = set(Plan.objects.filter(kind="development").values_list("unit_id", "year"))
    wanted = [(unit, DAY.year - back) for unit in units for back in range(years)]
    plans = Plan.objects.bulk_create(
        _copy(pattern, unit_id=unit.pk, year=year, copied_from_id=None)
        for unit, year in wanted
        if (unit.pk, year) not in there
    )
    example = pattern.initiatives.first()
    assert example is not None
    goals = [served.goal for served in example.served.all()]
    initiatives = Initiative.objects.bulk_create(
        _copy(example, plan_id=plan.pk, place=place, carried_from_id=None) for plan in plans for place in range(3)
    )
    ServedGoal.objects.bulk_create(ServedGoal(initiative=each, goal=goal) for each in initiatives for goal in goals)


def _more_meetings(count: int) -> None:
    from pejl.office.dialogue.models import Line, Meeting, Place

    pattern = Meeting.objects.filter(lines__isnull=False).first()
    assert pattern is not None, "the demonstration has a meeting that was held"
    meetings = Meeting.objects.bulk_create(
        _copy(pattern, slug=f"moede-{number}", title=f"Møde {number}") for number in range(count)
    )
    lines = list(pattern.lines.all())
    Line.objects.bulk_create(_copy(line, meeting_id=meeting.pk) for meeting in meetings for line in lines)
    places = list(pattern.places.all())
    Place.objects.bulk_create(_copy(place, meeting_id=meeting.pk) for meeting in meetings for place in places)


def _walk(role: Any) -> Iterator[tuple[str, tuple[int, float, str]]]:
    """Follow every link from a role's desk on; yield route, queries, milliseconds of CPU, address."""
    from django.test import Client
    from django.urls import resolve

    client = Client(headers={"host": "localhost"})
    assert client.post("/office/demo/", {"role": role.value}).status_code == 302
    seen: set[str] = set()
    ahead = ["/office/"]
    while ahead:
        path = ahead.pop(0)
        name = str(resolve(path.partition("?")[0]).url_name)
        if name in seen or _FILES.search(path):
            continue
        seen.add(name)
        cost, page = _cost(client, path)
        yield name, (*cost, path)
        ahead += [href.replace("&amp;", "&") for href in _HREF.findall(page)]


def _cost(client: Client, path: str) -> tuple[tuple[int, float], str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    spent, queries, page = [], 0, ""
    for _ in range(ROUNDS):
        with CaptureQueriesContext(connection) as asked:
            before = time.process_time()
            answer = client.get(path)
            spent.append(1000 * (time.process_time() - before))
        assert answer.status_code == 200, (path, answer.status_code)
        queries, page = len(asked), answer.content.decode()
    return (queries, statistics.median(spent)), page


def _print(costs: dict[str, tuple[int, float, str]]) -> None:
    print(f"{'route':32} {'queries':>8} {'CPU ms':>8}")
    for name, (queries, spent, _) in sorted(costs.items(), key=lambda item: -item[1][1]):
        mark = "" if queries < MOST_QUERIES and spent <= MOST_MILLISECONDS else "  more than the aim"
        print(f"{name:32} {queries:8} {spent:8.1f}{mark}")
    slowest = max(spent for _, spent, _ in costs.values())
    most = max(queries for queries, _, _ in costs.values())
    aims = f"aims {MOST_MILLISECONDS} and {MOST_QUERIES}"
    print(f"\n{len(costs)} pages; at most {slowest:.0f} ms and {most} queries; {aims}")


if __name__ == "__main__":
    main()
