"""The command `pejl paper`."""

from __future__ import annotations

from pathlib import Path

import click

from pejl.cli.faults import RefusedError
from pejl.text import LANGUAGES, Language, message


@click.command("paper")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    required=True,
    help="Where to. Papers of the same name that stand there are replaced.",
)
@click.option("--strategy", metavar="ID", help="The strategy; those in force if not given, or else the latest.")
@click.option("--release", metavar="ID", help="Another release than the current one.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="da", show_default=True, help="Danish or English.")
def paper_command(folder: Path, target: Path, strategy: str | None, release: str | None, lang: Language) -> None:
    """Write the committee's paper, as PDF and as a Word file that can be edited.

    Until the release is approved, every page says that it is a draft.
    """
    from pejl.api import NoReleaseError
    from pejl.publish.paper import LettersMissingError, UnknownStrategyError, write_paper
    from pejl.release.public import PublicRelease
    from pejl.release.reader import current_release, open_release
    from pejl.release.standing import standing_of

    chosen = open_release(folder, release) if release is not None else current_release(folder)
    if chosen is None:
        raise NoReleaseError(folder)
    public = PublicRelease(chosen.folder / "public", chosen.id)
    try:
        written = write_paper(public, target, lang, standing_of(chosen).is_draft, strategy=strategy)
    except (LettersMissingError, UnknownStrategyError) as error:
        raise RefusedError(error.what) from error
    if not written:
        what = message(
            "there is no strategy with goals in release {release}, so there is no paper to write", release=chosen.id
        )
        raise RefusedError(what)
    for path in written:
        click.echo(message("{path} written", path=str(path)).render(lang))
