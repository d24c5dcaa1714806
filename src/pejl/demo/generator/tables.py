"""The registers: their columns, and how columns are held in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from pejl.demo.generator.days import Bools, Floats, Ints

Kind = Literal["person", "integer", "number", "date", "boolean", "text"]


@dataclass(frozen=True, slots=True)
class Text:
    """A column of texts: `codes` are places in `words`, -1 where there is none."""

    codes: Ints
    words: tuple[str, ...]


Column: TypeAlias = "Ints | Floats | Bools | Text"
Table: TypeAlias = dict[str, Column]


def _columns(declared: str) -> dict[str, Kind]:
    kinds: dict[str, Kind] = {
        "p": "person", "i": "integer", "n": "number", "d": "date", "b": "boolean", "t": "text",
    }  # fmt: skip
    return {name: kinds[kind] for name, kind in (word.split(":") for word in declared.split())}


REGISTERS: Final[dict[str, dict[str, Kind]]] = {
    name: _columns(declared)
    for name, declared in {
        "persons": "person:p birth_date:d sex:t death_date:d",
        "residence": "person:p from_day:d to_day:d district:t address_type:t",
        "housing_assignments": "assignment_id:i person:p assigned_on:d",
        "stays": "stay_id:i person:p from_day:d to_day:d section:t unit:t",
        "homelessness": "registration_id:i person:p from_day:d to_day:d situation:t",
        "households": "household:i person:p from_day:d to_day:d reference:b",
        "evictions": "eviction_id:i household:i stage:t stage_day:d",
        "support": "support_id:i person:p from_day:d to_day:d section:t target_group:t unit:t hours_per_week:n aim:t",
        "support_delivered": "person:p week_first:d unit:t minutes:i",
        "ffb_assessments": "assessment_id:i person:p assessed_on:d theme:t level:t",
        "treatments": "course_id:i person:p from_day:d to_day:d kind:t end_status:t",
        "cases": "case_id:i person:p area:t received_on:d decided_on:d notified_on:d",
        "time_limits": "area:t valid_from:d valid_to:d amount:i in_unit:t",
        "complaints": "complaint_id:i case_id:i received_on:d decided_on:d outcome:t",
        "pupils": "person:p school_year:t school:t special_class:b",
        "school_absence": "person:p month_first:d school_days:i illness_days:n lawful_days:n unlawful_days:n",
        "employees": "employment_id:i person:p from_day:d to_day:d unit:t trainee:b",
        "pay_months": "person:p month_first:d unit:t fte:n",
        "sick_absence": "absence_id:i person:p unit:t from_day:d to_day:d working_days:n",
        "units": "unit:t name:t centre:t from_day:d to_day:d",
        "contact": "person:p address_key:i protected_address:b outside_digital_post:b guardianship:b easy_read:b",
        "income": "person:p year:i household:i equivalised_income:n net_wealth:n sdgfat_lavindkomst:i sdgfat_nf:i "
        "sdgfat_stud:i sdgfat_hjfra:i sdgfat_nul:i student:b",
        "charges": "charge_id:i person:p charged_on:d offence:t",
        "grade9": "person:p school_year:t special_class:b all_tests_danish:b all_tests_maths:b mean_danish:n "
        "mean_maths:n",
        "youth_education": "spell_id:i person:p from_day:d to_day:d outcome:t",
        "labour": "person:p quarter_first:d status:t",
    }.items()
}
"""Columns of each register and their kinds. Days are whole numbers, `OPEN` where there is none; a person is a row of
`persons`, -1 where there is no number; a number that is not known is NaN."""

NATIONAL: Final = ("income", "charges", "grade9", "youth_education", "labour")
"""Registers a municipality does not hold; they are linked at the national statistical office."""

COPIED: Final = (
    "persons", "residence", "support", "homelessness", "treatments", "stays",
)  # fmt: skip
"""Municipal registers that are sent there, to say who has special needs."""

MUNICIPAL: Final = tuple(name for name in REGISTERS if name not in NATIONAL)


def numbered(rows: int) -> Ints:
    """Row numbers from 1, as ids."""
    return np.arange(1, rows + 1, dtype=np.int32)


def row_count(table: Table) -> int:
    """How many rows a table has."""
    first = next(iter(table.values()))
    return len(first.codes if isinstance(first, Text) else first)


def sorted_rows(table: Table, order: Ints) -> Table:
    """The rows of a table in another order, or some of them."""
    return {
        name: Text(column.codes[order], column.words) if isinstance(column, Text) else column[order]
        for name, column in table.items()
    }


def values(table: Table, name: str) -> NDArray[Any]:
    """A column that is not text."""
    column = table[name]
    assert not isinstance(column, Text)
    return column


def codes(table: Table, name: str) -> Ints:
    """The codes of a column of texts."""
    column = table[name]
    assert isinstance(column, Text)
    return column.codes


def stacked(parts: Sequence[Table]) -> Table:
    """The rows of tables with the same columns and words, one after another."""
    found: Table = {}
    for name, column in parts[0].items():
        if isinstance(column, Text):
            found[name] = Text(np.concatenate([codes(part, name) for part in parts]), column.words)
        else:
            found[name] = np.concatenate([values(part, name) for part in parts])
    return found


def categorical(column: Text) -> pd.Categorical[str]:
    """A column of texts as pandas knows it."""
    import pandas as pd

    return pd.Categorical.from_codes(column.codes, pd.Index(list(column.words)))


def frame(table: Table) -> pd.DataFrame:
    """A table as pandas knows it: days as datetimes, texts as categories, persons as row numbers of `persons`."""
    import pandas as pd

    from pejl.demo.generator.days import OPEN

    def series(name: str, column: Column) -> object:
        if isinstance(column, Text):
            return categorical(column)
        if kinds.get(name) == "date":
            days = column.astype(np.int64)
            return np.where(
                days == OPEN, np.datetime64("NaT", "s"), days.astype("datetime64[D]").astype("datetime64[s]")
            )
        return column

    kinds = next(declared for declared in REGISTERS.values() if list(declared) == list(table))
    return pd.DataFrame({name: series(name, column) for name, column in table.items()})
