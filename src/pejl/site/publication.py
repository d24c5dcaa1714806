"""The whole site of a workspace: the release that is shown first, the earlier ones that may be seen, and every file.

Served and frozen, a page is one `Output`: a file below the site's root, and the function that makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import PurePosixPath

from pejl.site.addresses import Base
from pejl.site.assets import Assets, load_assets
from pejl.site.edition import Edition, Place
from pejl.site.feeds import feed, sitemap
from pejl.site.page import PageKind
from pejl.site.pages import KINDS
from pejl.site.recording import Noted
from pejl.site.rendering import Renderer
from pejl.site.standings import Releases, Shown
from pejl.site.strays import NOT_FOUND
from pejl.text import LANGUAGES, Language

INDEX = "index.html"
_FEED = "feed"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site.

    Attributes:
        file: its path from the root of the site, such as `maal/homeless/index.html`.
        edition: the release it is made from; None where it is made from the list of pages alone.
        make: makes its content.
    """

    file: str
    edition: Edition | None
    make: Callable[[], bytes]

    @property
    def type(self) -> str:
        """The media type it is served as."""
        return TYPES[PurePosixPath(self.file).suffix]


class Publication:
    """The site as a whole.

    Args:
        releases: what is shown of the workspace.
        base: where the site stands.
        kinds: the kinds of page there are.
        assets: its look.
    """

    def __init__(
        self, releases: Releases, base: Base, *, kinds: Sequence[PageKind] = KINDS, assets: Assets | None = None
    ) -> None:
        self.base = base
        self.assets = assets if assets is not None else load_assets()
        self._renderer = Renderer(self.assets)
        self._kinds = (*kinds, NOT_FOUND)
        first = self._edition(releases, releases.first, None)
        self.editions = (first, *(self._edition(releases, each, first) for each in releases.others))
        for edition in self.editions:
            edition.know(self.editions, releases.standings)
        first.release.notes.know_family(_FEED, self._feed)

    def _edition(self, releases: Releases, shown: Shown, latest: Edition | None) -> Edition:
        release = Noted(shown.folder, shown.id)
        earlier = releases.before(shown)
        before = Noted(earlier.folder, earlier.id, release.notes, "before:") if earlier is not None else None
        return Edition(release, self._kinds, self.base, shown, latest=latest, before=before)

    @property
    def first(self) -> Edition:
        """The release that is shown first."""
        return self.editions[0]

    @cached_property
    def outputs(self) -> dict[str, Output]:
        """Every page, feed and list, by its file; not the look, the open data and the papers."""
        return {output.file: output for output in self._outputs()}

    def find(self, path: str) -> Output | None:
        """Return what stands at a path from the root of the site; None if nothing does."""
        return self.outputs.get(file_of(path))

    def _outputs(self) -> Iterator[Output]:
        for edition in self.editions:
            for place in edition.places.values():
                yield Output(file_of(place.path), edition, self._page(edition, place))
        first = self.first
        for language in first.languages:
            yield Output(feed_file(language), first, partial(self._noted_feed, language))
        yield Output("sitemap.xml", None, lambda: sitemap(self.editions))

    def _noted_feed(self, language: Language) -> bytes:
        """Return a feed; it is made from every edition, so the whole of it is what it was made from."""
        self.first.release.notes.current.add(f"{_FEED}/{language}")
        return self._feed(language)

    def _feed(self, language: str) -> bytes:
        return feed(self.editions, "da" if language == "da" else "en")

    def _page(self, edition: Edition, place: Place) -> Callable[[], bytes]:
        return lambda: self._renderer.page(edition, place)


def feed_file(language: str) -> str:
    """Return the file of the feed in a language."""
    return "feed.atom" if language == LANGUAGES[0] else f"{language}/feed.atom"


def file_of(path: str) -> str:
    """Return the file in which the page at a path is frozen."""
    return path + INDEX if path == "" or path.endswith("/") else path
