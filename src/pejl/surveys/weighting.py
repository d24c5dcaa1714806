"""Weights after the answers are in: non-response by class, post-stratification, raking, trimming, and a report.

A calibrated weighting makes known totals of the population come out exactly, and lowers the variance of what goes with
them: the variance is that of the residuals from a regression on what was calibrated to (Deville and Särndal 1992,
Calibration estimators in survey sampling, JASA 87, p. 376-382; Särndal, Swensson and Wretman 1992, chapter 7).

**A trap when comparing with R.** `survey::rake` stops when no cell of its table changes by more than one *person*
(`epsilon = 1`), which leaves about seven digits; set `control = list(epsilon = 1e-12)` before comparing. Its residuals
are means without weights within each margin, which is right only when the design weights are equal; with unequal ones
compare with `survey::calibrate(calfun = "raking")`, whose regression, like ours, uses the design weights.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pejl.surveys.design import Design, complete_groups, row_weights
from pejl.surveys.frames import Table, combined, refuse_rows

if TYPE_CHECKING:
    from pejl.surveys.frames import FloatArray, IntArray

SAME_TOTAL = 1e-6
"""Relative difference between totals of two margins that is taken as rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Weighting:
    """Calibrated weights of the rows of one table; stands in the place of a `Design` in `estimate`.

    Attributes:
        design: how the sample was drawn.
        weights: calibrated, shape (rows,).
        base: the design's weights, shape (rows,).
        margins: columns of each margin that was calibrated to.
        rounds: rounds of raking; 1 for post-stratification.
    """

    design: Design
    weights: FloatArray
    base: FloatArray
    margins: tuple[tuple[str, ...], ...]
    rounds: int

    def refuse_other_rows(self, table: Table) -> None:
        """Raise unless the table has the rows, as far as can be seen, that the weights were made for."""
        import numpy as np

        same = table.rows == self.weights.size
        if same and self.design.weights is not None:
            same = np.array_equal(table.numbers(self.design.weights, "weights"), self.base)
        if not same:
            raise ValueError(
                f"the weighting was made for another table ({self.weights.size} rows; this one has {table.rows}); give "
                "the same rows in the same order, and use by for a part of them."
            )

    def calibrator(self, table: Table) -> Residuals:
        """Return what turns influence into residuals on the rows of the table."""
        return Residuals.of([_margin_codes(table, columns)[0] for columns in self.margins], self.base)


@dataclass(frozen=True, slots=True, eq=False)
class Residuals:
    """Regression on membership of the groups of each margin, with the design weights.

    Attributes:
        codes: group of each row in each margin, numbered through, shapes (rows,).
        inverse: of the weighted table of groups by groups, shape (groups, groups).
        base: the design's weights, shape (rows,).
    """

    codes: tuple[IntArray, ...]
    inverse: FloatArray
    base: FloatArray

    @classmethod
    def of(cls, margins: Sequence[IntArray], base: FloatArray) -> Residuals:
        """Prepare the regression for margins given as codes from 0 upwards."""
        import numpy as np

        codes, groups = [], 0
        for margin in margins:
            codes.append(margin + groups)
            groups += int(margin.max()) + 1
        table = np.zeros((groups, groups))
        for one in codes:
            for other in codes:
                cells = np.bincount(one * groups + other, weights=base, minlength=groups * groups)
                table += cells.reshape(groups, groups)
        # Margins share their total, so the table has no ordinary inverse.
        inverse = np.linalg.pinv(table, rcond=1e-12, hermitian=True)
        return cls(tuple(codes), np.asarray(inverse, dtype=np.float64), base)

    def residuals(self, influence: FloatArray) -> FloatArray:
        """Return the influence less what the margins explain of it, shape (rows,)."""
        import numpy as np

        groups = self.inverse.shape[0]
        weighted = self.base * influence
        slopes = self.inverse @ np.sum(
            [np.bincount(codes, weights=weighted, minlength=groups) for codes in self.codes], axis=0
        )
        left = influence.copy()
        for codes in self.codes:
            left -= slopes[codes]
        return left


@dataclass(frozen=True, slots=True)
class WeightsReport:
    """What weights do to a sample.

    Attributes:
        n: rows.
        total: sum of weights: the population they stand for.
        effective_n: size of the simple random sample that is as precise for a mean that has nothing to do with the
            weights (Kish 1965, section 11.7).
        design_effect: `n / effective_n`, 1 or more.
        smallest: smallest weight.
        median: median weight.
        largest: largest weight.
        largest_to_median: largest weight in medians.
        largest_share: the share of the total that the largest weight stands for, 0..1.
    """

    n: int
    total: float
    effective_n: float
    design_effect: float
    smallest: float
    median: float
    largest: float
    largest_to_median: float
    largest_share: float


def post_stratify(frame: Any, design: Design, by: str | Sequence[str], population: Mapping[Any, float]) -> Weighting:
    """Scale the weights so that each group has its known size.

    Args:
        frame: table of pandas, polars or pyarrow, with the rows that answered.
        design: how the sample was drawn.
        by: column, or list of columns, that make the groups.
        population: the size of each group by its level; by a tuple of levels for several columns.

    Returns:
        The weighting, to be given to `estimate` with the same table.

    Raises:
        ValueError: a group of the table without a size or the reverse, a size that is not positive.
    """
    columns = (by,) if isinstance(by, str) else tuple(by)
    table = Table(frame)
    base = row_weights(table, design)
    codes, targets = _targets(table, columns, population)
    weights, _ = _scaled(base, [codes], [targets], 0.0, 1)
    return Weighting(design, weights, base, (columns,), 1)


def rake(
    frame: Any,
    design: Design,
    margins: Mapping[str | tuple[str, ...], Mapping[Any, float]],
    tolerance: float = 1e-10,
    most_rounds: int = 1000,
) -> Weighting:
    """Scale the weights until each of several margins has its known sizes (iterative proportional fitting).

    Args:
        frame: table of pandas, polars or pyarrow, with the rows that answered.
        design: how the sample was drawn.
        margins: for each column (or tuple of columns) the size of each level (or tuple of levels).
        tolerance: the largest relative distance from a known size that is left.
        most_rounds: rounds after which to give up.

    Returns:
        The weighting, to be given to `estimate` with the same table.

    Raises:
        ValueError: as `post_stratify`; margins with different totals; no agreement after `most_rounds`.

    Source: Deming and Stephan (1940), On a least squares adjustment of a sampled frequency table, Annals of
    Mathematical Statistics 11, p. 427-444.
    """
    import numpy as np

    if not margins:
        raise ValueError("margins is empty; name at least one column with the sizes of its levels.")
    table = Table(frame)
    base = row_weights(table, design)
    columns = [(name,) if isinstance(name, str) else tuple(name) for name in margins]
    pairs = [_targets(table, names, sizes) for names, sizes in zip(columns, margins.values(), strict=True)]
    totals = [float(targets.sum()) for _, targets in pairs]
    for names, total in zip(columns, totals, strict=True):
        if abs(total - totals[0]) > SAME_TOTAL * totals[0]:
            raise ValueError(
                f"the sizes by {_told(names)} sum to {total:g} and those by {_told(columns[0])} to {totals[0]:g}; give "
                "sizes of one and the same population."
            )
    codes = [pair[0] for pair in pairs]
    cells, first = combined(codes)
    start = np.bincount(cells, weights=base).astype(np.float64)
    scaled, rounds = _scaled(
        start, [code[first] for code in codes], [pair[1] for pair in pairs], tolerance, most_rounds
    )
    return Weighting(design, base * (scaled / start)[cells], base, tuple(columns), rounds)


def adjust_for_nonresponse(frame: Any, design: Design, responded: str, classes: str | Sequence[str]) -> FloatArray:
    """Let those who answered stand for those of their class who did not.

    Args:
        frame: table of pandas, polars or pyarrow, one row per person drawn, answered or not.
        design: how the sample was drawn.
        responded: column that is True (or 1) for those who answered.
        classes: column, or list of columns, within which those who answered are like those who did not.

    Returns:
        The weight of each row, NaN for those who did not answer (leave those rows out), shape (rows,). In each class
        the weights of those who answered sum to the weights of all.

    Raises:
        ValueError: a class in which nobody answered, `responded` missing or something other than True and False.

    Source: Särndal, Swensson and Wretman (1992), chapter 15 (response homogeneity groups).
    """
    import numpy as np

    table = Table(frame)
    base = row_weights(table, design)
    answered = table.numbers(responded, "responded")
    refuse_rows(~np.isin(answered, (0.0, 1.0)), responded, "responded", "is neither True nor False", "give one of them")
    columns = (classes,) if isinstance(classes, str) else tuple(classes)
    codes, first = _margin_codes(table, columns)
    drawn, got = np.bincount(codes, weights=base), np.bincount(codes, weights=base * answered)
    empty = np.flatnonzero(got == 0.0)
    if empty.size:
        raise ValueError(
            f"nobody answered in the class of row {int(first[empty[0]]) + 1} by {_told(columns)} ({empty.size} such in "
            "all); merge it with a class that is like it."
        )
    return np.where(answered == 1.0, base * (drawn / got)[codes], np.nan)


def trim(weights: FloatArray, times_median: float, most_rounds: int = 100) -> FloatArray:
    """Cut weights above a number of medians, and spread what was cut over the others in proportion.

    The sum is kept. What is spread can lift others above the limit, so this is repeated. Trimming trades a little bias
    for variance (Potter 1990, A study of procedures to identify and trim extreme sampling weights, ASA Proceedings); it
    undoes calibration, so calibrate after it.

    Args:
        weights: above 0, shape (rows,).
        times_median: the highest weight, in medians of the weights given; above 1.
        most_rounds: rounds after which to give up.

    Returns:
        Weights of the same sum, shape (rows,).

    Raises:
        ValueError: a weight missing or not positive, a limit that cannot hold.
    """
    import numpy as np

    if not times_median > 1.0:
        raise ValueError(f"times_median is {times_median:g}; give a number above 1.")
    trimmed = _checked(weights).copy()
    total, limit = float(trimmed.sum()), times_median * float(np.median(trimmed))
    cut = np.zeros(trimmed.size, dtype=np.bool_)
    for _ in range(most_rounds):
        above = trimmed > limit * (1.0 + 1e-12)
        if not above.any():
            return trimmed
        cut |= above
        if cut.all():
            break
        trimmed[cut] = limit
        trimmed[~cut] *= (total - limit * int(cut.sum())) / float(trimmed[~cut].sum())
    raise ValueError(f"no weights of the same sum stay below {times_median:g} medians; give a higher limit.")


def weights_report(weights: FloatArray) -> WeightsReport:
    """Tell what weights do to a sample.

    Raises:
        ValueError: no weights, or one that is missing or not positive.
    """
    import numpy as np

    checked = _checked(weights)
    total, middle, largest = float(checked.sum()), float(np.median(checked)), float(checked.max())
    effective = total**2 / float((checked**2).sum())
    return WeightsReport(
        n=checked.size,
        total=total,
        effective_n=effective,
        design_effect=checked.size / effective,
        smallest=float(checked.min()),
        median=middle,
        largest=largest,
        largest_to_median=largest / middle,
        largest_share=largest / total,
    )


def _scaled(
    start: FloatArray, codes: Sequence[IntArray], targets: Sequence[FloatArray], tolerance: float, most_rounds: int
) -> tuple[FloatArray, int]:
    import numpy as np

    weights = start.copy()
    for done in range(1, most_rounds + 1):
        for code, target in zip(codes, targets, strict=True):
            weights *= (target / np.bincount(code, weights=weights, minlength=target.size))[code]
        distance = max(
            float(np.abs(np.bincount(code, weights=weights, minlength=target.size) / target - 1.0).max())
            for code, target in zip(codes, targets, strict=True)
        )
        if len(codes) == 1 or distance <= tolerance:
            return weights, done
    raise ValueError(
        f"after {most_rounds} rounds the sizes still differ by {distance:.2g} of themselves; merge small levels, or "
        "use fewer margins."
    )


def _targets(table: Table, columns: tuple[str, ...], population: Mapping[Any, float]) -> tuple[IntArray, FloatArray]:
    """Return the group of each row and the known size of each group."""
    import numpy as np

    codes, first = _margin_codes(table, columns)
    groups = [complete_groups(table, name, "population") for name in columns]
    levels: list[Hashable] = []
    for row in first:
        values = tuple(group.levels[int(group.codes[row])] for group in groups)
        levels.append(values if len(columns) > 1 else values[0])
    held = set(levels)
    vanished = [level for level in population if level not in held]
    if vanished:
        raise ValueError(
            f"no row has {vanished[0]!r} in {_told(columns)} ({len(vanished)} such in all), but the population "
            "does; merge it with a group that is like it."
        )
    targets = np.zeros(len(levels))
    for place, level in enumerate(levels):
        if level not in population:
            raise ValueError(
                f"the population has no size for the group of row {int(first[place]) + 1} by {_told(columns)}; give "
                "the size of every group."
            )
        targets[place] = float(population[level])
        if not 0.0 < targets[place] < np.inf:
            raise ValueError(
                f"the population size of {level!r} in {_told(columns)} is not positive; give a number above 0."
            )
    return codes, targets


def _margin_codes(table: Table, columns: tuple[str, ...]) -> tuple[IntArray, IntArray]:
    return combined([complete_groups(table, name, "population").codes for name in columns])


def _checked(weights: FloatArray) -> FloatArray:
    import numpy as np

    checked = np.asarray(weights, dtype=np.float64)
    bad = np.flatnonzero(~(checked > 0.0) | np.isinf(checked))
    if not checked.size or bad.size:
        where = f"weights[{int(bad[0])}] is missing or not positive" if bad.size else "there are no weights"
        raise ValueError(f"{where}; give one weight above 0 for each row.")
    return checked


def _told(columns: Sequence[str]) -> str:
    return " and ".join(f"column '{name}'" for name in columns)
