"""Values in classes of lightness, each with a pattern of squares, so that a copy in grey tells them apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pejl.publish.charts.drawing import INK, PAPER, Sheet
from pejl.publish.charts.scales import Axis, tick_words, value_axis
from pejl.publish.charts.words import plain_number
from pejl.text import Language, format_number

FILLS = ("#f2f6fa", "#cfdfee", "#9dbfdd", "#5b93c4", "#1f5f99")
_WORDS = (INK, INK, INK, INK, PAPER)


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of equal width between round limits; `limits` has one more than there are classes."""

    limits: tuple[float, ...]

    def of(self, value: float) -> int:
        """Return the class of a value, 0 the lightest; a value on a limit belongs to the class above, save the last."""
        return min(max(bisect_right(self.limits, value) - 1, 0), self.count - 1)

    @property
    def count(self) -> int:
        """How many classes there are."""
        return len(self.limits) - 1

    def fill(self, number: int) -> str:
        """Return the colour of a class."""
        return FILLS[self._shade(number)]

    def ink(self, number: int) -> str:
        """Return the colour of words on it."""
        return _WORDS[self._shade(number)]

    def _shade(self, number: int) -> int:
        return round(number * (len(FILLS) - 1) / max(self.count - 1, 1)) if self.count > 1 else 1


def classes_of(values: Sequence[float], kind: str) -> Classes:
    """Return two to five classes of equal width that hold all values; one where they are all alike."""
    if not values or min(values) == max(values):
        only = values[0] if values else 0.0
        return Classes((only, only))
    axis: Axis = value_axis((), (min(values), max(values)), kind, 0.0, 1.0, wanted=4)
    limits = list(axis.ticks)
    while len(limits) > 2 and limits[1] <= min(values):
        del limits[0]
    while len(limits) > 2 and limits[-2] >= max(values):
        del limits[-1]
    while len(limits) - 1 > len(FILLS):
        # Twice the step; with an odd number of classes the last one reaches beyond the old end.
        odd = (len(limits) - 1) % 2
        limits = [*limits[::2], *([limits[-1] + limits[1] - limits[0]] if odd else [])]
    return Classes(tuple(limits))


def class_words(classes: Classes, unit: str | None, language: Language, *, whole: bool = False) -> tuple[str, ...]:
    """Return each class as its lowest and highest value.

    Args:
        classes: round limits; a value on one belongs to the class above.
        unit: of the values.
        language: of the numbers.
        whole: values are whole numbers, so that a class ends below the limit: 5-9 and 10-15, not 5-10 and 10-15.
    """
    limits = classes.limits
    if limits[0] == limits[-1]:
        return (plain_number(limits[0], unit, language),)
    told = tick_words(Axis(limits[0], limits[-1], 0.0, 1.0, limits), language)
    highs = list(told[1:])
    if whole and all(limit.is_integer() for limit in limits):
        highs[:-1] = [format_number(limit - 1, language, 0) for limit in limits[1:-1]]
    pairs = zip(told[:-1], highs, strict=True)
    return tuple(low if low == high else f"{low}\N{EN DASH}{high}" for low, high in pairs)


def draw_pips(sheet: Sheet, left: float, top: float, number: int, colour: str) -> None:
    """Draw as many small squares as the class has numbers below it and itself: the pattern of the class."""
    for place in range(number + 1):
        sheet.rect((left + place * 7, top), (5, 5), colour)
