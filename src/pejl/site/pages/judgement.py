"""How goals are judged: the table of rules itself, row by row, as the code has it."""

from __future__ import annotations

from dataclasses import dataclass

from pejl.judge.rules import DEVELOPMENT_RULES, TARGET_RULES
from pejl.judge.statuses import Development, TargetStatus
from pejl.publish.words import REASON_WORDS, REMARKS
from pejl.site.page import Here, Page
from pejl.site.pages.contents import Contents
from pejl.site.pages.status import footnote
from pejl.site.pages.verdicts import Mark, development_mark, target_mark
from pejl.site.pages.wording import sentence
from pejl.text import Language, Message


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule: its place in the table, when it holds, and the verdict it gives."""

    number: int
    when: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class JudgementPage:
    """What the page of rules shows.

    Attributes:
        target: the rules for the first half, read from the top.
        development: those for the second.
        target_words: every verdict of the first half with its sign.
        development_words: every verdict of the second.
        sign_words: what three of them are called for a sign of success.
        remarks: what may stand beside a verdict without changing it.
        footnote: what all verdicts of this release together mean.
    """

    target: tuple[RuleRow, ...]
    development: tuple[RuleRow, ...]
    target_words: tuple[Mark, ...]
    development_words: tuple[Mark, ...]
    sign_words: tuple[Mark, ...]
    remarks: tuple[str, ...]
    footnote: str | None


_NOT_HERE = frozenset({"later_figure_missing"})
"""Remarks that say nothing without the figure they stand beside."""


def select(contents: Contents, language: Language) -> JudgementPage:
    """Return the rules in words."""
    return JudgementPage(
        target=tuple(
            RuleRow(place, sentence(rule.when.render(language)), target_mark(rule.status, language))
            for place, rule in enumerate(TARGET_RULES, start=1)
        ),
        development=tuple(
            RuleRow(place, sentence(rule.when.render(language)), development_mark(rule.status, language))
            for place, rule in enumerate(DEVELOPMENT_RULES, start=1)
        ),
        target_words=tuple(target_mark(status, language) for status in TargetStatus),
        development_words=tuple(development_mark(status, language) for status in Development),
        sign_words=tuple(
            development_mark(status, language, sign=True)
            for status in (Development.RIGHT_WAY, Development.NO_CLEAR_CHANGE, Development.WRONG_WAY)
        ),
        remarks=tuple(
            sentence(Message(REASON_WORDS[code].id, {"baseline": "…"}).render(language))
            for code in REMARKS
            if code not in _NOT_HERE
        ),
        footnote=footnote(contents, language),
    )


def page(here: Here) -> Page:
    """Return the page of rules."""
    return Page(
        "pages/judgement.html",
        here.t("How we judge whether a goal is reached"),
        here.t("Every verdict has two halves, and every half follows a fixed rule. Here are all the rules."),
        values={"model": select(Contents(here.release), here.language)},
    )
