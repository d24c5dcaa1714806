"""How two waves vary together, because some of the people are the same.

Each wave's estimate is a sum of influences over the units drawn. Within the strata of their own wave the influences
are centred, and over the units that are in both waves their products are summed. For simple random samples of n and n'
with m in common that is (m / (n n') - 1 / N) times the covariance of the two answers (Tam 1984, On covariances from
overlapping samples, The American Statistician 38, p. 288-289).

Two tables put one below the other, with the person as unit, give the same without strata. With strata they do not: in
such a table most units of a stratum are in one wave only, as zeros in the other, and what the stratification gained is
taken for chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pejl.surveys.fitting import fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pejl.surveys import Design, Weighting
    from pejl.surveys.fitting import Fitted
    from pejl.surveys.frames import FloatArray, IntArray
    from pejl.surveys.statistics import Kind


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """What each unit of a wave adds to an estimate, centred in its stratum.

    Attributes:
        units: what was drawn and answered, persons or clusters, shape (units,).
        strata: number of the stratum of each unit, shape (units,).
        sampled: units that answered in the unit's stratum, shape (units,).
        population: units there were in the unit's stratum, shape (units,).
        columns: by domain, shape (units, domains); their squares, less the share that was drawn, sum to the variance.
        domains: what each column is about.
        drawn: every unit drawn, whether or not it answered, with its stratum and its weight; see `drawn_units`.
    """

    units: NDArray[Any]
    strata: IntArray
    sampled: IntArray
    population: FloatArray
    columns: FloatArray
    domains: tuple[Any, ...]
    drawn: Drawn


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Every unit drawn in a wave: what it is, its stratum, and how many of the stratum it stands for."""

    units: NDArray[Any]
    strata: IntArray
    weights: FloatArray


def drawn_units(rows: Any, unit: str) -> Drawn:
    """Return the units of a sample; `rows` is a pandas frame, `unit` the column of what was drawn."""
    import numpy as np

    first = rows.drop_duplicates(unit)
    weights = first["population_size"].to_numpy(dtype=np.float64) / first["sample_size"].to_numpy(dtype=np.float64)
    return Drawn(first[unit].to_numpy(), first["stratum"].to_numpy(dtype=np.int64), weights)


def spread_of(
    table: Any, design: Design | Weighting, kind: Kind, what: Any, by: str | None, unit: str, drawn: Drawn
) -> Spread:
    """Return what each unit adds to a statistic; arguments as for `pejl.surveys.fitting.fit`, `unit` a column."""
    import numpy as np

    fitted = fit(table, design, kind, what, by)
    stage = fitted.plan.stages[0]
    first = np.zeros(stage.groups.size, dtype=np.int64)
    first[stage.units] = np.arange(stage.units.size)
    return Spread(
        units=table[unit].to_numpy()[first],
        strata=table["stratum"].to_numpy(dtype=np.int64)[first],
        sampled=stage.sampled[stage.groups],
        population=stage.population[stage.groups],
        columns=_centred(fitted),
        domains=fitted.domains.levels,
        drawn=drawn,
    )


def _centred(fitted: Fitted) -> FloatArray:
    import numpy as np

    plan, influence = fitted.plan, fitted.found.influence
    stage = plan.stages[0]
    totals = np.empty((stage.groups.size, influence.count))
    for domain in range(influence.count):
        column = influence.column(domain)
        if fitted.calibrator is not None:
            column = fitted.calibrator.residuals(column)
        totals[:, domain] = np.bincount(stage.units, weights=plan.weights * column, minlength=stage.groups.size)
    scale = np.sqrt(stage.sampled / np.maximum(stage.sampled - 1, 1))
    for domain in range(influence.count):
        means = np.bincount(stage.groups, weights=totals[:, domain], minlength=stage.sampled.size) / stage.sampled
        totals[:, domain] = (totals[:, domain] - means[stage.groups]) * scale[stage.groups]
    return totals


def covariances(before: Spread, after: Spread) -> dict[Any, float]:
    """Return the covariance of two waves' estimates, by domain; only domains that both have.

    A finite population takes something off, as it does from a variance: answers of people who are in both waves by
    chance alone do not go together more than those of others. How many were there both times is not known; it is taken
    from the two samples as if drawn independently, at most everybody, which leaves the covariance on the small side.
    Who moved between strata keeps the stratum of each wave.
    """
    import numpy as np

    _, ours, theirs = np.intersect1d(before.units, after.units, return_indices=True)
    if not ours.size:
        return {}
    left = np.clip(1.0 - _by_chance(before, after, ours, theirs), 0.0, 1.0)
    found = {}
    for place, domain in enumerate(before.domains):
        if domain in after.domains:
            other = after.columns[theirs, after.domains.index(domain)]
            found[domain] = float((left * before.columns[ours, place] * other).sum())
    return found


def _by_chance(before: Spread, after: Spread, ours: IntArray, theirs: IntArray) -> FloatArray:
    """Return for each unit in both waves the chance of it if they were independent, in chances as they are."""
    import numpy as np

    _, one, other = np.intersect1d(before.drawn.units, after.drawn.units, return_indices=True)
    stayed = before.drawn.weights[one] * after.drawn.weights[other]
    share = np.empty(ours.size)
    for stratum in np.unique(before.strata[ours]):
        inside = before.strata[ours] == stratum
        population = before.population[ours][inside][0]
        there = min(float(stayed[before.drawn.strata[one] == stratum].sum()), float(population))
        share[inside] = there / inside.sum()
    answering = before.sampled[ours] / before.population[ours] * (after.sampled / after.population)[theirs]
    return np.asarray(answering * share)
