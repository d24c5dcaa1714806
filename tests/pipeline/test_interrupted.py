"""Whatever happens while a release is written, the last one stands and the next run mends the rest."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pejl
from pejl.release import storage
from pejl.release.reader import Release, ReleaseError, current_release

TOUCHES = ("write_file", "rename", "append_line", "make_folder", "flush")


class PowerCutError(Exception):
    """The run ends here, as if the power were cut: nothing is cleaned up afterwards."""


def change_a_figure(folder: Path, value: int) -> None:
    file = folder / "figures" / "published.csv"
    lines = file.read_text().splitlines()
    lines[3] = f"homeless,2017,total,{value},persons,measured,,city,made up for this test,"
    file.write_text("\n".join(lines) + "\n")


def homeless(release: Release) -> float:
    goals = {goal["id"]: goal for goal in release.status["goals"]}
    value: float = goals["goal_1d_homeless"]["latest"]["value"]
    return value


def verified(release: Release) -> None:
    for name in release.manifest["files"]:
        release.read(name)


def cut_at(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut the power at the touch of the disk with this number: before it, or halfway through a write."""
    seen = iter(range(1_000_000))

    def wrapped(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def touch(*arguments: Any) -> Any:
            turn = next(seen)
            if turn > number:
                raise PowerCutError
            if turn == number:
                if name == "write_file":
                    path, content = arguments
                    path.write_bytes(content[: len(content) // 2])
                raise PowerCutError
            return original(*arguments)

        return touch

    for name in TOUCHES:
        monkeypatch.setattr(storage, name, wrapped(name, getattr(storage, name)))
    monkeypatch.setattr(storage, "remove_folder", wrapped("remove_folder", storage.remove_folder))


def touches_of_a_run(folder: Path) -> int:
    """Count how often a whole run touches the disk."""
    count = 0

    def counted(original: Callable[..., Any]) -> Callable[..., Any]:
        def touch(*arguments: Any) -> Any:
            nonlocal count
            count += 1
            return original(*arguments)

        return touch

    with pytest.MonkeyPatch.context() as patch:
        for name in TOUCHES:
            patch.setattr(storage, name, counted(getattr(storage, name)))
        pejl.open(folder).measure()
    return count


def test_a_run_cut_at_any_touch_of_the_disk_leaves_a_whole_release_standing(city: Path, tmp_path: Path) -> None:
    pejl.open(city).measure()
    change_a_figure(city, 1200)
    trial = tmp_path / "trial"
    shutil.copytree(city, trial)
    touches = touches_of_a_run(trial)
    assert touches > 40
    for number in range(touches):
        world = tmp_path / f"world{number}"
        shutil.copytree(city, world)
        with pytest.MonkeyPatch.context() as patch:
            cut_at(number, patch)
            with pytest.raises(PowerCutError):
                pejl.open(world).measure()
        standing = current_release(world)
        assert standing is not None
        verified(standing)
        assert homeless(standing) in (1482, 1200)
        pejl.open(world).measure()
        mended = current_release(world)
        assert mended is not None
        verified(mended)
        assert homeless(mended) == 1200
        assert not list((world / "releases").glob(".unfinished*"))
        shutil.rmtree(world)


def test_the_first_run_cut_before_the_pointer_leaves_no_release_and_no_half_one(city: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        cut_at(10, patch)
        with pytest.raises(PowerCutError):
            pejl.open(city).measure()
    assert current_release(city) is None
    with pytest.raises(pejl.NoReleaseError):
        pejl.open(city).status()


@pytest.mark.parametrize("delay", [0.15 + step * 0.08 for step in range(10)])
def test_a_run_really_killed_leaves_the_last_release_standing(city: Path, delay: float) -> None:
    pejl.open(city).measure()
    change_a_figure(city, 1200)
    process = subprocess.Popen([sys.executable, "-m", "pejl", "measure", str(city)], stdout=subprocess.DEVNULL)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    standing = current_release(city)
    assert standing is not None
    verified(standing)
    assert homeless(standing) in (1482, 1200)
    pejl.open(city).measure()
    assert homeless(pejl.open(city).release()) == 1200


def test_two_runs_at_once_do_not_harm_each_other(city: Path) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "pejl", "measure", str(city)]
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        for _ in range(3)
    ]
    ends = [(run.communicate(), run.returncode) for run in runs]
    assert {code for _, code in ends} <= {0, 1}
    assert any(code == 0 for _, code in ends)
    for (_, complaint), code in ends:
        if code == 1:
            assert "another run is making a release of this workspace" in complaint
    release = pejl.open(city).release()
    verified(release)


def test_a_release_that_was_tampered_with_is_not_read_and_not_taken_over(city: Path) -> None:
    release = pejl.open(city).measure().release
    assert release is not None
    file = release.folder / "public" / "cells" / "homeless.csv"
    file.write_text(file.read_text().replace("1482", "1282"))
    with pytest.raises(ReleaseError, match="damaged"):
        release.read("public/cells/homeless.csv")
    change_a_figure(city, 1200)
    again = pejl.open(city).measure().release
    assert again is not None
    assert b"1282" not in again.read("public/cells/homeless.csv")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"release": 5}', b'{"release": "../../etc"}'])
def test_a_damaged_pointer_is_said_and_mended_by_the_next_run(city: Path, content: bytes) -> None:
    pejl.open(city).measure()
    (city / "releases" / "current.json").write_bytes(content)
    with pytest.raises(ReleaseError, match="run pejl measure"):
        pejl.open(city).status()
    pejl.open(city).measure()
    assert pejl.open(city).status()["goals"]


def test_the_log_is_appended_to_and_releases_are_numbered_on(city: Path) -> None:
    for value in (1200, 1201):
        change_a_figure(city, value)
        pejl.open(city).measure()
    log = [json.loads(line) for line in (city / "releases" / "log.jsonl").read_text().splitlines()]
    assert [(entry["release"], entry["event"]) for entry in log] == [("2024-r1", "made"), ("2024-r2", "made")]


def test_what_is_internal_is_for_its_owner_only(city: Path) -> None:
    release = pejl.open(city).measure().release
    assert release is not None
    assert (release.folder / "internal").stat().st_mode & 0o777 == 0o700
    assert (release.folder / "internal" / "cells").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["public/status.json", "public/workspace.json", "public/cells/homeless.csv"])
def test_a_damaged_release_is_made_anew_though_nothing_has_changed(city: Path, name: str) -> None:
    release = pejl.open(city).measure().release
    assert release is not None
    (release.folder / name).write_text("{}")
    result = pejl.open(city).measure()
    assert result.new
    assert result.release is not None
    assert result.release.id == "2024-r2"
    verified(result.release)
    assert homeless(result.release) == 1482
