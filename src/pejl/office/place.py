"""Where the office keeps what is its own: a private folder of the workspace, outside its history."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pejl.release import storage

FOLDER = "office"
DATABASE_FILE = "office.sqlite3"
_SECRET_FILE = "secret"  # noqa: S105 - the name of a file


def office_folder(root: Path) -> Path:
    """Return the private folder of a workspace's office; it is made when it is first asked for."""
    folder = root / FOLDER
    if not folder.is_dir():
        storage.make_folder(folder, storage.PRIVATE)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    return folder


def secret_key(root: Path) -> str:
    """Return the key that signs sessions; one is made when it is first asked for."""
    path = office_folder(root) / _SECRET_FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


def database_file(root: Path) -> Path:
    """Return the SQLite file of a workspace's office; nobody but its owner can read it."""
    path = office_folder(root) / DATABASE_FILE
    path.touch(mode=0o600)
    return path
