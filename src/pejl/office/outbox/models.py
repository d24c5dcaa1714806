"""A letter: to whom, what it says, when it is due, and what became of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from pejl.office.audit.subjects import Subject
from pejl.office.core.privacy import Field, Kind, plain
from pejl.text import message

_UNTIL = message("a month after the letter was sent or taken back")


class Letter(models.Model):
    """A letter to one address. It names nobody: its body says what it is about and gives the private link.

    Attributes:
        key: says what it tells of; there is one letter of a key, however often it is asked for.
        body: plain text; `{link}` stands where the private link goes.
        link_route: the route of the private link, with `link_kind`, `link_number` and `link_nonce` for its word.
        about: the kind of thing it tells of, with its number.
    """

    key = models.CharField(max_length=120, unique=True)
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="da")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link_route = models.CharField(max_length=60, blank=True)
    link_kind = models.CharField(max_length=30, blank=True)
    link_number = models.BigIntegerField(null=True)
    link_nonce = models.CharField(max_length=32, blank=True)
    about = models.CharField(max_length=30, choices=[(each.value, each.value) for each in Subject])
    about_number = models.BigIntegerField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    privacy: ClassVar[Any] = {
        "address": Field(Kind.CONTACT, message("to send the letter"), _UNTIL),
        "link_nonce": Field(Kind.SECRET),
        **plain("id", "key", "language", "subject", "body", "link_route", "link_kind", "link_number"),
        **plain("about", "about_number", "due_at", "sent_at", "taken_back_at", "attempts"),
    }

    class Meta:
        """A letter is sent or taken back, not both."""

        ordering = ("due_at", "id")
        indexes = (models.Index(fields=["sent_at", "due_at"]), models.Index(fields=["about", "about_number"]))
        constraints = (
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(taken_back_at__isnull=True), name="letter_sent_or_taken_back"
            ),
        )

    def __str__(self) -> str:
        return self.key
