"""Who does something: a person with an account, a person with a private link, or a job of the office itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Who(Protocol):
    """Whoever an act is done by, as the audit record names them: a number and a capacity, never a name."""

    @property
    def number(self) -> int | None:
        """The number of the account, or of what the private link belongs to; None for a job."""

    @property
    def capacity(self) -> str:
        """The roles, or `link`, or `job`."""


@dataclass(frozen=True, slots=True)
class LinkHolder:
    """Somebody without an account who holds a private link.

    Attributes:
        number: of the row the link belongs to, such as a sign-up.
    """

    number: int
    capacity: str = "link"


@dataclass(frozen=True, slots=True)
class Job:
    """The office itself, on a date somebody set: reminders, lapsed offers, deletion."""

    number: int | None = None
    capacity: str = "job"


JOB = Job()
