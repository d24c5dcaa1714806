"""Means, totals, shares, ratios and medians by domain, with the influence of each row on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pejl.surveys.frames import Table, combined
from pejl.surveys.variance import Influence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pejl.surveys.frames import FloatArray, IntArray

Kind: TypeAlias = Literal["mean", "total", "share", "ratio", "median"]
KINDS: tuple[Kind, ...] = ("mean", "total", "share", "ratio", "median")

EQUAL = 1e-12
"""Sums of weights that differ by less, relatively, are the same: the rounding of a sum of a million doubles."""


@dataclass(frozen=True, slots=True)
class Domains:
    """The domains of a table.

    Attributes:
        codes: domain of each row, -1 for none, shape (rows,).
        levels: what each domain is called, sorted: a value, a tuple of values for several columns, None for all.
    """

    codes: IntArray
    levels: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Statistic:
    """A statistic of each domain.

    Attributes:
        kind: which.
        values: shape (domains,); NaN for a domain in which nobody answered.
        counts: rows that answered, unweighted, shape (domains,).
        influence: of the rows; for a median, on the share at or below it.
        whole: for a share, whether all, or none, in the domain gave the answer, shape (domains,).
        answers: for a median, the answers, NaN where missing, shape (rows,).
    """

    kind: Kind
    values: FloatArray
    counts: IntArray
    influence: Influence
    whole: NDArray[np.bool_] | None = None
    answers: FloatArray | None = None


def domains_of(table: Table, by: str | Sequence[str] | None) -> Domains:
    """Return the domains that the columns `by` make; rows that miss one of them are in none.

    Raises:
        ValueError: an unknown column, or no row with a value.
    """
    import numpy as np

    if by is None:
        return Domains(np.zeros(table.rows, dtype=np.int64), (None,))
    names = [by] if isinstance(by, str) else list(by)
    if not names:
        raise ValueError("by is an empty list; name a column, or leave by out for all together.")
    groups = [table.groups(name, "by") for name in names]
    inside = np.logical_and.reduce([group.codes >= 0 for group in groups])
    if not inside.any():
        raise ValueError(f"column '{names[0]}' (by) has no value in any row that could be used; give another column.")
    if len(groups) == 1:
        return Domains(groups[0].codes, groups[0].levels)
    codes = np.full(table.rows, -1, dtype=np.int64)
    codes[inside], first = combined([group.codes[inside] for group in groups])
    rows = np.flatnonzero(inside)[first]
    levels = tuple(tuple(group.levels[int(group.codes[row])] for group in groups) for row in rows)
    return Domains(codes, levels)


def statistic(table: Table, weights: FloatArray, domains: Domains, kind: Kind, what: Any) -> Statistic:
    """Return a statistic by domain.

    Args:
        table: the sample.
        weights: of each row, shape (rows,).
        domains: of each row.
        kind: which statistic.
        what: a column; for a share (column, level); for a ratio (numerator, denominator).

    Raises:
        ValueError: an unknown column, one that does not hold numbers, no answers at all, a level never seen, a
            denominator that sums to 0.
    """
    if kind == "share":
        return _share(table, weights, domains, what)
    if kind == "ratio":
        return _ratio(table, weights, domains, what)
    if not isinstance(what, str):
        raise ValueError(f"{kind} is {what!r}; give the name of one column.")
    answers = table.numbers(what, kind)
    known, counts = _known(domains, answers == answers, what, kind)
    if kind == "median":
        return _median(answers, weights, known, counts)
    if kind == "total":
        return _total(answers, weights, known, counts)
    return _mean(answers, weights, known, counts, kind)


def weighted_quantile(
    answers: FloatArray, weights: FloatArray, share: float | Sequence[float], between: bool = False
) -> FloatArray:
    """Return the smallest answer that at least a share of the weight lies at or below.

    Args:
        answers: without missing ones, not empty, shape (rows,).
        weights: above 0, shape (rows,).
        share: one or more shares, 0..1.
        between: where the weight at or below is exactly the share, return the middle of this answer and the next (SAS'
            definition 5, Eurostat, laeken); otherwise this answer (R's type 1, `qrule_math` in R survey).

    Returns:
        One value per share.
    """
    import numpy as np

    order = np.argsort(answers, kind="stable")
    ordered, below = answers[order], np.cumsum(weights[order])
    total = below[-1]
    wanted = np.atleast_1d(np.asarray(share, dtype=np.float64)) * total
    slack = EQUAL * total
    places = np.minimum(np.searchsorted(below, wanted - slack), ordered.size - 1)
    found = ordered[places]
    if between:
        exact = np.abs(below[places] - wanted) <= slack
        found = np.where(exact, (found + ordered[np.minimum(places + 1, ordered.size - 1)]) / 2.0, found)
    return np.asarray(found, dtype=np.float64)


def _known(domains: Domains, answered: NDArray[np.bool_], name: str, role: str) -> tuple[Domains, IntArray]:
    """Return the domains with rows without an answer in none, and the number of answers in each."""
    import numpy as np

    codes = np.where(answered, domains.codes, -1)
    counts = np.bincount(codes + 1, minlength=len(domains.levels) + 1)[1:]
    if not counts.any():
        raise ValueError(f"column '{name}' ({role}) holds no answers at all; nothing can be estimated from it.")
    return Domains(codes, domains.levels), counts


def _sums(domains: Domains, values: FloatArray) -> FloatArray:
    import numpy as np

    sums = np.bincount(domains.codes + 1, weights=values, minlength=len(domains.levels) + 1)[1:]
    return sums.astype(np.float64, copy=False)


def _per_row(domains: Domains, values: FloatArray) -> FloatArray:
    """Return each row's domain's value, 0 for rows in none."""
    import numpy as np

    return np.append(values, 0.0)[domains.codes]


def _mean(answers: FloatArray, weights: FloatArray, known: Domains, counts: IntArray, kind: Kind) -> Statistic:
    import numpy as np

    filled = np.where(known.codes >= 0, answers, 0.0)
    size = _sums(known, weights)
    empty = counts == 0
    size[empty] = np.nan
    values = _sums(known, weights * filled) / size
    centred = filled - _per_row(known, np.where(empty, 0.0, values))
    scores = centred / np.append(np.where(empty, 1.0, size), 1.0)[known.codes]
    return Statistic(kind, values, counts, Influence(scores, known.codes, len(known.levels)))


def _total(answers: FloatArray, weights: FloatArray, known: Domains, counts: IntArray) -> Statistic:
    import numpy as np

    filled = np.where(known.codes >= 0, answers, 0.0)
    values = _sums(known, weights * filled)
    values[counts == 0] = np.nan
    return Statistic("total", values, counts, Influence(filled, known.codes, len(known.levels)))


def _share(table: Table, weights: FloatArray, domains: Domains, what: Any) -> Statistic:
    import numpy as np

    name, level = _pair(what, "share", "(column, level)")
    groups = table.groups(name, "share")
    if level not in groups.levels and not (groups.declared and level in groups.declared):
        kinds = " or ".join(sorted({type(seen).__name__ for seen in groups.levels})) or "nothing"
        raise ValueError(
            f"column '{name}' (share) never holds {level!r}; give one of the answers that occur (the column holds "
            f"{len(groups.levels)} different values of type {kinds})."
        )
    place = groups.levels.index(level) if level in groups.levels else -2
    hits = (groups.codes == place).astype(np.float64)
    known, counts = _known(domains, groups.codes >= 0, name, "share")
    found = _mean(hits, weights, known, counts, "share")
    gave = np.bincount(known.codes + 1, weights=hits, minlength=len(known.levels) + 1)[1:]
    whole = (gave == 0) | (gave == counts)
    # All or none is exactly 1 or 0, whatever the rounding of sums of weights.
    values = np.where(whole & (counts > 0), (gave > 0).astype(np.float64), found.values)
    return Statistic("share", values, counts, found.influence, whole)


def _ratio(table: Table, weights: FloatArray, domains: Domains, what: Any) -> Statistic:
    import numpy as np

    above, below = _pair(what, "ratio", "(numerator, denominator)")
    numerator, denominator = table.numbers(above, "ratio, numerator"), table.numbers(below, "ratio, denominator")
    answered = (numerator == numerator) & (denominator == denominator)
    known, counts = _known(domains, answered, above, "ratio")
    numerator = np.where(known.codes >= 0, numerator, 0.0)
    denominator = np.where(known.codes >= 0, denominator, 0.0)
    base = _sums(known, weights * denominator)
    if ((base == 0) & (counts > 0)).any():
        raise ValueError(
            f"column '{below}' (ratio, denominator) sums to 0 in a domain; a ratio needs another denominator."
        )
    empty = counts == 0
    values = _sums(known, weights * numerator) / np.where(empty, np.nan, base)
    scores = numerator - _per_row(known, np.where(empty, 0.0, values)) * denominator
    scores /= np.append(np.where(empty, 1.0, base), 1.0)[known.codes]
    return Statistic("ratio", values, counts, Influence(scores, known.codes, len(known.levels)))


def _median(answers: FloatArray, weights: FloatArray, known: Domains, counts: IntArray) -> Statistic:
    import numpy as np

    values = np.full(len(known.levels), np.nan)
    for domain in np.flatnonzero(counts):
        rows = known.codes == domain
        values[domain] = weighted_quantile(answers[rows], weights[rows], 0.5)[0]
    below = (answers <= _per_row(known, np.where(counts == 0, 0.0, values))).astype(np.float64)
    influence = _mean(below, weights, known, counts, "median").influence
    return Statistic("median", values, counts, influence, answers=answers)


def _pair(what: Any, kind: str, wanted: str) -> tuple[Any, Any]:
    if isinstance(what, str) or not isinstance(what, Sequence) or len(what) != 2:
        raise ValueError(f"{kind} is {what!r}; give a pair, {kind}={wanted}.")
    return what[0], what[1]
