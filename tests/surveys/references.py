"""What the tests of this room share: the reference files, read once."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest

# The tables of the tests; Pejl itself needs none of the three. Any, so that the types of none are needed either.
pd: Any = pytest.importorskip("pandas", reason="pandas, which makes the tables of these tests, is not installed")
pl: Any = pytest.importorskip("polars", reason="polars, one of the tables these tests try, is not installed")
pa: Any = pytest.importorskip("pyarrow", reason="pyarrow, one of the tables these tests try, is not installed")
Frame: TypeAlias = Any

REFS = Path(__file__).parents[1] / "data" / "refs"


@cache
def table(name: str, folder: str = "survey") -> Frame:
    """A CSV file of the references; not to be changed by a test."""
    return pd.read_csv(REFS / folder / f"{name}.csv")


@cache
def figures(name: str, folder: str = "survey") -> Any:
    """A JSON file of the references."""
    return json.loads((REFS / folder / f"{name}.json").read_text(encoding="utf-8"))
