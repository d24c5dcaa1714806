"""The commands `pejl office …`: what keeps the office running."""

from __future__ import annotations

from pathlib import Path

import click

from pejl.cli.faults import RefusedError
from pejl.office.core.roles import Role
from pejl.text import LANGUAGES, Language, message

_folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_copy = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
_lang = click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Danish or English.")
LEAST_LETTERS = 12
"""Of a password."""


@click.group("office")
def office_group() -> None:
    """The office: accounts, what is done by itself, copies, statistics for the next measurement."""


def _set_up(folder: Path) -> None:
    """Set the office of a workspace up, with its tables."""
    from pejl.office.serving import set_up
    from pejl.workspace.folder import require_workspace

    require_workspace(folder)
    set_up(folder)
    from pejl.office.copying import empty_tables

    empty_tables()


@office_group.command("account")
@_folder
@click.argument("username")
@click.option("--name", required=True, help="What the person is called.")
@click.option("--email", default="", help="Where letters go.")
@click.option(
    "--role", "role", type=click.Choice([each.value for each in Role]), required=True, help="What the person does."
)
@click.option("--unit", metavar="CODE", help="The unit, for leaders and employees.")
@click.password_option(help="Asked for, if not given.")
@_lang
def account_command(
    folder: Path, username: str, name: str, email: str, role: str, unit: str | None, password: str, lang: Language
) -> None:
    """Make an account with a password and a role."""
    if len(password) < LEAST_LETTERS:
        raise RefusedError(message("a password has at least {count} letters", count=LEAST_LETTERS))
    _set_up(folder)
    from pejl.office.house.opening import open_with_password

    open_with_password(username=username, name=name, email=email, role=Role(role), unit=unit, password=password)
    click.echo(message("{username} can sign in now.", username=username).render(lang))


@office_group.command("tidy")
@_folder
@_lang
@click.pass_context
def tidy_command(ctx: click.Context, folder: Path, lang: Language) -> None:
    """Do what is due: reminders, offers that lapse, letters, deletion of personal data.

    Run it every few minutes; what is not due is left alone.
    """
    _set_up(folder)
    from pejl.office.jobs import run

    done = run()
    for each in done:
        click.echo(each.words.render(lang))
    if any(each.failed for each in done):
        ctx.exit(1)


@office_group.command("backup")
@_folder
@_copy
@_lang
def backup_command(folder: Path, file: Path, lang: Language) -> None:
    """Write a copy of everything the office keeps to FILE, readable by its owner only."""
    _set_up(folder)
    from pejl.office.copying import write_copy

    count = write_copy(file)
    click.echo(message("{count} rows are copied to {name}.", count=count, name=file.name).render(lang))


@office_group.command("restore")
@_folder
@_copy
@_lang
def restore_command(folder: Path, file: Path, lang: Language) -> None:
    """Make an empty office anew from the copy in FILE."""
    _set_up(folder)
    from pejl.office.copying import read_copy

    count = read_copy(file)
    click.echo(message("{count} rows are read from {name}.", count=count, name=file.name).render(lang))


@office_group.command("access")
@_folder
@_lang
def access_command(folder: Path, lang: Language) -> None:
    """Print who may ask for what, as a table in Markdown."""
    _set_up(folder)
    from pejl.office.access import matrix

    heading, *rows = matrix(lang)
    for row in (heading, ["---"] * len(heading), *rows):
        click.echo("| " + " | ".join(row) + " |")


@office_group.command("extract")
@_folder
@_lang
def extract_command(folder: Path, lang: Language) -> None:
    """Write plans and meetings as registers of the next measurement, and what is being done for each goal.

    Statistics only: no free text but the titles that may be named, and no persons.
    """
    from pejl.office.serving import prepare
    from pejl.workspace.folder import require_workspace

    require_workspace(folder)
    prepare(folder)
    from pejl.office.clock import today
    from pejl.office.core.who import JOB
    from pejl.office.loop.extract import extract

    done = extract(folder, today(), JOB)
    words = message(
        "{initiatives} initiatives and {meetings} meetings are written to {folder}; {goals} goals are served.",
        initiatives=done.initiatives,
        meetings=done.meetings,
        folder="data/office",
        goals=done.goals,
    )
    click.echo(words.render(lang))
    click.echo(message("What is public with the next release stands in {file}.", file=str(done.files[-1])).render(lang))
