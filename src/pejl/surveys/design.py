"""`Design`: how the sample was drawn, and what that means for each row of a table."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from pejl.surveys.frames import Table, combined, refuse_rows

if TYPE_CHECKING:
    from pejl.surveys.frames import FloatArray, Groups, IntArray

LonePsu: TypeAlias = Literal["error", "certainty", "average"]


@dataclass(frozen=True, slots=True)
class Design:
    """How the sample was drawn: names of columns, one row per person in the table.

    Attributes:
        weights: how many of the population a row stands for, above 0. None: the product of size and sample over the
            stages when `population_size` covers them all, else 1 for each row.
        strata: the strata of the first stage.
        psu: what was drawn first (households, schools), or a list of what was drawn at each stage; None: the rows. The
            units are nested: the same number in two strata, or in two units of the stage before, is two units.
        population_size: the number of units there were to draw from, in the stratum at the first stage, in the unit
            above at later ones; a name, or a list with one name per stage. None: drawn as if with replacement, and then
            stages after the first add nothing (the ultimate cluster; Särndal et al. 1992, chapter 4). Stages
            without a size after one that has it count as drawn from infinitely many.
        lone_psu: what to do with a stratum in which one unit was drawn, so that its variance is not seen. "error"
            refuses; "certainty" counts the unit as drawn for certain, variance 0; "average" gives the stratum the mean
            of the others. A stratum in which all units were drawn has variance 0 whatever this says.
    """

    weights: str | None = None
    strata: str | None = None
    psu: str | Sequence[str] | None = None
    population_size: str | Sequence[str] | None = None
    lone_psu: LonePsu = "error"

    def __post_init__(self) -> None:
        """Check what can be checked without a table.

        Raises:
            ValueError: an unknown rule for lone units, or more sizes than stages.
        """
        if self.lone_psu not in get_args(LonePsu):
            raise ValueError(
                f"lone_psu is {self.lone_psu!r}; give one of {', '.join(repr(rule) for rule in get_args(LonePsu))}."
            )
        for field in ("psu", "population_size"):
            names = getattr(self, field)
            if names is not None and not isinstance(names, str):
                object.__setattr__(self, field, tuple(names))
        if len(self.sizes) > max(len(self.stages), 1):
            raise ValueError(
                f"population_size names {len(self.sizes)} columns for {max(len(self.stages), 1)} stages; "
                "name in psu what was drawn at each stage."
            )

    @property
    def stages(self) -> tuple[str, ...]:
        """Return the columns of the units drawn, first stage first; empty when rows were drawn."""
        return _names(self.psu)

    @property
    def sizes(self) -> tuple[str, ...]:
        """Return the columns of population sizes, first stage first."""
        return _names(self.population_size)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of drawing.

    Attributes:
        units: unit of each row, shape (rows,).
        groups: what each unit was drawn within (stratum, or unit of the stage before), shape (units,).
        sampled: units drawn in each group, shape (groups,).
        population: units there were in each group, infinity when that is not known, shape (groups,).
        share: share of the population in the stages before that was drawn, shape (groups,); 1 at the first stage.
    """

    units: IntArray
    groups: IntArray
    sampled: IntArray
    population: FloatArray
    share: FloatArray


@dataclass(frozen=True, slots=True)
class Plan:
    """A design resolved on the rows of one table.

    Attributes:
        weights: of each row, shape (rows,).
        stages: of drawing, first stage first.
        df: degrees of freedom, first-stage units less strata.
        lone_psu: the design's rule.
        strata: stratum of each row, shape (rows,).
    """

    weights: FloatArray
    stages: tuple[Stage, ...]
    df: int
    lone_psu: LonePsu
    strata: IntArray


def resolve(table: Table, design: Design, weights: FloatArray | None = None) -> Plan:
    """Read the design's columns from a table and check them.

    Args:
        table: the sample, with the rows that did not answer a question.
        design: how it was drawn.
        weights: to be used in place of the design's, shape (rows,).

    Raises:
        ValueError: an unknown column, a weight, stratum, unit or size that is missing or cannot be, a stratum without
            rows, a stratum of one unit under "error"; the sentence names column, row and what to do.
    """
    import numpy as np

    strata, strata_groups = _strata(table, design)
    stages = _stages(table, design, strata)
    _refuse_lone_units(stages, design, strata_groups)
    if weights is None:
        weights = _weights(table, design, stages)
    df = int(stages[0].groups.size - stages[0].sampled.size)
    if df < 1:
        raise ValueError(
            f"the sample has {stages[0].groups.size} first-stage units in {stages[0].sampled.size} strata, which "
            "leaves nothing to judge the uncertainty by; give a sample with more units than strata."
        )
    return Plan(np.asarray(weights, dtype=np.float64), stages, df, design.lone_psu, strata)


def row_weights(table: Table, design: Design) -> FloatArray:
    """Return the design's weight of each row, shape (rows,); raises as `resolve`, but allows lone units."""
    return resolve(table, dataclasses.replace(design, lone_psu="certainty")).weights


def _strata(table: Table, design: Design) -> tuple[IntArray, Groups | None]:
    import numpy as np

    if design.strata is None:
        return np.zeros(table.rows, dtype=np.int64), None
    groups = complete_groups(table, design.strata, "strata")
    held = set(groups.levels)
    vanished = [level for level in groups.declared or () if level not in held]
    if vanished:
        raise ValueError(
            f"column '{design.strata}' (strata) declares stratum '{vanished[0]}', which has no rows "
            f"({len(vanished)} such in all); keep the rows of every stratum, or remove the category if nobody was to "
            "be drawn from it."
        )
    return groups.codes, groups


def complete_groups(table: Table, name: str, role: str) -> Groups:
    """Return a column as groups, every row in one.

    Raises:
        ValueError: a row without a value.
    """
    groups = table.groups(name, role)
    refuse_rows(groups.codes < 0, name, role, "is missing", "give every row its value")
    return groups


def _stages(table: Table, design: Design, strata: IntArray) -> tuple[Stage, ...]:
    import numpy as np

    names, sizes = design.stages, design.sizes
    within, stages = strata, list[Stage]()
    share = np.ones(int(strata.max()) + 1)
    for depth in range(max(len(names), 1)):
        if names:
            role = "psu" if depth == 0 else f"psu, stage {depth + 1}"
            units, first = combined([within, complete_groups(table, names[depth], role).codes])
        else:
            units = first = np.arange(table.rows)
        groups = within[first]
        sampled = np.bincount(groups, minlength=share.size)
        if depth < len(sizes):
            population = _population(table, sizes[depth], within, sampled)
        else:
            population = np.full(share.size, np.inf)
        stages.append(Stage(units, groups, sampled, population, share))
        share = (share * sampled / population)[groups]
        within = units
        if not sizes:
            # Drawn as if with replacement: the first stage carries the whole variance.
            break
    return tuple(stages)


def _population(table: Table, name: str, within: IntArray, sampled: IntArray) -> FloatArray:
    import numpy as np

    role = "population_size"
    values = table.numbers(name, role)
    refuse_rows(np.isnan(values), name, role, "is missing", "give every row the size of what it was drawn from")
    refuse_rows(values <= 0, name, role, "is not positive", "give the number of units there were to draw from")
    population = np.zeros(sampled.size)
    population[within] = values
    refuse_rows(
        np.abs(values - population[within]) > 1e-9 * values,
        name,
        role,
        "differs from another row of the same stratum or unit",
        "give all rows of it the same size",
    )
    refuse_rows(
        (population < sampled * (1.0 - 1e-9))[within],
        name,
        role,
        "is smaller than the number of units drawn",
        "give the number there were to draw from, not a share",
    )
    return population


def _refuse_lone_units(stages: Sequence[Stage], design: Design, strata: Groups | None) -> None:
    import numpy as np

    if design.lone_psu != "error":
        return
    for depth, stage in enumerate(stages):
        lone = np.flatnonzero((stage.sampled == 1) & (stage.population > 1.0 + 1e-7) & (stage.share > 0.0))
        if not lone.size:
            continue
        unit = int(np.flatnonzero(stage.groups == lone[0])[0])
        row = int(np.flatnonzero(stage.units == unit)[0]) + 1
        if depth:
            where = f"a unit of column '{design.stages[depth - 1]}'"
        elif strata is not None:
            where = f"stratum '{strata.levels[int(lone[0])]}' of column '{design.strata}'"
        else:
            where = "the sample"
        more = f" ({lone.size} such in all)" if lone.size > 1 else ""
        raise ValueError(
            f"{where} has one unit drawn, in row {row}{more}, so its variance cannot be seen; merge it with one that "
            'is like it, or choose lone_psu="certainty" or "average".'
        )


def _weights(table: Table, design: Design, stages: Sequence[Stage]) -> FloatArray:
    import numpy as np

    if design.weights is not None:
        weights = table.numbers(design.weights, "weights")
        refuse_rows(np.isnan(weights), design.weights, "weights", "is missing", "give every row its weight")
        refuse_rows(
            weights <= 0,
            design.weights,
            "weights",
            "is not positive",
            "give a weight above 0, and leave out rows that stand for nobody",
        )
        return weights
    weights = np.ones(table.rows)
    if len(design.sizes) < len(stages):
        if design.sizes:
            raise ValueError(
                f"population_size covers {len(design.sizes)} of {len(stages)} stages, so weights cannot be derived "
                "from it; name the column of weights."
            )
        return weights
    for stage in stages:
        weights *= (stage.population / stage.sampled)[stage.groups[stage.units]]
    return weights


def _names(given: str | Sequence[str] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)
