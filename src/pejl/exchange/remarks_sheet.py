"""Remarks in a workbook: a row for each goal with its verdict, and cells for why and what now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pejl.exchange.books import read_book
from pejl.exchange.changes import Plan
from pejl.exchange.columns import Column, Row, column, find_table
from pejl.exchange.remarks_entries import RemarkEntry, author_words, remarks_plan
from pejl.exchange.rich import parse, parse_cell, to_cell
from pejl.exchange.sheets import DataSheet, Guide, Value, make_book
from pejl.exchange.targets_template import strategies_of
from pejl.exchange.values import clean_lines
from pejl.text import LANGUAGES, Language, message
from pejl.workspace.goals import Goal
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problems, did_you_mean
from pejl.workspace.strategies import Strategy

Verdicts = Mapping[str, str]
"""What a release says of each goal, in words, by the goal's id."""


def remark_columns(language: Language) -> Sequence[Column]:
    """Return the columns of the data sheet."""
    markdown = message(
        "Every line is a paragraph; a line that begins with '- ' is a bullet. **Bold**, *emphasis* and "
        "[links](https://…) may be used."
    )
    return [
        column("code", message("No."), message("The goal's number as printed."), language, width=7, locked=True),
        column("title", message("Goal"), message("The goal as it was decided."), language, width=40, locked=True),
        column(
            "verdict",
            message("How it stands"),
            message("The verdict of the release, in words."),
            language,
            width=36,
            locked=True,
        ),
        column("why", message("Why"), markdown, language, width=56, needed=True),
        column("what_now", message("What now"), markdown, language, width=56, needed=True),
        column(
            "author",
            author_words(),
            message("Who stands by the remark: best a part of the administration."),
            language,
            width=24,
        ),
        column("year", message("Year"), message("The year of the status."), language, width=8, locked=True),
        column("language", message("Language"), message("The remark's: da or en."), language, width=10, locked=True),
        column(
            "goal",
            message("Id"),
            message("The goal's name in the program. The row belongs to this goal; do not change it."),
            language,
            width=26,
            locked=True,
            needed=True,
        ),
    ]


def remarks_template(workspace: Workspace, language: Language, year: int, verdicts: Verdicts) -> bytes:
    """Return the workbook: every goal of the strategies that speak of `year`, with the remarks there are."""
    rows = list(_rows(workspace, language, year, verdicts))
    data = DataSheet(message("Remarks"), remark_columns(language), rows, frozen=2, free_rows=0)
    guide = Guide(
        sheet=message("Read me first"),
        title=message("Remarks on the status of {year}", year=year),
        notice=workspace.settings.notice.text(language),
        paragraphs=[
            message(
                "For each goal, write why it stands where it stands, what is done now, and who stands by these words. "
                "White cells are yours; grey ones are for help."
            ),
            message("A goal without a remark is left as it is. A remark whose words change must be approved again."),
            message(
                "Do not name persons, and nothing from which a person could be recognised: the remarks are public."
            ),
        ],
    )
    return make_book(guide, data, language)


def goals_of(workspace: Workspace, year: int) -> Iterator[tuple[Strategy, Goal]]:
    """Yield the goals that remarks are written on: those of the strategies that speak of `year`.

    Where none does, those that the status still tells of, and that the committee's paper is about: of the strategies
    in force, or else of the latest that is over.
    """
    told = _with_goals(strategies_of(workspace, year))
    if not told:
        known = sorted(_with_goals(workspace.strategies), key=lambda item: item.valid.from_)
        told = [item for item in known if item.status == "adopted"] or known[-1:]
    for strategy in told:
        for goal in strategy.goals():
            yield strategy, goal


def _with_goals(strategies: Iterable[Strategy]) -> list[Strategy]:
    return [item for item in strategies if item.status != "draft" and any(item.goals())]


def _rows(workspace: Workspace, language: Language, year: int, verdicts: Verdicts) -> Iterator[dict[str, Value]]:
    known = {remark.key: remark for remark in workspace.remarks}
    for _, goal in goals_of(workspace, year):
        remark = known.get((goal.id, year, language))
        yield {
            "code": Value(goal.code),
            "title": Value(goal.title.text(language)),
            "verdict": Value(verdicts.get(goal.id)),
            "why": Value(to_cell(parse(remark.why)) if remark is not None else None),
            "what_now": Value(to_cell(parse(remark.what_now)) if remark is not None else None),
            "author": Value(remark.author if remark is not None else None),
            "year": Value(year),
            "language": Value(language),
            "goal": Value(goal.id),
        }


def remarks_book_plan(path: Path, workspace: Workspace, language: Language) -> Plan:
    """Return what the workbook at `path` would change in the remarks of `workspace`."""
    problems = Problems()
    sheets = read_book(path, problems)
    columns = remark_columns(language)
    table = find_table(sheets, columns, path.name, problems) if sheets is not None else None
    if table is None:
        return Plan(problems=problems.sorted())
    rows = table.rows(problems, columns)
    entries = [entry for row in rows if (entry := _entry(row, workspace)) is not None]
    return remarks_plan(workspace, entries, problems, language)


def _entry(row: Row, workspace: Workspace) -> RemarkEntry | None:
    goal = row.text("goal")
    if goal not in workspace.goals_by_id:
        row.note(
            "goal",
            "unknown_goal",
            message("there is no goal '{id}'", id=goal or ""),
            did_you_mean(goal, workspace.goals_by_id, message("Write the goal's id as it was.")),
            goal,
        )
    year = row.decimal("year")
    if year is None or year != year.to_integral_value() or not 1800 <= year <= 2199:
        row.note("year", "cell_empty", message("the row names no year"), message("Write the year of the status."))
    spoken = (row.text("language") or "").casefold()
    language = next((each for each in LANGUAGES if each == spoken), None)
    if language is None:
        row.note("language", "not_on_the_list", message("the row names no language"), message("Write da or en."))
    why, what_now = (
        row.understood(name, lambda cell: parse_cell(clean_lines(str(cell.value)))) or ()
        for name in ("why", "what_now")
    )
    author = row.text("author") or ""
    if row.troubled or goal is None or year is None or language is None:
        return None
    return RemarkEntry(goal, int(year), language, author, why, what_now, row.place("why"), row.place("author"))
