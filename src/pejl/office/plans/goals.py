"""The goals plans are about: those of the strategies in force in a year, as the release has them, with their signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pejl.office.web.shown import release
from pejl.release.public import PublicRelease
from pejl.site.pages.cards import Section, sections
from pejl.site.pages.contents import Contents, adopted_on
from pejl.text import Language

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StrategyGoals:
    """The goals of a strategy under its own headings.

    Attributes:
        id: of the strategy.
        title: its short title, Danish and English.
        sections: guideposts, visions or the overall goal, each with its goals, in the order of the document.
    """

    id: str
    title: Record
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of a year.

    Attributes:
        strategies: those in force at some time of the year that have goals.
        past: whether none is in force, and these are the last one's.
    """

    strategies: tuple[StrategyGoals, ...]
    past: bool


def goals_of(year: int, language: Language) -> Goals:
    """Return the goals of the strategies in force in a year; where there are none, of the one that was so last."""
    contents, names, past = _in_force(*_release(), year)
    known = contents.strategies
    found = (
        StrategyGoals(
            name,
            known[name]["short_title"] or known[name]["title"],
            sections(contents, contents.goals_by_strategy[name], language),
        )
        for name in names
    )
    return Goals(tuple(found), past)


def goal_ids(year: int) -> frozenset[str]:
    """Return the ids of the goals of the strategies in force in a year."""
    contents, names, _ = _in_force(*_release(), year)
    return frozenset(goal["id"] for name in names for goal in contents.goals_by_strategy[name])


def goal_titles() -> dict[str, Record]:
    """Return the title of every goal of the release, Danish and English, by id."""
    return {goal: judged["title"] for goal, judged in _contents(*_release()).judged.items()}


def following(goal: str, year: int) -> str | None:
    """Return what a goal goes on as in a year: itself, or the goal that continues, rewords or replaces it."""
    contents = _contents(*_release())
    wanted = goal_ids(year)
    ahead, seen = [goal], set()
    while ahead:
        here = ahead.pop(0)
        if here in wanted:
            return here
        seen.add(here)
        ahead += [link.goal for link in contents.followers.get(here, ()) if link.goal not in seen]
    return None


def target_groups() -> dict[str, Record]:
    """Return the title of every target group of the release, Danish and English, by id."""
    contents = _contents(*_release())
    return {name: group["title"] for name, group in contents.target_groups.items()}


def target_groups_of(year: int) -> dict[str, Record]:
    """Return the target groups as the strategies in force in a year divide them; all, where none of them says."""
    contents, names, _ = _in_force(*_release(), year)
    versions = {contents.strategies[name]["target_group_version"] for name in names}
    groups = [
        group
        for each in contents.release.workspace["target_groups"]
        if each["id"] in versions
        for group in each["groups"]
    ]
    return {group["id"]: group["title"] for group in groups} or target_groups()


def _release() -> tuple[Path, str]:
    shown = release()
    return shown.folder, shown.id


class _Keeping(PublicRelease):
    """A release that makes what is costly once: its folder never changes."""

    def __init__(self, folder: Path, release_id: str) -> None:
        super().__init__(folder, release_id)
        self._made: dict[str, Any] = {}

    def kept(self, key: str, make: Any) -> Any:
        """Return what `make` makes of the release, made once."""
        if key not in self._made:
            self._made[key] = make(self)
        return self._made[key]


@lru_cache(maxsize=4)
def _contents(folder: Path, release_id: str) -> Contents:
    return Contents(_Keeping(folder, release_id))


@lru_cache(maxsize=64)
def _in_force(folder: Path, release_id: str, year: int) -> tuple[Contents, tuple[str, ...], bool]:
    """Return the contents of a release, the ids of the strategies of a year, and whether they are past."""
    contents = _contents(folder, release_id)
    adopted = [
        (name, strategy)
        for name, strategy in contents.strategies.items()
        if adopted_on(strategy) is not None and strategy["status"] != "draft" and contents.goals_by_strategy[name]
    ]
    begun = [(name, each) for name, each in adopted if _first(each) <= f"{year}-12-31"]
    found = [name for name, each in begun if _last(each) is None or str(_last(each)) >= f"{year}-01-01"]
    if found:
        return contents, tuple(found), False
    before = begun or adopted
    latest = max(before, key=lambda pair: _first(pair[1]), default=None)
    return contents, (latest[0],) if latest else (), True


def _first(strategy: Record) -> str:
    return min(str(adopted_on(strategy)), str(strategy["valid"]["from"]))


def _last(strategy: Record) -> str | None:
    last: str | None = strategy["in_force_until"] or strategy["valid"]["to"]
    return last
