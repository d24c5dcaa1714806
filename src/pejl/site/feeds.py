"""What machines follow: the Atom feed of releases, and the list of all pages for search engines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from pejl.text import Language, message

if TYPE_CHECKING:
    from pejl.site.edition import Edition

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def feed(editions: Sequence[Edition], language: Language) -> bytes:
    """Return the feed of the releases that are shown, the latest first (RFC 4287).

    Ids are made of the workspace and the release, so that they outlive a move of the site. All times are those of the
    releases.
    """
    first = editions[0]
    face = first.release.workspace
    own = first.base.absolute(_path(first.url("feed", language, {}), first))
    lines = [
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        f"<id>{_id(face['id'], language)}</id>",
        f"<title>{escape(_said(face['title'], language))}</title>",
        f"<subtitle>{escape(_said(face['notice'], language))}</subtitle>",
        f"<updated>{_time(max(each.shown.since for each in editions))}</updated>",
        f"<author><name>{escape(_said(face['municipality'], language))}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(own)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(_front(first, language))}/>',
    ]
    for each in editions:
        lines += _entry(each, language)
    return (_HEAD + "\n".join([*lines, "</feed>", ""])).encode()


def _entry(edition: Edition, language: Language) -> list[str]:
    face = edition.release.workspace
    title = message("Status for {year}", year=edition.year).render(language)
    if edition.draft:
        title = message("{title} (draft)", title=title).render(language)
    goals = len(edition.release.status["goals"])
    summary = message("How {goals} goals stand.", goals=goals).render(language)
    return [
        "<entry>",
        f"<id>{_id(face['id'], edition.shown.id, language)}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{_time(edition.shown.since)}</updated>",
        f'<link rel="alternate" type="text/html" href={quoteattr(_front(edition, language))}/>',
        f"<summary>{escape(summary)} {escape(_said(face['notice'], language))}</summary>",
        "</entry>",
    ]


def sitemap(editions: Sequence[Edition]) -> bytes:
    """Return every page of the release that is shown first, with its other languages (sitemaps.org).

    Earlier releases and drafts are left out: search engines are asked not to show them.
    """
    first = editions[0]
    lines = [
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for place in () if first.draft else first.places.values():
        if place.name == "not_found":
            continue
        lines.append(f"<url><loc>{escape(first.base.absolute(place.path))}</loc>")
        for language in first.languages:
            href = first.base.absolute(_path(first.url(place.name, language, dict(place.values)), first))
            lines.append(f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(href)}/>')
        lines.append("</url>")
    return (_HEAD + "\n".join([*lines, "</urlset>", ""])).encode()


def _path(url: str, edition: Edition) -> str:
    return url.removeprefix(edition.base.path)


def _front(edition: Edition, language: Language) -> str:
    return edition.base.absolute(_path(edition.url("front", language, {}), edition))


def _said(text: dict[str, str | None], language: Language) -> str:
    return text.get(language) or text.get("da") or text.get("en") or ""


def _id(*names: str) -> str:
    return uuid5(NAMESPACE_URL, "pejl:" + "/".join(names)).urn


def _time(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
