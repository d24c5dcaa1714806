"""The rows of one indicator's CSV file, understood: period, value and state, series, unit, and what it is about."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from pejl.exchange.open_sdg.ages import holds_all
from pejl.exchange.open_sdg.columns import ColumnNames, Columns, Remark, columns_for_series, columns_of, in_long_form
from pejl.exchange.open_sdg.left_out import LeftOut
from pejl.exchange.open_sdg.texts import key_tail, plain
from pejl.exchange.open_sdg.written_numbers import (
    COMMA,
    COMMA_BEHIND_THOUSANDS,
    NOTHING,
    NUMBER,
    POINTS_BETWEEN_THREE,
    THOUSANDS,
    has_decimal_comma,
    is_figure,
)
from pejl.exchange.open_sdg.written_periods import read_period
from pejl.text import Message, message
from pejl.workspace.states import State

MAX_DECIMALS, MAX_DIGITS = 12, 15

Group = tuple[str, str]
"""Series and unit, as the file writes them: what is one indicator here."""

_EMPTY_CELLS = frozenset({"NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "#N/A", "<NA>"})
"""What Open SDG takes for an empty cell, as the library does that it reads CSV with; `None` is left a word."""
_ESTIMATES = re.compile(r"(?i)e|ee|p|f|i|b?e|.*(estimat|provision|forecast|project|imput|model|foreløbig|skøn).*")
_UNDEFINED = frozenset({"", "undefined", "a", "normal", "normal value", "official value", "u"})
TOTAL_WORDS = frozenset(
    {
        *("total", "all", "both", "both sexes", "all ages", "all areas", "national", "i alt", "alle", "_t"),
        *("bothsex", "allage", "allarea", "insgesamt", "ensemble"),
    }
)
_LIKE_TOTAL = re.compile(r"(total|all|both)\b.*")


@dataclass(frozen=True, slots=True)
class Observation:
    """One row. `codes` are the filled cells of its breakdowns, column by column; empty for the whole."""

    line: int
    period: str
    value: str
    state: State
    series: str
    unit: str
    codes: tuple[tuple[str, str], ...]
    note: str
    source: str
    low: str
    high: str


@dataclass(slots=True)
class Observations:
    """The rows of a file, and what is said of all of them.

    `areas` says which area has which code on maps; `whole` which words of a breakdown stand for the whole, by series
    and unit; `same` the columns that say the same in every row, with their words; `notes` what is said of a series.
    """

    rows: list[Observation] = field(default_factory=list)
    areas: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    whole: dict[Group, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    same: list[tuple[str, str]] = field(default_factory=list)
    notes: dict[Group, list[str]] = field(default_factory=dict)


def read_observations(text: str, file: str, names: ColumnNames, left_out: LeftOut) -> Observations:
    """Return the observations in a file; what cannot be carried over is noted with its lines."""
    return _Reader(file, names, left_out).read(text)


@lru_cache(maxsize=100_000)
def one_spelling(word: str) -> str:
    """Return a word of a breakdown as it is compared: case and blanks do not make another one of it."""
    return " ".join(word.casefold().split())


class _Reader:
    def __init__(self, file: str, names: ColumnNames, left_out: LeftOut) -> None:
        self.file = file
        self.names = names
        self.left_out = left_out
        self.comma_is_decimal = False
        self.columns = Columns()

    def read(self, text: str) -> Observations:
        found = Observations()
        rows = _rows(text)
        header: Sequence[str] = next(rows, (0, []))[1]
        self.columns = columns_of(header, self.names)
        if not {"year", "value"} <= set(self.columns.places):
            header, rows = self._for_each_series(header, rows)
            if not header:
                return found
        for remark in self.columns.remarks:
            self._remark(remark)
        cells = list(self._whole(rows, len(header)))
        if not cells:
            self._note("–", message("the file has a header and no rows"))
        self._settle(cells, found)
        groups: dict[Group, list[Sequence[str]]] = {}
        for _, row in cells:
            groups.setdefault(self._group(row), []).append(row)
        found.whole = {group: self._words_for_whole(each, found) for group, each in groups.items()}
        self.comma_is_decimal = any(has_decimal_comma(self._cell(row, "value")) for _, row in cells)
        seen: dict[tuple[object, ...], tuple[str, State]] = {}
        for line, row in cells:
            observation = self._observation(line, row, found)
            if observation is None:
                continue
            about = tuple((name, one_spelling(word)) for name, word in observation.codes)
            key = (observation.series, observation.unit, observation.period, about)
            same = (observation.value, observation.state)
            if key not in seen:
                seen[key] = same
                found.rows.append(observation)
            elif seen[key] == same:
                self._note("–", message("the row stands twice, and is kept once"), line)
            else:
                why = message("two rows say different things of the same; the first is kept")
                self._note("Value", why, line, observation.value)
        return found

    def _for_each_series(
        self, header: Sequence[str], rows: Iterator[tuple[int, list[str]]]
    ) -> tuple[Sequence[str], Iterator[tuple[int, list[str]]]]:
        """Return a file that has a column for each series with a row for each figure; nothing where it has none."""
        width = len(header)
        lines = [(line, ([cell.strip() for cell in row] + [""] * width)[:width]) for line, row in rows]
        year = columns_for_series(header, [row for _, row in lines])
        if year is None:
            why = message("the file has no columns Year and Value, so none of its rows is carried over")
            self._note("–", why, value=", ".join(header))
            return [], iter(())
        self._note("–", message("the file has a column for each series; the names of the columns are theirs"))
        new, long = in_long_form(header, [row for _, row in lines], year)
        self.columns = columns_of(new, ColumnNames())
        numbers = [line for line, _ in lines]
        return new, ((numbers[place % len(numbers)], row) for place, row in enumerate(long))

    def _settle(self, cells: Sequence[tuple[int, Sequence[str]]], found: Observations) -> None:
        """Put aside the breakdowns that break nothing down: those that say what another column says, or always one."""
        kept = []
        roles = [self.columns.places[role] for role in ("series", "unit") if role in self.columns.places]
        for name, position in self.columns.breakdowns:
            words = {row[position] for _, row in cells}
            if words == {""}:
                continue
            if any(all(row[position] == row[other] for _, row in cells) for other in roles):
                self._note(name, message("the column says what another says, and is kept once"))
            elif len(words) == 1 and len(cells) > 1:
                (word,) = words
                self._note(name, message("the column says the same in every row; a note says it"), value=word)
                found.same.append((name, word))
            else:
                kept.append((name, position))
        self.columns.breakdowns = kept

    def _group(self, row: Sequence[str]) -> Group:
        unit, multiplier = self._cell(row, "unit"), self._cell(row, "multiplier")
        if unit and multiplier and multiplier.casefold() not in ("units", "unit", "0", "1"):
            unit = f"{unit} ({multiplier})"
        return self._cell(row, "series"), unit

    def _whole(self, rows: Iterable[tuple[int, list[str]]], width: int) -> Iterable[tuple[int, list[str]]]:
        for line, row in rows:
            cells = self._emptied([cell.strip() for cell in row])
            if not any(cells):
                continue
            if any(cells[width:]):
                if not is_figure(cells[self.columns.places["value"]]):
                    why = message("the row is longer than the header and has no number under Value; it is left out")
                    self._note("–", why, line, ", ".join(cells))
                    continue
                self._note("–", message("the row is longer than the header; what is too much is left out"), line)
            yield line, (cells + [""] * width)[:width]

    def _emptied(self, cells: list[str]) -> list[str]:
        """Return the cells, empty where Open SDG takes them for empty; values say themselves what they are."""
        value = self.columns.places["value"]
        return ["" if cell in _EMPTY_CELLS and place != value else cell for place, cell in enumerate(cells)]

    def _words_for_whole(self, rows: Sequence[Sequence[str]], found: Observations) -> Mapping[str, frozenset[str]]:
        """Return which words stand for the whole in the rows of one indicator, by breakdown.

        They are looked for where no cell is empty: Total and the like, or else the age group that holds all others.
        """
        full = {column: frozenset((_total_word(word),)) for column, word in found.same}
        for name, position in self.columns.breakdowns:
            if not all(row[position] for row in rows):
                continue
            words = {_total_word(row[position]) for row in rows}
            whole = words & (TOTAL_WORDS | self.names.whole)
            alike = {word for word in words if _LIKE_TOTAL.fullmatch(word)}
            why = message("'Total', 'All' and the like stand for the whole, as no cell is empty")
            if not whole and len(alike) == 1:
                whole = alike
            if not whole and (widest := holds_all(words)) is not None:
                whole = {widest}
                why = message("the age group that holds all others stands for the whole, as no cell is empty")
            if whole:
                full[name] = frozenset(whole)
                for word in sorted(whole):
                    self._note(name, why, value=word)
        return full

    def _cell(self, row: Sequence[str], role: str) -> str:
        position = self.columns.places.get(role)
        return row[position] if position is not None else ""

    def _beside(self, row: Sequence[str], role: str) -> list[str]:
        return [plain(row[position]) for position in self.columns.beside.get(role, ()) if row[position]]

    def _observation(self, line: int, row: Sequence[str], found: Observations) -> Observation | None:
        written = self._cell(row, "year")
        period, changed, mark = read_period(written)
        if changed is not None:
            self._note("Year", changed, line, None if period is not None and not mark else written or "(empty)")
        if period is None:
            return None
        group = self._group(row)
        totals = found.whole[group]
        codes = []
        for name, position in self.columns.breakdowns:
            word = row[position]
            if word and _total_word(word) not in totals.get(name, ()):
                codes.append((name, word))
        area = self._cell(row, "geocode")
        if area:
            for pair in codes:
                found.areas.setdefault(pair, set()).add(area)
        for said in self._beside(row, "seriesnote"):
            if said not in found.notes.setdefault(group, []):
                found.notes[group].append(said)
        status = self._cell(row, "status")
        value, state, note = self._value(self._cell(row, "value"), status, line)
        notes = [*self._beside(row, "note"), note]
        if mark:
            notes.append(f"the source writes: {plain(written)}")
        if status.casefold() not in _UNDEFINED:
            notes.append(plain(status))
        low, high = self._bounds(row, value)
        return Observation(
            line,
            period,
            value,
            state,
            *group,
            tuple(codes),
            "; ".join(part for part in notes if part),
            "; ".join(self._beside(row, "source")),
            low,
            high,
        )

    def _value(self, written: str, status: str, line: int) -> tuple[str, State, str]:
        state = State.ESTIMATE if _ESTIMATES.fullmatch(status.strip()) else State.MEASURED
        if written.casefold() in NOTHING:
            if written:
                self._note("Value", message("the source writes that there is no number"), line, written)
            return "", State.NO_DATA, ""
        text = written.replace("\N{MINUS SIGN}", "-")
        if not self.comma_is_decimal and NUMBER.fullmatch(text):
            pass
        elif text.endswith("%") and NUMBER.fullmatch(text[:-1].strip()):
            self._note("Value", message("the percent sign is taken off"), line, written)
            text = text[:-1].strip()
        elif self.comma_is_decimal and POINTS_BETWEEN_THREE.fullmatch(text):
            why = message(
                "other numbers here have a decimal comma, so this one can be read in two ways; it has no value"
            )
            self._note("Value", why, line, written)
            return "", State.NOT_COLLECTED, f"the source writes: {plain(written)}"
        elif COMMA_BEHIND_THOUSANDS.fullmatch(text) or (self.comma_is_decimal and COMMA.fullmatch(text)):
            self._note("Value", message("a decimal comma is read as one"), line, written)
            text = re.sub(r"[. \u00a0']", "", text).replace(",", ".")
        elif THOUSANDS.fullmatch(text):
            self._note("Value", message("separators between thousands are taken out"), line, written)
            text = re.sub(r"[, \u00a0']", "", text)
        elif COMMA.fullmatch(text):
            self._note("Value", message("a decimal comma is read as one"), line, written)
            text = text.replace(",", ".")
        number = self._number(text, line) if NUMBER.fullmatch(text) else None
        if number is None:
            why = message("this is no plain number; the row says so in its note, and has no value")
            self._note("Value", why, line, written)
            return "", State.NOT_COLLECTED, f"the source writes: {plain(written)}"
        return number, state, ""

    def _number(self, text: str, line: int) -> str | None:
        """Return a number as figures files write it: digits, a point, at most twelve decimals."""
        try:
            exact = Decimal(text)
        except InvalidOperation:
            return None
        if exact.adjusted() >= MAX_DIGITS:
            return None
        exponent = exact.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > MAX_DECIMALS:
            exact = round(exact, MAX_DECIMALS)
            self._note("Value", message("more than twelve decimals were rounded"), line)
        written = f"{exact:f}"
        return written.lstrip("-") if not exact else written

    def _bounds(self, row: Sequence[str], value: str) -> tuple[str, str]:
        low, high = self._cell(row, "low"), self._cell(row, "high")
        if not value or not (NUMBER.fullmatch(low) and NUMBER.fullmatch(high)):
            return "", ""
        written = [self._number(each, 0) for each in (low, high)]
        if None in written or not Decimal(low) <= Decimal(value) <= Decimal(high):
            return "", ""
        return str(written[0]), str(written[1])

    def _remark(self, remark: Remark) -> None:
        if remark.column.strip():
            self._note(remark.column, remark.why, value=remark.value)

    def _note(self, name: str, why: Message, line: int | None = None, value: str | None = None) -> None:
        self.left_out.note(self.file, name, why, line=line or None, value=value)


@lru_cache(maxsize=100_000)
def _total_word(word: str) -> str:
    return key_tail(word.strip()).casefold()


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file with the line each begins in, whatever separates its cells."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            line = reader.line_num + 1
            continue
        if row and any(cell.strip() for cell in row):
            yield line, row
        line = reader.line_num + 1
