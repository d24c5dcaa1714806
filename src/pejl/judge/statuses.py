"""The two halves of a verdict, and their words."""

from __future__ import annotations

from enum import StrEnum

from pejl.text import Message, message


class TargetStatus(StrEnum):
    """How a goal stands to its target."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    TOO_EARLY = "too_early"
    NOT_SET = "not_set"
    NOT_KNOWN = "not_known"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"
    DIRECTION_ONLY = "direction_only"


class Development(StrEnum):
    """Where the figures go."""

    RIGHT_WAY = "right_way"
    NO_CLEAR_CHANGE = "no_clear_change"
    WRONG_WAY = "wrong_way"
    STEADY = "steady"
    NOT_COMPARABLE = "not_comparable"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"


TARGET_WORDS: dict[TargetStatus, Message] = {
    TargetStatus.REACHED: message("the target is reached"),
    TargetStatus.NOT_REACHED: message("the target is not reached"),
    TargetStatus.ON_TRACK: message("on the way to the target: fast enough"),
    TargetStatus.BEHIND: message("behind: too slow to reach the target"),
    TargetStatus.TOO_EARLY: message("too early to say"),
    TargetStatus.NOT_SET: message("no number is set for the target"),
    TargetStatus.NOT_KNOWN: message("the target is set, but the number is not known here"),
    TargetStatus.UNKNOWN: message("cannot be judged"),
    TargetStatus.WITHHELD: message("not shown, to protect people's anonymity"),
    TargetStatus.DIRECTION_ONLY: message("a sign without a number"),
}

DEVELOPMENT_WORDS: dict[Development, Message] = {
    Development.RIGHT_WAY: message("goes the right way"),
    Development.NO_CLEAR_CHANGE: message("no certain change"),
    Development.WRONG_WAY: message("goes the wrong way"),
    Development.STEADY: message("steady, as it should be"),
    Development.NOT_COMPARABLE: message("cannot be compared (break in the series)"),
    Development.UNKNOWN: message("cannot be judged"),
    Development.WITHHELD: message("not shown, to protect people's anonymity"),
}

SIGN_WORDS: dict[Development, Message] = {
    Development.RIGHT_WAY: message("the sign is seen"),
    Development.NO_CLEAR_CHANGE: message("the sign is not seen for certain"),
    Development.WRONG_WAY: message("goes the wrong way"),
}
