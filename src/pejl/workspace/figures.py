"""Figures published by others: CSV files with source, scope and state for every value.

What a file *uses* (series, units, scopes, codes, totals, extremes) is summarised while it is read. The summary of
an unchanged file can be kept, so that the file need not be read again to be checked against the workspace.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from pejl.text import Message, message
from pejl.workspace.figure_lines import FigureLines, delimiter_of
from pejl.workspace.figure_table import Codes, Figure, FigureTable, SeriesUse
from pejl.workspace.period import Period, PeriodError
from pejl.workspace.problems import Location, Problems, did_you_mean, shorten
from pejl.workspace.states import State

REQUIRED = ("series", "period", "value", "unit", "state", "scope", "source")
OPTIONAL = ("breakdown", "n", "numerator", "denominator", "se", "low", "high", "note")
BREAKDOWN = "breakdown"
TOTALS = frozenset({"", "total", "Total", "i alt", "I alt"})
MAX_PROBLEMS = 2000
_WORDS = ("series", "period", "unit", "state", "scope")
_NUMERIC = ("value", "n", "numerator", "denominator", "se", "low", "high")
_NO_NUMBERS = [None] * (len(_NUMERIC) - 1)
_STATES = {str(state): state for state in State}
_DOT_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?")
_COMMA_NUMBER = re.compile(r"-?[0-9]{1,15}(,[0-9]{1,12})?")
_HEADER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def read_figures(text: str, file: str, problems: Problems) -> FigureTable:
    """Return the figures in `text`; what is wrong is noted, and rows that are wrong are left out.

    Comma-separated files have decimal points, semicolon-separated ones decimal commas; nobody writes
    separators between thousands.
    """
    return _Reader(text, file, problems).read()


class _TooManyError(Exception):
    """More problems in one file than anybody reads."""


class _Reader:
    def __init__(self, text: str, file: str, problems: Problems) -> None:
        self.text = text
        self.file = file
        self.problems = problems
        self.found = 0
        self.delimiter = delimiter_of(text)
        self.number = _COMMA_NUMBER if self.delimiter == ";" else _DOT_NUMBER
        self.header: list[str] = []
        self.index: dict[str, int] = {}
        self.line = 1
        self.following = 1
        self.row: Sequence[str] = ()
        self.words: Callable[[Sequence[str]], tuple[str, ...]] = tuple
        self.numeric: list[tuple[int, str, int]] = []
        self.coded: list[tuple[str, int]] = []
        self.understood: dict[tuple[str, ...], tuple[Period, State, bool]] = {}
        self.codes: dict[tuple[str, ...], Codes] = {}
        self.numbers: dict[str, float] = {}
        self.lines: FigureLines | None = None

    def read(self) -> FigureTable:
        table = FigureTable(self.file)
        rows = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter, strict=True)
        try:
            if not self._read_header(next(rows, [])):
                return table
            table.dimensions = tuple(
                (name, position) for name, position in self.index.items() if name not in REQUIRED + OPTIONAL
            )
            index = self.index
            self.words = itemgetter(*(index[name] for name in _WORDS))
            self.numeric = [(place, name, index[name]) for place, name in enumerate(_NUMERIC) if name in index]
            self.coded = [*table.dimensions, *((name, index[name]) for name in (BREAKDOWN,) if name in index)]
            self._read_rows(rows, table)
            table.whole = True
        except csv.Error as error:
            self.problems.add(
                "csv_syntax",
                Location(self.file, self.following, 1),
                message("this is not valid CSV: {reason}", reason=error),
                message("Look at the quotes in this line."),
            )
        except _TooManyError:
            self.problems.add(
                "too_many_problems",
                Location(self.file, self.line),
                message("more than {count} problems; the rest of the file was not read", count=MAX_PROBLEMS),
                message("Mend these first: they may have one cause."),
            )
        return table

    def _problem(
        self, code: str, what: Message, mend: Message, column: str | None = None, value: object = None
    ) -> None:
        position = self.index.get(column, 0) if column is not None else 0
        if self.lines is None:
            self.lines = FigureLines(self.text)
        where = Location(self.file, self.line, self.lines.character(self.line, position))
        self.problems.add(code, where, what, mend, value=value)
        self.found += 1
        if self.found >= MAX_PROBLEMS:
            raise _TooManyError

    def _read_header(self, header: list[str]) -> bool:
        self.header = [name.strip() for name in header]
        for position, name in enumerate(self.header):
            if name in self.index or not _HEADER.fullmatch(name):
                self.index[name] = position
                self._problem(
                    "bad_column",
                    message("'{name}' cannot be the name of a column here", name=shorten(name)),
                    message("Give every column a name of its own: letters, digits and underscores."),
                    column=name,
                    value=name,
                )
                return False
            self.index[name] = position
        missing = [name for name in REQUIRED if name not in self.index]
        if missing:
            self._problem(
                "missing_column",
                message("columns are missing: {names}", names=", ".join(missing)),
                message("Begin the file with the line: {header}", header=self.delimiter.join(REQUIRED + OPTIONAL)),
            )
        return not missing

    def _read_rows(self, rows: Iterator[list[str]], table: FigureTable) -> None:
        width = len(self.header)
        first_line: dict[tuple[object, ...], int] = {}
        codes_of: dict[str, set[Codes]] = {}
        self.following = 2
        for row in rows:
            self.line = self.following
            self.following = rows.line_num + 1  # type: ignore[attr-defined]  # csv.reader counts lines
            if not row:
                continue
            if len(row) != width:
                table.set_aside.update(row[self.index["series"] : self.index["series"] + 1])
                self._problem(
                    "wrong_width",
                    message("the row has {found} values, the header {expected}", found=len(row), expected=width),
                    message("Add or remove separators; put a text that holds one in quotes."),
                )
                continue
            figure = self._figure(list(map(str.strip, row)))
            if figure is None:
                table.set_aside.add(row[self.index["series"]].strip())
                continue
            key = (figure.series, figure.period.text, figure.codes, figure.scope)
            if key in first_line:
                self._problem(
                    "duplicate_value",
                    message("the same value stands in line {line} already", line=first_line[key]),
                    message("Keep one of them."),
                    column="series",
                    value=figure.series,
                )
                continue
            first_line[key] = self.line
            table.figures.append(figure)
            if figure.series not in table.uses:
                table.uses[figure.series] = SeriesUse(self.line)
                codes_of[figure.series] = set()
            known = codes_of[figure.series]
            table.uses[figure.series].note(figure, known_codes=figure.codes in known)
            known.add(figure.codes)

    def _figure(self, row: Sequence[str]) -> Figure | None:
        """Return the figure in a row, its cells stripped; None where something in it is wrong."""
        self.row, index, found = row, self.index, self.found
        numbers: list[float | None] = [None] * len(_NUMERIC)
        for place, name, position in self.numeric:
            if text := row[position]:
                numbers[place] = self.numbers.get(text) or self._number(name, text)
        words, written = self.words(row), row[index["value"]]
        known = self.understood.get(words)
        if known is None or known[2] != bool(written):  # the same words stand in many rows
            known = self._understand(words)
        if numbers[1:] != _NO_NUMBERS:
            self._uncertainty(numbers)
        if known is None or self.found > found:
            return None
        series, _, unit, _, scope = words
        period, state, has_value = known
        return Figure(
            self.line,
            series,
            period,
            self._codes(row),
            numbers[0],
            _decimals(written) if has_value else 0,
            unit,
            state,
            scope,
            row[index["source"]],
            row[index["note"]] if "note" in index else "",
            *numbers[1:],
        )

    def _uncertainty(self, numbers: Sequence[float | None]) -> None:
        """Note a negative base or error, and an interval that does not hold its value."""
        for name, number in zip(_NUMERIC[1:5], numbers[1:5], strict=True):
            if number is not None and number < 0:
                self._problem(
                    "negative",
                    message("'{column}' is negative: {value}", column=name, value=f"{number:g}"),
                    message("Correct it; it counts something, or is an error."),
                    column=name,
                    value=f"{number:g}",
                )
        value, low, high = numbers[0], numbers[5], numbers[6]
        if (low is None) != (high is None):
            self._problem(
                "half_an_interval",
                message("only one end of the interval is given"),
                message("Write both 'low' and 'high', or neither."),
                column="low" if low is not None else "high",
            )
        elif low is not None and high is not None and value is not None and not low <= value <= high:
            self._problem(
                "value_outside_interval",
                message("the value does not lie between 'low' and 'high'"),
                message("Correct one of the three."),
                column="value",
                value=f"{value:g}",
            )

    def _understand(self, words: tuple[str, ...]) -> tuple[Period, State, bool] | None:
        """Return what the words of a row mean: its period, its state, and whether that comes with a number."""
        found = self.found
        period, state = self._period(), self._state()
        for column in ("series", "unit", "scope"):
            self._require(column)
        if self.found > found or period is None or state is None:
            return None
        return self.understood.setdefault(words, (period, state, state.has_value))

    def _codes(self, row: Sequence[str]) -> Codes:
        """Return the codes of a row; the same cells give the same tuple, for there are far fewer than rows."""
        written = tuple([row[position] for _, position in self.coded])
        codes = self.codes.get(written)
        if codes is None:
            pairs = zip(self.coded, written, strict=True)
            codes = self.codes[written] = tuple((name, code) for (name, _), code in pairs if code not in TOTALS)
        return codes

    def _require(self, column: str) -> None:
        if not self.row[self.index[column]]:
            self._problem(
                "missing_value",
                message("'{column}' is empty", column=column),
                message("Write the {column} of this value.", column=column),
                column=column,
            )

    def _period(self) -> Period | None:
        text = self.row[self.index["period"]]
        try:
            return Period.parse(text)
        except PeriodError as error:
            self._problem("bad_period", error.what, error.mend, column="period", value=text)
            return None

    def _number(self, column: str, text: str) -> float | None:
        if self.number.fullmatch(text):
            return self.numbers.setdefault(text, float(text.replace(",", ".")))
        if self.delimiter == ";":
            mend = message("Write digits with a decimal comma and no separators: 1482 or 58,3.")
        else:
            mend = message("Write digits with a decimal point and no separators: 1482 or 58.3.")
        self._problem(
            "bad_number",
            message("'{column}' is not a number: '{value}'", column=column, value=text),
            mend,
            column=column,
            value=text,
        )
        return None

    def _state(self) -> State | None:
        text = self.row[self.index["state"]]
        state = _STATES.get(text)
        if state is None:
            known = message("Write one of: {words}.", words=", ".join(_STATES))
            self._problem(
                "bad_state",
                message("'{value}' is not a state", value=text),
                did_you_mean(text, _STATES, known),
                column="state",
                value=text,
            )
            return None
        written = bool(self.row[self.index["value"]])
        if state.has_value and not written:
            self._problem(
                "value_missing",
                message("the state is '{state}', but there is no value", state=text),
                message("Write the value, or the state that says which kind of nothing it is."),
                column="value",
            )
        elif not state.has_value and written:
            self._problem(
                "value_unexpected",
                message("the state is '{state}', but there is a value", state=text),
                message("Remove the value, or write the state 'measured' or 'estimate'."),
                column="value",
                value=self.row[self.index["value"]],
            )
        return state


def _decimals(number: str) -> int:
    """Return how many decimals are printed."""
    point = max(number.find("."), number.find(","))
    return len(number) - 1 - point if point >= 0 else 0
