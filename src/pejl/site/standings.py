"""Which releases of a workspace the site shows, and how each of them stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pejl.release import Release, ReleaseError, current_release, open_release
from pejl.release.standing import SHOWN, Act, Happening, Standing, State, public_release, standings
from pejl.text import message


@dataclass(frozen=True, slots=True)
class Shown:
    """A release to show.

    Attributes:
        folder: its public folder.
        id: such as 2017-r1.
        year: it was made for.
        made: when it was made, ISO 8601 with offset.
        standing: where it stands, and what has happened to it.
        address: where the workspace says that the site stands; None if it does not say.
    """

    folder: Path
    id: str
    year: int
    made: str
    standing: Standing
    address: str | None = None

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.standing.state

    @property
    def correction(self) -> Happening | None:
        """How it was corrected by a later release; None if it was not."""
        return self.standing.last(Act.CORRECT) if self.state is State.CORRECTED else None

    @property
    def told(self) -> tuple[str, ...]:
        """What every page says of the standing."""
        correction = self.correction
        noted = () if correction is None else (str(correction.corrected_by), repr(sorted(correction.note.items())))
        return (str(self.state), str(self.standing.until), *noted)

    @property
    def since(self) -> str:
        """When readers could first see it; when it was made, as long as it is not public."""
        published = self.standing.last(Act.PUBLISH)
        return published.at if published is not None else self.made


@dataclass(frozen=True, slots=True)
class Releases:
    """What the site shows of a workspace.

    Attributes:
        first: the release that is shown first.
        others: every other one that is public or corrected, the latest first.
        standings: where each release stands, the withdrawn ones too.
    """

    first: Shown
    others: tuple[Shown, ...] = ()
    standings: tuple[Standing, ...] = field(default=())

    @property
    def shown(self) -> tuple[Shown, ...]:
        """All that can be seen, the one shown first at the head."""
        return (self.first, *self.others)

    def before(self, shown: Shown) -> Shown | None:
        """Return what readers saw for the year before a release: the last one shown of an earlier year."""
        return next((each for each in self.others if each.year < shown.year), None)


def releases_to_serve(root: Path, release_id: str | None = None) -> Releases:
    """Return what to show on this machine: the release `release_id` first, the current one if not given.

    Raises:
        ReleaseError: there is none such, it was withdrawn, or it is damaged.
    """
    return _releases(root, open_release(root, release_id) if release_id is not None else current_release(root))


def releases_to_publish(root: Path, release_id: str | None = None) -> Releases:
    """Return what to freeze: the release `release_id` first, the public one if not given.

    As long as there is no public one, it is the current one, as the draft it is.

    Raises:
        ReleaseError: there is none such, it was withdrawn, or it is damaged.
    """
    if release_id is not None:
        return _releases(root, open_release(root, release_id))
    return _releases(root, public_release(root) or current_release(root))


def _releases(root: Path, first: Release | None) -> Releases:
    if first is None:
        raise ReleaseError("no_release", message("there is no release yet: run pejl measure {folder}", folder=root))
    found = standings(root)
    state = found[first.id].state
    if state is State.WITHDRAWN:
        raise ReleaseError("withdrawn", message("release {release} was withdrawn; choose another", release=first.id))
    if state is State.DROPPED:
        raise ReleaseError("dropped", message("release {release} was dropped; choose another", release=first.id))
    others = [each for each in reversed(found.values()) if each.state in SHOWN and each.release != first.id]
    return Releases(
        _shown(first, found[first.id]),
        tuple(_shown(open_release(root, each.release), each) for each in others),
        tuple(found.values()),
    )


def _shown(release: Release, standing: Standing) -> Shown:
    """Return a release to show, each of whose public files is what was written."""
    for name in release.manifest["files"]:
        if name.startswith("public/"):
            release.read(name)
    site = release.workspace.get("site") or {}
    manifest = release.manifest
    return Shown(
        release.folder / "public", release.id, manifest["year"], manifest["made"], standing, site.get("address")
    )


def release_year(release_id: str) -> int:
    """Return the year a release was made for, from its id."""
    return release_order(release_id)[0]


def release_order(release_id: str) -> tuple[int, int]:
    """Return what releases are sorted by: year and number."""
    year, _, number = release_id.partition("-r")
    return int(year), int(number)
