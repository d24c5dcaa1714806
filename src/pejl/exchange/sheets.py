"""Making workbooks: explanations, sheets with lists to choose from, grey where nothing is to be written."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pejl.exchange.columns import Column
from pejl.exchange.packages import fixed
from pejl.exchange.places import column_letters
from pejl.text import Language, Message, message

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_INK, _GREY, _PALE, _BLUE, _WHITE = "1A1A1A", "E6E6E6", "595959", "12385B", "FFFFFF"
_FONT = "Calibri"
_LINE = 15.5
"""The height of a line, in points."""

FREE_ROWS = 200
"""Empty rows below what is known, ready to be filled in."""

DAY_FORMAT = "dd\\-mm\\-yyyy"
_ILLEGAL = {code: None for code in range(32) if code not in (9, 10, 13)}


@dataclass(frozen=True, slots=True)
class Value:
    """What is written into a cell: the value, its number format, and whether it is locked whatever its column says."""

    value: object
    number_format: str | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """The first sheet: a title, paragraphs, and what each column means."""

    sheet: Message
    title: Message
    notice: str
    paragraphs: Sequence[Message]
    words: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DataSheet:
    """A sheet to be filled in: its columns, its rows as (column name → value), and whether rows may be added."""

    title: Message
    columns: Sequence[Column]
    rows: Iterable[Mapping[str, Value]]
    frozen: int = 1
    free_rows: int = FREE_ROWS


def make_book(guide: Guide, data: DataSheet, language: Language) -> bytes:
    """Return a workbook: explanations, the data sheet, the lists behind its columns. Same input, same bytes."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    _guide(first, guide, data.columns, language)
    sheet = book.create_sheet(data.title.render(language))
    lists = book.create_sheet(message("Lists").render(language))
    last = _data(sheet, data)
    _choices(lists, sheet, data.columns, last + data.free_rows, language)
    lists.sheet_state = "hidden"
    book.properties.creator = "Pejl"
    book.properties.title = guide.title.render(language)
    book.properties.language = "da-DK" if language == "da" else "en-GB"
    book.active = 0
    made = io.BytesIO()
    book.save(made)
    return fixed(made.getvalue())


def put(sheet: Worksheet, row: int, column: int, value: object) -> Any:
    """Write a value into a cell and return the cell; a text stays a text, also where it looks like a formula."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = value.translate(_ILLEGAL)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    elif isinstance(value, Decimal):
        cell.value = int(value) if value == value.to_integral_value() else float(value)
    else:
        cell.value = value  # type: ignore[assignment]  # numbers, days and None
    return cell


def _guide(sheet: Worksheet, guide: Guide, columns: Sequence[Column], language: Language) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = guide.sheet.render(language)
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 92
    wrapped = Alignment(wrap_text=True, vertical="top")
    row = 1
    put(sheet, row, 1, guide.title.render(language)).font = Font(name=_FONT, size=18, bold=True, color=_BLUE)
    row += 1
    put(sheet, row, 1, guide.notice).font = Font(name=_FONT, italic=True, color=_PALE)
    for paragraph in guide.paragraphs:
        row += 1
        words = paragraph.render(language)
        cell = put(sheet, row, 1, words)
        cell.alignment, cell.font = wrapped, Font(name=_FONT, size=11, color=_INK)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        sheet.row_dimensions[row].height = _LINE * _lines(words, 118) + 5
    what = [(each.title, each.help) for each in columns]
    for heading, words_of in {message("The columns").render(language): what, **guide.words}.items():
        row += 2
        put(sheet, row, 1, heading).font = Font(name=_FONT, size=13, bold=True, color=_BLUE)
        for name, meaning in words_of:
            row += 1
            cell = put(sheet, row, 1, name)
            cell.font, cell.alignment = Font(name=_FONT, bold=True, color=_INK), wrapped
            cell = put(sheet, row, 2, meaning)
            cell.font, cell.alignment = Font(name=_FONT, color=_INK), wrapped
            sheet.row_dimensions[row].height = _LINE * max(_lines(meaning, 88), _lines(name, 30))
    sheet.protection.sheet = True
    _page(sheet, landscape=False)


def _lines(text: str, width: int) -> int:
    return sum(-(-len(line) // width) or 1 for line in text.split("\n"))


def _lines_of(values: Mapping[str, Value], columns: Sequence[Column]) -> int:
    texts = [(values[each.name].value, each.width) for each in columns if each.name in values]
    return max((_lines(text, int(width) - 2) for text, width in texts if isinstance(text, str)), default=1)


def _page(sheet: Worksheet, *, landscape: bool) -> None:
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    assert sheet.sheet_properties.pageSetUpPr is not None
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _data(sheet: Worksheet, data: DataSheet) -> int:
    """Write header and rows; return the last row written."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    grey = PatternFill("solid", start_color=_GREY)
    line = Border(bottom=Side(style="thin", color="BFBFBF"))
    top = Alignment(wrap_text=True, vertical="top")
    free, plain, pale = Protection(locked=False), Font(name=_FONT, color=_INK), Font(name=_FONT, color=_PALE)
    for position, each in enumerate(data.columns, start=1):
        cell = put(sheet, 1, position, each.title)
        cell.font = Font(name=_FONT, bold=True, color=_WHITE)
        cell.fill = PatternFill("solid", start_color=_PALE if each.locked else _BLUE)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[column_letters(position)].width = each.width
    sheet.row_dimensions[1].height = 34

    def write(row: int, values: Mapping[str, Value]) -> None:
        for position, each in enumerate(data.columns, start=1):
            value = values.get(each.name, Value(None))
            cell = put(sheet, row, position, value.value)
            locked = each.locked or value.locked
            cell.number_format = value.number_format or _FORMATS.get(each.entry, "General")
            cell.alignment, cell.border = top, line
            if locked:
                cell.fill, cell.font = grey, pale
            else:
                cell.protection, cell.font = free, plain
        sheet.row_dimensions[row].height = _LINE * min(_lines_of(values, data.columns), 6) + 2

    row = 1
    for row, values in enumerate(data.rows, start=2):
        write(row, values)
    for extra in range(row + 1, row + 1 + data.free_rows):
        write(extra, {})
    sheet.freeze_panes = f"{column_letters(data.frozen + 1)}2"
    sheet.auto_filter.ref = f"A1:{column_letters(len(data.columns))}{row + data.free_rows}"
    protection = sheet.protection
    protection.sheet = True  # without a password: it guards against slips, not against people
    protection.formatCells = protection.formatColumns = protection.formatRows = False
    protection.insertRows = protection.deleteRows = protection.sort = protection.autoFilter = False
    _page(sheet, landscape=True)
    sheet.print_title_rows = "1:1"
    return row


_FORMATS = {"period": "@", "day": DAY_FORMAT, "text": "General"}


_REFUSED = {
    "list": message("Choose one from the list, or leave the cell empty."),
    "decimal": message("Write the number, or leave the cell empty."),
    "date": message("Write day, month and year: 31-12-2017."),
}
"""What the program says of a value that a cell does not take, by the kind of rule; its own words explain nothing."""


def _choices(lists: Worksheet, sheet: Worksheet, columns: Sequence[Column], last: int, language: Language) -> None:
    """Write the lists, and let every column that has one ask for it; numbers and days are asked for as such."""
    from openpyxl.worksheet.datavalidation import DataValidation

    position = 0
    for place, each in enumerate(columns, start=1):
        if each.locked:
            continue
        area = f"{column_letters(place)}2:{column_letters(place)}{max(last, 2)}"
        if each.choices is not None:
            position += 1
            put(lists, 1, position, each.title)
            for row, label in enumerate(each.choices.shown(), start=2):
                put(lists, row, position, label)
            letters = column_letters(position)
            end = max(len(each.choices.labels), 1) + 1
            name = lists.title.replace("'", "''")
            rule = DataValidation("list", formula1=f"'{name}'!${letters}$2:${letters}${end}", allow_blank=True)
        elif each.entry == "number":
            rule = DataValidation("decimal", operator="between", formula1="-1E+15", formula2="1E+15", allow_blank=True)
        elif each.entry == "day":
            rule = DataValidation("date", operator="greaterThan", formula1="1462", allow_blank=True)
        else:
            rule = DataValidation(None, allow_blank=True)
        rule.promptTitle, rule.prompt = each.title[:32], each.help[:255]
        rule.showInputMessage = True
        rule.showErrorMessage = rule.type in _REFUSED
        if rule.type in _REFUSED:
            rule.errorTitle, rule.error = each.title[:32], _REFUSED[rule.type].render(language)
        rule.add(area)
        sheet.add_data_validation(rule)
