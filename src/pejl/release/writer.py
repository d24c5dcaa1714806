"""Writing a release: beside the others, then renamed into place, then pointed at."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from pejl.release import storage
from pejl.release.reader import FORMAT, LOG, MANIFEST, POINTER, RELEASE_ID, RELEASES, Release, ReleaseError
from pejl.text import message

_UNFINISHED = ".unfinished-"


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep the releases of the workspace `root` to this run; clear away what an interrupted run left.

    Raises:
        ReleaseError: another run holds them.
    """
    folder = root / RELEASES
    storage.make_folder(folder)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            what = message("another run is making a release of this workspace; wait until it is done")
            raise ReleaseError("locked", what) from error
        for leftover in folder.glob(f"{_UNFINISHED}*"):
            storage.remove_folder(leftover)
        yield


def next_release_id(root: Path, year: int) -> str:
    """Return the id of the next release made for `year`, such as 2017-r1."""
    folder = root / RELEASES
    found = (RELEASE_ID.fullmatch(path.name) for path in (folder.iterdir() if folder.is_dir() else ()))
    numbers = [int(match.group(2)) for match in found if match and int(match.group(1)) == year]
    return f"{year}-r{max(numbers, default=0) + 1}"


def make_current(root: Path, release_id: str | None) -> None:
    """Make an earlier release the current one again, and note it in the log; with None there is no current one."""
    if release_id is None:
        (root / RELEASES / POINTER).unlink(missing_ok=True)
        return
    _point_at(root, release_id)
    _log(root, release_id, "current", _now())


def _point_at(root: Path, release_id: str) -> None:
    storage.replace_file(root / RELEASES / POINTER, to_json({"release": release_id}))


def _log(root: Path, release_id: str, event: str, at: str) -> None:
    line = json.dumps({"at": at, "release": release_id, "event": event}, ensure_ascii=False)
    storage.append_line(root / RELEASES / LOG, line)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class ReleaseWriter:
    """Collects the files of a release; nothing is seen of it until `finish`.

    Use within `locked` and as a context manager: leaving it without `finish` removes what was written.
    """

    def __init__(self, root: Path, release_id: str) -> None:
        self.root = root
        self.id = release_id
        self._folder = root / RELEASES / f"{_UNFINISHED}{release_id}"
        self._hashes: dict[str, str] = {}
        self._folders: set[Path] = set()
        self._finished = False

    def __enter__(self) -> ReleaseWriter:
        storage.make_folder(self._folder)
        storage.make_folder(self._folder / "internal", storage.PRIVATE)
        storage.make_folder(self._folder / "public")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._finished and self._folder.exists():
            storage.remove_folder(self._folder)

    def add(self, name: str, content: bytes) -> None:
        """Add the file `name`, a path within the release such as `public/status.json`."""
        storage.write_file(self._place(name), content)
        self._hashes[name] = storage.sha256(content)

    def take_over(self, earlier: Release, name: str) -> None:
        """Add the file `name` as it is in an earlier release that has been verified."""
        storage.link_file(earlier.folder / name, self._place(name))
        self._hashes[name] = earlier.manifest["files"][name]

    def discard(self, name: str) -> None:
        """Take a file that was added out again; nothing happens where there is none."""
        if self._hashes.pop(name, None) is not None:
            (self._folder / name).unlink()

    def _place(self, name: str) -> Path:
        path = self._folder / name
        if path.parent not in self._folders:
            storage.make_folder(path.parent, storage.PRIVATE if name.startswith("internal/") else 0o755)
            self._folders.add(path.parent)
        return path

    def add_json(self, name: str, data: Any) -> None:
        """Add a JSON file, readable by people."""
        self.add(name, to_json(data))

    def finish(self, manifest: dict[str, Any]) -> Release:
        """Write the manifest, move the release into its place, and make it the current one."""
        made = _now()
        full = {"format": FORMAT, "release": self.id, "made": made, **manifest, "files": self._hashes}
        storage.write_file(self._folder / MANIFEST, to_json(full))
        storage.flush()
        releases = self.root / RELEASES
        storage.rename(self._folder, releases / self.id)
        self._finished = True
        _point_at(self.root, self.id)
        _log(self.root, self.id, "made", made)
        return Release(self.root, self.id)


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def to_json(data: Any) -> bytes:
    """Return `data` as JSON with real letters, every innermost record on one line.

    The same data always gives the same bytes.
    """
    return (_json_lines(data, "\n") + "\n").encode()


def _json_lines(data: Any, line_break: str) -> str:
    inner = line_break + " "
    if isinstance(data, dict) and any(map(_holds_something, data.values())):
        pairs = (f"{_ENCODER.encode(str(key))}: {_json_lines(value, inner)}" for key, value in data.items())
        return f"{{{inner}{f',{inner}'.join(pairs)}{line_break}}}"
    if isinstance(data, list | tuple) and any(map(_holds_something, data)):
        return f"[{inner}{f',{inner}'.join(_json_lines(value, inner) for value in data)}{line_break}]"
    return _ENCODER.encode(data)


def _holds_something(value: object) -> bool:
    return isinstance(value, dict | list | tuple) and bool(value)
