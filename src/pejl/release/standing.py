"""Where a release stands on its way out, read from the log beside the releases.

A release never changes; what happens to it is written to `releases/log.jsonl`, one line for each act. The way out is
one table: which act leads from where to where.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from pejl.release import storage
from pejl.release.reader import LOG, MANIFEST, RELEASE_ID, RELEASES, Release, ReleaseError
from pejl.text import Message, message


class State(StrEnum):
    """Where a release stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    EMBARGOED = "embargoed"
    PUBLIC = "public"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class Act(StrEnum):
    """What somebody does with a release."""

    APPROVE = "approve"
    EMBARGO = "embargo"
    PUBLISH = "publish"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    DROP = "drop"


WAY: Mapping[tuple[State, Act], State] = {
    (State.DRAFT, Act.APPROVE): State.APPROVED,
    (State.APPROVED, Act.EMBARGO): State.EMBARGOED,
    (State.EMBARGOED, Act.EMBARGO): State.EMBARGOED,
    (State.APPROVED, Act.PUBLISH): State.PUBLIC,
    (State.EMBARGOED, Act.PUBLISH): State.PUBLIC,
    (State.PUBLIC, Act.CORRECT): State.CORRECTED,
    (State.DRAFT, Act.DROP): State.DROPPED,
    **{(state, Act.WITHDRAW): State.WITHDRAWN for state in State if state not in (State.WITHDRAWN, State.DROPPED)},
}
"""From where an act leads where; what is not here is refused."""

_ACTS = frozenset(map(str, Act))

SHOWN = frozenset({State.PUBLIC, State.CORRECTED})
"""Readers see these: a corrected release stays readable, with what was corrected beside it."""

GONE = frozenset({State.WITHDRAWN, State.DROPPED})
"""Nobody is shown these any more."""

STATE_WORDS: Mapping[State, Message] = {
    State.DRAFT: message("Draft"),
    State.APPROVED: message("Approved, not public yet"),
    State.EMBARGOED: message("Approved, public later"),
    State.PUBLIC: message("Public"),
    State.CORRECTED: message("Corrected by a later release"),
    State.WITHDRAWN: message("Withdrawn"),
    State.DROPPED: message("Dropped, seen by nobody"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the log about a release.

    Attributes:
        at: when, in UTC, ISO 8601.
        event: `made`, `current`, or the act.
        by: who did it; empty where a run did.
        note: why, in the languages it was given in.
        until: of an embargo, the day it ends.
        corrected_by: of a correction, the release with the right numbers.
        cells: what was taken back, or corrected with the old value and the new.
    """

    at: str
    event: str
    by: str = ""
    note: Mapping[str, str | None] = field(default_factory=dict)
    until: str | None = None
    corrected_by: str | None = None
    cells: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a release stands, and everything that has happened to it.

    Attributes:
        release: its id.
        state: where it stands now.
        happenings: in the order they were noted.
        corrects: what this release corrects of earlier ones: their ids with the happening.
    """

    release: str
    state: State
    happenings: tuple[Happening, ...] = ()
    corrects: tuple[tuple[str, Happening], ...] = ()

    @property
    def is_draft(self) -> bool:
        """Tell whether nobody has approved it: everything made of it says so."""
        return self.state is State.DRAFT

    @property
    def until(self) -> date | None:
        """The day the embargo ends, if there is one."""
        last = next((each for each in reversed(self.happenings) if each.event == Act.EMBARGO), None)
        return date.fromisoformat(last.until) if last is not None and last.until else None

    @property
    def taken_back(self) -> tuple[str, ...]:
        """The cells that were taken back of it, as `indicator:period:cell`."""
        events = (each for each in self.happenings if each.event == Act.WITHDRAW)
        return tuple(dict.fromkeys(str(cell) for each in events for cell in each.cells))

    def last(self, act: Act) -> Happening | None:
        """Return when it was last approved, published …, or None."""
        return next((each for each in reversed(self.happenings) if each.event == act), None)


def standings(root: Path) -> dict[str, Standing]:
    """Return where every release of a workspace stands, by its id, in the order of year and number.

    Raises:
        ReleaseError: a line of the log cannot be understood.
    """
    found: dict[str, list[Happening]] = {release: [] for release in _releases(root)}
    for line in _lines(root):
        if line.get("release") in found:
            found[line["release"]].append(_happening(line))
    corrects: dict[str, list[tuple[str, Happening]]] = {}
    for release, happenings in found.items():
        for each in happenings:
            if each.corrected_by is not None:
                corrects.setdefault(each.corrected_by, []).append((release, each))
    return {
        release: Standing(release, _state(happenings), tuple(happenings), tuple(corrects.get(release, ())))
        for release, happenings in found.items()
    }


def standing_of(release: Release) -> Standing:
    """Return where one release stands.

    Raises:
        ReleaseError: a line of the log cannot be understood.
    """
    return standings(release.root).get(release.id, Standing(release.id, State.DRAFT))


def public_release(root: Path) -> Release | None:
    """Return the release that readers see: of the public ones that of the latest year, and the last of that."""
    shown = [each.release for each in standings(root).values() if each.state is State.PUBLIC]
    return Release(root, shown[-1]) if shown else None


def note(root: Path, release: str, act: Act, **more: Any) -> None:
    """Write one line to the log; what is None is left out."""
    from datetime import UTC, datetime

    said = {name: value for name, value in more.items() if value is not None}
    line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "release": release, "event": str(act), **said}
    storage.append_line(root / RELEASES / LOG, json.dumps(line, ensure_ascii=False))


def _state(happenings: Iterable[Happening]) -> State:
    state = State.DRAFT
    for each in happenings:
        if each.event in _ACTS and not (each.event == Act.WITHDRAW and each.cells):
            state = WAY.get((state, Act(each.event)), state)
    return state


def _happening(line: Mapping[str, Any]) -> Happening:
    event = str(line.get("event", ""))
    return Happening(
        str(line.get("at", "")),
        str(Act.WITHDRAW) if event == "withdrawn" else event,  # as it was called before there were acts
        str(line.get("by") or ""),
        dict(line.get("note") or {}),
        line.get("until"),
        line.get("corrected_by"),
        tuple(line.get("cells") or ()),
    )


def _lines(root: Path) -> list[dict[str, Any]]:
    path = root / RELEASES / LOG
    if not path.is_file():
        return []
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except ValueError as error:
        what = message("'{name}' cannot be understood; restore a copy", name=f"{RELEASES}/{LOG}")
        raise ReleaseError("log_damaged", what) from error


def _releases(root: Path) -> list[str]:
    folder = root / RELEASES
    names = (path.parent.name for path in folder.glob(f"*/{MANIFEST}"))
    found = [
        (int(match.group(1)), int(match.group(2)), name) for name in names if (match := RELEASE_ID.fullmatch(name))
    ]
    return [name for _, _, name in sorted(found)]
