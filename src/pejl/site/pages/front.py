"""The front page: the status of the strategy in force at a glance, and the ways to choose among its goals."""

from __future__ import annotations

from dataclasses import dataclass

from pejl.site.page import Here, Page
from pejl.site.pages.contents import Contents
from pejl.site.pages.drawings import sparks
from pejl.site.pages.filters import Choices, choices
from pejl.site.pages.status import StatusOverview, StrategyLine, footnote, overview, strategy_line
from pejl.text import Language


@dataclass(frozen=True, slots=True)
class Front:
    """What the front page shows.

    Attributes:
        status: of the strategy in force; None where none has been adopted.
        footnote: what all verdicts together mean.
        choices: by what one can choose among the goals.
        others: the other strategies with goals, the newest first, and how many of these have a figure.
        year: the release was made for.
    """

    status: StatusOverview | None
    footnote: str | None
    choices: Choices | None
    others: tuple[tuple[StrategyLine, int], ...]
    year: int


def select(contents: Contents, language: Language) -> Front:
    """Return what the front page shows."""
    main = contents.main
    others = [strategy_line(contents, each) for each in contents.strategies.values() if each["id"] != main]
    return Front(
        status=overview(contents, main, language) if main is not None else None,
        footnote=footnote(contents, language),
        choices=choices(contents, main, language) if main is not None else None,
        others=tuple((line, _measured(contents, line.id)) for line in reversed(others) if line.goals),
        year=contents.year,
    )


def _measured(contents: Contents, strategy: str) -> int:
    return sum(goal["latest"]["value"] is not None for goal in contents.goals_by_strategy[strategy])


def page(here: Here) -> Page:
    """Return the front page."""
    shown = select(Contents(here.release), here.language)
    title = here.say(here.release.workspace["title"])
    description = here.t(
        "How the goals of the social strategy go: every goal with its target, its figure and its development."
    )
    return Page("pages/front.html", title, description, section="front", values={"front": shown, "spark": sparks(here)})
