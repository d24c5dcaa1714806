"""Reading the answers of a wave: every row is used, or named in a problem; nothing is guessed.

A problem names file, row and column, never a token nor what was answered.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pejl.surveys.answers.files import decoded, delimiter_of, whole
from pejl.surveys.answers.layouts import (
    BY,
    MODE,
    OUTCOME,
    SUBMITTED,
    TOKEN,
    Asked,
    Header,
    cell,
    header_mend,
    required,
    understand,
)
from pejl.surveys.answers.records import BY as WHO
from pejl.surveys.answers.records import MODES, Answers, Drawn
from pejl.surveys.answers.tabulating import Row, tabulate
from pejl.surveys.answers.times import day_of
from pejl.surveys.library import instruments_of
from pejl.text import Message, message
from pejl.workspace.figure_lines import FigureLines
from pejl.workspace.files import read_bytes
from pejl.workspace.instruments import Instrument
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Location, Problems, did_you_mean
from pejl.workspace.surveys import Survey, Wave

if TYPE_CHECKING:
    from _csv import Reader

MAX_BYTES = 150_000_000
MAX_PROBLEMS = 2000
OUTCOMES = ("refused", "ineligible")
_WORDS = {MODE: MODES, BY: WHO, OUTCOME: OUTCOMES}


def read_answers(workspace: Workspace, survey: Survey, wave: Wave, sample: Drawn, problems: Problems) -> Answers | None:
    """Return the answers of a wave, one place per person drawn; what is wrong is noted, and such rows are left out.

    Args:
        workspace: its root is where `wave.answers` is looked for; its instruments may be asked with.
        survey: of which the wave is.
        wave: names the file and its format.
        sample: the persons drawn; `rows` has the column `token`, and the answers are in the order of its rows.
        problems: takes what is found: warnings where a row is used all the same.

    Returns:
        The answers; None where there is no file yet (a warning), or it cannot be read to its end (a problem).

    Raises:
        ValueError: a token stands twice in the sample.
    """
    path = workspace.root / wave.answers
    if not path.exists():
        problems.add(
            "no_answers_yet",
            wave.location("answers"),
            message("there is no file '{file}' with answers", file=wave.answers),
            message("Put it there when the wave has closed."),
            value=wave.answers,
            warning=True,
        )
        return None
    content = read_bytes(path, wave.answers, MAX_BYTES, problems)
    text = None if content is None else decoded(content, wave.answers, problems)
    if text is None:
        return None
    known = instruments_of(workspace.instruments)
    instruments = [known[name] for name in dict.fromkeys(survey.instruments) if name in known]
    reader = _Reader(text, wave, instruments, [str(token) for token in sample.rows[TOKEN].tolist()], problems)
    if not reader.read():
        return None
    of = survey.id, str(wave.period)
    return tabulate(of, reader.tokens, reader.used, reader.asked, reader.asked_now, reader.set_aside)


class _StoppedError(Exception):
    """The rest of the file is not read."""


@dataclass(slots=True)
class _Checked:
    """A row while it is being understood."""

    row: Row
    good: bool = True
    cells: dict[str, str] = field(default_factory=dict)


class _Reader:
    def __init__(
        self, text: str, wave: Wave, instruments: Sequence[Instrument], tokens: Sequence[str], problems: Problems
    ) -> None:
        self.text, self.wave, self.problems = text, wave, problems
        self.form, self.file = wave.format, wave.answers
        self.tokens = {token: place for place, token in enumerate(tokens)}
        if len(self.tokens) != len(tokens):
            raise ValueError("a token stands twice in the sample; draw it again.")
        self.instruments = instruments
        self.asked = [Asked(each, item) for each in instruments for item in each.items]
        self.by_name = {each.name: each for each in self.asked}
        self.asked_now: list[Asked] = []
        self.delimiter = delimiter_of(text)
        self.header = Header()
        self.used: dict[str, Row] = {}
        self.first: dict[str, int] = {}
        self.set_aside = 0
        self.line = 1
        self.found = 0
        self.lines: FigureLines | None = None

    def read(self) -> bool:
        """Read all rows; False where the end was not reached."""
        rows = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter, strict=True)
        try:
            names = [name.strip() for name in next(rows, [])]
            if not self._understood(names):
                return False
            for row in self._rows(rows):
                self._row(row, len(names))
            if not self.first:
                self._problem(
                    "no_answers",
                    message("the file holds no row with the answers of anybody"),
                    message("Export the answers again; if nobody answered, delete the file."),
                )
        except csv.Error:
            # what csv says of the line may hold a part of it
            self._problem(
                "csv_syntax",
                message("from this row on the file is not valid CSV, and nothing of it is used"),
                message("Look at the quotes in this row."),
                last=True,
            )
            return False
        except _StoppedError:
            return False
        return True

    def _rows(self, rows: Reader) -> Iterator[list[str]]:
        self.line = following = rows.line_num + 1
        for row in rows:
            self.line, following = following, rows.line_num + 1
            if any(text.strip() for text in row):
                yield row
            self.line = following

    def _problem(
        self, code: str, what: Message, mend: Message, *, place: int = 0, warning: bool = False, last: bool = False,
        value: str | None = None,
    ) -> None:  # fmt: skip
        if self.lines is None:
            self.lines = FigureLines(self.text)
            self.lines.delimiter = self.delimiter
        where = Location(self.file, self.line, self.lines.character(self.line, place))
        self.problems.add(code, where, what, mend, value=value, warning=warning)
        self.found += 1
        if self.found >= MAX_PROBLEMS and not last:
            self.problems.add(
                "too_many_problems",
                where,
                message("more than {count} problems; the rest of the file was not read", count=MAX_PROBLEMS),
                message("Mend these first: they may have one cause."),
            )
            raise _StoppedError

    def _understood(self, names: Sequence[str]) -> bool:
        self.header = understand(names, self.form, self.asked)
        missing = [written for name, written in required(self.form).items() if name not in self.header.own]
        if missing:  # the first line may be a person's answers: none of it is said
            self._problem(
                "missing_column",
                message("columns are missing: {names}", names=", ".join(missing)),
                header_mend(self.form, self.delimiter, self.asked),
            )
            return False
        for place, name in self.header.unknown:
            self._problem(
                "unknown_item",
                message("'{name}' is no question of this survey", name=name),
                did_you_mean(name, self.by_name, message("Leave the column out, or declare the question.")),
                place=place,
                value=name,
            )
        for place, name in self.header.twice:
            self._problem(
                "duplicate_column",
                message("the column '{name}' stands there already", name=name),
                message("Keep one of them."),
                place=place,
                value=name,
            )
        for place, name in self.header.personal:
            self._problem(
                "personal_column",
                message("'{name}' says who somebody is; it is not read", name=name),
                message("Export the answers without it, and delete this file."),
                place=place,
                warning=True,
                value=name,
            )
        self._asked()
        return True

    def _asked(self) -> None:
        """Find out which instruments were asked with; of one that was, every item must be there."""
        for instrument in self.instruments:
            items = [each for each in self.asked if each.instrument is instrument]
            missing = [each.name for each in items if each.name not in self.header.items]
            if len(missing) < len(items):
                self.asked_now += items
            for name in missing if len(missing) < len(items) else ():
                self._problem(
                    "missing_item",
                    message("there is no column with the answers to '{name}'", name=name),
                    message("Add the column, empty if nobody answered."),
                    value=name,
                )
            if len(missing) == len(items):
                self._problem(
                    "not_asked",
                    message("'{name}' was not asked in this wave", name=instrument.id),
                    message("If it was, check the names of the columns: {names}.", names=", ".join(missing)),
                    warning=True,
                    value=instrument.id,
                )
        if BY not in self.header.own and any(each.self_report for each in self.instruments):
            self._problem(
                "no_proxy_question",
                message("nothing says who answered: all answers are counted as the person's own"),
                message("Ask it in the questionnaire, as the question 'by' with the answers self and proxy."),
                warning=True,
            )

    def _row(self, row: list[str], width: int) -> None:
        if len(row) != width:
            self.set_aside += 1
            self._note_width(row, width)
            return
        checked = _Checked(Row(self.line))
        checked.cells = {name: cell(row[place], self.form) for name, place in self.header.own.items()}
        submitted = self._submitted(checked)
        self._word(checked, MODE)
        self._word(checked, BY)
        self._word(checked, OUTCOME)
        self._answers(checked, row)
        self._token(checked)
        record = checked.row
        record.submitted = submitted is not None
        record.mode = checked.cells.get(MODE, "self")
        record.by = checked.cells.get(BY, "self")
        record.outcome = checked.cells.get(OUTCOME, "")
        if checked.good:
            self.used[checked.cells[TOKEN]] = record
            self._unsaid(record)
        else:
            self.set_aside += 1

    def _note_width(self, row: list[str], width: int) -> None:
        self._problem(
            "wrong_width",
            message("the row has {found} values, the header {expected}", found=len(row), expected=width),
            message("Add or remove separators; put a text that holds one in quotes."),
        )
        place = self.header.own[TOKEN]
        if place < len(row):
            self.first.setdefault(cell(row[place], self.form), self.line)

    def _refuse(self, checked: _Checked, name: str, code: str, what: Message, mend: Message) -> None:
        checked.good = False
        place = self.header.own.get(name, self.header.items.get(name, 0))
        self._problem(code, what, mend, place=place)

    def _token(self, checked: _Checked) -> None:
        token = checked.cells[TOKEN]
        if not token or token not in self.tokens:
            what = message("the token was not drawn in this wave") if token else message("the token is missing")
            mend = message("Check that the file is of this wave, and the token as it was sent out.")
            self._refuse(checked, TOKEN, "unknown_token", what, mend)
            self.first.setdefault(token, self.line)
            return
        if token in self.first:
            self._refuse(
                checked,
                TOKEN,
                "token_twice",
                message("the same token stands in line {line} already; neither row is used", line=self.first[token]),
                message("Keep the row that counts."),
            )
            if self.used.pop(token, None) is not None:
                self.set_aside += 1
            return
        self.first[token] = self.line

    def _submitted(self, checked: _Checked) -> date | None:
        text = checked.cells[SUBMITTED]
        if not text:
            return None
        day = day_of(text)
        if day is None:
            self._refuse(
                checked,
                SUBMITTED,
                "bad_moment",
                message("'{column}' is no moment", column=required(self.form)[SUBMITTED]),
                message("Write it as in 2017-05-03T14:20; leave it empty if nothing was handed in."),
            )
        elif day > self.wave.closes:
            closes = self.wave.closes.isoformat()
            self._refuse(
                checked,
                SUBMITTED,
                "after_closing",
                message("the answers came after the wave closed, {day}", day=closes),
                message("Leave the row out, or correct 'closes' in the survey."),
            )
        elif day < self.wave.opens:
            opens = self.wave.opens.isoformat()
            self._refuse(
                checked,
                SUBMITTED,
                "before_opening",
                message("the answers came before the wave opened, {day}", day=opens),
                message("Check that the file is of this wave; or correct 'opens' in the survey."),
            )
        return day

    def _word(self, checked: _Checked, name: str) -> None:
        known = _WORDS[name]
        if checked.cells.get(name, "") in {"", *known}:
            return
        self._refuse(
            checked,
            name,
            "unknown_word",
            message("'{column}' holds a word that is not known", column=name),
            message("Write one of: {words}.", words=", ".join(known)),
        )

    def _answers(self, checked: _Checked, row: list[str]) -> None:
        for name, place in self.header.items.items():
            text = cell(row[place], self.form)
            if not text:
                continue
            item = self.by_name[name].item
            if item.kind == "text":
                checked.row.answers[name] = 1.0
                continue
            code = whole(text)
            if item.kind == "choice":
                allowed = code is not None and any(code == answer.code for answer in item.answers)
                said = message("Write one of: {words}.", words=", ".join(str(each.code) for each in item.answers))
            else:
                assert item.lowest is not None
                assert item.highest is not None
                allowed = code is not None and item.lowest <= code <= item.highest
                said = message("Write a whole number from {low} to {high}.", low=item.lowest, high=item.highest)
            if allowed and code is not None:
                checked.row.answers[name] = float(code)
            else:
                what = message("the answer to '{name}' is outside its scale", name=name)
                self._refuse(checked, name, "outside_scale", what, said)

    def _unsaid(self, record: Row) -> None:
        """Warn where nothing says who answered: such answers are no self-report."""
        if record.by or not record.answers or record.outcome:
            return
        self._problem(
            "by_unknown",
            message("nothing says who answered; where only the person's own answers count, these do not"),
            message("Write self or proxy; ask it before the other questions."),
            place=self.header.own.get(BY, 0),
            warning=True,
        )
