"""From a sample and its answers to the rows that count, with weights that stand for the frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pejl.measure.asked.overlap import Drawn, drawn_units
from pejl.surveys import Design, Weighting, adjust_for_nonresponse, post_stratify, rake, trim, weights_report
from pejl.surveys.sampling.sample import CLUSTER
from pejl.text import Message, message
from pejl.workspace.surveys import Survey

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pejl.measure.asked.waves import WaveData
    from pejl.surveys import WeightsReport
    from pejl.surveys.frames import FloatArray, IntArray

WEIGHT = "pejl.weight"
"""A column made here; no column of a frame has a dot in its name."""

ANSWERED = ("complete", "partial")


class CannotWeighError(Exception):
    """A wave's answers cannot be weighted; nothing is guessed."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.render("en"))
        self.what = what


@dataclass(frozen=True, slots=True)
class WeightStep:
    """One step of weighting, by a stable name, and what the weights are like after it.

    Steps: `design`, `non_response`, `calibrated`, `trimmed` (calibrated once more where that is declared).
    """

    name: str
    columns: tuple[str, ...]
    report: WeightsReport


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Those of a wave who answered.

    Attributes:
        rows: the sample's rows of those who answered, a pandas frame, with `WEIGHT`.
        unit: the column of what was drawn: clusters, or persons.
        drawn: every unit drawn, whether or not it answered.
        places: their places in the sample, shape (rows,).
        design: how they were drawn, with their weights.
        steps: how the weights came about.
        lone_strata: strata with one unit that answered though there are more; their variance is the others' mean.
    """

    rows: Any
    unit: str
    drawn: Drawn
    places: IntArray
    design: Design | Weighting
    steps: tuple[WeightStep, ...]
    lone_strata: int


def weigh(survey: Survey, data: WaveData) -> Weighed:
    """Return those who answered in a wave with their weights, as the survey declares.

    Design weights, then non-response by class (people found not to belong to the population stand for nobody), then
    agreement with the frame's totals, then trimming. Trimming undoes that agreement, so it is made once more after.

    Raises:
        CannotWeighError: nobody answered, or not in a class or group of the frame.
    """
    import numpy as np

    status = np.asarray(data.answers.status)
    sample = data.sample
    drawn = sample.rows.assign(**{WEIGHT: sample.rows["weight"].astype(float)})
    eligible = np.flatnonzero(status != "ineligible")
    answered = np.isin(status[eligible], ANSWERED)
    if not answered.any():
        raise CannotWeighError(message("nobody answered"))
    rows = drawn.iloc[eligible].reset_index(drop=True)
    places = eligible[answered]
    kept = drawn.iloc[places].reset_index(drop=True)
    steps = [WeightStep("design", (), weights_report(kept[WEIGHT].to_numpy()))]
    if survey.weights.classes:
        kept[WEIGHT] = _for_the_silent(survey.weights.classes, rows, answered)
        steps.append(WeightStep("non_response", survey.weights.classes, weights_report(kept[WEIGHT].to_numpy())))
    unit = CLUSTER if sample.record.clusters is not None else "person"
    design = Design(weights=WEIGHT, strata="stratum", psu=unit, population_size="population_size", lone_psu="average")
    try:
        found = _calibrated(survey, data, kept, design)
        steps.extend(_calibrated_step(survey, found))
        if survey.weights.trim is not None:
            weights = found.weights if isinstance(found, Weighting) else kept[WEIGHT].to_numpy()
            kept[WEIGHT] = trim(weights, float(survey.weights.trim))
            found = _calibrated(survey, data, kept, design)
            final = found.weights if isinstance(found, Weighting) else kept[WEIGHT].to_numpy()
            steps.append(WeightStep("trimmed", (), weights_report(final)))
    except ValueError as error:
        raise CannotWeighError(message("the answers cannot be weighted: {why}", why=str(error))) from None
    return Weighed(kept, unit, drawn_units(sample.rows, unit), places, found, tuple(steps), _lone_strata(kept, unit))


def _combined(rows: Any, columns: Sequence[str]) -> NDArray[np.object_]:
    """Return the codes of several columns as one text for each row, shape (rows,)."""
    import numpy as np

    parts = [rows[name].astype(str).to_numpy() for name in columns]
    return np.array(["|".join(each) for each in zip(*parts, strict=True)], dtype=object)


def _for_the_silent(classes: Sequence[str], rows: Any, answered: NDArray[np.bool_]) -> FloatArray:
    """Return the weights of those who answered, raised to stand for their class."""
    import pandas as pd

    labels = pd.Series(_combined(rows, classes))
    silent = sorted(set(labels) - set(labels[answered]))
    if silent:
        raise CannotWeighError(
            message(
                "nobody answered in the class '{name}' of {columns}; answers are weighted by classes in which "
                "somebody answered",
                name=silent[0],
                columns=", ".join(classes),
            )
        )
    table = rows.assign(**{"pejl.answered": answered, "pejl.class": labels})
    weights = adjust_for_nonresponse(table, Design(weights=WEIGHT, lone_psu="certainty"), "pejl.answered", "pejl.class")
    return weights[answered]


def _calibrated(survey: Survey, data: WaveData, kept: Any, design: Design) -> Design | Weighting:
    """Return the weights that agree with the frame, in every combination or in each margin."""
    declared = survey.weights
    if declared.post_stratify:
        totals = _totals(data, declared.post_stratify, kept)
        return post_stratify(kept, design, list(declared.post_stratify), totals)
    if declared.rake:
        return rake(kept, design, {name: _totals(data, (name,), kept) for name in declared.rake})
    return design


def _calibrated_step(survey: Survey, found: Design | Weighting) -> Iterator[WeightStep]:
    if isinstance(found, Weighting):
        columns = survey.weights.post_stratify or survey.weights.rake
        yield WeightStep("calibrated", columns, weights_report(found.weights))


def _totals(data: WaveData, columns: tuple[str, ...], kept: Any) -> Mapping[Any, float]:
    """Return how many of the frame are in each group of `columns`, by code, or by codes for several columns.

    Raises:
        CannotWeighError: nobody answered in a group of the frame.
    """
    try:
        totals = data.sample.totals(columns)
    except LookupError:
        raise CannotWeighError(
            message(
                "the sample was drawn before answers were to be weighted by {columns}, and what the frame held is not "
                "recorded",
                columns=", ".join(columns),
            )
        ) from None
    held = set(zip(*(kept[name] for name in columns), strict=True))
    empty = sorted(str(group) for group in totals.keys() - held)
    if empty:
        group = next(", ".join(map(str, each)) for each in totals if str(each) == empty[0])
        raise CannotWeighError(
            message(
                "nobody answered in the group '{name}' of {columns}; weights can agree with the frame only in groups "
                "in which somebody answered",
                name=group,
                columns=", ".join(columns),
            )
        )
    return {codes if len(columns) > 1 else codes[0]: total for codes, total in totals.items()}


def _lone_strata(kept: Any, unit: str) -> int:
    strata = kept.groupby("stratum", sort=True)
    units, sizes = strata[unit].nunique(), strata["population_size"].first()
    return int(((units == 1) & (sizes > 1)).sum())
