"""Committees and their rules, meetings, thematic discussions, and the wheels of other administrations."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from pejl.office.core.privacy import plain, work
from pejl.office.year.agenda_models import AgendaItem, Feed, Paper
from pejl.office.year.quarters import Quarter
from pejl.office.year.states import Agenda, DeadlineKind, MeetingKind

__all__ = [
    "AgendaItem",
    "Committee",
    "DeadlineRule",
    "Discussion",
    "Feed",
    "Meeting",
    "OtherEntry",
    "OtherWheel",
    "Paper",
    "Theme",
]

QUARTER_KNOWN = Q(quarter__gte=1, quarter__lte=4)


class Committee(models.Model):
    """A political committee whose year is planned here.

    Attributes:
        version: of its name and its rules together.
    """

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=30, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy: ClassVar[Any] = plain("id", "code", "name", "short_name", "version")

    def __str__(self) -> str:
        return self.name


class DeadlineRule(models.Model):
    """How many working days before a meeting of the committee something is to be done."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="rules")
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in DeadlineKind])
    working_days = models.PositiveSmallIntegerField()

    privacy: ClassVar[Any] = plain("id", "committee", "kind", "working_days")

    class Meta:
        """One rule of a kind, and no more than half a year."""

        constraints = (
            models.UniqueConstraint(fields=["committee", "kind"], name="deadline_rule_said_once"),
            models.CheckConstraint(
                condition=Q(working_days__gte=1, working_days__lte=120), name="deadline_rule_within_half_a_year"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in DeadlineKind]), name="deadline_rule_kind_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.working_days}"


class Meeting(models.Model):
    """A meeting of the committee.

    Attributes:
        on: its day; None while only the month is known.
        month: the first day of the month it is held in, where the day is not known; else None.
        agenda: how far its agenda is.
    """

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in MeetingKind])
    on = models.DateField(null=True)
    month = models.DateField(null=True)
    starts_at = models.TimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    agenda = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Agenda], default=Agenda.DRAFT.value
    )
    version = models.PositiveIntegerField(default=1)

    privacy: ClassVar[Any] = {
        **plain("id", "committee", "kind", "on", "month", "starts_at", "place", "agenda", "version"),
        **work("note"),
    }

    class Meta:
        """The day or the month is known, not both; only a meeting with a day gets beyond the draft of its agenda."""

        indexes = (models.Index(fields=["committee", "on"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(on__isnull=True, month__isnull=False) | Q(on__isnull=False, month__isnull=True),
                name="meeting_has_a_day_or_a_month",
            ),
            models.CheckConstraint(
                condition=Q(agenda__in=[Agenda.DRAFT.value, Agenda.CANCELLED.value]) | Q(on__isnull=False),
                name="meeting_with_an_agenda_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(agenda__in=[each.value for each in Agenda]), name="meeting_agenda_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in MeetingKind]), name="meeting_kind_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.when}"

    @property
    def when(self) -> date:
        """Its day, or the first day of its month where only that is known."""
        found = self.on or self.month
        assert found is not None, "the table refuses a meeting without either"
        return found

    @property
    def state(self) -> Agenda:
        """How far its agenda is."""
        return Agenda(self.agenda)


class Theme(models.Model):
    """A theme that committees discuss; two wheels with the same theme in the same quarter clash."""

    title = models.CharField(max_length=200, unique=True)

    privacy: ClassVar[Any] = plain("id", "title")

    def __str__(self) -> str:
        return self.title


class Discussion(models.Model):
    """Something the committee means to discuss in a quarter: a thematic discussion, or another.

    Attributes:
        theme: of a thematic discussion; None for another.
        meeting: at which it stands, once that is settled.
    """

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="discussions")
    title = models.CharField(max_length=200)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="discussions", null=True)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="discussions", null=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy: ClassVar[Any] = {
        **plain("id", "committee", "title", "theme", "year", "quarter", "meeting", "version"),
        **work("note"),
    }

    class Meta:
        """Quarters are four."""

        ordering = ("year", "quarter", "id")
        indexes = (models.Index(fields=["committee", "year", "quarter"]),)
        constraints = (models.CheckConstraint(condition=QUARTER_KNOWN, name="discussion_quarter_known"),)

    def __str__(self) -> str:
        return self.title

    @property
    def when(self) -> Quarter:
        """Its quarter."""
        return Quarter(self.year, self.quarter)


class OtherWheel(models.Model):
    """The annual wheel of another administration, as far as it is told here."""

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=30, blank=True)

    privacy: ClassVar[Any] = plain("id", "name", "short_name")

    class Meta:
        """By name."""

        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class OtherEntry(models.Model):
    """Something in another administration's wheel.

    Attributes:
        on: its day, where that is told; year and quarter are then those of the day.
    """

    wheel = models.ForeignKey(OtherWheel, on_delete=models.CASCADE, related_name="entries")
    title = models.CharField(max_length=200)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="other_entries", null=True)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    privacy: ClassVar[Any] = plain("id", "wheel", "title", "theme", "year", "quarter", "on", "version")

    class Meta:
        """Quarters are four."""

        ordering = ("year", "quarter", "on", "id")
        indexes = (models.Index(fields=["year", "quarter"]),)
        constraints = (models.CheckConstraint(condition=QUARTER_KNOWN, name="other_entry_quarter_known"),)

    def __str__(self) -> str:
        return self.title

    @property
    def when(self) -> Quarter:
        """Its quarter."""
        return Quarter(self.year, self.quarter)
