"""Registers for the next measurement, and what is being done for each goal: no free text but titles that may be named.

Nothing leads back: a row has the number of an initiative or of a meeting, and nothing of a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from django.db import transaction
from django.db.models import Min

from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.core.who import Who
from pejl.office.dialogue.models import Line, Meeting
from pejl.office.dialogue.queries import MeetingStatistics, meetings_for_statistics
from pejl.office.loop.columns import (
    DOING,
    INITIATIVE_COLUMNS,
    INITIATIVES,
    LINE_COLUMNS,
    LINES,
    MEETING_COLUMNS,
    MEETINGS,
    as_csv,
)
from pejl.office.plans.models import Plan
from pejl.office.plans.statistics import Doing, InitiativeRow, doing, initiatives_for_statistics
from pejl.release import storage


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was written.

    Attributes:
        files: by path from the root of the workspace.
        initiatives: how many rows the register of initiatives has.
        meetings: how many the register of meetings has.
        lines: how many the register of what was said has.
        goals: how many goals are served by something.
    """

    files: tuple[Path, ...]
    initiatives: int
    meetings: int
    lines: int
    goals: int


@transaction.atomic
def extract(root: Path, on: date, by: Who) -> Extracted:
    """Write the registers of initiatives and meetings of all years, and what is being done.

    Each file is written beside and renamed into place; the record says that it was done.

    Args:
        root: the workspace.
        on: the day of what is being done.
        by: whoever asks for it.
    """
    years = _years(on)
    initiatives = [row for year in years for row in initiatives_for_statistics(year)]
    meetings = [row for year in years for row in meetings_for_statistics(year)]
    lines = list(_lines(years))
    work = doing(on)
    contents = {
        INITIATIVES: as_csv(INITIATIVE_COLUMNS, map(_initiative, initiatives)),
        MEETINGS: as_csv(MEETING_COLUMNS, map(_meeting, meetings)),
        LINES: as_csv(LINE_COLUMNS, lines),
        DOING / f"{on.year}.yaml": _doing_file(on, work),
    }
    for path, content in contents.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        beside = (root / path).with_name(f".{path.name}.new")
        beside.unlink(missing_ok=True)
        storage.write_file(beside, content)
        beside.replace(root / path)
    wrote(by, Subject.EXTRACT, [row.initiative for row in initiatives], "extract_initiatives")
    wrote(by, Subject.EXTRACT, [row.number for row in meetings], "extract_meetings")
    return Extracted(tuple(contents), len(initiatives), len(meetings), len(lines), len(work))


def _years(on: date) -> range:
    """Return the years from the first plan or meeting until the day."""
    plan = Plan.objects.aggregate(first=Min("year"))["first"]
    meeting = Meeting.objects.aggregate(first=Min("on"))["first"]
    return range(min(plan or on.year, meeting.year if meeting else on.year), on.year + 1)


def _initiative(row: InitiativeRow) -> list[object]:
    begun, ended = (day.isoformat() if day else "" for day in (row.begun, row.ended))
    place = (row.initiative, row.year, row.kind, row.unit, row.centre, " ".join(row.goals))
    return [*place, row.status, begun, ended, int(row.followed_up)]


def _meeting(row: MeetingStatistics) -> list[object]:
    counts = (sum(counted.values()) for counted in (row.places, row.signed_up, row.attended))
    return [row.number, row.on, row.kind, row.target_group, *counts, row.lines, row.answered]


def _lines(years: range) -> Iterator[list[object]]:
    """Yield what was said at meetings held in the years: whose role, and whether it is answered; never the words."""
    said = Line.objects.filter(meeting__on__year__gte=years.start, meeting__on__year__lt=years.stop).order_by("pk")
    for line, meeting, role, answered in said.values_list("pk", "meeting", "part", "answered_at"):
        yield [line, meeting, role, int(answered is not None)]


def _doing_file(on: date, work: Sequence[Doing]) -> bytes:
    """Return what is being done as the workspace declares it."""
    head = "# Written by pejl office extract. What stands here is public with the next release.\n"
    declared = {"day": on, "goals": list(_goals(work))}
    return (head + yaml.safe_dump(declared, allow_unicode=True, sort_keys=False, width=100)).encode()


def _goals(work: Sequence[Doing]) -> Iterator[dict[str, object]]:
    for each in work:
        counts = {str(status): count for status, count in each.statuses.items()}
        titles: dict[str, object] = {"titles": list(each.titles)} if each.titles else {}
        yield {"goal": each.goal, **counts, **titles}
