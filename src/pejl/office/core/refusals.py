"""Why something is not done, in words for the person who asked."""

from __future__ import annotations

from collections.abc import Mapping

from pejl.text import Message


class RefusedError(Exception):
    """Something is not done; `reason` says why, in words for the person who asked."""

    status = 403

    def __init__(self, reason: Message) -> None:
        self.reason = reason
        super().__init__(reason.render("en"))


class NotAllowedError(RefusedError):
    """This person may not do this."""


class NotNowError(RefusedError):
    """It may be done, but not now: what it is done to is in another state, or a date has passed."""

    status = 409


class ChangedMeanwhileError(RefusedError):
    """Somebody else has saved since this person began to write; nothing is lost.

    Attributes:
        theirs: what stands now, by field, where it differs from what was sent.
        version: of what stands now; sent back with it, the next saving succeeds.
    """

    status = 409

    def __init__(self, reason: Message, theirs: Mapping[str, str], version: int) -> None:
        super().__init__(reason)
        self.theirs = theirs
        self.version = version


class CopyRefusedError(RefusedError):
    """A copy of the office cannot be made or used."""
