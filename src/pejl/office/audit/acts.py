"""Writing the record. Call these inside the transaction of what they tell of."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from pejl.office.audit.models import AuditRecord
from pejl.office.audit.subjects import Subject, Way
from pejl.office.core.who import Who


def wrote(by: Who, subject: Subject, which: int | Iterable[int], act: str) -> None:
    """Record that something was written.

    Args:
        by: whoever did it.
        subject: what kind of thing.
        which: its number, or several.
        act: the name of the act, such as `adopt`.
    """
    record(by, Way.WROTE, subject, which, act)


def record(by: Who, way: Way, subject: Subject, which: int | Iterable[int], act: str) -> None:
    """Record that something was read or written, or that it was refused."""
    numbers = [which] if isinstance(which, int) else sorted(set(which))
    AuditRecord.objects.create(
        at=timezone.now(), actor=by.number, capacity=by.capacity, way=way, subject=subject, which=numbers, act=act
    )
