"""A linear program with limits on rows and columns that is solved many times: a thin wrapper over HiGHS.

One thread and no clock, so that results are the same on every machine; presolve is off because it forgets the start and
costs more than these sparse programs do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pejl.protect.cube import Counts, Places

NOTHING = 1e-6
"""Differences smaller than this are none: a person is 1."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Sums of columns, sparse: row i is `values` times `columns`, from `starts[i]` to `starts[i + 1]`."""

    starts: Places
    columns: Places
    values: Counts

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.starts) - 1

    def row_of(self) -> Places:
        """Return the row of each entry."""
        import numpy as np

        return np.repeat(np.arange(self.count), np.diff(self.starts))

    def times(self, values: Counts) -> Counts:
        """Return the sums for values of the columns."""
        import numpy as np

        found: Counts = np.bincount(self.row_of(), self.values * values[self.columns], self.count).astype(np.float64)
        return found

    def only(self, kept: Places) -> Rows:
        """Return some rows, in the order given."""
        import numpy as np

        lengths = np.diff(self.starts)[kept]
        starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        entries = np.repeat(self.starts[kept] - starts[:-1], lengths) + np.arange(starts[-1])
        return Rows(starts, self.columns[entries], self.values[entries])


def rows_of(terms: list[tuple[list[int], list[float]]]) -> Rows:
    """Return rows from lists of columns and factors."""
    import numpy as np

    starts = np.concatenate(([0], np.cumsum([len(columns) for columns, _ in terms]))).astype(np.int64)
    columns = np.array([each for columns, _ in terms for each in columns], dtype=np.int64)
    return Rows(starts, columns, np.array([each for _, values in terms for each in values], dtype=np.float64))


class Linear:
    """Minimise costs of columns subject to limits of rows and columns."""

    def __init__(self, rows: Rows, row_low: Counts, row_high: Counts, low: Counts, high: Counts) -> None:
        """Set up with no costs."""
        import highspy
        import numpy as np

        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # HiGHS has types for half of itself
        for option, value in (
            ("output_flag", False),
            ("presolve", "off"),
            ("threads", 1),
            ("solver", "simplex"),
            ("simplex_scale_strategy", 0),
            ("dual_simplex_cost_perturbation_multiplier", 0.0),
            ("mip_rel_gap", 0.0),
        ):
            self._highs.setOptionValue(option, value)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(low), rows.count
        model.col_cost_ = np.zeros(len(low))
        model.col_lower_, model.col_upper_ = low, high
        model.row_lower_, model.row_upper_ = row_low, row_high
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = rows.starts.astype(np.int32)
        model.a_matrix_.index_ = rows.columns.astype(np.int32)
        model.a_matrix_.value_ = rows.values
        self._highs.passModel(model)
        self._status = highspy.HighsModelStatus
        self._kinds = highspy.HighsVarType
        self.size = len(low)
        self.steps = 0

    def primal(self) -> None:
        """Use the primal simplex: the last solution stays feasible when only costs change."""
        self._highs.setOptionValue("simplex_strategy", 4)

    def forget(self) -> None:
        """Start the next time from the bounds, with no column in the basis."""
        self._highs.clearSolver()

    def limit(self, steps: int | None) -> None:
        """Give up, with no solution, after so many steps of the simplex; None takes the limit away."""
        self._highs.setOptionValue("simplex_iteration_limit", 2**31 - 1 if steps is None else steps)

    def cost(self, places: Places, costs: Counts) -> None:
        """Change the costs of some columns."""
        import numpy as np

        self._highs.changeColsCost(len(places), places.astype(np.int32), costs)

    def bounds(self, places: Places, low: Counts, high: Counts) -> None:
        """Change the limits of some columns."""
        import numpy as np

        self._highs.changeColsBounds(len(places), places.astype(np.int32), low, high)

    def limits(self, places: Places, low: Counts, high: Counts) -> None:
        """Change the limits of some rows."""
        import numpy as np

        self._highs.changeRowsBounds(len(places), places.astype(np.int32), low, high)

    def solve(self) -> Counts | None:
        """Return the best solution, or None if there is none, or none within the limit of steps."""
        import numpy as np

        self._highs.run()
        self.steps += max(self._highs.getInfo().simplex_iteration_count, 0)
        if self._highs.getModelStatus() != self._status.kOptimal:
            return None
        return np.array(self._highs.getSolution().col_value)

    def middle(self) -> Counts | None:
        """Return a solution far from all limits (no cost, interior point without a corner); None if there is none."""
        import numpy as np

        for option, value in (("solver", "ipm"), ("run_crossover", "off"), ("presolve", "choose")):
            self._highs.setOptionValue(option, value)
        self._highs.run()
        good = self._highs.getModelStatus() == self._status.kOptimal
        found = np.array(self._highs.getSolution().col_value) if good else None
        for option, value in (("solver", "simplex"), ("run_crossover", "on"), ("presolve", "off")):
            self._highs.setOptionValue(option, value)
        return found

    def solve_whole(self, nodes: int, *, first: bool = True) -> Counts | None:
        """Return a solution in whole numbers; None if none in so many nodes.

        Args:
            nodes: how many nodes the search may look at.
            first: be content with the first one found; otherwise with the cheapest one in so many nodes.
        """
        import numpy as np

        most = 1 if first else 2**31 - 1
        options = (("solver", "choose"), ("presolve", "on"), ("mip_max_nodes", nodes), ("mip_max_improving_sols", most))
        for option, value in options:
            self._highs.setOptionValue(option, value)
        self._integral(self._kinds.kInteger)
        self._highs.run()
        status = self._highs.getModelStatus()
        info = self._highs.getInfo()
        found = None
        if status in (self._status.kOptimal, self._status.kSolutionLimit) and info.primal_solution_status == 2:
            found = np.round(np.array(self._highs.getSolution().col_value))
        self._integral(self._kinds.kContinuous)
        for option, value in (("solver", "simplex"), ("presolve", "off")):
            self._highs.setOptionValue(option, value)
        self._highs.clearSolver()
        return found

    def _integral(self, kind: Any) -> None:
        import numpy as np

        places = np.arange(self.size, dtype=np.int32)
        self._highs.changeColsIntegrality(self.size, places, np.full(self.size, int(kind), dtype=np.uint8))
