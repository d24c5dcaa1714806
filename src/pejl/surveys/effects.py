"""How much the design costs or gains, compared with a simple random sample of the same size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pejl.surveys.fitting import asked, fit
from pejl.surveys.variance import standard_errors

if TYPE_CHECKING:
    from pejl.surveys.design import Design
    from pejl.surveys.weighting import Weighting


def design_effects(
    frame: Any,
    design: Design | Weighting,
    *,
    mean: str | None = None,
    share: tuple[str, Any] | None = None,
    ratio: tuple[str, str] | None = None,
    by: str | Sequence[str] | None = None,
    replace: bool = False,
) -> list[float]:
    """Return the variance under the design divided by that of a simple random sample of as many answers.

    Args:
        frame: table of pandas, polars or pyarrow.
        design: as for `estimate`.
        mean: as for `estimate`; so are `share`, `ratio` and `by`.
        share: see `mean`.
        ratio: see `mean`.
        by: see `mean`.
        replace: compare with a sample drawn with replacement; else with one drawn without from a population of the
            size that the weights sum to.

    Returns:
        One number per domain, in the order of `estimate`; 1 is a simple random sample. NaN where it cannot be told:
        fewer than two answers, answers that are all alike, or weights that sum to fewer than the answers.

    Raises:
        ValueError: as `estimate`.

    Source: Kish (1965), Survey Sampling, section 8.2; equals R survey's `deff = TRUE` and `deff = "replace"`.
    """
    import numpy as np

    fitted = fit(frame, design, *asked(mean=mean, share=share, ratio=ratio), by)
    influence, weights = fitted.found.influence, fitted.plan.weights
    errors = standard_errors(influence, fitted.plan, fitted.calibrator)
    places = influence.domains + 1
    sizes = np.bincount(places, weights=weights, minlength=influence.count + 1)[1:]
    squares = np.bincount(places, weights=weights * influence.scores**2, minlength=influence.count + 1)[1:]
    effects = []
    for error, size, square, n in zip(errors, sizes, squares, fitted.found.counts, strict=True):
        simple = size * square / (n - 1) if n > 1 else 0.0
        if not replace:
            simple *= max(1.0 - n / size, 0.0) if n else 0.0
        effects.append(float(error**2 / simple) if simple > 0.0 else math.nan)
    return effects
