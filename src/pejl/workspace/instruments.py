"""Instruments: questions with their answers, unchanged, their credit and licence, and the rule of scoring."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from pejl.text import message
from pejl.workspace.base import Declared, Identifier, LocalText, Many, Number, SourceRef, Words
from pejl.workspace.problems import DeclarationError

ItemKind = Literal["choice", "number", "text"]
ScoreRule = Literal["sum", "mean", "item", "top_box", "none"]


class Answer(Declared):
    """One answer a person can choose: its code and its words; `missing` where it says that nothing was answered."""

    code: int
    label: LocalText
    missing: bool = False


class Item(Declared):
    """One question. A `choice` has `answers`, a `number` goes from `lowest` to `highest`, a `text` is free."""

    id: Identifier
    text: LocalText
    kind: ItemKind = "choice"
    answers: Many[Answer] = ()
    lowest: int | None = None
    highest: int | None = None

    @model_validator(mode="after")
    def _answerable(self) -> Item:
        if self.kind == "choice" and len(self.answers) < 2:
            raise DeclarationError(
                message("a question with answers to choose from needs at least two"), message("List them in 'answers'.")
            )
        if self.kind == "number" and (self.lowest is None or self.highest is None):
            raise DeclarationError(
                message("a question answered by a number needs 'lowest' and 'highest'"), message("Give both.")
            )
        return self


class CutOff(Declared):
    """A line through the scores: those on its side count. It is printed wherever its figure is."""

    id: Identifier
    title: LocalText
    at_least: Number | None = None
    at_most: Number | None = None
    sources: Many[SourceRef] = ()

    @model_validator(mode="after")
    def _one_side(self) -> CutOff:
        if (self.at_least is None) == (self.at_most is None):
            raise DeclarationError(
                message("a cut-off has either 'at_least' or 'at_most'"), message("Keep one of them.")
            )
        return self


class ScoreBand(Declared):
    """A range of scores with a name, both ends included."""

    id: Identifier
    title: LocalText
    lowest: Number
    highest: Number


class Score(Declared):
    """How answers become one number.

    `sum` and `mean` are over the items, `item` is the one item's own answer, each times `factor`. `top_box` is 1 where
    the one item's answer is among `boxes`, else 0. `least_answered` is how many items must be answered; all if not
    given. Nothing is filled in.
    """

    rule: ScoreRule
    factor: int = 1
    boxes: Many[int] = ()
    least_answered: int | None = Field(default=None, ge=1)


class Instrument(Declared):
    """A questionnaire, or one question, that is always asked in the same words.

    `unchanged`: the licence or the validation asks that no word is altered. `self_report`: answers given by somebody
    else are recorded and never counted.
    """

    id: Identifier
    title: LocalText
    version: Words
    credit: LocalText
    licence: LocalText
    unchanged: bool = False
    self_report: bool = True
    introduction: LocalText | None = None
    items: Many[Item] = Field(min_length=1)
    score: Score
    cut_offs: Many[CutOff] = ()
    bands: Many[ScoreBand] = ()
    sources: Many[SourceRef] = ()
    note: LocalText | None = None
