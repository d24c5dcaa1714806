"""The first page of the paper: what it is, the summary, and what the committee is asked to do.

A politician reads this page and perhaps no other. It is one page, so there is a measure to what is named on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pejl.judge.statuses import DEVELOPMENT_WORDS, TARGET_WORDS, Development, TargetStatus
from pejl.publish.paper.model import Beside, Block, Cell, Grid, Heading, Items, Paragraph, Run, plain
from pejl.publish.paper.titles import goal_title, said
from pejl.publish.words import DEVELOPMENT_SYMBOLS, NO_SYMBOL, TARGET_SYMBOLS, why_words
from pejl.release.public import PublicRelease
from pejl.text import Language, Message, message

Record = Mapping[str, Any]

_LINES = 22
"""Rows of both tables and lines of named goals together, so that the summary is one page with the recommendation.

In Word, too, where the tables stand below each other.
"""
_FEWEST, _MOST = 4, 14
"""Lines of goals that are named however long the tables are, and however short."""
_LINE = 85
"""Letters in a line."""


def front_page(
    release: PublicRelease, strategy: Record, goals: Sequence[Record], language: Language, draft: bool
) -> Iterator[Block]:
    """Yield the first page: what it is, the summary, the recommendation."""
    face, year = release.workspace, release.status["year"]
    facts = [message("Figures up to and including {year}", year=year).render(language)]
    if draft:
        facts.append(message("Draft, not approved").render(language))
    yield Paragraph((Run(said(face["notice"], language), italic=True),))
    yield Paragraph(plain(" · ".join(facts)))
    yield Heading(1, message("Summary").render(language))
    name = said(strategy["title"], language)
    if not goals:
        yield _render(message('"{strategy}" has no goals of its own.', strategy=name), language)
    else:
        yield _render(_how_many(name, len(goals)), language)
        counts = _counts(goals, language)
        yield counts
        yield from _reasons(goals, language)
        room = _LINES - sum(len(grid.rows) for grid in counts.grids)
        yield from _noteworthy(release, goals, min(max(room, _FEWEST), _MOST), language)
    yield Heading(1, message("Recommendation").render(language))
    yield _render(
        message("The administration recommends that {committee}", committee=_committee(strategy, language)), language
    )
    noted = message('takes note of the status {year} of "{strategy}".', year=year, strategy=name)
    yield Items((plain(noted.render(language)),), numbered=True)


def _how_many(name: str, count: int) -> Message:
    if count == 1:
        return message(
            '"{strategy}" has one goal. It is judged in two halves: whether the target is reached, and which way the '
            "figures go.",
            strategy=name,
        )
    return message(
        '"{strategy}" has {count} goals. Each is judged by itself, in two halves: whether the target is reached, '
        "and which way the figures go. Goals are never added up to one score.",
        strategy=name,
        count=count,
    )


def _counts(goals: Sequence[Record], language: Language) -> Beside:
    """Return how many goals stand how, a table for each half; only what occurs is in it."""
    target = Counter(TargetStatus(goal["target_status"]) for goal in goals)
    development = Counter(Development(goal["development"]) for goal in goals)
    number = message("Goals").render(language)
    reached = Grid(
        caption=message("Are the targets reached?").render(language),
        head=(message("Target").render(language), number),
        rows=tuple(
            (Cell(_capital(words.render(language)), TARGET_SYMBOLS.get(status, NO_SYMBOL)), Cell(str(target[status])))
            for status, words in TARGET_WORDS.items()
            if target[status]
        ),
        numeric=(False, True),
        widths=(5, 1),
        together=True,
    )
    way = Grid(
        caption=message("Which way do the figures go?").render(language),
        head=(message("Development").render(language), number),
        rows=tuple(
            (
                Cell(_capital(words.render(language)), DEVELOPMENT_SYMBOLS.get(status, NO_SYMBOL)),
                Cell(str(development[status])),
            )
            for status, words in DEVELOPMENT_WORDS.items()
            if development[status]
        ),
        numeric=(False, True),
        widths=(5, 1),
        together=True,
    )
    return Beside((reached, way))


def _noteworthy(release: PublicRelease, goals: Sequence[Record], room: int, language: Language) -> Iterator[Block]:
    """Yield which goals go the wrong way and which the right, in about as many lines as there is room for."""
    told = (
        (Development.WRONG_WAY, message("These go the wrong way:")),
        (Development.RIGHT_WAY, message("These go the right way:")),
    )
    titles = [[goal_title(goal, language) for goal in goals if goal["development"] == each] for each, _ in told]
    for (_, words), all_of_them, named in zip(told, titles, that_fit(titles, room), strict=True):
        if all_of_them:
            yield Paragraph(plain(words.render(language), bold=True), leads=True)
            more = len(all_of_them) - len(named)
            others = message("and {count} more; see the tables under Solution", count=more).render(language)
            yield Items(tuple(plain(title) for title in (*named, *([others] if more else []))))
    chance = round(release.status["footnote"]["expected_false_signals"])
    if any(titles) and chance:
        tests = release.status["footnote"]["tests"]
        yield _render(
            message(
                "Even if nothing had changed, about {expected} of the {tests} comparisons of the release would look "
                "like a change.",
                expected=chance,
                tests=tests,
            ),
            language,
        )


def that_fit(lists: Sequence[Sequence[str]], room: int) -> list[list[str]]:
    """Return the titles there is room for: one from each list in turn, as long as there are lines.

    One that is left over alone is named: to say that there is one more takes a line too.
    """
    named: list[list[str]] = [[] for _ in lists]
    for at in range(max(map(len, lists))):
        for titles, taken in zip(lists, named, strict=True):
            if at < len(titles) and len(taken) == at and (room >= _lines(titles[at]) or at + 1 == len(titles)):
                taken.append(titles[at])
                room -= _lines(titles[at])
    return named


def _lines(title: str) -> int:
    return 1 + len(title) // _LINE


def _reasons(goals: Sequence[Record], language: Language) -> Iterator[Block]:
    """Yield why the development of goals cannot be judged, with how many goals each reason is for."""
    unknown = (goal for goal in goals if goal["development"] == Development.UNKNOWN)
    reasons = Counter(why for goal in unknown if (why := why_words(goal, "development", language)))
    if reasons:
        listed = "; ".join(f"{why} ({count})" for why, count in reasons.most_common())
        yield _render(
            message("Goals whose development cannot be judged, and why: {reasons}.", reasons=listed), language
        )


def _committee(strategy: Record, language: Language) -> str:
    if strategy["committee"] is None:
        return message("the committee").render(language)
    told = said(strategy["committee"], language)
    return "the " + told.removeprefix("The ") if told.startswith("The ") else told


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _render(words: Message, language: Language) -> Paragraph:
    return Paragraph(plain(words.render(language)))
