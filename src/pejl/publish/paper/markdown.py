"""The little Markdown that remarks are written in: paragraphs, bullets, **bold**, *emphasis*, [links](https://…).

Everything else is taken as it stands. Links lead to http, https or mail addresses; others stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pejl.publish.paper.model import Block, Items, Line, Paragraph, Run
from pejl.text import Language

_BULLET = re.compile(r"[-*+] +(.*)")
_NUMBERED = re.compile(r"[0-9]+[.)] +(.*)")
_INLINE = re.compile(
    r"\*\*(?P<bold>[^*]+)\*\*|__(?P<bold_too>[^_]+)__|\*(?P<italic>[^*\s](?:[^*]*[^*\s])?)\*|\b_(?P<italic_too>[^_]+)_\b"
    r"|\[(?P<words>[^\]]+)\]\((?P<href>[^)\s]+)\)|(?P<escaped>\\[\\*_\[\]()#-])"
)
_LINK = re.compile(r"(https?://|mailto:)")


def blocks_of(text: str, lang: Language | None = None) -> Iterator[Block]:
    """Yield the paragraphs and lists of a text; `lang` is its language where that is not the paper's."""
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if not lines:
            continue
        for pattern, numbered in ((_BULLET, False), (_NUMBERED, True)):
            if pattern.fullmatch(lines[0]):
                yield Items(tuple(runs_of(item) for item in _items(lines, pattern)), numbered, lang)
                break
        else:
            yield Paragraph(runs_of(" ".join(lines).lstrip("# ")), lang)


def _items(lines: list[str], pattern: re.Pattern[str]) -> list[str]:
    """Return the items of a list; a line without a sign goes on with the item above it."""
    items: list[str] = []
    for line in lines:
        if found := pattern.fullmatch(line):
            items.append(found.group(1))
        else:
            items[-1] += f" {line}"
    return items


def runs_of(text: str) -> Line:
    """Return a line's words as runs."""
    runs: list[Run] = []
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            runs.append(Run(text[at : found.start()]))
        runs.append(_run(found))
        at = found.end()
    if at < len(text):
        runs.append(Run(text[at:]))
    return tuple(runs)


def _run(found: re.Match[str]) -> Run:
    if found["escaped"]:
        return Run(found["escaped"][1:])
    if found["href"]:
        href = found["href"]
        return Run(found["words"], href=href if _LINK.match(href) else None)
    bold = found["bold"] or found["bold_too"]
    if bold:
        return Run(bold, bold=True)
    return Run(found["italic"] or found["italic_too"], italic=True)
