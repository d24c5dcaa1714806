"""Kinds of meeting, the parts people take in them, and what can become of what was said."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pejl.text import Message, message


class MeetingKind(StrEnum):
    """The two forms of meeting of the process of 2015."""

    DIALOGUE_MEETING = "dialogue_meeting"
    LABORATORY = "development_laboratory"


KINDS: Mapping[MeetingKind, Message] = {
    MeetingKind.DIALOGUE_MEETING: message("Dialogue meeting"),
    MeetingKind.LABORATORY: message("Social development laboratory"),
}
"""Every kind in words."""

ABOUT: Mapping[MeetingKind, Message] = {
    MeetingKind.DIALOGUE_MEETING: message(
        "A small meeting of 10 to 15 people. Politicians come to a place that you perhaps know, and listen."
    ),
    MeetingKind.LABORATORY: message(
        "A meeting of about 30 people. You talk in small groups about what is difficult, and find ideas together."
    ),
}
"""What each kind is, in plain words."""

USUAL: Mapping[MeetingKind, tuple[int, int]] = {
    MeetingKind.DIALOGUE_MEETING: (10, 15),
    MeetingKind.LABORATORY: (25, 35),
}
"""How many usually take part, from and to: a hint to whoever plans, not a rule."""


class Part(StrEnum):
    """The part somebody takes in a meeting."""

    USER = "user"
    RELATIVE = "relative"
    ORGANISATION = "organisation"
    EMPLOYEE = "employee"
    LEADER = "leader"
    POLITICIAN = "politician"


PARTS: Mapping[Part, Message] = {
    Part.USER: message("User"),
    Part.RELATIVE: message("Relative"),
    Part.ORGANISATION: message("Relatives' or users' organisation"),
    Part.EMPLOYEE: message("Employee"),
    Part.LEADER: message("Leader"),
    Part.POLITICIAN: message("Politician"),
}
"""Every part in words."""

PARTS_CHOSEN: Mapping[Part, Message] = {
    Part.USER: message("Somebody who gets help or support"),
    Part.RELATIVE: message("A relative"),
    Part.ORGANISATION: message("Somebody from an organisation of users or relatives"),
    Part.EMPLOYEE: message("Somebody who works with people who get help"),
    Part.LEADER: message("Somebody who leads a place where people get help"),
    Part.POLITICIAN: message("A member of the committee"),
}
"""Every part as it is chosen by whoever signs somebody up."""

INSIDE = frozenset({Part.POLITICIAN})
"""Parts that are signed up for in the office, not on the public pages."""


class ContactWay(StrEnum):
    """How somebody who signed up is reached."""

    EMAIL = "email"
    PHONE = "phone"
    NONE = "none"
    ACCOUNT = "account"


class Outcome(StrEnum):
    """What is done with something that was said."""

    DONE = "done"
    GOES_ON = "goes_on"
    LATER = "later"
    NOT = "not"


OUTCOMES: Mapping[Outcome, Message] = {
    Outcome.DONE: message("It is done"),
    Outcome.GOES_ON: message("We work on it"),
    Outcome.LATER: message("It has to wait"),
    Outcome.NOT: message("We do not do it"),
}
"""Every outcome in words."""


class SectionKind(StrEnum):
    """What a section of a chapter is made of."""

    FACTS = "facts"
    TEXT = "text"
