"""Everything there is a page for, from A to Z."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from pejl.site.page import Here, Page
from pejl.site.pages.collation import initial, sort_key
from pejl.site.pages.contents import Contents
from pejl.site.pages.glossary import TERMS
from pejl.site.pages.indicator import variants
from pejl.site.pages.lineage import name_of
from pejl.site.pages.wording import Record, capital
from pejl.text import Language

EntryKind = Literal["goal", "indicator", "strategy", "word"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the index.

    Attributes:
        kind: of what it leads to.
        id: of the same.
        text: what stands there.
        lang: the language of the text, where it is not the page's; else None.
        beside: what tells it from others of the same name: the strategy of a goal, Danish and English; else None.
    """

    kind: EntryKind
    id: str
    text: str
    lang: str | None
    beside: Record | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with its entries."""

    letter: str
    entries: tuple[Entry, ...]


def select(contents: Contents, language: Language) -> tuple[Letter, ...]:
    """Return everything there is a page for, by its first letter: goals, indicators, strategies, words."""
    entries = sorted(
        _entries(contents, language), key=lambda entry: (sort_key(entry.text, language), entry.kind, entry.id)
    )
    by_letter = groupby(entries, key=lambda entry: initial(entry.text, language))
    return tuple(Letter(letter, tuple(found)) for letter, found in by_letter)


def _entries(contents: Contents, language: Language) -> Iterator[Entry]:
    for goal in contents.judged.values():
        strategy = contents.strategies[goal["strategy"]]
        if strategy["status"] != "draft":
            yield _entry("goal", goal["id"], goal["title"], language, name_of(strategy))
    for name, (title, _) in variants(contents).items():
        yield _entry("indicator", name, title, language)
    for name, strategy in contents.strategies.items():
        yield _entry("strategy", name, name_of(strategy), language)
    for term in TERMS:
        yield Entry("word", term.id, capital(term.word.render(language)), None, None)


def _entry(kind: EntryKind, name: str, text: Record, language: Language, beside: Record | None = None) -> Entry:
    said = text[language]
    return Entry(kind, name, said or text["da"] or "", None if said else "da", beside)


def page(here: Here) -> Page:
    """Return the index."""
    return Page(
        "pages/a_z.html",
        here.t("From A to Z"),
        here.t("All goals, indicators, strategies and explained words in the order of the alphabet."),
        values={"letters": select(Contents(here.release), here.language)},
    )
