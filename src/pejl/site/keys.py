"""What each frozen file was made from, so that only what changed is written again.

The key of a file is a hash over the code and the look that made it, how its release stands, and every part of the
release that was read for it. The list of all files with their keys stands in the frozen folder itself.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pejl.site.assets import Assets
    from pejl.site.edition import Edition

LIST = ".pejl-site.json"
FORMAT = 1
_MADE_WITH = ("babel", "duckdb", "jinja2", "markupsafe", "python-docx", "typst")
_SOURCES = ("*.py", "*.html", "*.mo", "*.typ", "*.ttf")


@dataclass(frozen=True, slots=True)
class Made:
    """One file, or a folder of files made in one go.

    Attributes:
        key: what it was made from.
        parts: the parts of the release that were read.
        files: the SHA-256 of each file, by its path from the root of the site.
    """

    key: str
    parts: tuple[str, ...]
    files: Mapping[str, str]


@dataclass(slots=True)
class FileList:
    """Everything in a frozen folder, by what it was made as."""

    made: dict[str, Made] = field(default_factory=dict)

    def files(self) -> set[str]:
        """Return the path of every file, the list itself included."""
        return {LIST} | {file for made in self.made.values() for file in made.files}

    def as_bytes(self) -> bytes:
        """Return the list as it is kept; parts are named once and numbered."""
        parts = sorted({part for made in self.made.values() for part in made.parts})
        number = {part: place for place, part in enumerate(parts)}
        made = {
            name: [each.key, sorted(number[part] for part in each.parts), dict(sorted(each.files.items()))]
            for name, each in sorted(self.made.items())
        }
        plain = {"format": FORMAT, "parts": parts, "made": made}
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def read(cls, folder: Path) -> FileList | None:
        """Return the list of a folder; None if it has none, or one that cannot be understood."""
        try:
            plain: dict[str, Any] = json.loads((folder / LIST).read_bytes())
            if plain["format"] != FORMAT:
                return None
            parts = plain["parts"]
            made = {
                name: Made(key, tuple(parts[place] for place in places), files)
                for name, (key, places, files) in plain["made"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return None
        found = cls(made)
        # A list that names anything outside the folder is none of ours.
        return None if any(file.startswith("/") or ".." in file.split("/") for file in found.files()) else found


@cache
def code_key() -> str:
    """Return a hash over everything of ours that makes files, and the versions of what it is made with."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256(platform.python_version().encode())
    for file in sorted(path for pattern in _SOURCES for path in root.rglob(pattern)):
        digest.update(file.relative_to(root).as_posix().encode())
        digest.update(file.read_bytes())
    for name in _MADE_WITH:
        digest.update(f"{name} {importlib.metadata.version(name)}".encode())
    return digest.hexdigest()


class Keys:
    """Makes the keys of the files of one edition.

    Args:
        edition: whose release they are made from; its parts are known.
        assets: the look, whose names stand in every page.
    """

    def __init__(self, edition: Edition, assets: Assets) -> None:
        self._notes = edition.release.notes
        base = edition.base
        standing = (base.path, base.origin, edition.prefix or "", *edition.shown.told, *edition.languages)
        look = (*sorted(assets.files), assets.icons)
        self._common = hashlib.sha256("\n".join((code_key(), *standing, *look)).encode()).digest()
        self._line = cache(self._told)

    def key(self, parts: Iterable[str]) -> str:
        """Return the key of what was made from these parts."""
        return hashlib.sha256(b"".join((self._common, *map(self._line, sorted(parts))))).hexdigest()[:32]

    def _told(self, part: str) -> bytes:
        return f"{part}={self._notes.digest(part)}\n".encode()
