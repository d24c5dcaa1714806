"""Styles, scripts, fonts and icons, each under a name with the hash of its content: such a file never changes.

`static/` is built from the design system by `make assets` and is part of every wheel; `own/` is ours.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath

from markupsafe import Markup

from pejl.text import Message, message

HERE = Path(__file__).parent
BUILT = HERE / "static"
OWN = HERE / "own"
FOLDER = "static/"
_URL = re.compile(r"url\(([^)]+)\)")
_SPRITE = "icons.svg"


class AssetsMissingError(Exception):
    """The design system's files are not there: the installation is incomplete."""

    def __init__(self) -> None:
        self.what: Message = message("the design system's files are missing: run make assets, or install pejl again")
        super().__init__(self.what.render("en"))


class Assets:
    """The files of the site's look.

    Attributes:
        files: content by hashed path, such as `static/css/dkfds.0a1b2c3d4e.css`.
        icons: the icons as one drawing to stand in each page.
    """

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        plain = {name: content for name, content in contents.items() if name != _SPRITE}
        self._paths: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        for name in sorted(plain, key=lambda name: (name.endswith(".css"), name)):  # styles name the others
            content = self._linked(name, plain[name]) if name.endswith(".css") else plain[name]
            self._paths[name] = FOLDER + _hashed(name, content)
            self.files[self._paths[name]] = content
        self.icons = Markup(contents[_SPRITE].decode())  # noqa: S704 - built by us from the design system's icons

    def path(self, name: str) -> str:
        """Return the hashed path of a file, from the root of the site.

        Raises:
            KeyError: there is no such file.
        """
        return self._paths[name]

    def _linked(self, name: str, content: bytes) -> bytes:
        """Return a style sheet with the hashed names of what it names."""
        folder = PurePosixPath(name).parent

        def target(found: re.Match[str]) -> str:
            given = found.group(1).strip("\"'")
            if given.startswith("data:"):
                return found.group(0)
            parts: list[str] = []
            for part in (folder / given).parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            up = "../" * len(folder.parts)
            return f"url({up}{self._paths['/'.join(parts)].removeprefix(FOLDER)})"

        return _URL.sub(target, content.decode()).encode()


def _hashed(name: str, content: bytes) -> str:
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"))


@cache
def load_assets(*more: Path) -> Assets:
    """Return the files of the site's look.

    Args:
        more: further folders, such as the office's own styles.

    Raises:
        AssetsMissingError: they were not built.
    """
    if not (BUILT / _SPRITE).is_file():
        raise AssetsMissingError
    return Assets(
        {
            path.relative_to(root).as_posix(): path.read_bytes()
            for root in (BUILT, OWN, *more)
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }
    )


def write_served(*more: Path) -> Path:
    """Write the files where WhiteNoise can serve them from, and return that folder; done once for one look.

    Args:
        more: as for `load_assets`.

    Raises:
        AssetsMissingError: they were not built.
    """
    from pejl.release.caching import cache_folder

    assets = load_assets(*more)
    key = hashlib.sha256("\n".join(sorted(assets.files)).encode()).hexdigest()[:16]
    target = cache_folder() / "site" / key
    if not target.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{key}.", dir=target.parent))
        for name, content in assets.files.items():
            file = beside / name.removeprefix(FOLDER)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        try:
            beside.rename(target)
        except OSError:  # another process was faster
            shutil.rmtree(beside)
    return target
