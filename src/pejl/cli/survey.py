"""`pejl survey`: samples drawn, given to the mail system, and the letters that go with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pejl.api import OpenWorkspace
from pejl.cli.display import echo_json
from pejl.cli.faults import RefusedError
from pejl.cli.progress import ProgressDisplay
from pejl.text import LANGUAGES, Language, Message, message

if TYPE_CHECKING:
    from pejl.pipeline.surveying import Drawn, Exported
    from pejl.surveys.sampling import Case

_folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_survey = click.argument("survey_id", metavar="SURVEY")
_period = click.option("--period", metavar="P", help="The wave; not needed where there is only one.")
_form = click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How to print it."
)
_lang = click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Danish or English.")


@click.group()
def survey() -> None:
    """Draw samples, and write to those drawn."""


@survey.command()
@_folder
@_survey
@_period
@click.option("--again", is_flag=True, help="Draw anew a wave that is drawn already and not answered.")
@_form
@_lang
def draw(folder: Path, survey_id: str, period: str | None, again: bool, form: str, lang: Language) -> None:
    """Draw the sample of one wave of SURVEY and write it into the workspace.

    The same seed draws the same sample from the same registers. Who is left out is counted, by reason.
    """
    with _refused(), ProgressDisplay(lang, only_live=True) as listener:
        drawn = OpenWorkspace(folder).draw(survey_id, period=period, again=again, listener=listener)
    if form == "json":
        echo_json(_drawn_record(drawn, folder))
    else:
        for line in _drawn_lines(drawn, folder):
            click.echo(line.render(lang))


@survey.command()
@_folder
@_survey
@click.option(
    "--to", "target", metavar="FILE", required=True, type=click.Path(path_type=Path), help="A file outside DIR."
)
@_period
@_form
@_lang
def export(folder: Path, survey_id: str, target: Path, period: str | None, form: str, lang: Language) -> None:
    """Write whom to write to, for the mail system: token, address key, route, letter and language.

    There are no answers in the file and no CPR numbers, and only its owner can read it.
    """
    with _refused(), ProgressDisplay(lang, only_live=True) as listener:
        exported = OpenWorkspace(folder).export(survey_id, target, period=period, listener=listener)
    if form == "json":
        echo_json(_exported_record(exported))
    else:
        for line in _exported_lines(exported):
            click.echo(line.render(lang))


@survey.command()
@_folder
@_survey
@_period
@click.option("--easy-read", is_flag=True, help="The letter in easy words.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="da", show_default=True, help="Danish or English.")
def letter(folder: Path, survey_id: str, period: str | None, easy_read: bool, lang: Language) -> None:
    """Print the letter of SURVEY as it is filled in for one wave, all but the token.

    Where the survey declares none, an example is printed: it must be completed, and confirmed by the municipality's
    lawyers.
    """
    from pejl.pipeline.surveying import chosen_wave
    from pejl.surveys.letters import rendered

    with _refused():
        workspace = OpenWorkspace(folder).declared()
        declared, wave = chosen_wave(workspace, survey_id, period)
    if declared.letter is None:
        click.echo(
            message(
                "No letter is declared. This is an example: complete it, and have the municipality's lawyers confirm "
                "it."
            ).render(lang),
            err=True,
        )
    found = rendered(declared, wave, workspace.settings, "easy_read" if easy_read else "ordinary", lang)
    click.echo(f"{found.subject}\n\n{found.body}", nl=False)


@contextmanager
def _refused() -> Iterator[None]:
    from pejl.surveys.sampling import SurveyRefusedError

    try:
        yield
    except SurveyRefusedError as error:
        raise RefusedError(error.what) from error


def _said(reason: str) -> Message:
    """Return what a reason or a case is called."""
    return {
        "no_number": message("without a number"),
        "too_young": message("too young"),
        "age_unknown": message("age not known"),
        "protected_address": message("protected address"),
        "outside_digital_post": message("outside Digital Post"),
        "guardianship": message("under guardianship"),
        "easy_read": message("wants easy words"),
        "no_address": message("no address known"),
        "minor": message("under 18"),
    }[reason]


def _drawn_lines(drawn: Drawn, folder: Path) -> Iterator[Message]:
    record, rows = drawn.sample.record, drawn.sample.rows
    yield message(
        "Drawn for {period}: {sample} of {persons} persons, in {strata} strata.",
        period=record.period,
        sample=len(rows),
        persons=sum(each.persons for each in record.strata_drawn),
        strata=len(record.strata_drawn),
    )
    for each in record.strata_drawn:
        values = ", ".join(map(str, each.values)) or record.survey
        yield message("  {stratum}: {sample} of {persons}", stratum=values, sample=each.sample, persons=each.persons)
    if record.overlaps is not None:
        again = sum(each.again for each in record.strata_drawn)
        yield message("Asked again, from {period}: {again}", period=record.overlaps, again=again)
    for words, cases in (
        (message("Left out: {count} ({reason})"), record.left_out),
        (message("Drawn: {count} ({reason})"), record.met),
    ):
        for reason, count in _by_reason(cases).items():
            yield Message(words.id, {"count": count, "reason": _said(reason)})
    yield message("The sample is in {folder}; only you can read it.", folder=drawn.folder)
    yield message(
        "Write to them with: pejl survey export {folder} {survey} --period {period} --to FILE",
        folder=folder,
        survey=record.survey,
        period=record.period,
    )


def _by_reason(cases: tuple[Case, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in cases:
        found[each.reason] = found.get(each.reason, 0) + each.persons
    return found


def _drawn_record(drawn: Drawn, folder: Path) -> dict[str, Any]:
    record = drawn.sample.record
    return {
        "survey": record.survey,
        "period": record.period,
        "folder": drawn.folder.relative_to(folder).as_posix(),
        "persons": sum(each.persons for each in record.strata_drawn),
        "sample": len(drawn.sample.rows),
        "strata": [
            {
                "values": dict(zip(record.strata, each.values, strict=True)),
                "persons": each.persons,
                "population": each.population,
                "drawn": each.drawn,
                "sample": each.sample,
                "again": each.again,
            }
            for each in record.strata_drawn
        ],
        "overlaps": record.overlaps,
        "left_out": _by_reason(record.left_out),
        "met": _by_reason(record.met),
    }


def _exported_lines(exported: Exported) -> Iterator[Message]:
    found = exported.mailing
    yield message(
        "Written to {target}: {count} of {drawn} persons drawn.",
        target=exported.target,
        count=len(found.addressees),
        drawn=found.drawn,
    )
    names = {
        "digital_post": message("by Digital Post"),
        "paper": message("on paper"),
        "guardian": message("by way of a guardian"),
        "ordinary": message("the ordinary letter"),
        "easy_read": message("the letter in easy words"),
    }
    for counts in (found.routes(), found.letters()):
        for name, count in counts.items():
            yield message("  {way}: {count}", way=names[name], count=count)
    if found.protected:
        yield message(
            "Protected addresses: {count}. No address is in the file; the mail system must keep them protected.",
            count=found.protected,
        )
    if found.no_address:
        yield message("Without an address: {count}. They count as not having answered.", count=found.no_address)
    for name, count in found.not_stated.items():
        yield message("Not stated, taken as no: {count} ({reason})", count=count, reason=_said(name))


def _exported_record(exported: Exported) -> dict[str, Any]:
    found = exported.mailing
    return {
        "survey": exported.survey,
        "period": exported.period,
        "target": str(exported.target),
        "drawn": found.drawn,
        "written": len(found.addressees),
        "routes": found.routes(),
        "letters": found.letters(),
        "protected": found.protected,
        "minors": found.minors,
        "no_address": found.no_address,
        "not_stated": dict(found.not_stated),
    }
