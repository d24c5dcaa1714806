"""The administration's remarks: why a goal stands where it stands, and what is done now. Text files with a head.

    ---
    goal: homeless
    year: 2025
    language: da
    author: Center for Udsatte
    approved_by: Direktionen
    approved_on: 2026-03-02
    ---
    ## Hvorfor
    Der er bygget færre billige boliger, end der var brug for.

    ## Hvad nu
    - Der åbner 40 boliger i efteråret.

The head is YAML. The body has the two headings of its language and is Markdown of the plainest kind: paragraphs, bold,
emphasis, lists and links.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, model_validator

from pejl.text import message
from pejl.workspace.base import Day, Declared, Identifier, Words
from pejl.workspace.problems import DeclarationError, Location, Problems
from pejl.workspace.yaml_source import MarkedDict, read_yaml

HEADINGS: dict[str, dict[str, str]] = {
    "da": {"why": "Hvorfor", "what_now": "Hvad nu"},
    "en": {"why": "Why", "what_now": "What now"},
}
_FENCE = "---"
_HEADING = re.compile(r"(#{1,6})\s*(.*?)\s*#*\s*")


class Remark(Declared):
    """What the administration says of a goal in one year's status, in one language.

    Attributes:
        goal: the id of the goal.
        year: of the status it was written for.
        language: of the text.
        author: who wrote it: a name, or better a part of the administration.
        approved_by: who approved it; none where it is not approved yet.
        approved_on: when.
        why: Markdown; why it stands so.
        what_now: Markdown; what is done about it.
    """

    goal: Identifier
    year: int = Field(ge=1800, le=2199)
    language: Literal["da", "en"]
    author: Words
    approved_by: Words | None = None
    approved_on: Day | None = None
    why: str = ""
    what_now: str = ""

    @model_validator(mode="after")
    def _approval_whole(self) -> Remark:
        if (self.approved_by is None) != (self.approved_on is None):
            raise DeclarationError(
                message("'approved_by' and 'approved_on' belong together"),
                message("Give both, or neither where it is not approved yet."),
                key="approved_by" if self.approved_by is not None else "approved_on",
            )
        return self

    @property
    def key(self) -> tuple[str, int, str]:
        """Goal, year and language: there is one remark for each."""
        return self.goal, self.year, self.language


def read_remark(text: str, file: str, problems: Problems) -> MarkedDict | None:
    """Return the head of a remark with the two parts of its body under `why` and `what_now`.

    Notes what is wrong with the form; returns None where nothing can be made of it.
    """
    lines = text.splitlines()
    end = next((at for at, line in enumerate(lines[1:], start=1) if line.strip() == _FENCE), None)
    if not lines or lines[0].strip() != _FENCE or end is None:
        problems.add(
            "remark_without_head",
            Location(file, 1, 1),
            message("a remark begins with a head between two lines of '---'"),
            message("Write goal, year, language and author there, as in docs/how-to/write-remarks.md."),
        )
        return None
    head = read_yaml("\n".join(lines[:end]) + "\n", file, problems)
    if head is None:
        return None
    language = head.get("language")
    _read_body(lines, end + 1, head, HEADINGS.get(language, {}) if isinstance(language, str) else {}, file, problems)
    return head


def _read_body(
    lines: list[str], start: int, head: MarkedDict, headings: dict[str, str], file: str, problems: Problems
) -> None:
    """Put the parts of the body into the head, each under the name of its heading."""
    names = {words.lower(): name for name, words in headings.items()}
    parts: dict[str, list[str]] = {}
    part: list[str] | None = None
    for at, line in enumerate(lines[start:], start=start + 1):
        found = _HEADING.fullmatch(line)
        if found is not None and found.group(2):
            part = _begin(found.group(2), names, parts, Location(file, at, 1), problems)
        elif part is not None:
            part.append(line.rstrip())
        elif line.strip():
            _refuse_heading(Location(file, at, 1), names, None, problems)
            part = []
    for name, found_lines in parts.items():
        words = "\n".join(found_lines).strip()
        head[name] = words
        head.key_marks[name] = head.value_marks[name] = head.mark
    if headings and not any(head.get(name) for name in headings):
        problems.add(
            "empty_remark",
            Location(file, start, 1),
            message("the remark says nothing"),
            message("Write something under at least one of the two headings, or remove the file."),
        )


def _begin(
    title: str, names: dict[str, str], parts: dict[str, list[str]], place: Location, problems: Problems
) -> list[str]:
    name = names.get(title.lower())
    if name is None or name in parts:
        if names:
            _refuse_heading(place, names, title, problems)
        return []
    return parts.setdefault(name, [])


def _refuse_heading(place: Location, names: dict[str, str], title: str | None, problems: Problems) -> None:
    if not names:
        return  # the language is wrong, and that is said already
    wanted = " / ".join(f"## {name.capitalize()}" for name in names)
    what = (
        message("the heading '{title}' is not one of a remark, or stands there twice", title=title)
        if title is not None
        else message("there is text before the first heading")
    )
    problems.add(
        "remark_heading", place, what, message("Use these headings, each once: {names}", names=wanted), value=title
    )
