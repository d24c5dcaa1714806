"""The site as it is served: what the workspace shows now, and nothing that is older."""

from __future__ import annotations

import mimetypes
import shutil
import tempfile
import weakref
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import RLock

from pejl.release.reader import LOG, POINTER, RELEASES
from pejl.site.addresses import Base
from pejl.site.edition import Edition, FileLine
from pejl.site.extras import extras, file_lines, write_extras
from pejl.site.publication import Publication
from pejl.site.standings import releases_to_serve


@dataclass(frozen=True, slots=True)
class Served:
    """A file as it is handed out."""

    content: bytes
    type: str


class Live:
    """Serves a workspace; a new release, or a new standing of one, is seen at the next page.

    Args:
        root: the workspace.
        base_url: where the site stands.
        release_id: another release than the current one.
    """

    def __init__(self, root: Path, base_url: str = "/", release_id: str | None = None) -> None:
        self.root = root
        self.base = Base.parse(base_url)
        self._base_url = base_url
        self._release_id = release_id
        self._lock = RLock()
        self._seen: tuple[bytes, ...] | None = None
        self._publication: Publication | None = None
        self._extras: _Folder | None = None

    @property
    def publication(self) -> Publication:
        """What is shown now.

        Raises:
            ReleaseError: there is no release, or none of this id.
        """
        with self._lock:
            now = tuple(_content(self.root / RELEASES / name) for name in (POINTER, LOG))
            if self._publication is None or now != self._seen:
                releases = releases_to_serve(self.root, self._release_id)
                self._publication = Publication(releases, Base.parse(self._base_url, releases.first.address))
                self._seen = now
                self._extras = None
                for edition in self._publication.editions:
                    edition.know_files(partial(self._files, edition))
            return self._publication

    def has(self, path: str) -> bool:
        """Tell whether a page stands at a path from the root of the site."""
        return self.publication.find(path) is not None

    def read(self, path: str) -> Served | None:
        """Return what stands at a path from the root of the site; None if nothing does."""
        with self._lock:
            output = self.publication.find(path)
            if output is not None:
                return Served(output.make(), output.type)
            return self._extra(path)

    def _extra(self, path: str) -> Served | None:
        """Return a file of open data or a paper."""
        if not any(path.startswith(extra.folder) for extra in extras(self.publication)):
            return None
        root = self._written()
        file = (root / path).resolve()
        if not file.is_relative_to(root) or not file.is_file():
            return None
        return Served(file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream")

    def _files(self, edition: Edition) -> tuple[FileLine, ...]:
        return file_lines(edition, self._written())

    def _written(self) -> Path:
        """Return the folder with open data and papers; all of them are made when the first is asked for."""
        if self._extras is None:
            self._extras = _Folder()
            write_extras(self.publication, self._extras.path)
        return self._extras.path


class _Folder:
    """A folder that goes when nobody has it any more, and at the latest with the process."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="pejl-served-")).resolve()
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
