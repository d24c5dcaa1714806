"""Estimates of one wave: in all, and by one column of the frame at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pejl.measure.asked.overlap import Spread, spread_of
from pejl.measure.asked.weighing import Weighed
from pejl.measure.measurement import Dimensions
from pejl.surveys import Estimate, design_effects, estimate

if TYPE_CHECKING:
    from pejl.measure.number_checks import FloatArray
    from pejl.surveys.statistics import Kind

FEW = 10
"""Answers with or without the trait below which a share's interval is the exact one at the effective sample size."""

PERCENT = 100.0
_VALUE, _DOMAIN = "pejl.value", "pejl.domain"


@dataclass(frozen=True, slots=True)
class DomainEstimate:
    """One estimate in the unit of the indicator, shares in percent.

    `n` are the answers behind it, `hits` of a share those with the trait, both unweighted. `basis` is how the interval
    is made: `logit` or `beta` for shares, `t` for means. Without answers `value` and all that follows are None.
    """

    dimensions: Dimensions
    n: int
    hits: int | None
    df: int
    value: float | None
    low: float | None
    high: float | None
    se: float | None
    deff: float | None
    basis: str | None


@dataclass(frozen=True, slots=True, eq=False)
class WaveEstimates:
    """All estimates of one wave, and by dimension (None for the total) what the units add to them."""

    estimates: tuple[DomainEstimate, ...]
    spreads: dict[str | None, Spread]


def estimate_wave(weighed: Weighed, values: FloatArray, *, share: bool, by: tuple[str, ...]) -> WaveEstimates:
    """Return the estimates of a wave.

    Args:
        weighed: those who answered.
        values: of each of them the score, or for a share 1 with the trait and 0 without; NaN where nothing counts.
        share: a share is wanted, not a mean.
        by: columns of the frame.
    """
    import numpy as np

    if not np.isfinite(values).any():
        return WaveEstimates((), {})
    asked = _Question(weighed, weighed.rows.assign(**{_VALUE: values}), share)
    estimates: list[DomainEstimate] = []
    spreads: dict[str | None, Spread] = {}
    for column in (None, *by):
        estimates.extend(asked.estimates(column))
        spreads[column] = asked.spread(column)
    return WaveEstimates(tuple(estimates), spreads)


class _Question:
    """One statistic of one wave.

    A share is that of the answer 1, or where nobody gave it, of 0, turned round.
    """

    def __init__(self, weighed: Weighed, table: Any, share: bool) -> None:
        self.weighed = weighed
        self.table = table
        self.share = share
        self.level = 1.0 if (table[_VALUE] == 1.0).any() else 0.0
        self.factor = PERCENT if share else 1.0

    @property
    def asked(self) -> dict[str, Any]:
        return {"share": (_VALUE, self.level)} if self.share else {"mean": _VALUE}

    def estimates(self, column: str | None) -> Iterator[DomainEstimate]:
        """Yield the estimates by a column, or the one of all; without value where too few answered to make one."""
        table, by = self._domains(column)
        plain = estimate(table, self.weighed.design, by=by, **self.asked)
        exact = plain
        if self.share:
            exact = estimate(table, self.weighed.design, by=by, interval="beta", **self.asked)
        effects = design_effects(table, self.weighed.design, by=by, **self.asked)
        for one, other, effect in zip(plain, exact, effects, strict=True):
            hits = self._hits(column, one.domain)
            few = hits is not None and min(hits, one.n - hits) < FEW
            yield self._estimate(column, other if few else one, effect, hits, few=few)
        for domain, answers in self._alone(column).items():
            hits = self._hits(column, domain)
            dimensions = ((column, str(domain)),) if column is not None else ()
            yield DomainEstimate(dimensions, answers, hits, 0, None, None, None, None, None, None)

    def _alone(self, column: str | None) -> dict[Any, int]:
        """Return the domains in which nobody answered but from strata of one answer, with their answers.

        How answers in such a stratum differ is taken from the domain's other strata, and there are none.
        """
        if column is None:
            return {}
        answered = self.table[self.table[_VALUE].notna()]
        strata = self.table.groupby("stratum")
        sizes = strata["population_size"].first()
        lone = (strata[self.weighed.unit].nunique() == 1) & (sizes > 1)
        rows = answered.groupby(column, observed=True)["stratum"].agg(["size", lambda each: each.map(lone).all()])
        return {domain: int(size) for domain, (size, alone) in zip(rows.index, rows.to_numpy(), strict=True) if alone}

    def _domains(self, column: str | None) -> tuple[Any, str | None]:
        """Return the rows and the column of their domains; rows of which no estimate can be made are in none.

        They stay in the design, and the column itself stays whole: weights may rest on it.
        """
        alone = self._alone(column)
        if not alone:
            return self.table, column
        return self.table.assign(**{_DOMAIN: self.table[column].where(~self.table[column].isin(list(alone)))}), _DOMAIN

    def _hits(self, column: str | None, domain: Any) -> int | None:
        if not self.share:
            return None
        inside = self.table if column is None else self.table[self.table[column] == domain]
        return int((inside[_VALUE] == 1.0).sum())

    def _estimate(
        self, column: str | None, found: Estimate, effect: float, hits: int | None, *, few: bool
    ) -> DomainEstimate:
        dimensions = () if column is None else ((column, str(found.domain)),)
        if not found.n:
            return DomainEstimate(dimensions, 0, hits, found.df, None, None, None, None, None, None)
        value, low, high = found.value, found.low, found.high
        if self.share and self.level == 0.0:
            value, low, high = 1.0 - value, 1.0 - high, 1.0 - low
        value, low, high, se = (number * self.factor for number in (value, low, high, found.se))
        basis = "t" if not self.share else "beta" if few else "logit"
        deff = None if math.isnan(effect) else effect
        return DomainEstimate(dimensions, found.n, hits, found.df, value, low, high, se, deff, basis)

    def spread(self, column: str | None) -> Spread:
        """Return what the units add to the estimates by a column, in the unit of the indicator."""
        kind: Kind = "share" if self.share else "mean"
        what = (_VALUE, self.level) if self.share else _VALUE
        table, by = self._domains(column)
        found = spread_of(table, self.weighed.design, kind, what, by, self.weighed.unit, self.weighed.drawn)
        sign = -1.0 if self.share and self.level == 0.0 else 1.0
        found.columns[:] *= sign * self.factor
        return found
