"""The open data and the committee's papers beside the pages: written by their own rooms, into folders of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pejl.release import storage
from pejl.site.edition import FileLine
from pejl.site.keys import code_key
from pejl.text import Language

if TYPE_CHECKING:
    from pejl.site.edition import Edition
    from pejl.site.publication import Publication

DATA = "data_file"
PAPER = "paper_file"
INDEX = "index.html"


Hashes = dict[str, tuple[str, bool]]
"""Of each file written, by its path in the folder: its SHA-256, and whether it was taken over from an earlier one."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A folder of files made in one go.

    Attributes:
        name: what it is, among all such folders.
        folder: from the root of the site, with a slash at the end.
        edition: the release it is made from.
        write: writes the files into a folder; the second one is what stood there before, to take over from, if there
            was anything.
    """

    name: str
    folder: str
    edition: Edition
    write: Callable[[Path, Path | None], Hashes]


def extras(publication: Publication) -> Iterator[Extra]:
    """Yield every such folder of the site."""
    for edition in publication.editions:
        data, paper = edition.folder(DATA), edition.folder(PAPER)
        yield Extra(data, data, edition, _data_writer(edition))
        for strategy in _strategies_with_papers(edition):
            for language in edition.languages:
                name = f"{paper} {strategy} {language}"
                yield Extra(name, paper, edition, _paper_writer(edition, strategy, language))


def _strategies_with_papers(edition: Edition) -> tuple[str, ...]:
    from pejl.publish.paper.writing import papers_of

    with edition.release.notes.taken():
        return papers_of(edition.release)


def _data_writer(edition: Edition) -> Callable[[Path, Path | None], Hashes]:
    base, language = edition.base, edition.languages[0]

    def page_of(indicator: str) -> str:
        return base.origin + edition.url("indicator", language, {"indicator": indicator})

    def write(folder: Path, before: Path | None) -> Hashes:
        from pejl.publish.open_data import write_open_data

        edition.release.note_all_figures()
        written = write_open_data(
            edition.release,
            folder,
            base_url=base.absolute(edition.root),
            draft=edition.draft,
            made=edition.shown.made,
            page_of=page_of if base.origin else None,
            before=before,
            made_by=code_key(),
        )
        return {each.path: (each.sha256, each.kept) for each in written}

    return write


def _paper_writer(edition: Edition, strategy: str, language: Language) -> Callable[[Path, Path | None], Hashes]:
    def write(folder: Path, before: Path | None) -> Hashes:
        from pejl.publish.paper import write_paper

        written = write_paper(edition.release, folder, language, edition.draft, strategy=strategy, before=before)
        return {path.relative_to(folder).as_posix(): (storage.sha256(path.read_bytes()), False) for path in written}

    return write


def file_lines(edition: Edition, root: Path) -> tuple[FileLine, ...]:
    """Return what stands in the folders of an edition below `root`, by kind and name."""
    return tuple(
        FileLine(name, kind, size)
        for kind in (DATA, PAPER)
        for name, size in sorted(_sizes(root / edition.folder(kind)))
        if not name.startswith(".") and name != INDEX
    )


def _sizes(folder: Path, below: str = "") -> Iterator[tuple[str, int]]:
    """Yield the name and size of every file in a folder that need not be there."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _sizes(folder / entry.name, f"{below}{entry.name}/")
            else:
                yield below + entry.name, entry.stat().st_size


def write_extras(publication: Publication, root: Path) -> None:
    """Write every such folder below `root`."""
    for extra in extras(publication):
        folder = root / extra.folder
        folder.mkdir(parents=True, exist_ok=True)
        extra.write(folder, None)
