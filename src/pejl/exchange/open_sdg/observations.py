"""The rows of one indicator's CSV file, understood: period, value and state, series, unit, and what it is about."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from pejl.exchange.open_sdg.left_out import LeftOut
from pejl.exchange.open_sdg.texts import key_tail, plain
from pejl.exchange.open_sdg.written_numbers import (
    COMMA,
    COMMA_BEHIND_THOUSANDS,
    NUMBER,
    POINTS_BETWEEN_THREE,
    THOUSANDS,
    has_decimal_comma,
    is_figure,
)
from pejl.text import Message, message
from pejl.workspace.period import Period, PeriodError
from pejl.workspace.states import State

MAX_DECIMALS, MAX_DIGITS = 12, 15

_ROLES: Mapping[str, str] = {
    "year": "year",
    "timeperiod": "year",
    "value": "value",
    "obsvalue": "value",
    "units": "unit",
    "unit": "unit",
    "unitmeasure": "unit",
    "unitofmeasure": "unit",
    "unitsofmeasure": "unit",
    "series": "series",
    "timeseries": "series",
    "seriesdescription": "series",
    "seriescode": "series",
    "geocode": "geocode",
    "geoareacode": "geocode",
    "observationstatus": "status",
    "obsstatus": "status",
    "unitmultiplier": "multiplier",
    "unitmult": "multiplier",
    "footnote": "note",
    "footnotes": "note",
    "commentobs": "note",
    "comment": "note",
    "comments": "note",
    "note": "note",
    "notes": "note",
    "source": "source",
    "sourcedetail": "source",
    "datasource": "source",
    "upperbound": "high",
    "lowerbound": "low",
}
_NOT_CARRIED = frozenset(
    {
        *("progress", "reportingtype", "nature", "timedetail", "timecoverage", "datalastupdate", "geoinfotype"),
        *("geoinfourl", "commentts", "baseper", "baseperiod", "freq", "indicator", "goal", "target", "valuetype"),
    }
)
_NOTHING = frozenset(
    {
        *("", ".", "..", "...", ":", "-", "–", "—", "x"),
        *("na", "n/a", "n.a.", "nan", "null", "none", "nd"),
    }
)
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
_YEARS = re.compile(r"([0-9]{4})\s*[-–/]\s*([0-9]{4}|[0-9]{2})")
_QUARTER = re.compile(r"([0-9]{4})[-\s]?[Qq]([1-4])")


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
    """The rows of a file, the names of its breakdowns, and which area has which code on maps."""

    rows: list[Observation] = field(default_factory=list)
    dimensions: list[str] = field(default_factory=list)
    areas: dict[tuple[str, str], set[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """The names of columns that a repository's configuration gives another role than Open SDG's own.

    `whole` are words that stand for the whole beside those that everybody uses: the name of the country, and keys whose
    translation says "total"; in small letters.
    """

    series: str = ""
    unit: str = ""
    not_breakdowns: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()


def read_observations(text: str, file: str, names: ColumnNames, left_out: LeftOut) -> Observations:
    """Return the observations in a file; what cannot be carried over is noted with its lines."""
    return _Reader(file, names, left_out).read(text)


def bare(name: str) -> str:
    """Return a column's name without what is written in many ways: case, blanks, underscores, the group of its key."""
    return re.sub(r"[\s_\-]", "", key_tail(name.strip())).casefold()


def one_spelling(word: str) -> str:
    """Return a word of a breakdown as it is compared: case and blanks do not make another one of it."""
    return " ".join(word.casefold().split())


class _Reader:
    def __init__(self, file: str, names: ColumnNames, left_out: LeftOut) -> None:
        self.file = file
        self.names = names
        self.left_out = left_out
        self.comma_is_decimal = False
        self.places: dict[str, int] = {}
        self.breakdowns: list[tuple[str, int]] = []

    def read(self, text: str) -> Observations:
        found = Observations()
        rows = _rows(text)
        header = next(rows, (0, []))[1]
        self._columns(header)
        if "year" not in self.places or "value" not in self.places:
            why = message("the file has no columns Year and Value, so none of its rows is carried over")
            self.left_out.note(self.file, "–", why, value=", ".join(header))
            return found
        cells = list(self._whole(rows, len(header)))
        if not cells:
            self._note("–", message("the file has a header and no rows"))
        totals = self._columns_of_totals(cells)
        self.comma_is_decimal = any(has_decimal_comma(self._cell(row, "value")) for _, row in cells)
        found.dimensions = [name for name, _ in self.breakdowns]
        seen: dict[tuple[object, ...], tuple[str, State]] = {}
        for line, row in cells:
            observation = self._observation(line, row, totals, found)
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

    def _columns(self, header: Sequence[str]) -> None:
        for position, name in enumerate(header):
            role = self._role(name)
            if role in ("", "–"):
                if role and name.strip():
                    self._note(name, message("the column has no place in a workspace"))
                continue
            if role == "breakdown":
                if bare(name) in {bare(each) for each, _ in self.breakdowns}:
                    self._note(name, message("the column stands twice; the first is kept"))
                else:
                    self.breakdowns.append((name.strip(), position))
            elif role in self.places:
                self._note(name, message("another column has the same role; this one is not carried over"))
            else:
                self.places[role] = position

    def _role(self, name: str) -> str:
        stripped = name.strip()
        if not stripped or re.fullmatch(r"Unnamed: [0-9]+", stripped):
            return ""
        if stripped == self.names.series:
            return "series"
        if stripped == self.names.unit:
            return "unit"
        role = _ROLES.get(bare(stripped))
        if role is not None:
            return role
        if bare(stripped) in _NOT_CARRIED or stripped in self.names.not_breakdowns:
            return "–"
        return "breakdown"

    def _whole(self, rows: Iterable[tuple[int, list[str]]], width: int) -> Iterable[tuple[int, list[str]]]:
        for line, row in rows:
            cells = self._emptied([cell.strip() for cell in row])
            if not any(cells):
                continue
            if any(cells[width:]):
                if not is_figure(cells[self.places["value"]]):
                    why = message("the row is longer than the header and has no number under Value; it is left out")
                    self._note("–", why, line, ", ".join(cells))
                    continue
                self._note("–", message("the row is longer than the header; what is too much is left out"), line)
            yield line, (cells + [""] * width)[:width]

    def _emptied(self, cells: list[str]) -> list[str]:
        """Return the cells, empty where Open SDG takes them for empty; values say themselves what they are."""
        value = self.places["value"]
        return ["" if cell in _EMPTY_CELLS and place != value else cell for place, cell in enumerate(cells)]

    def _columns_of_totals(self, cells: Sequence[tuple[int, Sequence[str]]]) -> Mapping[str, frozenset[str]]:
        """Return the breakdowns without empty cells, with the words such as Total that stand for the whole there."""
        full: dict[str, frozenset[str]] = {}
        for name, position in self.breakdowns:
            if not all(row[position] for _, row in cells):
                continue
            words = {_total_word(row[position]) for _, row in cells}
            whole = words & (TOTAL_WORDS | self.names.whole)
            alike = {word for word in words if _LIKE_TOTAL.fullmatch(word)}
            if not whole and len(alike) == 1:
                whole = alike
            if whole:
                full[name] = frozenset(whole)
                why = message("'Total', 'All' and the like stand for the whole, as no cell is empty")
                for word in sorted(whole):
                    self._note(name, why, value=word)
        return full

    def _cell(self, row: Sequence[str], role: str) -> str:
        position = self.places.get(role)
        return row[position] if position is not None else ""

    def _observation(
        self, line: int, row: Sequence[str], totals: Mapping[str, frozenset[str]], found: Observations
    ) -> Observation | None:
        period = self._period(self._cell(row, "year"), line)
        if period is None:
            return None
        codes = []
        for name, position in self.breakdowns:
            word = row[position]
            if word and _total_word(word) not in totals.get(name, ()):
                codes.append((name, word))
        area = self._cell(row, "geocode")
        if area:
            for pair in codes:
                found.areas.setdefault(pair, set()).add(area)
        status = self._cell(row, "status")
        value, state, note = self._value(self._cell(row, "value"), status, line)
        notes = [plain(self._cell(row, "note")), note]
        if status.casefold() not in _UNDEFINED:
            notes.append(plain(status))
        low, high = self._bounds(row, value)
        unit = self._cell(row, "unit")
        multiplier = self._cell(row, "multiplier")
        if unit and multiplier and multiplier.casefold() not in ("units", "unit", "0", "1"):
            unit = f"{unit} ({multiplier})"
        return Observation(
            line,
            period,
            value,
            state,
            self._cell(row, "series"),
            unit,
            tuple(codes),
            "; ".join(part for part in notes if part),
            plain(self._cell(row, "source")),
            low,
            high,
        )

    def _period(self, written: str, line: int) -> str | None:
        text = re.sub(r"\.0+$", "", written)
        if match := _YEARS.fullmatch(text):
            first, last = match.group(1), match.group(2)
            last = first[:2] + last if len(last) == 2 else last
            if first == last:
                text = first
            else:
                text = f"{first}..{last}"
                self._note("Year", message("several years were written; they are carried over as one period"), line)
        elif match := _QUARTER.fullmatch(text):
            text = f"{match.group(1)}-Q{match.group(2)}"
        try:
            return Period.parse(text).text
        except PeriodError:
            why = message("this is no period that can be understood; the row is left out")
            self._note("Year", why, line, written or "(empty)")
            return None

    def _value(self, written: str, status: str, line: int) -> tuple[str, State, str]:
        state = State.ESTIMATE if _ESTIMATES.fullmatch(status.strip()) else State.MEASURED
        if written.casefold() in _NOTHING:
            if written:
                self._note("Value", message("the source writes that there is no number"), line, written)
            return "", State.NO_DATA, ""
        text = written.replace("\N{MINUS SIGN}", "-")
        if text.endswith("%") and NUMBER.fullmatch(text[:-1].strip()):
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

    def _note(self, name: str, why: Message, line: int | None = None, value: str | None = None) -> None:
        self.left_out.note(self.file, name, why, line=line or None, value=value)


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
