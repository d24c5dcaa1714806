"""What each stored field says about people: every field is classified, and a test refuses one that is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pejl.text import Message


class Kind(StrEnum):
    """What a field says about people."""

    NOTHING = "nothing"
    """Nothing about a person: structure, dates of the work, words of the city."""
    WORK = "work"
    """Free text or a name that belongs to somebody's work here; internal."""
    CONTACT = "contact"
    """Says who somebody is, or how to reach them. Has a date of deletion, or belongs to an account."""
    NEED = "need"
    """Says something about health or needs. Has a purpose and a date of deletion."""
    SECRET = "secret"  # noqa: S105 - the name of a class of fields
    """A password or a key; stored hashed, shown to nobody."""


@dataclass(frozen=True, slots=True)
class Field:
    """How a field is classified.

    Attributes:
        kind: what it says about people.
        purpose: what it is asked for; required for contact and need.
        until: when it is deleted, in words; required for contact and need.
    """

    kind: Kind
    purpose: Message | None = None
    until: Message | None = None


Fields = Mapping[str, Field]
"""By name of a field, how it is classified."""

NOTHING = Field(Kind.NOTHING)
WORK = Field(Kind.WORK)


def plain(*names: str) -> dict[str, Field]:
    """Return fields that say nothing about a person."""
    return dict.fromkeys(names, NOTHING)


def work(*names: str) -> dict[str, Field]:
    """Return fields that belong to somebody's work here."""
    return dict.fromkeys(names, WORK)
