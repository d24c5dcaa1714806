"""A meeting, and its places: a row for each, so that the database itself holds more people than places impossible."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from pejl.office.core.privacy import plain, work
from pejl.office.dialogue.kinds import MeetingKind, Part
from pejl.office.dialogue.states import MeetingState


class Meeting(models.Model):
    """A meeting citizens are invited to.

    Attributes:
        slug: names it in public addresses.
        strategy: the id of the strategy it is about, as the release names it; may be empty.
        target_group: the id of a target group, likewise.
        principles: the ids of the principles it is about.
        themes: what it is about, in words.
        sign_up_until: the last day one can sign up.
        release_on: from this day places a part has not used are for everybody in line.
        released_at: when that was done.
        offer_days: how many days an offer of a place stands.
        invited_on: since when others than the secretariat see it.
        answered_on: the day the answers were given.
    """

    kind = models.CharField(max_length=30, choices=[(each.value, each.value) for each in MeetingKind])
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    on = models.DateField()
    begins = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=200)
    address = models.CharField(max_length=200, blank=True)
    access = models.TextField(blank=True)
    themes = models.TextField(blank=True)
    strategy = models.CharField(max_length=100, blank=True)
    target_group = models.CharField(max_length=100, blank=True)
    principles = models.JSONField(default=list)
    state = models.CharField(
        max_length=20, default=MeetingState.PLANNED, choices=[(each.value, each.value) for each in MeetingState]
    )
    sign_up_until = models.DateField()
    release_on = models.DateField(null=True)
    released_at = models.DateTimeField(null=True)
    offer_days = models.PositiveSmallIntegerField(default=3)
    invited_on = models.DateField(null=True)
    held_at = models.DateTimeField(null=True)
    answered_on = models.DateField(null=True)
    cancelled_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy: ClassVar[Any] = {
        **plain("id", "kind", "slug", "title", "on", "begins", "ends", "place", "address", "access", "strategy"),
        **plain("target_group", "principles", "state", "sign_up_until", "release_on", "released_at", "offer_days"),
        **plain("invited_on", "held_at", "answered_on", "version"),
        **work("themes", "cancelled_because"),
    }

    class Meta:
        """In time; what has not been said cannot have happened."""

        ordering = ("on", "begins", "id")
        indexes = (models.Index(fields=["state", "on"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in MeetingKind]), name="dialogue_meeting_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in MeetingState]), name="dialogue_meeting_state_known"
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="dialogue_meeting_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(sign_up_until__lte=F("on")), name="dialogue_meeting_signed_up_for_before"
            ),
            models.CheckConstraint(
                condition=Q(release_on__isnull=True) | Q(release_on__lte=F("on")),
                name="dialogue_meeting_released_before",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MeetingState.INVITED, MeetingState.CLOSED]) | Q(invited_on__isnull=False),
                name="dialogue_meeting_open_was_invited",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[MeetingState.HELD, MeetingState.ANSWERED], held_at__isnull=False)
                | (~Q(state__in=[MeetingState.HELD, MeetingState.ANSWERED]) & Q(held_at__isnull=True)),
                name="dialogue_meeting_held_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.ANSWERED, answered_on__isnull=False)
                | (~Q(state=MeetingState.ANSWERED) & Q(answered_on__isnull=True)),
                name="dialogue_meeting_answered_has_a_day",
            ),
            models.CheckConstraint(condition=Q(offer_days__gte=1), name="dialogue_meeting_offer_stands_a_day"),
        )

    def __str__(self) -> str:
        return self.slug

    @property
    def begins_at(self) -> datetime:
        """The moment it begins, with its time zone."""
        return timezone.make_aware(datetime.combine(self.on, self.begins))


class Place(models.Model):
    """A place at a meeting, kept for one part.

    Attributes:
        number: 1, 2, … among the places of the same part.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="places")
    part = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Part])
    number = models.PositiveSmallIntegerField()

    privacy: ClassVar[Any] = plain("id", "meeting", "part", "number")

    class Meta:
        """Each place is there once."""

        ordering = ("meeting_id", "part", "number")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "part", "number"], name="dialogue_place_once"),
            models.CheckConstraint(
                condition=Q(part__in=[each.value for each in Part]), name="dialogue_place_part_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.part} {self.number}"


class Came(models.Model):
    """How many came to a meeting in a part, signed up or not: a number, and nobody's name.

    Once it is noted there is a row for every part, also where nobody came.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="came")
    part = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Part])
    count = models.PositiveSmallIntegerField()

    privacy: ClassVar[Any] = plain("id", "meeting", "part", "count")

    class Meta:
        """Each part of a meeting once."""

        ordering = ("meeting_id", "part")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "part"], name="dialogue_came_once"),
            models.CheckConstraint(
                condition=Q(part__in=[each.value for each in Part]), name="dialogue_came_part_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.part} {self.count}"
