"""How the command line prints: plain data, tables, problems."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pejl.text import Language, message

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pejl.workspace.problems import Problem

PLAIN_WIDTH = 120


def echo_json(data: Any) -> None:
    """Print plain data as JSON, with real letters."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def print_rich(things: Sequence[RenderableType]) -> None:
    """Print tables and texts, as wide as the terminal, or as a page where there is none."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else PLAIN_WIDTH
    console = Console(width=width, highlight=False, soft_wrap=False)
    for thing in things:
        console.print(thing)


def problem_line(problem: Problem, folder: Path, lang: Language) -> str:
    """Return a problem on one line: place as seen from here, severity, what, mend."""
    severity = message("warning") if problem.severity == "warning" else message("problem")
    return (
        f"{folder / str(problem.location)}: {severity.render(lang)}: {problem.what.render(lang)}. "
        f"{problem.mend.render(lang)} [{problem.code}]"
    )


def replace_whole(path: Path, content: bytes) -> None:
    """Write a file so that it appears whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
