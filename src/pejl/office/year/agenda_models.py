"""What is put before a meeting: items, papers and decisions; and the private addresses of calendars."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from pejl.office.accounts.models import Account
from pejl.office.core.privacy import Field, Kind, plain, work
from pejl.office.core.roles import Role
from pejl.office.year.states import Decision

_FILE = Q(stored="", file_name="", size=0)
_RELEASE = Q(release="", release_file="")


class AgendaItem(models.Model):
    """An item of an agenda, and what the committee decided about it.

    Attributes:
        number: its place on the agenda, from 1.
        proposal: what the committee is asked to do.
        decision: empty until it is noted.
        decided_on: the day of the decision.
        noted_by: who noted it, and `noted_at` when.
    """

    meeting = models.ForeignKey("year.Meeting", on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    proposal = models.TextField(blank=True)
    discussion = models.ForeignKey("year.Discussion", on_delete=models.SET_NULL, related_name="items", null=True)
    decision = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Decision], blank=True, default=""
    )
    decision_words = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    noted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    noted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    privacy: ClassVar[Any] = {
        **plain("id", "meeting", "number", "title", "discussion", "decision", "decided_on"),
        **plain("noted_by", "noted_at", "version"),
        **work("proposal", "decision_words"),
    }

    class Meta:
        """Each number once; a decision has its day, and who noted it when, or there is none of them."""

        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_item_number_once"),
            models.CheckConstraint(
                condition=Q(decision="", decided_on__isnull=True, noted_by__isnull=True, noted_at__isnull=True)
                | (~Q(decision="") & Q(decided_on__isnull=False, noted_by__isnull=False, noted_at__isnull=False)),
                name="agenda_item_decided_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", *(each.value for each in Decision)]), name="agenda_item_decision_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Paper(models.Model):
    """A paper of an item: a file kept here, or a paper of a published release.

    Attributes:
        late: it was added after the agenda was closed.
        stored: the SHA-256 of the file's content, by which it is found; empty for a paper of a release.
        release: the id of the release whose paper it is; empty for a file.
        release_file: its name among that release's papers.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(max_length=200)
    late = models.BooleanField(default=False)
    stored = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    release = models.CharField(max_length=60, blank=True)
    release_file = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    privacy: ClassVar[Any] = {
        **plain("id", "item", "late", "stored", "size", "release", "release_file", "added_by", "added_at"),
        **work("title", "file_name"),
    }

    class Meta:
        """A file or a paper of a release, not both and not neither; added by somebody at some time."""

        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=(_FILE & ~_RELEASE) | (_RELEASE & ~_FILE), name="paper_file_or_release"),
            models.CheckConstraint(
                condition=Q(added_by__isnull=False, added_at__isnull=False), name="paper_added_by_and_at"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Feed(models.Model):
    """A private address under which somebody's calendar reads the committee's year, as one of their roles.

    Attributes:
        link_nonce: what the word in the address is made from, beside the number of the row.
        link_digest: by which the row is found when somebody comes with the address.
        revoked_at: since when the address leads nowhere.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="year_feeds")
    role = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Role])
    link_nonce = models.CharField(max_length=32)
    link_digest = models.CharField(max_length=64, unique=True, null=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    privacy: ClassVar[Any] = {
        "link_nonce": Field(Kind.SECRET),
        "link_digest": Field(Kind.SECRET),
        **plain("id", "account", "role", "made_at", "revoked_at"),
    }

    class Meta:
        """One address for a role at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=["account", "role"], condition=Q(revoked_at__isnull=True), name="feed_one_for_a_role"
            ),
            models.CheckConstraint(condition=Q(role__in=[each.value for each in Role]), name="feed_role_known"),
        )

    def __str__(self) -> str:
        return f"feed {self.pk}"
