"""Columns of a pandas, polars or pyarrow table as numpy arrays.

None of the three is imported unless the caller's table is one of theirs. Rows are counted from 1 in every sentence;
a sentence names column and row and never what stands there, because it may be a person's answer.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from pejl.workspace.spelling import closest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]
    IntArray: TypeAlias = NDArray[np.int64]

    Coded: TypeAlias = tuple[IntArray, list[Any], tuple[Any, ...] | None]

LIBRARIES = ("pandas", "polars", "pyarrow")

MIXED = frozenset({"integer", "floating", "mixed-integer-float", "decimal", "boolean", "empty"})
"""What pandas calls numbers that stand among missing values in a column of objects."""


@dataclass(frozen=True, slots=True)
class Groups:
    """A column as groups.

    Attributes:
        codes: place in `levels` of each row, shape (rows,); -1 where the value is missing.
        levels: the values that occur, sorted; Python values.
        declared: the values that the column's type declares (a pandas categorical, a polars Enum), or None.
    """

    codes: IntArray
    levels: tuple[Any, ...]
    declared: tuple[Any, ...] | None = None


class Table:
    """A table of any of the three libraries, read column by column."""

    def __init__(self, frame: Any) -> None:
        """Recognise the table.

        Raises:
            ValueError: not a table of pandas, polars or pyarrow, or a table without rows.
        """
        self._frame, self._library = frame, _library(frame)
        self.names: tuple[str, ...] = tuple(
            str(name) for name in (frame.column_names if self._library == "pyarrow" else frame.columns)
        )
        self.rows = int(frame.num_rows) if self._library == "pyarrow" else len(frame)
        if not self.rows:
            raise ValueError("the table has no rows; give the answers, one row per person.")

    def numbers(self, name: str, role: str) -> FloatArray:
        """Return a column as numbers, shape (rows,); NaN where missing. True counts as 1 and False as 0.

        Args:
            name: the column.
            role: what it is for, named in sentences.

        Raises:
            ValueError: no such column, or it holds something other than numbers.
        """
        import numpy as np

        column = self._column(name, role)
        try:
            values = NUMBERS[self._library](column)
        except Exception:  # each library has its own errors, and some of them tell the value
            raise ValueError(
                f"column '{name}' ({role}) does not hold numbers; give a column of numbers, or use share for answers."
            ) from None
        array = np.asarray(values, dtype=np.float64)
        refuse_rows(np.isinf(array), name, role, "is not a finite number", "give a number, or leave it empty")
        return array

    def groups(self, name: str, role: str) -> Groups:
        """Return a column as groups with sorted levels.

        Raises:
            ValueError: no such column, or values of it that cannot be grouped (lists, for example).
        """
        column = self._column(name, role)
        try:
            codes, levels, declared = GROUPS[self._library](column)
            hash(tuple(levels[:1]))  # a list or a struct is not a group
        except Exception:  # each library has its own errors, and some of them tell the value
            raise ValueError(
                f"column '{name}' ({role}) holds values that cannot be grouped; give text, numbers or dates."
            ) from None
        return Groups(*_sorted_levels(codes, levels), declared)

    def _column(self, name: str, role: str) -> Any:
        found = self.names.count(name)
        if not found:
            meant = closest(name, self.names)
            hint = f" Did you mean '{meant}'?" if meant else f" The table has {len(self.names)} columns."
            raise ValueError(f"there is no column '{name}' ({role}) in the table.{hint}")
        if found > 1:
            raise ValueError(f"column '{name}' ({role}) stands {found} times in the table; give each column one name.")
        if self._library == "pandas":
            # By place: a name that pandas would read otherwise (a number written as text) is found all the same.
            return self._frame.iloc[:, self.names.index(name)]
        return self._frame.get_column(name) if self._library == "polars" else self._frame.column(name)


def refuse_rows(bad: NDArray[np.bool_], name: str, role: str, is_what: str, mend: str) -> None:
    """Raise for the first row where `bad` is true; the sentence counts the rows and never tells a value."""
    import numpy as np

    rows = np.flatnonzero(bad)
    if rows.size:
        more = f" ({rows.size} rows in all)" if rows.size > 1 else ""
        raise ValueError(f"column '{name}' ({role}) {is_what} in row {int(rows[0]) + 1}{more}; {mend}.")


def combined(parts: Sequence[IntArray]) -> tuple[IntArray, IntArray]:
    """Number the combinations of codes that occur.

    Args:
        parts: arrays of codes from 0 upwards, each of shape (rows,).

    Returns:
        The number of each row's combination, from 0 upwards in the order of the codes, and a row of each one.
    """
    import numpy as np

    codes = parts[0]
    for part in parts[1:]:
        codes = _dense(codes * (int(part.max(initial=0)) + 1) + part)
    codes = _dense(codes)
    first = np.zeros(int(codes.max(initial=-1)) + 1, dtype=np.int64)
    first[codes[::-1]] = np.arange(codes.size - 1, -1, -1)
    return codes, first


def _dense(codes: IntArray) -> IntArray:
    import numpy as np

    span = int(codes.max(initial=0)) + 1
    if span > 8 * codes.size + 1000:
        return np.unique(codes, return_inverse=True)[1].astype(np.int64).reshape(-1)
    seen = np.zeros(span, dtype=np.bool_)
    seen[codes] = True
    places = np.cumsum(seen) - 1
    return places[codes].astype(np.int64, copy=False)


def _library(frame: Any) -> str:
    for kind in type(frame).__mro__:
        library = kind.__module__.partition(".")[0]
        if library in LIBRARIES and kind.__name__ in ("DataFrame", "Table"):
            return library
    if type(frame).__name__ == "LazyFrame":
        raise ValueError("the table is a LazyFrame; give the collected table, frame.collect().")
    raise ValueError(
        f"a {type(frame).__name__} is not a table; give a DataFrame of pandas or polars, or a pyarrow Table."
    )


def _pandas_numbers(column: Any) -> Any:
    types = importlib.import_module("pandas").api.types
    known = types.infer_dtype(column, skipna=True) if column.dtype == object else column.dtype
    if known not in MIXED and not (types.is_numeric_dtype(known) and not types.is_complex_dtype(known)):
        raise TypeError
    return column.to_numpy(dtype="float64", na_value=float("nan"))


def _polars_numbers(column: Any) -> Any:
    polars = importlib.import_module("polars")
    if not (column.dtype.is_numeric() or column.dtype in (polars.Boolean, polars.Null)):
        raise TypeError
    return column.cast(polars.Float64).to_numpy()


def _arrow_numbers(column: Any) -> Any:
    column = _spelled_out(column)
    if "string" in str(column.type):
        raise TypeError
    whole = column.cast("int8") if str(column.type) == "bool" else column
    return whole.cast("float64").to_numpy()


def _pandas_codes(column: Any) -> Coded:
    codes, levels = column.factorize(use_na_sentinel=True)
    declared = tuple(_plain(level) for level in column.cat.categories) if str(column.dtype) == "category" else None
    return codes.astype("int64"), [_plain(level) for level in levels], declared


def _polars_codes(column: Any) -> Coded:
    import numpy as np

    polars = importlib.import_module("polars")
    if column.dtype.is_float():
        column = column.fill_nan(None)
    if column.dtype.is_integer() and not column.null_count() and _narrow(column):
        low = int(column.min())
        shifted = column.to_numpy().astype(np.int64) - low
        codes, first = combined([shifted])
        return codes, [int(shifted[row]) + low for row in first], None
    if column.dtype == polars.String or isinstance(column.dtype, polars.Enum | polars.Categorical):
        declared = tuple(column.dtype.categories) if isinstance(column.dtype, polars.Enum) else None
        # The numbers behind a categorical are many times quicker to compare than its texts.
        texts = column if column.dtype != polars.String else column.cast(polars.Categorical)
        numbers = texts.to_physical().cast(polars.Int64).fill_null(-1).to_numpy() + 1
        codes, first = combined([numbers])
        return np.where(numbers == 0, -1, codes), list(column.gather(first).cast(polars.String).to_list()), declared
    ranks = column.rank("dense").fill_null(0).to_numpy().astype(np.int64) - 1
    return ranks, list(column.drop_nulls().unique().sort().to_list()), None


def _narrow(column: Any) -> bool:
    """Tell whether whole numbers lie so close that a table of them is quicker than sorting."""
    return 0 <= int(column.max()) - int(column.min()) <= 8 * len(column)


def _arrow_codes(column: Any) -> Coded:
    import numpy as np

    encoded = _spelled_out(column).combine_chunks().dictionary_encode()
    if hasattr(encoded, "chunks"):  # older versions keep a column in chunks
        encoded = encoded.unify_dictionaries().combine_chunks()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    levels = encoded.dictionary.to_pylist()
    for place, level in enumerate(levels):
        if isinstance(level, float) and level != level:
            codes[codes == place] = -1
    return codes, levels, None


def _spelled_out(column: Any) -> Any:
    """Return a column kept as numbers of a dictionary as its values."""
    return column.cast(column.type.value_type) if str(column.type).startswith("dictionary") else column


def _sorted_levels(codes: IntArray, levels: list[Any]) -> tuple[IntArray, tuple[Any, ...]]:
    """Sort the levels, drop those without a row, and number the rows accordingly."""
    import numpy as np

    held = np.bincount(codes + 1, minlength=len(levels) + 1)[1:]
    kept = [place for place in range(len(levels)) if held[place]]
    try:
        kept.sort(key=lambda place: levels[place])
    except TypeError:  # values of several types have no order of their own
        kept.sort(key=lambda place: (type(levels[place]).__name__, str(levels[place])))
    places = np.full(len(levels) + 1, -1, dtype=np.int64)
    places[kept] = np.arange(len(kept))
    return places[codes], tuple(levels[place] for place in kept)


def _plain(level: Any) -> Any:
    """Return a numpy scalar as the Python value it stands for."""
    return level.item() if type(level).__module__ == "numpy" and hasattr(level, "item") else level


NUMBERS: dict[str, Callable[[Any], Any]] = {
    "pandas": _pandas_numbers,
    "polars": _polars_numbers,
    "pyarrow": _arrow_numbers,
}
GROUPS: dict[str, Callable[[Any], Coded]] = {
    "pandas": _pandas_codes,
    "polars": _polars_codes,
    "pyarrow": _arrow_codes,
}
