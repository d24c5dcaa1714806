"""The instruments that come with Pejl: questions with their answers as data, their credit and licence beside them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pejl.workspace.instruments import Instrument
from pejl.workspace.problems import Problems
from pejl.workspace.validation import validate
from pejl.workspace.yaml_source import read_yaml

FOLDER = Path(__file__).parent


class LibraryError(RuntimeError):
    """An instrument of the library is no valid declaration: the installation is broken."""


@cache
def library() -> Mapping[str, Instrument]:
    """Return the instruments of the library by id, sorted.

    Raises:
        LibraryError: one of the files was changed so that it is no valid declaration.
    """
    found = [_read(path) for path in sorted(FOLDER.glob("*.yaml"))]
    return MappingProxyType({each.id: each for each in sorted(found, key=lambda each: each.id)})


def instruments_of(own: tuple[Instrument, ...]) -> Mapping[str, Instrument]:
    """Return all instruments a workspace may ask with: the library's, and its `own`, which replace none of those."""
    return MappingProxyType({**{each.id: each for each in own}, **library()})


def _read(path: Path) -> Instrument:
    problems = Problems()
    data = read_yaml(path.read_text(encoding="utf-8"), path.name, problems)
    found = validate(Instrument, data, problems).declared if data is not None else None
    noted = problems.sorted()
    if found is None or noted or found.id != path.stem:
        raise LibraryError(f"{path.name} is no valid instrument: {noted[0].what.render('en') if noted else found}")
    return found
