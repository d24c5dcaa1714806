"""One table, one breakdown, total shown: which rows to withhold so that none of them can be recomputed.

A row that is withheld is withheld whole (count, complement and base), so the only thing a reader can compute about the
withheld rows is their sums: each total less what is shown. That gives the limits of every withheld number in closed
form, without linear programs. Several such tables of the same persons by different dimensions share nothing but the
totals, so one never says more about another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row: numbers that add up over rows to the totals, and `persons`, who need not (one may be in several rows).

    For a count the numbers are the count alone; for a share the count, its complement and the base.
    """

    numbers: tuple[float, ...]
    persons: float

    def is_small(self, threshold: int) -> bool:
        """Tell whether a number of the row is above zero and below the threshold."""
        return any(0 < number < threshold for number in (*self.numbers, self.persons))

    @property
    def is_empty(self) -> bool:
        """Tell whether the row is zero altogether; such rows are always shown, and everybody may know them."""
        return not any(self.numbers) and not self.persons


def rows_to_withhold(rows: Mapping[str, Row], total: Row, threshold: int) -> frozenset[str]:
    """Return the codes of the rows to withhold; all of them, empty ones too, where nothing less will do.

    Small rows are withheld (primary), and as many of the next smallest as it takes (secondary) until every small number
    could be anything from nothing to at least the threshold and one more than it is.

    Args:
        rows: by code; their numbers add up to those of `total`.
        total: all rows together.
        threshold: the least number above zero that is shown.
    """
    filled = {code: row for code, row in rows.items() if not row.is_empty}
    if total.is_small(threshold):
        return frozenset(rows)
    withheld = {code for code, row in filled.items() if row.is_small(threshold)}
    if not withheld:
        return frozenset()
    others = sorted(filled.keys() - withheld, key=lambda code: (max(filled[code].numbers), code))
    for code in (*others, None):
        if _holds([filled[name] for name in withheld], threshold):
            return frozenset(withheld)
        if code is not None:
            withheld.add(code)
    return frozenset(rows)


def _holds(withheld: Sequence[Row], threshold: int) -> bool:
    """Tell whether the sums of the withheld rows leave every small number wide enough limits.

    A reader knows that each of the withheld rows holds at least one, for empty rows are shown. So the most a number can
    be is the sum over the withheld rows, less one for each of the others.
    """
    if len(withheld) < 2:
        return False
    sums = [sum(numbers) for numbers in zip(*(row.numbers for row in withheld), strict=True)]
    others = len(withheld) - 1
    return all(
        most - others >= max(threshold, number + 1)
        for row in withheld
        for number, most in zip(row.numbers, sums, strict=True)
        if 0 < number < threshold
    )
