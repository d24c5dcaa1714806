"""One release as the site shows it: its pages, their addresses, and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from pejl.release.standing import Act, Standing
from pejl.site.addresses import ADDRESSES, Base, path_of
from pejl.site.page import Here, PageKind
from pejl.site.standings import Shown, release_year
from pejl.text import Language

if TYPE_CHECKING:
    from pejl.site.recording import Noted

Values = tuple[tuple[str, str], ...]
_ACTS = frozenset(map(str, Act))


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """What the list of releases says of one.

    Attributes:
        id: such as 2017-r1.
        year: it was made for.
        state: where it stands; `withdrawn` ones are named, and cannot be seen.
        at: the day it came to stand there, ISO 8601; None for a draft.
        note: what was said then, in the languages it was given in.
        href: its front page; None where it cannot be seen.
    """

    id: str
    year: int
    state: str
    at: str | None
    note: Mapping[str, str | None] | None
    href: str | None


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of open data, or a paper.

    Attributes:
        name: below its folder, as `here.url(kind, file=name)` takes it.
        kind: `data_file` or `paper_file`.
        size: in bytes.
    """

    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Place:
    """One page in one language, and where it stands from the root of the site."""

    name: str
    values: Values
    language: Language
    path: str


class Edition:
    """A release with its standing and its pages.

    Args:
        release: what it is made from.
        kinds: the kinds of page there are.
        base: where the site stands.
        shown: how the release stands.
        latest: the edition that is shown first, if this one stands under /udgaver/; None if it is the one.
        before: what readers saw for the year before, noted into the same notes; None if there was nothing.
    """

    def __init__(
        self,
        release: Noted,
        kinds: Sequence[PageKind],
        base: Base,
        shown: Shown,
        *,
        latest: Edition | None = None,
        before: Noted | None = None,
    ) -> None:
        self.release = release
        self.base = base
        self.shown = shown
        self.latest = latest
        self.before = before
        self.prefix = shown.id if latest is not None else None
        self._kinds = {kind.name: kind for kind in kinds}
        self._standings: Sequence[Standing] = (shown.standing,)
        self._seen: Mapping[str, Edition] = {shown.id: self}
        self._files: Callable[[], Sequence[FileLine]] = tuple
        notes = release.notes
        notes.know_family("has", self._asked)
        notes.know("releases", lambda: [asdict(line) for line in self._lines("da")])
        notes.know("files", lambda: [asdict(line) for line in self._files()])
        if latest is not None:
            notes.know("latest", lambda: sorted(latest.places))

    def know(self, editions: Sequence[Edition], standings: Sequence[Standing]) -> None:
        """Learn of the other editions of the site, and how every release stands."""
        self._seen = {each.shown.id: each for each in editions}
        self._standings = standings

    def know_files(self, files: Callable[[], Sequence[FileLine]]) -> None:
        """Learn how the list of open data and papers is had."""
        self._files = files

    @property
    def files(self) -> tuple[FileLine, ...]:
        """Every file of open data and every paper; a page that lists them is made anew when one changes."""
        self.release.notes.current.add("files")
        return tuple(self._files())

    def releases(self, language: Language) -> tuple[ReleaseLine, ...]:
        """Return every release that readers can see or have seen, and this one, the latest first."""
        self.release.notes.current.add("releases")
        return tuple(self._lines(language))

    def _lines(self, language: Language) -> Iterator[ReleaseLine]:
        for each in reversed(self._standings):
            seen = self._seen.get(each.release)
            if seen is None and each.last(Act.PUBLISH) is None:
                continue
            act = next((done for done in reversed(each.happenings) if done.event in _ACTS), None)
            yield ReleaseLine(
                each.release,
                release_year(each.release),
                each.state,
                act.at[:10] if act is not None else None,
                act.note or None if act is not None else None,
                seen.url("front", language, {}) if seen is not None else None,
            )

    @property
    def standing(self) -> str:
        """How it stands: draft, approved, embargoed, public, corrected."""
        return str(self.shown.state)

    @property
    def draft(self) -> bool:
        """Whether nobody has approved it yet."""
        return self.shown.standing.is_draft

    @property
    def current(self) -> bool:
        """Whether it is the one that is shown first."""
        return self.latest is None

    @property
    def year(self) -> int:
        """The year it was made for."""
        return self.shown.year

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the workspace."""
        with self.release.notes.taken():
            return tuple(self.release.workspace["languages"])

    @cached_property
    def _values(self) -> dict[str, dict[Values, None]]:
        """Which pages of each kind there are."""
        with self.release.notes.taken():
            return {
                name: {tuple(sorted(values.items())): None for values in kind.every(self.release)}
                for name, kind in self._kinds.items()
            }

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every page in every language, by its path."""
        found = (
            Place(name, values, language, path_of(name, language, dict(values), self.prefix))
            for name, many in self._values.items()
            for values in many
            for language in self.languages[: 1 if ADDRESSES[name].bare else None]
        )
        return {place.path: place for place in found}

    def has(self, name: str, values: Mapping[str, str]) -> bool:
        """Tell whether there is such a page; that it was asked is noted."""
        self.release.notes.current.add(f"has/{name}?{urlencode(values)}")
        return self._has(name, values)

    def _has(self, name: str, values: Mapping[str, str]) -> bool:
        return tuple(sorted(values.items())) in self._values.get(name, {})

    def _asked(self, query: str) -> bool:
        name, _, values = query.partition("?")
        return self._has(name, dict(parse_qsl(values)))

    def url(self, name: str, language: Language, values: Mapping[str, str]) -> str:
        """Return the address of a page or file as links have it.

        Raises:
            KeyError: there is no such kind of page, or a value is missing.
        """
        return self.base.url(path_of(name, language, values, self.prefix))

    @property
    def root(self) -> str:
        """Where its pages and files begin, from the root of the site."""
        return path_of("front", "da", {}, self.prefix)

    def folder(self, name: str) -> str:
        """Return the folder of its open data or papers, from the root of the site."""
        return path_of(name, self.languages[0], {"file": ""}, self.prefix)

    def view(self, place: Place) -> tuple[Here, PageKind]:
        """Return what the view of a page is called with, and the kind it is of."""
        return Here(self, place.language, place.name, dict(place.values)), self._kinds[place.name]

    def translations(self, here: Here) -> list[tuple[Language, str]]:
        """Return the address of a page in every language; of the front page, where it is one file for both."""
        if ADDRESSES[here.name].bare:
            return [(language, self.url("front", language, {})) for language in self.languages]
        return [(language, self.url(here.name, language, here.given)) for language in self.languages]
