"""Reading letters, as those see them who keep the office running: that they are there, never what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pejl.office.outbox.acts import MOST_ATTEMPTS
from pejl.office.outbox.models import Letter


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter without its address and without what it says."""

    number: int
    subject: str
    due_at: datetime
    sent_at: datetime | None
    taken_back_at: datetime | None
    given_up: bool


def lines() -> list[LetterLine]:
    """Return the last letters, the latest due first."""
    rows = Letter.objects.order_by("-due_at", "-id").values_list(
        "pk", "subject", "due_at", "sent_at", "taken_back_at", "attempts"
    )[:200]
    return [LetterLine(*row[:-1], given_up=row[3] is None and row[-1] >= MOST_ATTEMPTS) for row in rows]
