"""The files of an extract and their columns; known without Django, so that an empty one can be written by anybody."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

DATA = Path("data") / "office"
INITIATIVES, MEETINGS, LINES = (DATA / f"{name}.csv" for name in ("initiatives", "meetings", "lines"))
DOING = Path("doing")

INITIATIVE_COLUMNS = (
    *("initiative", "year", "plan_kind", "unit", "centre", "goals"),
    *("status", "begun_on", "ended_on", "followed_up"),
)
MEETING_COLUMNS = (
    *("meeting", "day", "meeting_kind", "target_group"),
    *("places", "signed_up", "attended", "lines", "answered"),
)
LINE_COLUMNS = ("line", "meeting", "role", "answered")

EMPTY: Mapping[Path, tuple[str, ...]] = {
    INITIATIVES: INITIATIVE_COLUMNS,
    MEETINGS: MEETING_COLUMNS,
    LINES: LINE_COLUMNS,
}
"""Every register by its file."""


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a register as UTF-8 with semicolons."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
