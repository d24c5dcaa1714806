"""The papers of published releases, which an item of an agenda can point at."""

from __future__ import annotations

from collections.abc import Iterator

from pejl.office.web.shown import publication
from pejl.publish.paper import paper_names
from pejl.site.edition import Edition
from pejl.text import Language, message

_PDF = ".pdf"


def choices(language: Language) -> list[tuple[str, str]]:
    """Return the status papers of the releases that are published, the current one first, for a list to choose from."""
    return [
        (
            f"{edition.release.id}/{name}",
            message(
                "Status {year}: {title} ({release})", year=edition.year, title=title, release=edition.release.id
            ).render(language),
        )
        for edition in publication().editions
        for name, title in _papers(edition, language)
    ]


def title_of(release: str, file: str, language: Language) -> str | None:
    """Return what a paper is called on an agenda; None if there is no such paper."""
    return dict(choices(language)).get(f"{release}/{file}")


def address_of(release: str, file: str) -> str | None:
    """Return where a paper of a release is published; None if it no longer is."""
    for edition in publication().editions:
        if edition.release.id == release:
            for language in edition.languages:
                if any(name == file for name, _ in _papers(edition, language)):
                    return edition.url("paper_file", language, {"file": file})
    return None


def _papers(edition: Edition, language: Language) -> Iterator[tuple[str, str]]:
    titles = {each["id"]: each["title"] for each in edition.release.strategies}
    for strategy, name in paper_names(edition.release, language):
        title = titles[strategy]
        yield name + _PDF, title.get(language) or title["da"]
