"""What day it is in the office."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Return the day; a demonstration and tests can set another by `PEJL_OFFICE_TODAY`."""
    given: str | None = settings.PEJL_OFFICE_TODAY
    return date.fromisoformat(given) if given else timezone.localdate()


def now() -> datetime:
    """Return the moment, with its time zone; the day is that of `today`."""
    moment = timezone.localtime()
    day = today()
    return moment.replace(year=day.year, month=day.month, day=day.day)
