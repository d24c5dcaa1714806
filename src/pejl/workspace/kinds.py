"""The kinds of target, and the words a goal's direction and a target's standing are declared with."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

Direction = Literal["increase", "decrease", "hold"]
Standing = Literal["adopted", "proposed", "draft"]
STANDINGS: tuple[Standing, ...] = ("adopted", "proposed", "draft")


class TargetKind(StrEnum):
    """The kinds of target; the last two are states of their own."""

    LEVEL = "level"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    CHANGE = "change"
    RELATIVE_CHANGE = "relative_change"
    CHANGE_AND_RELATIVE = "change_and_relative"
    DIRECTION = "direction"
    NOT_SET = "not_set"
    NOT_KNOWN = "not_known"


LEVELS = frozenset({TargetKind.LEVEL, TargetKind.AT_LEAST, TargetKind.AT_MOST})
CHANGES = frozenset({TargetKind.CHANGE, TargetKind.RELATIVE_CHANGE, TargetKind.CHANGE_AND_RELATIVE})
WITHOUT_NUMBER = frozenset({TargetKind.DIRECTION, TargetKind.NOT_SET, TargetKind.NOT_KNOWN})
