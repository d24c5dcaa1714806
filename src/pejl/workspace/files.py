"""Opening the files of a workspace: text, in UTF-8, of a size one can read; or one clear sentence why not."""

from __future__ import annotations

from pathlib import Path

from pejl.text import message
from pejl.workspace.problems import Location, Problems

MAX_DEFINITION_BYTES = 5_000_000
MAX_FIGURES_BYTES = 150_000_000


def printable(name: str) -> str:
    """Return the name of a file with a sign in place of what is not UTF-8; such a name cannot be printed."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def read_bytes(path: Path, file: str, limit: int, problems: Problems) -> bytes | None:
    """Return the content of `path`, or None with the problem noted: not a file, too large, not readable."""
    where = Location(file)
    try:
        if not path.is_file():
            kind = message("a folder") if path.is_dir() else message("no ordinary file")
            problems.add(
                "not_a_file",
                where,
                message("a file is expected here, but this is {kind}", kind=kind),
                message("Rename or move it."),
            )
            return None
        size = path.stat().st_size
        if size > limit:
            problems.add(
                "too_large",
                where,
                message(
                    "the file is {size} MB; at most {limit} MB are read",
                    size=size // 1_000_000,
                    limit=limit // 1_000_000,
                ),
                message("Split it, or move what does not belong here."),
            )
            return None
        return path.read_bytes()
    except OSError as error:
        problems.add(
            "unreadable",
            where,
            message("the file cannot be read: {reason}", reason=error.strerror or "unknown"),
            message("Check that it is there and that you may read it."),
        )
        return None


def decode(content: bytes, file: str, problems: Problems) -> str | None:
    """Return `content` as text, or None with the problem noted: empty, binary, not UTF-8."""
    if not content.strip():
        problems.add(
            "empty_file",
            Location(file, 1, 1),
            message("the file is empty"),
            message("Write a declaration, or delete the file."),
        )
        return None
    if b"\x00" in content:
        problems.add(
            "binary_file",
            Location(file),
            message("this is not a text file"),
            message("Move it away, or save it as plain text in UTF-8."),
        )
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode("utf-8", "replace")) + 1
        problems.add(
            "not_utf8",
            Location(file, before.count(b"\n") + 1, column),
            message("the file is not in UTF-8; it may be in Latin-1 or Windows-1252"),
            message("Save it again as UTF-8."),
            value=f"0x{content[error.start]:02X}",
        )
        return None
