"""One table, which the database itself refuses to change: see the migration's triggers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from pejl.office.audit.subjects import Subject, Way
from pejl.office.core.privacy import plain


class AuditRecord(models.Model):
    """That somebody read or wrote something, or was refused.

    It has no foreign keys: it outlives what it tells of, and names nobody but by number.
    """

    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    capacity = models.CharField(max_length=200)
    way = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Way])
    subject = models.CharField(max_length=30, choices=[(each.value, each.value) for each in Subject])
    which = models.JSONField(default=list)
    act = models.CharField(max_length=80)

    privacy: ClassVar[Any] = plain("id", "at", "actor", "capacity", "way", "subject", "which", "act")

    class Meta:
        """The newest first; asked for by what it is about."""

        ordering = ("-id",)
        indexes = (models.Index(fields=["subject", "id"]), models.Index(fields=["actor", "id"]))
        constraints = (
            models.CheckConstraint(condition=models.Q(way__in=[each.value for each in Way]), name="audit_way_known"),
            models.CheckConstraint(
                condition=models.Q(subject__in=[each.value for each in Subject]), name="audit_subject_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.way} {self.subject} {self.which}"
