"""Writing, taking back, sending and deleting letters."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse

from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.core.links import token
from pejl.office.core.who import JOB
from pejl.office.outbox.models import Letter
from pejl.text import Language, Message

KEPT = timedelta(days=30)
"""How long a letter is kept after it was sent or taken back."""

MOST_ATTEMPTS = 10


@dataclass(frozen=True, slots=True)
class PrivateLink:
    """A link in a letter: the route it leads to, and what its word is made from."""

    route: str
    kind: str
    number: int
    nonce: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What a job did with letters.

    Attributes:
        sent: how many were handed over.
        failed: how many could not be; they are tried again.
        waiting: how many are due and stay, because no mail server is known.
    """

    sent: int = 0
    failed: int = 0
    waiting: int = 0


def write(
    *,
    key: str,
    address: str,
    language: Language,
    subject: Message,
    body: Message,
    about: Subject,
    about_number: int,
    due_at: datetime,
    link: PrivateLink | None = None,
) -> Letter | None:
    """Put a letter into the outbox, in the transaction of what it tells of.

    Args:
        key: there is one letter of a key: writing it again changes nothing.
        address: empty for somebody who wants to be told otherwise; then no letter is written.
        language: of the letter.
        subject: its heading.
        body: its text, without names; with `{link}` where the private link stands.
        about: what it tells of.
        about_number: its number.
        due_at: not sent before.
        link: the private link, if it has one.
    """
    if not address:
        return None
    letter, _ = Letter.objects.get_or_create(
        key=key,
        defaults={
            "address": address,
            "language": language,
            "subject": subject.render(language),
            "body": body.render(language),
            "about": about,
            "about_number": about_number,
            "due_at": due_at,
            **({} if link is None else _link_fields(link)),
        },
    )
    return letter


def _link_fields(link: PrivateLink) -> dict[str, object]:
    return {
        "link_route": link.route,
        "link_kind": link.kind,
        "link_number": link.number,
        "link_nonce": link.nonce,
    }


def take_back(*, about: Subject, about_number: int, at: datetime, keys: str = "") -> int:
    """Take back letters that were not sent yet.

    Args:
        about: what they tell of.
        about_number: its number.
        at: the moment.
        keys: only those whose key begins so.
    """
    waiting = Letter.objects.filter(
        about=about, about_number=about_number, sent_at__isnull=True, taken_back_at__isnull=True, key__startswith=keys
    )
    return waiting.update(taken_back_at=at, address="")


def send_due(at: datetime) -> Sent:
    """Hand over every letter that is due; each is marked in a transaction of its own, so that none goes twice."""
    due = Letter.objects.filter(
        sent_at__isnull=True, taken_back_at__isnull=True, due_at__lte=at, attempts__lt=MOST_ATTEMPTS
    )
    if settings.PEJL_MAIL is None:
        return Sent(waiting=due.count())
    sent = failed = 0
    with get_connection() as mail:
        for number in list(due.values_list("pk", flat=True)):
            with transaction.atomic():
                rows = Letter.objects.select_for_update(
                    skip_locked=connection.features.has_select_for_update_skip_locked
                )
                letter = rows.filter(pk=number, sent_at__isnull=True, taken_back_at__isnull=True).first()
                if letter is None:
                    continue
                letter.attempts += 1
                try:
                    EmailMessage(letter.subject, text_of(letter), to=[letter.address], connection=mail).send()
                except (smtplib.SMTPException, OSError):
                    failed += 1
                else:
                    sent += 1
                    letter.sent_at = at
                    wrote(JOB, Subject.LETTER, letter.pk, "send")
                letter.save()
    return Sent(sent, failed)


def text_of(letter: Letter) -> str:
    """Return what a letter says, with its private link filled in."""
    if not letter.link_route or letter.link_number is None:
        return letter.body
    word = token(letter.link_kind, letter.link_number, letter.link_nonce)
    address = settings.PEJL_OFFICE_ADDRESS + reverse(letter.link_route, kwargs={"token": word})
    return letter.body.replace("{link}", address)


def delete_old(at: datetime) -> int:
    """Delete letters a month after they were sent or taken back."""
    old = Letter.objects.filter(Q(sent_at__lt=at - KEPT) | Q(taken_back_at__lt=at - KEPT))
    numbers = list(old.values_list("pk", flat=True))
    if numbers:
        old.delete()
        wrote(JOB, Subject.LETTER, numbers, "delete_old")
    return len(numbers)
