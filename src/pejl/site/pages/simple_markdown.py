"""The plainest Markdown as data: paragraphs and lists of runs of text, so that no page ever prints foreign HTML.

Known are paragraphs (apart by an empty line), bullets (`-` or `*`), **bold**, *emphasis* and [links](https://…).
Everything else stays the text it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["paragraph", "list"]
_BULLET = re.compile(r"\s{0,3}[-*+]\s+(.*)")
_RUN = re.compile(
    r"\*\*(?P<strong>\S(?:.*?\S)??)\*\*"
    r"|(?<![\w*])[*_](?P<em>[^\s*_](?:[^*_]*[^\s*_])?)[*_](?![\w*])"
    r"|\[(?P<label>[^\]\[]+)\]\((?P<href>(?:https?://|mailto:)[^\s()<>\"']+)\)"
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; a link has its address in `href`."""

    text: str
    style: Literal["plain", "strong", "em", "link"] = "plain"
    href: str | None = None


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one line) or a list (a line for each item)."""

    kind: Kind
    lines: tuple[Line, ...]


def blocks(text: str) -> tuple[Block, ...]:
    """Return a text as paragraphs and lists."""
    return tuple(block for part in re.split(r"\n[ \t]*\n", text.strip()) for block in _blocks(part.splitlines()))


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Yield the blocks of lines without an empty one among them; a line without a bullet continues the one above."""
    kind: Kind = "paragraph"
    gathered: list[str] = []
    for line in lines:
        bullet = _BULLET.fullmatch(line)
        if bullet is not None and kind == "paragraph":
            yield from _block(kind, gathered)
            kind, gathered = "list", []
        if bullet is not None:
            gathered.append(bullet.group(1))
        elif gathered:
            gathered[-1] += f" {line.strip()}"
        else:
            gathered.append(line.strip())
    yield from _block(kind, gathered)


def _block(kind: Kind, lines: list[str]) -> Iterator[Block]:
    if any(lines):
        yield Block(kind, tuple(tuple(runs(line)) for line in lines))


def runs(line: str) -> Iterator[Run]:
    """Yield the runs of a line, in order; what they say in all is the line without its marks."""
    at = 0
    for found in _RUN.finditer(line):
        if found.start() > at:
            yield Run(line[at : found.start()])
        at = found.end()
        if found["strong"] is not None:
            yield Run(found["strong"], "strong")
        elif found["em"] is not None:
            yield Run(found["em"], "em")
        else:
            yield Run(found["label"], "link", found["href"])
    if at < len(line):
        yield Run(line[at:])
