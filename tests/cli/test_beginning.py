"""`pejl init`, and what `pejl demo` does in the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.conftest import MakeWorkspace
from tests.site.worlds import DAY

import pejl
from pejl.cli import commands
from pejl.cli.commands import cli
from pejl.cli.faults import RefusedError
from pejl.exchange.beginning import beginning
from pejl.text import LANGUAGES, Language

FILES = [
    "pejl.toml",
    "vocabulary/words.yaml",
    "strategy/our_strategy.yaml",
    "indicators/homeless.yaml",
    "figures/figures.csv",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_init_makes_a_workspace_that_passes_its_check_and_can_be_judged(language: Language, tmp_path: Path) -> None:
    root = tmp_path / "ours"
    done = CliRunner().invoke(cli, ["init", str(root), "--lang", language])
    assert done.exit_code == 0
    assert [str(root / name) in line for name, line in zip(FILES, done.output.splitlines(), strict=False)] == [True] * 5
    assert done.output.endswith(f"pejl measure {root}\n")
    assert sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()) == sorted(FILES)
    assert pejl.open(root).check().problems == ()
    assert pejl.open(root).measure(as_of=DAY).release is not None
    goals = {goal["id"]: goal for goal in pejl.open(root).status()["goals"]}
    assert list(goals) == ["fewer_homeless", "homes_kept"]
    assert (goals["fewer_homeless"]["baseline"]["value"], goals["fewer_homeless"]["latest"]["value"]) == (200, 180)
    assert goals["homes_kept"]["latest"]["state"] == "not_collected"


def test_the_files_differ_between_the_languages_in_their_comments_alone() -> None:
    def without_comments(language: Language) -> dict[str, list[str]]:
        files = beginning(language)
        return {name: [line.partition("#")[0].rstrip() for line in text.splitlines()] for name, text in files.items()}

    assert without_comments("da") == without_comments("en")
    assert "# Whose workspace it is." in beginning("en")["pejl.toml"]


def test_init_writes_into_an_empty_folder_and_into_no_other(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["init", str(tmp_path)]).exit_code == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    again = CliRunner().invoke(cli, ["init", str(tmp_path)])
    assert isinstance(again.exception, RefusedError)
    assert again.exception.what.render("en") == f"'{tmp_path}' is there already; name a new folder"
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("terminal", "options", "served"), [(True, [], True), (True, ["--no-serve"], False), (False, [], False)]
)
def test_the_demonstration_is_served_in_the_end_only_where_somebody_can_stop_it(
    terminal: bool, options: list[str], served: bool, make_workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pejl.demo import making

    root, shown = make_workspace(), []
    release = pejl.open(root).measure(as_of=DAY).release
    assert release is not None
    monkeypatch.setattr(making, "write_demo", lambda *_: None)
    monkeypatch.setattr(making, "measure_linked", lambda *_: None)
    monkeypatch.setattr(making, "measure_draft", lambda *_: release)
    monkeypatch.setattr(making, "fill_office", lambda *_: None)
    monkeypatch.setattr(making, "measure_own", lambda *_: release)
    monkeypatch.setattr(commands, "at_a_terminal", lambda: terminal)

    def serve(*told: Any) -> None:
        shown.append(told)

    monkeypatch.setattr(commands, "serve_site", serve)
    done = CliRunner().invoke(cli, ["demo", str(root), "--lang", "en", *options])
    assert done.exit_code == 0
    assert f"Release {release.id} is made." in done.output
    assert shown == ([(root, 0, None, "en")] if served else [])
