"""A workspace without breakdowns that cannot be made: a register that only says where people live costs no total."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pejl.workspace.indicators import Indicator
from pejl.workspace.model import Workspace
from pejl.workspace.vocabulary import Cube


def without_dimensions(workspace: Workspace, lost: Collection[str]) -> Workspace:
    """Return the workspace without the breakdowns by `lost` dimensions."""
    if not lost:
        return workspace
    vocabularies = [
        vocabulary.model_copy(update={"cubes": tuple(_cube_without(cube, lost) for cube in vocabulary.cubes)})
        for vocabulary in workspace.vocabularies
    ]
    indicators = [indicator_without(indicator, lost) for indicator in workspace.indicators]
    return replace(workspace, vocabularies=tuple(vocabularies), indicators=tuple(indicators))


def _cube_without(cube: Cube, lost: Collection[str]) -> Cube:
    return cube.model_copy(update={"dimensions": tuple(name for name in cube.dimensions if name not in lost)})


def indicator_without(indicator: Indicator, lost: Collection[str]) -> Indicator:
    """Return an indicator without the breakdowns of its own that use `lost` dimensions."""
    counting = indicator.counting
    if counting is None:
        return indicator
    sets = tuple(each for each in counting.sets if not any(name in lost for name in each.by))
    return indicator.model_copy(update={"counting": counting.model_copy(update={"sets": sets})})
