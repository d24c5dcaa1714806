"""Sentences about one figure: what it is, when, and what its interval means.

Templates are whole sentences, and titles stand before a colon: a title is the workspace's own, and no grammar can be
asked of it. A unit stands behind a number as its label has it; a count of one goes without, as labels have no singular.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pejl.publish.numbers import PERCENT, ends, number, number_with_unit
from pejl.release.public import PublicRelease
from pejl.text import Language, Message, message
from pejl.workspace.period import Period

Record = Mapping[str, Any]

_MEAN_WORDS = ("gennemsnit ", "mean ")
"""How labels of means may begin; the sentence says it already."""

_NOTHING: dict[str, Message] = {
    "withheld": message("the figure {when} is not shown, to protect people's anonymity"),
    "no_data": message("there are no data {when}"),
    "not_due": message("nothing was measured {when}"),
    "no_method": message("it cannot be measured yet"),
    "not_collected": message("the figure {when} was not fetched for this presentation"),
    "too_few_answers": message("the figure {when} is not shown, because too few answered"),
    "too_uncertain": message("the figure {when} is not shown, because the answers leave too much to chance"),
}


def figure_with_unit(value: float, unit: Record, language: Language) -> str:
    """Return a value with what it counts: 156 personer, 85,3 %, 10,4 fraværsdagsværk pr. fuldtidsansat.

    Args:
        value: in the unit; percent is 0-100.
        unit: id, label and kind, as an indicator's file has it.
        language: of the words.
    """
    if unit["id"] == PERCENT:
        return number_with_unit(value, PERCENT, language)
    told = number(value, language, unit["id"])
    label = _unit_label(unit, language)
    if not label or (told == "1" and unit["kind"] != "rate"):
        return told
    return f"{told} {label}"


def _unit_label(unit: Record, language: Language) -> str:
    label: str = unit["label"][language] or unit["label"]["da"] or ""
    for word in _MEAN_WORDS:
        if unit["kind"] == "mean" and label.startswith(word):
            return label.removeprefix(word)
    return label


def headline(release: PublicRelease, indicator_id: str, language: Language) -> str:
    """Return the latest figure of an indicator in a sentence, or which kind of nothing there is instead.

    Where the latest period has no value, the latest that has one follows in a sentence of its own.

    Raises:
        KeyError: the release holds no such indicator.
    """
    indicator, series = _series(release, indicator_id)
    title: str = indicator["title"][language] or indicator["title"]["da"]
    valued = [point for point in series if point["value"] is not None]
    if not series:
        return message("{title}: there is no figure.", title=title).render(language)
    last = series[-1]
    if last["value"] is not None:
        return _figure_sentence(title, last, indicator["unit"], language)
    nothing = _nothing_words(last, language)
    if not valued:
        return message("{title}: {words}.", title=title, words=nothing).render(language)
    latest = valued[-1]
    if last["state"] == "not_due":
        return f"{_figure_sentence(title, latest, indicator['unit'], language)} {_capital(nothing)}."
    first = message("{title}: {words}.", title=title, words=nothing).render(language)
    words = message(
        "The latest figure shown is {figure} {when}.",
        figure=figure_with_unit(latest["value"], indicator["unit"], language),
        when=_when(latest["period"], language),
    )
    return f"{first} {words.render(language)}"


def _figure_sentence(title: str, point: Record, unit: Record, language: Language) -> str:
    when = _when(point["period"], language)
    told = figure_with_unit(point["value"], unit, language)
    if unit["kind"] == "transition":
        told = number(point["value"], language)
        template = message("{title}: the table covers {figure} people {when}.", title=title, figure=told, when=when)
    elif unit["kind"] == "mean":
        template = message("{title}: on average {figure} {when}.", title=title, figure=told, when=when)
    elif point["state"] == "estimate":
        template = message("{title}: {figure} {when}, as the source estimates.", title=title, figure=told, when=when)
    else:
        template = message("{title}: {figure} {when}.", title=title, figure=told, when=when)
    return template.render(language)


def _nothing_words(point: Record, language: Language) -> str:
    why = point["note"] if point["method"] == "survey" and point["note"] in _NOTHING else None
    return nothing_clause({**point, "why_not": why}, language)


def interval_meaning(release: PublicRelease, indicator_id: str, language: Language) -> str | None:
    """Return what the interval of the latest figure means, in a sentence; None where there is no interval to explain.

    A full count is known; its interval is about the level such counts move around. An estimate from answers has one
    because not everybody was asked. Of a figure others published we say no more than that it is uncertain.

    Raises:
        KeyError: the release holds no such indicator.
    """
    indicator, series = _series(release, indicator_id)
    latest = next((point for point in reversed(series) if point["value"] is not None), None)
    if latest is None or latest["low"] is None or latest["high"] is None or indicator["unit"]["kind"] == "transition":
        return None
    low, high = _ends_with_sign(latest, indicator["unit"]["id"], language)
    if latest["method"] == "survey":
        words = message("Had everybody answered, the figure would probably lie between {low} and {high}.")
    elif indicator["source"] == "registers" or latest["basis"] == "poisson":
        words = message(
            "Such a figure moves a little from time to time by itself; the level behind it probably lies between "
            "{low} and {high}."
        )
    else:
        words = message("The figure is uncertain; it probably lies between {low} and {high}.")
    return Message(words.id, {"low": low, "high": high}).render(language)


def _ends_with_sign(point: Record, unit: str, language: Language) -> tuple[str, str]:
    """Return both ends of the interval, the percent sign at the second, as one says it."""
    low, high = ends(point["low"], point["high"], unit, language, point["value"])
    if unit == PERCENT:
        high += "\N{NO-BREAK SPACE}%" if language == "da" else "%"
        low += "%" if language == "en" else ""
    return low, high


def _series(release: PublicRelease, indicator_id: str) -> tuple[Record, list[Record]]:
    """Return an indicator and its totals in its own scope, in time."""
    indicator = release.indicator(indicator_id)
    if indicator is None:
        raise KeyError(indicator_id)
    own = [item for item in indicator["totals"] if item["scope"] == indicator["scope"]["id"]]
    return indicator, sorted(own, key=lambda item: Period.parse(item["period"]))


def _when(period: str, language: Language) -> str:
    return Period.parse(period).when(language)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def nothing_clause(point: Record, language: Language) -> str:
    """Return which kind of nothing a point without value is, as a clause: the figure in 2017 is not shown.

    Args:
        point: with period, state and, where they are known, why_not and next_due.
        language: of the words.
    """
    code = point.get("why_not") or point["state"]
    when = _when(point["period"], language) if point["period"] else ""
    words = " ".join(Message(_NOTHING[code].id, {"when": when}).render(language).split())
    if point["state"] == "not_due" and point.get("next_due"):
        next_due = message("the next measurement is {when}", when=_when(point["next_due"], language))
        words = f"{words}; {next_due.render(language)}"
    return words
