"""Frames and surveys for tests: small, invented, made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from pejl.registers import PseudonymKey
from pejl.surveys.sampling import Earlier, Sample, draw, typed, used_columns
from pejl.workspace.surveys import Survey

KEY = PseudonymKey(bytes(range(32)))
KINDS = {"district": "text", "household": "integer", "earlier_score": "number", "age": "integer"}
WORDS = {"da": "Ord", "en": "Words"}


def survey(
    *, sampling: Mapping[str, Any] | None = None, waves: Sequence[Mapping[str, Any]] = (), **more: Any
) -> Survey:
    """A survey of a sample of 20 by district, with what is given put in its place; days are written as texts."""
    return Survey.model_validate(
        {
            "id": "wellbeing",
            "title": WORDS,
            "population": "residents",
            "purpose": WORDS,
            "legal_basis": WORDS,
            "frame": "adults",
            "instruments": ["who_5"],
            "sampling": {"size": 20, "strata": ["district"], "seed": 7, **(sampling or {})},
            "waves": list(waves) or [wave(2024), wave(2025, overlaps=2024, again=1)],
            **more,
        }
    )


def wave(year: int, *, again: float | None = None, **more: Any) -> dict[str, Any]:
    """A wave as declared."""
    if again is not None:
        more["again"] = Decimal(str(again))
    days = {"frame_day": f"{year}-01-01", "opens": f"{year}-02-01", "closes": f"{year}-03-01"}
    return {"period": year, **days, "answers": f"data/answers_{year}.csv", **more}


def frame(**columns: Sequence[Any]) -> pd.DataFrame:
    """A frame with `person` and the columns of `KINDS`; everybody is 40, lives alone and in the north if not said."""
    rows = len(next(iter(columns.values())))
    held: dict[str, Sequence[Any]] = {
        "person": range(1, rows + 1),
        "district": ["north"] * rows,
        "household": range(1, rows + 1),
        "earlier_score": [1.0] * rows,
        "age": [40] * rows,
        **columns,
    }
    return pd.DataFrame({name: typed(held[name], KINDS.get(name, "integer")) for name in held})


def drawn(rows: pd.DataFrame, declared: Survey, place: int = 0, **more: Any) -> Sample:
    """The sample of the wave at `place`."""
    kinds = {name: KINDS[name] for name in used_columns(declared)}
    return draw(rows, declared, declared.waves[place], KEY, kinds, **more)


def again(rows: pd.DataFrame, declared: Survey, first: Sample, before: pd.DataFrame | None = None) -> Sample:
    """The sample of the second wave, which overlaps the first; `before` is the frame of the first, if another."""
    return drawn(rows, declared, 1, earlier=[Earlier(first, rows if before is None else before)])
