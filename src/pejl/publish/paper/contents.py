"""What the paper says, in the form of Copenhagen's committee papers.

Summary, recommendation, problem, solution, economy, further process, annexes. What nothing here knows - economy, what
happens after the meeting - is a place for the secretariat, and says so; nothing is invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pejl.judge.statuses import DEVELOPMENT_WORDS, TARGET_WORDS, Development, TargetStatus
from pejl.publish.paper.annexes import definitions_annex, figures_annex
from pejl.publish.paper.goals import goal_pages
from pejl.publish.paper.model import Beside, Blank, Block, Cell, Grid, Heading, Items, Paper, Paragraph, Run, plain
from pejl.publish.status import footnotes
from pejl.publish.words import (
    DEVELOPMENT_SYMBOLS,
    NO_SYMBOL,
    TARGET_SYMBOLS,
    development_words,
    point_words,
    target_in_words,
    target_words,
)
from pejl.release.public import PublicRelease
from pejl.text import Language, Message, format_date, message
from pejl.workspace.period import Period

Record = Mapping[str, Any]

_MOST_NAMED = 10
"""So many goals are named under each heading of the summary, which is to be one page with the recommendation."""


def paper_of(release: PublicRelease, strategy_id: str, language: Language, *, draft: bool) -> Paper:
    """Return the yearly status of a strategy as blocks.

    Args:
        release: what is published.
        strategy_id: the strategy.
        language: of the paper.
        draft: whether the release has not been approved; then every page says so.

    Raises:
        KeyError: the release has no such strategy.
    """
    strategy = next((item for item in release.strategies if item["id"] == strategy_id), None)
    if strategy is None:
        raise KeyError(strategy_id)
    face, year = release.workspace, release.status["year"]
    name = _said(strategy["title"], language)
    title = message("Status {year}: {strategy}", year=year, strategy=name).render(language)
    goals = [goal for goal in release.status["goals"] if goal["strategy"] == strategy_id]
    blocks = (
        *_front(release, strategy, goals, language, draft),
        *_problem(strategy, year, language),
        *_solution(release, strategy, goals, language),
        *_economy(language),
        *_process(strategy, year, language),
        *_annex_list(language),
        *goal_pages(release, goals, year, language, draft=draft),
        *figures_annex(release, goals, language),
        *definitions_annex(release, goals, language),
    )
    return Paper(
        title=title,
        author=_said(face["municipality"], language),
        language=language,
        year=year,
        notice=_said(face["notice"], language),
        standing=message("Draft").render(language) if draft else None,
        page_words=message("Page {page} of {pages}", page="{page}", pages="{pages}").render(language),
        mark_words=message("Mark of the contents: {mark}", mark="{mark}").render(language),
        blocks=blocks,
    )


def _said(text: Record, language: Language) -> str:
    return str(text[language] or text["da"])


def _render(words: Message, language: Language) -> Paragraph:
    return Paragraph(plain(words.render(language)))


def _committee(strategy: Record, language: Language) -> str:
    if strategy["committee"] is None:
        return message("the committee").render(language)
    told = _said(strategy["committee"], language)
    return "the " + told.removeprefix("The ") if told.startswith("The ") else told


def _front(
    release: PublicRelease, strategy: Record, goals: Sequence[Record], language: Language, draft: bool
) -> Iterator[Block]:
    """Yield the first page: what it is, the summary, the recommendation."""
    face, year = release.workspace, release.status["year"]
    facts = [message("Figures up to and including {year}", year=year).render(language)]
    if draft:
        facts.append(message("Draft, not approved").render(language))
    yield Paragraph((Run(_said(face["notice"], language), italic=True),))
    yield Paragraph(plain(" · ".join(facts)))
    yield Heading(1, message("Summary").render(language))
    name = _said(strategy["title"], language)
    if not goals:
        yield _render(message('"{strategy}" has no goals of its own.', strategy=name), language)
    else:
        yield _render(_how_many(name, len(goals)), language)
        yield _counts(goals, language)
    yield from _noteworthy(goals, language)
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
    )
    return Beside((reached, way))


def _noteworthy(goals: Sequence[Record], language: Language) -> Iterator[Block]:
    """Yield which goals go the wrong way and which the right, as many as leave room for the recommendation."""
    for development, words in (
        (Development.WRONG_WAY, message("These go the wrong way:")),
        (Development.RIGHT_WAY, message("These go the right way:")),
    ):
        titles = [_goal_title(goal, language) for goal in goals if goal["development"] == development]
        if titles:
            yield Paragraph(plain(words.render(language), bold=True))
            more = len(titles) - _MOST_NAMED
            named = titles[:_MOST_NAMED] if more > 1 else titles
            if more > 1:
                others = message("and {count} more; see the tables under Solution", count=more)
                named = [*named, others.render(language)]
            yield Items(tuple(plain(title) for title in named))


def _problem(strategy: Record, year: int, language: Language) -> Iterator[Block]:
    yield Heading(1, message("Problem").render(language), new_page=True)
    name = _said(strategy["title"], language)
    if strategy["adopted_on"]:
        day = format_date(date.fromisoformat(strategy["adopted_on"]), language)
        yield _render(message('"{strategy}" was adopted on {day}.', strategy=name, day=day), language)
    valid = strategy["valid"]
    if valid and valid["to"]:
        words = message(
            "It runs from {first} to {last}.", first=_day(valid["from"], language), last=_day(valid["to"], language)
        )
        yield _render(words, language)
    if strategy["summary"] is not None:
        yield Paragraph(plain(_said(strategy["summary"], language)))
    words = message(
        "The paper shows how the strategy's goals stand with the figures there are up to and including {year}.",
        year=year,
    )
    yield _render(words, language)


def _day(text: str, language: Language) -> str:
    return format_date(date.fromisoformat(text), language)


def _solution(release: PublicRelease, strategy: Record, goals: Sequence[Record], language: Language) -> Iterator[Block]:
    yield Heading(1, message("Solution").render(language))
    words = message(
        "The target is judged by the latest figure; the development by the difference from the baseline. A change "
        "counts as certain when its 95\N{NO-BREAK SPACE}% confidence interval leaves out zero. Figures on either side "
        "of a break are not compared. What is missing has a word of its own, and is never zero. Annex 1 has a page for "
        "each goal with chart and remarks."
    )
    yield _render(words, language)
    record = next(item for item in release.status["strategies"] if item["id"] == strategy["id"])
    groups = {group["id"]: group for group in record["groups"]}
    for name in dict.fromkeys(goal["group"] for goal in goals):
        title = _group_title(groups[name], language) if name in groups else message("Goals").render(language)
        yield _overview(title, [goal for goal in goals if goal["group"] == name], language)
    for line in footnotes(release, language):  # type: ignore[arg-type]  # reads the status only
        yield Paragraph((Run(line, italic=True),))


def _group_title(group: Record, language: Language) -> str:
    number = f"{group['number']}. " if group["number"] is not None else ""
    return f"{number}{_said(group['title'], language)}"


def _overview(title: str, goals: Sequence[Record], language: Language) -> Grid:
    """Return the goals of a guidepost or vision with their targets, latest figures and both halves."""
    return Grid(
        caption=title,
        head=tuple(
            words.render(language)
            for words in (
                message("Goal"),
                message("Target"),
                message("Latest figure"),
                message("Target reached?"),
                message("Development"),
            )
        ),
        rows=tuple(
            (
                Cell(_goal_title(goal, language)),
                Cell(target_in_words(goal, language)),
                Cell(point_words(goal["latest"], language)),
                Cell(target_words(goal, language, beside_figures=True), _symbol(goal, "target")),
                Cell(development_words(goal, language, beside_figures=True), _symbol(goal, "development")),
            )
            for goal in goals
        ),
        numeric=(False,) * 5,
        widths=(5, 4, 5, 4, 4),
    )


def _symbol(goal: Record, half: str) -> str:
    if half == "target":
        return TARGET_SYMBOLS.get(TargetStatus(goal["target_status"]), NO_SYMBOL)
    return DEVELOPMENT_SYMBOLS.get(Development(goal["development"]), NO_SYMBOL)


def _goal_title(goal: Record, language: Language) -> str:
    code = f"{goal['code']} " if goal["code"] else ""
    return f"{code}{_said(goal['title'], language)}"


def _economy(language: Language) -> Iterator[Block]:
    yield Heading(1, message("Economy").render(language))
    yield Blank(
        message("To be filled in by the secretariat: does the paper have economic consequences?").render(language)
    )


def _process(strategy: Record, year: int, language: Language) -> Iterator[Block]:
    yield Heading(1, message("Further process").render(language))
    entries = [entry for entry in strategy["annual_wheel"] or () if Period.parse(entry["period"]).end.year > year]
    if entries:
        yield _render(message("The committee's annual wheel has:"), language)
        yield Items(
            tuple(
                plain(f"{Period.parse(entry['period']).label(language)}: {_said(entry['title'], language)}")
                for entry in entries
            )
        )
    yield Blank(message("To be filled in by the secretariat: what happens after the meeting?").render(language))


def _annex_list(language: Language) -> Iterator[Block]:
    yield Heading(1, message("Annexes").render(language))
    titles = (
        message("Annex 1: The goals one by one"),
        message("Annex 2: The figures"),
        message("Annex 3: How it is counted"),
    )
    yield Items(tuple(plain(title.render(language)) for title in titles))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
