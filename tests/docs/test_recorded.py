"""What the pages show is what happens: files are written, commands and Python run, outputs compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.docs.recorded import PAGES, ROOT, Stage, blocks, rerun


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_shows_what_comes_out(page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "page"
    folder.mkdir()
    now = rerun(page, folder)
    assert now == page.read_text(encoding="utf-8"), "run: python -m tests.docs.recorded --write"


def test_every_command_is_shown_at_work() -> None:
    shown = "\n".join(line for page in PAGES for block in blocks(page.read_text()) for line in block.lines)
    missing = [
        name for name in ("check", "measure", "status", "explain", "diff", "targets") if f"$ pejl {name} " not in shown
    ]
    assert missing == []


def test_another_output_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo one\ntwo\n```\n\n```python\nprint(1)\n```\n\n```output\n2\n```\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    assert rerun(page, folder) == page.read_text().replace("two", "one").replace("output\n2", "output\n1")


def test_a_time_that_differs_changes_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo at 2026-01-02T03:04:05+00:00\nat 2020-01-01T00:00:00+00:00\n```\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    assert rerun(page, folder) == page.read_text()


def test_python_that_prints_must_show_it(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```python\nprint('unseen')\n```\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(AssertionError, match="does not show what this prints"):
        rerun(page, folder)


def test_an_edit_must_find_its_lines_once(tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("a\nb\na\n")
    (block,) = blocks("```diff file=file.txt\n-a\n+c\n```\n")
    with pytest.raises(AssertionError, match="2 times"):
        Stage(tmp_path).write(block)
