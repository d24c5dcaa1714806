"""The table of addresses: where every kind of page stands, in Danish at the root and in English under /en/.

Addresses are for ever: they survive new releases and new strategies. A pattern names its values in angle brackets;
a value is an id, written with `-` where the id has `_`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from pejl.text import Language, message

ENGLISH = "en/"
_VALUE = re.compile(r"<(\w+)>")
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d+)?")
_BASE = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*")


@dataclass(frozen=True, slots=True)
class Address:
    """The two patterns of a kind of page, without the leading slash.

    Attributes:
        da: the Danish one, from the root.
        en: the English one, from /en/.
        bare: it has no language: one file for both, `da` is its pattern.
    """

    da: str
    en: str
    bare: bool = False

    def path(self, language: Language, values: Mapping[str, str]) -> str:
        """Return the address with its values filled in, from the root of the site.

        Raises:
            KeyError: a value of the pattern is not given.
        """
        pattern = self.da if language == "da" or self.bare else self.en
        filled = _VALUE.sub(lambda found: slug(values[found.group(1)]), pattern)
        return filled if language == "da" or self.bare else ENGLISH + filled


ADDRESSES: dict[str, Address] = {
    "front": Address("", ""),
    "status_target": Address("status/maal/<value>/", "status/target/<value>/"),
    "status_development": Address("status/udvikling/<value>/", "status/development/<value>/"),
    "status_target_group": Address("status/maalgruppe/<value>/", "status/target-group/<value>/"),
    "status_guidepost": Address("status/pejlemaerke/<value>/", "status/guidepost/<value>/"),
    "status_vision": Address("status/vision/<value>/", "status/vision/<value>/"),
    "strategies": Address("strategier/", "strategies/"),
    "strategy": Address("strategier/<strategy>/", "strategies/<strategy>/"),
    "goal": Address("maal/<goal>/", "goals/<goal>/"),
    "indicators": Address("indikatorer/", "indicators/"),
    "indicator": Address("indikatorer/<indicator>/", "indicators/<indicator>/"),
    "breakdown": Address("indikatorer/<indicator>/<dimension>/", "indicators/<indicator>/<dimension>/"),
    "changes": Address("nyt/", "changes/"),
    "protection": Address("beskyttelse/", "protection/"),
    "judgement": Address("vurdering/", "judgement/"),
    "glossary": Address("ordliste/", "glossary/"),
    "a_z": Address("a-aa/", "a-z/"),
    "easy": Address("let/", "easy/"),
    "be_heard": Address("bliv-hoert/", "be-heard/"),
    "open_data": Address("data/", "open-data/"),
    "papers": Address("papir/", "papers/"),
    "about": Address("om/", "about/"),
    "releases": Address("udgaver/", "releases/"),
    "feed": Address("feed.atom", "feed.atom"),
    "data_file": Address("data/<file>", "", bare=True),
    "paper_file": Address("paper/<file>", "", bare=True),
    "not_found": Address("404.html", "", bare=True),
}
"""Every kind of page and file, by the name that links use."""

EDITIONS = Address("udgaver/<release>/", "releases/<release>/")
"""Where the pages of another release stand: the same addresses below."""

FILES = ("data_file", "paper_file")
"""Whose value is the name of a file, taken as it is."""


def slug(identifier: str) -> str:
    """Return an id, or the name of a file, as it stands in an address."""
    return identifier.replace("_", "-") if "." not in identifier else identifier


def path_of(name: str, language: Language, values: Mapping[str, str], release: str | None = None) -> str:
    """Return an address from the root of the site, without leading slash.

    Args:
        name: of the kind of page.
        language: of the page.
        values: of the pattern; ids, not slugs.
        release: the id of an old release; None for the one that is shown first.

    Raises:
        KeyError: there is no such kind of page, or a value is missing.
    """
    path = ADDRESSES[name].path(language, values)
    if release is None or name in ("releases", "feed"):
        return path
    if ADDRESSES[name].bare:
        return EDITIONS.da.replace("<release>", release) + path
    prefix = (EDITIONS.da if language == "da" else ENGLISH + EDITIONS.en).replace("<release>", release)
    return prefix + path.removeprefix(ENGLISH if language == "en" else "")


class BaseRefusedError(Exception):
    """What was given as the address of the site is none; the message says what to write."""

    def __init__(self, given: str) -> None:
        self.what = message("'{given}' is not where a site can stand; write /path/ or https://host/path/", given=given)
        super().__init__(self.what.render("en"))


@dataclass(frozen=True, slots=True)
class Base:
    """Where the site stands.

    Attributes:
        path: from the root of its host, with a slash at both ends.
        origin: scheme and host, without a slash at the end; empty where it is not known.
    """

    path: str = "/"
    origin: str = ""

    @classmethod
    def parse(cls, text: str, address: str | None = None) -> Base:
        """Return what `text` says: a path or a whole address.

        Args:
            text: `/`, `/path/`, `https://host/path/`; a missing slash at the end is added.
            address: the address of the site as the workspace declares it, for the host where `text` has none.

        Raises:
            BaseRefusedError: it is neither.
        """
        parts = urlsplit(text)
        path = parts.path if parts.path.endswith("/") else parts.path + "/"
        whole_host = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc)
        origin = f"{parts.scheme}://{parts.netloc}" if whole_host else ""
        whole = bool(parts.scheme or parts.netloc)
        if not _BASE.fullmatch(path) or parts.query or parts.fragment or whole != bool(origin):
            raise BaseRefusedError(text)
        if not origin and address is not None:
            origin = cls.parse(address).origin
        return cls(path, origin)

    def url(self, path: str) -> str:
        """Return a path from the root of the site as links have it."""
        return self.path + path

    def absolute(self, path: str) -> str:
        """Return it with scheme and host where these are known."""
        return self.origin + self.path + path
