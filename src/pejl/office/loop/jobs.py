"""What the apps have due, in words for whoever keeps the office running."""

from __future__ import annotations

from datetime import datetime

from pejl.office.core.jobs import Done
from pejl.office.dialogue.acts.jobs import tidy
from pejl.text import message


def tidy_dialogue(at: datetime) -> Done:
    """Let offers lapse, remind, close sign-ups, and delete personal data past its day."""
    done = tidy(at)
    words = message(
        "dialogue: {closed} sign-ups closed, {lapsed} offers lapsed, {offered} places offered, {reminded} reminded, "
        "{contacts} contacts and {needs} needs deleted, {left} left past their day",
        closed=done.closed,
        lapsed=done.lapsed,
        offered=done.offered,
        reminded=done.reminded,
        contacts=done.deleted.contacts,
        needs=done.deleted.needs,
        left=done.deleted.left,
    )
    return Done(words, failed=done.deleted.left > 0)
