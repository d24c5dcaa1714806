"""Two drafts side by side: declared strategies goal by goal, as `pejl diff` does it; plain texts by paragraph."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from pejl.publish.diff import CHANGE_WORDS, diff_record
from pejl.text import Message, message
from pejl.workspace.problems import Problem, Problems
from pejl.workspace.strategies import Strategy
from pejl.workspace.strategy_diff import ChangeKind
from pejl.workspace.validation import validate
from pejl.workspace.yaml_source import read_yaml

FILE = "draft"
"""What a draft is called where a problem says in which file it is."""


class NotAStrategyError(Exception):
    """A text is no strategy as the workspace declares one; `problems` says all that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@lru_cache(maxsize=64)
def strategy_of(text: str) -> Strategy:
    """Return the strategy that a text declares.

    Raises:
        NotAStrategyError: it declares none, or one with problems of form.
    """
    problems = Problems()
    data = read_yaml(text, FILE, problems)
    found = validate(Strategy, data, problems).declared if data is not None else None
    if found is None or problems.sorted():
        raise NotAStrategyError(problems.sorted())
    return found


def compare_strategies(old: str, new: str) -> dict[str, Any]:
    """Return what became of every goal from one declared strategy to another, as `pejl diff --format json` has it.

    Raises:
        NotAStrategyError: one of them is none.
    """
    return diff_record(strategy_of(old), strategy_of(new))


def counts(record: dict[str, Any]) -> list[tuple[Message, int]]:
    """Return in words how many goals of each kind of change there are, those that there are."""
    return [(CHANGE_WORDS[kind], count) for kind in ChangeKind if (count := record["counts"][str(kind)])]


def change_words(kind: str) -> Message:
    """Return a kind of change in words."""
    return CHANGE_WORDS[ChangeKind(kind)]


class ParagraphChange(StrEnum):
    """What became of a paragraph."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


PARAGRAPH_WORDS = {
    ParagraphChange.KEPT: message("unchanged"),
    ParagraphChange.REMOVED: message("taken out"),
    ParagraphChange.ADDED: message("new"),
}
"""Every change in words."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and what became of it."""

    change: ParagraphChange
    text: str


def compare_texts(old: str, new: str) -> list[Paragraph]:
    """Return the paragraphs of two texts in order: what was taken out stands before what is new in its place."""
    return list(_paragraphs(_split(old), _split(new)))


def _paragraphs(before: list[str], after: list[str]) -> Iterator[Paragraph]:
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            yield from (Paragraph(ParagraphChange.KEPT, text) for text in before[old_from:old_to])
        else:
            yield from (Paragraph(ParagraphChange.REMOVED, text) for text in before[old_from:old_to])
            yield from (Paragraph(ParagraphChange.ADDED, text) for text in after[new_from:new_to])


def _split(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.replace("\r", "")) if part.strip()]


def declared_in(root: Path) -> dict[str, str]:
    """Return the text of every strategy that a workspace declares, by its id; those with problems are left out."""
    found = {}
    for path in sorted((root / "strategy").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        try:
            found[strategy_of(text).id] = text
        except NotAStrategyError:
            continue
    return found
