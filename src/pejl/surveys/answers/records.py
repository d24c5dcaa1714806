"""Answers of one wave, one place per person drawn, and how many answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, get_args

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pejl.surveys.frames import FloatArray, IntArray

    TextArray: TypeAlias = NDArray[np.str_]

Status = Literal["complete", "partial", "refused", "no_answer", "ineligible"]
Mode = Literal["self", "interview", "interpreter", "paper"]
By = Literal["self", "proxy"]
STATUSES: tuple[Status, ...] = get_args(Status)
MODES: tuple[Mode, ...] = get_args(Mode)
BY: tuple[By, ...] = get_args(By)


class Drawn(Protocol):
    """What is needed of a sample: its rows, a pandas frame with `token` and the columns of the strata."""

    @property
    def rows(self) -> Any:
        """One row per person drawn."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What those drawn for one wave answered; every array has one place per row of the sample, in its order.

    Attributes:
        survey: id of the survey.
        period: the wave's period.
        items: by `instrument.item`, the code or number answered, NaN where none; a free text is 1 where something was
            written, and what was written is not kept. A choice that says "not answered" (`missing`) is NaN.
        status: of each person, one of `STATUSES`.
        mode: how they answered, one of `MODES`; empty where nothing says so.
        by: who answered, one of `BY`; empty where nothing says so.
        line: line of the file the answers stand in; 0 for a person without.
        set_aside: rows of the file that are not used; each is named in a problem.
    """

    survey: str
    period: str
    items: Mapping[str, FloatArray]
    status: TextArray
    mode: TextArray
    by: TextArray
    line: IntArray
    set_aside: int

    def of(self, instrument: str, item: str) -> FloatArray:
        """Return the answers to one item, shape (persons,)."""
        return self.items[f"{instrument}.{item}"]


@dataclass(frozen=True, slots=True)
class ResponseRate:
    """How many of a group answered, as AAPOR counts it.

    Attributes:
        group: values of the columns, in the order asked for; () for all.
        drawn: persons drawn, the sum of the five counts that follow.
        complete: I, partial: P, refused: R, no_answer: NC and O. The frame is a register, so that nobody's
            eligibility is unknown: UH and UO are 0.
        ineligible: in no denominator.
        proxy: of complete and partial, those answered by somebody else.
        rr1: I / (I + P + R + NC + O), 0-1; None where nobody is eligible.
        rr2: (I + P) / the same.
    """

    group: tuple[object, ...]
    drawn: int
    complete: int
    partial: int
    refused: int
    no_answer: int
    ineligible: int
    proxy: int

    @property
    def eligible(self) -> int:
        """Persons drawn who belong to the population."""
        return self.drawn - self.ineligible

    @property
    def rr1(self) -> float | None:
        """Return the least response rate: complete answers only."""
        return self.complete / self.eligible if self.eligible else None

    @property
    def rr2(self) -> float | None:
        """Return the response rate that counts partial answers too."""
        return (self.complete + self.partial) / self.eligible if self.eligible else None
