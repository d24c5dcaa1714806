"""Better picks for a covering problem, one region after another.

A region's cells may be picked anew, all others stay; the program of a region is small, so it is solved in whole numbers
where the relaxation of the whole table would have to be rounded (large neighbourhood search: Shaw 1998).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pejl.protect.covering import UNMET_COST, WHOLE
from pejl.protect.program import best_choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pejl.protect.covering import Condition
    from pejl.protect.cube import Counts, Flags, Places
    from pejl.protect.system import System

LARGEST_REGION = 1200
"""A region with more cells that may be picked takes too long."""

PROGRAM_WORK = 50_000.0
"""What setting a program up comes to, in simplex steps times conditions."""


def regions(system: System, candidates: Flags) -> tuple[list[Places], list[Places]]:
    """Return regions that cover a table: the cells of every code, and larger ones.

    The larger ones are the cells of a parent with those of its children, and those of several codes together.
    """
    import numpy as np

    by_code: dict[tuple[str, str], list[int]] = {}
    for group in np.flatnonzero(candidates).tolist():
        for named in system.names[group][1]:
            by_code.setdefault(named, []).append(group)
    above: dict[tuple[str, str], set[int]] = {}
    for line in system.lines:
        for named in system.names[line[-1]][1]:
            above.setdefault(named, set()).update(line.tolist())
    names = sorted(by_code)
    small = [np.array(by_code[name]) for name in names]
    large = []
    for name in names:
        family = np.array(sorted(each for each in {*by_code[name], *above.get(name, ())} if candidates[each]))
        if len(by_code[name]) < len(family) <= LARGEST_REGION:
            large.append(family)
    for dimension in sorted({name for name, _ in names}):
        together: list[int] = []
        for name in names:
            if name[0] == dimension:
                if together and len({*together, *by_code[name]}) > LARGEST_REGION:
                    large.append(np.unique(together))
                    together = []
                together += by_code[name]
        large.append(np.unique(together))
    fitting = [each for each in large if len(each) <= LARGEST_REGION]
    return [each for each in small if len(each) <= LARGEST_REGION], fitting


class Chooser:
    """Picks that meet conditions, improved region by region.

    Attributes:
        work: simplex steps times conditions so far.
    """

    def __init__(self, cost: Counts, conditions: Sequence[Condition]) -> None:
        """Set up.

        Args:
            cost: of picking each group.
            conditions: what picks must meet.
        """
        self._cost = cost
        self.work = 0.0
        self.learn(conditions)

    def learn(self, conditions: Sequence[Condition]) -> None:
        """Take other conditions than before."""
        import numpy as np

        lengths = np.array([len(each.places) for each in conditions], dtype=np.int64)
        self._row = np.repeat(np.arange(len(conditions)), lengths)
        self._columns, self._shares = np.zeros(len(self._row), dtype=np.int64), np.zeros(len(self._row))
        self._least = np.array([each.least for each in conditions])
        if len(conditions):
            np.concatenate([each.places for each in conditions], out=self._columns)
            np.concatenate([each.shares for each in conditions], out=self._shares)

    def unmet(self, picked: Flags) -> Flags:
        """Return, for each group, whether picking it would help to meet a condition that is not met."""
        import numpy as np

        wrong = self._given(picked[self._columns]) < self._least - WHOLE
        helping: Flags = np.zeros(len(picked), dtype=np.bool_)
        helping[self._columns[wrong[self._row] & (self._shares > 0)]] = True
        return helping

    def improve(self, picked: Flags, several: Iterable[Places]) -> Flags:
        """Return better picks: each region in turn is picked anew."""
        for region in several:
            picked = self._improved(picked, region)
        return picked

    def repair(self, picked: Flags, several: Sequence[Places]) -> Flags:
        """Return picks that meet all conditions, as far as regions where one is not met are picked anew."""
        import numpy as np

        helping = self.unmet(picked)
        order = np.argsort([-int(helping[region].sum()) for region in several], kind="stable")
        for at in order.tolist():
            if not helping.any():
                break
            if helping[several[at]].any():
                picked = self._improved(picked, several[at])
                helping = self.unmet(picked)
        return picked

    def _given(self, picked: Flags) -> Counts:
        """Return what picks give to each condition; `picked` for each entry."""
        import numpy as np

        return np.bincount(self._row, weights=self._shares * picked, minlength=len(self._least)).astype(np.float64)

    def _improved(self, picked: Flags, region: Places) -> Flags:
        """Return better picks of one region."""
        import numpy as np

        inside = np.zeros(len(picked), dtype=np.bool_)
        inside[region] = True
        free = inside[self._columns]
        lacking = self._least - self._given(picked[self._columns] & ~free)
        harm = self._given(free & (self._shares < 0))
        open_ = (lacking - harm > WHOLE) & (np.bincount(self._row[free], minlength=len(self._least)) > 0)
        entries = free & open_[self._row]
        rows, lengths = np.unique(self._row[entries], return_counts=True)
        new = picked.copy()
        new[region] = False
        if len(rows):
            columns = np.searchsorted(region, self._columns[entries])
            found, steps = best_choice(
                self._cost[region],
                np.concatenate(([0], np.cumsum(lengths))),
                columns,
                self._shares[entries],
                lacking[rows],
                UNMET_COST,
                picked[region],
            )
            self.work += steps * len(rows) + PROGRAM_WORK
            new[region] = found
        return new if self._price(new) < self._price(picked) - WHOLE else picked

    def _price(self, picked: Flags) -> float:
        """Return what picks cost, with what they lack."""
        import numpy as np

        lacking = np.maximum(self._least - self._given(picked[self._columns]), 0.0)
        return float(self._cost[picked].sum()) + UNMET_COST * float(lacking.sum())
