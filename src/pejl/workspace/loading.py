"""Reading a workspace folder: every file once, every problem of form noted, nothing run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from pejl.text import message
from pejl.workspace.base import Declared, LocalText
from pejl.workspace.doing import Doing
from pejl.workspace.figure_table import FigureTable
from pejl.workspace.figures import read_figures
from pejl.workspace.files import MAX_DEFINITION_BYTES, MAX_FIGURES_BYTES, decode, printable, read_bytes
from pejl.workspace.folder import SETTINGS_FILE, require_workspace
from pejl.workspace.indicators import Indicator
from pejl.workspace.instruments import Instrument
from pejl.workspace.model import NO_ID, FigureSource, Workspace
from pejl.workspace.problems import Location, Problem, Problems, did_you_mean
from pejl.workspace.queries import MODELS_FOLDER, SqlFile
from pejl.workspace.registers import Register
from pejl.workspace.remarks import Remark, read_remark
from pejl.workspace.settings import Settings
from pejl.workspace.strategies import Strategy
from pejl.workspace.surveys import Survey
from pejl.workspace.toml_source import read_toml
from pejl.workspace.validation import validate
from pejl.workspace.vocabulary import Vocabulary
from pejl.workspace.yaml_source import MarkedDict, read_yaml

DEFINITION_FOLDERS = ("strategy", "vocabulary", "indicators")
FIGURES_FOLDER = "figures"
REGISTERS_FOLDER = "registers"
SURVEYS_FOLDER, INSTRUMENTS_FOLDER = "surveys", "instruments"
REMARKS_FOLDER, DOING_FOLDER = "remarks", "doing"
README = "README.md"
OPTIONAL_FOLDERS = (
    *(REGISTERS_FOLDER, MODELS_FOLDER, SURVEYS_FOLDER, INSTRUMENTS_FOLDER),
    *(REMARKS_FOLDER, DOING_FOLDER),
)
OWN_FOLDERS = frozenset({*DEFINITION_FOLDERS, FIGURES_FOLDER, *OPTIONAL_FOLDERS, "releases", "data", "site", "office"})
_ALSO_IN = {"indicators": (".sql",)}
"""What else may stand in a folder of declarations; it is read with other files of its kind."""

D = TypeVar("D", bound=Declared)
Reader = Callable[[str, str, Problems], MarkedDict | None]


class FigureCache(Protocol):
    """Keeps what the figures files use, by the hash of their content."""

    def get(self, file: str, sha256: str) -> tuple[FigureSource, list[Problem]] | None:
        """Return what is known of a file with this content, or None."""

    def put(self, source: FigureSource, problems: list[Problem]) -> None:
        """Keep what was found in a file."""


def load_workspace(root: Path, cache: FigureCache | None = None) -> tuple[Workspace, Problems]:
    """Read the workspace in `root` and return it with the problems of form found.

    What cannot be understood is set aside, so that the rest can be checked in the same pass; only a workspace
    without problems may be worked with.

    Raises:
        WorkspaceNotFoundError: `root` is missing, is not a folder, or has no pejl.toml.
    """
    require_workspace(root)
    loader = _Loader(root, cache)
    return loader.load(), loader.problems


class FileChangedError(Exception):
    """A file of the workspace is no longer what was checked."""

    def __init__(self, file: str) -> None:
        self.what = message("'{file}' was changed during the run; nothing was made. Run it again.", file=file)
        super().__init__(self.what.render("en"))


def read_table(workspace: Workspace, source: FigureSource) -> FigureTable:
    """Return the figures of `source`, reading the file again if only its summary is known.

    Raises:
        FileChangedError: the file is not the one that was summarised.
    """
    if source.table is not None:
        return source.table
    content = (workspace.root / source.file).read_bytes()
    if hashlib.sha256(content).hexdigest() != source.sha256:
        raise FileChangedError(source.file)
    return read_figures(content.decode("utf-8-sig"), source.file, Problems())


class _Loader:
    """Reads one workspace; collects problems, hashes, and what had to be set aside."""

    def __init__(self, root: Path, cache: FigureCache | None) -> None:
        self.root = root
        self.cache = cache
        self.problems = Problems()
        self.hashes: dict[str, str] = {}
        self.set_aside: set[str] = set()
        self.unread: set[str] = set()

    def load(self) -> Workspace:
        self._note_strangers()
        settings = self._declaration(self.root / SETTINGS_FILE, SETTINGS_FILE, Settings, read_toml)
        vocabularies = self._declared("vocabulary", Vocabulary)
        strategies = self._declared("strategy", Strategy)
        indicators = self._declared("indicators", Indicator)
        registers = self._declared(REGISTERS_FOLDER, Register)
        instruments = self._declared(INSTRUMENTS_FOLDER, Instrument)
        surveys = self._declared(SURVEYS_FOLDER, Survey)
        remarks = self._declared(REMARKS_FOLDER, Remark, ".md", read_remark)
        doing = self._declared(DOING_FOLDER, Doing)
        sql_files = tuple(self._sql())
        figures = tuple(self._figures())
        in_time = sorted(strategies, key=lambda item: (item.valid.from_, item.status != "draft", item.id))
        return Workspace(
            root=self.root,
            settings=settings if settings is not None else _NO_SETTINGS,
            vocabularies=vocabularies,
            strategies=tuple(in_time),
            indicators=indicators,
            figures=figures,
            registers=registers,
            sql_files=sql_files,
            instruments=instruments,
            surveys=surveys,
            remarks=remarks,
            doing=doing,
            file_hashes=dict(sorted(self.hashes.items())),
            set_aside=frozenset(self.set_aside),
            unread=frozenset(self.unread),
        )

    def _note_strangers(self) -> None:
        """Warn of folders that are not read: a slip in a name would lose definitions silently."""
        for path in sorted(self.root.iterdir()):
            known_name = path.name in OWN_FOLDERS or path.name == SETTINGS_FILE
            if path.is_dir() and not known_name and not path.name.startswith("."):
                known = message("Known folders: {names}.", names=", ".join(sorted(OWN_FOLDERS)))
                self.problems.add(
                    "unknown_folder",
                    Location(printable(path.name)),
                    message("the folder '{name}' is not read", name=printable(path.name)),
                    did_you_mean(path.name, OWN_FOLDERS, known),
                    warning=True,
                )

    def _files(self, folder: str, suffix: str) -> Iterator[tuple[Path, str]]:
        place = self.root / folder
        if folder in OPTIONAL_FOLDERS and not place.exists():
            return
        if not place.is_dir():
            self.unread.add(folder)
            self._note_missing_folder(place, folder)
            return
        for path in sorted(place.rglob("*")):
            file = path.relative_to(self.root).as_posix()
            if any(part.startswith(".") for part in path.relative_to(self.root).parts):
                continue
            if printable(file) != file:
                self._note_bad_name(path, file, folder)
            elif path.suffix == suffix and path.name != README:
                yield path, file
            elif path.is_file() and path.suffix not in (".md", ".txt", *_ALSO_IN.get(folder, ())):
                self.unread.add(folder)
                self.problems.add(
                    "wrong_suffix",
                    Location(file),
                    message("files in '{folder}' end in {suffix}; this one is not read", folder=folder, suffix=suffix),
                    message("Rename or move it."),
                )

    def _note_bad_name(self, path: Path, file: str, folder: str) -> None:
        if path.is_file():
            self.unread.add(folder)
            self.problems.add(
                "bad_name",
                Location(printable(file)),
                message("the name of the file is not in UTF-8"),
                message("Rename or move it."),
            )

    def _note_missing_folder(self, place: Path, folder: str) -> None:
        if place.exists():
            self.problems.add(
                "not_a_folder",
                Location(folder),
                message("a folder is expected here, but this is a file"),
                message("Make '{folder}' a folder and put the file into it.", folder=folder),
            )
        else:
            self.problems.add(
                "missing_folder",
                Location(folder),
                message("the folder '{folder}' is missing", folder=folder),
                message("Make it, even if it stays empty."),
            )

    def _content(self, path: Path, file: str, limit: int) -> bytes | None:
        content = read_bytes(path, file, limit, self.problems)
        if content is not None:
            self.hashes[file] = hashlib.sha256(content).hexdigest()
        return content

    def _declared(
        self, folder: str, model: type[D], suffix: str = ".yaml", reader: Reader = read_yaml
    ) -> tuple[D, ...]:
        read = (self._declaration(path, file, model, reader) for path, file in self._files(folder, suffix))
        return tuple(found for found in read if found is not None)

    def _declaration(self, path: Path, file: str, model: type[D], reader: Reader) -> D | None:
        content = self._content(path, file, MAX_DEFINITION_BYTES)
        text = None if content is None else decode(content, file, self.problems)
        data = None if text is None else reader(text, file, self.problems)
        if data is None:
            self.unread.add(file.partition("/")[0])
            return None
        found = validate(model, data, self.problems)
        self.set_aside |= found.set_aside
        return found.declared

    def _sql(self) -> Iterator[SqlFile]:
        """Yield models, and the SQL that stands beside the indicators."""
        beside = sorted((self.root / "indicators").rglob("*.sql"))
        named = ((path, path.relative_to(self.root).as_posix()) for path in beside)
        for path, file in (*self._files(MODELS_FOLDER, ".sql"), *named):
            content = self._content(path, file, MAX_DEFINITION_BYTES)
            text = None if content is None else decode(content, file, self.problems)
            if text is None:
                self.unread.add(file.partition("/")[0])
            else:
                yield SqlFile(file, text, self.hashes[file])

    def _figures(self) -> Iterator[FigureSource]:
        for path, file in self._files(FIGURES_FOLDER, ".csv"):
            content = self._content(path, file, MAX_FIGURES_BYTES)
            known = self._known(file)
            if known is not None:
                yield known
            elif content is None:
                self.unread.add(FIGURES_FOLDER)
            else:
                yield self._read_figures(content, file)

    def _known(self, file: str) -> FigureSource | None:
        if self.cache is None or file not in self.hashes:
            return None
        known = self.cache.get(file, self.hashes[file])
        if known is None:
            return None
        return self._noted(*known)

    def _read_figures(self, content: bytes, file: str) -> FigureSource:
        own = Problems()
        text = decode(content, file, own)
        table = read_figures(text, file, own) if text is not None else FigureTable(file)
        names = tuple(name for name, _ in table.dimensions)
        aside = frozenset(table.set_aside)
        source = FigureSource(file, self.hashes[file], names, table.uses, aside, table.whole, table)
        found = list(own.sorted())
        if self.cache is not None:
            self.cache.put(source, found)
        return self._noted(source, found)

    def _noted(self, source: FigureSource, found: list[Problem]) -> FigureSource:
        self.problems.extend(found)
        if not source.whole:
            self.unread.add(FIGURES_FOLDER)
        return source


_NO_WORDS = LocalText(da="?", en="?")
_NO_SETTINGS = Settings(id=NO_ID, title=_NO_WORDS, municipality=_NO_WORDS, own=False, notice=_NO_WORDS)
"""Stand in for settings that cannot be read, so that everything else is checked in the same pass."""
