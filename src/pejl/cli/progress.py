"""How a run is shown while it works: live in a terminal, as plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pejl.text import Language, Message, format_number, message

if TYPE_CHECKING:
    from pejl.pipeline import Event


class ProgressDisplay:
    """Shows a run. Entering it gives the listener. `only_live`: nothing is said where there is no terminal."""

    def __init__(self, lang: Language, *, only_live: bool = False) -> None:
        self.shown: _Live | _Lines = _Live(lang) if sys.stderr.isatty() else _Lines(lang, quiet=only_live)

    def __enter__(self) -> Callable[[Event], None]:
        self.shown.start()
        return self.shown.listen

    def __exit__(self, *_: object) -> None:
        self.shown.stop()


class _Lines:
    """One line for each thing that took time, and one for all that did not."""

    def __init__(self, lang: Language, *, quiet: bool) -> None:
        self.lang = lang
        self.quiet = quiet
        self.total = 0
        self.done = 0
        self.reused = 0

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass

    def listen(self, event: Event) -> None:
        from pejl.pipeline import (
            GoalsJudged,
            IndicatorCounted,
            IndicatorDone,
            ProtectionDone,
            ProtectionStarted,
            RegisterDone,
            RunStarted,
        )

        match event:
            case RunStarted(indicators):
                self.total = indicators
            case RegisterDone(register, rows, usable):
                self._say(_register_words(register, rows, usable, self.lang))
            case IndicatorCounted(indicator, kept=False):
                self._say(message("Counted: {indicator}", indicator=indicator))
            case IndicatorDone(reused=reused):
                self.done += 1
                self.reused += reused
                if self.done == self.total:
                    self._say(
                        message(
                            "Indicators measured: {total}, unchanged: {reused}", total=self.total, reused=self.reused
                        )
                    )
            case ProtectionStarted(_, rows):
                rows_told = format_number(rows, self.lang)
                self._say(message("Checking {rows} rows against recomputation …", rows=rows_told))
            case ProtectionDone(rows, numbers):
                self._say(
                    message(
                        "Checked against recomputation: {numbers} withheld numbers in {rows} rows",
                        numbers=format_number(numbers, self.lang),
                        rows=format_number(rows, self.lang),
                    )
                )
            case GoalsJudged(goals, tests):
                self._say(message("Goals judged: {goals}, comparisons: {tests}", goals=goals, tests=tests))

    def _say(self, words: Message) -> None:
        if not self.quiet:
            click.echo(words.render(self.lang), err=True)


class _Live:
    """A bar for registers, for indicators and for protection: what is done, what is left, and what runs now."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self.progress: Any = None
        self.registers: Any = None
        self.indicators: Any = None
        self.protection: Any = None
        self.checked = 0
        self.to_check = 0

    def start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[now]}", style="dim"),
            console=Console(stderr=True),
            transient=True,
        )
        self.progress.start()

    def stop(self) -> None:
        self.progress.stop()

    def listen(self, event: Event) -> None:
        from pejl.pipeline import (
            IndicatorMeasured,
            IndicatorStarted,
            ProtectionStarted,
            ProtectionStep,
            RegisterDone,
            RegisterStarted,
            RunStarted,
            StepDone,
        )

        match event:
            case RunStarted(indicators, registers):
                if registers:
                    self.registers = self._task(message("Reading registers"), registers)
                if indicators:
                    self.indicators = self._task(message("Measuring"), indicators)
            case RegisterStarted(register):
                self.progress.update(self.registers, now=register)
            case RegisterDone(register, rows, usable):
                self.progress.advance(self.registers)
                self.progress.update(self.registers, now="")
                if not usable:
                    self.progress.console.print(_register_words(register, rows, usable, self.lang).render(self.lang))
            case IndicatorStarted(indicator):
                self.progress.update(self.indicators, now=indicator)
            case StepDone(step, rows):
                words = message("{step}: {rows} rows", step=step, rows=format_number(rows, self.lang))
                self.progress.update(self.indicators, now=words.render(self.lang))
            case IndicatorMeasured():
                self.progress.advance(self.indicators)
            case ProtectionStarted(_, rows):
                self.to_check = 2 * rows
                self.protection = self._task(message("Checking against recomputation"), self.to_check)
            case ProtectionStep(rows):
                self.checked += rows
                total = max(self.checked, self.to_check)
                self.progress.update(self.protection, completed=self.checked, total=total)

    def _task(self, words: Message, total: int) -> Any:
        return self.progress.add_task(words.render(self.lang), total=total, now="")


def _register_words(register: str, rows: int, usable: bool, lang: Language) -> Message:
    if not usable:
        return message("Register {register}: cannot be used; pejl check says why", register=register)
    return message("Register {register}: {rows} rows", register=register, rows=format_number(rows, lang))
