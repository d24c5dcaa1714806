"""What the office shows of the release that readers see: its words, its goals, its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pejl.release.public import PublicRelease
from pejl.site.publication import Publication
from pejl.site.views import live
from pejl.text import Language


def publication() -> Publication:
    """Return what the public site shows now."""
    return live().publication


def release() -> PublicRelease:
    """Return the release that readers see first."""
    return publication().first.release


def face() -> Mapping[str, Any]:
    """Return whose release it is: title, municipality, notice and the like."""
    return release().workspace


def site_url(name: str, language: Language, **values: str) -> str:
    """Return the address of a page of the public site, such as that of a goal.

    Raises:
        KeyError: there is no such kind of page, or a value is missing.
    """
    return publication().first.url(name, language, values)
