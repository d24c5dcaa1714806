"""What the readers of answers share: opening a file without quoting it, its separator, whole numbers."""

from __future__ import annotations

import re

from pejl.text import message
from pejl.workspace.problems import Location, Problems

_WHOLE = re.compile(r"(-?[0-9]{1,9})([.,]0{1,12})?")


def decoded(content: bytes, file: str, problems: Problems) -> str | None:
    """Return the file as text; a problem of it says nothing of what stands there."""
    if not content.strip():
        problems.add(
            "no_answers",
            Location(file, 1, 1),
            message("the file is empty"),
            message("Export the answers again; if nobody answered, delete the file."),
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
        problems.add(
            "not_utf8",
            Location(file, content[: error.start].count(b"\n") + 1),
            message("the file is not in UTF-8; it may be in Latin-1 or Windows-1252"),
            message("Save it again as UTF-8."),
        )
        return None


def delimiter_of(text: str) -> str:
    """Return the sign between values: that of comma, semicolon and tab which the first line has most of."""
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    return max(",;\t", key=first.count)


def whole(text: str) -> int | None:
    """Return the whole number written, also with decimals that are 0; None where there is none."""
    match = _WHOLE.fullmatch(text)
    return int(match.group(1)) if match else None
