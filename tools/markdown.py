"""Small pieces of Markdown that the tools of the documentation share."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

Lines = Iterator[str]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Lines:
    """Yield a Markdown table and an empty line."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
    yield ""


def code(*words: object) -> str:
    """Return words as code, with a dot between them."""
    return " · ".join(f"`{word}`" for word in words)


_HEADS = {"Args": "Arguments", "Attributes": "Attributes", "Raises": "Raises"}


def docstring(text: str) -> Lines:
    """Yield a docstring as Markdown: named things become lists."""
    for part in re.split(r"\n\s*\n", text):
        lines = part.splitlines()
        head, colon, first = lines[0].partition(":")
        if colon and head in ("Returns", "Source"):
            yield f"**{head}:** {one_line(' '.join((first, *lines[1:])))}"
        elif colon and head in _HEADS:
            yield from (f"**{_HEADS[head]}**", "")
            items = re.sub(r"\n +", " ", textwrap.dedent("\n".join(lines[1:])))
            for name, _, said in (item.partition(":") for item in items.splitlines()):
                yield f"- `{name}`:{said}"
        else:
            yield one_line(part)
        yield ""


def one_line(text: str) -> str:
    """Return a text without its line breaks."""
    return " ".join(text.split())
