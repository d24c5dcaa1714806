"""What is not frozen, and where: nothing of anybody else's is ever lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.site.checking import content
from tests.site.worlds import write_lilleby

from pejl.release import ReleaseError, storage
from pejl.site.addresses import BaseRefusedError
from pejl.site.freezing import freeze
from pejl.site.frozen_folder import FolderRefusedError, FrozenFolder
from pejl.site.keys import LIST


def test_a_folder_with_anything_else_in_it_is_refused_and_stays(tmp_path: Path, lilleby_root: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "diary.txt").write_text("mine")
    with pytest.raises(FolderRefusedError, match="is not empty, and not a site made by pejl"):
        freeze(lilleby_root, folder)
    assert content(folder) == {"diary.txt": b"mine"}


@pytest.mark.parametrize("name", ["CNAME", ".git/HEAD", "maal/notes.txt"])
def test_a_file_added_to_a_frozen_site_is_never_lost(
    name: str, town: Path, tmp_path: Path, quick: Callable[[Path, Path], Any]
) -> None:
    folder = tmp_path / "site"
    quick(town, folder)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("mine")
    with pytest.raises(FolderRefusedError, match=name):
        quick(town, folder)
    assert (folder / name).read_text() == "mine"


def test_a_list_that_names_a_file_outside_the_folder_is_not_believed(
    town: Path, tmp_path: Path, quick: Callable[[Path, Path], Any]
) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside.txt"
    quick(town, site)
    outside.write_text("Somebody's own.")
    told = json.loads((site / LIST).read_bytes())
    told["made"]["index.html"][2]["../outside.txt"] = storage.sha256(outside.read_bytes())
    (site / LIST).write_text(json.dumps(told))
    with pytest.raises(FolderRefusedError, match="not a site made by pejl"):
        quick(town, site)
    assert outside.read_text() == "Somebody's own."


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path, lilleby_root: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(FolderRefusedError, match="is not a folder"):
        freeze(lilleby_root, tmp_path / "site")


def test_an_empty_folder_is_as_good_as_none(town: Path, tmp_path: Path, quick: Callable[[Path, Path], Any]) -> None:
    (tmp_path / "site").mkdir()
    quick(town, tmp_path / "site")
    assert (tmp_path / "site" / "index.html").is_file()


def test_two_runs_at_once_do_not_mix(town: Path, tmp_path: Path, quick: Callable[[Path, Path], Any]) -> None:
    with FrozenFolder(tmp_path / "site").writing(), pytest.raises(FolderRefusedError, match="another run is writing"):
        quick(town, tmp_path / "site")


@pytest.mark.parametrize("text", ["path/", "//host/x", "ftp://host/", "/a b/", "/a?x=1", "https://host/#x"])
def test_an_address_where_no_site_can_stand_is_refused(text: str, tmp_path: Path, lilleby_root: Path) -> None:
    with pytest.raises(BaseRefusedError):
        freeze(lilleby_root, tmp_path / "site", text)
    assert not (tmp_path / "site").exists()


def test_without_a_release_nothing_is_written(tmp_path: Path) -> None:
    town = write_lilleby(tmp_path / "town")
    with pytest.raises(ReleaseError, match="there is no release yet"):
        freeze(town, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_release_whose_public_files_were_touched_is_not_published(town: Path, tmp_path: Path) -> None:
    figures = town / "releases" / "2017-r1" / "public" / "cells" / "homeless.csv"
    figures.write_text(figures.read_text().replace("150", "151"))
    with pytest.raises(ReleaseError, match="damaged"):
        freeze(town, tmp_path / "site")
    assert not (tmp_path / "site").exists()
