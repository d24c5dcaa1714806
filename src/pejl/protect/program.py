"""A linear program that is solved many times with other bounds and costs: a thin wrapper over HiGHS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pejl.protect.cube import Counts, Places

LARGEST_TREE = 2000
"""How many nodes the search for whole numbers may look at with 100 unknowns, and fewer with more: no clock, so that the
limit is the same on every machine."""


class Program:
    """Minimise costs · x subject to equations and bounds; what was solved last is where the next start is.

    Presolve is off: it forgets the start, and costs more than these sparse programs do. One thread, so that results
    are the same on every machine.
    """

    def __init__(
        self,
        low: Counts,
        high: Counts,
        starts: Places,
        columns: Places,
        values: Counts,
        right: Counts,
    ) -> None:
        """Set up equations, rows of `values` at `columns` from `starts`, equal to `right`, with costs 0."""
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
        model.num_col_, model.num_row_ = len(low), len(right)
        model.col_cost_ = np.zeros(len(low))
        model.col_lower_, model.col_upper_ = low, high
        model.row_lower_ = model.row_upper_ = right
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = starts.astype(np.int32)
        model.a_matrix_.index_ = columns.astype(np.int32)
        model.a_matrix_.value_ = values
        self._highs.passModel(model)
        self._optimal = highspy.HighsModelStatus.kOptimal
        self.size = len(low)
        self._highs.setOptionValue("mip_max_nodes", max(10, LARGEST_TREE * 100 // max(self.size, 100)))
        self.steps = 0

    def primal(self) -> None:
        """Use the primal simplex: the last solution stays feasible when only costs change."""
        self._highs.setOptionValue("simplex_strategy", 4)

    def dual(self) -> None:
        """Use the dual simplex: the last solution stays dual feasible when only bounds change."""
        self._highs.setOptionValue("simplex_strategy", 1)

    def forget(self) -> None:
        """Start the next time from the bounds, with no variable in the basis."""
        self._highs.clearSolver()

    def limit(self, steps: int | None) -> None:
        """Give up, with no solution, after so many steps of the simplex; None takes the limit away."""
        self._highs.setOptionValue("simplex_iteration_limit", 2**31 - 1 if steps is None else steps)

    def cost(self, places: Places, costs: Counts) -> None:
        """Change some costs."""
        import numpy as np

        self._highs.changeColsCost(len(places), places.astype(np.int32), costs)

    def bounds(self, places: Places, low: Counts, high: Counts) -> None:
        """Change some bounds."""
        import numpy as np

        self._highs.changeColsBounds(len(places), places.astype(np.int32), low, high)

    def solve(self) -> Counts | None:
        """Return the best solution, or None if there is none."""
        import numpy as np

        self._highs.run()
        self.steps += max(self._highs.getInfo().simplex_iteration_count, 0)
        if self._highs.getModelStatus() != self._optimal:
            return None
        return np.array(self._highs.getSolution().col_value)

    def solve_whole(self) -> Counts | None:
        """Return the best solution in whole numbers, or None if none is found within `LARGEST_TREE` nodes."""
        import highspy
        import numpy as np

        places = np.arange(self.size, dtype=np.int32)
        for kind, solver in ((highspy.HighsVarType.kInteger, "choose"), (highspy.HighsVarType.kContinuous, "simplex")):
            self._highs.setOptionValue("solver", solver)
            self._highs.setOptionValue("presolve", "choose" if solver == "choose" else "off")
            self._highs.changeColsIntegrality(self.size, places, np.full(self.size, int(kind), dtype=np.uint8))
            if solver == "choose":
                solution = self.solve()
        return solution
