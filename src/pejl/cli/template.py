"""The command `pejl template`: workbooks and documents to be filled in by people who do not write YAML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pejl.cli.display import replace_whole
from pejl.cli.faults import RefusedError
from pejl.text import LANGUAGES, Language, message

if TYPE_CHECKING:
    from pejl.workspace.model import Workspace

_folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_lang = click.option("--lang", type=click.Choice(LANGUAGES), default="da", show_default=True, help="Danish or English.")
_to = click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write it; into the current folder if not given.",
)


@click.group()
def template() -> None:
    """Make a workbook or document to be filled in, and read back with pejl import.

    It holds explanations, lists to choose from, and everything that is known already.
    """


@template.command("figures")
@_folder
@_to
@click.option("--year", type=click.IntRange(1800, 2199), help="The year to be entered; what comes next if not given.")
@_lang
def template_figures(folder: Path, target: Path | None, year: int | None, lang: Language) -> None:
    """Make a workbook for figures: every series with its latest periods, and an empty row for the next."""
    from pejl.exchange.figures_template import figures_template

    workspace = _workspace(folder, lang)
    _write(target or Path(f"{workspace.id}-figures.xlsx"), figures_template(workspace, lang, year), lang)


@template.command("targets")
@_folder
@_to
@click.option("--year", type=click.IntRange(1800, 2199), help="Only strategies that speak of this year.")
@_lang
def template_targets(folder: Path, target: Path | None, year: int | None, lang: Language) -> None:
    """Make a workbook for targets: every goal with what is decided, and what is still owed."""
    from pejl.exchange.targets_template import targets_template

    workspace = _workspace(folder, lang)
    _write(target or Path(f"{workspace.id}-targets.xlsx"), targets_template(workspace, lang, year), lang)


@template.command("remarks")
@_folder
@_to
@click.option(
    "--year", type=click.IntRange(1800, 2199), help="The year of the status; that of the release if not given."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("xlsx", "docx")),
    default="xlsx",
    show_default=True,
    help="A workbook, or a Word document.",
)
@_lang
def template_remarks(folder: Path, target: Path | None, year: int | None, form: str, lang: Language) -> None:
    """Make a workbook or Word document for remarks: every goal with its verdict, to say why and what now."""
    from pejl.exchange.remarks_sheet import remarks_template
    from pejl.exchange.remarks_word import remarks_document

    workspace = _workspace(folder, lang)
    made_for, verdicts = _verdicts(folder, lang)
    about = year or made_for
    if about is None:
        raise RefusedError(message("there is no release yet; name the year of the status with --year"), lang)
    make = remarks_document if form == "docx" else remarks_template
    content = make(workspace, lang, about, verdicts if about == made_for else {})
    _write(target or Path(f"{workspace.id}-remarks-{about}.{form}"), content, lang)


def _verdicts(folder: Path, lang: Language) -> tuple[int | None, dict[str, str]]:
    """Return the year of the current release, and what it says of each goal in words."""
    from pejl.api import NoReleaseError, OpenWorkspace
    from pejl.publish.words import development_words, target_words

    try:
        release = OpenWorkspace(folder).release()
    except NoReleaseError:
        return None, {}
    words = {
        goal["id"]: f"{target_words(goal, lang)}; {development_words(goal, lang)}" for goal in release.status["goals"]
    }
    return int(release.id[:4]), words


def _workspace(folder: Path, lang: Language) -> Workspace:
    from pejl.exchange.importing import ImportRefusedError, readable

    try:
        return readable(folder)
    except ImportRefusedError as error:
        raise RefusedError(error.what, lang) from error


def _write(target: Path, content: bytes, lang: Language) -> None:
    if target.exists():
        raise RefusedError(message("'{path}' is there already; name another with --to", path=target), lang)
    replace_whole(target, content)
    click.echo(message("Written: {path}", path=target).render(lang))
