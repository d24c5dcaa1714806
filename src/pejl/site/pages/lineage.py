"""How strategies and goals follow each other: what each continues, rewords or replaces, and what came after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pejl.site.pages.contents import Contents, Link, LinkKind, followed
from pejl.site.pages.wording import Record
from pejl.text import Message, message

RelationKind = Literal["draft_of", "elaborates", "replaces"]
RELATIONS: tuple[RelationKind, ...] = ("draft_of", "elaborates", "replaces")

EARLIER_WORDS: Mapping[LinkKind, Message] = {
    "continues": message("continues"),
    "rewords": message("says in other words"),
    "replaces": message("replaces"),
}
LATER_WORDS: Mapping[LinkKind, Message] = {
    "continues": message("is continued by"),
    "rewords": message("is said in other words by"),
    "replaces": message("is replaced by"),
}
RELATION_WORDS: Mapping[RelationKind, Message] = {
    "draft_of": message("is a draft of"),
    "elaborates": message("elaborates"),
    "replaces": message("replaces"),
}
REVERSED_WORDS: Mapping[RelationKind, Message] = {
    "draft_of": message("was drafted in"),
    "elaborates": message("is elaborated by"),
    "replaces": message("is replaced by"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One goal on the way before or after another.

    Attributes:
        words: how the goal at hand relates to it, in few words.
        goal: its id.
        code: as printed.
        title: Danish and English.
        strategy: the name of its strategy, Danish and English.
        draft: whether that strategy is a draft.
    """

    words: Message
    goal: str
    code: str | None
    title: Record
    strategy: Record
    draft: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """How a strategy relates to another: in words, with its id, its name, and what the document says of it."""

    words: Message
    strategy: str
    name: Record
    note: Record | None


def earlier(contents: Contents, goal: str) -> tuple[Step, ...]:
    """Return the earlier goals that a goal follows."""
    return tuple(_step(contents, EARLIER_WORDS[link.kind], link) for link in followed(contents.declared[goal]))


def later(contents: Contents, goal: str) -> tuple[Step, ...]:
    """Return the later goals that follow a goal."""
    return tuple(_step(contents, LATER_WORDS[link.kind], link) for link in contents.followers.get(goal, ()))


def _step(contents: Contents, words: Message, link: Link) -> Step:
    goal = contents.judged[link.goal]
    strategy = contents.strategies[goal["strategy"]]
    return Step(words, goal["id"], goal["code"], goal["title"], name_of(strategy), strategy["status"] == "draft")


def name_of(strategy: Record) -> Record:
    """Return what a strategy is called beside others: its short title where it has one."""
    name: Record = strategy["short_title"] or strategy["title"]
    return name


def relations(contents: Contents, strategy: str) -> tuple[Relation, ...]:
    """Return how a strategy relates to earlier ones, as it says itself, then how later ones relate to it."""
    own = contents.strategies[strategy]
    found = [
        Relation(
            RELATION_WORDS[kind], other["strategy"], name_of(contents.strategies[other["strategy"]]), other["note"]
        )
        for kind in RELATIONS
        for other in own[kind]
    ]
    for name, other in contents.strategies.items():
        for kind in RELATIONS:
            notes = [each["note"] for each in other[kind] if each["strategy"] == strategy]
            found.extend(Relation(REVERSED_WORDS[kind], name, name_of(other), note) for note in notes)
    return tuple(found)
