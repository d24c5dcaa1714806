"""Two versions of a chapter side by side: section by section, paragraph by paragraph, word by word in what was changed.

Paragraphs are held against each other as those of a strategy's drafts are. Where paragraphs were taken out and others
stand in their place, those that are more alike than different are shown as one that was changed.
"""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pejl.office.dialogue.sections import Section
from pejl.office.strategies.comparing import Paragraph, ParagraphChange, compare_texts
from pejl.text import Message, message

_ALIKE = 0.5
"""Two paragraphs are one that was changed if this share of their words, or more, is common to both."""


class Difference(StrEnum):
    """What became of a section or a paragraph."""

    KEPT = "kept"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


DIFFERENCES: Mapping[Difference, Message] = {
    Difference.KEPT: message("unchanged"),
    Difference.CHANGED: message("changed"),
    Difference.REMOVED: message("taken out"),
    Difference.ADDED: message("new"),
}
"""Every difference in words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a paragraph: kept, taken out or new."""

    change: Difference
    text: str


@dataclass(frozen=True, slots=True)
class ParagraphDifference:
    """A paragraph, and what became of it; in one that was changed, every piece of it."""

    change: Difference
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SectionDifference:
    """A section, and what became of it.

    Attributes:
        id: of the section.
        title: its heading; the later one, if both versions have the section.
        before: its earlier heading, where that was another; else empty.
        change: what became of it as a whole.
        paragraphs: in order, what was taken out before what is new in its place.
        figures_out: ids of indicators it no longer shows.
        figures_in: ids of indicators it shows now.
    """

    id: str
    title: str
    before: str
    change: Difference
    paragraphs: tuple[ParagraphDifference, ...]
    figures_out: tuple[str, ...]
    figures_in: tuple[str, ...]


def compare_sections(old: Sequence[Section], new: Sequence[Section]) -> tuple[SectionDifference, ...]:
    """Return what became of each section: those of the later version in its order, then those that were taken out."""
    earlier = {each.id: each for each in old}
    later = {each.id for each in new}
    gone = (each for each in old if each.id not in later)
    return (*(_section(earlier.get(each.id), each) for each in new), *(_section(each, None) for each in gone))


def counts(sections: Iterable[SectionDifference]) -> list[tuple[Message, int]]:
    """Return in words how many paragraphs of each difference there are, those that there are, but for the unchanged."""
    found = [paragraph.change for section in sections for paragraph in section.paragraphs]
    told = (Difference.CHANGED, Difference.REMOVED, Difference.ADDED)
    return [(DIFFERENCES[each], found.count(each)) for each in told if each in found]


def compare_words(old: str, new: str) -> tuple[Piece, ...]:
    """Return the words of a paragraph in order: what was taken out stands before what is new in its place."""
    before, after = old.split(), new.split()
    pieces: list[Piece] = []
    for what, old_from, old_to, new_from, new_to in _matcher(before, after).get_opcodes():
        if what == "equal":
            pieces.append(Piece(Difference.KEPT, " ".join(before[old_from:old_to])))
            continue
        if old_to > old_from:
            pieces.append(Piece(Difference.REMOVED, " ".join(before[old_from:old_to])))
        if new_to > new_from:
            pieces.append(Piece(Difference.ADDED, " ".join(after[new_from:new_to])))
    return tuple(pieces)


def _section(old: Section | None, new: Section | None) -> SectionDifference:
    shown = new or old
    assert shown is not None, "a section stands in one of the versions"
    paragraphs = tuple(_paragraphs(compare_texts(old.text if old else "", new.text if new else "")))
    before, after = (each.indicators if each else () for each in (old, new))
    figures_out = tuple(each for each in before if each not in after)
    figures_in = tuple(each for each in after if each not in before)
    heading = old.title if old and new and old.title != new.title else ""
    if old is None:
        change = Difference.ADDED
    elif new is None:
        change = Difference.REMOVED
    elif heading or before != after or any(each.change != Difference.KEPT for each in paragraphs):
        change = Difference.CHANGED
    else:
        change = Difference.KEPT
    return SectionDifference(shown.id, shown.title, heading, change, paragraphs, figures_out, figures_in)


def _paragraphs(found: Sequence[Paragraph]) -> Iterator[ParagraphDifference]:
    """Yield paragraphs; of those that were taken out, the ones like a new one in their place together with that one."""
    for kept, run in itertools.groupby(found, lambda each: each.change is ParagraphChange.KEPT):
        if kept:
            yield from (_whole(Difference.KEPT, each.text) for each in run)
        else:
            here = list(run)
            removed = [each.text for each in here if each.change is ParagraphChange.REMOVED]
            added = [each.text for each in here if each.change is ParagraphChange.ADDED]
            yield from _replaced(removed, added)


def _replaced(removed: Sequence[str], added: Sequence[str]) -> Iterator[ParagraphDifference]:
    """Yield what became of paragraphs that others stand in the place of; both keep their order."""
    gone = come = 0
    for place, text in enumerate(removed):
        like = next((at for at in range(come, len(added)) if _alike(text, added[at])), None)
        if like is not None:
            yield from (_whole(Difference.REMOVED, each) for each in removed[gone:place])
            yield from (_whole(Difference.ADDED, each) for each in added[come:like])
            yield ParagraphDifference(Difference.CHANGED, compare_words(text, added[like]))
            gone, come = place + 1, like + 1
    yield from (_whole(Difference.REMOVED, each) for each in removed[gone:])
    yield from (_whole(Difference.ADDED, each) for each in added[come:])


def _alike(old: str, new: str) -> bool:
    return _matcher(old.split(), new.split()).ratio() >= _ALIKE


def _whole(change: Difference, text: str) -> ParagraphDifference:
    return ParagraphDifference(change, (Piece(change, text),))


def _matcher(before: Sequence[str], after: Sequence[str]) -> difflib.SequenceMatcher[str]:
    return difflib.SequenceMatcher(a=before, b=after, autojunk=False)
