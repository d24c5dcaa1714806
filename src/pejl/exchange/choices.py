"""What can be chosen from a list in a workbook: shown in words, understood in words of either language or as the id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pejl.text import LANGUAGES, Language, Message, message
from pejl.workspace.base import LocalText
from pejl.workspace.kinds import TargetKind
from pejl.workspace.states import State

STATES: Mapping[str, Message] = {
    State.MEASURED: message("measured"),
    State.ESTIMATE: message("estimate"),
    State.NO_DATA: message("no data for the period"),
    State.NOT_DUE: message("not measured in this period"),
    State.NO_METHOD: message("cannot be measured yet"),
    State.NOT_COLLECTED: message("not fetched for this presentation"),
    State.WITHHELD: message("not shown, to protect people's anonymity"),
}
KINDS: Mapping[str, Message] = {
    TargetKind.LEVEL: message("a level"),
    TargetKind.AT_LEAST: message("at least"),
    TargetKind.AT_MOST: message("at most"),
    TargetKind.CHANGE: message("a change"),
    TargetKind.RELATIVE_CHANGE: message("a change in percent"),
    TargetKind.CHANGE_AND_RELATIVE: message("a change, and in percent"),
    TargetKind.DIRECTION: message("a direction alone"),
    TargetKind.NOT_SET: message("no number is set yet"),
    TargetKind.NOT_KNOWN: message("set, but not known to us"),
}
STANDING_WORDS: Mapping[str, Message] = {
    "adopted": message("adopted"),
    "proposed": message("proposed"),
    "draft": message("draft"),
}
NEW_DECISION, CORRECTION = "decision", "correction"
CHANGE_WORDS: Mapping[str, Message] = {
    NEW_DECISION: message("a new decision"),
    CORRECTION: message("a correction of what is written here"),
}
STRICT = "strict"
STRICT_WORDS: Mapping[str, Message] = {STRICT: message("the number itself does not count")}
NOT_FIXED_WORDS: Mapping[str, Message] = {
    "not_known": message("fixed, but not known here"),
    "not_set": message("not fixed yet"),
}
BASELINE_WORDS: Mapping[str, Message] = {"not_known": message("not known")}


class Choices:
    """The choices of one list: what each is called, and what else it may be called."""

    def __init__(self, labels: Mapping[str, str], names: Mapping[str, set[str]]) -> None:
        self.labels = labels
        self._names = names

    def shown(self) -> Sequence[str]:
        """Return the labels, as they stand in the list."""
        return list(self.labels.values())

    def label(self, choice: str) -> str:
        """Return what `choice` is called in the workbook."""
        return self.labels.get(choice, choice)

    def find(self, written: str) -> str | None:
        """Return the choice that `written` names; None where it names none, or more than one."""
        found = self._names.get(_plain(written), set())
        return next(iter(found)) if len(found) == 1 else None

    def known(self) -> Sequence[str]:
        """Return everything that may be written, for a "did you mean"."""
        return [*self.labels.values(), *self.labels]


def _plain(written: str) -> str:
    return " ".join(written.casefold().split())


def worded(words: Mapping[str, Message], language: Language) -> Choices:
    """Return the choices that the words of the program name."""
    labels = {str(choice): said.render(language) for choice, said in words.items()}
    names: dict[str, set[str]] = {}
    for choice, said in words.items():
        for name in (str(choice), *(said.render(each) for each in LANGUAGES)):
            names.setdefault(_plain(name), set()).add(str(choice))
    return Choices(labels, names)


def titled(
    things: Iterable[tuple[str, LocalText, Iterable[str]]], language: Language, *, always_id: bool = False
) -> Choices:
    """Return the choices that titles of the workspace name; titles that several have carry the id.

    Args:
        things: the id, the title and other spellings of each.
        language: of the labels; both languages are understood.
        always_id: let every label carry the id.
    """
    listed = [(choice, title, tuple(others)) for choice, title, others in things]
    often = Counter(_plain(title.text(language)) for _, title, _ in listed)
    labels, names = {}, dict[str, set[str]]()
    for choice, title, others in listed:
        words = title.text(language)
        labels[choice] = f"{words} ({choice})" if always_id or often[_plain(words)] > 1 else words
        texts = [text for text in (title.da, title.en) if text is not None]
        with_id = [f"{text} ({choice})" for text in texts]
        for name in (choice, *texts, *with_id, *others):
            names.setdefault(_plain(name), set()).add(choice)
    for choice in labels:  # an id names its own thing, whatever else is called so
        names[_plain(choice)] = {choice}
    return Choices(labels, names)
