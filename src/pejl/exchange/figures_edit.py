"""Figures that came back set against those that stand there, and the files written anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pejl.exchange.changes import Change, Plan
from pejl.exchange.csv_edit import NEW_FILE_HEADER, CsvText, edited, new_file, read_csv_text
from pejl.exchange.figures_sheet import CHANGEABLE, NUMBERS, FigureColumns, Key
from pejl.exchange.places import CellPlace
from pejl.exchange.values import clean
from pejl.text import Language, format_number, message
from pejl.workspace.figure_table import Figure
from pejl.workspace.model import FigureSource, Workspace
from pejl.workspace.period import Period
from pejl.workspace.problems import Location, Problems
from pejl.workspace.states import State

NEW_FILE = "figures/entered.csv"
"""Where figures go whose series stands in no file yet."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the workbook, understood."""

    key: Key
    period: Period
    numbers: Mapping[str, Decimal | None]
    state: State
    source: str
    note: str
    place: CellPlace
    places: Mapping[str, CellPlace]


def same(old: float | None, new: Decimal | None) -> bool:
    """Tell whether a number is the one that stands there."""
    return (old is None and new is None) or (old is not None and new is not None and old == float(new))


class FiguresEdit:
    """Sets what was entered against what is known, and writes the files anew."""

    def __init__(
        self,
        workspace: Workspace,
        columns: FigureColumns,
        known: Mapping[Key, tuple[FigureSource, Figure]],
        entries: Sequence[Entry],
        problems: Problems,
        language: Language,
    ) -> None:
        self.workspace = workspace
        self.columns = columns
        self.known = known
        self.entries = entries
        self.problems = problems
        self.language = language
        self.texts: dict[str, tuple[bytes, CsvText]] = {}
        self.changed: dict[str, dict[int, dict[str, str]]] = {}
        self.added: dict[str, list[tuple[Entry, dict[str, str]]]] = {}
        self.changes: list[Change] = []
        self.origins: dict[tuple[str, int], Location] = {}
        self.rows: dict[str, dict[int, Entry]] = {}

    def plan(self) -> Plan:
        """Return the changes and the new files; what has no place in them is noted as a problem."""
        for entry in self.entries:
            found = self.known.get(entry.key)
            if found is None:
                self._add(entry)
            else:
                self._change(entry, *found)
        files: dict[str, bytes] = {}
        before: dict[str, bytes | None] = {}
        for file in sorted({*self.changed, *self.added}):
            before[file], files[file] = self._edited(file)
        return Plan(tuple(self.changes), files, before, self.origins)

    def _text(self, file: str) -> tuple[bytes, CsvText]:
        if file not in self.texts:
            content = (self.workspace.root / file).read_bytes()
            self.texts[file] = content, read_csv_text(content)
        return self.texts[file]

    def _edited(self, file: str) -> tuple[bytes | None, bytes]:
        added = self.added.get(file, [])
        rows = [fields for _, fields in added]
        changed = self.changed.get(file, {})
        before: bytes | None = None
        if file in self.texts:
            before, text = self.texts[file]
            made, lines = edited(text, changed, rows)
        else:
            made, lines = new_file(self._new_header(rows), rows)
        for line, (entry, _) in zip(lines, added, strict=True):
            self.origins[file, line] = entry.place
        for number_, entry in self.rows.get(file, {}).items():
            now = number_
            for line in sorted(lines):
                now += line <= now
            self.origins[file, now] = entry.place
        return before, made

    def _new_header(self, rows: Sequence[Mapping[str, str]]) -> list[str]:
        dimensions = [name for name in self.columns.codes if any(row.get(name) for row in rows)]
        optional = [name for name in NEW_FILE_HEADER if name != "breakdown"]
        return [*optional[:2], *dimensions, *optional[2:]]

    def _change(self, entry: Entry, source: FigureSource, figure: Figure) -> None:
        new = self._differing(entry, figure)
        if not new:
            return
        _, text = self._text(source.file)
        missing = [name for name in new if name not in text.header]
        for name in missing:
            self.problems.add(
                "no_such_column",
                entry.places[name],
                message("the file '{file}' has no column '{name}'", file=source.file, name=name),
                message("Empty the cell, or add the column to the file."),
            )
        self.changed.setdefault(source.file, {})[figure.line] = {
            name: self._written(entry, name, text) for name in new if name not in missing
        }
        self.rows.setdefault(source.file, {})[figure.line] = entry
        for name in new:
            self.changes.append(
                Change(
                    self._subject(entry),
                    self._title(name),
                    self._shown(getattr(figure, name)),
                    self._shown_entry(entry, name),
                    entry.places[name].short,
                )
            )

    def _differing(self, entry: Entry, figure: Figure) -> list[str]:
        numbers = [name for name, value in entry.numbers.items() if not same(getattr(figure, name), value)]
        texts = [name for name in ("source", "note") if clean(getattr(figure, name)) != getattr(entry, name)]
        return [*numbers, *(["state"] if figure.state is not entry.state else []), *texts]

    def _add(self, entry: Entry) -> None:
        series = entry.key[0]
        sources = self.workspace.sources_by_series.get(series, ())
        usable = [source for source in sources if self._holds(source.file, entry)]
        file = max(usable, key=lambda item: item.uses[series].last_day).file if usable else NEW_FILE
        if file == NEW_FILE and (self.workspace.root / file).exists():
            _, text = self._text(file)
            missing = [name for name in self._needed(entry) if name not in text.header]
            if missing:
                names = ", ".join(missing)
                what = message("the file '{file}' has no column '{name}'", file=file, name=names)
                mend = message("Empty the cell, or add the column to the file.")
                self.problems.add("no_such_column", entry.place, what, mend)
                return
        text = self._text(file)[1] if (self.workspace.root / file).exists() else CsvText("", ",", [], [], "\n")
        fields = {name: self._written(entry, name, text) for name in CHANGEABLE}
        indicator = self.workspace.indicators_by_id[series]
        fields |= {"series": series, "period": entry.period.text, "unit": indicator.unit, "scope": entry.key[3]}
        for dimension, code in entry.key[2]:
            fields["breakdown" if dimension not in text.header and text.header else dimension] = code
        for name in text.header:
            if name in ("breakdown", *self.columns.codes) and not fields.get(name):
                fields[name] = "total" if self._writes_totals(file, name) else ""
        self.added.setdefault(file, []).append((entry, fields))
        told = self._shown_entry(entry, "value")
        if not entry.state.has_value:
            told = self.columns.states.label(entry.state)
        self.changes.append(Change(self._subject(entry), self._title("value"), "–", told, entry.place.short))

    def _holds(self, file: str, entry: Entry) -> bool:
        """Tell whether a file has a column for everything that was entered."""
        return all(name in self._text(file)[1].header for name in self._needed(entry))

    def _needed(self, entry: Entry) -> list[str]:
        """Return the columns that an entry needs; `breakdown` does for the indicator's own."""
        filled = [name for name in NUMBERS if entry.numbers[name] is not None]
        own = self.workspace.indicators_by_id[entry.key[0]].breakdown
        files = self.workspace.sources_by_series.get(entry.key[0], ())
        has_breakdown = any("breakdown" in self._text(source.file)[1].header for source in files)
        for dimension, _ in entry.key[2]:
            filled.append("breakdown" if dimension == own and has_breakdown else dimension)
        return [*filled, *(["note"] if entry.note else [])]

    def _writes_totals(self, file: str, name: str) -> bool:
        """Tell whether a file writes the word `total` in a column of codes."""
        _, text = self._text(file)
        place = text.header.index(name)
        return any("total" in record.split(text.delimiter)[place : place + 1] for _, record in text.records[1:])

    def _written(self, entry: Entry, name: str, text: CsvText) -> str:
        if name in entry.numbers:
            value = entry.numbers[name]
            return "" if value is None else f"{value:f}".replace(".", text.decimal_sign)
        return str(getattr(entry, name))

    def _subject(self, entry: Entry) -> str:
        series, _, codes, scope = entry.key
        parts = [self.columns.series.label(series), entry.period.label(self.language)]
        parts += [self.columns.codes[name].label(code) for name, code in sorted(codes)]
        if scope != self.workspace.indicators_by_id[series].scope:
            parts.append(self.columns.scopes.label(scope))
        return ", ".join(parts)

    def _title(self, name: str) -> str:
        return next(each.title for each in self.columns.columns if each.name == name)

    def _shown_entry(self, entry: Entry, name: str) -> str:
        return self._shown(entry.numbers[name] if name in entry.numbers else getattr(entry, name))

    def _shown(self, value: object) -> str:
        if isinstance(value, State):
            return self.columns.states.label(value)
        if isinstance(value, float | Decimal):
            exponent = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else None
            return format_number(value, self.language, max(exponent, 0) if exponent is not None else None)
        return str(value) if value else "–"
