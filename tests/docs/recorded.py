"""Pages whose files, commands and Python are run, and whose outputs are real.

    python -m tests.docs.recorded            list the pages whose recorded output is not what comes out now
    python -m tests.docs.recorded --write    run every page and write what comes out now into it

A page is run from its top, in an empty folder. Its fenced blocks say what to do by their first line:

    ```yaml file=PATH      write this file
    ```diff file=PATH      in this file, replace the lines with a minus by the lines with a plus
    ```console             run what stands after "$ "; the other lines are the output
    ```python              run it; a block ```output right after it is what it prints
    ```yaml part=PATH      the file holds these lines, one after the other

Other blocks are only read. `<!-- start: copenhagen -->` begins with workspaces/copenhagen in the folder,
`<!-- start: tutorial -->` with the workspace the tutorial makes.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from pejl.cli import main as run_pejl

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.md"
PAGES = (
    ROOT / "README.md",
    TUTORIAL,
    *sorted((ROOT / "docs" / "how-to").glob("*.md")),
    *sorted((ROOT / "docs" / "explanation").glob("*.md")),
)
WIDTH = 100
_FENCE = re.compile(r"```(\w*)\s*(.*)")
_START = re.compile(r"<!-- start: (\w+) -->")
_VARYING = (
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"), "TIME"),
    (re.compile(r"made \d{1,2} \w+ \d{4} with .*\Z", re.DOTALL), "MADE WHEN AND WITH WHAT"),
)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its attributes, its lines, and the number of its first line in the page."""

    language: str
    attributes: dict[str, str]
    lines: tuple[str, ...]
    first: int

    @property
    def last(self) -> int:
        return self.first + len(self.lines)


def blocks(text: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page."""
    lines = text.splitlines()
    position = 0
    while position < len(lines):
        fence = _FENCE.fullmatch(lines[position])
        position += 1
        if fence is None:
            continue
        first = position
        while lines[position] != "```":
            position += 1
        attributes = dict(word.split("=", 1) for word in shlex.split(fence.group(2)))
        yield Block(fence.group(1), attributes, tuple(lines[first:position]), first)
        position += 1


class Stage:
    """A folder in which a page is run, one block after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, object] = {"__name__": "page"}
        self.exit_code = 0
        self.environment = {
            "COLUMNS": str(WIDTH),
            "LC_ALL": "C.UTF-8",
            "NO_COLOR": "1",
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "PEJL_CACHE": str(folder.parent / "cache"),
        }

    def start(self, text: str) -> None:
        """Lay out what the page begins with."""
        match = _START.search(text)
        if match is None:
            return
        if match.group(1) == "copenhagen":
            target = self.folder / "workspaces" / "copenhagen"
            shutil.copytree(ROOT / "workspaces" / "copenhagen", target, ignore=shutil.ignore_patterns("releases"))
            return
        assert match.group(1) == "tutorial", f"a page cannot start with {match.group(1)}"
        for block in blocks(TUTORIAL.read_text(encoding="utf-8")):
            if "file" in block.attributes:
                self.write(block)

    def write(self, block: Block) -> None:
        """Write the file of a block, or edit it."""
        path = self.folder / block.attributes["file"]
        if block.language == "diff":
            self._edit(path, block.lines)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(block.lines) + "\n", encoding="utf-8")

    def _edit(self, path: Path, lines: Sequence[str]) -> None:
        old, new = ("".join(line[1:] + "\n" for line in lines if line[:1] in (" ", sign)) for sign in ("-", "+"))
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path.name} holds these lines {text.count(old)} times:\n{old}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def check_part(self, block: Block) -> None:
        """Fail unless the file holds the lines of the block, one after the other."""
        text = (self.folder / block.attributes["part"]).read_text(encoding="utf-8")
        wanted = "\n".join(block.lines)
        assert wanted in text, f"{block.attributes['part']} does not hold:\n{wanted}"

    def console(self, block: Block) -> list[str]:
        """Run the commands of a block and return it as it would be written now."""
        written: list[str] = []
        for command, recorded in _commands(block.lines):
            written += command
            spoken = "\n".join(line.removeprefix("$ ").removeprefix("> ") for line in command)
            written += _kept(recorded, self._run(spoken))
        return written

    def python(self, block: Block) -> str:
        """Run a block of Python and return what it prints."""
        printed = io.StringIO()
        code = compile("\n".join(block.lines), f"line {block.first}", "exec")
        with self._inside(), contextlib.redirect_stdout(printed):
            exec(code, self.names)
        return printed.getvalue()

    def _run(self, command: str) -> str:
        if command == "echo $?":
            return f"{self.exit_code}\n"
        if command.startswith("pejl ") and not set(command) & set("|<>&;$*\\"):
            return self._run_pejl(shlex.split(command))
        with self._inside():
            done = subprocess.run(
                ["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
            )
        self.exit_code = done.returncode
        return done.stdout

    def _run_pejl(self, arguments: list[str]) -> str:
        """Run the command line in this process: starting one for each command would take half a minute."""
        printed = io.StringIO()
        streams = contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed)
        with self._inside(), streams[0], streams[1], mock.patch.object(sys, "argv", arguments):
            try:
                run_pejl()
            except SystemExit as leaving:
                self.exit_code = int(leaving.code or 0)
        return printed.getvalue()

    @contextlib.contextmanager
    def _inside(self) -> Iterator[None]:
        with contextlib.chdir(self.folder), mock.patch.dict(os.environ, self.environment):
            yield


def _commands(lines: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield each command (with the lines that continue it) and the output recorded for it."""
    command: list[str] = []
    output: list[str] = []
    for line in lines:
        if line.startswith("$ "):
            if command:
                yield command, output
            command, output = [line], []
        elif not output and command and command[-1].endswith("\\"):
            command.append(line)
        else:
            output.append(line)
    if command:
        yield command, output


def _kept(recorded: Sequence[str], printed: str) -> list[str]:
    """Return what was printed, in the recorded form where only a time or a version differs."""
    now = _trimmed(printed)
    return list(recorded) if _without_varying(recorded) == _without_varying(now) else now


def _trimmed(printed: str) -> list[str]:
    lines = [line.rstrip() for line in printed.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _without_varying(lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    for pattern, word in _VARYING:
        text = pattern.sub(word, text)
    return text


def rerun(page: Path, folder: Path) -> str:
    """Run `page` in `folder`, which must be empty, and return its text with what came out."""
    text = page.read_text(encoding="utf-8")
    lines = text.splitlines()
    stage = Stage(folder)
    stage.start(text)
    changed: list[tuple[Block, list[str]]] = []
    printed = ""
    for block in blocks(text):
        if block.language == "output":
            changed.append((block, _kept(block.lines, printed)))
            printed = ""
            continue
        assert not printed.strip(), f"{page.name} does not show what this prints:\n{printed}"
        if "file" in block.attributes:
            stage.write(block)
        elif "part" in block.attributes:
            stage.check_part(block)
        elif block.language == "console":
            changed.append((block, stage.console(block)))
        elif block.language == "python":
            printed = stage.python(block)
    assert not printed.strip(), f"{page.name} does not show what this prints:\n{printed}"
    for block, new in reversed(changed):
        lines[block.first : block.last] = new
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run every page; write or list those whose output is another now."""
    for page in PAGES:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "page"
            folder.mkdir()
            now = rerun(page, folder)
        if now != page.read_text(encoding="utf-8"):
            sys.stdout.write(f"{page.relative_to(ROOT)}\n")
            if "--write" in sys.argv[1:]:
                page.write_text(now, encoding="utf-8")


if __name__ == "__main__":
    main()
