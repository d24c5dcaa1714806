"""The little Markdown of remarks as data: paragraphs and bullets of spans that are bold, emphasised, or links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pejl.exchange.values import clean, spaced

_BULLET = re.compile(r"\s{0,3}(?:[-*+•▪◦–]|\u00b7)[\s\u00a0]+(.*)")
_INLINE = re.compile(
    r"\*\*(?P<bold>\S(?:.*?\S)??)\*\*"
    r"|(?<![\w*])[*_](?P<italic>[^\s*_](?:[^*_]*[^\s*_])?)[*_](?![\w*])"
    r"|\[(?P<words>[^\]\[]+)\]\((?P<href>(?:https?://|mailto:)[^\s()<>\"']+)\)"
)
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s()<>\"']+")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or one bullet of a list."""

    spans: tuple[Span, ...]
    bullet: bool = False

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(span.text for span in self.spans)


def parse(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a remark's Markdown."""
    found: list[Block] = []
    for part in re.split(r"\n[ \t]*\n", markdown.strip()):
        lines: list[tuple[bool, str]] = []
        for line in part.splitlines():
            bullet = _BULLET.fullmatch(line)
            if bullet is not None:
                lines.append((True, bullet.group(1)))
            elif lines:
                lines[-1] = lines[-1][0], f"{lines[-1][1]} {line.strip()}"
            else:
                lines.append((False, line.strip()))
        found += [block(_spans(text), bullet=bullet) for bullet, text in lines]
    return tuple(each for each in found if each.text)


def parse_cell(text: str) -> tuple[Block, ...]:
    """Return the blocks of a cell: every line is a paragraph or a bullet."""
    return tuple(each for line in text.splitlines() for each in parse(line))


def _spans(text: str) -> Iterator[Span]:
    at = 0
    for found in _INLINE.finditer(text):
        yield Span(text[at : found.start()])
        at = found.end()
        if found["href"]:
            yield Span(found["words"], href=found["href"])
        elif found["bold"]:
            yield Span(found["bold"], bold=True)
        else:
            yield Span(found["italic"], italic=True)
    yield Span(text[at:])


def block(spans: Iterable[Span], *, bullet: bool = False) -> Block:
    """Return a block of spans: neighbours in one style joined, blanks made one and kept out of styles."""
    joined: list[Span] = []
    for span in spans:
        style = replace(span, text="")
        text = spaced(span.text)
        core = text.strip()
        before, after = (" " if text[:1] == " " else ""), (" " if core and text[-1:] == " " else "")
        for piece in (Span(before), replace(style, text=core), Span(after)):
            if not piece.text:
                continue
            if joined and replace(joined[-1], text="") == replace(piece, text=""):
                joined[-1] = replace(joined[-1], text=joined[-1].text + piece.text)
            elif joined and _bridges(joined, piece):
                joined[-2:] = [replace(piece, text=f"{joined[-2].text} {piece.text}")]
            else:
                joined.append(piece)
    text = "".join(span.text for span in joined)
    if text != clean(text):
        joined = _trimmed(joined)
    return Block(tuple(joined), bullet)


def _bridges(joined: Sequence[Span], piece: Span) -> bool:
    """Tell whether two pieces of one style have nothing but a blank between them."""
    if len(joined) < 2 or joined[-1] != Span(" "):
        return False
    styled = piece.bold or piece.italic or piece.href is not None
    return styled and replace(joined[-2], text="") == replace(piece, text="")


def _trimmed(spans: Sequence[Span]) -> list[Span]:
    """Return spans without blanks at the ends and without two blanks in a row."""
    kept: list[Span] = []
    for span in spans:
        text = re.sub(" +", " ", span.text)
        if not kept or kept[-1].text.endswith(" "):
            text = text.lstrip()
        if text:
            kept.append(replace(span, text=text))
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return [span for span in kept if span.text]


def to_markdown(blocks: Sequence[Block]) -> str:
    """Return blocks as Markdown: paragraphs apart by an empty line, the bullets of a list in rows."""
    parts: list[str] = []
    for place, each in enumerate(blocks):
        line = _written(each)
        if each.bullet:
            together = place > 0 and blocks[place - 1].bullet
            parts.append(("\n" if together else "\n\n") + f"- {line}")
        else:
            parts.append("\n\n" + re.sub(r"^#", r"\\#", line))
    return "".join(parts).strip("\n")


def to_cell(blocks: Sequence[Block]) -> str:
    """Return blocks as the lines of a cell."""
    return "\n".join(("- " if each.bullet else "") + _written(each) for each in blocks)


def _written(each: Block) -> str:
    nothing = Span("")
    around = [nothing, *each.spans, nothing]
    return "".join(_marked(span, around[at], around[at + 2]) for at, span in enumerate(each.spans))


def _marked(span: Span, before: Span, after: Span) -> str:
    """Return a span with its marks; a style that Markdown could not hold is left out."""
    if span.href is not None and _ADDRESS.fullmatch(span.href) and not re.search(r"[\[\]]", span.text):
        return f"[{span.text}]({span.href})"
    if "*" in span.text or span.text == " ":
        return span.text
    if span.bold:
        return f"**{span.text}**"
    inside_word = re.match(r"[\w*]", before.text[-1:]) or re.match(r"[\w*]", after.text[:1])
    beside_bold = before.bold or after.bold
    if span.italic and "_" not in span.text and not inside_word and not beside_bold:
        return f"*{span.text}*"
    return span.text
