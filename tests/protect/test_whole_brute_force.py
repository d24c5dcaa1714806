"""A whole release against every table in whole numbers that agrees with what is public, on tiny tables."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from pejl.protect.whole import (
    Cell,
    IndicatorTable,
    Numbers,
    Relation,
    audit_public,
    protect_release,
    public_table,
    withheld_of,
)

Shares = list[tuple[int, int]]
"""With and without the trait, row by row."""


def place(row: int) -> Cell:
    return (("district", str(row)),)


def share_table(rows: Shares, indicator: str = "ill") -> IndicatorTable:
    cells = {place(at): Numbers(yes, yes + no, yes + no) for at, (yes, no) in enumerate(rows)}
    yes, no = (sum(part) for part in zip(*rows, strict=True))
    return IndicatorTable(indicator, "1", "2020", "city", "share", {(): Numbers(yes, yes + no, yes + no), **cells})


def ways(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in ways(total - first, parts - 1):
            yield (first, *rest)


def possible(rows: Shares, hidden: list[int], empty_shown: bool) -> list[Shares]:
    """Return every table of the hidden rows that agrees with their sums."""
    yes, no = (sum(rows[at][part] for at in hidden) for part in (0, 1))
    tables = [list(zip(one, other, strict=True)) for one in ways(yes, len(hidden)) for other in ways(no, len(hidden))]
    return [each for each in tables if not empty_shown or all(a + b for a, b in each)]


rows_of_shares = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=3, max_size=3)


@settings(max_examples=40)
@given(rows_of_shares, st.data())
def test_the_strangers_limits_are_those_of_every_table_that_agrees(rows: Shares, data: st.DataObject) -> None:
    filled = [at for at, row in enumerate(rows) if any(row)]
    hidden = sorted(data.draw(st.sets(st.sampled_from(filled), max_size=3))) if filled else []
    full = share_table(rows)
    report = audit_public([public_table(full, {place(at) for at in hidden})])
    tables = possible(rows, hidden, empty_shown=len(hidden) < len(rows)) if hidden else []
    assert len(report.rows) == 3 * len(hidden)
    for row in report.rows:
        at = hidden.index(int(row.cell[0][1]))
        counts = {"numerator": lambda pair: pair[0], "complement": lambda pair: pair[1], "denominator": sum}
        values = [counts[row.measure](each[at]) for each in tables]
        assert (row.low, row.high) == (min(values), max(values))


@settings(max_examples=40)
@given(rows_of_shares)
def test_what_is_protected_is_so_against_every_table_that_agrees(rows: Shares) -> None:
    full = share_table(rows)
    found = protect_release([full])
    cells = withheld_of(found).get(full.key, frozenset())
    assert found.proved
    small = [at for at, (yes, no) in enumerate(rows) if any(0 < number < 5 for number in (yes, no, yes + no))]
    assert {place(at) for at in small} <= cells
    if () in cells:
        assert cells == set(full.rows)  # nothing is shown at all
        return
    hidden = [at for at in range(len(rows)) if place(at) in cells]
    if not hidden:
        return
    tables = possible(rows, hidden, empty_shown=len(hidden) < len(rows))
    for at in small:
        for part in (0, 1):
            number = rows[at][part]
            values = [each[hidden.index(at)][part] for each in tables]
            if 0 < number < 5:
                assert min(values) <= number - 1
                assert max(values) >= max(5, number + 1)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=3, max_size=3))
def test_a_part_and_its_whole_hold_against_every_pair_of_tables_that_agrees(rows: Shares) -> None:
    """Rows are (in the part, in the whole beside it)."""

    def counted(indicator: str, numbers: list[int]) -> IndicatorTable:
        cells = {place(at): Numbers(number) for at, number in enumerate(numbers)}
        return IndicatorTable(indicator, "1", "2020", "city", "count", {(): Numbers(sum(numbers)), **cells})

    inside, whole = [one for one, _ in rows], [one + other for one, other in rows]
    tables = [counted("part", inside), counted("whole", whole)]
    found = protect_release(tables, relations=[Relation("part_of", "part", "whole")])
    assert found.proved
    hidden = withheld_of(found)
    if any(() in cells for cells in hidden.values()):
        return

    def guesses(table: IndicatorTable, numbers: list[int]) -> list[list[int]]:
        cells = hidden.get(table.key, frozenset())
        places = [at for at in range(len(numbers)) if place(at) in cells]
        least = 1 if len(places) < len(numbers) else 0
        if not places:
            return [numbers]
        found_ = []
        for guess in ways(sum(numbers[at] for at in places), len(places)):
            if min(guess) >= least:
                copy = list(numbers)
                for at, number in zip(places, guess, strict=True):
                    copy[at] = number
                found_.append(copy)
        return found_

    pairs = [
        (one, other)
        for one, other in itertools.product(guesses(tables[0], inside), guesses(tables[1], whole))
        if all(a <= b for a, b in zip(one, other, strict=True))
    ]
    for which, numbers in enumerate((inside, whole)):
        least = 1 if len(hidden.get(tables[which].key, ())) < len(numbers) else 0
        for at, number in enumerate(numbers):
            if 0 < number < 5:
                values = [pair[which][at] for pair in pairs]
                assert min(values) <= max(least, number - 1)
                assert max(values) >= 5


@settings(max_examples=12)
@given(st.lists(st.integers(0, 1), min_size=8, max_size=8), st.data())
def test_three_two_way_tables_say_no_more_than_every_three_way_table_behind_them(
    inner: list[int], data: st.DataObject
) -> None:
    names = ("a", "b", "c")
    codes = list(itertools.product("01", repeat=3))
    people = dict(zip(codes, inner, strict=True))
    shown: dict[Cell, Numbers | None] = {}
    for width in (0, 1, 2):
        for chosen in itertools.combinations(range(3), width):
            for found in itertools.product("01", repeat=width):
                cell = tuple((names[at], code) for at, code in zip(chosen, found, strict=True))
                shown[cell] = Numbers(float(sum_of(people, cell)))
    filled = sorted(cell for cell, numbers in shown.items() if len(cell) == 2 and numbers and numbers.numerator)
    if not filled:
        return
    hidden: set[Cell] = set(data.draw(st.sets(st.sampled_from(filled), min_size=1, max_size=5)))
    table = IndicatorTable("ill", "1", "2020", "city", "count", shown)
    report = audit_public([public_table(table, hidden)])
    limits = {row.cell: (row.low, row.high) for row in report.rows}
    total = sum(inner)
    agreeing = []
    for guess in ways(total, 8):
        other = dict(zip(codes, guess, strict=True))
        if all(sum_of(other, cell) == sum_of(people, cell) for cell in shown if cell not in hidden):
            agreeing.append(other)
    agreeing = [each for each in agreeing if all(nothing_empty(each, cell, hidden, shown) for cell in hidden)]
    for cell in hidden:
        values = [sum_of(each, cell) for each in agreeing]
        low, high = limits[cell]
        # Linear programs allow halves of people, which the whole tables do not: never narrower than the truth.
        assert low <= min(values)
        assert high >= max(values)
        assert high - low <= max(values) - min(values) + 1


def sum_of(people: dict[tuple[str, ...], int], cell: Cell) -> int:
    places = {"a": 0, "b": 1, "c": 2}
    return sum(number for codes, number in people.items() if all(codes[places[name]] == code for name, code in cell))


def nothing_empty(
    people: dict[tuple[str, ...], int], cell: Cell, hidden: set[Cell], shown: dict[Cell, Numbers | None]
) -> bool:
    """Tell whether a withheld row has somebody in it, where other rows of its breakdown are shown."""
    names = [name for name, _ in cell]
    beside = [other for other in shown if [name for name, _ in other] == names]
    return all(other in hidden for other in beside) or sum_of(people, cell) > 0
