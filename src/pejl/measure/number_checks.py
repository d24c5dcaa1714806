"""Checks of numbers that engines are given, with sentences that say what to mend.

Every check raises `ValueError`. The sentence names the argument, the value and what to give instead, because
it is read by the analyst who wrote the figure, not by the author of the engine.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]
    Floats: TypeAlias = Sequence[float] | NDArray[Any]


FINITE = "give a finite number, and leave out what was not measured"


def checked_level(level: float, name: str = "level") -> float:
    """Return `level` as a float strictly between 0 and 1."""
    value = float(level)
    if not 0.0 < value < 1.0:
        raise ValueError(f"{name} is {level}; give a share between 0 and 1, such as 0.95.")
    return value


def checked_float(name: str, value: float) -> float:
    """Return `value` as a finite float."""
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{name} is {value}; {FINITE}.")
    return number


def checked_positive(name: str, value: float) -> float:
    """Return `value` as a finite float above 0."""
    number = checked_float(name, value)
    if number <= 0.0:
        raise ValueError(f"{name} is {value}; give a number above 0.")
    return number


def checked_count(name: str, value: float) -> int:
    """Return `value` as an int; a count is whole and never negative."""
    number = checked_float(name, value)
    if number < 0.0:
        raise ValueError(f"{name} is {value}; a count cannot be negative, give 0 or more.")
    if number != math.floor(number):
        raise ValueError(f"{name} is {value}; a count is a whole number, give the number that was counted.")
    return int(number)


def checked_share(name: str, value: float) -> float:
    """Return `value` as a float from 0 to 1."""
    number = checked_float(name, value)
    if not 0.0 <= number <= 1.0:
        raise ValueError(f"{name} is {value}; give a share from 0 to 1 (divide a percentage by 100).")
    return number


def checked_series(name: str, values: Iterable[float], at_least: int = 2) -> list[float]:
    """Return `values` as a list of finite floats with `at_least` members."""
    numbers = [checked_float(f"{name}[{index}]", value) for index, value in enumerate(values)]
    if len(numbers) < at_least:
        raise ValueError(f"{name} has {len(numbers)} values; give at least {at_least}.")
    return numbers


def same_length(**series: Sequence[object]) -> None:
    """Raise unless all the named sequences are equally long."""
    lengths = {name: len(values) for name, values in series.items()}
    if len(set(lengths.values())) > 1:
        told = " and ".join(f"{name} has {length} values" for name, length in lengths.items())
        raise ValueError(f"{told}; give one value of each per unit.")


def aligned_arrays(**arguments: float | Floats) -> tuple[list[FloatArray], bool]:
    """Turn scalars and arrays into float arrays of one shape, and say whether all were scalars.

    Returns:
        The arrays in the order given, finite and broadcast, and True when every argument was a scalar;
        scalars then stand in arrays of one value.
    """
    import numpy as np

    arrays = {name: np.asarray(value, dtype=np.float64) for name, value in arguments.items()}
    for name, array in arrays.items():
        refuse_where(name, array, ~np.isfinite(array), FINITE)
    shapes = {name: array.shape for name, array in arrays.items() if array.ndim}
    if len(set(shapes.values())) > 1:
        told = " and ".join(f"{name} has shape {shape}" for name, shape in shapes.items())
        raise ValueError(f"{told}; give arrays of one length, or a single number for all.")
    return [np.atleast_1d(array) for array in np.broadcast_arrays(*arrays.values())], not shapes


def refuse_where(name: str, array: FloatArray, bad: NDArray[np.bool_], mend: str) -> None:
    """Raise for the first place where `bad` is true, naming the value there."""
    import numpy as np

    if not bad.any():
        return
    first = int(np.flatnonzero(bad.ravel())[0])
    place = f"{name}[{first}]" if array.size > 1 else name
    raise ValueError(f"{place} is {array.ravel()[first]:g}; {mend}.")
