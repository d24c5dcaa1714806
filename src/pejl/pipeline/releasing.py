"""The way out of a release: approved, embargoed, public, corrected, withdrawn, dropped. One function for each act.

Every act looks first at the one table of what may follow what (`release.standing.WAY`), is done under the lock of the
releases, and is noted with who did it. Before a release becomes public it is attacked once more as a stranger would,
for other releases may have become known since it was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pejl.release import Release, ReleaseError, current_release, locked, make_current, open_release
from pejl.release.ledger import note_dropped, read_ledger
from pejl.release.public import PublicCell, PublicRelease
from pejl.release.standing import GONE, STATE_WORDS, WAY, Act, Standing, State, note, standing_of, standings
from pejl.text import Message, message

Note = Mapping[str, str | None]
"""Words in Danish and, as far as given, in English."""


class ActRefusedError(Exception):
    """The act cannot be done; `code` is stable, the message says why, in words for who tried."""

    def __init__(self, code: str, what: Message) -> None:
        super().__init__(what.render("en"))
        self.code = code
        self.what = what


@dataclass(frozen=True, slots=True)
class Corrected:
    """A number that was shown and is another now.

    Attributes:
        indicator: its id.
        period: as text.
        cell: pairs dimension=code, or `total`.
        old: the value that was shown; None where there was none.
        new: the value shown now; None where there is none, or it is withheld.
    """

    indicator: str
    period: str
    cell: str
    old: float | None
    new: float | None

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for the log."""
        return {name: getattr(self, name) for name in ("indicator", "period", "cell", "old", "new")}


def approve(root: Path, release_id: str, by: str, words: Note | None = None) -> Standing:
    """Approve a draft: it may go out.

    Args:
        root: the folder of the workspace.
        release_id: the release.
        by: who approves it: a name or an office.
        words: a note, if there is anything to say.

    Raises:
        ActRefusedError: it is no draft, or nobody is named.
        ReleaseError: there is no such release, or it is damaged.
    """
    with _acting(root, release_id, Act.APPROVE, by) as release:
        release.verify()
        note(root, release_id, Act.APPROVE, by=by.strip(), note=words)
    return standing_of(release)


def embargo(root: Path, release_id: str, by: str, until: date, words: Note | None = None) -> Standing:
    """Hold an approved release back until a day, when the agenda it stands on is public.

    Raises:
        ActRefusedError: it is not approved, or is public already.
        ReleaseError: there is no such release, or it is damaged.
    """
    with _acting(root, release_id, Act.EMBARGO, by) as release:
        note(root, release_id, Act.EMBARGO, by=by.strip(), until=until.isoformat(), note=words)
    return standing_of(release)


def publish(root: Path, release_id: str, by: str, today: date, words: Note | None = None) -> Standing:
    """Make an approved release public.

    Args:
        root: the folder of the workspace.
        release_id: the release.
        by: who does it.
        today: an embargo that ends later is kept.
        words: a note, if there is anything to say.

    Raises:
        ActRefusedError: it is not approved, the embargo is not over, or small numbers in it can be recomputed by now.
        ReleaseError: there is no such release, or it or the ledger is damaged.
    """
    with _acting(root, release_id, Act.PUBLISH, by) as release:
        standing = standing_of(release)
        if standing.state is State.EMBARGOED and standing.until is not None and today < standing.until:
            what = message(
                "release {release} is under embargo until {day}", release=release_id, day=str(standing.until)
            )
            raise ActRefusedError("embargoed", what)
        release.verify()
        _attack(root, release_id)
        note(root, release_id, Act.PUBLISH, by=by.strip(), note=words)
    return standing_of(release)


def correct(root: Path, release_id: str, corrected_by: str, by: str, words: Note) -> tuple[Corrected, ...]:
    """Say that a public release was wrong and which other public one is right; the old values stay readable.

    Args:
        root: the folder of the workspace.
        release_id: the one that was wrong.
        corrected_by: the one that is right; it must be public.
        by: who says so.
        words: what was wrong; readers see it.

    Returns:
        Every number that was shown and is another now.

    Raises:
        ActRefusedError: one of the two is not public, nothing differs, or no reason is given.
        ReleaseError: there is no such release.
    """
    _require_words(words)
    with _acting(root, release_id, Act.CORRECT, by) as release:
        other = open_release(root, corrected_by)
        if standing_of(other).state is not State.PUBLIC:
            what = message("release {release} is not public yet; approve and publish it first", release=corrected_by)
            raise ActRefusedError("not_public", what)
        changed = differences(_public(release), _public(other))
        if not changed:
            what = message(
                "nothing that release {release} shows is another number in {other}",
                release=release_id,
                other=corrected_by,
            )
            raise ActRefusedError("nothing_corrected", what)
        cells = [each.as_dict() for each in changed]
        note(root, release_id, Act.CORRECT, by=by.strip(), note=words, corrected_by=corrected_by, cells=cells)
    return changed


def withdraw_release(root: Path, release_id: str, by: str, words: Note) -> Standing:
    """Take a whole release back: no page of it is shown any more; the ledger keeps its numbers as known.

    Raises:
        ActRefusedError: it is withdrawn already, or no reason is given.
        ReleaseError: there is no such release.
    """
    _require_words(words)
    with _acting(root, release_id, Act.WITHDRAW, by) as release:
        note(root, release_id, Act.WITHDRAW, by=by.strip(), note=words)
    return standing_of(release)


def drop(root: Path, release_id: str, by: str, words: Note, *, unseen: bool) -> Standing:
    """Drop a draft that nobody saw: the ledger counts nothing of it as known, and the next release is free of it.

    What a draft withheld stays withheld in the next release of the same data, since somebody may have seen the draft;
    where that is certain not to be so, more may be shown. The draft's folder stays, as the record of what was made; the
    release before it is the current one again.

    Args:
        root: the folder of the workspace.
        release_id: the draft.
        by: who answers for it.
        words: why, and how it is known that nobody saw it.
        unseen: that nobody saw it, said in so many words.

    Raises:
        ActRefusedError: it is no draft, no reason is given, or it is not said that nobody saw it.
        ReleaseError: there is no such release, or the ledger is damaged.
    """
    if not (words.get("da") or "").strip():
        what = message("say why, and how it is known that nobody saw it: --note TEXT")
        raise ActRefusedError("no_reason", what)
    if not unseen:
        what = message(
            "say that nobody outside saw release {release}: --unseen; if anybody did, withdraw it instead",
            release=release_id,
        )
        raise ActRefusedError("perhaps_seen", what)
    with _acting(root, release_id, Act.DROP, by):
        read_ledger(root)  # a damaged one is not written to
        note_dropped(root, release_id)
        note(root, release_id, Act.DROP, by=by.strip(), note=words)
        current = current_release(root)
        if current is not None and current.id == release_id:
            left = [each.release for each in standings(root).values() if each.state not in GONE]
            make_current(root, left[-1] if left else None)
    return standings(root)[release_id]


def differences(old: PublicRelease, new: PublicRelease) -> tuple[Corrected, ...]:
    """Return every number that the old release shows and the new one shows otherwise, or no longer."""
    found = []
    for indicator in old.indicators:
        now = {_key(cell): cell for cell in new.cells(indicator)} if indicator in new.indicators else {}
        for cell in old.cells(indicator):
            other = now.get(_key(cell))
            value = other.value if other is not None else None
            if cell.value is not None and cell.value != value:
                found.append(Corrected(indicator, cell.period, _name(cell), cell.value, value))
    return tuple(found)


def _key(cell: PublicCell) -> tuple[Any, ...]:
    return cell.period, cell.scope, cell.dimensions


def _name(cell: PublicCell) -> str:
    return " ".join(f"{name}={code}" for name, code in cell.dimensions) or "total"


def _public(release: Release) -> PublicRelease:
    return PublicRelease(release.folder / "public", release.id)


@contextmanager
def _acting(root: Path, release_id: str, act: Act, by: str) -> Iterator[Release]:
    """Hold the releases while an act is done that may follow where the release stands."""
    if not by.strip():
        raise ActRefusedError("nobody_named", message("say who does it: --by NAME"))
    with locked(root):
        release = open_release(root, release_id)
        state = standing_of(release).state
        if (state, act) not in WAY:
            raise ActRefusedError("not_now", _why_not(release_id, state, act))
        yield release


def _why_not(release_id: str, state: State, act: Act) -> Message:
    before = [each for each, wanted in WAY if wanted is act]
    first = before[0] if before else State.DRAFT
    return message(
        "release {release} stands as '{state}'; for this it must stand as '{wanted}'",
        release=release_id,
        state=STATE_WORDS[state],
        wanted=STATE_WORDS[first],
    )


def _require_words(words: Note) -> None:
    if not (words.get("da") or "").strip():
        raise ActRefusedError("no_reason", message("say why, in words readers will see: --note TEXT"))


def _attack(root: Path, release_id: str) -> None:
    from pejl.pipeline.auditing import audit
    from pejl.protect.whole import Outcome

    rows = audit(root, release_id).report.rows
    # What earlier releases gave away to each other cannot be mended by holding this one back.
    if any(row.outcome is Outcome.FOUND and not row.release for row in rows):
        what = message(
            "small numbers in release {release} can be recomputed from what was published since; see pejl audit",
            release=release_id,
        )
        raise ActRefusedError("recomputable", what)


__all__ = [
    "ActRefusedError",
    "Corrected",
    "ReleaseError",
    "approve",
    "correct",
    "differences",
    "drop",
    "embargo",
    "publish",
    "withdraw_release",
]
