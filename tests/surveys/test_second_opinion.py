"""The library `svy`, where it is installed, gives the same estimates as our kernel."""

from __future__ import annotations

from typing import Any

import pytest
from tests.surveys.references import pl, table

from pejl.surveys import Design, difference, estimate

svy: Any = pytest.importorskip("svy", reason="svy, a second opinion on estimates, is not installed")


@pytest.fixture
def both() -> tuple[Any, Any, Design]:
    frame = pl.from_pandas(table("made_up_three_stage"))
    # svy reads a unit's number within the unit before it too, and knows two stages.
    theirs = svy.Sample(
        frame,
        svy.Design(
            stratum="stratum",
            psu="school",
            ssu="class",
            wgt="weight",
            pop_size=svy.PopSize(psu="schools", ssu="classes"),
        ),
    )
    return frame, theirs.estimation, Design("weight", "stratum", ["school", "class"], ["schools", "classes"])


def rows(theirs: Any) -> list[tuple[float, float]]:
    return list(theirs.to_polars().select("est", "se").rows())


def test_two_stages(both: tuple[Any, Any, Design]) -> None:
    frame, theirs, design = both
    for ours, other in (
        (estimate(frame, design, mean="z"), theirs.mean("z")),
        (estimate(frame, design, mean="y"), theirs.mean("y", drop_nulls=True)),
        (estimate(frame, design, total="y"), theirs.total("y", drop_nulls=True)),
        (estimate(frame, design, ratio=("y", "z")), theirs.ratio("y", "z", drop_nulls=True)),
        (estimate(frame, design, mean="z", by="part"), theirs.mean("z", by="part")),
    ):
        for one, (value, se) in zip(ours, rows(other), strict=True):
            assert (one.value, one.se) == pytest.approx((value, se), rel=1e-9)


def test_difference(both: tuple[Any, Any, Design]) -> None:
    frame, theirs, design = both
    other = theirs.mean("z", by="sex").contrast(svy.estd("m") - svy.estd("f"))
    ours = difference(frame, design, mean="z", by="sex")
    assert [(ours.value, ours.se)] == [pytest.approx(row, rel=1e-9) for row in rows(other)]
