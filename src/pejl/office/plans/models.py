"""Plans, their initiatives, the goals these serve, notes, and every earlier version."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from pejl.office.core.privacy import plain, work
from pejl.office.organisation.models import Unit
from pejl.office.plans.kinds import ENDED, TEMPLATES, Kind, NoteKind, Status
from pejl.office.plans.states import OPEN_TO_ALL, State

_ABOUT_SOMETHING = [kind.value for kind, template in TEMPLATES.items() if template.about]
_ADOPTED = sorted(state.value for state in OPEN_TO_ALL)
_ENDED = sorted(status.value for status in ENDED)

_STATES = [(each.value, each.value) for each in State]


def _both_or_neither(what: str) -> models.CheckConstraint:
    """Return the constraint that who and when are both known, or neither."""
    neither = Q(**{f"{what}_at__isnull": True, f"{what}_by__isnull": True})
    both = Q(**{f"{what}_at__isnull": False, f"{what}_by__isnull": False})
    return models.CheckConstraint(condition=neither | both, name=f"plan_{what}_by_and_at")


class Plan(models.Model):
    """A plan of a unit for a year.

    Attributes:
        unit: whose leader writes it.
        about: an area in words, or the id of a target group of the release; empty for other kinds.
        texts: by id of a heading what stands below it.
        version: counts every change of the texts and the state; whoever saves says which they read.
        copied_from: the plan of the year before that it was copied from; see also `TakenIn`.
        agenda_item: the item by which it was put before the committee; None where it stands on no agenda here.
        shown_at: since when it may be shown publicly.
    """

    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Kind])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=120, blank=True)
    state = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in State], default=State.DRAFT.value
    )
    texts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, related_name="copies", null=True)
    agenda_item = models.ForeignKey("year.AgendaItem", on_delete=models.SET_NULL, related_name="plans", null=True)
    begun_at = models.DateTimeField()
    begun_by = models.BigIntegerField()
    talked_at = models.DateTimeField(null=True)
    talked_by = models.BigIntegerField(null=True)
    put_before_at = models.DateTimeField(null=True)
    put_before_by = models.BigIntegerField(null=True)
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.BigIntegerField(null=True)
    followed_up_at = models.DateTimeField(null=True)
    followed_up_by = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)
    shown_at = models.DateTimeField(null=True)
    shown_by = models.BigIntegerField(null=True)

    privacy: ClassVar[Any] = {
        **plain("id", "kind", "unit", "year", "about", "state", "version", "copied_from", "agenda_item"),
        **plain("begun_at", "begun_by", "talked_at", "talked_by", "put_before_at", "put_before_by", "adopted_at"),
        **plain("adopted_by", "followed_up_at", "followed_up_by", "closed_at", "closed_by", "shown_at", "shown_by"),
        **work("texts"),
    }

    class Meta:
        """One plan of a kind for a unit and a year; each state has what it takes."""

        ordering = ("-year", "kind", "id")
        indexes = (models.Index(fields=["year", "kind", "state"]),)
        constraints = (
            models.UniqueConstraint(fields=["kind", "unit", "year", "about"], name="plan_once_a_year"),
            models.CheckConstraint(
                condition=Q(kind__in=_ABOUT_SOMETHING) & ~Q(about="") | ~Q(kind__in=_ABOUT_SOMETHING) & Q(about=""),
                name="plan_about_something_or_not",
            ),
            models.CheckConstraint(condition=Q(kind__in=[each.value for each in Kind]), name="plan_kind_known"),
            models.CheckConstraint(condition=Q(state__in=[each.value for each in State]), name="plan_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=_ADOPTED, adopted_at__isnull=False)
                | ~Q(state__in=_ADOPTED) & Q(adopted_at__isnull=True),
                name="plan_adopted_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED.value, closed_at__isnull=False)
                | ~Q(state=State.CLOSED.value) & Q(closed_at__isnull=True),
                name="plan_closed_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FOLLOWED_UP.value) | Q(followed_up_at__isnull=False),
                name="plan_followed_up_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(shown_at__isnull=True) | Q(put_before_at__isnull=False, adopted_at__isnull=False),
                name="plan_shown_was_before_the_committee",
            ),
            models.CheckConstraint(
                condition=Q(begun_at__isnull=False, begun_by__isnull=False), name="plan_begun_by_and_at"
            ),
            *map(_both_or_neither, ("talked", "put_before", "adopted", "followed_up", "closed", "shown")),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.unit_id}"


class TakenIn(models.Model):
    """That what was unfinished in a plan went on in another that was there already.

    So it is where units have become one: the plan is the next year's of the unit that took over, the earlier one that
    of a unit it took over from. A plan that was begun by copying has the one it was copied from in `copied_from`.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="taken_in")
    earlier = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="went_on")

    privacy: ClassVar[Any] = plain("id", "plan", "earlier")

    class Meta:
        """A plan goes on in another once, and not in itself."""

        constraints = (
            models.UniqueConstraint(fields=["plan", "earlier"], name="taken_in_once"),
            models.CheckConstraint(condition=~Q(plan=F("earlier")), name="taken_in_from_another"),
        )

    def __str__(self) -> str:
        return f"{self.earlier_id} → {self.plan_id}"


class Initiative(models.Model):
    """Something a unit sets out to do.

    Attributes:
        place: its place in the plan.
        purpose: what it is for.
        change: what is expected to change.
        by_when: by when.
        who: a role or function that sees to it; internal.
        status_note: what was learnt, also where it did not work.
        begun_on: the day work began.
        ended_on: the day it was done or given up.
        public: whether its leader has said that its title may be named publicly.
        carried_from: the same initiative in the plan of the year before.
        version: counts every change.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="initiatives")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    purpose = models.TextField()
    change = models.TextField()
    by_when = models.DateField()
    who = models.CharField(max_length=120)
    status = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in Status], default=Status.NOT_BEGUN.value
    )
    status_note = models.TextField(blank=True)
    begun_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    public = models.BooleanField(default=False)
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, related_name="carried_to", null=True)
    version = models.PositiveIntegerField(default=1)

    privacy: ClassVar[Any] = {
        **plain(
            "id", "plan", "place", "by_when", "status", "begun_on", "ended_on", "public", "carried_from", "version"
        ),
        **work("title", "purpose", "change", "who", "status_note"),
    }

    class Meta:
        """In the order of the plan; days fit the status."""

        ordering = ("plan_id", "place", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=[each.value for each in Status]), name="initiative_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.NOT_BEGUN.value, begun_on__isnull=True)
                | Q(status=Status.GIVEN_UP.value)
                | Q(status__in=[Status.UNDER_WAY.value, Status.DONE.value], begun_on__isnull=False),
                name="initiative_begun_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status__in=_ENDED, ended_on__isnull=False)
                | ~Q(status__in=_ENDED) & Q(ended_on__isnull=True),
                name="initiative_ended_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(begun_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("begun_on")),
                name="initiative_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"initiative {self.pk}"


class ServedGoal(models.Model):
    """That an initiative serves a goal of a strategy, by the goal's id in the release."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="served")
    goal = models.CharField(max_length=120)

    privacy: ClassVar[Any] = plain("id", "initiative", "goal")

    class Meta:
        """A goal is named once."""

        indexes = (models.Index(fields=["goal"]),)
        constraints = (models.UniqueConstraint(fields=["initiative", "goal"], name="served_goal_named_once"),)

    def __str__(self) -> str:
        return self.goal


class Note(models.Model):
    """Something said of a plan, or of one of its initiatives, on a day."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="notes")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="notes", null=True)
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in NoteKind])
    text = models.TextField()
    said_at = models.DateTimeField()
    said_by = models.BigIntegerField()

    privacy: ClassVar[Any] = {**plain("id", "plan", "initiative", "kind", "said_at", "said_by"), **work("text")}

    class Meta:
        """In time; nothing empty is said."""

        ordering = ("said_at", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            models.CheckConstraint(condition=Q(kind__in=[each.value for each in NoteKind]), name="note_kind_known"),
            models.CheckConstraint(
                condition=Q(said_at__isnull=False, said_by__isnull=False), name="note_said_by_and_at"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.plan_id}"


class Revision(models.Model):
    """The whole plan as it stood after an act. It is written once and never changed; it goes with a draft thrown away.

    Attributes:
        number: counts the revisions of a plan.
        version: of the plan at that moment.
        act: after which it was kept.
        content: texts, initiatives, state; see `pejl.office.plans.content`.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    act = models.CharField(max_length=40)
    content = models.JSONField()
    kept_at = models.DateTimeField()
    kept_by = models.BigIntegerField()

    privacy: ClassVar[Any] = {
        **plain("id", "plan", "number", "version", "act", "kept_at", "kept_by"),
        **work("content"),
    }

    class Meta:
        """Numbered without gaps in each plan."""

        ordering = ("plan_id", "-number")
        constraints = (
            models.UniqueConstraint(fields=["plan", "number"], name="revision_numbered_once"),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=False, kept_by__isnull=False), name="revision_kept_by_and_at"
            ),
        )

    def save(self, *args: Any, **more: Any) -> None:
        """Keep it; once kept it stays as it is."""
        if not self._state.adding:
            raise TypeError("a kept version is never changed")
        super().save(*args, **more)

    def delete(self, *_: Any, **__: Any) -> tuple[int, dict[str, int]]:
        """Refuse: it stays."""
        raise TypeError("a kept version is never deleted")

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"
