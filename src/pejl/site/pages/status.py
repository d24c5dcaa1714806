"""The status of a strategy at a glance: every goal with both halves of its verdict, and those without a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pejl.publish.words import WHY_NOT_WORDS
from pejl.site.pages.cards import Card, Section, card, sections
from pejl.site.pages.contents import Contents, adopted_on, in_force
from pejl.site.pages.verdicts import Count, counts
from pejl.site.pages.wording import Record, capital
from pejl.text import Language, Message, format_number, message
from pejl.workspace.states import State


@dataclass(frozen=True, slots=True)
class StrategyLine:
    """A strategy in a line.

    Attributes:
        id: of the strategy.
        title: Danish and English.
        name: its short title, or its title.
        standing: draft, in_force, over (its years or its force have ended), or adopted (its years are ahead).
        first: the first year it speaks of.
        last: the last; None where it has no end.
        goals: how many it has.
    """

    id: str
    title: Record
    name: Record
    standing: str
    first: str
    last: str | None
    goals: int


@dataclass(frozen=True, slots=True)
class Lack:
    """Goals without a figure, all for the same reason.

    Attributes:
        state: no_method, not_collected, no_data, not_due, withheld, or the code of why answers give no figure.
        heading: the reason in a few words.
        explanation: what it means, and whose task it is, in a plain sentence.
        cards: the goals.
    """

    state: str
    heading: str
    explanation: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class StatusOverview:
    """The status of one strategy.

    Attributes:
        strategy: whose.
        goals: how many goals it has.
        measured: how many of them have a figure.
        targets: how many goals have which first half.
        developments: how many have which second half.
        sections: the goals, in the document's order.
        lacks: those without a figure, by reason.
        unset: goals that lack a number to reach, which nobody has set yet.
    """

    strategy: StrategyLine
    goals: int
    measured: int
    targets: tuple[Count, ...]
    developments: tuple[Count, ...]
    sections: tuple[Section, ...]
    lacks: tuple[Lack, ...]
    unset: tuple[Card, ...]


_HEADINGS: Mapping[str, Message] = {
    State.WITHHELD: message("Not shown, to protect people's anonymity"),
    **WHY_NOT_WORDS,
    State.NOT_DUE: message("Not measured this year"),
    State.NO_METHOD: message("Cannot be measured yet"),
    State.NO_DATA: message("No data"),
    State.NOT_COLLECTED: message("Not fetched for this presentation"),
}
_EXPLANATIONS: Mapping[str, Message] = {
    State.WITHHELD: message("There is a figure. So few people are behind it that it could point at somebody."),
    "too_few_answers": message("So few have answered that a figure could say something wrong, or point at somebody."),
    "too_uncertain": message("The answers differ so much that a figure would say nothing certain."),
    "rounded_away": message("So few people are behind it that the rounded numbers say nothing about them."),
    State.NOT_DUE: message("It is measured in other years. Nothing is missing."),
    State.NO_METHOD: message("The goal is there, and a way to measure it is still to be found."),
    State.NO_DATA: message("The source has no figure for the years the strategy is about."),
    State.NOT_COLLECTED: message(
        "Figures may well exist, but they were not fetched for this presentation. That is our lack, and it says "
        "nothing of how things go."
    ),
}


def strategy_line(contents: Contents, strategy: Record) -> StrategyLine:
    """Return a strategy in a line."""
    day = f"{contents.year}-12-31"
    if strategy["status"] == "draft":
        standing = "draft"
    elif in_force(strategy, day):
        standing = "in_force"
    else:
        standing = "adopted" if (adopted_on(strategy) or "") > day else "over"
    last = strategy["in_force_until"] or strategy["valid"]["to"]
    return StrategyLine(
        id=strategy["id"],
        title=strategy["title"],
        name=strategy["short_title"] or strategy["title"],
        standing=standing,
        first=strategy["valid"]["from"][:4],
        last=last[:4] if last else None,
        goals=len(contents.goals_by_strategy[strategy["id"]]),
    )


def overview(contents: Contents, strategy: str, language: Language) -> StatusOverview:
    """Return the status of a strategy by its id."""
    goals = contents.goals_by_strategy[strategy]
    targets, developments = counts(goals, language)
    return StatusOverview(
        strategy=strategy_line(contents, contents.strategies[strategy]),
        goals=len(goals),
        measured=sum(goal["latest"]["value"] is not None for goal in goals),
        targets=targets,
        developments=developments,
        sections=sections(contents, goals, language),
        lacks=lacks(contents, goals, language),
        unset=tuple(card(contents, goal, language) for goal in goals if goal["target_status"] == "not_set"),
    )


def lacks(contents: Contents, goals: Iterable[Record], language: Language) -> tuple[Lack, ...]:
    """Return the goals without a figure by why there is none: ours to fetch, or others' to find, said apart."""
    found: dict[str, list[Card]] = {}
    for goal in goals:
        if goal["latest"]["value"] is None:
            why = goal["latest"].get("why_not") or goal["latest"]["state"]
            found.setdefault(why, []).append(card(contents, goal, language))
    return tuple(
        Lack(
            str(state),
            capital(_HEADINGS[state].render(language)),
            _EXPLANATIONS[state].render(language),
            tuple(found[state]),
        )
        for state in _HEADINGS
        if state in found
    )


def footnote(contents: Contents, language: Language) -> str | None:
    """Return what all verdicts together mean, in plain words; None where nothing could be compared."""
    note = contents.release.status["footnote"]
    if not note["tests"]:
        return None
    expected = note["expected_false_signals"]
    words = (
        message(
            "We have compared {tests} pairs of figures and seen {signals} certain changes. Even if nothing had "
            "changed, chance alone would show about {expected} on average.",
            tests=note["tests"],
            signals=note["signals"],
            expected=format_number(expected, language, 0 if expected >= 10 else 1),
        )
        if note["tests"] > 1
        else message(
            "One pair of figures could be compared. Of twenty such comparisons chance alone would make one look like a "
            "change."
        )
    )
    return capital(words.render(language))
