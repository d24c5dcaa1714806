"""Units, what they were called and where they stood in the tree at each time, and what became of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from pejl.office.core.privacy import plain
from pejl.office.organisation.kinds import Change, Level


class Unit(models.Model):
    """A unit that stays the same thing while its name and place change.

    Attributes:
        code: as registers and the workspace's dimension of units name it.
    """

    code = models.SlugField(max_length=60, unique=True)

    privacy: ClassVar[Any] = plain("id", "code")

    def __str__(self) -> str:
        return self.code


class Standing(models.Model):
    """What a unit is called and where it stands in the tree, from one day until another."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="standings")
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Level])
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    privacy: ClassVar[Any] = plain("id", "unit", "name", "level", "parent", "valid_from", "valid_to")

    class Meta:
        """No unit stands below itself, nor ends before it begins; only the top has nothing above it."""

        ordering = ("unit_id", "valid_from")
        indexes = (models.Index(fields=["valid_from", "valid_to"]),)
        constraints = (
            models.UniqueConstraint(fields=["unit", "valid_from"], name="standing_begins_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="standing_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("unit")), name="standing_not_below_itself"
            ),
            models.CheckConstraint(
                condition=Q(level=Level.ADMINISTRATION, parent__isnull=True)
                | (~Q(level=Level.ADMINISTRATION) & Q(parent__isnull=False)),
                name="standing_only_the_top_has_nothing_above",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """That one unit went on as, or partly as, another from a day."""

    before = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    after = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    change = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Change])
    on = models.DateField()

    privacy: ClassVar[Any] = plain("id", "before", "after", "change", "on")

    class Meta:
        """A unit is not its own successor."""

        constraints = (
            models.UniqueConstraint(fields=["before", "after"], name="succession_said_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="succession_of_another"),
        )

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"
