"""What a release holds, looked up by id: goals with their place, strategies, groups, and who follows whom.

What takes a while is made once for a release and shared by all its pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pejl.publish.charts import declared_goals
from pejl.release.public import PublicRelease

Record = Mapping[str, Any]
Made = TypeVar("Made")
GroupKind = Literal["guidepost", "vision", "overall"]
LinkKind = Literal["continues", "rewords", "replaces"]
LINKS: tuple[LinkKind, ...] = ("continues", "rewords", "replaces")
"""How a goal can follow an earlier one, as goals declare it."""


@dataclass(frozen=True, slots=True)
class Group:
    """What goals stand under in their strategy.

    Attributes:
        id: of the guidepost, the vision or the overall goal.
        kind: which of the three.
        number: as printed; None for the overall goal.
        title: Danish and English.
        strategy: the id of the strategy.
        reason: the citizens' reason for a vision, Danish and English; else None.
    """

    id: str
    kind: GroupKind
    number: int | None
    title: Record
    strategy: str
    reason: Record | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One goal follows another: `kind` says how, `goal` is the other one."""

    kind: LinkKind
    goal: str


class Contents:
    """The public release by id.

    It holds nothing itself: what is made once is kept by the release, which notes for each page what it was made
    from. So it can be made anew wherever it is needed.

    Args:
        release: whose contents they are.
    """

    def __init__(self, release: PublicRelease) -> None:
        self.release = release

    @property
    def year(self) -> int:
        """The year the release was made for."""
        year: int = self.release.status["year"]
        return year

    @property
    def strategies(self) -> dict[str, Record]:
        """Every strategy as declared, in time."""
        return self._once("strategies", lambda: {each["id"]: each for each in self.release.strategies})

    @property
    def judged(self) -> dict[str, Record]:
        """Every goal as judged, by id, in the order of strategies and their documents."""
        return self._once("judged", lambda: {goal["id"]: goal for goal in self.release.status["goals"]})

    @property
    def declared(self) -> dict[str, Record]:
        """Every goal as declared, by id."""
        return self._once(
            "declared", lambda: {goal["id"]: goal for each in self.release.strategies for goal in declared_goals(each)}
        )

    @property
    def groups(self) -> dict[str, Group]:
        """Every guidepost, vision and overall goal, in the order of strategies and their documents."""
        return self._once(
            "groups", lambda: {group.id: group for each in self.release.strategies for group in _groups(each)}
        )

    @property
    def goals_by_strategy(self) -> dict[str, tuple[Record, ...]]:
        """The judged goals of each strategy, in the order of its document; empty for one without goals."""
        return self._once("goals_by_strategy", self._goals_by_strategy)

    def _goals_by_strategy(self) -> dict[str, tuple[Record, ...]]:
        found: dict[str, list[Record]] = {name: [] for name in self.strategies}
        for goal in self.judged.values():
            found[goal["strategy"]].append(goal)
        return {name: tuple(goals) for name, goals in found.items()}

    @property
    def goals_by_indicator(self) -> dict[str, tuple[Record, ...]]:
        """The judged goals each indicator serves, drafts' goals too."""
        return self._once("goals_by_indicator", self._goals_by_indicator)

    def _goals_by_indicator(self) -> dict[str, tuple[Record, ...]]:
        found: dict[str, list[Record]] = {}
        for goal in self.judged.values():
            if goal["indicator"] is not None:
                found.setdefault(goal["indicator"], []).append(goal)
        return {name: tuple(goals) for name, goals in found.items()}

    @property
    def followers(self) -> dict[str, tuple[Link, ...]]:
        """For each goal the later goals that follow it."""
        return self._once("followers", self._followers)

    def _followers(self) -> dict[str, tuple[Link, ...]]:
        found: dict[str, list[Link]] = {}
        for goal in self.declared.values():
            for link in followed(goal):
                found.setdefault(link.goal, []).append(Link(link.kind, goal["id"]))
        return {name: tuple(links) for name, links in found.items()}

    @property
    def target_groups(self) -> dict[str, Record]:
        """Every target group of every version, by id."""
        return self._once("target_groups", self._target_groups)

    def _target_groups(self) -> dict[str, Record]:
        versions = self.release.workspace["target_groups"]
        return {group["id"]: group for version in versions for group in version["groups"]}

    def target_groups_of(self, goal: str) -> tuple[str, ...]:
        """Return the ids of the target groups a goal is about, by its population; none where nobody has said."""
        population = self.declared[goal]["population"]
        if population is None:
            return ()
        named = self.release.workspace["populations"].get(population, {}).get("target_groups", ())
        return tuple(name for name in named if name in self.target_groups)

    @property
    def sources_of_figures(self) -> frozenset[str]:
        """Where figures of this release come from: figures (others'), registers, survey."""
        return self._once("sources_of_figures", self._sources_of_figures)

    def _sources_of_figures(self) -> frozenset[str]:
        declared = (self.release.indicator(name) for name in self.release.indicators)
        return frozenset(each["source"] for each in declared if each is not None)

    @property
    def main(self) -> str | None:
        """The id of the strategy whose status the front page tells.

        It is the one in force on the last day of the release's year; of several the one with goals that came last.
        Where none is in force it is the one that was so last. None where no strategy has been adopted.
        """
        return self._once("main", self._main)

    def _main(self) -> str | None:
        day = f"{self.year}-12-31"
        adopted = [each for each in self.release.strategies if each["status"] != "draft" and _begins(each) <= day]

        def weight(each: Record) -> tuple[bool, bool, str]:
            return bool(self.goals_by_strategy[each["id"]]), in_force(each, day), _begins(each)

        return max(adopted, key=weight)["id"] if adopted else None

    def _once(self, name: str, make: Callable[[], Made]) -> Made:
        kept = getattr(self.release, "kept", None)  # a release that notes its readers keeps; a plain one does not
        return make() if kept is None else kept(f"contents: {name}", lambda _release: make())


def followed(goal: Record) -> tuple[Link, ...]:
    """Return the earlier goals that a declared goal continues, rewords or replaces."""
    return tuple(Link(kind, earlier) for kind in LINKS for earlier in goal[kind])


def adopted_on(strategy: Record) -> str | None:
    """Return the day of adoption, or the latest it can have been; None for a draft."""
    day: str | None = strategy["adopted_on"] or strategy["adopted_by"]
    return day


def in_force(strategy: Record, day: str) -> bool:
    """Tell whether a strategy is adopted and in force on a day, written 2025-12-31."""
    adopted = adopted_on(strategy)
    if strategy["status"] == "draft" or adopted is None or day < adopted:
        return False
    last = strategy["in_force_until"] or strategy["valid"]["to"]
    return last is None or day <= last


def _begins(strategy: Record) -> str:
    first: str = strategy["valid"]["from"]
    return first


def _groups(strategy: Record) -> Iterator[Group]:
    name = strategy["id"]
    overall = strategy["overall_goal"]
    if overall is not None:
        yield Group(overall["id"], "overall", None, overall["title"], name)
    for guidepost in strategy["guideposts"]:
        yield Group(guidepost["id"], "guidepost", guidepost["number"], guidepost["title"], name)
    for vision in strategy["visions"]:
        yield Group(vision["id"], "vision", vision["number"], vision["title"], name, vision["reason"])
