"""The strategies in time, how they follow each other, and what became of each goal from one to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pejl.publish.diff import CHANGE_WORDS
from pejl.site.page import Here, Page
from pejl.site.pages.contents import Contents
from pejl.site.pages.lineage import RELATION_WORDS, RELATIONS, Relation, name_of, relations
from pejl.site.pages.status import StrategyLine, strategy_line
from pejl.site.pages.strategy_diff import Change, diff
from pejl.site.pages.wording import Record
from pejl.text import Message
from pejl.workspace.strategy_diff import ChangeKind


@dataclass(frozen=True, slots=True)
class Entry:
    """A strategy in the list: its line, what it says in short, and its relations to others."""

    line: StrategyLine
    summary: Record | None
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two related strategies side by side.

    Attributes:
        old: the earlier one: id and name.
        new: the later one: id and name.
        words: how the later one relates to the earlier.
        note: what the document says of it.
        counts: how many goals became what, in words; kinds that do not occur are left out.
        changes: pairs of words and change, in the order of kinds.
    """

    old: tuple[str, Record]
    new: tuple[str, Record]
    words: Message
    note: Record | None
    counts: tuple[tuple[Message, int], ...]
    changes: tuple[tuple[Message, Change], ...]


@dataclass(frozen=True, slots=True)
class StrategiesPage:
    """What the page of all strategies shows.

    Attributes:
        entries: the strategies, the newest first.
        comparisons: pairs of related strategies whose goals are linked, the newest first.
        mappings: how target groups of one strategy relate to those of another, as declared, with the groups' titles.
    """

    entries: tuple[Entry, ...]
    comparisons: tuple[Comparison, ...]
    mappings: tuple[GroupMapping, ...]


@dataclass(frozen=True, slots=True)
class GroupMapping:
    """How a target group relates to groups of another division.

    Attributes:
        group: its title.
        relation: same, wider, narrower, overlaps.
        to: the titles of the others.
        ours: whether that is our reading, not the source's.
        note: why.
    """

    group: Record
    relation: str
    to: tuple[Record, ...]
    ours: bool
    note: Record | None


def select(contents: Contents) -> StrategiesPage:
    """Return what the page of all strategies shows."""
    known = list(contents.strategies.values())
    return StrategiesPage(
        entries=tuple(
            Entry(strategy_line(contents, each), each["summary"], relations(contents, each["id"]))
            for each in reversed(known)
        ),
        comparisons=tuple(_comparisons(contents)),
        mappings=tuple(_mappings(contents)),
    )


def _comparisons(contents: Contents) -> Iterator[Comparison]:
    for later in reversed(contents.strategies.values()):
        for kind in RELATIONS:
            for other in later[kind]:
                earlier = contents.strategies[other["strategy"]]
                # a draft points at what came of it: there the draft is the earlier one
                old, new = (later, earlier) if kind == "draft_of" else (earlier, later)
                changes = diff(old, new)
                if any(change.old and change.new for change in changes):
                    yield _comparison(old, new, RELATION_WORDS[kind], other["note"], changes)


def _comparison(
    old: Record, new: Record, words: Message, note: Record | None, changes: tuple[Change, ...]
) -> Comparison:
    counts = tuple(
        (CHANGE_WORDS[kind], found) for kind in ChangeKind if (found := sum(change.kind is kind for change in changes))
    )
    return Comparison(
        old=(old["id"], name_of(old)),
        new=(new["id"], name_of(new)),
        words=words,
        note=note,
        counts=counts,
        changes=tuple((CHANGE_WORDS[change.kind], change) for change in changes),
    )


def _mappings(contents: Contents) -> Iterator[GroupMapping]:
    groups = contents.target_groups
    for declared in contents.release.workspace["target_group_mappings"]:
        yield GroupMapping(
            group=groups[declared["group"]]["title"],
            relation=declared["relation"],
            to=tuple(groups[name]["title"] for name in declared["to"]),
            ours=declared["standing"] == "ours",
            note=declared["note"],
        )


def page(here: Here) -> Page:
    """Return the page of all strategies."""
    return Page(
        "pages/strategies.html",
        here.t("The strategies and how they follow each other"),
        here.t("All social strategies, which of them replaces or elaborates which, and what became of every goal."),
        section="strategies",
        values={"model": select(Contents(here.release))},
    )
