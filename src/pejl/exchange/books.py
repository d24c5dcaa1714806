"""Workbooks as they come back: opened whatever happened to them, or one clear sentence why not.

A workbook is read twice: as the program that saved it computed it, and as it was written, because a formula whose
result was never saved looks empty otherwise.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pejl.exchange.places import CellPlace, cell_place
from pejl.exchange.values import clean
from pejl.text import Message, message
from pejl.workspace.problems import Location, Problems

MAX_BYTES = 50_000_000
MAX_UNPACKED = 400_000_000
"""A small file can unfold into a large one; nobody fills in that much by hand."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_SAVE_AS = message("Open it in Excel, and save it as an Excel workbook (.xlsx).")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with something in it; `note` is what is wrong with it as it stands, and how to mend that."""

    place: CellPlace
    value: object
    number_format: str = "General"
    wrong: tuple[str, Message, Message] | None = None

    @property
    def text(self) -> str:
        """What it holds, as one line of text."""
        value = self.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return clean(str(value))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its cells by (row, column) from 1, and its merged areas: first row and column, last row and column."""

    title: str
    place: CellPlace
    hidden: bool
    cells: Mapping[tuple[int, int], Cell]
    merged: Sequence[tuple[int, int, int, int]] = ()

    @property
    def last_row(self) -> int:
        """The last row with anything in it."""
        return max((row for row, _ in self.cells), default=0)

    def row(self, number: int) -> dict[int, Cell]:
        """Return the cells of one row by column."""
        return {column: cell for (row, column), cell in self.cells.items() if row == number}

    def rows(self, first: int) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Yield number and cells of every row from `first` on that has any."""
        found: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in self.cells.items():
            if row >= first:
                found.setdefault(row, {})[column] = cell
        yield from sorted(found.items())


def read_book(path: Path, problems: Problems) -> list[Sheet] | None:
    """Return the sheets of the workbook at `path`, or None with the problem noted."""
    content = read_package(path, "xl/workbook.xml", problems)
    if content is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts of the workbook that are not read here
            return _sheets(content, path.name)
    except Exception:  # a damaged part leads to any error there is
        _note(problems, path, "damaged_workbook", message("the workbook is damaged and cannot be read"))
        return None


def read_package(path: Path, part: str, problems: Problems) -> bytes | None:
    """Return the bytes of an Office file that has the `part`, or None with the problem noted.

    Refused are: what is missing or too large, a file Excel or Word has open, an old or encrypted file, a text file, and
    a file of another of the programs.
    """
    content = _content(path, problems)
    if content is None:
        return None
    if content.startswith(_OLD_OFFICE):
        what = message("this is a file of an old version of Office, or one with a password")
        _note(problems, path, "old_office_file", what, _resave(part))
        return None
    if not content.startswith(_ZIP):
        what = message("this is not a file of the kind that was expected")
        _note(problems, path, "not_an_office_file", what, _resave(part))
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            unpacked = sum(item.file_size for item in package.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        _note(problems, path, "damaged_workbook", message("the file is damaged and cannot be read"))
        return None
    if unpacked > MAX_UNPACKED:
        _note(problems, path, "too_large", message("the file unfolds into more than can be read"))
        return None
    if part not in names:
        what = message("this is not a file of the kind that was expected")
        _note(problems, path, "not_an_office_file", what, _resave(part))
        return None
    return content


def _resave(part: str) -> Message:
    if part.startswith("xl"):
        return _SAVE_AS
    return message("Open it in Word, and save it as a Word document (.docx).")


def _note(problems: Problems, path: Path, code: str, what: Message, mend: Message | None = None) -> None:
    mend = mend or message("Open it in its program, and save it again; or begin with a new one from pejl template.")
    problems.add(code, Location(path.name), what, mend)


def _content(path: Path, problems: Problems) -> bytes | None:
    if path.name.startswith(("~$", ".~lock")):
        what = message("this is the mark of a file that is open, not the file itself")
        _note(problems, path, "open_elsewhere", what, message("Name the file itself."))
        return None
    for mark in (path.with_name(f"~${path.name}"), path.with_name(f"~${path.name[2:]}"), _libre_mark(path)):
        if path.is_file() and mark.is_file():
            _note(
                problems,
                path,
                "open_elsewhere",
                message("the file is open in another program, and may not be saved yet"),
                message("Save and close it. If nobody has it open, delete '{mark}'.", mark=mark.name),
            )
            return None
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            _note(problems, path, "too_large", message("the file unfolds into more than can be read"))
            return None
        return path.read_bytes()
    except OSError as error:
        _note(
            problems,
            path,
            "unreadable",
            message("the file cannot be read: {reason}", reason=error.strerror or "unknown"),
            message("Check that it is there and that you may read it."),
        )
        return None


def _libre_mark(path: Path) -> Path:
    return path.with_name(f".~lock.{path.name}#")


def _sheets(content: bytes, book: str) -> list[Sheet]:
    from openpyxl import load_workbook
    from openpyxl.cell.cell import MergedCell

    computed = load_workbook(io.BytesIO(content), data_only=True)
    written = load_workbook(io.BytesIO(content), data_only=False)
    sheets = []
    for source in written.worksheets:
        values = computed[source.title]
        cells = {}
        for row in source.iter_rows():
            for cell in row:
                if isinstance(cell, MergedCell) or cell.value is None:
                    continue
                position = (cell.row, cell.column)
                value = values.cell(*position).value
                place = cell_place(book, source.title, *position)
                cells[position] = _cell(place, value, cell.data_type == "f", cell.number_format)
        kept = {position: cell for position, cell in cells.items() if cell is not None}
        place = cell_place(book, source.title)
        hidden = source.sheet_state != "visible"
        merged = [(area.min_row, area.min_col, area.max_row, area.max_col) for area in source.merged_cells.ranges]
        sheets.append(Sheet(source.title, place, hidden, kept, merged))
    return sheets


_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"})


def _cell(place: CellPlace, value: object, formula: bool, number_format: str) -> Cell | None:
    if formula and value is None:
        wrong = (
            "formula_without_result",
            message("the formula's result is not saved in the file"),
            message("Open the workbook in Excel and save it, or write the number itself."),
        )
        return Cell(place, "", number_format, wrong)
    if isinstance(value, str):
        if value.strip() in _ERRORS:
            wrong = (
                "error_in_cell",
                message("the cell holds an error: {value}", value=value.strip()),
                message("Mend the formula, or write the number itself."),
            )
            return Cell(place, value, number_format, wrong)
        return Cell(place, value, number_format) if clean(value) else None
    return Cell(place, value, number_format)
