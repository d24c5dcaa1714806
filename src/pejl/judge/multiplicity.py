"""What many tests at once do to the odds of a false signal.

A page with a hundred verdicts at 95 % is expected to show five changes that are chance. These functions put
that in numbers; they change no verdict. Pure Python, so that importing them costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pejl.measure.number_checks import checked_count, checked_level, checked_share


def benjamini_hochberg(p: Iterable[float]) -> list[float]:
    """Adjust p-values so that rejecting those at or below q keeps the false discovery rate at q.

    Equal p-values get equal adjusted values; the order given is kept; no p-values give an empty list. Equals
    R's `p.adjust(p, "BH")`.

    Args:
        p: two-sided p-values, 0..1, in any order.

    Returns:
        One adjusted p-value per p-value, 0..1, in the order given.

    Raises:
        ValueError: a p-value outside 0..1 or not finite.

    Source: Benjamini and Hochberg (1995), Controlling the false discovery rate, JRSS B 57, procedure (1), as
    adjusted p-values.
    """
    values = _checked(p)
    return _adjusted(values, lambda place, value: value * len(values) / place, from_largest=True)


def holm(p: Iterable[float]) -> list[float]:
    """Adjust p-values so that rejecting those at or below a keeps the chance of any false rejection at a.

    Equal p-values get equal adjusted values; the order given is kept; no p-values give an empty list. Equals
    R's `p.adjust(p, "holm")`.

    Args:
        p: two-sided p-values, 0..1, in any order.

    Returns:
        One adjusted p-value per p-value, 0..1, in the order given.

    Raises:
        ValueError: a p-value outside 0..1 or not finite.

    Source: Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of
    Statistics 6, p. 65-70, as adjusted p-values.
    """
    values = _checked(p)
    return _adjusted(values, lambda place, value: value * (len(values) + 1 - place), from_largest=False)


def expected_false_signals(tests: int, level: float = 0.95) -> float:
    """How many of `tests` verdicts would show a change if nothing at all had changed.

    Args:
        tests: number of verdicts, whole and not negative.
        level: level of the intervals the verdicts rest on.

    Returns:
        tests * (1 - level), rounded to 12 decimals so that 20 tests at 0.95 give 1.0.

    Raises:
        ValueError: tests negative or not whole, level not between 0 and 1.
    """
    return round(checked_count("tests", tests) * (1.0 - checked_level(level)), 12)


def _checked(p: Iterable[float]) -> list[float]:
    return [checked_share(f"p[{index}]", value) for index, value in enumerate(p)]


def _adjusted(values: list[float], scaled: Callable[[int, float], float], from_largest: bool) -> list[float]:
    """Scale each value by its place among the sorted, and keep the adjusted values monotone from one end."""
    order = sorted(range(len(values)), key=values.__getitem__, reverse=from_largest)
    places = range(len(values), 0, -1) if from_largest else range(1, len(values) + 1)
    keep = min if from_largest else max
    running = 1.0 if from_largest else 0.0
    adjusted = [0.0] * len(values)
    for place, index in zip(places, order, strict=True):
        running = keep(running, min(scaled(place, values[index]), 1.0))
        adjusted[index] = running
    return adjusted
