"""The commands that keep the office running, as somebody types them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("PEJL_", "DJANGO_"))}


@pytest.fixture
def root(office_workspace: Path, tmp_path: Path) -> Path:
    return shutil.copytree(office_workspace, tmp_path / "lilleby")


def pejl(*words: object, cache: Path, more: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**ENVIRONMENT, "PEJL_CACHE": str(cache), **(more or {})}
    line = [sys.executable, "-m", "pejl", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, env=environment, timeout=120, check=False)


def test_an_account_is_made_and_copied_and_made_anew(root: Path, tmp_path: Path, office_workspace: Path) -> None:
    cache = tmp_path / "cache"
    name = ("--name", "Ada", "--role", "administrator", "--password")
    done = pejl("office", "account", root, "ada", *name, "en lang sætning", cache=cache)
    assert (done.returncode, done.stdout) == (0, "ada can sign in now.\n")
    again = pejl("office", "account", root, "ada", *name, "en lang sætning", "--lang", "da", cache=cache)
    assert (again.returncode, again.stderr) == (1, "pejl: der er allerede en konto med dette navn\n")
    short = pejl("office", "account", root, "eva", *name, "kort", cache=cache)
    assert (short.returncode, short.stderr) == (1, "pejl: a password has at least 12 letters\n")
    nowhere = pejl("office", "account", root, "eva", *name, "en lang sætning", "--unit", "månen", cache=cache)
    assert (nowhere.returncode, nowhere.stderr) == (1, "pejl: there is no unit with the code 'månen'\n")

    folder = root / "office"
    assert (folder / ".gitignore").read_text() == "*\n"
    kept = [path for path in (folder, *folder.iterdir()) if path.name != ".gitignore"]
    wrong = [path.name for path in kept if path.stat().st_mode & 0o777 != (0o700 if path.is_dir() else 0o600)]
    assert wrong == []

    copied = pejl("office", "backup", root, tmp_path / "copy", cache=cache)
    assert (copied.returncode, copied.stdout) == (0, "4 rows are copied to copy.\n")  # account, post, two records
    other = shutil.copytree(office_workspace, tmp_path / "other")
    assert pejl("office", "restore", other, tmp_path / "copy", cache=cache).stdout == "4 rows are read from copy.\n"
    refused = pejl("office", "restore", other, tmp_path / "copy", cache=cache)
    assert (refused.returncode, refused.stdout) == (1, "")
    checked = pejl("check", other, cache=cache)
    assert "office" not in checked.stdout + checked.stderr


def test_what_is_due_is_done_in_words(root: Path, tmp_path: Path) -> None:
    done = pejl("office", "tidy", root, "--lang", "da", cache=tmp_path / "cache")
    assert done.returncode == 0, done.stderr
    assert "breve: 0 sendt, 0 mislykkedes, 0 venter på en mailserver" in done.stdout.splitlines()


def test_no_workspace_is_no_office(tmp_path: Path) -> None:
    done = pejl("office", "tidy", tmp_path, cache=tmp_path / "cache")
    assert done.returncode == 1
    assert "the folder holds no pejl.toml" in done.stderr
    assert not (tmp_path / "office").exists()


def test_the_matrix_is_printed(root: Path, tmp_path: Path) -> None:
    lines = pejl("office", "access", root, "--lang", "da", cache=tmp_path / "cache").stdout.splitlines()
    assert lines[0].startswith("| Adresse | Medarbejder | Enhedsleder | Centerleder | Strategisekretariat |")
    assert "| audit |  |  |  |  |  |  | ● |  |  | audit |" in lines


@pytest.fixture
def served(root: Path, tmp_path: Path) -> Iterator[str]:
    line = [sys.executable, "-m", "pejl", "serve", str(root), "--port", "0"]
    environment = {**ENVIRONMENT, "PEJL_CACHE": str(tmp_path / "cache"), "PEJL_OFFICE_DEMO": "1"}
    # A process that is started where Ctrl-C is ignored, as in the background of a shell, ignores it too.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    signal.signal(signal.SIGINT, before)
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
    assert found
    yield found.group()
    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate(timeout=30)
    assert complaints == ""
    assert process.returncode == 0


def test_site_and_office_are_served_together(served: str) -> None:
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with browser.open(f"{served}/en/") as answer:
        assert b"The strategy of Lilleby" in answer.read()
    assert len(jar) == 0
    with browser.open(f"{served}/office/demo/", urlencode({"role": "secretariat"}).encode()) as answer:
        assert answer.url == f"{served}/office/"
        assert "Strategisekretariat" in answer.read().decode()
    assert [(cookie.name, cookie.path) for cookie in jar] == [("pejl_office", "/office/")]
