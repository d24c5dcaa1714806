"""`pejl publish`, `pejl serve` and `publish()` in Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.site.checking import Frozen
from tests.site.worlds import DAY, write_lilleby

import pejl
from pejl.cli.commands import cli
from pejl.cli.faults import RefusedError
from pejl.release import ReleaseError
from pejl.workspace.folder import WorkspaceNotFoundError


def run(*arguments: object) -> str:
    """Run a command as the program would; what it refuses is raised."""
    done = CliRunner().invoke(cli, [str(each) for each in arguments], catch_exceptions=False, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.output


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """The small town with a release that nobody has approved."""
    town = write_lilleby(tmp_path / "town")
    pejl.open(town).measure(as_of=DAY)
    return town


def test_publish_says_what_it_did_and_that_it_is_a_draft(draft: Path, tmp_path: Path) -> None:
    said = run("publish", draft, "--to", tmp_path / "site", "--base-url", "/strategi/").splitlines()
    assert said[0].startswith(f"Release 2017-r1 stands in {tmp_path / 'site'}: ")
    assert said[1:] == ["It is a draft, and every page says so."]
    assert Frozen(tmp_path / "site", "/strategi/").documents["index.html"].ids["main-content"] == 1
    again = run("publish", draft, "--to", tmp_path / "site", "--base-url", "/strategi/")
    assert " 1 files written, " in again
    assert "set anew" not in again


def test_publish_says_that_papers_were_set_anew(draft: Path, tmp_path: Path) -> None:
    run("publish", draft, "--to", tmp_path / "site", "--base-url", "/strategi/")
    figures = draft / "figures" / "figures.csv"
    figures.write_text(figures.read_text().replace("homeless,2017,total,150", "homeless,2017,total,149"))
    pejl.open(draft).measure(as_of=DAY)
    said = run("publish", draft, "--to", tmp_path / "site", "--base-url", "/strategi/")
    assert said.splitlines()[1] == "Papers that changed and were set anew, about a second of work each: 2."


def test_publish_says_when_the_host_is_not_known(make_workspace: Any, tmp_path: Path) -> None:
    town = make_workspace()
    pejl.open(town).measure(as_of=DAY)
    assert "The host of the site is not known" in run("publish", town, "--to", tmp_path / "site")
    said = run("publish", town, "--to", tmp_path / "site", "--base-url", "https://a.dk/", "--lang", "da")
    assert "adresse" not in said


def test_publish_speaks_danish_when_asked(draft: Path, tmp_path: Path) -> None:
    assert "Den er et udkast" in run("publish", draft, "--to", tmp_path / "site", "--lang", "da")


def test_without_a_folder_the_site_stands_in_the_workspace_and_harms_nothing_there(draft: Path) -> None:
    run("publish", draft)
    assert (draft / "site" / "index.html").is_file()
    assert pejl.open(draft).check().ok
    assert not pejl.open(draft).measure(as_of=DAY).new


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--base-url", "strategi"), "is not where a site can stand"),
        (("--release", "1999-r1"), "there is no release '1999-r1'"),
    ],
)
def test_publish_refuses_with_a_reason(arguments: tuple[str, ...], reason: str, draft: Path, tmp_path: Path) -> None:
    with pytest.raises((RefusedError, ReleaseError), match=reason):
        run("publish", draft, "--to", tmp_path / "site", *arguments)
    assert not (tmp_path / "site").exists()


def test_publish_refuses_a_folder_of_somebody_elses(draft: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.txt").write_text("mine")
    with pytest.raises(RefusedError, match="is not empty"):
        run("publish", draft, "--to", tmp_path / "site")


@pytest.mark.parametrize("command", ["publish", "serve"])
def test_a_folder_that_is_no_workspace_is_refused(command: str, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceNotFoundError):
        run(command, tmp_path)


def test_python_publishes_too_and_says_what_came_of_it(draft: Path, tmp_path: Path) -> None:
    done = pejl.open(draft).publish(tmp_path / "site", base_url="https://a.dk/x/")
    assert (done.folder, done.release, done.draft, done.origin_known) == (tmp_path / "site", "2017-r1", True, True)
    assert set(done.written) == Frozen(done.folder, "/x/").files - {".pejl-site.json"}
