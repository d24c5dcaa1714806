"""Levels of the tree, and what can become of a unit."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pejl.text import Message, message


class Level(StrEnum):
    """A level of the tree, from the top."""

    ADMINISTRATION = "administration"
    CENTRE = "centre"
    UNIT = "unit"


LEVELS: Mapping[Level, Message] = {
    Level.ADMINISTRATION: message("Administration"),
    Level.CENTRE: message("Centre"),
    Level.UNIT: message("Unit"),
}
"""Every level in words."""


class Change(StrEnum):
    """How one unit became another."""

    MERGE = "merge"
    SPLIT = "split"


CHANGES: Mapping[Change, Message] = {Change.MERGE: message("merged into"), Change.SPLIT: message("split into")}
