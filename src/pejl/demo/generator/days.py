"""Days as whole numbers since 1 January 1970, which is how arrays of them are computed with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.integer[Any]]
    Floats: TypeAlias = NDArray[np.floating[Any]]
    Bools: TypeAlias = NDArray[np.bool_]


def day(year: int, month: int = 1, day_of_month: int = 1) -> int:
    """The number of a day."""
    return (date(year, month, day_of_month) - date(1970, 1, 1)).days


OPEN: Final = 99_999
"""The last day of a spell that goes on, and the day of what has not happened: later than every real day."""

RESIDENTS_FROM: Final = day(2013)
"""Everyone who lived in the municipality on this day or later is in the registers."""

SERVICES_FROM: Final = day(2014)
MEASURED_FROM: Final = day(2016)
LAST: Final = day(2025, 12, 31)
"""The day of the extract. Nothing is known of later days."""

FIRST_YEAR: Final = 2016
LAST_YEAR: Final = 2025
YEAR: Final = 365.25


def _as_days(days: Ints) -> NDArray[np.datetime64]:
    return days.astype(np.int64).astype("datetime64[D]")


def year_of(days: Ints) -> Ints:
    """The calendar year of each day."""
    return _as_days(days).astype("datetime64[Y]").astype(np.int32) + 1970


def month_of(days: Ints) -> Ints:
    """The month of each day, 1-12."""
    return _as_days(days).astype("datetime64[M]").astype(np.int32) % 12 + 1


def day_of_month(days: Ints) -> Ints:
    """The day of the month of each day, 1-31."""
    whole = _as_days(days)
    return np.asarray((whole - whole.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int32) + 1)


def _month_first(months: Ints) -> Ints:
    return months.astype(np.int64).astype("datetime64[M]").astype("datetime64[D]").astype(np.int32)


def months_later(days: Ints, months: Ints | int) -> Ints:
    """The same day of the month, `months` later; the month's last day where there is none."""
    later = _as_days(days).astype("datetime64[M]").astype(np.int64) + months
    first = _month_first(later)
    return np.asarray(first + np.minimum(day_of_month(days) - 1, _month_first(later + 1) - first - 1))


def birthday(birth: Ints, age: Ints | int) -> Ints:
    """The day on which people turn `age`; 1 March of a year without the 29 February they were born on."""
    later = _as_days(birth).astype("datetime64[M]").astype(np.int64) + 12 * np.asarray(age)
    return np.asarray(_month_first(later) + day_of_month(birth) - 1)


def first_days(years: Ints) -> Ints:
    """1 January of each year."""
    return _month_first((years.astype(np.int64) - 1970) * 12)


def month_starts(first_year: int, last_year: int) -> Ints:
    """The first day of every month of the years, both included."""
    return _month_first(np.arange((first_year - 1970) * 12, (last_year - 1969) * 12))


def quarter_starts(first_year: int, last_year: int) -> Ints:
    """The first day of every quarter of the years, both included."""
    return month_starts(first_year, last_year)[::3]
