"""The columns of a data sheet: what each is called and is for, and finding them again in a workbook that comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from pejl.exchange.books import Cell, Sheet
from pejl.exchange.choices import Choices
from pejl.exchange.places import CellPlace, cell_place, column_letters
from pejl.exchange.values import ValueProblemError, clean, day, number, period
from pejl.text import LANGUAGES, Language, Message, message
from pejl.workspace.period import Period
from pejl.workspace.problems import Location, Problems, did_you_mean, shorten

T = TypeVar("T")
HEADER_WITHIN = 10
"""The header stands in one of so many first rows: people put titles above tables."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the program, its words, how wide it is, and how its cells are filled in.

    `locked`: shown for help and not read back. `choices`: the list its cells are chosen from. `entry` is the kind of
    value: text, number, period or day. `needed`: without it the sheet cannot be read.
    """

    name: str
    title: str
    titles: frozenset[str]
    help: str
    width: float = 14
    locked: bool = False
    choices: Choices | None = None
    entry: str = "text"
    needed: bool = False


def column(
    name: str,
    title: Message,
    words: Message,
    language: Language,
    *,
    width: float = 14,
    locked: bool = False,
    choices: Choices | None = None,
    entry: str = "text",
    needed: bool = False,
) -> Column:
    """Return a column whose header is understood in every language, and as the program's own name."""
    titles = frozenset(_plain(text) for text in (name, *(title.render(each) for each in LANGUAGES)))
    shown, told = title.render(language), words.render(language)
    return Column(name, shown, titles, told, width, locked, choices, entry, needed)


def _plain(text: str) -> str:
    return clean(text).casefold()


@dataclass(slots=True)
class Row:
    """A row of a data sheet: what stands in its cells, understood on asking; what cannot be is noted."""

    number: int
    sheet: Sheet
    columns: dict[str, int]
    cells: dict[int, Cell]
    book: str
    problems: Problems
    troubled: set[str] = field(default_factory=set)

    def place(self, name: str) -> CellPlace:
        """Return where the value of a column stands, or would."""
        return cell_place(self.book, self.sheet.title, self.number, self.columns.get(name, 1))

    def cell(self, name: str) -> Cell | None:
        """Return the cell of a column; None where it is empty or the column is missing."""
        return self.cells.get(self.columns.get(name, 0))

    def note(self, name: str, code: str, what: Message, mend: Message, value: object = None) -> None:
        """Note a problem with the value of a column."""
        self.troubled.add(name)
        self.problems.add(code, self.place(name), what, mend, value=value)

    def warn(self, name: str, code: str, what: Message, mend: Message, value: object = None) -> None:
        """Note a warning about the value of a column."""
        self.problems.add(code, self.place(name), what, mend, value=value, warning=True)

    def understood(self, name: str, read: Callable[[Cell], T]) -> T | None:
        """Return what `read` makes of a cell; None where it is empty, or a problem was noted."""
        cell = self.cell(name)
        if cell is None:
            return None
        if cell.wrong is not None:
            self.note(name, *cell.wrong)
            return None
        try:
            return read(cell)
        except ValueProblemError as error:
            self.note(name, "bad_cell", error.what, error.mend, cell.text)
            return None

    def text(self, name: str) -> str | None:
        """Return the text of a cell on one line."""
        return self.understood(name, lambda cell: cell.text or None)

    def decimal(self, name: str, *, percent: bool = False) -> Decimal | None:
        """Return the number in a cell; `percent` as for `values.number`."""
        return self.understood(name, lambda cell: number(cell.value, cell.number_format, percent=percent))

    def period(self, name: str) -> Period | None:
        """Return the period in a cell."""
        return self.understood(name, lambda cell: period(cell.value))

    def day(self, name: str) -> date | None:
        """Return the day in a cell."""
        return self.understood(name, lambda cell: day(cell.value))

    def choice(self, name: str, choices: Choices) -> str | None:
        """Return which of the choices a cell names."""
        written = self.text(name)
        if written is None:
            return None
        found = choices.find(written)
        if found is None:
            listed = ", ".join(shorten(label) for label in choices.shown()[:12])
            self.note(
                name,
                "not_on_the_list",
                message("'{value}' is not on the list of this column", value=shorten(written)),
                did_you_mean(written, choices.known(), message("Choose one of: {words}.", words=listed)),
                written,
            )
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """A data sheet as found in a workbook."""

    sheet: Sheet
    columns: dict[str, int]
    header: int
    book: str

    def rows(self, problems: Problems, read: Sequence[Column]) -> Iterator[Row]:
        """Yield every row in which something stands that is read back."""
        own = {self.columns[each.name] for each in read if each.name in self.columns and not each.locked}
        for row, cells in self.sheet.rows(self.header + 1):
            if own.intersection(cells):
                yield Row(row, self.sheet, self.columns, cells, self.book, problems)


def find_table(sheets: Sequence[Sheet], columns: Sequence[Column], book: str, problems: Problems) -> Table | None:
    """Return the sheet with these columns, whatever it is called now, or None with the problem noted."""
    found = [table for sheet in sheets if (table := _table(sheet, columns, book)) is not None]
    shown = [table for table in found if not table.sheet.hidden] or found
    if len(shown) == 1:
        _check(shown[0], columns, problems)
        return shown[0]
    needed = ", ".join(each.title for each in columns if each.needed)
    if not shown:
        problems.add(
            "no_data_sheet",
            Location(book),
            message("no sheet has the columns that are needed: {names}", names=needed),
            message("Write the names of the columns as they were, or begin with a new one from pejl template."),
        )
        return None
    problems.add(
        "two_data_sheets",
        shown[1].sheet.place,
        message("more than one sheet has the columns that are read: {names}", names=_titles(shown)),
        message("Keep one of them, or hide the others."),
    )
    return None


def _titles(tables: Sequence[Table]) -> str:
    return ", ".join(table.sheet.title for table in tables)


def _table(sheet: Sheet, columns: Sequence[Column], book: str) -> Table | None:
    for header in range(1, HEADER_WITHIN + 1):
        cells = sheet.row(header)
        names: dict[str, int] = {}
        for position, cell in sorted(cells.items()):
            written = _plain(str(cell.value))
            for each in columns:
                if written in each.titles and each.name not in names:
                    names[each.name] = position
                    break
        if all(each.name in names for each in columns if each.needed):
            return Table(sheet, names, header, book)
    return None


def _check(table: Table, columns: Sequence[Column], problems: Problems) -> None:
    sheet = table.sheet
    if sheet.hidden:
        problems.add(
            "hidden_sheet",
            sheet.place,
            message("the sheet is hidden, and is read all the same"),
            message("Show it, so that everybody sees what is read."),
            warning=True,
        )
    for position, cell in sorted(sheet.row(table.header).items()):
        if position in table.columns.values():
            continue
        twice = any(_plain(str(cell.value)) in each.titles for each in columns)
        problems.add(
            "column_twice" if twice else "column_not_read",
            cell.place,
            message("the column '{name}' stands twice", name=shorten(cell.text))
            if twice
            else message("the column '{name}' is not read", name=shorten(cell.text)),
            message("Remove one of them.") if twice else message("What stands in it stays in the workbook alone."),
            value=cell.text,
            warning=not twice,
        )
    last = max(table.columns.values())
    for first_row, first_column, last_row, last_column in sheet.merged:
        if last_row < table.header or first_column > last:
            continue
        area = f"{column_letters(first_column)}{first_row}:{column_letters(last_column)}{last_row}"
        problems.add(
            "merged_cells",
            cell_place(table.book, sheet.title, first_row, first_column),
            message("the cells {area} are merged", area=area),
            message("Unmerge them, and write the value in each row it belongs to."),
            value=area,
        )
