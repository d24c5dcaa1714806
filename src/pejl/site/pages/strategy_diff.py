"""Two strategies of a release side by side: what became of each goal.

The same rules as `pejl.workspace.strategy_diff`, read from what a release says of its strategies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pejl.publish.charts import declared_goals
from pejl.site.pages.wording import Record
from pejl.workspace.kinds import STANDINGS
from pejl.workspace.strategy_diff import ChangeKind


@dataclass(frozen=True, slots=True)
class Change:
    """What became of goals: the goals before and after, or a new heading without a sign.

    Attributes:
        kind: unchanged, reworded, and so on.
        old: the declared goals before.
        new: the declared goals after.
        heading: Danish and English, for a new heading to which no sign is linked; else None.
        target_changed: whether the number or the deadline is another.
    """

    kind: ChangeKind
    old: tuple[Record, ...] = ()
    new: tuple[Record, ...] = ()
    heading: Record | None = None
    target_changed: bool = False


def diff(old: Record, new: Record) -> tuple[Change, ...]:
    """Return what became of every goal of `old`, and where every goal of `new` comes from, by kind."""
    before: dict[str, Record] = {goal["id"]: goal for goal in declared_goals(old)}
    changes = list(_followed(before, new))
    seen = {goal["id"] for change in changes for goal in change.old}
    changes.extend(Change(ChangeKind.ENDED, old=(goal,)) for name, goal in before.items() if name not in seen)
    changes.extend(_new_headings(old, new))
    order = list(ChangeKind)
    return tuple(sorted(changes, key=lambda change: order.index(change.kind)))


def _followed(before: dict[str, Record], new: Record) -> Iterator[Change]:
    replaced: dict[tuple[str, ...], list[Record]] = {}
    for goal in declared_goals(new):
        earlier = [before[name] for name in (*goal["continues"], *goal["rewords"]) if name in before]
        gone = tuple(name for name in goal["replaces"] if name in before)
        if earlier:
            yield _kept(earlier, goal)
        elif gone:
            replaced.setdefault(gone, []).append(goal)
        else:
            yield Change(ChangeKind.NEW, new=(goal,))
    for names, goals in replaced.items():
        yield Change(ChangeKind.REPLACED, tuple(before[name] for name in names), tuple(goals))


def _kept(earlier: list[Record], goal: Record) -> Change:
    if any(old["population"] != goal["population"] for old in earlier):
        kind = ChangeKind.CHANGED_POPULATION
    elif any(_title(old) != _title(goal) for old in earlier):
        kind = ChangeKind.REWORDED
    else:
        kind = ChangeKind.UNCHANGED
    changed = any(_number(old) != _number(goal) for old in earlier)
    return Change(kind, tuple(earlier), (goal,), target_changed=changed)


def _title(goal: Record) -> str:
    return " ".join(goal["title"]["da"].split()).rstrip(".").casefold()


def _number(goal: Record) -> tuple[object, ...]:
    target = current_target(goal)
    return tuple(target[name] for name in ("kind", "value", "change", "relative_change", "period", "strict"))


def current_target(goal: Record) -> Record:
    """Return the target that counts: the adopted one, else the proposed, else the draft's; the latest of these."""
    targets = (each for standing in STANDINGS for each in reversed(goal["targets"]) if each["standing"] == standing)
    found: Record = next(targets)
    return found


def _new_headings(old: Record, new: Record) -> Iterator[Change]:
    known = {heading["title"]["da"].casefold() for vision in old["visions"] for heading in vision["headings"]}
    for vision in new["visions"]:
        linked = {link["heading"] for sign in vision["signs"] for link in sign["headings"]}
        for heading in vision["headings"]:
            if heading["title"]["da"].casefold() not in known and heading["id"] not in linked:
                yield Change(ChangeKind.HEADING_WITHOUT_SIGN, heading=heading["title"])
