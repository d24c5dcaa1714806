"""The easy-read version: short sentences, one goal at a time, signs with words."""

from __future__ import annotations

from dataclasses import dataclass

from pejl.publish.sentences import easy as easy_sentences
from pejl.publish.sentences import easy_title
from pejl.site.page import Here, Page
from pejl.site.pages.contents import Contents, Group
from pejl.site.pages.verdicts import Mark, Verdict, counts, verdict
from pejl.text import Language


@dataclass(frozen=True, slots=True)
class EasyGoal:
    """A goal in easy words: its id, its title, short sentences, both halves of the verdict."""

    id: str
    title: str
    sentences: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class EasySection:
    """Goals in easy words under what they stand under; `group` is None for those that stand under none."""

    group: Group | None
    goals: tuple[EasyGoal, ...]


@dataclass(frozen=True, slots=True)
class EasyPage:
    """What the easy-read page shows.

    Attributes:
        title: of the strategy, in easy words; None where no strategy has been adopted.
        sentences: what the strategy is about.
        targets: the signs of the first half that occur on the page, with their words.
        developments: those of the second half.
        sections: the goals, in the document's order.
        measured: how many goals have a figure.
        goals: how many there are.
    """

    title: str | None
    sentences: tuple[str, ...]
    targets: tuple[Mark, ...]
    developments: tuple[Mark, ...]
    sections: tuple[EasySection, ...]
    measured: int
    goals: int


def select(contents: Contents, language: Language) -> EasyPage:
    """Return what the easy-read page shows: the strategy of the front page."""
    main = contents.main
    if main is None:
        return EasyPage(None, (), (), (), (), 0, 0)
    strategy = contents.strategies[main]
    goals = contents.goals_by_strategy[main]
    gathered: dict[str | None, list[EasyGoal]] = {}
    for goal in goals:
        declared = contents.declared[goal["id"]]
        told = EasyGoal(
            goal["id"],
            easy_title(declared, language),
            tuple(easy_sentences(contents.release, goal, language)),
            verdict(goal, language),
        )
        gathered.setdefault(goal["group"], []).append(told)
    targets, developments = counts(goals, language)
    return EasyPage(
        title=easy_title(strategy, language),
        sentences=tuple(easy_sentences(contents.release, strategy, language)),
        targets=tuple(count.mark for count in targets),
        developments=tuple(count.mark for count in developments),
        sections=tuple(
            EasySection(contents.groups.get(name) if name is not None else None, tuple(found))
            for name, found in gathered.items()
        ),
        measured=sum(goal["latest"]["value"] is not None for goal in goals),
        goals=len(goals),
    )


def page(here: Here) -> Page:
    """Return the easy-read page."""
    return Page(
        "pages/easy.html",
        here.t("Easy to read"),
        here.t("The goals in short sentences. One thing at a time."),
        section="easy",
        values={"model": select(Contents(here.release), here.language)},
    )
