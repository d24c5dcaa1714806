"""Reading a workspace folder: every file once, every problem of form noted, nothing run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from pejl.text import message
from pejl.workspace.base import Declared
from pejl.workspace.figures import FigureTable, read_figures
from pejl.workspace.files import MAX_DEFINITION_BYTES, MAX_FIGURES_BYTES, decode, read_bytes
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import FigureSource, Workspace
from pejl.workspace.problems import Location, Problem, Problems, Severity, did_you_mean
from pejl.workspace.settings import Settings
from pejl.workspace.strategies import Strategy
from pejl.workspace.toml_source import read_toml
from pejl.workspace.validation import validate
from pejl.workspace.vocabulary import Vocabulary
from pejl.workspace.yaml_source import MarkedDict, read_yaml

SETTINGS_FILE = "pejl.toml"
DEFINITION_FOLDERS = ("strategy", "vocabulary", "indicators")
FIGURES_FOLDER = "figures"
OWN_FOLDERS = frozenset({*DEFINITION_FOLDERS, FIGURES_FOLDER, "releases", "remarks", "data"})

D = TypeVar("D", bound=Declared)


class FigureCache(Protocol):
    """Keeps what the figures files use, by the hash of their content."""

    def get(self, file: str, sha256: str) -> tuple[FigureSource, list[Problem]] | None:
        """Return what is known of a file with this content, or None."""

    def put(self, source: FigureSource, problems: list[Problem]) -> None:
        """Keep what was found in a file."""


class WorkspaceNotFoundError(Exception):
    """The folder is not a workspace; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what.render("en"))
        self.problem = problem


def load_workspace(root: Path, cache: FigureCache | None = None) -> tuple[Workspace | None, Problems]:
    """Read the workspace in `root` and return it with the problems of form found.

    The workspace is None when its settings cannot be read; declarations that cannot be understood are left out.

    Raises:
        WorkspaceNotFoundError: `root` is missing, is not a folder, or has no pejl.toml.
    """
    _require_workspace(root)
    problems = Problems()
    hashes: dict[str, str] = {}
    _note_strangers(root, problems)
    settings = _settings(root, problems, hashes)

    def declared(folder: str, model: type[D]) -> tuple[D, ...]:
        files = _definition_files(root, folder, problems)
        read = (_declaration(path, file, model, problems, hashes) for path, file in files)
        return tuple(found for found in read if found is not None)

    vocabularies = declared("vocabulary", Vocabulary)
    strategies = declared("strategy", Strategy)
    indicators = declared("indicators", Indicator)
    figures = tuple(_figures(root, problems, hashes, cache))
    if settings is None:
        return None, problems
    in_time = sorted(strategies, key=lambda item: (item.valid.from_, item.status != "draft", item.id))
    return (
        Workspace(root, settings, vocabularies, tuple(in_time), indicators, figures, dict(sorted(hashes.items()))),
        problems,
    )


def read_table(workspace: Workspace, source: FigureSource) -> FigureTable:
    """Return the figures of `source`, reading the file again if only its summary is known."""
    if source.table is not None:
        return source.table
    content = (workspace.root / source.file).read_bytes()
    return read_figures(content.decode("utf-8-sig"), source.file, Problems())


def _require_workspace(root: Path) -> None:
    name_it = message("Name the folder that holds pejl.toml.")
    if not root.exists():
        reason = "missing_folder", message("there is no such folder"), message("Check the path.")
    elif not root.is_dir():
        reason = "not_a_folder", message("this is not a folder"), name_it
    elif not (root / SETTINGS_FILE).exists():
        reason = "not_a_workspace", message("the folder holds no pejl.toml"), name_it
    else:
        return
    code, what, mend = reason
    raise WorkspaceNotFoundError(Problem(Severity.PROBLEM, code, Location(str(root)), what, mend))


def _note_strangers(root: Path, problems: Problems) -> None:
    """Warn of folders whose name is close to one we would read: a slip there would lose definitions silently."""
    for path in sorted(root.iterdir()):
        if path.is_dir() and path.name not in OWN_FOLDERS and not path.name.startswith("."):
            problems.add(
                "unknown_folder",
                Location(path.name),
                message("the folder '{name}' is not read", name=path.name),
                did_you_mean(
                    path.name,
                    OWN_FOLDERS,
                    message("Known folders: {names}.", names=", ".join(sorted(OWN_FOLDERS))),
                ),
                warning=True,
            )


def _files(root: Path, folder: str, suffix: str, problems: Problems) -> Iterator[tuple[Path, str]]:
    place = root / folder
    if not place.exists():
        return
    if not place.is_dir():
        problems.add(
            "not_a_folder",
            Location(folder),
            message("a folder is expected here, but this is a file"),
            message("Make '{folder}' a folder and put the file into it.", folder=folder),
        )
        return
    for path in sorted(place.rglob("*")):
        file = path.relative_to(root).as_posix()
        if any(part.startswith(".") for part in path.relative_to(root).parts):
            continue
        if path.suffix == suffix:
            yield path, file
        elif path.is_file() and path.suffix not in (".md", ".txt"):
            problems.add(
                "wrong_suffix",
                Location(file),
                message("files in '{folder}' end in {suffix}; this one is not read", folder=folder, suffix=suffix),
                message("Rename or move it."),
            )


def _definition_files(root: Path, folder: str, problems: Problems) -> Iterator[tuple[Path, str]]:
    return _files(root, folder, ".yaml", problems)


def _content(path: Path, file: str, limit: int, problems: Problems, hashes: dict[str, str]) -> bytes | None:
    content = read_bytes(path, file, limit, problems)
    if content is not None:
        hashes[file] = hashlib.sha256(content).hexdigest()
    return content


def _settings(root: Path, problems: Problems, hashes: dict[str, str]) -> Settings | None:
    return _declaration(root / SETTINGS_FILE, SETTINGS_FILE, Settings, problems, hashes, read_toml)


def _declaration(
    path: Path,
    file: str,
    model: type[D],
    problems: Problems,
    hashes: dict[str, str],
    reader: Callable[[str, str, Problems], MarkedDict | None] = read_yaml,
) -> D | None:
    content = _content(path, file, MAX_DEFINITION_BYTES, problems, hashes)
    text = None if content is None else decode(content, file, problems)
    data = None if text is None else reader(text, file, problems)
    return None if data is None else validate(model, data, problems)


def _figures(
    root: Path, problems: Problems, hashes: dict[str, str], cache: FigureCache | None
) -> Iterator[FigureSource]:
    for path, file in _files(root, FIGURES_FOLDER, ".csv", problems):
        content = _content(path, file, MAX_FIGURES_BYTES, problems, hashes)
        if content is None:
            continue
        known = cache.get(file, hashes[file]) if cache is not None else None
        if known is not None:
            source, found = known
            problems.extend(found)
            yield source
            continue
        own = Problems()
        text = decode(content, file, own)
        table = read_figures(text, file, own) if text is not None else FigureTable(file, (), [], {})
        names = tuple(name for name, _ in table.dimensions)
        source = FigureSource(file, hashes[file], names, table.uses, table)
        if cache is not None:
            cache.put(source, list(own.sorted()))
        problems.extend(own.sorted())
        yield source
