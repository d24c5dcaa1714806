"""The public sign-up is not flooded: how many came from one network lately is counted, and from which is not kept.

A network is known by a keyed hash of it and of the day; the key is the office's, so whoever has the database only can
tell neither which network it was nor that it was the same as yesterday's.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from pejl.office.core.refusals import NotNowError
from pejl.office.dialogue.models import Sender
from pejl.text import message

WINDOW = timedelta(minutes=10)
"""Within so long the sign-ups of a network are counted together, from its first one on."""


class TooManyError(NotNowError):
    """More than enough have just signed up from the same network."""

    status = 429


def mark_of(network: str, at: datetime) -> str:
    """Return what a network is counted by on a day."""
    said = f"sign-ups:{timezone.localtime(at).date().isoformat()}:{network}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()


def count(mark: str, at: datetime) -> None:
    """Count one more sign-up of a network, in the transaction of the sign-up.

    Two at the same moment are counted one after the other, also by several processes.

    Raises:
        TooManyError: that would be more than `PEJL_OFFICE_SIGNUPS` within the window.
    """
    most = settings.PEJL_OFFICE_SIGNUPS
    if not most:
        return
    sender, _ = Sender.objects.select_for_update().get_or_create(mark=mark, defaults={"since": at, "count": 0})
    if not sender.since <= at < sender.since + WINDOW:
        sender.since, sender.count = at, 0
    if sender.count >= most:
        raise TooManyError(
            message(
                "Many have just signed up from the same network as yours, so we take in no more from there right now. "
                "Try again in ten minutes."
            )
        )
    sender.count += 1
    sender.save()


def forget(at: datetime) -> int:
    """Delete every count whose window is over; return how many."""
    return Sender.objects.filter(since__lte=at - WINDOW).delete()[0]
