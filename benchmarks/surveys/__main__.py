"""Do 95 % intervals hold the truth 95 times of 100, and how fast are they computed?

    python -m benchmarks.surveys [--only simulation|speed] [--samples N] [--rows N] [--quick]

The simulation draws samples from the synthetic municipality (see `simulation.py`) and prints, for every quantity and
design, how often its interval held the truth, and on which side it missed. Bounds are those of issue 4: 93.5-96.5 % for
means, totals, ratios and shares with at least ten expected on both sides; at least 94.5 % for rare shares; 92-97 %
for medians and poverty rates. Domains count as the mean of their coverages. A coverage outside gives exit code 1.

The comparison of speed (see `speed.py`) runs Pejl, R survey and statsmodels on the same rows, each in processes of its
own; a peer that is not installed is named as such.

`--quick` does little of both: it shows that they work and says nothing of coverage or speed.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np

from benchmarks.surveys.simulation import ANSWERED, DESIGNS, TWO_WAVES, Covered, batch
from benchmarks.surveys.speed import compared

_BATCH = 50


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.surveys", description="Coverage and speed.")
    parser.add_argument("--only", choices=("simulation", "speed"), help="one of the two")
    parser.add_argument("--samples", type=int, default=2000, help="samples for each design (default: 2000)")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows for the speed (default: 1,000,000)")
    parser.add_argument("--quick", action="store_true", help="do both work?")
    options = parser.parse_args()
    samples, rows = (20, 20_000) if options.quick else (options.samples, options.rows)
    good = True
    if options.only != "speed":
        held = [_printed(each, judged=not options.quick) for each in covered(samples)]
        good = all(held)
    if options.only != "simulation":
        good = compared(rows, judged=not options.quick) and good
    return 0 if good or options.quick else 1


def covered(samples: int) -> Iterator[Covered]:
    """Simulate every design on all processors, and yield the coverages."""
    print(f"{'design':<40}{'quantity':<34}{'covered':>9}{'bounds':>13}{'above':>8}{'below':>8}")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for design in (*DESIGNS, ANSWERED, TWO_WAVES):
            batches = [range(start, min(start + _BATCH, samples)) for start in range(0, samples, _BATCH)]
            found = list(pool.map(batch, [design] * len(batches), batches))
            misses = np.sum([each[1] for each in found], axis=0)
            for (name, bounds), (low, high) in zip(found[0][0], misses, strict=True):
                yield Covered(design, name, bounds, samples, float(low), float(high))


def _printed(each: Covered, *, judged: bool) -> bool:
    low, high = each.bounds
    verdict = "" if each.holds or not judged else "  OUTSIDE"
    print(
        f"{each.design:<40}{each.name:<34}{each.share:>8.2f}%{f'{low:g}-{high:g}':>13}"
        f"{100 * each.low_misses / each.samples:>8.2f}{100 * each.high_misses / each.samples:>8.2f}{verdict}",
        flush=True,
    )
    return each.holds


if __name__ == "__main__":
    raise SystemExit(main())
