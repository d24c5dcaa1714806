"""From tables with all numbers to a pattern with its proof, for tables too wide for closed form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from pejl.protect.system import ContradictionError
from pejl.protect.whole.board import PRINTED, PRINTED_LEAST, Limit, Name, View
from pejl.protect.whole.bounding import Interval
from pejl.protect.whole.linear import Linear, Rows
from pejl.protect.whole.patterns import Need, Pattern, Wanted, costs_of
from pejl.protect.whole.presence import least_by_presence
from pejl.protect.whole.routing import Router
from pejl.protect.whole.rows import is_empty, size_of
from pejl.protect.whole.tables import (
    LEFT_OUT,
    TOTAL,
    Cell,
    Groupings,
    Measure,
    Relation,
    Rule,
    TableKey,
    arrays_of,
    base_of,
    measures_of,
)
from pejl.protect.whole.worlds import apart, rows_joined, whole_table, within
from pejl.protect.whole.writing import assumptions, board_of

if TYPE_CHECKING:
    from pejl.protect.cube import Counts

TOTAL_COST = 1000.0
INFINITE = float("inf")


@dataclass(slots=True)
class Plan:
    """What to withhold, and what is proved by it.

    Attributes:
        hidden: rows by table.
        intervals: of every withheld number: how far other tables in whole numbers, that look the same, were seen to go.
        required: how low and high numbers must seem possible to be.
    """

    hidden: dict[TableKey, set[tuple[tuple[str, str], ...]]]
    intervals: dict[Name, Interval] = field(default_factory=dict)
    required: dict[Name, tuple[float, float]] = field(default_factory=dict)


class NoWholeTableError(Exception):
    """No table in whole numbers was found that agrees with the numbers."""


def plan(
    views: Sequence[View],
    relations: Iterable[Relation],
    groupings: Groupings,
    rule: Rule,
    covering: Collection[tuple[TableKey, Cell]] = (),
) -> Plan:
    """Decide which further rows to withhold.

    Args:
        views: the tables with all their numbers; hidden are the rows withheld in any case, known the numbers of any row
            that were shown before.
        relations: what is declared of their indicators.
        groupings: how codes overlap.
        rule: which numbers are small.
        covering: rows withheld for the sake of what was withheld earlier: they must not be recomputed either.

    Raises:
        ContradictionError: the numbers do not agree with each other.
        NoWholeTableError: no table in whole numbers was found that agrees with them.
    """
    relations = list(relations)
    for assumed in assumptions(relations):
        try:
            return _Planner(views, relations, groupings, rule, covering, assumed).plan()
        except ContradictionError as error:
            contradiction = error
    raise contradiction


class _Planner:
    def __init__(
        self,
        views: Sequence[View],
        relations: Sequence[Relation],
        groupings: Groupings,
        rule: Rule,
        covering: Collection[tuple[TableKey, Cell]],
        assumed: Mapping[str, bool],
    ) -> None:
        self.covering, self.groupings, self.sparse = covering, groupings, assumed["sparse"]
        self.views = {view.table.key: view for view in views}
        self.rule = rule
        # Of a table of which nothing is shown nothing is known, if no other one tells of it.
        self.related = bool(relations)
        self.whole = {key for key, view in self.views.items() if view.hidden.issuperset(view.table.rows)}
        every = [
            View(view.table, view.hidden | frozenset(self._filled(view)), view.known, view.persons) for view in views
        ]
        self.board = board_of(every, relations, groupings, **assumed)
        if self.board.contradictory:
            raise ContradictionError("numbers do not add up")
        self.truth: dict[Name, float | None] = {}
        self.names: list[Name] = []
        for name, form in self.board.forms.items():
            value = self._true(name)
            self.truth[name] = value
            if form:
                self.names.append(name)
            elif value:
                raise ContradictionError("numbers do not add up")
        self.pattern = self._pattern()

    def _filled(self, view: View) -> list[tuple[tuple[str, str], ...]]:
        table = view.table
        return [cell for cell, numbers in table.rows.items() if numbers is not None and not is_empty(table, cell)]

    def _true(self, name: Name) -> float | None:
        key, cell, measure = name
        numbers = self.views[key].table.rows.get(cell)
        if name in self.board.values:
            return self.board.values[name]
        return numbers.of(measure) if numbers is not None else None

    def _least(self, name: Name) -> float:
        """Return what everybody knows a number to be at least: rows that are not empty are known for it."""
        key, cell, measure = name
        table = self.views[key].table
        if key in self.whole or cell not in table.rows or any(code == LEFT_OUT for _, code in cell):
            return 0.0
        base = base_of(table.kind)
        if measure not in (base, "persons") or table.rows[cell] is None:
            return 0.0
        number = self.truth.get((key, cell, base)) if base is not None else None
        return 1.0 if number is not None and number >= 1.0 else 0.0

    # Parts

    def _pattern(self) -> Pattern:
        """Return the pattern with nothing withheld, one router for each part."""
        import numpy as np

        board = self.board
        rows = board.rows(self.names)
        count = len(self.names)
        tied = np.array([self._ties(name) for name in self.names] + [True] * len(board.rules), dtype=np.bool_)
        makers: list[Callable[[], Router]] = []
        names: list[list[Name]] = []
        row_of = rows.row_of()
        for columns, _ in apart(rows.only(np.flatnonzero(tied)), board.size):
            touching = np.unique(row_of[np.isin(rows.columns, columns)])
            own, rules = touching[touching < count], touching[touching >= count]
            chosen = [self.names[at] for at in own.tolist()]
            sums, others = (within(rows.only(each), columns, board.size) for each in (own, rules))
            limits = [board.rules[at - count] for at in rules.tolist()]
            makers.append(partial(self._router, chosen, sums, others, limits, len(columns)))
            names.append(chosen)
        sizes = {
            (key, cell): size_of(view.table, cell)
            for key, view in self.views.items()
            for cell, numbers in view.table.rows.items()
            if numbers is not None
        }
        offered = [
            (key, cell)
            for key, view in self.views.items()
            for cell in self._filled(view)
            if cell != TOTAL and not any((cell, each) in view.known for each in arrays_of(view.table.kind))
        ]
        pattern = Pattern(makers, names, costs_of(offered, sizes), board.values)
        pattern.withhold([(key, cell) for key, view in self.views.items() for cell in view.hidden], free=True)
        # A total that is not published, and margins of it, move with what is below them.
        unlisted = {(key, cell) for key, cell, _ in self.names if cell not in self.views[key].table.rows}
        pattern.withhold(unlisted, free=True)
        return pattern

    def _ties(self, name: Name) -> bool:
        """Tell whether a number ties the unknowns of its row; a base of one does: who is in it has the trait or not."""
        key, _, measure = name
        if measure != "denominator" or self.views[key].table.kind != "share":
            return True
        return self.truth[name] == 1.0 or name in self.board.values

    def _router(self, names: Sequence[Name], sums: Rows, rules: Rows, limited: Sequence[Limit], size: int) -> Router:
        """Return the router of a part: its numbers, what holds between them, and how many columns it has."""
        import numpy as np

        limits = np.array([(each.low, each.high) for each in limited]).reshape(-1, 2)
        loose = np.array([False] * len(names) + [each.loose for each in limited], dtype=np.bool_)
        truth = np.array([np.nan if (value := self.truth[name]) is None else value for name in names])
        least = np.array([self._least(name) for name in names])
        partly = np.array([not self._ties(name) for name in names], dtype=np.bool_)
        known = ~np.isnan(truth) & ~partly
        room = np.array([self._room(name) for name in names])
        low = np.where(known, truth - room, np.where(partly, 0.0, least))
        high = np.where(known, truth + room, np.inf)
        every = rows_joined(sums, rules)
        low, high = np.concatenate((low, limits[:, 0])), np.concatenate((high, limits[:, 1]))
        whole_numbers = not any(name in self.board.amounts for name in names)
        base = whole_table(every, low, high, loose, size, whole=whole_numbers)
        if base is None:
            raise _why(every, low, high, size)
        now = sums.times(base)
        whole = np.where(np.isnan(truth), now, truth)
        for name, value, unknown in zip(names, now.tolist(), np.isnan(truth).tolist(), strict=True):
            if unknown:
                self.truth[name] = value
        fall = np.maximum(whole - least, 0.0)
        movable = np.array([name not in self.board.values for name in names], dtype=np.bool_)
        return Router(
            sums, np.where(movable, fall, 0.0), rules, limits[:, 0], limits[:, 1], base, movable, whole=whole_numbers
        )

    def _room(self, name: Name) -> float:
        """Return how far a number may be from the one that is printed: amounts are printed with twelve digits."""
        if name not in self.board.amounts:
            return 0.0
        return PRINTED * abs(self.truth[name] or 0.0) + PRINTED_LEAST

    def _is_dark(self, key: TableKey) -> bool:
        """Tell whether nothing at all is known of a table."""
        return key in self.whole and not self.related and not self.views[key].known

    # What is wanted

    def _wanted(self, name: Name) -> Wanted | None:
        """Return what a withheld number must seem possible to be; None if nothing is asked of it."""
        key, cell, measure = name
        table = self.views[key].table
        numbers = table.rows.get(cell)
        if name in self.board.values:
            return None
        if numbers is None:  # withheld where it was counted: only that it cannot be shown to be small matters
            return Wanted(max(self.rule.threshold - (self.truth[name] or 0.0), 0.0), 0.0, soft=True)
        if numbers.of(measure) is None:
            return None
        value = numbers.of(measure) or 0.0
        if name in self.board.amounts and numbers.largest is None and cell != TOTAL:
            numbers = replace(numbers, largest=(value,))  # who knows; it may be all of one person
        if self.rule.protects(table.indicator, numbers, measure):
            low, high = self.rule.required_of(numbers, measure, self._least(name))
            return Wanted(max(high - value, 0.0), max(value - low, 0.0))
        if (key, cell) in self.covering and measure == arrays_of(table.kind)[0]:
            most = float(self.rule.threshold)
            return Wanted(most, min(most, value - self._least(name)))
        if value == 0 and name not in self.board.amounts:
            return Wanted(float(self.rule.threshold), 0.0, soft=True)
        return None

    def plan(self) -> Plan:
        """Serve all needs, take back what is not needed, then look at numbers that are nothing."""
        pattern = self.pattern
        amounts: dict[Need, float] = {}
        softly: dict[Need, float] = {}
        failed: dict[Need, float] = {}
        done: set[int] = set()
        first = True
        while True:
            hard, soft = self._needs(done)
            amounts |= hard
            softly |= soft
            wanted = pattern.left(hard)
            unmet = pattern.serve(wanted)[2]
            if unmet:
                totals = [(key, TOTAL) for key in self.views if not self._known(key)]
                pattern.offer([total for total in totals if total not in pattern.cost], TOTAL_COST)
                again = pattern.serve({need: amounts[need] for need in unmet})[2]
                failed |= {need: amounts[need] for need in again}
            if first:
                first = False
                pattern.show_unused()
                pattern.take_back({need: amount for need, amount in amounts.items() if need not in failed})
            grown = self._serve_softly(softly)
            if not hard and not grown:
                break
        return self._result(failed)

    def _known(self, key: TableKey) -> bool:
        view = self.views[key]
        return any((TOTAL, each) in view.known for each in arrays_of(view.table.kind)) or TOTAL not in view.table.rows

    def _needs(self, done: set[int]) -> tuple[dict[Need, float], dict[Need, float]]:
        """Return what is asked of withheld numbers that were not looked at yet, the largest first."""
        hard: list[tuple[float, Need, float]] = []
        soft: dict[Need, float] = {}
        for group in sorted(self.pattern.withheld):
            if self._is_dark(group[0]):
                continue
            for number in self.pattern.numbers_of(group):
                name = self.pattern.names[number]
                # The base of a share follows from its parts where they move apart from each other.
                if number in done or (name[2] == "denominator" and not self._asks(name)):
                    continue
                done.add(number)
                wanted = self._wanted(name)
                if wanted is None or number in self.pattern.fixed:
                    continue
                if wanted.soft:
                    soft |= {(number, 1): wanted.up} if wanted.up > 0 else {}
                    continue
                for sign, amount in ((1, wanted.up), (-1, wanted.down)):
                    if amount > 0:
                        hard.append((-(self.truth[name] or 0.0), (number, sign), amount))
        return {need: amount for _, need, amount in sorted(hard)}, soft

    def _asks(self, name: Name) -> bool:
        return self.views[name[0]].table.kind != "share" or len(self.pattern.places(name)) == 1

    def _serve_softly(self, softly: Mapping[Need, float]) -> bool:
        """See that numbers that are nothing are known for it or may be large; return whether rows were added."""
        grown = False
        for need, amount in softly.items():
            group = self.pattern.group(need[0])
            if group not in self.pattern.withheld or not self.pattern.left({need: amount}):
                continue
            if not self.pattern.moves(need):
                continue
            grown |= bool(self.pattern.serve({need: amount})[1])
        return grown

    def _result(self, failed: Mapping[Need, float]) -> Plan:
        if not self.pattern.stands():
            raise NoWholeTableError
        hidden = {
            key: {cell for where, cell in self.pattern.withheld if where == key and cell in view.table.rows}
            for key, view in self.views.items()
        }
        found = Plan(hidden)
        unmet = {(self.pattern.names[number], sign) for number, sign in failed}
        for key, view in self.views.items():
            for cell in view.table.rows:
                if cell not in hidden[key]:
                    continue
                for measure in _measures(view):
                    name = (key, cell, measure)
                    if (numbers := view.table.rows[cell]) is not None and numbers.of(measure) is None:
                        continue
                    found.intervals[name] = self._interval(name)
                    wanted = self._wanted(name)
                    if wanted is not None and not wanted.soft:
                        value = self.truth[name] or 0.0
                        down = 0.0 if (name, -1) in unmet and self._is_least(name) else wanted.down
                        found.required[name] = value - down, value + wanted.up
        return found

    def _is_least(self, name: Name) -> bool:
        """Tell whether rows that are known not to be empty give a number away as the least there can be.

        It is so if it cannot be less whatever is withheld, and nothing was shown before or elsewhere that could be
        why; else if the rows of its own table say so.
        """
        key, cell, measure = name
        view = self.views[key]
        if not self.related and not any(each.known for each in self.views.values()):
            return True
        if measure != base_of(view.table.kind):
            return False
        least = least_by_presence(view.table, cell, self.groupings, sparse=self.sparse)
        return least >= (self.truth[name] or 0.0)

    def _interval(self, name: Name) -> Interval:
        value = self.board.values.get(name)
        if value is not None:
            return Interval(value, value, value, value, known=True, whole=name not in self.board.amounts)
        if name not in self.board.forms or self._is_dark(name[0]):
            return Interval(0.0, INFINITE, 0.0, INFINITE)
        true = self.truth[name] or 0.0
        low = high = 0.0
        for number in self.pattern.places(name):
            down, up = self.pattern.seen(number)
            low, high = min(low, down), max(high, up)
        whole = name not in self.board.amounts
        return Interval(true + low, true + high, true + low, true + high, self._least(name), whole=whole)


def _measures(view: View) -> list[Measure]:
    measures = list(measures_of(view.table.kind))
    return [*measures, "persons"] if view.persons.apart else measures


def _why(rows: Rows, low: Counts, high: Counts, size: int) -> Exception:
    """Return why there is no table: none at all, or none in whole numbers was found."""
    import numpy as np

    if Linear(rows, low, high, np.zeros(size), np.full(size, np.inf)).solve() is None:
        return ContradictionError("no counts agree with the numbers")
    return NoWholeTableError()
