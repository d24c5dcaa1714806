"""The states of a value: what it is, or which kind of nothing it is."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Every value has one; only the first two come with a number.

    Six kinds of "no number" are told apart, because they call for different acts: waiting, asking, fetching,
    inventing a method, or respecting that people must not be recognised.
    """

    MEASURED = "measured"
    ESTIMATE = "estimate"
    NO_DATA = "no_data"
    NOT_DUE = "not_due"
    NO_METHOD = "no_method"
    NOT_COLLECTED = "not_collected"
    WITHHELD = "withheld"

    @property
    def has_value(self) -> bool:
        """Tell whether a value in this state has a number."""
        return self in (State.MEASURED, State.ESTIMATE)
