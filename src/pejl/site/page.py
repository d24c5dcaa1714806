"""What a view gets and what it gives back: the interface between the foundation and the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pejl.text import Language, Message, message

if TYPE_CHECKING:
    from pejl.release.public import PublicRelease
    from pejl.site.edition import Edition


Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way from the front page; without `href` it is the page itself."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a view says; the base template does the rest.

    Attributes:
        template: below `templates/`, such as `pages/goal.html`.
        title: the heading of the page, and what stands first in the window's title.
        description: one plain sentence for search engines and feeds.
        crumbs: the way here, without the front page and without the page itself.
        section: the name of the entry in the main navigation that it belongs to.
        values: what the template reads beside the standing names.
        crumb: the page itself as the last step of the way; its title where nothing is said.
    """

    template: str
    title: str
    description: str = ""
    crumbs: tuple[Crumb, ...] = ()
    section: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    crumb: str = ""


@dataclass(frozen=True, slots=True)
class Here:
    """Where a view stands: which release, which language, which page.

    Attributes:
        edition: the release with its standing, and its other pages.
        language: of the page.
        name: of the kind of page.
        given: the values of its address, as ids.
    """

    edition: Edition
    language: Language
    name: str
    given: Mapping[str, str]

    @property
    def release(self) -> PublicRelease:
        """The public release; everything read from it is noted as what the page was made from."""
        return self.edition.release

    @property
    def previous(self) -> PublicRelease | None:
        """What readers saw for the year before, noted like `release`; None if there was nothing."""
        return self.edition.before

    def url(self, name: str, /, **values: str) -> str:
        """Return the address of another page, or a file, in the same release and language; values are ids.

        Raises:
            KeyError: there is no such kind of page, or a value is missing.
        """
        return self.edition.url(name, self.language, values)

    def has(self, name: str, /, **values: str) -> bool:
        """Tell whether the release has such a page."""
        return self.edition.has(name, values)

    def kept(self, key: str, make: Callable[[PublicRelease], Kept]) -> Kept:
        """Return what `make` makes of the release, made once and used by every page of it.

        What it reads is noted for each page that uses it. Nothing else made from a release may be carried from one
        page to the next: a page would not know what it was made from.
        """
        return self.edition.release.kept(key, make)

    def t(self, template: str, /, **values: object) -> str:
        """Return a sentence in the language of the page."""
        return Message(template, values).render(self.language)

    def say(self, text: Mapping[str, str | None] | None) -> str:
        """Return a text of the workspace in the language of the page; in Danish where there is none, or empty."""
        return "" if text is None else text.get(self.language) or text.get("da") or text.get("en") or ""

    def crumb(self, text: str, name: str, /, **values: str) -> Crumb:
        """Return a step of the way here."""
        return Crumb(text, self.url(name, **values))


View = Callable[..., Page]
"""A view: `view(here, **values of the address) -> Page`. It reads `here.release` and nothing else."""

Every = Callable[["PublicRelease"], Iterable[Mapping[str, str]]]
"""Yields the values of every page of a kind that a release has: `{"goal": "homeless"}`; ids, not slugs."""


def once(_: PublicRelease) -> Iterable[Mapping[str, str]]:
    """Say that a release has exactly one page of a kind."""
    return ({},)


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page: its name in the table of addresses, its view, and which of them there are."""

    name: str
    view: View
    every: Every = once


NAVIGATION: dict[str, Message] = {
    "front": message("Status"),
    "strategies": message("Strategies"),
    "indicators": message("Indicators"),
    "changes": message("What is new"),
    "easy": message("Easy to read"),
    "be_heard": message("Be heard"),
}
"""The main navigation: pages by name, with what it calls them. One that no release has is left out."""

FURTHER: dict[str, Message] = {
    "a_z": message("From A to Z"),
    "glossary": message("Words explained"),
    "judgement": message("How we judge"),
    "protection": message("How we protect people"),
    "open_data": message("Open data"),
    "papers": message("The committee's paper"),
    "releases": message("Earlier releases"),
    "about": message("About the site"),
}
"""The links in the footer, likewise."""
