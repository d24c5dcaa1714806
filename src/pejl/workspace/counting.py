"""How an indicator is counted from registers: the declared half of the contract; who counts is SQL."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from pejl.text import message
from pejl.workspace.base import Declared, Identifier, Many, Words
from pejl.workspace.problems import DeclarationError

CountedThing = Literal["person", "household", "case", "employee", "spell"]
CountedPeriod = Literal["year", "quarter", "school_year", "transition", "date"]
AsOf = Literal["event", "period_start", "period_end"]
Unknown = Literal["keep", "leave_out"]


class Way(Declared):
    """The way from what is counted to persons: a register or model with one row for each person of a `key`.

    A household has several persons: then the row whose column `reference` is true is the one whose standing
    (district, age …) the household has; all of them count in `n`.
    """

    relation: Identifier
    key: Identifier
    person: Identifier = "person"
    reference: Identifier | None = None


class CellSet(Declared):
    """One breakdown by an indicator's own dimensions, alone or crossed with others."""

    by: Many[Identifier] = Field(min_length=1)


class Counting(Declared):
    """The contract of an indicator's SQL.

    The SQL gives one row per `row`, with `period` (or `event_date`), the person's key (`person`, or the `key` of
    `way`), `numerator`, `denominator` unless it is a count, and a column for each dimension of its own.

    `as_of` is the day at which standing dimensions (district, age, target group …) are read. `unknown` says what
    happens to persons whose standing is unknown: they are kept under the declared code of the unknown, or left out.
    `per` is the factor of a rate or a ratio: 1000 for "per 1,000", 100 for percent.
    """

    sql: Words | None = None
    unit: CountedThing
    row: Many[Identifier] = Field(min_length=1)
    way: Way | None = None
    period: CountedPeriod = "year"
    as_of: AsOf = "period_end"
    unknown: Unknown = "keep"
    cubes: Many[Identifier] = ()
    sets: Many[CellSet] = ()
    per: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _way_given(self) -> Counting:
        if self.unit == "household" and (self.way is None or self.way.reference is None):
            raise DeclarationError(
                message("households are counted, but 'way' does not lead to their persons"),
                message("Give 'way' with 'relation', 'key', 'person' and 'reference'."),
                key="unit",
            )
        return self
