"""The command `pejl audit`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pejl.cli.display import echo_json
from pejl.cli.faults import PROBLEMS_EXIT, RefusedError
from pejl.text import LANGUAGES, Language, Message, message

if TYPE_CHECKING:
    from pejl.pipeline.auditing import AuditResult
    from pejl.protect.whole import AuditRow

MOST_LINES = 20
"""How many numbers found out are named; more say nothing new, `--format json` has them all."""

_folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_lang = click.option("--lang", type=click.Choice(LANGUAGES), default="da", show_default=True, help="Danish or English.")


@click.command("audit")
@_folder
@click.option("--release", metavar="ID", help="Another release than the current one.")
@click.option(
    "--with",
    "extra",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="TABLE.csv",
    help="What if this table were published too: CSV in the form of public/cells/*.csv.",
)
@click.option(
    "--threshold", type=click.IntRange(1), help="Below which a number is small; that of the release if not given."
)
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How to print it."
)
@_lang
def audit_command(
    folder: Path, release: str | None, extra: Path | None, threshold: int | None, form: str, lang: Language
) -> None:
    """Try to recompute what a release withholds, from what is public alone."""
    from pejl.pipeline.auditing import AuditRefusedError, audit

    try:
        found = audit(folder, release, extra, threshold)
    except AuditRefusedError as error:
        raise RefusedError(error.what) from error
    if form == "json":
        echo_json(audit_record(found))
    else:
        for line in audit_lines(found):
            click.echo(line.render(lang))
    if not found.report.proved:
        raise SystemExit(PROBLEMS_EXIT)


def audit_record(found: AuditResult) -> dict[str, Any]:
    """Return the audit as plain data; a limit that nothing bounds is null."""
    from pejl.protect.whole import public_record

    return {
        "release": found.release,
        "earlier_releases": found.before,
        "with": found.extra.name if found.extra is not None else None,
        **public_record(found.report),
        "remedies": list(found.remedies),
    }


def audit_lines(found: AuditResult) -> Iterator[Message]:
    """Yield what a person should read of an audit."""
    from pejl.protect.whole import Outcome

    report = found.report
    yield message(
        "Release {release}: {numbers} withheld numbers in {tables} tables.",
        release=found.release,
        numbers=len(report.rows),
        tables=report.tables,
    )
    by_outcome = {outcome: [row for row in report.rows if row.outcome is outcome] for outcome in Outcome}
    for key in report.contradictory:
        yield message(
            "'{indicator}', {period}: what is shown does not add up, so nothing can be said of what is withheld",
            indicator=key[0],
            period=key[2],
        )
    newly = set(report.newly)
    yield from _named([row for row in by_outcome[Outcome.FOUND] if row not in newly])
    if found.extra is not None:
        yield from _what_if(found.extra.name, report.newly)
    yield from _coarser(found.remedies)
    if by_outcome[Outcome.KNOWN]:
        yield message(
            "Published elsewhere or before, and so known: {numbers} numbers.", numbers=len(by_outcome[Outcome.KNOWN])
        )
    if by_outcome[Outcome.SUSPECTED]:
        yield message(
            "Small if a number shown before a revision were still true: {numbers} numbers.",
            numbers=len(by_outcome[Outcome.SUSPECTED]),
        )
    if report.proved:
        yield message(
            "Checked against recomputation: none of the withheld numbers below {threshold} can be recomputed from what "
            "is published here and in everything else in the ledger (other releases: {before}).",
            threshold=report.threshold,
            before=found.before,
        )
    yield message(
        "The check rests on what an outsider can know from published tables and definitions. It does not promise that "
        "nobody can be recognised by someone who knows them."
    )


def _what_if(name: str, newly: Sequence[AuditRow]) -> Iterator[Message]:
    """Say what one more table would give away."""
    if not newly:
        yield message("If '{table}' were published too, nothing more could be recomputed.", table=name)
        return
    yield message(
        "If '{table}' were published too, {numbers} withheld numbers could be recomputed that cannot be now:",
        table=name,
        numbers=len(newly),
    )
    yield from _named(newly)


def _coarser(remedies: Sequence[Mapping[str, Any]]) -> Iterator[Message]:
    """Say of which indicators too much would be withheld, and what was done."""
    for each in remedies:
        values = {"indicator": each["indicator"], "after": each["withheld_percent"]}
        before = each["withheld_before_percent"]
        if each["kind"] == "rounded":
            yield message(
                "'{indicator}' is rounded to {base}, at most {within} from the true number; totals are not rounded.",
                indicator=each["indicator"],
                base=each["base"],
                within=each["within"],
            )
        elif before is None:
            yield message(
                "'{indicator}' has wider categories, as before: {after} % of its rows are withheld.", **values
            )
        else:
            yield message(
                "'{indicator}' has wider categories: {after} % of its rows are withheld, else {before} % would be.",
                before=before,
                **values,
            )


def _named(rows: Sequence[AuditRow]) -> Iterator[Message]:
    from pejl.protect.whole.tables import cell_text

    for row in rows[:MOST_LINES]:
        yield message(
            "Can be recomputed: '{indicator}', {period}, {cell}: {number} is {limits}",
            indicator=row.key[0],
            period=row.key[2],
            cell=cell_text(row.cell),
            number=_WORDS[row.measure],
            limits=_limits(row),
        )
    if len(rows) > MOST_LINES:
        yield message("… and {more} more", more=len(rows) - MOST_LINES)


_WORDS = {
    "numerator": message("the count"),
    "complement": message("those without"),
    "denominator": message("the base"),
    "persons": message("the persons"),
}


def _limits(row: AuditRow) -> Message:
    if row.low == row.high:
        return message("exactly {number}", number=int(row.low))
    return message("between {low} and {high}", low=int(row.low), high=int(row.high))
