"""Short sentences for those who find reading hard: at most twelve words, one thought each.

No subordinate clauses, no brackets, no abbreviations. Titles stand above them, as the workspace says them plainly
where it does (`plain`); what the workspace's own words are like is not for this module to mend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pejl.judge.statuses import Development, TargetStatus
from pejl.publish.charts.gathering import declared_goals
from pejl.publish.numbers import COUNT, PERCENT, decimals_of, ends, number
from pejl.release.public import PublicRelease
from pejl.text import Language, Message, format_number, message
from pejl.workspace.kinds import TargetKind
from pejl.workspace.period import Period

Record = Mapping[str, Any]

_LONG_LABEL = 14
"""A label longer than this, or of several words, is no easy word; the number then stands alone."""

_TARGET: dict[TargetStatus, tuple[Message, ...]] = {
    TargetStatus.ON_TRACK: (message("It goes fast enough."),),
    TargetStatus.BEHIND: (message("It goes too slowly."),),
    TargetStatus.TOO_EARLY: (message("It is too early to judge."),),
    TargetStatus.NOT_SET: (message("Nobody has set a number for the goal."),),
    TargetStatus.NOT_KNOWN: (message("There is a number for the goal."), message("We do not know that number here.")),
    TargetStatus.UNKNOWN: (message("We cannot judge the goal."),),
    TargetStatus.WITHHELD: (message("We do not show the result."), message("That protects the people behind it.")),
    TargetStatus.REACHED: (message("The goal is reached."),),
    TargetStatus.NOT_REACHED: (message("The goal is not reached."),),
    TargetStatus.DIRECTION_ONLY: (),
}
_CERTAINTY = {
    "reached_for_certain": message("That is certain."),
    "reached": message("That is not quite certain."),
    "not_reached_for_certain": message("That is certain."),
    "not_reached": message("That is not quite certain."),
}
_DEVELOPMENT: dict[Development, tuple[Message, ...]] = {
    Development.RIGHT_WAY: (message("It goes the right way."),),
    Development.WRONG_WAY: (message("It goes the wrong way."),),
    Development.NO_CLEAR_CHANGE: (message("We see no certain change."),),
    Development.STEADY: (message("The number is steady."), message("That is how it should be.")),
    Development.NOT_COMPARABLE: (message("The numbers cannot be compared."),),
    Development.UNKNOWN: (message("We cannot see the way it goes."),),
    Development.WITHHELD: (),
}
_DIRECTION = {
    "increase": message("The number is to rise."),
    "decrease": message("The number is to fall."),
    "hold": message("The number is to stay."),
}
_AIM = {
    TargetKind.AT_LEAST: message("The goal is at least {number}."),
    TargetKind.AT_MOST: message("The goal is at most {number}."),
    TargetKind.LEVEL: message("The goal is {number}."),
}
_STRICT = {
    TargetKind.AT_LEAST: message("The goal is more than {number}."),
    TargetKind.AT_MOST: message("The goal is less than {number}."),
}
_NOTHING: dict[str, tuple[Message, ...]] = {
    "withheld": (message("We do not show the number."), message("That protects the people behind it.")),
    "no_data": (message("There is no number."),),
    "not_due": (message("Nobody measured {when}."),),
    "no_method": (message("Nobody can measure it yet."),),
    "not_collected": (message("We have not fetched the number."),),
}
_WHY_NOT: dict[str, tuple[Message, ...]] = {
    "too_few_answers": (message("Too few people have answered."),),
    "too_uncertain": (message("The answers are too uncertain."),),
    "rounded_away": _NOTHING["withheld"],
}


def easy_title(record: Record, language: Language) -> str:
    """Return the title of a declared goal, indicator or strategy: the plain one where there is one."""
    plain = record.get("plain")
    text = plain if plain is not None else record["title"]
    return text[language] or text["da"] or ""


def easy(release: PublicRelease, what: Record | str, language: Language) -> list[str]:
    """Return short sentences about a goal, an indicator or a strategy.

    Args:
        release: the release.
        what: a goal of `release.status`, the id of an indicator, or a strategy of `release.strategies`.
        language: of the sentences.

    Raises:
        KeyError: the release holds no such indicator.
    """
    if isinstance(what, str):
        sentences = _of_indicator(release, what, language)
    elif "target_status" in what:
        sentences = _of_goal(release, what, language)
    else:
        sentences = _of_strategy(release, what, language)
    return list(sentences)


def _of_indicator(release: PublicRelease, indicator_id: str, language: Language) -> Iterator[str]:
    indicator = release.indicator(indicator_id)
    if indicator is None:
        raise KeyError(indicator_id)
    scope = indicator["scope"]["id"]
    series = sorted(
        (item for item in indicator["totals"] if item["scope"] == scope), key=lambda item: Period.parse(item["period"])
    )
    if not series:
        yield _NOTHING["no_data"][0].render(language)
        return
    last = series[-1]
    yield from _figure(last, indicator["unit"], language)
    if last["value"] is not None and last["method"] == "survey" and last["low"] is not None:
        low, high = ends(last["low"], last["high"], indicator["unit"]["id"], language, last["value"])
        yield message("We asked some of the people.").render(language)
        yield message("So the number is not quite certain.").render(language)
        yield message("It probably lies between {low} and {high}.", low=low, high=high).render(language)


def _figure(point: Record, unit: Record | None, language: Language) -> Iterator[str]:
    when = Period.parse(point["period"]).when(language) if point["period"] else ""
    if point["value"] is None:
        for words in _WHY_NOT.get(_why_not(point) or "", _NOTHING[point["state"]]):
            yield Message(words.id, {"when": when}).render(language)
        if point["state"] == "not_due" and point.get("next_due"):
            next_due = Period.parse(point["next_due"]).when(language)
            yield message("The next measurement is {when}.", when=next_due).render(language)
        return
    value = _easy_number(point["value"], unit, language)
    if unit is not None and unit["kind"] == "transition":
        return
    yield message("{when} the number was {value}.", when=when[:1].upper() + when[1:], value=value).render(language)


def _why_not(point: Record) -> str | None:
    """Return the code of why answers give no figure: a goal's point says it, a total has it as its note."""
    told: str | None = point.get("why_not") or (point.get("note") if point.get("method") == "survey" else None)
    return told


def _easy_number(value: float, unit: Record | None, language: Language, told: str | None = None) -> str:
    """Return a number, perhaps `told` otherwise, with the word for percent, or its unit if that is a short word."""
    if unit is None:
        return number(value, language)
    told = told if told is not None else number(value, language, unit["id"])
    if unit["id"] == PERCENT:
        return message("{number} percent", number=number(value, language, PERCENT)).render(language)
    label = unit["label"][language] or unit["label"]["da"] or ""
    easy_label = len(label) <= _LONG_LABEL and re.fullmatch(r"\w+", label) is not None
    return f"{told} {label}" if easy_label and told != "1" else told


def _of_goal(release: PublicRelease, goal: Record, language: Language) -> Iterator[str]:
    unit = _unit(release, goal)
    yield from _aim(goal, unit, language)
    latest = goal["latest"]
    if latest["value"] is not None or goal["target_status"] != TargetStatus.WITHHELD:
        yield from _figure(latest, unit, language)
    for words in _TARGET[TargetStatus(goal["target_status"])]:
        yield words.render(language)
    certainty = _CERTAINTY.get(next(reason["code"] for reason in goal["reasons"] if reason["half"] == "target"))
    if certainty is not None:
        yield certainty.render(language)
    if not goal["target_status"] == goal["development"] == TargetStatus.UNKNOWN:
        for words in _DEVELOPMENT[Development(goal["development"])]:
            yield words.render(language)


def _unit(release: PublicRelease, goal: Record) -> Record | None:
    name = goal["latest"]["unit"]
    found = release.workspace["units"].get(name) if name is not None else None
    return {"id": name, **found} if found is not None else None


def _aim(goal: Record, unit: Record | None, language: Language) -> Iterator[str]:
    target = goal["target"]
    kind = TargetKind(target["kind"])
    if kind in (TargetKind.NOT_SET, TargetKind.NOT_KNOWN):
        return
    if kind in _AIM:
        words = _STRICT[kind] if target["strict"] and kind in _STRICT else _AIM[kind]
        told = _easy_number(target["value"], unit, language)
    elif target["level"] is not None:
        words = {
            "increase": message("The number is to rise to {number}."),
            "decrease": message("The number is to fall to {number}."),
            "hold": _AIM[TargetKind.LEVEL],
        }[goal["direction"]]
        level = target["level"]
        count = unit is not None and unit["kind"] == COUNT
        told = _easy_number(level, unit, language, _whole(level, language) if count else None)
    else:
        yield _DIRECTION[goal["direction"]].render(language)
        return
    yield Message(words.id, {"number": told}).render(language)
    if target["period"]:
        when = Period.parse(target["period"]).when(language)
        yield message("The goal applies {when}.", when=when).render(language)


def _whole(level: float, language: Language) -> str:
    """Return the level of a count: nobody counts half persons, and an abbreviation is no easy word."""
    told = format_number(level, language, 0)
    return message("around {number}", number=told).render(language) if decimals_of(level) else told


def _of_strategy(release: PublicRelease, strategy: Record, language: Language) -> Iterator[str]:
    valid = strategy["valid"]
    if valid and valid["to"]:
        first, last = valid["from"][:4], valid["to"][:4]
        yield message("The plan runs from {first} to {last}.", first=first, last=last).render(language)
    elif valid:
        yield message("The plan began in {first}.", first=valid["from"][:4]).render(language)
    goals = [goal for goal in release.status["goals"] if goal["strategy"] == strategy["id"]]
    if not goals:
        nothing = message("The plan has no goals of its own.")
        yield (
            nothing.render(language) if not list(declared_goals(strategy)) else _NOTHING["no_data"][0].render(language)
        )
        return
    yield _count(len(goals), message("The plan has one goal."), message("The plan has {count} goals."), language)
    counted: dict[str, int] = {}
    for goal in goals:
        answer = _answer(goal)
        counted[answer] = counted.get(answer, 0) + 1
    for answer, (one, many) in _ANSWERS.items():
        if answer in counted:
            yield _count(counted[answer], one, many, language)
            if answer == "withheld":
                yield _NOTHING["withheld"][1].render(language)


_ANSWERS = {
    "reached": (message("One goal is reached."), message("{count} goals are reached.")),
    "not_reached": (message("One goal is not reached."), message("{count} goals are not reached.")),
    "on_track": (message("One goal is on its way."), message("{count} goals are on their way.")),
    "behind": (message("One goal is behind."), message("{count} goals are behind.")),
    "sign_seen": (message("One sign is seen."), message("{count} signs are seen.")),
    "sign_not_seen": (message("One sign is not seen for certain."), message("{count} signs are not seen for certain.")),
    "withheld": (message("One result is not shown."), message("{count} results are not shown.")),
    "none": (message("One goal has no answer here."), message("{count} goals have no answer here.")),
}
"""What one can say of a goal in a word, in the order it is said."""


def _answer(goal: Record) -> str:
    status, development = TargetStatus(goal["target_status"]), Development(goal["development"])
    if status is TargetStatus.DIRECTION_ONLY:
        if development in (Development.RIGHT_WAY, Development.STEADY):
            return "sign_seen"
        if development is Development.WITHHELD:
            return "withheld"
        return "sign_not_seen" if development in (Development.WRONG_WAY, Development.NO_CLEAR_CHANGE) else "none"
    return str(status) if str(status) in _ANSWERS else "none"


def _count(count: int, one: Message, many: Message, language: Language) -> str:
    return one.render(language) if count == 1 else Message(many.id, {"count": count}).render(language)
