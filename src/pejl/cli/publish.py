"""The command `pejl publish`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pejl.api import OpenWorkspace
from pejl.cli.faults import RefusedError
from pejl.text import LANGUAGES, Language, message

if TYPE_CHECKING:
    from pejl.site.freezing import Event


@click.command("publish")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where to; DIR/site if not given. A site of Pejl's that stands there is replaced.",
)
@click.option(
    "--base-url",
    metavar="URL",
    default="/",
    show_default=True,
    help="Where the site will stand: /path/ or https://example.dk/path/.",
)
@click.option("--release", metavar="ID", help="Another release than the public one.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Danish or English.")
def publish_command(folder: Path, target: Path | None, base_url: str, release: str | None, lang: Language) -> None:
    """Write the web site, the open data and the committee's paper as files.

    The public release is shown, and every earlier one beside it. As long as none is public, the current one is, and
    every page, paper and file says that it is a draft. Only what has changed is written again, and the folder changes
    in one step.
    """
    from pejl.site.addresses import BaseRefusedError
    from pejl.site.assets import AssetsMissingError
    from pejl.site.frozen_folder import FolderRefusedError

    try:
        with _progress(lang) as listener:
            done = OpenWorkspace(folder).publish(
                target or folder / "site", base_url=base_url, release_id=release, listener=listener
            )
    except (FolderRefusedError, BaseRefusedError, AssetsMissingError) as error:
        raise RefusedError(error.what) from error
    click.echo(
        message(
            "Release {release} stands in {folder}: {written} files written, {reused} unchanged.",
            release=done.release,
            folder=done.folder,
            written=len(done.written),
            reused=done.reused,
        ).render(lang)
    )
    papers = sum(name.endswith(".pdf") for name in done.written)
    if papers and done.reused:
        click.echo(
            message(
                "Papers that changed and were set anew, about a second of work each: {papers}.", papers=papers
            ).render(lang)
        )
    if done.draft:
        click.echo(message("It is a draft, and every page says so.").render(lang))
    if not done.origin_known:
        click.echo(
            message(
                "The host of the site is not known, so feeds and lists have addresses without it: give --base-url "
                "https://host/path/, or set address under [site] in pejl.toml."
            ).render(lang)
        )


@contextmanager
def _progress(lang: Language) -> Iterator[Callable[[Event], None]]:
    """Show a bar where there is a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from pejl.site.freezing import FreezeStarted

    words = message("Writing the site").render(lang)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[now]}", style="dim"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(words, total=None, now="")

        def listen(event: Event) -> None:
            if isinstance(event, FreezeStarted):
                progress.update(task, total=event.total)
            else:
                progress.update(task, advance=1, now=event.name)

        yield listen
