"""Reading the record."""

from __future__ import annotations

from django.db.models import QuerySet

from pejl.office.audit.models import AuditRecord


def records(*, subject: str = "", way: str = "", actor: int | None = None) -> QuerySet[AuditRecord]:
    """Return records, the newest first, narrowed by what is given."""
    found = AuditRecord.objects.all()
    if subject:
        found = found.filter(subject=subject)
    if way:
        found = found.filter(way=way)
    if actor is not None:
        found = found.filter(actor=actor)
    return found
