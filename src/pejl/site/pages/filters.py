"""Choosing among goals: one page for each single choice, made beforehand so that it needs no JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pejl.judge.statuses import Development, TargetStatus
from pejl.site.page import Here, Page, View
from pejl.site.pages.cards import Section, sections
from pejl.site.pages.contents import Contents
from pejl.site.pages.drawings import sparks
from pejl.site.pages.status import StrategyLine, strategy_line
from pejl.site.pages.verdicts import development_mark, target_mark
from pejl.site.pages.wording import Record, counted
from pejl.text import Language, Message, message

if TYPE_CHECKING:
    from pejl.release.public import PublicRelease

Kind = Literal["target", "development", "target_group", "guidepost", "vision"]
KINDS: tuple[Kind, ...] = ("target", "development", "target_group", "guidepost", "vision")
"""By what one can choose; the page of each is called `status_` and this."""


_HEADINGS: Mapping[Kind, Message] = {
    "target": message("Is the target reached?"),
    "development": message("Do things go the right way?"),
    "target_group": message("Target group"),
    "guidepost": message("Guidepost"),
    "vision": message("Vision"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: a verdict, a target group, a guidepost or a vision, with how many goals it has.

    Attributes:
        kind: what it is.
        value: the code or id.
        text: the words of a verdict in the language of the page; None where `title` has them.
        title: Danish and English; None for verdicts.
        number: as printed, for guideposts and visions.
        goals: how many goals of the strategy are chosen by it.
    """

    kind: Kind
    value: str
    text: str | None
    title: Record | None
    number: int | None
    goals: int


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything one can choose in a strategy, in the order of the documents; kinds without a choice are empty."""

    target: tuple[Choice, ...]
    development: tuple[Choice, ...]
    target_group: tuple[Choice, ...]
    guidepost: tuple[Choice, ...]
    vision: tuple[Choice, ...]

    def __iter__(self) -> Iterator[tuple[Kind, tuple[Choice, ...]]]:
        return iter(tuple((kind, getattr(self, kind)) for kind in KINDS))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The goals of one strategy that a choice finds."""

    strategy: StrategyLine
    goals: int
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class FilterPage:
    """What a page of one choice shows.

    Attributes:
        choice: what was chosen, with how many goals of all strategies.
        chosen: the goals by strategy: the one in force first, then the others from the newest; drafts are left out.
        beside: what else could be chosen of the same kind.
    """

    choice: Choice
    chosen: tuple[Chosen, ...]
    beside: tuple[Choice, ...]


def choices(contents: Contents, strategy: str, language: Language) -> Choices:
    """Return by what one can choose among the goals of a strategy."""
    goals = contents.goals_by_strategy[strategy]
    return Choices(*(tuple(_choices(contents, kind, goals, language)) for kind in KINDS))


def values_of(contents: Contents, kind: Kind, goal: Record) -> tuple[str, ...]:
    """Return what a goal is found by: one verdict, one group, or several target groups."""
    match kind:
        case "target":
            return (goal["target_status"],)
        case "development":
            return (goal["development"],)
        case "target_group":
            return contents.target_groups_of(goal["id"])
        case _:
            group = contents.groups.get(goal["group"] or "")
            return (group.id,) if group is not None and group.kind == kind else ()


def _choices(contents: Contents, kind: Kind, goals: Iterable[Record], language: Language) -> Iterator[Choice]:
    found: dict[str, int] = {}
    for goal in goals:
        for value in values_of(contents, kind, goal):
            found[value] = found.get(value, 0) + 1
    for value in _in_order(contents, kind):
        if value in found:
            yield _choice(contents, kind, value, found[value], language)


def _in_order(contents: Contents, kind: Kind) -> Iterable[str]:
    orders: Mapping[Kind, Iterable[str]] = {
        "target": TargetStatus,
        "development": Development,
        "target_group": contents.target_groups,
    }
    return orders.get(kind, contents.groups)


def _choice(contents: Contents, kind: Kind, value: str, goals: int, language: Language) -> Choice:
    match kind:
        case "target":
            return Choice(kind, value, target_mark(value, language).words, None, None, goals)
        case "development":
            return Choice(kind, value, development_mark(value, language).words, None, None, goals)
        case "target_group":
            return Choice(kind, value, None, contents.target_groups[value]["title"], None, goals)
        case _:
            group = contents.groups[value]
            return Choice(kind, value, None, group.title, group.number, goals)


def select(contents: Contents, kind: Kind, value: str, language: Language) -> FilterPage:
    """Return the goals of all adopted strategies that a choice finds."""
    order = [name for name in reversed(contents.strategies) if name != contents.main]
    names = [*([contents.main] if contents.main is not None else []), *order]
    chosen = []
    for name in names:
        goals = [goal for goal in contents.goals_by_strategy[name] if value in values_of(contents, kind, goal)]
        strategy = contents.strategies[name]
        if goals and strategy["status"] != "draft":
            chosen.append(Chosen(strategy_line(contents, strategy), len(goals), sections(contents, goals, language)))
    beside = _choices(contents, kind, _shown(contents), language)
    if kind in ("guidepost", "vision"):
        own = contents.groups[value].strategy
        beside = (each for each in beside if contents.groups[each.value].strategy == own)
    return FilterPage(
        _choice(contents, kind, value, sum(each.goals for each in chosen), language), tuple(chosen), tuple(beside)
    )


def _shown(contents: Contents) -> Iterator[Record]:
    """Yield the goals of all strategies that are no drafts."""
    drafts = {name for name, strategy in contents.strategies.items() if strategy["status"] == "draft"}
    return (goal for goal in contents.judged.values() if goal["strategy"] not in drafts)


def every(kind: Kind) -> Callable[[PublicRelease], Iterable[Mapping[str, str]]]:
    """Return the function that yields the pages of a kind of choice: one for each value that finds a goal."""

    def values(release: PublicRelease) -> Iterable[Mapping[str, str]]:
        contents = Contents(release)
        found = dict.fromkeys(value for goal in _shown(contents) for value in values_of(contents, kind, goal))
        return [{"value": value} for value in found]

    return values


def view(kind: Kind) -> View:
    """Return the view of a kind of choice."""

    def filtered(here: Here, value: str) -> Page:
        shown = select(Contents(here.release), kind, value, here.language)
        named = shown.choice.text or here.say(shown.choice.title)
        heading = _HEADINGS[kind].render(here.language)
        heading += "" if heading.endswith("?") else ":"
        number = counted(shown.choice.goals, message("1 goal"), message("{count} goals"), here.language)
        return Page(
            "pages/filter.html",
            f"{heading} {named}",
            here.t("{number} in the city's social strategies: {what}.", number=number, what=named),
            section="front",
            values={"model": shown, "heading": heading, "spark": sparks(here)},
        )

    return filtered
