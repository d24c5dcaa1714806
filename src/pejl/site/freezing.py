"""`pejl publish`: the whole site as files, that any web server hands out.

Every file is made by the function that serves it. A file whose key is what it was is taken over from the folder as
it stands; all times are those of the releases; so two runs give the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pejl.release import storage
from pejl.site.addresses import Base
from pejl.site.extras import Extra, extras, file_lines
from pejl.site.frozen_folder import FrozenFolder
from pejl.site.keys import LIST, FileList, Keys, Made
from pejl.site.publication import Output, Publication
from pejl.site.standings import releases_to_publish

ASSETS = "look"


@dataclass(frozen=True, slots=True)
class FreezeStarted:
    """So many files and folders are to be made."""

    total: int


@dataclass(frozen=True, slots=True)
class FreezeStep:
    """One of them is there; `reused` if it was taken over."""

    name: str
    reused: bool


Event = FreezeStarted | FreezeStep
Listener = Callable[[Event], None]


def silent(_: Event) -> None:
    """Listen and say nothing."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """What came of freezing.

    Attributes:
        folder: where the site stands.
        release: which is shown first.
        draft: whether it is marked as a draft.
        written: the files that were made anew.
        reused: how many were taken over.
        origin_known: whether the site's host is known, so that feeds and lists hold whole addresses.
    """

    folder: Path
    release: str
    draft: bool
    written: tuple[str, ...]
    reused: int
    origin_known: bool


def freeze(
    root: Path, to: Path, base_url: str = "/", *, release_id: str | None = None, listener: Listener = silent
) -> Frozen:
    """Freeze the site of a workspace into a folder.

    Args:
        root: the workspace.
        to: the folder; what we wrote there before is replaced at once, when all is done.
        base_url: where the site will stand: `/path/` or `https://host/path/`.
        release_id: what is shown first; the public release if not given, and the current one, as the draft it is, as
            long as there is none.
        listener: is told what is done.

    Raises:
        ReleaseError: there is no release, or none of this id, or it was withdrawn.
        FolderRefusedError: the folder holds what we did not write.
        BaseRefusedError: `base_url` is none.
        AssetsMissingError: the installation is incomplete.
    """
    releases = releases_to_publish(root, release_id)
    publication = Publication(releases, Base.parse(base_url, releases.first.address))
    return freeze_publication(publication, to, listener=listener)


def freeze_publication(publication: Publication, to: Path, *, listener: Listener = silent) -> Frozen:
    """Freeze a publication into a folder; arguments, result and errors as for `freeze`."""
    folder = FrozenFolder(to)
    known = folder.known()
    with folder.writing() as beside:
        run = _Run(publication, folder.target, beside, known or FileList(), listener)
        run.everything()
    first = publication.first
    written = tuple(sorted(run.written))
    return Frozen(folder.target, first.shown.id, first.draft, written, run.reused, bool(publication.base.origin))


class _Run:
    """One freezing: from the publication and the old folder into the new one."""

    def __init__(self, publication: Publication, old: Path, new: Path, known: FileList, listener: Listener) -> None:
        self._publication = publication
        self._old = old
        self._new = new
        self._known = known
        self._listed_at = storage.written_at(old / LIST) if known.made else 0
        self._listener = listener
        self._now = FileList()
        self._folders: set[str] = set()
        for edition in publication.editions:
            for release in (edition.release, edition.before):
                if release is not None:
                    release.learn()
        self._keys = {edition: Keys(edition, publication.assets) for edition in publication.editions}
        self.written: list[str] = []
        self.reused = 0

    def everything(self) -> None:
        """Make or take over every file, and write the list of them."""
        outputs = self._publication.outputs.values()
        more = list(extras(self._publication))
        self._listener(FreezeStarted(len(outputs) + len(more)))
        self._look()
        for extra in more:
            self._listener(FreezeStep(extra.name, self._extra(extra)))
        for edition in self._publication.editions:
            edition.know_files(partial(tuple, file_lines(edition, self._new)))
        for output in outputs:
            self._listener(FreezeStep(output.file, self._page(output)))
        storage.write_file(self._new / LIST, self._now.as_bytes())

    def _look(self) -> None:
        """Write styles, scripts and letters; under the same name there is the same file."""
        known = self._known.made.get(ASSETS)
        for name, content in self._publication.assets.files.items():
            if known is not None and known.files.get(name) == storage.sha256(content) == _hash(self._old / name):
                self._link(name)
            else:
                self._write(name, content)
        made = {name: storage.sha256(content) for name, content in self._publication.assets.files.items()}
        self._now.made[ASSETS] = Made("", (), made)

    def _page(self, output: Output) -> bool:
        edition = output.edition
        if edition is None:
            self._now.made[output.file] = Made("", (), {output.file: self._write(output.file, output.make())})
            return False
        keys = self._keys[edition]
        if self._take_over(output.file, keys):
            return True
        with edition.release.notes.taken() as parts:
            content = output.make()
        made = {output.file: self._write(output.file, content)}
        self._now.made[output.file] = Made(keys.key(parts), tuple(parts), made)
        return False

    def _extra(self, extra: Extra) -> bool:
        keys = self._keys[extra.edition]
        if self._take_over(extra.name, keys):
            return True
        folder, before = self._new / extra.folder, self._old / extra.folder
        self._make_folder(extra.folder)
        with extra.edition.release.notes.taken() as parts:
            hashes = extra.write(folder, before if before.is_dir() else None)
        files = {f"{extra.folder}{path}": sha256 for path, (sha256, _) in hashes.items()}
        self.written += [f"{extra.folder}{path}" for path, (_, kept) in hashes.items() if not kept]
        self.reused += sum(kept for _, kept in hashes.values())
        self._now.made[extra.name] = Made(keys.key(parts), tuple(parts), files)
        return False

    def _take_over(self, name: str, keys: Keys) -> bool:
        """Give what was made before a place in the new folder, if it was made from the same and nobody touched it."""
        made = self._known.made.get(name)
        if made is None or made.key != keys.key(made.parts):
            return False
        if not all(self._is_still(file, sha256) for file, sha256 in made.files.items()):
            return False
        for file in made.files:
            self._link(file)
        self._now.made[name] = made
        return True

    def _is_still(self, name: str, sha256: str) -> bool:
        """Tell whether a file of the old folder is what we wrote.

        What was last written to before the list of all files was is not read again.
        """
        path = f"{self._old}/{name}"
        try:
            if storage.written_at(path) < self._listed_at:
                return True
        except OSError:
            return False
        return _hash(Path(path)) == sha256

    def _link(self, name: str) -> None:
        self._make_folder(name)
        storage.link_file(f"{self._old}/{name}", f"{self._new}/{name}")
        self.reused += 1

    def _write(self, name: str, content: bytes) -> str:
        self._make_folder(name)
        storage.write_file(self._new / name, content)
        self.written.append(name)
        return storage.sha256(content)

    def _make_folder(self, name: str) -> None:
        """Make the folder that a file is to stand in."""
        folder, _, _ = name.rpartition("/")
        if folder not in self._folders:
            os.makedirs(f"{self._new}/{folder}", exist_ok=True)  # noqa: PTH103 - thousands of them; a Path for each is slow
            self._folders.add(folder)


def _hash(path: Path) -> str | None:
    try:
        return storage.sha256(path.read_bytes())
    except OSError:
        return None
