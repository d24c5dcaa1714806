"""What the office does by itself when its day has come; `pejl office tidy` does all of it, as often as one likes."""

from __future__ import annotations

from datetime import datetime

from pejl.office.clock import now
from pejl.office.core.jobs import Done, Job
from pejl.office.loop.jobs import tidy_dialogue
from pejl.office.outbox.acts import delete_old, send_due
from pejl.text import message


def send_letters(at: datetime) -> Done:
    """Hand over the letters that are due."""
    result = send_due(at)
    words = message(
        "letters: {sent} sent, {failed} failed, {waiting} wait for a mail server",
        sent=result.sent,
        failed=result.failed,
        waiting=result.waiting,
    )
    return Done(words, failed=result.failed > 0)


def delete_letters(at: datetime) -> Done:
    """Delete letters a month after they were sent."""
    return Done(message("old letters deleted: {count}", count=delete_old(at)))


def end_sessions(_: datetime) -> Done:
    """Forget sessions that have ended."""
    from django.contrib.sessions.backends.db import SessionStore

    SessionStore.clear_expired()
    return Done(message("ended sessions are forgotten"))


JOBS: tuple[Job, ...] = (tidy_dialogue, send_letters, delete_letters, end_sessions)
"""Letters go after what the apps do, because that may write some."""


def run() -> list[Done]:
    """Do everything whose time has come; each job in transactions of its own."""
    at = now()
    return [job(at) for job in JOBS]
