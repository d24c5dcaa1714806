"""Two strategies side by side: what became of each goal, by the links that goals themselves declare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the site, which reads what a release says of strategies, needs the words only
    from pejl.workspace.goals import Goal
    from pejl.workspace.strategies import Heading, Strategy


class ChangeKind(StrEnum):
    """What became of a goal, or of a heading."""

    UNCHANGED = "unchanged"
    REWORDED = "reworded"
    CHANGED_POPULATION = "changed_population"
    REPLACED = "replaced"
    NEW = "new"
    ENDED = "ended"
    HEADING_WITHOUT_SIGN = "heading_without_sign"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the goals (or the heading) before and after. `target_changed`: another number or deadline."""

    kind: ChangeKind
    old: tuple[Goal, ...] = ()
    new: tuple[Goal, ...] = ()
    heading: Heading | None = None
    target_changed: bool = False


def diff_strategies(old: Strategy, new: Strategy) -> list[Change]:
    """Return what became of every goal of `old` and where every goal of `new` comes from.

    A goal that `replaces` earlier ones makes one change with all goals that replace the same; one that continues
    or rewords an earlier goal has a changed population if the populations differ, is reworded if the titles
    differ, and is unchanged otherwise. New headings to which no sign is linked come last.
    """
    before = {goal.id: goal for goal in old.goals()}
    changes = list(_followed(before, new))
    seen = {goal.id for change in changes for goal in change.old}
    changes.extend(Change(ChangeKind.ENDED, old=(goal,)) for goal in before.values() if goal.id not in seen)
    changes.extend(_new_headings(old, new))
    order = list(ChangeKind)
    return sorted(changes, key=lambda change: order.index(change.kind))


def _followed(before: dict[str, Goal], new: Strategy) -> Iterator[Change]:
    replaced: dict[tuple[str, ...], list[Goal]] = {}
    for goal in new.goals():
        earlier = [before[name] for name in (*goal.continues, *goal.rewords) if name in before]
        gone = tuple(name for name in goal.replaces if name in before)
        if earlier:
            yield _kept(earlier, goal)
        elif gone:
            replaced.setdefault(gone, []).append(goal)
        else:
            yield Change(ChangeKind.NEW, new=(goal,))
    for names, goals in replaced.items():
        yield Change(ChangeKind.REPLACED, old=tuple(before[name] for name in names), new=tuple(goals))


def _kept(earlier: list[Goal], goal: Goal) -> Change:
    if any(old.population != goal.population for old in earlier):
        kind = ChangeKind.CHANGED_POPULATION
    elif any(_words(old) != _words(goal) for old in earlier):
        kind = ChangeKind.REWORDED
    else:
        kind = ChangeKind.UNCHANGED
    changed = any(_number(old) != _number(goal) for old in earlier)
    return Change(kind, old=tuple(earlier), new=(goal,), target_changed=changed)


def _words(goal: Goal) -> str:
    return " ".join(goal.title.da.split()).rstrip(".").casefold()


def _number(goal: Goal) -> tuple[object, ...]:
    target = goal.target
    return (target.kind, target.value, target.change, target.relative_change, target.period, target.strict)


def _new_headings(old: Strategy, new: Strategy) -> Iterator[Change]:
    known = {heading.title.da.casefold() for vision in old.visions for heading in vision.headings}
    for vision in new.visions:
        linked = {link.heading for sign in vision.signs for link in sign.headings}
        for heading in vision.headings:
            if heading.title.da.casefold() not in known and heading.id not in linked:
                yield Change(ChangeKind.HEADING_WITHOUT_SIGN, heading=heading)
