"""Variance of totals under the design, by Taylor linearisation.

A statistic is written as a sum over the rows of weight times influence (its linearised variable), and the variance of
that total is estimated stage by stage between the units drawn. Sources: Binder (1983), On the variances of
asymptotically normal estimators from complex surveys, International Statistical Review 51, p. 279-292; Särndal,
Swensson and Wretman (1992), Model Assisted Survey Sampling, chapters 4 (stages), 5 (linearisation) and 6 (residuals of
regression); Lumley (2010), Complex Surveys, chapters 2 and 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pejl.surveys.design import Plan, Stage
    from pejl.surveys.frames import FloatArray, IntArray

CELLS = 20_000_000
"""Units times columns held at once: 160 MB."""


class Calibrator(Protocol):
    """What turns the influence of rows into that of a calibrated estimate."""

    def residuals(self, influence: FloatArray) -> FloatArray:
        """Return what calibration leaves of the influence, same shape."""


@dataclass(frozen=True, slots=True)
class Influence:
    """Influence of each row on one statistic for each of several domains.

    The influence of a row on domain d is `scores` where the row is in d, 0 elsewhere, plus `slopes[d] * shared`.

    Attributes:
        scores: shape (rows,), without weights.
        domains: domain of each row, -1 for none, shape (rows,).
        count: number of domains.
        shared: influence through what all domains share (a threshold), shape (rows,), or None.
        slopes: how much of `shared` each domain takes, shape (domains,), or None.
    """

    scores: FloatArray
    domains: IntArray
    count: int
    shared: FloatArray | None = None
    slopes: FloatArray | None = None

    def column(self, domain: int) -> FloatArray:
        """Return the influence on one domain, shape (rows,)."""
        import numpy as np

        values = np.where(self.domains == domain, self.scores, 0.0)
        if self.shared is not None and self.slopes is not None:
            values += self.slopes[domain] * self.shared
        return values

    def picked(self, domains: list[int]) -> Influence:
        """Return the influence on some of the domains, in the order given."""
        import numpy as np

        places = np.full(self.count + 1, -1, dtype=np.int64)
        places[domains] = np.arange(len(domains))
        slopes = None if self.slopes is None else self.slopes[domains]
        return Influence(self.scores, places[self.domains], len(domains), self.shared, slopes)


def standard_errors(influence: Influence, plan: Plan, calibrator: Calibrator | None = None) -> FloatArray:
    """Return the standard error of each domain's statistic, shape (domains,).

    The strata that "average" takes a domain's mean over are those that hold rows of the domain, as in R.
    """
    import numpy as np

    step = max(1, CELLS // max(stage.groups.size for stage in plan.stages))
    found = np.zeros(influence.count)
    for start in range(0, influence.count, step):
        part = influence.picked(list(range(start, min(start + step, influence.count))))
        rows = _rows_of(part, plan)
        for stage in plan.stages:
            spread = _spread(stage, _totals(part, plan, stage, calibrator))
            found[start : start + part.count] += (spread * spread).sum(axis=0) * _lone_factor(stage, plan, rows)
    return np.sqrt(found)


def covariance(influence: Influence, plan: Plan, calibrator: Calibrator | None = None) -> FloatArray:
    """Return the covariance matrix of the domains' statistics, shape (domains, domains).

    The strata that "average" takes the mean over are those that hold rows of any of the domains.
    """
    import numpy as np

    found = np.zeros((influence.count, influence.count))
    rows = _rows_of(influence, plan).sum(axis=1, keepdims=True)
    for stage in plan.stages:
        spread = _spread(stage, _totals(influence, plan, stage, calibrator))
        found += (spread.T @ spread) * _lone_factor(stage, plan, rows)[0]
    return found


def _totals(influence: Influence, plan: Plan, stage: Stage, calibrator: Calibrator | None) -> FloatArray:
    """Return the weighted influence summed over each unit, shape (units, domains)."""
    import numpy as np

    units, count = stage.groups.size, influence.count
    if calibrator is not None:
        columns = np.empty((units, count))
        for domain in range(count):
            residual = plan.weights * calibrator.residuals(influence.column(domain))
            columns[:, domain] = np.bincount(stage.units, weights=residual, minlength=units)
        return columns
    inside = influence.domains >= 0
    cells = stage.units * count + influence.domains
    weighted = plan.weights * influence.scores
    if not inside.all():
        cells, weighted = cells[inside], weighted[inside]
    flat = np.bincount(cells, weights=weighted, minlength=units * count).astype(np.float64, copy=False)
    totals = flat.reshape(units, count)
    if influence.shared is not None and influence.slopes is not None:
        shared = np.bincount(stage.units, weights=plan.weights * influence.shared, minlength=units)
        totals += np.outer(shared, influence.slopes)
    return totals


def _spread(stage: Stage, totals: FloatArray) -> FloatArray:
    """Return the units' distance from the mean of their group, scaled so that its squares sum to the variance."""
    import numpy as np

    sampled = stage.sampled
    left = np.where(np.isinf(stage.population), 1.0, 1.0 - sampled / stage.population)
    left[left < 1e-7] = 0.0  # all were drawn; R's tolerance
    scale = np.sqrt(stage.share * left * sampled / np.maximum(sampled - 1, 1))
    means = _group_sums(stage, totals) / sampled[:, None]
    totals -= means[stage.groups]
    totals *= scale[stage.groups][:, None]
    return totals


def _group_sums(stage: Stage, values: FloatArray) -> FloatArray:
    """Return sums over the units of each group, shape (groups, columns)."""
    import numpy as np

    if stage.sampled.size == 1:
        return np.asarray(values.sum(axis=0, keepdims=True), dtype=np.float64)
    return np.stack(
        [np.bincount(stage.groups, weights=column, minlength=stage.sampled.size) for column in values.T], axis=1
    )


def _rows_of(influence: Influence, plan: Plan) -> FloatArray:
    """Return how many rows of each domain every stratum holds, shape (strata, domains)."""
    import numpy as np

    strata = plan.stages[0].sampled.size
    if influence.shared is not None:
        return np.ones((strata, influence.count))
    inside = influence.domains >= 0
    cells = plan.strata[inside] * influence.count + influence.domains[inside]
    return np.bincount(cells, minlength=strata * influence.count).reshape(strata, influence.count).astype(np.float64)


def _lone_factor(stage: Stage, plan: Plan, rows: FloatArray) -> FloatArray:
    """Return what the variance of each column grows by, because some groups show none, shape (columns,)."""
    import numpy as np

    lone = (stage.sampled == 1) & (stage.population > 1.0 + 1e-7)
    if plan.lone_psu != "average" or not lone.any():
        return np.ones(rows.shape[1])
    if stage is plan.stages[0]:
        held = (rows > 0).astype(np.float64)
        known = held[~lone].sum(axis=0)
        if not known[held.sum(axis=0) > 0].all():
            raise ValueError(
                'lone_psu is "average", but a domain lies in strata of one unit only, and there is no other stratum to '
                'take the mean of; merge the strata, or choose lone_psu="certainty".'
            )
        return np.asarray(held.sum(axis=0) / np.maximum(known, 1.0), dtype=np.float64)
    if lone.all():
        raise ValueError(
            'lone_psu is "average", but at a later stage every unit holds one unit only; choose lone_psu="certainty".'
        )
    return np.full(rows.shape[1], lone.size / (~lone).sum())
