"""From answers to what is averaged: a score, or whether it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pejl.measure.asked.weighing import CannotWeighError
from pejl.surveys.answers import in_band, past_cut_off, scores
from pejl.text import message
from pejl.workspace.instruments import Instrument
from pejl.workspace.surveys import Asking

if TYPE_CHECKING:
    from pejl.surveys.answers import Answers
    from pejl.surveys.frames import FloatArray


def values_of(instrument: Instrument, asking: Asking, answers: Answers) -> FloatArray:
    """Return for each person drawn what an indicator is the mean of, shape (persons,), NaN where nothing counts.

    It is 1 or 0 for being past the cut-off or in the band, where one is asked for, else the score; top boxes are 1 and
    0 by themselves. Answers by somebody else are none, where the instrument is to be answered by oneself.

    Raises:
        CannotWeighError: the instrument was not asked with in this wave.
    """
    missing = [item.id for item in instrument.items if f"{instrument.id}.{item.id}" not in answers.items]
    if missing:
        raise CannotWeighError(message("'{instrument}' was not asked", instrument=instrument.id))
    found = scores(instrument, answers)
    if asking.cut_off is not None:
        return past_cut_off(instrument, asking.cut_off, found)
    if asking.band is not None:
        return in_band(instrument, asking.band, found)
    return found
