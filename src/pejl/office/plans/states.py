"""How far a plan has come, as one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pejl.office.core.workflow import Workflow
from pejl.text import Message, message


class State(StrEnum):
    """How far a plan has come."""

    DRAFT = "draft"
    READY = "ready"
    TALKED_THROUGH = "talked_through"
    ADOPTED = "adopted"
    FOLLOWED_UP = "followed_up"
    CLOSED = "closed"


WORKFLOW: Workflow[State] = Workflow(
    words={
        State.DRAFT: message("draft"),
        State.READY: message("ready to be talked through"),
        State.TALKED_THROUGH: message("talked through"),
        State.ADOPTED: message("adopted"),
        State.FOLLOWED_UP: message("followed up"),
        State.CLOSED: message("closed"),
    },
    moves={
        (State.DRAFT, "write"): State.DRAFT,
        (State.READY, "write"): State.READY,
        (State.TALKED_THROUGH, "write"): State.TALKED_THROUGH,
        (State.DRAFT, "throw_away"): State.DRAFT,
        (State.DRAFT, "hand_over"): State.READY,
        (State.READY, "take_back"): State.DRAFT,
        (State.READY, "confirm_talk"): State.TALKED_THROUGH,
        (State.READY, "send_back"): State.DRAFT,
        (State.TALKED_THROUGH, "send_back"): State.DRAFT,
        (State.TALKED_THROUGH, "put_before"): State.TALKED_THROUGH,
        (State.TALKED_THROUGH, "adopt"): State.ADOPTED,
        (State.ADOPTED, "tell_status"): State.ADOPTED,
        (State.FOLLOWED_UP, "tell_status"): State.FOLLOWED_UP,
        (State.ADOPTED, "follow_up"): State.FOLLOWED_UP,
        (State.FOLLOWED_UP, "follow_up"): State.FOLLOWED_UP,
        (State.ADOPTED, "show_publicly"): State.ADOPTED,
        (State.FOLLOWED_UP, "show_publicly"): State.FOLLOWED_UP,
        (State.ADOPTED, "copy_forward"): State.ADOPTED,
        (State.FOLLOWED_UP, "copy_forward"): State.FOLLOWED_UP,
        (State.CLOSED, "copy_forward"): State.CLOSED,
        (State.ADOPTED, "close"): State.CLOSED,
        (State.FOLLOWED_UP, "close"): State.CLOSED,
        (State.DRAFT, "note"): State.DRAFT,
        (State.READY, "note"): State.READY,
        (State.TALKED_THROUGH, "note"): State.TALKED_THROUGH,
        (State.ADOPTED, "note"): State.ADOPTED,
        (State.FOLLOWED_UP, "note"): State.FOLLOWED_UP,
    },
)
"""Draft → ready → talked through → adopted → followed up → closed by the next year's plan; a note at any time."""

OPEN_TO_ALL = frozenset({State.ADOPTED, State.FOLLOWED_UP, State.CLOSED})
"""Everybody who works here may read a plan in one of these."""

AT_WORK = frozenset({State.ADOPTED, State.FOLLOWED_UP})
"""A plan in one of these is the one in force."""

MEANS: Mapping[State, Message] = {
    State.DRAFT: message("Only the leaders of the unit and those above see it."),
    State.READY: message("The next leader can read it. It can still be changed."),
    State.TALKED_THROUGH: message("What was agreed can still be written in, until it is adopted."),
    State.ADOPTED: message("Everybody who works here can read it."),
    State.FOLLOWED_UP: message("What became of it stands below. Everybody who works here can read it."),
    State.CLOSED: message("The plan of the year after has taken over. It stays readable."),
}
"""What each state means for whoever looks."""
