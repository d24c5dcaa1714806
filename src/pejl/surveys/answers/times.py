"""When a questionnaire was handed in, as tools write it, on the Danish calendar."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"([T ](?P<time>[0-9]{2}:[0-9]{2}(:[0-9]{2})?)([.,][0-9]{1,9})?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_CHANGE_HOUR = 1


def day_of(text: str) -> date | None:
    """Return the Danish day of a moment, written as ISO 8601; None where it is none.

    Without a zone it is the time of Danish clocks; with one it is put on them first.
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    try:
        moment = datetime.fromisoformat(f"{match['day']}T{match['time'] or '00:00'}")
        zone = match["zone"]
        if zone is None:
            return moment.date()
        there = _utc(moment, zone)
        return (there + timedelta(hours=2 if _summer(there) else 1)).date()
    except (ValueError, OverflowError):
        return None


def _utc(moment: datetime, zone: str) -> datetime:
    if zone == "Z":
        return moment.replace(tzinfo=UTC)
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    shift = timedelta(hours=hours, minutes=minutes)
    return moment.replace(tzinfo=timezone(-shift if zone[0] == "-" else shift)).astimezone(UTC)


def _summer(moment: datetime) -> bool:
    """Tell whether it is summer time: between the last Sundays of March and October, at 01:00 UTC (since 1996)."""
    return _last_sunday(moment.year, 3) <= moment < _last_sunday(moment.year, 10)


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, _CHANGE_HOUR, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
