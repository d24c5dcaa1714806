"""`Workspace`: everything declared, with the look-ups that engines and checks need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pejl.workspace.doing import Doing
from pejl.workspace.figure_table import FigureTable, SeriesUse
from pejl.workspace.goals import Goal
from pejl.workspace.indicators import Indicator
from pejl.workspace.instruments import Instrument
from pejl.workspace.queries import SqlFile
from pejl.workspace.registers import Register
from pejl.workspace.remarks import Remark
from pejl.workspace.settings import Settings
from pejl.workspace.strategies import Strategy
from pejl.workspace.surveys import Survey
from pejl.workspace.vocabulary import Code, Cube, Dimension, Population, Scope, TargetGroup, Unit, Vocabulary

NO_ID = "unread"
Named = TypeVar("Named", Unit, Scope)


@dataclass(frozen=True)
class FigureSource:
    """A figures file: its path relative to the workspace, the hash of its content, what its series use.

    The figures themselves are read when asked for, because an unchanged file need not be read. `set_aside` are the
    series of rows with problems; `whole` is False where rows could not be read at all.
    """

    file: str
    sha256: str
    dimensions: tuple[str, ...]
    uses: Mapping[str, SeriesUse]
    set_aside: frozenset[str] = frozenset()
    whole: bool = True
    table: FigureTable | None = None


@dataclass(frozen=True)
class Workspace:
    """A workspace as read: declarations in file order, strategies in time, not yet known to fit together.

    `set_aside` are the ids in declarations with errors, `unread` the folders (or pejl.toml) of which something
    could not be read at all: what is only there must not be called missing.
    """

    root: Path
    settings: Settings
    vocabularies: tuple[Vocabulary, ...]
    strategies: tuple[Strategy, ...]
    indicators: tuple[Indicator, ...]
    figures: tuple[FigureSource, ...]
    registers: tuple[Register, ...] = ()
    sql_files: tuple[SqlFile, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    surveys: tuple[Survey, ...] = ()
    remarks: tuple[Remark, ...] = ()
    doing: tuple[Doing, ...] = ()
    file_hashes: Mapping[str, str] = field(default_factory=dict)
    set_aside: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()

    @property
    def id(self) -> str | None:
        """The id of the workspace; None where its settings could not be read."""
        return self.settings.id if self.settings.id != NO_ID else None

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Units by id and by every alias."""
        return _by_names(unit for vocabulary in self.vocabularies for unit in vocabulary.units)

    @cached_property
    def scopes(self) -> dict[str, Scope]:
        """Scopes by id and by every alias."""
        return _by_names(scope for vocabulary in self.vocabularies for scope in vocabulary.scopes)

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        """Dimensions by id."""
        return {each.id: each for vocabulary in self.vocabularies for each in vocabulary.dimensions}

    @cached_property
    def codes(self) -> dict[tuple[str, str], Code]:
        """Codes of dimensions by (dimension, code, label or alias)."""
        return {
            (dimension.id, name): code
            for dimension in self.dimensions.values()
            for code in dimension.codes
            for name in (code.code, code.label.da, code.label.en, *code.aliases)
            if name is not None
        }

    @cached_property
    def cubes(self) -> dict[str, Cube]:
        """Cubes by id."""
        return {cube.id: cube for vocabulary in self.vocabularies for cube in vocabulary.cubes}

    @cached_property
    def registers_by_id(self) -> dict[str, Register]:
        """Register contracts by id."""
        return {register.id: register for register in self.registers}

    @cached_property
    def surveys_by_id(self) -> dict[str, Survey]:
        """Surveys by id."""
        return {survey.id: survey for survey in self.surveys}

    @cached_property
    def models(self) -> dict[str, SqlFile]:
        """Models by the name other SQL reads them under."""
        return {each.name: each for each in self.sql_files if each.is_model}

    @cached_property
    def sql_by_file(self) -> dict[str, SqlFile]:
        """All SQL by path relative to the workspace."""
        return {each.file: each for each in self.sql_files}

    def sql_of(self, indicator: Indicator, version: str | None = None) -> str:
        """Return the path of the SQL that counts `indicator`, or one of its definition versions.

        It is the version's `sql`, else `counting.sql`, else the file beside the declaration with the same name.
        """
        own = next((item.sql for item in indicator.versions if item.version == version), None)
        declared = own or (indicator.counting.sql if indicator.counting is not None else None)
        return declared or indicator.location().file.removesuffix(".yaml") + ".sql"

    def dimensions_of(self, indicator: Indicator) -> tuple[str, ...]:
        """Return the dimensions an indicator is broken down by, its own and those of its cubes, by id."""
        named = {*indicator.dimensions}
        if indicator.counting is not None:
            named.update(name for each in indicator.counting.sets for name in each.by)
            cubes = (self.cubes[cube] for cube in indicator.counting.cubes if cube in self.cubes)
            named.update(name for cube in cubes for name in cube.dimensions)
        return tuple(sorted(named))

    def counted_here(self, indicator: Indicator) -> bool:
        """Tell whether `indicator` is counted from registers in this workspace, rather than read from figures."""
        return indicator.source == "registers" and indicator.made_at == self.settings.place

    @cached_property
    def populations(self) -> dict[str, Population]:
        """Populations by id."""
        return {item.id: item for vocabulary in self.vocabularies for item in vocabulary.populations}

    @cached_property
    def target_groups(self) -> dict[str, TargetGroup]:
        """Target groups of every version, by id."""
        return {
            group.id: group
            for vocabulary in self.vocabularies
            for version in vocabulary.target_group_versions
            for group in version.groups
        }

    @cached_property
    def strategies_by_id(self) -> dict[str, Strategy]:
        """Strategies by id."""
        return {strategy.id: strategy for strategy in self.strategies}

    @cached_property
    def indicators_by_id(self) -> dict[str, Indicator]:
        """Indicators by id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def goals_by_id(self) -> dict[str, Goal]:
        """Goals of every strategy, by id."""
        return {goal.id: goal for _, goal in self.goals()}

    @cached_property
    def sources_by_series(self) -> dict[str, tuple[FigureSource, ...]]:
        """The figures files in which each series stands."""
        found: dict[str, list[FigureSource]] = {}
        for source in self.figures:
            for series in source.uses:
                found.setdefault(series, []).append(source)
        return {series: tuple(sources) for series, sources in found.items()}

    def goals(self) -> Iterator[tuple[Strategy, Goal]]:
        """Yield every goal with its strategy, strategies in the order of their time."""
        for strategy in self.strategies:
            for goal in strategy.goals():
                yield strategy, goal

    def unit_of(self, goal: Goal) -> str | None:
        """Return the id of the unit a goal's numbers are in: its indicator's, else its own."""
        indicator = self.indicators_by_id.get(goal.indicator or "")
        named = indicator.unit if indicator is not None else goal.unit
        return self.units[named].id if named in self.units else named


def _by_names(items: Iterator[Named]) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for each in items:
        found.setdefault(each.id, each)
        for alias in each.aliases:
            found.setdefault(alias, each)
    return found
