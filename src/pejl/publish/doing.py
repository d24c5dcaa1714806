"""What is being done for a goal, as the plans of units had it on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pejl.text import Message, message

_STATES: Mapping[str, Message] = {
    "under_way": message("Under way"),
    "done": message("Carried out"),
    "not_begun": message("Not begun yet"),
    "given_up": message("Given up"),
}


@dataclass(frozen=True, slots=True)
class Doing:
    """What is being done for a goal.

    Attributes:
        day: when it stood so.
        counts: states in words, with how many initiatives stand so; those that none has are left out.
        titles: of initiatives that may be named.
    """

    day: str
    counts: tuple[tuple[Message, int], ...]
    titles: tuple[str, ...]


def doing_of(work: Mapping[str, Any] | None) -> Doing | None:
    """Return what a release says is being done for a goal; None where no plan says."""
    if work is None:
        return None
    counts = tuple((words, work[state]) for state, words in _STATES.items() if work[state])
    return Doing(work["day"], counts, tuple(work["titles"]))
