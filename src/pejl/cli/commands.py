"""The commands: thin, each over a verb of `pejl.open`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pejl.api import OpenWorkspace
from pejl.cli.audit import audit_command
from pejl.cli.display import echo_json, print_rich, problem_line, replace_whole
from pejl.cli.faults import PROBLEMS_EXIT, RefusedError
from pejl.cli.importing import import_group
from pejl.cli.init import init_command
from pejl.cli.office import office_group
from pejl.cli.paper import paper_command
from pejl.cli.progress import ProgressDisplay
from pejl.cli.publish import publish_command
from pejl.cli.release import release_group
from pejl.cli.serve import serve_command, serve_site
from pejl.cli.survey import survey
from pejl.cli.template import template
from pejl.demo.generator import DEMO_CITIZENS, DEMO_SEED
from pejl.text import LANGUAGES, Language, Message, message

if TYPE_CHECKING:
    from pejl.pipeline import CheckResult


class Day(click.ParamType[date]):
    """A day, year-month-day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return `value` as a day, or fail with what to write."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # a day has no time zone
        except ValueError:
            self.fail(f"'{value}' is not a day; write year-month-day: 2017-05-01", param, ctx)


folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_languages = click.Choice(LANGUAGES)


def language_option(default: Language) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the option --lang with its default."""
    return click.option("--lang", type=_languages, default=default, show_default=True, help="Danish or English.")


def format_option(*formats: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the option --format; the first format is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print it.",
    )


as_of_option = click.option(
    "--as-of",
    type=Day(),
    metavar="DATE",
    help="The day on which deadlines are looked at; today if not given.",
)
release_option = click.option("--release", metavar="ID", help="Another release than the current one.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="pejl", prog_name="pejl")
def cli() -> None:
    """Pejl: from a city's vision to a published, honest number.

    DIR is always the folder of a workspace: the one that holds pejl.toml.
    """


@cli.command()
@folder
@as_of_option
@format_option("text", "json")
@language_option("en")
def check(folder: Path, as_of: date | None, form: str, lang: Language) -> None:
    """Find everything that is wrong with a workspace, in one pass.

    The rows of registers are read and checked too. Each problem comes with file, line, column, what is wrong, and how
    to mend it. Warnings stop nothing.
    """
    with ProgressDisplay(lang, only_live=True) as listener:
        result = OpenWorkspace(folder).check(as_of, listener=listener)
    if form == "json":
        echo_json(
            {
                "workspace": result.workspace.id,
                "ok": result.ok,
                "counts": _counts(result),
                "problems": [problem.as_dict(lang) for problem in result.problems],
            }
        )
    else:
        for problem in result.problems:
            click.echo(problem_line(problem, folder, lang))
        click.echo(_summary(result, lang))
    if not result.ok:
        raise SystemExit(PROBLEMS_EXIT)


def _counts(result: CheckResult) -> dict[str, int]:
    problems = sum(problem.severity == "problem" for problem in result.problems)
    return {"problems": problems, "warnings": len(result.problems) - problems}


def _summary(result: CheckResult, lang: Language) -> str:
    counts = _counts(result)
    if not any(counts.values()):
        return message("Nothing to mend.").render(lang)
    return message("Problems: {problems}, warnings: {warnings}.", **counts).render(lang)


@cli.command()
@folder
@click.option(
    "--year",
    type=click.IntRange(1800, 2199),
    help="The year the release is made for; later figures stay out.",
)
@click.option("--only", multiple=True, metavar="ID", help="Measure this indicator anew, take the others over.")
@click.option("--engine", metavar="E", help="What counts the registers; the workspace's own engine if not given.")
@as_of_option
@language_option("en")
def measure(
    folder: Path, year: int | None, only: Sequence[str], engine: str | None, as_of: date | None, lang: Language
) -> None:
    """Measure, judge and make a release; what has not changed is taken over."""
    with ProgressDisplay(lang) as listener:
        result = OpenWorkspace(folder).measure(
            year=year, only=only, as_of=as_of, engine=engine, workers=os.cpu_count() or 1, listener=listener
        )
    for problem in result.noted:
        click.echo(problem_line(problem, folder, lang), err=True)
    if result.refused is not None:
        raise RefusedError(result.refused)
    if result.release is None:
        for problem in result.problems:
            click.echo(problem_line(problem, folder, lang), err=True)
        raise RefusedError(message("the workspace has problems; nothing was measured"))
    warnings = len(result.problems)
    if warnings:
        click.echo(
            message("Warnings: {count}; see them with: pejl check {folder}", count=warnings, folder=folder).render(lang)
        )
    done = (
        message("Release {release} is made.")
        if result.new
        else message("Nothing has changed; release {release} stands.")
    )
    click.echo(Message(done.id, {"release": result.release.id}).render(lang))
    click.echo(message("Look at it with: pejl status {folder}", folder=folder).render(lang))


@cli.command()
@folder
@click.option("--strategy", metavar="ID", help="Only this strategy.")
@release_option
@format_option("table", "json", "csv")
@language_option("da")
def status(folder: Path, strategy: str | None, release: str | None, form: str, lang: Language) -> None:
    """Show how every goal stands: reached or not, and which way it goes."""
    from pejl.publish.status import status_csv, status_json, status_table

    found = OpenWorkspace(folder).release(release)
    known = [item["id"] for item in found.status["strategies"]]
    _require_known(strategy, known)
    if form == "json":
        click.echo(status_json(found, strategy))
    elif form == "csv":
        click.echo(status_csv(found, strategy, lang), nl=False)
    else:
        print_rich(status_table(found, strategy, lang))


def _require_known(strategy: str | None, known: Sequence[str]) -> None:
    if strategy is not None and strategy not in known:
        what = message("there is no strategy '{id}'; there are: {known}", id=strategy, known=", ".join(known))
        raise RefusedError(what)


@cli.command()
@folder
@click.argument("indicator")
@click.argument("period", required=False)
@release_option
@format_option("text", "json")
@language_option("da")
def explain(folder: Path, indicator: str, period: str | None, release: str | None, form: str, lang: Language) -> None:
    """Follow a number back to its source, its definition and the rules that judged it."""
    from pejl.publish.explain import NothingToExplainError, explain_lines

    try:
        found = OpenWorkspace(folder).explain(indicator, period, release)
    except NothingToExplainError as error:
        raise RefusedError(error.what) from error
    if form == "json":
        echo_json(found)
    else:
        print_rich(explain_lines(found, lang))


@cli.command()
@folder
@click.argument("old")
@click.argument("new")
@format_option("table", "json")
@language_option("da")
def diff(folder: Path, old: str, new: str, form: str, lang: Language) -> None:
    """Show two strategies, or a draft and what was adopted, side by side."""
    from pejl.publish.diff import diff_record, diff_table

    workspace = OpenWorkspace(folder).declared()
    strategies = workspace.strategies_by_id
    for name in (old, new):
        _require_known(name, list(strategies))
    if form == "json":
        echo_json(diff_record(strategies[old], strategies[new]))
    else:
        click.echo(workspace.settings.notice.text(lang))
        print_rich(diff_table(strategies[old], strategies[new], lang))


@cli.command()
@folder
@click.option("--strategy", metavar="ID", help="Only this strategy.")
@click.option("--propose", multiple=True, metavar="GOAL=NUMBER", help="Try a level for a goal; repeat for more.")
@format_option("table", "csv", "markdown", "json")
@language_option("da")
def targets(folder: Path, strategy: str | None, propose: Sequence[str], form: str, lang: Language) -> None:
    """Print the sheet a committee needs to set the numbers."""
    from pejl.publish.targets import targets_csv, targets_markdown, targets_table

    opened = OpenWorkspace(folder)
    workspace = opened.declared()
    _require_known(strategy, list(workspace.strategies_by_id))
    proposals = dict(_proposal(text, workspace.goals_by_id) for text in propose)
    rows = opened.targets(strategy, proposals)
    titles = {item.id: item.title.text(lang) for item in workspace.strategies}
    if form == "json":
        echo_json(rows)
    elif form == "csv":
        click.echo(targets_csv(rows, lang), nl=False)
    elif form == "markdown":
        click.echo(f"*{workspace.settings.notice.text(lang)}*\n")
        click.echo(targets_markdown(rows, titles, lang))
    else:
        click.echo(workspace.settings.notice.text(lang))
        print_rich(targets_table(rows, titles, lang))


def _proposal(text: str, goals: Any) -> tuple[str, float]:
    goal, _, number = text.partition("=")
    if goal not in goals:
        raise RefusedError(message("there is no goal '{id}'", id=goal))
    try:
        return goal, float(number)
    except ValueError as error:
        what = message("'{text}' is not a proposal; write the goal's id, '=' and a number", text=text)
        raise RefusedError(what) from error


@cli.command("carry-home")
@folder
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@release_option
@language_option("en")
def carry_home(folder: Path, target: Path, release: str | None, lang: Language) -> None:
    """Write what was counted from registers here to TARGET, a figures file for another workspace.

    Only what readers may see is written; what is withheld here arrives as withheld.
    """
    from pejl.publish.carrying import NothingToCarryError, figures_to_carry

    found = OpenWorkspace(folder).release(release)
    try:
        content = figures_to_carry(found)
    except NothingToCarryError as error:
        raise RefusedError(error.what) from error
    replace_whole(target, content)
    lines = content.count(b"\n") - 1
    click.echo(message("Figures written to {target}: {lines}", target=target, lines=lines).render(lang))


@cli.command()
@folder
@language_option("en")
def purge(folder: Path, lang: Language) -> None:
    """Delete everything kept per person between runs; releases stay as they are."""
    done = (
        message("Everything kept per person is deleted.")
        if OpenWorkspace(folder).purge()
        else message("Nothing is kept per person of this workspace.")
    )
    click.echo(done.render(lang))


@cli.command()
@folder
@click.option("--persons", type=int, default=DEMO_CITIZENS, show_default=True, help="How many live there at the end.")
@click.option("--seed", type=int, default=DEMO_SEED, show_default=True, help="Another seed makes other people.")
@click.option("--no-serve", is_flag=True, help="Do not show the web site in the end.")
@language_option("da")
def demo(folder: Path, persons: int, seed: int, no_serve: bool, lang: Language) -> None:
    """Make a municipality that does not exist in DIR, and measure it.

    Its registers, its people and their lives are invented by a program; a strategy with a goal for every indicator
    is judged on them. In a terminal its web site is shown in the end, until Ctrl-C.
    """
    from pejl.demo.making import (
        DemoRefusedError,
        fill_office,
        measure_draft,
        measure_linked,
        measure_own,
        write_demo,
    )

    def say(words: Message) -> None:
        click.echo(words.render(lang), err=True)

    workers = os.cpu_count() or 1
    try:
        say(message("Inventing {persons} persons and ten years of their lives …", persons=persons))
        write_demo(folder, persons, seed)
        say(message("Measuring where national registers are linked, and carrying home …"))
        with ProgressDisplay(lang) as listener:
            measure_linked(folder, listener, workers)
        say(message("Measuring in the municipality …"))
        with ProgressDisplay(lang) as listener:
            measure_draft(folder, listener, workers)
        say(message("Filling the office with invented plans and meetings, and measuring what it holds …"))
        fill_office(folder)
        with ProgressDisplay(lang) as listener:
            release = measure_own(folder, listener, workers)
    except DemoRefusedError as error:
        raise RefusedError(error.what) from error
    click.echo(message("Release {release} is made.", release=release.id).render(lang))
    click.echo(message("How every goal stands:").render(lang) + f"      pejl status {folder}")
    click.echo(message("How a number was counted:").render(lang) + f"   pejl explain {folder} homeless")
    if not no_serve and at_a_terminal():
        serve_site(folder, 0, None, lang)


def at_a_terminal() -> bool:
    """Tell whether somebody sees what is written, and can stop it."""
    return sys.stdout.isatty()


for _command in (
    survey,
    audit_command,
    release_group,
    publish_command,
    serve_command,
    init_command,
    office_group,
    paper_command,
    template,
    import_group,
):
    cli.add_command(_command)
