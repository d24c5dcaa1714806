"""The command `pejl init`."""

from __future__ import annotations

from pathlib import Path

import click

from pejl.cli.faults import RefusedError
from pejl.text import LANGUAGES, Language, message


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES), default="da", show_default=True, help="Danish or English.")
def init_command(folder: Path, lang: Language) -> None:
    """Make a small workspace in DIR, to put your own strategy into.

    Every kind of file is there once, with comments, and it passes pejl check. DIR must be new, or empty.
    """
    from pejl.exchange.beginning import begin_workspace
    from pejl.exchange.changes import ImportRefusedError

    try:
        written = begin_workspace(folder, lang)
    except ImportRefusedError as error:
        raise RefusedError(error.what) from error
    for name in written:
        click.echo(message("{path} written", path=str(folder / name)).render(lang))
    click.echo(message("Is everything right?").render(lang) + f"   pejl check {folder}")
    click.echo(message("Judge the goals:").render(lang) + f"   pejl measure {folder}")
