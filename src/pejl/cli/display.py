"""How the command line prints: plain data, tables, problems, and a run while it works."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pejl.text import Language, message

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pejl.pipeline import Event
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


class ProgressDisplay:
    """Shows a run: a live bar in a terminal, plain lines elsewhere. Entering it gives the listener."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self.live: Any = None
        self.task: Any = None
        self.done = 0
        self.reused = 0
        self.total = 0

    def __enter__(self) -> Callable[[Event], None]:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            self.live = Progress(console=Console(stderr=True), transient=True)
            self.live.start()
        return self.listen

    def __exit__(self, *_: object) -> None:
        if self.live is not None:
            self.live.stop()

    def listen(self, event: Event) -> None:
        """Show one event."""
        from pejl.pipeline import GoalsJudged, IndicatorDone, RunStarted

        if isinstance(event, RunStarted):
            self.total = event.indicators
            if self.live is not None:
                self.task = self.live.add_task(message("Measuring").render(self.lang), total=self.total)
        elif isinstance(event, IndicatorDone):
            self.done += 1
            self.reused += event.reused
            if self.live is not None:
                self.live.update(self.task, advance=1)
            elif self.done == self.total:
                words = message(
                    "Indicators measured: {total}, unchanged: {reused}",
                    total=self.total,
                    reused=self.reused,
                )
                click.echo(words.render(self.lang), err=True)
        elif isinstance(event, GoalsJudged) and self.live is None:
            words = message("Goals judged: {goals}, comparisons: {tests}", goals=event.goals, tests=event.tests)
            click.echo(words.render(self.lang), err=True)


def problem_line(problem: Problem, folder: Path, lang: Language) -> str:
    """Return a problem on one line: place as seen from here, severity, what, mend."""
    severity = message("warning") if problem.severity == "warning" else message("problem")
    return (
        f"{folder / str(problem.location)}: {severity.render(lang)}: {problem.what.render(lang)}. "
        f"{problem.mend.render(lang)} [{problem.code}]"
    )
