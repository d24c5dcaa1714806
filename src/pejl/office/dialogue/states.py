"""The states of a meeting and of a sign-up, and what can follow what."""

from __future__ import annotations

from enum import StrEnum

from pejl.office.core.workflow import Workflow
from pejl.text import message


class MeetingState(StrEnum):
    """How far a meeting has come."""

    PLANNED = "planned"
    INVITED = "invited"
    CLOSED = "closed"
    HELD = "held"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


MEETING: Workflow[MeetingState] = Workflow(
    words={
        MeetingState.PLANNED: message("planned"),
        MeetingState.INVITED: message("open for sign-up"),
        MeetingState.CLOSED: message("sign-up is closed"),
        MeetingState.HELD: message("held"),
        MeetingState.ANSWERED: message("held and answered"),
        MeetingState.CANCELLED: message("cancelled"),
    },
    moves={
        (MeetingState.PLANNED, "change"): MeetingState.PLANNED,
        (MeetingState.INVITED, "change"): MeetingState.INVITED,
        (MeetingState.CLOSED, "change"): MeetingState.CLOSED,
        (MeetingState.PLANNED, "invite"): MeetingState.INVITED,
        (MeetingState.INVITED, "release_places"): MeetingState.INVITED,
        (MeetingState.CLOSED, "release_places"): MeetingState.CLOSED,
        (MeetingState.INVITED, "close"): MeetingState.CLOSED,
        (MeetingState.CLOSED, "reopen"): MeetingState.INVITED,
        (MeetingState.CLOSED, "hold"): MeetingState.HELD,
        (MeetingState.HELD, "write"): MeetingState.HELD,
        (MeetingState.HELD, "answer"): MeetingState.ANSWERED,
        (MeetingState.PLANNED, "cancel"): MeetingState.CANCELLED,
        (MeetingState.INVITED, "cancel"): MeetingState.CANCELLED,
        (MeetingState.CLOSED, "cancel"): MeetingState.CANCELLED,
    },
)
"""A meeting: planned → invited → closed → held → answered, or cancelled before it is held."""

AHEAD = (MeetingState.INVITED, MeetingState.CLOSED)
"""States in which people hold places and stand in line."""

AFTERWARDS = (MeetingState.HELD, MeetingState.ANSWERED)
"""States in which there is something that was said."""


class SignUpState(StrEnum):
    """What somebody who signed up has."""

    PLACE = "place"
    WAITING = "waiting"
    OFFER = "offer"
    CANCELLED = "cancelled"


SIGN_UP: Workflow[SignUpState] = Workflow(
    words={
        SignUpState.PLACE: message("has a place"),
        SignUpState.WAITING: message("stands in line"),
        SignUpState.OFFER: message("has been offered a place"),
        SignUpState.CANCELLED: message("has cancelled"),
    },
    moves={
        (SignUpState.WAITING, "offer"): SignUpState.OFFER,
        (SignUpState.OFFER, "accept"): SignUpState.PLACE,
        (SignUpState.OFFER, "lapse"): SignUpState.WAITING,
        (SignUpState.PLACE, "cancel"): SignUpState.CANCELLED,
        (SignUpState.WAITING, "cancel"): SignUpState.CANCELLED,
        (SignUpState.OFFER, "cancel"): SignUpState.CANCELLED,
    },
)
"""A sign-up: a place at once or a place in line; an offer is accepted, or lapses to the end of the line."""
