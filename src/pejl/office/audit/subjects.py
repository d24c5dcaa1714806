"""What can be read and written: the closed list of the audit record."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pejl.text import Message, message


class Subject(StrEnum):
    """A kind of thing that is personal or internal."""

    ACCOUNT = "account"
    ORGANISATION = "organisation"
    AUDIT = "audit"
    LETTER = "letter"
    MEETING = "meeting"
    PAPER = "paper"
    STRATEGY_WAY = "strategy_way"
    DRAFT = "draft"
    PLAN = "plan"
    INTERNAL_FIGURES = "internal_figures"
    INITIATIVE = "initiative"
    DIALOGUE = "dialogue"
    SIGN_UP = "sign_up"
    LINE = "line"
    CHAPTER = "chapter"
    EXTRACT = "extract"


SUBJECTS: Mapping[Subject, Message] = {
    Subject.ACCOUNT: message("account"),
    Subject.ORGANISATION: message("organisation"),
    Subject.AUDIT: message("audit record"),
    Subject.LETTER: message("letter"),
    Subject.MEETING: message("meeting of the committee"),
    Subject.PAPER: message("paper of the committee"),
    Subject.STRATEGY_WAY: message("way of a strategy"),
    Subject.DRAFT: message("draft of a strategy"),
    Subject.PLAN: message("plan"),
    Subject.INTERNAL_FIGURES: message("internal figures"),
    Subject.INITIATIVE: message("initiative"),
    Subject.DIALOGUE: message("dialogue meeting"),
    Subject.SIGN_UP: message("sign-up"),
    Subject.LINE: message("what was said"),
    Subject.CHAPTER: message("chapter"),
    Subject.EXTRACT: message("extract for statistics"),
}
"""Every kind in words."""


class Way(StrEnum):
    """What was done with it."""

    READ = "read"
    WROTE = "wrote"
    REFUSED = "refused"


WAYS: Mapping[Way, Message] = {
    Way.READ: message("read"),
    Way.WROTE: message("wrote"),
    Way.REFUSED: message("was refused"),
}
