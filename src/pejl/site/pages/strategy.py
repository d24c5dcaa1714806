"""A strategy on a page: everything its document says, as it is declared, with the verdicts of its goals beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pejl.publish.words import period_label
from pejl.site.page import Here, Page
from pejl.site.pages.cards import Card, card
from pejl.site.pages.contents import Contents, adopted_on
from pejl.site.pages.drawings import sparks
from pejl.site.pages.lineage import Relation, relations
from pejl.site.pages.status import StatusOverview, StrategyLine, overview, strategy_line
from pejl.site.pages.wording import Record
from pejl.text import Language, Message, message

if TYPE_CHECKING:
    from pejl.release.public import PublicRelease

STEP_WORDS: Mapping[str, Message] = {
    "done": message("done"),
    "planned": message("planned"),
    "no_later_than": message("no later than"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A guidepost or vision with its goals.

    Attributes:
        id: of the guidepost or vision.
        number: as printed.
        title: Danish and English.
        reason: the citizens' reason for a vision; None for a guidepost.
        headings: titles of the headings below a vision, each with the goals linked to it by us.
        cards: the goals, in the document's order.
    """

    id: str
    number: int
    title: Record
    reason: Record | None
    headings: tuple[tuple[Record, tuple[Card, ...]], ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Overall:
    """The overall goal, how it was made measurable, and the three outcomes that count.

    Attributes:
        title: Danish and English.
        part_of: what it is part of itself.
        operationalisation: the goal that makes it measurable.
        sub_goals: the goals that serve it.
        outcomes: what may come of it for a citizen; all of them count.
    """

    title: Record
    part_of: Record | None
    operationalisation: Card | None
    sub_goals: tuple[Card, ...]
    outcomes: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Challenge:
    """What stands in the way, for one target group or, where that is None, in general."""

    target_group: Record | None
    text: Record


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the strategy.

    Attributes:
        number: as printed.
        title: Danish and English.
        description: the same.
        carries: titles of the principles it carries.
        serves: the goals it is to serve.
        challenges: what stands in the way.
        focus_areas: what the committee will look at.
        open: whether its members may add to them.
        discussion: when it is discussed, in words; None where nobody has said.
    """

    number: int
    title: Record
    description: Record
    carries: tuple[Record, ...]
    serves: tuple[Card, ...]
    challenges: tuple[Challenge, ...]
    focus_areas: tuple[Record, ...]
    open: bool
    discussion: str | None


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """A step on the way of a strategy: when, what, and whether it was done."""

    period: str
    title: Record
    status: Message


@dataclass(frozen=True, slots=True)
class TargetGroups:
    """The target groups as the strategy divides them: title, pairs of title and note, and where it was read."""

    title: Record
    groups: tuple[tuple[str, Record, Record | None], ...]
    sources: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class StrategyPage:
    """What the page of a strategy shows; what its document does not have is empty or None.

    Attributes:
        line: the strategy in a line.
        status: how its goals go; None for one without goals.
        adopted_on: the day it was adopted, or by which it was.
        by: whether only the latest possible day of adoption is known.
        in_force_until: the last day it was in force, where another text took its place before its years were over.
        committee: whose strategy it is.
        summary: what it says, in short.
        plain: the same in easy words.
        relations: to other strategies.
        overall: its overall goal.
        city_goals: the city's goals it contributes to: title, area, deadline in words.
        principles: pairs of number and title.
        themes: with challenges and focus areas.
        guideposts: with their goals.
        visions: with headings and signs.
        sub_goals: goals below no overall goal.
        target_groups: as the strategy divides them.
        announced_signs: how many signs were announced.
        signs: how many stand here.
        process: its way.
        meeting_formats: how people were involved, as declared.
        chapter_template: the structure of a chapter, as declared, with the titles of its target groups.
        annual_wheel: the committee's year: pairs of period and title.
        outside_factors: what results also depend on.
        sources: where it was read.
        note: what a reader should know.
    """

    line: StrategyLine
    status: StatusOverview | None
    adopted_on: str | None
    by: bool
    in_force_until: str | None
    committee: Record
    summary: Record | None
    plain: Record | None
    relations: tuple[Relation, ...]
    overall: Overall | None
    city_goals: tuple[tuple[Record, Record | None, str | None], ...]
    principles: tuple[tuple[int, Record], ...]
    themes: tuple[Theme, ...]
    guideposts: tuple[Block, ...]
    visions: tuple[Block, ...]
    sub_goals: tuple[Card, ...]
    target_groups: TargetGroups | None
    announced_signs: int | None
    signs: int
    process: tuple[ProcessStep, ...]
    meeting_formats: tuple[Record, ...]
    chapter_template: tuple[Record, tuple[Record, ...]] | None
    annual_wheel: tuple[tuple[str, Record], ...]
    outside_factors: tuple[Record, ...]
    sources: tuple[Record, ...]
    note: Record | None


def select(contents: Contents, strategy: str, language: Language) -> StrategyPage:
    """Return what the page of a strategy shows, by its id."""
    declared = contents.strategies[strategy]
    cards = {goal["id"]: card(contents, goal, language) for goal in contents.goals_by_strategy[strategy]}
    overall = _overall(declared, cards)
    return StrategyPage(
        line=strategy_line(contents, declared),
        status=overview(contents, strategy, language) if cards else None,
        adopted_on=adopted_on(declared),
        by=declared["adopted_on"] is None,
        in_force_until=declared["in_force_until"],
        committee=declared["committee"],
        summary=declared["summary"],
        plain=declared.get("plain"),
        relations=relations(contents, strategy),
        overall=overall,
        city_goals=tuple(
            (goal["title"], goal["area"], period_label(goal["due"], language) if goal["due"] else None)
            for goal in declared["city_goals"]
        ),
        principles=tuple((each["number"], each["title"]) for each in declared["principles"]),
        themes=tuple(_theme(contents, theme, cards, language) for theme in declared["themes"]),
        guideposts=tuple(_block(each, each["goals"], cards) for each in declared["guideposts"]),
        visions=tuple(_block(each, each["signs"], cards) for each in declared["visions"]),
        sub_goals=tuple(cards[goal["id"]] for goal in declared["sub_goals"]) if overall is None else (),
        target_groups=_target_groups(contents, declared["target_group_version"]),
        announced_signs=declared["announced_signs"],
        signs=sum(len(vision["signs"]) for vision in declared["visions"]),
        process=tuple(
            ProcessStep(period_label(step["period"], language), step["title"], STEP_WORDS[step["status"]])
            for step in declared["process"]
        ),
        meeting_formats=tuple(declared["meeting_formats"]),
        chapter_template=_chapter_template(contents, declared["chapter_template"]),
        annual_wheel=tuple(
            (period_label(entry["period"], language), entry["title"]) for entry in declared["annual_wheel"]
        ),
        outside_factors=tuple(declared["outside_factors"]),
        sources=tuple(declared["sources"]),
        note=declared["note"],
    )


def _overall(declared: Record, cards: Mapping[str, Card]) -> Overall | None:
    overall = declared["overall_goal"]
    if overall is None:
        return None
    made = overall["operationalisation"]
    return Overall(
        title=overall["title"],
        part_of=overall["part_of"],
        operationalisation=cards[made["id"]] if made is not None else None,
        sub_goals=tuple(cards[goal["id"]] for goal in declared["sub_goals"]),
        outcomes=tuple(overall["outcomes"]),
    )


def _block(declared: Record, goals: Iterable[Record], cards: Mapping[str, Card]) -> Block:
    own = list(goals)
    headings = tuple(
        (
            heading["title"],
            tuple(
                cards[goal["id"]] for goal in own if any(link["heading"] == heading["id"] for link in goal["headings"])
            ),
        )
        for heading in declared.get("headings", ())
    )
    return Block(
        id=declared["id"],
        number=declared["number"],
        title=declared["title"],
        reason=declared.get("reason"),
        headings=headings,
        cards=tuple(cards[goal["id"]] for goal in own),
    )


def _theme(contents: Contents, theme: Record, cards: Mapping[str, Card], language: Language) -> Theme:
    principles = {
        each["id"]: each["title"] for strategy in contents.strategies.values() for each in strategy["principles"]
    }
    focus = theme["focus_areas"]
    groups = contents.target_groups
    return Theme(
        number=theme["number"],
        title=theme["title"],
        description=theme["description"],
        carries=tuple(principles[name] for name in theme["carries"]),
        serves=tuple(cards[name] for name in theme["serves"] if name in cards),
        challenges=tuple(
            Challenge(groups[each["target_group"]]["title"] if each["target_group"] else None, each["text"])
            for each in theme["challenges"]
        ),
        focus_areas=tuple(focus["items"]) if focus is not None else (),
        open=focus is not None and bool(focus["open"]),
        discussion=period_label(theme["discussion"], language) if theme["discussion"] else None,
    )


def _target_groups(contents: Contents, version: str | None) -> TargetGroups | None:
    for declared in contents.release.workspace["target_groups"]:
        if declared["id"] == version:
            groups = tuple((group["id"], group["title"], group["note"]) for group in declared["groups"])
            return TargetGroups(declared["title"], groups, tuple(declared["sources"]))
    return None


def _chapter_template(contents: Contents, declared: Record | None) -> tuple[Record, tuple[Record, ...]] | None:
    if declared is None:
        return None
    return declared, tuple(contents.target_groups[name]["title"] for name in declared["target_groups"])


def every(release: PublicRelease) -> Iterable[Mapping[str, str]]:
    """Yield every strategy, drafts and ended ones too."""
    return [{"strategy": strategy["id"]} for strategy in release.strategies]


def page(here: Here, strategy: str) -> Page:
    """Return the page of a strategy."""
    shown = select(Contents(here.release), strategy, here.language)
    name = here.say(shown.line.name)
    title = here.say(shown.line.title)
    return Page(
        "pages/strategy.html",
        title if title == name else f"{title} ({name})",
        here.t("{name} on one page: what it wants, for whom, and how its goals go.", name=name),
        (here.crumb(here.t("Strategies"), "strategies"),),
        "strategies",
        {"model": shown, "spark": sparks(here)},
        name,
    )
