"""Tables of one indicator as they are published, and what is known of how they hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

Cell = tuple[tuple[str, str], ...]
"""Pairs (dimension, code) in the order of dimensions' names; () is the total."""

TableKey = tuple[str, str, str, str]
"""Indicator, version of its definition, period, scope."""

Measure = Literal["numerator", "complement", "denominator", "persons"]

LEFT_OUT = ""
"""The code of those whose place in a dimension is unknown and left out: in the total, in no row, never published."""

TOTAL: Cell = ()


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a row; None where there is none, or none is known.

    Attributes:
        numerator: what is counted.
        denominator: what it is divided by; none for a count.
        persons: the persons behind the row, who need not add up over rows: one may be in several.
        largest: of sums, means and ratios the largest contributions of single persons to the numerator, descending;
            None where they are not known.
    """

    numerator: float | None = None
    denominator: float | None = None
    persons: float | None = None
    largest: tuple[float, ...] | None = None

    def of(self, measure: Measure) -> float | None:
        """Return one of the numbers; the complement is the denominator less the numerator."""
        if measure == "numerator":
            return self.numerator
        if measure == "denominator":
            return self.denominator
        if measure == "persons":
            return self.persons
        if self.numerator is None or self.denominator is None:
            return None
        return self.denominator - self.numerator

    @property
    def is_empty(self) -> bool:
        """Tell whether the row is known to be zero altogether."""
        return not any((self.numerator, self.denominator, self.persons)) and self.numerator is not None


RelationKind = Literal["part_of", "same_count", "same_base", "base_is", "from_stock", "to_stock"]


@dataclass(frozen=True, slots=True)
class Relation:
    """What is declared of two indicators, cell by cell; anybody who reads the definitions knows it.

    - `part_of`: what this one counts is among what the other counts.
    - `same_count`: both count the same.
    - `same_base`: both have the same denominator.
    - `base_is`: this one's denominator is what the other counts.
    - `from_stock`, `to_stock`: this one counts transitions; those that begin (end) at a code of `dimension` are what
      the other counted at the same code of its `other_dimension` in the period before (after).

    Attributes:
        kind: one of the above.
        indicator: the one it is declared for.
        other: the one it is related to.
        dimension: of stocks only: this one's dimension.
        other_dimension: of stocks only: the other's.
        at_most: of stocks only: not all of the stock are in the transitions (some moved away).
        codes: of stocks only: the codes of which it is true; of all if empty.
    """

    kind: RelationKind
    indicator: str
    other: str
    dimension: str = ""
    other_dimension: str = ""
    at_most: bool = False
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """Everything that is (to be) published of one indicator for one period.

    Attributes:
        indicator: its id.
        version: of its definition.
        period: as text.
        scope: the id of whom it is about.
        kind: `count` (also transitions), `share`, `rate`; `sum`, `mean`, `ratio` where the contributions to their
            numerators are known; of anything else only the persons are looked at.
        rows: by cell; `None` for a row that is withheld, for a reader.
        leaves_out: people whose place is unknown are in the total and in no row.
        rounded: how far every number may be from the true one; 0 for a table that is not rounded.
        exact: the rows of a rounded table that are not rounded.
    """

    indicator: str
    version: str
    period: str
    scope: str
    kind: str
    rows: Mapping[Cell, Numbers | None]
    leaves_out: bool = False
    rounded: float = 0.0
    exact: frozenset[Cell] = frozenset()

    def is_rounded(self, cell: Cell) -> bool:
        """Tell whether the numbers of a row are rounded."""
        return self.rounded > 0.0 and cell not in self.exact

    @property
    def key(self) -> TableKey:
        """Which table it is."""
        return self.indicator, self.version, self.period, self.scope

    def sets(self) -> dict[tuple[str, ...], list[Cell]]:
        """Return the cells by the names of their dimensions: every breakdown, and the total under ()."""
        found: dict[tuple[str, ...], list[Cell]] = {}
        for cell in self.rows:
            found.setdefault(names_of(cell), []).append(cell)
        return found


@dataclass(frozen=True, slots=True)
class Groupings:
    """How codes of a dimension overlap or stand above others; a dimension that is not named has codes side by side.

    Attributes:
        overlapping: dimensions in which one person may have several codes, and the codes that nobody has beside another
            ("none of them", "unknown").
        parents: by dimension, the codes that are sums of others.
    """

    overlapping: Mapping[str, frozenset[str]] = field(default_factory=dict)
    parents: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def inner(self, dimension: str, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return for each code the innermost codes it is the sum of: of overlapping codes the combinations."""
        known = list(dict.fromkeys(codes))
        if dimension in self.overlapping:
            alone = self.overlapping[dimension]
            together = [code for code in known if code not in alone]
            combined = ["+".join(each) for each in _subsets(together)]
            found = {code: tuple(each for each in combined if code in each.split("+")) for code in together}
            return found | {code: (code,) for code in known if code in alone}
        tree = self.parents.get(dimension, {})
        return {code: tuple(_leaves(code, tree)) for code in known}

    def only(self, tables: Iterable[IndicatorTable]) -> Groupings:
        """Return what concerns the codes of some tables."""
        codes: dict[str, set[str]] = {}
        for table in tables:
            for cell in table.rows:
                for name, code in cell:
                    codes.setdefault(name, set()).add(code)
        overlapping = {name: self.overlapping[name] for name in sorted(codes) if name in self.overlapping}
        parents: dict[str, dict[str, tuple[str, ...]]] = {}
        for name in sorted(codes):
            tree, seen = self.parents.get(name, {}), sorted(codes[name])
            for code in seen:
                if code in tree:
                    parents.setdefault(name, {})[code] = tree[code]
                    seen += [child for child in tree[code] if child not in seen]
        return Groupings(overlapping, parents)

    def is_plain(self, dimension: str, codes: Iterable[str]) -> bool:
        """Tell whether the codes of a dimension stand side by side."""
        return dimension not in self.overlapping and not any(code in self.parents.get(dimension, {}) for code in codes)


def _subsets(codes: Sequence[str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for code in codes:
        found += [(*each, code) for each in found]
    return found[1:]


def _leaves(code: str, tree: Mapping[str, tuple[str, ...]]) -> list[str]:
    if code not in tree:
        return [code]
    return list(dict.fromkeys(leaf for child in tree[code] for leaf in _leaves(child, tree)))


@dataclass(frozen=True, slots=True)
class Rule:
    """Which numbers must not be found out, and how far an attacker must stay from them.

    Attributes:
        threshold: numbers above zero and below it are small: of the count, the complement, the base, the persons.
        sensitive: indicators of which nobody may be known to have the trait, or all: zero and one hundred percent.
        p: the p % rule: nobody may reckon what the largest contribution to a sum is to within so many percent of it.
        dominant: the (n, k) rule: the n largest contributions may not be more than k percent of a sum; None for none.
    """

    threshold: int = 5
    sensitive: frozenset[str] = frozenset()
    p: float = 10.0
    dominant: tuple[int, float] | None = (2, 85.0)

    def protects(self, indicator: str, numbers: Numbers, measure: Measure) -> bool:
        """Tell whether a number of a row must be protected."""
        number = numbers.of(measure)
        if number is None:
            return False
        if measure == "numerator" and numbers.largest is not None:
            return self.is_dominated(numbers)
        if number == 0 and measure in ("numerator", "complement") and indicator in self.sensitive:
            return bool(numbers.denominator)
        return 0 < number < self.threshold

    def is_dominated(self, numbers: Numbers) -> bool:
        """Tell whether a sum tells too much of the largest contributions to it.

        Source: the p % and the (n, k) rule as in Hundepool et al. 2012, Statistical Disclosure Control, 4.2. Whoever
        gave the second largest contribution knows that what is left of the sum without the two is all that keeps
        him from the largest.
        """
        largest, total = numbers.largest or (), numbers.numerator or 0.0
        if not largest or largest[0] <= 0.0:
            return False
        rest = total - sum(largest[:2])
        if rest < self.p / 100.0 * largest[0] - 1e-9:
            return True
        return self.dominant is not None and sum(largest[: self.dominant[0]]) > self.dominant[1] / 100.0 * total + 1e-9

    def required_of(self, numbers: Numbers, measure: Measure, least: float) -> tuple[float, float]:
        """Return how low and how high a protected number of a row must seem possible to be: see `required`.

        A sum with a dominant contribution must seem possible to be p percent of that more, and less.
        """
        number = numbers.of(measure) or 0.0
        if measure == "numerator" and numbers.largest is not None:
            room = self.p / 100.0 * max(numbers.largest, default=0.0)
            return max(0.0, number - room), number + room
        return self.required(number, least)

    def required(self, number: float, least: float) -> tuple[float, float]:
        """Return how low and how high a protected number must seem possible to be.

        Args:
            number: the true one.
            least: what everybody knows it to be at least: empty rows are shown, so a withheld one is not empty.
        """
        return max(least, number - 1.0), max(float(self.threshold), number + 1.0)


def relations_of(tables: Iterable[IndicatorTable], relations: Iterable[Relation]) -> list[Relation]:
    """Return the relations between indicators that are both among some tables."""
    names = {table.indicator for table in tables}
    return [each for each in relations if {each.indicator, each.other} <= names]


def names_of(cell: Cell) -> tuple[str, ...]:
    """Return the dimensions of a cell."""
    return tuple(name for name, _ in cell)


AMOUNTS = ("sum", "mean", "ratio")
"""Kinds whose numerator is an amount, not persons."""

SUMMED, DIVIDED = "summed amount", "divided amount"
"""What tables of amounts are taken for where their numerators add up and the contributions are known."""


def with_amounts(table: IndicatorTable) -> IndicatorTable:
    """Return a table of amounts as one whose amounts are protected, if that is possible.

    It is where no amount is negative and, in the house's tables, every row has its largest contributions.
    """
    if table.kind not in AMOUNTS:
        return table
    known = [numbers for numbers in table.rows.values() if numbers is not None]
    amounts = [numbers.numerator for numbers in known]
    bases = [numbers.denominator for numbers in known]
    if len(table.rows) < 2 or not known or any(each is None or each < 0 for each in amounts):
        return table
    divided = all(each is not None for each in bases)
    if not divided and any(each is not None for each in bases):
        return table
    return replace(table, kind=DIVIDED if divided else SUMMED)


def has_amounts(table: IndicatorTable) -> bool:
    """Tell whether a table's numerators are amounts that are protected."""
    return table.kind in (SUMMED, DIVIDED)


def amounts_of(table: IndicatorTable) -> frozenset[Measure]:
    """Return the numbers of a table that are amounts: numerators, and bases where one that is shown is not whole."""
    if not has_amounts(table):
        return frozenset()
    bases = (numbers.denominator for numbers in table.rows.values() if numbers is not None)
    whole = all(base is None or float(base).is_integer() for base in bases)
    return frozenset({"numerator"} if whole else {"numerator", "denominator"})


def measures_of(kind: str) -> tuple[Measure, ...]:
    """Return the numbers that add up over rows."""
    if kind == "share":
        return ("numerator", "complement", "denominator")
    if kind in ("rate", DIVIDED):
        return ("numerator", "denominator")
    if kind == SUMMED:
        return ("numerator",)
    return ("numerator",) if kind in ("count", "transition") else ()


def arrays_of(kind: str) -> tuple[Measure, ...]:
    """Return the numbers that add up over rows and none of which follows from the others."""
    return ("numerator", "complement") if kind == "share" else measures_of(kind)


def base_of(kind: str) -> Measure | None:
    """Return the number that is above zero wherever a row is not empty."""
    if kind in ("share", "rate", DIVIDED):
        return "denominator"
    return "numerator" if kind in ("count", "transition") else None


def cell_text(cell: Cell) -> str:
    """Return a cell in words: `district=north sex=female`, or `total`."""
    return " ".join(f"{name}={code}" for name, code in cell) or "total"


def cell_of(text: str) -> Cell:
    """Return the cell that `cell_text` wrote.

    Raises:
        ValueError: it is no cell.
    """
    if text.strip() == "total":
        return TOTAL
    pairs = [part.split("=", 1) for part in text.split()]
    if not pairs or any(len(pair) != 2 or not all(pair) for pair in pairs):
        raise ValueError("a cell is 'total' or pairs dimension=code")
    return tuple(sorted((name, code) for name, code in pairs))
