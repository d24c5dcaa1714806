"""Everything that is named exists."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pejl.text import Message, message
from pejl.workspace.base import Declared
from pejl.workspace.goals import Goal
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problems, did_you_mean
from pejl.workspace.strategies import Strategy, Vision


def check_references(workspace: Workspace, problems: Problems) -> None:
    """Note every name that leads nowhere: of strategies, goals, indicators, series, vocabulary."""
    _Checker(workspace, problems).check()


_STRATEGY = frozenset({"strategy"})
_VOCABULARY = frozenset({"vocabulary"})
_INDICATORS = frozenset({"indicators"})
_DECLARED_IN = {
    "population": _VOCABULARY | _INDICATORS,
    "scope": _VOCABULARY,
    "within": _VOCABULARY,
    "unit": _VOCABULARY,
    "breakdown": _VOCABULARY,
    "dimensions": _VOCABULARY,
    "dimension": _VOCABULARY,
    "other_dimension": _VOCABULARY,
    "target_groups": _VOCABULARY,
    "target_group": _VOCABULARY,
    "target_group_version": _VOCABULARY,
    "group": _VOCABULARY,
    "to": _VOCABULARY,
    "indicator": _INDICATORS,
}
"""The folder in which what a key names is declared; all other keys name things in strategies."""


class _Checker:
    def __init__(self, workspace: Workspace, problems: Problems) -> None:
        self.workspace = workspace
        self.problems = problems

    def check(self) -> None:
        workspace = self.workspace
        self._name(workspace.settings, "population", workspace.settings.population, workspace.indicators_by_id)
        self._series(
            workspace.settings,
            "population",
            workspace.settings.population,
            message("Add its figures, or remove 'population': then no rates are shown."),
        )
        for strategy in workspace.strategies:
            self._strategy(strategy)
        for indicator in workspace.indicators:
            self._name(indicator, "unit", indicator.unit, workspace.units)
            self._name(indicator, "scope", indicator.scope, workspace.scopes)
            self._name(indicator, "population", indicator.population, workspace.populations)
            self._name(indicator, "breakdown", indicator.breakdown, workspace.dimensions)
            self._names(indicator, "dimensions", indicator.dimensions, workspace.dimensions)
            for relation in indicator.relations:
                self._name(relation, "indicator", relation.indicator, workspace.indicators_by_id)
                self._name(relation, "dimension", relation.dimension, workspace.dimensions)
                self._name(relation, "other_dimension", relation.other_dimension, workspace.dimensions)
        for remark in workspace.remarks:
            self._name(remark, "goal", remark.goal, workspace.goals_by_id)
        for doing in workspace.doing:
            for work in doing.goals:
                self._name(work, "goal", work.goal, workspace.goals_by_id)
        self._vocabulary()

    def _vocabulary(self) -> None:
        workspace = self.workspace
        for scope in workspace.scopes.values():
            self._name(scope, "within", scope.within, workspace.scopes)
        for population in workspace.populations.values():
            self._names(population, "target_groups", population.target_groups, workspace.target_groups)
        for vocabulary in workspace.vocabularies:
            for mapping in vocabulary.target_group_mappings:
                self._name(mapping, "group", mapping.group, workspace.target_groups)
                self._names(mapping, "to", mapping.to, workspace.target_groups)
        for dimension in workspace.dimensions.values():
            codes = {code.code for code in dimension.codes}
            for code in dimension.codes:
                self._name(code, "parent", code.parent, codes)
            for merge in dimension.merges:
                for merged in merge.codes:
                    self._names(merged, "of", merged.of, codes)

    def _strategy(self, strategy: Strategy) -> None:
        workspace = self.workspace
        for relation in (*strategy.draft_of, *strategy.elaborates, *strategy.replaces):
            self._name(relation, "strategy", relation.strategy, workspace.strategies_by_id)
        versions = {item.id for one in workspace.vocabularies for item in one.target_group_versions}
        self._name(strategy, "target_group_version", strategy.target_group_version, versions)
        own_goals = {goal.id for goal in strategy.goals()}
        if strategy.overall_goal is not None:
            self._names(strategy.overall_goal, "sub_goals", strategy.overall_goal.sub_goals, own_goals)
        principles = {item.id for one in workspace.strategies for item in one.principles}
        themes = {theme.id for theme in strategy.themes}
        for theme in strategy.themes:
            self._names(theme, "carries", theme.carries, principles)
            self._names(theme, "serves", theme.serves, own_goals)
            for challenge in theme.challenges:
                self._name(challenge, "target_group", challenge.target_group, workspace.target_groups)
        for entry in strategy.annual_wheel:
            self._name(entry, "theme", entry.theme, themes)
        if strategy.chapter_template is not None:
            template = strategy.chapter_template
            self._names(template, "target_groups", template.target_groups, workspace.target_groups)
        for vision in strategy.visions:
            self._vision(vision)
        for goal in strategy.goals():
            self._goal(goal)

    def _vision(self, vision: Vision) -> None:
        headings = {heading.id for heading in vision.headings}
        for sign in vision.signs:
            for link in sign.headings:
                self._name(link, "heading", link.heading, headings)

    def _goal(self, goal: Goal) -> None:
        workspace = self.workspace
        self._name(goal, "population", goal.population, workspace.populations)
        self._name(goal, "scope", goal.scope, workspace.scopes)
        self._name(goal, "unit", goal.unit, workspace.units)
        for key in ("continues", "rewords", "replaces"):
            self._names(goal, key, getattr(goal, key), workspace.goals_by_id)
        self._name(goal, "indicator", goal.indicator, workspace.indicators_by_id)
        self._series(
            goal,
            "indicator",
            goal.indicator,
            message("Add its figures, or write 'source: none' and the 'state' of its missing data."),
        )

    def _series(self, owner: Declared, key: str, series: str | None, otherwise: Message) -> None:
        """Note a series that is declared but stands in no figures file."""
        workspace = self.workspace
        if series not in workspace.indicators_by_id or series in workspace.sources_by_series:
            return
        if workspace.indicators_by_id[series].source != "figures":
            return  # counted here, or made elsewhere and not carried home yet: the status says which
        set_aside = any(series in source.set_aside for source in workspace.figures)
        if "figures" not in workspace.unread and not set_aside:
            self.problems.add(
                "series_without_figures",
                owner.location(key),
                message("the series '{series}' stands in no file of 'figures'", series=series),
                did_you_mean(series, workspace.sources_by_series, otherwise),
                value=series,
            )

    def _names(self, owner: Declared, key: str, names: Iterable[str], known: Collection[str]) -> None:
        for item, name in enumerate(names):
            self._name(owner, key, name, known, item)

    def _name(
        self, owner: Declared, key: str, name: str | None, known: Collection[str], item: int | None = None
    ) -> None:
        if name is None or name in known or name in self.workspace.set_aside:
            return
        if not self.workspace.unread.isdisjoint(_DECLARED_IN.get(key, _STRATEGY)):
            return
        note_unknown_name(self.problems, owner, key, name, known, item)


def note_unknown_name(
    problems: Problems, owner: Declared, key: str, name: str, known: Collection[str], item: int | None = None
) -> None:
    """Note that `key` of a declaration, or the `item` of its list, names something that is declared nowhere."""
    problems.add(
        "broken_reference",
        owner.location(key, item),
        message("'{key}' names '{name}', which is declared nowhere", key=key, name=name),
        did_you_mean(name, known, message("Declare it, or name another.")),
        value=name,
    )
