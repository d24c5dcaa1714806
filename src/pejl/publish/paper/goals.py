"""A page for each goal: how it stands, the chart, the administration's remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pejl.judge.statuses import Development
from pejl.publish.charts import alt_text, chart_of_goal, series_chart, transition_chart, transitions_of
from pejl.publish.doing import doing_of
from pejl.publish.paper.markdown import blocks_of
from pejl.publish.paper.model import Blank, Block, Heading, Items, Paragraph, Picture, Run, plain
from pejl.publish.paper.titles import goal_title, said
from pejl.publish.sentences import change_sentence, verdict_mark
from pejl.publish.words import asked_words, remarks, target_in_words
from pejl.release.public import PublicRelease
from pejl.text import Language, format_date, message

Record = Mapping[str, Any]

_WIDTH = 640
"""Of a chart on paper, in its own units: the text of a chart is then about as large as the text around it."""


def goal_pages(
    release: PublicRelease, goals: Sequence[Record], year: int, language: Language, *, draft: bool
) -> Iterator[Block]:
    """Yield the first annex: the goals in the order of the strategy, a page each."""
    yield Heading(1, message("Annex 1: The goals one by one").render(language), new_page=True)
    for number, goal in enumerate(goals):
        yield Heading(2, goal_title(goal, language), new_page=number > 0)
        yield from _verdict(goal, language)
        yield _picture(release, goal, language)
        yield from _notes(goal, language)
        yield from _doing(release, goal, language)
        yield Heading(3, message("The administration's remarks").render(language))
        yield from _remarks(release, goal, year, language, draft)


def _picture(release: PublicRelease, goal: Record, language: Language) -> Picture:
    """Return the chart of a goal: its series, or its matrix where readers see one."""
    series = chart_of_goal(release, goal)
    matrix = transitions_of(release, goal["indicator"]) if goal["indicator"] is not None else None
    chart = matrix if matrix is not None else series
    svg = (
        transition_chart(matrix, language, width=_WIDTH, embed="paper")
        if matrix is not None
        else series_chart(series, language, width=_WIDTH, embed="paper")
    )
    caption = said(chart.title, language)
    return Picture(svg, alt_text(chart, language), caption if caption != said(goal["title"], language) else None)


def _verdict(goal: Record, language: Language) -> Iterator[Block]:
    target, development = verdict_mark(goal, language)
    reached = message("Target reached?").render(language) + " "
    labels = (message("Target: ").render(language), message("Development: ").render(language))
    yield Paragraph((Run(labels[0], bold=True), Run(target_in_words(goal, language))))
    yield Paragraph((Run(reached, bold=True), Run(target.words, mark=target.symbol)))
    yield Paragraph((Run(labels[1], bold=True), Run(development.words, mark=development.symbol)))
    if _compared(goal):
        yield Paragraph(plain(change_sentence(goal, language)))


def _compared(goal: Record) -> bool:
    """Return whether two figures are set against each other; where they are not, the words above say why."""
    hidden = goal["development"] in (Development.WITHHELD, Development.NOT_COMPARABLE)
    values = (goal[name]["value"] for name in ("difference", "baseline", "latest"))
    return not hidden and all(value is not None for value in values)


def _notes(goal: Record, language: Language) -> Iterator[Block]:
    lines = [f"{line[:1].upper()}{line[1:]}." for line in remarks(goal, language)]
    if goal.get("asked") is not None:
        lines.append(asked_words(goal["asked"], language) + ".")
    if lines:
        yield Items(tuple(plain(line) for line in lines))


def _doing(release: PublicRelease, goal: Record, language: Language) -> Iterator[Block]:
    """Yield what the plans of units do for the goal; initiatives have titles in the language they are written in."""
    work = doing_of(release.doing.get(goal["id"]))
    if work is None:
        return
    yield Heading(3, message("What is being done").render(language))
    day = format_date(date.fromisoformat(work.day), language)
    told = message("Initiatives in the plans of units that serve this goal, as it stood on {day}:", day=day)
    counts = ", ".join(f"{words.render(language).lower()}: {count}" for words, count in work.counts)
    yield Paragraph(plain(f"{told.render(language)} {counts}."))
    if work.titles:
        yield Paragraph(plain(message("Among them:").render(language)), leads=True)
        yield Items(tuple(plain(title) for title in work.titles), lang="da" if language != "da" else None)


def _remarks(release: PublicRelease, goal: Record, year: int, language: Language, draft: bool) -> Iterator[Block]:
    """Yield the remarks of the year in the paper's language, else in the other, marked as such."""
    found = [item for item in release.remarks if item["goal"] == goal["id"] and item["year"] == year]
    chosen = next((item for item in found if item["language"] == language), found[0] if found else None)
    if chosen is None:
        if draft:
            words = message("To be written by the administration: why are the figures as they are, and what now?")
            yield Blank(words.render(language))
        else:
            yield Paragraph(plain(message("No remarks were written on this goal.").render(language)))
        return
    lang = chosen["language"] if chosen["language"] != language else None
    for words, text in ((message("Why"), chosen["why"]), (message("What now"), chosen["what_now"])):
        if text:
            yield Paragraph(plain(words.render(language), bold=True), leads=True)
            yield from blocks_of(text, lang)
    yield Paragraph((Run(_signed(chosen, language), italic=True),))


def _signed(remark: Record, language: Language) -> str:
    author, approver = remark["author"], remark["approved_by"]
    if not approver:
        return message("Written by {author}. Not approved.", author=author).render(language)
    on = remark["approved_on"]
    if not on:
        return message("Written by {author}. Approved by {approver}.", author=author, approver=approver).render(
            language
        )
    day = format_date(date.fromisoformat(str(on)), language)
    words = message("Written by {author}. Approved by {approver} on {day}.", author=author, approver=approver, day=day)
    return words.render(language)
