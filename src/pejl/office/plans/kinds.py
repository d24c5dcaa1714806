"""The kinds of plan, each with its own headings: what differs between them is here, as data, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pejl.office.organisation.kinds import Level
from pejl.text import Message, message

ROOM = 400
"""How many characters there is room for below a heading, so that a plan stays on one page."""

FEW = 5
"""So many initiatives are a few."""

MOST = 6
"""More initiatives than this a plan has no room for."""


class Kind(StrEnum):
    """A kind of plan."""

    DEVELOPMENT = "development"
    CENTRE = "centre"
    AREA = "area"
    TARGET_GROUP = "target_group"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a plan with a short text below it.

    Attributes:
        id: by which the text is kept; it never changes.
        title: as it stands in the plan.
        hint: what to write there, for whoever writes.
    """

    id: str
    title: Message
    hint: Message


@dataclass(frozen=True, slots=True)
class Template:
    """What a kind of plan is.

    Attributes:
        name: what it is called.
        lead: what it is, in one sentence.
        sections: its headings, in order.
        levels: of the units that can have one.
        about: what it is about beside its unit: an area in words, a target group of the release, or nothing more.
        committee: whether it is put before the committee, which adopts it.
    """

    name: Message
    lead: Message
    sections: tuple[Section, ...]
    levels: frozenset[Level]
    about: Literal["", "area", "target_group"] = ""
    committee: bool = True


_CHALLENGES = Section(
    "challenges",
    message("Current challenges"),
    message("What is hard just now? A challenge that is named is easier to do something about."),
)
_OPERATIONS = Section(
    "operations",
    message("Operations"),
    message("What of everyday work has to be taken into account: rotas, rooms, money, a building site?"),
)
_TOGETHER = Section(
    "together",
    message("Whom we do it with"),
    message("Citizens, relatives, associations, other units and other administrations."),
)

TEMPLATES: Mapping[Kind, Template] = {
    Kind.DEVELOPMENT: Template(
        message("Development plan"),
        message("How a unit works with the strategy, on one page."),
        (
            Section(
                "visions",
                message("How we work with the strategy"),
                message("Which of its goals matter most with us, and what does that look like on an ordinary day?"),
            ),
            Section(
                "development",
                message("Our other development"),
                message("What else are you developing, that does not come from the strategy?"),
            ),
            _OPERATIONS,
            _CHALLENGES,
        ),
        frozenset({Level.UNIT}),
        committee=False,
    ),
    Kind.CENTRE: Template(
        message("Centre plan"),
        message("What the units of a centre want together."),
        (
            Section(
                "direction",
                message("The direction of the centre"),
                message("What does the strategy mean for the citizens the centre is there for?"),
            ),
            Section(
                "common",
                message("What our units do together"),
                message("What is better done together than by each unit alone?"),
            ),
            _OPERATIONS,
            _CHALLENGES,
        ),
        frozenset({Level.CENTRE}),
    ),
    Kind.AREA: Template(
        message("Area action plan"),
        message("What is done in an area where a need has arisen."),
        (
            Section("need", message("The need"), message("What has been seen, and how do we know?")),
            Section("aim", message("What is to be different"), message("For the citizens, in plain words.")),
            _TOGETHER,
            Section(
                "money",
                message("Time and money"),
                message("From when to when, and within which budget?"),
            ),
        ),
        frozenset(Level),
        about="area",
    ),
    Kind.TARGET_GROUP: Template(
        message("Target-group plan"),
        message("What the strategy means for one group of citizens."),
        (
            Section(
                "situation",
                message("How it goes for the group"),
                message("Figures and experience: what goes well, and what does not?"),
            ),
            Section(
                "voices",
                message("What citizens and relatives say"),
                message("What was said at dialogue meetings, in surveys and in everyday life? Name nobody."),
            ),
            Section("aim", message("What is to be different"), message("For the citizens, in plain words.")),
            _TOGETHER,
        ),
        frozenset(Level),
        about="target_group",
    ),
}
"""Every kind with its headings."""


class Status(StrEnum):
    """How an initiative stands."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    DONE = "done"
    GIVEN_UP = "given_up"


STATUSES: Mapping[Status, Message] = {
    Status.NOT_BEGUN: message("not begun yet"),
    Status.UNDER_WAY: message("under way"),
    Status.DONE: message("carried out"),
    Status.GIVEN_UP: message("given up"),
}
"""Every status in words."""

ENDED = frozenset({Status.DONE, Status.GIVEN_UP})
"""An initiative that stands so is not carried into the next year."""


class NoteKind(StrEnum):
    """What a note on a plan is."""

    NOTE = "note"
    TALK = "talk"
    SENT_BACK = "sent_back"
    FOLLOW_UP = "follow_up"


NOTES: Mapping[NoteKind, Message] = {
    NoteKind.NOTE: message("Note"),
    NoteKind.TALK: message("From the talk"),
    NoteKind.SENT_BACK: message("Sent back, because"),
    NoteKind.FOLLOW_UP: message("Followed up"),
}
"""Every kind of note in words."""
