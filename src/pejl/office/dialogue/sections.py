"""Chapters as data: which sections one has, and its paragraphs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pejl.office.dialogue.kinds import SectionKind
from pejl.text import Language, message

Record = Mapping[str, Any]
_EMPTY_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a chapter.

    Attributes:
        id: stays the same while titles change.
        title: its heading.
        kind: facts from the release, or text.
        indicators: the ids of the indicators whose latest figures are shown, for facts.
        text: paragraphs between empty lines.
    """

    id: str
    title: str
    kind: SectionKind
    indicators: tuple[str, ...] = field(default=())
    text: str = ""

    @property
    def paragraphs(self) -> tuple[tuple[str, str], ...]:
        """Each paragraph's digest, by which comments find it, and its words."""
        return tuple((digest_of(words), words) for words in _paragraphs(self.text))


def digest_of(words: str) -> str:
    """Return what a comment knows a paragraph by; spacing does not matter."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:16]


def as_content(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Return sections as a version keeps them."""
    return [{**asdict(each), "kind": each.kind.value, "indicators": list(each.indicators)} for each in sections]


def from_content(content: Iterable[Record]) -> tuple[Section, ...]:
    """Return sections from what a version keeps."""
    return tuple(
        Section(each["id"], each["title"], SectionKind(each["kind"]), tuple(each["indicators"]), each["text"])
        for each in content
    )


def template_of(strategies: Sequence[Record], strategy: str, language: Language) -> tuple[Section, ...]:
    """Return the empty sections a chapter of a strategy begins with.

    They are those of the strategy's own template, where it declares one; else facts, and a section for each principle
    of the strategy or of one it elaborates. A template is a start: sections are data of each chapter.
    """
    declared = {each["id"]: each for each in strategies}
    found = declared.get(strategy)
    template = found.get("chapter_template") if found else None
    if template and template.get("sections"):
        titles = [_said(each, language) for each in template["sections"]]
        return tuple(
            Section("facts" if number == 0 else f"section_{number}", title, _kind(number))
            for number, title in enumerate(titles)
        )
    facts = Section("facts", message("Facts").render(language), SectionKind.FACTS)
    principles = (
        Section(each["id"], f"{each['number']}. {_said(each['title'], language)}", SectionKind.TEXT)
        for each in principles_of(strategies, strategy)
    )
    return (facts, *principles)


def principles_of(strategies: Sequence[Record], strategy: str) -> list[Record]:
    """Return the principles of a strategy; of the first it elaborates that has any, where it has none itself."""
    declared = {each["id"]: each for each in strategies}
    ahead, seen = [strategy], set()
    while ahead:
        here = ahead.pop(0)
        found = declared.get(here)
        if found is None or here in seen:
            continue
        seen.add(here)
        if found.get("principles"):
            return list(found["principles"])
        ahead += [each["strategy"] for each in found.get("elaborates") or ()]
    return []


def _kind(number: int) -> SectionKind:
    return SectionKind.FACTS if number == 0 else SectionKind.TEXT


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in _EMPTY_LINES.split(text.replace("\r\n", "\n")) if each.strip())


def _said(text: Record, language: Language) -> str:
    return str(text.get(language) or text.get("da") or text.get("en") or "")
