"""Indicators: what is measured for goals, by which dated rule of counting, from where and how often."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from pejl.text import message
from pejl.workspace.base import (
    Day,
    Declared,
    Identifier,
    LocalText,
    Many,
    PeriodField,
    SourceRef,
    Words,
)
from pejl.workspace.counting import Counting
from pejl.workspace.problems import DeclarationError
from pejl.workspace.registers import Place
from pejl.workspace.surveys import Asking
from pejl.workspace.vocabulary import MeasureKind


class DefinitionVersion(Declared):
    """One dated rule of counting: what is counted, over what, with the words of its source or ours."""

    version: Words
    valid_from: Day | None = None
    definition: LocalText
    numerator: LocalText | None = None
    denominator: LocalText | None = None
    standing: Literal["source", "proposal"] = "source"
    sql: Words | None = None
    sources: Many[SourceRef] = ()


class Break(Declared):
    """Comparability ends here: periods before `at` cannot be compared with those from `at` on."""

    at: PeriodField
    note: LocalText


class Rhythm(Declared):
    """When it is measured: the list of periods, not a rule; or every year."""

    every_year: bool = False
    periods: Many[PeriodField] = ()
    note: LocalText | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Rhythm:
        if self.every_year == bool(self.periods):
            raise DeclarationError(
                message("a rhythm is either 'every_year: true' or a list of 'periods'"),
                message("Keep one of them."),
            )
        return self


class IndicatorRelation(Declared):
    """What anybody who reads the definitions knows of two indicators, cell by cell; disclosure control reckons with it.

    - `part_of`: what this one counts is among what the other counts.
    - `same_count`: both count the same.
    - `same_base`: both have the same denominator.
    - `base_is`: this one's denominator is what the other counts.
    - `from_stock`, `to_stock`: this one counts transitions; those that begin (end) at a code of `dimension` are what
      the other counted at the same code of its `other_dimension` in the period before (after), `at_most` where some
      of them are in no transition.
    """

    kind: Literal["part_of", "same_count", "same_base", "base_is", "from_stock", "to_stock"]
    indicator: Identifier
    dimension: Identifier | None = None
    other_dimension: Identifier | None = None
    at_most: bool = False
    codes: Many[Words] = ()

    @model_validator(mode="after")
    def _stocks_have_dimensions(self) -> IndicatorRelation:
        stock = self.kind in ("from_stock", "to_stock")
        if stock != (self.dimension is not None and self.other_dimension is not None):
            raise DeclarationError(
                message("'dimension' and 'other_dimension' belong to relations of transitions to stocks"),
                message("Give both for 'from_stock' and 'to_stock', and neither otherwise."),
                key="kind",
            )
        return self


class Indicator(Declared):
    """What is measured: definition in versions, unit, scope, population, source, rhythm, breaks.

    An indicator fed by figures others published has the name of their series as its id. One counted from registers
    says how (`counting`) and where that can be done (`made_at`): elsewhere than there its numbers are figures carried
    home. `variant_of` is the indicator of which it is another lawful definition. `rate_per` asks for the rate per so
    many inhabitants beside a count. `plain` is its title in words that are easy to read. Of a `sensitive` trait nobody
    may learn that everybody in a small group has it, or nobody.
    """

    id: Identifier
    title: LocalText
    plain: LocalText | None = None
    unit: Identifier
    kind: MeasureKind | None = None
    scope: Identifier
    population: Identifier | None = None
    dimensions: Many[Identifier] = ()
    breakdown: Identifier | None = None
    source: Literal["figures", "registers", "survey"] = "figures"
    made_at: Place = "municipality"
    counting: Counting | None = None
    asking: Asking | None = None
    variant_of: Identifier | None = None
    relations: Many[IndicatorRelation] = ()
    sensitive: bool = False
    published_by: LocalText
    versions: Many[DefinitionVersion] = Field(min_length=1)
    breaks: Many[Break] = ()
    rhythm: Rhythm | None = None
    rate_per: int | None = Field(default=None, ge=1)
    sources: Many[SourceRef] = ()
    outside_factors: Many[LocalText] = ()
    note: LocalText | None = None

    @model_validator(mode="after")
    def _counting_given(self) -> Indicator:
        if (self.source == "registers") != (self.counting is not None):
            raise DeclarationError(
                message("'source: registers' and 'counting' belong together"),
                message("Give both, or neither."),
                key="source",
            )
        if (self.source == "survey") != (self.asking is not None):
            raise DeclarationError(
                message("'source: survey' and 'asking' belong together"),
                message("Give both, or neither."),
                key="source",
            )
        return self
