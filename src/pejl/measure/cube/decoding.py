"""From sums by numbers to cells by codes, zeros included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pejl.measure.cube.plan import WITH_DENOMINATOR, WITH_SPREAD, Plan, unknown_code, valid_codes
from pejl.measure.cube.sets import Key, Sums
from pejl.measure.cube.standing import bits_of, code_of, pattern_of
from pejl.measure.cube.values import Cell, CountingError
from pejl.text import message

_DIGITS = 12
"""Of sums of numbers that are not whole: more is noise of the order in which they were added."""


def cells_of(plan: Plan, sums: Mapping[Key, Sums], *, patterns: bool) -> tuple[Cell, ...]:
    """Return the cells of `sums`, in the order of period, breakdown and code.

    The total and every code valid in a period are there, if need be with zeros. What stands under the code of the
    unknown is left out of breakdowns where that is declared.

    Raises:
        CountingError: the SQL gave a code that is not declared.
    """
    codes = _Codes(plan, patterns)
    texts = {each.number: each.period.text for each in plan.periods}
    found: dict[tuple[int, tuple[str, ...], tuple[str, ...]], Sums] = {}
    for (number, names, values), sum_ in sums.items():
        if number in texts:
            found[number, names, codes.of(names, values)] = sum_
    if not patterns:
        for key in _always(plan):
            found.setdefault(key, {})
    left_out = codes.left_out
    order = {names: place for place, names in enumerate(plan.sets)}
    return tuple(
        _cell(plan, texts[number], names, chosen, found[number, names, chosen])
        for number, names, chosen in sorted(found, key=lambda key: (key[0], order[key[1]], key[2]))
        if not any((name, code) in left_out for name, code in zip(names, chosen, strict=True))
    )


class _Codes:
    """The codes behind the numbers, each looked up once."""

    def __init__(self, plan: Plan, patterns: bool) -> None:
        self._plan = plan
        self._patterns = patterns
        self._own = {each.id: {code.code for code in each.codes} for each in plan.own}
        self._seen: dict[tuple[str, str | int], str] = {}

    @property
    def left_out(self) -> set[tuple[str, str | None]]:
        if self._plan.counting.unknown == "keep":
            return set()
        return {(name, unknown_code(each)) for name, each in self._plan.dimensions.items()}

    def of(self, names: Iterable[str], values: Iterable[str | int]) -> tuple[str, ...]:
        return tuple(self._code(name, value) for name, value in zip(names, values, strict=True))

    def _code(self, name: str, value: str | int) -> str:
        if (name, value) not in self._seen:
            self._seen[name, value] = self._look_up(name, value)
        return self._seen[name, value]

    def _look_up(self, name: str, value: str | int) -> str:
        if name in self._own:
            if value not in self._own[name]:
                what = message(
                    "its column '{dimension}' holds values that are no codes of the dimension", dimension=name
                )
                raise CountingError("undeclared_code", what)
            return str(value)
        dimension = self._plan.dimensions[name]
        if not dimension.overlapping:
            return code_of(dimension, int(value))
        if self._patterns:
            return "+".join(pattern_of(dimension, int(value)))
        (code,) = pattern_of(dimension, bits_of(int(value)))
        return code


def _always(plan: Plan) -> Iterator[tuple[int, tuple[str, ...], tuple[str, ...]]]:
    """Yield the cells that are there even where nothing was counted."""
    for each in plan.periods:
        for names in plan.sets:
            if not names:
                yield each.number, (), ()
            elif len(names) == 1:
                for code in valid_codes(plan.dimensions[names[0]], each.period):
                    yield each.number, names, (code,)


def _cell(plan: Plan, period: str, names: tuple[str, ...], codes: tuple[str, ...], sums: Sums) -> Cell:
    return Cell(
        period=period,
        dimensions=tuple(zip(names, codes, strict=True)),
        numerator=_clean(sums.get("num", 0.0)),
        denominator=_clean(sums.get("den", 0.0)) if plan.kind in WITH_DENOMINATOR else None,
        n=int(sums.get("n", 0)),
        rows=int(sums.get("row_count", 0)),
        se=_clean_or_none(standard_error(sums, plan.counting.per)) if plan.kind in WITH_SPREAD else None,
        largest=_largest(sums) if plan.kind in WITH_SPREAD else None,
    )


def _largest(sums: Sums) -> tuple[float, float] | None:
    if sums.get("lowest", 0.0) < 0:
        return None
    return _clean(sums.get("largest_1", 0.0)), _clean(sums.get("largest_2", 0.0))


def standard_error(sums: Sums, per: int) -> float | None:
    """Return the standard error of `per` * num / den, with persons as units; None for fewer than two.

    The linearised variance of a ratio of sums, m / (m - 1) * sum(e^2) / den^2 with e = num - ratio * den of each of
    m persons; with a denominator of 1 for everybody it is the variance of a mean. Source: Cochran (1977), Sampling
    Techniques, 3rd edition, section 6.4; Särndal, Swensson and Wretman (1992), section 5.6.
    """
    persons, num, den = (sums.get(name, 0.0) for name in ("units", "num", "den"))
    if persons <= 1 or den <= 0:
        return None
    ratio = num / den
    squares = sums["nn"] - 2 * ratio * sums["nd"] + ratio * ratio * sums["dd"]
    # what cancels to less than the digits of its parts is nothing
    if squares <= 1e-13 * (sums["nn"] + ratio * ratio * sums["dd"]):
        return 0.0
    return float(per * (persons / (persons - 1) * squares) ** 0.5 / den)


def _clean(value: float) -> float:
    return value if value.is_integer() else float(f"{value:.{_DIGITS}g}")


def _clean_or_none(value: float | None) -> float | None:
    return None if value is None else _clean(value)
