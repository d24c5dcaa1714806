"""Generated tables in the shape of those that the aims of issue 5 were set on; seeds make them the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pejl.protect import Table


def generated(shape: tuple[int, int, int], areas: int, mean: float, spread: float = 0.8, seed: int = 1) -> Table:
    """Return a table district by target group by age, districts grouped in areas.

    Counts are Poisson around a product of margins times a gamma of shape `spread`, so that about a sixth of the inner
    cells are zero and a third are below 5, as in the table of 385 cells that the project keeps.
    """
    import numpy as np
    import pandas as pd

    from pejl.protect import Table

    random = np.random.default_rng(seed)
    means = random.gamma(spread, 1, shape)
    for axis, size in enumerate(shape):
        means *= random.lognormal(0, 0.5, size).reshape([-1 if at == axis else 1 for at in range(3)])
    counts = random.poisson(means * mean / means.mean())
    rows = [(f"D{d:02}", f"T{t:02}", f"A{a}", int(n)) for (d, t, a), n in np.ndenumerate(counts)]
    tree = {f"area{area}": [f"D{d:02}" for d in range(area, shape[0], areas)] for area in range(areas)}
    frame = pd.DataFrame(rows, columns=["district", "target", "age", "n"])
    return Table(frame, ["district", "target", "age"], {"district": tree} if areas else None)
