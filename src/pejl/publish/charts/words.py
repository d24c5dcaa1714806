"""The words of a chart: figures, states and keys, and what somebody who does not see it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from pejl.publish.charts.marks import NOTHING_ORDER, nothing_kind
from pejl.publish.charts.model import Aim, BreakdownChart, Chart, Point, SeriesChart, TransitionChart, Unit, said
from pejl.publish.coarser import coarser_lines
from pejl.publish.numbers import PERCENT, ends, level_in_words, number, number_with_unit
from pejl.publish.numbers import shared_decimals as decimals_together
from pejl.publish.words import DIRECTION_WORDS, STATE_WORDS, WHY_NOT_WORDS, target_in_words
from pejl.text import Language, Message, format_number, message
from pejl.workspace.kinds import TargetKind
from pejl.workspace.period import Period
from pejl.workspace.states import State

_NOT_DUE = message("not measured in these periods")


@lru_cache(maxsize=16384)
def figure(value: float, unit: str | None, language: Language, decimals: int | None = None) -> str:
    """Return a value as it stands beside a point, with the percent sign where it is a percentage."""
    if decimals is None:
        return number_with_unit(value, unit, language)
    text = plain_number(value, unit, language, decimals)
    if unit != PERCENT:
        return text
    return f"{text}\N{NO-BREAK SPACE}%" if language == "da" else f"{text}%"


@lru_cache(maxsize=16384)
def plain_number(value: float, unit: str | None, language: Language, decimals: int | None = None) -> str:
    """Return a value without its unit, as in a column whose head names it."""
    return number(value, language, unit) if decimals is None else format_number(value, language, decimals)


def point_figure(point: Point, unit: str | None, language: Language, decimals: int, *, plain: bool = False) -> str:
    """Return the value of a point as it stands beside it, or `plain` without its unit; "about" where it is rounded."""
    say = plain_number if plain else figure
    if not point.rounded:
        return say(_value(point), unit, language, decimals)
    return message("about {number}", number=say(_value(point), unit, language, 0)).render(language)


def shared_decimals(points: Iterable[Point], unit: str | None) -> int:
    """Return how many decimals all values of a chart are shown with; see `pejl.publish.numbers.shared_decimals`."""
    return decimals_together((point.value for point in points if point.value is not None and not point.rounded), unit)


@lru_cache(maxsize=16384)
def interval(low: float, high: float, unit: str | None, language: Language, decimals: int) -> tuple[str, str]:
    """Return both ends of an interval in words."""
    return ends(low, high, unit, language, decimals=decimals)


@lru_cache(maxsize=4096)
def when(period: str, language: Language) -> str:
    """Return a period as an answer to "when?"."""
    return Period.parse(period).when(language)


@lru_cache(maxsize=4096)
def label(period: str, language: Language) -> str:
    """Return a period as a reader expects it."""
    return Period.parse(period).label(language)


@lru_cache(maxsize=256)
def nothing_words(state: str, why_not: str | None, language: Language) -> str:
    """Return which kind of nothing a point is, without when it is measured next."""
    if why_not:
        return WHY_NOT_WORDS[why_not].render(language)
    return (_NOT_DUE if state == State.NOT_DUE else STATE_WORDS[State(state)]).render(language)


def nothing_keys(points: Sequence[Point], language: Language) -> list[tuple[str, str]]:
    """Return pairs (sign, words with the periods) for each kind of nothing among the points."""
    found: dict[tuple[str, str], list[str]] = {}
    for point in points:
        if point.value is None:
            words = nothing_words(point.state, point.why_not, language)
            found.setdefault((nothing_kind(point), words), []).append(label(point.period, language))
    order = {kind: place for place, kind in enumerate(NOTHING_ORDER)}
    return [
        (kind, f"{words}: {', '.join(periods)}")
        for (kind, words), periods in sorted(found.items(), key=lambda item: order[item[0][0]])
    ]


def aim_words(aim: Aim, unit: Unit, language: Language) -> str:
    """Return what a goal asks, with the level where that does not stand in the target itself."""
    words = target_in_words(aim.goal, language)
    if TargetKind(aim.goal["target"]["kind"]) is TargetKind.DIRECTION:
        text = message("goal: {words}", words=DIRECTION_WORDS[aim.goal["direction"]])
    elif aim.level is not None and _is_change(aim):
        level = level_in_words(aim.level, unit.id, unit.kind, language)
        text = message("target: {target}, that is {level}", target=words, level=level)
    else:
        text = message("target: {target}", target=words)
    told = text.render(language)
    return f"{told} ({said(aim.strategy, language)})" if aim.strategy is not None else told


def _is_change(aim: Aim) -> bool:
    return TargetKind(aim.goal["target"]["kind"]) in {
        TargetKind.CHANGE,
        TargetKind.RELATIVE_CHANGE,
        TargetKind.CHANGE_AND_RELATIVE,
    }


def break_words(at: str, note: str, language: Language) -> str:
    """Return when a series was broken, and why."""
    day = at[:4] if at.endswith("-01-01") else at
    return message("break in the series {when}: {note}", when=when(day, language), note=note).render(language)


def alt_text(chart: Chart, language: Language) -> str:
    """Return, in two to five sentences, what a chart shows to those who do not see it.

    The table beside it (`table_of`) has every number; this says what it is about, from where to where, and what for.
    """
    if isinstance(chart, SeriesChart):
        sentences = _series_sentences(chart, language)
    elif isinstance(chart, BreakdownChart):
        sentences = _breakdown_sentences(chart, language)
    else:
        sentences = _transition_sentences(chart, language)
    return " ".join(_sentence(text.render(language) if isinstance(text, Message) else text) for text in sentences)


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _series_sentences(chart: SeriesChart, language: Language) -> list[Message | str]:
    numbers = chart.numbers
    name, unit = said(chart.title, language), chart.unit.id
    if not numbers:
        told: list[Message | str] = [message("Chart without figures: {title}", title=name)]
    elif len(numbers) == 1:
        only = numbers[0]
        value = figure(_value(only), unit, language)
        told = [
            message("Chart: {title}", title=name),
            message("one figure, {value} {when}", value=value, when=when(only.period, language)),
        ]
    else:
        first, last = numbers[0], numbers[-1]
        decimals = shared_decimals(numbers, unit)
        told = [
            message("Chart: {title}", title=name),
            message(
                "{count} figures: first {first} {first_when}, last {last} {last_when}",
                count=len(numbers),
                first=figure(_value(first), unit, language, decimals),
                first_when=when(first.period, language),
                last=figure(_value(last), unit, language, decimals),
                last_when=when(last.period, language),
            ),
        ]
    told.extend(aim_words(aim, chart.unit, language) for aim in chart.aims)
    told.extend(break_words(at, said(note, language), language) for at, note in chart.breaks)
    told.extend(words for _, words in nothing_keys(chart.points, language))
    return told


def _breakdown_sentences(chart: BreakdownChart, language: Language) -> list[Message | str]:
    title, by = said(chart.title, language), said(chart.by, language).lower()
    sentences: list[Message | str] = [
        message("Chart: {title}, {when}, by {by}", title=title, when=when(chart.period, language), by=by)
    ]
    shown = [row for row in chart.rows if row.point.value is not None]
    decimals = shared_decimals((row.point for row in shown), chart.unit.id)
    figures = (point_figure(row.point, chart.unit.id, language, decimals) for row in shown)
    sentences.append("; ".join(f"{said(row.label, language)} {each}" for row, each in zip(shown, figures, strict=True)))
    hidden: dict[str, list[str]] = {}
    for row in chart.rows:
        if row.point.value is None:
            words = nothing_words(row.point.state, row.point.why_not, language)
            hidden.setdefault(words, []).append(said(row.label, language))
    sentences.extend(f"{', '.join(labels)}: {words}" for words, labels in hidden.items())
    sentences.extend(coarser_lines(chart.coarser, language))
    return [text for text in sentences if text]


def _transition_sentences(chart: TransitionChart, language: Language) -> list[Message | str]:
    rows = ", ".join(said(text, language) for _, text in chart.rows)
    columns = ", ".join(said(text, language) for _, text in chart.columns)
    return [
        message("Matrix: {title}, {when}", title=said(chart.title, language), when=when(chart.period, language)),
        message("from (rows): {rows}", rows=rows),
        message("to (columns): {columns}", columns=columns),
        *coarser_lines(chart.coarser, language),
    ]


def _value(point: Point) -> float:
    assert point.value is not None  # called for points with a value only
    return point.value
