"""Freezing: the same bytes each time, only what changed is written, nothing of anybody else's is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.site.checking import Frozen, content
from tests.site.worlds import DAY

import pejl
from pejl.release import storage
from pejl.site import frozen_folder
from pejl.site.addresses import Base
from pejl.site.freezing import FreezeStarted, FreezeStep, freeze, freeze_publication
from pejl.site.keys import LIST
from pejl.site.publication import Publication
from pejl.site.standings import releases_to_publish


def test_two_runs_write_the_same_bytes(tmp_path: Path, lilleby_root: Path, lilleby_site: Frozen) -> None:
    again = freeze(lilleby_root, tmp_path / "again", f"https://example.dk{lilleby_site.base}")
    assert content(again.folder) == content(lilleby_site.folder)
    assert again.reused == 0


def test_two_processes_with_other_hash_seeds_write_the_same_bytes(tmp_path: Path, lilleby_root: Path) -> None:
    code = "import sys, pejl; pejl.open(sys.argv[1]).publish(sys.argv[2])"
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, str(lilleby_root), str(tmp_path / seed)],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
    assert content(tmp_path / "1") == content(tmp_path / "2")


def test_a_second_run_into_the_same_folder_writes_only_the_list_of_pages(
    tmp_path: Path, lilleby_root: Path, lilleby_site: Frozen
) -> None:
    folder = shutil.copytree(lilleby_site.folder, tmp_path / "site")
    done = freeze(lilleby_root, folder, f"https://example.dk{lilleby_site.base}")
    assert done.written == ("sitemap.xml",)
    assert content(folder) == content(lilleby_site.folder)


def _figures(town: Path, old: str, new: str) -> None:
    path = town / "figures" / "figures.csv"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def _strategy(town: Path, old: str, new: str) -> None:
    path = town / "strategy" / "plan.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def _second_indicator(town: Path) -> None:
    text = (town / "indicators" / "homeless.yaml").read_text()
    (town / "indicators" / "roofless.yaml").write_text(
        text.replace("homeless", "roofless").replace("hjemløshed", "gaden")
    )
    with (town / "figures" / "figures.csv").open("a") as file:
        file.write("roofless,2015,total,18,persons,measured,city,count of 2015,\n")
        file.write("roofless,2017,total,15,persons,measured,city,count of 2017,\n")


CHANGES: dict[str, Callable[[Path], None]] = {
    "a figure": lambda town: _figures(town, "homeless,2017,total,150", "homeless,2017,total,171"),
    "a figure of a breakdown": lambda town: _figures(town, "homeless,2017,north,100", "homeless,2017,north,90"),
    "the title of a goal": lambda town: _strategy(town, "Flere beholder deres bolig", "Flere bliver boende"),
    "the title of a strategy": lambda town: _strategy(town, "en: Plan 2014-2017", "en: The plan"),
    "a target": lambda town: _strategy(town, "value: 160", "value: 140"),
    "another indicator": _second_indicator,
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_what_is_taken_over_is_what_would_be_written(change: str, town: Path, tmp_path: Path) -> None:
    freeze(town, tmp_path / "site")
    CHANGES[change](town)
    made = pejl.open(town).measure(year=2017, as_of=DAY)
    assert made.new
    assert made.release is not None
    updated = freeze(town, tmp_path / "site", release_id=made.release.id)
    fresh = freeze(town, tmp_path / "fresh", release_id=made.release.id)
    assert content(updated.folder) == content(fresh.folder)


def test_the_feed_of_a_draft_that_was_made_again_tells_its_new_time(town: Path, tmp_path: Path) -> None:
    CHANGES["a figure"](town)
    made = pejl.open(town).measure(year=2017, as_of=DAY)
    assert made.release is not None
    now = releases_to_publish(town, made.release.id)
    later = replace(now, first=replace(now.first, made="2031-05-06T07:08:09+00:00"))
    freeze_publication(Publication(now, Base("/")), tmp_path / "site")
    done = freeze_publication(Publication(later, Base("/")), tmp_path / "site")
    assert {"feed.atom", "en/feed.atom"} < set(done.written)
    assert b"<updated>2031-05-06T07:08:09Z</updated>" in (tmp_path / "site" / "feed.atom").read_bytes()


def test_after_one_changed_figure_only_pages_that_show_it_are_written(
    town: Path, tmp_path: Path, quick: Callable[[Path, Path], Any]
) -> None:
    quick(town, tmp_path / "site")

    def change(told: Any) -> None:
        next(each for each in told["goals"] if each["id"] == "fewer_homeless")["latest"]["value"] = 149.0

    rewrite(town, "status.json", change)
    done = quick(town, tmp_path / "site")
    assert done.written == ("en/goals/fewer-homeless/index.html", "maal/fewer-homeless/index.html", "sitemap.xml")


def test_a_page_that_somebody_edited_is_written_again(
    town: Path, tmp_path: Path, quick: Callable[[Path, Path], Any]
) -> None:
    quick(town, tmp_path / "site")
    page = tmp_path / "site" / "index.html"
    before = page.read_bytes()
    page.write_bytes(b"edited")
    done = quick(town, tmp_path / "site")
    assert page.read_bytes() == before
    assert done.written == ("index.html", "sitemap.xml")


def test_progress_is_told_for_every_file(tmp_path: Path, lilleby_root: Path) -> None:
    told: list[Any] = []
    freeze(lilleby_root, tmp_path / "site", listener=told.append)
    assert isinstance(told[0], FreezeStarted)
    steps = [event for event in told[1:] if isinstance(event, FreezeStep)]
    assert len(steps) == len(told) - 1 == told[0].total
    assert not any(step.reused for step in steps)


class _DiskFullError(OSError):
    """What a failing disk says."""


STEPS = ("write_file", "link_file", "flush", "rename", "sync_folder")


def _calls(monkeypatch: pytest.MonkeyPatch, fail_at: int) -> Iterator[int]:
    """Let the disk fail at the n-th touch; yield how often it was touched."""
    touched = 0

    def watched(name: str) -> Callable[..., Any]:
        real = getattr(storage, name)

        def step(*arguments: Any) -> Any:
            nonlocal touched
            touched += 1
            if touched == fail_at:
                raise _DiskFullError(name)
            return real(*arguments)

        return step

    for name in STEPS:
        monkeypatch.setattr(storage, name, watched(name))
    real_exchange = frozen_folder.exchange

    def exchange(one: Path, other: Path) -> None:
        nonlocal touched
        touched += 1
        if touched == fail_at:
            raise _DiskFullError("exchange")
        real_exchange(one, other)

    monkeypatch.setattr(frozen_folder, "exchange", exchange)
    while True:
        yield touched


@pytest.mark.parametrize("known", [True, False], ids=["over an old site", "for the first time"])
def test_whenever_the_disk_fails_the_folder_is_the_old_or_the_new_site(
    known: bool, town: Path, tmp_path: Path, quick: Callable[[Path, Path], Any]
) -> None:
    old = tmp_path / "old"
    quick(town, old)
    before = content(old)
    _retitle(town)
    quick(town, tmp_path / "new")
    after = content(tmp_path / "new")
    assert after != before
    fail_at, finished = 1, False
    while not finished:
        target = tmp_path / f"site{fail_at}"
        if known:
            shutil.copytree(old, target)
        with pytest.MonkeyPatch.context() as patch:
            touched = _calls(patch, fail_at)
            next(touched)
            try:
                quick(town, target)
                finished = True
            except _DiskFullError:
                pass
        now = content(target) if target.exists() else None
        assert now in ([before, after] if known else [None, after]), f"at touch {fail_at}"
        assert [path.name for path in tmp_path.glob(".*")] == [], "nothing is left beside"
        fail_at += 1
    assert fail_at > len(before) / 2, "the disk was touched for every file"


def rewrite(town: Path, name: str, change: Callable[[Any], None]) -> None:
    """Change a public file of the release, as if it had been made so."""
    release = town / "releases" / "2017-r1"
    told = json.loads((release / "public" / name).read_text())
    change(told)
    written = json.dumps(told).encode()
    (release / "public" / name).write_bytes(written)
    manifest = json.loads((release / "manifest.json").read_text())
    manifest["files"][f"public/{name}"] = storage.sha256(written)
    (release / "manifest.json").write_text(json.dumps(manifest))


def _retitle(town: Path) -> None:
    rewrite(town, "workspace.json", lambda told: told["title"].update(da="En anden titel"))


def test_where_folders_cannot_be_exchanged_in_one_step_two_renames_do(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: Callable[[Path, Path], Any]
) -> None:
    import errno

    def refuse(one: Path, other: Path) -> None:
        raise OSError(errno.EINVAL, "cannot", str(other))

    quick(town, tmp_path / "site")
    _retitle(town)
    monkeypatch.setattr(frozen_folder, "exchange", refuse)
    quick(town, tmp_path / "site")
    assert "En anden titel" in (tmp_path / "site" / "index.html").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "town"]


def test_a_site_left_aside_between_two_renames_is_found_again(
    town: Path, tmp_path: Path, quick: Callable[[Path, Path], Any]
) -> None:
    quick(town, tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / ".site.old")
    done = quick(town, tmp_path / "site")
    assert done.reused > 20
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "town"]


def test_a_killed_run_leaves_the_old_site_and_the_next_run_finishes(town: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    first = freeze(town, target)
    before = content(first.folder)
    _retitle(town)
    code = "import sys, pejl; pejl.open(sys.argv[1]).publish(sys.argv[2])"
    for wait in (0.0, 0.05, 0.2, 0.4):
        run = subprocess.Popen([sys.executable, "-c", code, str(town), str(target)])
        beside = tmp_path / ".site.new"
        while not beside.exists() and run.poll() is None:
            time.sleep(0.005)
        time.sleep(wait)
        run.send_signal(signal.SIGKILL)
        run.wait()
        now = content(target)
        if now != before:  # it was faster than the kill
            break
    done = freeze(town, target)
    fresh = freeze(town, tmp_path / "fresh")
    assert content(done.folder) == content(fresh.folder)
    assert not (tmp_path / ".site.new").exists()


def test_the_list_of_files_names_every_file_there_is(copenhagen_site: Frozen) -> None:
    told = json.loads((copenhagen_site.folder / LIST).read_bytes())
    listed = {file for _, _, files in told["made"].values() for file in files}
    assert listed | {LIST} == copenhagen_site.files


def test_a_site_can_be_made_without_anything_internal(tmp_path: Path, lilleby_root: Path, lilleby_site: Frozen) -> None:
    town = shutil.copytree(lilleby_root, tmp_path / "town")
    for internal in (town / "releases").glob("*/internal"):
        shutil.rmtree(internal)
    done = freeze(town, tmp_path / "site", f"https://example.dk{lilleby_site.base}")
    assert content(done.folder) == content(lilleby_site.folder)
