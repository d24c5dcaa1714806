"""Reading releases back, from their own folders alone."""

from __future__ import annotations

import json
import re
from functools import cached_property
from pathlib import Path
from typing import Any

from pejl.release import storage
from pejl.text import Message, message

RELEASES = "releases"
POINTER = "current.json"
LOG = "log.jsonl"
MANIFEST = "manifest.json"
FORMAT = 1
RELEASE_ID = re.compile(r"(\d{4})-r([1-9]\d*)")


class ReleaseError(Exception):
    """A release cannot be read or made; `code` is stable, the message says what to do."""

    def __init__(self, code: str, what: Message) -> None:
        super().__init__(what.render("en"))
        self.code = code
        self.what = what


class Release:
    """A finished release. Everything shown to readers comes from its `public` folder."""

    def __init__(self, root: Path, release_id: str) -> None:
        self.root = root
        self.id = release_id
        self.folder = root / RELEASES / release_id

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest: hashes of the workspace's files and the release's own, software, time."""
        manifest = self._json(MANIFEST)
        if manifest.get("format") != FORMAT:
            raise ReleaseError(
                "other_format",
                message("release {release} was made by another version of Pejl; run pejl measure", release=self.id),
            )
        return manifest

    @cached_property
    def status(self) -> dict[str, Any]:
        """The judged goals, as `pejl status --format json` shows them, with the footnote."""
        return self._json("public/status.json")

    @cached_property
    def workspace(self) -> dict[str, Any]:
        """Whose release this is, its notice and languages."""
        return self._json("public/workspace.json")

    def indicator(self, indicator: str) -> dict[str, Any] | None:
        """The definition of an indicator as it was, with its totals; None if the release has none such."""
        name = f"public/indicators/{indicator}.json"
        return self._json(name) if name in self.manifest["files"] else None

    def read(self, name: str) -> bytes:
        """Return the content of one file of the release, verified against the manifest.

        Raises:
            ReleaseError: the file is missing or was changed.
        """
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            raise self._damaged(name) from error
        if name != MANIFEST and self.manifest["files"].get(name) != storage.sha256(content):
            raise self._damaged(name)
        return content

    def verify(self) -> None:
        """Read every file and hold it against the manifest.

        Raises:
            ReleaseError: one is missing or was changed.
        """
        for name in self.manifest["files"]:
            self.read(name)

    def _damaged(self, name: str) -> ReleaseError:
        what = message(
            "release {release} is damaged: '{name}' is missing or not what was written; run pejl measure",
            release=self.id,
            name=name,
        )
        return ReleaseError("damaged", what)

    def _json(self, name: str) -> dict[str, Any]:
        try:
            data: dict[str, Any] = json.loads(self.read(name))
        except ValueError as error:
            raise self._damaged(name) from error
        return data


def current_release(root: Path) -> Release | None:
    """Return the current release of the workspace in `root`, or None before the first.

    Raises:
        ReleaseError: the pointer cannot be understood, or what it names is not there.
    """
    pointer = root / RELEASES / POINTER
    if not pointer.is_file():
        return None
    try:
        release_id = str(json.loads(pointer.read_bytes())["release"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = message("'{name}' cannot be understood; run pejl measure", name=f"{RELEASES}/{POINTER}")
        raise ReleaseError("damaged", what) from error
    return open_release(root, release_id)


def open_release(root: Path, release_id: str) -> Release:
    """Return the release `release_id`.

    Raises:
        ReleaseError: there is none.
    """
    folder = root / RELEASES / release_id
    if "/" in release_id or not (folder / MANIFEST).is_file():
        what = message("there is no release '{release}'; run pejl measure", release=release_id)
        raise ReleaseError("no_such_release", what)
    return Release(root, release_id)


def releases_for(root: Path, year: int) -> list[Release]:
    """Return the releases made for `year`, the latest first."""
    found = ((RELEASE_ID.fullmatch(path.name), path.name) for path in (root / RELEASES).iterdir())
    numbered = [(int(match.group(2)), name) for match, name in found if match and int(match.group(1)) == year]
    return [Release(root, name) for _, name in sorted(numbered, reverse=True)]
