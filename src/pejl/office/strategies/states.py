"""The steps of a strategy's way, how far it is, and who sees its drafts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pejl.office.core.roles import Role
from pejl.office.core.workflow import Workflow
from pejl.text import Message, message


class StepKind(StrEnum):
    """A step on the way, in the order they are taken."""

    DECISION = "decision"
    FIRST_DISCUSSION = "first_discussion"
    THEMATIC_DISCUSSION = "thematic_discussion"
    WHOLE_DRAFT = "whole_draft"
    ADOPTION = "adoption"


STEPS: Mapping[StepKind, Message] = {
    StepKind.DECISION: message("It is decided to make the strategy"),
    StepKind.FIRST_DISCUSSION: message("First discussion"),
    StepKind.THEMATIC_DISCUSSION: message("Thematic discussion"),
    StepKind.WHOLE_DRAFT: message("Discussion of the whole draft"),
    StepKind.ADOPTION: message("Adoption"),
}
"""Every step in words."""


class WayState(StrEnum):
    """How far a strategy is."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    FIRST_DISCUSSED = "first_discussed"
    THEME_DISCUSSED = "theme_discussed"
    DRAFT_DISCUSSED = "draft_discussed"
    ADOPTED = "adopted"
    DROPPED = "dropped"


_AHEAD = (
    WayState.PROPOSED,
    WayState.DECIDED,
    WayState.FIRST_DISCUSSED,
    WayState.THEME_DISCUSSED,
    WayState.DRAFT_DISCUSSED,
)

WAY: Workflow[WayState] = Workflow(
    words={
        WayState.PROPOSED: message("proposed"),
        WayState.DECIDED: message("it is decided to make it"),
        WayState.FIRST_DISCUSSED: message("discussed for the first time"),
        WayState.THEME_DISCUSSED: message("discussed as a theme"),
        WayState.DRAFT_DISCUSSED: message("the whole draft is discussed"),
        WayState.ADOPTED: message("adopted"),
        WayState.DROPPED: message("dropped"),
    },
    moves={
        (WayState.PROPOSED, StepKind.DECISION.value): WayState.DECIDED,
        (WayState.DECIDED, StepKind.FIRST_DISCUSSION.value): WayState.FIRST_DISCUSSED,
        (WayState.FIRST_DISCUSSED, StepKind.THEMATIC_DISCUSSION.value): WayState.THEME_DISCUSSED,
        (WayState.THEME_DISCUSSED, StepKind.WHOLE_DRAFT.value): WayState.DRAFT_DISCUSSED,
        (WayState.DRAFT_DISCUSSED, StepKind.ADOPTION.value): WayState.ADOPTED,
        **{(state, "drop"): WayState.DROPPED for state in _AHEAD},
    },
)
"""Step by step; it can be dropped until it is adopted."""


class Form(StrEnum):
    """What a draft is written in."""

    STRATEGY = "strategy"
    TEXT = "text"


FORMS: Mapping[Form, Message] = {
    Form.STRATEGY: message("a strategy as the workspace declares it (YAML)"),
    Form.TEXT: message("plain text"),
}
"""Every form in words."""


class Standing(StrEnum):
    """To whom a draft has been handed."""

    WORKING = "working"
    PUT_BEFORE = "put_before"
    OPEN = "open"


STANDING: Workflow[Standing] = Workflow(
    words={
        Standing.WORKING: message("the secretariat works on it"),
        Standing.PUT_BEFORE: message("put before the committee"),
        Standing.OPEN: message("open to everybody in the administration"),
    },
    moves={
        (Standing.WORKING, "put_before"): Standing.PUT_BEFORE,
        (Standing.PUT_BEFORE, "open"): Standing.OPEN,
    },
)
"""A draft is handed on; what was handed on is never taken back."""

STANDING_ACTS: Mapping[str, Message] = {
    "put_before": message("Put it before the committee"),
    "open": message("Open it to everybody"),
}
"""What can be done with a draft, as the buttons say it."""

SEE_WAYS = frozenset(Role) - {Role.ADMINISTRATOR, Role.AUDITOR}
"""Who sees strategies on their way."""

SEEN_BY: Mapping[Standing, frozenset[Role]] = {
    Standing.WORKING: frozenset({Role.SECRETARIAT}),
    Standing.PUT_BEFORE: frozenset({Role.SECRETARIAT, Role.COMMITTEE_MEMBER}),
    Standing.OPEN: SEE_WAYS,
}
"""Who sees a draft, by to whom it has been handed."""
