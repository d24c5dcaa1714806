"""The columns of the targets workbook, the same on the way out and on the way in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pejl.exchange.choices import (
    BASELINE_WORDS,
    CHANGE_WORDS,
    KINDS,
    NOT_FIXED_WORDS,
    STANDING_WORDS,
    STRICT_WORDS,
    Choices,
    worded,
)
from pejl.exchange.columns import Column, column
from pejl.text import Language, Message, message
from pejl.workspace.model import Workspace

ENGLISH = "_en"
NUMBERS = ("value", "change", "relative_change")
VERSIONED = ("kind", *NUMBERS, "strict", "period", "standing")
"""What makes a target another one; everything else about it is told beside it."""

FIXED = ("kind_of_data", "timetable")
TEXTS = ("owed_by", *FIXED)


@dataclass(frozen=True, slots=True)
class TargetColumns:
    """The columns, and the lists behind them."""

    columns: Sequence[Column]
    kinds: Choices
    standings: Choices
    strict: Choices
    change: Choices
    not_fixed: Choices
    baseline: Choices

    def title(self, name: str) -> str:
        """Return the header of a column."""
        return next(each.title for each in self.columns if each.name == name)


def target_columns(workspace: Workspace, language: Language) -> TargetColumns:
    """Return the columns of the data sheet; those for English texts only where the workspace has them."""
    kinds, standings = worded(KINDS, language), worded(STANDING_WORDS, language)
    strict, change = worded(STRICT_WORDS, language), worded(CHANGE_WORDS, language)
    columns = [
        *_about(language),
        *_baseline(language),
        column(
            "change_kind",
            message("What is this?"),
            message(
                "A new decision is written below the old one, which stays. A correction mends the old one itself. "
                "Empty means a new decision."
            ),
            language,
            width=18,
            choices=change,
        ),
        column(
            "kind",
            message("Kind of target"),
            message("What was set: a level, a change, a direction alone, or nothing yet."),
            language,
            width=22,
            choices=kinds,
            needed=True,
        ),
        column(
            "value",
            message("Target"),
            message("The number to be reached, in the unit of the row. Only for a level, at least, or at most."),
            language,
            width=11,
            entry="number",
            needed=True,
        ),
        column(
            "strict",
            message("Limit"),
            message("Choose this where the number itself does not count: below 1,1 percent."),
            language,
            width=16,
            choices=strict,
        ),
        column(
            "change",
            message("Change"),
            message("By how much it is to change, in the unit of the row; −60 is sixty fewer."),
            language,
            width=11,
            entry="number",
        ),
        column(
            "relative_change",
            message("Change in percent"),
            message("By how many percent of the baseline it is to change; −5 is five percent fewer."),
            language,
            width=11,
            entry="number",
        ),
        column(
            "period",
            message("To be reached in"),
            message("The period the target is for: 2017, 2016/2017, 31-12-2017."),
            language,
            width=12,
            entry="period",
        ),
        column("standing", message("Standing"), message("How far the decision is."), language, choices=standings),
        column(
            "set_on",
            message("Decided on"),
            message("The day of the decision. A new decision that is adopted needs one."),
            language,
            width=13,
            entry="day",
        ),
        column(
            "source",
            message("Source"),
            message("Where the new decision stands: meeting, item, document. Only read with a new decision."),
            language,
            width=34,
        ),
        *_texts(
            workspace, "note", message("Note"), message("What a reader should know of the new decision."), language
        ),
        column(
            "to_be_set_by",
            message("To be set by"),
            message("The day by which a number is to be set, where none is set yet."),
            language,
            width=13,
            entry="day",
        ),
        *_texts(
            workspace,
            "owed_by",
            message("Who owes it"),
            message("Who is to set the number, or to find a way to measure it."),
            language,
        ),
        *_fixed(workspace, language),
        column(
            "goal",
            message("Id"),
            message("The goal's name in the program. The row belongs to this goal; do not change it."),
            language,
            width=26,
            locked=True,
            needed=True,
        ),
    ]
    not_fixed, baseline = worded(NOT_FIXED_WORDS, language), worded(BASELINE_WORDS, language)
    return TargetColumns(columns, kinds, standings, strict, change, not_fixed, baseline)


def _about(language: Language) -> list[Column]:
    return [
        column("code", message("No."), message("The goal's number as printed."), language, width=7, locked=True),
        column("title", message("Goal"), message("The goal as it was decided."), language, width=44, locked=True),
        column("strategy", message("Strategy"), message("The strategy it stands in."), language, width=24, locked=True),
        column(
            "unit",
            message("Unit of measure"),
            message("What the goal's numbers count."),
            language,
            width=14,
            locked=True,
        ),
        column("now", message("Now"), message("The target as it stands."), language, width=30, locked=True),
    ]


def _baseline(language: Language) -> list[Column]:
    return [
        column(
            "baseline_period",
            message("Baseline: period"),
            message("The period one starts from."),
            language,
            width=16,
            entry="period",
        ),
        column(
            "baseline_value",
            message("Baseline: number"),
            message("The number as the document prints it, or the words: not known. Empty: the series' own figure."),
            language,
            width=16,
        ),
    ]


def _fixed(workspace: Workspace, language: Language) -> list[Column]:
    words = message("What the committee fixed for the goal, or the words: not fixed yet; fixed, but not known here.")
    return [
        column("weight", message("Weight"), words, language, width=18),
        *_texts(workspace, "kind_of_data", message("Kind of data"), words, language),
        *_texts(workspace, "timetable", message("Timetable"), words, language),
    ]


def _texts(workspace: Workspace, name: str, title: Message, words: Message, language: Language) -> list[Column]:
    own = column(name, title, words, language, width=28)
    if "en" not in workspace.settings.languages:
        return [own]
    translated = message("{column}, in English", column=title)
    return [own, column(name + ENGLISH, translated, message("The same in English."), language, width=28)]
