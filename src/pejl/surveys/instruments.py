"""Scoring of questionnaires: pure functions on arrays, a missing score where an instrument's rule says so.

Answers come as an array of shape (persons, items), or a list of one array per item; a missing answer is NaN or None.
Scores are floats of shape (persons,), NaN for a person without a score. A refused answer is told by person (row, from
1) and item (from 1), never by what was answered. Answers given by someone else on a person's behalf are not
self-report: leave them out before scoring.

The texts of the questions are data beside the workspace, with their own credit and licence, and not here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pejl.surveys.frames import FloatArray

    Answers: TypeAlias = NDArray[Any] | Sequence[Any]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire with a fixed rule of scoring.

    Attributes:
        id: name in a workspace.
        items: number of questions.
        lowest: lowest answer, as coded.
        highest: highest answer, as coded.
        factor: what the sum of the answers is multiplied by.
        source: where the rule stands.
    """

    id: str
    items: int
    lowest: int
    highest: int
    factor: int
    source: str

    @property
    def score_range(self) -> tuple[int, int]:
        """Return the lowest and the highest score there is."""
        return self.items * self.lowest * self.factor, self.items * self.highest * self.factor


@dataclass(frozen=True, slots=True)
class Band:
    """A range of scores with a name: scores from `lowest` to `highest`, both included."""

    id: str
    lowest: int
    highest: int


T_ILS = Instrument(
    id="t_ils",
    items=3,
    lowest=1,
    highest=3,
    factor=1,
    source="https://vidensportal.dk/voksne/ensomhed/omfang (Sundhedsstyrelsen)",
)
"""Three-item loneliness scale: rarely 1, once in a while 2, often 3; the sum, 3-9."""

T_ILS_CUT_OFF = 7
"""A score from here shows signs of severe loneliness (Sundhedsstyrelsen). Other tools use 6: print the one used."""

WHO_5 = Instrument(
    id="who_5",
    items=5,
    lowest=0,
    highest=5,
    factor=4,
    source="https://vidensportal.dk/dokumenter/voksne-med-handicap/who-5",
)
"""Well-being index: at no time 0 to all of the time 5, in the last two weeks; the sum times 4, 0-100."""

WHO_5_BANDS = (Band("high_risk", 0, 35), Band("risk", 36, 50), Band("no_immediate_risk", 51, 100))
"""Bands as vidensportal.dk and etf.dk print them. Scores are multiples of 4, so none lies between two bands."""

WHO_5_CUT_OFF = 50
"""A score up to here counts as low: a choice, not a fact. Other tools count up to 48 (raw 12); print the one used."""

STAFF_LOWEST, STAFF_HIGHEST = 1, 7
"""Copenhagen's survey of well-being at work: a theme is answered 1-7 (medarbejder.kk.dk, trivselsundersøgelsen)."""


def score(instrument: Instrument, answers: Answers) -> FloatArray:
    """Return each person's score.

    A person who left out an item has no score: nothing is filled in. The sources say no rule for missing items; this is
    the strict one, for both instruments.

    Args:
        instrument: `T_ILS` or `WHO_5`.
        answers: shape (persons, items), or one array per item; answers as coded by the instrument.

    Returns:
        Scores, shape (persons,), NaN where an item is missing.

    Raises:
        ValueError: another number of items, an answer outside the scale or between two of its steps.
    """
    table = _table(answers)
    if table.shape[1] != instrument.items:
        raise ValueError(
            f"{instrument.id} has {instrument.items} items and {table.shape[1]} were given; give them all."
        )
    _check_scale(table, instrument.lowest, instrument.highest, whole=True)
    summed: FloatArray = table.sum(axis=1) * instrument.factor
    return summed


def t_ils(answers: Answers) -> FloatArray:
    """Return T-ILS scores, 3-9, of answers 1-3 to three items; any item missing: no score. See `score`."""
    return score(T_ILS, answers)


def who_5(answers: Answers) -> FloatArray:
    """Return WHO-5 scores, 0-100, of answers 0-5 to five items; any item missing: no score. See `score`."""
    return score(WHO_5, answers)


def lonely(scores: FloatArray, cut_off: int = T_ILS_CUT_OFF) -> FloatArray:
    """Return 1 for signs of severe loneliness, 0 without, NaN without a score.

    Args:
        scores: T-ILS, 3-9, shape (persons,).
        cut_off: the lowest score that counts; to be printed beside the figure.

    Raises:
        ValueError: a cut-off that nobody or everybody would pass, a score outside the scale.
    """
    return _passes(T_ILS, scores, cut_off, T_ILS.score_range[0] + 1, T_ILS.score_range[1], below=False)


def low_wellbeing(scores: FloatArray, cut_off: int = WHO_5_CUT_OFF) -> FloatArray:
    """Return 1 for a WHO-5 score up to the cut-off, 0 above, NaN without a score.

    Args:
        scores: WHO-5, 0-100, shape (persons,).
        cut_off: the highest score that counts; to be printed beside the figure.

    Raises:
        ValueError: a cut-off that everybody would pass, a score outside the scale.
    """
    return _passes(WHO_5, scores, cut_off, WHO_5.score_range[0], WHO_5.score_range[1] - 1, below=True)


def who_5_band(scores: FloatArray) -> list[str | None]:
    """Return the id of each score's band in `WHO_5_BANDS`, None without a score.

    Raises:
        ValueError: a score outside 0-100.
    """
    checked = _scores(WHO_5, scores)
    return [
        None if value != value else next(band.id for band in WHO_5_BANDS if value < band.highest + 1)
        for value in checked
    ]


def top_box(answers: Answers, lowest: int, highest: int, boxes: int, top_is_low: bool = False) -> FloatArray:
    """Return 1 for an answer in the top boxes of a scale, 0 for another, NaN without one.

    Args:
        answers: to one item, shape (persons,). Code "don't know" as missing, or the share is of another group.
        lowest: lowest step of the scale.
        highest: highest step of the scale.
        boxes: how many steps count, from the top; the workspace states it, and it is printed.
        top_is_low: True where the lowest step is the most positive answer.

    Raises:
        ValueError: as many boxes as steps or none, an answer outside the scale.
    """
    import numpy as np

    steps = highest - lowest + 1
    if not 1 <= boxes < steps:
        raise ValueError(f"boxes is {boxes} on a scale of {steps} steps; give 1 to {steps - 1}.")
    item = _item(answers)
    _check_scale(item[:, None], lowest, highest, whole=True)
    inside = item <= lowest + boxes - 1 if top_is_low else item >= highest - boxes + 1
    return np.where(np.isnan(item), np.nan, inside.astype(np.float64))


def staff_theme(answers: Answers, least_answered: int | None = None) -> FloatArray:
    """Return each person's mean over the items of a theme on the 1-7 scale.

    Args:
        answers: shape (persons, items), or one array per item; 1-7.
        least_answered: items that must be answered; None: all of them. The rule is not published by the survey, so
            it is the workspace's to state.

    Returns:
        Means 1-7 of the items answered, shape (persons,), NaN where too few were.

    Raises:
        ValueError: an answer outside 1-7, `least_answered` not between 1 and the number of items.
    """
    import numpy as np

    table = _table(answers)
    items = table.shape[1]
    least = items if least_answered is None else least_answered
    if not 1 <= least <= items:
        raise ValueError(f"least_answered is {least} for {items} items; give 1 to {items}.")
    _check_scale(table, STAFF_LOWEST, STAFF_HIGHEST, whole=True)
    answered = (~np.isnan(table)).sum(axis=1)
    means = np.nan_to_num(table).sum(axis=1) / np.maximum(answered, 1)
    return np.where(answered >= least, means, np.nan)


def _passes(
    instrument: Instrument, scores: FloatArray, cut_off: int, first: int, last: int, *, below: bool
) -> FloatArray:
    import numpy as np

    if not first <= cut_off <= last:
        raise ValueError(f"cut_off is {cut_off} for {instrument.id}; give {first} to {last}.")
    checked = _scores(instrument, scores)
    passed = checked <= cut_off if below else checked >= cut_off
    return np.where(np.isnan(checked), np.nan, passed.astype(np.float64))


def _scores(instrument: Instrument, scores: FloatArray) -> FloatArray:
    checked = _item(scores)
    _check_scale(checked[:, None], *instrument.score_range, whole=False)
    return checked


def _table(answers: Answers) -> FloatArray:
    """Return answers as persons by items."""
    import numpy as np

    if isinstance(answers, np.ndarray):
        table = _floats(answers)
    else:
        items = [_item(each) for each in answers]
        if len({item.size for item in items}) != 1:
            raise ValueError(
                "the items have different numbers of answers; give one answer, or a missing one, per person."
            )
        table = np.column_stack(items)
    if table.ndim != 2:
        raise ValueError("answers is not a table of persons by items; give one column per item.")
    return table


def _item(answers: Any) -> FloatArray:
    item = _floats(answers)
    if item.ndim != 1:
        raise ValueError("answers to one item are not a list; give one answer per person.")
    return item


def _floats(answers: Any) -> FloatArray:
    import numpy as np

    try:
        return np.asarray(answers, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(
            "answers are not numbers; give the codes of the answers, and None where one is missing."
        ) from None


def _check_scale(table: FloatArray, lowest: int, highest: int, *, whole: bool) -> None:
    """Raise for the first answer outside the scale, or between two of its steps."""
    import numpy as np

    bad: NDArray[np.bool_] = (table < lowest) | (table > highest)
    if whole:
        bad |= ~np.isnan(table) & (table != np.round(table))
    places = np.argwhere(bad)
    if places.size:
        row, item = (int(place) + 1 for place in places[0])
        kind = "answer" if whole else "score"
        raise ValueError(
            f"the {kind} in row {row}, item {item} is outside the scale {lowest}-{highest} ({len(places)} such in "
            "all); correct it, or leave it missing."
        )
