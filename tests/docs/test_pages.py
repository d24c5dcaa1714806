"""Links lead somewhere, every page can be found, and nothing is said that does not belong there."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.docs.recorded import ROOT, blocks
from tools import problem_codes, screenshot

DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", *sorted(DOCS.rglob("*.md")))
OURS = (*PAGES, DOCS / "reference" / "words.yaml", screenshot.PICTURE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PATH_OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:[a-z]+)/[a-z]+(?:/|\b)")
"""A path from the root of somebody's computer; what a reader is told must hold on every one."""


def by_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose(path: Path) -> str:
    """The text of a page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found: dict[str, int] = {}
    names = set()
    for heading in re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE):
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        times = found[slug] = found.get(slug, -1) + 1
        names.add(f"{slug}-{times}" if times else slug)
    return names


def links(path: Path) -> Iterator[str]:
    yield from LINK.findall(prose(path))


@pytest.mark.parametrize("path", PAGES, ids=by_name)
def test_links_lead_somewhere(path: Path) -> None:
    broken = []
    for link in links(path):
        file, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", file):
            continue
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_can_be_reached_from_the_index() -> None:
    reached = {DOCS / "index.md"}
    waiting = [DOCS / "index.md"]
    while waiting:
        here = waiting.pop()
        for link in links(here):
            target = (here.parent / link.partition("#")[0]).resolve()
            if target.suffix == ".md" and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert [by_name(path) for path in sorted(DOCS.rglob("*.md")) if path not in reached] == []


@pytest.mark.parametrize("path", OURS, ids=by_name)
def test_no_path_of_a_machine_is_named(path: Path) -> None:
    assert [match.group() for match in PATH_OF_A_MACHINE.finditer(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", PAGES, ids=by_name)
def test_a_page_has_one_title_and_closed_fences(path: Path) -> None:
    assert len(re.findall(r"^# ", prose(path), re.MULTILINE)) == 1
    assert "```" not in prose(path)
    assert all(block.language for block in blocks(path.read_text(encoding="utf-8")))


def test_the_readme_begins_with_what_to_install() -> None:
    title, empty, first, *_ = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert (title, empty) == ("# Pejl", "")
    assert "apt-get install git make python3-venv" in first


def test_what_is_to_be_made_can_be_made() -> None:
    goals = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for path in PAGES for name in re.findall(r"(?:`|^)make ([a-z]+)", path.read_text(), re.MULTILINE)}
    assert {"demo", "test"} <= named <= goals


def test_what_pejl_is_quoted_to_say_it_says() -> None:
    source = "\n".join(path.read_text() for path in problem_codes.SOURCE.rglob("*.py"))
    for path in PAGES:
        for block in blocks(path.read_text(encoding="utf-8")):
            for line in block.lines if block.language == "text" else ():
                if line.startswith("pejl: "):
                    assert f'message("{line.removeprefix("pejl: ")}"' in source, by_name(path)


def test_the_readme_says_whose_copenhagen_is_not() -> None:
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert "Not the City of Copenhagen's own" in text
    assert "Mozilla Public License 2.0" in text


def test_every_decision_is_short_and_says_context_decision_consequence() -> None:
    for path in sorted((DOCS / "adr").glob("0*.md")):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"^## (\w+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequence"], path.name
        assert 15 <= len(text.splitlines()) <= 50, path.name


def test_the_picture_shows_what_would_be_printed_now() -> None:
    assert words(screenshot.picture()) == words(screenshot.PICTURE.read_text()), "run: python -m tools.screenshot"


def words(svg: str) -> list[str]:
    return html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", svg, flags=re.DOTALL)).split()


def test_the_picture_fetches_nothing() -> None:
    addresses = re.findall(r"https?://[^\s\"')]+", screenshot.PICTURE.read_text())
    assert addresses == ["http://www.w3.org/2000/svg"]


def test_the_tools_find_nothing_to_make_anew() -> None:
    import sys

    for tool in ("reference", "screenshot"):
        command = [sys.executable, "-m", f"tools.{tool}", "--check"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
