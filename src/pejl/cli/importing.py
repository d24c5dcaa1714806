"""The command `pejl import`: what others filled in or keep elsewhere, into the workspace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pejl.cli.display import print_rich
from pejl.cli.faults import RefusedError
from pejl.text import LANGUAGES, Language, message

if TYPE_CHECKING:
    from pejl.exchange.importing import Plan, Reader
    from pejl.workspace.problems import Problem

_source = click.argument("source", metavar="SRC", type=click.Path(path_type=Path))
_folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_yes = click.option("--yes", is_flag=True, help="Write without asking.")
_dry_run = click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
_lang = click.option("--lang", type=click.Choice(LANGUAGES), default="da", show_default=True, help="Danish or English.")


@click.group("import")
def import_group() -> None:
    """Read what was filled in, or is kept elsewhere, into a workspace.

    Every problem is named with its sheet and cell, all of them at once. What would change is shown before anything is
    written; then all of it is written, or nothing.
    """


def _taking(command: Callable[..., None]) -> Callable[..., None]:
    for option in (_lang, _dry_run, _yes, _folder, _source):
        command = option(command)
    return command


@import_group.command("figures")
@_taking
def import_figures(source: Path, folder: Path, yes: bool, dry_run: bool, lang: Language) -> None:
    """Read a workbook of figures, made by pejl template figures."""
    from pejl.exchange.figures_import import figures_plan

    _take(source, folder, figures_plan, yes=yes, dry_run=dry_run, lang=lang)


@import_group.command("targets")
@_taking
def import_targets(source: Path, folder: Path, yes: bool, dry_run: bool, lang: Language) -> None:
    """Read a workbook of targets, made by pejl template targets."""
    from pejl.exchange.targets_import import targets_plan

    _take(source, folder, targets_plan, yes=yes, dry_run=dry_run, lang=lang)


@import_group.command("remarks")
@_taking
def import_remarks(source: Path, folder: Path, yes: bool, dry_run: bool, lang: Language) -> None:
    """Read remarks from a workbook or Word document, made by pejl template remarks."""
    from pejl.exchange.remarks_sheet import remarks_book_plan
    from pejl.exchange.remarks_word_reading import remarks_document_plan

    read = remarks_document_plan if source.suffix.lower() in (".docx", ".doc") else remarks_book_plan
    _take(source, folder, read, yes=yes, dry_run=dry_run, lang=lang)


@import_group.command("open-sdg")
@_source
@_folder
@_lang
def import_open_sdg_command(source: Path, folder: Path, lang: Language) -> None:
    """Make a new workspace in DIR of the Open SDG data repository in SRC.

    What could not be carried over is listed in DIR/IMPORT.md, by file, field and row.
    """
    from pejl.exchange.importing import ImportRefusedError
    from pejl.exchange.open_sdg.importing import REPORT, import_open_sdg

    try:
        made = import_open_sdg(source, folder, lang)
    except ImportRefusedError as error:
        raise RefusedError(error.what, lang) from error
    for why, files, times in made.left_out.summary(lang):
        click.echo(message("{times} times, in {files} files: {why}", times=times, files=files, why=why).render(lang))
    click.echo(
        message(
            "Made: {indicators} indicators, {figures} figures, {goals} goals. "
            "What is not as it was is listed in {path}.",
            indicators=made.indicators,
            figures=made.figures,
            goals=made.goals,
            path=folder / REPORT,
        ).render(lang)
    )


def _take(source: Path, folder: Path, read: Reader, *, yes: bool, dry_run: bool, lang: Language) -> None:
    from pejl.exchange.importing import ImportRefusedError, apply, planned

    try:
        plan = planned(source, folder, lang, read)
        _show_problems(plan.problems, lang)
        if not plan.ok:
            raise RefusedError(message("nothing was written"), lang)
        if not plan.files:
            click.echo(message("Nothing has changed.").render(lang))
            return
        _show_changes(plan, lang)
        if dry_run:
            click.echo(message("Nothing was written.").render(lang))
            return
        question = message("Write these {count} changes?", count=len(plan.changes)).render(lang)
        if not yes and not _confirmed(question, lang):
            click.echo(message("Nothing was written.").render(lang))
            return
        apply(folder, plan)
    except ImportRefusedError as error:
        raise RefusedError(error.what, lang) from error
    click.echo(message("Written: {path}", path=", ".join(sorted(plan.files))).render(lang))


def _confirmed(question: str, lang: Language) -> bool:
    try:
        return click.confirm(question)
    except click.Abort as error:
        what = message("nobody answered, and nothing was written; --yes writes without asking")
        raise RefusedError(what, lang) from error


def _show_problems(problems: Sequence[Problem], lang: Language) -> None:
    for problem in problems:
        severity = message("warning") if problem.severity == "warning" else message("problem")
        shown = f" ({problem.value})" if problem.value and problem.value not in problem.what.render(lang) else ""
        click.echo(
            f"{problem.location}: {severity.render(lang)}: {problem.what.render(lang)}{shown}. "
            f"{problem.mend.render(lang)} [{problem.code}]",
            err=True,
        )


def _show_changes(plan: Plan, lang: Language) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for title in _TITLES:
        table.add_column(title.render(lang), overflow="fold")
    for change in plan.changes:
        table.add_row(*(_plain(text) for text in (change.subject, change.part, change.old, change.new, change.place)))
    print_rich([table])


def _plain(text: str) -> str:
    return text.replace("[", "\\[")


_TITLES = (message("What"), message("Part"), message("Old"), message("New"), message("Read from"))
