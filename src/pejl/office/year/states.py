"""What a meeting is, what its agenda can be, what can be decided, and which deadlines lie before it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pejl.office.core.roles import Role
from pejl.office.core.workflow import Workflow
from pejl.text import Message, message


class MeetingKind(StrEnum):
    """What kind of meeting it is."""

    MEETING = "meeting"
    BUDGET_SEMINAR = "budget_seminar"
    SEMINAR = "seminar"


MEETING_KINDS: Mapping[MeetingKind, Message] = {
    MeetingKind.MEETING: message("Committee meeting"),
    MeetingKind.BUDGET_SEMINAR: message("Budget seminar"),
    MeetingKind.SEMINAR: message("Seminar"),
}
"""Every kind in words."""


class Agenda(StrEnum):
    """How far the agenda of a meeting is."""

    DRAFT = "draft"
    CLOSED = "closed"
    PUBLIC = "public"
    HELD = "held"
    CANCELLED = "cancelled"


AGENDA: Workflow[Agenda] = Workflow(
    words={
        Agenda.DRAFT: message("the agenda is being written"),
        Agenda.CLOSED: message("the agenda is closed"),
        Agenda.PUBLIC: message("the agenda is public"),
        Agenda.HELD: message("the meeting has been held"),
        Agenda.CANCELLED: message("the meeting is cancelled"),
    },
    moves={
        (Agenda.DRAFT, "close"): Agenda.CLOSED,
        (Agenda.CLOSED, "reopen"): Agenda.DRAFT,
        (Agenda.CLOSED, "publish"): Agenda.PUBLIC,
        (Agenda.PUBLIC, "hold"): Agenda.HELD,
        (Agenda.DRAFT, "cancel"): Agenda.CANCELLED,
        (Agenda.CLOSED, "cancel"): Agenda.CANCELLED,
        (Agenda.PUBLIC, "cancel"): Agenda.CANCELLED,
    },
)
"""From draft to held; a closed agenda can be opened again until it is public."""

AGENDA_ACTS: Mapping[str, Message] = {
    "close": message("Close the agenda"),
    "reopen": message("Open the agenda again"),
    "publish": message("Make the agenda public"),
    "hold": message("The meeting has been held"),
    "cancel": message("Cancel the meeting"),
}
"""What can be done with an agenda, as the buttons say it."""

SEEN_BY: Mapping[Agenda, frozenset[Role]] = {
    Agenda.DRAFT: frozenset({Role.SECRETARIAT}),
    Agenda.CLOSED: frozenset({Role.SECRETARIAT, Role.COMMITTEE_MEMBER}),
    **dict.fromkeys((Agenda.PUBLIC, Agenda.HELD), frozenset(set(Role) - {Role.ADMINISTRATOR, Role.AUDITOR})),
    Agenda.CANCELLED: frozenset({Role.SECRETARIAT}),
}
"""Who sees an agenda and its papers, by how far it is."""

PAPERS_MAY_BE_ADDED = frozenset({Agenda.DRAFT, Agenda.CLOSED, Agenda.PUBLIC})
"""While a paper can be added; after the agenda is closed it is marked as sent afterwards."""


class Decision(StrEnum):
    """What the committee did with an item."""

    NOTED = "noted"
    APPROVED = "approved"
    ADOPTED = "adopted"
    DISCUSSED = "discussed"
    POSTPONED = "postponed"
    REJECTED = "rejected"
    OTHER = "other"


DECISIONS: Mapping[Decision, Message] = {
    Decision.NOTED: message("Noted"),
    Decision.APPROVED: message("Approved"),
    Decision.ADOPTED: message("Adopted"),
    Decision.DISCUSSED: message("Discussed"),
    Decision.POSTPONED: message("Postponed"),
    Decision.REJECTED: message("Not approved"),
    Decision.OTHER: message("Another decision"),
}
"""Every decision as a Copenhagen committee writes it."""


class DeadlineKind(StrEnum):
    """A deadline before a meeting."""

    DRAFT_READY = "draft_ready"
    AGENDA_CLOSES = "agenda_closes"
    AGENDA_PUBLIC = "agenda_public"


DEADLINES: Mapping[DeadlineKind, Message] = {
    DeadlineKind.DRAFT_READY: message("Drafts of papers are ready"),
    DeadlineKind.AGENDA_CLOSES: message("The agenda closes"),
    DeadlineKind.AGENDA_PUBLIC: message("The agenda is made public"),
}
"""Every deadline in words, the earliest first."""

DEADLINE_OF: Mapping[DeadlineKind, frozenset[Role]] = {
    DeadlineKind.DRAFT_READY: frozenset({Role.SECRETARIAT}),
    DeadlineKind.AGENDA_CLOSES: frozenset({Role.SECRETARIAT}),
    DeadlineKind.AGENDA_PUBLIC: frozenset({Role.SECRETARIAT, Role.COMMITTEE_MEMBER}),
}
"""Whose a deadline is."""

PROPOSED_DAYS: Mapping[DeadlineKind, int] = {
    DeadlineKind.DRAFT_READY: 15,
    DeadlineKind.AGENDA_CLOSES: 8,
    DeadlineKind.AGENDA_PUBLIC: 4,
}
"""Working days before the meeting that a new committee begins with; the secretariat sets its own."""
