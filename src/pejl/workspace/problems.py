"""What is wrong with a workspace: problems and warnings, each with its place and its mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pejl.text import Language, Message, message
from pejl.workspace.spelling import closest

SHOWN_VALUE_LENGTH = 60


OVERDUE = frozenset({"number_not_set"})
"""Problems of a decision that is late. They are said, but stop no work: the sheet that helps to make the decision,
and the status that shows it is missing, are needed just then.
"""


class Severity(StrEnum):
    """A problem stops the work; a warning does not."""

    PROBLEM = "problem"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file of the workspace: path relative to the workspace, line and column from 1.

    Line and column are None where the problem is the file itself (it is missing, it is not text).
    """

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, which value, and how to mend it.

    `code` is stable and may be used by other programs; `value` is the offending text, shortened.
    """

    severity: Severity
    code: str
    location: Location
    what: Message
    mend: Message
    value: str | None = None

    def as_dict(self, language: Language) -> dict[str, object]:
        """Return the problem as plain data, sentences in `language`."""
        return {
            "severity": str(self.severity),
            "code": self.code,
            "file": self.location.file,
            "line": self.location.line,
            "column": self.location.column,
            "value": self.value,
            "message": self.what.render(language),
            "mend": self.mend.render(language),
        }


class DeclarationError(ValueError):
    """A declaration contradicts itself; says what is wrong, how to mend it, and at which key."""

    def __init__(self, what: Message, mend: Message, key: str | None = None) -> None:
        super().__init__(what.render("en"))
        self.what = what
        self.mend = mend
        self.key = key


class Problems:
    """Collects problems, so that all of them are reported at once."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(
        self,
        code: str,
        location: Location,
        what: Message,
        mend: Message,
        *,
        value: object = None,
        warning: bool = False,
    ) -> None:
        """Note one problem, or one warning."""
        severity = Severity.WARNING if warning else Severity.PROBLEM
        shown = None if value is None else shorten(str(value))
        self._found.append(Problem(severity, code, location, what, mend, shown))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems found elsewhere."""
        self._found.extend(problems)

    def sorted(self) -> tuple[Problem, ...]:
        """Return all problems by file, line and column."""
        return tuple(
            sorted(
                self._found,
                key=lambda problem: (
                    problem.location.file,
                    problem.location.line or 0,
                    problem.location.column or 0,
                    problem.code,
                ),
            )
        )


def shorten(value: str) -> str:
    """Return `value` on one line and short enough to print."""
    line = " ".join(value.split())
    return line if len(line) <= SHOWN_VALUE_LENGTH else line[: SHOWN_VALUE_LENGTH - 1] + "…"


def did_you_mean(word: object, known: Iterable[str], otherwise: Message) -> Message:
    """Return "did you mean …" for the known word closest to `word`, or `otherwise`."""
    close = closest(word, known)
    return message("Did you mean '{word}'?", word=close) if close is not None else otherwise
