"""What the release calls what dialogue is about: strategies, principles, target groups, goals, figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pejl.office.dialogue.sections import principles_of
from pejl.office.web.shown import release, site_url
from pejl.publish.sentences.figures import headline, interval_meaning
from pejl.text import Language, message

Record = Mapping[str, Any]


def said(text: Record | None, language: Language) -> str:
    """Return a text of the workspace; in Danish where there is none in the language."""
    return "" if text is None else str(text.get(language) or text.get("da") or text.get("en") or "")


def strategies(language: Language) -> dict[str, str]:
    """Return the title of every strategy by id, the latest first."""
    found = reversed(release().strategies)
    return {each["id"]: said(each.get("short_title") or each["title"], language) for each in found}


def target_groups(language: Language) -> dict[str, str]:
    """Return the title of every target group by id, those of the latest division first."""
    versions = reversed(release().workspace.get("target_groups") or [])
    return {each["id"]: said(each["title"], language) for version in versions for each in version["groups"]}


def principles(language: Language, strategy: str = "") -> dict[str, str]:
    """Return the title of every principle by id: of a strategy or of those it elaborates; of all without one."""
    known = release().strategies
    asked = [strategy] if strategy else [each["id"] for each in known]
    return {each["id"]: said(each["title"], language) for one in asked for each in principles_of(known, one)}


def goals(language: Language) -> dict[str, str]:
    """Return the code and title of every judged goal by id."""
    found = {}
    for goal in release().status["goals"]:
        title = said(goal["title"], language)
        found[goal["id"]] = f"{goal['code']}: {title}" if goal.get("code") else title
    return found


def goal_href(goal: str, language: Language) -> str:
    """Return the public page of a goal, which shows how it is measured and how it goes."""
    return site_url("goal", language, goal=goal)


def indicators(language: Language) -> dict[str, str]:
    """Return the title of every indicator by id, in the order of the alphabet."""
    found = {}
    for each in release().indicators:
        indicator = release().indicator(each)
        found[each] = said(indicator["title"], language) if indicator else each
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


@dataclass(frozen=True, slots=True)
class Fact:
    """The latest public figure of an indicator in words.

    Attributes:
        words: the figure with its period, or which kind of nothing there is instead.
        interval: what its interval means; empty where there is none to explain.
        href: the public page of the indicator; empty where the release has none such.
    """

    words: str
    interval: str
    href: str


def facts(chosen: Iterable[str], language: Language) -> tuple[Fact, ...]:
    """Return the latest public figures of indicators, as the release that readers see has them."""
    shown = release()
    return tuple(_fact(each, language) for each in chosen if each in shown.indicators) + tuple(
        Fact(message("{id}: this is not in the release that is shown now.", id=each).render(language), "", "")
        for each in chosen
        if each not in shown.indicators
    )


def _fact(indicator: str, language: Language) -> Fact:
    shown = release()
    return Fact(
        headline(shown, indicator, language),
        interval_meaning(shown, indicator, language) or "",
        site_url("indicator", language, indicator=indicator),
    )
