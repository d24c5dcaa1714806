"""States in one table, and one place that says what may follow what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from pejl.office.core.refusals import NotNowError
from pejl.text import Message, message

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True)
class Workflow(Generic[State]):
    """What can happen to something, as one table.

    Attributes:
        words: each state in words.
        moves: by state and act the state that follows. What is not in the table cannot be done.
    """

    words: Mapping[State, Message]
    moves: Mapping[tuple[State, str], State]

    def can(self, state: State, act: str) -> bool:
        """Tell whether `act` can be done now."""
        return (state, act) in self.moves

    def after(self, state: State, act: str) -> State:
        """Return the state that follows.

        Raises:
            NotNowError: `act` cannot be done in this state.
        """
        try:
            return self.moves[state, act]
        except KeyError:
            raise NotNowError(
                message("this cannot be done now: the state is “{state}”", state=self.words[state])
            ) from None

    def rows(self) -> list[tuple[State, str, State]]:
        """Return the table, row by row, as documentation prints it."""
        return [(state, act, after) for (state, act), after in self.moves.items()]
