"""The few ways in which a release touches the disk; everything else goes through here.

A file is written beside its place, flushed to the disk, and renamed over it; so is a folder. Whatever happens in
between, what stood before still stands.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

PRIVATE = 0o700


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def write_file(path: Path, content: bytes) -> None:
    """Write a new file; `flush` sees it to the disk."""
    with path.open("xb") as file:
        file.write(content)


def link_file(source: Path | str, path: Path | str) -> None:
    """Give a file that never changes a second name; copy it where the disk knows no second names.

    A release differs from the one before in a few of its many files: the others need no room, and no time.
    """
    try:
        os.link(source, path)
    except OSError:
        write_file(Path(path), Path(source).read_bytes())


def written_at(path: Path | str) -> int:
    """Return when a file was last written to, in nanoseconds.

    Raises:
        OSError: it is not there.
    """
    return os.stat(path).st_mtime_ns  # noqa: PTH116 - asked of thousands of files; a Path for each is slow


def flush() -> None:
    """See everything written to the disk: one call for many files costs less than one for each."""
    os.sync()


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in the place of whatever `path` was, at once."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    write_file(beside, content)
    flush()
    rename(beside, path)


def rename(source: Path, target: Path) -> None:
    """Rename a file or folder within one folder, and see the folder to the disk."""
    source.rename(target)
    sync_folder(target.parent)


def append_line(path: Path, line: str) -> None:
    """Append one line to a log and see it to the disk."""
    with path.open("ab") as file:
        file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def make_folder(path: Path, mode: int = 0o755) -> None:
    """Make a folder and its parents; `mode` is that of the last one, whatever the process's mask."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(mode)


def remove_folder(path: Path) -> None:
    """Remove a folder and everything in it."""
    shutil.rmtree(path)


def sync_folder(path: Path) -> None:
    """See the names in a folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
