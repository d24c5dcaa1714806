"""Sentences about a goal: what changed, how it stands, and the marks of both halves of its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pejl.judge.statuses import Development, TargetStatus
from pejl.publish.numbers import PERCENT, number_with_unit, shared_decimals
from pejl.publish.sentences.figures import nothing_clause
from pejl.publish.words import (
    DEVELOPMENT_SYMBOLS,
    DIRECTION_WORDS,
    NO_SYMBOL,
    TARGET_SYMBOLS,
    development_words,
    reason_words,
    target_words,
)
from pejl.text import Language, Message, format_number, message
from pejl.workspace.period import Period

Record = Mapping[str, Any]


class Mark(NamedTuple):
    """One half of a verdict as it is shown: never by colour alone.

    Attributes:
        symbol: one character.
        colour: good, bad, between (undecided), open (nothing to judge) or hidden (withheld).
        words: the half in words.
    """

    symbol: str
    colour: str
    words: str


_TARGET_COLOURS = {
    TargetStatus.REACHED: "good",
    TargetStatus.ON_TRACK: "good",
    TargetStatus.NOT_REACHED: "bad",
    TargetStatus.BEHIND: "bad",
    TargetStatus.TOO_EARLY: "between",
    TargetStatus.WITHHELD: "hidden",
}
_DEVELOPMENT_COLOURS = {
    Development.RIGHT_WAY: "good",
    Development.STEADY: "good",
    Development.WRONG_WAY: "bad",
    Development.NO_CLEAR_CHANGE: "between",
    Development.WITHHELD: "hidden",
}

_TARGET: dict[TargetStatus, Message] = {
    TargetStatus.ON_TRACK: message("Things go fast enough to reach the target in time."),
    TargetStatus.BEHIND: message("Things go too slowly to reach the target in time."),
    TargetStatus.TOO_EARLY: message("It is too early to say whether the target will be reached."),
    TargetStatus.NOT_SET: message("No number is set for the target."),
    TargetStatus.NOT_KNOWN: message("A number is set for the target, but it is not known here."),
    TargetStatus.WITHHELD: message("Whether the target is reached is not shown, to protect people's anonymity."),
}
_CERTAIN: dict[str, Message] = {
    "reached_for_certain": message("The target is reached, and that is certain."),
    "reached": message("The target is reached, but that is not certain."),
    "not_reached_for_certain": message("The target is not reached, and that is certain."),
    "not_reached": message("The target is not reached, but that is not certain."),
}
_REACHED = {
    TargetStatus.REACHED: message("The target is reached."),
    TargetStatus.NOT_REACHED: message("The target is not reached."),
}
_DEVELOPMENT: dict[Development, Message] = {
    Development.RIGHT_WAY: message("The development goes the right way."),
    Development.WRONG_WAY: message("The development goes the wrong way."),
    Development.NO_CLEAR_CHANGE: message("There is no certain change."),
    Development.STEADY: message("The figure is steady, as it should be."),
    Development.WITHHELD: message("The development is not shown, to protect people's anonymity."),
}
_SIGN: dict[Development, Message] = {
    Development.RIGHT_WAY: message("The sign is seen."),
    Development.NO_CLEAR_CHANGE: message("The sign is not seen for certain."),
}
_CHANGE: dict[str, Message] = {
    "change_right": message("The change is larger than chance explains, and it goes the right way."),
    "change_wrong": message("The change is larger than chance explains, and it goes the wrong way."),
    "interval_holds_zero": message("The change may be chance."),
    "within_tolerance": message("The change is within the variation that is allowed."),
    "outside_tolerance": message("The change is larger than the variation that is allowed."),
    "tolerance_undecided": message("One cannot tell whether the change is within the variation that is allowed."),
    "uncertainty_unknown": message("How uncertain the figures are is not known, so the change is not judged."),
}


def verdict_mark(goal: Record, language: Language) -> tuple[Mark, Mark]:
    """Return both halves of a verdict as symbol, colour and words: the target's, then the development's."""
    target, development = TargetStatus(goal["target_status"]), Development(goal["development"])
    return (
        Mark(TARGET_SYMBOLS.get(target, NO_SYMBOL), _TARGET_COLOURS.get(target, "open"), target_words(goal, language)),
        Mark(
            DEVELOPMENT_SYMBOLS.get(development, NO_SYMBOL),
            _DEVELOPMENT_COLOURS.get(development, "open"),
            development_words(goal, language),
        ),
    )


def verdict_sentence(goal: Record, language: Language) -> str:
    """Return both halves of a verdict in one or two sentences."""
    target, development = TargetStatus(goal["target_status"]), Development(goal["development"])
    if target is TargetStatus.WITHHELD and development is Development.WITHHELD:
        return message("The judgement is not shown, to protect people's anonymity.").render(language)
    why_target, why_development = _why(goal, "target", language), _why(goal, "development", language)
    if target is TargetStatus.UNKNOWN and development is Development.UNKNOWN and why_target == why_development:
        words = message("Neither target nor development can be judged: {why}.", why=why_target)
        return words.render(language)
    if target is TargetStatus.UNKNOWN and development is Development.NOT_COMPARABLE and why_target == why_development:
        words = message("The figures cannot be compared, so the target cannot be judged: {why}.", why=why_target)
        return words.render(language)
    first = _target_sentence(goal, target, why_target, language)
    return f"{first} {_development_sentence(goal, why_development, language)}"


def _why(goal: Record, half: str, language: Language) -> str:
    rule = next(reason for reason in goal["reasons"] if reason["half"] == half)
    if rule["code"] == "no_figure" and goal["latest"]["value"] is None:
        return nothing_clause(goal["latest"], language)
    return reason_words(rule, language) or ""


def _target_sentence(goal: Record, target: TargetStatus, why: str, language: Language) -> str:
    code = next(reason["code"] for reason in goal["reasons"] if reason["half"] == "target")
    if target in _REACHED:
        return _CERTAIN.get(code, _REACHED[target]).render(language)
    if target is TargetStatus.UNKNOWN:
        return message("Whether the target is reached cannot be judged: {why}.", why=why).render(language)
    if target is TargetStatus.DIRECTION_ONLY:
        wanted = DIRECTION_WORDS[goal["direction"]]
        return message("The goal has a direction and no number: the figure {wanted}.", wanted=wanted).render(language)
    return _TARGET[target].render(language)


def _development_sentence(goal: Record, why: str, language: Language) -> str:
    development = Development(goal["development"])
    if development is Development.NOT_COMPARABLE:
        return message("The figures cannot be compared: {why}.", why=why).render(language)
    if is_told_by_no_number(goal):
        return message("The development cannot be judged: it cannot be told by one number.").render(language)
    if development is Development.UNKNOWN:
        return message("The development cannot be judged: {why}.", why=why).render(language)
    if goal["target_status"] == TargetStatus.DIRECTION_ONLY and development in _SIGN:
        return _SIGN[development].render(language)
    return _DEVELOPMENT[development].render(language)


def change_sentence(goal: Record, language: Language) -> str:
    """Return what changed from the baseline to the latest figure, and whether that is more than chance.

    Numbers stand here only where the two may be compared and both are shown.
    """
    development = Development(goal["development"])
    if development in (Development.WITHHELD, Development.NOT_COMPARABLE):
        return _development_sentence(goal, _why(goal, "development", language), language)
    if goal["difference"]["value"] is None or goal["baseline"]["value"] is None or goal["latest"]["value"] is None:
        return _development_sentence(goal, _why(goal, "development", language), language)
    code = next(reason["code"] for reason in goal["reasons"] if reason["half"] == "development")
    if is_told_by_no_number(goal):
        return message("What changed cannot be told by one number.").render(language)
    told, seen = _from_to(goal, language)
    # Of a change that rounding leaves nothing of, only what is certain is worth a sentence.
    meaning = _CHANGE.get(code) if seen or code != "interval_holds_zero" else None
    return f"{told} {meaning.render(language)}" if meaning is not None else told


def is_told_by_no_number(goal: Record) -> bool:
    """Return whether the goal is about a matrix: its total has an interval, and says nothing of who moved."""
    code = next(reason["code"] for reason in goal["reasons"] if reason["half"] == "development")
    return bool(code == "uncertainty_unknown" and goal["latest"]["low"] is not None)


def _from_to(goal: Record, language: Language) -> tuple[str, bool]:
    """Return both figures in a sentence, and whether they read differently."""
    before, after, unit = goal["baseline"], goal["latest"], goal["latest"]["unit"]
    whens = {"before": _when(before["period"], language), "after": _when(after["period"], language)}
    decimals = shared_decimals((before["value"], after["value"]), unit)
    first = number_with_unit(before["value"], unit, language, decimals)
    last = number_with_unit(after["value"], unit, language, decimals)
    if first == last:
        words = message("The figure was {first} both {before} and {after}.", first=first, **whens)
        return words.render(language), False
    change = goal["difference"]["value"]
    size = format_number(abs(change), language, decimals)
    if unit == PERCENT:
        size = message("{number} percentage points", number=size).render(language)
    template = (
        message("The figure was {first} {before} and {last} {after}: a rise of {size}.")
        if change > 0
        else message("The figure was {first} {before} and {last} {after}: a fall of {size}.")
    )
    return Message(template.id, {"first": first, "last": last, "size": size, **whens}).render(language), True


def _when(period: str, language: Language) -> str:
    return Period.parse(period).when(language)
