"""What the paper says, in the form of Copenhagen's committee papers.

Summary, recommendation, problem, solution, economy, further process, annexes. What nothing here knows - economy, what
happens after the meeting - is a place for the secretariat, and says so; nothing is invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pejl.judge.statuses import Development, TargetStatus
from pejl.publish.numbers import PERCENT
from pejl.publish.paper.annexes import definitions_annex, figures_annex
from pejl.publish.paper.front import front_page
from pejl.publish.paper.goals import goal_pages
from pejl.publish.paper.model import Blank, Block, Cell, Grid, Heading, Items, Paper, Paragraph, Run, plain
from pejl.publish.paper.titles import goal_title, group_title, said
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

_SHORT = 14
"""Letters of a target that fits on one line of a narrow column."""
_FEW = 6
"""Goals in a table that is not parted by the end of a page: it is less than half a page high."""


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
    name = said(strategy["title"], language)
    title = message("Status {year}: {strategy}", year=year, strategy=name).render(language)
    goals = [goal for goal in release.status["goals"] if goal["strategy"] == strategy_id]
    blocks = (
        *front_page(release, strategy, goals, language, draft),
        *_problem(strategy, year, language),
        *_solution(release, strategy, goals, language),
        *_economy(language, draft),
        *_process(strategy, year, language, draft),
        *_annex_list(language),
        *goal_pages(release, goals, year, language, draft=draft),
        *figures_annex(release, goals, language),
        *definitions_annex(release, goals, language),
    )
    return Paper(
        title=title,
        author=said(face["municipality"], language),
        language=language,
        year=year,
        notice=said(face["notice"], language),
        standing=message("Draft").render(language) if draft else None,
        page_words=message("Page {page} of {pages}", page="{page}", pages="{pages}").render(language),
        mark_words=message("Mark of the contents: {mark}", mark="{mark}").render(language),
        blocks=blocks,
    )


def _render(words: Message, language: Language) -> Paragraph:
    return Paragraph(plain(words.render(language)))


def _problem(strategy: Record, year: int, language: Language) -> Iterator[Block]:
    yield Heading(1, message("Problem").render(language), new_page=True)
    name = said(strategy["title"], language)
    if strategy["adopted_on"]:
        day = format_date(date.fromisoformat(strategy["adopted_on"]), language)
        yield _render(message('"{strategy}" was adopted on {day}.', strategy=name, day=day), language)
    valid = strategy["valid"]
    if valid and valid["to"]:
        days = {"first": _day(valid["from"], language), "last": _day(valid["to"], language)}
        over = date.fromisoformat(valid["to"]).year < year
        if strategy["adopted_on"]:
            words = message("It ran from {first} to {last}.") if over else message("It runs from {first} to {last}.")
        elif over:
            words = message('"{strategy}" ran from {first} to {last}.')
        else:
            words = message('"{strategy}" runs from {first} to {last}.')
        yield _render(Message(words.id, {"strategy": name, **days}), language)
    if strategy["summary"] is not None:
        yield Paragraph(plain(said(strategy["summary"], language)))
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
        title = group_title(groups[name], language) if name in groups else message("Goals").render(language)
        yield _overview(title, [goal for goal in goals if goal["group"] == name], release, language)
    about_intervals, *about_tests = footnotes(release, language)  # type: ignore[arg-type]  # reads the status only
    if any(goal["latest"]["low"] is not None for goal in goals):
        yield Paragraph((Run(about_intervals, italic=True),))
    if any(goal["difference"]["p"] is not None for goal in goals):
        for line in about_tests:
            yield Paragraph((Run(line, italic=True),))


def _overview(title: str, goals: Sequence[Record], release: PublicRelease, language: Language) -> Grid:
    """Return the goals of a guidepost or vision with their targets, latest figures and both halves."""
    targets = [target_in_words(goal, language) for goal in goals]
    wide = 4.2 if max(map(len, targets)) > _SHORT else 2.6  # where all are like "is to rise", titles get the room
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
                Cell(goal_title(goal, language)),
                Cell(target),
                Cell(_latest(goal, release, language)),
                *_halves(goal, language),
            )
            for goal, target in zip(goals, targets, strict=True)
        ),
        numeric=(False,) * 5,
        widths=(9.6 - wide, wide, 5.6, 5.4, 4.4),
        together=len(goals) <= _FEW,
    )


def _latest(goal: Record, release: PublicRelease, language: Language) -> str:
    """Return the latest figure with as many decimals as its chart shows, and what it counts."""
    latest = goal["latest"]
    words = point_words(latest, language, goal["series"])
    unit = release.workspace["units"].get(latest["unit"])
    if latest["value"] is None or unit is None or latest["unit"] == PERCENT:
        return words
    label = said(unit["label"], language)
    capital = label[:1].lower() if label[1:2].islower() else label[:1]  # "Persons", and not "DKK"
    return f"{words} {capital}{label[1:]}"


def _halves(goal: Record, language: Language) -> tuple[Cell, Cell]:
    """Return both halves of the verdict; that people's anonymity is why is said once in a row, by the figure."""
    target = target_words(goal, language, beside_figures=True)
    development = development_words(goal, language, beside_figures=True)
    if goal["latest"]["state"] == "withheld":
        short = message("not shown").render(language)
        target = short if goal["target_status"] == TargetStatus.WITHHELD else target
        development = short if goal["development"] == Development.WITHHELD else development
    return Cell(target, _symbol(goal, "target")), Cell(development, _symbol(goal, "development"))


def _symbol(goal: Record, half: str) -> str:
    if half == "target":
        return TARGET_SYMBOLS.get(TargetStatus(goal["target_status"]), NO_SYMBOL)
    return DEVELOPMENT_SYMBOLS.get(Development(goal["development"]), NO_SYMBOL)


def _economy(language: Language, draft: bool) -> Iterator[Block]:
    yield Heading(1, message("Economy").render(language))
    yield _blank(
        message("To be filled in by the secretariat: does the paper have economic consequences?"),
        message("This paper says nothing of the economy."),
        language,
        draft,
    )


def _blank(prompt: Message, unsaid: Message, language: Language, draft: bool) -> Blank:
    return Blank(prompt.render(language), None if draft else unsaid.render(language))


def _process(strategy: Record, year: int, language: Language, draft: bool) -> Iterator[Block]:
    yield Heading(1, message("Further process").render(language))
    entries = [entry for entry in strategy["annual_wheel"] or () if Period.parse(entry["period"]).end.year > year]
    if entries:
        yield _render(message("The committee's annual wheel has:"), language)
        yield Items(
            tuple(
                plain(f"{Period.parse(entry['period']).label(language)}: {said(entry['title'], language)}")
                for entry in entries
            )
        )
    yield _blank(
        message("To be filled in by the secretariat: what happens after the meeting?"),
        message("This paper does not say what happens after the meeting."),
        language,
        draft,
    )


def _annex_list(language: Language) -> Iterator[Block]:
    yield Heading(1, message("Annexes").render(language))
    titles = (
        message("Annex 1: The goals one by one"),
        message("Annex 2: The figures"),
        message("Annex 3: How it is counted"),
    )
    yield Items(tuple(plain(title.render(language)) for title in titles))
