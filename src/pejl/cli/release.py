"""The commands `pejl release …`: the way out of a release."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pejl.cli.display import echo_json
from pejl.cli.faults import RefusedError
from pejl.text import LANGUAGES, Language, format_date, message

if TYPE_CHECKING:
    from pejl.release.standing import Standing

F = TypeVar("F", bound=Callable[..., Any])

_folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_release = click.argument("release")
_lang = click.option("--lang", type=click.Choice(LANGUAGES), default="da", show_default=True, help="Danish or English.")
_by = click.option("--by", metavar="NAME", help="Who does it: a name or an office; your login name if not given.")


def _note(needed: str) -> Callable[[F], F]:
    def decorate(command: F) -> F:
        command = click.option("--note-en", metavar="TEXT", help="The same in English.")(command)
        return click.option("--note", metavar="TEXT", help=needed)(command)

    return decorate


@click.group("release")
def release_group() -> None:
    """What happens to a release after it is made: approved, embargoed, public, corrected, withdrawn, dropped."""


@release_group.command("list")
@_folder
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How to print it."
)
@_lang
def list_command(folder: Path, form: str, lang: Language) -> None:
    """Show where every release stands, and what has happened to it."""
    from pejl.release.standing import standings

    found = standings(folder)
    if form == "json":
        echo_json([standing_record(each) for each in found.values()])
        return
    if not found:
        raise RefusedError(message("there is no release yet; run pejl measure"))
    for each in found.values():
        click.echo(standing_line(each, lang))


@release_group.command("approve")
@_folder
@_release
@_by
@_note("What there is to say of it.")
@_lang
def approve_command(
    folder: Path, release: str, by: str | None, note: str | None, note_en: str | None, lang: Language
) -> None:
    """Approve a draft: it may go out."""
    from pejl.pipeline.releasing import approve

    with _refusals():
        done = approve(folder, release, _name(by), _words(note, note_en))
    click.echo(standing_line(done, lang))


@release_group.command("embargo")
@_folder
@_release
@click.option(
    "--until", required=True, type=click.DateTime(("%Y-%m-%d",)), help="The day the agenda becomes public: 2026-03-02."
)
@_by
@_note("What there is to say of it.")
@_lang
def embargo_command(
    folder: Path,
    release: str,
    until: datetime,
    by: str | None,
    note: str | None,
    note_en: str | None,
    lang: Language,
) -> None:
    """Hold an approved release back until a day."""
    from pejl.pipeline.releasing import embargo

    with _refusals():
        done = embargo(folder, release, _name(by), until.date(), _words(note, note_en))
    click.echo(standing_line(done, lang))


@release_group.command("publish")
@_folder
@_release
@_by
@_note("What there is to say of it.")
@_lang
def publish_command(
    folder: Path, release: str, by: str | None, note: str | None, note_en: str | None, lang: Language
) -> None:
    """Make an approved release public, after attacking it once more."""
    from pejl.pipeline.releasing import publish

    with _refusals():
        done = publish(folder, release, _name(by), date.today(), _words(note, note_en))
    click.echo(standing_line(done, lang))
    click.echo(message("Make the pages with: pejl publish {folder}", folder=folder).render(lang))


@release_group.command("correct")
@_folder
@_release
@click.option("--with", "other", metavar="RELEASE", help="The release that is right; the current one if not given.")
@_by
@_note("What was wrong; readers see it.")
@_lang
def correct_command(
    folder: Path,
    release: str,
    other: str | None,
    by: str | None,
    note: str | None,
    note_en: str | None,
    lang: Language,
) -> None:
    """Say that a public release was wrong, and which later public one is right.

    The pages of the right one show what was corrected, with the old value and your note.
    """
    from pejl.pipeline.releasing import correct
    from pejl.release import current_release

    current = current_release(folder)
    with _refusals():
        changed = correct(
            folder, release, other or (current.id if current else ""), _name(by), _words(note, note_en) or {"da": None}
        )
    click.echo(
        message("Release {release} is corrected: {count} numbers.", release=release, count=len(changed)).render(lang)
    )


@release_group.command("withdraw")
@_folder
@_release
@click.argument("cells", nargs=-1, metavar="[CELL]...")
@_by
@_note("Why; readers see it. Needed where a whole release is taken back.")
@_lang
def withdraw_command(
    folder: Path,
    release: str,
    cells: Sequence[str],
    by: str | None,
    note: str | None,
    note_en: str | None,
    lang: Language,
) -> None:
    """Take a release back, or some cells of it after a leak was found.

    CELL is indicator:period:dimension=code[,dimension=code], or indicator:period:total. The numbers disappear from the
    release's public files and are never shown again; the ledger keeps them as known.
    """
    from pejl.pipeline.releasing import withdraw_release

    if not cells:
        with _refusals():
            done = withdraw_release(folder, release, _name(by), _words(note, note_en) or {"da": None})
        click.echo(standing_line(done, lang))
        return
    _withdraw_cells(folder, release, cells, _name(by), lang)


@release_group.command("drop")
@_folder
@_release
@click.option("--unseen", is_flag=True, help="Say that nobody outside the office that made it has seen it.")
@_by
@_note("Why, and how it is known that nobody saw it. Needed.")
@_lang
def drop_command(
    folder: Path, release: str, unseen: bool, by: str | None, note: str | None, note_en: str | None, lang: Language
) -> None:
    """Drop a draft that nobody saw, so that it does not bind the releases after it.

    What a draft withheld stays withheld in the next release of the same data, for somebody may have seen the draft. A
    dropped one counts as never shown. If anybody saw it, withdraw it instead: then its numbers stay known.
    """
    from pejl.pipeline.releasing import drop

    with _refusals():
        done = drop(folder, release, _name(by), _words(note, note_en) or {"da": None}, unseen=unseen)
    click.echo(standing_line(done, lang))
    click.echo(message("Make the next release with: pejl measure {folder}", folder=folder).render(lang))


def _withdraw_cells(folder: Path, release: str, cells: Sequence[str], by: str, lang: Language) -> None:
    from pejl.pipeline.auditing import AuditRefusedError, withdraw

    try:
        done = withdraw(folder, release, cells, by=by)
    except AuditRefusedError as error:
        raise RefusedError(error.what) from error
    what = message("Taken back from release {release}: {count} cells.", release=done.release, count=done.cells)
    click.echo(what.render(lang))
    if done.also_in:
        click.echo(
            message(
                "Still shown in: {releases}. Withdraw them there as well.", releases=", ".join(done.also_in)
            ).render(lang)
        )
    click.echo(message("Make the next release with: pejl measure {folder}", folder=folder).render(lang))


def standing_line(standing: Standing, lang: Language) -> str:
    """Return where a release stands in a line: since when, by whom, until when."""
    from pejl.release.standing import STATE_WORDS, State

    words = STATE_WORDS[standing.state].render(lang)
    last = standing.happenings[-1] if standing.happenings else None
    parts = [f"{standing.release}: {words}"]
    if standing.state is State.EMBARGOED and standing.until is not None:
        parts.append(message("until {day}", day=format_date(standing.until, lang)).render(lang))
    if last is not None and last.by:
        parts.append(message("by {name}", name=last.by).render(lang))
    if last is not None and last.at:
        parts.append(format_date(datetime.fromisoformat(last.at).date(), lang))
    return ", ".join(parts)


def standing_record(standing: Standing) -> dict[str, Any]:
    """Return where a release stands as plain data."""
    return {
        "release": standing.release,
        "state": str(standing.state),
        "until": standing.until.isoformat() if standing.until is not None else None,
        "happenings": [
            {
                "at": each.at,
                "event": each.event,
                "by": each.by or None,
                "note": dict(each.note) or None,
                "until": each.until,
                "corrected_by": each.corrected_by,
                "cells": list(each.cells),
            }
            for each in standing.happenings
        ],
    }


def _name(by: str | None) -> str:
    return getpass.getuser() if by is None else by


def _words(note: str | None, note_en: str | None) -> dict[str, str | None] | None:
    return {"da": note, "en": note_en} if note is not None else None


@contextmanager
def _refusals() -> Iterator[None]:
    from pejl.pipeline.releasing import ActRefusedError

    try:
        yield
    except ActRefusedError as error:
        raise RefusedError(error.what) from error
