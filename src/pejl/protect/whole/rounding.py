"""A whole table rounded so that its rows still add up, and the proof that the rounding hides small numbers.

The rounded table is that of other people, who come in fives: a table in whole numbers, times 5, whose sums are all
near the true ones. So whatever adds up in the true table adds up in the rounded one. A reader is told how far a number
may be from the true one, so the attacker has an interval for each; he knows besides that the true numbers are those of
people too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from pejl.protect.system import ContradictionError
from pejl.protect.whole.board import Board, Name, View
from pejl.protect.whole.linear import NOTHING
from pejl.protect.whole.routing import Router
from pejl.protect.whole.rows import is_empty
from pejl.protect.whole.tables import Cell, Groupings, IndicatorTable, Measure, Numbers, Rule, arrays_of, base_of
from pejl.protect.whole.worlds import apart, nearest_whole_table, rows_joined, whole_table, within
from pejl.protect.whole.writing import assumptions, board_of

if TYPE_CHECKING:
    from pejl.protect.cube import Counts
    from pejl.protect.whole.linear import Rows

BASE = 5.0
WIDTHS = (5.0, 9.0, 14.0)
"""How far from the true one a rounded number may be, tried in this order: with 4, who sees a 0 knows it to be small."""


@dataclass(frozen=True, slots=True)
class Rounded:
    """A rounded table.

    Attributes:
        table: with rounded numbers and no persons; its `rounded` is how far they may be from the true ones.
        proved: whether every small number keeps the interval that is required, against who knows that.
    """

    table: IndicatorTable
    proved: bool


def rounded(
    table: IndicatorTable, groupings: Groupings, rule: Rule, exact: frozenset[Cell] = frozenset()
) -> Rounded | None:
    """Return a table rounded to fives, as near as it can be done and proved; None if it cannot.

    Args:
        table: with all numbers; a count or a share.
        groupings: how codes overlap.
        rule: which numbers are small.
        exact: rows that stay as they are, as the total does on which goals are judged; none may be small.
    """
    if any(numbers is None for numbers in table.rows.values()):
        return None
    bare = replace(
        table, rows={cell: replace(each, persons=None) for cell, each in table.rows.items() if each is not None}
    )
    for assumed in assumptions(())[:1]:
        hidden = frozenset(cell for cell in bare.rows if not is_empty(bare, cell))
        board = board_of([View(bare, hidden)], (), groupings, **assumed)
        for width in WIDTHS:
            try:
                found = _Rounding(bare, board, rule, width, exact).table()
            except ContradictionError:
                return None
            if found is not None:
                rows = {cell: table.rows[cell] if cell in exact else each for cell, each in found.table.rows.items()}
                return Rounded(replace(found.table, rows=rows), found.proved)
    return None


class _Rounding:
    def __init__(self, table: IndicatorTable, board: Board, rule: Rule, width: float, exact: frozenset[Cell]) -> None:
        self.original, self.board, self.rule, self.width, self.exact = table, board, rule, width, exact
        measures = arrays_of(table.kind)
        self.names: list[Name] = [name for name, form in board.forms.items() if form and name[2] in measures]
        self.values: dict[Name, float] = {}

    def table(self) -> Rounded | None:
        """Return the rounded table if there is one and it is proved."""
        import numpy as np

        board, count = self.board, len(self.names)
        rows = board.rows(self.names)
        row_of = rows.row_of()
        for columns, _ in apart(rows, board.size):
            touching = np.unique(row_of[np.isin(rows.columns, columns)])
            own, rules = touching[touching < count], touching[touching >= count]
            if not len(own):
                continue
            sums, others = (within(rows.only(each), columns, board.size) for each in (own, rules))
            limited = [board.rules[at - count] for at in rules.tolist()]
            limits = np.array([(each.low, each.high) for each in limited]).reshape(-1, 2)
            if not self._part([self.names[at] for at in own.tolist()], sums, others, limits, len(columns)):
                return None
        numbers = {cell: self._numbers(cell) for cell in self.original.rows}
        return Rounded(replace(self.original, rows=numbers, rounded=self.width, exact=self.exact), proved=True)

    def _part(self, names: list[Name], sums: Rows, rules: Rows, limits: Counts, size: int) -> bool:
        import numpy as np

        truth = np.array([self._true(name) for name in names])
        every = rows_joined(sums, rules)
        tight = np.zeros(every.count, dtype=np.bool_)
        base = whole_table(
            every, np.concatenate((truth, limits[:, 0])), np.concatenate((truth, limits[:, 1])), tight, size
        )
        low, high = np.maximum(truth - self.width, 0.0) / BASE, (truth + self.width) / BASE
        known = np.array([name[1] in self.exact for name in names], dtype=np.bool_)
        costs, near = np.where(known, 0.0, 1.0), np.column_stack((low, high))
        fives = nearest_whole_table(sums, rules, self._wanted(names, truth), costs, near, limits, size)
        if base is None or fives is None:
            return False
        shown = BASE * sums.times(fives)
        self.values |= dict(zip(names, shown.tolist(), strict=True))
        fall = np.array([max(0.0, value - self._least(name)) for name, value in zip(names, truth, strict=True)])
        # What a reader sees: every number within the width of what is shown.
        seen = np.column_stack((np.maximum(shown - self.width, 0.0), shown + self.width))
        seen[known] = truth[known, np.newaxis]
        both = np.vstack((limits, seen))
        movable = np.ones(len(names), dtype=np.bool_)
        router = Router(sums, fall, rows_joined(rules, sums), both[:, 0], both[:, 1], base, movable)
        router.withhold(np.arange(len(names)))
        return all(self._is_protected(router, at, name) for at, name in enumerate(names))

    def _is_protected(self, router: Router, at: int, name: Name) -> bool:
        numbers = self.original.rows.get(name[1])
        if numbers is None or not self.rule.protects(self.original.indicator, numbers, name[2]):
            return True
        value = self._true(name)
        low, high = self.rule.required_of(numbers, name[2], self._least(name))
        for change in (high - value, low - value):
            if abs(change) > NOTHING and router.route(at, change) is None:
                return False
        return True

    def _wanted(self, names: list[Name], truth: Counts) -> Counts:
        """Return each number rounded to a five next to it, up as often as it is near that one, in fives.

        Always the nearer one would tell who knows the rule more than what is proved: that a 0 stands for at most 2.
        Which way is drawn from all numbers together, so that the same table is rounded the same way every time.
        """
        import numpy as np

        content = repr((self.original.key, names, truth.tolist())).encode()
        draws = np.random.default_rng(list(sha256(content).digest())).random(len(names))
        wanted: Counts = np.floor(truth / BASE + draws)
        return wanted

    def _true(self, name: Name) -> float:
        numbers = self.original.rows.get(name[1])
        return (numbers.of(name[2]) or 0.0) if numbers is not None else 0.0

    def _least(self, name: Name) -> float:
        return 1.0 if name[2] == base_of(self.original.kind) and self._true(name) >= 1.0 else 0.0

    def _numbers(self, cell: tuple[tuple[str, str], ...]) -> Numbers:
        def value(measure: Measure) -> float:
            return self.values.get((self.original.key, cell, measure), 0.0)

        if self.original.kind == "share":
            return Numbers(value("numerator"), value("numerator") + value("complement"))
        return Numbers(value("numerator"))
