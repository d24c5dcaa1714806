"""The simulation of coverage draws as a workspace does, and counts misses on both sides."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.surveys.simulation import ANSWERED, DESIGNS, TWO_WAVES, Covered, batch


@pytest.mark.parametrize("design", [*DESIGNS, ANSWERED, TWO_WAVES])
def test_every_design_can_be_simulated(design: str) -> None:
    names, misses = batch(design, range(2))
    assert misses.shape == (len(names), 2)
    assert ((misses >= 0) & (misses <= 2)).all()
    again = batch(design, range(2))[1]
    assert np.array_equal(again, misses)


def test_what_lies_outside_its_bounds_does_not_hold() -> None:
    # 130 of 2,000 missed is 93.5 % covered, 131 is less
    assert Covered("persons", "mean", (93.5, 96.5), 2000, 60, 70).holds
    assert not Covered("persons", "mean", (93.5, 96.5), 2000, 61, 70).holds
    assert not Covered("persons", "mean", (93.5, 96.5), 2000, 30, 39).holds
