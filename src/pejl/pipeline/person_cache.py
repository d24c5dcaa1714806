"""What is computed per person, and kept between runs: outside the workspace, readable by its owner only.

It may be deleted at any time (`pejl purge`); what cannot be understood in it is computed anew.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pejl.release.caching import cache_folder
from pejl.workspace.model import Workspace

if TYPE_CHECKING:
    from pejl.measure.cube import Counted

PRIVATE = 0o700


def persons_folder(workspace: Workspace) -> Path:
    """Return the folder of the cache for what is computed per person of this workspace; it is made if need be."""
    folder = _place(workspace.root)
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
    folder.chmod(PRIVATE)
    return folder


def purge(root: Path) -> bool:
    """Delete everything kept per person of the workspace in `root`; tell whether there was anything."""
    folder = _place(root)
    found = folder.is_dir()
    if found:
        shutil.rmtree(folder)
    return found


def _place(root: Path) -> Path:
    return cache_folder() / "persons" / sha256(str(root.resolve()).encode()).hexdigest()[:16]


def kept_protection(workspace: Workspace) -> KeptProtection:
    """Return what keeps the protection of tables: they are what few people are in, so it lies with what is personal."""
    from pejl.pipeline.code import code_hash

    return KeptProtection(persons_folder(workspace), code_hash())


class KeptProtection:
    """What came out of protecting tables that hang together, by all it rests on and the software, in files."""

    def __init__(self, folder: Path, software: str) -> None:
        self.folder = folder / "protection"
        self.software = software

    def get(self, key: str) -> Any:
        """Return the plain data kept under `key`, or None."""
        try:
            return json.loads(gzip.decompress(self._path(key).read_bytes()))
        except (OSError, ValueError, EOFError):
            return None

    def put(self, key: str, value: Any) -> None:
        """Keep plain data; a cache that cannot be written is no reason to stop."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
            path = self._path(key)
            beside = path.with_suffix(f".{os.getpid()}.new")
            beside.write_bytes(gzip.compress(json.dumps(value).encode(), compresslevel=1, mtime=0))
            beside.replace(path)
        except OSError:
            return

    def _path(self, key: str) -> Path:
        return self.folder / f"{sha256(f'{self.software} {key}'.encode()).hexdigest()}.json.gz"


class KeptCells:
    """The cells of indicators by their keys, in files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "cells"

    def get(self, key: str) -> Counted | None:
        """Return the cells kept under `key`, or None."""
        from pejl.measure.cube import from_record

        try:
            return from_record(json.loads(self._path(key).read_bytes()))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, counted: Counted) -> None:
        """Keep cells; a cache that cannot be written is no reason to stop."""
        from pejl.measure.cube import to_record

        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
            path = self._path(key)
            beside = path.with_suffix(f".{os.getpid()}.new")
            beside.write_text(json.dumps(to_record(counted)), encoding="utf-8")
            beside.replace(path)
        except OSError:
            return

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"
