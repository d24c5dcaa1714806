"""The folder that is written into, file by file, with size and hash of each."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from pejl.release import storage


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it stands in the folder.

    Attributes:
        path: from the folder.
        size: in bytes.
        sha256: in hexadecimal.
        checksum: its CRC-32, which tells in half the time whether it is still what was written; None where nobody asks.
        kept: it was taken over from an earlier folder as it was.
    """

    path: str
    size: int
    sha256: str
    checksum: int | None
    kept: bool = False


class Growing:
    """A file too large to be held at once, written part by part."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._size = 0

    def add(self, part: bytes) -> None:
        """Write `part` after what is there."""
        self._digest.update(part)
        self._size += self._file.write(part)

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self._size

    def written(self, path: str) -> Written:
        """Return what is there as the file `path`."""
        return Written(path, self._size, self._digest.hexdigest(), None)


class Folder:
    """A folder, and what has been written into it.

    A file that is there already is never written into, for it may be the same as one in another folder: a new one takes
    its place.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written: dict[str, Written] = {}
        self._empty = not root.exists() or next(root.iterdir(), None) is None
        self._made: set[str] = set()

    def put(self, path: str, content: bytes) -> None:
        """Write a file."""
        storage.write_file(self.place(path), content)
        self.written[path] = _written(path, content)

    def keep(self, source: Path, file: Written) -> None:
        """Give a file of another folder, which is never written into, a place in this one too."""
        storage.link_file(source, self.place(file.path))
        self.written[file.path] = replace(file, kept=True)

    @contextmanager
    def growing(self, path: str) -> Iterator[Growing]:
        """Give a file that is written part by part."""
        with self.place(path).open("xb") as file:
            growing = Growing(file)
            yield growing
        self.written[path] = growing.written(path)

    def note(self, path: str) -> None:
        """Take note of a file that somebody else has written."""
        self.written[path] = _written(path, (self.root / path).read_bytes())

    def place(self, path: str) -> Path:
        """Return where a file is to be written; nothing is there."""
        file = self.root / path
        parent = path.rpartition("/")[0]
        if parent not in self._made:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(parent)
        if not self._empty:
            file.unlink(missing_ok=True)
        return file


def _written(path: str, content: bytes) -> Written:
    return Written(path, len(content), storage.sha256(content), zlib.crc32(content))
