"""The two halves of a verdict as pages show them: a sign, a colour and words, never the colour alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pejl.judge.statuses import DEVELOPMENT_WORDS, SIGN_WORDS, TARGET_WORDS, Development, TargetStatus
from pejl.publish.sentences import is_told_by_no_number
from pejl.publish.words import (
    DEVELOPMENT_SYMBOLS,
    NO_SYMBOL,
    TARGET_SYMBOLS,
    development_words,
    remarks,
    rule_words,
    target_words,
)
from pejl.site.pages.wording import Record, capital, sentence
from pejl.text import Language, message

Half = Literal["target", "development"]
Tone = Literal["good", "neutral", "bad", "quiet"]

TARGET_TONES: dict[TargetStatus, Tone] = {
    TargetStatus.REACHED: "good",
    TargetStatus.ON_TRACK: "good",
    TargetStatus.BEHIND: "neutral",
    TargetStatus.NOT_REACHED: "bad",
}
DEVELOPMENT_TONES: dict[Development, Tone] = {
    Development.RIGHT_WAY: "good",
    Development.STEADY: "good",
    Development.NO_CLEAR_CHANGE: "neutral",
    Development.WRONG_WAY: "bad",
}
"""The colours; everything else is quiet: nothing is said of it, so it has no colour."""


_MANY_NUMBERS = message("What changed cannot be told by one number.")


@dataclass(frozen=True, slots=True)
class Mark:
    """One half of a verdict.

    Attributes:
        half: target or development.
        code: of the verdict, such as `not_reached`.
        symbol: one sign that stands for it.
        tone: the colour.
        words: the verdict in words, without why.
        full: the verdict with why, where there is more to say.
    """

    half: Half
    code: str
    symbol: str
    tone: Tone
    words: str
    full: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Both halves; neither is ever missing."""

    target: Mark
    development: Mark


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why the verdict is what it is.

    Attributes:
        target: the rule that decided the first half, as a sentence.
        development: the rule that decided the second.
        remarks: what else a reader must know; it changed nothing.
    """

    target: str
    development: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many goals have one half of a verdict."""

    mark: Mark
    goals: int


def target_mark(code: str, language: Language, full: str | None = None) -> Mark:
    """Return the first half of a verdict by its code."""
    status = TargetStatus(code)
    words = capital(TARGET_WORDS[status].render(language))
    symbol = TARGET_SYMBOLS.get(status, NO_SYMBOL)
    return Mark("target", code, symbol, TARGET_TONES.get(status, "quiet"), words, capital(full or words))


def development_mark(code: str, language: Language, full: str | None = None, *, sign: bool = False) -> Mark:
    """Return the second half by its code; `sign` is True for a sign of success, which is seen or not."""
    development = Development(code)
    words = DEVELOPMENT_WORDS[development]
    words = SIGN_WORDS.get(development, words) if sign else words
    said = capital(words.render(language))
    symbol = DEVELOPMENT_SYMBOLS.get(development, NO_SYMBOL)
    return Mark("development", code, symbol, DEVELOPMENT_TONES.get(development, "quiet"), said, capital(full or said))


def verdict(goal: Record, language: Language) -> Verdict:
    """Return both halves of a judged goal."""
    sign = goal["target_status"] == TargetStatus.DIRECTION_ONLY
    return Verdict(
        target_mark(goal["target_status"], language, target_words(goal, language, beside_figures=True)),
        development_mark(
            goal["development"], language, development_words(goal, language, beside_figures=True), sign=sign
        ),
    )


def reasons(goal: Record, language: Language) -> Reasons:
    """Return why a goal is judged as it is: the two rules of the table that decided, then the remarks."""
    rules = {
        reason["half"]: rule_words(reason, language)
        for reason in reversed(goal["reasons"])
        if rule_words(reason, language)
    }
    return Reasons(
        sentence(rules.get("target") or ""),
        sentence((_MANY_NUMBERS.render(language) if is_told_by_no_number(goal) else rules.get("development")) or ""),
        tuple(sentence(words) for words in remarks(goal, language)),
    )


def counts(goals: Iterable[Record], language: Language) -> tuple[tuple[Count, ...], tuple[Count, ...]]:
    """Return how many goals have which half: the targets', then the developments', each in the order of its words."""
    known = list(goals)
    targets = Counter(goal["target_status"] for goal in known)
    developments = Counter(goal["development"] for goal in known)
    return (
        tuple(Count(target_mark(code, language), targets[code]) for code in TargetStatus if targets[code]),
        tuple(
            Count(development_mark(code, language), developments[code]) for code in Development if developments[code]
        ),
    )
