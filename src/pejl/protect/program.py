"""A linear program that is solved many times with other bounds and costs: a thin wrapper over HiGHS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pejl.protect.cube import Counts, Flags, Places

LARGEST_TREE = 2000
"""How many nodes the search for whole numbers may look at with 100 unknowns, and fewer with more: no clock, so that the
limit is the same on every machine."""

CHOICE_NODES = 20
"""The same for the choice of cells in a region."""

CHOICE_GAP = 0.01
"""A choice may cost so much more than the best; a cell costs about 1."""


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
        right_high: Counts | None = None,
    ) -> None:
        """Set up equations, rows of `values` at `columns` from `starts`, equal to `right`, with costs 0.

        Args:
            low: least value of each variable.
            high: greatest value.
            starts: where each row begins in `columns`; one more than there are rows.
            columns: the variables of each row.
            values: what they are multiplied by.
            right: what each row is equal to, or at least.
            right_high: what each row is at most, if that is something else.
        """
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
        model.row_lower_, model.row_upper_ = right, right if right_high is None else right_high
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = starts.astype(np.int32)
        model.a_matrix_.index_ = columns.astype(np.int32)
        model.a_matrix_.value_ = values
        self._highs.passModel(model)
        self._optimal = highspy.HighsModelStatus.kOptimal
        self._infeasible = highspy.HighsModelStatus.kInfeasible
        self._used_up = highspy.HighsModelStatus.kIterationLimit
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

    def refusal(self) -> Counts | None:
        """Return why there was no solution: what to multiply the rows by so that their sum cannot be (Farkas).

        None if the program was not shown to be impossible, but given up.
        """
        import numpy as np

        if self._highs.getModelStatus() != self._infeasible:
            return None
        _, exists, ray = self._highs.getDualRay()
        return np.array(ray) if exists else None

    def duals(self) -> Counts:
        """Return what each row was worth in the last solution: the sum that proves that there is no better one."""
        import numpy as np

        return np.array(self._highs.getSolution().row_dual)

    def gave_up(self) -> bool:
        """Tell whether there was no solution because the steps were used up; see `limit`."""
        return bool(self._highs.getModelStatus() == self._used_up)

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


def best_choice(
    costs: Counts,
    starts: Places,
    columns: Places,
    values: Counts,
    least: Counts,
    unmet_cost: float,
    known: Flags,
) -> tuple[Flags, int]:
    """Pick some of many so that rows of `values` at `columns` from `starts` add up to `least` or more, cheaply.

    What a row lacks costs `unmet_cost` a unit, so there is always a solution; and the search ends after `CHOICE_NODES`
    nodes, so it need not be the best.

    Args:
        costs: of each that may be picked.
        starts: where each row begins in `columns`; one more than there are rows.
        columns: what stands in each row.
        values: what each gives.
        least: what each row needs.
        unmet_cost: see above.
        known: picks that are known already.

    Returns:
        The picks, and how many steps of the simplex they took.
    """
    import highspy
    import numpy as np

    size, rows = len(costs), len(least)
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # as above
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("mip_max_nodes", CHOICE_NODES),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", CHOICE_GAP),
    ):
        highs.setOptionValue(option, value)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = size + rows, rows
    model.col_cost_ = np.concatenate((costs, np.full(rows, unmet_cost)))
    model.col_lower_ = np.zeros(size + rows)
    model.col_upper_ = np.concatenate((np.ones(size), np.full(rows, np.inf)))
    model.row_lower_, model.row_upper_ = least, np.full(rows, np.inf)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    # The way out of each row stands last in it.
    ends = starts[1:]
    model.a_matrix_.start_ = (starts + np.arange(rows + 1)).astype(np.int32)
    model.a_matrix_.index_ = np.insert(columns, ends, size + np.arange(rows)).astype(np.int32)
    model.a_matrix_.value_ = np.insert(values, ends, 1.0)
    whole, any_ = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    model.integrality_ = [whole] * size + [any_] * rows
    highs.passModel(model)
    given = np.add.reduceat(values * known[columns], starts[:-1])
    start = highspy.HighsSolution()
    start.col_value = np.concatenate((known.astype(float), np.maximum(least - given, 0.0)))
    highs.setSolution(start)
    highs.run()
    picked: Flags = np.array(highs.getSolution().col_value)[:size] > 0.5
    return picked, max(highs.getInfo().simplex_iteration_count, 0)
