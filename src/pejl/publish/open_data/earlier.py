"""What an earlier folder of open data holds, and what each of its files was made from.

The list stands in the folder itself. It says of each indicator the key it was made from, how far its figures reach, the
size and hash of its files, and where its lines stand in the files with every figure. A file is taken over only if it is
still what the list says; a folder without a list, or with one that cannot be understood, gives nothing.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from pejl.publish.open_data.described import Extent
from pejl.publish.open_data.folders import Written
from pejl.publish.open_data.json_texts import dumped, with_lines
from pejl.release import storage

LIST = ".made-from.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of an indicator in a file with every figure: where they begin, how long they are, their CRC-32."""

    start: int
    size: int
    checksum: int


@dataclass(frozen=True, slots=True)
class Made:
    """The files of an indicator.

    Attributes:
        key: what they were made from.
        extent: how far its figures reach.
        files: in the order they are written.
        pieces: its lines in each file with every figure, by the file's path.
    """

    key: str
    extent: Extent
    files: tuple[Written, ...]
    pieces: Mapping[str, Piece]


@dataclass(slots=True)
class FolderList:
    """All of a folder that may be taken over.

    Attributes:
        dimensions: those that the files with every figure have columns for.
        parquet: the CRC-32 of the Parquet file with every figure; None where there is none.
        made: by indicator, in the order of the alphabet.
    """

    dimensions: tuple[str, ...] = ()
    parquet: int | None = None
    made: dict[str, Made] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        """Return the list as it is kept, one indicator on a line."""
        head = {"format": FORMAT, "dimensions": self.dimensions, "parquet": self.parquet}
        lines = [
            dumped(
                [
                    indicator,
                    each.key,
                    each.extent.as_dict(),
                    [[file.path, file.size, file.sha256, file.checksum] for file in each.files],
                    {path: [piece.start, piece.size, piece.checksum] for path, piece in each.pieces.items()},
                ]
            )
            for indicator, each in self.made.items()
        ]
        return with_lines(head, "made", lines)

    @classmethod
    def read(cls, folder: Path) -> FolderList:
        """Return the list of a folder; an empty one if it has none, or one that cannot be understood."""
        try:
            plain: dict[str, Any] = json.loads((folder / LIST).read_bytes())
            if plain["format"] != FORMAT:
                return cls()
            made = {
                indicator: Made(
                    key,
                    Extent.from_dict(extent),
                    tuple(Written(*file) for file in files),
                    {path: Piece(*piece) for path, piece in pieces.items()},
                )
                for indicator, key, extent, files, pieces in plain["made"]
            }
            return cls(tuple(plain["dimensions"]), plain["parquet"], made)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()


class Earlier:
    """An earlier folder, or none.

    Args:
        folder: where it stands; None where there is none.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder if folder is not None else Path()
        self.list = FolderList.read(folder) if folder is not None else FolderList()
        self._listed_at = storage.written_at(self.folder / LIST) if self.list.made else 0

    def found(self, indicator: str, key: str, paths: Sequence[str]) -> Made | None:
        """Return the files of an indicator that were made from the same and that nobody touched; else None."""
        made = self.list.made.get(indicator)
        if made is None or made.key != key or [file.path for file in made.files] != list(paths):
            return None
        return made if all(self._is_still(file.path, file.checksum) for file in made.files) else None

    def has_parquet(self, path: str) -> bool:
        """Return whether the Parquet file with every figure is still what it was."""
        return self._is_still(path, self.list.parquet)

    def read(self, path: str, pieces: Mapping[str, Piece]) -> tuple[bytes, int] | None:
        """Return the lines of an indicator in a file with every figure, with their CRC-32; None if they are not there.

        Args:
            path: of the file.
            pieces: of the indicator.
        """
        piece = pieces.get(path)
        if piece is None:
            return None
        try:
            file = os.open(f"{self.folder}/{path}", os.O_RDONLY)
            try:
                content = os.pread(file, piece.size, piece.start)
            finally:
                os.close(file)
        except OSError:
            return None
        return (content, piece.checksum) if zlib.crc32(content) == piece.checksum else None

    def runs(self, indicators: Sequence[str]) -> list[list[str]]:
        """Return indicators that stand in the list, cut wherever another stands between two of them."""
        place = {indicator: at for at, indicator in enumerate(self.list.made)}
        found: list[list[str]] = [[each] for each in indicators[:1]]
        for one, other in pairwise(indicators):
            if place[other] == place[one] + 1:
                found[-1].append(other)
            else:
                found.append([other])
        return found

    def _is_still(self, path: str, checksum: int | None) -> bool:
        """Tell whether a file is what the list says; what was last written to before the list was is not read again."""
        file = f"{self.folder}/{path}"
        try:
            if checksum is None or storage.written_at(file) < self._listed_at:
                return checksum is not None
            return zlib.crc32(Path(file).read_bytes()) == checksum
        except OSError:
            return False
