"""Small registers in small workspaces: a contract, a file, and what intake says of them.

`take(contract, files)` writes the workspace of `tests/conftest.py` with `registers/stays.yaml` and the files given,
and takes the register in, with a key that is always the same. Rows are read back with `rows_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest
from tests.conftest import Content, MakeWorkspace

from pejl.engines import Session, get_engine
from pejl.registers import Intake, PseudonymKey, take_in
from pejl.workspace.loading import load_workspace
from pejl.workspace.model import Workspace

KEY = PseudonymKey(bytes(range(32)))

HEAD = """\
id: {id}
title:
  da: Ophold
purpose:
  da: Statistik om ophold.
legal_basis:
  da: Databeskyttelsesloven § 10.
delivered_by:
  da: Fagsystemet
processed_at:
  - municipality
"""


def contract(body: str, register: str = "stays") -> str:
    """Return a whole contract: what every contract must say, and `body`."""
    return HEAD.format(id=register) + body


class LoadRegisters(Protocol):
    """Writes a workspace with these files and returns it, loaded without problems of form."""

    def __call__(self, files: Mapping[str, Content]) -> Workspace: ...


class Take(Protocol):
    """Writes a workspace with one register and takes it in; the same workspace again when called again."""

    def __call__(
        self, body: str, files: Mapping[str, Content], key: PseudonymKey | None = ..., folder: Path | None = ...
    ) -> Intake: ...


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session of DuckDB with little memory."""
    with get_engine("duckdb").session(memory="500MB", threads=2, scratch=tmp_path / "scratch") as opened:
        yield opened


@pytest.fixture
def load(make_workspace: MakeWorkspace) -> LoadRegisters:
    """See `LoadRegisters`."""
    calls = 0

    def make(files: Mapping[str, Content]) -> Workspace:
        nonlocal calls
        calls += 1
        workspace, problems = load_workspace(make_workspace(files, name=f"lilleby{calls}"))
        assert [f"{each.location} {each.what.render('en')}" for each in problems.sorted()] == []
        return workspace

    return make


@pytest.fixture
def take(load: LoadRegisters, session: Session, tmp_path: Path) -> Take:
    """See `Take`."""

    def make(
        body: str, files: Mapping[str, Content], key: PseudonymKey | None = KEY, folder: Path | None = None
    ) -> Intake:
        workspace = load({"registers/stays.yaml": contract(body), **files})
        return take_in(workspace, workspace.registers[0], session, folder or tmp_path / "cache", key)

    return make


@pytest.fixture
def rows_of(session: Session) -> Callable[[Intake], list[tuple[Any, ...]]]:
    """The canonical rows of an intake, in the order of its files."""

    def read(intake: Intake) -> list[tuple[Any, ...]]:
        session.relation("canonical", intake.files, intake.columns)
        return session.fetch("FROM canonical")

    return read
