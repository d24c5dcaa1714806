"""The folder of a frozen site: written beside, then swapped in at once; nothing of anybody else's is ever removed."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pejl.release import storage
from pejl.site.keys import LIST, FileList
from pejl.text import Message, message

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NAMED = 5


class FolderRefusedError(Exception):
    """The folder cannot be written to; the message says why and what to do."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.render("en"))
        self.what = what


class FrozenFolder:
    """Where a site is frozen to.

    Args:
        target: the folder; need not be there.
    """

    def __init__(self, target: Path) -> None:
        self.target = target.resolve()
        self.beside = self.target.with_name(f".{self.target.name}.new")
        self._aside = self.target.with_name(f".{self.target.name}.old")
        self._there: Collection[str] = ()

    def known(self) -> FileList | None:
        """Return what stands in the folder, as we wrote it; None if it is empty or not there.

        Raises:
            FolderRefusedError: it holds anything that we did not write.
        """
        if not self.target.exists():
            if self._aside.is_dir():  # killed between two renames, where a disk cannot exchange two folders
                storage.rename(self._aside, self.target)
            else:
                return None
        if not self.target.is_dir():
            raise FolderRefusedError(message("'{folder}' is not a folder", folder=self.target))
        there = _everything_in(self.target)
        if not there:
            return None
        known = FileList.read(self.target)
        if known is None:
            what = message(
                "'{folder}' is not empty, and not a site made by pejl; choose a folder that is empty or not there",
                folder=self.target,
            )
            raise FolderRefusedError(what)
        self._there = there
        strange = sorted(there - known.files())
        if strange:
            what = message(
                "'{folder}' holds files that pejl did not write, and they would be lost: {files}; move them away",
                folder=self.target,
                files=", ".join(strange[:_NAMED]) + (" …" if len(strange) > _NAMED else ""),
            )
            raise FolderRefusedError(what)
        return known

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Give the empty folder to write into; leaving it without an error swaps it in.

        Raises:
            FolderRefusedError: another run is writing to the same folder.
        """
        self.beside.mkdir(parents=True, exist_ok=True)
        held = os.open(self.beside, os.O_RDONLY)
        try:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                what = message("another run is writing to '{folder}'; wait until it is done", folder=self.target)
                raise FolderRefusedError(what) from error
            _clear(self.beside)
            try:
                yield self.beside
                storage.flush()
                self._swap()
                _remove(self.beside, self._there)
            finally:
                shutil.rmtree(self.beside, ignore_errors=True)
        finally:
            os.close(held)

    def _swap(self) -> None:
        """Put the new folder in the place of the old one: in one step where the disk can do that."""
        if not self.target.exists():
            storage.rename(self.beside, self.target)
            return
        try:
            exchange(self.beside, self.target)
        except OSError as error:
            if error.errno not in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
                raise
            shutil.rmtree(self._aside, ignore_errors=True)
            storage.rename(self.target, self._aside)
            storage.rename(self.beside, self.target)
            shutil.rmtree(self._aside)
        storage.sync_folder(self.target.parent)


def exchange(one: Path, other: Path) -> None:
    """Let two folders change names in one step (renameat2 with RENAME_EXCHANGE, Linux).

    Raises:
        OSError: with ENOSYS, EINVAL or ENOTSUP where this cannot be done.
    """
    library = ctypes.CDLL(None, use_errno=True)
    rename = getattr(library, "renameat2", None)
    if rename is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(other))
    failed = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE))
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(other))


def _everything_in(folder: Path) -> set[str]:
    """Return every path below a folder that is no folder itself."""
    found: set[str] = set()
    below = [""]
    while below:
        start = below.pop()
        with os.scandir(folder / start) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    below.append(f"{start}{entry.name}/")
                else:
                    found.add(start + entry.name)
    return found


def _remove(folder: Path, files: Collection[str]) -> None:
    """Remove these files and the folders they are in, in half the time that finding them again takes.

    What else is there stays.
    """
    folders = set()
    with suppress(OSError):
        for file in files:
            os.unlink(f"{folder}/{file}")  # noqa: PTH108 - thousands of files; a Path for each is slow
            folders |= {file[: at + 1] for at, letter in enumerate(file) if letter == "/"}
        for below in sorted(folders, reverse=True):
            os.rmdir(f"{folder}/{below}")  # noqa: PTH106 - as above


def _is_real_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        if _is_real_folder(path):
            shutil.rmtree(path)
        else:
            path.unlink()


__all__ = ["LIST", "FolderRefusedError", "FrozenFolder", "exchange"]
