"""A strategy's way, its steps with what was planned and what happened, and its drafts."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from pejl.office.accounts.models import Account
from pejl.office.core.privacy import plain, work
from pejl.office.strategies.states import Form, Standing, StepKind, WayState
from pejl.office.year.models import Meeting


class StrategyWay(models.Model):
    """A strategy on its way.

    Attributes:
        strategy: the id under which the workspace declares it; empty while it does not.
        dropped_why: why it was dropped, with who noted it and when.
    """

    title = models.CharField(max_length=200)
    strategy = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    state = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in WayState], default=WayState.PROPOSED.value
    )
    dropped_why = models.TextField(blank=True)
    dropped_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    dropped_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    privacy: ClassVar[Any] = {
        **plain("id", "title", "strategy", "state", "dropped_by", "dropped_at", "version"),
        **work("note", "dropped_why"),
    }

    class Meta:
        """It is dropped by somebody at some time, and then says why; or it is not dropped."""

        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=(
                    ~Q(state=WayState.DROPPED) & Q(dropped_why="", dropped_by__isnull=True, dropped_at__isnull=True)
                )
                | (Q(state=WayState.DROPPED, dropped_by__isnull=False, dropped_at__isnull=False) & ~Q(dropped_why="")),
                name="way_dropped_by_and_at",
            ),
            models.CheckConstraint(condition=Q(state__in=[each.value for each in WayState]), name="way_state_known"),
        )

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """A step: what is planned, and what happened.

    Attributes:
        planned_on: the day it is planned for; or `planned_month`, the first day of the month, where only that is known.
        done_on: the day it was done on, or had been done by.
        done_exactly: whether `done_on` is the day itself; False where it is known only that it had happened by then.
        passed_over: why it is passed over without knowing, or saying, that it happened.
        meeting: of the committee at which it stands.
        decided_by: who decided, such as the committee.
        decision: what was decided, in their words.
        noted_by: who noted what happened, and `noted_at` when.
    """

    way = models.ForeignKey(StrategyWay, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in StepKind])
    planned_on = models.DateField(null=True)
    planned_month = models.DateField(null=True)
    done_on = models.DateField(null=True)
    done_exactly = models.BooleanField(null=True)
    passed_over = models.TextField(blank=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="way_steps", null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decision = models.TextField(blank=True)
    noted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    noted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    privacy: ClassVar[Any] = {
        **plain("id", "way", "kind", "planned_on", "planned_month", "done_on", "done_exactly", "meeting"),
        **plain("noted_by", "noted_at", "version"),
        **work("passed_over", "decided_by", "decision"),
    }

    class Meta:
        """Each step once; planned for a day or a month; done, passed over or ahead; noted by somebody at some time."""

        constraints = (
            models.UniqueConstraint(fields=["way", "kind"], name="step_once"),
            models.CheckConstraint(
                condition=Q(planned_on__isnull=True) | Q(planned_month__isnull=True), name="step_planned_day_or_month"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_exactly__isnull=True)
                | Q(done_on__isnull=False, done_exactly__isnull=False),
                name="step_done_exactly_or_by",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(passed_over=""), name="step_done_or_passed_over"
            ),
            models.CheckConstraint(
                condition=Q(noted_by__isnull=True, noted_at__isnull=True, done_on__isnull=True, passed_over="")
                | (Q(noted_by__isnull=False, noted_at__isnull=False) & (Q(done_on__isnull=False) | ~Q(passed_over=""))),
                name="step_noted_by_and_at",
            ),
            models.CheckConstraint(condition=Q(kind__in=[each.value for each in StepKind]), name="step_kind_known"),
        )

    def __str__(self) -> str:
        return self.kind

    @property
    def noted(self) -> bool:
        """Whether it is said what happened: it was done, or is passed over."""
        return self.noted_at is not None

    @property
    def planned(self) -> date | None:
        """The day it is planned for, or the first day of the month; None where nothing is planned."""
        return self.planned_on or self.planned_month


class DraftChangedError(Exception):
    """Somebody's program tried to change a draft that is kept."""


class Draft(models.Model):
    """A draft, as it was when it was kept; only to whom it is handed changes.

    Attributes:
        number: its place among the drafts of the way, from 1.
        form: a declared strategy, or plain text.
        step: the step it was written for; empty where it was for none.
        sha256: of its content, in hexadecimal.
    """

    way = models.ForeignKey(StrategyWay, on_delete=models.CASCADE, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    form = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Form])
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    step = models.CharField(max_length=20, choices=[(each.value, each.value) for each in StepKind], blank=True)
    standing = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Standing], default=Standing.WORKING.value
    )
    kept_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    privacy: ClassVar[Any] = {
        **plain("id", "way", "number", "form", "sha256", "step", "standing", "kept_by", "kept_at"),
        **work("title", "content"),
    }

    class Meta:
        """Each number once; kept by somebody at some time. The database refuses to change one: see the migration."""

        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["way", "number"], name="draft_number_once"),
            models.CheckConstraint(condition=Q(form__in=[each.value for each in Form]), name="draft_form_known"),
            models.CheckConstraint(
                condition=Q(standing__in=[each.value for each in Standing]), name="draft_standing_known"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **more: Any) -> None:
        """Keep a new draft.

        Raises:
            DraftChangedError: it is kept already.
        """
        if not self._state.adding:
            raise DraftChangedError
        super().save(*args, **more)
