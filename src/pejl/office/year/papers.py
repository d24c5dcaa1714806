"""Files of papers: kept in the office's private folder, by the hash of their content, never below the web's root."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from django.conf import settings

from pejl.office.core.refusals import NotNowError
from pejl.office.place import office_folder
from pejl.release import storage
from pejl.text import message

FOLDER = "papers"
MOST_MEGABYTES = 20
MOST_BYTES = MOST_MEGABYTES * 1_000_000

_DIGEST = re.compile(r"[0-9a-f]{64}")
_ZIP = b"PK\x03\x04"
TYPES: Mapping[str, tuple[str, bytes]] = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _ZIP),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _ZIP),
    ".pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", _ZIP),
    ".odt": ("application/vnd.oasis.opendocument.text", _ZIP),
}
"""By the ending of a name the type of the file, and how such a file begins."""


def checked_name(name: str, content: bytes) -> str:
    """Return the name a file is kept under: without folders and signs that mean something to a system.

    Raises:
        NotNowError: it is empty or too large, of a type that is not kept, or not what its name says.
    """
    plain = PurePath(name.replace("\\", "/")).name
    plain = "".join(sign for sign in plain if sign.isprintable() and sign not in '"<>|:*?')[-200:]
    ending = PurePath(plain).suffix.lower()
    if ending not in TYPES:
        known = ", ".join(sorted(TYPES))
        raise NotNowError(message("papers are files that end in {known}; this one does not", known=known))
    if not content:
        raise NotNowError(message("the file is empty"))
    if len(content) > MOST_BYTES:
        raise NotNowError(message("the file is larger than {most} MB", most=MOST_MEGABYTES))
    if not content.startswith(TYPES[ending][1]):
        raise NotNowError(
            message("the file is not what its name says: it does not begin as {ending} files do", ending=ending)
        )
    return plain


def type_of(name: str) -> str:
    """Return the type of a kept file."""
    return TYPES[PurePath(name).suffix.lower()][0]


def keep(content: bytes) -> str:
    """Keep a file, and return the hash by which it is found again."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if not path.is_file():
        storage.replace_file(path, content)
        path.chmod(0o600)
    return digest


def every() -> Iterator[tuple[str, bytes]]:
    """Yield every kept file with its hash, in the order of the hashes."""
    for path in sorted(_path("").iterdir()):
        if _DIGEST.fullmatch(path.name):
            yield path.name, path.read_bytes()


def read(digest: str) -> bytes | None:
    """Return what was kept under a hash; None if it is not there, or is no longer what it was."""
    try:
        content = _path(digest).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == digest else None


def forget(digest: str) -> None:
    """Delete a file that no paper names any more."""
    _path(digest).unlink(missing_ok=True)


def _path(digest: str) -> Path:
    folder = office_folder(Path(settings.PEJL_WORKSPACE)) / FOLDER
    if not folder.is_dir():
        storage.make_folder(folder, storage.PRIVATE)
    return folder / digest
