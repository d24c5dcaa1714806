"""Scoring of questionnaires on arrays: short ways to the instruments of the library and the scales they use.

The rules stand in the declarations of `pejl.surveys.library`; nothing here scores by a rule of its own. Answers come as
an array of shape (persons, items), or a list of one array per item; a missing answer is NaN or None. Scores are floats
of shape (persons,), NaN for a person without a score. A refused answer is told by person (row, from 1) and item (from
1), never by what was answered. Answers given by someone else on a person's behalf are not self-report: leave them out
before scoring.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from pejl.surveys.answers.scoring import check_scale, in_boxes, item_of, means, score_range, score_table, table_of
from pejl.surveys.library import library
from pejl.workspace.instruments import Instrument

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pejl.surveys.frames import FloatArray

    Answers: TypeAlias = NDArray[Any] | Sequence[Any]

T_ILS_CUT_OFF = 7
"""A score from here shows signs of severe loneliness (Sundhedsstyrelsen). Other tools use 6: print the one used."""

WHO_5_CUT_OFF = 50
"""A score up to here counts as low: a choice, not a fact. Other tools count up to 48 (raw 12); print the one used."""

STAFF_LOWEST, STAFF_HIGHEST = 1, 7
"""Copenhagen's survey of well-being at work: a theme is answered 1-7 (medarbejder.kk.dk, trivselsundersøgelsen)."""


def score(instrument: Instrument, answers: Answers) -> FloatArray:
    """Return each person's score by the rule the instrument declares.

    Nothing is filled in: a person who left out an item has no score, unless the rule is a mean with `least_answered`.

    Args:
        instrument: of `pejl.surveys.library.library()`, or a workspace's own.
        answers: shape (persons, items), or one array per item; answers as coded by the instrument.

    Returns:
        Scores, shape (persons,), NaN where too few items are answered.

    Raises:
        ValueError: another number of items, an answer outside the scale or between two of its steps, no rule.
    """
    return score_table(instrument, table_of(answers))


def t_ils(answers: Answers) -> FloatArray:
    """Return T-ILS scores, 3-9, of answers 1-3 to three items; any item missing: no score. See `score`."""
    return score(library()["t_ils"], answers)


def who_5(answers: Answers) -> FloatArray:
    """Return WHO-5 scores, 0-100, of answers 0-5 to five items; any item missing: no score. See `score`."""
    return score(library()["who_5"], answers)


def lonely(scores: FloatArray, cut_off: int = T_ILS_CUT_OFF) -> FloatArray:
    """Return 1 for signs of severe loneliness, 0 without, NaN without a score.

    Args:
        scores: T-ILS, 3-9, shape (persons,).
        cut_off: the lowest score that counts; to be printed beside the figure.

    Raises:
        ValueError: a cut-off that nobody or everybody would pass, a score outside the scale.
    """
    return _passes(library()["t_ils"], scores, cut_off, below=False)


def low_wellbeing(scores: FloatArray, cut_off: int = WHO_5_CUT_OFF) -> FloatArray:
    """Return 1 for a WHO-5 score up to the cut-off, 0 above, NaN without a score.

    Args:
        scores: WHO-5, 0-100, shape (persons,).
        cut_off: the highest score that counts; to be printed beside the figure.

    Raises:
        ValueError: a cut-off that everybody would pass, a score outside the scale.
    """
    return _passes(library()["who_5"], scores, cut_off, below=True)


def who_5_band(scores: FloatArray) -> list[str | None]:
    """Return the id of each score's band among those of WHO-5, None without a score.

    Raises:
        ValueError: a score outside 0-100.
    """
    who = library()["who_5"]
    checked = _scores(who, scores)
    # scores are multiples of 4: none lies between two bands
    return [
        None if value != value else next(band.id for band in who.bands if value < band.highest + 1) for value in checked
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
    steps = highest - lowest + 1
    if not 1 <= boxes < steps:
        raise ValueError(f"boxes is {boxes} on a scale of {steps} steps; give 1 to {steps - 1}.")
    item = item_of(answers)
    check_scale(item[:, None], lowest, highest, whole=True)
    top = range(lowest, lowest + boxes) if top_is_low else range(highest - boxes + 1, highest + 1)
    return in_boxes(item, top)


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
    table = table_of(answers)
    items = table.shape[1]
    least = items if least_answered is None else least_answered
    if not 1 <= least <= items:
        raise ValueError(f"least_answered is {least} for {items} items; give 1 to {items}.")
    check_scale(table, STAFF_LOWEST, STAFF_HIGHEST, whole=True)
    return means(table, least)


def _passes(instrument: Instrument, scores: FloatArray, cut_off: int, *, below: bool) -> FloatArray:
    """Return 1 past a cut-off that may be another than the declared ones."""
    import numpy as np

    low, high = (int(end) for end in score_range(instrument))
    first, last = (low, high - 1) if below else (low + 1, high)
    if not first <= cut_off <= last:
        raise ValueError(f"cut_off is {cut_off} for {instrument.id}; give {first} to {last}.")
    checked = _scores(instrument, scores)
    passed = checked <= cut_off if below else checked >= cut_off
    return np.where(np.isnan(checked), np.nan, passed.astype(np.float64))


def _scores(instrument: Instrument, scores: FloatArray) -> FloatArray:
    checked = item_of(scores)
    check_scale(checked[:, None], *score_range(instrument), whole=False)
    return checked
