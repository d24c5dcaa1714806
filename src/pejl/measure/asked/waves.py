"""One wave as read: who was drawn, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pejl.workspace.surveys import Wave

if TYPE_CHECKING:
    from pejl.surveys.answers import Answers
    from pejl.surveys.sampling import Sample


@dataclass(frozen=True, slots=True, eq=False)
class WaveData:
    """A wave with its sample and its answers, which have one place for each row of the sample."""

    wave: Wave
    sample: Sample
    answers: Answers

    @property
    def period(self) -> str:
        """The wave's period, as text."""
        return self.wave.period.text
