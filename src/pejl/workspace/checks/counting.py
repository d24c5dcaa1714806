"""What is needed to count from registers is declared: cubes, standing dimensions; and nothing stands twice."""

from __future__ import annotations

from collections.abc import Collection

from pejl.text import message
from pejl.workspace.base import Declared
from pejl.workspace.checks.references import note_unknown_name
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problems
from pejl.workspace.vocabulary import Dimension, Standing


def check_counting(workspace: Workspace, problems: Problems) -> None:
    """Note what the indicators counted from registers, the cubes and the standing dimensions lack."""
    checker = _Checker(workspace, problems)
    for indicator in workspace.indicators:
        checker.indicator(indicator)
    if "vocabulary" in workspace.unread:
        return
    for cube in workspace.cubes.values():
        checker.names(cube, "dimensions", cube.dimensions, workspace.dimensions)
        for position, name in enumerate(cube.dimensions):
            dimension = workspace.dimensions.get(name)
            if dimension is not None and dimension.standing is None and not checker.made_by_sql(cube.id, name):
                problems.add(
                    "no_standing",
                    cube.location("dimensions", position),
                    message("nothing says where a person's place in '{dimension}' is read", dimension=name),
                    message("Give the dimension a 'standing', or let the indicator's SQL return a column of its name."),
                    value=name,
                )
    for dimension in workspace.dimensions.values():
        checker.dimension(dimension)


class _Checker:
    def __init__(self, workspace: Workspace, problems: Problems) -> None:
        self.workspace = workspace
        self.problems = problems
        self.relations = {*workspace.registers_by_id, *workspace.models}

    def made_by_sql(self, cube: str, dimension: str) -> bool:
        """Tell whether some indicator of the cube brings the dimension along as a column of its own."""
        counted = (item.counting for item in self.workspace.indicators if item.counting is not None)
        return any(cube in item.cubes and any(dimension in each.by for each in item.sets) for item in counted)

    def indicator(self, indicator: Indicator) -> None:
        workspace = self.workspace
        self.names(indicator, "variant_of", [indicator.variant_of], workspace.indicators_by_id)
        counting = indicator.counting
        if counting is None:
            return
        if "vocabulary" not in workspace.unread:
            self.names(counting, "cubes", counting.cubes, workspace.cubes)
            for each in counting.sets:
                self.names(each, "by", each.by, workspace.dimensions)
        if not workspace.counted_here(indicator):
            return
        if counting.way is not None:
            self.relation(counting.way, counting.way.relation)
        for source in workspace.sources_by_series.get(indicator.id, ()):
            self.problems.add(
                "counted_and_published",
                indicator.location("source"),
                message(
                    "'{id}' is counted here, but {file} also holds figures of it", id=indicator.id, file=source.file
                ),
                message("Remove the figures, or give them an indicator of their own."),
                value=indicator.id,
            )

    def dimension(self, dimension: Dimension) -> None:
        standing = dimension.standing
        if standing is None:
            return
        self.relation(standing, standing.relation)
        codes = {code.code for code in dimension.codes}
        self.names(standing, "unknown", [standing.unknown], codes)
        self.names(standing, "none", [standing.none], codes)
        self._needed(standing, "none" if dimension.overlapping else "unknown")
        special = {standing.unknown, standing.none}
        for code in dimension.codes if standing.born is not None else ():
            if code.ages is None and code.code not in special:
                self.problems.add(
                    "ages_missing",
                    code.location("code"),
                    message("the age group '{code}' does not say which ages belong to it", code=code.code),
                    message("Write for example: ages: {{ from: 18, to: 29 }}."),
                    value=code.code,
                )

    def _needed(self, standing: Standing, key: str) -> None:
        if getattr(standing, key) is not None:
            return
        self.problems.add(
            "code_missing",
            standing.location(),
            message("'{key}' is missing: the code of those who have no place in the dimension", key=key),
            message("Declare such a code and name it here."),
        )

    def relation(self, owner: Declared, name: str) -> None:
        if not self.workspace.unread.isdisjoint({"registers", "models"}):
            return
        self.names(owner, "relation", [name], self.relations)

    def names(self, owner: Declared, key: str, names: Collection[str | None], known: Collection[str]) -> None:
        for item, name in enumerate(names):
            if name is not None and name not in known and name not in self.workspace.set_aside:
                note_unknown_name(self.problems, owner, key, name, known, item)
