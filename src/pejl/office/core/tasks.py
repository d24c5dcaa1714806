"""Something that is somebody's to do, or to know of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pejl.text import Message


@dataclass(frozen=True, slots=True)
class Task:
    """What lies on a desk.

    Attributes:
        words: what it is.
        href: where it is done.
        due: by when; None where there is no date.
    """

    words: Message
    href: str
    due: date | None = None
