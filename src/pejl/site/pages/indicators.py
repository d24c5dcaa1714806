"""All indicators in the order of the alphabet, each with its latest figure."""

from __future__ import annotations

from dataclasses import dataclass

from pejl.site.page import Here, Page
from pejl.site.pages.cards import Figure
from pejl.site.pages.collation import sort_key
from pejl.site.pages.contents import Contents
from pejl.site.pages.indicator import latest
from pejl.site.pages.wording import Record
from pejl.text import Language


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in the list: its id, title, latest figure, and how many goals of adopted strategies it serves."""

    id: str
    title: Record
    figure: Figure | None
    goals: int


def select(contents: Contents, language: Language) -> tuple[Line, ...]:
    """Return all indicators."""
    drafts = {name for name, strategy in contents.strategies.items() if strategy["status"] == "draft"}
    units = contents.release.workspace["units"]
    lines = []
    for name in contents.release.indicators:
        declared = contents.release.indicator(name)
        assert declared is not None
        own = [point for point in declared["totals"] if point["scope"] == declared["scope"]["id"]]
        goals = contents.goals_by_indicator.get(name, ())
        shown = latest(own or declared["totals"], units, language)
        lines.append(Line(name, declared["title"], shown, sum(goal["strategy"] not in drafts for goal in goals)))
    return tuple(sorted(lines, key=lambda line: sort_key(line.title[language] or line.title["da"] or "", language)))


def page(here: Here) -> Page:
    """Return the list of indicators."""
    return Page(
        "pages/indicators.html",
        here.t("Indicators: what is measured"),
        here.t("Everything that is counted or asked about, with the latest figure of each."),
        section="indicators",
        values={"lines": select(Contents(here.release), here.language)},
    )
