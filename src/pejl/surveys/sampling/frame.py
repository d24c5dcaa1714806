"""The frame of a wave: who can be drawn, who is left out and why, and the strata they are in."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pejl.surveys.sampling.columns import to_csv
from pejl.surveys.sampling.refusal import SurveyRefusedError
from pejl.surveys.sampling.sample import ADDED, Case, Totals, Values
from pejl.text import message
from pejl.workspace.surveys import Survey

if TYPE_CHECKING:
    import pandas as pd

    from pejl.surveys.frames import IntArray

PERSON, AGE = "person", "age"
NO_NUMBER, TOO_YOUNG, AGE_UNKNOWN = "no_number", "too_young", "age_unknown"
CASES = ("protected_address", "outside_digital_post", "guardianship", "easy_read")
"""What a register says of how somebody is written to, as `Reaching` names it."""
NO_ADDRESS, MINOR = "no_address", "minor"
OF_AGE = 18


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Who can be drawn.

    Attributes:
        rows: sorted by person, so that nothing rests on the order of the rows they came in.
        left_out: the others, by reason and stratum.
        read: rows before anybody was left out.
        sha256: hash of those rows, whatever their order.
    """

    rows: pd.DataFrame
    left_out: tuple[Case, ...]
    read: int
    sha256: str


def used_columns(survey: Survey, more: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the columns of the frame a survey uses, in the order in which a sample has them.

    Args:
        survey: as declared.
        more: other columns answers are broken down by.
    """
    sampling, weights = survey.sampling, survey.weights
    named = [*sampling.strata, *weights.classes, *weights.post_stratify, *weights.rake]
    named += [each for each in (sampling.clusters, sampling.spread_of) if each is not None]
    return tuple(dict.fromkeys([*named, *more, AGE]))


def frame_of(
    rows: pd.DataFrame,
    survey: Survey,
    kinds: Mapping[str, str],
    reach: pd.DataFrame | None = None,
    leave_out: Collection[str] = (),
) -> Frame:
    """Return who of the frame's rows can be drawn.

    Args:
        rows: of one frame day, with `person` and the columns of `kinds`, typed.
        survey: as declared.
        kinds: columns of the frame and their types.
        reach: one row for each person, with `person` and the columns of `CASES`; None if nothing is known.
        leave_out: of `CASES`, those that are declared to be left out.

    Raises:
        SurveyRefusedError: the frame has a person twice, a column it must not have, nobody who can be drawn, or
            an empty cell where strata, clusters or weights need a value.
    """
    taken = [name for name in kinds if name in ADDED]
    if taken:
        raise SurveyRefusedError(
            "frame_column_taken",
            message("the frame has a column '{column}', a name that samples use themselves", column=taken[0]),
        )
    ordered = rows.sort_values([PERSON, *kinds], kind="stable").reset_index(drop=True)
    digest = hashlib.sha256(to_csv(ordered, {PERSON: "integer", **kinds}).encode()).hexdigest()
    strata = survey.sampling.strata
    reasons = _reasons(ordered, survey.youngest, reach, leave_out)
    able = ordered[reasons.isna()].reset_index(drop=True)
    left_out = cases(ordered, strata, reasons)
    if able.empty:
        raise SurveyRefusedError(
            "frame_empty",
            message("nobody can be drawn: of {rows} rows of the frame, all are left out", rows=len(ordered)),
        )
    able = able.astype({PERSON: "int64"})
    _refuse_twice(able)
    _refuse_empty(able, survey)
    return Frame(able, left_out, len(ordered), digest)


def _reasons(
    rows: pd.DataFrame, youngest: int, reach: pd.DataFrame | None, leave_out: Collection[str]
) -> pd.Series[Any]:
    """Return why each row is left out, None for those that are not; the first reason counts."""
    import pandas as pd

    reasons = pd.Series(None, index=rows.index, dtype=object)

    def note(where: pd.Series[bool], reason: str) -> None:
        reasons[reasons.isna() & where.fillna(value=False).astype(bool)] = reason

    note(rows[PERSON].isna(), NO_NUMBER)
    note(rows[AGE].isna(), AGE_UNKNOWN)
    note(rows[AGE] < youngest, TOO_YOUNG)
    if reach is not None:
        for case in leave_out:
            note(flags(rows, reach, case), case)
    return reasons


def flags(rows: pd.DataFrame, reach: pd.DataFrame, case: str) -> pd.Series[bool]:
    """Tell for each row whether the register says `case` of the person; what is not said is not so."""
    return rows[PERSON].isin(reach.loc[reach[case].fillna(value=False).astype(bool), PERSON])


def cases(rows: pd.DataFrame, strata: Sequence[str], reasons: pd.Series[Any]) -> tuple[Case, ...]:
    """Return how many rows have each reason, by stratum; rows without a reason are none."""
    found: dict[tuple[str, Values], int] = {}
    chosen = reasons.notna()
    columns = [rows.loc[chosen, name].astype(object) for name in strata]
    for reason, *cells in zip(reasons[chosen], *columns, strict=True):
        values = tuple(map(plain, cells))
        found[str(reason), values] = found.get((str(reason), values), 0) + 1
    ordered = sorted(found.items(), key=lambda each: (each[0][0], sort_key(each[0][1])))
    return tuple(Case(reason, values, persons) for (reason, values), persons in ordered)


def plain(value: Any) -> Any:
    """Return a cell as plain data; None where it is empty."""
    import pandas as pd

    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def sort_key(values: Values) -> tuple[tuple[bool, Any], ...]:
    """Sort values of strata, empty ones last."""
    return tuple((value is None, 0 if value is None else value) for value in values)


def groups(rows: pd.DataFrame, columns: Sequence[str]) -> tuple[IntArray, list[Values]]:
    """Return the group of each row by the values of `columns`, and the groups in the order of their values."""
    import numpy as np
    import pandas as pd

    combined = np.zeros(len(rows), np.int64)
    levels: list[list[Any]] = []
    for name in columns:
        codes, found = pd.factorize(rows[name], use_na_sentinel=False)
        levels.append([plain(value) for value in found])
        combined = combined * len(found) + codes
    held, of = np.unique(combined, return_inverse=True)
    values: list[Values] = []
    for rest in held.tolist():
        cells = []
        for column in reversed(levels):
            rest, place = divmod(rest, len(column))
            cells.append(column[place])
        values.append(tuple(reversed(cells)))
    order = sorted(range(len(values)), key=lambda place: sort_key(values[place]))
    ranks = np.empty(len(values), np.int64)
    ranks[order] = np.arange(len(values))
    return ranks[of.reshape(-1)], [values[place] for place in order]


def totals_of(rows: pd.DataFrame, survey: Survey) -> tuple[Totals, ...]:
    """Return how many there are with what the weights use: combinations to post-stratify by, each column to rake by."""
    import numpy as np

    weights = survey.weights
    wanted = [weights.post_stratify, *((name,) for name in weights.rake)]
    found = []
    for columns in dict.fromkeys(tuple(each) for each in wanted if each):
        of, values = groups(rows, columns)
        counts = np.bincount(of, minlength=len(values))
        found.append(Totals(columns, tuple(zip(values, map(int, counts), strict=True))))
    return tuple(found)


def _refuse_twice(rows: pd.DataFrame) -> None:
    twice = int(rows[PERSON].duplicated().sum())
    if twice:
        raise SurveyRefusedError(
            "frame_person_twice",
            message("the frame has {count} persons more than once on one day; make it one row for each", count=twice),
        )


def _refuse_empty(rows: pd.DataFrame, survey: Survey) -> None:
    weights = survey.weights
    cluster = () if survey.sampling.clusters is None else (survey.sampling.clusters,)
    for name in dict.fromkeys(
        (*survey.sampling.strata, *cluster, *weights.classes, *weights.post_stratify, *weights.rake)
    ):
        empty = int(rows[name].isna().sum())
        if empty:
            raise SurveyRefusedError(
                "frame_cell_empty",
                message(
                    "the frame's column '{column}' is empty in {count} rows; give them a value in the model, such as "
                    "unknown",
                    column=name,
                    count=empty,
                ),
            )
