"""Columns of a frame and of a sample: one type each, the same in memory as after writing and reading back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("text", "integer", "number", "boolean")
WRITTEN = {"true": True, "false": False}


def typed(values: Any, kind: str) -> pd.Series[Any]:
    """Return a column as `kind`, one of `KINDS`; an empty text is a missing one.

    Whole numbers and truths are those of numpy where none is missing, else those of pandas that can be.
    """
    import pandas as pd

    column = pd.Series(values).reset_index(drop=True)
    if kind == "number":
        return column.astype("float64")
    if kind == "text":
        missing = column.isna() | (column.astype(object) == "")
        return column.astype(object).where(~missing, None)
    if kind == "integer":
        whole = column.astype("Int64")
        return whole if whole.isna().any() else whole.astype("int64")
    truth = column.astype("boolean")
    return truth if truth.isna().any() else truth.astype("bool")


def from_arrays(arrays: Mapping[str, Any], kinds: Mapping[str, str]) -> pd.DataFrame:
    """Return arrays, masked where a cell is empty, as a frame with columns of `kinds`, in the order of `kinds`."""
    import numpy as np
    import pandas as pd

    found = {}
    for name, kind in kinds.items():
        array = arrays[name]
        plain = pd.Series(np.ma.getdata(array), dtype=object)
        found[name] = typed(plain.mask(np.ma.getmaskarray(array), None), kind)
    return pd.DataFrame(found)


def to_csv(rows: pd.DataFrame, kinds: Mapping[str, str]) -> str:
    """Return the columns of `kinds` as CSV with a heading; numbers are written so that they are read back the same."""
    import pandas as pd

    words = {
        name: rows[name].map({True: "true", False: "false"}, na_action="ignore") if kind == "boolean" else rows[name]
        for name, kind in kinds.items()
    }
    return pd.DataFrame(words).to_csv(index=False, lineterminator="\n")


def from_csv(text: str, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Return what `to_csv` wrote.

    Raises:
        ValueError, KeyError: it is no such table.
    """
    import io

    import pandas as pd

    read = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, na_values={}, index_col=False)
    found = {}
    for name, kind in kinds.items():
        column = read[name].astype(object)
        column = column.where(column != "", None)
        if kind == "boolean":
            column = column.map(lambda word: None if word is None else WRITTEN[word])
        elif kind == "integer":
            column = column.map(lambda word: None if word is None else int(word))
        elif kind == "number":
            column = column.map(lambda word: float("nan") if word is None else float(word))
        found[name] = typed(column, kind)
    return pd.DataFrame(found)
