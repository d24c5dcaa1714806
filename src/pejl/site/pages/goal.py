"""A goal: its verdict with the reasons, its target and figures, the administration's remarks, where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pejl.judge.statuses import TargetStatus
from pejl.publish.charts import chart_of_goal
from pejl.publish.doing import Doing, doing_of
from pejl.publish.sentences import change_sentence, verdict_sentence
from pejl.publish.status import difference_words
from pejl.publish.words import asked_words
from pejl.site.page import Here, Page
from pejl.site.pages.cards import Figure, figures, target_words
from pejl.site.pages.contents import Contents, Group
from pejl.site.pages.drawings import drawn_series
from pejl.site.pages.lineage import Step, earlier, later
from pejl.site.pages.populations import Population, population
from pejl.site.pages.remarks import Remark, remarks_on
from pejl.site.pages.status import StrategyLine, strategy_line
from pejl.site.pages.verdicts import Reasons, Verdict, reasons, verdict
from pejl.site.pages.wording import Record, capital
from pejl.text import Language, Message, format_number, message

if TYPE_CHECKING:
    from pejl.release.public import PublicRelease

_NOT_FIXED: Mapping[str, Message] = {
    "not_known": message("fixed, but not known here"),
    "not_set": message("not fixed yet"),
}
_STANDINGS: Mapping[str, Message] = {
    "adopted": message("adopted"),
    "proposed": message("proposed"),
    "draft": message("draft"),
}
_DIRECTIONS: Mapping[str, Message] = {
    "increase": message("The number is to rise."),
    "decrease": message("The number is to fall."),
    "hold": message("The number is to stay where it is."),
}
_CONTEXTS: Mapping[str, tuple[Message, Message]] = {
    "afterwards": (
        message("After the strategy's years"),
        message("What happened later. It does not count in the verdict."),
    ),
    "other_scope": (
        message("About others"),
        message("Figures about other people than those the goal is about. Shown as background only."),
    ),
    "rate": (
        message("Per {per} inhabitants"),
        message("The same count, seen against how many people live here."),
    ),
}


@dataclass(frozen=True, slots=True)
class TargetFact:
    """A target with all that is known of it.

    Attributes:
        standing: adopted, proposed or draft, in words.
        set_on: the day it was set.
        to_be_set_by: the day by which it is to be.
        owed_by: who is to set it.
        note: what the document says.
        sources: where it stands.
    """

    standing: str
    set_on: str | None
    to_be_set_by: str | None
    owed_by: Record | None
    note: Record | None
    sources: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """What the committee fixed for a goal beside its number: the text, or in words why there is none here."""

    heading: Message
    text: Record | None
    words: str | None


@dataclass(frozen=True, slots=True)
class ContextFigure:
    """A figure that judges nothing; `scope` is whom it is about, where they are others."""

    figure: Figure
    scope: Record | None


@dataclass(frozen=True, slots=True)
class Context:
    """Figures that judge nothing, of one kind, with what they are."""

    heading: str
    explanation: str
    figures: tuple[ContextFigure, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The goal before or after this one in its strategy."""

    id: str
    title: Record


@dataclass(frozen=True, slots=True)
class GoalPage:
    """What the page of a goal shows.

    Attributes:
        id: of the goal.
        code: as printed.
        title: Danish and English.
        plain: the same in easy words, where somebody has written them.
        ours: whether the title is ours, not the document's.
        strategy: whose goal it is.
        group: what it stands under.
        headings: headings of its vision that it is linked to, with why; the link is ours.
        verdict: both halves.
        reasons: why.
        latest: the figure judged.
        baseline: what it is compared with.
        baseline_named: whether the document names one.
        baseline_note: what is said of it.
        difference: latest less baseline with its interval, in words; None where they may not be compared.
        direction: which way the number is to go, as a sentence; None where the target says no more than that.
        target: what is to be reached, in words.
        targets: what is known of the target that counts and of earlier ones, the newest first.
        fixed: weight, kind of data, timetable, as far as something is said of them.
        scope: whose figures judge it.
        population: whom it is about; None where nobody has said.
        indicator: the id of what it is measured by; None without one.
        asked: what was asked in a survey, in words; None where nobody is asked.
        owed_by: who is to find a way to measure it.
        due: by when.
        contexts: figures that judge nothing.
        remarks: the administration's, the newest first.
        doing: what is being done; None where no plan says.
        earlier: the goals it follows.
        later: the goals that follow it.
        themes: the themes of its strategy that serve it.
        note: what a reader should know.
        sources: where it was read.
        before: the goal before it in its strategy.
        after: the goal after it.
        goal: the judged goal, for its chart and sentences.
    """

    id: str
    code: str | None
    title: Record
    plain: Record | None
    ours: bool
    strategy: StrategyLine
    group: Group | None
    headings: tuple[tuple[Record, Record], ...]
    verdict: Verdict
    reasons: Reasons
    latest: Figure
    baseline: Figure
    baseline_named: bool
    baseline_note: Record | None
    difference: str | None
    direction: str | None
    target: str
    targets: tuple[TargetFact, ...]
    fixed: tuple[Fixed, ...]
    scope: Record
    population: Population | None
    indicator: str | None
    asked: str | None
    owed_by: Record | None
    due: str | None
    contexts: tuple[Context, ...]
    remarks: tuple[Remark, ...]
    doing: Doing | None
    earlier: tuple[Step, ...]
    later: tuple[Step, ...]
    themes: tuple[Record, ...]
    note: Record | None
    sources: tuple[Record, ...]
    before: Neighbour | None
    after: Neighbour | None
    goal: Record


def select(contents: Contents, goal: str, language: Language) -> GoalPage:
    """Return what the page of a goal shows, by its id."""
    face = contents.release.workspace
    judged, declared = contents.judged[goal], contents.declared[goal]
    strategy = contents.strategies[judged["strategy"]]
    before, after = _neighbours(contents, judged)
    is_sign = judged["target_status"] == TargetStatus.DIRECTION_ONLY
    latest, baseline = figures((judged["latest"], judged["baseline"]), face["units"], language)
    return GoalPage(
        id=goal,
        code=judged["code"],
        title=judged["title"],
        plain=declared.get("plain"),
        ours=declared["wording"] == "ours",
        strategy=strategy_line(contents, strategy),
        group=contents.groups.get(judged["group"] or ""),
        headings=_headings(strategy, declared),
        verdict=verdict(judged, language),
        reasons=reasons(judged, language),
        latest=latest,
        baseline=baseline,
        baseline_named=declared["baseline"] is not None,
        baseline_note=declared["baseline"]["note"] if declared["baseline"] is not None else None,
        difference=difference_words(judged, language) if judged["difference"]["low"] is not None else None,
        direction=_DIRECTIONS[judged["direction"]].render(language) if not is_sign else None,
        target=target_words(judged, face["units"], language),
        targets=tuple(_target(each, language) for each in reversed(declared["targets"])),
        fixed=_fixed(declared, language),
        scope=face["scopes"][judged["scope"]]["title"],
        population=population(contents, declared["population"]),
        indicator=judged["indicator"],
        asked=asked_words(judged["asked"], language) if judged.get("asked") is not None else None,
        owed_by=declared["owed_by"],
        due=declared["due"],
        contexts=_contexts(judged["context"], face, language),
        remarks=remarks_on(goal, contents.release.remarks, language),
        doing=doing_of(contents.release.doing.get(goal)),
        earlier=earlier(contents, goal),
        later=later(contents, goal),
        themes=tuple(theme["title"] for theme in strategy["themes"] if goal in theme["serves"]),
        note=declared["note"],
        sources=tuple(declared["sources"]),
        before=before,
        after=after,
        goal=judged,
    )


def _headings(strategy: Record, declared: Record) -> tuple[tuple[Record, Record], ...]:
    titles = {heading["id"]: heading["title"] for vision in strategy["visions"] for heading in vision["headings"]}
    return tuple((titles[link["heading"]], link["why"]) for link in declared["headings"])


def _target(target: Record, language: Language) -> TargetFact:
    return TargetFact(
        standing=_STANDINGS[target["standing"]].render(language),
        set_on=target["set_on"],
        to_be_set_by=target["to_be_set_by"],
        owed_by=target["owed_by"],
        note=target["note"],
        sources=tuple(target["sources"]),
    )


def _fixed(declared: Record, language: Language) -> tuple[Fixed, ...]:
    headings = (
        ("weight", message("Weight")),
        ("kind_of_data", message("Kind of data")),
        ("timetable", message("Timetable")),
    )
    found = []
    for name, heading in headings:
        value = declared[name]
        if isinstance(value, Mapping):
            found.append(Fixed(heading, value, None))
        elif value in _NOT_FIXED:
            found.append(Fixed(heading, None, capital(_NOT_FIXED[value].render(language))))
        elif value is not None:
            found.append(Fixed(heading, None, format_number(float(value), language)))
    return tuple(found)


def _contexts(points: Iterable[Record], face: Record, language: Language) -> tuple[Context, ...]:
    found: dict[str, list[Record]] = {}
    for point in points:
        found.setdefault(point["kind"], []).append(point)
    made = []
    for kind, (heading, explanation) in _CONTEXTS.items():
        if kind not in found:
            continue
        per = found[kind][0].get("per")
        words = Message(heading.id, {"per": format_number(per, language)}) if per is not None else heading
        shown = tuple(
            ContextFigure(one, face["scopes"][point["scope"]]["title"] if point.get("scope") else None)
            for one, point in zip(figures(found[kind], face["units"], language), found[kind], strict=True)
        )
        made.append(Context(words.render(language), explanation.render(language), shown))
    return tuple(made)


def _neighbours(contents: Contents, judged: Record) -> tuple[Neighbour | None, Neighbour | None]:
    goals = contents.goals_by_strategy[judged["strategy"]]
    at = next(place for place, goal in enumerate(goals) if goal["id"] == judged["id"])
    around = (goals[place] if 0 <= place < len(goals) else None for place in (at - 1, at + 1))
    before, after = (Neighbour(goal["id"], goal["title"]) if goal is not None else None for goal in around)
    return before, after


def every(release: PublicRelease) -> Iterable[Mapping[str, str]]:
    """Yield every goal, drafts' and ended strategies' goals too: an address is for ever."""
    return [{"goal": goal["id"]} for goal in release.status["goals"]]


def page(here: Here, goal: str) -> Page:
    """Return the page of a goal."""
    contents = Contents(here.release)
    shown = select(contents, goal, here.language)
    name, title = here.say(shown.strategy.name), here.say(shown.title)
    crumbs = [here.crumb(here.t("Strategies"), "strategies"), here.crumb(name, "strategy", strategy=shown.strategy.id)]
    return Page(
        "pages/goal.html",
        f"{title} ({name})",
        f"{verdict_sentence(shown.goal, here.language)} {change_sentence(shown.goal, here.language)}",
        tuple(crumbs),
        "strategies",
        {
            "model": shown,
            "drawing": drawn_series(chart_of_goal(here.release, shown.goal), here.language),
            "verdict_sentence": verdict_sentence(shown.goal, here.language),
            "change_sentence": change_sentence(shown.goal, here.language),
            "indicator": here.release.indicator(shown.indicator) if shown.indicator is not None else None,
        },
        title,
    )
