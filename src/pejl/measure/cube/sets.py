"""From finest cells to every combination that is published, by GROUPING SETS over a small relation.

`GROUPING()` tells which dimensions a row is not broken down by, so that a total is never mistaken for something
unknown.
"""

# SQL is written here, of quoted names and of numbers and words of our own.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pejl.engines import Session
from pejl.engines.sql_text import quoted
from pejl.measure.cube.facts import EXTREMES, extremes, extremes_of, measures_of, own_columns
from pejl.measure.cube.plan import Plan
from pejl.measure.cube.standing import Packing

Sums = dict[str, float]
Key = tuple[int, tuple[str, ...], tuple[str | int, ...]]
"""Number of the period, dimensions, and for each of them the own code or the number of where persons stand."""
_PRODUCTS = {"nn": ("num", "num"), "nd": ("num", "den"), "dd": ("den", "den")}


@dataclass(frozen=True)
class Sets:
    """Sums up cells or persons by sets of dimensions.

    With `patterns` the number of an overlapping dimension is that of the whole pattern, else that of one group (the
    position of its bit).
    """

    plan: Plan
    packing: Packing
    session: Session

    def of_cells(self, relation: str, *, patterns: bool) -> Iterator[tuple[Key, Sums]]:
        """Yield the sums of the finest cells in `relation`, by set."""
        more = extremes_of(self.plan)
        names = (*measures_of(self.plan), *more)
        for sets, overlapping in self._families(patterns):
            summed = [f"sum({name}) AS {name}" for name in measures_of(self.plan)]
            sums = ", ".join([*summed, *(extremes() if more else ())])
            sql = self._select(relation, sets, overlapping, (), sums)
            yield from self._read(sql, sets, names)

    def of_repeated(self, relation: str, *, patterns: bool) -> Iterator[tuple[Key, Sums]]:
        """Yield what is to be added where a person stands in several finest cells of a set's cell.

        The sums over finest cells have such a person once for each; the persons in `relation` are all those. The
        extremes are those of these persons alone: over finest cells they are those of all others.
        """
        summed = tuple(name for name in measures_of(self.plan) if name in ("units", "n", *_PRODUCTS))
        more = extremes_of(self.plan)
        names = (*summed, *more)
        for sets, overlapping in self._families(patterns):
            own = [f"{_correction(name)} AS {name}" for name in summed]
            per_person = ", ".join([*own, *(["sum(num) AS part"] if more else ())])
            inner = self._select(relation, sets, overlapping, ("role", "person"), per_person)
            columns = ", ".join(["which", "period_no", *(_column(each) for each in _dimensions(sets))])
            found = [f"sum({name}) AS {name}" for name in summed]
            sums = ", ".join([*found, *(extremes("part") if more else ())])
            yield from self._read(f"SELECT {columns}, {sums} FROM ({inner}) GROUP BY {columns}", sets, names)

    def _families(self, patterns: bool) -> Iterator[tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]]:
        """Yield the sets with the overlapping dimensions of which groups are to be told apart.

        A person is in several groups, so sets with such dimensions are summed apart from those without.
        """
        families: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for each in self.plan.sets:
            shared = tuple(name for name in each if name in self.plan.overlapping)
            if shared or not patterns:
                families.setdefault(() if patterns else shared, []).append(each)
        for overlapping, sets in families.items():
            yield tuple(sets), overlapping

    def _select(
        self,
        relation: str,
        sets: tuple[tuple[str, ...], ...],
        overlapping: tuple[str, ...],
        also: tuple[str, ...],
        sums: str,
    ) -> str:
        dimensions = _dimensions(sets)
        columns = [_column(each) for each in dimensions]
        which = f"GROUPING({', '.join(columns)})" if columns else "0"
        grouped = ", ".join(f"({', '.join(['period_no', *also, *(_column(name) for name in each)])})" for each in sets)
        shown = ", ".join([f"{which} AS which", "period_no", *also, *columns, sums])
        source = self._unpacked(relation, dimensions, overlapping)
        return f"SELECT {shown} FROM ({source}) GROUP BY GROUPING SETS ({grouped})"

    def _unpacked(self, relation: str, dimensions: Iterable[str], overlapping: tuple[str, ...]) -> str:
        """Return the SELECT of `relation` with a column for each standing dimension, a row for each group."""
        columns, groups = [], ""
        for name in dimensions:
            if quoted(f"d_{name}") in own_columns(self.plan):
                continue
            number = self.packing.unpacked(name, "s")
            if name in overlapping:
                table = quoted(f"g_{name}")
                bits = len(self.plan.dimensions[name].codes)
                groups += (
                    f" JOIN range(-1, {bits}) {table}(bit) ON CASE WHEN {table}.bit < 0 THEN {number} = 0"
                    f" ELSE ({number} >> {table}.bit) & 1 = 1 END"
                )
                columns.append(f"{table}.bit AS {_column(name)}")
            else:
                columns.append(f"{number} AS {_column(name)}")
        return f"SELECT {', '.join(['c.*', *columns])} FROM {relation} c{groups}"

    def _read(self, sql: str, sets: tuple[tuple[str, ...], ...], names: tuple[str, ...]) -> Iterator[tuple[Key, Sums]]:
        dimensions = _dimensions(sets)
        places = {}
        for each in sets:
            which = sum(1 << bit for bit, name in enumerate(reversed(dimensions)) if name not in each)
            places[which] = (each, [2 + dimensions.index(name) for name in each])
        first = 2 + len(dimensions)
        for row in self.session.fetch(sql):
            chosen, columns = places[int(row[0])]
            key = (int(row[1]), chosen, tuple(row[place] for place in columns))
            yield key, {name: float(value) for name, value in zip(names, row[first:], strict=True)}


def add(sums: Sums, more: Sums) -> None:
    """Add what is to be added to sums; of contributions the largest of both are kept, and the least."""
    extreme = {name: (sums[name], more[name]) for name in EXTREMES if name in more}
    for name, value in more.items():
        sums[name] += value
    if extreme:
        largest = sorted((*extreme["largest_1"], *extreme["largest_2"]), reverse=True)
        sums |= {"largest_1": largest[0], "largest_2": largest[1], "lowest": min(extreme["lowest"])}


def _correction(name: str) -> str:
    """Return the SQL of what one person's sum should be, less what the finest cells made of it."""
    if name in _PRODUCTS:
        one, other = _PRODUCTS[name]
        return f"sum({one})::DOUBLE * sum({other})::DOUBLE - sum({name})"
    return f"max({name}) - sum({name})"


def _dimensions(sets: Iterable[tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(name for each in sets for name in each))


def _column(dimension: str) -> str:
    return quoted(f"d_{dimension}")
